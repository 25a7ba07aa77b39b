//! Peels off what carriers of a text add inside its lines: colours, quotes escaped for JSON or HTML, typographic quotes, emphasis.

use std::borrow::Cow;
use std::ops::Range;

/// A text without what its carriers added, and the way back to the original.
pub struct Normalised<'t> {
    /// The text to look in.
    pub text: Cow<'t, [u8]>,
    /// Where the two drift apart: byte in `text`, byte in the original; sorted.
    shifts: Vec<(usize, usize)>,
}

/// What stands in the original for something else, by its bytes; the longest first where one begins another.
const REPLACED: [(&[u8], &[u8]); 18] = [
    (b"\\\\\"", b"\""),
    (b"\\\"", b"\""),
    (b"\\u003c", b"<"),
    (b"\\u003e", b">"),
    (b"\\u0026", b"&"),
    (b"\\u0027", b"'"),
    (b"&amp;quot;", b"\""),
    (b"&amp;amp;", b"&"),
    (b"&quot;", b"\""),
    (b"&#34;", b"\""),
    (b"&#39;", b"'"),
    (b"&lt;", b"<"),
    (b"&gt;", b">"),
    (b"&amp;", b"&"),
    ("\u{a0}".as_bytes(), b" "),
    ("\u{201c}".as_bytes(), b"\""),
    ("\u{201d}".as_bytes(), b"\""),
    ("\u{2019}".as_bytes(), b"'"),
];

/// What stands for something else inside the strings of JSON, and is left alone elsewhere, as in `C:\new`.
const IN_JSON: [(&[u8], &[u8]); 4] = [(b"\\n", b" "), (b"\\r", b" "), (b"\\t", b" "), (b"\\/", b"/")];

/// How a terminal's control sequence begins: as a byte, and as it is written in strings.
const ESCAPES: [&[u8]; 5] = [b"\x1b[", b"\\u001b[", b"\\u001B[", b"\\x1b[", b"\\033["];

impl<'t> Normalised<'t> {
    /// Normalises a text; one that needs nothing is not copied.
    pub fn of(original: &'t [u8]) -> Self {
        let (mut text, mut shifts) = (Vec::new(), Vec::new());
        let mut json = JsonLines { text: original, known: 0..0, is_json: false };
        let mut copied = 0;
        let mut at = 0;
        while let Some(next) = next_beginning(original, at) {
            at = next;
            let Some((length, with)) = replacement(&original[at..]).or_else(|| emphasis(original, at)).or_else(|| json.replacement(at)) else {
                at += 1;
                continue;
            };
            text.extend_from_slice(&original[copied..at]);
            text.extend_from_slice(with);
            at += length;
            copied = at;
            shifts.push((text.len(), at));
        }
        if shifts.is_empty() {
            return Self { text: Cow::Borrowed(original), shifts };
        }
        text.extend_from_slice(&original[copied..]);
        Self { text: Cow::Owned(text), shifts }
    }

    /// The bytes of the original that `span` of the text stands for.
    pub fn original(&self, span: &Range<usize>) -> Range<usize> {
        self.original_offset(span.start)..self.original_offset(span.end)
    }

    /// Where the byte at `offset` of the original stands in the text.
    pub fn offset(&self, original: usize) -> usize {
        match self.shifts.partition_point(|(_, drifted)| *drifted <= original).checked_sub(1) {
            Some(last) => original - self.shifts[last].1 + self.shifts[last].0,
            None => original,
        }
    }

    fn original_offset(&self, offset: usize) -> usize {
        match self.shifts.partition_point(|(shifted, _)| *shifted <= offset).checked_sub(1) {
            Some(last) => offset - self.shifts[last].0 + self.shifts[last].1,
            None => offset,
        }
    }
}

/// Whether something that is replaced can begin with this byte.
fn begins_something(byte: u8) -> bool {
    matches!(byte, 0x1b | b'\\' | b'&' | b'*' | 0xc2 | 0xe2)
}

/// The next byte from `at` with which something that is replaced can begin.
fn next_beginning(text: &[u8], at: usize) -> Option<usize> {
    /// So many bytes are looked at together, for which the compiler uses wide registers.
    const TOGETHER: usize = 64;
    let mut at = at;
    while let Some(block) = text.get(at..at + TOGETHER) {
        if block.iter().fold(false, |found, byte| found | begins_something(*byte)) {
            break;
        }
        at += TOGETHER;
    }
    text[at..].iter().position(|byte| begins_something(*byte)).map(|length| at + length)
}

/// What stands at the beginning of `rest` for something else: its length, and the other.
fn replacement(rest: &[u8]) -> Option<(usize, &'static [u8])> {
    if !begins_something(*rest.first()?) {
        return None;
    }
    if let Some(length) = colour_length(rest) {
        return Some((length, b""));
    }
    REPLACED.iter().find(|(original, _)| rest.starts_with(original)).map(|(original, with)| (original.len(), *with))
}

/// The two stars of Markdown at `at`, if a word begins behind them or ends before them.
fn emphasis(text: &[u8], at: usize) -> Option<(usize, &'static [u8])> {
    let touches = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'"');
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    let behind = text.get(at + 2);
    let is_pair = text[at..].starts_with(b"**") && before != Some(&b'*') && behind != Some(&b'*');
    (is_pair && touches(before) != touches(behind)).then_some((2, b""))
}

/// The length of a terminal's control sequence at the beginning of `rest`.
fn colour_length(rest: &[u8]) -> Option<usize> {
    let escape = ESCAPES.iter().find(|escape| rest.starts_with(escape))?.len();
    let length = rest[escape..].iter().take(32).position(|byte| (0x40..=0x7e).contains(byte))?;
    Some(escape + length + 1)
}

/// Which lines of a text are JSON; each is looked at once.
struct JsonLines<'t> {
    text: &'t [u8],
    known: Range<usize>,
    is_json: bool,
}

impl JsonLines<'_> {
    /// What stands at `at` for something else, if the line around is JSON.
    fn replacement(&mut self, at: usize) -> Option<(usize, &'static [u8])> {
        let (escape, with) = IN_JSON.iter().find(|(escape, _)| self.text[at..].starts_with(escape))?;
        let is_escaped_itself = at > 0 && self.text[at - 1] == b'\\';
        (!is_escaped_itself && self.is_json(at)).then_some((escape.len(), *with))
    }

    fn is_json(&mut self, at: usize) -> bool {
        if !self.known.contains(&at) {
            let start = memchr::memrchr(b'\n', &self.text[..at]).map_or(0, |end| end + 1);
            let end = memchr::memchr(b'\n', &self.text[at..]).map_or(self.text.len(), |length| at + length);
            self.known = start..end;
            self.is_json = memchr::memmem::find(&self.text[start..end], b"\":").is_some();
        }
        self.is_json
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(original: &str) -> String {
        String::from_utf8_lossy(&Normalised::of(original.as_bytes()).text).into_owned()
    }

    #[test]
    fn colours_and_escapes_are_peeled_off() {
        assert_eq!(text("\x1b[31merror\x1b[0m"), "error");
        assert_eq!(text(r#"{"log":"upstream: \"http://a\""}"#), r#"{"log":"upstream: "http://a""}"#);
        assert_eq!(text("upstream: &amp;quot;fastcgi://a&amp;quot;"), "upstream: \"fastcgi://a\"");
        assert_eq!(text("a &lt;b&gt;"), "a <b>");
    }

    #[test]
    fn stars_of_markdown_are_peeled_off() {
        assert_eq!(text("at=error code=**H12 desc=\"x\"** dyno=web.1"), "at=error code=H12 desc=\"x\" dyno=web.1");
        assert_eq!(text("**  << BeReq    >> 2"), "**  << BeReq    >> 2");
        assert_eq!(text("*** 2**3 a ** b"), "*** 2**3 a ** b");
    }

    #[test]
    fn escapes_of_json_are_peeled_off_in_json() {
        assert_eq!(text(r#"{"log":"\u001b[31merror\u001b[0m: http:\/\/a\n"}"#), r#"{"log":"error: http://a "}"#);
        assert_eq!(text(r#"{"msg":"\u003ch1\u003e502"}"#), r#"{"msg":"<h1>502"}"#);
        assert_eq!(text(r"open C:\new\table failed"), r"open C:\new\table failed");
        assert_eq!(text(r#"{"path":"C:\\new"}"#), r#"{"path":"C:\\new"}"#);
    }

    #[test]
    fn places_lead_back_to_the_original() {
        let original = "\x1b[31merror\x1b[0m: &quot;x&quot; end";
        let normalised = Normalised::of(original.as_bytes());
        let plain = String::from_utf8_lossy(&normalised.text).into_owned();
        let at = plain.find("end").expect("there");
        assert_eq!(&original[normalised.original(&(at..at + 3))], "end");
        let at = plain.find("error").expect("there");
        assert_eq!(&original[normalised.original(&(at..at + 5))], "error\x1b[0m");
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(Normalised::of(b"plain").text, Cow::Borrowed(_)));
    }
}
