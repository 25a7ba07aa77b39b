//! `systems/<system>/formats.yaml`

use super::Source;
use crate::at::At;
use serde::{Deserialize, Serialize};

/// A log line format.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormatForm {
    /// Its id.
    pub id: At<String>,
    /// Its name.
    pub name: String,
    /// The part by which it is recognised, as a template.
    pub line: At<String>,
    /// Parts that stand anywhere behind.
    #[serde(default)]
    pub fields: Vec<FieldForm>,
    /// Whether a line of it shows that the system speaks.
    pub identifies: bool,
    /// A line of it.
    pub sample: At<String>,
    /// Where that stands.
    pub source: At<Source>,
}

/// A part of a log line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldForm {
    /// The part, as a template.
    #[serde(rename = "match")]
    pub wording: At<String>,
    /// What it says.
    pub means: String,
}
