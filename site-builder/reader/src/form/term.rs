//! `glossary.yaml`

use crate::at::At;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A term of the field.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TermForm {
    /// Its id, and the anchor on the page of the glossary.
    pub id: At<String>,
    /// The term, as a heading.
    pub term: String,
    /// The wordings that pages link to it at their first use.
    #[serde(default)]
    pub in_prose: Vec<At<String>>,
    /// What it means, in one to three sentences.
    pub means: String,
    /// The page where it matters.
    pub see: At<String>,
}
