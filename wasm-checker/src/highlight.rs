//! Which stretches of the pasted text were recognised, and which lines of it are worth showing.

use diagnosis::evidence::{Finding, What};
use std::collections::BTreeMap;

/// Texts of up to so many lines are shown whole.
const SHORT_TEXT_LINES: usize = 30;
/// In longer ones, so many lines are shown around each recognised one.
const LINES_AROUND: usize = 2;
/// Stretches of a line between findings are shortened above this many bytes.
const LONG_STRETCH_BYTES: usize = 2_000;

/// A stretch of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stretch<'t> {
    Plain(&'t str),
    /// Text left out.
    Omitted,
    /// Text in which the finding at this position was recognised.
    Recognised {
        text: &'t str,
        finding: usize,
    },
}

/// A row of the text as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Row<'t> {
    Line {
        /// Its number, from 1.
        line: usize,
        stretches: Vec<Stretch<'t>>,
    },
    /// So many lines left out.
    Omitted(usize),
}

/// Where a finding stands in its line, in bytes.
#[derive(Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    finding: usize,
    /// The lower, the more it says.
    rank: u8,
}

/// The rows of `text` with all that was recognised; none where nothing was.
pub(crate) fn rows<'t>(text: &'t str, findings: &[Finding]) -> Vec<Row<'t>> {
    let spans = spans_by_line(findings);
    let is_short = text.lines().nth(SHORT_TEXT_LINES).is_none();
    let is_near = |line: usize| is_short || spans.range(line.saturating_sub(LINES_AROUND)..=line + LINES_AROUND).next().is_some();
    let lines = || (1..).zip(text.lines());
    marked(lines().filter(|(line, _)| is_near(*line)), lines().count(), &spans)
}

/// The same of a text of which only some lines are left.
pub(crate) fn rows_of_kept<'t>(kept: &'t BTreeMap<usize, String>, lines: usize, findings: &[Finding]) -> Vec<Row<'t>> {
    marked(kept.iter().map(|(line, text)| (*line, text.as_str())), lines, &spans_by_line(findings))
}

/// Lines in their order, with the gaps between them told; none where nothing was recognised.
fn marked<'t>(lines: impl Iterator<Item = (usize, &'t str)>, count: usize, spans: &BTreeMap<usize, Vec<Span>>) -> Vec<Row<'t>> {
    if spans.is_empty() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    let mut next = 1;
    for (line, content) in lines {
        rows.extend((line > next).then(|| Row::Omitted(line - next)));
        rows.push(Row::Line { line, stretches: stretches(content, spans.get(&line).map_or(&[], Vec::as_slice)) });
        next = line + 1;
    }
    rows.extend((count >= next).then(|| Row::Omitted(count + 1 - next)));
    rows
}

/// The spans of each line, by their beginning, none over another: the one that says most wins.
fn spans_by_line(findings: &[Finding]) -> BTreeMap<usize, Vec<Span>> {
    let mut all = Vec::new();
    for (finding, Finding { what, at, .. }) in findings.iter().enumerate() {
        if let Some(at) = at.filter(|at| at.start < at.end) {
            all.push((at.line, Span { start: at.start, end: at.end, finding, rank: rank(*what) }));
        }
    }
    all.sort_unstable_by_key(|(_, span)| (span.rank, span.end - span.start, span.start));
    let mut by_line = BTreeMap::<usize, Vec<Span>>::new();
    for (line, span) in all {
        let kept = by_line.entry(line).or_default();
        if kept.iter().all(|other| other.end <= span.start || span.end <= other.start) {
            kept.push(span);
        }
    }
    for spans in by_line.values_mut() {
        spans.sort_unstable_by_key(|span| span.start);
    }
    by_line
}

fn rank(what: What) -> u8 {
    match what {
        What::Signature(..) => 0,
        What::Status(_) => 1,
        What::Fact(_) => 2,
        What::Cue(_) => 3,
        What::Mark(_) => 4,
        What::Mention(_) => 5,
    }
}

fn stretches<'t>(line: &'t str, spans: &[Span]) -> Vec<Stretch<'t>> {
    let mut stretches = Vec::new();
    let mut shown = 0;
    for span in spans {
        let start = boundary(line, span.start).max(shown);
        let end = boundary(line, span.end).max(start);
        push_plain(&mut stretches, &line[shown..start]);
        stretches.push(Stretch::Recognised { text: &line[start..end], finding: span.finding });
        shown = end;
    }
    push_plain(&mut stretches, &line[shown..]);
    stretches
}

fn push_plain<'t>(stretches: &mut Vec<Stretch<'t>>, text: &'t str) {
    if text.len() > LONG_STRETCH_BYTES {
        let half = LONG_STRETCH_BYTES / 2;
        let (head, tail) = (boundary(text, half), boundary(text, text.len() - half));
        stretches.extend([Stretch::Plain(&text[..head]), Stretch::Omitted, Stretch::Plain(&text[tail..])]);
    } else if !text.is_empty() {
        stretches.push(Stretch::Plain(text));
    }
}

/// The last boundary between letters at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    let end = at.min(text.len());
    (0..=end).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use diagnosis::evidence::Position;

    fn finding(what: What, line: usize, start: usize, end: usize) -> Finding {
        Finding { what, at: Some(Position { line, start, end }), captures: BTreeMap::new(), times: 1 }
    }

    fn message(line: usize, start: usize, end: usize) -> Finding {
        let what = diagnosis::id::SignatureIndex::new(0).map_or(What::Status(0), |index| What::Signature(index, None));
        finding(what, line, start, end)
    }

    #[test]
    fn the_message_wins_over_its_line() {
        let findings = [finding(What::Status(502), 1, 0, 9), message(1, 2, 5)];
        let line = vec![Stretch::Plain("ab"), Stretch::Recognised { text: "cde", finding: 1 }, Stretch::Plain("fghi")];
        assert_eq!(rows("abcdefghi", &findings), [Row::Line { line: 1, stretches: line }]);
    }

    #[test]
    fn no_offset_cuts_a_letter() {
        let line = vec![Stretch::Recognised { text: "é", finding: 0 }, Stretch::Plain("é")];
        assert_eq!(rows("éé", &[message(1, 1, 3)]), [Row::Line { line: 1, stretches: line }]);
        let beyond = vec![Stretch::Plain("a"), Stretch::Recognised { text: "", finding: 0 }];
        assert_eq!(rows("a", &[message(1, 7, 9)]), [Row::Line { line: 1, stretches: beyond }]);
    }

    #[test]
    fn a_long_text_is_cut_to_what_counts() {
        let text = "x\n".repeat(50);
        let rows = rows(&text, &[message(20, 0, 1)]);
        assert_eq!((rows.first(), rows.last(), rows.len()), (Some(&Row::Omitted(17)), Some(&Row::Omitted(28)), 7));
    }

    #[test]
    fn a_long_line_is_cut_in_its_middle() {
        let text = format!("!{}", "é".repeat(LONG_STRETCH_BYTES));
        let half = Stretch::Plain(&text[1..=LONG_STRETCH_BYTES / 2]);
        let line = vec![Stretch::Recognised { text: "!", finding: 0 }, half, Stretch::Omitted, half];
        assert_eq!(rows(&text, &[message(1, 0, 1)]), [Row::Line { line: 1, stretches: line }]);
    }

    #[test]
    fn gaps_between_kept_lines_are_told() {
        let kept = BTreeMap::from([(3, "a".to_owned()), (4, "b".to_owned())]);
        let rows = rows_of_kept(&kept, 9, &[message(3, 0, 1)]);
        assert_eq!((rows.first(), rows.last(), rows.len()), (Some(&Row::Omitted(2)), Some(&Row::Omitted(5)), 4));
    }

    #[test]
    fn nothing_recognised_shows_nothing() {
        assert_eq!(rows("text", &[]), []);
    }
}
