//! `fivexx serve` answers readers on this machine, and nobody else.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that can't start the server has to stop")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

struct Server {
    child: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_fivexx"));
        command.current_dir(folder.path()).args(["serve", "--without-checker", "--port", &port.to_string(), "--content"]);
        command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small-content"));
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut said = BufReader::new(child.stdout.take().expect("standard output"));
        let mut line = String::new();
        while !line.contains("http://127.0.0.1") {
            line.clear();
            assert!(said.read_line(&mut line).expect("readable") > 0, "the server ended before it served");
        }
        Self { child, port, _folder: folder }
    }

    /// The whole response to a request without a body.
    fn ask(&self, method: &str, address: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connected");
        write!(stream, "{method} {address} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("sent");
        let mut response = Vec::new();
        stream.read_to_end(&mut response).expect("received");
        String::from_utf8_lossy(&response).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn pages_are_served_and_the_rest_is_refused() {
    let server = Server::start();
    let own = format!("127.0.0.1:{}", server.port);
    let status = |method, address, host: &str| server.ask(method, address, host).split(' ').nth(1).map(str::to_owned).unwrap_or_default();
    let page = server.ask("GET", "/502/", &own);
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Bad Gateway"), "{page}");
    assert_eq!(status("GET", "/502/", &format!("localhost:{}", server.port)), "200");
    assert_eq!(status("GET", "/nothing/", &own), "404");
    assert_eq!(status("POST", "/502/", &own), "405");
    assert_eq!(status("GET", "/502/", "evil.example"), "421");
    assert_eq!(status("GET", "/../Cargo.toml", &own), "400");
    assert_eq!(status("GET", "/%2e%2e/Cargo.toml", &own), "400");
    assert_eq!(status("GET", &format!("/{}", "a".repeat(5000)), &own), "414");
}
