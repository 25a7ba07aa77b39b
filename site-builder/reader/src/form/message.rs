//! `systems/<system>/messages/<topic>.yaml`

use super::{Source, Words};
use crate::at::At;
use crate::schema::AddressWord;
use diagnosis::knowledge::AddressKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A message that a program prints.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageForm {
    /// Its id.
    pub id: At<String>,
    /// The message, as people search for it.
    pub title: String,
    /// What it says, in a sentence.
    pub summary: String,
    /// Its wordings, as templates.
    #[serde(rename = "match", default)]
    pub wordings: Vec<At<String>>,
    /// Log lines that say the same by the values of their fields.
    #[serde(default, rename = "line")]
    pub log_lines: Vec<LogLineForm>,
    /// Whole lines as the program writes them.
    pub samples: Vec<At<String>>,
    /// The log level, as the program names it.
    pub level: Option<String>,
    /// Too short to be recognised outside the program's own log line.
    #[serde(default)]
    pub weak: bool,
    /// Healthy systems print it too: it counts only beside other evidence of a failed request.
    #[serde(default)]
    pub corroborates: bool,
    /// It does not say why, as an error page: beside another failure that its system reports it adds nothing.
    #[serde(default)]
    pub tells_no_reason: bool,
    /// What the client gets.
    pub status: At<StatusForm>,
    /// Where the response was made.
    pub place: Option<At<String>>,
    /// What the component saw.
    pub shape: Option<At<String>>,
    /// Seen this, how often is it that cause?
    #[serde(default)]
    pub causes: Words,
    /// Captures that change the picture.
    #[serde(default)]
    pub refine: Vec<RefinementForm>,
    /// Messages whose consequence this one is.
    #[serde(default)]
    pub follows_from: Vec<At<String>>,
    /// What it means where a gateway prints it that is built on this system.
    pub in_gateway: Option<InGatewayForm>,
    /// What happened on the wire.
    pub wire: String,
    /// How to tell its causes apart.
    pub tell_apart: Option<String>,
    /// Where it stands in the program.
    pub source: At<Source>,
    /// The versions that print it.
    pub versions: String,
    /// Whether the source could not be confirmed.
    #[serde(default)]
    pub unverified: bool,
    /// What `fivexx test` holds the verdict against.
    #[serde(default, skip_serializing)]
    pub expect: Vec<At<ExpectationForm>>,
}

/// What the verdict on a text has to say.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectationForm {
    /// The number of the sample that it is about, from 1; each of them where it is left out.
    pub sample: Option<At<usize>>,
    /// Another text that it is about, in place of a sample.
    pub evidence: Option<String>,
    /// The first cause; `none` for a text in which no failed request is to be seen.
    pub cause: Option<At<String>>,
    /// Where the response was made.
    pub place: Option<At<String>>,
    /// What the component saw.
    pub shape: Option<At<String>>,
    /// The status that the client saw.
    pub code: Option<At<u16>>,
}

impl ExpectationForm {
    /// Whether there is anything that the verdict can fail.
    pub fn claims_something(&self) -> bool {
        self.cause.is_some() || self.place.is_some() || self.shape.is_some() || self.code.is_some()
    }
}

/// What the fields of a log line have to be.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogLineForm {
    /// The format of the line.
    pub format: At<String>,
    /// Fields, and what their values have to be: words separated by `|`, `4*` for a beginning.
    pub fields: std::collections::BTreeMap<String, String>,
}

/// What a library's message means in a gateway: there it tells of the upstream.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InGatewayForm {
    /// What the client gets.
    pub status: At<StatusForm>,
    /// What the gateway saw.
    pub shape: At<String>,
    /// Seen this, how often is it that cause?
    pub causes: Words,
}

/// What the client gets.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum StatusForm {
    /// One status.
    One(u16),
    /// Several, by configuration.
    Several(Vec<u16>),
    /// One of [`StatusForm::WORDS`].
    Word(String),
}

impl StatusForm {
    /// What stands for a status: no response, or one that is not changed by this; one that nobody documented; any, by the case.
    pub const WORDS: [&str; 3] = ["none", "undocumented", "any"];

    /// The statuses; none for a word.
    pub fn statuses(&self) -> Vec<u16> {
        match self {
            Self::One(status) => vec![*status],
            Self::Several(statuses) => statuses.clone(),
            Self::Word(_) => Vec::new(),
        }
    }
}

/// A capture that changes the picture.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefinementForm {
    /// What has to hold.
    pub when: At<When>,
    /// The causes then.
    pub causes: Words,
}

/// A capture and the kind of address that it has to be.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct When(#[schemars(with = "std::collections::BTreeMap<String, AddressWord>")] pub std::collections::BTreeMap<String, AddressKind>);
