//! The fault lab: starts real servers, breaks what stands behind them, and holds what they say against the knowledge base.
//!
//! The way of the data:
//!
//! 1. [`laboratory`]: the servers ([`server`]) and faults ([`fault`]) that `lab/` describes, and which servers are installed ([`setup`]).
//! 2. [`run`]: for each fault on each server a [`stack`] is started: the misbehaving [`upstream`], the server as a [`process`], and what
//!    stands in front of it; the [`client`] asks.
//! 3. [`capture`]: what the client got and what the logs say becomes files.
//! 4. [`judge`]: the engine's verdict on them, held against what is expected; [`report`]: the matrix; [`publish`]: the same for the site.
//!
//! Beside it stands [`measure`]: how long servers wait by default.

mod capture;
mod client;
mod command;
mod fault;
mod judge;
mod laboratory;
mod measure;
mod ports;
mod process;
mod publish;
mod report;
mod run;
mod server;
mod setup;
mod stack;
mod tls;
mod upstream;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

/// Reproduces failures on real servers and checks the knowledge base against them.
///
/// Everything runs on the loopback interface, in temporary folders, and is ended again.
#[derive(Parser)]
#[command(name = "lab")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Run(command::run::Arguments),
    Check(command::check::Arguments),
    Setup(command::setup::Arguments),
    Measure(command::measure::Arguments),
    Publish(command::publish::Arguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = tokio::select! {
        outcome = execute(CommandLine::parse().command) => outcome,
        // Leaving this scope drops everything that runs.
        () = interrupted() => Err(anyhow::anyhow!("interrupted")),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(1)
        }
    }
}

/// Waits for Ctrl-C or SIGTERM.
async fn interrupted() {
    let mut terminated = match signal(SignalKind::terminate()) {
        Ok(terminated) => terminated,
        Err(_) => return std::future::pending().await,
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}

async fn execute(command: Command) -> anyhow::Result<bool> {
    match command {
        Command::Run(arguments) => command::run::run(arguments).await,
        Command::Check(arguments) => command::check::run(&arguments),
        Command::Setup(arguments) => command::setup::run(&arguments),
        Command::Measure(arguments) => command::measure::run(arguments).await,
        Command::Publish(arguments) => command::publish::run(&arguments),
    }
}
