//! Serving the site while its sources change.
//!
//! [`watch`] reads the sources again when they change and sends a word to every open page; [`shown`] is the last good site, whose pages
//! are rendered when they are asked for; [`guard`] refuses what no browser on this machine asks; [`files`] answers.

mod files;
mod guard;
mod shown;
mod watch;

use crate::project::Folders;
use crate::wasm;
use shown::Shown;
use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use watch::Workshop;

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
            Self::Watch(error) => write!(out, "can't watch for changes: {error}"),
            Self::Server(error) => write!(out, "the server stopped: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Reads, serves, watches.
pub fn run(folders: &Folders, port: u16, with_checker: bool, tells_timings: bool) -> Result<(), ServeError> {
    // The port comes first: a taken one should not cost a build of the checker.
    let listener = listen(port)?;
    let checker = if with_checker { Some(folders.checker().map_err(ServeError::Wasm)?) } else { None };
    let (news, _) = broadcast::channel(PENDING_RELOADS);
    let shown = Arc::new(Shown::default());
    let workshop = Workshop::new(folders.clone(), checker, Arc::clone(&shown), news.clone());
    watch::start(workshop, tells_timings).map_err(ServeError::Watch)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::Server)?;
    runtime.block_on(async {
        let listener = TcpListener::from_std(listener).map_err(ServeError::Server)?;
        anstream::println!("fivexx is at http://127.0.0.1:{port}/ (Ctrl-C ends it)");
        axum::serve(listener, files::router(shown, port, news)).await.map_err(ServeError::Server)
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
