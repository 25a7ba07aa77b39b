//! The site as it is published: built by `fivexx build`, served with the headers that its `_headers` file asks for.

use crate::engine::Engine;
use axum::Router;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use axum::routing::get;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex, Weak};
use tempfile::TempDir;
use tower_http::services::{ServeDir, ServeFile};

const RECORDER_PATH: &str = "/recorder.js";
/// Keeps what a browser's console would show.
const RECORDER: &str = "
    const errors = (window.recordedErrors = []);
    addEventListener('error', (event) => errors.push(event.message || event.target?.src || event.target?.href || 'error'), true);
    addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));
    addEventListener('securitypolicyviolation', (event) => errors.push(`${event.violatedDirective}: ${event.blockedURI}`));
    for (const level of ['error', 'warn']) console[level] = (...words) => errors.push(words.join(' '));
";

/// A server on a free port, for as long as the tests run.
pub struct Server {
    port: u16,
    _out: TempDir,
}

static RUNNING: Mutex<Weak<Server>> = Mutex::new(Weak::new());

impl Server {
    /// The server that is running, or a new one.
    pub fn shared() -> Arc<Self> {
        let mut running = RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        running.upgrade().unwrap_or_else(|| {
            let server = Arc::new(Self::start());
            *running = Arc::downgrade(&server);
            server
        })
    }

    fn start() -> Self {
        let out = tempfile::tempdir().expect("a temporary folder");
        let site = out.path().join("site");
        let built = Command::new(env!("CARGO_BIN_EXE_fivexx"))
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
            .args(["build", "--out"])
            .arg(&site)
            .status()
            .expect("the build starts");
        assert!(built.success(), "the site can't be built");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        std::thread::spawn(move || serve(listener, &site));
        Self { port, _out: out }
    }

    /// The address of a page, such as `/502/`.
    pub fn address(&self, page: &str) -> String {
        format!("http://127.0.0.1:{}{page}", self.port)
    }
}

fn serve(listener: TcpListener, site: &Path) {
    let headers = headers_of_all_pages(&std::fs::read_to_string(site.join("_headers")).expect("the file of headers"));
    let files = ServeDir::new(site).not_found_service(ServeFile::new(site.join("404.html")));
    let with_headers = move |mut response: Response| {
        response.headers_mut().extend(headers.clone());
        recorded(response)
    };
    let recorder = || std::future::ready(([(CONTENT_TYPE, "text/javascript")], RECORDER));
    let router = Router::new().route(RECORDER_PATH, get(recorder)).fallback_service(files).layer(axum::middleware::map_response(with_headers));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        listener.set_nonblocking(true).expect("a listener that waits for nobody");
        let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
        axum::serve(listener, router).await.expect("served");
    });
}

/// A page begins with the script that records its errors, where the browser's driver does not tell them.
async fn recorded(response: Response) -> Response {
    let is_page = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if Engine::chosen() == Engine::Chromium || !is_page {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let page = axum::body::to_bytes(body, usize::MAX).await.expect("a page");
    let page = String::from_utf8_lossy(&page).replacen("<head>", &format!("<head><script src=\"{RECORDER_PATH}\"></script>"), 1);
    head.headers.remove(CONTENT_LENGTH);
    Response::from_parts(head, page.into())
}

/// The lines below `/*`.
fn headers_of_all_pages(file: &str) -> Vec<(HeaderName, HeaderValue)> {
    let lines = file.lines().skip_while(|line| *line != "/*").skip(1).take_while(|line| line.starts_with(' '));
    lines
        .map(|line| {
            let (name, value) = line.trim().split_once(": ").expect("a name and a value");
            (name.parse().expect("a name"), value.parse().expect("a value"))
        })
        .collect()
}

/// A port that nothing listens on.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}
