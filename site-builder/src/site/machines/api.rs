//! `/api/…json`: the data of the site, entry by entry as content has it, and a JSON Schema for each file.

use reader::Content;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What a field means, where its name does not say it all.
const MEANINGS: [(&str, &str); 29] = [
    ("id", "Stable: part of the address, never renamed or reused"),
    ("address", "The page about it, relative to the site"),
    ("system", "The system it belongs to, by id"),
    ("summary", "One sentence"),
    ("codes", "Of all incidents with the code, how often it is this"),
    ("shapes", "What the component in front sees, and how often"),
    ("who_sends", "The places that answer with it, and how often"),
    ("checks", "How to confirm it, quickest first; commands have holes in braces"),
    ("fixes", "What to change"),
    ("prevention", "What keeps it from coming back"),
    ("mistaken_for", "Causes that look the same, and what tells them apart"),
    ("sequence", "How it happens, step by step"),
    ("match", "The wordings; holes stand in braces"),
    ("samples", "Whole lines as the program writes them"),
    ("status", "What the client gets: a number, a list of numbers, or none"),
    ("place", "Where the response was made"),
    ("shape", "What the component saw"),
    ("causes", "Seen this, how often is it that cause"),
    ("refine", "Causes where a captured address is of a certain kind"),
    ("follows_from", "Messages whose consequence this one is"),
    ("source", "Where the fact comes from, and the version it was seen in"),
    ("sources", "What it was checked against"),
    ("checked", "The day of the last check"),
    ("setting", "As the documentation names it"),
    ("default", "A number in the unit, or none for no limit"),
    ("measures", "What the time or number is counted from and to"),
    ("expires", "What the client gets and the log says when it ends"),
    ("unverified", "The source could not be confirmed"),
    ("versions", "The versions it holds for"),
];

/// All files under `api/`.
pub fn files(content: &Content, base_url: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = content.entries();
    let lists = [
        ("codes", entries.codes.iter().map(|entry| row(&entry.id, format!("/{}/", entry.id), None, &*entry.form)).collect()),
        ("systems", entries.systems.iter().map(|entry| row(&entry.id, format!("/systems/{}/", entry.id), None, &*entry.form)).collect()),
        ("causes", entries.causes.iter().map(|entry| row(&entry.id, format!("/causes/{}/", entry.id), None, &*entry.form)).collect()),
        (
            "timeouts",
            entries
                .timeouts
                .iter()
                .map(|entry| row(&entry.form.id, format!("/timeouts/#{}", *entry.form.id), Some(&entry.system), &*entry.form))
                .collect(),
        ),
        (
            "messages",
            entries
                .messages
                .iter()
                .map(|entry| row(&entry.form.id, format!("/messages/{}/", *entry.form.id), Some(&entry.system), &*entry.form))
                .collect(),
        ),
    ];
    lists.into_iter().flat_map(|(name, rows)| list(name, base_url, rows)).collect()
}

/// An entry with its id and address.
fn row<F: Serialize>(id: &str, address: String, system: Option<&str>, form: &F) -> Value {
    let mut row = Map::from_iter([("id".to_owned(), json!(id)), ("address".to_owned(), json!(address))]);
    row.extend(system.map(|system| ("system".to_owned(), json!(system))));
    if let Value::Object(fields) = json!(form) {
        row.extend(fields.into_iter().filter(|(_, value)| !value.is_null()));
    }
    row.insert("id".to_owned(), json!(id));
    Value::Object(row)
}

fn list(name: &'static str, base_url: &str, rows: Vec<Value>) -> [(String, Vec<u8>); 2] {
    let schema_address = format!("{base_url}/api/{name}.schema.json");
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": schema_address,
        "type": "object",
        "required": ["$schema", name],
        "properties": {"$schema": {"type": "string"}, name: {"type": "array", "items": shape_of(&rows.iter().collect::<Vec<_>>(), "")}},
    });
    let data = json!({"$schema": schema_address, name: rows});
    [(format!("api/{name}.json"), data.to_string().into_bytes()), (format!("api/{name}.schema.json"), schema.to_string().into_bytes())]
}

/// The schema that these values have in common. `name` is the field that they stand in.
fn shape_of(values: &[&Value], name: &str) -> Value {
    let mut schema = Map::new();
    let types: BTreeSet<&str> = values.iter().map(|value| type_of(value)).collect();
    let types: Vec<&str> = types.into_iter().collect();
    schema.insert("type".to_owned(), if let [one] = types.as_slice() { json!(one) } else { json!(types) });
    if let Some((_, meaning)) = MEANINGS.iter().find(|(known, _)| *known == name) {
        schema.insert("description".to_owned(), json!(meaning));
    }
    let objects: Vec<_> = values.iter().filter_map(|value| value.as_object()).collect();
    if !objects.is_empty() && objects.len() == values.len() {
        let names: BTreeSet<&String> = objects.iter().flat_map(|object| object.keys()).collect();
        let is_map = names.len() > objects.len().min(30) && objects.iter().all(|object| object.values().all(Value::is_string));
        if is_map {
            schema.insert("additionalProperties".to_owned(), json!({"type": "string"}));
        } else {
            let fields = names.iter().map(|name| {
                let own: Vec<_> = objects.iter().filter_map(|object| object.get(*name)).collect();
                ((*name).clone(), shape_of(&own, name))
            });
            schema.insert("properties".to_owned(), Value::Object(fields.collect()));
            let required: Vec<_> = names.iter().filter(|name| objects.iter().all(|object| object.contains_key(**name))).collect();
            schema.insert("required".to_owned(), json!(required));
        }
    }
    let items: Vec<_> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
    if !items.is_empty() {
        schema.insert("items".to_owned(), shape_of(&items, ""));
    }
    Value::Object(schema)
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_says_what_every_entry_has() {
        let (full, short) = (json!({"id": "a", "status": 502}), json!({"id": "b", "status": [502, 504], "note": "n"}));
        let schema = shape_of(&[&full, &short], "");
        assert_eq!(schema["required"], json!(["id", "status"]));
        assert_eq!(schema["properties"]["status"]["type"], json!(["array", "number"]));
        assert_eq!(schema["properties"]["note"]["type"], "string");
    }
}
