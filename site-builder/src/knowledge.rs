//! The knowledge that the binary carries.

use diagnosis::knowledge::Knowledge;

const BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));
const MISTAKES: &str = include_str!(concat!(env!("OUT_DIR"), "/mistakes.txt"));

/// The built-in knowledge; an error where the binary was built from content with mistakes.
pub fn built_in() -> Result<Knowledge, String> {
    if !MISTAKES.is_empty() {
        return Err(format!("{MISTAKES}\n\nerror: this binary was built from content with the mistakes above, so it carries no knowledge\n  = help: correct them and build again"));
    }
    Knowledge::from_bytes(BYTES).map_err(|error| format!("error: {error}"))
}
