//! The page with the fields of every kind of content file is what the JSON Schemas say.
//!
//! After a change of a form `UPDATE=1 cargo test -p site-builder --test fields_page` writes that page anew.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that can't read what it tests has to stop")]

use reader::schema::KINDS;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

const FRONT: &str = "---
title: Fields of content files
summary: Every kind of content file with all its fields, what each holds, and which are needed.
order: 3
---
This page is generated from the JSON Schemas that `fivexx schema KIND` prints. The fields of a Markdown file stand in its front matter, between two lines of `---`; below them stands prose. The id of an entry that has a file of its own is the name of the file, or of the folder of a `system.md`.

Texts are Markdown. `fivexx new` writes skeletons of systems, messages, causes, comparisons, guides and questions with answers.

";

/// Kinds of values that several kinds of files have; they stand at the end, once.
const SHARED: [&str; 4] = ["Likelihood", "Source", "Reference", "AddressKind"];

#[test]
fn the_page_with_all_fields_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/docs/fields.md");
    let wanted = page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &wanted).expect("written");
    }
    let is_current = std::fs::read_to_string(&path).is_ok_and(|text| text == wanted);
    assert!(is_current, "content/docs/fields.md is not current: run `UPDATE=1 cargo test -p site-builder --test fields_page`");
}

fn page() -> String {
    let (mut page, mut shared) = (FRONT.to_owned(), BTreeMap::new());
    for kind in &KINDS {
        let schema = kind.schema();
        let _ = writeln!(page, "## {}\n\n`{}`: `fivexx schema {}`.\n", title(kind.name), kind.files, kind.name);
        let is_list = schema["type"] == "array";
        let form = if is_list { &schema["$defs"][name_of(&schema["items"])] } else { &schema };
        if is_list {
            page += "The file is a list; each entry has these fields.\n\n";
        }
        page += &fields(form);
        for (name, part) in schema["$defs"].as_object().into_iter().flatten().filter(|(name, _)| !is_list || *name != name_of(&schema["items"])) {
            if SHARED.contains(&name.as_str()) {
                shared.insert(name.clone(), part.clone());
            } else if part["properties"].is_object() {
                let _ = writeln!(page, "### {} in `{}`\n\n{}\n", title(name), kind.files, text(part));
                page += &fields(part);
            } else if let Some(choices) = part["anyOf"].as_array() {
                let _ = writeln!(page, "### {} in `{}`\n\n{} One of:\n", title(name), kind.files, text(part));
                choices.iter().for_each(|choice| page += &format!("- {}: {}\n", holds(choice), text(choice)));
                page += "\n";
            }
        }
    }
    page += "## What several kinds have\n\n";
    for (name, part) in shared {
        let _ = writeln!(page, "### {}\n", title(&name));
        if part["properties"].is_object() {
            let _ = writeln!(page, "{}\n", text(&part));
            page += &fields(&part);
        } else {
            let _ = writeln!(page, "{}.\n", words(&part));
        }
    }
    page.trim_end().to_owned() + "\n"
}

/// A table: needed fields first.
fn fields(form: &Value) -> String {
    let needed: Vec<_> = form["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut table = "| field | holds | what |\n|---|---|---|\n".to_owned();
    let properties: Vec<_> = form["properties"].as_object().into_iter().flatten().collect();
    let (first, rest): (Vec<_>, Vec<_>) = properties.into_iter().partition(|(name, _)| needed.contains(&name.as_str()));
    for (name, field) in &first {
        let _ = writeln!(table, "| `{name}`, needed | {} | {} |", holds(field), cell(&text(field)));
    }
    for (name, field) in &rest {
        let _ = writeln!(table, "| `{name}` | {} | {} |", holds(field), cell(&text(field)));
    }
    table + "\n"
}

/// What kind of value a field holds, in a few words.
fn holds(field: &Value) -> String {
    if field["$ref"].is_string() {
        return title(name_of(field)).to_lowercase();
    }
    if let Some(one) = field["anyOf"].as_array().and_then(|choices| choices.iter().find(|choice| choice["type"] != "null")) {
        return holds(one);
    }
    if field["enum"].is_array() {
        return words(field);
    }
    let kind = field["type"].as_str().or_else(|| field["type"].as_array()?.first()?.as_str()).unwrap_or_default();
    match kind {
        "array" => format!("list: {}", holds(&field["items"])),
        "object" if field["additionalProperties"].is_object() => format!("names, each with: {}", holds(&field["additionalProperties"])),
        "object" => "fields".to_owned(),
        "string" => "text".to_owned(),
        "boolean" => "`true` or `false`".to_owned(),
        "integer" => "whole number".to_owned(),
        other => other.to_owned(),
    }
}

fn words(field: &Value) -> String {
    field["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The name of what a reference leads to.
fn name_of(field: &Value) -> &str {
    field["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()).unwrap_or_default()
}

fn text(field: &Value) -> String {
    field["description"].as_str().unwrap_or_default().replace('\n', " ")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// `LogLineForm` as `Log line`.
fn title(name: &str) -> String {
    let name = name.strip_suffix("Form").unwrap_or(name);
    let mut title = String::new();
    for (at, letter) in name.chars().enumerate() {
        match letter {
            _ if at == 0 => title.extend(letter.to_uppercase()),
            letter if letter.is_uppercase() => title.extend([' ', letter.to_ascii_lowercase()]),
            '-' => title.push(' '),
            _ => title.push(letter),
        }
    }
    title
}
