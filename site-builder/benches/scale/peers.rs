//! The programs that are compared, and what each needs beside the pages.

use super::corpus::Form;
use super::measure::{self, Cost};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The small knowledge base that the pages are added to.
const SMALL_CONTENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/small-content");

/// A program that builds a site.
pub struct Program {
    pub name: &'static str,
    /// With its version.
    pub label: String,
    form: Form,
    /// What it is called with; `OUT` stands for the output folder.
    arguments: Vec<&'static str>,
}

impl Program {
    /// Builds the corpus below `folder` into `out`.
    pub fn run(&self, folder: &Path, out: &Path) -> io::Result<Cost> {
        let (sources, out) = (sources(self.form, folder), out.to_string_lossy());
        let source = sources.to_string_lossy();
        let arguments: Vec<&str> = self
            .arguments
            .iter()
            .map(|part| {
                if *part == "OUT" {
                    &*out
                } else if *part == "IN" {
                    &*source
                } else {
                    part
                }
            })
            .collect();
        let own = std::env::current_exe()?;
        let program = match self.name {
            "floor" => own.to_string_lossy().into_owned(),
            name if name.starts_with("fivexx") => env!("CARGO_BIN_EXE_fivexx").to_owned(),
            name => name.to_owned(),
        };
        if self.name == "floor" {
            std::fs::create_dir_all(Path::new(&*out))?;
        }
        measure::run(&program, &arguments, &sources)
    }
}

/// All programs that are at hand.
pub fn all() -> Vec<Program> {
    let pages_only = ["build", "--content", "IN", "--out", "OUT", "--without-checker", "--without-search", "--without-images"];
    let mut lean = pages_only.to_vec();
    lean.push("--without-markdown");
    let own = |name, label: &str, arguments| Program { name, label: label.to_owned(), form: Form::Fivexx, arguments };
    let mut programs = vec![
        Program { name: "floor", label: "floor: read, parse, write".to_owned(), form: Form::Bare, arguments: vec!["--floor", "IN", "OUT"] },
        own("fivexx", "fivexx", lean),
        own("fivexx-markdown", "fivexx, each page as Markdown too", pages_only.to_vec()),
    ];
    for (name, form, arguments) in
        [("hugo", Form::Hugo, vec!["--quiet", "--destination", "OUT", "--noBuildLock"]), ("mdbook", Form::MdBook, vec!["build", "--dest-dir", "OUT"])]
    {
        let flag = if name == "hugo" { "version" } else { "--version" };
        if let Ok(said) = Command::new(name).arg(flag).output() {
            let said = String::from_utf8_lossy(&said.stdout).into_owned();
            let version = said.split_whitespace().find(|word| word.starts_with('v') && word.contains('.')).unwrap_or("");
            programs.push(Program { name, label: format!("{name} {}", version.split('-').next().unwrap_or_default()), form, arguments });
        }
    }
    programs
}

/// Where the sources of a form stand.
pub fn sources(form: Form, folder: &Path) -> PathBuf {
    folder.join(format!("{form:?}").to_lowercase())
}

/// Writes what a program needs beside the pages: templates and settings of about what fivexx makes of a page.
pub fn prepare(form: Form, folder: &Path) -> io::Result<()> {
    let folder = sources(form, folder);
    std::fs::create_dir_all(&folder)?;
    let files: &[(&str, &str)] = match form {
        Form::Bare => &[],
        Form::MdBook => &[("book.toml", "[book]\ntitle = \"Corpus\"\n[output.html.search]\nenable = false\n")],
        Form::Hugo => &[
            (
                "hugo.toml",
                "baseURL = 'https://corpus.example/'\ntitle = 'Corpus'\n[taxonomies]\ntag = 'tags'\n[markup.highlight]\nnoClasses = false\n",
            ),
            ("layouts/baseof.html", HUGO_BASE),
            ("layouts/single.html", HUGO_PAGE),
            ("layouts/list.html", HUGO_LIST),
        ],
        Form::Fivexx => return copy(Path::new(SMALL_CONTENT), &folder),
    };
    for (name, text) in files {
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        std::fs::write(file, text)?;
    }
    Ok(())
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from).map_err(io::Error::other)?);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

const HUGO_BASE: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ site.Title }}</title>
<meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}">
<meta property="og:title" content="{{ .Title }}">
</head>
<body>
<header><a href="/">{{ site.Title }}</a> <nav><a href="/guides/">Guides</a> <a href="/tags/">Tags</a></nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer>Footer</footer>
</body>
</html>
"#;
const HUGO_PAGE: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ .Description }}</p>
<nav>{{ .TableOfContents }}</nav>
{{ .Content }}
<p>{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</p>
<p>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }} {{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>
{{ end }}"#;
const HUGO_LIST: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Description }}</li>{{ end }}</ul>{{ end }}"#;
