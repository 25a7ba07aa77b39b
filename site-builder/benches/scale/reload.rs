//! From saving a file to the word that open pages get, and to the page as it is now: `fivexx serve`, as an author uses it.

use super::corpus::{self, Form};
use super::peers::{self, copy};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How often a file is saved.
const SAVES: usize = 15;
/// The pause between two saves: an author reads.
const PAUSE: Duration = Duration::from_millis(1500);

/// Measures with a corpus of `pages` pages; with none, the content of the repository.
pub fn measure(folder: &Path, pages: usize) -> io::Result<()> {
    let content = peers::sources(Form::Fivexx, folder);
    if pages > 0 {
        peers::prepare(Form::Fivexx, folder)?;
        corpus::write(Form::Fivexx, pages, true, &content)?;
    } else {
        copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../content")), &content)?;
    }
    let (file, address) =
        if pages > 0 { ("guides/page-00007.md", "/guides/page-00007/") } else { ("causes/keepalive-race.md", "/causes/keepalive-race/") };
    let server = Server::start(&content)?;
    let mut news = BufReader::new(server.ask("/_fivexx/changes")?);
    let text = std::fs::read_to_string(content.join(file))?;
    let (mut told, mut shown) = (Vec::new(), Vec::new());
    for save in 0..SAVES {
        std::thread::sleep(PAUSE);
        let word = format!("saved-{save}");
        let started = Instant::now();
        std::fs::write(content.join(file), format!("{text}\n\n{word}\n"))?;
        wait_for(&mut news, "event: changed")?;
        told.push(started.elapsed());
        let mut page = String::new();
        server.ask(address)?.read_to_string(&mut page)?;
        shown.push(started.elapsed());
        if !page.contains(&word) {
            return Err(io::Error::other("the page is not the newest"));
        }
    }
    let name = if pages > 0 { format!("{pages} pages") } else { "the content of the repository".to_owned() };
    println!("{name}: reload message {}, page {}", summary(told), summary(shown));
    drop(server);
    std::fs::remove_dir_all(folder)
}

fn summary(mut times: Vec<Duration>) -> String {
    times.sort();
    let [least, median, most] = [0, times.len() / 2, times.len() - 1].map(|at| times[at].as_millis());
    format!("{median} ms (median of {}; {least} to {most})", times.len())
}

fn wait_for(news: &mut impl BufRead, wanted: &str) -> io::Result<()> {
    let mut line = String::new();
    while !line.contains(wanted) {
        line.clear();
        if news.read_line(&mut line)? == 0 {
            return Err(io::Error::other("the server ended"));
        }
    }
    Ok(())
}

struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(content: &Path) -> io::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_fivexx"));
        command.args(["serve", "--without-checker", "--port", &port.to_string(), "--content"]).arg(content);
        let mut child = command.current_dir(content.parent().unwrap_or(content)).stdout(Stdio::piped()).spawn()?;
        let said = child.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
        let mut said = BufReader::new(said);
        wait_for(&mut said, "http://127.0.0.1")?;
        // The rest of what it says is not waited for, but has to go somewhere.
        std::thread::spawn(move || io::copy(&mut said, &mut io::sink()));
        Ok(Self { child, port })
    }

    fn ask(&self, address: &str) -> io::Result<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(stream, "GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)?;
        Ok(stream)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
