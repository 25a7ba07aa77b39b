//! `lab measure`

use crate::laboratory::Laboratory;
use crate::measure::{self, Measured};
use crate::publish;
use anyhow::{Context, Result};
use clap::Args;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::task::JoinSet;

/// Measures the default timeouts of the servers that are installed, all at the same time; takes two minutes.
#[derive(Args)]
pub struct Arguments {
    /// Only this server; may be given several times.
    #[arg(long = "only", value_name = "SERVER")]
    servers: Vec<String>,
    /// Write what was measured into `content/lab/measured.yaml`.
    #[arg(long)]
    update: bool,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<bool> {
    let laboratory = Arc::new(Laboratory::open()?);
    let mut running = JoinSet::new();
    for one in measure::read_all(&laboratory.folder)? {
        if arguments.servers.is_empty() || arguments.servers.contains(&one.server) {
            let laboratory = Arc::clone(&laboratory);
            running.spawn(async move { measure::measure(&laboratory, &one).await.with_context(|| format!("{} of {}", one.timeout, one.server)) });
        }
    }
    let (mut measured, mut fine) = (BTreeMap::new(), true);
    while let Some(outcome) = running.join_next().await {
        match outcome? {
            Ok(None) => {}
            Ok(Some(one)) => {
                println!("{} ({} {}): {} after {} s", one.timeout, one.server, one.version, one.answer, one.seconds);
                measured.insert((one.timeout.clone(), one.version.clone()), one);
            }
            Err(error) => {
                println!("FAILED: {error:#}");
                fine = false;
            }
        }
    }
    if arguments.update {
        let measured: Vec<Measured> = measured.into_values().collect();
        publish::write_measured(&laboratory, &measured)?;
    }
    Ok(fine)
}
