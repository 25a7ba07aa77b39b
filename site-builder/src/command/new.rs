//! `fivexx new`

use super::write_new;
use crate::{Outcome, day};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Writes the skeleton of an entry, with comments that say what to fill in.
///
/// What is open is written as `…`; `fivexx check` refuses the file until nothing is.
#[derive(Args)]
pub struct Arguments {
    /// What to begin.
    #[arg(value_enum)]
    kind: Kind,
    /// The id: lower case words joined by hyphens, such as `keepalive-race`; a comparison's is `502-vs-504`.
    #[arg(value_parser = parse_id)]
    name: String,
    /// The system that prints the message.
    #[arg(long, value_name = "ID", value_parser = parse_id, required_if_eq_any([("kind", "message"), ("kind", "signature")]))]
    system: Option<String>,
    /// The content folder.
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
}

/// The kinds of entries that can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A program, platform or service, in a folder of its own.
    System,
    /// What has to change for an error to stop.
    Cause,
    /// A line that a system prints; also called a signature.
    #[value(alias = "signature")]
    Message,
    /// Two status codes side by side.
    Comparison,
    /// A guide, step by step.
    Guide,
    /// A question that people ask.
    Faq,
}

fn parse_id(text: &str) -> Result<String, String> {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    match text.split('-').all(is_word) {
        true => Ok(text.to_owned()),
        false => Err("use lower case letters, digits and single hyphens, such as `keepalive-race`".to_owned()),
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Outcome {
    let (path, text) = match skeleton(arguments) {
        Ok(file) => file,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            return Outcome::Usage;
        }
    };
    let open = text.matches('…').count();
    match write_new(&arguments.content, &[(path.clone(), text)]) {
        Ok(_) => {
            let content = arguments.content.display();
            anstream::println!("{content}/{path}\n\nFill in what is written as … ({open} places), then run `fivexx check`.");
            Outcome::Fine
        }
        Err(error) => {
            anstream::eprintln!("error: {error}");
            Outcome::Wrong
        }
    }
}

/// Path and text of the new file.
fn skeleton(arguments: &Arguments) -> Result<(String, String), String> {
    let name = &arguments.name;
    let (path, text) = match arguments.kind {
        Kind::System => (format!("systems/{name}/system.md"), include_str!("new/skeletons/system.md")),
        Kind::Cause => (format!("causes/{name}.md"), include_str!("new/skeletons/cause.md")),
        Kind::Message => {
            let system = arguments.system.as_deref().ok_or("say which system prints the message: `--system ID`")?;
            (format!("systems/{system}/messages/{name}.yaml"), include_str!("new/skeletons/message.yaml"))
        }
        Kind::Comparison => (format!("comparisons/{name}.md"), include_str!("new/skeletons/comparison.md")),
        Kind::Guide => (format!("guides/{name}.md"), include_str!("new/skeletons/guide.md")),
        Kind::Faq => (format!("faq/{name}.md"), include_str!("new/skeletons/faq.md")),
    };
    let text = text.replace("NAME", name).replace("DAY", &day::today());
    match arguments.kind {
        Kind::Comparison => {
            let codes = name.split_once("-vs-").filter(|(one, other)| is_code(one) && is_code(other));
            let (one, other) = codes.ok_or("a comparison is named after its codes, such as `502-vs-504`")?;
            Ok((path, text.replace("ONE", one).replace("OTHER", other)))
        }
        _ => Ok((path, text)),
    }
}

fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}
