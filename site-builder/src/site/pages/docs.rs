//! `/docs/…/`

use super::Page;
use crate::site::markdown;
use crate::site::templates::later;
use reader::Content;
use serde_json::{Value, json};

/// The list of pages about fivexx itself, and each of them; none where nothing is written.
pub fn pages(content: &Content) -> Vec<Page> {
    let docs = &content.entries().docs;
    if docs.is_empty() {
        return Vec::new();
    }
    let list = Page {
        address: "/docs/".to_owned(),
        template: "docs.html",
        title: "Documentation".to_owned(),
        description: "How to use fivexx, add to it, host it, and how it comes to its verdicts.".to_owned(),
        section: "docs",
        source: None,
        context: later(|content| [("docs", json!(rows(content)))]),
    };
    let pages = docs.iter().enumerate().map(|(at, doc)| Page {
        address: format!("/docs/{}/", doc.id),
        template: "doc.html",
        title: doc.form.title.clone(),
        description: doc.form.summary.clone(),
        section: "docs",
        source: Some(doc.file.clone()),
        context: later(move |content| {
            let doc = &content.entries().docs[at];
            [("form", json!(*doc.form)), ("body", json!(doc.body)), ("headings", json!(markdown::headings(&doc.body)))]
        }),
    });
    pages.chain([list]).collect()
}

fn rows(content: &Content) -> Vec<Value> {
    let mut docs: Vec<_> = content.entries().docs.iter().collect();
    docs.sort_by_key(|doc| (doc.form.order, &doc.id));
    docs.iter().map(|doc| json!({"id": doc.id, "title": doc.form.title, "summary": doc.form.summary})).collect()
}
