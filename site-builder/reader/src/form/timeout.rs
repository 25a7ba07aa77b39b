//! `systems/<system>/timeouts.yaml`

use super::Source;
use crate::at::At;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A default timeout or limit.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeoutForm {
    /// Its id.
    pub id: At<String>,
    /// The setting, as its documentation names it.
    pub setting: String,
    /// The default.
    pub default: At<DefaultForm>,
    /// The unit of the default.
    pub unit: Unit,
    /// The values that are allowed.
    pub range: Option<String>,
    /// Between what it measures.
    pub measures: String,
    /// What the client gets and what the log says when it strikes.
    pub expires: String,
    /// The message that is logged then.
    pub message: Option<At<String>>,
    /// The status that the client gets then.
    pub status: Option<u16>,
    /// The versions for which this holds.
    pub versions: String,
    /// When the value changed.
    #[serde(default)]
    pub history: Vec<HistoryForm>,
    /// Where that stands.
    pub source: At<Source>,
    /// Whether the source could not be confirmed.
    #[serde(default)]
    pub unverified: bool,
}

/// A default.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum DefaultForm {
    /// So many units.
    Number(f64),
    /// `none`: no limit.
    Word(String),
}

/// The unit of a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Milliseconds.
    Ms,
    /// Seconds.
    S,
    /// Minutes.
    Min,
    /// Hours.
    H,
    /// Bytes.
    Bytes,
    /// Connections.
    Connections,
    /// Requests.
    Requests,
    /// Something else that is counted.
    Count,
}

impl Unit {
    /// How many milliseconds one is; none for what is no time.
    pub fn milliseconds(self) -> Option<f64> {
        match self {
            Self::Ms => Some(1.0),
            Self::S => Some(1_000.0),
            Self::Min => Some(60_000.0),
            Self::H => Some(3_600_000.0),
            Self::Bytes | Self::Connections | Self::Requests | Self::Count => None,
        }
    }
}

/// A change of the default.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryForm {
    /// Since which version or date the present value holds.
    pub since: String,
    /// What it was before.
    pub was: String,
}
