//! The matrix: each fault on each server, a few at a time.

use crate::capture::{About, Capture, log_text, response_text};
use crate::client::{self, Response};
use crate::fault::Fault;
use crate::laboratory::{Installed, Laboratory};
use crate::stack::{Running, Stack};
use anyhow::Result;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Logs are read when nothing was added to them for so long.
const QUIET: Duration = Duration::from_millis(250);
/// They are read at the latest after so long.
const LONGEST_QUIET: Duration = Duration::from_secs(3);
/// Between requests that go beside the recorded one, so that each finds what the one before has taken.
const APART: Duration = Duration::from_millis(40);

/// Which part of the matrix to run.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// These servers, or all.
    pub servers: Vec<String>,
    /// These faults, or all.
    pub faults: Vec<String>,
}

impl Selection {
    /// Whether a server and a fault are in it.
    pub fn holds(&self, server: &str, fault: &str) -> bool {
        let chosen = |names: &[String], name: &str| names.is_empty() || names.iter().any(|one| one == name);
        chosen(&self.servers, server) && chosen(&self.faults, fault)
    }
}

/// A run that gave a capture, or failed.
pub struct Outcome {
    /// The server.
    pub server: String,
    /// The fault.
    pub fault: String,
    /// What came of it.
    pub capture: Result<Capture>,
}

/// Runs a part of the matrix and hands each outcome over as it comes.
pub async fn run(laboratory: Arc<Laboratory>, selection: &Selection, jobs: usize, mut done: impl FnMut(Outcome)) {
    let places = Arc::new(Semaphore::new(jobs));
    let mut running = JoinSet::new();
    // Fault by fault, so that no server is started many times at the same moment.
    for fault in &laboratory.faults {
        for installed in laboratory.installed.values().filter(|installed| installed.server.setups.contains_key(&fault.setup)) {
            if selection.holds(&installed.server.name, &fault.id) {
                running.spawn(one(Arc::clone(&laboratory), Arc::clone(&places), installed.clone(), fault.clone()));
            }
        }
    }
    while let Some(outcome) = running.join_next().await {
        if let Ok(outcome) = outcome {
            done(outcome);
        }
    }
}

async fn one(laboratory: Arc<Laboratory>, places: Arc<Semaphore>, installed: Installed, fault: Fault) -> Outcome {
    let _place = places.acquire().await;
    let capture = capture(&laboratory, &installed, &fault).await;
    Outcome { server: installed.server.name, fault: fault.id, capture }
}

async fn capture(laboratory: &Laboratory, installed: &Installed, fault: &Fault) -> Result<Capture> {
    let stack = Stack::start(laboratory, installed, fault).await?;
    settle(&stack, Duration::from_millis(100)).await;
    let begin = sizes(&stack, installed, fault);
    // The requests beside it go on until the logs are read: a client that leaves would be logged, too.
    let (response, _beside) = ask(&stack, fault).await;
    settle(&stack, QUIET).await;
    for running in [Some(&stack.tested), stack.front.as_ref()].into_iter().flatten() {
        running.collect().await?;
    }
    let read = |logs: Vec<PathBuf>| {
        let added = logs.iter().flat_map(|log| {
            let text = std::fs::read(log).unwrap_or_default();
            let from = begin.get(log).copied().unwrap_or(0).min(text.len());
            text[from..].to_vec()
        });
        log_text(&added.collect::<Vec<u8>>(), &stack.names)
    };
    let asked = stack.asked();
    Ok(Capture {
        about: About {
            server: installed.server.name.clone(),
            version: installed.version.clone(),
            fault: fault.id.clone(),
            date: today(),
            answer: response.answer(),
            ended: response.end.to_string(),
            seconds: format!("{:.1}", response.took.as_secs_f64()),
            configuration: format!("lab/servers/{}/server.yaml, setup {}", installed.server.name, fault.setup),
        },
        client: response_text(&response, &stack.names),
        error: read(asked.error_logs()),
        access: read(asked.access_logs()),
        app: if stack.front.is_some() { read(stack.tested.error_logs()) } else { String::new() },
    })
}

/// Sends the requests that go before and beside, and the one that is recorded. Dropping what is beside ends it.
async fn ask(stack: &Stack, fault: &Fault) -> (Response, JoinSet<Response>) {
    let request = &fault.request;
    let (port, bytes) = (stack.asked().port, client::bytes(request, &stack.path));
    for _ in 0..request.before {
        client::ask(port, &bytes, None).await;
    }
    let mut beside = JoinSet::new();
    for _ in 0..request.beside {
        let bytes = bytes.clone();
        beside.spawn(async move { client::ask(port, &bytes, None).await });
        tokio::time::sleep(APART).await;
    }
    tokio::time::sleep(Duration::from_millis(request.pause)).await;
    let act = async {
        if let Some(act) = fault.act {
            tokio::time::sleep(Duration::from_millis(act.after)).await;
            stack.act(act.to, act.deed);
        }
    };
    let (response, ()) = tokio::join!(client::ask(port, &bytes, request.give_up.map(Duration::from_millis)), act);
    (response, beside)
}

/// The length of each log before the request. What an application server says while it fails to start belongs to the evidence.
fn sizes(stack: &Stack, installed: &Installed, fault: &Fault) -> BTreeMap<PathBuf, usize> {
    let fails = installed.server.setups.get(&fault.setup).is_some_and(|setup| setup.fails);
    let mut logs = logs(stack.asked());
    if stack.front.is_some() && !fails {
        logs.extend(self::logs(&stack.tested));
    }
    logs.into_iter().map(|log| (log.clone(), size(&log))).collect()
}

fn logs(running: &Running) -> Vec<PathBuf> {
    [running.error_logs(), running.access_logs()].concat()
}

fn size(file: &PathBuf) -> usize {
    std::fs::metadata(file).map_or(0, |metadata| usize::try_from(metadata.len()).unwrap_or(usize::MAX))
}

/// Waits until the logs do not grow any more.
async fn settle(stack: &Stack, quiet: Duration) {
    let all: Vec<PathBuf> = [Some(&stack.tested), stack.front.as_ref()].into_iter().flatten().flat_map(logs).collect();
    let total = || all.iter().map(size).sum::<usize>();
    let (begin, mut last, mut since) = (Instant::now(), total(), Instant::now());
    while since.elapsed() < quiet && begin.elapsed() < LONGEST_QUIET {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = total();
        if now != last {
            (last, since) = (now, Instant::now());
        }
    }
}

/// The day, in UTC.
pub fn today() -> String {
    let date = time::OffsetDateTime::now_utc().date();
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}
