//! `fivexx check`

use crate::Outcome;
use crate::project::Folders;
use crate::site::Extras;
use clap::Args;

/// Checks content and templates: forms, ids, references, sample lines, links.
///
/// Prints every mistake with its file, line and column, and what to write instead. Nothing is written.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    folders: Folders,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Outcome {
    let checked = arguments.folders.read().and_then(|project| {
        let site = project.render(None, None, &Extras::default())?;
        let entries = project.content().entries();
        Ok((entries.messages.len(), entries.causes.len(), entries.questions.len(), site.files.len()))
    });
    match checked {
        Ok((messages, causes, questions, files)) => {
            anstream::println!("All is well: {messages} messages, {causes} causes, {questions} questions, {files} files.");
            Outcome::Fine
        }
        Err(mistakes) => {
            mistakes.print();
            Outcome::Wrong
        }
    }
}
