//! The misbehaving upstream: does on the wire exactly what a fault's script says.

use crate::fault::{Listen, Step, Upstream};
use crate::ports::bound;
use crate::tls;
use anyhow::{Context, Result, bail};
use socket2::{Domain, SockAddr, SockRef, Socket, Type};
use std::net::{Ipv4Addr, SocketAddrV4};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixListener};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

const GOOD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nok\n";
/// The longest silence of a `stall`: no server in the laboratory waits longer.
const LONGEST_STALL: Duration = Duration::from_secs(200);
/// So long a peer that was refused may take to close.
const PATIENCE_BEHIND_ALERT: Duration = Duration::from_secs(1);

/// A running upstream. Ends when dropped.
pub struct Running {
    task: Option<JoinHandle<()>>,
    /// Sockets that have to stay as they are: bound but not listening, or clients that fill a queue.
    _held: Vec<Socket>,
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// Where an upstream can be reached.
#[derive(Clone, Debug)]
pub struct Address {
    /// Its TCP port on 127.0.0.1.
    pub port: u16,
    /// The path of its unix socket.
    pub socket: PathBuf,
}

/// Starts what a fault asks for.
pub fn start(upstream: &Upstream, address: &Address, authority: &tls::Authority) -> Result<Running> {
    let script = Arc::new(Script::of(upstream));
    let acceptor = upstream.tls.as_ref().map(|tls| authority.acceptor(tls)).transpose()?;
    match upstream.listen {
        Listen::Tcp => {
            let socket = bound(address.port)?;
            socket.listen(128)?;
            socket.set_nonblocking(true)?;
            let listener = TcpListener::from_std(socket.into())?;
            Ok(Running { task: Some(tokio::spawn(serve_tcp(listener, script, acceptor))), _held: Vec::new() })
        }
        Listen::Closed => Ok(Running { task: None, _held: vec![bound(address.port)?] }),
        Listen::Full => Ok(Running { task: None, _held: full_queue(address.port)? }),
        Listen::Unix | Listen::UnixDenied => {
            let listener = UnixListener::bind(&address.socket).with_context(|| format!("{} can't be bound", address.socket.display()))?;
            let mode = if upstream.listen == Listen::Unix { 0o666 } else { 0o600 };
            std::fs::set_permissions(&address.socket, std::fs::Permissions::from_mode(mode))?;
            Ok(Running { task: Some(tokio::spawn(serve_unix(listener, script))), _held: Vec::new() })
        }
        Listen::UnixMissing => Ok(Running { task: None, _held: Vec::new() }),
        Listen::UnixFull => Ok(Running { task: None, _held: full_unix_queue(&address.socket)? }),
        Listen::UnixStale => {
            leave_socket_file(&address.socket)?;
            Ok(Running { task: None, _held: Vec::new() })
        }
    }
}

/// A listener that accepts nothing, with so many connections waiting that the kernel drops the next SYN.
fn full_queue(port: u16) -> Result<Vec<Socket>> {
    let address = SocketAddrV4::new(Ipv4Addr::LOCALHOST, port);
    let listener = bound(port)?;
    listener.listen(0)?;
    let mut held = vec![listener];
    for _ in 0..4 {
        let client = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        client.set_nonblocking(true)?;
        // The first ones get through, the others hang half open, which is what is wanted.
        let _pending = client.connect(&SockAddr::from(address));
        held.push(client);
    }
    Ok(held)
}

/// A unix listener that accepts nothing, with its queue filled, so that the kernel refuses the next connection with EAGAIN.
fn full_unix_queue(path: &Path) -> Result<Vec<Socket>> {
    let (address, listener) = (SockAddr::unix(path)?, Socket::new(Domain::UNIX, Type::STREAM, None)?);
    listener.bind(&address)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o666))?;
    listener.listen(0)?;
    let mut held = vec![listener];
    for _ in 0..4 {
        let client = Socket::new(Domain::UNIX, Type::STREAM, None)?;
        client.set_nonblocking(true)?;
        let _refused_when_full = client.connect(&address);
        held.push(client);
    }
    Ok(held)
}

fn leave_socket_file(path: &Path) -> Result<()> {
    drop(std::os::unix::net::UnixListener::bind(path)?);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o666))?;
    Ok(())
}

struct Script {
    steps: Vec<Step>,
    health: Vec<Step>,
    places: Option<Semaphore>,
}

impl Script {
    fn of(upstream: &Upstream) -> Self {
        let good = || vec![Step::ReadRequest, Step::Send(GOOD.to_owned())];
        Self {
            steps: if upstream.script.is_empty() { good() } else { upstream.script.clone() },
            health: if upstream.health.is_empty() { good() } else { upstream.health.clone() },
            places: upstream.at_once.map(Semaphore::new),
        }
    }
}

async fn serve_tcp(listener: TcpListener, script: Arc<Script>, acceptor: Option<TlsAcceptor>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(serve_tcp_connection(stream, Arc::clone(&script), acceptor.clone()));
    }
}

async fn serve_unix(listener: UnixListener, script: Arc<Script>) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let script = Arc::clone(&script);
        tokio::spawn(async move { play(&mut stream, &script).await });
    }
}

async fn serve_tcp_connection(mut stream: TcpStream, script: Arc<Script>, acceptor: Option<TlsAcceptor>) {
    let _nodelay = stream.set_nodelay(true);
    match acceptor {
        None => {
            if let Ok(End::Reset) = play(&mut stream, &script).await {
                reset(stream);
            }
        }
        Some(acceptor) => match acceptor.accept(stream).into_fallible().await {
            Ok(mut stream) => match play(&mut stream, &script).await {
                Ok(End::Reset) => reset(stream.into_inner().0),
                _ => drop(stream.shutdown().await),
            },
            Err((_, stream)) => end_behind_alert(stream).await,
        },
    }
}

/// Closes when the peer has closed: bytes that nobody read would make a reset of the end, and that may overtake the alert that says why.
async fn end_behind_alert(mut stream: TcpStream) {
    let _is_told = stream.shutdown().await;
    let mut rest = [0; 4096];
    let until_end = async { while matches!(stream.read(&mut rest).await, Ok(1..)) {} };
    let _is_closed = tokio::time::timeout(PATIENCE_BEHIND_ALERT, until_end).await;
}

fn reset(stream: TcpStream) {
    let _linger = SockRef::from(&stream).set_linger(Some(Duration::ZERO));
}

#[derive(PartialEq)]
enum End {
    Closed,
    Reset,
}

/// Plays the script once; a script without end, such as one that answers for ever, is played from its start on the next request.
async fn play<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, script: &Script) -> Result<End> {
    let _place = match &script.places {
        Some(places) => Some(places.acquire().await?),
        None => None,
    };
    let mut connection = Connection { stream, buffer: Vec::new() };
    let mut steps = script.steps.as_slice();
    let mut done = 0;
    while let Some(step) = steps.get(done) {
        done += 1;
        match step {
            Step::ReadHead | Step::ReadRequest => {
                let head = connection.read_head().await?;
                if done == 1 && path_of(&head).starts_with("/health") {
                    steps = &script.health;
                }
                if *step == Step::ReadRequest {
                    connection.read_body(&head).await?;
                }
            }
            Step::Send(text) => connection.stream.write_all(text.as_bytes()).await?,
            Step::SendHex(digits) => connection.stream.write_all(&from_hex(digits)?).await?,
            Step::Repeat { text, times } => connection.stream.write_all(text.repeat(*times).as_bytes()).await?,
            Step::Wait(milliseconds) => tokio::time::sleep(Duration::from_millis(*milliseconds)).await,
            Step::Reset => return Ok(End::Reset),
            Step::Stall => connection.stall().await,
        }
        connection.stream.flush().await?;
    }
    Ok(End::Closed)
}

struct Connection<'s, S> {
    stream: &'s mut S,
    buffer: Vec<u8>,
}

impl<S: AsyncRead + Unpin> Connection<'_, S> {
    /// The head of the next request; what follows it stays in the buffer.
    async fn read_head(&mut self) -> Result<String> {
        loop {
            if let Some(end) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                let rest = self.buffer.split_off(end + 4);
                let head = std::mem::replace(&mut self.buffer, rest);
                return Ok(String::from_utf8_lossy(&head).into_owned());
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the proxy ended the connection");
            }
        }
    }

    async fn read_body(&mut self, head: &str) -> Result<()> {
        let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok());
        let length = length.unwrap_or(0);
        while self.buffer.len() < length {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the proxy ended the connection");
            }
        }
        self.buffer.drain(..length);
        Ok(())
    }

    async fn stall(&mut self) {
        let until_closed = async {
            let mut ignored = [0_u8; 4096];
            while matches!(self.stream.read(&mut ignored).await, Ok(1..)) {}
        };
        let _timed_out = tokio::time::timeout(LONGEST_STALL, until_closed).await;
    }
}

fn path_of(head: &str) -> &str {
    head.split(' ').nth(1).unwrap_or_default()
}

fn from_hex(digits: &str) -> Result<Vec<u8>> {
    let digits: Vec<u8> = digits.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair)?, 16).context("send-hex takes pairs of hexadecimal digits");
    digits.chunks(2).map(byte).collect()
}
