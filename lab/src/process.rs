//! Programs that the laboratory starts, each with all its children killed when it is dropped.

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};

/// A program in a process group of its own.
pub struct Program {
    child: Child,
    pid: Pid,
}

impl Program {
    /// Starts a command in `folder`; what it prints is added to `output`.
    pub fn start(words: &[String], folder: &Path, output: &Path, environment: &BTreeMap<String, String>) -> Result<Self> {
        let mut command = command(words, folder, output, environment)?;
        let child = command.spawn().with_context(|| format!("{} can't be started", words.join(" ")))?;
        let pid = child.id().and_then(|id| Pid::from_raw(id.try_into().ok()?)).context("the program ended at once")?;
        Ok(Self { child, pid })
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Sends a signal to the program itself.
    pub fn signal(&self, signal: Signal) {
        let _gone = kill_process(self.pid, signal);
    }

    /// Sends a signal to the processes that it has started and that have started none.
    pub fn signal_workers(&self, signal: Signal) {
        let parents = parents();
        for worker in descendants(self.pid, &parents).into_iter().filter(|pid| !parents.values().any(|parent| parent == pid)) {
            let _gone = kill_process(worker, signal);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Children may have left the group, and a stopped process has to be continued to die of anything but SIGKILL.
        let descendants = descendants(self.pid, &parents());
        let _gone = kill_process_group(self.pid, Signal::KILL);
        for pid in descendants {
            let _gone = kill_process(pid, Signal::KILL);
        }
        let _gone = self.child.start_kill();
        let until = Instant::now() + Duration::from_secs(2);
        while Instant::now() < until && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Runs a command to its end, within `limit`.
pub async fn run(words: &[String], folder: &Path, output: &Path, environment: &BTreeMap<String, String>, limit: Duration) -> Result<bool> {
    let mut program = Program::start(words, folder, output, environment)?;
    let status = tokio::time::timeout(limit, program.child.wait()).await.with_context(|| format!("{} did not end in time", words.join(" ")))?;
    Ok(status?.success())
}

fn command(words: &[String], folder: &Path, output: &Path, environment: &BTreeMap<String, String>) -> Result<Command> {
    let (program, arguments) = words.split_first().context("a command without words")?;
    let output = File::options().create(true).append(true).open(output)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .envs(environment)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output)
        .process_group(0)
        .kill_on_drop(true);
    Ok(command)
}

/// The parent of each process on this machine.
fn parents() -> HashMap<Pid, Pid> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return HashMap::new() };
    let parent = |name: &str| {
        let pid = Pid::from_raw(name.parse().ok()?)?;
        let stat = std::fs::read_to_string(format!("/proc/{name}/stat")).ok()?;
        // The name, in parentheses, may hold spaces.
        let parent = stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()?;
        Some((pid, Pid::from_raw(parent)?))
    };
    entries.flatten().filter_map(|entry| parent(entry.file_name().to_str()?)).collect()
}

fn descendants(root: Pid, parents: &HashMap<Pid, Pid>) -> Vec<Pid> {
    let children: Vec<Pid> = parents.iter().filter(|(_, parent)| **parent == root).map(|(child, _)| *child).collect();
    let deeper: Vec<Pid> = children.iter().flat_map(|child| descendants(*child, parents)).collect();
    children.into_iter().chain(deeper).collect()
}
