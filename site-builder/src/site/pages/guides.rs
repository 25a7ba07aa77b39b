//! `/guides/…/`

use super::{Page, related};
use crate::site::markdown;
use crate::site::templates::context;
use reader::Content;
use serde_json::{Value, json};

/// The list of guides, and a page for each.
pub fn pages(content: &Content) -> Vec<Page> {
    let guides = &content.entries().guides;
    let rows: Vec<Value> = guides.iter().map(|guide| json!({"id": guide.id, "title": guide.form.title, "summary": guide.form.summary})).collect();
    let list = Page {
        address: "/guides/".to_owned(),
        template: "guides.html",
        title: "Guides".to_owned(),
        description: "What to do, step by step, when gateways fail.".to_owned(),
        section: "guides",
        source: None,
        context: context([("guides", json!(rows))]),
    };
    let pages = guides.iter().map(|guide| {
        let address = format!("/guides/{}/", guide.id);
        Page {
            template: "guide.html",
            title: guide.form.title.clone(),
            description: guide.form.summary.clone(),
            section: "guides",
            source: Some(guide.file.clone()),
            context: context([
                ("form", json!(guide.form)),
                ("body", json!(guide.body)),
                ("headings", json!(markdown::headings(&guide.body))),
                ("faq", json!(related::faq_on(content, &address))),
            ]),
            address,
        }
    });
    pages.chain([list]).collect()
}
