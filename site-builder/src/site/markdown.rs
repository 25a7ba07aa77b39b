//! Markdown to HTML, with an id on every heading.

use super::highlight;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::collections::BTreeSet;

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES
}

/// A heading, for tables of contents.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Heading {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// Blocks of Markdown as HTML. Raw HTML in the text is shown as text.
pub fn to_html(text: &str) -> String {
    to_html_with_headings(text).0
}

/// Blocks of Markdown as HTML, and the second-level headings.
pub fn to_html_with_headings(text: &str) -> (String, Vec<Heading>) {
    let (events, headings) = with_heading_ids(text);
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, for_pages(events).into_iter());
    (out, headings)
}

/// One paragraph of Markdown as HTML, without the paragraph.
pub fn to_inline_html(text: &str) -> String {
    // Titles and summaries stand in lists by the thousand, and most have no mark.
    if is_plain(text) {
        return text.trim_end().to_owned();
    }
    let is_paragraph = |event: &Event<'_>| matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
    let events = Parser::new_ext(text.trim(), options()).map(as_text).filter(|event| !is_paragraph(event));
    let mut out = String::new();
    html::push_html(&mut out, events);
    out.trim_end().to_owned()
}

/// Whether nothing in a text can be a mark: words and the usual signs between them, in one line.
fn is_plain(text: &str) -> bool {
    let is_of_prose = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '.' | ',' | ':' | ';' | '\'' | '/' | '-' | '?' | '%');
    text.starts_with(char::is_alphabetic) && text.chars().all(is_of_prose)
}

/// The text without its marks, for titles and descriptions.
pub fn to_plain(text: &str) -> String {
    if is_plain(text) {
        return text.trim_end().to_owned();
    }
    let words = Parser::new_ext(text, options()).filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.into_string()),
        Event::SoftBreak | Event::HardBreak => Some(" ".to_owned()),
        _ => None,
    });
    words.collect::<String>().trim().to_owned()
}

/// The second-level headings of a text.
pub fn headings(text: &str) -> Vec<Heading> {
    with_heading_ids(text).1
}

fn with_heading_ids(text: &str) -> (Vec<Event<'_>>, Vec<Heading>) {
    let mut events: Vec<Event<'_>> = Parser::new_ext(text, options()).map(as_text).collect();
    let (mut headings, mut taken) = (Vec::new(), BTreeSet::new());
    for at in 0..events.len() {
        let Event::Start(Tag::Heading { level, .. }) = &events[at] else { continue };
        let level = *level;
        let end = events[at..].iter().position(|event| matches!(event, Event::End(TagEnd::Heading(_)))).map_or(events.len(), |length| at + length);
        let text: String = events[at..end].iter().filter_map(text_of).collect();
        let id = unique(&slug(&text), &mut taken);
        if level == HeadingLevel::H2 {
            headings.push(Heading { id: id.clone(), text });
        }
        if let Event::Start(Tag::Heading { id: place, .. }) = &mut events[at] {
            *place = Some(CowStr::from(id));
        }
    }
    (events, headings)
}

/// Code blocks with their colours. A wide table scrolls by itself, not the page; it needs focus for that, for those without a mouse.
fn for_pages(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut out = Vec::with_capacity(events.len());
    let mut language = None;
    for event in events {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                language = Some(match kind {
                    CodeBlockKind::Fenced(language) => language,
                    CodeBlockKind::Indented => CowStr::Borrowed(""),
                });
                out.push(Event::Html(CowStr::Borrowed("<pre tabindex=\"0\"><code>")));
            }
            Event::End(TagEnd::CodeBlock) => {
                language = None;
                out.push(Event::Html(CowStr::Borrowed("</code></pre>\n")));
            }
            Event::Start(Tag::Table(columns)) => {
                out.push(Event::Html(CowStr::Borrowed("<div class=\"scroll\" tabindex=\"0\">")));
                out.push(Event::Start(Tag::Table(columns)));
            }
            Event::End(TagEnd::Table) => {
                out.push(Event::End(TagEnd::Table));
                out.push(Event::Html(CowStr::Borrowed("</div>")));
            }
            Event::Text(text) => match &language {
                Some(language) => out.push(Event::Html(CowStr::from(highlight::code(&text, language)))),
                None => out.push(Event::Text(text)),
            },
            other => out.push(other),
        }
    }
    out
}

/// Raw HTML is not part of the content format.
fn as_text(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    }
}

fn text_of<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        _ => None,
    }
}

/// Lower case words joined by hyphens.
pub fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

fn unique(id: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let free = std::iter::once(id.to_owned()).chain(numbered).find(|candidate| !taken.contains(candidate)).unwrap_or_default();
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_get_ids_that_differ() {
        let html = to_html("## What it means\n\n## What it means\n");
        assert!(html.contains("id=\"what-it-means\"") && html.contains("id=\"what-it-means-2\""), "{html}");
    }

    #[test]
    fn raw_html_is_text() {
        assert_eq!(to_inline_html("a <b onclick=x>c</b>"), "a &lt;b onclick=x&gt;c&lt;/b&gt;");
    }

    #[test]
    fn a_plain_text_is_what_the_parser_makes_of_it() {
        for text in ["Waits, then gives up: 60 s.", "It's a well-known 5xx/4xx mix?", "Ends at 100 % "] {
            assert!(is_plain(text), "{text}");
            let mut parsed = String::new();
            html::push_html(&mut parsed, Parser::new_ext(text, options()));
            assert_eq!(format!("<p>{}</p>\n", to_inline_html(text)), parsed);
        }
        for text in ["a *b*", "1. a", "- a", "a <b>", "a & b", "a\n=", "a ~~b~~", "`a`"] {
            assert!(!is_plain(text), "{text}");
        }
    }

    #[test]
    fn inline_text_has_no_paragraph() {
        assert_eq!(to_inline_html("see `a` and [b](/c/)"), "see <code>a</code> and <a href=\"/c/\">b</a>");
    }
}
