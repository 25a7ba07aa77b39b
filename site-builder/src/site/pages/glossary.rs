//! `/glossary/`

use super::Page;
use crate::site::templates::context;
use reader::Content;
use reader::form::TermForm;
use serde_json::{Value, json};

/// The address of the only page.
pub(crate) const ADDRESS: &str = "/glossary/";

/// All terms on one page, in the order of the alphabet; each names the page where it matters, which is one of `others`.
pub fn pages(content: &Content, others: &[Page]) -> Vec<Page> {
    let mut terms: Vec<_> = content.entries().glossary.iter().collect();
    terms.sort_by_key(|term| term.term.to_lowercase());
    let title = |address: &str| others.iter().find(|page| page.address == address).map(|page| page.title.as_str());
    let row = |term: &&TermForm| json!({"id": term.id, "term": term.term, "means": term.means, "see": term.see, "title": title(&term.see)});
    let rows: Vec<Value> = terms.iter().map(row).collect();
    vec![Page {
        address: ADDRESS.to_owned(),
        template: "glossary.html",
        title: "Glossary".to_owned(),
        description: "The terms of gateways, connections and overload, in one to three sentences each.".to_owned(),
        section: "guides",
        source: Some("glossary.yaml".to_owned()),
        context: context([("terms", json!(rows))]),
    }]
}
