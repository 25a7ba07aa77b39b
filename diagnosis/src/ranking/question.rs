//! The question that would tell most for what it costs to answer.

use super::argument::answer_shares;
use super::causes::CauseBeliefs;
use super::distribution::Distribution;
use super::situation::Situation;
use crate::evidence::What;
use crate::knowledge::{Knowledge, Known, Question};

/// Above this probability of the first cause nothing more is asked.
const CLEAR: f64 = 0.93;
/// Questions that tell less than this, in bits, are not worth asking.
const LEAST_GAIN: f64 = 0.08;

/// How much the effort of an answer counts against what it tells: 1 would ask for every glance before the first command.
const EFFORT_WEIGHT: f64 = 0.5;

/// The best next question, or none when the answer is clear or nothing would help.
pub(crate) fn next_question<'k>(situation: &Situation<'k>, beliefs: &CauseBeliefs) -> Option<&'k Question> {
    if beliefs.probabilities.iter().any(|probability| probability >= CLEAR) {
        return None;
    }
    rated_questions(situation, beliefs).first().filter(|(worth, ..)| *worth >= LEAST_GAIN).map(|(_, _, question)| *question)
}

/// All open questions with their worth and their gain in bits, the most worthwhile first.
pub(crate) fn rated_questions<'k>(situation: &Situation<'k>, beliefs: &CauseBeliefs) -> Vec<(f64, f64, &'k Question)> {
    let open = situation.knowledge.questions.iter().filter(|question| !situation.answers.has(&question.id) && !is_needless(situation, question));
    let rate = |question: &'k Question| {
        let gain = gain(situation, beliefs, question);
        (gain / f64::from(question.effort.max(1)).powf(EFFORT_WEIGHT), gain, question)
    };
    let mut rated: Vec<_> = open.map(rate).collect();
    rated.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.id.cmp(&b.2.id)));
    rated
}

/// How often a person whose trouble has the cause at `cause` gives each of a question's answers, in their order.
pub fn answer_chances(knowledge: &Knowledge, question: &Question, cause: usize) -> Vec<f64> {
    answer_shares(question, knowledge).iter().map(|shares| shares[cause]).collect()
}

/// The expected loss of uncertainty about the cause, in bits.
fn gain(situation: &Situation<'_>, beliefs: &CauseBeliefs, question: &Question) -> f64 {
    let now = &beliefs.probabilities;
    let mut expected = 0.0;
    for shares in answer_shares(question, situation.knowledge) {
        let joint: Vec<f64> = now.iter().zip(&shares).map(|(probability, share)| probability * share).collect();
        let chance: f64 = joint.iter().sum();
        expected += chance * Distribution::from_weights(joint).entropy();
    }
    now.entropy() - expected
}

/// Whether the evidence answers the question already.
fn is_needless(situation: &Situation<'_>, question: &Question) -> bool {
    let has_fact = |id: &str| situation.evidence.facts().any(|(index, _)| situation.knowledge.facts[index.position()].id.as_str() == id);
    question.known_from.iter().any(|known| match known {
        Known::Code => situation.code.is_some(),
        Known::Place => situation.messages().any(|message| message.signature.place.is_some()),
        Known::Shape => situation.messages().any(|message| message.shape.is_some()),
        Known::Duration => has_fact("took-default-timeout"),
        Known::Signature(wanted) => situation.evidence.has_signature(*wanted),
        Known::System(wanted) => {
            situation.evidence.findings.iter().any(|finding| finding.what == What::Mark(*wanted)) || situation.systems.contains(wanted)
        }
        Known::Fact(wanted) => has_fact(wanted.as_str()),
    })
}
