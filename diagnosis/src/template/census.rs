//! How many of some bytes a line has: tells at once that most log line formats are not the line's.

use super::Template;

/// The bytes that are counted; punctuation, because values have little of it.
const COUNTED: [u8; 8] = [b'"', b'[', b'/', b'#', b':', b' ', b'(', b'|'];
/// Counts end here; one bit of each stays free for comparing.
const MOST: u64 = 0x7f7f_7f7f_7f7f_7f7f;
/// The free bits.
const FREE: u64 = !MOST;
/// For each byte, one in the place of its count.
const ONES: [u64; 256] = ones();

/// Counts of bytes, eight in one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Census(u64);

impl Census {
    /// Counts the bytes of a line.
    pub fn of(line: &[u8]) -> Self {
        let pieces = line.chunks(127).map(|piece| piece.iter().map(|byte| ONES[usize::from(*byte)]).sum::<u64>());
        Self(pieces.fold(0, |total, piece| at_most(total + piece)))
    }

    /// Counts the bytes that every text has which a template matches.
    pub fn of_template(template: &Template) -> Self {
        template.anchors().map(|literal| Self::of(literal.as_bytes())).fold(Self(0), |total, literal| Self(at_most(total.0 + literal.0)))
    }

    /// Whether there are at least as many of each byte.
    pub fn covers(self, least: Self) -> bool {
        ((self.0 | FREE) - least.0) & FREE == FREE
    }
}

/// Puts counts that ran into their free bit back to the most.
fn at_most(counts: u64) -> u64 {
    let over = counts & FREE;
    (counts | (over - (over >> 7))) & MOST
}

const fn ones() -> [u64; 256] {
    let mut ones = [0; 256];
    let mut place = 0;
    while place < COUNTED.len() {
        ones[COUNTED[place] as usize] = 1 << (8 * place);
        place += 1;
    }
    // White space of any kind stands for a space.
    ones[b'\t' as usize] = ones[b' ' as usize];
    ones
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(line: &str, template: &str) -> bool {
        Census::of(line.as_bytes()).covers(Census::of_template(&Template::parse(template).expect("valid template")))
    }

    #[test]
    fn a_line_needs_all_the_punctuation_of_a_template() {
        assert!(covers("a [b] \"c\"", "{x} [{y}] \"{z}\""));
        assert!(covers("a\t[b]\t\"c\"", "{x} [{y}] \"{z}\""));
        assert!(!covers("a [b] \"c", "{x} [{y}] \"{z}\""));
    }

    #[test]
    fn what_may_be_missing_does_not_count() {
        assert!(covers("a b", "{x} b{? \"{y}\"?}"));
    }

    #[test]
    fn long_lines_have_enough_of_everything() {
        assert!(covers(&"[]\"\"  //##::((||".repeat(500), "{x} [{y}] \"{z}\""));
        assert!(!covers(&"x".repeat(100_000), "{x} [{y}]"));
        assert!(covers(&"[".repeat(128), &"[".repeat(127)));
    }
}
