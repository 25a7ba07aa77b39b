//! The server under test, with what stands in front of it, running in a temporary folder.

use crate::fault::{Deed, Fault, Whom};
use crate::laboratory::{Installed, Laboratory};
use crate::process::{self, Program};
use crate::server::{Graceful, Ready, Server, Setup, fill};
use crate::tls::Authority;
use crate::upstream::{self, Address};
use anyhow::{Context, Result, bail};
use rustix::process::Signal;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::net::TcpStream;

const LONGEST_START: Duration = Duration::from_secs(40);
const LONGEST_COMMAND: Duration = Duration::from_secs(60);

/// All that runs for one request. Dropping it ends it all and removes the folder.
pub struct Stack {
    /// The server under test, or the application server behind it.
    pub tested: Running,
    /// What stands in front of the server under test.
    pub front: Option<Running>,
    /// The path that the client asks for.
    pub path: String,
    /// Ports and folders of this run, and what they are called in a capture.
    pub names: Vec<(String, String)>,
    _upstream: upstream::Running,
    _folder: TempDir,
}

/// A running server.
pub struct Running {
    /// The port that it listens on.
    pub port: u16,
    /// The run's own folder of this server.
    pub folder: PathBuf,
    program: Program,
    server: Server,
    values: BTreeMap<String, String>,
}

impl Stack {
    /// Starts everything that a fault needs, from the back to the front.
    pub async fn start(laboratory: &Laboratory, tested: &Installed, fault: &Fault) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("fivexx-lab-").tempdir()?;
        open_to_all(folder.path())?;
        let authority = Authority::new()?;
        let setup = tested.server.setups.get(&fault.setup).context("the server has no such setup")?;
        let behind_it = Address { port: laboratory.ports.next()?, socket: folder.path().join("upstream.sock") };
        let upstream = upstream::start(&fault.upstream, &behind_it, &authority)?;
        std::fs::write(folder.path().join("ca.pem"), authority.pem())?;
        let place = Place { laboratory, root: folder.path(), fault, spare: laboratory.ports.next()? };
        let mut names = vec![(behind_it.port.to_string(), "9000".to_owned()), (folder.path().to_string_lossy().into_owned(), "/srv/lab".to_owned())];
        names.push((place.spare.to_string(), "9001".to_owned()));
        names.push((laboratory.tools.to_string_lossy().into_owned(), "/srv/tools".to_owned()));
        names.push((laboratory.folder.to_string_lossy().into_owned(), "/srv/lab".to_owned()));
        let port = laboratory.ports.next()?;
        names.push((port.to_string(), if tested.server.behind.is_some() { "8000" } else { "8080" }.to_owned()));
        let tested_running = place.start(tested, setup, port, &behind_it).await?;
        let front = match &tested.server.behind {
            None => None,
            Some(behind) => {
                let installed = laboratory.installed.get(&behind.server).with_context(|| format!("{} is not installed", behind.server))?;
                let name = setup.in_front.as_ref().unwrap_or(&behind.setup);
                let setup = installed.server.setups.get(name).with_context(|| format!("{} has no setup {name}", behind.server))?;
                let front_port = laboratory.ports.next()?;
                names.push((front_port.to_string(), "8080".to_owned()));
                let address = Address { port, socket: folder.path().join("app.sock") };
                Some(place.start(installed, setup, front_port, &address).await?)
            }
        };
        let path = fault.request.path.clone().or_else(|| setup.path.clone()).unwrap_or_else(|| "/report".to_owned());
        Ok(Self { tested: tested_running, front, path, names, _upstream: upstream, _folder: folder })
    }

    /// The server that the client asks.
    pub fn asked(&self) -> &Running {
        self.front.as_ref().unwrap_or(&self.tested)
    }

    /// Does something to one of the servers.
    pub fn act(&self, to: Whom, deed: Deed) {
        let running = match to {
            Whom::Server => &self.tested,
            Whom::Proxy => self.asked(),
        };
        match deed {
            Deed::Stop => running.program.signal(Signal::TERM),
            Deed::StopGracefully => running.program.signal(running.server.graceful.into()),
            Deed::KillWorkers => running.program.signal_workers(Signal::KILL),
            Deed::Freeze => running.program.signal(Signal::STOP),
        }
    }
}

/// Where and for what servers are started.
struct Place<'l> {
    laboratory: &'l Laboratory,
    root: &'l Path,
    fault: &'l Fault,
    /// A port on which nothing listens.
    spare: u16,
}

impl Place<'_> {
    async fn start(&self, installed: &Installed, setup: &Setup, port: u16, behind: &Address) -> Result<Running> {
        let server = &installed.server;
        let folder = self.root.join(&server.name);
        std::fs::create_dir(&folder)?;
        open_to_all(&folder)?;
        let values = self.values(installed, setup, port, behind, &folder)?;
        for name in &server.files {
            let template = server.folder.join(name);
            let text = std::fs::read_to_string(&template).with_context(|| format!("{} can't be read", template.display()))?;
            let text = fill(&text, &values).with_context(|| format!("{} can't be filled in", template.display()))?;
            std::fs::write(folder.join(name), text)?;
        }
        let output = folder.join("output.log");
        let environment = server.environment.iter().map(|(name, value)| Ok((name.clone(), fill(value, &values)?))).collect::<Result<_>>()?;
        for command in &server.prepare {
            if !process::run(&filled(command, &values)?, &folder, &output, &environment, LONGEST_COMMAND).await? {
                bail!("{} prepares with {:?}, which fails: {}", server.name, command, tail(&output));
            }
        }
        let program = Program::start(&filled(&server.start, &values)?, &folder, &output, &environment)?;
        let mut running = Running { port, folder, program, server: server.clone(), values };
        running.wait_until_ready(setup.fails).await.with_context(|| format!("{} does not start: {}", server.name, tail(&output)))?;
        Ok(running)
    }

    fn values(&self, installed: &Installed, setup: &Setup, port: u16, behind: &Address, folder: &Path) -> Result<BTreeMap<String, String>> {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let base = [
            ("program", text(&installed.program)),
            ("lab", text(&self.laboratory.tools)),
            ("apps", text(&self.laboratory.folder.join("apps"))),
            ("folder", text(&installed.server.folder)),
            ("dir", text(folder)),
            ("root", text(self.root)),
            ("ca", text(&self.root.join("ca.pem"))),
            ("port", port.to_string()),
            ("spare_port", self.spare.to_string()),
            ("upstream_host", "127.0.0.1".to_owned()),
            ("upstream_port", behind.port.to_string()),
            ("upstream_socket", text(&behind.socket)),
            ("upstream", "{{upstream_host}}:{{upstream_port}}".to_owned()),
        ];
        let mut values: BTreeMap<String, String> = base.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        for more in [&installed.server.values, &self.fault.values, &setup.values] {
            values.extend(more.clone());
        }
        Ok(values)
    }
}

impl Running {
    async fn wait_until_ready(&mut self, fails: bool) -> Result<()> {
        let until = Instant::now() + LONGEST_START;
        while Instant::now() < until {
            match (self.program.has_ended(), fails) {
                (true, true) => return Ok(()),
                (true, false) => bail!("it has ended"),
                (false, false) if self.says_it_is_ready() && TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await.is_ok() => return Ok(()),
                _ => tokio::time::sleep(Duration::from_millis(30)).await,
            }
        }
        if fails { Ok(()) } else { bail!("nothing listens on its port after {} s", LONGEST_START.as_secs()) }
    }

    fn says_it_is_ready(&self) -> bool {
        let holds = |ready: &Ready| std::fs::read_to_string(self.folder.join(&ready.log)).is_ok_and(|text| text.contains(&ready.holds));
        self.server.ready.as_ref().is_none_or(holds)
    }

    /// Runs the commands that collect what its logs hold, after the request.
    pub async fn collect(&self) -> Result<()> {
        for command in &self.server.collect {
            let output = self.folder.join("collected.log");
            process::run(&filled(command, &self.values)?, &self.folder, &output, &BTreeMap::new(), LONGEST_COMMAND).await?;
        }
        Ok(())
    }

    /// Its error logs.
    pub fn error_logs(&self) -> Vec<PathBuf> {
        self.server.logs.error.iter().map(|name| self.folder.join(name)).collect()
    }

    /// Its access logs.
    pub fn access_logs(&self) -> Vec<PathBuf> {
        self.server.logs.access.iter().map(|name| self.folder.join(name)).collect()
    }
}

impl From<Graceful> for Signal {
    fn from(graceful: Graceful) -> Self {
        match graceful {
            Graceful::Term => Self::TERM,
            Graceful::Quit => Self::QUIT,
            Graceful::Usr1 => Self::USR1,
            Graceful::Int => Self::INT,
            Graceful::Winch => Self::WINCH,
        }
    }
}

fn filled(words: &[String], values: &BTreeMap<String, String>) -> Result<Vec<String>> {
    words.iter().map(|word| fill(word, values)).filter(|word| !matches!(word, Ok(word) if word.is_empty())).collect()
}

/// Servers run their workers as other users.
fn open_to_all(folder: &Path) -> Result<()> {
    Ok(std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o777))?)
}

fn tail(file: &Path) -> String {
    let text = std::fs::read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}
