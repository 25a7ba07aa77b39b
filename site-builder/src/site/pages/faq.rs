//! `/faq/`, `/faq/…/`

use super::{Page, related};
use crate::site::markdown;
use crate::site::templates::later;
use reader::Content;
use serde_json::{Value, json};

/// So many letters a description may have before the next sentence is left out.
const MOST_LETTERS: usize = 160;

/// The list of questions that people ask, and a page for the answer to each.
pub fn pages(content: &Content) -> Vec<Page> {
    let list = Page {
        address: "/faq/".to_owned(),
        template: "faq.html",
        title: "Questions people ask".to_owned(),
        description: "Short answers about gateway errors: whose fault it is, which timeout to raise, what a restart proves.".to_owned(),
        section: "faq",
        source: None,
        context: later(|content| [("faq", json!(rows(content)))]),
    };
    let pages = content.entries().faq.iter().enumerate().map(|(at, faq)| Page {
        address: address(&faq.id),
        template: "question.html",
        title: markdown::to_plain(&faq.form.question),
        description: beginning(&faq.body),
        section: "faq",
        source: Some(faq.file.clone()),
        context: later(move |content| {
            let faq = &content.entries().faq[at];
            [("form", json!(*faq.form)), ("body", json!(faq.body)), ("beside", json!(beside(content, at)))]
        }),
    });
    pages.chain([list]).collect()
}

/// The address of the answer to a question.
pub fn address(id: &str) -> String {
    format!("/faq/{id}/")
}

fn rows(content: &Content) -> Vec<Value> {
    content.entries().faq.iter().map(|faq| json!({"id": faq.id, "question": faq.form.question})).collect()
}

/// The other questions that are shown on the first page that shows this one.
fn beside(content: &Content, at: usize) -> Vec<Value> {
    let faq = &content.entries().faq[at];
    let Some(page) = faq.form.on.first() else { return Vec::new() };
    let mut others = related::faq_on(content, page.as_str());
    others.retain(|other| other["id"] != json!(faq.id));
    others
}

/// The first sentences of an answer, as many as a description holds.
fn beginning(answer: &str) -> String {
    let paragraph = markdown::to_plain(answer.trim().split("\n\n").next().unwrap_or_default()).replace('\n', " ");
    let mut shown = String::new();
    for sentence in paragraph.split_inclusive(". ") {
        if !shown.is_empty() && shown.len() + sentence.len() > MOST_LETTERS {
            break;
        }
        shown.push_str(sentence);
    }
    shown.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_made_of_whole_sentences_of_the_first_paragraph() {
        assert_eq!(beginning("Yes. It is so.\n\nMore of it."), "Yes. It is so.");
        let long = format!("It is short. {} end.", "word ".repeat(40).trim_end());
        assert_eq!(beginning(&long), "It is short.");
    }
}
