//! Which words speak for which cause: those that the knowledge base itself uses when it writes about a cause, and seldom about others.
//!
//! A text that resembles what is written about a cause is a weak argument for it; where people tell what happens in words
//! that no message and no cue foresees, it is the only one. The weights are those of BM25.

use crate::id::{CauseIndex, TermIndex};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A word has at least so many bytes.
const SHORTEST: usize = 3;
/// A number counts if it has so many digits, as a status has.
const DIGITS_OF_STATUS: usize = 3;
/// Endings that make no difference, the longer first.
const ENDINGS: [&str; 11] = ["ingly", "edly", "ing", "ied", "ies", "ers", "ed", "es", "er", "ly", "s"];
/// What is left without its ending has at least so many bytes.
const SHORTEST_STEM: usize = 3;
/// Of the words of a text so many speak for a cause; a long log holds some of any.
const MOST_WORDS: usize = 12;
/// Of the terms of a text so many are kept: a link holds them.
const MOST_TERMS: usize = 64;
/// [`Term::speaks_for`] counts in these parts of a BM25 weight.
pub const PARTS: f64 = 2.0;

/// Words that speak for causes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Resemblance {
    /// The words; none has the same stem as another.
    #[serde(with = "crate::columns::terms")]
    pub terms: Vec<Term>,
}

/// A word that speaks for some causes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Term {
    /// The word, as it is written most often.
    pub word: String,
    /// The causes, each with the word's weight for it in parts ([`PARTS`]).
    pub speaks_for: Vec<(CauseIndex, u8)>,
}

impl Resemblance {
    /// The terms by the stem of their word.
    pub(crate) fn by_stem(&self) -> HashMap<String, TermIndex> {
        let stems = self.terms.iter().enumerate().filter_map(|(position, term)| Some((stem(&term.word).to_owned(), TermIndex::new(position)?)));
        stems.collect()
    }

    /// Those of some terms that tell most, in order.
    pub(crate) fn strongest(&self, terms: impl IntoIterator<Item = TermIndex>) -> Vec<TermIndex> {
        let strength = |term: TermIndex| self.terms.get(term.position()).and_then(|term| term.speaks_for.iter().map(|(_, weight)| *weight).max());
        let mut kept: Vec<_> = terms.into_iter().collect();
        kept.sort_by_key(|term| (std::cmp::Reverse(strength(*term)), *term));
        kept.truncate(MOST_TERMS);
        kept.sort_unstable();
        kept
    }

    /// How much a text with some of the terms resembles what is written about each of `causes`, in BM25 weights.
    pub(crate) fn to_causes(&self, terms: &[TermIndex], causes: usize) -> Vec<f64> {
        let mut weights = vec![Vec::new(); causes];
        for (cause, weight) in terms.iter().filter_map(|term| self.terms.get(term.position())).flat_map(|term| &term.speaks_for) {
            if let Some(weights) = weights.get_mut(cause.position()) {
                weights.push(*weight);
            }
        }
        let sum = |mut weights: Vec<u8>| {
            weights.sort_unstable_by(|a, b| b.cmp(a));
            weights.iter().take(MOST_WORDS).map(|weight| f64::from(*weight) / PARTS).sum()
        };
        weights.into_iter().map(sum).collect()
    }

    /// Those of some terms that speak for the cause at `cause`, the strongest first.
    pub(crate) fn speaking_for(&self, terms: &[TermIndex], cause: usize) -> Vec<&str> {
        let weight_of = |term: &Term| term.speaks_for.iter().find(|(index, _)| index.position() == cause).map(|(_, weight)| *weight);
        let mut speaking: Vec<_> =
            terms.iter().filter_map(|index| self.terms.get(index.position())).filter_map(|term| Some((weight_of(term)?, term))).collect();
        speaking.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.word.cmp(&b.1.word)));
        speaking.into_iter().map(|(_, term)| term.word.as_str()).collect()
    }
}

/// The words of a text in lower case, and its numbers of three digits.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_of_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    text.split(move |letter| !is_of_word(letter)).map(|word| word.trim_matches(['-', '_'])).filter(|word| counts(word)).map(str::to_ascii_lowercase)
}

fn counts(word: &str) -> bool {
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    match is_number {
        true => word.len() == DIGITS_OF_STATUS,
        false => word.len() >= SHORTEST && word.starts_with(|first: char| first.is_ascii_alphabetic()),
    }
}

/// A word without its ending, roughly: `closed`, `closes` and `closing` are the same.
pub fn stem(word: &str) -> &str {
    let stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
    stems.into_iter().find(|stem| stem.len() >= SHORTEST_STEM).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_the_same() {
        assert_eq!(["closed", "closes", "closing", "close"].map(stem), ["clos", "clos", "clos", "close"]);
        assert_eq!(["bus", "ring", "uses"].map(stem), ["bus", "ring", "use"]);
    }

    #[test]
    fn values_are_no_words() {
        let words: Vec<_> = words("GET /cart 502 in 60.1s from 10.0.0.7, keep-alive (idle)").collect();
        assert_eq!(words, ["get", "cart", "502", "from", "keep-alive", "idle"]);
    }

    #[test]
    fn only_the_strongest_words_count() {
        let cause = CauseIndex::new(0);
        let term = |number: usize| Term { word: format!("word{number}"), speaks_for: cause.map(|cause| (cause, PARTS as u8)).into_iter().collect() };
        let resemblance = Resemblance { terms: (0..40).map(term).collect() };
        let all: Vec<_> = (0..40).filter_map(TermIndex::new).collect();
        assert_eq!(resemblance.to_causes(&all, 2), [MOST_WORDS as f64, 0.0]);
    }
}
