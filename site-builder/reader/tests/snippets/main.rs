//! Configuration and commands in the content are accepted by the programs that they are written for.
//!
//! A piece that is only part of a file is put into the smallest file that makes it whole: an nginx `location` into a server,
//! an Envoy `health_checks` into a cluster. A program that is not installed is named on standard error, and its pieces are not checked.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that can't set up its files has to stop")]

mod apache;
mod caddy;
mod envoy;
mod haproxy;
mod ini;
mod nginx;
mod parsed;
mod program;
mod snippet;
mod statement;
mod varnish;

use program::Program;
use snippet::{Language, Snippet};

/// Checks all pieces of one language; every mistake is shown, not only the first.
fn check(language: Language, program: Option<Program>, mistake: impl Fn(&Snippet, &Program) -> Option<String>) {
    let snippets = snippet::all().iter().filter(|snippet| snippet.language == language);
    let Some(program) = program else { return };
    let (mut checked, mut mistakes) = (0, Vec::new());
    for snippet in snippets {
        if let Some(version) = program.is_older_than_needed(&snippet.text) {
            program::note(&format!("{}: a piece needs {} {version}, {} is here; not checked", snippet.file, program.name, program.version));
            continue;
        }
        checked += 1;
        if let Some(said) = mistake(snippet, &program) {
            mistakes.push(format!("{}:\n{}\n--- {} says:\n{}\n", snippet.file, snippet.text, program.name, said.trim()));
        }
    }
    program::note(&format!("{checked} pieces of {language:?} checked with {} {}", program.name, program.version));
    assert!(mistakes.is_empty(), "{} of {checked} pieces of {language:?} are refused\n\n{}", mistakes.len(), mistakes.join("\n"));
}

#[test]
fn every_piece_has_a_language_that_is_known() {
    let unknown: Vec<_> = snippet::all()
        .iter()
        .filter_map(|snippet| match &snippet.language {
            Language::Unknown(name) => Some(format!("{}: `{name}`\n{}", snippet.file, snippet.text)),
            _ => None,
        })
        .collect();
    assert!(unknown.is_empty(), "write the language of the piece behind its opening fence; output is `text`:\n\n{}", unknown.join("\n\n"));
}

#[test]
fn commands_are_shell() {
    check(Language::Shell, Program::find("bash", &["--version"]), |snippet, bash| bash.refuses(&["-n"], &snippet.text));
}

#[test]
fn nginx_configuration_is_accepted() {
    check(Language::Nginx, Program::find("nginx", &["-v"]), nginx::mistake);
}

#[test]
fn haproxy_configuration_is_accepted() {
    check(Language::Haproxy, Program::find("haproxy", &["-v"]), haproxy::mistake);
}

#[test]
fn apache_configuration_is_accepted() {
    check(Language::Apache, Program::find("apache2", &["-v"]), apache::mistake);
}

#[test]
fn caddy_configuration_is_accepted() {
    check(Language::Caddy, Program::find("caddy", &["version"]), caddy::mistake);
}

#[test]
fn varnish_configuration_is_accepted() {
    check(Language::Varnish, Program::find("varnishd", &["-V"]), varnish::mistake);
}

#[test]
fn php_fpm_configuration_is_accepted() {
    let newest = ["php-fpm8.4", "php-fpm8.3", "php-fpm8.2", "php-fpm"];
    check(Language::PhpFpm, Program::find_first(&newest, &["-v"]), ini::php_fpm_mistake);
}

#[test]
fn systemd_units_are_accepted() {
    check(Language::Systemd, Program::find("systemd-analyze", &["--version"]), ini::systemd_mistake);
}

#[test]
fn envoy_configuration_is_accepted() {
    check(Language::Envoy, Program::find("envoy", &["--version"]), envoy::mistake);
}

#[test]
fn python_can_be_parsed() {
    let read = "import ast, sys; ast.parse(sys.stdin.read())";
    check(Language::Python, Program::find("python3", &["--version"]), |snippet, python| python.refuses(&["-c", read], &snippet.text));
}

#[test]
fn javascript_can_be_parsed() {
    check(Language::JavaScript, Program::find("node", &["--version"]), |snippet, node| {
        node.refuses(&["--check", "--input-type=module", "-"], &snippet.text).and_then(|_| node.refuses(&["--check", "-"], &snippet.text))
    });
}

#[test]
fn data_can_be_parsed() {
    for (language, mistake) in [
        (Language::Yaml, parsed::yaml_mistake as fn(&str) -> Option<String>),
        (Language::Json, parsed::json_mistake),
        (Language::Settings, ini::settings_mistake),
        (Language::Dockerfile, parsed::dockerfile_mistake),
    ] {
        check(language, Some(Program::built_in()), |snippet, _| mistake(&snippet.text));
    }
}

/// A check that accepts anything would be worth nothing.
#[test]
fn broken_pieces_are_refused() {
    type Mistake = fn(&Snippet, &Program) -> Option<String>;
    let cases: [(&str, &[&str], &str, Mistake); 8] = [
        ("nginx", &["-v"], "location / { proxy_pas http://127.0.0.1:8000; }", nginx::mistake),
        ("haproxy", &["-v"], "backend app\n    servr app1 10.0.0.11:8000", haproxy::mistake),
        ("apache2", &["-v"], "ProxyPas \"/\" \"http://127.0.0.1:8000/\"", apache::mistake),
        ("caddy", &["version"], "reverse_proxy 127.0.0.1:8000 {\n    nonsense 1\n}", caddy::mistake),
        ("varnishd", &["-V"], "sub vcl_recv { retrun (pipe); }", varnish::mistake),
        ("php-fpm8.2", &["-v"], "pm = nonsense", ini::php_fpm_mistake),
        ("systemd-analyze", &["--version"], "[Service]\nNonsense=1", ini::systemd_mistake),
        ("envoy", &["--version"], "circuit_breakers: {nonsense: 1}", envoy::mistake),
    ];
    for (name, version, text, mistake) in cases {
        let Some(program) = Program::find(name, version) else { continue };
        let snippet = Snippet { file: "broken".to_owned(), language: Language::Prose, text: text.to_owned() };
        assert!(mistake(&snippet, &program).is_some(), "{name} accepts {text}");
    }
    assert!(parsed::yaml_mistake("a: [1").is_some() && parsed::json_mistake("{").is_some() && ini::settings_mistake("nonsense").is_some());
}
