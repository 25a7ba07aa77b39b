//! Cues: words that stand near each other in what people write.

use super::prose::Word;
use crate::id::CueIndex;
use crate::knowledge::{Knowledge, Negation};
use std::collections::HashMap;
use std::ops::Range;

/// A negation counts when it stands at most so many words before the cue's first word, or inside the cue.
const NEGATION_REACH: usize = 3;
/// Words that negate what follows.
const NEGATIONS: [&str; 17] = [
    "not", "never", "no", "without", "cannot", "can't", "doesn't", "don't", "didn't", "isn't", "wasn't", "won't", "aren't", "hasn't", "haven't",
    "nothing", "none",
];

/// The cues of a knowledge base, ready to be looked for.
pub(super) struct Cues {
    rules: Vec<Rule>,
    /// Rules and their groups by whole word.
    whole: HashMap<String, Vec<(usize, usize)>>,
    /// Rules and their groups by the beginning of a word.
    stems: HashMap<String, Vec<(usize, usize)>>,
}

struct Rule {
    index: CueIndex,
    groups: usize,
    within: usize,
    negation: Negation,
}

impl Cues {
    /// Prepares the cues of `knowledge`; none are left out unless there are too many to number.
    pub fn of(knowledge: &Knowledge) -> Self {
        let mut cues = Self { rules: Vec::new(), whole: HashMap::new(), stems: HashMap::new() };
        for (position, cue) in knowledge.cues.iter().enumerate() {
            let Some(index) = CueIndex::new(position) else { break };
            for (group, words) in cue.words.iter().enumerate() {
                for word in words {
                    let (map, key) = match word.strip_suffix('*') {
                        Some(stem) => (&mut cues.stems, stem),
                        None => (&mut cues.whole, word.as_str()),
                    };
                    map.entry(key.to_owned()).or_default().push((cues.rules.len(), group));
                }
            }
            cues.rules.push(Rule { index, groups: cue.words.len(), within: usize::from(cue.within), negation: cue.negation });
        }
        cues
    }

    /// The cues in a sentence, each once, with the stretch they cover.
    pub fn in_sentence(&self, sentence: &[Word]) -> Vec<(CueIndex, Range<usize>)> {
        let mut last = HashMap::<usize, Vec<Option<usize>>>::new();
        let mut found = Vec::new();
        for (position, word) in sentence.iter().enumerate() {
            for (rule, group) in self.hits(&word.text) {
                let known = &self.rules[rule];
                let seen = last.entry(rule).or_insert_with(|| vec![None; known.groups]);
                seen[group] = Some(position);
                let Some(stretch) = covered(seen, known.within) else { continue };
                if is_negated(sentence, &stretch) == (known.negation == Negation::Needed) || known.negation == Negation::Ignored {
                    let span = sentence[*stretch.start()].span.start..sentence[*stretch.end()].span.end;
                    if !found.iter().any(|(index, _)| *index == known.index) {
                        found.push((known.index, span));
                    }
                }
            }
        }
        found
    }

    fn hits(&self, word: &str) -> Vec<(usize, usize)> {
        let beginnings = word.char_indices().map(|(at, letter)| at + letter.len_utf8()).filter_map(|end| self.stems.get(&word[..end]));
        self.whole.get(word).into_iter().chain(beginnings).flatten().copied().collect()
    }
}

/// The words from the first to the last of all groups, if each was seen and they are near enough.
fn covered(seen: &[Option<usize>], within: usize) -> Option<std::ops::RangeInclusive<usize>> {
    let first = seen.iter().copied().min()??;
    let last = seen.iter().copied().max()??;
    (last - first <= within).then_some(first..=last)
}

fn is_negated(sentence: &[Word], stretch: &std::ops::RangeInclusive<usize>) -> bool {
    let from = stretch.start().saturating_sub(NEGATION_REACH);
    sentence[from..=*stretch.end()].iter().any(|word| NEGATIONS.contains(&word.text.as_str()))
}
