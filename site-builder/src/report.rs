//! What is wrong with content or should be better, as text for people, and as JSON or SARIF for programs.

use clap::ValueEnum;
use reader::diagnostic::{Diagnostic, Severity};
use reader::source::SourceFile;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::IsTerminal;

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with excerpts.
    Text,
    /// For programs: one JSON array.
    Json,
    /// For the annotations of code hosts: SARIF 2.1.0.
    Sarif,
}

/// Findings, sorted by file and line, with the files for excerpts.
#[derive(Clone, Debug, Default)]
pub struct Report {
    findings: Vec<Diagnostic>,
    files: Vec<SourceFile>,
}

impl Report {
    /// A report on files.
    pub fn new(mut findings: Vec<Diagnostic>, files: Vec<SourceFile>) -> Self {
        findings.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        Self { findings, files }
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether any of them has to be mended.
    pub fn has_mistakes(&self) -> bool {
        self.findings.iter().any(|finding| finding.problem.severity() == Severity::Error)
    }

    /// All findings with excerpts, file by file, and their number.
    pub fn text(&self, coloured: bool) -> String {
        let each: String = self.findings.iter().map(|finding| finding.render(&self.files, coloured) + "\n\n").collect();
        format!("{each}{}", self.summary())
    }

    /// `3 mistakes in 2 files`
    pub fn summary(&self) -> String {
        let files = self.findings.iter().map(|finding| &finding.file).collect::<BTreeSet<_>>().len();
        let is_error = |finding: &&Diagnostic| finding.problem.severity() == Severity::Error;
        let errors = self.findings.iter().filter(is_error).count();
        let (count, noun) = if errors > 0 { (errors, "mistake") } else { (self.len(), "warning") };
        let plural = if count == 1 { "" } else { "s" };
        if files > 1 { format!("{count} {noun}{plural} in {files} files") } else { format!("{count} {noun}{plural}") }
    }

    /// Prints all findings to standard error, as text.
    pub fn print(&self) {
        anstream::eprintln!("{}", self.text(std::io::stderr().is_terminal()));
    }

    /// Prints all findings: as text to standard error, for programs to standard output.
    pub fn print_as(&self, format: Format) {
        match format {
            Format::Text => self.print(),
            Format::Json => anstream::println!("{:#}", self.json()),
            Format::Sarif => anstream::println!("{:#}", self.sarif()),
        }
    }

    /// All findings as a JSON array; file and message are as in the text.
    pub fn json(&self) -> Value {
        let entry = |finding: &Diagnostic| {
            json!({
                "file": finding.file,
                "line": finding.line,
                "column": finding.column,
                "severity": severity(finding),
                "code": finding.problem.code(),
                "message": finding.problem.message(),
                "help": finding.problem.help(),
            })
        };
        self.findings.iter().map(entry).collect()
    }

    /// All findings as SARIF 2.1.0.
    pub fn sarif(&self) -> Value {
        let codes: BTreeSet<_> = self.findings.iter().map(|finding| finding.problem.code()).collect();
        let rules: Vec<_> = codes.into_iter().map(|code| json!({"id": code})).collect();
        let results: Vec<_> = self.findings.iter().map(sarif_result).collect();
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {"name": "fivexx", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        })
    }
}

fn severity(finding: &Diagnostic) -> &'static str {
    match finding.problem.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn sarif_result(finding: &Diagnostic) -> Value {
    // A file as a whole has no region: lines begin at 1.
    let region = (finding.line > 0).then(|| json!({"startLine": finding.line, "startColumn": finding.column.max(1)}));
    let mut location = json!({"artifactLocation": {"uri": finding.file}});
    if let Some(region) = region {
        location["region"] = region;
    }
    json!({
        "ruleId": finding.problem.code(),
        "level": severity(finding),
        "message": {"text": format!("{}; {}", finding.problem.message(), finding.problem.help())},
        "locations": [{"physicalLocation": location}],
    })
}
