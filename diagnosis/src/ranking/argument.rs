//! What one finding or answer says about every cause.

use super::distribution::Distribution;
use super::situation::Situation;
use crate::evidence::What;
use crate::id::{CauseIndex, CueIndex, FactIndex, SignatureId, SystemIndex};
use crate::knowledge::{Answer, Cause, Knowledge, Question, Weighted};
use crate::likelihood::Likelihood;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// How much of the belief a message leaves at least to causes that its author did not think of, and how much at most.
const UNTHOUGHT_SHARE: RangeInclusive<f64> = 0.08..=0.25;
/// The same for a cue or a fact, which say less.
const UNTHOUGHT_SHARE_OF_HINTS: RangeInclusive<f64> = 0.15..=0.8;
/// The weight of a message that healthy systems print too.
const CORROBORATING_WEIGHT: f64 = 0.7;
/// A list of which none stands out by at least one in so many leaves more to the causes that are not on it: it excludes little.
const SHARP_ENOUGH: f64 = 3.0;
/// The weight of a fact beside that of a message.
const FACT_WEIGHT: f64 = 0.8;
/// The weight of a cue beside that of a message: people guess, and say what they were told.
const CUE_WEIGHT: f64 = 0.65;

/// How much a word counts: what resemblance adds to the logarithm of a share for each unit of BM25; and how much of that beside a message.
const RESEMBLANCE_WEIGHT: f64 = 0.17;
const WORDS_WEIGHT_BESIDE_MESSAGES: f64 = 0.45;
/// Fewer words tell nothing.
const LEAST_WORDS: usize = 4;

/// Stands for all words together where a finding has its id.
const WORDS: &str = "words";
/// So many words are shown.
const MOST_WORDS_SHOWN: usize = 6;

/// What one finding or answer says.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub source: Source,
    /// For messages and facts P(cause | this), for answers P(this | cause), by cause.
    pub shares: Vec<f64>,
    /// How much it counts: less than 1 beside others that say the same.
    pub weight: f64,
}

/// Where an argument comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Message {
        id: SignatureId,
        system: SystemIndex,
    },
    Fact(FactIndex),
    Cue(CueIndex),
    Answer {
        question: usize,
        option: usize,
    },
    /// The words of the text, all together.
    Words,
}

impl Argument {
    /// What it says about `cause`, in natural logarithms, weighed.
    pub fn logarithm(&self, cause: usize) -> f64 {
        self.weight * self.shares[cause].ln()
    }

    /// Whether a message gives it.
    pub fn is_of_message(&self) -> bool {
        matches!(self.source, Source::Message { .. })
    }
}

/// All arguments of a situation, messages first.
pub(super) fn arguments(situation: &Situation<'_>) -> Vec<Argument> {
    let knowledge = situation.knowledge;
    let mut arguments = messages(situation);
    arguments.extend(situation.facts().filter(|(_, meaning)| !meaning.causes.is_empty()).map(|(index, meaning)| Argument {
        source: Source::Fact(index),
        shares: shares_given_this(&meaning.causes, knowledge.causes.len(), &UNTHOUGHT_SHARE_OF_HINTS),
        weight: FACT_WEIGHT,
    }));
    let words_weight = if arguments.iter().any(Argument::is_of_message) { WORDS_WEIGHT_BESIDE_MESSAGES } else { 1.0 };
    arguments.extend(cues(situation));
    arguments.extend(words(situation, words_weight));
    arguments.extend(situation.answers.meaningful(knowledge).filter(|(_, answer)| answer.code.is_none()).filter_map(|(question, answer)| {
        let option = question.options.iter().position(|candidate| candidate.id == answer.id)?;
        let source = Source::Answer { question: knowledge.questions.iter().position(|candidate| candidate.id == question.id)?, option };
        Some(Argument { source, shares: answer_shares(question, knowledge).swap_remove(option), weight: 1.0 })
    }));
    arguments
}

/// The cues' arguments, the sharpest first: people say one thing in several ways, so the second for the same cause counts less.
fn cues(situation: &Situation<'_>) -> Vec<Argument> {
    let knowledge = situation.knowledge;
    let mut arguments: Vec<_> = situation
        .evidence
        .cues()
        .filter(|index| !knowledge.cues[index.position()].causes.is_empty())
        .map(|index| Argument {
            source: Source::Cue(index),
            shares: shares_given_this(&knowledge.cues[index.position()].causes, knowledge.causes.len(), &UNTHOUGHT_SHARE_OF_HINTS),
            weight: CUE_WEIGHT,
        })
        .collect();
    arguments.sort_by(|a, b| vagueness(a).total_cmp(&vagueness(b)));
    let mut heard = BTreeMap::<usize, f64>::new();
    for argument in &mut arguments {
        let favourite = Distribution::from_weights(argument.shares.clone()).ranked().first().map_or(0, |(cause, _)| *cause);
        let times = heard.entry(favourite).or_default();
        *times += 1.0;
        argument.weight /= *times;
    }
    arguments
}

/// What the words of the text say, because causes are written about in such words.
fn words(situation: &Situation<'_>, weight: f64) -> Option<Argument> {
    let terms = &situation.evidence.terms;
    let resemblances = situation.knowledge.resemblance.to_causes(terms, situation.knowledge.causes.len());
    let logarithms: Vec<f64> = resemblances.iter().map(|resemblance| RESEMBLANCE_WEIGHT * resemblance).collect();
    let shares = Distribution::from_logarithms(&logarithms).iter().collect();
    (terms.len() >= LEAST_WORDS).then_some(Argument { source: Source::Words, shares, weight })
}

/// How little an argument tells, in bits.
fn vagueness(argument: &Argument) -> f64 {
    Distribution::from_weights(argument.shares.clone()).entropy()
}

/// The messages' arguments: of each system the most frequent and sharpest counts in full, each further one less, a consequence not at all.
fn messages(situation: &Situation<'_>) -> Vec<Argument> {
    let count = situation.knowledge.causes.len();
    let mut arguments: Vec<_> = situation
        .messages()
        .filter(|message| !message.is_consequence)
        .filter(|message| !message.causes.is_empty())
        .map(|message| Argument {
            source: Source::Message { id: message.signature.id.clone(), system: message.signature.system },
            shares: shares_given_this(message.causes, count, &UNTHOUGHT_SHARE),
            weight: message.salience * if message.signature.corroborates { CORROBORATING_WEIGHT } else { 1.0 },
        })
        .collect();
    arguments.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| vagueness(a).total_cmp(&vagueness(b))));
    let mut heard = BTreeMap::<SystemIndex, f64>::new();
    for argument in &mut arguments {
        if let Source::Message { system, .. } = &argument.source {
            let times = heard.entry(*system).or_default();
            *times += 1.0;
            argument.weight /= *times;
        }
    }
    arguments
}

/// P(cause | this) for every cause, from the words of its author; what these leave open is shared by the causes that are not listed.
fn shares_given_this(causes: &Weighted<CauseIndex>, count: usize, unthought: &RangeInclusive<f64>) -> Vec<f64> {
    let total: f64 = causes.iter().map(|(_, likelihood)| likelihood.share()).sum();
    let greatest = causes.iter().map(|(_, likelihood)| likelihood.share() / total).fold(0.0, f64::max);
    let left = (1.0 - total).max(1.0 - SHARP_ENOUGH * greatest).clamp(*unthought.start(), *unthought.end());
    let mut shares = vec![left / count.saturating_sub(causes.len()).max(1) as f64; count];
    for (cause, likelihood) in causes {
        shares[cause.position()] = (1.0 - left) * likelihood.share() / total;
    }
    shares
}

/// P(answer | cause) for every answer of a question and every cause: its word, over the words of all answers.
pub(super) fn answer_shares(question: &Question, knowledge: &Knowledge) -> Vec<Vec<f64>> {
    let mut shares: Vec<Vec<f64>> = question.options.iter().map(|answer| said_words(answer, knowledge)).collect();
    for cause in 0..knowledge.causes.len() {
        let all: f64 = shares.iter().map(|words| words[cause]).sum();
        shares.iter_mut().for_each(|words| words[cause] /= all);
    }
    shares
}

/// How often an answer is given by its author's words, for every cause.
fn said_words(answer: &Answer, knowledge: &Knowledge) -> Vec<f64> {
    if let Some(code) = answer.code.filter(|_| answer.causes.is_empty()) {
        let of_code = |cause: &Cause| cause.codes.iter().find(|(status, _)| *status == code).map_or(Likelihood::Never, |(_, likelihood)| *likelihood);
        return knowledge.causes.iter().map(|cause| of_code(cause).share()).collect();
    }
    let mut words = vec![answer.otherwise.share(); knowledge.causes.len()];
    for (cause, likelihood) in &answer.causes {
        words[cause.position()] = likelihood.share();
    }
    words
}

impl Source {
    /// Whether it is an answer, whose shares are P(this | cause).
    pub fn is_answer(&self) -> bool {
        matches!(self, Self::Answer { .. })
    }

    /// The finding's id, as in the verdict.
    pub fn id(&self, knowledge: &Knowledge) -> String {
        match self {
            Self::Message { id, .. } => id.to_string(),
            Self::Fact(index) => knowledge.facts[index.position()].id.to_string(),
            Self::Cue(index) => knowledge.cues[index.position()].id.to_string(),
            Self::Words => WORDS.to_owned(),
            Self::Answer { question, option } => {
                let question = &knowledge.questions[*question];
                format!("{}={}", question.id, question.options[*option].id)
            }
        }
    }

    /// What it says of a cause, in a sentence.
    pub fn text(&self, situation: &Situation<'_>, cause: usize) -> String {
        let knowledge = situation.knowledge;
        match self {
            Self::Message { id, .. } => {
                let signature = knowledge.signatures.iter().find(|signature| signature.id == *id);
                signature.map(|signature| signature.words.summary.clone()).unwrap_or_default()
            }
            Self::Fact(wanted) => {
                let captures =
                    situation.evidence.findings.iter().find(|finding| finding.what == What::Fact(*wanted)).map(|finding| &finding.captures);
                let mut text = knowledge.facts[wanted.position()].title.clone();
                for (name, value) in captures.into_iter().flatten() {
                    text = text.replace(&format!("{{{name}}}"), value);
                }
                text
            }
            Self::Cue(index) => knowledge.cues[index.position()].says.clone(),
            Self::Words => {
                let speaking = knowledge.resemblance.speaking_for(&situation.evidence.terms, cause);
                match speaking.is_empty() {
                    true => "None of the words that are usual for it.".to_owned(),
                    false => format!("Words that are usual for it: {}.", speaking[..speaking.len().min(MOST_WORDS_SHOWN)].join(", ")),
                }
            }
            Self::Answer { question, option } => {
                let question = &knowledge.questions[*question];
                format!("{} {}", question.text, question.options[*option].text)
            }
        }
    }
}
