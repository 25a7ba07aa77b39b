//! What a run says: the matrix of answers, and how often the engine is right.

use crate::capture::Capture;
use crate::judge::{Aspect, Evidence, Point};
use std::collections::{BTreeMap, BTreeSet};

/// A table: faults down, servers across, the answers in it.
pub fn matrix(captures: &[Capture]) -> String {
    let servers: BTreeSet<&str> = captures.iter().map(|capture| capture.about.server.as_str()).collect();
    let mut rows: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for capture in captures {
        rows.entry(&capture.about.fault).or_default().insert(&capture.about.server, capture.about.answer.to_string());
    }
    let cell = |row: &BTreeMap<&str, String>, server: &str| row.get(server).cloned().unwrap_or_default();
    let head = format!("| fault | {} |\n|{}\n", servers.iter().copied().collect::<Vec<_>>().join(" | "), "---|".repeat(servers.len() + 1));
    let body =
        rows.iter().map(|(fault, row)| format!("| {fault} | {} |\n", servers.iter().map(|server| cell(row, server)).collect::<Vec<_>>().join(" | ")));
    head + &body.collect::<String>()
}

/// How many answers are right, by evidence and aspect.
pub fn accuracy(points: &[Point]) -> String {
    let mut counts: BTreeMap<(Evidence, Aspect), (usize, usize)> = BTreeMap::new();
    for point in points {
        let count = counts.entry((point.evidence, point.aspect)).or_default();
        count.1 += 1;
        count.0 += usize::from(point.right);
    }
    counts.iter().map(|((evidence, aspect), (right, all))| format!("{evidence:?} {aspect:?}: {right} of {all}\n")).collect()
}
