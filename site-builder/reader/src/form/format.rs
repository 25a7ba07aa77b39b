//! `systems/<system>/formats.yaml`

use super::Source;
use crate::at::At;
use schemars::JsonSchema;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A log line format.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormatForm {
    /// Its id.
    pub id: At<String>,
    /// Its name.
    pub name: String,
    /// The format of which it is another spelling; only that one is shown.
    pub variant_of: Option<At<String>>,
    /// The part by which it is recognised, as a template.
    pub line: At<String>,
    /// What its holes say.
    #[serde(default)]
    pub means: HoleMeanings,
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
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldForm {
    /// The part, as a template.
    #[serde(rename = "match")]
    pub wording: At<String>,
    /// What it says.
    pub means: String,
}

/// What holes of a line say, in the order of the file.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct HoleMeanings(Vec<HoleMeaning>);

/// A hole and what it says.
#[derive(Clone, Debug, Serialize)]
pub struct HoleMeaning {
    /// The hole's name.
    pub hole: At<String>,
    /// What its value says.
    pub means: String,
}

impl HoleMeanings {
    /// The meanings, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &HoleMeaning> {
        self.0.iter()
    }

    /// What a hole says, if that is written.
    pub fn of(&self, hole: &str) -> Option<&str> {
        self.iter().find(|meaning| meaning.hole.as_str() == hole).map(|meaning| meaning.means.as_str())
    }
}

impl<'de> Deserialize<'de> for HoleMeanings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfMap;
        impl<'de> Visitor<'de> for OfMap {
            type Value = HoleMeanings;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "holes with what they say, such as `{{status: The status that the client got.}}`")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut meanings = Vec::new();
                while let Some((hole, means)) = map.next_entry()? {
                    meanings.push(HoleMeaning { hole, means });
                }
                Ok(HoleMeanings(meanings))
            }
        }
        deserializer.deserialize_map(OfMap)
    }
}
