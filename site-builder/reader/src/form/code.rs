//! `codes/<code>.md`

use super::{Reference, Source, StatusForm, Words};
use crate::at::At;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The front matter of a status code.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    /// Its reason phrase.
    pub title: String,
    /// What it means, in a sentence that settles it.
    pub summary: String,
    /// Where its responses are made.
    pub who_sends: Words,
    /// What the client gets where that is not this code: another status, or `none`.
    pub received: Option<At<StatusForm>>,
    /// What the drawing says, where place, shape and status together would say it wrong.
    pub caption: Option<String>,
    /// Whose fault it is.
    pub blame: String,
    /// How bad it is.
    pub severity: String,
    /// What is seen before it is sent.
    pub shapes: Words,
    /// What to do first.
    pub first_steps: Vec<FirstStep>,
    /// What to tell visitors, what they can do.
    pub visitors: String,
    /// What search engines do.
    pub search_engines: String,
    /// What clients and proxies do, whether to retry.
    pub retries: String,
    /// How systems word it.
    #[serde(default)]
    pub error_pages: Vec<ErrorPage>,
    /// Other codes.
    #[serde(default)]
    pub related: Vec<At<u16>>,
    /// What it was checked against.
    pub sources: At<Vec<Reference>>,
    /// The day of the last check.
    pub checked: At<String>,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// A first step.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstStep {
    /// What to do.
    #[serde(rename = "do")]
    pub action: String,
    /// With which command.
    pub run: Option<At<String>>,
    /// What it shows.
    pub shows: Option<String>,
}

/// How a system words the code on its own page.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorPage {
    /// The system's id, or a name where it has no page.
    pub system: String,
    /// The words.
    pub text: String,
    /// Where that stands.
    pub source: Source,
}
