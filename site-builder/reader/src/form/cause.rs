//! `causes/<id>.md`

use super::{Reference, Words};
use crate::at::At;
use crate::schema::SurroundingsWord;
use diagnosis::knowledge::Surroundings;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The front matter of a cause.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CauseForm {
    /// What it is, as a title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// How often it is the cause of each code.
    pub codes: Words<u16>,
    /// What the component in front sees.
    pub shapes: Words,
    /// Where the response is made; left out where that depends on what stands in front.
    #[serde(default)]
    pub places: Words,
    /// How it happens, step by step.
    pub sequence: Vec<Step>,
    /// How to confirm it.
    pub checks: Vec<CheckForm>,
    /// What to change.
    pub fixes: Vec<Fix>,
    /// What keeps it from coming back.
    pub prevention: Vec<String>,
    /// What it is taken for, or taken for it.
    #[serde(default)]
    pub mistaken_for: Vec<MistakenFor>,
    /// What it was checked against.
    pub sources: At<Vec<Reference>>,
    /// The day of the last check.
    pub checked: At<String>,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// A step of the sequence.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Who acts.
    pub from: At<String>,
    /// On whom.
    pub to: At<String>,
    /// What goes over the wire.
    pub says: String,
    /// Whether this is where it goes wrong.
    #[serde(default)]
    pub fails: bool,
}

/// A command that confirms the cause.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckForm {
    /// The command.
    pub run: At<String>,
    /// Where it can be run.
    #[serde(default)]
    #[schemars(with = "SurroundingsWord")]
    pub on: Surroundings,
    /// The system that it asks.
    pub with: Option<At<String>>,
    /// What its output means.
    pub shows: String,
}

/// A change that ends the error.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// What to do.
    #[serde(rename = "do")]
    pub action: String,
    /// With which command.
    pub run: Option<At<String>>,
    /// With which configuration.
    pub config: Option<Config>,
}

/// A piece of configuration.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Whose configuration.
    pub system: String,
    /// Its language, for highlighting.
    pub language: String,
    /// The text.
    pub text: String,
}

/// A cause that looks the same.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MistakenFor {
    /// The other cause.
    pub cause: At<String>,
    /// What tells them apart.
    pub tell: String,
}
