//! Answers requests from the last good site, with a script on each page that reloads it after a change and shows what is wrong.

use super::guard;
use super::shown::Shown;
use crate::hosting;
use axum::Router;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::{Stream, StreamExt, stream};
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;

/// Where the reload script and its events are.
const RELOAD_SCRIPT: &str = "/_fivexx/reload.js";
const RELOAD_EVENTS: &str = "/_fivexx/changes";
const SCRIPT: &str = include_str!("reload.js");

/// What open pages are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// There is a new site.
    Changed,
    /// Something is wrong, or is not wrong any more; what, [`Shown`] knows.
    Wrong,
}

/// Routes for the site that is shown.
pub fn router(shown: Arc<Shown>, port: u16, news: broadcast::Sender<News>) -> Router {
    let for_events = Arc::clone(&shown);
    let events = move || {
        let (news, shown) = (news.subscribe(), Arc::clone(&for_events));
        async move { told(news, shown) }
    };
    Router::new()
        .route(RELOAD_SCRIPT, get(|| async { ([(header::CONTENT_TYPE, "text/javascript")], SCRIPT) }))
        .route(RELOAD_EVENTS, get(events))
        .fallback(move |uri: Uri| answer(Arc::clone(&shown), uri))
        .layer(middleware::from_fn(finish))
        .layer(middleware::from_fn(move |request, next| guard::refuse(port, request, next)))
}

/// Events for one page: first what is wrong already, then the news. A page that missed some reloads as well.
fn told(news: broadcast::Receiver<News>, shown: Arc<Shown>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let wrong = |shown: &Shown| Event::default().event("wrong").data(shown.wrong().as_deref().unwrap_or_default());
    let first = shown.wrong().map(|_| Ok(wrong(&shown)));
    let news = BroadcastStream::new(news).map(move |news| match news {
        Ok(News::Wrong) => Ok(wrong(&shown)),
        Ok(News::Changed) | Err(_) => Ok(Event::default().event("changed").data("")),
    });
    Sse::new(stream::iter(first).chain(news)).keep_alive(KeepAlive::default())
}

async fn answer(shown: Arc<Shown>, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/').to_owned();
    // Rendering takes a processor for a moment; the events of other pages go on.
    tokio::task::spawn_blocking(move || file(&shown, &path)).await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn file(shown: &Shown, path: &str) -> Response {
    let Some(site) = shown.good() else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::CONTENT_TYPE, HTML)], wrong_page(shown.wrong().as_deref().unwrap_or_default()))
            .into_response();
    };
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let found = site.file(&path).and_then(|found| match found {
        Some(found) => Ok((StatusCode::OK, path.as_str(), found)),
        None => Ok((StatusCode::NOT_FOUND, "404.html", site.file("404.html")?.unwrap_or_else(|| Arc::from([])))),
    });
    match found {
        Ok((status, name, bytes)) => {
            let kind = content_type(name);
            let bytes = if kind == HTML { Bytes::from(with_script(&String::from_utf8_lossy(&bytes))) } else { Bytes::from_owner(bytes) };
            (status, [(header::CONTENT_TYPE, kind)], bytes).into_response()
        }
        Err(mistakes) => (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONTENT_TYPE, HTML)], wrong_page(&mistakes.text(false))).into_response(),
    }
}

const HTML: &str = "text/html; charset=utf-8";

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "md" => "text/markdown; charset=utf-8",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// What is shown where there is no page to show.
fn wrong_page(mistakes: &str) -> String {
    let text = mistakes.replace('&', "&amp;").replace('<', "&lt;");
    with_script(&format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Mistakes</title></head>\n<body><pre>{text}</pre></body>\n</html>\n"
    ))
}

fn with_script(page: &str) -> String {
    page.replacen("</body>", &format!("<script src=\"{RELOAD_SCRIPT}\"></script></body>"), 1)
}

/// Sends the headers that the site has anywhere, and says that nothing may be cached while authors work.
async fn finish(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
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
