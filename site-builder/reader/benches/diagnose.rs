//! How fast evidence is read: a paste, a large log, a stream through the command, and with many times the signatures.
//!
//! `cargo bench -p reader`. Peers run in the same run: ripgrep from `PATH` or `RIPGREP`, with as many strings as there
//! are literals here. The stream needs `target/release/fivexx`; what is missing is named and left out.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a bench stops where it can't go on")]

use diagnosis::evidence::Recogniser;
use diagnosis::id::SignatureId;
use diagnosis::knowledge::Knowledge;
use diagnosis::template::Template;
use divan::Bencher;
use divan::counter::BytesCount;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

fn main() {
    divan::main();
}

/// Bytes of the log that stands for a large one.
const LOG_BYTES: usize = 10 << 20;
/// Bytes that go through the command.
const STREAM_BYTES: usize = 1 << 30;
/// Of so many lines one is a message of a failure; the others are healthy.
const HEALTHY_LINES: u64 = 50;

#[divan::bench]
fn paste_of_2_kb(bencher: Bencher<'_, '_>) {
    let recogniser = Recogniser::new(knowledge()).expect("usable knowledge");
    let paste = &errors()[..2048];
    bencher.counter(BytesCount::new(paste.len())).bench(|| diagnosis::conclude(knowledge(), &recogniser.examine(paste), &Default::default()));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn mixed_log_of_10_mib(bencher: Bencher<'_, '_>) {
    examine(bencher, knowledge(), mixed());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn log_of_errors_alone(bencher: Bencher<'_, '_>) {
    examine(bencher, knowledge(), errors());
}

#[divan::bench(args = [1, 2, 5, 10], sample_count = 5, sample_size = 1)]
fn mixed_log_with_times_the_signatures(bencher: Bencher<'_, '_>, times: usize) {
    examine(bencher, &multiplied(times), mixed());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn peer_ripgrep_on_the_mixed_log(bencher: Bencher<'_, '_>) {
    ripgrep(bencher, mixed());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn peer_ripgrep_on_errors_alone(bencher: Bencher<'_, '_>) {
    ripgrep(bencher, errors());
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn stream_of_1_gib_through_the_command(bencher: Bencher<'_, '_>) {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/release/fivexx");
    if !program.exists() {
        eprintln!("left out: {} is not built", program.display());
        return;
    }
    bencher.counter(BytesCount::new(STREAM_BYTES)).bench(|| {
        let mut command =
            Command::new(&program).args(["diagnose", "--format", "json", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut input = command.stdin.take().expect("a pipe");
        for _ in 0..STREAM_BYTES / LOG_BYTES {
            input.write_all(mixed()).expect("written");
        }
        let peak = peak_memory(command.id());
        drop(input);
        assert!(command.wait().expect("ended").success());
        eprintln!("peak memory of the command: {peak}");
    });
}

/// The most memory that a process held, as Linux reports it.
fn peak_memory(process: u32) -> String {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("not known here".to_owned(), |value| value.trim().to_owned())
}

fn examine(bencher: Bencher<'_, '_>, knowledge: &Knowledge, text: &[u8]) {
    let recogniser = Recogniser::new(knowledge).expect("usable knowledge");
    bencher.counter(BytesCount::new(text.len())).bench_local(|| recogniser.examine(text));
}

fn ripgrep(bencher: Bencher<'_, '_>, text: &[u8]) {
    let program = std::env::var_os("RIPGREP").unwrap_or("rg".into());
    if Command::new(&program).arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("left out: ripgrep is not installed; name it in RIPGREP");
        return;
    }
    let (patterns, log) = (temporary("patterns", literals().join("\n").as_bytes()), temporary("log", text));
    bencher.counter(BytesCount::new(text.len())).bench_local(|| {
        Command::new(&program).args(["-F", "-c", "-j1", "-f"]).arg(&patterns).arg(&log).stdout(Stdio::null()).status().expect("ripgrep runs")
    });
}

fn temporary(name: &str, content: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("fivexx-bench-{}-{name}", std::process::id()));
    std::fs::write(&path, content).expect("written");
    path
}

fn content() -> &'static reader::Content {
    static CONTENT: OnceLock<reader::Content> = OnceLock::new();
    CONTENT.get_or_init(|| {
        reader::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")).outcome.unwrap_or_else(|_| panic!("the content has mistakes"))
    })
}

fn knowledge() -> &'static Knowledge {
    content().knowledge()
}

/// The longest literal of each wording.
fn literals() -> Vec<String> {
    let templates = knowledge().signatures.iter().flat_map(|signature| &signature.templates);
    templates.filter_map(|template| template.anchors().max_by_key(|anchor| anchor.len())).map(str::to_owned).collect()
}

/// The knowledge with each signature several times, under other names and with other words in front.
fn multiplied(times: usize) -> Knowledge {
    let mut knowledge = knowledge().clone();
    let own = knowledge.signatures.clone();
    for copy in 1..times {
        for signature in &own {
            let mut other = signature.clone();
            other.id = SignatureId::new(format!("{}-{copy}", signature.id));
            let reworded = signature.templates.iter().filter_map(|template| {
                let anchor = template.anchors().max_by_key(|anchor| anchor.len())?;
                let scrambled: String =
                    anchor.chars().rev().map(|letter| if letter.is_ascii_lowercase() { rotated(letter, copy) } else { letter }).collect();
                Template::parse(&scrambled.replace(['{', '}'], "(")).ok()
            });
            other.templates = reworded.collect();
            other.log_lines.clear();
            other.follows_from.clear();
            knowledge.signatures.push(other);
        }
    }
    knowledge
}

fn rotated(letter: char, by: usize) -> char {
    let position = (letter as usize - 'a' as usize + by) % 26;
    char::from(b'a' + position as u8)
}

/// A log of healthy lines in several formats, in which now and then something fails.
fn mixed() -> &'static [u8] {
    static MIXED: OnceLock<Vec<u8>> = OnceLock::new();
    MIXED.get_or_init(|| log(HEALTHY_LINES))
}

/// A log in which every line tells of a failure.
fn errors() -> &'static [u8] {
    static ERRORS: OnceLock<Vec<u8>> = OnceLock::new();
    ERRORS.get_or_init(|| log(1))
}

fn log(one_in: u64) -> Vec<u8> {
    let samples: Vec<&str> =
        content().entries().messages.iter().flat_map(|message| &message.form.samples).map(|sample| sample.value.as_str()).collect();
    let mut random = Random(17);
    let mut log = Vec::with_capacity(LOG_BYTES + 1024);
    while log.len() < LOG_BYTES {
        if random.below(one_in) == 0 {
            log.extend_from_slice(samples[random.below(samples.len() as u64) as usize].as_bytes());
            log.push(b'\n');
        } else {
            healthy_line(&mut random, &mut log);
        }
    }
    log.truncate(LOG_BYTES);
    log
}

fn healthy_line(random: &mut Random, log: &mut Vec<u8>) {
    let (client, page, bytes, second) = (random.below(250), random.below(90_000), random.below(70_000), random.below(60));
    let status = [200, 200, 200, 200, 204, 301, 304, 404][random.below(8) as usize];
    let line = match random.below(4) {
        0 | 1 => format!(
            "203.0.113.{client} - - [20/Nov/2026:03:12:{second:02} +0000] \"GET /articles/{page}?page=2 HTTP/1.1\" {status} {bytes} \"https://www.example.com/\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36\""
        ),
        2 => format!(
            "{{\"level\":\"info\",\"ts\":\"2026-11-20T03:12:{second:02}.113Z\",\"msg\":\"handled request\",\"status\":{status},\"uri\":\"/articles/{page}\",\"size\":{bytes},\"duration\":0.0{client}}}"
        ),
        _ => format!("Nov 20 03:12:{second:02} web-1 app[2417]: INFO rendered articles/{page} in {bytes} us for 203.0.113.{client}"),
    };
    log.extend_from_slice(line.as_bytes());
    log.push(b'\n');
}

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit.max(1)
    }
}
