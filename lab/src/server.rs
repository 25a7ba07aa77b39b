//! Servers as data: how each is found, configured, started and read (`lab/servers/<name>/server.yaml`).

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A real server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Server {
    /// Its folder's name.
    #[serde(skip)]
    pub name: String,
    /// Its folder.
    #[serde(skip)]
    pub folder: PathBuf,
    /// Its name, as its makers write it.
    pub title: String,
    /// The system in `content/systems/` that it is.
    pub system: String,
    /// Where the responses that it makes itself are made.
    pub place: String,
    /// Where its program may be; the first that is there is taken. `{{lab}}` is `target/lab`.
    pub program: Vec<String>,
    /// What carries it.
    #[serde(default)]
    pub install: Install,
    /// How it tells its version.
    pub version: Version,
    /// Files of the folder that are put, filled in, into the run's folder.
    #[serde(default)]
    pub files: Vec<String>,
    /// Environment variables.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// Commands that run to their end before it starts.
    #[serde(default)]
    pub prepare: Vec<Vec<String>>,
    /// The command that starts it, in the foreground.
    pub start: Vec<String>,
    /// Commands that run to their end after the request; what they print is added to the error log.
    #[serde(default)]
    pub collect: Vec<Vec<String>>,
    /// What its log holds when it is ready; as soon as it listens if left out.
    pub ready: Option<Ready>,
    /// Whether its own error pages look like any application's.
    #[serde(default)]
    pub anonymous: bool,
    /// Its logs; `output.log` is what it prints.
    pub logs: Logs,
    /// The signal that stops it after its requests are done.
    #[serde(default)]
    pub graceful: Graceful,
    /// For an application server: which server stands in front of it, in which setup.
    pub behind: Option<Behind>,
    /// Values for the holes of its files, the same in all setups.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// The setups that faults ask for.
    pub setups: BTreeMap<String, Setup>,
    /// Setups that it can't have, with the reason.
    #[serde(default)]
    pub without: BTreeMap<String, String>,
}

/// What carries a server.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Install {
    /// Debian packages.
    #[serde(default)]
    pub apt: Vec<String>,
    /// PyPI packages, into `target/lab/venv`.
    #[serde(default)]
    pub pypi: Vec<String>,
    /// npm packages, into `target/lab/node`.
    #[serde(default)]
    pub npm: Vec<String>,
}

/// How a server tells its version.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// The command.
    pub run: Vec<String>,
    /// The text that stands before the version.
    pub after: String,
}

/// When a server is ready.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ready {
    /// The log file.
    pub log: String,
    /// The text that it has to hold.
    pub holds: String,
}

/// A server's log files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logs {
    /// Where it writes what went wrong.
    pub error: Vec<String>,
    /// Where it writes a line for each request.
    #[serde(default)]
    pub access: Vec<String>,
}

/// The signal of a graceful stop.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Graceful {
    /// SIGTERM.
    #[default]
    Term,
    /// SIGQUIT.
    Quit,
    /// SIGUSR1.
    Usr1,
    /// SIGINT.
    Int,
    /// SIGWINCH.
    Winch,
}

/// What stands in front of an application server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Behind {
    /// The server's name.
    pub server: String,
    /// Its setup.
    pub setup: String,
}

/// What a setup changes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Setup {
    /// Values for holes.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// The path to ask for, where the application has one of its own for this.
    pub path: Option<String>,
    /// Whether it can't start: then nothing listens, and the request is sent once it has ended.
    #[serde(default)]
    pub fails: bool,
    /// Another setup of the server in front than the usual one.
    pub in_front: Option<String>,
}

/// All servers, by name.
pub fn read_all(folder: &Path) -> Result<BTreeMap<String, Server>> {
    let mut servers = BTreeMap::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))? {
        let folder = entry?.path();
        let file = folder.join("server.yaml");
        let text = std::fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
        let mut server: Server = serde_yaml::from_str(&text).with_context(|| format!("{} does not describe a server", file.display()))?;
        server.name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        server.folder = folder;
        servers.insert(server.name.clone(), server);
    }
    if let Some(server) = servers.values().find(|server| server.behind.as_ref().is_some_and(|behind| !servers.contains_key(&behind.server))) {
        bail!("{} stands behind a server that has no folder in {}", server.name, folder.display());
    }
    Ok(servers)
}

impl Server {
    /// Whether a setup of the server in front is asked for.
    pub fn wants_in_front(&self, behind: &Behind, setup: &str) -> bool {
        behind.setup == setup || self.setups.values().any(|own| own.in_front.as_deref() == Some(setup))
    }

    /// Its program, if it is installed.
    pub fn find(&self, laboratory: &Path) -> Option<PathBuf> {
        self.program.iter().map(|path| PathBuf::from(path.replace("{{lab}}", &laboratory.to_string_lossy()))).find(|path| path.exists())
    }

    /// Its version, as it tells it.
    pub fn read_version(&self, program: &Path, laboratory: &Path) -> Result<String> {
        let holes = [("program", program.to_string_lossy()), ("lab", laboratory.to_string_lossy()), ("folder", self.folder.to_string_lossy())];
        let values = holes.map(|(name, value)| (name.to_owned(), value.into_owned())).into();
        let words: Vec<String> = self.version.run.iter().map(|word| fill(word, &values)).collect::<Result<_>>()?;
        let (name, arguments) = words.split_first().context("a command without words")?;
        let output = Command::new(name).args(arguments).output().with_context(|| format!("{name} can't be started"))?;
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).join("\n");
        let found = text.split_once(&self.version.after).map(|(_, rest)| rest.trim_start().trim_start_matches('v'));
        let version: String = found.unwrap_or_default().chars().take_while(|c| c.is_ascii_alphanumeric() || ".-".contains(*c)).collect();
        if version.is_empty() {
            bail!("`{}` prints no version behind {:?}, but: {text}", words.join(" "), self.version.after);
        }
        Ok(version.split("-").next().unwrap_or(&version).trim_end_matches('.').to_owned())
    }
}

/// Puts values into the holes of a text; values may have holes themselves.
pub fn fill(text: &str, values: &BTreeMap<String, String>) -> Result<String> {
    fill_to_depth(text, values, 4)
}

fn fill_to_depth(text: &str, values: &BTreeMap<String, String>, depth: usize) -> Result<String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{") {
        let (name, after) = behind.split_once("}}").with_context(|| format!("a hole is not closed in: {text}"))?;
        let value =
            values.get(name.trim()).with_context(|| format!("the hole {{{{{name}}}}} has no value; give it one in server.yaml, at values"))?;
        filled.push_str(before);
        filled.push_str(&if depth == 0 { value.clone() } else { fill_to_depth(value, values, depth - 1)? });
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}
