//! Paths of a site that every file system can hold, inside the output folder.

use super::OutputError;
use crate::site::Site;
use std::collections::HashMap;
use std::path::{Component, Path};

/// Refuses a path that leaves the folder, and two that differ only in letter case.
pub fn check(site: &Site) -> Result<(), OutputError> {
    let mut seen = HashMap::new();
    for path in site.files.keys() {
        if !stays_inside(path) {
            return Err(OutputError::Outside(path.clone()));
        }
        if let Some(other) = seen.insert(path.to_lowercase(), path) {
            return Err(OutputError::SameName(other.clone(), path.clone()));
        }
    }
    Ok(())
}

fn stays_inside(path: &str) -> bool {
    !path.is_empty() && !path.contains(['\\', '\0']) && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(paths: &[&str]) -> String {
        let site = Site { files: paths.iter().map(|path| ((*path).to_owned(), Vec::new())).collect() };
        check(&site).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn paths_that_leave_the_folder_are_refused() {
        for path in ["../evil.html", "a/../../evil.html", "/etc/passwd", "a\\..\\b", ""] {
            assert!(said(&[path]).contains("outside the output folder"), "{path}");
        }
        assert_eq!(said(&["a/b/index.html", "..a/index.html"]), "");
    }

    #[test]
    fn names_that_differ_only_in_case_are_refused() {
        assert!(said(&["causes/index.html", "Causes/index.html"]).contains("are one file where letter case does not count"));
    }
}
