//! Refuses requests that no reader on this machine makes, before any file is touched.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The longest address that is answered, in bytes.
const LONGEST_ADDRESS: usize = 4096;

/// Answers what is refused, and passes on the rest.
pub async fn refuse(port: u16, request: Request, next: Next) -> Response {
    match reason(port, &request) {
        Some((status, why)) => (status, [(header::ALLOW, "GET, HEAD")], format!("{why}\n")).into_response(),
        None => next.run(request).await,
    }
}

/// Why a request is refused.
fn reason(port: u16, request: &Request) -> Option<(StatusCode, &'static str)> {
    let address = request.uri().path();
    if *request.method() != Method::GET && *request.method() != Method::HEAD {
        return Some((StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered"));
    }
    if request.uri().to_string().len() > LONGEST_ADDRESS {
        return Some((StatusCode::URI_TOO_LONG, "the address is too long"));
    }
    // A page of another origin whose name leads to this machine could read the answers otherwise.
    if !is_own_host(request.headers(), port) {
        return Some((StatusCode::MISDIRECTED_REQUEST, "the Host header names another server; use 127.0.0.1 or localhost"));
    }
    leaves_the_folder(address).then_some((StatusCode::BAD_REQUEST, "the address leaves the site"))
}

fn is_own_host(headers: &HeaderMap, port: u16) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let own = ["127.0.0.1", "localhost", "[::1]"];
    own.iter().any(|name| host.as_bytes() == format!("{name}:{port}").as_bytes() || (port == 80 && host.as_bytes() == name.as_bytes()))
}

/// `..` as written or in percent signs, a backslash, or a zero byte.
fn leaves_the_folder(address: &str) -> bool {
    let decoded = address.to_ascii_lowercase().replace("%2e", ".").replace("%2f", "/").replace("%5c", "\\");
    decoded.split('/').any(|part| part == "..") || decoded.contains('\\') || decoded.contains("%00")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn status(method: &str, address: &str, host: &str) -> Option<u16> {
        let request = Request::builder().method(method).uri(address).header("Host", host).body(Body::empty());
        request.ok().and_then(|request| reason(8000, &request)).map(|(status, _)| status.as_u16())
    }

    #[test]
    fn readers_on_this_machine_are_answered() {
        for host in ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"] {
            assert_eq!(status("GET", "/502/", host), None);
        }
        assert_eq!(status("HEAD", "/", "127.0.0.1:8000"), None);
    }

    #[test]
    fn what_nobody_here_asks_is_refused() {
        let own = "127.0.0.1:8000";
        assert_eq!(status("POST", "/", own), Some(405));
        assert_eq!(status("DELETE", "/502/", own), Some(405));
        assert_eq!(status("GET", "/", "evil.example:8000"), Some(421));
        assert_eq!(status("GET", "/", "127.0.0.1:9000"), Some(421));
        assert_eq!(status("GET", &format!("/{}", "a".repeat(5000)), own), Some(414));
        for address in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/a/%2E./b", "/..%2fCargo.toml", "/..%5cCargo.toml", "/%00"] {
            assert_eq!(status("GET", address, own), Some(400), "{address}");
        }
    }
}
