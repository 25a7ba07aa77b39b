//! `facts/<id>.yaml`

use super::Words;
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
}
