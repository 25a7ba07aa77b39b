//! `/codes/` and `/502/`

use super::{Page, related};
use crate::site::markdown;
use crate::site::templates::later;
use reader::Content;
use reader::draft::Entry;
use reader::form::CodeForm;
use serde_json::{Value, json};

/// The list of codes, and a page for each.
pub fn pages(content: &Content) -> Vec<Page> {
    let mut pages: Vec<_> = content.entries().codes.iter().enumerate().map(|(at, code)| page(at, code)).collect();
    pages.push(Page {
        address: "/codes/".to_owned(),
        template: "codes.html",
        title: "All codes".to_owned(),
        description: "Every status code that gateways and servers answer with when something fails, with what it means.".to_owned(),
        section: "codes",
        source: None,
        context: later(|content| [("codes", json!(rows(content))), ("comparisons", json!(comparison_rows(content, None)))]),
    });
    pages
}

/// All codes as rows of a list.
pub fn rows(content: &Content) -> Vec<Value> {
    content.entries().codes.iter().map(|code| json!({"id": code.id, "title": code.form.title, "summary": code.form.summary})).collect()
}

/// All comparisons as rows of a list, or those with a certain code.
pub fn comparison_rows(content: &Content, with: Option<u16>) -> Vec<Value> {
    let wanted =
        content.entries().comparisons.iter().filter(|comparison| with.is_none_or(|code| comparison.form.codes.iter().any(|own| own.value == code)));
    wanted.map(|comparison| json!({"id": comparison.id, "codes": comparison.form.codes, "summary": comparison.form.summary})).collect()
}

fn page(at: usize, code: &Entry<CodeForm>) -> Page {
    Page {
        address: address(&code.id),
        template: "code.html",
        title: format!("{} {}", code.id, code.form.title),
        description: code.form.summary.clone(),
        section: "codes",
        source: Some(code.file.clone()),
        context: later(move |content| values(content, &content.entries().codes[at])),
    }
}

fn address(id: &str) -> String {
    format!("/{id}/")
}

fn values(content: &Content, code: &Entry<CodeForm>) -> [(&'static str, Value); 14] {
    let (form, address) = (&*code.form, address(&code.id));
    let status = code.id.parse().unwrap_or(0);
    let error_pages: Vec<Value> = form
        .error_pages
        .iter()
        .map(
            |page| json!({"form": page, "name": related::system_name(content, &page.system), "has_page": related::has_system(content, &page.system)}),
        )
        .collect();
    [
        ("code", json!(code.id)),
        ("form", json!(form)),
        ("body", json!(code.body)),
        ("headings", json!(markdown::headings(&code.body))),
        ("path", json!(related::drawing_of_code(content, code))),
        ("places", json!(related::named_words(&form.who_sends, |id| related::place_name(content, id)))),
        ("shapes", json!(related::named_words(&form.shapes, |id| related::shape_name(content, id)))),
        ("causes", json!(related::causes_of_code(content, status))),
        ("messages", json!(related::messages(content, |message| message.form.status.statuses().contains(&status)))),
        ("comparisons", json!(comparison_rows(content, Some(status)))),
        ("beside", json!(related::codes_beside(content, status))),
        ("error_pages", json!(error_pages)),
        ("faq", json!(related::faq_on(content, &address))),
        ("guides", json!(related::guides_on(content, &address))),
    ]
}
