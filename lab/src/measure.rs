//! How long servers wait by default: without the short timeouts of the laboratory's configurations, each is timed until it gives up.

use crate::client;
use crate::fault::Fault;
use crate::laboratory::Laboratory;
use crate::run;
use crate::stack::Stack;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// Nothing is measured that takes longer.
const LONGEST: Duration = Duration::from_secs(130);

/// A default to measure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// The timeout, by its id in `content/`.
    pub timeout: String,
    /// The server.
    pub server: String,
    /// What is timed.
    pub until: Until,
    /// The path to ask for.
    pub path: Option<String>,
    /// Values that are different from the server's own, besides `timeouts`, which is empty.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// What is timed.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Until {
    /// From the request to the end of the response, while a fault keeps the upstream from answering.
    Fault(String),
    /// From a complete response to the server's end of the connection, with no further request.
    Idle,
    /// From an accepted connection to its end, with no byte sent.
    Silent,
    /// From the sending of these bytes, and no more, to the end of the connection.
    Sent(String),
}

/// A default that was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// The timeout.
    pub timeout: String,
    /// The server's name, as its makers write it.
    pub server: String,
    /// Its version.
    pub version: String,
    /// The day, in UTC.
    pub date: String,
    /// Seconds until it gave up, to a tenth.
    pub seconds: f64,
    /// What the client got then.
    pub answer: String,
}

/// Reads what is to be measured.
pub fn read_all(laboratory: &Path) -> Result<Vec<Measure>> {
    let file = laboratory.join("measures.yaml");
    serde_yaml::from_str(&std::fs::read_to_string(&file)?).with_context(|| format!("{} is not a list of measures", file.display()))
}

/// Measures one default; nothing if the server is not installed.
pub async fn measure(laboratory: &Laboratory, measure: &Measure) -> Result<Option<Measured>> {
    let Some(installed) = laboratory.installed.get(&measure.server) else { return Ok(None) };
    let fault = match &measure.until {
        Until::Fault(id) => laboratory.faults.iter().find(|fault| fault.id == *id).with_context(|| format!("no fault is called {id}"))?.clone(),
        Until::Idle | Until::Silent | Until::Sent(_) => Fault::healthy(),
    };
    let mut installed = installed.clone();
    // The server itself is timed, not what stands in front of it.
    installed.server.behind = None;
    installed.server.values.insert("timeouts".to_owned(), String::new());
    installed.server.values.extend(measure.values.clone());
    installed.server.setups.entry(fault.setup.clone()).or_default();
    let stack = Stack::start(laboratory, &installed, &fault).await?;
    let path = measure.path.as_deref().unwrap_or("/");
    let request = client::bytes(&fault.request, path);
    let response = match &measure.until {
        Until::Fault(_) => client::ask(stack.asked().port, &request, Some(LONGEST)).await,
        Until::Idle => client::idle(stack.asked().port, &request, LONGEST).await,
        Until::Silent => client::ask(stack.asked().port, &[], Some(LONGEST)).await,
        Until::Sent(bytes) => client::ask(stack.asked().port, bytes.as_bytes(), Some(LONGEST)).await,
    };
    Ok(Some(Measured {
        timeout: measure.timeout.clone(),
        server: installed.server.title,
        version: installed.version,
        date: run::today(),
        seconds: (response.took.as_secs_f64() * 10.0).round() / 10.0,
        answer: if response.end == client::End::GaveUp { "still waiting".to_owned() } else { response.answer().to_string() },
    }))
}
