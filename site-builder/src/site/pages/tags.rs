//! `/tags/` and `/tags/keep-alive/`

use super::Page;
use crate::site::templates::context;
use reader::Content;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What a tagged page is called and where it is.
#[derive(Clone)]
struct Tagged {
    kind: &'static str,
    address: String,
    title: String,
    summary: String,
}

/// The list of tags, and a page for each.
pub fn pages(content: &Content) -> Vec<Page> {
    let tags = by_tag(content);
    let rows: Vec<Value> = tags.iter().map(|(tag, pages)| json!({"id": tag, "count": pages.len()})).collect();
    let list = Page {
        address: "/tags/".to_owned(),
        template: "tags.html",
        title: "Tags".to_owned(),
        description: "What codes, causes and systems have in common.".to_owned(),
        section: "tags",
        source: None,
        context: context([("tags", json!(rows))]),
    };
    tags.iter().map(|(tag, pages)| page(tag, pages)).chain([list]).collect()
}

fn page(tag: &str, pages: &[Tagged]) -> Page {
    let rows = |kind: &str| -> Vec<Value> {
        let own = pages.iter().filter(|page| page.kind == kind);
        own.map(|page| json!({"address": page.address, "title": page.title, "summary": page.summary})).collect()
    };
    Page {
        address: format!("/tags/{tag}/"),
        template: "tag.html",
        title: format!("Tag: {tag}"),
        description: format!("Codes, causes and systems with the tag {tag}."),
        section: "tags",
        source: None,
        context: context([("tag", json!(tag)), ("codes", json!(rows("code"))), ("causes", json!(rows("cause"))), ("systems", json!(rows("system")))]),
    }
}

fn by_tag(content: &Content) -> BTreeMap<String, Vec<Tagged>> {
    let entries = content.entries();
    let mut tags = BTreeMap::<String, Vec<Tagged>>::new();
    let mut add = |own: &[String], tagged: &Tagged| own.iter().for_each(|tag| tags.entry(tag.clone()).or_default().push(tagged.clone()));
    for code in &entries.codes {
        let title = format!("{} {}", code.id, code.form.title);
        add(&code.form.tags, &Tagged { kind: "code", address: format!("/{}/", code.id), title, summary: code.form.summary.clone() });
    }
    for cause in &entries.causes {
        let (title, summary) = (cause.form.title.clone(), cause.form.summary.clone());
        add(&cause.form.tags, &Tagged { kind: "cause", address: format!("/causes/{}/", cause.id), title, summary });
    }
    for system in &entries.systems {
        let (title, summary) = (system.form.name.clone(), system.form.summary.clone());
        add(&system.form.tags, &Tagged { kind: "system", address: format!("/systems/{}/", system.id), title, summary });
    }
    tags
}
