//! `lab setup`

use crate::laboratory::Laboratory;
use crate::setup;
use anyhow::Result;
use clap::Args;

/// Installs the servers that are missing, where it may: Debian packages as root, packages of PyPI and npm into `target/lab`.
#[derive(Args)]
pub struct Arguments {}

/// Runs the command; a server that can't be had is named, which is no failure.
pub fn run(_arguments: &Arguments) -> Result<bool> {
    let mut laboratory = Laboratory::open()?;
    setup::install(&laboratory)?;
    laboratory.look_for_servers();
    for installed in laboratory.installed.values() {
        println!("{} {}", installed.server.name, installed.version);
    }
    for (server, reason) in &laboratory.missing {
        println!("skipped: {server}: {reason}");
    }
    Ok(true)
}
