//! `/faq/`

use super::Page;
use crate::site::templates::context;
use reader::Content;
use serde_json::{Value, json};

/// All questions that people ask, on one page.
pub fn pages(content: &Content) -> Vec<Page> {
    let entries: Vec<Value> = content
        .entries()
        .faq
        .iter()
        .map(|faq| json!({"id": faq.id, "question": faq.form.question, "answer": faq.body, "sources": faq.form.sources}))
        .collect();
    vec![Page {
        address: "/faq/".to_owned(),
        template: "faq.html",
        title: "Questions people ask".to_owned(),
        description: "Short answers about gateway errors: whose fault it is, which timeout to raise, what a restart proves.".to_owned(),
        section: "faq",
        source: None,
        context: context([("faq", json!(entries))]),
    }]
}
