//! Literal text of a template, and looking for it: by its rarest byte first, so that most of the text is only skimmed.

use super::effort::Effort;
use std::ops::Range;

/// Text that must stand there; a space stands for any white space within a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    text: String,
    /// How many spaces it begins with.
    indent: usize,
    /// The byte by which it is looked for.
    pivot: u8,
    /// Where the pivot stands behind the indent; white space inside would move it, so it is in the first word.
    pivot_at: usize,
    has_space: bool,
}

impl From<String> for Literal {
    fn from(text: String) -> Self {
        // A literal of nothing but space has no word to look for.
        let indent = text.len() - if text.trim_matches(' ').is_empty() { text.len() } else { text.trim_start_matches(' ').len() };
        let word = text[indent..].bytes().take_while(|byte| *byte != b' ').enumerate();
        let (pivot_at, pivot) = word.min_by_key(|(_, byte)| commonness(*byte)).unwrap_or((0, b' '));
        Self { has_space: text.contains(' '), text, indent, pivot, pivot_at }
    }
}

/// How often a byte stands in logs, roughly: the order matters, not the number.
fn commonness(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => 9,
        b'e' | b't' | b'a' | b'o' | b'i' | b'n' | b's' | b'r' | b'c' => 8,
        b'l' | b'p' | b'd' | b'm' | b'u' | b'h' | b'.' | b'/' | b':' | b'-' => 7,
        b'g' | b'w' | b'f' | b'b' | b'v' | b'y' | b'k' | b'"' | b',' | b'=' => 5,
        b'A'..=b'Z' | b'_' | b'x' | b'(' | b')' | b'[' | b']' => 4,
        b'j' | b'q' | b'z' => 2,
        _ => 1,
    }
}

/// A text in which literals are looked for.
#[derive(Clone, Copy)]
pub(crate) struct Seek<'t> {
    pub text: &'t [u8],
    pub ignores_case: bool,
}

impl Seek<'_> {
    /// The first byte in `starts` (the last included) at which `literal` begins.
    pub fn next(self, starts: Range<usize>, literal: &Literal, effort: &mut Effort) -> Option<usize> {
        // However long the white space is that stands for the indent, one byte of it comes first.
        let lead = literal.indent.min(1) + literal.pivot_at;
        let mut from = starts.start.checked_add(lead)?;
        // The white space that begins at the last start may be long as well.
        let last_indent =
            if literal.indent == 0 { 0 } else { self.text.get(starts.end..)?.iter().take_while(|byte| is_space(**byte)).count().max(1) };
        let last = self.text.len().min(starts.end.saturating_add(last_indent + literal.pivot_at + 1));
        while from < last {
            let found = self.first_pivot(&self.text[from..last], literal.pivot);
            effort.spend(found.unwrap_or(last - from) + 1)?;
            let at = from + found?;
            let start = self.start_of_run(at - literal.pivot_at, starts.start, literal);
            if start <= starts.end && self.literal_end(start, literal).is_some() {
                return Some(start);
            }
            from = at + 1;
        }
        None
    }

    /// The last byte in `starts` at which `literal` begins.
    pub fn previous(self, starts: Range<usize>, literal: &Literal, effort: &mut Effort) -> Option<usize> {
        let lead = literal.indent.min(1) + literal.pivot_at;
        let first = starts.start + lead;
        let mut last = self.text.len().min(starts.end + lead);
        while first < last {
            let found = self.last_pivot(&self.text[first..last], literal.pivot);
            effort.spend(last - first - found.unwrap_or(0))?;
            let at = first + found?;
            let start = self.start_of_run(at - literal.pivot_at, starts.start, literal);
            if self.literal_end(start, literal).is_some() {
                return Some(start);
            }
            last = at;
        }
        None
    }

    /// Where a literal with an indent begins, of which the word behind the indent begins at `word`.
    fn start_of_run(self, word: usize, earliest: usize, literal: &Literal) -> usize {
        if literal.indent == 0 {
            return word;
        }
        let run = self.text[earliest..word].iter().rev().take_while(|byte| is_space(**byte)).count();
        word - run.max(1)
    }

    fn first_pivot(self, text: &[u8], pivot: u8) -> Option<usize> {
        match self.other_form(pivot) {
            Some(other) => memchr::memchr2(pivot, other, text),
            None => memchr::memchr(pivot, text),
        }
    }

    fn last_pivot(self, text: &[u8], pivot: u8) -> Option<usize> {
        match self.other_form(pivot) {
            Some(other) => memchr::memrchr2(pivot, other, text),
            None => memchr::memrchr(pivot, text),
        }
    }

    /// The byte that counts as the pivot too.
    fn other_form(self, pivot: u8) -> Option<u8> {
        match pivot {
            b' ' => Some(b'\t'),
            letter if self.ignores_case && letter.is_ascii_lowercase() => Some(letter.to_ascii_uppercase()),
            letter if self.ignores_case && letter.is_ascii_uppercase() => Some(letter.to_ascii_lowercase()),
            _ => None,
        }
    }

    /// Where `literal`, found at `position`, ends; a space stands for any white space within a line.
    pub fn literal_end(self, position: usize, literal: &Literal) -> Option<usize> {
        if !self.ignores_case && self.text.get(position..)?.starts_with(literal.text.as_bytes()) {
            let end = position + literal.text.len();
            let space = if literal.text.ends_with(' ') { self.text[end..].iter().take_while(|byte| is_space(**byte)).count() } else { 0 };
            return Some(end + space);
        }
        if !self.ignores_case && !literal.has_space {
            return None;
        }
        self.tolerant_end(position, literal)
    }

    fn tolerant_end(self, position: usize, literal: &Literal) -> Option<usize> {
        let mut at = position;
        let mut is_in_space = false;
        for byte in literal.text.bytes() {
            if byte == b' ' && is_in_space {
                continue;
            }
            is_in_space = byte == b' ';
            let here = *self.text.get(at)?;
            if is_in_space {
                if !is_space(here) {
                    return None;
                }
                while self.text.get(at + 1).copied().is_some_and(is_space) {
                    at += 1;
                }
            } else if here != byte && !(self.ignores_case && here.eq_ignore_ascii_case(&byte)) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Where `literal` begins of which the byte at `offset` stands at `position`; letter case does not count.
    pub fn literal_start(self, position: usize, literal: &Literal, offset: usize) -> Option<usize> {
        let mut at = position;
        // The byte may be the last of several spaces that stand for one.
        let mut is_in_space = literal.text.as_bytes().get(offset) == Some(&b' ');
        while is_in_space && at > 0 && is_space(self.text[at - 1]) {
            at -= 1;
        }
        for &byte in literal.text.as_bytes().get(..offset)?.iter().rev() {
            if byte == b' ' && is_in_space {
                continue;
            }
            is_in_space = byte == b' ';
            at = at.checked_sub(1)?;
            let here = *self.text.get(at)?;
            if is_in_space {
                if !is_space(here) {
                    return None;
                }
                while at > 0 && is_space(self.text[at - 1]) {
                    at -= 1;
                }
            } else if !here.eq_ignore_ascii_case(&byte) {
                return None;
            }
        }
        Some(at)
    }
}

impl Literal {
    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

fn is_space(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(literal: &str, text: &str) -> (Option<usize>, Option<usize>) {
        let (seek, literal) = (Seek { text: text.as_bytes(), ignores_case: false }, Literal::from(literal.to_owned()));
        let mut effort = Effort::for_line(text.len());
        (seek.next(0..text.len(), &literal, &mut effort), seek.previous(0..text.len(), &literal, &mut effort))
    }

    #[test]
    fn the_first_and_the_last_place_are_found() {
        assert_eq!(both("ab", "xabxabx"), (Some(1), Some(4)));
        assert_eq!(both(" - ", "a - - b"), (Some(1), Some(3)));
        assert_eq!(both(" ", "a b\tc"), (Some(1), Some(3)));
        assert_eq!(both("] \"", "[x]   \"y"), (Some(2), Some(2)));
        assert_eq!(both("ab", "xa"), (None, None));
    }

    #[test]
    fn an_indent_takes_all_the_white_space_before() {
        assert_eq!(both(" x", "a \t x"), (Some(1), Some(1)));
        assert_eq!(both(" x", "ax").0, None);
    }

    #[test]
    fn several_spaces_are_white_space_as_one_is() {
        assert_eq!(both("error:  Allowed", "error: Allowed error:  Allowed"), (Some(0), Some(15)));
    }

    #[test]
    fn the_beginning_is_found_from_the_middle() {
        let text = b"x Fatal error:   Allowed";
        let seek = Seek { text, ignores_case: false };
        assert_eq!(seek.literal_start(17, &Literal::from("Fatal error:  Allowed".to_owned()), 14), Some(2));
        assert_eq!(seek.literal_start(17, &Literal::from("Fatal error. Allowed".to_owned()), 13), None);
    }

    #[test]
    fn letter_case_counts_unless_told_otherwise() {
        let literal = Literal::from("Server: ".to_owned());
        let found = |ignores_case| Seek { text: b"x\nserver: a", ignores_case }.next(0..11, &literal, &mut Effort::for_line(11));
        assert_eq!((found(false), found(true)), (None, Some(2)));
    }
}
