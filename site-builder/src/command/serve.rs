//! `fivexx serve`

use crate::project::Folders;
use crate::{Outcome, serve};
use clap::Args;
use std::path::PathBuf;

/// Builds the site, serves it on this machine, and rebuilds and reloads the page when something changes.
///
/// Listens on 127.0.0.1 only. On a mistake the last good site stays, and the mistake is printed.
#[derive(Args)]
pub struct Arguments {
    /// The port to listen on.
    #[arg(long, value_name = "N", default_value_t = 8000)]
    port: u16,
    /// The folder to write to.
    #[arg(long, value_name = "DIR", default_value = "site")]
    out: PathBuf,
    /// Leave the checker out: pages only, no Rust toolchain needed.
    #[arg(long)]
    without_checker: bool,
    #[command(flatten)]
    folders: Folders,
}

/// Runs the command; it ends with an error or by Ctrl-C.
pub fn run(arguments: &Arguments) -> Outcome {
    match serve::run(&arguments.folders, &arguments.out, arguments.port, !arguments.without_checker) {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            Outcome::Wrong
        }
    }
}
