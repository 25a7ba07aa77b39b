//! Faults as data: what goes wrong, and what each server does then (`lab/faults/*.yaml`).

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One way to break what stands behind a server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fault {
    /// Its id, lower case words joined by hyphens.
    pub id: String,
    /// What is broken, in a few words.
    pub title: String,
    /// The setup that a server needs for it; servers without it are skipped.
    #[serde(default = "plain")]
    pub setup: String,
    /// What the thing behind the server does.
    #[serde(default)]
    pub upstream: Upstream,
    /// Values for holes of the server's configuration.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// What the client sends.
    #[serde(default)]
    pub request: Request,
    /// What is done to the server or the application while it works on the request.
    pub act: Option<Act>,
    /// Where the response is made; the server's own place if left out.
    pub place: Option<String>,
    /// What the component that gives up sees; any of these is right.
    #[serde(default)]
    pub shape: OneOrMore,
    /// The causes that are right, any of them.
    pub causes: Vec<String>,
    /// What each server does, by name or by name and version (`gunicorn-21.2.0`).
    #[serde(default)]
    pub expect: BTreeMap<String, Expectation>,
}

/// A word, or a list of words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Some, or none.
    Some(Vec<String>),
}

impl OneOrMore {
    /// The words.
    pub fn words(&self) -> &[String] {
        match self {
            Self::One(word) => std::slice::from_ref(word),
            Self::Some(words) => words,
        }
    }
}

impl Default for OneOrMore {
    fn default() -> Self {
        Self::Some(Vec::new())
    }
}

/// What one server does with a fault.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// What the client gets.
    pub answer: Answer,
    /// What it gets now and then instead, where it is a race; of these the answer alone is checked.
    #[serde(default)]
    pub or: Vec<Answer>,
    /// The messages that its logs hold, by id.
    #[serde(default)]
    pub messages: BTreeSet<String>,
    /// Where the response is made, where it is another place than the fault's.
    pub place: Option<String>,
    /// What is seen, where it is another shape than the fault's.
    pub shape: Option<OneOrMore>,
    /// The causes that are right, where they are others than the fault's.
    pub causes: Option<Vec<String>>,
    /// Why the engine can't be right here, in a sentence: only what is written here is then not asked of it.
    pub untold: Option<String>,
    /// Why the response alone does not show who made it, in a sentence: the place is then not asked of the response alone.
    pub unsigned: Option<String>,
}

/// What the client gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "AnswerForm", into = "AnswerForm")]
pub enum Answer {
    /// A status, and a response that is complete.
    Status(u16),
    /// A status, and a response that breaks off.
    Cut(u16),
    /// Bytes that begin with no status line.
    Bytes,
    /// Not one byte.
    #[default]
    Nothing,
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum AnswerForm {
    Status(u16),
    Word(String),
}

impl From<AnswerForm> for Answer {
    fn from(form: AnswerForm) -> Self {
        match form {
            AnswerForm::Status(status) => Self::Status(status),
            AnswerForm::Word(word) => match word.split_once(' ') {
                Some((status, _)) => status.parse().map_or(Self::Nothing, Self::Cut),
                None if word == "bytes" => Self::Bytes,
                None => Self::Nothing,
            },
        }
    }
}

impl From<Answer> for AnswerForm {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Status(status) => Self::Status(status),
            other => Self::Word(other.to_string()),
        }
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Status(status) => write!(f, "{status}"),
            Self::Cut(status) => write!(f, "{status} cut"),
            Self::Bytes => write!(f, "bytes"),
            Self::Nothing => write!(f, "none"),
        }
    }
}

/// What stands behind the server, and what it does on the wire.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Upstream {
    /// Where it listens, if it does.
    #[serde(default)]
    pub listen: Listen,
    /// With TLS, and how.
    pub tls: Option<Tls>,
    /// What is done on each connection; a good response if left out.
    #[serde(default)]
    pub script: Vec<Step>,
    /// What is done instead on requests whose path begins with `/health`.
    #[serde(default)]
    pub health: Vec<Step>,
    /// How many connections are kept waiting before the next is taken.
    pub at_once: Option<usize>,
}

/// Where the upstream listens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listen {
    /// On a TCP port of 127.0.0.1.
    #[default]
    Tcp,
    /// Nowhere: the port is taken, so that nobody else can have it, but nothing listens.
    Closed,
    /// On a TCP port of 127.0.0.1 whose queue is full, so that the kernel drops each SYN.
    Full,
    /// On a unix socket.
    Unix,
    /// Nowhere: the socket file does not exist.
    UnixMissing,
    /// On a unix socket that only root may open.
    UnixDenied,
    /// Nowhere: the socket file is left over.
    UnixStale,
    /// On a unix socket whose queue is full.
    UnixFull,
}

/// How the upstream speaks TLS.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Tls {
    /// Its certificate.
    #[serde(default)]
    pub certificate: Certificate,
    /// Whether it asks for a certificate of the client.
    #[serde(default)]
    pub client_certificate: bool,
    /// Whether it refuses a handshake that names no server, or another than `backend.example`.
    #[serde(default)]
    pub needs_server_name: bool,
    /// Whether it speaks TLS 1.2 alone.
    #[serde(default)]
    pub only_tls12: bool,
}

/// What is wrong with the upstream's certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certificate {
    /// Nothing: for `backend.example`, signed by the laboratory's authority.
    #[default]
    Good,
    /// It ended in 2020.
    Expired,
    /// Nobody but itself signed it.
    SelfSigned,
    /// It is for `other.example`.
    WrongName,
}

/// One step on a connection. When the steps end, the connection is closed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Waits for the end of a request's head.
    ReadHead,
    /// Waits for the end of a request, body included.
    ReadRequest,
    /// Sends these bytes.
    Send(String),
    /// Sends the bytes that are written in hexadecimal digits.
    SendHex(String),
    /// Sends a text many times.
    Repeat {
        /// The text.
        text: String,
        /// How often.
        times: usize,
    },
    /// Does nothing for so many milliseconds.
    Wait(u64),
    /// Resets the connection (RST).
    Reset,
    /// Keeps the connection open and silent until the other side ends it.
    Stall,
}

/// What the client sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Request {
    /// The path; `/report` if left out.
    pub path: Option<String>,
    /// The request's bytes instead of a plain GET.
    #[serde(default)]
    pub send: Vec<Send>,
    /// How many requests go before the one that is recorded, one after the other.
    #[serde(default)]
    pub before: usize,
    /// How many requests are in flight when the recorded one is sent.
    #[serde(default)]
    pub beside: usize,
    /// Milliseconds between the requests before, or the ones beside, and the recorded one.
    #[serde(default)]
    pub pause: u64,
    /// Gives up after so many milliseconds.
    pub give_up: Option<u64>,
}

/// A part of a request's bytes.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Send {
    /// These bytes.
    Text(String),
    /// A text many times.
    Repeat {
        /// The text.
        text: String,
        /// How often.
        times: usize,
    },
}

/// Something that is done while the request is in flight.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Act {
    /// Milliseconds after the request was sent.
    pub after: u64,
    /// To whom.
    #[serde(default)]
    pub to: Whom,
    /// What.
    #[serde(rename = "do")]
    pub deed: Deed,
}

/// Whom an act befalls.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    /// The server under test.
    #[default]
    Server,
    /// The proxy in front of it.
    Proxy,
}

/// What is done to a server.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// SIGTERM.
    Stop,
    /// The server's own signal for a stop that lets requests finish.
    StopGracefully,
    /// SIGKILL to its worker processes.
    KillWorkers,
    /// SIGSTOP: it is alive, but does nothing.
    Freeze,
}

fn plain() -> String {
    "plain".to_owned()
}

impl Fault {
    /// No fault: the upstream answers as it should.
    pub fn healthy() -> Self {
        Self {
            id: "healthy".to_owned(),
            title: "Nothing is broken".to_owned(),
            setup: plain(),
            upstream: Upstream::default(),
            values: BTreeMap::new(),
            request: Request::default(),
            act: None,
            place: None,
            shape: OneOrMore::default(),
            causes: Vec::new(),
            expect: BTreeMap::new(),
        }
    }

    /// What is expected of a server in a version.
    pub fn expectation(&self, server: &str, version: &str) -> Option<&Expectation> {
        self.expect.get(&format!("{server}-{version}")).or_else(|| self.expect.get(server))
    }
}

/// All faults, in the order of the files.
pub fn read_all(folder: &Path) -> Result<Vec<Fault>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| format!("{} can't be read", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    files.sort();
    let mut faults = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        let read: Vec<Fault> = serde_yaml::from_str(&text).with_context(|| format!("{} is not a list of faults", file.display()))?;
        faults.extend(read);
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = faults.iter().find(|fault| !seen.insert(fault.id.clone())) {
        bail!("the fault {} stands twice in {}; give one of them another id", twice.id, folder.display());
    }
    Ok(faults)
}
