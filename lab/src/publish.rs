//! What the site shows of the laboratory: `content/lab/`, written from captures.

use crate::capture::{self, Capture};
use crate::fault::Answer;
use crate::laboratory::Laboratory;
use crate::measure::Measured;
use anyhow::{Context, Result};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

const WRITTEN: &str = "# Written by `cargo run --release -p lab -- publish`; change lab/ instead.\n";

#[derive(Serialize)]
struct FaultRow<'l> {
    id: &'l str,
    title: &'l str,
}

#[derive(Serialize)]
struct ServerColumn<'l> {
    system: &'l str,
    name: &'l str,
    version: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    behind: Option<&'l str>,
    date: &'l str,
    answers: BTreeMap<&'l str, Cell<'l>>,
}

#[derive(Serialize)]
struct Cell<'l> {
    answer: Answer,
    seconds: f64,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    messages: BTreeSet<&'l str>,
}

/// The files, with what has to stand in them.
pub fn files(laboratory: &Laboratory) -> Result<Vec<(PathBuf, String)>> {
    let captures = capture::read_all(&laboratory.captures())?;
    let folder = laboratory.content().join("lab");
    let faults: Vec<FaultRow<'_>> = laboratory.faults.iter().map(|fault| FaultRow { id: &fault.id, title: &fault.title }).collect();
    let mut files = vec![(folder.join("faults.yaml"), format!("{WRITTEN}{}", serde_yaml::to_string(&faults)?))];
    let mut by_server: BTreeMap<(&str, &str), Vec<&Capture>> = BTreeMap::new();
    for capture in &captures {
        by_server.entry((&capture.about.server, &capture.about.version)).or_default().push(capture);
    }
    for ((server, version), captures) in &by_server {
        let column = column(laboratory, captures).with_context(|| format!("{server} has captures, but no folder in lab/servers"))?;
        let name = format!("{server}-{version}.yaml");
        files.push((folder.join("servers").join(name), format!("{WRITTEN}{}", serde_yaml::to_string(&column)?)));
    }
    Ok(files)
}

fn column<'l>(laboratory: &'l Laboratory, captures: &[&'l Capture]) -> Option<ServerColumn<'l>> {
    let about = &captures.first()?.about;
    let server = laboratory.servers.get(&about.server)?;
    let behind = server.behind.as_ref().and_then(|behind| laboratory.servers.get(&behind.server));
    let cell = |capture: &&'l Capture| {
        let fault = laboratory.faults.iter().find(|fault| fault.id == capture.about.fault)?;
        let expectation = fault.expectation(&capture.about.server, &capture.about.version);
        let messages = expectation.map(|expectation| expectation.messages.iter().map(String::as_str).collect()).unwrap_or_default();
        Some((fault.id.as_str(), Cell { answer: capture.about.answer, seconds: capture.about.seconds.parse().ok()?, messages }))
    };
    Some(ServerColumn {
        system: &server.system,
        name: &server.title,
        version: &about.version,
        behind: behind.map(|behind| behind.title.as_str()),
        date: captures.iter().map(|capture| capture.about.date.as_str()).max()?,
        answers: captures.iter().filter_map(cell).collect(),
    })
}

/// Writes the defaults that were measured.
pub fn write_measured(laboratory: &Laboratory, measured: &[Measured]) -> Result<()> {
    let file = laboratory.content().join("lab").join("measured.yaml");
    let text = format!("# Written by `cargo run --release -p lab -- measure --update`.\n{}", serde_yaml::to_string(&measured)?);
    std::fs::create_dir_all(file.parent().unwrap_or(&file))?;
    std::fs::write(&file, text).with_context(|| format!("{} can't be written", file.display()))
}
