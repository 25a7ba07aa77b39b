//! `fivexx serve`

use crate::project::Folders;
use crate::{Outcome, serve};
use clap::Args;

/// Serves the site on this machine while you write, and reloads the page when something changes.
///
/// Listens on 127.0.0.1 only and writes nothing. On a mistake the last good site stays; the mistake is shown in the page and here.
/// Search and images for sharing come with `fivexx build`.
#[derive(Args)]
pub struct Arguments {
    /// The port to listen on.
    #[arg(long, value_name = "N", default_value_t = 8000)]
    port: u16,
    /// Leave the checker out: pages only, no Rust toolchain needed.
    #[arg(long)]
    without_checker: bool,
    /// Print where the time went, each time the site is read.
    #[arg(long)]
    timings: bool,
    #[command(flatten)]
    folders: Folders,
}

/// Runs the command; it ends with an error or by Ctrl-C.
pub fn run(arguments: &Arguments) -> Outcome {
    match serve::run(&arguments.folders, arguments.port, !arguments.without_checker, arguments.timings) {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            Outcome::Wrong
        }
    }
}
