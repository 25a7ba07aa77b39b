//! What the engine knows: content that has been checked, with every reference resolved to an index.
//!
//! Only `site-builder/reader` makes a [`Knowledge`]; a dangling reference can't be written down here.

use crate::id::{
    CaptureName, CauseId, CauseIndex, CueId, FactId, FormatId, FormatIndex, OptionId, PlaceId, PlaceIndex, QuestionId, ShapeId, ShapeIndex,
    SignatureId, SignatureIndex, SystemId, SystemIndex,
};
use crate::likelihood::Likelihood;
use crate::resemblance::Resemblance;
use crate::template::Template;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A checked knowledge base, as small as the engine allows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Knowledge {
    /// The stations of a request's path, from the visitor inwards.
    pub places: Vec<Place>,
    /// What the component that gave up can see.
    pub shapes: Vec<Shape>,
    /// Status codes and who sends them.
    pub codes: Vec<Code>,
    /// Programs, platforms, CDNs.
    pub systems: Vec<System>,
    /// Root causes.
    pub causes: Vec<Cause>,
    /// Messages of all systems.
    #[serde(with = "crate::columns::signatures")]
    pub signatures: Vec<Signature>,
    /// Log line formats of all systems.
    pub formats: Vec<Format>,
    /// What each derived fact speaks for.
    pub facts: Vec<FactMeaning>,
    /// What people write about errors.
    pub cues: Vec<Cue>,
    /// Words by which prose is read.
    pub vocabulary: Vocabulary,
    /// Words that mean the same, by the name under which patterns call them.
    pub word_classes: BTreeMap<String, Vec<String>>,
    /// Which words speak for which cause.
    pub resemblance: Resemblance,
    /// Questions of the checker.
    pub questions: Vec<Question>,
    /// Default timeouts.
    pub timeouts: Vec<Timeout>,
    /// Values that commands reuse.
    pub captures: Vec<Capture>,
}

/// A likelihood for each of some entries; entries that are not listed are not thought of.
pub type Weighted<T> = Vec<(T, Likelihood)>;

/// A station of the path.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// Its name, for people.
    pub name: String,
    /// Whether an error response can be made here.
    pub answers: bool,
    /// How often it is the one that answers, where nothing more is known.
    pub usual: Likelihood,
    /// The station it takes the place of when the path is drawn.
    pub instead_of: Option<PlaceIndex>,
}

/// What the component that gave up saw.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Shape {
    /// Its id.
    pub id: ShapeId,
    /// Its name, for people.
    pub name: String,
    /// What was seen, in a sentence.
    pub means: String,
    /// What happened, as a sentence that begins with the component's name.
    pub says: String,
}

/// A status code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Code {
    /// The number, such as 502.
    pub status: u16,
    /// Its reason phrase, such as `Bad Gateway`.
    pub reason: String,
    /// Where its responses are made.
    pub places: Weighted<PlaceIndex>,
    /// What is usually seen before it is sent.
    pub shapes: Weighted<ShapeIndex>,
}

/// A program, platform or CDN.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct System {
    /// Its id.
    pub id: SystemId,
    /// Its name, as its makers write it.
    pub name: String,
    /// Where on the path it stands.
    pub place: PlaceIndex,
    /// Whether it answers requests, rather than telling of those that do, as a kernel or a client does.
    pub answers: bool,
    /// The system whose messages it prints as its own.
    pub built_on: Option<SystemIndex>,
    /// On what machine one looks for the reason of what it says.
    pub machine: Machine,
    /// Texts by which one recognises that it speaks or answered.
    pub marks: Vec<Template>,
    /// How people call it when they write of it.
    pub called: Vec<WordPattern>,
}

/// A root cause.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cause {
    /// Its id.
    pub id: CauseId,
    /// Its title.
    pub title: String,
    /// How often it is the cause of each status code.
    pub codes: Weighted<u16>,
    /// What the component in front sees.
    pub shapes: Weighted<ShapeIndex>,
    /// Where the response is made; empty where that depends on what stands in front.
    pub places: Weighted<PlaceIndex>,
    /// What to do about it; empty where the page loads it later ([`crate::stored::Parts`]).
    pub advice: Advice,
}

/// What to do about a cause. Ranking does without it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// What the cause is, in one sentence.
    pub summary: String,
    /// How to confirm it, quickest first.
    pub checks: Vec<Check>,
    /// What to change.
    pub fixes: Vec<Fix>,
    /// What keeps it from coming back.
    pub prevention: Vec<String>,
}

/// A change that ends the error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What to do.
    pub action: String,
    /// With which command, with holes; empty for none.
    pub command: String,
    /// With which configuration; empty for none.
    pub config: String,
}

/// A command that confirms or rules out a cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The command, with holes named as in `Knowledge::captures`.
    pub command: String,
    /// Where it can be run.
    pub on: Surroundings,
    /// The system that it asks, as an id; empty where it asks none.
    pub with: String,
    /// Whether it stands with that system, and not with the cause: it is shown beside that system only.
    pub is_of_system: bool,
    /// What its output means.
    pub why: String,
}

/// Where a command can be run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Surroundings {
    /// On the machine of the backend or the proxy, however they are run; in a shell of Linux.
    #[default]
    Any,
    /// From any machine: it needs what a visitor has, and no more.
    Outside,
    /// As a systemd unit.
    Systemd,
    /// In Docker.
    Docker,
    /// In Kubernetes.
    Kubernetes,
    /// On Windows, in PowerShell.
    Windows,
}

impl Surroundings {
    /// The name for people; empty where none is needed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any | Self::Outside => "",
            Self::Systemd => "systemd",
            Self::Docker => "Docker",
            Self::Kubernetes => "Kubernetes",
            Self::Windows => "Windows",
        }
    }
}

/// On what machine one looks for the reason of what a system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Machine {
    /// One with a shell of Linux.
    #[default]
    Linux,
    /// One with Windows.
    Windows,
    /// A host of containers.
    Docker,
    /// A cluster.
    Kubernetes,
    /// A service that others run, in front of machines of one's own.
    Managed,
    /// A platform that runs the application too: nobody has a shell there.
    Hosted,
}

/// A message that a program prints.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Signature {
    /// Its id.
    pub id: SignatureId,
    /// Who prints it.
    pub system: SystemIndex,
    /// What it is called and says; empty where the page loads it later ([`crate::stored::Parts`]).
    pub words: MessageWords,
    /// Its wordings.
    pub templates: Vec<Template>,
    /// The positions of wordings whose quotation means this message and no other; any wording counts more.
    pub quoted: Vec<u8>,
    /// Log lines that say the same by the values of their fields.
    pub log_lines: Vec<LogLineCondition>,
    /// Too short to be recognised outside the program's own log line.
    pub weak: bool,
    /// Healthy systems print it too: it counts only beside other evidence of a failed request.
    pub corroborates: bool,
    /// It does not say why, as an error page: beside another failure that says why it is a consequence.
    pub tells_no_reason: bool,
    /// What the client gets; empty where the message does not say.
    pub statuses: Vec<u16>,
    /// Where the response was made.
    pub place: Option<PlaceIndex>,
    /// What the component saw; none for a message that is no failure.
    pub shape: Option<ShapeIndex>,
    /// Seen this message, how often is it that cause?
    pub causes: Weighted<CauseIndex>,
    /// Captures that change the picture; the first that fits replaces `causes`.
    pub refinements: Vec<Refinement>,
    /// Messages whose consequence this one is.
    pub follows_from: Vec<SignatureIndex>,
    /// What it means where a gateway prints it that is built on the system.
    pub in_gateway: Option<InGateway>,
}

/// What a library's message means in a gateway: there it tells of the upstream, and the client gets the gateway's answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InGateway {
    /// What the client gets.
    pub statuses: Vec<u16>,
    /// What the gateway saw.
    pub shape: ShapeIndex,
    /// Seen this message, how often is it that cause?
    pub causes: Weighted<CauseIndex>,
}

/// A message for people. Ranking does without it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageWords {
    /// The message, as people search for it.
    pub title: String,
    /// What it says, in one sentence.
    pub summary: String,
}

impl Signature {
    /// How people name it when they don't paste it in whole.
    pub fn quotations(&self) -> impl Iterator<Item = Template> {
        self.quoted.iter().filter_map(|position| self.templates.get(usize::from(*position))?.quotation())
    }

    /// Whether the message tells of a failure, rather than of something that healthy systems write too.
    pub fn is_failure(&self) -> bool {
        self.shape.is_some() || !self.causes.is_empty()
    }
}

/// What the fields of a log line have to be to say something.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LogLineCondition {
    /// The format of the line.
    pub format: FormatIndex,
    /// Fields, and what their values have to be.
    pub fields: Vec<(CaptureName, FieldPattern)>,
}

/// What a field's value has to be: one of some words, each in whole, as an element of a comma-separated list, or by its beginning (`4*`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldPattern(Vec<String>);

impl FieldPattern {
    /// From what an author writes: words separated by `|`.
    pub fn new(text: &str) -> Self {
        Self(text.split('|').map(str::to_owned).collect())
    }

    /// Whether a value is as it has to be.
    pub fn fits(&self, value: &str) -> bool {
        let fits_word = |word: &str| match word.strip_suffix('*') {
            Some(beginning) => value.starts_with(beginning),
            None => value == word || value.split(',').any(|element| element.trim() == word),
        };
        self.0.iter().any(|word| fits_word(word))
    }

    /// Whether only values that begin with one of these bytes can fit.
    pub fn begins_with_one_of(&self, bytes: RangeInclusive<u8>) -> bool {
        self.0.iter().all(|word| word.bytes().next().is_some_and(|first| bytes.contains(&first)))
    }
}

/// A change of a message's causes by what one of its captures is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refinement {
    /// The hole whose value decides.
    pub capture: CaptureName,
    /// What the value has to be.
    pub is: AddressKind,
    /// The causes then.
    pub causes: Weighted<CauseIndex>,
}

/// What kind of address a capture holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressKind {
    /// A unix socket.
    UnixSocket,
    /// 127.0.0.0/8.
    Ipv4Loopback,
    /// `::1`.
    Ipv6Loopback,
    /// RFC 1918, RFC 4193 or link-local.
    Private,
    /// Any other IP address.
    Public,
    /// A host name.
    Name,
    /// Port 443 dialled without TLS.
    #[serde(rename = "port-443-without-tls")]
    Port443WithoutTls,
}

/// A log line format.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Format {
    /// Its id.
    pub id: FormatId,
    /// Whose format it is.
    pub system: SystemIndex,
    /// The part of the line by which it is recognised.
    pub line: Template,
    /// Parts that stand anywhere behind it.
    pub fields: Vec<Template>,
    /// Whether a line of this format shows that the system speaks.
    pub identifies: bool,
}

/// A default timeout after which a client sees an error.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Timeout {
    /// Whose it is.
    pub system: SystemIndex,
    /// The setting, as its documentation names it.
    pub setting: String,
    /// The default, in milliseconds.
    pub milliseconds: u32,
}

/// What a derived fact speaks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FactMeaning {
    /// Its id, one of [`crate::facts::DerivedFact`].
    pub id: FactId,
    /// What it says, with the fact's captures as holes.
    pub title: String,
    /// What it says about the place.
    pub places: Weighted<PlaceIndex>,
    /// What it says about the shape.
    pub shapes: Weighted<ShapeIndex>,
    /// Seen this, how often is it that cause?
    pub causes: Weighted<CauseIndex>,
    /// Messages beside which it says nothing.
    pub explained_by: Vec<SignatureIndex>,
}

/// Words that stand near each other in what people write, and what they speak for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cue {
    /// Its id.
    pub id: CueId,
    /// What it says, in a sentence.
    pub says: String,
    /// Wordings, each enough by itself.
    pub wordings: Vec<WordPattern>,
    /// How many words may lie between the first and the last.
    pub within: u8,
    /// Whether it tells of a failed request by itself, with no status or message beside it.
    pub alone: bool,
    /// What a negation beside it means.
    pub negation: Negation,
    /// What it says about the place.
    pub places: Weighted<PlaceIndex>,
    /// What it says about the shape.
    pub shapes: Weighted<ShapeIndex>,
    /// Said this, how often is it that cause?
    pub causes: Weighted<CauseIndex>,
}

/// Groups of words in lower case, as authors write them: groups parted by spaces, words by `|`, `idl*` for a beginning, `@works` for
/// all words of a class. One of each group has to stand near the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WordPattern(String);

impl WordPattern {
    /// Takes over a pattern as written.
    pub fn new(pattern: impl Into<String>) -> Self {
        Self(pattern.into())
    }

    /// Its groups, with the words of classes in place of their names.
    pub(crate) fn groups<'p>(&'p self, classes: &'p BTreeMap<String, Vec<String>>) -> Vec<Vec<&'p str>> {
        let of_word = |word: &'p str| match word.strip_prefix('@') {
            Some(class) => classes.get(class).into_iter().flatten().map(String::as_str).collect(),
            None => vec![word],
        };
        self.0.split_ascii_whitespace().map(|group| group.split('|').flat_map(of_word).collect()).collect()
    }
}

/// Words that tell what a text in prose is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// A text is about requests to a web server, so that a number such as 502 in it is a status.
    pub of_the_web: Vec<String>,
    /// A usual number, such as 500, is a status only beside one of these.
    pub of_errors: Vec<String>,
    /// Another protocol with three-digit replies; often part of a longer word.
    pub of_other_protocols: Vec<String>,
    /// A text with it is about another trouble, unless it shows a status of its own.
    pub of_other_troubles: Vec<String>,
    /// The number beside it is something else than a status.
    pub beside_other_numbers: Vec<String>,
    /// A text that begins so reports no failure, but the end of one, a wish or a list of changes.
    pub of_no_incident: Vec<String>,
    /// Words that sentences are made of: a line without any is a setting, a name or a log line.
    pub of_sentences: Vec<String>,
    /// It negates what follows.
    pub negations: Vec<String>,
    /// It speaks for no cause, however often pages use it.
    pub of_no_weight: Vec<String>,
}

/// What a negation beside a cue means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Negation {
    /// The cue does not count then.
    #[default]
    Cancels,
    /// The cue counts only then.
    Needed,
    /// It makes no difference.
    Ignored,
}

/// A question of the checker.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// The question.
    pub text: String,
    /// How to find the answer.
    pub help: String,
    /// What it costs to answer: 1 a glance, 2 a command, 3 another machine or person.
    pub effort: u8,
    /// What makes it needless.
    pub known_from: Vec<Known>,
    /// Its answers.
    pub options: Vec<Answer>,
}

/// Evidence that makes a question needless.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Known {
    /// The status code is in the evidence.
    Code,
    /// A message says where the response was made.
    Place,
    /// A message says what the component saw.
    Shape,
    /// The evidence holds a duration that is a known timeout.
    Duration,
    /// This message was seen.
    Signature(SignatureIndex),
    /// This system was seen.
    System(SystemIndex),
    /// This fact was derived.
    Fact(FactId),
}

/// An answer to a question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// Its id.
    pub id: OptionId,
    /// Its text.
    pub text: String,
    /// When that is the cause, how often is this the answer?
    pub causes: Weighted<CauseIndex>,
    /// The same for causes that are not listed.
    pub otherwise: Likelihood,
    /// The status code that the answer names.
    pub code: Option<u16>,
    /// What it says about the place.
    pub places: Weighted<PlaceIndex>,
    /// What it says about the shape.
    pub shapes: Weighted<ShapeIndex>,
}

/// A value that commands reuse.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Capture {
    /// Its name.
    pub name: CaptureName,
    /// What stands in a command until the evidence gives the value.
    pub placeholder: String,
}
