//! What the user said to the checker's questions.

use crate::id::{OptionId, QuestionId};
use crate::knowledge::{Answer, Knowledge, Question};
use std::fmt;

/// The option that every question has besides its own: it changes nothing.
pub const UNKNOWN: &str = "unknown";

/// Answers, in the order in which they were given; each question once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(Vec<(QuestionId, OptionId)>);

/// An answer that the knowledge base does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownAnswer {
    /// No question has that id.
    Question {
        /// The id that was given.
        given: QuestionId,
        /// The ids there are.
        known: Vec<QuestionId>,
    },
    /// The question has no option with that id.
    Option {
        /// The question.
        question: QuestionId,
        /// The id that was given.
        given: OptionId,
        /// The ids there are.
        known: Vec<OptionId>,
    },
}

impl fmt::Display for UnknownAnswer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Question { given, known } => write!(out, "there is no question `{given}`; the questions are {}", listed(known)),
            Self::Option { question, given, known } => {
                write!(out, "`{given}` is no answer to `{question}`; the answers are {}, {UNKNOWN}", listed(known))
            }
        }
    }
}

impl std::error::Error for UnknownAnswer {}

fn listed<T: fmt::Display>(ids: &[T]) -> String {
    ids.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

impl Answers {
    /// Adds an answer; one to the same question is replaced.
    pub fn give(&mut self, knowledge: &Knowledge, question: QuestionId, option: OptionId) -> Result<(), UnknownAnswer> {
        let Some(asked) = knowledge.questions.iter().find(|candidate| candidate.id == question) else {
            return Err(UnknownAnswer::Question { given: question, known: knowledge.questions.iter().map(|question| question.id.clone()).collect() });
        };
        if option.as_str() != UNKNOWN && !asked.options.iter().any(|candidate| candidate.id == option) {
            return Err(UnknownAnswer::Option { question, given: option, known: asked.options.iter().map(|option| option.id.clone()).collect() });
        }
        self.take_back(&question);
        self.0.push((question, option));
        Ok(())
    }

    /// Removes the answer to a question.
    pub fn take_back(&mut self, question: &QuestionId) {
        self.0.retain(|(answered, _)| answered != question);
    }

    /// The answers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&QuestionId, &OptionId)> {
        self.0.iter().map(|(question, option)| (question, option))
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the question was answered, if only with "I don't know".
    pub fn has(&self, question: &QuestionId) -> bool {
        self.0.iter().any(|(answered, _)| answered == question)
    }

    /// The answers that say something, with their questions.
    pub(crate) fn meaningful<'k>(&self, knowledge: &'k Knowledge) -> impl Iterator<Item = (&'k Question, &'k Answer)> {
        self.0.iter().filter_map(|(question, option)| {
            let question = knowledge.questions.iter().find(|candidate| candidate.id == *question)?;
            Some((question, question.options.iter().find(|candidate| candidate.id == *option)?))
        })
    }
}
