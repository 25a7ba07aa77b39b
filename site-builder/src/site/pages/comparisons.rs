//! `/502-vs-504/`

use super::{Page, related};
use crate::site::markdown;
use crate::site::templates::later;
use reader::Content;
use reader::draft::Entry;
use reader::form::ComparisonForm;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A page for each comparison.
pub fn pages(content: &Content) -> Vec<Page> {
    content.entries().comparisons.iter().enumerate().map(|(at, comparison)| page(at, comparison)).collect()
}

fn page(at: usize, comparison: &Entry<ComparisonForm>) -> Page {
    let form = &*comparison.form;
    Page {
        address: address(&comparison.id),
        template: "comparison.html",
        title: form.codes.iter().map(|code| code.value.to_string()).collect::<Vec<_>>().join(" vs "),
        description: form.summary.clone(),
        section: "codes",
        source: Some(comparison.file.clone()),
        context: later(move |content| values(content, &content.entries().comparisons[at])),
    }
}

fn address(id: &str) -> String {
    format!("/{id}/")
}

fn values(content: &Content, comparison: &Entry<ComparisonForm>) -> [(&'static str, Value); 7] {
    let (form, address) = (&*comparison.form, address(&comparison.id));
    let codes: Vec<Value> = form.codes.iter().map(|code| side(content, code.value)).collect();
    let mut answers = BTreeMap::<&str, usize>::new();
    form.by_system.iter().flat_map(|row| row.answers.keys()).for_each(|id| *answers.entry(id).or_default() += 1);
    // The system that is measured most stands first; of equals the one whose messages we know best.
    let messages = |id: &str| content.entries().messages.iter().filter(|message| message.system == id).count();
    let mut columns: Vec<&str> = answers.keys().copied().collect();
    columns.sort_by_key(|id| std::cmp::Reverse((answers.get(id).copied(), messages(id))));
    let columns: Vec<Value> =
        columns.iter().map(|id| json!({"id": id, "name": related::system_name(content, id), "has_page": related::has_system(content, id)})).collect();
    [
        ("form", json!(form)),
        ("body", json!(comparison.body)),
        ("headings", json!(markdown::headings(&comparison.body))),
        ("codes", json!(codes)),
        ("columns", json!(columns)),
        ("faq", json!(related::faq_on(content, &address))),
        ("guides", json!(related::guides_on(content, &address))),
    ]
}

/// One of the codes that are compared, with its own drawing.
fn side(content: &Content, code: u16) -> Value {
    let Some(entry) = content.entries().codes.iter().find(|entry| entry.id == code.to_string()) else { return json!({"id": code}) };
    json!({"id": code, "title": entry.form.title, "summary": entry.form.summary, "path": related::drawing_of_code(content, entry)})
}
