//! Lines that are shown beside what was found in them.

use std::ops::Range;

/// A longer line is not shown in full, in bytes.
const LONGEST: usize = 2048;
/// The bytes before the place of a finding that are shown of a long line.
const BEFORE: usize = 256;

/// A line of the text, or the part of a long one around a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Where they begin in the line.
    pub start: usize,
    /// Whether the line goes on behind them.
    pub goes_on: bool,
}

impl Quote {
    /// Quotes `line` of `text` around the byte `at`; the line as a whole begins at `whole_start`.
    pub(super) fn of(text: &[u8], line: Range<usize>, at: usize, whole_start: usize) -> Self {
        let start = if line.len() <= LONGEST { line.start } else { at.saturating_sub(BEFORE).max(line.start) };
        let end = line.end.min(start + LONGEST);
        Self { bytes: text[start..end].to_vec(), start: start - whole_start, goes_on: end < line.end }
    }
}
