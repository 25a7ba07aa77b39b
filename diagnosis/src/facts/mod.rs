//! Facts that evidence implies without saying them: what kind of address was dialled, which timeout a duration fits.
//!
//! What a fact speaks for stands in `content/facts/`; when it holds stands here, one file a kind.

pub mod address;
mod duration;
mod response;

use crate::id::{FactIndex, SystemIndex};
use crate::knowledge::Knowledge;
use std::collections::BTreeMap;
use std::ops::Range;

/// Every fact that the engine can derive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DerivedFact {
    /// The gateway dials `::1`.
    UpstreamIsIpv6Loopback,
    /// The gateway dials port 443 without TLS.
    UpstreamPort443WithoutTls,
    /// The request ended after a time that is a known default timeout.
    TookDefaultTimeout,
    /// Somebody says that it takes a time which is a known default timeout.
    SaidDefaultTimeout,
    /// The gateway answered, and the upstream never sent a status.
    UpstreamSentNoStatus,
    /// The upstream itself sent the status that the client saw.
    UpstreamSentTheStatus,
    /// A cache served the error from its store.
    ErrorFromCache,
    /// The headers of a response contradict each other about its body.
    ConflictingFraming,
    /// A 503 says when to come back.
    SaysRetryAfter,
}

impl DerivedFact {
    /// All facts.
    pub const ALL: [Self; 9] = [
        Self::UpstreamIsIpv6Loopback,
        Self::UpstreamPort443WithoutTls,
        Self::TookDefaultTimeout,
        Self::SaidDefaultTimeout,
        Self::UpstreamSentNoStatus,
        Self::UpstreamSentTheStatus,
        Self::ErrorFromCache,
        Self::ConflictingFraming,
        Self::SaysRetryAfter,
    ];

    /// The id under which content says what the fact speaks for.
    pub fn id(self) -> &'static str {
        match self {
            Self::UpstreamIsIpv6Loopback => "upstream-is-ipv6-loopback",
            Self::UpstreamPort443WithoutTls => "upstream-port-443-without-tls",
            Self::TookDefaultTimeout => "took-default-timeout",
            Self::SaidDefaultTimeout => "said-default-timeout",
            Self::UpstreamSentNoStatus => "upstream-sent-no-status",
            Self::UpstreamSentTheStatus => "upstream-sent-the-status",
            Self::ErrorFromCache => "error-from-cache",
            Self::ConflictingFraming => "conflicting-framing",
            Self::SaysRetryAfter => "says-retry-after",
        }
    }
}

/// A fact that was derived, with the values it is about.
#[derive(Clone, Debug)]
pub(crate) struct Derived {
    pub fact: DerivedFact,
    pub captures: BTreeMap<String, String>,
}

/// Where the knowledge base says what a fact speaks for.
pub(crate) fn index(knowledge: &Knowledge, derived: &Derived) -> Option<FactIndex> {
    knowledge.facts.iter().position(|meaning| meaning.id.as_str() == derived.fact.id()).and_then(FactIndex::new)
}

/// Facts about the address that a message names.
pub(crate) fn from_captures(captures: &BTreeMap<String, String>) -> impl Iterator<Item = Derived> {
    address::facts(captures).into_iter()
}

/// Facts about a request that an access log line describes.
pub(crate) fn from_log_line(
    knowledge: &Knowledge,
    system: SystemIndex,
    status: u16,
    captures: &BTreeMap<String, String>,
) -> impl Iterator<Item = Derived> {
    let timeout = duration::default_timeout(knowledge, system, captures);
    timeout.into_iter().chain(upstream_status(status, captures)).chain(address::facts(captures))
}

/// Facts that the heads of responses in a text show, with the stretch that each belongs to.
pub(crate) fn from_responses(text: &[u8]) -> Vec<(Derived, Range<usize>)> {
    response::facts(text)
}

/// A fact about a duration that somebody wrote.
pub(crate) fn from_spoken_seconds(knowledge: &Knowledge, seconds: u32) -> Option<Derived> {
    duration::spoken(knowledge, seconds)
}

/// Whether the upstream sent the status, by `$upstream_status`; of several, the last attempt counts.
///
/// nginx writes 502 or 504 there also when it made them itself, so those say nothing.
fn upstream_status(status: u16, captures: &BTreeMap<String, String>) -> Option<Derived> {
    let last = captures.get("upstream_status")?.rsplit([',', ':']).next()?.trim();
    let fact = match last {
        "-" => DerivedFact::UpstreamSentNoStatus,
        sent if sent.parse() == Ok(status) && !matches!(status, 502 | 504) => DerivedFact::UpstreamSentTheStatus,
        _ => return None,
    };
    Some(Derived { fact, captures: BTreeMap::from([("status".to_owned(), status.to_string())]) })
}
