//! From saving a file to the word that open pages get, and to the page as it is now: `fivexx serve`, as an author uses it.

use super::corpus::{self, Form};
use super::peers::{self, copy};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How often a file is saved.
const SAVES: usize = 11;
/// The pause between two saves: an author reads.
const PAUSE: Duration = Duration::from_millis(1500);

/// A file that is saved, and a page on which that shows.
struct Saved {
    what: &'static str,
    file: PathBuf,
    address: &'static str,
    /// The text once more, with a word that the page shows.
    edit: fn(&str, &str) -> String,
}

/// Measures with a corpus of `pages` pages; with none, the content of the repository.
pub fn measure(folder: &Path, pages: usize) -> io::Result<()> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (content, templates) = (peers::sources(Form::Fivexx, folder), folder.join("templates"));
    copy(&repository.join("templates"), &templates)?;
    if pages > 0 {
        peers::prepare(Form::Fivexx, folder)?;
        corpus::write(Form::Fivexx, pages, true, &content)?;
    } else {
        copy(&repository.join("content"), &content)?;
    }
    let server = Server::start(&content, &templates)?;
    let mut news = BufReader::new(server.ask("/_fivexx/changes")?);
    println!("{}", if pages > 0 { format!("{pages} pages") } else { "the content of the repository".to_owned() });
    for saved in saved(&content, &templates, pages > 0) {
        let (told, shown) = save_again_and_again(&server, &mut news, &saved)?;
        println!("  {:<10} reload message {}, page {}", saved.what, summary(told), summary(shown));
    }
    drop(server);
    std::fs::remove_dir_all(folder)
}

/// What is saved: in the corpus and the small content below it, or in the content of the repository.
fn saved(content: &Path, templates: &Path, is_corpus: bool) -> [Saved; 4] {
    let at_end = |text: &str, word: &str| format!("{text}\n\n{word}\n");
    let in_summary = |text: &str, word: &str| text.replacen("\n  summary: ", &format!("\n  summary: {word} "), 1);
    let behind_title = |text: &str, word: &str| text.replacen("</h1>", &format!("</h1><!-- {word} -->"), 1);
    let [guide, cause, message] = if is_corpus {
        [
            ("guides/page-00007.md", "/guides/page-00007/"),
            ("causes/wrong-address.md", "/causes/wrong-address/"),
            ("systems/echo/messages/connect.yaml", "/messages/echo-refused/"),
        ]
    } else {
        [
            ("guides/alerting-on-5xx.md", "/guides/alerting-on-5xx/"),
            ("causes/keepalive-race.md", "/causes/keepalive-race/"),
            ("systems/nginx/messages/connect.yaml", "/messages/nginx-connect-refused/"),
        ]
    };
    [
        Saved { what: "guide", file: content.join(guide.0), address: guide.1, edit: at_end },
        Saved { what: "cause", file: content.join(cause.0), address: cause.1, edit: at_end },
        Saved { what: "message", file: content.join(message.0), address: message.1, edit: in_summary },
        Saved { what: "template", file: templates.join("cause.html"), address: cause.1, edit: behind_title },
    ]
}

fn save_again_and_again(server: &Server, news: &mut impl BufRead, saved: &Saved) -> io::Result<(Vec<Duration>, Vec<Duration>)> {
    let text = std::fs::read_to_string(&saved.file)?;
    let (mut told, mut shown) = (Vec::new(), Vec::new());
    for save in 0..SAVES {
        std::thread::sleep(PAUSE);
        let word = format!("saved-{save}");
        let started = Instant::now();
        std::fs::write(&saved.file, (saved.edit)(&text, &word))?;
        wait_for(news, "event: changed")?;
        told.push(started.elapsed());
        let mut page = String::new();
        server.ask(saved.address)?.read_to_string(&mut page)?;
        shown.push(started.elapsed());
        if !page.contains(&word) {
            return Err(io::Error::other(format!("{} is not the newest", saved.address)));
        }
    }
    Ok((told, shown))
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
    fn start(content: &Path, templates: &Path) -> io::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_fivexx"));
        command.args(["serve", "--without-checker", "--port", &port.to_string(), "--content"]).arg(content).arg("--templates").arg(templates);
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
