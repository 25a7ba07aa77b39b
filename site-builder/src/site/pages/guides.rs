//! `/guides/…/`

use super::{Page, related};
use crate::site::markdown;
use crate::site::templates::later;
use reader::Content;
use serde_json::{Value, json};

/// The list of guides, and a page for each.
pub fn pages(content: &Content) -> Vec<Page> {
    let guides = &content.entries().guides;
    let list = Page {
        address: "/guides/".to_owned(),
        template: "guides.html",
        title: "Guides".to_owned(),
        description: "What to do, step by step, when gateways fail.".to_owned(),
        section: "guides",
        source: None,
        context: later(|content| [("guides", json!(rows(content)))]),
    };
    let pages = guides.iter().enumerate().map(|(at, guide)| Page {
        address: address(&guide.id),
        template: "guide.html",
        title: guide.form.title.clone(),
        description: guide.form.summary.clone(),
        section: "guides",
        source: Some(guide.file.clone()),
        context: later(move |content| {
            let guide = &content.entries().guides[at];
            let (html, headings) = markdown::to_html_with_headings(&guide.body);
            [
                ("form", json!(*guide.form)),
                ("html", json!(html)),
                ("headings", json!(headings)),
                ("faq", json!(related::faq_on(content, &address(&guide.id)))),
            ]
        }),
    });
    pages.chain([list]).collect()
}

/// All guides as rows of a list.
pub fn rows(content: &Content) -> Vec<Value> {
    content.entries().guides.iter().map(|guide| json!({"id": guide.id, "title": guide.form.title, "summary": guide.form.summary})).collect()
}

fn address(id: &str) -> String {
    format!("/guides/{id}/")
}
