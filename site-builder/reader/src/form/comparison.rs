//! `comparisons/<a>-vs-<b>.md`

use super::Reference;
use crate::at::At;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The front matter of a comparison.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComparisonForm {
    /// The codes, in the order of the address.
    pub codes: Vec<At<u16>>,
    /// What settles it.
    pub summary: String,
    /// The codes side by side.
    pub table: Vec<TableRow>,
    /// Where one becomes the other.
    #[serde(default)]
    pub by_system: Vec<BySystem>,
    /// What it was checked against.
    pub sources: At<Vec<Reference>>,
    /// The day of the last check.
    pub checked: At<String>,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// A row of the table.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableRow {
    /// What is compared.
    pub aspect: String,
    /// By code.
    pub values: BTreeMap<u16, String>,
}

/// The status that each system gives for a failure.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BySystem {
    /// The failure.
    pub failure: String,
    /// Status by system.
    pub answers: BTreeMap<String, u16>,
    /// What is special.
    pub note: Option<String>,
}
