//! `/glossary/`

use super::Page;
use crate::site::templates::later;
use reader::Content;
use reader::form::TermForm;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// The address of the only page.
pub(crate) const ADDRESS: &str = "/glossary/";

/// All terms on one page, in the order of the alphabet; each names the page where it matters, which is one of `others`.
pub fn pages(content: &Content, others: &[Page]) -> Vec<Page> {
    let wanted: HashSet<&str> = content.entries().glossary.iter().map(|term| term.see.as_str()).collect();
    let titled = others.iter().filter(|page| wanted.contains(page.address.as_str()));
    let titles: HashMap<String, String> = titled.map(|page| (page.address.clone(), page.title.clone())).collect();
    vec![Page {
        address: ADDRESS.to_owned(),
        template: "glossary.html",
        title: "Glossary".to_owned(),
        description: "The terms of gateways, connections and overload, in one to three sentences each.".to_owned(),
        section: "guides",
        source: Some("glossary.yaml".to_owned()),
        context: later(move |content| [("terms", json!(rows(content, &titles)))]),
    }]
}

fn rows(content: &Content, titles: &HashMap<String, String>) -> Vec<Value> {
    let mut terms: Vec<_> = content.entries().glossary.iter().collect();
    terms.sort_by_key(|term| term.term.to_lowercase());
    let row =
        |term: &TermForm| json!({"id": term.id, "term": term.term, "means": term.means, "see": term.see, "title": titles.get(term.see.as_str())});
    terms.into_iter().map(row).collect()
}
