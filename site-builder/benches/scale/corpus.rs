//! A corpus of plain pages, the same in every run: prose, a table, code, links, tags, a day. About 930 words a page.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

const WORDS: &[&str] = &[
    "upstream",
    "gateway",
    "proxy",
    "backend",
    "worker",
    "connection",
    "timeout",
    "socket",
    "header",
    "response",
    "request",
    "client",
    "server",
    "origin",
    "balancer",
    "health",
    "check",
    "pool",
    "thread",
    "process",
    "queue",
    "latency",
    "retry",
    "deadline",
    "handshake",
    "certificate",
    "address",
    "port",
    "route",
    "network",
    "packet",
    "buffer",
    "memory",
    "kernel",
    "container",
    "cluster",
    "service",
    "deploy",
    "restart",
    "drain",
    "module",
    "cache",
    "edge",
    "region",
    "platform",
    "runtime",
    "database",
    "query",
    "lock",
    "stream",
    "chunk",
    "body",
    "length",
    "protocol",
    "frame",
    "session",
    "limit",
    "quota",
    "burst",
    "window",
    "metric",
    "trace",
    "status",
    "reason",
    "symptom",
    "cause",
    "operator",
    "release",
    "incident",
];
const GLUE: &[&str] = &[
    "the", "a", "this", "that", "each", "every", "when", "because", "while", "before", "after", "until", "unless", "with", "without", "through",
    "from", "into", "over", "between", "only", "also", "often", "rarely", "first", "then", "still", "already", "is", "was", "returns", "sends",
    "closes", "opens", "waits", "fails", "keeps", "drops", "reads", "writes", "accepts", "may", "must", "should", "does", "not", "and", "or", "but",
];
const TAGS: &[&str] = &[
    "nginx",
    "apache",
    "haproxy",
    "envoy",
    "kubernetes",
    "docker",
    "cloudflare",
    "php-fpm",
    "gunicorn",
    "node",
    "timeouts",
    "tls",
    "dns",
    "buffers",
    "deploys",
    "limits",
];

/// A form in which a program wants its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Fivexx,
    Hugo,
    MdBook,
    /// Markdown alone, for the floor.
    Bare,
}

/// A sequence of numbers that is the same in every run (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    fn one<'l>(&mut self, list: &[&'l str]) -> &'l str {
        list[self.below(list.len())]
    }

    fn sentence(&mut self, words: usize) -> String {
        let mut sentence = String::new();
        let marked = self.below(words.max(1));
        for at in 0..words {
            let word = self.one(if at % 2 == 0 { GLUE } else { WORDS });
            let _ = match (at == marked, at) {
                (true, 4..) => write!(sentence, " `{word}_{}`", self.one(WORDS)),
                (true, 1..) => write!(sentence, " **{word}**"),
                _ => write!(sentence, "{}{word}", if at == 0 { "" } else { " " }),
            };
        }
        sentence + "."
    }

    fn paragraph(&mut self, words: usize) -> String {
        let sentences: Vec<_> = (0..words / 14).map(|_| self.sentence(14)).collect();
        sentences.join(" ") + "\n\n"
    }
}

/// Writes `count` pages; with `languages`, code names the one that it is in, so that it is coloured.
pub fn write(form: Form, count: usize, languages: bool, folder: &Path) -> io::Result<()> {
    let pages = match form {
        Form::Fivexx => folder.join("guides"),
        Form::Hugo => folder.join("content/guides"),
        Form::MdBook => folder.join("src/guides"),
        Form::Bare => folder.to_owned(),
    };
    fs::create_dir_all(&pages)?;
    let mut summary = "# Summary\n\n".to_owned();
    for number in 0..count {
        let (title, text) = page(form, number, count, languages);
        fs::write(pages.join(format!("{}.md", name(number))), text)?;
        let _ = writeln!(summary, "- [{title}](guides/{}.md)", name(number));
    }
    if form == Form::MdBook {
        fs::write(folder.join("src/SUMMARY.md"), summary)?;
    }
    Ok(())
}

fn name(number: usize) -> String {
    format!("page-{number:05}")
}

fn page(form: Form, number: usize, count: usize, languages: bool) -> (String, String) {
    let mut numbers = Numbers(0x5000_0000 + (number as u64 + 1) * 0x9e37_79b9_7f4a_7c15);
    let title = format!("{} {} {} {number}", numbers.one(&["500", "502", "503", "504", "520", "522"]), numbers.one(WORDS), numbers.one(WORDS));
    let summary = numbers.sentence(14);
    let first = numbers.below(TAGS.len() - 3);
    let tags = TAGS[first..first + 3].join(", ");
    let day = format!("20{:02}-{:02}-{:02}", 20 + numbers.below(6), 1 + numbers.below(12), 1 + numbers.below(28));
    let front = match form {
        Form::Fivexx => format!(
            "---\ntitle: {title}\nsummary: '{summary}'\nsources: [{{title: Corpus, url: 'https://corpus.example/'}}]\nchecked: {day}\ntags: [{tags}]\n---\n\n"
        ),
        Form::Hugo => format!("---\ntitle: {title}\ndescription: '{summary}'\ndate: {day}\ntags: [{tags}]\n---\n\n"),
        Form::MdBook | Form::Bare => format!("# {title}\n\n"),
    };
    let text = front + &body(form, &mut numbers, count, languages);
    (title, text)
}

fn body(form: Form, numbers: &mut Numbers, count: usize, languages: bool) -> String {
    let mut text = numbers.paragraph(60);
    let _ = write!(text, "## What it means: {}\n\n{}{}", numbers.sentence(3), numbers.paragraph(75), numbers.paragraph(60));
    let _ = write!(text, "### Where it is born: {}\n\n{}", numbers.sentence(3), numbers.paragraph(55));
    for _ in 0..4 {
        let _ = writeln!(text, "- {}", numbers.sentence(9));
    }
    text += "\n## Causes\n\n| Cause | Log line | Timeout | Fix |\n|---|---|---:|---|\n";
    for _ in 0..12 {
        let (one, other, seconds) = (numbers.one(WORDS), numbers.one(WORDS), 1 + numbers.below(600));
        let _ =
            writeln!(text, "| {one} {other} | `{} {}` | {seconds} s | {} the {} |", numbers.one(WORDS), numbers.one(WORDS), numbers.one(GLUE), other);
    }
    text += &code(numbers, languages);
    let _ = write!(text, "## Related\n\n{} See ", numbers.sentence(25));
    for end in [", ", " and ", ".\n\n"] {
        let target = name(numbers.below(count));
        let address = match form {
            Form::MdBook => format!("{target}.md"),
            Form::Fivexx | Form::Hugo | Form::Bare => format!("/guides/{target}/"),
        };
        let _ = write!(text, "[{} {}]({address}){end}", numbers.one(WORDS), numbers.one(WORDS));
    }
    text += "## Questions\n\n";
    for number in 1..=4 {
        let _ = write!(text, "### Question {number}: {}\n\n{}", numbers.sentence(7), numbers.paragraph(45));
    }
    text
}

fn code(numbers: &mut Numbers, languages: bool) -> String {
    let language = |name: &'static str| if languages { name } else { "" };
    let (one, other, port) = (numbers.one(WORDS), numbers.one(WORDS), 1024 + numbers.below(60_000));
    format!(
        "\n## Configuration\n\n{}```{}\nupstream {one}_{other} {{\n    server 10.0.3.{}:{port} max_fails=3 fail_timeout={}s;\n    server unix:/run/{one}.sock backup;\n    \
         keepalive {};\n}}\n\nserver {{\n    listen 443 ssl;\n    server_name {other}.example.com;  # {}\n\n    location /{one}/ {{\n        \
         proxy_pass http://{one}_{other};\n        proxy_set_header Host $host;\n        proxy_read_timeout {}s;\n        \
         proxy_next_upstream error timeout http_502;\n    }}\n}}\n```\n\n### How to check\n\n{}```{}\n#!/usr/bin/env bash\nset -euo pipefail\n\
         host=\"{other}.example.com\"\nfor i in $(seq 1 {}); do\n    code=$(curl -sS -o /dev/null -w '%{{http_code}}' \"https://$host/{one}/\")\n    \
         echo \"$i: $code\"\ndone\nsudo ss -tlnp | awk '$4 ~ /:{port}$/ {{ print $6 }}'\n```\n\n",
        numbers.paragraph(35),
        language("nginx"),
        numbers.below(256),
        5 + numbers.below(60),
        8 + numbers.below(250),
        numbers.sentence(6),
        30 + numbers.below(300),
        numbers.paragraph(40),
        language("bash"),
        5 + numbers.below(50),
    )
}
