//! Writing a site such that readers see the old one or the new one, never a mix.
//!
//! 1. [`lock`]: one build at a time writes to a folder.
//! 2. Files go into a hidden sibling folder as they are made; every path stays inside of it, and no two differ only in letter case.
//! 3. When all are there, the folders change places in one step.
//! 4. [`packed`]: files once more as Brotli and gzip, and the site as an archive.
//!
//! Whatever fails or is killed before the last step leaves the old site as it was.

mod lock;
pub mod packed;

use crate::site::destination::{Destination, Record};
use std::fmt;
use std::path::{Path, PathBuf};

/// Why a site could not be written.
#[derive(Debug)]
pub enum OutputError {
    /// The system refused something.
    System {
        /// What was being done, with the path.
        doing: String,
        /// What the system said.
        error: std::io::Error,
    },
    /// Another build writes to the folder.
    Locked(PathBuf),
    /// The folder holds something else than a site.
    NoSite(PathBuf),
    /// A file would be written outside the folder.
    Outside(String),
    /// Two files whose names are the same where letter case does not count.
    SameName(String, String),
}

impl fmt::Display for OutputError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System { doing, error } => write!(out, "{doing}: {error}; the last good site is untouched"),
            Self::Locked(folder) => {
                write!(out, "another build is writing to {}; wait until it has ended, or choose another folder with `--out`", folder.display())
            }
            Self::NoSite(folder) => write!(
                out,
                "{} holds something else than a site of fivexx, which a build would replace; choose another folder with `--out`, or empty this one",
                folder.display()
            ),
            Self::Outside(path) => {
                write!(
                    out,
                    "`{path}` would be written outside the output folder; correct the address, which may stand under `redirects` in site.yaml"
                )
            }
            Self::SameName(one, other) => {
                write!(out, "`{one}` and `{other}` are one file where letter case does not count (macOS, Windows); rename one of the two")
            }
        }
    }
}

impl std::error::Error for OutputError {}

/// Names what is being done, for the error message.
fn doing<T>(what: &str, path: &Path, result: std::io::Result<T>) -> Result<T, OutputError> {
    result.map_err(|error| OutputError::System { doing: format!("can't {what} {}", path.display()), error })
}

/// A site that is being written, beside the folder whose place it takes. Dropped before that, it leaves nothing.
#[derive(Debug)]
pub struct Staging {
    folder: PathBuf,
    fresh: PathBuf,
    old: PathBuf,
    record: Record,
    _lock: lock::Lock,
}

impl Staging {
    /// Makes an empty place for the files of a site that will stand in `folder`.
    pub fn begin(folder: &Path) -> Result<Self, OutputError> {
        let folder = resolved(folder)?;
        let lock = lock::take(&folder)?;
        let (fresh, old) = (lock::sibling(&folder, "new"), lock::sibling(&folder, "old"));
        recover(&folder, &old)?;
        refuse_other_things(&folder)?;
        remove(&fresh)?;
        doing("create", &fresh, std::fs::create_dir(&fresh))?;
        Ok(Self { folder, fresh, old, record: Record::default(), _lock: lock })
    }

    /// Puts the site in its place; the paths of its files.
    pub fn commit(self) -> Result<Vec<String>, OutputError> {
        self.record.check()?;
        remove(&self.old)?;
        if self.folder.exists() {
            swap(&self.fresh, &self.folder, &self.old)?;
            remove(&self.old)?;
        } else {
            doing("put the new site at", &self.folder, std::fs::rename(&self.fresh, &self.folder))?;
        }
        Ok(self.record.files().into_iter().map(|(path, _)| path).collect())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After a failure the disk may be full; what can't be removed the next build removes.
        let _ = remove(&self.fresh);
    }
}

impl Destination for Staging {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        self.record.add(path, bytes)?;
        write_file(&self.fresh.join(path), bytes)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, OutputError> {
        let path = self.fresh.join(path);
        doing("read", &path, std::fs::read(&path))
    }

    fn record(&self) -> &Record {
        &self.record
    }
}

/// The folder that a link leads to, so that the link stays; parents are made.
fn resolved(folder: &Path) -> Result<PathBuf, OutputError> {
    if folder.exists() {
        return doing("find", folder, folder.canonicalize());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    doing("create", parent, std::fs::create_dir_all(parent))?;
    Ok(doing("find", parent, parent.canonicalize())?.join(folder.file_name().unwrap_or_default()))
}

/// A build that was killed between the two steps of a swap left the old site under its other name.
fn recover(folder: &Path, old: &Path) -> Result<(), OutputError> {
    if !folder.exists() && old.exists() {
        doing("put back", folder, std::fs::rename(old, folder))?;
    }
    Ok(())
}

/// A mistyped `--out` must not cost anybody's files: only an empty folder or a site is replaced.
fn refuse_other_things(folder: &Path) -> Result<(), OutputError> {
    if !folder.exists() {
        return Ok(());
    }
    let is_empty = doing("read", folder, std::fs::read_dir(folder))?.next().is_none();
    match is_empty || folder.join(MARK).is_file() {
        true => Ok(()),
        false => Err(OutputError::NoSite(folder.to_owned())),
    }
}

/// A file that every site has and hardly anything else.
const MARK: &str = "offline.json";

/// Makes `fresh` the folder and leaves what was there under `old`.
fn swap(fresh: &Path, folder: &Path, old: &Path) -> Result<(), OutputError> {
    if exchange(fresh, folder) {
        return doing("move away", fresh, std::fs::rename(fresh, old));
    }
    doing("move away", folder, std::fs::rename(folder, old))?;
    let swapped = doing("put the new site at", folder, std::fs::rename(fresh, folder));
    if swapped.is_err() {
        doing("put back", folder, std::fs::rename(old, folder))?;
    }
    swapped
}

/// Lets two folders change places in one step; false where the system or the file system can't.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// Folders are made when a file needs them.
fn write_file(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    match std::fs::write(path, bytes) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if let Some(parent) = path.parent() {
                doing("create", parent, std::fs::create_dir_all(parent))?;
            }
            doing("write", path, std::fs::write(path, bytes))
        }
        written => doing("write", path, written),
    }
}

fn remove(folder: &Path) -> Result<(), OutputError> {
    if !folder.exists() {
        return Ok(());
    }
    doing("remove", folder, std::fs::remove_dir_all(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(files: &[(&str, &str)], folder: &Path) -> Result<Vec<String>, OutputError> {
        let staging = Staging::begin(folder)?;
        files.iter().chain(&[(MARK, "")]).try_for_each(|(path, text)| staging.put(path, text.as_bytes()))?;
        staging.commit()
    }

    #[test]
    fn a_new_site_replaces_the_old_one_whole() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        let folder = parent.path().join("site");
        write(&[("a/index.html", "old"), ("gone.html", "old")], &folder)?;
        write(&[("a/index.html", "new")], &folder)?;
        assert_eq!(std::fs::read_to_string(folder.join("a/index.html"))?, "new");
        assert!(!folder.join("gone.html").exists());
        let mut beside: Vec<_> = std::fs::read_dir(parent.path())?.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<_>>()?;
        beside.sort();
        assert_eq!(beside, [".site.fivexx-lock", "site"], "nothing but the lock is left beside the site");
        Ok(())
    }

    #[test]
    fn a_failed_write_leaves_the_old_site() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        let folder = parent.path().join("site");
        write(&[("index.html", "old")], &folder)?;
        // A file stands where the second one needs a folder.
        let error = write(&[("a", "file"), ("a/b", "needs a folder")], &folder).err().ok_or("the write passed")?;
        assert!(error.to_string().contains("the last good site is untouched"), "{error}");
        assert_eq!(std::fs::read_to_string(folder.join("index.html"))?, "old");
        Ok(())
    }

    #[test]
    fn somebody_elses_folder_is_refused() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        std::fs::write(parent.path().join("thesis.txt"), "ten years of work")?;
        let error = write(&[("index.html", "new")], parent.path()).err().ok_or("the write passed")?;
        assert!(error.to_string().contains("holds something else than a site"), "{error}");
        assert_eq!(std::fs::read_to_string(parent.path().join("thesis.txt"))?, "ten years of work");
        Ok(())
    }

    #[test]
    fn a_second_build_is_told_to_wait() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        let folder = parent.path().join("site");
        let _lock = lock::take(&folder)?;
        let error = write(&[("index.html", "new")], &folder).err().ok_or("the write passed")?;
        assert!(error.to_string().contains("another build is writing to"), "{error}");
        Ok(())
    }

    #[test]
    fn a_site_that_a_killed_build_moved_away_comes_back() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        let folder = parent.path().join("site");
        write(&[("index.html", "old")], &folder)?;
        std::fs::rename(&folder, lock::sibling(&folder, "old"))?;
        // A file stands where the second one needs a folder, so this build fails after it has looked around.
        assert!(write(&[("a", "file"), ("a/b", "needs a folder")], &folder).is_err());
        assert_eq!(std::fs::read_to_string(folder.join("index.html"))?, "old");
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_output_folder_stays_a_link() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        let (real, link) = (parent.path().join("real"), parent.path().join("link"));
        std::fs::create_dir(&real)?;
        std::os::unix::fs::symlink(&real, &link)?;
        write(&[("index.html", "new")], &link)?;
        assert!(link.is_symlink());
        assert_eq!(std::fs::read_to_string(real.join("index.html"))?, "new");
        Ok(())
    }
}
