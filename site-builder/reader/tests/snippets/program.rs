//! Programs of this machine: whether they are there, how old they are, what they say.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What `env` ends with where there is no such program.
const NOT_FOUND: i32 = 127;

/// A program that checks pieces.
pub struct Program {
    /// How it is called.
    pub name: String,
    /// Its version, as numbers with dots.
    pub version: String,
}

impl Program {
    /// The program of this name, if it runs here.
    pub fn find(name: &str, version_arguments: &[&str]) -> Option<Self> {
        Self::find_first(&[name], version_arguments)
    }

    /// The first of these programs that runs here. Absence is said on standard error.
    pub fn find_first(names: &[&str], version_arguments: &[&str]) -> Option<Self> {
        let found = names.iter().find_map(|name| {
            let output = command(name).args(version_arguments).output().ok().filter(|output| output.status.code() != Some(NOT_FOUND))?;
            Some(Self { name: (*name).to_owned(), version: version_in(&said(&output)) })
        });
        if found.is_none() {
            note(&format!("{} is not installed; what is written for it is NOT checked", names[names.len() - 1]));
        }
        found
    }

    /// What this test can read by itself.
    pub fn built_in() -> Self {
        Self { name: "this test".to_owned(), version: String::new() }
    }

    /// The version that a piece asks for with `# since nginx 1.25.1`, if this program is older.
    pub fn is_older_than_needed(&self, text: &str) -> Option<String> {
        let (_, rest) = text.split_once(&format!("# since {} ", self.name))?;
        let needed = rest.split_whitespace().next()?.trim_end_matches([':', ',']).to_owned();
        (numbers(&self.version) < numbers(&needed)).then_some(needed)
    }

    /// Gives the text to standard input, and returns what the program says if it refuses.
    pub fn refuses(&self, arguments: &[&str], text: &str) -> Option<String> {
        let mut child = command(&self.name)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("the program reads");
        let output = child.wait_with_output().expect("the program ends");
        (!output.status.success()).then(|| said(&output))
    }

    /// Runs the program in a folder.
    pub fn run(&self, folder: &Path, arguments: &[&str]) -> Output {
        let home = folder.to_string_lossy();
        command(&self.name)
            .current_dir(folder)
            .args(arguments)
            .env("HOME", &*home)
            .env("XDG_DATA_HOME", &*home)
            .env("XDG_CONFIG_HOME", &*home)
            .output()
            .expect("the program runs")
    }
}

/// Servers are often outside of an ordinary user's path.
fn command(name: &str) -> Command {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("env");
    command.arg(format!("PATH={path}:/usr/sbin:/usr/local/sbin:/sbin")).arg(name);
    command
}

/// Both streams of a program.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A line that shows also when the test passes.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "snippets: {text}");
}

/// The first thing in a text that looks like a version.
fn version_in(text: &str) -> String {
    let candidates = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    candidates.map(|word| word.trim_matches('.')).find(|word| word.contains('.')).unwrap_or_default().to_owned()
}

fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

#[test]
fn versions_compare_by_number() {
    let program = Program { name: "nginx".to_owned(), version: "1.22.1".to_owned() };
    assert_eq!(program.is_older_than_needed("# since nginx 1.25.1\nhttp2 on;"), Some("1.25.1".to_owned()));
    assert_eq!(program.is_older_than_needed("# since nginx 1.9.0\nhttp2 on;"), None);
    assert_eq!(program.is_older_than_needed("# since haproxy 2.8\n"), None);
}
