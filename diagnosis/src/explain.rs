//! How a verdict came about, step by step and in numbers, for those who write content.

use crate::answers::Answers;
use crate::evidence::Evidence;
use crate::knowledge::Knowledge;
use crate::ranking::{self, Situation};

/// All steps from findings to causes and the next question.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The status code that was read or implied.
    pub code: Option<u16>,
    /// Whether anything speaks of a failure at all; nothing counts otherwise.
    pub recognised: bool,
    /// How much the prior counts.
    pub prior_weight: f64,
    /// By what the sum of logarithms is multiplied.
    pub sharpness: f64,
    /// What each finding and answer says.
    pub arguments: Vec<ExplainedArgument>,
    /// The causes, most probable first.
    pub causes: Vec<ExplainedCause>,
    /// The open questions, the most worthwhile first.
    pub questions: Vec<ExplainedQuestion>,
}

/// What one finding or answer says.
#[derive(Clone, Debug)]
pub struct ExplainedArgument {
    /// The finding's id, or `question=option`.
    pub id: String,
    /// What it says, in a sentence.
    pub text: String,
    /// How much it counts.
    pub weight: f64,
    /// Whether its shares are P(this | cause), as for answers, instead of P(cause | this).
    pub is_answer: bool,
}

/// A cause with its sum.
#[derive(Clone, Debug)]
pub struct ExplainedCause {
    /// Its id.
    pub id: String,
    /// How common it is, given the code.
    pub prior: f64,
    /// Its share of each argument, in their order.
    pub shares: Vec<f64>,
    /// The weighted sum of logarithms, before it is normalised.
    pub sum: f64,
    /// What comes of it.
    pub probability: f64,
}

/// An open question.
#[derive(Clone, Debug)]
pub struct ExplainedQuestion {
    /// Its id.
    pub id: String,
    /// The expected loss of uncertainty, in bits.
    pub gain: f64,
    /// What an answer costs, from 1 to 3.
    pub effort: u8,
    /// The gain for that cost; the greatest is asked.
    pub worth: f64,
}

/// Goes the way of [`crate::conclude()`] and keeps every number.
pub fn explain(knowledge: &Knowledge, evidence: &Evidence, answers: &Answers) -> Explanation {
    let situation = Situation::read(knowledge, evidence, answers);
    let beliefs = ranking::rank(&situation);
    let first = beliefs.probabilities.ranked().first().map_or(0, |(position, _)| *position);
    let arguments = beliefs.arguments.iter().map(|argument| ExplainedArgument {
        id: argument.source.id(knowledge),
        text: argument.source.text(&situation, first),
        weight: argument.weight,
        is_answer: argument.source.is_answer(),
    });
    let causes = beliefs.probabilities.ranked().into_iter().map(|(position, probability)| ExplainedCause {
        id: knowledge.causes[position].id.to_string(),
        prior: beliefs.prior.of(position),
        shares: beliefs.arguments.iter().map(|argument| argument.shares[position]).collect(),
        sum: beliefs.logarithm(position),
        probability,
    });
    let questions = ranking::rated_questions(&situation, &beliefs).into_iter().map(|(worth, gain, question)| ExplainedQuestion {
        id: question.id.to_string(),
        gain,
        effort: question.effort,
        worth,
    });
    Explanation {
        code: situation.code,
        recognised: situation.is_recognised(),
        prior_weight: beliefs.prior_weight,
        sharpness: beliefs.sharpness,
        arguments: arguments.collect(),
        causes: causes.collect(),
        questions: questions.collect(),
    }
}
