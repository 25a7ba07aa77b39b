//! A client that sends exact bytes and records all that comes back.

use crate::fault::{Answer, Request, Send};
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// No request in the matrix is waited for any longer.
const LONGEST_WAIT: Duration = Duration::from_secs(15);
const LARGEST_RESPONSE: usize = 4 << 20;

/// What the client saw.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// All bytes, as they came.
    pub bytes: Vec<u8>,
    /// How it ended.
    pub end: End,
    /// From the first byte sent to the end.
    pub took: Duration,
}

/// How a response ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// It was complete by its own framing.
    Complete,
    /// The server closed the connection.
    #[default]
    Closed,
    /// The server reset the connection.
    Reset,
    /// The client gave up.
    GaveUp,
    /// The server did not take the connection.
    NotConnected,
}

impl Response {
    /// What was got, in one word or two.
    pub fn answer(&self) -> Answer {
        let head = String::from_utf8_lossy(&self.bytes[..self.bytes.len().min(16)]).into_owned();
        let status = head.strip_prefix("HTTP/").and_then(|rest| rest.split(' ').nth(1)?.trim().get(..3)?.parse().ok());
        match status {
            Some(status) if self.end == End::Complete || framing(&self.bytes) == Framing::UntilClose && self.end == End::Closed => {
                Answer::Status(status)
            }
            Some(status) => Answer::Cut(status),
            None if self.bytes.is_empty() => Answer::Nothing,
            None => Answer::Bytes,
        }
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Complete => "complete",
            Self::Closed => "connection closed",
            Self::Reset => "connection reset",
            Self::GaveUp => "the client gave up",
            Self::NotConnected => "no connection",
        })
    }
}

/// The bytes of a request.
pub fn bytes(request: &Request, path: &str) -> Vec<u8> {
    if request.send.is_empty() {
        return format!("GET {path} HTTP/1.1\r\nHost: lab.example\r\nUser-Agent: lab\r\nAccept: */*\r\n\r\n").into_bytes();
    }
    let part = |part: &Send| match part {
        Send::Text(text) => text.clone(),
        Send::Repeat { text, times } => text.repeat(*times),
    };
    request.send.iter().map(part).collect::<String>().into_bytes()
}

/// Sends the bytes to a port of 127.0.0.1 and reads until the response ends or `wait` is over.
pub async fn ask(port: u16, request: &[u8], wait: Option<Duration>) -> Response {
    let begin = Instant::now();
    let mut response = Response::default();
    let exchange = exchange(port, request, &mut response.bytes);
    let end = tokio::time::timeout(wait.unwrap_or(LONGEST_WAIT), exchange).await.unwrap_or(End::GaveUp);
    Response { end, took: begin.elapsed(), ..response }
}

/// Sends the bytes, reads one response, and times how long the server then keeps the connection open.
pub async fn idle(port: u16, request: &[u8], wait: Duration) -> Response {
    let mut response = Response::default();
    let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await else { return Response { end: End::NotConnected, ..response } };
    let _written = stream.write_all(request).await;
    while framing(&response.bytes) != Framing::Complete && matches!(stream.read_buf(&mut response.bytes).await, Ok(1..)) {}
    let begin = Instant::now();
    let closing = async {
        match stream.read_buf(&mut response.bytes).await {
            Ok(0) => End::Closed,
            Ok(_) => End::Complete,
            Err(_) => End::Reset,
        }
    };
    let end = tokio::time::timeout(wait, closing).await.unwrap_or(End::GaveUp);
    Response { end, took: begin.elapsed(), ..response }
}

async fn exchange(port: u16, request: &[u8], bytes: &mut Vec<u8>) -> End {
    let Ok(stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await else { return End::NotConnected };
    let (mut reader, mut writer) = stream.into_split();
    // A server may answer before it has read all; what it says counts, not that the rest could not be written.
    let writing = async {
        let _refused = writer.write_all(request).await;
        std::future::pending::<End>().await
    };
    let reading = async {
        loop {
            match reader.read_buf(bytes).await {
                Ok(0) if framing(bytes) == Framing::Complete => return End::Complete,
                Ok(0) => return End::Closed,
                Ok(_) if framing(bytes) == Framing::Complete || bytes.len() > LARGEST_RESPONSE => return End::Complete,
                Ok(_) => {}
                Err(_) => return End::Reset,
            }
        }
    };
    tokio::select! { end = writing => end, end = reading => end }
}

#[derive(PartialEq)]
enum Framing {
    Complete,
    Incomplete,
    UntilClose,
}

/// Whether a response is complete, by its own headers.
fn framing(bytes: &[u8]) -> Framing {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { return Framing::Incomplete };
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let body = &bytes[end + 4..];
    let status = head.split(' ').nth(1).unwrap_or_default();
    if status.starts_with('1') && status != "101" {
        return framing(body);
    }
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':').map(str::trim));
    let complete = |yes| if yes { Framing::Complete } else { Framing::Incomplete };
    match (header("transfer-encoding"), header("content-length").and_then(|length| length.parse::<usize>().ok())) {
        _ if ["101", "204", "304"].contains(&status) => Framing::Complete,
        (Some("chunked"), _) => complete(body == b"0\r\n\r\n" || body.ends_with(b"\r\n0\r\n\r\n")),
        (_, Some(length)) => complete(body.len() >= length),
        _ => Framing::UntilClose,
    }
}
