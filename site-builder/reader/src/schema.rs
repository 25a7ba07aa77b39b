//! JSON Schemas of the content files, derived from their forms, so that editors complete and check what authors write.

use crate::at::At;
use crate::form::{
    CaptureForm, CauseForm, CodeForm, ComparisonForm, CueForm, DocForm, FactForm, FaqForm, FormatForm, GuideForm, HoleMeanings, LabFaultForm,
    LabServerForm, MeasuredForm, MessageForm, PlaceForm, QuestionForm, ShapeForm, SiteForm, SystemForm, TermForm, TimeoutForm, Words, WordsForm,
};
use diagnosis::likelihood::Likelihood;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema, schema_for};
use serde_json::Value;
use std::borrow::Cow;

/// A kind of content file.
pub struct Kind {
    /// Its name, in one word.
    pub name: &'static str,
    /// Where such files stand, as a glob inside the content folder.
    pub files: &'static str,
    /// Makes the schema of the file, or of the front matter of a Markdown file.
    schema: fn() -> Schema,
}

/// All kinds, in the order of `content/README.md`.
pub const KINDS: [Kind; 22] = [
    Kind { name: "site", files: "site.yaml", schema: || schema_for!(SiteForm) },
    Kind { name: "places", files: "places.yaml", schema: || schema_for!(Vec<PlaceForm>) },
    Kind { name: "shapes", files: "shapes.yaml", schema: || schema_for!(Vec<ShapeForm>) },
    Kind { name: "captures", files: "captures.yaml", schema: || schema_for!(Vec<CaptureForm>) },
    Kind { name: "words", files: "words.yaml", schema: || schema_for!(WordsForm) },
    Kind { name: "code", files: "codes/*.md", schema: || schema_for!(CodeForm) },
    Kind { name: "comparison", files: "comparisons/*.md", schema: || schema_for!(ComparisonForm) },
    Kind { name: "system", files: "systems/*/system.md", schema: || schema_for!(SystemForm) },
    Kind { name: "messages", files: "systems/*/messages/*.yaml", schema: || schema_for!(Vec<MessageForm>) },
    Kind { name: "formats", files: "systems/*/formats.yaml", schema: || schema_for!(Vec<FormatForm>) },
    Kind { name: "timeouts", files: "systems/*/timeouts.yaml", schema: || schema_for!(Vec<TimeoutForm>) },
    Kind { name: "cause", files: "causes/*.md", schema: || schema_for!(CauseForm) },
    Kind { name: "question", files: "questions/*.yaml", schema: || schema_for!(QuestionForm) },
    Kind { name: "fact", files: "facts/*.yaml", schema: || schema_for!(FactForm) },
    Kind { name: "cues", files: "cues/*.yaml", schema: || schema_for!(Vec<CueForm>) },
    Kind { name: "faq", files: "faq/*.md", schema: || schema_for!(FaqForm) },
    Kind { name: "guide", files: "guides/*.md", schema: || schema_for!(GuideForm) },
    Kind { name: "doc", files: "docs/*.md", schema: || schema_for!(DocForm) },
    Kind { name: "glossary", files: "glossary.yaml", schema: || schema_for!(Vec<TermForm>) },
    Kind { name: "lab-faults", files: "lab/faults.yaml", schema: || schema_for!(Vec<LabFaultForm>) },
    Kind { name: "lab-server", files: "lab/servers/*.yaml", schema: || schema_for!(LabServerForm) },
    Kind { name: "lab-measured", files: "lab/measured.yaml", schema: || schema_for!(Vec<MeasuredForm>) },
];

impl Kind {
    /// The kind of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// The schema, as JSON Schema 2020-12.
    pub fn schema(&self) -> Value {
        let mut schema = Value::from((self.schema)());
        without_empty_defaults(&mut schema);
        schema
    }
}

/// That a field is empty where it is left out says nothing, and lists of words would show the wrong type.
fn without_empty_defaults(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let is_empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty) || *value == "" || *value == false;
            if fields.get("default").is_some_and(is_empty) {
                fields.remove("default");
            }
            fields.values_mut().for_each(without_empty_defaults);
        }
        Value::Array(values) => values.iter_mut().for_each(without_empty_defaults),
        _ => {}
    }
}

/// A value is described like itself, wherever it stands.
impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<Id> JsonSchema for Words<Id> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "additionalProperties": generator.subschema_for::<LikelihoodWord>()})
    }
}

impl JsonSchema for HoleMeanings {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "HoleMeanings".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "additionalProperties": {"type": "string"}})
    }
}

/// How a [`Likelihood`] is written.
pub struct LikelihoodWord;

impl JsonSchema for LikelihoodWord {
    fn schema_name() -> Cow<'static, str> {
        "Likelihood".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "enum": Likelihood::ALL.map(Likelihood::word)})
    }
}

/// How a [`diagnosis::knowledge::Negation`] is written.
pub struct NegationWord;

impl JsonSchema for NegationWord {
    fn schema_name() -> Cow<'static, str> {
        "Negation".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "enum": ["cancels", "needed", "ignored"]})
    }
}

/// How a [`diagnosis::knowledge::AddressKind`] is written.
pub struct AddressWord;

impl JsonSchema for AddressWord {
    fn schema_name() -> Cow<'static, str> {
        "AddressKind".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "enum": ["unix-socket", "ipv4-loopback", "ipv6-loopback", "private", "public", "name", "port-443-without-tls"]
        })
    }
}

/// How [`diagnosis::knowledge::Surroundings`] are written.
pub struct SurroundingsWord;

impl JsonSchema for SurroundingsWord {
    fn schema_name() -> Cow<'static, str> {
        "Surroundings".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "enum": ["any", "outside", "systemd", "docker", "kubernetes", "windows"]})
    }
}

/// How a [`diagnosis::knowledge::Machine`] is written.
pub struct MachineWord;

impl JsonSchema for MachineWord {
    fn schema_name() -> Cow<'static, str> {
        "Machine".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "enum": ["linux", "windows", "docker", "kubernetes", "managed", "hosted"]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_schema_that_says_what_its_fields_hold() {
        for kind in &KINDS {
            let schema = kind.schema();
            let fields = schema["properties"].as_object().or_else(|| schema["$defs"].as_object());
            assert!(fields.is_some_and(|fields| !fields.is_empty()), "{}: {schema:#}", kind.name);
        }
    }

    #[test]
    fn unknown_fields_are_refused_and_likelihoods_are_words() {
        let schema = KINDS.iter().find(|kind| kind.name == "cause").map(Kind::schema).unwrap_or_default();
        assert_eq!(schema["additionalProperties"], false, "{schema:#}");
        assert_eq!(schema["properties"]["shapes"]["additionalProperties"]["$ref"], "#/$defs/Likelihood", "{schema:#}");
        assert_eq!(schema["$defs"]["Likelihood"]["enum"][0], "never", "{schema:#}");
    }
}
