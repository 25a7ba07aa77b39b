//! Folders, servers and faults of the laboratory.

use crate::capture::Capture;
use crate::fault::{self, Fault};
use crate::judge::{Judge, Point};
use crate::ports::Ports;
use crate::server::{self, Server};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Everything that a run needs to know.
pub struct Laboratory {
    /// `lab/`.
    pub folder: PathBuf,
    /// `target/lab`, where packages of PyPI and npm are.
    pub tools: PathBuf,
    /// All servers, installed or not.
    pub servers: BTreeMap<String, Server>,
    /// All faults.
    pub faults: Vec<Fault>,
    /// The servers that are installed.
    pub installed: BTreeMap<String, Installed>,
    /// The servers that are not, with the reason.
    pub missing: BTreeMap<String, String>,
    /// Ports for them.
    pub ports: Ports,
}

/// A server that is installed.
#[derive(Clone, Debug)]
pub struct Installed {
    /// The server.
    pub server: Server,
    /// Its program.
    pub program: PathBuf,
    /// Its version.
    pub version: String,
}

impl Laboratory {
    /// The laboratory of this repository.
    pub fn open() -> Result<Self> {
        let folder = folder();
        let tools = folder.parent().unwrap_or(&folder).join("target").join("lab");
        let servers = server::read_all(&folder.join("servers"))?;
        let faults = fault::read_all(&folder.join("faults"))?;
        check_names(&servers, &faults)?;
        let (installed, missing) = (BTreeMap::new(), BTreeMap::new());
        let mut laboratory = Self { folder, tools, servers, faults, installed, missing, ports: Ports::default() };
        laboratory.look_for_servers();
        Ok(laboratory)
    }

    /// Finds out which servers are installed.
    pub fn look_for_servers(&mut self) {
        self.installed.clear();
        self.missing.clear();
        for server in self.servers.values() {
            match self.find(server) {
                Ok(installed) => drop(self.installed.insert(server.name.clone(), installed)),
                Err(reason) => drop(self.missing.insert(server.name.clone(), format!("{reason:#}"))),
            }
        }
        let without_front: Vec<_> = self
            .installed
            .values()
            .filter_map(|installed| {
                let behind = &installed.server.behind.as_ref()?.server;
                (!self.installed.contains_key(behind))
                    .then(|| (installed.server.name.clone(), format!("{behind}, which stands in front of it, is not installed")))
            })
            .collect();
        for (name, reason) in without_front {
            self.installed.remove(&name);
            self.missing.insert(name, reason);
        }
    }

    fn find(&self, server: &Server) -> Result<Installed> {
        let program = server.find(&self.tools).with_context(|| format!("none of these exists: {}", server.program.join(", ")))?;
        let version = server.read_version(&program, &self.tools)?;
        Ok(Installed { server: server.clone(), program, version })
    }

    /// The knowledge base.
    pub fn content(&self) -> PathBuf {
        self.folder.join("../content")
    }

    /// The captures that are kept.
    pub fn captures(&self) -> PathBuf {
        self.folder.join("captures")
    }

    /// The engine's verdict on a capture, held against what is expected.
    pub fn judged(&self, judge: &Judge<'_>, capture: &Capture) -> Vec<Point> {
        let about = &capture.about;
        match (self.faults.iter().find(|fault| fault.id == about.fault), self.servers.get(&about.server)) {
            (Some(fault), Some(server)) => judge.judge(capture, fault, server),
            _ => vec![Point::of_nothing(about)],
        }
    }
}

/// `lab/` of this repository.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Every name in the data has to be of something.
fn check_names(servers: &BTreeMap<String, Server>, faults: &[Fault]) -> Result<()> {
    for fault in faults {
        if !servers.values().any(|server| server.setups.contains_key(&fault.setup)) {
            bail!("the fault {} needs the setup {}, which no server has", fault.id, fault.setup);
        }
        let named =
            |name: &str| servers.keys().any(|server| name == server || name.strip_prefix(server.as_str()).is_some_and(|rest| rest.starts_with('-')));
        if let Some(unknown) = fault.expect.keys().find(|name| !named(name)) {
            bail!("the fault {} expects something of {unknown}, which has no folder in lab/servers", fault.id);
        }
    }
    for server in servers.values() {
        let wanted = |setup: &str| {
            faults.iter().any(|fault| fault.setup == setup)
                || servers
                    .values()
                    .any(|other| other.behind.as_ref().is_some_and(|behind| behind.server == server.name && other.wants_in_front(behind, setup)))
        };
        if let Some(unused) = server.setups.keys().chain(server.without.keys()).find(|setup| !wanted(setup)) {
            bail!("lab/servers/{}/server.yaml has the setup {unused}, which no fault needs", server.name);
        }
    }
    Ok(())
}
