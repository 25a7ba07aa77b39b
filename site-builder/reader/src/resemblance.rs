//! Which words speak for which cause, counted from what content says of each: its page, the answers and cues that speak for it.
//!
//! BM25 with its usual parameters (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), a cause being a document.

use crate::draft::{Draft, Entry};
use crate::form::{CauseForm, Words};
use diagnosis::id::CauseIndex;
use diagnosis::likelihood::Likelihood;
use diagnosis::resemblance::{PARTS, Resemblance, Term, stem, words};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How fast more of the same word counts less.
const SATURATION: f64 = 1.2;
/// How much the length of what is written about a cause is made up for.
const LENGTH_WEIGHT: f64 = 0.75;
/// An answer or a cue says in a few words what a page says in hundreds.
const TIMES_OF_SHORT_TEXTS: u32 = 3;
/// So many words of each cause are kept, the ones that tell most.
const MOST_TERMS_OF_A_CAUSE: usize = 120;

/// Counts the words of a draft; causes are numbered in its order.
pub(crate) fn of(draft: &Draft) -> Resemblance {
    let passed_over: HashSet<&str> = draft.words.vocabulary.of_no_weight.iter().map(|word| stem(word)).collect();
    let mut counted = Counted { documents: vec![HashMap::new(); draft.causes.len()], forms: BTreeMap::new(), passed_over };
    let positions: HashMap<&str, usize> = draft.causes.iter().enumerate().map(|(position, entry)| (entry.id.as_str(), position)).collect();
    for (position, entry) in draft.causes.iter().enumerate() {
        texts_of(entry).into_iter().for_each(|text| counted.add(position, text, 1));
    }
    for option in draft.questions.iter().flat_map(|question| question.form.options.iter()) {
        for position in positions_of(&option.causes, Likelihood::Often, &positions) {
            counted.add(position, &option.text, TIMES_OF_SHORT_TEXTS);
        }
    }
    for (_, cue) in &draft.cues {
        for position in positions_of(&cue.causes, Likelihood::Usually, &positions) {
            counted.add(position, &cue.says, TIMES_OF_SHORT_TEXTS);
            cue.said.iter().for_each(|wording| counted.add(position, wording, 1));
        }
    }
    counted.weighed()
}

/// What a cause's page says, but for commands and configuration.
fn texts_of(entry: &Entry<CauseForm>) -> Vec<&str> {
    let form = &entry.form;
    let mut texts = vec![form.title.as_str(), form.summary.as_str(), &entry.body];
    texts.extend(form.sequence.iter().map(|step| step.says.as_str()));
    texts.extend(form.checks.iter().map(|check| check.shows.as_str()));
    texts.extend(form.fixes.iter().map(|fix| fix.action.as_str()));
    texts.extend(form.prevention.iter().map(String::as_str));
    texts.extend(form.mistaken_for.iter().map(|mistaken| mistaken.tell.as_str()));
    texts
}

/// The causes that are at least so likely.
fn positions_of(causes: &Words, least: Likelihood, positions: &HashMap<&str, usize>) -> Vec<usize> {
    causes.iter().filter(|word| word.likelihood >= least).filter_map(|word| positions.get(word.id.as_str()).copied()).collect()
}

/// How often each stem stands in what is said of each cause.
struct Counted<'d> {
    documents: Vec<HashMap<String, u32>>,
    /// How often each stem is written in which form.
    forms: BTreeMap<String, BTreeMap<String, u32>>,
    /// Stems that speak for no cause.
    passed_over: HashSet<&'d str>,
}

impl Counted<'_> {
    fn add(&mut self, document: usize, text: &str, times: u32) {
        for word in words(text).filter(|word| !self.passed_over.contains(stem(word))) {
            let stem = stem(&word).to_owned();
            *self.documents[document].entry(stem.clone()).or_default() += times;
            *self.forms.entry(stem).or_default().entry(word).or_default() += times;
        }
    }

    fn weighed(self) -> Resemblance {
        let lengths: Vec<f64> = self.documents.iter().map(|document| document.values().map(|times| f64::from(*times)).sum()).collect();
        let usual_length = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
        let mut holding = HashMap::<&str, u32>::new();
        for stem in self.documents.iter().flat_map(HashMap::keys) {
            *holding.entry(stem).or_default() += 1;
        }
        let count = self.documents.len() as f64;
        let rarity = |stem: &str| {
            let holding = f64::from(holding.get(stem).copied().unwrap_or_default());
            ((count - holding + 0.5) / (holding + 0.5)).ln_1p()
        };
        let mut speaking = BTreeMap::<&str, Vec<(CauseIndex, u8)>>::new();
        for (position, (document, length)) in self.documents.iter().zip(&lengths).enumerate() {
            let Some(cause) = CauseIndex::new(position) else { break };
            let for_length = SATURATION * (1.0 - LENGTH_WEIGHT + LENGTH_WEIGHT * length / usual_length.max(1.0));
            let weight = |times: u32| f64::from(times) * (SATURATION + 1.0) / (f64::from(times) + for_length);
            let mut weighed: Vec<_> = document.iter().map(|(stem, times)| (rarity(stem) * weight(*times), stem.as_str())).collect();
            weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
            for (weight, stem) in weighed.into_iter().take(MOST_TERMS_OF_A_CAUSE) {
                speaking.entry(stem).or_default().push((cause, in_parts(weight)));
            }
        }
        let terms = speaking.into_iter().map(|(stem, speaks_for)| Term { word: self.usual_form(stem), speaks_for });
        Resemblance { terms: terms.collect() }
    }

    /// The form in which a stem is written most often; of equals the first in the alphabet.
    fn usual_form(&self, stem: &str) -> String {
        let forms = self.forms.get(stem).into_iter().flatten();
        forms.max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map_or_else(|| stem.to_owned(), |(form, _)| form.clone())
    }
}

/// A weight in whole parts; the greatest is about 9.
fn in_parts(weight: f64) -> u8 {
    (weight * PARTS).round().clamp(0.0, f64::from(u8::MAX)) as u8
}
