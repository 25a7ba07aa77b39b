//! Terms of the glossary in prose: the first use on each page becomes a link.

use super::pages::glossary;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use memchr::memchr;
use reader::Content;
use std::collections::BTreeSet;

/// What an element is for the text in it.
enum Element {
    /// Its text is prose.
    Prose,
    /// Its text is left as it is, also inside of prose.
    Shielded,
    /// Neither.
    Other,
}

/// What an element is, by its name in bytes: pages have thousands of tags.
#[rustfmt::skip]
fn element(name: &[u8]) -> Element {
    match name {
        b"p" | b"li" => Element::Prose,
        b"a" | b"button" | b"code" | b"figure" | b"footer" | b"h1" | b"h2" | b"h3" | b"h4" | b"header" | b"label" | b"nav" | b"noscript" | b"pre"
            | b"script" | b"summary" | b"svg" | b"table" | b"textarea" | b"title" => Element::Shielded,
        _ => Element::Other,
    }
}

/// The name in a tag such as `<p>` or `</p>`.
fn name_of(tag: &[u8]) -> &[u8] {
    let from = tag.iter().position(|byte| !matches!(byte, b'<' | b'/')).unwrap_or(tag.len());
    let length = tag[from..].iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(tag.len() - from);
    &tag[from..from + length]
}

/// Links terms on rendered pages.
pub(super) struct Terms {
    wordings: Vec<Wording>,
    /// Finds wordings, whatever their letter case. Nothing without a glossary.
    finder: Option<AhoCorasick>,
}

/// A wording that is linked.
struct Wording {
    text: String,
    term: String,
    /// The page that explains the term at length.
    see: String,
}

impl Terms {
    /// All wordings of the glossary.
    pub fn new(content: &Content) -> Self {
        let terms = content.entries().glossary.iter();
        let wordings = terms.flat_map(|term| {
            term.in_prose.iter().map(move |text| Wording { text: text.value.clone(), term: term.id.value.clone(), see: term.see.value.clone() })
        });
        Self::of(wordings.collect())
    }

    fn of(wordings: Vec<Wording>) -> Self {
        let texts = wordings.iter().map(|wording| wording.text.as_str());
        let built = AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true).build(texts);
        let finder = built.ok().filter(|_| !wordings.is_empty());
        Self { wordings, finder }
    }

    /// The page with links, except on the glossary and for terms that the page itself explains.
    pub fn link(&self, address: &str, html: String) -> String {
        let Some(finder) = self.finder.as_ref().filter(|_| address != glossary::ADDRESS) else { return html };
        let mut used: BTreeSet<&str> = self.wordings.iter().filter(|wording| wording.see == address).map(|wording| wording.term.as_str()).collect();
        let (mut linked, mut prose, mut shielded) = (String::with_capacity(html.len() + 1024), 0_usize, 0_usize);
        let mut rest = html.as_str();
        while let Some(open) = memchr(b'<', rest.as_bytes()) {
            let (text, behind) = rest.split_at(open);
            if prose > 0 && shielded == 0 {
                self.link_text(finder, text, &mut used, &mut linked)
            } else {
                linked.push_str(text)
            }
            let (tag, behind) = behind.split_at(memchr(b'>', behind.as_bytes()).map_or(behind.len(), |close| close + 1));
            let count = match element(name_of(tag.as_bytes())) {
                Element::Prose => Some(&mut prose),
                Element::Shielded => Some(&mut shielded),
                Element::Other => None,
            };
            if let Some(count) = count {
                *count = if tag.starts_with("</") { count.saturating_sub(1) } else { *count + 1 };
            }
            linked.push_str(tag);
            rest = behind;
        }
        linked + rest
    }

    fn link_text<'t>(&'t self, finder: &AhoCorasick, text: &str, used: &mut BTreeSet<&'t str>, linked: &mut String) {
        let mut copied = 0;
        for found in finder.find_iter(text) {
            let wording = &self.wordings[found.pattern().as_usize()];
            let said = &text[found.range()];
            if !is_whole(text, found.start(), found.end()) || !is_written_so(&wording.text, said) || !used.insert(&wording.term) {
                continue;
            }
            linked.push_str(&text[copied..found.start()]);
            linked.push_str(&format!("<a class=\"term\" href=\"{}#{}\">{said}</a>", glossary::ADDRESS, wording.term));
            copied = found.end();
        }
        linked.push_str(&text[copied..]);
    }
}

/// Whether a match stands by itself, not inside a longer word, name or address.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let joins = |letter: char| letter.is_alphanumeric() || "-_/.@&".contains(letter);
    let goes_on = |rest: &str| {
        let mut letters = rest.chars();
        match letters.next() {
            Some('.') => letters.next().is_some_and(char::is_alphanumeric),
            Some(letter) => letter.is_alphanumeric() || "-_/@".contains(letter),
            None => false,
        }
    };
    !text[..start].ends_with(joins) && !goes_on(&text[end..])
}

/// An abbreviation counts as it is written; other wordings also with a capital.
fn is_written_so(wording: &str, said: &str) -> bool {
    wording == said || !wording.contains(|letter: char| letter.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Terms {
        let wording = |text: &str, term: &str, see: &str| Wording { text: text.to_owned(), term: term.to_owned(), see: see.to_owned() };
        Terms::of(vec![
            wording("circuit breaker", "circuit-breaker", "/causes/circuit-breaker-open/"),
            wording("circuit breakers", "circuit-breaker", "/causes/circuit-breaker-open/"),
            wording("FIN", "fin", "/guides/shapes/"),
        ])
    }

    #[test]
    fn the_first_use_becomes_a_link() {
        let html = terms().link("/502/", "<p>Circuit breakers open. A circuit breaker closes.</p>".to_owned());
        assert_eq!(html, "<p><a class=\"term\" href=\"/glossary/#circuit-breaker\">Circuit breakers</a> open. A circuit breaker closes.</p>");
    }

    #[test]
    fn headings_code_and_links_stay_as_they_are() {
        let html = "<h2>FIN</h2><p><code>FIN</code> <a href=\"/x/\">the FIN</a></p><table><tr><td>FIN</td></tr></table>";
        assert_eq!(terms().link("/502/", html.to_owned()), html);
    }

    #[test]
    fn parts_of_words_are_no_terms() {
        let html = "<p>fin, FINE, x-FIN and FIN.example</p>";
        assert_eq!(terms().link("/502/", html.to_owned()), html);
        assert!(terms().link("/502/", "<li>It sends FIN.</li>".to_owned()).contains("#fin\">FIN</a>."));
    }

    #[test]
    fn a_page_does_not_link_what_it_explains() {
        let html = "<p>A circuit breaker.</p>";
        assert_eq!(terms().link("/causes/circuit-breaker-open/", html.to_owned()), html);
        assert_eq!(terms().link("/glossary/", html.to_owned()), html);
    }
}
