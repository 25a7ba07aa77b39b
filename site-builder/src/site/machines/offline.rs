//! The list of what "Take it offline" loads.

use crate::site::assets::fingerprint;
use serde_json::json;

/// The list as JSON: a version that changes with any file, and the address of each, relative to the site.
pub fn list(files: &[(String, u64)]) -> String {
    let wanted: Vec<_> = files.iter().filter(|(path, _)| is_for_readers(path)).collect();
    let all: Vec<u8> = wanted.iter().flat_map(|(path, print)| [path.as_bytes(), &print.to_le_bytes()].concat()).collect();
    let addresses: Vec<_> = wanted.iter().map(|(path, _)| path.strip_suffix("index.html").unwrap_or(path)).collect();
    json!({"version": format!("site-{:016x}", fingerprint(&all)), "files": addresses}).to_string()
}

/// Pages, what they load and what the search loads; not what is for programs and hosts.
fn is_for_readers(path: &str) -> bool {
    let is_for_programs = ["api/", "hosting/", "social/"].iter().any(|folder| path.starts_with(folder));
    let ending = path.rsplit('.').next().unwrap_or_default();
    !is_for_programs && !matches!(ending, "md" | "xml" | "txt" | "br" | "gz") && !path.starts_with('_') || path.contains("/paths/")
}
