//! Matching a template around a place where its anchor was seen. Cost is bounded, whatever the text.

use super::{Effort, Literal, Part, Seek, Takes, Template};
use std::ops::Range;

/// The longest value of a hole, in bytes; nginx logs request lines of up to 8 KiB by default.
const LONGEST_VALUE: usize = 8192;
/// So many bytes at a time the end of a value's line is looked for; what is compared is counted apart.
const LIMIT_LOOKED_FOR_AT_ONCE: usize = 16;
/// The most lines a `lines` hole runs over.
const MOST_LINES: usize = 10;
/// The most starts and ends that are tried for one template at one place.
const MOST_TRIES: usize = 64;

/// A template that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match<'t> {
    /// The bytes it covers.
    pub span: Range<usize>,
    /// The values of its holes.
    pub captures: Vec<Capture<'t>>,
}

/// The value of a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture<'t> {
    /// The hole's name.
    pub name: &'t str,
    /// The bytes it covers.
    pub span: Range<usize>,
}

impl Template {
    /// Looks the template up in `text` such that it covers the byte at `anchor`, where one of its literals begins.
    pub fn find_around(&self, text: &[u8], anchor: usize, effort: &mut Effort) -> Option<Match<'_>> {
        let (lead, first) = self.lead()?;
        let window_start = self.earliest_start(text, anchor);
        let seek = self.seek(text);
        let mut limits = Limits { tries: MOST_TRIES, effort };
        let mut candidate = Some(anchor);
        while let Some(position) = candidate {
            if let Some(found) = self.find_from(seek, lead, position, &mut limits).filter(|found| found.span.end > anchor) {
                return Some(found);
            }
            limits.tries = limits.tries.checked_sub(1)?;
            candidate = seek.previous(window_start..position, first, limits.effort);
        }
        None
    }

    /// Looks the template up anywhere in `range` of `text`; the first place counts.
    pub fn find_in(&self, text: &[u8], range: Range<usize>) -> Option<Match<'_>> {
        self.find_within(text, range.clone(), &mut Effort::for_line(range.len()))
    }

    /// The same as a part of what is looked for in a line.
    pub(crate) fn find_within(&self, text: &[u8], range: Range<usize>, effort: &mut Effort) -> Option<Match<'_>> {
        let text = text.get(..range.end)?;
        let (lead, first) = self.lead()?;
        let seek = self.seek(text);
        let mut from = range.start;
        while let Some(position) = seek.next(from..range.end, first, effort) {
            let mut limits = Limits { tries: MOST_TRIES, effort };
            if let Some(found) = self.find_from(seek, lead, position, &mut limits).filter(|found| found.span.start >= range.start) {
                return Some(found);
            }
            from = position + 1;
        }
        None
    }

    /// Whether the word or number before the literal of `part`, which stands at `position`, is preceded as it has to be: cheaper than trying.
    pub(crate) fn fits_before(&self, text: &[u8], part: usize, position: usize) -> bool {
        let Some([.., Part::Literal(before), Part::Hole { takes, .. }]) = self.parts.get(..part) else { return true };
        let Some(&last) = before.as_str().as_bytes().last() else { return true };
        let ends_value = match takes {
            Takes::Word => last == b' ',
            Takes::Number => !is_of_number(last),
            Takes::Text | Takes::Lines => false,
        };
        if !ends_value {
            return true;
        }
        let start = leading_value_start(text, position, *takes);
        let preceding = start.checked_sub(1).and_then(|at| text.get(at)).copied();
        let is_last = |byte: u8| if last == b' ' { byte == b' ' || byte == b'\t' } else { byte.eq_ignore_ascii_case(&last) };
        start < position && preceding.is_some_and(is_last)
    }

    /// The number of the part that is this literal.
    pub(crate) fn part_of(&self, literal: &Literal) -> usize {
        self.parts.iter().position(|part| matches!(part, Part::Literal(known) if known == literal)).unwrap_or_default()
    }

    /// Whether its literals stand in `line` one behind the other, without which it can't match there: cheaper than trying.
    pub(crate) fn may_be_in(&self, text: &[u8], line: Range<usize>, effort: &mut Effort) -> bool {
        let seek = self.seek(text);
        let behind = self.literals().try_fold(line.start, |from, literal| {
            let at = seek.next(from..line.end, literal, effort)?;
            seek.literal_end(at, literal)
        });
        behind.is_some()
    }

    /// What stands before the first literal, and that.
    fn lead(&self) -> Option<(&[Part], &Literal)> {
        let length = self.parts.iter().position(|part| matches!(part, Part::Literal(_)))?;
        match &self.parts[length] {
            Part::Literal(first) => Some((&self.parts[..length], first)),
            Part::Hole { .. } | Part::Optional(_) => None,
        }
    }

    /// The first byte at which a match that covers `anchor` can begin.
    fn earliest_start(&self, text: &[u8], anchor: usize) -> usize {
        let window_start = anchor.saturating_sub(LONGEST_VALUE);
        if self.crosses_lines() {
            return window_start;
        }
        leading_value_start(text, anchor, Takes::Text).max(window_start)
    }

    pub(crate) fn seek<'t>(&self, text: &'t [u8]) -> Seek<'t> {
        Seek { text, ignores_case: self.ignores_case }
    }

    /// Tries the template with its first literal at `position`.
    fn find_from<'p>(&'p self, seek: Seek<'_>, lead: &'p [Part], position: usize, limits: &mut Limits<'_>) -> Option<Match<'p>> {
        let mut captures = Vec::new();
        let mut start = position;
        if let [Part::Hole { name, takes }] = lead {
            start = leading_value_start(seek.text, position, *takes);
            limits.effort.spend(position - start)?;
            if start == position && *takes != Takes::Text {
                return None;
            }
            captures.push(Capture { name, span: start..position });
        }
        let rest = Rest { parts: &self.parts[lead.len()..], then: None };
        let end = rest.matches(seek, position, &mut captures, limits)?;
        Some(Match { span: start..end, captures })
    }
}

/// What matching a template at one place may still cost.
struct Limits<'e> {
    tries: usize,
    effort: &'e mut Effort,
}

/// Parts that are still to match, and what comes after them.
#[derive(Clone, Copy)]
struct Rest<'p, 'n> {
    parts: &'p [Part],
    then: Option<&'n Rest<'p, 'n>>,
}

impl<'p> Rest<'p, '_> {
    /// Matches at `position`; gives the end. `captures` holds the values of what matched.
    fn matches(self, seek: Seek<'_>, position: usize, captures: &mut Vec<Capture<'p>>, limits: &mut Limits<'_>) -> Option<usize> {
        let Some((part, after)) = self.parts.split_first() else {
            return match self.then {
                Some(then) => then.matches(seek, position, captures, limits),
                None => Some(position),
            };
        };
        let after = Rest { parts: after, then: self.then };
        match part {
            Part::Literal(literal) => after.matches(seek, seek.literal_end(position, literal)?, captures, limits),
            Part::Optional(inner) => {
                let kept = captures.len();
                let with = Rest { parts: inner, then: Some(&after) };
                with.matches(seek, position, captures, limits).or_else(|| {
                    captures.truncate(kept);
                    after.matches(seek, position, captures, limits)
                })
            }
            Part::Hole { name, takes } => after.hole(seek, position, (name, *takes), captures, limits),
        }
    }

    /// Matches a hole that is followed by `self`: the shortest value after which the rest matches.
    fn hole(
        self,
        seek: Seek<'_>,
        position: usize,
        (name, takes): (&'p str, Takes),
        captures: &mut Vec<Capture<'p>>,
        limits: &mut Limits<'_>,
    ) -> Option<usize> {
        let limit = value_limit(seek.text, position, takes);
        limits.effort.spend((limit - position) / LIMIT_LOOKED_FOR_AT_ONCE + 1)?;
        let kept = captures.len();
        let take = |end: usize, captures: &mut Vec<Capture<'p>>| {
            captures.truncate(kept);
            captures.push(Capture { name, span: position..end });
        };
        if self.is_empty() {
            (takes == Takes::Text || limit > position).then(|| take(limit, captures))?;
            return Some(limit);
        }
        let mut end = position + usize::from(takes != Takes::Text && takes != Takes::Lines);
        while end <= limit {
            end = self.next_start(seek, end..limit, limits)?;
            take(end, captures);
            if let Some(matched) = self.matches(seek, end, captures, limits) {
                return Some(matched);
            }
            limits.tries = limits.tries.checked_sub(1)?;
            end += 1;
        }
        None
    }

    fn is_empty(self) -> bool {
        self.parts.is_empty() && self.then.is_none_or(|then| then.is_empty())
    }

    /// Where in `ends` the rest could begin: at its literal text, at an optional part's, or at the end of the value.
    fn next_start(self, seek: Seek<'_>, ends: Range<usize>, limits: &mut Limits<'_>) -> Option<usize> {
        match self.parts.first() {
            Some(Part::Literal(literal)) => seek.next(ends, literal, limits.effort),
            Some(Part::Optional(inner)) => {
                let with = Rest { parts: inner, then: None }.next_start(seek, ends.clone(), limits);
                let without = Rest { parts: &self.parts[1..], then: self.then }.next_start(seek, ends, limits);
                with.into_iter().chain(without).min()
            }
            Some(Part::Hole { .. }) => Some(ends.start),
            None => match self.then {
                Some(then) => then.next_start(seek, ends, limits),
                None => Some(ends.end),
            },
        }
    }
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+')
}

/// How far a value that begins at `position` can reach.
fn value_limit(text: &[u8], position: usize, takes: Takes) -> usize {
    let window = &text[position..text.len().min(position + LONGEST_VALUE)];
    let length = match takes {
        Takes::Text => memchr::memchr2(b'\n', b'\r', window),
        Takes::Word => window.iter().position(u8::is_ascii_whitespace),
        Takes::Number => window.iter().position(|&byte| !is_of_number(byte)),
        Takes::Lines => window.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(MOST_LINES).map(|(at, _)| at),
    };
    position + length.unwrap_or(window.len())
}

/// Where a value begins that ends at `position`.
fn leading_value_start(text: &[u8], position: usize, takes: Takes) -> usize {
    let window_start = position.saturating_sub(LONGEST_VALUE);
    let window = &text[window_start..position];
    let before = match takes {
        Takes::Text | Takes::Lines => memchr::memrchr2(b'\n', b'\r', window),
        Takes::Word => window.iter().rposition(u8::is_ascii_whitespace),
        Takes::Number => window.iter().rposition(|&byte| !is_of_number(byte)),
    };
    before.map_or(window_start, |at| window_start + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_parted_by_many_spaces_are_read() {
        let row = "NAME    READY   STATUS    RESTARTS   AGE\ncart-x2kqp   0/1     Evicted   0      14m";
        assert_eq!(
            find("{pod:word} {ready:number}/{total:number} Evicted {restarts:number}", row),
            pairs(&[("pod", "cart-x2kqp"), ("ready", "0"), ("total", "1"), ("restarts", "0")])
        );
    }

    #[test]
    fn what_stands_before_an_anchor_rules_templates_out() {
        let template = Template::parse("{ip:word} {port:number} HTTP/{version:word}").expect("valid template");
        let fits = |text: &str| template.fits_before(text.as_bytes(), 3, text.find(" HTTP/").expect("the anchor"));
        assert!(fits("10.0.0.1 443 HTTP/1.1"));
        assert!(fits("10.0.0.1\t443 HTTP/1.1"));
        assert!(!fits("\"GET /?id=443 HTTP/1.1"));
        assert!(!fits("\"GET / HTTP/1.1"));
    }

    /// Finds the template at the first place where its first anchor stands.
    fn find(template: &str, text: &str) -> Option<Vec<(String, String)>> {
        let template = Template::parse(template).expect("valid template");
        let anchor = template.anchors().max_by_key(|anchor| anchor.len()).expect("an anchor").to_owned();
        let at = text.find(&anchor)?;
        let found = template.find_around(text.as_bytes(), at, &mut Effort::for_line(text.len()))?;
        Some(found.captures.iter().map(|capture| (capture.name.to_owned(), text[capture.span.clone()].to_owned())).collect())
    }

    fn pairs(expected: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
        Some(expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn holes_take_what_stands_between_the_literals() {
        let line = "connect() to unix:/run/a.sock failed (2: No such file or directory) while connecting to upstream";
        assert_eq!(
            find("connect() to {address} failed ({errno:number}: No such file or directory) while", line),
            pairs(&[("address", "unix:/run/a.sock"), ("errno", "2")])
        );
    }

    #[test]
    fn a_leading_hole_takes_the_word_before() {
        assert_eq!(
            find("{client:word} - {user:word} [{time}] \"{request}\" {status:number}", "x 10.0.0.1 - bob [now] \"GET /\" 502 1"),
            pairs(&[("client", "10.0.0.1"), ("user", "bob"), ("time", "now"), ("request", "GET /"), ("status", "502")])
        );
    }

    #[test]
    fn optional_parts_may_be_missing() {
        let template = "{level:word} said: {message}{?, upstream: \"{upstream}\"?}";
        assert_eq!(find(template, "x said: a b"), pairs(&[("level", "x"), ("message", "a b")]));
        assert_eq!(find(template, "x said: a b, upstream: \"u\""), pairs(&[("level", "x"), ("message", "a b"), ("upstream", "u")]));
    }

    #[test]
    fn a_value_grows_until_the_rest_fits() {
        assert_eq!(find("name {a} is {n:number} long", "name is it is 12 long"), pairs(&[("a", "is it"), ("n", "12")]));
    }

    #[test]
    fn only_a_lines_hole_crosses_lines() {
        let page = "<h1>502 Bad Gateway</h1>\n<hr>\n<center>nginx/1.25";
        assert_eq!(find("<h1>502 Bad Gateway</h1>{x}<center>nginx", page), None);
        assert!(find("<h1>502 Bad Gateway</h1>{x:lines}<center>nginx", page).is_some());
    }

    #[test]
    fn a_space_stands_for_any_white_space_of_the_line() {
        assert!(find("GET {path:word} done", "GET  \t/a done").is_some());
        assert!(find("a {b:word} done", "a\nx done").is_none());
    }
}
