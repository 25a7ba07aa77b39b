//! `fivexx diagnose`

mod examine;
mod explain;
mod text;

use crate::{Outcome, knowledge};
use clap::{Args, ValueEnum};
use diagnosis::answers::Answers;
use diagnosis::evidence::{Examined, Recogniser};
use diagnosis::id::{OptionId, QuestionId};
use diagnosis::knowledge::Knowledge;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Reads log lines, headers, curl output or an error page, and names the cause.
///
/// Prints the verdict first, then the lines that led to it, then the commands to run next. Nothing leaves this machine.
///
/// Examples:
///   tail -n 200 /var/log/nginx/error.log | fivexx diagnose
///   fivexx diagnose error.log --answer answers-directly=refused
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The file to read; `-` or nothing for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// How to print the verdict.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print every finding, likelihood and step of the ranking after the verdict, for those who write content.
    #[arg(long, conflicts_with = "format")]
    explain: bool,
    /// Use the knowledge in this content folder instead of the built-in one, to try out what you write; may be given several
    /// times, and `built-in` stands for the built-in one. A first folder without `site.yaml` lies over the built-in one.
    #[arg(long, value_name = "DIR")]
    content: Vec<PathBuf>,
    /// An answer to a question of an earlier verdict; may be given several times.
    #[arg(long = "answer", value_name = "QUESTION=OPTION", value_parser = parse_answer)]
    answers: Vec<(QuestionId, OptionId)>,
}

/// How a verdict is printed.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people, in a terminal.
    Text,
    /// For programs: one JSON object.
    Json,
}

fn parse_answer(text: &str) -> Result<(QuestionId, OptionId), String> {
    match text.split_once('=') {
        Some((question, option)) if !question.is_empty() && !option.is_empty() => Ok((QuestionId::new(question), OptionId::new(option))),
        _ => Err("write QUESTION=OPTION, such as `how-long=at-once`".to_owned()),
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Outcome {
    let knowledge = match knowledge::of(&arguments.content) {
        Ok(knowledge) => knowledge,
        Err(error) => return wrong(&error),
    };
    let mut answers = Answers::default();
    for (question, option) in &arguments.answers {
        if let Err(error) = answers.give(&knowledge, question.clone(), option.clone()) {
            anstream::eprintln!("error: {error}");
            return Outcome::Usage;
        }
    }
    let recogniser = match Recogniser::new(&knowledge) {
        Ok(recogniser) => recogniser,
        Err(error) => return wrong(&format!("error: {error}")),
    };
    match examine(&recogniser, &arguments.file) {
        Ok(examined) => print_verdict(&knowledge, &examined, &answers, arguments),
        Err(error) => wrong(&format!("error: {} can't be read: {error}", arguments.file.display())),
    }
}

fn wrong(error: &str) -> Outcome {
    anstream::eprintln!("{error}");
    Outcome::Wrong
}

fn examine(recogniser: &Recogniser<'_>, file: &Path) -> std::io::Result<Examined> {
    if file.as_os_str() == "-" { examine::examine(recogniser, std::io::stdin().lock()) } else { examine::examine(recogniser, File::open(file)?) }
}

fn print_verdict(knowledge: &Knowledge, examined: &Examined, answers: &Answers, arguments: &Arguments) -> Outcome {
    let verdict = diagnosis::conclude(knowledge, &examined.evidence, answers);
    let printed = match arguments.format {
        Format::Text if arguments.explain => {
            let explanation = diagnosis::explain::explain(knowledge, &examined.evidence, answers);
            text::render(knowledge, &verdict, &examined.quotes) + &explain::render(&verdict.findings, &explanation)
        }
        Format::Text => text::render(knowledge, &verdict, &examined.quotes),
        Format::Json => match serde_json::to_string_pretty(&verdict) {
            Ok(json) => json + "\n",
            Err(error) => return wrong(&format!("error: the verdict can't be written as JSON: {error}")),
        },
    };
    // Whoever reads may close the pipe early, as `head` does; that is no error.
    let _ = anstream::stdout().lock().write_all(printed.as_bytes());
    Outcome::Fine
}
