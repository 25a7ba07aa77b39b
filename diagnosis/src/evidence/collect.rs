//! Findings while they are collected: each thing once, the first place counts.

use super::cues::Meant;
use super::examination::Examined;
use super::prose::{About, Said};
use super::{Evidence, Finding, Position, Quote, What};
use crate::facts;
use crate::id::{SystemIndex, TermIndex};
use crate::knowledge::Knowledge;
use std::collections::{BTreeMap, BTreeSet};

/// What was collected in a part of a text; places are counted from its beginning.
#[derive(Default)]
pub(super) struct Collected {
    found: BTreeMap<What, Found>,
    pub statuses: BTreeMap<u16, usize>,
    /// What people wrote, with its place and its line.
    pub said: Vec<(Position, Quote, Said)>,
    /// Words that speak for causes.
    pub terms: BTreeSet<TermIndex>,
    /// What people wrote about.
    pub about: About,
    /// How many lines end in the part.
    pub lines: usize,
    /// The bytes behind the last line end.
    pub tail: usize,
}

/// A finding, and the line in which it was made.
struct Found {
    finding: Finding,
    quote: Quote,
}

impl Collected {
    /// Counts something once more if it was found before.
    pub fn count(&mut self, what: What) -> bool {
        let known = self.found.get_mut(&what);
        let is_known = known.is_some();
        known.into_iter().for_each(|known| known.finding.times += 1);
        is_known
    }

    /// Adds what is found for the first time, or counts it.
    pub fn add(&mut self, finding: Finding, quote: impl FnOnce() -> Quote) {
        if !self.count(finding.what) {
            self.found.insert(finding.what, Found { finding, quote: quote() });
        }
    }

    /// Whether a message that tells of a failure was found.
    pub fn holds_failure(&self, knowledge: &Knowledge) -> bool {
        self.found.keys().any(|what| matches!(what, What::Signature(index, _) if knowledge.signatures[index.position()].is_failure()))
    }

    /// Counts the status of a response.
    pub fn count_status(&mut self, status: u16) {
        *self.statuses.entry(status).or_default() += 1;
    }

    /// Adds what the next part of the text holds.
    pub fn then(&mut self, next: Self) {
        let (lines, tail) = (self.lines, self.tail);
        let moved = |at: Position| {
            let behind = if at.line == 1 { tail } else { 0 };
            Position { line: at.line + lines, start: at.start + behind, end: at.end + behind }
        };
        for (what, mut later) in next.found {
            later.finding.at = later.finding.at.map(moved);
            match self.found.get_mut(&what) {
                Some(known) => known.finding.times += later.finding.times,
                None => {
                    if later.finding.at.is_some_and(|at| at.line == lines + 1) {
                        later.quote.start += tail;
                    }
                    self.found.insert(what, later);
                }
            }
        }
        for (status, times) in next.statuses {
            *self.statuses.entry(status).or_default() += times;
        }
        self.terms.extend(next.terms);
        self.about = self.about.max(next.about);
        self.said.extend(next.said.into_iter().map(|(at, quote, said)| (moved(at), quote, said)));
        self.tail = if next.lines == 0 { self.tail + next.tail } else { next.tail };
        self.lines += next.lines;
    }

    /// The evidence of the whole text.
    pub fn conclude(mut self, knowledge: &Knowledge) -> Examined {
        let reports_no_incident = self.reports_no_incident();
        self.take_said(knowledge);
        self.take_facts_of_messages(knowledge);
        let quotes = self.found.values().filter_map(|found| Some((found.finding.at?.line, found.quote.clone()))).collect();
        let mut findings: Vec<_> = self.found.into_values().map(|found| found.finding).collect();
        findings.sort_by_key(|finding| (finding.at, finding.what));
        Examined {
            evidence: Evidence { findings, statuses: self.statuses, terms: knowledge.resemblance.strongest(self.terms), reports_no_incident },
            quotes,
        }
    }

    /// Whether who wrote it reports no failure: he says so, or complains of nothing and shows nothing that a program wrote.
    fn reports_no_incident(&self) -> bool {
        let shows_program = || self.found.keys().any(|what| matches!(what, What::Mark(_) | What::Signature(..)));
        match self.about {
            About::Failure => false,
            About::Anything => !shows_program(),
            About::NoIncident => true,
        }
    }

    /// Takes what people wrote; a status that they name counts where the text shows none.
    fn take_said(&mut self, knowledge: &Knowledge) {
        let shows_none = !self.statuses.keys().any(|status| *status >= 500);
        for (at, quote, said) in std::mem::take(&mut self.said) {
            match said {
                Said::Words(Meant::Cue(index), _) => self.add(spoken(What::Cue(index), at), || quote),
                Said::Words(Meant::System(index), _) => self.add(spoken(What::Mention(index), at), || quote),
                Said::Status(status, _) if shows_none => {
                    self.count_status(status);
                    self.add(spoken(What::Status(status), at), || quote);
                }
                Said::Status(..) => {}
                Said::Seconds(seconds, _) => {
                    let fact = facts::from_spoken_seconds(knowledge, seconds);
                    fact.into_iter().for_each(|fact| self.add_fact(knowledge, fact, || at, || quote.clone()));
                }
            }
        }
    }

    fn take_facts_of_messages(&mut self, knowledge: &Knowledge) {
        let messages = self.found.values().filter(|found| matches!(found.finding.what, What::Signature(..)));
        let facts = messages.filter_map(|found| Some((found.finding.at?, facts::from_captures(&found.finding.captures), found.quote.clone())));
        let facts: Vec<_> = facts.flat_map(|(at, facts, quote)| facts.map(move |fact| (fact, at, quote.clone()))).collect();
        for (fact, at, quote) in facts {
            self.add_fact(knowledge, fact, || at, || quote);
        }
    }

    /// Adds a derived fact; the first place counts, in whatever order they come.
    pub fn add_fact(&mut self, knowledge: &Knowledge, fact: facts::Derived, at: impl FnOnce() -> Position, quote: impl FnOnce() -> Quote) {
        let Some(index) = facts::index(knowledge, &fact) else { return };
        let at = Some(at());
        let finding = Finding { what: What::Fact(index), at, captures: fact.captures, times: 1 };
        match self.found.get_mut(&finding.what) {
            Some(known) if known.finding.at > at => {
                let times = known.finding.times + 1;
                *known = Found { finding: Finding { times, ..finding }, quote: quote() };
            }
            _ => self.add(finding, quote),
        }
    }
}

fn spoken(what: What, at: Position) -> Finding {
    Finding { what, at: Some(at), captures: BTreeMap::new(), times: 1 }
}

impl Evidence {
    /// The systems that speak or are shown, each once, in the order of the text.
    pub fn systems(&self, knowledge: &Knowledge) -> Vec<SystemIndex> {
        let mut seen = BTreeSet::new();
        let systems = self.findings.iter().filter_map(|finding| match finding.what {
            What::Signature(index, _) => Some(knowledge.signatures[index.position()].system),
            What::Mark(system) => Some(system),
            What::Status(_) | What::Fact(_) | What::Cue(_) | What::Mention(_) => None,
        });
        systems.filter(|system| seen.insert(*system)).collect()
    }
}
