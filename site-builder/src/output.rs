//! Writing a site such that readers see the old one or the new one, never a mix.
//!
//! Files go into a sibling folder first; when all are there, the folders change places. Whatever fails before that
//! leaves the old site as it was.

use crate::site::Site;
use std::fmt;
use std::path::{Path, PathBuf};

/// Why a site could not be written.
#[derive(Debug)]
pub struct OutputError {
    /// What was being done, with the path.
    doing: String,
    /// What the system said.
    error: std::io::Error,
}

impl fmt::Display for OutputError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}; the last good site is untouched", self.doing, self.error)
    }
}

impl std::error::Error for OutputError {}

/// Names what is being done, for the error message.
fn doing<T>(what: &str, path: &Path, result: std::io::Result<T>) -> Result<T, OutputError> {
    result.map_err(|error| OutputError { doing: format!("can't {what} {}", path.display()), error })
}

/// Writes `site` to `folder`, replacing what is there.
pub fn write(site: &Site, folder: &Path) -> Result<(), OutputError> {
    let fresh = sibling(folder, "new");
    let old = sibling(folder, "old");
    remove(&fresh)?;
    for (path, bytes) in &site.files {
        write_file(&fresh.join(path), bytes)?;
    }
    remove(&old)?;
    if folder.exists() {
        doing("move away", folder, std::fs::rename(folder, &old))?;
    }
    let swapped = doing("put the new site at", folder, std::fs::rename(&fresh, folder));
    if swapped.is_err() && old.exists() {
        doing("put back", folder, std::fs::rename(&old, folder))?;
    }
    swapped?;
    remove(&old)
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    if let Some(parent) = path.parent() {
        doing("create", parent, std::fs::create_dir_all(parent))?;
    }
    doing("write", path, std::fs::write(path, bytes))
}

fn remove(folder: &Path) -> Result<(), OutputError> {
    if !folder.exists() {
        return Ok(());
    }
    doing("remove", folder, std::fs::remove_dir_all(folder))
}

/// `site` becomes `site.new`: on the same file system, so that renaming is one step.
fn sibling(folder: &Path, suffix: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_os_string();
    name.push(".");
    name.push(suffix);
    folder.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        Site { files: files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect() }
    }

    #[test]
    fn a_new_site_replaces_the_old_one_whole() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        let folder = parent.path().join("site");
        write(&site(&[("a/index.html", "old"), ("gone.html", "old")]), &folder)?;
        write(&site(&[("a/index.html", "new")]), &folder)?;
        assert_eq!(std::fs::read_to_string(folder.join("a/index.html"))?, "new");
        assert!(!folder.join("gone.html").exists());
        assert_eq!(std::fs::read_dir(parent.path())?.count(), 1, "nothing is left beside the site");
        Ok(())
    }

    #[test]
    fn a_failed_write_leaves_the_old_site() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        let folder = parent.path().join("site");
        write(&site(&[("index.html", "old")]), &folder)?;
        // A file stands where the second one needs a folder.
        let error = write(&site(&[("a", "file"), ("a/b", "needs a folder")]), &folder).err().ok_or("the write passed")?;
        assert!(error.to_string().contains("the last good site is untouched"), "{error}");
        assert_eq!(std::fs::read_to_string(folder.join("index.html"))?, "old");
        Ok(())
    }
}
