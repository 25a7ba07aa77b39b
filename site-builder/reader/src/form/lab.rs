//! `lab/faults.yaml`, `lab/servers/<server>.yaml`, `lab/measured.yaml`: what the fault lab has seen. The lab writes these files.

use crate::at::At;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A fault that the lab can bring about.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabFaultForm {
    /// Its id.
    pub id: String,
    /// What is broken, in a few words.
    pub title: String,
}

/// A server in a version, and what it answered to each fault.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabServerForm {
    /// The system that it is.
    pub system: At<String>,
    /// Its name, as its makers write it.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What stood in front of it.
    pub behind: Option<String>,
    /// The day of the last run.
    pub date: String,
    /// By fault.
    pub answers: BTreeMap<String, LabAnswerForm>,
}

/// What a client got, and what the logs said.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabAnswerForm {
    /// The status, or what came instead of one.
    pub answer: LabAnswer,
    /// Seconds until it came.
    pub seconds: f64,
    /// The messages that were logged.
    #[serde(default)]
    pub messages: Vec<At<String>>,
}

/// A status, or what came instead of one.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LabAnswer {
    /// A status and a whole response.
    Status(u16),
    /// `200 cut`: a response that broke off; `bytes`: bytes without a status line; `none`: nothing.
    Word(String),
}

/// A default timeout that the lab has measured.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasuredForm {
    /// The timeout.
    pub timeout: At<String>,
    /// The server's name.
    pub server: String,
    /// Its version.
    pub version: String,
    /// The day.
    pub date: String,
    /// Seconds until the server gave up.
    pub seconds: f64,
    /// What the client got then.
    pub answer: String,
}
