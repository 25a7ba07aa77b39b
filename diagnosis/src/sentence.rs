//! The verdict in one sentence, as an expert would begin.

use crate::knowledge::Knowledge;
use crate::verdict::{CauseReport, Verdict};

/// At this probability the first cause may be called the one.
const CLEAR: f64 = 0.8;
/// Below this probability nothing is said of the shape, or no cause is named: it would be a guess.
const LEAST_SHAPE: f64 = 0.6;
const LEAST_CAUSE: f64 = 0.2;
/// A second cause within this ratio of the first is named with it.
const CLOSE_RATIO: f64 = 0.6;

/// Says what happened, and what most likely has to change; says so too when that is not known.
pub fn sentence(knowledge: &Knowledge, verdict: &Verdict) -> String {
    if !verdict.recognised {
        return "Nothing in this text looks like a gateway error or a 5xx.".to_owned();
    }
    let happened = happened(knowledge, verdict);
    let blamed = match verdict.causes.as_slice() {
        [] => "What causes it can't be told from this.".to_owned(),
        [first, ..] if first.probability < LEAST_CAUSE => {
            "No cause stands out yet: the answer to a question, or a log line, would tell more.".to_owned()
        }
        [first, ..] if first.probability >= CLEAR => format!("The cause: {}.", named(first)),
        [first, second, ..] if second.probability >= first.probability * CLOSE_RATIO => {
            format!("Two causes are about as likely: {}, or {}.", named(first), named(second))
        }
        [first, ..] => format!("The likeliest cause: {}.", named(first)),
    };
    format!("{happened} {blamed}")
}

fn named(cause: &CauseReport) -> String {
    format!("{} ({} %)", within_sentence(cause.title.trim_end_matches('.')), (cause.probability * 100.0).round_ties_even() as u32)
}

/// A title as it stands within a sentence: its first letter small, unless the word is a name such as `DNS`.
pub fn within_sentence(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => first.to_lowercase().chain(letters).collect(),
        _ => title.to_owned(),
    }
}

fn happened(knowledge: &Knowledge, verdict: &Verdict) -> String {
    let place = verdict.place.as_ref().and_then(|belief| knowledge.places.iter().find(|place| place.id.as_str() == belief.id));
    let shape = verdict.shape.as_ref().and_then(|belief| knowledge.shapes.iter().find(|shape| shape.id.as_str() == belief.id));
    let code = verdict.code.map_or_else(|| "An error".to_owned(), |code| format!("A {code}"));
    let speaker = knowledge.systems.iter().find(|system| {
        let speaks = system.answers && verdict.systems.iter().any(|id| id == system.id.as_str());
        let stands_there = place.is_some_and(|place| knowledge.places[system.place.position()].id == place.id);
        speaks && stands_there
    });
    let who = match (speaker, place) {
        (Some(system), _) => system.name.clone(),
        (None, Some(place)) => format!("the {}", within_sentence(&place.name)),
        (None, None) => "something on the way".to_owned(),
    };
    let is_known = verdict.shape.as_ref().is_some_and(|belief| belief.probability >= LEAST_SHAPE);
    match shape.filter(|_| is_known) {
        Some(shape) => format!("{code} from {who}: it {}.", shape.says),
        None => format!("{code} from {who}."),
    }
}
