//! `faq/<id>.md`, `guides/<id>.md`, `docs/<id>.md`

use super::Reference;
use crate::at::At;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The front matter of a question that people ask.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FaqForm {
    /// The question.
    pub question: String,
    /// The pages that show it, besides `/faq/`.
    #[serde(default)]
    pub on: Vec<At<String>>,
    /// What it was checked against.
    #[serde(default)]
    pub sources: Vec<Reference>,
    /// The day of the last check.
    pub checked: At<String>,
}

/// The front matter of a page about fivexx itself.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocForm {
    /// Its title.
    pub title: String,
    /// What the reader gets from it.
    pub summary: String,
    /// Its position in the list, from 1.
    pub order: u16,
}

/// The front matter of a guide.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GuideForm {
    /// Its title.
    pub title: String,
    /// What the reader gets from it.
    pub summary: String,
    /// The pages that link to it.
    #[serde(default)]
    pub on: Vec<At<String>>,
    /// What it was checked against.
    pub sources: At<Vec<Reference>>,
    /// The day of the last check.
    pub checked: At<String>,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
}
