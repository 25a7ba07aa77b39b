//! Answers requests from the output folder, with a script on each page that reloads it after a rebuild.

use super::guard;
use crate::hosting;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::{Stream, StreamExt};
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;
use tower_http::services::{ServeDir, ServeFile};

/// Where the reload script and its events are.
const RELOAD_SCRIPT: &str = "/_fivexx/reload.js";
const RELOAD_EVENTS: &str = "/_fivexx/changes";
/// The largest page into which the script is put, in bytes.
const LARGEST_PAGE: usize = 64 << 20;

/// Routes for the site in `folder`.
pub fn router(folder: &Path, port: u16, reload: broadcast::Sender<()>) -> Router {
    let events = move || {
        let changes = reload.subscribe();
        async move { changed(changes) }
    };
    Router::new()
        .route(RELOAD_SCRIPT, get(|| async { ([(header::CONTENT_TYPE, "text/javascript")], script()) }))
        .route(RELOAD_EVENTS, get(events))
        .fallback_service(ServeDir::new(folder).not_found_service(ServeFile::new(not_found(folder))))
        .layer(middleware::from_fn(finish))
        .layer(middleware::from_fn(move |request, next| guard::refuse(port, request, next)))
}

fn not_found(folder: &Path) -> PathBuf {
    folder.join("404.html")
}

fn script() -> String {
    format!("new EventSource('{RELOAD_EVENTS}').addEventListener('changed', () => location.reload());\n")
}

/// One event for each rebuild; a page that missed some reloads as well.
fn changed(changes: broadcast::Receiver<()>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = BroadcastStream::new(changes).map(|_| Ok(Event::default().event("changed").data("")));
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// Puts the reload script into pages, sends the headers that the site has anywhere, and says that nothing may be cached while authors work.
async fn finish(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    let mut response = if is_page { with_script(response).await } else { response };
    for (name, value) in hosting::headers() {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    // The embedded checker and the JSON are for pages of other origins too.
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn with_script(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, LARGEST_PAGE).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let page = String::from_utf8_lossy(&bytes).replacen("</body>", &format!("<script src=\"{RELOAD_SCRIPT}\"></script></body>"), 1);
    parts.headers.remove(header::CONTENT_LENGTH);
    // A page without a charset would be read as Latin-1 by some clients.
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Response::from_parts(parts, Body::from(page))
}
