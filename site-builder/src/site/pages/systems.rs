//! `/systems/` and `/systems/nginx/`

use super::{Page, related};
use crate::site::markdown;
use crate::site::templates::context;
use reader::Content;
use reader::draft::Entry;
use reader::form::{StandsIn, SystemForm};
use serde_json::{Value, json};

/// The list of systems, and a page for each.
pub fn pages(content: &Content) -> Vec<Page> {
    let mut pages: Vec<_> = content.entries().systems.iter().map(|system| page(content, system)).collect();
    pages.push(Page {
        address: "/systems/".to_owned(),
        template: "systems.html",
        title: "Systems".to_owned(),
        description: "Proxies, load balancers, platforms and servers: how to recognize each, where its logs are, what it says when it fails."
            .to_owned(),
        section: "systems",
        source: None,
        context: context([("systems", json!(rows(content)))]),
    });
    pages
}

/// All systems as rows of a list.
pub fn rows(content: &Content) -> Vec<Value> {
    let messages = |id: &str| content.entries().messages.iter().filter(|message| message.system == id).count();
    let row = |system: &Entry<SystemForm>| {
        json!({
            "id": system.id,
            "name": system.form.name,
            "summary": system.form.summary,
            "place": related::place_name(content, &system.form.place),
            "messages": messages(&system.id),
        })
    };
    content.entries().systems.iter().map(row).collect()
}

fn page(content: &Content, system: &Entry<SystemForm>) -> Page {
    let form = &system.form;
    let address = format!("/systems/{}/", system.id);
    let marks: Vec<Value> = form.marks.iter().map(|mark| json!({"form": mark, "in": mark_place(mark.stands_in)})).collect();
    let formats: Vec<Value> = content.entries().formats.iter().filter(|format| format.system == system.id).map(|format| json!(format.form)).collect();
    let timeouts: Vec<Value> = content
        .entries()
        .timeouts
        .iter()
        .filter(|timeout| timeout.system == system.id)
        .map(|timeout| related::timeout_row(content, timeout))
        .collect();
    Page {
        template: "system.html",
        title: form.name.clone(),
        description: form.summary.clone(),
        section: "systems",
        source: Some(system.file.clone()),
        context: context([
            ("form", json!(form)),
            ("body", json!(system.body)),
            ("headings", json!(markdown::headings(&system.body))),
            ("place", json!(related::place_name(content, &form.place))),
            ("marks", json!(marks)),
            ("formats", json!(formats)),
            ("timeouts", json!(timeouts)),
            ("messages", json!(related::messages(content, |message| message.system == system.id))),
            ("faq", json!(related::faq_on(content, &address))),
            ("guides", json!(related::guides_on(content, &address))),
        ]),
        address,
    }
}

fn mark_place(stands_in: StandsIn) -> &'static str {
    match stands_in {
        StandsIn::Header => "Response header",
        StandsIn::Body => "Page",
        StandsIn::Log => "Log",
        StandsIn::Command => "Command output",
    }
}
