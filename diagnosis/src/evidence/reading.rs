//! Reading one block of a text: line by line, from the templates that were found to the findings that count.

use super::anchors::Hit;
use super::collect::Collected;
use super::examination::{Block, Gathered};
use super::lines::Lines;
use super::normalise::Normalised;
use super::scan::{Occurrence, Recogniser, Target};
use super::{Finding, Position, Quote, What, prose, wrapped};
use crate::facts;
use crate::id::{FormatIndex, SignatureIndex, SystemIndex};
use crate::knowledge::{Format, Knowledge};
use crate::resemblance;
use crate::template::Effort;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Holes that take what is left of a line, which is nothing to report.
const UNNAMED: [&str; 2] = ["message", "rest"];

/// Values by the name of their hole.
type Captures = BTreeMap<String, String>;

impl Recogniser<'_> {
    /// Reads one block of a text.
    pub fn read(&self, block: &Block<'_>) -> Gathered {
        let is_short = block.is_first && block.window.len() <= prose::LONGEST_PROSE;
        let whole = if is_short { wrapped::made_whole(&block.window) } else { Cow::Borrowed(&*block.window) };
        let normalised = Normalised::of(&whole);
        let original_lines = Lines::of(&block.window);
        let pieces = original_lines.continued().iter().map(|at| normalised.offset(*at)).collect();
        let reading = Reading {
            recogniser: self,
            knowledge: self.knowledge,
            text: &normalised.text,
            lines: Lines::in_pieces(&normalised.text, pieces),
            own: normalised.offset(block.own.start)..normalised.offset(block.own.end),
            read_in_full: if block.is_first { prose::LONGEST_PROSE } else { 0 },
            own_start: block.own.start,
            original: &block.window,
            original_lines,
            normalised: &normalised,
        };
        let mut collected = Collected::default();
        let of_programs = reading.take_lines(&mut collected);
        reading.take_responses(&mut collected);
        if block.is_first {
            let of_programs = outermost(of_programs);
            reading.take_prose(&of_programs, &mut collected);
            reading.take_terms(&of_programs, &mut collected);
        }
        collected.lines = reading.original_lines.line_ends_between(block.own.start, block.own.end);
        collected.tail =
            block.own.end - reading.original_lines.whole_line_start(reading.original_lines.start_around(block.own.end)).max(block.own.start);
        Gathered(collected)
    }
}

/// A block that is being read.
struct Reading<'a, 'k> {
    recogniser: &'a Recogniser<'k>,
    knowledge: &'k Knowledge,
    text: &'a [u8],
    lines: Lines<'a>,
    /// The bytes of the text that are the block, rather than what stands around it.
    own: Range<usize>,
    /// Up to here every line is read in full; behind it those that can tell of a failure.
    read_in_full: usize,
    /// Where the block begins in the original.
    own_start: usize,
    original: &'a [u8],
    original_lines: Lines<'a>,
    normalised: &'a Normalised<'a>,
}

/// A line, with what was read from it so far.
struct Line<'a> {
    line: Range<usize>,
    effort: Effort,
    log_line: Option<LogLine<'a>>,
    /// The fields of a line whose beginning is cut off, as this system writes them.
    fields_of: Option<(SystemIndex, Captures)>,
}

/// A line of a known log format.
struct LogLine<'a> {
    index: FormatIndex,
    format: &'a Format,
    /// Its own holes; those of its fields once they are asked for.
    spans: Vec<(&'a str, Range<usize>)>,
    format_start: usize,
    has_fields: bool,
}

impl<'a, 'k: 'a> Reading<'a, 'k> {
    /// Takes what the block's lines hold. Gives the stretches that programs wrote, as far as prose may reach: log lines in whole, messages alone.
    fn take_lines(&self, collected: &mut Collected) -> Vec<Range<usize>> {
        let (of_formats, hits) = self.recogniser.hits(self.text, &self.lines);
        let occurrences = self.occurrences(&hits);
        let of_message = occurrences.iter().filter(|occurrence| matches!(occurrence.target, Target::Signature(_)));
        let mut of_programs: Vec<_> =
            of_message.map(|occurrence| occurrence.found.span.clone()).take_while(|span| span.start < prose::LONGEST_PROSE).collect();
        let (mut of_formats, mut kept) = (of_formats.as_slice(), self.most_specific(&occurrences));
        kept.retain(|occurrence| self.own.contains(&occurrence.found.span.start));
        let mut kept = kept.as_slice();
        for line in self.lines.all().skip_while(|line| line.start < self.own.start).take_while(|line| line.start < self.own.end) {
            let hits_of_line = split_off(&mut of_formats, |hit| hit.start < line.end, |hit| hit.start < line.start);
            let kept_of_line = split_off(&mut kept, |kept| kept.found.span.start < line.end.max(line.start + 1), |_| false);
            if line.start >= self.read_in_full && kept_of_line.is_empty() && !self.recogniser.may_tell(self.text, &line, hits_of_line) {
                continue;
            }
            let line = self.line(line, hits_of_line);
            if line.log_line.is_some() && line.line.start < prose::LONGEST_PROSE {
                of_programs.push(line.line.clone());
            }
            self.take_line(line, kept_of_line, collected);
        }
        of_programs
    }

    /// All that is found in the window, in the order of the anchors.
    fn occurrences(&self, hits: &[Hit]) -> Vec<Occurrence<'a>> {
        let mut occurrences = Vec::new();
        let mut rest = hits;
        while let Some(hit) = rest.first() {
            let line = self.lines.around(hit.start);
            let of_line = split_off(&mut rest, |hit| hit.start < line.end.max(line.start + 1), |_| false);
            if of_line.is_empty() {
                // White space at the end of a line may begin a literal that does not fit there.
                rest = &rest[1..];
                continue;
            }
            self.recogniser.occurrences(self.text, &line, of_line, &mut occurrences);
        }
        occurrences
    }

    fn line(&self, line: Range<usize>, hits: &[Hit]) -> Line<'a> {
        let mut effort = Effort::for_line(line.len());
        let recogniser = self.recogniser;
        let log_line = recogniser.format_of_line(self.text, &line, hits, &mut effort).map(|(index, found)| LogLine {
            index,
            format: &self.knowledge.formats[index.position()],
            format_start: found.span.start,
            spans: found
                .captures
                .into_iter()
                .filter(|capture| !UNNAMED.contains(&capture.name))
                .map(|capture| (capture.name, capture.span))
                .collect(),
            has_fields: false,
        });
        Line { line, effort, log_line, fields_of: None }
    }

    fn take_line(&self, mut line: Line<'a>, kept: &[&Occurrence<'a>], collected: &mut Collected) {
        for occurrence in kept {
            self.take(occurrence, &mut line, collected);
        }
        if line.log_line.is_some() {
            self.take_log_line(&mut line, collected);
            self.take_telling_fields(&mut line, collected);
        }
    }

    fn take(&self, occurrence: &Occurrence<'a>, line: &mut Line<'a>, collected: &mut Collected) {
        let span = &occurrence.found.span;
        match occurrence.target {
            Target::Signature(index) => self.take_signature(index, occurrence, line, collected),
            Target::Mark(system) => self.add(What::Mark(system), span, || self.captures(occurrence), collected),
            Target::Status(status) if self.stands_alone(span) => {
                collected.count_status(status);
                self.add(What::Status(status), span, Captures::new, collected);
            }
            Target::Status(_) | Target::Format(_) => {}
        }
    }

    /// Takes a message, but for a weak one outside its program's log line.
    fn take_signature(&self, index: SignatureIndex, occurrence: &Occurrence<'a>, line: &mut Line<'a>, collected: &mut Collected) {
        let signature = &self.knowledge.signatures[index.position()];
        if signature.weak && line.log_line.as_ref().is_none_or(|log_line| log_line.format.system != signature.system) {
            return;
        }
        // Once a message is known, another of it needs its values only where they decide what it means.
        if signature.refinements.is_empty() && collected.count(What::Signature(index, None)) {
            return;
        }
        let mut captures = match line.log_line {
            Some(_) => self.captures_of_log_line(line),
            None => self.fields_of(signature.system, line),
        };
        captures.extend(self.captures(occurrence));
        facts::address::derive(&mut captures);
        let refinement = facts::address::refinement(signature, &captures);
        self.add(What::Signature(index, refinement), &occurrence.found.span, || captures, collected);
    }

    fn add(&self, what: What, span: &Range<usize>, captures: impl FnOnce() -> Captures, collected: &mut Collected) {
        if !collected.count(what) {
            let at = self.position(span);
            collected.add(Finding { what, at: Some(at), captures: captures(), times: 1 }, || self.quote(span));
        }
    }

    /// The values of an occurrence's own holes.
    fn captures(&self, occurrence: &Occurrence<'_>) -> Captures {
        occurrence.found.captures.iter().map(|capture| (capture.name.to_owned(), self.value(&capture.span))).collect()
    }

    fn captures_of_log_line(&self, line: &mut Line<'a>) -> Captures {
        self.find_fields(line);
        let spans = line.log_line.iter().flat_map(|log_line| &log_line.spans);
        spans.map(|(name, span)| ((*name).to_owned(), self.value(span))).collect()
    }

    /// Looks for the fields behind the beginning of a log line, once.
    fn find_fields(&self, line: &mut Line<'a>) {
        let Some(log_line) = line.log_line.as_mut().filter(|log_line| !log_line.has_fields) else {
            return;
        };
        log_line.has_fields = true;
        for field in &log_line.format.fields {
            let found = field.find_within(self.text, log_line.format_start..line.line.end, &mut line.effort);
            log_line.spans.extend(found.into_iter().flat_map(|found| found.captures).map(|capture| (capture.name, capture.span)));
        }
    }

    /// The fields that `system` writes behind its messages, for a line whose beginning is cut off.
    fn fields_of(&self, system: SystemIndex, line: &mut Line<'a>) -> Captures {
        if let Some((_, known)) = line.fields_of.as_ref().filter(|(known, _)| *known == system) {
            return known.clone();
        }
        let formats = self.knowledge.formats.iter().filter(|format| format.system == system && format.identifies);
        let mut captures = Captures::new();
        for field in formats.flat_map(|format| &format.fields) {
            let found = field.find_within(self.text, line.line.clone(), &mut line.effort);
            captures.extend(found.into_iter().flat_map(|found| found.captures).map(|capture| (capture.name.to_owned(), self.value(&capture.span))));
        }
        line.fields_of = Some((system, captures.clone()));
        captures
    }

    fn take_log_line(&self, line: &mut Line<'a>, collected: &mut Collected) {
        let Some(log_line) = &line.log_line else {
            return;
        };
        let format = log_line.format;
        if format.identifies {
            self.add(What::Mark(format.system), &line.line, Captures::new, collected);
        }
        if !log_line.spans.iter().any(|(name, _)| *name == "status") {
            self.find_fields(line);
        }
        let Some(status) = self.span_of(line, "status").and_then(|span| std::str::from_utf8(&self.text[span]).ok()?.parse::<u16>().ok()) else {
            return;
        };
        collected.count_status(status);
        let Some(code) = self.knowledge.codes.iter().find(|code| code.status == status) else {
            return;
        };
        let mut captures = self.captures_of_log_line(line);
        facts::address::derive(&mut captures);
        for fact in facts::from_log_line(self.knowledge, format.system, code.status, &captures) {
            collected.add_fact(self.knowledge, fact, || self.position(&line.line), || self.quote(&line.line));
        }
        self.add(What::Status(status), &line.line, || captures, collected);
    }

    /// Takes the messages that the values of a line's fields amount to.
    fn take_telling_fields(&self, line: &mut Line<'a>, collected: &mut Collected) {
        let Some(log_line) = &line.log_line else {
            return;
        };
        let told = self.recogniser.told_by(log_line.index);
        if told.is_empty() {
            return;
        }
        self.find_fields(line);
        for &(index, condition) in told {
            let signature = &self.knowledge.signatures[index.position()];
            let Some(condition) = signature.log_lines.get(condition) else {
                continue;
            };
            let fits = condition.fields.iter().all(|(name, pattern)| {
                let value = self.span_of(line, name.as_str()).map(|span| String::from_utf8_lossy(&self.text[span]));
                value.is_some_and(|value| pattern.fits(&value))
            });
            if fits {
                let telling = condition.fields.first().and_then(|(name, _)| self.span_of(line, name.as_str())).unwrap_or(line.line.clone());
                let mut captures = self.captures_of_log_line(line);
                facts::address::derive(&mut captures);
                let refinement = facts::address::refinement(signature, &captures);
                self.add(What::Signature(index, refinement), &telling, || captures, collected);
            }
        }
    }

    /// Where the value of a log line's hole stands; of holes with one name the last counts.
    fn span_of(&self, line: &Line<'_>, name: &str) -> Option<Range<usize>> {
        let spans = &line.log_line.as_ref()?.spans;
        spans.iter().rev().find(|(known, _)| *known == name).map(|(_, span)| span.clone())
    }

    /// Takes what the heads of responses show.
    fn take_responses(&self, collected: &mut Collected) {
        let lead = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>');
        let is_status_line = |line: &Range<usize>| {
            let line = &self.text[line.clone()];
            let begin = line.iter().take(4).take_while(|byte| lead(byte)).count();
            line[begin..].starts_with(b"HTTP/")
        };
        let mut of_block = self.lines.all().skip_while(|line| line.start < self.own.start).take_while(|line| line.start < self.own.end);
        let Some(first) = of_block.find(is_status_line).map(|line| line.start) else { return };
        for (fact, span) in facts::from_responses(&self.text[first..]) {
            let span = first + span.start..first + span.end;
            if span.start < self.own.end {
                collected.add_fact(self.knowledge, fact, || self.position(&span), || self.quote(&span));
            }
        }
    }

    /// Takes what people wrote between and around what programs wrote.
    fn take_prose(&self, of_programs: &[Range<usize>], collected: &mut Collected) {
        let is_program = |word: &Range<usize>| {
            let last = of_programs.partition_point(|span| span.start <= word.start).checked_sub(1);
            last.is_some_and(|last| of_programs[last].end > word.start)
        };
        let prose = prose::read(&self.text[..self.own.end], self.knowledge, &self.recogniser.cues, &is_program);
        collected.about = prose.about;
        collected.said = prose.said.into_iter().map(|said| (self.position(said.span()), self.quote(said.span()), said)).collect();
    }

    /// Drops each message that a more specific one covers in part or whole, and each status that a message about another one quotes.
    fn most_specific<'o, 'r>(&self, occurrences: &'o [Occurrence<'r>]) -> Vec<&'o Occurrence<'r>> {
        let is_signature = |occurrence: &&Occurrence<'_>| matches!(occurrence.target, Target::Signature(_));
        let mut signatures: Vec<_> = occurrences.iter().filter(is_signature).collect();
        signatures.sort_by_key(|occurrence| (std::cmp::Reverse(occurrence.literal_length), occurrence.found.span.start));
        let mut covered = BTreeMap::<usize, (usize, Target)>::new();
        let mut kept = Vec::new();
        for occurrence in signatures {
            let span = &occurrence.found.span;
            let overlaps = covered.range(..span.end).next_back().is_some_and(|(_, (end, _))| *end > span.start);
            if !overlaps {
                covered.insert(span.start, (span.end, occurrence.target));
                kept.push(occurrence);
            }
        }
        let is_quoted = |occurrence: &Occurrence<'_>| {
            let around = covered.range(..=occurrence.found.span.start).next_back().filter(|(_, (end, _))| *end > occurrence.found.span.start);
            around.is_some_and(|(_, (_, target))| self.is_about_another_status(*target, occurrence.target))
        };
        kept.extend(occurrences.iter().filter(|occurrence| !is_signature(occurrence) && !is_quoted(occurrence)));
        kept.sort_by_key(|occurrence| occurrence.found.span.start);
        kept
    }

    /// Whether a message means no such status, so that the one which it holds is that of an inner hop.
    fn is_about_another_status(&self, message: Target, shown: Target) -> bool {
        let (Target::Signature(index), Target::Status(status)) = (message, shown) else { return false };
        !self.knowledge.signatures[index.position()].statuses.contains(&status)
    }

    /// Takes the words that speak for causes: those of people, and where no message gives a reason all others too.
    fn take_terms(&self, of_programs: &[Range<usize>], collected: &mut Collected) {
        let text = &self.text[..self.own.end.min(prose::LONGEST_PROSE).min(self.text.len())];
        if !collected.holds_failure(self.knowledge) {
            return self.take_words(text, collected);
        }
        let starts = std::iter::once(0).chain(of_programs.iter().map(|span| span.end));
        let ends = of_programs.iter().map(|span| span.start).chain([text.len()]);
        let between = starts.zip(ends).filter_map(|(start, end)| text.get(start..end.min(text.len())));
        for line in between.flat_map(|text| text.split(|byte| *byte == b'\n')).filter(|line| prose::is_prose(line)) {
            self.take_words(line, collected);
        }
    }

    fn take_words(&self, text: &[u8], collected: &mut Collected) {
        let text = String::from_utf8_lossy(text);
        collected.terms.extend(resemblance::words(&text).filter_map(|word| self.recogniser.terms.get(resemblance::stem(&word)).copied()));
    }

    /// Whether no digit or letter touches the span, so that `502` is not part of a longer number.
    fn stands_alone(&self, span: &Range<usize>) -> bool {
        let touches = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let before = span.start.checked_sub(1).and_then(|at| self.text.get(at));
        !touches(before) && !touches(self.text.get(span.end))
    }

    fn value(&self, span: &Range<usize>) -> String {
        String::from_utf8_lossy(&self.text[span.clone()]).into_owned()
    }

    /// Where a stretch of the text stands in what the user gave.
    fn position(&self, span: &Range<usize>) -> Position {
        self.original_lines.position(&self.normalised.original(span), self.own_start)
    }

    /// The line around the beginning of a stretch.
    fn quote(&self, span: &Range<usize>) -> Quote {
        let at = self.normalised.original(span).start;
        let line = self.original_lines.around(at);
        let whole_start = self.original_lines.whole_line_start(line.start).max(self.own_start.min(line.start));
        Quote::of(self.original, line, at, whole_start)
    }
}

/// Takes off the beginning of `rest` what `is_before` or else `is_of_it`; gives the latter.
fn split_off<'s, T>(rest: &mut &'s [T], is_of_it: impl Fn(&T) -> bool, is_before: impl Fn(&T) -> bool) -> &'s [T] {
    let before = rest.iter().take_while(|element| is_before(element)).count();
    let length = rest[before..].iter().take_while(|element| is_of_it(element)).count();
    let (of_it, behind) = rest[before..].split_at(length);
    *rest = behind;
    of_it
}

/// Stretches in order, without those that lie inside another.
fn outermost(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    spans.retain(|span| {
        let reaches_further = span.end > end;
        end = end.max(span.end);
        reaches_further
    });
    spans
}
