//! Caddy: directives without a site get one around them.

use super::nginx::certificate;
use super::program::{Program, said};
use super::snippet::Snippet;
use super::statement::statements;
use std::fs;

/// Directives of a site that may open a piece.
const DIRECTIVES: &[&str] = &[
    "reverse_proxy",
    "php_fastcgi",
    "handle",
    "handle_errors",
    "handle_path",
    "route",
    "header",
    "respond",
    "rewrite",
    "root",
    "file_server",
    "log",
    "encode",
    "tls",
    "forward_auth",
    "request_body",
    "request_header",
    "redir",
    "try_files",
    "uri",
    "error",
];

/// What Caddy says if it refuses the piece.
pub fn mistake(snippet: &Snippet, caddy: &Program) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (certificate, _) = certificate(folder.path());
    let first = statements(&snippet.text).first().map_or("", |statement| statement.name).to_owned();
    let is_directive = DIRECTIVES.contains(&first.as_str()) || first.starts_with('@');
    let site = if is_directive { format!(":8096 {{\n{}\n}}\n", snippet.text) } else { snippet.text.clone() };
    let with_files: Vec<_> = site
        .split_inclusive(char::is_whitespace)
        .map(|word| {
            let path = word.trim_end();
            let is_certificate = path.starts_with('/') && [".pem", ".crt", ".ca"].iter().any(|ending| path.ends_with(ending));
            if is_certificate { word.replace(path, &certificate) } else { word.to_owned() }
        })
        .collect();
    fs::write(folder.path().join("Caddyfile"), with_files.concat()).expect("written");
    let output = caddy.run(folder.path(), &["validate", "--adapter", "caddyfile", "--config", "Caddyfile"]);
    (!output.status.success()).then(|| said(&output))
}
