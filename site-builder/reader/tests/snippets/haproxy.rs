//! HAProxy: a piece without a section is put into one, and missing sections and files are added.

use super::nginx::certificate;
use super::program::{Program, said};
use super::snippet::Snippet;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const SECTIONS: &[&str] =
    &["global", "defaults", "frontend", "backend", "listen", "resolvers", "http-errors", "peers", "userlist", "cache", "mailers", "ring", "program"];

/// What HAProxy says if it refuses the piece.
pub fn mistake(snippet: &Snippet, haproxy: &Program) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let whole = with_files(&whole(&snippet.text), folder.path());
    fs::write(folder.path().join("haproxy.cfg"), &whole).expect("written");
    let output = haproxy.run(folder.path(), &["-c", "-q", "-f", "haproxy.cfg"]);
    (!output.status.success()).then(|| format!("{}\nin\n{whole}", said(&output)))
}

/// The piece as a whole file.
fn whole(text: &str) -> String {
    let sections: Vec<_> = text.lines().filter_map(section).collect();
    let mut whole = String::from("global\n    maxconn 100\n");
    if !sections.iter().any(|(kind, _)| *kind == "defaults") {
        whole.push_str("defaults\n    mode http\n    timeout connect 3s\n    timeout client 30s\n    timeout server 30s\n");
    }
    if sections.is_empty() {
        whole.push_str("backend snippet\n");
    }
    whole.push_str(text);
    whole.push('\n');
    // Without anything that listens, HAProxy says that it would not start.
    if !sections.iter().any(|(kind, _)| ["frontend", "listen"].contains(kind)) {
        whole.push_str("frontend stub\n    bind 127.0.0.1:8094\n");
    }
    let defined: BTreeSet<_> = sections.iter().map(|(_, name)| *name).collect();
    for name in names_that_are_used(text).difference(&defined) {
        whole.push_str(&format!("backend {name}\n    server s1 127.0.0.1:9\n"));
    }
    if text.contains("resolvers ") && !sections.iter().any(|(kind, _)| *kind == "resolvers") {
        let name = words_behind(text, "resolvers").next().unwrap_or("dns");
        whole.push_str(&format!("resolvers {name}\n    nameserver dns1 127.0.0.1:53\n"));
    }
    whole
}

/// A line that opens a section: its kind and its name.
fn section(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split_whitespace();
    let kind = words.next().filter(|kind| SECTIONS.contains(kind) && !line.starts_with([' ', '\t']))?;
    Some((kind, words.next().unwrap_or_default()))
}

fn words_behind<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = &'t str> {
    text.lines().filter_map(move |line| {
        let mut words = line.split_whitespace().skip_while(move |candidate| *candidate != word);
        words.next()?;
        words.next()
    })
}

fn names_that_are_used(text: &str) -> BTreeSet<&str> {
    words_behind(text, "default_backend").chain(words_behind(text, "use_backend")).filter(|name| !name.contains('%')).collect()
}

/// Files and host names of the reader's machine become ones of this machine.
fn with_files(text: &str, folder: &Path) -> String {
    let (certificate, key) = certificate(folder);
    let pair = folder.join("pair.pem");
    let joined = [&certificate, &key].map(|file| fs::read_to_string(file).expect("made before")).concat();
    fs::write(&pair, joined).expect("written");
    let page = folder.join("page.http");
    fs::write(&page, "HTTP/1.0 503 Service Unavailable\r\nContent-Type: text/html\r\n\r\nbusy\r\n").expect("written");
    let lines = text.lines().map(|line| {
        let words: Vec<_> = line.split_whitespace().collect();
        let mut line = line.to_owned();
        for pair_of_words in words.windows(2).filter(|pair| pair[1].starts_with('/')) {
            match pair_of_words[0] {
                "crt" | "ca-file" => line = line.replace(pair_of_words[1], &pair.display().to_string()),
                "errorfile" | "lf-file" | "file" => line = line.replace(pair_of_words[1], &page.display().to_string()),
                _ => {}
            }
        }
        if words.len() > 2 && words[0] == "errorfile" {
            line = line.replace(words[2], &page.display().to_string());
        }
        if words.len() > 2 && ["server", "server-template"].contains(&words[0]) {
            let address = words[if words[0] == "server" { 2 } else { 3 }];
            let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
            if !host.starts_with('/')
                && !host.contains('@')
                && host.contains(|letter: char| letter.is_ascii_alphabetic())
                && !line.contains("init-addr")
            {
                line = line.replacen(host, "127.0.0.1", 1);
            }
        }
        line
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn a_backend_that_is_only_named_is_added() {
    let whole = whole("frontend web\n    bind :8098\n    default_backend app\n");
    assert!(whole.contains("backend app\n    server"), "{whole}");
}
