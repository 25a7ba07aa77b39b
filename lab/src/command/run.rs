//! `lab run`

use crate::judge::{self, Judge};
use crate::laboratory::Laboratory;
use crate::report;
use crate::run::{self, Outcome, Selection};
use anyhow::Result;
use clap::Args;
use std::sync::Arc;
use std::time::Instant;

/// Runs faults on the servers that are installed, and checks what comes of it.
#[derive(Args)]
pub struct Arguments {
    /// Only this server; may be given several times.
    #[arg(long = "only", value_name = "SERVER")]
    servers: Vec<String>,
    /// Only this fault; may be given several times.
    #[arg(long = "fault", value_name = "FAULT")]
    faults: Vec<String>,
    /// Write the captures into `lab/captures/`.
    #[arg(long)]
    update: bool,
    /// How many faults at the same time.
    #[arg(long, default_value_t = 6)]
    jobs: usize,
}

async fn run_all(laboratory: &Arc<Laboratory>, selection: &Selection, jobs: usize) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    run::run(Arc::clone(laboratory), selection, jobs, |outcome| {
        match &outcome.capture {
            Ok(capture) => println!("{} {}: {} after {} s", outcome.server, outcome.fault, capture.about.answer, capture.about.seconds),
            Err(error) => println!("{} {}: {error:#}", outcome.server, outcome.fault),
        }
        outcomes.push(outcome);
    })
    .await;
    outcomes
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<bool> {
    let begin = Instant::now();
    let laboratory = Arc::new(Laboratory::open()?);
    let knowledge = judge::read_knowledge(&laboratory.content())?;
    let judge = Judge::new(&knowledge)?;
    let gaps = judge::read_gaps(&laboratory.folder)?;
    let selection = Selection { servers: arguments.servers, faults: arguments.faults };
    let outcomes = run_all(&laboratory, &selection, arguments.jobs).await;
    let (mut captures, mut broken) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome.capture {
            Ok(capture) => captures.push(capture),
            Err(error) => broken.push(format!("{} {}: {error:#}", outcome.server, outcome.fault)),
        }
    }
    if arguments.update {
        let written = captures.iter().map(|capture| capture.write(&laboratory.captures())).collect::<Result<Vec<bool>>>()?;
        println!("{} captures written", written.into_iter().filter(|written| *written).count());
    }
    let points = captures.iter().flat_map(|capture| laboratory.judged(&judge, capture)).collect::<Vec<_>>();
    println!("\n{}\n{}", report::matrix(&captures), report::accuracy(&points));
    for (server, reason) in laboratory.missing.iter().filter(|(server, _)| selection.servers.is_empty() || selection.servers.contains(server)) {
        println!("skipped: {server}: {reason}");
    }
    let failures: Vec<String> = broken.into_iter().chain(judge::failures(&points, &gaps)).collect();
    failures.iter().for_each(|failure| println!("FAILED: {failure}"));
    println!("{} runs, {} failures, {} servers skipped, {} s", captures.len(), failures.len(), laboratory.missing.len(), begin.elapsed().as_secs());
    Ok(failures.is_empty())
}
