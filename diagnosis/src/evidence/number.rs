//! Numbers that can be the status of a failure, found faster than a line's fields.

use std::ops::RangeInclusive;

/// The first digits of the statuses of failures, 4xx and 5xx.
pub(super) const FIRST_DIGITS: RangeInclusive<u8> = b'4'..=b'5';

/// Whether a line holds three digits that stand alone, the first of them of a failure's status.
pub(super) fn is_in(line: &[u8]) -> bool {
    let inside = line.windows(5).fold(false, |found, bytes| found | stands_alone(bytes[0], [bytes[1], bytes[2], bytes[3]], bytes[4]));
    inside || is_at_an_end(line)
}

/// The same where the line begins or ends with the number.
fn is_at_an_end(line: &[u8]) -> bool {
    let first = |at: usize| line.get(at).copied().unwrap_or(b' ');
    let last = |back: usize| line.len().checked_sub(back).map_or(b' ', |at| line[at]);
    line.len() >= 3 && (stands_alone(b' ', [first(0), first(1), first(2)], first(3)) || stands_alone(last(4), [last(3), last(2), last(1)], b' '))
}

/// Without branches, so that many bytes are looked at together.
fn stands_alone(before: u8, [hundreds, tens, ones]: [u8; 3], behind: u8) -> bool {
    let is_digit = |byte: u8| byte.wrapping_sub(b'0') < 10;
    // A dot makes it a part of a version, a fraction or an address.
    let touches = |byte: u8| is_digit(byte) | ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte == b'.');
    let is_first = hundreds.wrapping_sub(*FIRST_DIGITS.start()) <= FIRST_DIGITS.end() - FIRST_DIGITS.start();
    !touches(before) & is_first & is_digit(tens) & is_digit(ones) & !touches(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_seen_wherever_it_stands_alone() {
        for line in ["502", "502 x", "x 404", "\"GET / HTTP/1.1\" 503 12", "\"status\":500,", "a=599;"] {
            assert!(is_in(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn other_numbers_are_none() {
        for line in ["", "50", "5021", "1502", "id502", "502ms", "\"GET / HTTP/1.1\" 200 1502 4.107", "304 612", "12:55:41", "Safari/537.36", "0.512"]
        {
            assert!(!is_in(line.as_bytes()), "{line}");
        }
    }
}
