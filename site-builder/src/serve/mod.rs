//! Serving the site while its sources change.
//!
//! [`watch`] rebuilds on changes and sends a word to every open page; [`guard`] refuses what no browser on this machine asks;
//! [`files`] answers requests from the output folder.

mod files;
mod guard;
mod watch;

use crate::project::Folders;
use crate::site::Extras;
use crate::{output, wasm};
use std::fmt;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;
use tokio::sync::broadcast;

/// Changes that pages may miss before they reload once for all.
const PENDING_RELOADS: usize = 16;

/// Why serving ended.
#[derive(Debug)]
pub enum ServeError {
    /// Something else listens on the port.
    PortTaken(u16),
    /// The port can't be listened on for another reason.
    Port(u16, std::io::Error),
    /// The checker can't be built.
    Wasm(wasm::WasmError),
    /// The first build failed, and there is no older site to serve.
    NoSite,
    /// Changes can't be watched.
    Watch(notify::Error),
    /// The server stopped.
    Server(std::io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortTaken(port) => {
                write!(out, "port {port} on 127.0.0.1 is taken by another program; choose another with `--port {}`", port.saturating_add(1))
            }
            Self::Port(port, error) => write!(out, "can't listen on port {port} of 127.0.0.1: {error}; choose another with `--port`"),
            Self::Wasm(error) => write!(out, "{error}"),
            Self::NoSite => write!(out, "nothing to serve until the mistakes above are corrected"),
            Self::Watch(error) => write!(out, "can't watch for changes: {error}"),
            Self::Server(error) => write!(out, "the server stopped: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// What is served, and from what it is built.
struct Workshop {
    folders: Folders,
    checker: Option<wasm::CheckerFiles>,
    extras: Extras,
    out: PathBuf,
}

impl Workshop {
    /// Builds and writes the site; prints what went wrong and keeps the old one otherwise.
    fn rebuild(&self) -> bool {
        let site = match self.folders.read().and_then(|project| project.render(None, self.checker.as_ref(), &self.extras)) {
            Ok(site) => site,
            Err(mistakes) => {
                mistakes.print();
                return false;
            }
        };
        match output::write(&site, &self.out) {
            Ok(()) => true,
            Err(error) => {
                anstream::eprintln!("error: {error}");
                false
            }
        }
    }
}

/// Builds, serves, watches.
pub fn run(folders: &Folders, out: &Path, port: u16, with_checker: bool) -> Result<(), ServeError> {
    // The port comes first: a taken one should not cost a build.
    let listener = listen(port)?;
    let checker = if with_checker { Some(folders.checker().map_err(ServeError::Wasm)?) } else { None };
    let workshop = Workshop { folders: folders.clone(), checker, extras: Extras { search: true, images: None }, out: out.to_owned() };
    // Before there is a runtime: the search index is made in one of its own.
    if !workshop.rebuild() && !out.is_dir() {
        return Err(ServeError::NoSite);
    }
    let (reload, _) = broadcast::channel(PENDING_RELOADS);
    let router = files::router(out, port, reload.clone());
    let _watcher = watch::start(workshop, reload).map_err(ServeError::Watch)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::Server)?;
    runtime.block_on(async {
        let listener = TcpListener::from_std(listener).map_err(ServeError::Server)?;
        anstream::println!("fivexx is at http://127.0.0.1:{port}/ (Ctrl-C ends it)");
        axum::serve(listener, router).await.map_err(ServeError::Server)
    })
}

fn listen(port: u16) -> Result<std::net::TcpListener, ServeError> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => ServeError::PortTaken(port),
        _ => ServeError::Port(port, error),
    })?;
    listener.set_nonblocking(true).map_err(ServeError::Server)?;
    Ok(listener)
}
