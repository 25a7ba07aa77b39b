//! `/tags/` and `/tags/keep-alive/`

use super::Page;
use crate::site::templates::{context, later};
use reader::Content;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// An entry with tags, by its position among those of its kind.
#[derive(Clone, Copy)]
enum Tagged {
    Code(usize),
    Cause(usize),
    System(usize),
    Guide(usize),
}

impl Tagged {
    /// The entry as a row of a list.
    fn row(self, content: &Content) -> Value {
        let entries = content.entries();
        let row = |address: String, title: &str, summary: &str| json!({"address": address, "title": title, "summary": summary});
        match self {
            Self::Code(at) => {
                let code = &entries.codes[at];
                row(format!("/{}/", code.id), &format!("{} {}", code.id, code.form.title), &code.form.summary)
            }
            Self::Cause(at) => row(format!("/causes/{}/", entries.causes[at].id), &entries.causes[at].form.title, &entries.causes[at].form.summary),
            Self::System(at) => {
                row(format!("/systems/{}/", entries.systems[at].id), &entries.systems[at].form.name, &entries.systems[at].form.summary)
            }
            Self::Guide(at) => row(format!("/guides/{}/", entries.guides[at].id), &entries.guides[at].form.title, &entries.guides[at].form.summary),
        }
    }
}

/// The list of tags, and a page for each.
pub fn pages(content: &Content) -> Vec<Page> {
    let tags = by_tag(content);
    let rows: Vec<Value> = tags.iter().map(|(tag, pages)| json!({"id": tag, "count": pages.len()})).collect();
    let list = Page {
        address: "/tags/".to_owned(),
        template: "tags.html",
        title: "Tags".to_owned(),
        description: "What codes, causes, systems and guides have in common.".to_owned(),
        section: "tags",
        source: None,
        context: context([("tags", json!(rows))]),
    };
    tags.into_iter().map(|(tag, pages)| page(tag, pages)).chain([list]).collect()
}

fn page(tag: String, pages: Vec<Tagged>) -> Page {
    Page {
        address: format!("/tags/{tag}/"),
        template: "tag.html",
        title: format!("Tag: {tag}"),
        description: format!("Codes, causes, systems and guides with the tag {tag}."),
        section: "tags",
        source: None,
        context: later(move |content| {
            let rows =
                |wanted: fn(&Tagged) -> bool| -> Vec<Value> { pages.iter().filter(|page| wanted(page)).map(|page| page.row(content)).collect() };
            [
                ("tag", json!(tag)),
                ("codes", json!(rows(|page| matches!(page, Tagged::Code(_))))),
                ("causes", json!(rows(|page| matches!(page, Tagged::Cause(_))))),
                ("systems", json!(rows(|page| matches!(page, Tagged::System(_))))),
                ("guides", json!(rows(|page| matches!(page, Tagged::Guide(_))))),
            ]
        }),
    }
}

fn by_tag(content: &Content) -> BTreeMap<String, Vec<Tagged>> {
    let entries = content.entries();
    let mut tags = BTreeMap::<String, Vec<Tagged>>::new();
    let mut add = |own: &[String], tagged: Tagged| {
        for tag in own {
            match tags.get_mut(tag) {
                Some(pages) => pages.push(tagged),
                None => drop(tags.insert(tag.clone(), vec![tagged])),
            }
        }
    };
    entries.codes.iter().enumerate().for_each(|(at, code)| add(&code.form.tags, Tagged::Code(at)));
    entries.causes.iter().enumerate().for_each(|(at, cause)| add(&cause.form.tags, Tagged::Cause(at)));
    entries.systems.iter().enumerate().for_each(|(at, system)| add(&system.form.tags, Tagged::System(at)));
    entries.guides.iter().enumerate().for_each(|(at, guide)| add(&guide.form.tags, Tagged::Guide(at)));
    tags
}
