//! A company's own knowledge over the built-in: one system, five messages, two causes, one guide, as the documentation says to write them.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that can't set up its files has to stop")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// The company's folder, copied to where no repository is.
struct Company {
    folder: TempDir,
}

impl Company {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/overlay");
        for entry in walkdir::WalkDir::new(&source).into_iter().map(|entry| entry.expect("readable")) {
            let target = folder.path().join(entry.path().strip_prefix(&source).expect("below the source"));
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(&target).expect("a folder");
            } else {
                std::fs::copy(entry.path(), &target).expect("a copy");
            }
        }
        Self { folder }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        std::fs::write(path, text).expect("written");
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.path(file)).expect(file)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_fivexx")).current_dir(self.folder.path()).args(arguments).output().expect("the command runs")
    }

    fn fine(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
        said(&output)
    }

    /// Builds pages and styles only.
    fn build(&self) {
        self.fine(&["build", "--without-checker", "--without-search", "--without-images", "--without-markdown"]);
    }

    /// The text of an asset of the built site, by the beginning of its name.
    fn asset(&self, beginning: &str) -> String {
        let assets = std::fs::read_dir(self.path("site/assets")).expect("assets").filter_map(Result::ok);
        let asset = assets.into_iter().find(|asset| asset.file_name().to_string_lossy().starts_with(beginning)).expect(beginning);
        std::fs::read_to_string(asset.path()).expect("text")
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn an_overlay_lies_over_the_built_in_knowledge_without_being_told() {
    let company = Company::new();
    assert!(company.fine(&["test"]).contains("verdicts are as expected"));
    company.build();
    assert!(company.read("site/systems/tollbooth/index.html").contains("TB-101 lane refused"));
    assert!(company.path("site/systems/nginx/index.html").is_file(), "the built-in knowledge is there too");
    assert!(company.read("site/502/index.html").contains("/causes/ledger-down/"), "a cause joins the built-in code");
    assert!(company.read("site/systems/tollbooth/index.html").contains("/guides/tollbooth-first-steps/"), "a guide stands where it says");
    company.write("log", "2026-11-30T10:00:00Z tollbooth[812]: TB-101 lane ledger refused by 10.2.0.9:7400\n");
    let verdict = company.fine(&["diagnose", "--content", "content", "log"]);
    assert!(verdict.starts_with("A 502 from Tollbooth"), "{verdict}");
    assert!(verdict.contains("the ledger service is down") && verdict.contains("ss -ltnp 'sport = :7400'"), "{verdict}");
}

#[test]
fn a_cause_of_the_overlay_may_not_be_unknown_to_its_messages() {
    let company = Company::new();
    let file = "content/systems/tollbooth/messages/lanes.yaml";
    company.write(file, &company.read(file).replace("{ledger-down: usually", "{ledger-donw: usually"));
    let output = company.run(&["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains(&format!("{file}:9:12")), "{}", said(&output));
    assert!(said(&output).contains("did you mean `ledger-down`?"), "{}", said(&output));
}

const SITE: &str = "name: Acme errors
tagline: What our gateway says
description: Errors of the Acme stack.
base_url: http://errors.acme
source_url: https://git.acme.example/errors
colours:
  link: {light: '#7a1f5c', dark: '#e59bd0'}
logo: |
  <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><circle cx=\"4\" cy=\"4\" r=\"4\"/></svg>
";

/// With a `site.yaml` of its own an overlay says what it lies over.
const OVER_BUILT_IN: [&str; 4] = ["--content", "built-in", "--content", "content"];

#[test]
fn colours_and_logo_are_the_companys() {
    let company = Company::new();
    company.write("content/site.yaml", SITE);
    let quick = ["build", "--without-checker", "--without-search", "--without-images", "--without-markdown"];
    company.fine(&[&quick[..], &OVER_BUILT_IN].concat());
    let style = company.asset("style-");
    let last_link = style.rfind("--link:").expect("a colour of links");
    assert!(style[last_link..].starts_with("--link: light-dark(#7a1f5c,#e59bd0)"), "the company's colour is the last: {}", &style[last_link..]);
    assert!(company.asset("icon-").contains("<circle"));
    let page = company.read("site/index.html");
    assert!(page.contains("alt=\"\" width=\"24\" height=\"24\">Acme errors</a>"), "the logo stands beside the name");
}

#[test]
fn colours_and_logo_that_are_none_are_refused() {
    for (old, new, place, what, remedy) in [
        ("'#7a1f5c'", "'red; }'", "7:17", "`red; }` is no colour", "such as `'#0b4a8c'`"),
        ("  link:", "  links:", "7:3", "unknown field `links`", "did you mean `link`?"),
        ("<svg xmlns", "<div xmlns", "9:3", "this is no SVG drawing", "write the text of an SVG file"),
    ] {
        let company = Company::new();
        company.write("content/site.yaml", &SITE.replace(old, new));
        let output = company.run(&[&["check"][..], &OVER_BUILT_IN].concat());
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        for wanted in [&format!("content/site.yaml:{place}"), what, remedy] {
            assert!(said.contains(wanted), "`{wanted}` is missing in:\n{said}");
        }
    }
}

#[test]
fn an_own_template_changes_a_single_block() {
    let company = Company::new();
    company.write("templates/base.html", "{% extends \"built-in/base.html\" %}\n{% block foot %}<p>Ask the platform team.</p>{% endblock foot %}\n");
    let owner = "<meta name=\"owner\" content=\"platform team\">";
    company.write("templates/guide.html", &format!("{{% extends \"built-in/guide.html\" %}}\n{{% block styles %}}{owner}{{% endblock styles %}}\n"));
    company.build();
    let page = company.read("site/guides/tollbooth-first-steps/index.html");
    assert!(page.contains(owner), "the block is the company's");
    assert!(page.contains("Read the code") && page.contains("<nav class=\"top-wide\""), "the rest is the built-in template's");
    let other = company.read("site/502/index.html");
    assert!(!other.contains(owner), "other kinds of pages stay");
    assert!(other.contains("Ask the platform team.") && !other.contains("Licence: MIT"), "what all pages have changes on all");
}

#[test]
fn terms_of_the_glossary_are_added_and_overridden() {
    let company = Company::new();
    let lane = "- {id: lane, term: Lane, in_prose: [lane], means: The connections of one service at Tollbooth., see: /systems/tollbooth/}\n";
    let upstream = "- {id: upstream, term: Upstream, in_prose: [upstream], means: What Acme calls a service., see: /systems/tollbooth/}\n";
    company.write("content/glossary.yaml", &format!("{lane}{upstream}"));
    company.build();
    let glossary = company.read("site/glossary/index.html");
    assert!(glossary.contains("id=\"lane\"") && glossary.contains("The connections of one service"), "a term is added");
    assert!(glossary.contains("What Acme calls a service."), "a term is overridden");
    assert_eq!(glossary.matches("id=\"upstream\"").count(), 1, "an overridden term stands there once");
    assert!(company.read("site/guides/tollbooth-first-steps/index.html").contains("/glossary/#lane"), "the term is linked in prose");
}

#[test]
fn runs_of_a_lab_of_ones_own_are_added() {
    let company = Company::new();
    company.write("content/lab/faults.yaml", "- {id: ledger-stopped, title: The ledger is stopped}\n");
    let run = "system: tollbooth\nname: Tollbooth\nversion: '4.2'\ndate: 2026-11-30\nanswers:\n  ledger-stopped: {answer: 502, seconds: 0.01, messages: [tollbooth-lane-refused]}\n";
    company.write("content/lab/servers/tollbooth.yaml", run);
    company.build();
    assert!(company.read("site/lab/index.html").contains("The ledger is stopped"));
    assert!(company.read("site/messages/tollbooth-lane-refused/index.html").contains("The ledger is stopped"), "the message names the run");
}

#[test]
fn every_kind_of_file_has_a_schema() {
    let company = Company::new();
    for (kind, field) in
        [("glossary", "in_prose"), ("lab-faults", "title"), ("lab-server", "answers"), ("lab-measured", "seconds"), ("site", "colours")]
    {
        let schema = company.fine(&["schema", kind]);
        assert!(schema.contains(&format!("\"{field}\"")), "{kind}: {schema}");
    }
}

#[test]
fn check_watches_until_it_is_stopped() {
    let company = Company::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_fivexx"))
        .current_dir(company.folder.path())
        .args(["check", "--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut fine = BufReader::new(child.stdout.take().expect("output")).lines().map(|line| line.expect("text"));
    let mut wrong = BufReader::new(child.stderr.take().expect("errors")).lines().map(|line| line.expect("text"));
    assert!(fine.any(|line| line.starts_with("All is well")), "it begins with what is there");
    let guide = "content/guides/tollbooth-first-steps.md";
    let good = company.read(guide);
    company.write(guide, &good.replace("summary:", "sumary:"));
    assert!(wrong.any(|line| line.contains("did you mean `summary`?")), "a mistake is told when it is saved");
    company.write(guide, &good);
    assert!(fine.any(|line| line.starts_with("All is well")), "and that it is gone");
    child.kill().expect("it runs until it is stopped");
    child.wait().expect("it ends");
}
