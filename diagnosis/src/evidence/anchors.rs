//! Where literals of templates stand in a text, at a cost that does not grow with their number.
//!
//! Of each literal two neighbouring runs of four bytes ("grams") are kept, those that healthy logs hold least often. The
//! text is looked at every second byte: whatever its alignment, one of the two is met. A bitmap that fits the
//! processor's nearest cache tells almost always that nothing begins here; only otherwise the literal is compared.

use crate::template::{Effort, Literal, Seek};
use std::collections::HashMap;
use std::ops::Range;

/// The bytes of a gram.
const GRAM: usize = 4;
/// Every so many bytes the text is looked at.
const STRIDE: usize = 2;
/// Literals shorter than this are looked for one by one.
const SHORTEST: usize = GRAM + STRIDE - 1;
/// Letters of both cases, and few other bytes, are the same with this bit set.
const FOLD: u32 = 0x2020_2020;
/// What healthy logs are made of: grams of it are the worst to look for.
const HEALTHY: &str = concat!(
    r#"203.0.113.7 - - [20/Nov/2026:03:12:44 +0000] "GET /api/v1/orders/index.html?id=17&page=2 HTTP/1.1" 200 512 "https://www.example.com/" "#,
    r#""Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36" 0.012 "#,
    r#""Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Mobile/15E148 Gecko/20100101 Firefox/127.0" "POST /login HTTP/2.0" 304 "#,
    r#""Mozilla/5.0 (X11; Linux x86_64; compatible; Googlebot/2.1; +http://www.google.com/bot.html)" curl/8.5.0 kube-probe/1.29 "#,
    r#"{"level":"info","ts":"2026-11-20T03:12:44.123456Z","logger":"http.log.access","msg":"handled request","status":200,"method":"GET","#,
    r#""time":"2026-11-20T03:12:44+00:00","request_id":"","host":"www.example.com","duration":0.012,"path":"/","user_agent":"","message":""} "#,
    r#"2026/11/20 03:12:44 [error] 12#12: *1 , client: 203.0.113.7, server: www.example.com, request: "GET / HTTP/1.1", upstream: "http://10.0.0.1:8080/", "#,
    r#"host: "www.example.com", referrer: "https://www.example.com/" Nov 20 03:12:44 web-1 systemd[1]: Started Session 12 of user root. "#,
    r#"INFO DEBUG WARN ERROR connection request response upstream server error failed timeout .js .css .png .php .svg "#,
);

/// Where a literal begins in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// The byte.
    pub start: usize,
    /// Which literal.
    pub anchor: usize,
}

/// Literals that are looked for.
pub(super) struct Anchors {
    literals: Vec<Literal>,
    filter: Vec<u64>,
    /// How far a hash is shifted to number a bit of `filter`.
    filter_shift: u32,
    /// Where the entries of each bucket begin in `entries`.
    buckets: Vec<u32>,
    /// How far a hash is shifted to number a bucket.
    bucket_shift: u32,
    entries: Vec<Entry>,
    /// Literals without a gram.
    short: Vec<usize>,
}

/// A gram of a literal.
#[derive(Clone, Copy)]
struct Entry {
    gram: u32,
    anchor: u32,
    offset: u32,
}

impl Anchors {
    /// Prepares to look for some literals; they are numbered in this order.
    pub fn new(literals: Vec<Literal>, commonness: &Commonness) -> Self {
        let (mut entries, mut short) = (Vec::new(), Vec::new());
        for (number, literal) in literals.iter().enumerate() {
            let bytes = literal.as_str().as_bytes();
            match (commonness.rarest_place(bytes), u32::try_from(number)) {
                (Some((_, place)), Ok(anchor)) => {
                    for at in place..place + STRIDE {
                        let (Some(gram), Ok(offset)) = (gram(bytes, at), u32::try_from(at)) else { continue };
                        entries.extend([Some(gram), with_tabs(gram)].into_iter().flatten().map(|gram| Entry { gram, anchor, offset }));
                    }
                }
                _ => short.push(number),
            }
        }
        let bucket_bits = bits(entries.len(), 4..20);
        let filter_bits = bits(entries.len() * 16, 9..24);
        let (bucket_shift, filter_shift) = (32 - bucket_bits, 32 - filter_bits);
        entries.sort_by_key(|entry| hash(entry.gram) >> bucket_shift);
        let mut filter = vec![0_u64; 1 << (filter_bits - 6)];
        let mut buckets = vec![0_u32; (1 << bucket_bits) + 1];
        for entry in &entries {
            let bit = (hash(entry.gram) >> filter_shift) as usize;
            filter[bit >> 6] |= 1 << (bit & 63);
            buckets[(hash(entry.gram) >> bucket_shift) as usize + 1] += 1;
        }
        let mut total = 0;
        for bucket in &mut buckets {
            total += *bucket;
            *bucket = total;
        }
        Self { literals, filter, filter_shift, buckets, bucket_shift, entries, short }
    }

    /// Where the literals begin in `text`, but for the short ones; in no order.
    pub fn hits(&self, text: &[u8]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some(bytes) = text.get(at..at + GRAM) {
            let gram = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) | FOLD;
            let hash = hash(gram);
            let bit = (hash >> self.filter_shift) as usize;
            if self.filter[bit >> 6] >> (bit & 63) & 1 != 0 {
                self.compare(text, at, gram, hash, &mut hits);
            }
            at += STRIDE;
        }
        hits
    }

    /// Whether there are literals for [`Anchors::short_hits`].
    pub fn has_short(&self) -> bool {
        !self.short.is_empty()
    }

    /// Where the short literals begin in a line of `text`.
    pub fn short_hits(&self, text: &[u8], line: &Range<usize>, effort: &mut Effort, hits: &mut Vec<Hit>) {
        let seek = Seek { text, ignores_case: false };
        for &anchor in &self.short {
            let mut from = line.start;
            while let Some(start) = seek.next(from..line.end, &self.literals[anchor], effort) {
                hits.push(Hit { start, anchor });
                from = start + 1;
            }
        }
    }

    #[cold]
    fn compare(&self, text: &[u8], at: usize, gram: u32, hash: u32, hits: &mut Vec<Hit>) {
        let seek = Seek { text, ignores_case: true };
        let bucket = (hash >> self.bucket_shift) as usize;
        for entry in &self.entries[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize] {
            if entry.gram != gram {
                continue;
            }
            let literal = &self.literals[entry.anchor as usize];
            let start = seek.literal_start(at, literal, entry.offset as usize);
            hits.extend(start.filter(|start| seek.literal_end(*start, literal).is_some()).map(|start| Hit { start, anchor: entry.anchor as usize }));
        }
    }
}

/// How often grams stand in templates and in healthy logs.
pub(super) struct Commonness(Vec<u16>);

impl Commonness {
    /// Counts the grams of some literals.
    pub fn of<'t>(literals: impl Iterator<Item = &'t str>) -> Self {
        let mut commonness = Self(vec![0; 1 << 16]);
        commonness.count(HEALTHY, 200);
        literals.for_each(|literal| commonness.count(literal, 1));
        commonness
    }

    fn count(&mut self, text: &str, weight: u16) {
        for at in 0..text.len().saturating_sub(GRAM - 1) {
            let Some(gram) = gram(text.as_bytes(), at) else {
                return;
            };
            let count = &mut self.0[(hash(gram) >> 16) as usize];
            *count = count.saturating_add(weight);
        }
    }

    /// Where in `bytes` the neighbouring grams stand that are the least common, and how common they are; `None` in a short text.
    pub fn rarest_place(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        let cost = |place: usize| (place..place + STRIDE).filter_map(|at| gram(bytes, at)).map(|gram| self.cost(gram)).sum::<u32>();
        (0..(bytes.len() + 1).saturating_sub(SHORTEST)).map(|place| (cost(place), place)).min()
    }

    fn cost(&self, gram: u32) -> u32 {
        const OF_DIGITS: u32 = 300;
        // A gram with a space is not met where a text has several.
        const WITH_SPACE: u32 = 40;
        let bytes = gram.to_le_bytes();
        let is_numeric = bytes.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_punctuation() || *byte == b' ');
        let has_space = bytes.contains(&b' ');
        u32::from(self.0[(hash(gram) >> 16) as usize]) + u32::from(is_numeric) * OF_DIGITS + u32::from(has_space) * WITH_SPACE
    }
}

/// Literals, each once, by their text.
#[derive(Default)]
pub(super) struct Numbered {
    numbers: HashMap<String, usize>,
    literals: Vec<Literal>,
}

impl Numbered {
    /// The number of a literal.
    pub fn number(&mut self, literal: &Literal) -> usize {
        *self.numbers.entry(literal.as_str().to_owned()).or_insert_with(|| {
            self.literals.push(literal.clone());
            self.literals.len() - 1
        })
    }

    /// All literals, in the order of their numbers.
    pub fn into_literals(self) -> Vec<Literal> {
        self.literals
    }
}

fn gram(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + GRAM)?;
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) | FOLD)
}

/// A gram with spaces as it is where the text has tabs; `None` without spaces.
fn with_tabs(gram: u32) -> Option<u32> {
    const TAB: u8 = b'\t' | 0x20;
    let tabbed = u32::from_le_bytes(gram.to_le_bytes().map(|byte| if byte == b' ' { TAB } else { byte }));
    (tabbed != gram).then_some(tabbed)
}

/// Fibonacci hashing: the upper bits are the good ones.
fn hash(gram: u32) -> u32 {
    gram.wrapping_mul(0x9e37_79b1)
}

/// The bits that number so many things, within limits.
fn bits(count: usize, limits: Range<u32>) -> u32 {
    count.max(1).next_power_of_two().trailing_zeros().clamp(limits.start, limits.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(literals: &[&str], text: &str) -> Vec<(usize, usize)> {
        let commonness = Commonness::of(literals.iter().copied());
        let anchors = Anchors::new(literals.iter().map(|literal| Literal::from((*literal).to_owned())).collect(), &commonness);
        let mut hits = anchors.hits(text.as_bytes());
        anchors.short_hits(text.as_bytes(), &(0..text.len()), &mut Effort::for_line(text.len()), &mut hits);
        hits.sort();
        hits.into_iter().map(|hit| (hit.start, hit.anchor)).collect()
    }

    #[test]
    fn literals_are_found_at_every_alignment() {
        let literals = ["no live upstreams", "Bad gateway", "reset by peer"];
        for lead in 0..9 {
            let text = format!("{}no live upstreams, reset by peer", " ".repeat(lead));
            assert_eq!(found(&literals, &text), [(lead, 0), (lead + 19, 2)], "{lead}");
        }
    }

    #[test]
    fn a_tab_is_a_space_at_every_alignment() {
        for lead in 0..4 {
            let text = format!("{}error\t{{\"request\": 1}}", "x".repeat(lead));
            assert_eq!(found(&[" {\"request\""], &text), [(lead + 5, 0)], "{lead}");
        }
    }

    #[test]
    fn short_literals_are_found_too() {
        assert_eq!(found(&["] [", "#"], "[a] [b] [c #"), [(2, 0), (6, 0), (11, 1)]);
    }

    #[test]
    fn letter_case_and_the_amount_of_white_space_do_not_count() {
        assert_eq!(found(&["Retry-After: 120"], "x retry-after:   120"), [(2, 0)]);
    }
}
