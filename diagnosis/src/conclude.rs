//! From evidence and answers to the verdict.

use crate::answers::{Answers, UNKNOWN};
use crate::checks;
use crate::command;
use crate::evidence::{Evidence, Finding, What};
use crate::knowledge::{Advice, Check, Fix, Knowledge};
use crate::ranking::{self, CauseBeliefs, Distribution, Situation};
use crate::verdict::{AdviceReport, Belief, CauseReport, CheckReport, FindingReport, OptionReport, QuestionReport, Reason, SCHEMA, Verdict};

/// Causes below this probability are not named.
const LEAST_PROBABILITY: f64 = 0.01;
/// At most so many causes are named.
const MOST_CAUSES: usize = 8;
/// Reasons below this weight are not worth a line.
const LEAST_WEIGHT: f64 = 0.1;

/// Weighs evidence and answers. The same input gives the same verdict.
pub fn conclude(knowledge: &Knowledge, evidence: &Evidence, answers: &Answers) -> Verdict {
    let situation = Situation::read(knowledge, evidence, answers);
    let beliefs = ranking::rank(&situation);
    let recognised = situation.is_recognised();
    let systems = situation.systems.iter().map(|system| knowledge.systems[system.position()].id.to_string()).collect();
    let question = ranking::next_question(&situation, &beliefs).map(|question| QuestionReport {
        id: question.id.to_string(),
        text: question.text.clone(),
        options: question
            .options
            .iter()
            .map(|option| OptionReport { id: option.id.to_string(), text: option.text.clone() })
            .chain([OptionReport { id: UNKNOWN.to_owned(), text: "I don't know".to_owned() }])
            .collect(),
    });
    let mut verdict = Verdict {
        schema: SCHEMA,
        recognised,
        code: None,
        systems,
        findings: evidence.findings.iter().map(|finding| finding_report(knowledge, finding)).collect(),
        place: None,
        shape: None,
        causes: Vec::new(),
        question,
    };
    if recognised {
        verdict.code = situation.code;
        verdict.place = most_probable(&ranking::place(&situation, &beliefs.probabilities), |position| knowledge.places[position].id.to_string());
        verdict.shape = most_probable(&ranking::shape(&situation, &beliefs.probabilities), |position| knowledge.shapes[position].id.to_string());
        let ranked = beliefs.probabilities.ranked();
        let named = ranked.iter().take(MOST_CAUSES).filter(|(_, probability)| *probability >= LEAST_PROBABILITY);
        verdict.causes = named.map(|&(cause, probability)| cause_report(&situation, &beliefs, cause, probability)).collect();
    }
    verdict
}

fn most_probable(distribution: &Distribution, id: impl Fn(usize) -> String) -> Option<Belief> {
    distribution.ranked().first().map(|&(position, probability)| Belief { id: id(position), probability: rounded(probability) })
}

/// Three digits are more than anybody can know.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn finding_report(knowledge: &Knowledge, finding: &Finding) -> FindingReport {
    let system_id = |system: crate::id::SystemIndex| Some(knowledge.systems[system.position()].id.to_string());
    let (id, kind, system) = match finding.what {
        What::Signature(index, _) => {
            let signature = &knowledge.signatures[index.position()];
            (signature.id.to_string(), "signature", system_id(signature.system))
        }
        What::Mark(system) => (knowledge.systems[system.position()].id.to_string(), "mark", system_id(system)),
        What::Status(status) => (format!("status-{status}"), "status", None),
        What::Fact(index) => (knowledge.facts[index.position()].id.to_string(), "fact", None),
        What::Cue(index) => (knowledge.cues[index.position()].id.to_string(), "cue", None),
        What::Mention(system) => (knowledge.systems[system.position()].id.to_string(), "mention", system_id(system)),
    };
    let (line, start, end) = finding.at.map_or((0, 0, 0), |at| (at.line, at.start, at.end));
    FindingReport { id, kind, system, line, start, end, captures: finding.captures.clone() }
}

fn cause_report(situation: &Situation<'_>, beliefs: &CauseBeliefs, position: usize, probability: f64) -> CauseReport {
    let knowledge = situation.knowledge;
    let cause = &knowledge.causes[position];
    let mut because: Vec<_> = beliefs
        .arguments
        .iter()
        .map(|argument| (beliefs.weight_of(argument, position), argument))
        .filter(|(weight, _)| weight.abs() >= LEAST_WEIGHT)
        .map(|(weight, argument)| Reason {
            finding: argument.source.id(knowledge),
            effect: if weight > 0.0 { "for" } else { "against" },
            weight: rounded(weight.abs()),
            text: argument.source.text(situation, position),
        })
        .collect();
    because.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let advice = advise(knowledge, situation.evidence, &cause.advice);
    CauseReport {
        id: cause.id.to_string(),
        probability: rounded(probability),
        title: cause.title.clone(),
        url: format!("/causes/{}/", cause.id),
        because,
        checks: advice.checks,
        fixes: advice.fixes,
    }
}

/// What to do about a cause, with the values of the evidence filled in.
pub fn advise(knowledge: &Knowledge, evidence: &Evidence, advice: &Advice) -> AdviceReport {
    let suited = checks::suited(knowledge, &advice.checks, &checks::systems(knowledge, evidence));
    AdviceReport {
        checks: suited.into_iter().map(|check| check_report(knowledge, evidence, check)).collect(),
        fixes: advice.fixes.iter().map(|fix| fix_text(knowledge, evidence, fix)).collect(),
        prevention: advice.prevention.clone(),
    }
}

/// A fix as Markdown: what to do, with the command or configuration as a block of its own.
fn fix_text(knowledge: &Knowledge, evidence: &Evidence, fix: &Fix) -> String {
    let command = command::fill(&fix.command, knowledge, evidence);
    let blocks = [command.as_str(), fix.config.as_str()].into_iter().filter(|block| !block.is_empty());
    blocks.fold(fix.action.clone(), |text, block| format!("{text}\n```\n{block}\n```\n"))
}

fn check_report(knowledge: &Knowledge, evidence: &Evidence, check: &Check) -> CheckReport {
    let on = check.on.name();
    let why = if on.is_empty() { check.why.clone() } else { format!("{on}: {}", check.why) };
    CheckReport { command: command::fill(&check.command, knowledge, evidence), why }
}
