//! A rendered page as Markdown, so that what programs read is what people read.
//!
//! Reads the HTML that our own templates make: well-formed, with quoted attributes.

use std::borrow::Cow;

/// The matter of a page as Markdown; what is there for the hand or the eye alone (checker, contents, drawings) is left out.
pub fn markdown(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let main = main.split_once('>').map_or(main, |(_, rest)| rest);
    let main = main.rsplit_once("</main>").map_or(main, |(main, _)| main);
    let mut writer = Writer::default();
    let mut rest = main;
    while let Some(open) = rest.find('<') {
        writer.text(&rest[..open]);
        let Some(length) = rest[open..].find('>') else { break };
        let tag = Tag(&rest[open + 1..open + length]);
        rest = &rest[open + length + 1..];
        if tag.is_left_out() {
            rest = behind(rest, tag.name());
        } else {
            writer.tag(tag);
        }
    }
    writer.text(rest);
    writer.finish()
}

/// What stands between `<` and `>`.
#[derive(Clone, Copy)]
struct Tag<'h>(&'h str);

impl<'h> Tag<'h> {
    fn name(self) -> &'h str {
        self.0.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default()
    }

    fn is_end(self) -> bool {
        self.0.starts_with('/')
    }

    fn attribute(self, name: &str) -> Option<&'h str> {
        let mut parts = self.0.split('"');
        while let (Some(before), Some(value)) = (parts.next(), parts.next()) {
            let own = before.strip_suffix('=').and_then(|before| before.strip_suffix(name));
            if own.is_some_and(|before| before.ends_with([' ', '\n'])) {
                return Some(value);
            }
        }
        None
    }

    fn is_left_out(self) -> bool {
        !self.is_end()
            && (matches!(self.name(), "svg" | "nav" | "textarea" | "button" | "script" | "style")
                || self.attribute("class").is_some_and(|classes| classes.split(' ').any(|class| matches!(class, "checker" | "unseen" | "anchor"))))
    }
}

/// What stands behind the end of an element that was just opened.
fn behind<'h>(html: &'h str, name: &str) -> &'h str {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let (mut depth, mut at) = (1, 0);
    while depth > 0 {
        let Some(next) = html[at..].find('<').map(|distance| at + distance) else { return "" };
        if html[next..].starts_with(&close) {
            depth -= 1;
        } else if html[next..].starts_with(&open) && html[next + open.len()..].starts_with([' ', '>']) {
            depth += 1;
        }
        at = next + 1;
    }
    html[at..].split_once('>').map_or("", |(_, rest)| rest)
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Line ends that are due before the next text.
    due: usize,
    lists: Vec<List>,
    /// The code block that is being read.
    block: Option<String>,
    row: Option<Vec<String>>,
    rows: usize,
    links: Vec<String>,
}

/// A list that is open.
struct List {
    is_ordered: bool,
    count: usize,
}

impl Writer {
    fn text(&mut self, html: &str) {
        let text = unescaped(html);
        if let Some(block) = &mut self.block {
            block.push_str(&text);
            return;
        }
        let begins = text.starts_with(char::is_whitespace);
        let mut words = text.split_whitespace();
        let Some(first) = words.next() else {
            if !text.is_empty() && self.due == 0 {
                self.space();
            }
            return;
        };
        self.break_lines();
        if begins {
            self.space();
        }
        self.put(first);
        for word in words {
            self.put(" ");
            self.put(word);
        }
        if text.ends_with(char::is_whitespace) {
            self.space();
        }
    }

    fn put(&mut self, text: &str) {
        match &mut self.row {
            Some(row) => {
                if let Some(cell) = row.last_mut() {
                    cell.push_str(text);
                }
            }
            None => self.out.push_str(text),
        }
    }

    fn space(&mut self) {
        let last = match &self.row {
            Some(row) => row.last().and_then(|cell| cell.chars().next_back()),
            None => self.out.chars().next_back(),
        };
        if last.is_some_and(|letter| !letter.is_whitespace()) {
            self.put(" ");
        }
    }

    /// Ends the line, and leaves one free where `lines` is two.
    fn end(&mut self, lines: usize) {
        if self.row.is_none() {
            self.due = self.due.max(lines);
        }
    }

    fn break_lines(&mut self) {
        if self.due == 0 || self.row.is_some() {
            return;
        }
        let trimmed = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(trimmed);
        if !self.out.is_empty() {
            self.out.push_str(&"\n".repeat(self.due));
            self.out.push_str(&"   ".repeat(self.lists.len()));
        }
        self.due = 0;
    }

    fn tag(&mut self, tag: Tag<'_>) {
        match (tag.name(), tag.is_end()) {
            ("h1" | "h2" | "h3" | "h4", false) => {
                self.end(2);
                self.break_lines();
                let level = tag.name().trim_start_matches('h').parse().unwrap_or(2);
                self.put(&format!("{} ", "#".repeat(level)));
            }
            ("ul" | "ol", false) => {
                self.end(if self.lists.is_empty() { 2 } else { 1 });
                self.lists.push(List { is_ordered: tag.name() == "ol", count: 0 });
            }
            ("ul" | "ol", true) => {
                self.lists.pop();
                self.end(if self.lists.is_empty() { 2 } else { 1 });
            }
            ("li", false) => self.item(),
            ("li" | "tbody" | "thead", _) => self.end(1),
            ("pre", false) => self.block = Some(String::new()),
            ("pre", true) => self.end_block(),
            ("code", _) if self.block.is_none() => {
                self.break_lines();
                self.put("`");
            }
            ("a", false) => {
                self.links.push(tag.attribute("href").unwrap_or_default().to_owned());
                self.break_lines();
                self.put("[");
            }
            ("a", true) => {
                let address = self.links.pop().unwrap_or_default();
                self.put(&format!("]({address})"));
            }
            ("strong" | "b" | "dt" | "summary", end) if self.block.is_none() => {
                if !end && matches!(tag.name(), "dt" | "summary") {
                    self.end(2);
                }
                self.break_lines();
                self.put("**");
                if end && tag.name() == "dt" {
                    self.put(": ");
                } else if end && tag.name() == "summary" {
                    self.end(2);
                }
            }
            ("table", _) => {
                self.rows = 0;
                self.end(2);
            }
            ("tr", false) => {
                self.end(1);
                self.break_lines();
                self.row = Some(Vec::new());
            }
            ("th" | "td", false) => {
                if let Some(row) = &mut self.row {
                    row.push(String::new());
                }
            }
            ("tr", true) => self.end_row(),
            ("br", _) => self.end(1),
            // A paragraph that begins an item of a list stands beside its sign.
            ("p", false) if !self.lists.is_empty() && self.due == 0 && self.out.ends_with(' ') => {}
            ("p" | "div" | "section" | "article" | "header" | "figure" | "figcaption" | "blockquote" | "details", _) => {
                self.end(if self.lists.is_empty() { 2 } else { 1 });
            }
            _ => {}
        }
    }

    fn item(&mut self) {
        self.end(1);
        let depth = self.lists.len().saturating_sub(1);
        let Some(list) = self.lists.last_mut() else { return };
        list.count += 1;
        let sign = if list.is_ordered { format!("{}. ", list.count) } else { "- ".to_owned() };
        let trimmed = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(trimmed);
        let lines = if list.count == 1 && depth == 0 { "\n\n" } else { "\n" };
        self.out.push_str(&format!("{lines}{}{sign}", "   ".repeat(depth)));
        self.due = 0;
    }

    fn end_block(&mut self) {
        let block = self.block.take().unwrap_or_default();
        if self.row.is_some() {
            self.put(&format!("`{}`", block.trim().replace('\n', " ")));
            return;
        }
        let indent = "   ".repeat(self.lists.len());
        let trimmed = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(trimmed);
        self.out.push_str(&format!("\n\n{indent}```\n"));
        for line in block.trim_end().lines() {
            self.out.extend([&indent, line, "\n"]);
        }
        self.out.extend([&indent, "```"]);
        self.due = 2;
    }

    fn end_row(&mut self) {
        let row = self.row.take().unwrap_or_default();
        let cells: Vec<_> = row.iter().map(|cell| cell.trim().replace('|', "\\|")).collect();
        self.out.push_str(&format!("| {} |", cells.join(" | ")));
        if self.rows == 0 {
            self.out.push_str(&format!("\n|{}", " --- |".repeat(cells.len())));
        }
        self.rows += 1;
        self.due = 1;
    }

    fn finish(self) -> String {
        let mut out = String::with_capacity(self.out.len() + 1);
        for line in self.out.trim().lines() {
            out.extend([line.trim_end(), "\n"]);
        }
        if out.is_empty() { "\n".to_owned() } else { out }
    }
}

/// The letters that escapes stand for; most texts have none.
fn unescaped(html: &str) -> Cow<'_, str> {
    const ESCAPES: [(&str, &str); 8] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#x2F;", "/"), ("&nbsp;", " "), ("&amp;", "&")];
    if !html.contains('&') {
        return Cow::Borrowed(html);
    }
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    while let Some(at) = rest.find('&') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let (written, letter) = ESCAPES.into_iter().find(|(written, _)| escape.starts_with(written)).unwrap_or(("&", "&"));
        out.push_str(letter);
        rest = &escape[written.len()..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_read_becomes_markdown() {
        let html = "<main id=\"main\"><h1>A &amp; b</h1>\n<p>See <a href=\"/c/\">the <code>c</code></a>.</p>\n<ol class=\"steps\">\
                    <li><p>Run</p><pre tabindex=\"0\"><code>a <span class=\"k\">&lt;b</span>\n  c</code></pre></li><li>Wait</li></ol></main>";
        let expected = "# A & b\n\nSee [the `c`](/c/).\n\n1. Run\n\n   ```\n   a <b\n     c\n   ```\n2. Wait\n";
        assert_eq!(markdown(html), expected);
    }

    #[test]
    fn what_is_marked_in_a_block_stays_as_it_is() {
        assert_eq!(markdown("<main><pre><code><b>03:12</b> <b>refused</b></code></pre></main>"), "```\n03:12 refused\n```\n");
    }

    #[test]
    fn tables_and_terms_stay_readable() {
        let html = "<main><dl><div><dt>Fault</dt><dd>Yours</dd></div></dl><table><caption class=\"unseen\">x</caption><thead><tr><th>A</th><th>B</th></tr></thead>\
                    <tbody><tr><td>1|2</td><td><p>3</p></td></tr></tbody></table></main>";
        assert_eq!(markdown(html), "**Fault**: Yours\n\n| A | B |\n| --- | --- |\n| 1\\|2 | 3 |\n");
    }

    #[test]
    fn what_is_for_the_hand_is_left_out() {
        let html =
            "<main><p>a</p><section class=\"checker\"><section>x</section><button>y</button></section><svg><text>z</text></svg><p>b</p></main>";
        assert_eq!(markdown(html), "a\n\nb\n");
    }
}
