//! `cues/<topic>.yaml`

use super::Words;
use crate::at::At;
use crate::schema::NegationWord;
use diagnosis::knowledge::Negation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Words that stand near each other in what people write.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CueForm {
    /// Its id.
    pub id: At<String>,
    /// What it says, in a sentence.
    pub says: String,
    /// Wordings, each enough by itself: groups of words parted by spaces, the words of a group by `|`; `idl*` is a beginning, `@works` a class.
    pub said: Vec<At<String>>,
    /// How many words may lie between the first and the last.
    #[serde(default = "usual_reach")]
    pub within: u8,
    /// Whether it tells of a failed request by itself.
    #[serde(default)]
    pub alone: bool,
    /// What a negation beside it means.
    #[serde(default)]
    #[schemars(with = "NegationWord")]
    pub negation: Negation,
    /// What it says about the place.
    #[serde(default)]
    pub places: Words,
    /// What it says about the shape.
    #[serde(default)]
    pub shapes: Words,
    /// Said this, how often is it that cause?
    #[serde(default)]
    pub causes: Words,
}

fn usual_reach() -> u8 {
    8
}
