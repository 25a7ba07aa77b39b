//! nginx: each statement goes into the block where it belongs, and the whole is tested by `nginx -t`.

use super::program::{Program, said};
use super::snippet::Snippet;
use super::statement::{Statement, statements};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Statements of the outermost level.
const MAIN: &[&str] = &[
    "user",
    "worker_processes",
    "worker_rlimit_nofile",
    "worker_shutdown_timeout",
    "events",
    "http",
    "stream",
    "load_module",
    "env",
    "daemon",
    "thread_pool",
    "worker_rlimit_core",
    "working_directory",
];

/// Statements that stand beside servers.
const HTTP: &[&str] = &[
    "server",
    "upstream",
    "map",
    "geo",
    "split_clients",
    "log_format",
    "proxy_cache_path",
    "fastcgi_cache_path",
    "limit_req_zone",
    "limit_conn_zone",
    "server_names_hash_bucket_size",
    "variables_hash_max_size",
    "resolver",
    "include",
    "types",
];

/// Statements that only a location takes.
const LOCATION: &[&str] = &[
    "proxy_pass",
    "fastcgi_pass",
    "uwsgi_pass",
    "scgi_pass",
    "grpc_pass",
    "proxy_set_header",
    "fastcgi_param",
    "internal",
    "alias",
    "proxy_bind",
    "proxy_ssl_name",
    "proxy_ssl_server_name",
];

/// Statements that only the block `events` takes.
const EVENTS: &[&str] = &["worker_connections", "multi_accept", "use", "accept_mutex"];

/// Directives whose value is a file that has to be there.
const CERTIFICATES: &[&str] =
    &["ssl_certificate", "proxy_ssl_certificate", "proxy_ssl_trusted_certificate", "ssl_trusted_certificate", "ssl_client_certificate"];
const KEYS: &[&str] = &["ssl_certificate_key", "proxy_ssl_certificate_key"];
const WRITTEN: &[&str] =
    &["access_log", "error_log", "proxy_cache_path", "fastcgi_cache_path", "proxy_temp_path", "client_body_temp_path", "fastcgi_temp_path"];

/// What nginx says if it refuses the piece.
pub fn mistake(snippet: &Snippet, nginx: &Program) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["fastcgi_params", "uwsgi_params", "scgi_params", "proxy_params", "mime.types", "fastcgi.conf"] {
        let shipped = Path::new("/etc/nginx").join(name);
        let text = if name == "mime.types" { "types { }".to_owned() } else { fs::read_to_string(shipped).unwrap_or_default() };
        fs::write(folder.path().join(name), text).expect("written");
    }
    let whole = with_files(&whole(&snippet.text), folder.path());
    fs::write(folder.path().join("nginx.conf"), &whole).expect("written");
    let prefix = folder.path().to_string_lossy().into_owned();
    let output = nginx.run(folder.path(), &["-t", "-q", "-e", "stderr", "-p", &prefix, "-c", "nginx.conf"]);
    (!output.status.success()).then(|| format!("{}\nin\n{whole}", said(&output)))
}

/// The piece as a whole file.
fn whole(text: &str) -> String {
    let (mut main, mut events, mut http, mut server, mut location) = Default::default();
    for statement in statements(text) {
        let block: &mut String = match statement.name {
            name if MAIN.contains(&name) => &mut main,
            name if EVENTS.contains(&name) => &mut events,
            // In a group of servers, `server` is followed by an address; it has no block.
            "server" if !statement.text.contains('{') => return whole(&format!("upstream snippet {{ {text} }}")),
            "keepalive" | "zone" | "least_conn" | "ip_hash" => return whole(&format!("upstream snippet {{ {text} }}")),
            name if HTTP.contains(&name) => &mut http,
            name if LOCATION.contains(&name) => &mut location,
            _ => &mut server,
        };
        let _ = writeln!(block, "{}", statement.text);
    }
    let defined = names_of_upstreams(&http, &main);
    let stubs: String = names_that_are_passed_to(text)
        .into_iter()
        .filter(|name| !defined.contains(name))
        .map(|name| format!("upstream {name} {{ server 127.0.0.1:9; }}\n"))
        .collect();
    let mut whole = format!("pid nginx.pid;\n{main}");
    if !has(&main, "events") {
        let _ = writeln!(whole, "events {{\n{events}}}");
    }
    if !has(&main, "http") {
        let _ = writeln!(
            whole,
            "http {{\n{stubs}{http}server {{\nlisten 127.0.0.1:8099;\n{server}location /snippet-of-a-location/ {{\n{location}}}\n}}\n}}"
        );
    }
    whole
}

fn has(text: &str, name: &str) -> bool {
    statements(text).iter().any(|statement: &Statement<'_>| statement.name == name)
}

fn names_of_upstreams<'t>(http: &'t str, main: &'t str) -> Vec<&'t str> {
    let words: Vec<_> = http.split_whitespace().chain(main.split_whitespace()).collect();
    words.windows(2).filter(|pair| pair[0] == "upstream").map(|pair| pair[1].trim_end_matches('{')).collect()
}

/// Names without port, dot or variable behind `…_pass`: groups that the piece takes as given.
fn names_that_are_passed_to(text: &str) -> Vec<&str> {
    let words: Vec<_> = text.split_whitespace().collect();
    let targets = words.windows(2).filter(|pair| pair[0].ends_with("_pass")).map(|pair| pair[1].trim_end_matches(';'));
    let mut names: Vec<_> = targets
        .map(|target| target.split_once("://").map_or(target, |(_, rest)| rest))
        .map(|rest| rest.split('/').next().unwrap_or_default())
        .filter(|name| !name.is_empty() && !name.contains([':', '.', '$']))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Files and names that exist only on the reader's machine become ones of this machine.
fn with_files(text: &str, folder: &Path) -> String {
    let certificate = certificate(folder);
    let mut lines = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim_start();
        let name = trimmed.split_whitespace().next().unwrap_or_default();
        let value = trimmed.split_whitespace().nth(1).map(|value| value.trim_end_matches(';')).unwrap_or_default();
        lines.push(match () {
            () if CERTIFICATES.contains(&name) && value.starts_with('/') => line.replace(value, &certificate.0),
            () if KEYS.contains(&name) && value.starts_with('/') => line.replace(value, &certificate.1),
            () if WRITTEN.contains(&name) && value.starts_with('/') => line.replacen(value, &format!("{}/{name}", folder.display()), 1),
            () => without_names(line, name, value),
        });
    }
    lines.join("\n")
}

/// A host that only the reader can resolve becomes the loopback address.
fn without_names(line: &str, directive: &str, value: &str) -> String {
    let passes = directive.ends_with("_pass");
    if directive == "resolver" && value.contains(|letter: char| letter.is_ascii_alphabetic()) {
        return line.replacen(value, "127.0.0.1", 1);
    }
    if !(passes || directive == "server") || value.contains('$') || value.starts_with("unix:") {
        return line.to_owned();
    }
    let rest = value.split_once("://").map_or(value, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default();
    let is_name = host.contains(|letter: char| letter.is_ascii_alphabetic()) && !authority.starts_with('[');
    let has_to_be_resolved = is_name && (directive == "server" || host.contains('.') || authority.contains(':'));
    if has_to_be_resolved { line.replacen(host, "127.0.0.1", 1).replace(" resolve", "") } else { line.to_owned() }
}

/// A certificate and its key, made for the test.
pub fn certificate(folder: &Path) -> (String, String) {
    let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
    if !certificate.exists() {
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=shop.example"])
            .arg("-keyout")
            .arg(&key)
            .arg("-out")
            .arg(&certificate)
            .output();
        assert!(made.is_ok_and(|output| output.status.success()), "openssl makes a certificate");
    }
    (certificate.display().to_string(), key.display().to_string())
}

#[test]
fn a_location_gets_a_server_around_it() {
    let whole = whole("map $a $b { default 1; }\nlocation / {\n    proxy_pass http://app;\n}");
    assert!(whole.contains("upstream app { server 127.0.0.1:9; }"), "{whole}");
    let (map, location) = (whole.find("map $a").expect("the map"), whole.find("location / {").expect("the location"));
    assert!(map < whole.find("server {").expect("a server") && whole.find("server {\nlisten").expect("a server") < location, "{whole}");
}
