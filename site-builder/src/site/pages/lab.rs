//! `/lab/`

use super::Page;
use crate::site::templates::later;
use reader::Content;
use reader::draft::Entry;
use reader::form::{LabAnswer, LabFaultForm, LabServerForm};
use serde_json::{Value, json};

/// The fault lab: what it is, how to run it, and the matrix of what each server answered.
pub fn pages(content: &Content) -> Vec<Page> {
    if content.entries().lab_servers.is_empty() {
        return Vec::new();
    }
    vec![Page {
        address: "/lab/".to_owned(),
        template: "lab.html",
        title: "The fault lab".to_owned(),
        description: "Real servers, with what stands behind them broken on purpose: the status that each answers, failure by failure.".to_owned(),
        section: "lab",
        source: None,
        context: later(values),
    }]
}

fn values(content: &Content) -> [(&'static str, Value); 4] {
    let servers = &content.entries().lab_servers;
    let tables = [
        table(content, "proxies", "Proxies and load balancers", |server| server.form.behind.is_none()),
        table(content, "applications", "Application servers, behind nginx", |server| server.form.behind.is_some()),
    ];
    [
        ("tables", json!(tables)),
        ("servers", json!(servers.len())),
        ("faults", json!(content.entries().lab_faults.len())),
        ("runs", json!(servers.iter().map(|server| server.form.answers.len()).sum::<usize>())),
    ]
}

fn table(content: &Content, id: &str, title: &str, shown: impl Fn(&Entry<LabServerForm>) -> bool) -> Value {
    let servers: Vec<&Entry<LabServerForm>> = content.entries().lab_servers.iter().filter(|server| shown(server)).collect();
    let columns = servers.iter().map(|server| json!({"name": server.form.name, "version": server.form.version, "system": server.form.system}));
    let has_run = |fault: &&LabFaultForm| servers.iter().any(|server| server.form.answers.contains_key(&fault.id));
    let rows = content.entries().lab_faults.iter().filter(has_run).map(|fault| {
        let cells: Vec<Value> = servers.iter().map(|server| cell(server, fault)).collect();
        json!({"id": fault.id, "title": fault.title, "cells": cells})
    });
    json!({"id": id, "title": title, "columns": columns.collect::<Vec<_>>(), "rows": rows.collect::<Vec<_>>()})
}

/// The status as one writes it, and the message that tells most about it.
fn cell(server: &Entry<LabServerForm>, fault: &LabFaultForm) -> Value {
    let Some(answer) = server.form.answers.get(&fault.id) else { return Value::Null };
    json!({"text": text(&answer.answer), "message": answer.messages.first()})
}

/// A status and what came of it, in a word.
pub(super) fn text(answer: &LabAnswer) -> String {
    match answer {
        LabAnswer::Status(status) => status.to_string(),
        LabAnswer::Word(word) => word.clone(),
    }
}
