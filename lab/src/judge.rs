//! Holds the engine's verdict on a capture against what is expected.

use crate::capture::{About, Capture};
use crate::fault::{Answer, Expectation, Fault};
use crate::server::Server;
use anyhow::{Result, anyhow, bail};
use diagnosis::answers::Answers;
use diagnosis::conclude;
use diagnosis::evidence::Recogniser;
use diagnosis::knowledge::Knowledge;
use diagnosis::verdict::{Belief, Verdict};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

/// The engine.
pub struct Judge<'k> {
    knowledge: &'k Knowledge,
    recogniser: Recogniser<'k>,
}

/// What of a capture the engine is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// What the servers logged about the failure: error log and application log; the access log where there is nothing else.
    ErrorLog,
    /// What the client saw.
    Client,
    /// What the client saw, and all logs.
    Both,
}

/// What a verdict is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// What the client got: of the server, not of the engine.
    Answer,
    /// All messages are recognised.
    Messages,
    /// The status that the client saw.
    Code,
    /// Where the response was made.
    Place,
    /// What the component that gave up saw.
    Shape,
    /// The first cause.
    Cause,
}

/// One question to a verdict, and how it was answered.
#[derive(Clone, Debug)]
pub struct Point {
    /// The server, with its version.
    pub server: String,
    /// The fault.
    pub fault: String,
    /// What was shown.
    pub evidence: Evidence,
    /// What was asked.
    pub aspect: Aspect,
    /// What is right.
    pub expected: String,
    /// What came.
    pub got: String,
    /// Whether it is right.
    pub right: bool,
}

impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { server, fault, evidence, aspect, expected, got, .. } = self;
        write!(f, "{server} {fault} ({evidence:?}): {aspect:?} is {got}, expected {expected}")
    }
}

/// What the engine knows, from a content folder.
pub fn read_knowledge(content: &Path) -> Result<Knowledge> {
    match reader::read(content).outcome {
        Ok(content) => Ok(content.knowledge().clone()),
        Err(mistakes) => bail!("content/ has {} mistakes; run `cargo run --release -- check`", mistakes.len()),
    }
}

impl<'k> Judge<'k> {
    /// With this knowledge.
    pub fn new(knowledge: &'k Knowledge) -> Result<Self> {
        let recogniser = Recogniser::new(knowledge).map_err(|error| anyhow!("{error}"))?;
        Ok(Self { knowledge, recogniser })
    }

    /// The verdict on a part of a capture.
    pub fn verdict(&self, capture: &Capture, evidence: Evidence) -> Verdict {
        let examined = self.recogniser.examine(text(capture, evidence).as_bytes());
        conclude(self.knowledge, &examined, &Answers::default())
    }

    /// Asks all that can be asked of a capture.
    pub fn judge(&self, capture: &Capture, fault: &Fault, server: &Server) -> Vec<Point> {
        let name = format!("{}-{}", capture.about.server, capture.about.version);
        let Some(expectation) = fault.expectation(&capture.about.server, &capture.about.version) else {
            return vec![point(
                &name,
                fault,
                Evidence::Both,
                Aspect::Answer,
                "an entry in the fault's `expect`",
                &capture.about.answer.to_string(),
                false,
            )];
        };
        if expectation.or.contains(&capture.about.answer) {
            let answer = capture.about.answer.to_string();
            return vec![point(&name, fault, Evidence::Both, Aspect::Answer, &answer, &answer, true)];
        }
        let mut points = vec![point(
            &name,
            fault,
            Evidence::Both,
            Aspect::Answer,
            &expectation.answer.to_string(),
            &capture.about.answer.to_string(),
            expectation.answer == capture.about.answer,
        )];
        for evidence in [Evidence::ErrorLog, Evidence::Client, Evidence::Both] {
            let shown = text(capture, evidence);
            if !shown.trim().is_empty() {
                let asked = Asked { name: &name, fault, server, expectation, evidence };
                points.extend(asked.of(&self.verdict(capture, evidence)));
            }
        }
        points
    }
}

/// What is asked of a verdict on one part of a capture.
struct Asked<'a> {
    name: &'a str,
    fault: &'a Fault,
    server: &'a Server,
    expectation: &'a Expectation,
    evidence: Evidence,
}

impl Asked<'_> {
    fn of(&self, verdict: &Verdict) -> Vec<Point> {
        let Self { fault, expectation, evidence, .. } = *self;
        let mut points = Vec::new();
        let mut ask = |aspect, expected: &str, got: &str, right| points.push(point(self.name, fault, evidence, aspect, expected, got, right));
        // A status that is no error is shown by no verdict; a log that tells of other responses, too, hides it.
        let failed = matches!(expectation.answer, Answer::Status(500..) | Answer::Cut(500..));
        let shows_code = evidence == Evidence::Client || evidence == Evidence::Both && expectation.untold.is_none();
        if let (Answer::Status(status) | Answer::Cut(status), true, true) = (expectation.answer, failed, shows_code) {
            ask(Aspect::Code, &status.to_string(), &verdict.code.map_or("none".to_owned(), |code| code.to_string()), verdict.code == Some(status));
        }
        let logged = evidence != Evidence::Client && !expectation.messages.is_empty();
        if logged {
            let found: BTreeSet<&str> = verdict.findings.iter().map(|finding| finding.id.as_str()).collect();
            let missing: Vec<&str> = expectation.messages.iter().map(String::as_str).filter(|id| !found.contains(id)).collect();
            let seen = found.into_iter().collect::<Vec<_>>().join(" ");
            ask(Aspect::Messages, &format!("all of its messages, {} too", missing.join(" ")), &seen, missing.is_empty());
        }
        if self.is_handled() {
            return points;
        }
        if logged || (evidence == Evidence::Client && self.page_tells_the_place()) {
            let place = expectation.place.as_ref().or(fault.place.as_ref()).unwrap_or(&self.server_place()).clone();
            ask(Aspect::Place, &place, believed(verdict.place.as_ref()), believed(verdict.place.as_ref()) == place);
        }
        if logged && expectation.untold.is_none() {
            let first = verdict.causes.first().map_or("none", |cause| cause.id.as_str());
            let mut ask_for = |aspect, right: &[String], got: &str| ask(aspect, &right.join(" or "), got, right.iter().any(|one| one == got));
            ask_for(Aspect::Shape, expectation.shape.as_ref().unwrap_or(&fault.shape).words(), believed(verdict.shape.as_ref()));
            ask_for(Aspect::Cause, expectation.causes.as_ref().unwrap_or(&fault.causes), first);
        }
        points
    }

    /// Whether the client got a complete response that is no 5xx: then nothing has failed that a verdict could be about.
    fn is_handled(&self) -> bool {
        matches!(self.expectation.answer, Answer::Status(..500))
    }

    /// Whether the response itself shows who made it: not a 500, which both a gateway and an application make, and only where the
    /// server's pages name it.
    fn page_tells_the_place(&self) -> bool {
        let by_application = self.expectation.place.as_ref().or(self.fault.place.as_ref()).is_some_and(|place| place == "application");
        matches!(self.expectation.answer, Answer::Status(501..)) && !by_application && !self.server.anonymous && self.expectation.unsigned.is_none()
    }

    fn server_place(&self) -> String {
        // nginx answers for the application server behind it.
        if self.server.behind.is_some() { "reverse-proxy".to_owned() } else { self.server.place.clone() }
    }
}

fn believed(belief: Option<&Belief>) -> &str {
    belief.map_or("none", |belief| belief.id.as_str())
}

fn point(server: &str, fault: &Fault, evidence: Evidence, aspect: Aspect, expected: &str, got: &str, right: bool) -> Point {
    Point { server: server.to_owned(), fault: fault.id.clone(), evidence, aspect, expected: expected.to_owned(), got: got.to_owned(), right }
}

fn text(capture: &Capture, evidence: Evidence) -> String {
    let Capture { client, error, access, app, .. } = capture;
    match evidence {
        Evidence::Client => client.clone(),
        Evidence::Both => [client, error, app, access].map(String::as_str).join("\n"),
        Evidence::ErrorLog if error.is_empty() && app.is_empty() => access.clone(),
        Evidence::ErrorLog => [error, app].map(String::as_str).join("\n"),
    }
}

impl Point {
    /// For a capture of a fault or server that no longer exists.
    pub fn of_nothing(about: &About) -> Self {
        let (server, fault) = (format!("{}-{}", about.server, about.version), about.fault.clone());
        let (expected, got) = ("a fault and a server that lab/ describes".to_owned(), "neither or one".to_owned());
        Self { server, fault, evidence: Evidence::Both, aspect: Aspect::Answer, expected, got, right: false }
    }
}

/// A verdict that is known to be wrong: named, and a failure as soon as it is right.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The server, without its version.
    pub server: String,
    /// The fault.
    pub fault: String,
    /// On which evidence.
    pub evidence: Evidence,
    /// What is wrong.
    pub aspects: Vec<Aspect>,
    /// Why.
    pub why: String,
}

impl Gap {
    fn covers(&self, point: &Point) -> bool {
        let server = point.server.strip_prefix(self.server.as_str()).is_some_and(|rest| rest.starts_with('-'));
        server && point.fault == self.fault && point.evidence == self.evidence && self.aspects.contains(&point.aspect)
    }
}

/// Reads the gaps.
pub fn read_gaps(laboratory: &Path) -> Result<Vec<Gap>> {
    Ok(serde_yaml::from_str(&std::fs::read_to_string(laboratory.join("known-gaps.yaml"))?)?)
}

/// What has to be said: wrong answers that no gap names, and gaps that are closed.
pub fn failures(points: &[Point], gaps: &[Gap]) -> Vec<String> {
    let wrong = points.iter().filter(|point| !point.right && !gaps.iter().any(|gap| gap.covers(point))).map(Point::to_string);
    let closed = gaps.iter().filter(|gap| {
        let covered: Vec<&Point> = points.iter().filter(|point| gap.covers(point)).collect();
        !covered.is_empty() && covered.iter().all(|point| point.right)
    });
    wrong
        .chain(closed.map(|gap| {
            format!("{} {} ({:?}) is right now, so take it out of known-gaps.yaml, where it says: {}", gap.server, gap.fault, gap.evidence, gap.why)
        }))
        .collect()
}
