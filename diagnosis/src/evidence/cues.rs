//! Cues: words that stand near each other in what people write; among them the names by which they call systems.

use super::prose::Word;
use crate::id::{CueIndex, SystemIndex};
use crate::knowledge::{Knowledge, Negation};
use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

/// A negation counts when it stands at most so many words before the cue's first word, or inside the cue; a zero when it follows.
const NEGATION_REACH: usize = 3;

/// What a pattern of words stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meant {
    /// A cue.
    Cue(CueIndex),
    /// A system, called by its name.
    System(SystemIndex),
}

/// The word patterns of a knowledge base, ready to be looked for.
pub(super) struct Cues {
    rules: Vec<Rule>,
    /// Rules and their groups by whole word.
    whole: HashMap<String, Vec<(usize, usize)>>,
    /// Rules and their groups by the beginning of a word.
    stems: HashMap<String, Vec<(usize, usize)>>,
    negations: Vec<String>,
}

struct Rule {
    meant: Meant,
    groups: usize,
    within: usize,
    negation: Negation,
}

impl Cues {
    /// Prepares the patterns of `knowledge`; none are left out unless there are too many to number.
    pub fn of(knowledge: &Knowledge) -> Self {
        let negations = knowledge.vocabulary.negations.clone();
        let mut cues = Self { rules: Vec::new(), whole: HashMap::new(), stems: HashMap::new(), negations };
        for (position, cue) in knowledge.cues.iter().enumerate() {
            let Some(index) = CueIndex::new(position) else { break };
            for wording in &cue.wordings {
                cues.add(Meant::Cue(index), &wording.groups(&knowledge.word_classes), usize::from(cue.within), cue.negation);
            }
        }
        for (position, system) in knowledge.systems.iter().enumerate() {
            let Some(index) = SystemIndex::new(position) else { break };
            for name in &system.called {
                let groups = name.groups(&knowledge.word_classes);
                cues.add(Meant::System(index), &groups, groups.len().saturating_sub(1), Negation::Ignored);
            }
        }
        cues
    }

    fn add(&mut self, meant: Meant, wording: &[Vec<&str>], within: usize, negation: Negation) {
        let says_not = wording.iter().flatten().any(|word| self.negations.iter().any(|negation| negation == word));
        let negation = if says_not { Negation::Ignored } else { negation };
        for (group, words) in wording.iter().enumerate() {
            for word in words {
                let (map, key) = match word.strip_suffix('*') {
                    Some(stem) => (&mut self.stems, stem),
                    None => (&mut self.whole, *word),
                };
                map.entry(key.to_owned()).or_default().push((self.rules.len(), group));
            }
        }
        self.rules.push(Rule { meant, groups: wording.len(), within, negation });
    }

    /// What is meant in a sentence, each once, with the stretch that says it.
    pub fn in_sentence(&self, sentence: &[Word]) -> Vec<(Meant, Range<usize>)> {
        let mut last = HashMap::<usize, Vec<Option<usize>>>::new();
        let mut found: Vec<(Meant, Range<usize>)> = Vec::new();
        for (position, word) in sentence.iter().enumerate() {
            for (rule, group) in self.hits(&word.text) {
                let known = &self.rules[rule];
                let seen = last.entry(rule).or_insert_with(|| vec![None; known.groups]);
                seen[group] = Some(position);
                let Some(stretch) = covered(seen, known.within) else { continue };
                let counts = match known.negation {
                    Negation::Ignored => true,
                    Negation::Needed => self.is_negated(sentence, &stretch),
                    Negation::Cancels => !self.is_negated(sentence, &stretch),
                };
                if counts && !found.iter().any(|(meant, _)| *meant == known.meant) {
                    found.push((known.meant, sentence[*stretch.start()].span.start..sentence[*stretch.end()].span.end));
                }
            }
        }
        found
    }

    fn hits(&self, word: &str) -> Vec<(usize, usize)> {
        let word = unit_of(word).unwrap_or(word);
        let beginnings = word.char_indices().map(|(at, letter)| at + letter.len_utf8()).filter_map(|end| self.stems.get(&word[..end]));
        self.whole.get(word).into_iter().chain(beginnings).flatten().copied().collect()
    }

    fn is_negated(&self, sentence: &[Word], stretch: &RangeInclusive<usize>) -> bool {
        let from = stretch.start().saturating_sub(NEGATION_REACH);
        let is_counted_as_none = sentence.get(stretch.end() + 1).is_some_and(|word| word.text == "0");
        is_counted_as_none || sentence[from..=*stretch.end()].iter().any(|word| self.negations.contains(&word.text))
    }
}

/// The unit of a duration such as `71s`, in full: to a cue it is a word like any other.
fn unit_of(word: &str) -> Option<&'static str> {
    let unit = word.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let has_number = unit.len() < word.len();
    let is_status = matches!(word.as_bytes(), [b'4' | b'5', tens, ones, b's'] if tens.is_ascii_digit() && ones.is_ascii_digit());
    match unit {
        // `503s` are responses, not seconds.
        _ if is_status => None,
        "s" | "sec" | "secs" if has_number => Some("seconds"),
        "m" | "min" | "mins" if has_number => Some("minutes"),
        "h" | "hr" | "hrs" if has_number => Some("hours"),
        _ => None,
    }
}

/// The words from the first to the last of all groups, if each group was seen in a word of its own and they are near enough.
fn covered(seen: &[Option<usize>], within: usize) -> Option<RangeInclusive<usize>> {
    let mut places = seen.iter().copied().collect::<Option<Vec<_>>>()?;
    places.sort_unstable();
    let is_distinct = places.windows(2).all(|pair| pair[0] != pair[1]);
    let (first, last) = (*places.first()?, *places.last()?);
    (is_distinct && last - first <= within).then_some(first..=last)
}
