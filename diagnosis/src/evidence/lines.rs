//! Where the lines of a text are.

use super::Position;
use std::ops::Range;

/// A line that is longer than this is read in pieces of this length, so that no line costs more than it should.
pub(super) const LONGEST_LINE: usize = 1 << 16;

/// The line starts of a text.
pub(super) struct Lines<'t> {
    text: &'t [u8],
    starts: Vec<usize>,
    /// The starts at which a piece of a longer line begins.
    continued: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of `text`; `\n`, `\r\n` and a lone `\r` end one.
    pub fn of(text: &'t [u8]) -> Self {
        let mut continued = Vec::new();
        let mut start = 0;
        for end in line_ends(text).chain([text.len()]) {
            continued.extend((start..end).step_by(LONGEST_LINE).skip(1));
            start = end;
        }
        Self::in_pieces(text, continued)
    }

    /// Finds the lines of `text`, where it is known at which bytes pieces of long lines begin.
    pub fn in_pieces(text: &'t [u8], continued: Vec<usize>) -> Self {
        let mut starts: Vec<_> = std::iter::once(0).chain(line_ends(text)).collect();
        if !continued.is_empty() {
            starts.extend(&continued);
            starts.sort_unstable();
            starts.dedup();
        }
        Self { text, starts, continued }
    }

    /// The bytes at which pieces of long lines begin.
    pub fn continued(&self) -> &[usize] {
        &self.continued
    }

    /// All lines, in pieces where they are long, without their ends.
    pub fn all(&self) -> impl Iterator<Item = Range<usize>> {
        (0..self.starts.len()).map(|index| self.line(index))
    }

    /// The bytes of the line around `offset`, without its end.
    pub fn around(&self, offset: usize) -> Range<usize> {
        self.line(self.index(offset))
    }

    /// Where the line around `offset` begins.
    pub fn start_around(&self, offset: usize) -> usize {
        self.starts[self.index(offset)]
    }

    /// Where `span` stands, with lines counted from the one around `from`; cut at the end of its first line.
    pub fn position(&self, span: &Range<usize>, from: usize) -> Position {
        let line = self.around(span.start);
        let start = self.whole_line_start(line.start).max(from.min(span.start));
        let end = span.end.min(line.end).max(span.start);
        Position { line: self.line_ends_between(from, line.start) + 1, start: span.start - start, end: end - start }
    }

    /// How many lines end between two bytes at which pieces begin.
    pub fn line_ends_between(&self, from: usize, to: usize) -> usize {
        let within = |starts: &[usize]| starts.partition_point(|start| *start <= to) - starts.partition_point(|start| *start <= from);
        if to <= from { 0 } else { within(&self.starts) - within(&self.continued) }
    }

    /// Where the line begins that the piece at `start` is of.
    pub fn whole_line_start(&self, start: usize) -> usize {
        let mut start = start;
        while self.continued.binary_search(&start).is_ok() {
            start -= LONGEST_LINE;
        }
        start
    }

    fn line(&self, index: usize) -> Range<usize> {
        let start = self.starts[index];
        let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
        let ending = self.text[start..end].iter().rev().take(2).take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        start..end - ending
    }

    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }
}

/// The bytes behind the ends of lines.
fn line_ends(text: &[u8]) -> impl Iterator<Item = usize> {
    memchr::memchr2_iter(b'\n', b'\r', text).filter(|at| ends_line(text, *at)).map(|at| at + 1)
}

/// Whether a line ends with the byte at `at`.
pub(super) fn ends_line(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(b'\n') => true,
        Some(b'\r') => text.get(at + 1) != Some(&b'\n'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts() {
        let lines = Lines::of(b"a\nbc\r\nd\re");
        assert_eq!(lines.around(0), 0..1);
        assert_eq!(lines.around(3), 2..4);
        assert_eq!(lines.around(6), 6..7);
        assert_eq!(lines.around(8), 8..9);
        assert_eq!(lines.position(&(3..9), 0), Position { line: 2, start: 1, end: 2 });
        assert_eq!(lines.position(&(8..9), 6), Position { line: 2, start: 0, end: 1 });
    }

    #[test]
    fn an_empty_line_is_a_line() {
        let lines = Lines::of(b"a\n\nb\n");
        assert_eq!(lines.all().collect::<Vec<_>>(), [0..1, 2..2, 3..4, 5..5]);
    }

    #[test]
    fn a_long_line_is_read_in_pieces_and_counted_once() {
        let text = [&[b'x'; LONGEST_LINE * 2 + 10][..], b"\nnext"].concat();
        let lines = Lines::of(&text);
        assert_eq!(lines.around(LONGEST_LINE + 5), LONGEST_LINE..2 * LONGEST_LINE);
        let last = LONGEST_LINE * 2 + 3;
        assert_eq!(lines.position(&(last..last + 2), 0), Position { line: 1, start: last, end: last + 2 });
        assert_eq!(lines.position(&(text.len() - 4..text.len()), 0), Position { line: 2, start: 0, end: 4 });
    }
}
