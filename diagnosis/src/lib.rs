//! The engine of fivexx: evidence in, verdict out. Pure: no input or output, no clock, no randomness.
//!
//! The way of the data:
//!
//! 1. [`knowledge`]: what content says, checked, references resolved; [`template`] is how a message is written down.
//! 2. [`evidence`]: [`evidence::Recogniser::examine`] finds all templates in a text in one pass and keeps what counts.
//! 3. [`facts`]: what the findings imply: kinds of address, durations that fit a timeout.
//! 4. `ranking`: every finding and answer becomes an argument; arguments against the prior give probabilities.
//! 5. [`conclude()`]: probabilities, reasons, commands ([`checks`], [`command`]) and the next question become a [`verdict::Verdict`].
//! 6. [`stored`]: knowledge as bytes, whole for the binary, in parts for the page.
//! 7. [`curl`]: the command that shows how an address answers, whose output is evidence again.
//! 8. [`explain`]: the numbers of every step, for authors.
//! 9. [`link`]: ids of findings and answers as a URL fragment, from which the same verdict comes again.

pub mod answers;
pub mod checks;
mod columns;
pub mod command;
mod conclude;
pub mod curl;
pub mod evidence;
pub mod explain;
pub mod facts;
pub mod id;
pub mod knowledge;
pub mod likelihood;
pub mod link;
mod ranking;
pub mod resemblance;
mod sentence;
pub mod stored;
pub mod template;
pub mod verdict;

pub use conclude::{advise, conclude};
pub use ranking::answer_chances;
pub use sentence::{sentence, within_sentence};
pub use stored::UnreadableKnowledge;
