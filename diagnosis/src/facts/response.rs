//! What the headers of a response show: that it came from a cache, that its framing contradicts itself, that it asks to come back later.

use super::{Derived, DerivedFact};
use std::collections::BTreeMap;
use std::ops::Range;

/// Header lines that are read of one response; real ones have a few dozen.
const MOST_HEADERS: usize = 200;

/// The facts that response heads in `text` show, each with the status line that it belongs to.
pub(crate) fn facts(text: &[u8]) -> Vec<(Derived, Range<usize>)> {
    let mut facts = Vec::new();
    let mut head: Option<Head> = None;
    let mut at = 0;
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        let span = at..at + line.trim_ascii_end().len();
        at += line.len();
        let line = unmarked(line);
        if let Some(status) = status_of(line) {
            facts.extend(head.take().into_iter().flat_map(Head::facts));
            head = Some(Head { status, span, headers: Vec::new() });
        } else if let (Some(open), Some(header)) = (&mut head, header_of(line)) {
            if open.headers.len() < MOST_HEADERS {
                open.headers.push(header);
            }
        } else {
            facts.extend(head.take().into_iter().flat_map(Head::facts));
        }
    }
    facts.extend(head.into_iter().flat_map(Head::facts));
    facts
}

/// A response's status line with the headers below it.
struct Head {
    status: u16,
    span: Range<usize>,
    headers: Vec<(String, String)>,
}

impl Head {
    fn facts(self) -> Vec<(Derived, Range<usize>)> {
        let found = [
            self.served_from_cache().map(|header| (DerivedFact::ErrorFromCache, header)),
            self.contradicts_itself().map(|header| (DerivedFact::ConflictingFraming, header)),
            self.asks_to_come_back().map(|header| (DerivedFact::SaysRetryAfter, header)),
        ];
        let captures = |header: String| BTreeMap::from([("status".to_owned(), self.status.to_string()), ("header".to_owned(), header)]);
        found.into_iter().flatten().map(|(fact, header)| (Derived { fact, captures: captures(header) }, self.span.clone())).collect()
    }

    fn values<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The header by which a cache says that it served an error from its store.
    fn served_from_cache(&self) -> Option<String> {
        if self.status < 400 {
            return None;
        }
        let is_hit = |value: &str| value.to_ascii_lowercase().contains("hit");
        let is_above_zero = |value: &str| value.trim().parse::<u64>().is_ok_and(|number| number > 0);
        let by_word =
            ["cf-cache-status", "x-cache", "x-cache-status", "x-proxy-cache", "cache-status"].iter().find(|name| self.values(name).any(is_hit));
        let by_number = ["age", "x-cache-hits"].iter().find(|name| self.values(name).any(is_above_zero));
        by_word.or(by_number).map(|name| self.shown(name))
    }

    /// The header by which the response breaks the rules of message framing (RFC 9112, section 6).
    fn contradicts_itself(&self) -> Option<String> {
        let codings = self.values("transfer-encoding").count();
        let lengths: Vec<_> = self.values("content-length").collect();
        let has_no_body = matches!(self.status, 100..=199 | 204);
        let is_length_of_body = lengths.iter().any(|length| length.trim() != "0");
        if codings > 1 || (codings > 0 && (has_no_body || !lengths.is_empty())) {
            return Some(self.shown("transfer-encoding"));
        }
        let differ = lengths.windows(2).any(|pair| pair[0] != pair[1]);
        (differ || (has_no_body && is_length_of_body && !lengths.is_empty())).then(|| self.shown("content-length"))
    }

    /// The `Retry-After` of a response that refuses.
    fn asks_to_come_back(&self) -> Option<String> {
        (self.status == 503 && self.values("retry-after").next().is_some()).then(|| self.shown("retry-after"))
    }

    fn shown(&self, name: &str) -> String {
        format!("{name}: {}", self.values(name).collect::<Vec<_>>().join(", "))
    }
}

/// A line without what `curl -v` and quoting put before it.
fn unmarked(line: &[u8]) -> &[u8] {
    let line = line.trim_ascii();
    line.strip_prefix(b"< ").or_else(|| line.strip_prefix(b"> ")).unwrap_or(line)
}

/// The status of a status line.
fn status_of(line: &[u8]) -> Option<u16> {
    let rest = line.strip_prefix(b"HTTP/")?;
    let status = rest.split(|&byte| byte == b' ').nth(1)?;
    std::str::from_utf8(status).ok()?.parse().ok()
}

/// Name in lower case and value of a header line.
fn header_of(line: &[u8]) -> Option<(String, String)> {
    let colon = line.iter().position(|&byte| byte == b':')?;
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let name = &line[..colon];
    let value = String::from_utf8_lossy(line[colon + 1..].trim_ascii()).into_owned();
    (!name.is_empty() && name.iter().all(is_of_name)).then(|| (String::from_utf8_lossy(name).to_ascii_lowercase(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(DerivedFact, String)> {
        facts(text.as_bytes()).into_iter().map(|(derived, _)| (derived.fact, derived.captures["header"].clone())).collect()
    }

    #[test]
    fn an_error_out_of_a_cache_is_noticed() {
        let head = "HTTP/2 500\nserver: cloudflare\ncf-cache-status: HIT\nage: 84\n\nbody";
        assert_eq!(found(head), [(DerivedFact::ErrorFromCache, "cf-cache-status: HIT".to_owned())]);
        assert_eq!(found("HTTP/1.1 200 OK\nage: 84\n"), []);
        assert_eq!(found("HTTP/1.1 503 Service Unavailable\nage: 0\nx-cache: MISS\n"), []);
    }

    #[test]
    fn contradicting_framing_is_noticed() {
        assert_eq!(found("< HTTP/1.1 200\n< transfer-encoding: chunked\n< vary: a\n< transfer-encoding: chunked\n").len(), 1);
        assert_eq!(found("HTTP/1.1 204 No Content\nTransfer-Encoding: chunked\n").len(), 1);
        assert_eq!(found("HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 6\n").len(), 1);
        assert_eq!(found("HTTP/1.1 200 OK\nContent-Length: 5\n"), []);
    }

    #[test]
    fn a_header_belongs_to_the_response_above_it() {
        assert_eq!(found("HTTP/1.1 503 Service Unavailable\n\nage: 12"), []);
    }
}
