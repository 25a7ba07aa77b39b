//! `fivexx diagnose`, as a person and as a program use it.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that can't run the command has to stop")]

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};

const REFUSED: &str = r#"2026/11/20 03:12:44 [error] 1201#1201: *8841 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, server: shop.example, request: "GET /cart HTTP/1.1", upstream: "http://127.0.0.1:8000/cart", host: "shop.example""#;

/// Runs the command far away from the repository.
fn diagnose(arguments: &[&str], input: &[u8]) -> Output {
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let mut child = Command::new(env!("CARGO_BIN_EXE_fivexx"))
        .current_dir(elsewhere.path())
        .arg("diagnose")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // It may end before it has read everything; then writing fails, and that is fine.
    let _ = child.stdin.take().expect("standard input").write_all(input);
    child.wait_with_output().expect("the command ends")
}

fn verdict(arguments: &[&str], input: &[u8]) -> Value {
    let output = diagnose(&[&["--format", "json"], arguments].concat(), input);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

#[test]
fn json_has_the_fields_of_the_contract() {
    let verdict = verdict(&[], REFUSED.as_bytes());
    let keys: Vec<_> = verdict.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(keys, ["causes", "code", "findings", "place", "question", "recognised", "schema", "shape", "systems"]);
    assert_eq!(verdict["schema"], 1);
    assert_eq!(verdict["recognised"], true);
    assert_eq!(verdict["code"], 502);
    assert_eq!(verdict["systems"], serde_json::json!(["nginx"]));
    assert_eq!(verdict["place"]["id"], "reverse-proxy");
    assert_eq!(verdict["shape"]["id"], "unreachable");
    let cause = &verdict["causes"][0];
    assert_eq!(cause["id"], "backend-not-running");
    assert_eq!(cause["url"], "/causes/backend-not-running/");
    assert_eq!(cause["because"][0]["effect"], "for");
    assert!(cause["checks"][0]["command"].as_str().expect("a command").contains("8000"));
}

#[test]
fn findings_name_line_and_bytes() {
    let verdict = verdict(&[], format!("first\n{REFUSED}\n").as_bytes());
    let finding = verdict["findings"].as_array().expect("a list").iter().find(|finding| finding["kind"] == "signature").expect("a message");
    assert_eq!(finding["id"], "nginx-connect-refused");
    assert_eq!(finding["line"], 2);
    let (start, end) = (finding["start"].as_u64().expect("a number") as usize, finding["end"].as_u64().expect("a number") as usize);
    assert!(REFUSED[start..end].starts_with("connect() failed (111: Connection refused)"));
    assert_eq!(finding["captures"]["upstream"], "http://127.0.0.1:8000/cart");
}

#[test]
fn an_answer_changes_the_ranking() {
    let before = verdict(&[], REFUSED.as_bytes());
    let question = before["question"]["id"].as_str().expect("a question").to_owned();
    let first_answer = before["question"]["options"][0]["id"].as_str().expect("an option").to_owned();
    let after = verdict(&["--answer", &format!("{question}={first_answer}")], REFUSED.as_bytes());
    assert_ne!(before["causes"], after["causes"]);
    assert_ne!(after["question"]["id"], question.as_str());
    let unknown = verdict(&["--answer", &format!("{question}=unknown")], REFUSED.as_bytes());
    assert_eq!(before["causes"], unknown["causes"]);
}

#[test]
fn text_begins_with_the_verdict_and_has_commands_with_the_address() {
    let output = diagnose(&[], REFUSED.as_bytes());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.starts_with("A 502 from nginx: it could not connect"), "{text}");
    assert!(text.contains("ss -ltnp 'sport = :8000'"), "{text}");
    assert!(text.contains("nginx-connect-refused"), "{text}");
}

#[test]
fn other_text_is_not_recognised() {
    for text in ["", "hello\n", "503 5.5.1 Error: send HELO/EHLO first\n", "Connection to (192.168.1.150, 502) failed: timed out\n"] {
        let verdict = verdict(&[], text.as_bytes());
        assert_eq!(verdict["recognised"], false, "{text}");
        assert_eq!(verdict["causes"], serde_json::json!([]), "{text}");
        assert_eq!(verdict["place"], Value::Null, "{text}");
    }
}

#[test]
fn any_bytes_are_answered() {
    let mut bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    bytes.extend_from_slice(REFUSED.as_bytes());
    bytes.extend_from_slice(b"\xff\0\r\r\n");
    assert_eq!(verdict(&[], &bytes)["recognised"], true);
}

#[test]
fn what_a_shell_would_run_is_not_filled_in() {
    let line = REFUSED.replace("http://127.0.0.1:8000/cart", "http://$(reboot):8000/cart");
    let output = diagnose(&[], line.as_bytes());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let commands = text.split("To confirm:").nth(1).expect("commands");
    assert!(!commands.contains("$(reboot)"), "{commands}");
}

#[test]
fn exit_codes_tell_what_went_wrong() {
    assert_eq!(diagnose(&["no-such-file"], b"").status.code(), Some(1));
    assert_eq!(diagnose(&["--answer", "no-such-question=x"], b"").status.code(), Some(2));
    assert_eq!(diagnose(&["--answer", "nonsense"], b"").status.code(), Some(2));
    assert_eq!(diagnose(&["--format", "xml"], b"").status.code(), Some(2));
}

#[test]
fn a_message_of_a_library_tells_of_the_upstream_in_a_gateway() {
    let refused = r#"Get "http://10.0.0.7:8080/check": dial tcp 10.0.0.7:8080: connect: connection refused"#;
    let alone = verdict(&[], format!("{refused}\n").as_bytes());
    assert_eq!(alone["place"]["id"], "application");
    let in_traefik = verdict(&[], format!("Our Traefik answers 502 to every request\n{refused}\n").as_bytes());
    assert_eq!(in_traefik["place"]["id"], "reverse-proxy");
    assert_eq!(in_traefik["shape"]["id"], "unreachable");
    assert_eq!(in_traefik["causes"][0]["id"], "backend-not-running");
}

#[test]
fn an_error_page_beside_the_log_of_its_system_does_not_change_the_verdict() {
    let log = "--  FetchError     backend default: fail errno 111 (Connection refused)\n";
    let page =
        "HTTP/1.1 503 Backend fetch failed\nServer: Varnish\nRetry-After: 5\n\n<h1>Error 503 Backend fetch failed</h1>\n<h3>Guru Meditation:</h3>\n";
    let verdict = verdict(&[], format!("{page}{log}").as_bytes());
    assert_eq!(verdict["shape"]["id"], "unreachable");
    assert_eq!(verdict["causes"][0]["id"], "backend-not-running");
}
