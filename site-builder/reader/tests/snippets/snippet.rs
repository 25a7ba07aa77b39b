//! The pieces of configuration and the commands that stand in the content.

use diagnosis::command;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use reader::Content;
use std::path::Path;
use std::sync::LazyLock;

/// What a piece is written in, and so what can check it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Language {
    Shell,
    Nginx,
    Haproxy,
    Apache,
    Caddy,
    Varnish,
    PhpFpm,
    Systemd,
    Envoy,
    Yaml,
    Json,
    /// `key = value`, with or without sections.
    Settings,
    Dockerfile,
    Python,
    JavaScript,
    /// Output, requests, pages, statements of a database: nothing here reads them.
    Prose,
    Unknown(String),
}

/// A piece of configuration or a command.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// The content file that it stands in.
    pub file: String,
    /// What it is written in.
    pub language: Language,
    /// The piece.
    pub text: String,
}

/// All pieces of the shipped content, read once.
pub fn all() -> &'static [Snippet] {
    static ALL: LazyLock<Vec<Snippet>> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
        let content = reader::read(&folder).outcome.expect("the content passes `fivexx check`");
        of(&content)
    });
    &ALL
}

fn of(content: &Content) -> Vec<Snippet> {
    let entries = content.entries();
    let mut snippets = Vec::new();
    let mut add = |file: &str, name: &str, text: &str| {
        let text = command::with_placeholders(text, content.knowledge());
        snippets.push(Snippet { file: file.to_owned(), language: language(name, &text), text });
    };
    for system in &entries.systems {
        system.form.commands.iter().for_each(|command| add(&system.file, "sh", &command.run));
        system.form.logs.iter().filter_map(|log| log.command.as_ref()).for_each(|command| add(&system.file, "sh", command));
    }
    for code in &entries.codes {
        code.form.first_steps.iter().filter_map(|step| step.run.as_ref()).for_each(|run| add(&code.file, "sh", run));
    }
    for cause in &entries.causes {
        cause.form.checks.iter().for_each(|check| add(&cause.file, "sh", &check.run));
        for fix in &cause.form.fixes {
            fix.run.iter().for_each(|run| add(&cause.file, "sh", run));
            fix.config.iter().for_each(|config| add(&cause.file, &config.language, &config.text));
        }
    }
    let bodies = entries.systems.iter().map(|entry| (&entry.file, &entry.body));
    let bodies = bodies.chain(entries.codes.iter().map(|entry| (&entry.file, &entry.body)));
    let bodies = bodies.chain(entries.causes.iter().map(|entry| (&entry.file, &entry.body)));
    let bodies = bodies.chain(entries.comparisons.iter().map(|entry| (&entry.file, &entry.body)));
    let bodies = bodies.chain(entries.faq.iter().map(|entry| (&entry.file, &entry.body)));
    let bodies = bodies.chain(entries.guides.iter().map(|entry| (&entry.file, &entry.body)));
    for (file, body) in bodies {
        for (name, text) in fenced(body) {
            add(file, &name, &text);
        }
    }
    snippets
}

/// The fenced blocks of a text, with what stands behind the opening fence.
fn fenced(body: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for event in Parser::new(body) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                inside = true;
                let name = match kind {
                    CodeBlockKind::Fenced(name) => name.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                blocks.push((name, String::new()));
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) if inside => blocks.iter_mut().last().into_iter().for_each(|(_, block)| block.push_str(&text)),
            _ => {}
        }
    }
    blocks
}

/// The language by its name; where a name covers several formats, by what the piece holds.
fn language(name: &str, text: &str) -> Language {
    match name {
        "sh" | "bash" => Language::Shell,
        "nginx" => Language::Nginx,
        "haproxy" => Language::Haproxy,
        "apache" => Language::Apache,
        "caddyfile" => Language::Caddy,
        "vcl" => Language::Varnish,
        "ini" if super::ini::is_systemd(text) => Language::Systemd,
        "ini" if super::ini::is_php_fpm(text) => Language::PhpFpm,
        "ini" | "properties" | "toml" => Language::Settings,
        "yaml" if super::envoy::is_envoy(text) => Language::Envoy,
        "yaml" => Language::Yaml,
        "json" => Language::Json,
        "dockerfile" => Language::Dockerfile,
        "python" => Language::Python,
        "javascript" => Language::JavaScript,
        "text" | "http" | "html" | "sql" | "java" | "go" | "ruby" | "php" | "csharp" | "xml" | "powershell" => Language::Prose,
        other => Language::Unknown(other.to_owned()),
    }
}
