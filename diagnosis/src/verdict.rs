//! The verdict: what `fivexx diagnose --format json` prints, and what the page shows.

use serde::Serialize;
use std::collections::BTreeMap;

/// The version of this form.
pub const SCHEMA: u32 = 1;

/// Everything the engine has to say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Whether the evidence speaks of a gateway error or 5xx at all.
    pub recognised: bool,
    /// The status that the client saw.
    pub code: Option<u16>,
    /// The systems that speak or are shown.
    pub systems: Vec<String>,
    /// What was recognised, in the order of the text.
    pub findings: Vec<FindingReport>,
    /// Where the response was made.
    pub place: Option<Belief>,
    /// What the component that made it saw.
    pub shape: Option<Belief>,
    /// Causes, most probable first.
    pub causes: Vec<CauseReport>,
    /// The question that would tell most.
    pub question: Option<QuestionReport>,
}

/// One thing that was recognised.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindingReport {
    /// The message's, system's, fact's id, or `status-502`.
    pub id: String,
    /// `signature`, `mark`, `status`, `fact`, `cue` or `mention`.
    pub kind: &'static str,
    /// The system that it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// Line number, from 1; 0 where the finding was taken from a link.
    pub line: usize,
    /// First byte in the line.
    pub start: usize,
    /// Byte after the last, in the same line.
    pub end: usize,
    /// Values read from it.
    pub captures: BTreeMap<String, String>,
}

/// An id and how probable it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Belief {
    /// The place's or shape's id.
    pub id: String,
    /// Between 0 and 1.
    pub probability: f64,
}

/// A cause, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CauseReport {
    /// Its id.
    pub id: String,
    /// Between 0 and 1.
    pub probability: f64,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// What speaks for and against it, weightiest first.
    pub because: Vec<Reason>,
    /// Commands that confirm it or rule it out, quickest first.
    pub checks: Vec<CheckReport>,
    /// What to change, as Markdown; commands and configuration stand in fenced blocks.
    pub fixes: Vec<String>,
}

/// A finding that speaks for or against a cause.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// The finding's id, or `question=option`.
    pub finding: String,
    /// `for` or `against`.
    pub effect: &'static str,
    /// How much, in natural logarithms; always above zero.
    pub weight: f64,
    /// What it says.
    pub text: String,
}

/// What to do about a cause.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AdviceReport {
    /// Commands that confirm it or rule it out, quickest first.
    pub checks: Vec<CheckReport>,
    /// What to change, as Markdown; commands and configuration stand in fenced blocks.
    pub fixes: Vec<String>,
    /// What keeps it from coming back, as Markdown.
    pub prevention: Vec<String>,
}

/// A command to run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckReport {
    /// The command, with values from the evidence filled in.
    pub command: String,
    /// What its output means.
    pub why: String,
}

/// A question to the user.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionReport {
    /// Its id.
    pub id: String,
    /// The question.
    pub text: String,
    /// Its answers; "I don't know" is the last.
    pub options: Vec<OptionReport>,
}

/// An answer that can be given.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OptionReport {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
}
