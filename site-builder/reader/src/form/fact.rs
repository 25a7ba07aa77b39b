//! `facts/<id>.yaml`

use super::Words;
use crate::at::At;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a derived fact speaks for.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactForm {
    /// What it says, with its values as holes.
    pub title: String,
    /// What it says about the place.
    #[serde(default)]
    pub places: Words,
    /// What it says about the shape.
    #[serde(default)]
    pub shapes: Words,
    /// Seen this, how often is it that cause?
    #[serde(default)]
    pub causes: Words,
    /// Messages beside which it says nothing: what sends them shows it whatever the reason was.
    #[serde(default)]
    pub explained_by: Vec<At<String>>,
}
