//! `fivexx test`: what authors expect of verdicts, beside the samples.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that can't set up its files has to stop")]

use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// The message of the small knowledge base to which expectations are added; they begin in line 13.
const MESSAGES: &str = "systems/echo/messages/connect.yaml";

/// Runs a command over the small knowledge base, in which a message expects something.
fn run(command: &[&str], expect: &str) -> (TempDir, Output) {
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small-content");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("ours").join(MESSAGES);
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
    let text = std::fs::read_to_string(small.join(MESSAGES)).expect("the file");
    let (first, second) = text.split_once("  versions: all\n").expect("two messages");
    std::fs::write(file, format!("{first}  versions: all\n{expect}{second}")).expect("written");
    let mut fivexx = Command::new(env!("CARGO_BIN_EXE_fivexx"));
    fivexx.current_dir(folder.path()).args(command).arg("--content").arg(small).args(["--content", "ours"]);
    let output = fivexx.output().expect("the command runs");
    (folder, output)
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Expects one failure, at `place`, that says all of `words`.
fn unmet(expect: &str, place: &str, words: &[&str]) {
    let (_folder, output) = run(&["test"], expect);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&format!("ours/{MESSAGES}:{place}")), "the place {place} is missing in:\n{said}");
    assert!(said.contains("\n1 mistake\n"), "{said}");
    for word in words {
        assert!(said.contains(word), "`{word}` is missing in:\n{said}");
    }
}

#[test]
fn what_the_shipped_content_expects_holds() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new(env!("CARGO_BIN_EXE_fivexx")).current_dir(repository).arg("test").output().expect("the command runs");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("verdicts are as expected"), "nothing was tested: {}", said(&output));
}

#[test]
fn what_holds_is_counted() {
    let expect =
        "  expect:\n  - {cause: backend-not-running, place: reverse-proxy, shape: unreachable, code: 502}\n  - {evidence: hello, cause: none}\n";
    let (_folder, output) = run(&["test"], expect);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(said(&output), "All is well: 2 verdicts are as expected.\n");
}

#[test]
fn content_without_expectations_says_so() {
    let (_folder, output) = run(&["test"], "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("no message has `expect`"), "{}", said(&output));
}

#[test]
fn another_cause_is_told_with_its_place_and_what_came() {
    let words =
        ["the sample in line 5", "`backend-not-running` (", "not the cause `wrong-address`", "recognised: `echo-refused`", "diagnose --explain"];
    unmet("  expect:\n  - {cause: wrong-address}\n", "14:13", &words);
}

#[test]
fn another_place_shape_and_code_are_told() {
    unmet("  expect:\n  - {place: application}\n", "14:13", &["names `reverse-proxy` (", "not the place `application`"]);
    unmet("  expect:\n  - {evidence: hello, shape: unreachable}\n", "14:30", &["names no shape", "not the shape `unreachable`"]);
    unmet("  expect:\n  - {code: 504}\n", "14:12", &["names `502`", "not the code `504`"]);
}

#[test]
fn a_cause_where_none_is_expected_is_told() {
    unmet("  expect:\n  - {cause: none}\n", "14:13", &["names `backend-not-running` (", "not the cause `none`"]);
    unmet("  expect:\n  - {evidence: hello, cause: wrong-address}\n", "14:30", &["this evidence names no cause", "nothing was recognised"]);
}

#[test]
fn programs_get_the_failures_too() {
    let (_folder, output) = run(&["test", "--format", "json"], "  expect:\n  - {cause: wrong-address}\n");
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(findings[0]["code"], "not-as-expected");
    assert_eq!((&findings[0]["line"], &findings[0]["column"]), (&14.into(), &13.into()));
    let (_folder, output) = run(&["test", "--format", "json"], "  expect:\n  - {cause: backend-not-running}\n");
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("JSON"), serde_json::json!([]));
}

#[test]
fn an_expectation_that_can_test_nothing_is_a_mistake_of_the_content() {
    for (expect, place, what, remedy) in [
        ("- {evidence: hello}", "14:5", "expects nothing", "at least one of `cause`"),
        ("- {sample: 2, cause: none}", "14:14", "there is no sample 2: this message has one", "leave `sample` out"),
        ("- {sample: 1, evidence: hello, cause: none}", "14:14", "both `sample` and `evidence`", "leave one of the two out"),
        ("- {cause: wrong-adress}", "14:13", "there is no cause `wrong-adress`", "did you mean `wrong-address`?"),
    ] {
        let (_folder, output) = run(&["check"], &format!("  expect:\n  {expect}\n"));
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        for wanted in [&format!("ours/{MESSAGES}:{place}"), what, remedy] {
            assert!(said.contains(wanted), "`{wanted}` is missing in:\n{said}");
        }
    }
}
