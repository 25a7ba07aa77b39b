//! `systems/<system>/system.md`

use super::{Reference, Source};
use crate::at::At;
use crate::schema::MachineWord;
use diagnosis::knowledge::Machine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The front matter of a system.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SystemForm {
    /// Its name, as its makers write it.
    pub name: String,
    /// What it is.
    pub kind: SystemKind,
    /// Where on the path it stands.
    pub place: At<String>,
    /// What it is and where it stands, in a sentence.
    pub summary: String,
    /// The system whose messages it prints as its own.
    pub built_on: Option<At<String>>,
    /// On what machine one looks for the reason of what it says.
    #[serde(default)]
    #[schemars(with = "MachineWord")]
    pub machine: Machine,
    /// How people call it, besides its id; several words where they stand together.
    #[serde(default)]
    pub called: Vec<String>,
    /// How to recognise it.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// Where its logs are.
    #[serde(default)]
    pub logs: Vec<Log>,
    /// How it maps failures to status codes.
    #[serde(default)]
    pub failures: Vec<Failure>,
    /// What people get wrong.
    #[serde(default)]
    pub mistakes: Vec<Mistake>,
    /// What one runs at 3 a.m.
    #[serde(default)]
    pub commands: Vec<Command>,
    /// What it was checked against.
    pub sources: At<Vec<Reference>>,
    /// The day of the last check.
    pub checked: At<String>,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// What a system is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SystemKind {
    /// A reverse or forward proxy.
    Proxy,
    /// A load balancer.
    LoadBalancer,
    /// A Kubernetes ingress.
    Ingress,
    /// A content delivery network.
    Cdn,
    /// A hosting platform.
    Platform,
    /// A server that applications run in.
    ApplicationServer,
    /// A framework that applications are written in.
    Framework,
    /// A database or cache.
    Database,
    /// An operating system kernel.
    Kernel,
    /// What starts and stops processes or containers.
    Orchestrator,
    /// A program that people test with.
    Tool,
}

impl SystemKind {
    /// Whether such a system answers requests, rather than telling of those that do.
    pub fn answers(self) -> bool {
        !matches!(self, Self::Database | Self::Kernel | Self::Orchestrator | Self::Tool)
    }
}

/// A text by which a system is recognised.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// `header`, `body`, `log` or `command`.
    #[serde(rename = "where")]
    pub stands_in: StandsIn,
    /// The text, as a template.
    #[serde(rename = "match")]
    pub wording: At<String>,
    /// What it shows.
    pub means: String,
    /// Where that stands.
    pub source: At<Source>,
}

/// Where a mark stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StandsIn {
    /// A response header.
    Header,
    /// A response body.
    Body,
    /// A log line.
    Log,
    /// The output of a command.
    Command,
}

/// A log.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Which log.
    pub log: String,
    /// In which surroundings.
    pub on: String,
    /// Its path.
    #[serde(rename = "where")]
    pub stands_in: String,
    /// How to read it.
    pub command: Option<String>,
}

/// A failure and the status it becomes.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// What fails.
    pub failure: String,
    /// What the client gets; none where the response is cut or missing.
    pub status: Option<u16>,
    /// The message that is logged.
    pub message: Option<At<String>>,
    /// What is special.
    pub note: Option<String>,
}

/// A mistake that people make.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    /// The mistake.
    pub title: String,
    /// Why it is one.
    pub text: String,
}

/// A command.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// The command.
    pub run: At<String>,
    /// What it shows.
    pub shows: String,
    /// The causes that it confirms or rules out, where this system speaks.
    #[serde(default)]
    pub confirms: Vec<At<String>>,
}
