//! The knowledge to diagnose with: what the binary carries, or a folder's.

use diagnosis::knowledge::Knowledge;
use std::path::Path;

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

/// The knowledge in a content folder; an error that lists all mistakes otherwise.
pub fn of_folder(folder: &Path) -> Result<Knowledge, String> {
    let reading = reader::read(folder);
    reading.outcome.map(|content| content.knowledge().clone()).map_err(|mistakes| {
        let name = folder.display().to_string();
        mistakes.iter().map(|mistake| mistake.render(&reading.files, &name, false)).collect::<Vec<_>>().join("\n\n")
    })
}
