//! The case as plain values: what `templates/assets/checker.js` draws.

use crate::case::{Case, Given, Reading, Standing};
use crate::highlight::{self, Row, Stretch};
use crate::words::Words;
use diagnosis::answers::UNKNOWN;
use diagnosis::command;
use diagnosis::evidence::{Finding, What};
use diagnosis::id::SystemIndex;
use diagnosis::verdict::{AdviceReport, Belief, CauseReport, OptionReport, Reason};
use serde::Serialize;

/// Everything that is drawn.
#[derive(Serialize)]
pub(crate) struct Shown {
    standing: Standing,
    sentence: String,
    /// The case as the fragment of an address.
    fragment: String,
    place: Option<Believed>,
    shape: Option<Believed>,
    causes: Vec<ShownCause>,
    question: Option<ShownQuestion>,
    answers: Vec<ShownAnswer>,
    findings: Vec<ShownFinding>,
    rows: Vec<ShownRow>,
    /// Name, bytes and lines of the file that was read, where one was.
    file: Option<(String, usize, usize)>,
    /// The text that was given, where it was typed or pasted; for the way back.
    text: String,
    can_undo: bool,
    /// The systems whose words are to be loaded.
    systems: Vec<String>,
}

/// A place or shape.
#[derive(Serialize)]
struct Believed {
    id: String,
    name: String,
    means: String,
    percentage: String,
}

/// A cause in the ranking.
#[derive(Serialize)]
struct ShownCause {
    id: String,
    title: String,
    address: String,
    percent: u32,
    percentage: String,
    /// Whether the page is about it.
    is_page: bool,
    because: Vec<Reason>,
    /// None until it was loaded.
    advice: Option<ShownAdvice>,
}

#[derive(Serialize)]
struct ShownAdvice {
    summary: String,
    #[serde(flatten)]
    report: AdviceReport,
}

#[derive(Serialize)]
struct ShownQuestion {
    id: String,
    text: String,
    help: String,
    options: Vec<OptionReport>,
    /// The answer so far, where the question is asked again.
    answered: String,
}

#[derive(Serialize)]
struct ShownAnswer {
    question: String,
    text: String,
    answer: String,
}

/// Something that was recognised.
#[derive(Serialize)]
struct ShownFinding {
    id: String,
    kind: &'static str,
    title: String,
    /// The page about it; empty where there is none.
    address: String,
    meaning: String,
    times: usize,
    line: usize,
}

/// A row of the text: a line in pieces, each with the finding in it, or so many lines left out.
#[derive(Serialize)]
#[serde(untagged)]
enum ShownRow {
    Line { line: usize, pieces: Vec<(String, Option<usize>)> },
    Omitted { omitted: usize },
}

/// What stands for text left out of a line.
const OMITTED: &str = " … ";

/// The case as it is to be shown.
pub(crate) fn shown(case: &Case, words: &Words) -> Shown {
    let reading = case.reading();
    let says = reading.standing != Standing::NothingGiven;
    let has_verdict = matches!(reading.standing, Standing::Recognised | Standing::AnswersOnly);
    let file = match case.given() {
        Given::File(file) => Some((file.name.clone(), file.bytes, file.lines)),
        Given::Nothing | Given::Text { .. } | Given::Link(_) => None,
    };
    let text = match case.given() {
        Given::Text { text, .. } => text.clone(),
        Given::Nothing | Given::File(_) | Given::Link(_) => String::new(),
    };
    let causes = reading.verdict.causes.iter().filter(|_| has_verdict);
    Shown {
        standing: reading.standing,
        sentence: if says { sentence(case, &reading) } else { String::new() },
        fragment: case.fragment(&reading),
        place: reading.verdict.place.as_ref().filter(|_| has_verdict).and_then(|belief| place(case, belief)),
        shape: reading.verdict.shape.as_ref().filter(|_| has_verdict).and_then(|belief| shape(case, belief)),
        causes: causes.map(|cause| shown_cause(case, &reading, words, cause)).collect(),
        question: question(case, &reading),
        answers: answers(case),
        findings: if says { reading.evidence.findings.iter().map(|finding| shown_finding(case, words, finding)).collect() } else { Vec::new() },
        rows: if says { rows(case, &reading) } else { Vec::new() },
        file,
        text,
        can_undo: case.can_undo(),
        systems: systems(case, &reading),
    }
}

/// The verdict in a sentence.
pub(crate) fn sentence(case: &Case, reading: &Reading) -> String {
    let mut verdict = reading.verdict.clone();
    verdict.recognised &= reading.standing != Standing::NotRecognised;
    diagnosis::sentence(case.knowledge, &verdict)
}

fn place(case: &Case, belief: &Belief) -> Option<Believed> {
    let place = case.knowledge.places.iter().find(|place| place.id.as_str() == belief.id)?;
    Some(Believed { id: belief.id.clone(), name: place.name.clone(), means: String::new(), percentage: percentage(belief.probability) })
}

fn shape(case: &Case, belief: &Belief) -> Option<Believed> {
    let shape = case.knowledge.shapes.iter().find(|shape| shape.id.as_str() == belief.id)?;
    Some(Believed { id: belief.id.clone(), name: shape.name.clone(), means: shape.means.clone(), percentage: percentage(belief.probability) })
}

fn shown_cause(case: &Case, reading: &Reading, words: &Words, cause: &CauseReport) -> ShownCause {
    ShownCause {
        id: cause.id.clone(),
        title: cause.title.clone(),
        address: cause.url.clone(),
        percent: percent(cause.probability),
        percentage: percentage(cause.probability),
        is_page: cause.id == case.page_cause(),
        because: because(case, words, cause),
        advice: words
            .advice(&cause.id)
            .map(|advice| ShownAdvice { summary: advice.summary.clone(), report: diagnosis::advise(case.knowledge, &reading.evidence, advice) }),
    }
}

/// The reasons, with the words of messages where they were loaded; a reason without words is left out until then.
pub(crate) fn because(case: &Case, words: &Words, cause: &CauseReport) -> Vec<Reason> {
    let signature = |id: &str| case.knowledge.signatures.iter().find(|signature| signature.id.as_str() == id);
    let with_words = |reason: &Reason| {
        let text = match reason.text.is_empty() {
            true => signature(&reason.finding).and_then(|signature| words.message(&signature.id))?.summary.clone(),
            false => without_holes(&reason.text),
        };
        Some(Reason { text, ..reason.clone() })
    };
    cause.because.iter().filter_map(with_words).collect()
}

fn question(case: &Case, reading: &Reading) -> Option<ShownQuestion> {
    let again = || case.asked.clone();
    let id = again().or_else(|| Some(reading.verdict.question.as_ref()?.id.clone()))?;
    let question = case.knowledge.questions.iter().find(|question| question.id.as_str() == id)?;
    let own = question.options.iter().map(|option| OptionReport { id: option.id.to_string(), text: option.text.clone() });
    let unknown = OptionReport { id: UNKNOWN.to_owned(), text: "I don't know".to_owned() };
    let answered = case.answers().iter().find(|(asked, _)| asked.as_str() == id).map(|(_, option)| option.to_string());
    Some(ShownQuestion {
        text: question.text.clone(),
        help: question.help.clone(),
        options: own.chain([unknown]).collect(),
        answered: answered.unwrap_or_default(),
        id,
    })
}

fn answers(case: &Case) -> Vec<ShownAnswer> {
    let given = case.answers().iter().filter_map(|(id, option)| {
        let question = case.knowledge.questions.iter().find(|question| question.id == *id)?;
        let answer = question.options.iter().find(|candidate| candidate.id == *option);
        let answer = answer.map_or_else(|| "I don't know".to_owned(), |answer| answer.text.clone());
        Some(ShownAnswer { question: id.to_string(), text: question.text.clone(), answer })
    });
    given.collect()
}

fn shown_finding(case: &Case, words: &Words, finding: &Finding) -> ShownFinding {
    let knowledge = case.knowledge;
    let (kind, id, title, address, meaning) = match finding.what {
        What::Signature(index, _) => {
            let signature = &knowledge.signatures[index.position()];
            let system = &knowledge.systems[signature.system.position()].name;
            let known = words.message(&signature.id);
            let title = known.map_or_else(|| system.clone(), |known| format!("{system}: {}", known.title));
            let meaning = known.map(|known| known.summary.clone()).unwrap_or_default();
            ("signature", signature.id.to_string(), title, format!("/messages/{}/", signature.id), meaning)
        }
        What::Mark(system) => {
            let system = &knowledge.systems[system.position()];
            let title = match finding.at {
                Some(_) => format!("{} wrote or sent this", system.name),
                None => format!("{} is on the way", system.name),
            };
            ("mark", system.id.to_string(), title, format!("/systems/{}/", system.id), String::new())
        }
        What::Mention(system) => {
            let system = &knowledge.systems[system.position()];
            ("mention", system.id.to_string(), format!("{} is named", system.name), format!("/systems/{}/", system.id), String::new())
        }
        What::Status(status) => {
            let code = knowledge.codes.iter().find(|code| code.status == status);
            let title = code.map_or_else(|| format!("Status {status}"), |code| format!("Status {status} {}", code.reason));
            ("status", format!("status-{status}"), title, code.map(|_| format!("/{status}/")).unwrap_or_default(), String::new())
        }
        What::Fact(index) => {
            let fact = &knowledge.facts[index.position()];
            ("fact", fact.id.to_string(), filled(&fact.title, finding), String::new(), String::new())
        }
        What::Cue(index) => {
            let cue = &knowledge.cues[index.position()];
            ("cue", cue.id.to_string(), cue.says.clone(), String::new(), String::new())
        }
    };
    ShownFinding { id, kind, title, address, meaning, times: finding.times, line: finding.at.map_or(0, |at| at.line) }
}

fn rows(case: &Case, reading: &Reading) -> Vec<ShownRow> {
    let findings = &reading.evidence.findings;
    let rows = match case.given() {
        Given::Text { text, .. } => highlight::rows(text, findings),
        Given::File(file) => highlight::rows_of_kept(&file.kept, file.lines, findings),
        Given::Nothing | Given::Link(_) => Vec::new(),
    };
    let piece = |stretch: &Stretch<'_>| match *stretch {
        Stretch::Plain(text) => (text.to_owned(), None),
        Stretch::Omitted => (OMITTED.to_owned(), None),
        Stretch::Recognised { text, finding } => (text.to_owned(), Some(finding)),
    };
    let row = |row: &Row<'_>| match row {
        Row::Line { line, stretches } => ShownRow::Line { line: *line, pieces: stretches.iter().map(piece).collect() },
        Row::Omitted(omitted) => ShownRow::Omitted { omitted: *omitted },
    };
    rows.iter().map(row).collect()
}

/// The systems whose messages were found.
fn systems(case: &Case, reading: &Reading) -> Vec<String> {
    let mut systems: Vec<SystemIndex> = Vec::new();
    for (index, _, _) in reading.evidence.signatures() {
        let system = case.knowledge.signatures[index.position()].system;
        if !systems.contains(&system) {
            systems.push(system);
        }
    }
    systems.into_iter().map(|system| case.knowledge.systems[system.position()].id.to_string()).collect()
}

/// A probability as people write it, rounded as in the verdict's sentence. Nothing is certain.
pub(crate) fn percentage(probability: f64) -> String {
    match percent(probability) {
        100.. => ">99 %".to_owned(),
        percent => format!("{percent} %"),
    }
}

fn percent(probability: f64) -> u32 {
    (probability * 100.0).round_ties_even() as u32
}

/// A fact's text where a link does not tell the values it is about.
fn without_holes(text: &str) -> String {
    filled_with(text, |_| None)
}

/// What a fact says, with the values it is about.
fn filled(text: &str, finding: &Finding) -> String {
    filled_with(text, |name| finding.captures.get(name).map(String::as_str))
}

fn filled_with<'v>(text: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut whole = String::new();
    let mut copied = 0;
    for (span, name) in command::holes(text) {
        whole.push_str(&text[copied..span.start]);
        whole.push_str(value(name).unwrap_or("…"));
        copied = span.end;
    }
    whole + &text[copied..]
}
