//! From all templates that were found to the findings that count.

use super::cues::{Cues, Meant};
use super::lines::Lines;
use super::normalise::Normalised;
use super::prose::{self, Said};
use super::scan::{Occurrence, Recogniser, Target};
use super::{Evidence, Finding, Position, What};
use crate::facts;
use crate::id::{FormatIndex, SignatureIndex, SystemIndex};
use crate::knowledge::{Format, Knowledge};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Holes that take what is left of a line, which is nothing to report.
const UNNAMED: [&str; 2] = ["message", "rest"];

/// Values by the name of their hole.
type Captures = BTreeMap<String, String>;

impl Recogniser<'_> {
    /// Reads `text` and says what was recognised in it. Any bytes will do.
    pub fn examine(&self, text: &[u8]) -> Evidence {
        let normalised = Normalised::of(text);
        let reading = Reading {
            knowledge: self.knowledge,
            text: &normalised.text,
            lines: Lines::of(&normalised.text),
            original_lines: Lines::of(text),
            normalised: &normalised,
        };
        let occurrences = self.occurrences(reading.text);
        let log_lines = reading.log_lines(&occurrences);
        let mut collected = Collected::default();
        for occurrence in most_specific(&occurrences) {
            reading.take(occurrence, &log_lines, &mut collected);
        }
        for log_line in log_lines.values() {
            reading.take_log_line(log_line, &mut collected);
            reading.take_telling_fields(log_line, self.told_by(log_line.index), &mut collected);
        }
        for (fact, span) in facts::from_responses(reading.text) {
            collected.facts.push((fact, reading.position(&span)));
        }
        reading.take_prose(&self.cues, &occurrences, &log_lines, &mut collected);
        collected.into_evidence(self.knowledge)
    }
}

/// A text that is being read.
struct Reading<'a> {
    knowledge: &'a Knowledge,
    text: &'a [u8],
    lines: Lines<'a>,
    original_lines: Lines<'a>,
    normalised: &'a Normalised<'a>,
}

/// A line of a known log format.
struct LogLine<'a> {
    index: FormatIndex,
    format: &'a Format,
    line: Range<usize>,
    captures: Captures,
    spans: BTreeMap<String, Range<usize>>,
}

/// Log lines by their first byte.
type LogLines<'a> = BTreeMap<usize, LogLine<'a>>;

impl<'a> Reading<'a> {
    fn log_lines(&self, occurrences: &[Occurrence]) -> LogLines<'a> {
        let mut log_lines = LogLines::new();
        let mut formats: Vec<_> = occurrences
            .iter()
            .filter_map(|occurrence| match occurrence.target {
                Target::Format(index) => Some((occurrence, index)),
                Target::Signature(_) | Target::Mark(_) | Target::Status(_) => None,
            })
            .collect();
        formats.sort_by_key(|(occurrence, _)| std::cmp::Reverse(occurrence.literal_length));
        for (occurrence, index) in formats {
            let line = self.lines.around(occurrence.found.span.start);
            log_lines.entry(line.start).or_insert_with(|| self.log_line(index, occurrence, line));
        }
        log_lines
    }

    fn log_line(&self, index: FormatIndex, occurrence: &Occurrence, line: Range<usize>) -> LogLine<'a> {
        let format = &self.knowledge.formats[index.position()];
        let own = occurrence.found.captures.iter().map(|capture| (capture.name.clone(), capture.span.clone()));
        let mut spans: BTreeMap<_, _> = own.filter(|(name, _)| !UNNAMED.contains(&name.as_str())).collect();
        spans.extend(self.field_spans(format, occurrence.found.span.start..line.end));
        let captures = spans.iter().map(|(name, span)| (name.clone(), self.value(span))).collect();
        LogLine { index, format, line, captures, spans }
    }

    fn value(&self, span: &Range<usize>) -> String {
        String::from_utf8_lossy(&self.text[span.clone()]).into_owned()
    }

    /// Where a stretch of the text stands in what the user gave.
    fn position(&self, span: &Range<usize>) -> Option<Position> {
        Some(self.original_lines.position(&self.normalised.original(span)))
    }

    /// The values of an occurrence's own holes.
    fn captures(&self, occurrence: &Occurrence) -> Captures {
        occurrence.found.captures.iter().map(|capture| (capture.name.clone(), self.value(&capture.span))).collect()
    }

    /// Where a format's fields stand in `range`.
    fn field_spans(&self, format: &Format, range: Range<usize>) -> impl Iterator<Item = (String, Range<usize>)> {
        let found = format.fields.iter().filter_map(move |field| field.find_in(self.text, range.clone()));
        found.flat_map(|found| found.captures).map(|capture| (capture.name, capture.span))
    }

    fn take(&self, occurrence: &Occurrence, log_lines: &LogLines<'_>, collected: &mut Collected) {
        let span = &occurrence.found.span;
        let at = self.position(span);
        match occurrence.target {
            Target::Signature(index) => {
                if let Some(captures) = self.signature_captures(index, occurrence, log_lines) {
                    let refinement = facts::address::refinement(&self.knowledge.signatures[index.position()], &captures);
                    collected.add(Finding { what: What::Signature(index, refinement), at, captures, times: 1 });
                }
            }
            Target::Mark(system) => collected.add(Finding { what: What::Mark(system), at, captures: self.captures(occurrence), times: 1 }),
            Target::Status(status) if self.stands_alone(span) => {
                collected.add_status(status, Finding { what: What::Status(status), at, captures: Captures::new(), times: 1 })
            }
            Target::Status(_) | Target::Format(_) => {}
        }
    }

    /// The values that a message and the line around it hold; `None` for a weak message outside its program's log line.
    fn signature_captures(&self, index: SignatureIndex, occurrence: &Occurrence, log_lines: &LogLines<'_>) -> Option<Captures> {
        let signature = &self.knowledge.signatures[index.position()];
        let line = self.lines.around(occurrence.found.span.start);
        let log_line = log_lines.get(&line.start);
        if signature.weak && log_line.is_none_or(|log_line| log_line.format.system != signature.system) {
            return None;
        }
        let mut captures = match log_line {
            Some(log_line) => log_line.captures.clone(),
            None => self.fields_of(signature.system, line),
        };
        captures.extend(self.captures(occurrence));
        facts::address::derive(&mut captures);
        Some(captures)
    }

    /// The fields that `system` writes behind its messages, for a line whose beginning is cut off.
    fn fields_of(&self, system: SystemIndex, line: Range<usize>) -> Captures {
        let formats = self.knowledge.formats.iter().filter(|format| format.system == system && format.identifies);
        formats.flat_map(|format| self.field_spans(format, line.clone())).map(|(name, span)| (name, self.value(&span))).collect()
    }

    /// Whether no digit or letter touches the span, so that `502` is not part of a longer number.
    fn stands_alone(&self, span: &Range<usize>) -> bool {
        let touches = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let before = span.start.checked_sub(1).and_then(|at| self.text.get(at));
        !touches(before) && !touches(self.text.get(span.end))
    }

    /// Takes the messages that the values of a line's fields amount to.
    fn take_telling_fields(&self, log_line: &LogLine<'_>, told: &[(SignatureIndex, usize)], collected: &mut Collected) {
        for &(index, condition) in told {
            let signature = &self.knowledge.signatures[index.position()];
            let Some(condition) = signature.log_lines.get(condition) else { continue };
            let fits = condition.fields.iter().all(|(name, pattern)| log_line.captures.get(name.as_str()).is_some_and(|value| pattern.fits(value)));
            if fits {
                let telling = condition.fields.first().and_then(|(name, _)| log_line.spans.get(name.as_str())).unwrap_or(&log_line.line);
                let mut captures = log_line.captures.clone();
                facts::address::derive(&mut captures);
                let refinement = facts::address::refinement(signature, &captures);
                collected.add(Finding { what: What::Signature(index, refinement), at: self.position(telling), captures, times: 1 });
            }
        }
    }

    /// Takes what people wrote between and around what programs wrote.
    fn take_prose(&self, cues: &Cues, occurrences: &[Occurrence], log_lines: &LogLines<'_>, collected: &mut Collected) {
        let of_programs = self.written_by_programs(occurrences, log_lines);
        let is_program = |word: &Range<usize>| {
            let last = of_programs.partition_point(|span| span.start <= word.start).checked_sub(1);
            last.is_some_and(|last| of_programs[last].end > word.start)
        };
        for said in prose::read(self.text, self.knowledge, cues, &is_program) {
            match said {
                Said::Words(Meant::Cue(index), span) => collected.add(self.spoken(What::Cue(index), &span)),
                Said::Words(Meant::System(index), span) => collected.add(self.spoken(What::Mention(index), &span)),
                Said::Status(status, span) if !collected.statuses.keys().any(|status| *status >= 500) => {
                    collected.add_status(status, self.spoken(What::Status(status), &span));
                }
                Said::Status(..) => {}
                Said::Seconds(seconds, span) => {
                    collected.facts.extend(facts::from_spoken_seconds(self.knowledge, seconds).map(|fact| (fact, self.position(&span))));
                }
            }
        }
    }

    /// The stretches that programs wrote: log lines in whole, messages alone; in order, none inside another.
    fn written_by_programs(&self, occurrences: &[Occurrence], log_lines: &LogLines<'_>) -> Vec<Range<usize>> {
        let of_message = occurrences.iter().filter(|occurrence| matches!(occurrence.target, Target::Signature(_)));
        let mut spans: Vec<_> =
            log_lines.values().map(|log_line| log_line.line.clone()).chain(of_message.map(|occurrence| occurrence.found.span.clone())).collect();
        spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        spans.retain(|span| {
            let reaches_further = span.end > end;
            end = end.max(span.end);
            reaches_further
        });
        spans
    }

    fn spoken(&self, what: What, span: &Range<usize>) -> Finding {
        Finding { what, at: self.position(span), captures: Captures::new(), times: 1 }
    }

    fn take_log_line(&self, log_line: &LogLine<'_>, collected: &mut Collected) {
        let at = self.position(&log_line.line);
        if log_line.format.identifies && !collected.by_what.contains_key(&What::Mark(log_line.format.system)) {
            collected.add(Finding { what: What::Mark(log_line.format.system), at, captures: Captures::new(), times: 1 });
        }
        let Some(status) = log_line.captures.get("status").and_then(|status| status.parse::<u16>().ok()) else { return };
        let Some(code) = self.knowledge.codes.iter().find(|code| code.status == status) else {
            *collected.statuses.entry(status).or_default() += 1;
            return;
        };
        let mut captures = log_line.captures.clone();
        facts::address::derive(&mut captures);
        collected.facts.extend(facts::from_log_line(self.knowledge, log_line.format.system, code.status, &captures).map(|fact| (fact, at)));
        collected.add_status(code.status, Finding { what: What::Status(code.status), at, captures, times: 1 });
    }
}

/// Drops each message that a more specific one covers in part or whole.
fn most_specific(occurrences: &[Occurrence]) -> Vec<&Occurrence> {
    let is_signature = |occurrence: &&Occurrence| matches!(occurrence.target, Target::Signature(_));
    let mut signatures: Vec<_> = occurrences.iter().filter(is_signature).collect();
    signatures.sort_by_key(|occurrence| (std::cmp::Reverse(occurrence.literal_length), occurrence.found.span.start));
    let mut covered = BTreeMap::<usize, usize>::new();
    let mut kept: Vec<_> = occurrences.iter().filter(|occurrence| !is_signature(occurrence)).collect();
    for occurrence in signatures {
        let span = &occurrence.found.span;
        let overlaps = covered.range(..span.end).next_back().is_some_and(|(_, &end)| end > span.start);
        if !overlaps {
            covered.insert(span.start, span.end);
            kept.push(occurrence);
        }
    }
    kept.sort_by_key(|occurrence| occurrence.found.span.start);
    kept
}

/// Findings while they are collected: each thing once.
#[derive(Default)]
struct Collected {
    findings: Vec<Finding>,
    by_what: BTreeMap<What, usize>,
    statuses: BTreeMap<u16, usize>,
    facts: Vec<(facts::Derived, Option<Position>)>,
}

impl Collected {
    fn add(&mut self, finding: Finding) {
        match self.by_what.get(&finding.what) {
            Some(&known) => self.findings[known].times += 1,
            None => {
                self.by_what.insert(finding.what, self.findings.len());
                self.findings.push(finding);
            }
        }
    }

    fn add_status(&mut self, status: u16, finding: Finding) {
        *self.statuses.entry(status).or_default() += 1;
        self.add(finding);
    }

    fn into_evidence(mut self, knowledge: &Knowledge) -> Evidence {
        let from_captures: Vec<_> = self
            .findings
            .iter()
            .filter(|finding| matches!(finding.what, What::Signature(..)))
            .flat_map(|finding| facts::from_captures(&finding.captures).map(|fact| (fact, finding.at)))
            .collect();
        let derived = std::mem::take(&mut self.facts).into_iter().chain(from_captures);
        for (fact, at) in derived {
            if let Some(index) = facts::index(knowledge, &fact) {
                self.add(Finding { what: What::Fact(index), at, captures: fact.captures, times: 1 });
            }
        }
        let place_in_text = |finding: &Finding| (finding.at, finding.what);
        self.findings.sort_by_key(place_in_text);
        Evidence { findings: self.findings, statuses: self.statuses }
    }
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
