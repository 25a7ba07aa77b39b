//! The checker's questions as a tree, for readers without scripts: the engine asks at build time what it would ask in the page.

use diagnosis::answers::{Answers, UNKNOWN};
use diagnosis::evidence::Evidence;
use diagnosis::id::{OptionId, QuestionId};
use diagnosis::knowledge::Knowledge;
use diagnosis::verdict::Verdict;
use serde_json::{Value, json};

/// So many questions, one after the other.
const DEPTH: usize = 3;
/// Causes named behind an answer.
const MOST_CAUSES: usize = 3;
/// From this probability on nothing more is asked.
const CLEAR: f64 = 0.6;

/// The tree: a question, and behind each answer the causes that are likeliest then and the next question.
pub fn tree(knowledge: &Knowledge) -> Value {
    grow(knowledge, &Answers::default(), DEPTH).unwrap_or(Value::Null)
}

fn grow(knowledge: &Knowledge, answers: &Answers, depth: usize) -> Option<Value> {
    let verdict = diagnosis::conclude(knowledge, &Evidence::default(), answers);
    if depth == 0 || is_clear(&verdict) {
        return None;
    }
    let asked = verdict.question?;
    let help = knowledge.questions.iter().find(|question| question.id.as_str() == asked.id).map(|question| question.help.clone());
    let options: Vec<Value> = asked
        .options
        .iter()
        .filter(|option| option.id != UNKNOWN)
        .map(|option| branch(knowledge, answers, &asked.id, &option.id, &option.text, depth))
        .collect();
    Some(json!({"text": asked.text, "help": help, "options": options}))
}

fn branch(knowledge: &Knowledge, answers: &Answers, question: &str, option: &str, text: &str, depth: usize) -> Value {
    let mut answers = answers.clone();
    // The ids come from the question itself.
    let _ = answers.give(knowledge, QuestionId::new(question), OptionId::new(option));
    let verdict = diagnosis::conclude(knowledge, &Evidence::default(), &answers);
    let causes: Vec<Value> = verdict
        .causes
        .iter()
        .take(MOST_CAUSES)
        .map(|cause| json!({"id": cause.id, "title": cause.title, "percent": (cause.probability * 100.0).round_ties_even() as u32}))
        .collect();
    json!({"text": text, "causes": causes, "next": grow(knowledge, &answers, depth - 1)})
}

fn is_clear(verdict: &Verdict) -> bool {
    verdict.causes.first().is_some_and(|cause| cause.probability >= CLEAR)
}
