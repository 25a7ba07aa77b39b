//! `fivexx init`

use super::write_new;
use crate::{Outcome, day};
use clap::Args;
use std::path::PathBuf;

/// Writes a small knowledge base that builds at once: one system with one message, one cause, one question, one code.
///
/// To add to the built-in knowledge instead of replacing it, begin with `fivexx new system NAME` in an empty folder: a folder
/// `content` without `site.yaml` lies over it.
#[derive(Args)]
pub struct Arguments {
    /// The folder to make.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// The files of the small knowledge base.
const STARTER: [(&str, &str); 13] = [
    (".gitignore", "/site/\n/.site.fivexx-*\n"),
    ("README.md", include_str!("../../starter/README.md")),
    ("content/site.yaml", include_str!("../../starter/site.yaml")),
    ("content/places.yaml", include_str!("../../starter/places.yaml")),
    ("content/shapes.yaml", include_str!("../../starter/shapes.yaml")),
    ("content/captures.yaml", include_str!("../../starter/captures.yaml")),
    ("content/words.yaml", include_str!("../../starter/words.yaml")),
    ("content/systems/shop-gateway/system.md", include_str!("../../starter/system.md")),
    ("content/systems/shop-gateway/messages/upstream.yaml", include_str!("../../starter/messages.yaml")),
    ("content/causes/checkout-not-running.md", include_str!("../../starter/not-running.md")),
    ("content/causes/checkout-wrong-port.md", include_str!("../../starter/wrong-port.md")),
    ("content/questions/is-running.yaml", include_str!("../../starter/question.yaml")),
    ("content/codes/502.md", include_str!("../../starter/502.md")),
];

/// Stands in the files for the day on which they are written.
const DAY: &str = "2000-01-01";

/// Runs the command.
pub fn run(arguments: &Arguments) -> Outcome {
    let today = day::today();
    let files = STARTER.map(|(path, text)| (path.to_owned(), text.replace(DAY, &today)));
    match write_new(&arguments.folder, &files) {
        Ok(written) => {
            let folder = arguments.folder.display();
            anstream::println!("{} files in {folder}. Next:\n\n  cd {folder}\n  fivexx check\n  fivexx serve", written.len());
            Outcome::Fine
        }
        Err(error) => {
            anstream::eprintln!("error: {error}");
            Outcome::Wrong
        }
    }
}
