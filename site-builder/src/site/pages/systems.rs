//! `/systems/`, `/systems/nginx/`, `/systems/nginx/messages/`

use super::{Page, log_lines, related};
use crate::site::markdown;
use crate::site::templates::later;
use reader::Content;
use reader::draft::{Entry, Listed};
use reader::form::{FormatForm, StandsIn, SystemForm, SystemKind};
use serde_json::{Value, json};
use std::collections::HashMap;

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
    let mut pages: Vec<_> = systems.iter().enumerate().map(|(at, system)| page(at, system)).collect();
    let counts = messages_by_system(content);
    pages.extend(systems.iter().enumerate().filter_map(|(at, system)| messages_page(at, system, counts.get(system.id.as_str()).copied()?)));
    pages.push(Page {
        address: "/systems/".to_owned(),
        template: "systems.html",
        title: "Systems".to_owned(),
        description: "Proxies, load balancers, platforms and servers: how to recognize each, where its logs are, what it says when it fails."
            .to_owned(),
        section: "systems",
        source: None,
        context: later(|content| [("kinds", json!(by_kind(content)))]),
    });
    pages
}

/// All systems as rows of a list.
pub fn rows(content: &Content) -> Vec<Value> {
    let messages = messages_by_system(content);
    let row = |system: &Entry<SystemForm>| {
        json!({
            "id": system.id,
            "name": system.form.name,
            "summary": system.form.summary,
            "kind": system.form.kind,
            "place": related::place_name(content, &system.form.place),
            "messages": messages.get(system.id.as_str()).copied().unwrap_or(0),
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

/// How many messages each system has.
fn messages_by_system(content: &Content) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    content.entries().messages.iter().for_each(|message| *counts.entry(message.system.as_str()).or_default() += 1);
    counts
}

/// A page with all messages of a system, where its own page does not explain them.
fn messages_page(at: usize, system: &Entry<SystemForm>, messages: usize) -> Option<Page> {
    if messages <= MOST_MESSAGES_IN_FULL {
        return None;
    }
    let name = &system.form.name;
    Some(Page {
        address: format!("/systems/{}/messages/", system.id),
        template: "system-messages.html",
        title: format!("{name}: error messages"),
        description: format!("All {messages} messages and codes of {name} that tell of a failed request, with the status of each and what it means."),
        section: "systems",
        source: Some(system.file.clone()),
        context: later(move |content| {
            let system = &content.entries().systems[at];
            [("system", json!({"id": system.id, "name": system.form.name})), ("messages", json!(messages_of(content, system)))]
        }),
    })
}

fn messages_of(content: &Content, system: &Entry<SystemForm>) -> Vec<Value> {
    related::messages(content, |message| message.system == system.id)
}

fn page(at: usize, system: &Entry<SystemForm>) -> Page {
    Page {
        address: address(&system.id),
        template: "system.html",
        title: system.form.name.clone(),
        description: system.form.summary.clone(),
        section: "systems",
        source: Some(system.file.clone()),
        context: later(move |content| values(content, &content.entries().systems[at])),
    }
}

fn address(id: &str) -> String {
    format!("/systems/{id}/")
}

fn values(content: &Content, system: &Entry<SystemForm>) -> [(&'static str, Value); 11] {
    let (form, address) = (&*system.form, address(&system.id));
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
    [
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
    ]
}

fn mark_place(stands_in: StandsIn) -> &'static str {
    match stands_in {
        StandsIn::Header => "Response header",
        StandsIn::Body => "Page",
        StandsIn::Log => "Log",
        StandsIn::Command => "Command output",
    }
}
