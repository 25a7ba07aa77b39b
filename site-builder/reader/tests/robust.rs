//! The samples of the shipped content as they look after accidents, and as shippers pass them on.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that can't read the content has to stop")]

use diagnosis::evidence::{Blocks, Evidence, Recogniser, What};
use diagnosis::knowledge::Knowledge;
use reader::Content;
use std::path::PathBuf;

/// Texts that are made of accidents; more find more, and take longer.
const CASES: usize = 300;
/// What shippers write before each line.
const PREFIXES: [&str; 6] = [
    "Nov 20 03:12:44 web-1 app[812]: ",
    "<27>1 2026-11-20T03:12:44.123Z web-1 app 812 - - ",
    "2026-11-20T03:12:44.123456789Z stderr F ",
    "web-1  | ",
    "\u{1b}[36mweb-1  | \u{1b}[0m",
    "2026-11-20T03:12:44.123Z ",
];

fn content() -> Content {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../content");
    reader::read(&folder).outcome.unwrap_or_else(|mistakes| panic!("the content has {} mistakes; run `fivexx check`", mistakes.len()))
}

/// All samples, with the id of their message.
fn samples(content: &Content) -> Vec<(&str, &str)> {
    let of_message = |message: &'_ reader::draft::Listed<reader::form::MessageForm>| message.form.samples.len();
    let messages = content.entries().messages.iter().filter(|message| of_message(message) > 0);
    messages.flat_map(|message| message.form.samples.iter().map(|sample| (message.form.id.value.as_str(), sample.value.as_str()))).collect()
}

/// A generator of numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }
}

fn recognises(knowledge: &Knowledge, evidence: &Evidence, id: &str) -> bool {
    evidence
        .findings
        .iter()
        .any(|finding| matches!(finding.what, What::Signature(index, _) if knowledge.signatures[index.position()].id.as_str() == id))
}

/// The lengths of the lines of a text.
fn line_lengths(text: &[u8]) -> Vec<usize> {
    let mut lengths = vec![0];
    for (at, byte) in text.iter().enumerate() {
        let ends = *byte == b'\n' || (*byte == b'\r' && text.get(at + 1) != Some(&b'\n'));
        match lengths.last_mut() {
            Some(length) if !ends => *length += 1,
            _ => lengths.push(0),
        }
    }
    lengths
}

fn assert_positions_lie_within(text: &[u8], evidence: &Evidence) {
    let lengths = line_lengths(text);
    for finding in &evidence.findings {
        let at = finding.at.expect("a place in the text");
        let length = at.line.checked_sub(1).and_then(|index| lengths.get(index)).unwrap_or_else(|| panic!("no line {}", at.line));
        assert!(at.start <= at.end && at.end <= *length, "{finding:?} in a line of {length} bytes");
    }
}

fn in_blocks(recogniser: &Recogniser<'_>, text: &[u8], block: usize, numbers: &mut Numbers) -> Evidence {
    let mut blocks = Blocks::of_size(block);
    let mut gathered: Option<diagnosis::evidence::Gathered> = None;
    let mut rest = text;
    let mut cut = Vec::new();
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at((1 + numbers.below(200_000)).min(rest.len()));
        cut.extend(blocks.push(piece));
        rest = behind;
    }
    cut.push(blocks.finish());
    for block in &cut {
        let found = recogniser.read(block);
        match &mut gathered {
            Some(gathered) => gathered.then(found),
            None => gathered = Some(found),
        }
    }
    recogniser.conclude(gathered.expect("at least one block")).evidence
}

#[test]
fn what_shippers_write_before_a_line_hides_no_message() {
    let content = content();
    let recogniser = Recogniser::new(content.knowledge()).expect("usable knowledge");
    let samples = samples(&content);
    for prefix in PREFIXES {
        let hidden: Vec<_> = samples
            .iter()
            .filter(|(id, sample)| {
                let shipped: String = sample.lines().map(|line| format!("{prefix}{line}\n")).collect();
                !recognises(content.knowledge(), &recogniser.examine(shipped.as_bytes()), id)
            })
            .map(|(id, _)| *id)
            .collect();
        assert!(hidden.len() * 100 <= samples.len(), "{prefix:?} hides {} of {} samples: {hidden:?}", hidden.len(), samples.len());
    }
}

#[test]
fn a_message_in_a_string_of_json_is_recognised() {
    let content = content();
    let recogniser = Recogniser::new(content.knowledge()).expect("usable knowledge");
    let samples = samples(&content);
    let escaped = |sample: &str| sample.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    let hidden: Vec<_> = samples
        .iter()
        .filter(|(id, sample)| {
            let wrapped = format!("{{\"log\":\"\\u001b[31m{}\\u001b[0m\\n\",\"stream\":\"stderr\"}}\n", escaped(sample));
            !recognises(content.knowledge(), &recogniser.examine(wrapped.as_bytes()), id)
        })
        .map(|(id, _)| *id)
        .collect();
    assert!(hidden.len() * 100 <= samples.len() * 3, "{} of {} samples are hidden: {hidden:?}", hidden.len(), samples.len());
}

#[test]
fn damaged_lines_are_answered_and_places_lie_within_the_text() {
    let content = content();
    let recogniser = Recogniser::new(content.knowledge()).expect("usable knowledge");
    let samples = samples(&content);
    let mut numbers = Numbers(0x5ee6);
    for _ in 0..CASES {
        let mut lines: Vec<Vec<u8>> = (0..1 + numbers.below(8)).map(|_| numbers.of(&samples).1.as_bytes().to_vec()).collect();
        for line in &mut lines {
            match numbers.below(6) {
                0 => line.truncate(numbers.below(line.len() + 1)),
                1 => drop(line.drain(..numbers.below(line.len() + 1))),
                2 => (0..4).for_each(|_| {
                    let at = numbers.below(line.len());
                    line[at] ^= 1 << numbers.below(8);
                }),
                3 => line.splice(0..0, numbers.of(&PREFIXES).bytes()).for_each(drop),
                4 => *line = line.repeat(1 + numbers.below(50)),
                _ => {}
            }
            let endings: [&[u8]; 6] = [b"\n", b"\r\n", b"\r", b"\0", b"\n\n", b"\xff\xfe"];
            let ending = *numbers.of(&endings);
            line.extend_from_slice(ending);
        }
        let text = lines.concat();
        assert_positions_lie_within(&text, &recogniser.examine(&text));
    }
}

#[test]
fn a_text_in_blocks_gives_the_same_evidence_as_in_one() {
    let content = content();
    let recogniser = Recogniser::new(content.knowledge()).expect("usable knowledge");
    let samples = samples(&content);
    let mut numbers = Numbers(0xb10c);
    for case in 0..6 {
        let mut text = b"It works when I curl it directly, and fails through the proxy after 60 seconds.\n".to_vec();
        while text.len() < 700_000 {
            let sample = numbers.of(&samples).1.as_bytes();
            if numbers.below(400) == 0 {
                text.extend_from_slice(&sample.repeat(80_000 / sample.len().max(1)));
            }
            text.extend_from_slice(sample);
            let endings: [&[u8]; 4] = [b"\n", b"\r\n", b"\n\x1b[0m\n", b"\n"];
            let ending = *numbers.of(&endings);
            text.extend_from_slice(ending);
        }
        let (whole, block) = (recogniser.examine(&text), 1 + numbers.below(400_000));
        let cut = in_blocks(&recogniser, &text, block, &mut numbers);
        assert_eq!(whole.statuses, cut.statuses, "case {case}");
        for (whole, cut) in whole.findings.iter().zip(&cut.findings) {
            assert_eq!(whole, cut, "case {case}, blocks of {block}");
        }
        assert_eq!(whole.findings.len(), cut.findings.len(), "case {case}");
    }
}

#[test]
fn texts_that_nobody_expects_are_answered() {
    let content = content();
    let recogniser = Recogniser::new(content.knowledge()).expect("usable knowledge");
    let refused = samples(&content).into_iter().find(|(id, _)| *id == "nginx-connect-refused").expect("the sample").1;
    let times = |text: &str, bytes: usize| text.repeat(bytes / text.len());
    let texts: Vec<(&str, Vec<u8>)> = vec![
        ("a line of 10 MB", times("upstream timed out ", 10_000_000).into_bytes()),
        ("white space without end", times(" ", 10_000_000).into_bytes()),
        ("one anchor over and over", times("upstream: \"", 2_000_000).into_bytes()),
        ("beginnings without ends", times("connect() failed (111: ", 2_000_000).into_bytes()),
        ("tags without ends", times("502 Bad Gateway</h1>\n", 2_000_000).into_bytes()),
        ("brackets", times("[a] [b] \"c\" ", 2_000_000).into_bytes()),
        ("escapes", times("\\\\\\\"\\n\":", 2_000_000).into_bytes()),
        ("nothing but NUL", vec![0; 2_000_000]),
        ("invalid UTF-8", [0xff, 0xc2, 0xe2, 0x80].repeat(500_000)),
        ("right-to-left text", times("خطأ في الخادم 502 בשרת\u{202e} ", 500_000).into_bytes()),
        ("carriage returns alone", times("a line\r", 500_000).into_bytes()),
    ];
    for (name, text) in texts {
        assert_positions_lie_within(&text, &recogniser.examine(&text));
        let with_message = [text.as_slice(), b"\n", refused.as_bytes(), b"\n"].concat();
        assert!(recognises(content.knowledge(), &recogniser.examine(&with_message), "nginx-connect-refused"), "{name} hides the message behind it");
    }
    let identical = format!("{refused}\n").repeat(200_000);
    let evidence = recogniser.examine(identical.as_bytes());
    let finding = evidence.signatures().find(|(index, _, _)| content.knowledge().signatures[index.position()].id.as_str() == "nginx-connect-refused");
    let (_, _, finding) = finding.expect("the message");
    assert_eq!((finding.times, finding.at.map(|at| at.line)), (200_000, Some(1)));
}
