//! `fivexx check`

use crate::Outcome;
use crate::day;
use crate::project::{Folders, Project, WriteError};
use crate::report::{Format, Report};
use crate::site::Extras;
use crate::site::destination::{Destination, Nowhere};
use crate::watch;
use clap::Args;
use reader::again::{Memory, Samples};
use reader::timings::Timings;

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
    /// Say nothing where all is well.
    #[arg(long)]
    quiet: bool,
    /// Check again whenever a file changes, until Ctrl-C.
    #[arg(long)]
    watch: bool,
    /// Show warnings, and fail on any.
    #[arg(long)]
    deny_warnings: bool,
    #[command(flatten)]
    folders: Folders,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Outcome {
    match arguments.watch {
        true => run_again_and_again(arguments),
        false => run_once(arguments, &mut Memory::default()),
    }
}

/// Ends with an error or by Ctrl-C.
fn run_again_and_again(arguments: &Arguments) -> Outcome {
    let changes = match watch::changes(&arguments.folders.watched()) {
        Ok(changes) => changes,
        Err(error) => {
            anstream::eprintln!("error: can't watch for changes: {error}");
            return Outcome::Wrong;
        }
    };
    let mut memory = Memory::default();
    loop {
        let outcome = run_once(arguments, &mut memory);
        if !changes.wait() {
            return outcome;
        }
        anstream::println!();
    }
}

fn run_once(arguments: &Arguments, memory: &mut Memory) -> Outcome {
    let shows_warnings = arguments.warnings || arguments.deny_warnings;
    match check(&arguments.folders, memory) {
        Ok((said, warnings)) => {
            match arguments.format {
                Format::Text if warnings.has_mistakes() || (shows_warnings && warnings.len() > 0) => warnings.print(),
                Format::Text if arguments.quiet => {}
                Format::Text if warnings.len() > 0 => anstream::println!("{said} {}: `fivexx check --warnings` shows them.", warnings.summary()),
                Format::Text => anstream::println!("{said}"),
                format => if shows_warnings || warnings.has_mistakes() { warnings.clone() } else { Report::default() }.print_as(format),
            }
            let is_refused = warnings.has_mistakes() || (arguments.deny_warnings && warnings.len() > 0);
            if is_refused { Outcome::Wrong } else { Outcome::Fine }
        }
        Err(error) => {
            match &error {
                WriteError::Mistakes(mistakes) => mistakes.print_as(arguments.format),
                WriteError::Output(_) | WriteError::Extra(_) => error.print(),
            }
            Outcome::Wrong
        }
    }
}

/// A line on what was checked, and the warnings.
fn check(folders: &Folders, memory: &mut Memory) -> Result<(String, Report), WriteError> {
    let timings = Timings::default();
    let project = folders.read_again(memory, Samples::All, &timings)?;
    let site = project.plan(None, None, &timings)?;
    let nowhere = Nowhere::default();
    project.write(&site, &Extras::default(), &nowhere, &timings)?;
    nowhere.record().check()?;
    let files = nowhere.record().files().len();
    Ok((summary(&project, files), project.warnings(&day::today())))
}

fn summary(project: &Project, files: usize) -> String {
    let entries = project.content().entries();
    let (messages, causes, questions) = (entries.messages.len(), entries.causes.len(), entries.questions.len());
    format!("All is well: {messages} messages, {causes} causes, {questions} questions, {files} files.")
}
