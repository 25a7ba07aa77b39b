//! `/systems/`, `/systems/nginx/`, `/systems/nginx/messages/`

use super::{Page, log_lines, related};
use crate::site::markdown;
use crate::site::templates::context;
use reader::Content;
use reader::draft::{Entry, Listed};
use reader::form::{FormatForm, StandsIn, SystemForm, SystemKind};
use serde_json::{Value, json};

/// The most messages that a system's own page explains; where there are more, a page of their own does.
const MOST_MESSAGES_IN_FULL: usize = 60;

/// The kinds of systems in the order of a request's way, with what they are called.
const KINDS: [(SystemKind, &str); 11] = [
    (SystemKind::Cdn, "CDNs"),
    (SystemKind::LoadBalancer, "Load balancers"),
    (SystemKind::Ingress, "Kubernetes ingresses"),
    (SystemKind::Platform, "Platforms"),
    (SystemKind::Proxy, "Web servers and proxies"),
    (SystemKind::ApplicationServer, "Application servers"),
    (SystemKind::Framework, "Languages and frameworks"),
    (SystemKind::Database, "Databases and caches"),
    (SystemKind::Orchestrator, "What starts and stops processes"),
    (SystemKind::Kernel, "Kernel and network"),
    (SystemKind::Tool, "Tools"),
];

/// The list of systems, and a page for each.
pub fn pages(content: &Content) -> Vec<Page> {
    let systems = &content.entries().systems;
    let mut pages: Vec<_> = systems.iter().map(|system| page(content, system)).collect();
    pages.extend(systems.iter().filter_map(|system| messages_page(content, system)));
    pages.push(Page {
        address: "/systems/".to_owned(),
        template: "systems.html",
        title: "Systems".to_owned(),
        description: "Proxies, load balancers, platforms and servers: how to recognize each, where its logs are, what it says when it fails."
            .to_owned(),
        section: "systems",
        source: None,
        context: context([("kinds", json!(by_kind(content)))]),
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
            "kind": system.form.kind,
            "place": related::place_name(content, &system.form.place),
            "messages": messages(&system.id),
        })
    };
    content.entries().systems.iter().map(row).collect()
}

/// The rows under what kind of system each is.
fn by_kind(content: &Content) -> Vec<Value> {
    let rows = rows(content);
    let of_kind = |kind: SystemKind| rows.iter().filter(|row| row["kind"] == json!(kind)).cloned().collect::<Vec<_>>();
    let groups = KINDS.iter().map(|(kind, name)| json!({"id": kind, "name": name, "systems": of_kind(*kind)}));
    groups.filter(|group| group["systems"].as_array().is_some_and(|systems| !systems.is_empty())).collect()
}

/// A page with all messages of a system, where its own page does not explain them.
fn messages_page(content: &Content, system: &Entry<SystemForm>) -> Option<Page> {
    let messages = messages_of(content, system);
    if messages.len() <= MOST_MESSAGES_IN_FULL {
        return None;
    }
    let name = &system.form.name;
    Some(Page {
        address: format!("/systems/{}/messages/", system.id),
        template: "system-messages.html",
        title: format!("{name}: error messages"),
        description: format!(
            "All {} messages and codes of {name} that tell of a failed request, with the status of each and what it means.",
            messages.len()
        ),
        section: "systems",
        source: Some(system.file.clone()),
        context: context([("system", json!({"id": system.id, "name": name})), ("messages", json!(messages))]),
    })
}

fn messages_of(content: &Content, system: &Entry<SystemForm>) -> Vec<Value> {
    related::messages(content, |message| message.system == system.id)
}

fn page(content: &Content, system: &Entry<SystemForm>) -> Page {
    let form = &*system.form;
    let address = format!("/systems/{}/", system.id);
    let marks: Vec<Value> = form.marks.iter().map(|mark| json!({"form": mark, "in": mark_place(mark.stands_in)})).collect();
    let shown = |format: &&Listed<FormatForm>| format.system == system.id && format.form.variant_of.is_none();
    let formats: Vec<Value> = content.entries().formats.iter().filter(shown).map(|format| log_lines::annotated(&format.form)).collect();
    let messages = messages_of(content, system);
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
            ("in_full", json!(messages.len() <= MOST_MESSAGES_IN_FULL)),
            ("messages", json!(messages)),
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
