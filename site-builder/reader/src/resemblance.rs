//! Which words speak for which cause, counted from what content says of each: its page, the answers and cues that speak for it, and
//! what the messages mean that it usually causes.
//!
//! BM25 with its usual parameters (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), a cause being a document.

use crate::draft::{Draft, Entry};
use crate::form::{CauseForm, Words};
use crate::parallel;
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
const MOST_TERMS_OF_A_CAUSE: usize = 200;

/// Counts the words of a draft; causes are numbered in its order.
pub(crate) fn of(draft: &Draft) -> Resemblance {
    let mut texts: Vec<Vec<Said<'_>>> = draft.causes.iter().map(texts_of).collect();
    let positions: HashMap<&str, usize> = draft.causes.iter().enumerate().map(|(position, entry)| (entry.id.as_str(), position)).collect();
    for option in draft.questions.iter().flat_map(|question| question.form.options.iter()) {
        for position in positions_of(&option.causes, Likelihood::Often, &positions) {
            texts[position].push(Said { text: &option.text, times: TIMES_OF_SHORT_TEXTS });
        }
    }
    for (_, cue) in &draft.cues {
        for position in positions_of(&cue.causes, Likelihood::Usually, &positions) {
            texts[position].push(Said { text: &cue.says, times: TIMES_OF_SHORT_TEXTS });
            texts[position].extend(cue.said.iter().map(|wording| Said { text: wording, times: 1 }));
        }
    }
    for message in &draft.messages {
        for position in positions_of(&message.form.causes, Likelihood::Usually, &positions) {
            texts[position].push(Said { text: &message.form.summary, times: 1 });
        }
    }
    let passed_over: HashSet<&str> = draft.words.vocabulary.of_no_weight.iter().map(|word| stem(word)).collect();
    weighed(&parallel::each(texts.len(), |position| counted(&texts[position], &passed_over)))
}

/// A text about a cause, and how often it counts.
struct Said<'d> {
    text: &'d str,
    times: u32,
}

/// What a cause's page says, but for commands and configuration.
fn texts_of(entry: &Entry<CauseForm>) -> Vec<Said<'_>> {
    let form = &entry.form;
    let mut texts = vec![form.title.as_str(), form.summary.as_str(), &entry.body];
    texts.extend(form.sequence.iter().map(|step| step.says.as_str()));
    texts.extend(form.checks.iter().map(|check| check.shows.as_str()));
    texts.extend(form.fixes.iter().map(|fix| fix.action.as_str()));
    texts.extend(form.prevention.iter().map(String::as_str));
    texts.extend(form.mistaken_for.iter().map(|mistaken| mistaken.tell.as_str()));
    texts.into_iter().map(|text| Said { text, times: 1 }).collect()
}

/// The causes that are at least so likely.
fn positions_of(causes: &Words, least: Likelihood, positions: &HashMap<&str, usize>) -> Vec<usize> {
    causes.iter().filter(|word| word.likelihood >= least).filter_map(|word| positions.get(word.id.as_str()).copied()).collect()
}

/// How often each word is said; words whose stem is passed over speak for no cause.
fn counted(texts: &[Said<'_>], passed_over: &HashSet<&str>) -> HashMap<String, u32> {
    let mut counted = HashMap::new();
    for Said { text, times } in texts {
        words(text).for_each(|word| *counted.entry(word).or_default() += times);
    }
    counted.retain(|word, _| !passed_over.contains(stem(word)));
    counted
}

/// The weights of the words that are said of each cause.
fn weighed(words: &[HashMap<String, u32>]) -> Resemblance {
    let documents: Vec<HashMap<&str, u32>> = words.iter().map(by_stem).collect();
    let lengths: Vec<f64> = documents.iter().map(|document| document.values().map(|times| f64::from(*times)).sum()).collect();
    let usual_length = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
    let mut holding = HashMap::<&str, u32>::new();
    for stem in documents.iter().flat_map(HashMap::keys) {
        *holding.entry(stem).or_default() += 1;
    }
    let count = documents.len() as f64;
    let rarities: HashMap<&str, f64> =
        holding.into_iter().map(|(stem, holding)| (stem, ((count - f64::from(holding) + 0.5) / (f64::from(holding) + 0.5)).ln_1p())).collect();
    let mut speaking = BTreeMap::<&str, Vec<(CauseIndex, u8)>>::new();
    for (position, (document, length)) in documents.iter().zip(&lengths).enumerate() {
        let Some(cause) = CauseIndex::new(position) else { break };
        let for_length = SATURATION * (1.0 - LENGTH_WEIGHT + LENGTH_WEIGHT * length / usual_length.max(1.0));
        let weight = |times: u32| f64::from(times) * (SATURATION + 1.0) / (f64::from(times) + for_length);
        let mut weighed: Vec<_> = document.iter().map(|(stem, times)| (rarities[stem] * weight(*times), *stem)).collect();
        weighed.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        for (weight, stem) in weighed.into_iter().take(MOST_TERMS_OF_A_CAUSE) {
            speaking.entry(stem).or_default().push((cause, in_parts(weight)));
        }
    }
    let forms = usual_forms(words, &speaking);
    Resemblance { terms: forms.into_iter().zip(speaking.into_values()).map(|(word, speaks_for)| Term { word, speaks_for }).collect() }
}

/// How often each stem is said.
fn by_stem(words: &HashMap<String, u32>) -> HashMap<&str, u32> {
    let mut stems = HashMap::with_capacity(words.len());
    words.iter().for_each(|(word, times)| *stems.entry(stem(word)).or_default() += times);
    stems
}

/// The form in which each stem that speaks is written most often; of equals the first in the alphabet.
fn usual_forms<T>(words: &[HashMap<String, u32>], speaking: &BTreeMap<&str, T>) -> Vec<String> {
    let mut forms = HashMap::<&str, u32>::new();
    words.iter().flatten().for_each(|(word, times)| *forms.entry(word).or_default() += times);
    let mut usual = HashMap::<&str, (u32, &str)>::new();
    for (word, times) in forms {
        let best = usual.entry(stem(word)).or_insert((times, word));
        if (times, std::cmp::Reverse(word)) > (best.0, std::cmp::Reverse(best.1)) {
            *best = (times, word);
        }
    }
    speaking.keys().map(|stem| usual.get(stem).map_or(*stem, |(_, word)| word).to_owned()).collect()
}

/// A weight in whole parts; the greatest is about 9.
fn in_parts(weight: f64) -> u8 {
    (weight * PARTS).round().clamp(0.0, f64::from(u8::MAX)) as u8
}
