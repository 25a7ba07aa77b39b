//! What a run of a program costs: wall time, processor time, peak memory.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// The cost of one run.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub wall_seconds: f64,
    pub cpu_seconds: f64,
    pub peak_megabytes: f64,
}

/// Runs a program under GNU time, which knows what the system counted.
pub fn run(program: &str, arguments: &[&str], folder: &Path) -> io::Result<Cost> {
    let counted = folder.with_extension("cost");
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%e %U %S %M", "-o"]).arg(&counted).arg(program).args(arguments).current_dir(folder);
    // What was kept from an earlier run would make a later one cheaper.
    let started = std::time::Instant::now();
    let output = command.stdin(Stdio::null()).output()?;
    let wall_seconds = started.elapsed().as_secs_f64();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        return Err(io::Error::other(format!("{program} failed: {said}")));
    }
    let text = std::fs::read_to_string(&counted)?;
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        [_, user, system, kilobytes] => Ok(Cost { wall_seconds, cpu_seconds: user + system, peak_megabytes: kilobytes / 1024.0 }),
        _ => Err(io::Error::other(format!("/usr/bin/time said: {text}"))),
    }
}

/// The run in the middle by wall time, with the least wall time of all.
pub fn median(mut costs: Vec<Cost>) -> Option<(Cost, f64)> {
    costs.sort_by(|a, b| a.wall_seconds.total_cmp(&b.wall_seconds));
    Some((*costs.get(costs.len() / 2)?, costs.first()?.wall_seconds))
}
