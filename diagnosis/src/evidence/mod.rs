//! Evidence: what was recognised in the text that a user pasted.
//!
//! `examination` cuts a text into blocks, so that memory stays constant; `reading` reads one: `normalise` peels off what
//! carriers of the text added; `scan` finds all templates of the knowledge base in one pass, by their `anchors`; `prose` and
//! `cues` read what people write between log lines. `collect` keeps of all that what counts, once each.

mod anchors;
mod collect;
mod cues;
mod examination;
mod lines;
mod normalise;
mod number;
mod prose;
mod quote;
mod reading;
mod scan;
mod wrapped;

pub use examination::{Block, Blocks, Examination, Examined, Gathered};
pub use quote::Quote;
pub use scan::Recogniser;

use crate::id::{CueIndex, FactIndex, SignatureIndex, SystemIndex, TermIndex};
use std::collections::BTreeMap;

/// Everything that was recognised in a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// In the order in which they stand in the text; each thing once.
    pub findings: Vec<Finding>,
    /// Statuses that the text shows as those of a response, healthy ones too, with the number of times.
    pub statuses: BTreeMap<u16, usize>,
    /// Words that speak for causes, in the order of the knowledge base.
    pub terms: Vec<TermIndex>,
    /// Whether who wrote it reports no failure, but a wish, news or a change: then a code that it names is none that somebody got.
    pub reports_no_incident: bool,
}

/// One thing that was recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is.
    pub what: What,
    /// Where it stands first; nowhere when it was taken from a link.
    pub at: Option<Position>,
    /// Values read from it and from the line around it.
    pub captures: BTreeMap<String, String>,
    /// How many times it occurs.
    pub times: usize,
}

/// What a finding is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A message, with the position of the refinement that its captures asked for.
    Signature(SignatureIndex, Option<u8>),
    /// A text by which a system shows itself.
    Mark(SystemIndex),
    /// The status of a response.
    Status(u16),
    /// A fact derived from other findings.
    Fact(FactIndex),
    /// Something that people write.
    Cue(CueIndex),
    /// A system that people name.
    Mention(SystemIndex),
}

/// A stretch of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line number, from 1.
    pub line: usize,
    /// First byte in the line.
    pub start: usize,
    /// Byte after the last, in the same line.
    pub end: usize,
}

impl Evidence {
    /// The findings of messages.
    pub fn signatures(&self) -> impl Iterator<Item = (SignatureIndex, Option<u8>, &Finding)> {
        self.findings.iter().filter_map(|finding| match finding.what {
            What::Signature(index, refinement) => Some((index, refinement, finding)),
            What::Mark(_) | What::Status(_) | What::Fact(_) | What::Cue(_) | What::Mention(_) => None,
        })
    }

    /// Whether the message was found.
    pub fn has_signature(&self, wanted: SignatureIndex) -> bool {
        self.signatures().any(|(index, _, _)| index == wanted)
    }

    /// The derived facts.
    pub fn facts(&self) -> impl Iterator<Item = (FactIndex, &Finding)> {
        self.findings.iter().filter_map(|finding| match finding.what {
            What::Fact(index) => Some((index, finding)),
            What::Signature(..) | What::Mark(_) | What::Status(_) | What::Cue(_) | What::Mention(_) => None,
        })
    }

    /// The cues.
    pub fn cues(&self) -> impl Iterator<Item = CueIndex> {
        self.findings.iter().filter_map(|finding| match finding.what {
            What::Cue(index) => Some(index),
            What::Signature(..) | What::Mark(_) | What::Status(_) | What::Fact(_) | What::Mention(_) => None,
        })
    }

    /// The systems that people name.
    pub fn mentions(&self) -> impl Iterator<Item = SystemIndex> {
        self.findings.iter().filter_map(|finding| match finding.what {
            What::Mention(index) => Some(index),
            What::Signature(..) | What::Mark(_) | What::Status(_) | What::Fact(_) | What::Cue(_) => None,
        })
    }

    /// Adds what was recognised in a later part of the same text, of which `lines_before` lines stand before that part.
    pub fn merge(&mut self, later: Self, lines_before: usize) {
        for mut finding in later.findings {
            if let Some(known) = self.findings.iter_mut().find(|known| known.what == finding.what) {
                known.times += finding.times;
                continue;
            }
            if let Some(at) = &mut finding.at {
                at.line += lines_before;
            }
            self.findings.push(finding);
        }
        for (status, times) in later.statuses {
            *self.statuses.entry(status).or_default() += times;
        }
        self.terms.extend(later.terms);
        self.terms.sort_unstable();
        self.terms.dedup();
        self.reports_no_incident |= later.reports_no_incident;
    }

    /// The value that was read first for a name, such as `upstream_port`.
    pub fn capture(&self, name: &str) -> Option<&str> {
        self.findings.iter().find_map(|finding| finding.captures.get(name)).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(status: u16, line: usize) -> Evidence {
        let at = Some(Position { line, start: 0, end: 3 });
        let finding = Finding { what: What::Status(status), at, captures: BTreeMap::new(), times: 2 };
        Evidence { findings: vec![finding], statuses: BTreeMap::from([(status, 2)]), ..Evidence::default() }
    }

    #[test]
    fn parts_of_a_text_add_up() {
        let mut whole = evidence(502, 1);
        whole.merge(evidence(502, 4), 10);
        whole.merge(evidence(504, 4), 10);
        let found: Vec<_> = whole.findings.iter().map(|finding| (finding.what, finding.at.map(|at| at.line), finding.times)).collect();
        assert_eq!(found, [(What::Status(502), Some(1), 4), (What::Status(504), Some(14), 2)]);
        assert_eq!(whole.statuses, BTreeMap::from([(502, 4), (504, 2)]));
    }
}
