//! `fivexx test`

use crate::Outcome;
use crate::project::Folders;
use crate::report::{Format, Report};
use clap::Args;
use reader::expectation::{self, Tested};
use reader::timings::Timings;

/// Diagnoses the samples of messages that say what they expect, and tells where the verdict is another.
///
/// A message says it in `expect`: a list of causes, places, shapes or status codes, for its samples or for other evidence.
/// Content with mistakes is not tested: `fivexx check` comes first.
#[derive(Args)]
pub struct Arguments {
    /// How to print what does not hold.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Say nothing where all is well.
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    folders: Folders,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Outcome {
    let project = match arguments.folders.read(&Timings::default()) {
        Ok(project) => project,
        Err(mistakes) => return wrong(&mistakes, arguments.format),
    };
    match expectation::test(project.content()) {
        Ok(Tested { verdicts, unmet }) if unmet.is_empty() => {
            match arguments.format {
                Format::Text if arguments.quiet => {}
                Format::Text => anstream::println!("{}", summary(verdicts)),
                Format::Json | Format::Sarif => Report::default().print_as(arguments.format),
            }
            Outcome::Fine
        }
        Ok(Tested { unmet, .. }) => wrong(&project.report(unmet), arguments.format),
        Err(error) => {
            anstream::eprintln!("error: {error}");
            Outcome::Wrong
        }
    }
}

fn wrong(report: &Report, format: Format) -> Outcome {
    report.print_as(format);
    Outcome::Wrong
}

fn summary(verdicts: usize) -> String {
    match verdicts {
        0 => "Nothing is expected: no message has `expect`.".to_owned(),
        1 => "All is well: 1 verdict is as expected.".to_owned(),
        _ => format!("All is well: {verdicts} verdicts are as expected."),
    }
}
