//! The probability of each cause.

use super::argument::{Argument, Source, arguments};
use super::distribution::Distribution;
use super::situation::Situation;
use crate::knowledge::Knowledge;

/// The share of incidents with a code whose cause nobody listed for that code.
const UNLISTED_SHARE: f64 = 0.002;
/// How much the prior still counts once a message, or else a hint, has spoken: its author already thought of what is common.
const PRIOR_WEIGHT_BESIDE_MESSAGES: f64 = 0.2;
const PRIOR_WEIGHT_BESIDE_HINTS: f64 = 0.5;
/// Authors hedge: what speaks for a cause counts more than they write. Fitted to incidents whose cause is known.
const SHARPNESS: f64 = 1.45;

/// What is believed of the causes, and why.
pub(crate) struct CauseBeliefs {
    pub probabilities: Distribution,
    pub arguments: Vec<Argument>,
    pub prior: Distribution,
    /// How much the prior counts.
    pub prior_weight: f64,
    /// By what all logarithms are multiplied.
    pub sharpness: f64,
}

/// Weighs all arguments of a situation against what is common.
pub(crate) fn rank(situation: &Situation<'_>) -> CauseBeliefs {
    let prior = prior(situation.knowledge, situation.code);
    let arguments = arguments(situation);
    let heard = arguments.iter().any(Argument::is_of_message);
    let is_told = arguments.iter().any(|argument| matches!(argument.source, Source::Fact(_) | Source::Cue(_)));
    let prior_weight = match (heard, is_told) {
        (true, _) => PRIOR_WEIGHT_BESIDE_MESSAGES,
        (false, true) => PRIOR_WEIGHT_BESIDE_HINTS,
        (false, false) => 1.0,
    };
    let sharpness = if heard || is_told { SHARPNESS } else { 1.0 };
    let unweighed = CauseBeliefs { probabilities: prior.clone(), arguments, prior, prior_weight, sharpness };
    let logarithms: Vec<f64> = (0..situation.knowledge.causes.len()).map(|cause| unweighed.logarithm(cause)).collect();
    CauseBeliefs { probabilities: Distribution::from_logarithms(&logarithms), ..unweighed }
}

/// How common each cause is, given the code; over all codes where none is known.
fn prior(knowledge: &Knowledge, code: Option<u16>) -> Distribution {
    let share = |cause: &crate::knowledge::Cause| {
        let of_code =
            |status: u16| cause.codes.iter().find(|(listed, _)| *listed == status).map_or(UNLISTED_SHARE, |(_, likelihood)| likelihood.share());
        match code {
            Some(status) => of_code(status),
            None => UNLISTED_SHARE + cause.codes.iter().map(|(status, _)| of_code(*status)).sum::<f64>(),
        }
    };
    Distribution::from_weights(knowledge.causes.iter().map(share).collect())
}

impl CauseBeliefs {
    /// What speaks for a cause in all, in natural logarithms.
    pub fn logarithm(&self, cause: usize) -> f64 {
        let said: f64 = self.arguments.iter().map(|argument| argument.logarithm(cause)).sum();
        self.sharpness * (self.prior_weight * self.prior.of(cause).ln() + said)
    }

    /// How much `argument` speaks for (above zero) or against `cause`, in natural logarithms, beside what was expected.
    pub fn weight_of(&self, argument: &Argument, cause: usize) -> f64 {
        let expected: f64 = match argument.source {
            Source::Message { .. } | Source::Fact(_) | Source::Cue(_) | Source::Words => 1.0 / argument.shares.len() as f64,
            Source::Answer { .. } => argument.shares.iter().zip(self.prior.iter()).map(|(share, prior)| share * prior).sum(),
        };
        argument.weight * (argument.shares[cause] / expected).ln()
    }
}
