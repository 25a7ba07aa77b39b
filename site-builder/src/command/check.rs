//! `fivexx check`

use crate::Outcome;
use crate::day;
use crate::project::{Folders, Project};
use crate::report::{Format, Report};
use crate::site::Extras;
use clap::Args;
use serde_json::json;

/// Checks content and templates: forms, ids, references, sample lines, links.
///
/// Prints every mistake with its file, line and column, and what to write instead. Nothing is written. Warnings (facts that
/// nobody checked for a year, prose that is hard to read) are counted; they are shown and fail only where that is asked for.
#[derive(Args)]
pub struct Arguments {
    /// How to print what is found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Show warnings.
    #[arg(long)]
    warnings: bool,
    /// Show warnings, and fail on any.
    #[arg(long)]
    deny_warnings: bool,
    #[command(flatten)]
    folders: Folders,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Outcome {
    let shows_warnings = arguments.warnings || arguments.deny_warnings;
    match check(&arguments.folders) {
        Ok((said, warnings)) => {
            match arguments.format {
                Format::Text if shows_warnings && warnings.len() > 0 => warnings.print(),
                Format::Text if warnings.len() > 0 => anstream::println!("{said} {}: `fivexx check --warnings` shows them.", warnings.summary()),
                Format::Text => anstream::println!("{said}"),
                Format::Json | Format::Sarif => print(&if shows_warnings { warnings.clone() } else { Report::default() }, arguments.format),
            }
            if arguments.deny_warnings && warnings.len() > 0 { Outcome::Wrong } else { Outcome::Fine }
        }
        Err(mistakes) => {
            match arguments.format {
                Format::Text => mistakes.print(),
                Format::Json | Format::Sarif => print(&mistakes, arguments.format),
            }
            Outcome::Wrong
        }
    }
}

/// A line on what was checked, and the warnings.
fn check(folders: &Folders) -> Result<(String, Report), Report> {
    let project = folders.read()?;
    let files = project.render(None, None, &Extras::default())?.files.len();
    Ok((summary(&project, files), project.warnings(&day::today())))
}

fn summary(project: &Project, files: usize) -> String {
    let entries = project.content().entries();
    let (messages, causes, questions) = (entries.messages.len(), entries.causes.len(), entries.questions.len());
    format!("All is well: {messages} messages, {causes} causes, {questions} questions, {files} files.")
}

fn print(report: &Report, format: Format) {
    let value = if format == Format::Sarif { report.sarif() } else { json!(report.json()) };
    anstream::println!("{value:#}");
}
