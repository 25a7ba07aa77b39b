//! `fivexx completions` and `fivexx man`: what shells and `man` want to know of the command line.

use crate::Outcome;
use clap::{Args, Command};
use clap_complete::Shell;
use std::io::Write;

/// Prints completions for a shell.
///
/// Example: `fivexx completions bash > ~/.local/share/bash-completion/completions/fivexx`
#[derive(Args)]
pub struct CompletionArguments {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the manual page, in roff.
///
/// Example: `fivexx man > ~/.local/share/man/man1/fivexx.1`
#[derive(Args)]
pub struct ManArguments {
    /// A command, for its own page.
    command: Option<String>,
}

/// Runs `fivexx completions`.
pub fn completions(mut command_line: Command, arguments: &CompletionArguments) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut command_line, "fivexx", &mut text);
    print(&text)
}

/// Runs `fivexx man`.
pub fn man(mut command_line: Command, arguments: &ManArguments) -> Outcome {
    command_line.build();
    let page = match &arguments.command {
        None => clap_mangen::Man::new(command_line),
        Some(name) => match command_line.find_subcommand(name) {
            Some(command) => {
                let source = concat!("fivexx ", env!("CARGO_PKG_VERSION"));
                clap_mangen::Man::new(command.clone()).title(format!("fivexx-{name}")).source(source)
            }
            None => {
                anstream::eprintln!("error: there is no command `{name}`; `fivexx --help` lists them");
                return Outcome::Usage;
            }
        },
    };
    let mut text = Vec::new();
    match page.render(&mut text) {
        Ok(()) => print(&text),
        Err(error) => {
            anstream::eprintln!("error: the manual page can't be made: {error}");
            Outcome::Wrong
        }
    }
}

fn print(text: &[u8]) -> Outcome {
    // Whoever reads may close the pipe early, as `head` does; that is no error.
    let _ = std::io::stdout().lock().write_all(text);
    Outcome::Fine
}
