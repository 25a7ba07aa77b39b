//! Style sheets without what only their authors need: comments, indentation, spaces around signs.

/// Signs that need no space around them wherever they stand in a style sheet.
const SIGNS: [char; 4] = ['{', '}', ';', ','];

/// The same rules in fewer letters; what stands in quotes stays as it is.
pub(super) fn style(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut has_gap = false;
    while let Some(letter) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("/*") {
            rest = after.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        if letter.is_whitespace() {
            has_gap = true;
            rest = rest.trim_start();
            continue;
        }
        if has_gap && !SIGNS.contains(&letter) && !out.ends_with(SIGNS) && !out.is_empty() {
            out.push(' ');
        }
        has_gap = false;
        if letter == '}' && out.ends_with(';') {
            out.pop();
        }
        let length = if matches!(letter, '"' | '\'') { quoted_length(rest, letter) } else { letter.len_utf8() };
        let (taken, after) = rest.split_at(length);
        out.push_str(taken);
        rest = after;
    }
    out
}

/// How many bytes a text in quotes takes, with its quotes; all that is left where it has no end.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        if letter == quote && !is_escaped {
            return at + letter.len_utf8();
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_needless_spaces_go() {
        assert_eq!(style("/* A */\na,\nb > c {\n  margin: 0 1px; /* why */\n  color: red;\n}\n"), "a,b > c{margin: 0 1px;color: red}");
        assert_eq!(style("@media (min-width: 1em) {\n  a { width: calc(1em + 2px); }\n}"), "@media (min-width: 1em){a{width: calc(1em + 2px)}}");
    }

    #[test]
    fn what_separates_or_is_quoted_stays() {
        assert_eq!(style("a :hover/* b */ b { content: \" /* ; */ \\\" \"; }"), "a :hover b{content: \" /* ; */ \\\" \"}");
        assert_eq!(style("a { content: \"open"), "a{content: \"open");
    }
}
