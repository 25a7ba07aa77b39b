//! Log lines that a mail program or a person broke into several: nginx's, which are long, and whose beginning is known.

use std::borrow::Cow;

/// What an nginx error log line begins with, a digit for each `0`: `2026/11/20 03:12:44 [`.
const BEGINNING: &[u8] = b"0000/00/00 00:00:00 [";

/// The text with each broken line made whole: a space for each line end, so that every byte keeps its place.
pub(super) fn made_whole(text: &[u8]) -> Cow<'_, [u8]> {
    let mut whole = Cow::Borrowed(text);
    let mut is_in_log_line = false;
    let mut at = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        if begins_log_line(line) {
            is_in_log_line = true;
        } else if is_in_log_line && goes_on(line) {
            let end = text[..at].iter().rposition(|byte| !matches!(byte, b'\n' | b'\r')).map_or(0, |last| last + 1);
            whole.to_mut()[end..at].fill(b' ');
        } else {
            is_in_log_line = false;
        }
        at += line.len();
    }
    whole
}

fn begins_log_line(line: &[u8]) -> bool {
    let fits = |(byte, expected): (&u8, &u8)| if *expected == b'0' { byte.is_ascii_digit() } else { byte == expected };
    line.len() >= BEGINNING.len() && line.iter().zip(BEGINNING).all(fits)
}

/// Whether a line goes on with the one before: messages and fields of nginx begin with a small letter, a quote or a bracket.
fn goes_on(line: &[u8]) -> bool {
    line.trim_ascii_start().first().is_some_and(|first| first.is_ascii_lowercase() || matches!(first, b'"' | b'('))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_line_is_made_whole() {
        let broken =
            "2026/11/20 03:12:44 [error] 1#1: *1 readv() failed\r\n (104: reset)\n while reading upstream,\n client: 10.0.0.1\nThen nothing.";
        let whole = "2026/11/20 03:12:44 [error] 1#1: *1 readv() failed   (104: reset)  while reading upstream,  client: 10.0.0.1\nThen nothing.";
        assert_eq!(String::from_utf8_lossy(&made_whole(broken.as_bytes())), whole);
    }

    #[test]
    fn other_lines_stay_as_they_are() {
        for text in [
            "HTTP/1.1 502 Bad Gateway\nserver: nginx\n",
            "2026/11/20 03:12:44 [error] 1#1: a\n\nclient: b",
            "2026/11/20 03:12:44 [error] 1#1: a\n[error] b",
        ] {
            assert_eq!(made_whole(text.as_bytes()), text.as_bytes());
        }
    }
}
