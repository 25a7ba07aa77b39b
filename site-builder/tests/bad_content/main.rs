//! Bad content gets an error with its file, line and column, what is wrong, and what to write instead.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that can't set up its files has to stop")]

mod kinds;
mod workbench;

use std::path::Path;
use std::process::Command;
use workbench::Workbench;

const MESSAGES: &str = "systems/echo/messages/connect.yaml";
const QUESTION: &str = "questions/process-state.yaml";

#[test]
fn the_content_as_shipped_is_fine() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new(env!("CARGO_BIN_EXE_fivexx")).current_dir(repository).arg("check").output().expect("the command runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn good_content_is_fine() {
    let output = Workbench::new().run("check", &[]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn yaml_syntax() {
    let bench = Workbench::new().replace(MESSAGES, "title: upstream refused", "title: upstream: refused");
    bench.refused("systems/echo/messages/connect.yaml:2:18", "not valid YAML", "quote texts that hold `: `");
}

#[test]
fn unknown_field() {
    let bench = Workbench::new().replace("causes/wrong-address.md", "prevention:", "preventoin:");
    bench.refused("causes/wrong-address.md:12:1", "unknown field `preventoin`", "did you mean `prevention`?");
}

#[test]
fn missing_field() {
    let bench = Workbench::new().replace("causes/wrong-address.md", "summary: Nothing listens.\n", "");
    bench.refused("causes/wrong-address.md:14:1", "the field `summary` is missing", "write `summary: …`");
}

#[test]
fn wrong_type() {
    let bench = Workbench::new().replace(QUESTION, "effort: 1", "effort: little");
    bench.refused("questions/process-state.yaml:2:9", "wrong type", "`fivexx schema KIND` what their fields hold");
}

#[test]
fn unknown_likelihood_word() {
    let bench = Workbench::new().replace(MESSAGES, "backend-not-running: usually", "backend-not-running: usualy");
    bench.refused("systems/echo/messages/connect.yaml:9:33", "`usualy` is not a word", "did you mean `usually`?");
}

#[test]
fn unknown_id() {
    let bench = Workbench::new().replace(MESSAGES, "{backend-not-running:", "{backend-not-runing:");
    bench.refused("systems/echo/messages/connect.yaml:9:12", "there is no cause `backend-not-runing`", "did you mean `backend-not-running`?");
}

#[test]
fn duplicate_id() {
    let bench = Workbench::new().replace(MESSAGES, "- id: echo-silent", "- id: echo-refused");
    bench.refused(
        "systems/echo/messages/connect.yaml:14:7",
        "`echo-refused` is taken already, in content/systems/echo/messages/connect.yaml:1",
        "another id",
    );
}

#[test]
fn wording_of_two_terms() {
    let second = "- id: upstream\n  term: Upstream\n  in_prose: [upstream]\n  means: A server.\n  see: /\n- id: origin\n  term: Origin\n  in_prose: [Upstream]\n  means: A server.\n  see: /\n";
    Workbench::new().write("glossary.yaml", second).refused(
        "glossary.yaml:8:14",
        "`Upstream` is linked to the term `upstream` already",
        "leave it under one",
    );
}

#[test]
fn broken_link() {
    let bench = Workbench::new().replace("codes/502.md", "/causes/backend-not-running/", "/causes/backend-not-runing/");
    bench.refused("codes/502.md:19:17", "there is no page `/causes/backend-not-runing/`", "did you mean `/causes/backend-not-running/`?");
}

#[test]
fn broken_anchor() {
    let bench = Workbench::new().replace("guides/first-steps.md", "#how-it-works", "#how-it-work");
    bench.refused("guides/first-steps.md:10:", "there is no heading `/systems/echo/#how-it-work`", "did you mean `how-it-works`?");
}

#[test]
fn sample_that_is_not_matched() {
    let bench = Workbench::new().replace(
        MESSAGES,
        "samples: ['upstream 10.0.0.1:80 refused the connection']",
        "samples: ['upstream 10.0.0.1:80 refused connections']",
    );
    bench.refused("systems/echo/messages/connect.yaml:5:13", "`echo-refused` is not recognised in its own sample", "correct `match`");
}

#[test]
fn sample_that_another_message_matches_first() {
    let more = "  match: ['upstream {address} stayed silent', '10.0.0.1:80 refused the connection']";
    let bench = Workbench::new().replace(MESSAGES, "  match: ['upstream {address} stayed silent']", more).replace(
        MESSAGES,
        "  match: ['upstream {address} refused the connection']",
        "  match: ['upstream {address} refused the']",
    );
    bench.refused("systems/echo/messages/connect.yaml:5:13", "this sample of `echo-refused` is recognised as `echo-silent`", "more literal text");
}

#[test]
fn template_with_an_unclosed_hole() {
    let bench = Workbench::new().replace(MESSAGES, "{address} refused", "{address refused");
    bench.refused("systems/echo/messages/connect.yaml:4:11", "this hole is not closed", "a hole is `{name}`");
}

#[test]
fn cause_that_nothing_reaches() {
    let bench = Workbench::new().replace(QUESTION, ", wrong-address: usually", "");
    bench.refused("causes/wrong-address.md:1:1", "nothing leads to the cause `wrong-address`", "under `causes` of a message");
}

#[test]
fn timeout_without_unit() {
    let bench = Workbench::new().replace("systems/echo/timeouts.yaml", "  unit: s\n", "");
    bench.refused("systems/echo/timeouts.yaml:7:3", "the field `unit` is missing", "write `unit: …`");
}

#[test]
fn timeout_without_version() {
    let bench = Workbench::new().replace("systems/echo/timeouts.yaml", "  versions: all\n", "");
    bench.refused("systems/echo/timeouts.yaml:7:3", "the field `versions` is missing", "write `versions: …`");
}

#[test]
fn timeout_without_source() {
    let bench = Workbench::new().replace("systems/echo/timeouts.yaml", "{url: 'https://small.example/timeout', seen_in: '1.0'}", "{seen_in: '1.0'}");
    bench.refused("systems/echo/timeouts.yaml:8:11", "this fact has no source", "`url:` or `code:`");
}

#[test]
fn address_that_is_none() {
    let bench = Workbench::new().replace("guides/first-steps.md", "url: 'https://small.example/a'", "url: 'https:small.example/a'");
    bench.refused("guides/first-steps.md:5:3", "`https:small.example/a` is no address", "write it in full");
}

#[test]
fn status_that_is_none() {
    let bench = Workbench::new().replace(MESSAGES, "status: 502", "status: 5022");
    bench.refused("systems/echo/messages/connect.yaml:6:11", "`5022` is no status code", "from 100 to 999");
}

#[test]
fn day_that_is_none() {
    let bench = Workbench::new().replace("guides/first-steps.md", "checked: 2026-11-21", "checked: 21.11.2026");
    bench.refused("guides/first-steps.md:6:10", "`21.11.2026` is no day", "year, month and day");
}

#[test]
fn default_with_its_unit() {
    let bench = Workbench::new().replace("systems/echo/timeouts.yaml", "default: 60", "default: 60s");
    bench.refused(
        "systems/echo/timeouts.yaml:3:12",
        "`60s` is neither a number, whose unit stands in `unit`, nor `none`",
        "`fivexx schema KIND` what their fields hold",
    );
}

#[test]
fn option_without_effect() {
    let bench = Workbench::new().replace(QUESTION, "    causes: {backend-not-running: always}\n    otherwise: rarely\n", "");
    bench.refused("questions/process-state.yaml:4:9", "the answer `stopped` changes nothing", "give it `causes`");
}

#[test]
fn unknown_hole_in_a_command() {
    let bench = Workbench::new().replace("causes/wrong-address.md", ":{upstream_port}", ":{upstream_prt}");
    bench.refused("causes/wrong-address.md:9:11", "no value `upstream_prt`", "did you mean `upstream_port`?");
}

#[test]
fn file_that_is_not_utf8() {
    let bench = Workbench::new();
    std::fs::write(bench.path("faq/whose-fault.md"), b"---\nquestion: \xff\n---\n").expect("written");
    bench.refused("faq/whose-fault.md", "not UTF-8", "save the file as UTF-8");
}

#[test]
fn page_template_with_an_error() {
    let bench = Workbench::new();
    let templates = bench.folder.path().join("templates");
    std::fs::create_dir_all(templates.join("assets")).expect("a folder");
    for asset in ["style.css", "check.js", "icon.svg"] {
        std::fs::write(templates.join("assets").join(asset), "").expect("written");
    }
    std::fs::write(templates.join("home.html"), "<p>\n{{ title | nonsense }}</p>").expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_fivexx")).current_dir(bench.folder.path()).arg("check").output().expect("the command runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("home.html:2") && said.contains("nonsense"), "{said}");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let bench = Workbench::new()
        .replace(QUESTION, "effort: 1", "effort: little")
        .replace("causes/wrong-address.md", "prevention:", "preventoin:")
        .replace(MESSAGES, "title: upstream refused", "titel: upstream refused")
        .replace(MESSAGES, "title: upstream silent", "titel: upstream silent");
    let output = bench.run("check", &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("4 mistakes in 3 files"), "{said}");
    let places = said.lines().filter_map(|line| line.trim_start().strip_prefix("--> "));
    let files: Vec<_> = places.filter_map(|place| place.split(':').next()).collect();
    assert!(files.len() == 4 && files.is_sorted(), "not grouped by file: {files:?}");
}

#[test]
fn a_mistake_leaves_the_last_good_site() {
    let bench = Workbench::new();
    assert_eq!(bench.run("build", &["--without-checker"]).status.code(), Some(0));
    let home = bench.folder.path().join("site/index.html");
    let before = std::fs::read(&home).expect("the home page");
    let bench = bench.replace("site.yaml", "tagline: The smallest", "tagline: The broken").replace(QUESTION, "effort: 1", "effort: little");
    assert_eq!(bench.run("build", &["--without-checker"]).status.code(), Some(1));
    assert_eq!(std::fs::read(&home).expect("the home page"), before);
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let (one, other) = (Workbench::new(), Workbench::new());
    let file = "faq/whose-fault.md";
    // Written anew, so that times and the order of the file system differ.
    let text = std::fs::read_to_string(other.path(file)).expect("the file");
    std::fs::remove_file(other.path(file)).expect("removed");
    let other = other.write(file, &text);
    let built = [&one, &other].map(|bench| {
        assert_eq!(bench.run("build", &["--without-checker"]).status.code(), Some(0));
        let site = bench.folder.path().join("site");
        let files = walkdir::WalkDir::new(&site)
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.expect("readable"))
            .filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| (entry.path().strip_prefix(&site).expect("below").to_owned(), std::fs::read(entry.path()).expect("read")))
            .collect::<Vec<_>>()
    });
    assert!(built[0] == built[1]);
}

#[test]
fn meaning_of_a_hole_that_the_line_does_not_have() {
    let bench = Workbench::new().replace("systems/echo/formats.yaml", "    pid: Which process.", "    pidd: Which process.");
    bench.refused("systems/echo/formats.yaml:6:5", "there is no hole of `line` `pidd`", "did you mean `pid`?");
}

#[test]
fn place_that_a_skeleton_left_open() {
    let bench = Workbench::new().replace("guides/first-steps.md", "summary: What to do first.", "summary: …   # what the reader gets from it");
    bench.refused("guides/first-steps.md:3:10", "this was left open", "in place of `…`");
}

#[test]
fn file_that_is_too_large() {
    let bench = Workbench::new();
    std::fs::write(bench.path("guides/log.md"), vec![b'x'; 5 << 20]).expect("written");
    bench.refused("guides/log.md", "this file has 5120 KB", "move it out of the content folder");
}

#[cfg(unix)]
#[test]
fn link_that_leads_back() {
    let bench = Workbench::new();
    std::os::unix::fs::symlink(bench.path("guides"), bench.path("guides/again")).expect("a link");
    bench.refused("guides/again", "this link leads back to", "let it lead elsewhere");
}

#[test]
fn yaml_that_grows_without_bounds() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (one, other) in ["a", "b", "c", "d", "e", "f", "g", "h"].iter().zip(["b", "c", "d", "e", "f", "g", "h", "i"]) {
        bomb += &format!("{other}: &{other} [{}]\n", vec![format!("*{one}"); 10].join(", "));
    }
    let bench = Workbench::new().write("site.yaml", &bomb);
    let output = bench.run("check", &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("content/site.yaml"), "{said}");
}

#[test]
fn redirect_that_leaves_the_output_folder() {
    let bench = Workbench::new();
    let site = std::fs::read_to_string(bench.path("site.yaml")).expect("the file");
    let bench = bench.write("site.yaml", &format!("{site}redirects:\n  /../../evil.html: /502/\n"));
    let output = bench.run("build", &["--without-checker", "--without-search", "--without-images"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("`/../../evil.html` is no address of this site"), "{said}");
    assert!(!bench.folder.path().join("site").exists() && !bench.folder.path().join("evil.html").exists());
}

#[test]
fn mistakes_are_told_to_programs_too() {
    let bench = Workbench::new().replace("causes/wrong-address.md", "prevention:", "preventoin:");
    let json = bench.run("check", &["--format", "json"]);
    let findings: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json.status.code(), Some(1));
    assert_eq!(findings[0]["file"], "content/causes/wrong-address.md");
    assert_eq!((&findings[0]["line"], &findings[0]["column"]), (&12.into(), &1.into()));
    assert_eq!(findings[0]["code"], "unknown-field");
    assert_eq!(findings[0]["help"], "did you mean `prevention`?");

    let sarif: serde_json::Value = serde_json::from_slice(&bench.run("check", &["--format", "sarif"]).stdout).expect("JSON");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(result["ruleId"], "unknown-field");
    assert_eq!(result["level"], "error");
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "content/causes/wrong-address.md");
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 12);
}

/// Spoils the guide in a way that is no mistake, and expects this warning.
fn warned(old: &str, new: &str, place: &str, what: &str, remedy: &str) {
    let bench = Workbench::new().replace("guides/first-steps.md", old, new);
    let fine = bench.run("check", &[]);
    assert_eq!(fine.status.code(), Some(0), "a warning is no mistake");
    assert!(String::from_utf8_lossy(&fine.stdout).contains("`fivexx check --warnings` shows them"));
    let output = bench.run("check", &["--deny-warnings"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for wanted in [&format!("content/guides/first-steps.md:{place}"), what, remedy] {
        assert!(said.contains(wanted), "`{wanted}` is missing in:\n{said}");
    }
}

#[test]
fn warning_of_facts_that_nobody_checked() {
    warned("checked: 2026-11-21", "checked: 2001-11-21", "6:10", "last checked on 2001-11-21", "against the sources again");
}

#[test]
fn warning_of_a_long_sentence() {
    let long = format!("## Look\n\nThis goes on {}.", "and on ".repeat(20).trim_end());
    warned("## Look", &long, "10:1", "this sentence has 43 words", "make two of it");
}

#[test]
fn warning_of_a_filler() {
    warned("## Look", "## Look\n\nDo this in order to win.", "10:9", "`in order to` says nothing", "leave it out");
}

#[test]
fn warning_of_a_passive_opening() {
    warned("## Look", "## Look\n\nIt is recommended to wait.", "10:1", "does not say who acts", "who or what acts");
}

#[test]
fn paragraph_that_stands_twice() {
    let paragraph = "The kernel answers a connection to a port without a listener with a RST. The gateway sees that at once and tells the client. Then it logs it.";
    let bench = Workbench::new().replace("causes/wrong-address.md", "It stopped.", paragraph).replace(
        "guides/first-steps.md",
        "## Look",
        &format!("## Look\n\n{paragraph}"),
    );
    let output = bench.run("check", &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("content/guides/first-steps.md:10:1"), "{said}");
    assert!(said.contains("the same paragraph stands in content/causes/wrong-address.md:17"), "{said}");
}
