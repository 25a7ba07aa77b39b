//! The form of every kind of content file: one type a file, as `content/README.md` describes it.

mod cause;
mod code;
mod comparison;
mod cue;
mod fact;
mod format;
mod lab;
mod message;
mod page;
mod question;
mod system;
mod taxonomy;
mod term;
mod timeout;
mod words;

pub use cause::{CauseForm, CheckForm, Config, Fix, MistakenFor, Step};
pub use code::{CodeForm, ErrorPage, FirstStep};
pub use comparison::{BySystem, ComparisonForm, TableRow};
pub use cue::CueForm;
pub use fact::FactForm;
pub use format::{FieldForm, FormatForm, HoleMeaning, HoleMeanings};
pub use lab::{LabAnswer, LabAnswerForm, LabFaultForm, LabServerForm, MeasuredForm};
pub use message::{ExpectationForm, InGatewayForm, LogLineForm, MessageForm, RefinementForm, StatusForm, When};
pub use page::{DocForm, FaqForm, GuideForm};
pub use question::{OptionForm, QuestionForm};
pub use system::{Command, Failure, Log, Mark, Mistake, StandsIn, SystemForm, SystemKind};
pub use taxonomy::{CaptureForm, ColoursForm, PlaceForm, ShadesForm, ShapeForm, SiteForm, WordsForm};
pub use term::TermForm;
pub use timeout::{DefaultForm, HistoryForm, TimeoutForm, Unit};
pub use words::{Word, Words};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a fact comes from: a page, a place in source code, or both.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// A title for the link.
    pub title: Option<String>,
    /// Repository and path with line.
    pub code: Option<String>,
    /// Address of the page or file.
    pub url: Option<String>,
    /// The version in which it was seen.
    pub seen_in: Option<String>,
}

/// A page that an entry was checked against.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
}
