//! Where the files of a site go as they are made.

use super::assets::fingerprint;
use crate::output::OutputError;
use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::{Mutex, PoisonError};

/// Takes files, from several threads at once.
pub trait Destination: Sync {
    /// Whether there is still a use for files; where there is none, no page is rendered any more.
    fn is_wanted(&self) -> bool {
        true
    }

    /// Takes a file. The path has no leading slash: `502/index.html`.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError>;
    /// A file that was put before.
    fn read(&self, path: &str) -> Result<Vec<u8>, OutputError>;
    /// What was put so far.
    fn record(&self) -> &Record;
}

/// The paths of the files so far, each with a number that changes with its bytes.
#[derive(Debug, Default)]
pub struct Record(Mutex<BTreeMap<String, u64>>);

impl Record {
    /// Notes a file; refuses a path that leaves the folder.
    pub fn add(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        if !stays_inside(path) {
            return Err(OutputError::Outside(path.to_owned()));
        }
        let print = fingerprint(bytes);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), print);
        Ok(())
    }

    /// All paths with their fingerprints, sorted.
    pub fn files(&self) -> Vec<(String, u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().map(|(path, print)| (path.clone(), *print)).collect()
    }

    /// Refuses two paths that differ only in letter case.
    pub fn check(&self) -> Result<(), OutputError> {
        let mut seen = std::collections::HashMap::new();
        for (path, _) in self.files() {
            if let Some(other) = seen.insert(path.to_lowercase(), path.clone()) {
                return Err(OutputError::SameName(other, path));
            }
        }
        Ok(())
    }
}

/// Nothing is written: for checks.
#[derive(Debug, Default)]
pub struct Nowhere(Record);

impl Destination for Nowhere {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        self.0.add(path, bytes)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, OutputError> {
        Err(OutputError::Outside(path.to_owned()))
    }

    fn record(&self) -> &Record {
        &self.0
    }
}

/// Files are held in memory.
#[derive(Debug, Default)]
pub struct Held {
    record: Record,
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Held {
    /// All files.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Destination for Held {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        self.record.add(path, bytes)?;
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, OutputError> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.get(path).cloned().ok_or_else(|| OutputError::Outside(path.to_owned()))
    }

    fn record(&self) -> &Record {
        &self.record
    }
}

fn stays_inside(path: &str) -> bool {
    !path.is_empty() && !path.contains(['\\', '\0']) && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(paths: &[&str]) -> String {
        let record = Record::default();
        let added = paths.iter().try_for_each(|path| record.add(path, b""));
        added.and_then(|()| record.check()).err().map(|error| error.to_string()).unwrap_or_default()
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
