//! The knowledge to diagnose with: what the binary carries, or that of folders.

use crate::project;
use diagnosis::knowledge::Knowledge;
use reader::timings::Timings;
use std::path::PathBuf;

const BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));
const MISTAKES: &str = include_str!(concat!(env!("OUT_DIR"), "/mistakes.txt"));

/// The built-in knowledge; an error where the binary was built from content with mistakes.
pub fn built_in() -> Result<Knowledge, String> {
    if !MISTAKES.is_empty() {
        return Err(format!(
            "{MISTAKES}\n\nerror: this binary was built from content with the mistakes above, so it carries no knowledge\n  = help: correct them and build again"
        ));
    }
    Knowledge::from_bytes(BYTES).map_err(|error| format!("error: {error}"))
}

/// The knowledge in content folders, each over those before it; the built-in one without any. Otherwise an error that lists all mistakes.
pub fn of(folders: &[PathBuf]) -> Result<Knowledge, String> {
    if folders.is_empty() {
        return built_in();
    }
    let reading = reader::read_layers(&project::layers(folders), &Timings::default());
    reading
        .outcome
        .map(|content| content.knowledge().clone())
        .map_err(|mistakes| mistakes.iter().map(|mistake| mistake.render(&reading.files, false)).collect::<Vec<_>>().join("\n\n"))
}
