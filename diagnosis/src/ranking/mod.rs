//! From findings and answers to probabilities.
//!
//! `situation` reads what is known for certain (status code, which messages count); `argument` turns each finding and
//! answer into what it says about every cause; `causes` weighs them against the prior; `place_and_shape` does the same
//! for where and how; `question` finds the question that would tell most.

mod argument;
mod causes;
mod distribution;
mod place_and_shape;
mod question;
mod situation;

pub(crate) use causes::{CauseBeliefs, rank};
pub(crate) use distribution::Distribution;
pub(crate) use place_and_shape::{place, shape};
pub use question::answer_chances;
pub(crate) use question::{next_question, rated_questions};
pub(crate) use situation::Situation;
