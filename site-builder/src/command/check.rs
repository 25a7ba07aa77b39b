//! `fivexx check`

use crate::Outcome;
use clap::Args;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Checks the content: forms, ids, references, sample lines, links.
///
/// Prints every mistake with its file, line and column, and what to write instead.
#[derive(Args)]
pub struct Arguments {
    /// The folder that holds the content.
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Outcome {
    let reading = reader::read(&arguments.content);
    match reading.outcome {
        Ok(content) => {
            let entries = content.entries();
            anstream::println!("content is fine: {} messages, {} causes, {} questions", entries.messages.len(), entries.causes.len(), entries.questions.len());
            Outcome::Fine
        }
        Err(mistakes) => {
            let folder = arguments.content.display().to_string();
            for mistake in &mistakes {
                anstream::eprintln!("{}\n", mistake.render(&reading.files, &folder, std::io::stderr().is_terminal()));
            }
            anstream::eprintln!("{} mistakes", mistakes.len());
            Outcome::Wrong
        }
    }
}
