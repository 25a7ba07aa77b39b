//! Knowledge of one's own: from `init` and `new` to a site, alone or over other knowledge.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that can't set up its files has to stop")]

use std::path::Path;
use std::process::{Command, Output};

fn fivexx(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fivexx")).current_dir(folder).args(arguments).output().expect("the command runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn fine(folder: &Path, arguments: &[&str]) -> String {
    let output = fivexx(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    said(&output)
}

fn small_content() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small-content").display().to_string()
}

const QUICK: [&str; 4] = ["build", "--without-checker", "--without-search", "--without-images"];

#[test]
fn a_new_knowledge_base_builds_and_diagnoses_at_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fine(folder.path(), &["init", "errors"]);
    let base = folder.path().join("errors");
    fine(&base, &["check", "--deny-warnings"]);
    assert!(fine(&base, &["test"]).contains("1 verdict is as expected"));
    fine(&base, &QUICK);
    assert!(base.join("site/messages/shop-gateway-refused/index.html").is_file());
    std::fs::write(base.join("log"), "2026-01-05T03:12:44Z shop-gateway ERROR upstream 10.0.3.7:8080 refused connection\n").expect("written");
    let verdict = fine(&base, &["diagnose", "--content", "content", "log"]);
    assert!(verdict.contains("The service is not running"), "{verdict}");
    assert!(verdict.contains("ss -ltnp 'sport = :8080'"), "{verdict}");
}

#[test]
fn init_refuses_to_overwrite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("README.md"), "mine").expect("written");
    let output = fivexx(folder.path(), &["init", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("README.md is there already; nothing was written"), "{}", said(&output));
    assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 1);
}

#[test]
fn a_skeleton_is_refused_until_it_is_filled() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fine(folder.path(), &["init", "."]);
    for (arguments, file) in [
        (&["new", "system", "billing"][..], "content/systems/billing/system.md"),
        (&["new", "message", "billing-refused", "--system", "billing"], "content/systems/billing/messages/billing-refused.yaml"),
        (&["new", "signature", "billing-slow", "--system", "billing"], "content/systems/billing/messages/billing-slow.yaml"),
        (&["new", "cause", "billing-down"], "content/causes/billing-down.md"),
        (&["new", "comparison", "502-vs-504"], "content/comparisons/502-vs-504.md"),
        (&["new", "guide", "billing-first-steps"], "content/guides/billing-first-steps.md"),
        (&["new", "faq", "whose-fault"], "content/faq/whose-fault.md"),
    ] {
        let told = fine(folder.path(), arguments);
        assert!(told.contains(file), "{told}");
        let refused = fivexx(folder.path(), &["check"]);
        assert_eq!(refused.status.code(), Some(1), "{file} passes unfilled");
        assert!(said(&refused).contains(file) && said(&refused).contains("this was left open"), "{}", said(&refused));
        assert_eq!(fivexx(folder.path(), arguments).status.code(), Some(1), "{file} is overwritten");
    }
}

#[test]
fn a_filled_skeleton_passes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fine(folder.path(), &["init", "."]);
    fine(folder.path(), &["new", "guide", "billing"]);
    let file = folder.path().join("content/guides/billing.md");
    let text = std::fs::read_to_string(&file).expect("the file");
    std::fs::write(&file, text.replace("https://…", "https://wiki.intranet.example/billing").replace('…', "Billing")).expect("written");
    fine(folder.path(), &["check"]);
}

#[test]
fn wrong_names_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for arguments in [&["new", "cause", "../evil"][..], &["new", "cause", "Upper"], &["new", "comparison", "this-and-that"], &["new", "message", "m"]]
    {
        assert_eq!(fivexx(folder.path(), arguments).status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 0);
}

#[test]
fn a_later_folder_adds_and_overrides() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let small = small_content();
    let ours = folder.path().join("ours");
    std::fs::create_dir_all(ours.join("systems/echo/messages")).expect("folders");
    let message = |id: &str, title: &str, wording: &str| {
        format!(
            "- {{id: {id}, title: {title}, summary: Ours., match: ['{wording}'], samples: ['{wording}'], status: 502, place: reverse-proxy, \
             shape: unreachable, causes: {{backend-not-running: usually}}, wire: Ours., source: {{url: 'https://ours.example/'}}, versions: all}}\n"
        )
    };
    let messages = message("echo-refused", "refused our way", "we were refused here") + &message("echo-dropped", "dropped", "we were dropped here");
    std::fs::write(ours.join("systems/echo/messages/ours.yaml"), messages).expect("written");
    std::fs::write(ours.join("places.yaml"), "- {id: edge, name: Our edge, means: What stands in front.}\n").expect("written");
    let layers = ["--content", &small, "--content", "ours"];
    fine(folder.path(), &[&QUICK[..], &layers].concat());
    let page = std::fs::read_to_string(folder.path().join("site/messages/echo-refused/index.html")).expect("the overridden page");
    assert!(page.contains("refused our way"));
    assert!(folder.path().join("site/messages/echo-dropped/index.html").is_file(), "what is added is there");
    assert!(folder.path().join("site/messages/echo-silent/index.html").is_file(), "what is not overridden stays");
    std::fs::write(folder.path().join("log"), "we were dropped here\n").expect("written");
    let verdict = fine(folder.path(), &[&["diagnose"][..], &layers, &["log"]].concat());
    assert!(verdict.contains("backend-not-running"), "{verdict}");
}

#[test]
fn a_mistake_names_the_file_of_the_right_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let small = small_content();
    std::fs::create_dir_all(folder.path().join("ours/codes")).expect("a folder");
    std::fs::write(folder.path().join("ours/places.yaml"), "- {id: edge, name: Edge, means: In front., instead_of: revers-proxy}\n")
        .expect("written");
    let output = fivexx(folder.path(), &["check", "--content", &small, "--content", "ours"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("ours/places.yaml:1:"), "{}", said(&output));
    assert!(said(&output).contains("did you mean `reverse-proxy`?"), "{}", said(&output));
}

#[test]
fn the_binary_needs_no_repository() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fine(folder.path(), &QUICK);
    assert!(folder.path().join("site/502/index.html").is_file());
    assert!(folder.path().join("site/systems/nginx/index.html").is_file());
}

#[test]
fn what_an_overlay_leaves_out_stands_in_the_built_in_knowledge() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir_all(folder.path().join("ours")).expect("a folder");
    let site = "{name: ours, tagline: t, description: d, base_url: 'https://ours.example', source_url: 'https://ours.example/source'}\n";
    std::fs::write(folder.path().join("ours/site.yaml"), site).expect("written");
    fine(folder.path(), &[&QUICK[..], &["--content", "built-in", "--content", "ours"]].concat());
    let page = std::fs::read_to_string(folder.path().join("site/502/index.html")).expect("the page");
    assert!(page.contains("https://ours.example/502/"));
}

#[test]
fn schemas_completions_and_manual_are_printed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let schema: serde_json::Value = serde_json::from_str(&fine(folder.path(), &["schema", "messages"])).expect("JSON");
    assert_eq!(schema["type"], "array");
    assert!(fine(folder.path(), &["schema", "--all", "schemas"]).contains("yaml.schemas"));
    assert!(folder.path().join("schemas/cause.json").is_file());
    assert_eq!(fivexx(folder.path(), &["schema", "nonsense"]).status.code(), Some(2));
    assert!(said(&fivexx(folder.path(), &["schema", "message"])).contains("did you mean `messages`?"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(fine(folder.path(), &["completions", shell]).contains("diagnose"), "{shell}");
    }
    assert!(fine(folder.path(), &["man"]).contains(".TH"));
    assert!(fine(folder.path(), &["man", "check"]).contains("warnings"));
}

#[test]
fn explain_prints_every_step() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("log"), "upstream 10.0.0.1:80 refused the connection\n").expect("written");
    let told = fine(folder.path(), &["diagnose", "--explain", "--content", &small_content(), "log"]);
    for step in ["1. Findings", "echo-refused", "2. Status: 502", "3. What each says", "4. Sums", "ln prior", "5. Open questions"] {
        assert!(told.contains(step), "`{step}` is missing in:\n{told}");
    }
}
