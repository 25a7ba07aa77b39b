//! `fivexx serve` answers readers on this machine, and nobody else, and follows what an author writes.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that can't start the server has to stop")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

struct Server {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small-content"), &folder.path().join("content"));
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_fivexx"));
        command.current_dir(folder.path()).args(["serve", "--without-checker", "--port", &port.to_string(), "--content", "content"]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut said = BufReader::new(child.stdout.take().expect("standard output"));
        let mut line = String::new();
        while !line.contains("http://127.0.0.1") {
            line.clear();
            assert!(said.read_line(&mut line).expect("readable") > 0, "the server ended before it served");
        }
        // The rest of what it says has to go somewhere.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self { child, port, folder }
    }

    /// The news that an open page gets.
    fn news(&self) -> impl BufRead {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connected");
        write!(stream, "GET /_fivexx/changes HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port).expect("sent");
        let mut news = BufReader::new(stream);
        wait_for(&mut news, "text/event-stream");
        news
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

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(|entry| entry.expect("readable")) {
        let target = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).expect("a folder");
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Reads on until a line holds a text.
fn wait_for(news: &mut impl BufRead, wanted: &str) {
    let mut line = String::new();
    while !line.contains(wanted) {
        line.clear();
        assert!(news.read_line(&mut line).expect("readable") > 0, "the server ended before it said {wanted}");
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

#[test]
fn a_change_is_shown_and_a_mistake_leaves_the_last_good_page() {
    let server = Server::start();
    let own = format!("127.0.0.1:{}", server.port);
    let guide = server.folder.path().join("content/guides/first-steps.md");
    let text = std::fs::read_to_string(&guide).expect("the guide");
    let mut news = server.news();
    std::fs::write(&guide, format!("{text}\nSaid anew.\n")).expect("written");
    wait_for(&mut news, "event: changed");
    assert!(server.ask("GET", "/guides/first-steps/", &own).contains("Said anew."));

    std::fs::write(&guide, text.replace("summary:", "sumary:")).expect("written");
    wait_for(&mut news, "event: wrong");
    wait_for(&mut news, "did you mean `summary`?");
    assert!(server.ask("GET", "/guides/first-steps/", &own).contains("Said anew."), "the last good page is gone");

    // What only rendering shows is told after the page is shown.
    std::fs::write(&guide, format!("{text}\n[nowhere](/nowhere/)\n")).expect("written");
    wait_for(&mut news, "event: changed");
    wait_for(&mut news, "there is no page `/nowhere/`");
}
