//! The `fivexx` command.
//!
//! The way of the data, command by command:
//!
//! - [`command::check`]: content files become checked content, or a list of mistakes ([`reader`]).
//! - [`command::build`]: checked content and the checker as WebAssembly ([`wasm`]) become a planned site ([`site`]), which is
//!   rendered on all cores, page by page, into a folder that takes the place of the old one ([`output`]).
//! - [`command::serve`]: the same, again whenever a source changes ([`serve`]).
//! - [`command::test`]: verdicts on texts in the content are held against what their authors expect ([`reader::expectation`]).
//! - [`command::init`] and [`command::new`]: a knowledge base or an entry to begin with; [`command::schema`]: forms for editors.
//! - [`command::diagnose`]: evidence becomes a verdict ([`diagnosis`]), printed as text or JSON.

mod carried;
mod command;
mod day;
mod hosting;
mod knowledge;
mod output;
mod progress;
mod project;
mod report;
mod serve;
mod site;
mod wasm;
mod watch;

use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// Finds the cause of gateway errors and HTTP 5xx, and builds the fivexx reference site.
///
/// Exit codes: 0 fine; 1 the content or the input is wrong; 2 the command line is wrong.
#[derive(Parser)]
#[command(name = "fivexx", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(command::build::Arguments),
    Serve(command::serve::Arguments),
    Check(command::check::Arguments),
    Test(command::test::Arguments),
    Diagnose(command::diagnose::Arguments),
    Init(command::init::Arguments),
    New(command::new::Arguments),
    Schema(command::schema::Arguments),
    Completions(command::manual::CompletionArguments),
    Man(command::manual::ManArguments),
}

/// How a command ends when nothing is wrong with the program itself.
pub enum Outcome {
    /// All is well.
    Fine,
    /// The content or the input is wrong; what exactly was printed.
    Wrong,
    /// The command line asks for what does not exist.
    Usage,
}

fn main() -> ExitCode {
    let outcome = match CommandLine::parse().command {
        Command::Build(arguments) => command::build::run(&arguments),
        Command::Serve(arguments) => command::serve::run(&arguments),
        Command::Check(arguments) => command::check::run(&arguments),
        Command::Test(arguments) => command::test::run(&arguments),
        Command::Diagnose(arguments) => command::diagnose::run(&arguments),
        Command::Init(arguments) => command::init::run(&arguments),
        Command::New(arguments) => command::new::run(&arguments),
        Command::Schema(arguments) => command::schema::run(&arguments),
        Command::Completions(arguments) => command::manual::completions(CommandLine::command(), &arguments),
        Command::Man(arguments) => command::manual::man(CommandLine::command(), &arguments),
    };
    match outcome {
        Outcome::Fine => ExitCode::SUCCESS,
        Outcome::Wrong => ExitCode::from(1),
        Outcome::Usage => ExitCode::from(2),
    }
}
