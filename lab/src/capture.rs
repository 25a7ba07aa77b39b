//! What one run gave, as files: `lab/captures/<server>-<version>/<fault>/`.

use crate::client::Response;
use crate::fault::Answer;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// No log in a capture is longer.
const LONGEST_LOG: usize = 24_000;
/// No line in a capture is longer.
const LONGEST_LINE: usize = 1_500;
/// A response that is longer is cut: its page stands at the beginning.
const LONGEST_RESPONSE: usize = 3_000;

/// Names of days and months in dates.
const DATE_WORDS: [&str; 19] =
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What one server said and did with one fault.
#[derive(Clone, Debug, PartialEq)]
pub struct Capture {
    /// What is known about it.
    pub about: About,
    /// The response, as it came over the wire.
    pub client: String,
    /// The error log of the server that the client asked.
    pub error: String,
    /// Its access log.
    pub access: String,
    /// The log of the application server behind it.
    pub app: String,
}

/// What is known about a capture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The server under test.
    pub server: String,
    /// Its version.
    pub version: String,
    /// The fault.
    pub fault: String,
    /// The day, in UTC.
    pub date: String,
    /// What the client got.
    pub answer: Answer,
    /// How the response ended.
    pub ended: String,
    /// Seconds until it ended, to a tenth.
    pub seconds: String,
    /// The configuration.
    pub configuration: String,
}

impl Capture {
    /// The folder that it belongs in.
    pub fn folder(&self, captures: &Path) -> PathBuf {
        captures.join(format!("{}-{}", self.about.server, self.about.version)).join(&self.about.fault)
    }

    /// Writes it, unless what stands there differs in numbers and dates alone: ports, times and process ids change with each run.
    pub fn write(&self, captures: &Path) -> Result<bool> {
        let folder = self.folder(captures);
        if read(&folder).is_ok_and(|old| old.without_numbers() == self.without_numbers()) {
            return Ok(false);
        }
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("capture.yaml"), serde_yaml::to_string(&self.about)?)?;
        for (name, text) in self.files() {
            let file = folder.join(name);
            if text.is_empty() {
                let _absent = std::fs::remove_file(&file);
            } else {
                std::fs::write(&file, text)?;
            }
        }
        Ok(true)
    }

    fn files(&self) -> [(&'static str, &str); 4] {
        [("client.txt", &self.client), ("error.log", &self.error), ("access.log", &self.access), ("app.log", &self.app)]
    }

    fn without_numbers(&self) -> (Answer, [String; 4]) {
        (self.about.answer, self.files().map(|(_, text)| without_numbers(text)))
    }
}

/// The words of a text that are no numbers, identifiers or names of days and months.
fn without_numbers(text: &str) -> String {
    let changes = |word: &str| word.contains(|c: char| c.is_ascii_digit()) || DATE_WORDS.contains(&word);
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty() && !changes(word)).collect::<Vec<_>>().join(" ")
}

/// Reads a capture from its folder.
pub fn read(folder: &Path) -> Result<Capture> {
    let about = folder.join("capture.yaml");
    let text = std::fs::read_to_string(&about).with_context(|| format!("{} can't be read", about.display()))?;
    let about = serde_yaml::from_str(&text).with_context(|| format!("{} does not describe a capture", about.display()))?;
    let file = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    Ok(Capture { about, client: file("client.txt"), error: file("error.log"), access: file("access.log"), app: file("app.log") })
}

/// Reads all captures, in the order of their names.
pub fn read_all(captures: &Path) -> Result<Vec<Capture>> {
    let mut folders: Vec<PathBuf> = sub_folders(captures)?.iter().map(|server| sub_folders(server)).collect::<Result<Vec<_>>>()?.concat();
    folders.sort();
    folders.iter().map(|folder| read(folder)).collect()
}

fn sub_folders(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))?;
    Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect())
}

/// The response as text.
pub fn response_text(response: &Response, names: &[(String, String)]) -> String {
    let bytes = &response.bytes[..response.bytes.len().min(LONGEST_RESPONSE)];
    named(&String::from_utf8_lossy(bytes), names)
}

/// A log as text: the newest part, long lines cut.
pub fn log_text(log: &[u8], names: &[(String, String)]) -> String {
    let text = String::from_utf8_lossy(&log[log.len().saturating_sub(LONGEST_LOG)..]).replace('\0', "\\0");
    let cut = |line: &str| match line.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => format!("{}…\n", &line[..end]),
        None => format!("{line}\n"),
    };
    named(&text.lines().map(cut).collect::<String>(), names)
}

/// Ports and folders that change with each run get names that do not.
fn named(text: &str, names: &[(String, String)]) -> String {
    names.iter().fold(text.to_owned(), |text, (run, name)| text.replace(run, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_runs_of_one_fault_differ_in_numbers_and_dates_alone() {
        let old = "Mon, 30 Nov 2026 21:09:56 GMT [error] 11#11: *2 connect() failed, id 4f0b8acb-3e90 after 7s";
        let new = "Tue, 01 Dec 2026 08:10:02 GMT [error] 97#97: *3 connect() failed, id 09ad1cf7-77b0 after 9s";
        assert_eq!(without_numbers(old), without_numbers(new));
    }

    #[test]
    fn another_message_is_another_capture() {
        assert_ne!(without_numbers("connect() failed (111: Connection refused)"), without_numbers("connect() failed (110: Connection timed out)"));
    }
}
