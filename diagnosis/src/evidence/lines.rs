//! Where the lines of a text are.

use super::Position;
use std::ops::Range;

/// The line starts of a text.
pub struct Lines<'t> {
    text: &'t [u8],
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of `text`; `\n`, `\r\n` and a lone `\r` end one.
    pub fn of(text: &'t [u8]) -> Self {
        let ends_line = |at: &usize| match text[*at] {
            b'\n' => true,
            b'\r' => text.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let starts = std::iter::once(0).chain((0..text.len()).filter(ends_line).map(|at| at + 1)).collect();
        Self { text, starts }
    }

    /// The bytes of the line around `offset`, without its end.
    pub fn around(&self, offset: usize) -> Range<usize> {
        let index = self.index(offset);
        let start = self.starts[index];
        let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
        let ending = self.text[start..end].iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        start..end - ending
    }

    /// Where `span` stands; cut at the end of its first line.
    pub fn position(&self, span: &Range<usize>) -> Position {
        let line = self.around(span.start);
        Position { line: self.index(span.start) + 1, start: span.start - line.start, end: span.end.min(line.end).max(span.start) - line.start }
    }

    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
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
        assert_eq!(lines.position(&(3..9)), Position { line: 2, start: 1, end: 2 });
    }
}
