//! Writing a site such that readers see the old one or the new one, never a mix.
//!
//! 1. [`paths`]: every path stays inside the output folder, and no two differ only in letter case.
//! 2. [`lock`]: one build at a time writes to a folder.
//! 3. Files go into a hidden sibling folder; when all are there, the folders change places in one step.
//!
//! Whatever fails or is killed before the last step leaves the old site as it was.

mod lock;
mod paths;

use crate::site::Site;
use std::fmt;
use std::io::Write;
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

/// Writes `site` to `folder`, replacing what is there.
pub fn write(site: &Site, folder: &Path) -> Result<(), OutputError> {
    paths::check(site)?;
    let folder = &resolved(folder)?;
    let _lock = lock::take(folder)?;
    let (fresh, old) = (lock::sibling(folder, "new"), lock::sibling(folder, "old"));
    recover(folder, &old)?;
    refuse_other_things(folder)?;
    remove(&fresh)?;
    doing("create", &fresh, std::fs::create_dir(&fresh))?;
    for (path, bytes) in &site.files {
        write_file(&fresh.join(path), bytes)?;
    }
    remove(&old)?;
    if folder.exists() {
        swap(&fresh, folder, &old)?;
        return remove(&old);
    }
    doing("put the new site at", folder, std::fs::rename(&fresh, folder))
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

/// Files that are compressed well enough already, or that no browser asks for.
fn is_worth_compressing(path: &str, bytes: &[u8]) -> bool {
    const LEAST_BYTES: usize = 512;
    let ending = path.rsplit('.').next().unwrap_or_default();
    bytes.len() >= LEAST_BYTES && matches!(ending, "html" | "css" | "js" | "wasm" | "bin" | "json" | "md" | "svg" | "txt" | "xml")
}

/// Adds each file once more as Brotli and gzip, for servers that send what lies there.
pub fn precompress(site: &mut Site) -> std::io::Result<()> {
    let wanted: Vec<_> = site.files.iter().filter(|(path, bytes)| is_worth_compressing(path, bytes)).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = wanted.len().div_ceil(threads).max(1);
    let compressed = std::thread::scope(|scope| {
        let workers: Vec<_> = wanted
            .chunks(share)
            .map(|files| scope.spawn(move || files.iter().map(|(path, bytes)| compress(path, bytes)).collect::<std::io::Result<Vec<_>>>()))
            .collect();
        let finished = workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err(std::io::Error::other("a thread ended early"))));
        finished.collect::<std::io::Result<Vec<_>>>()
    })?;
    site.files.extend(compressed.into_iter().flatten().flatten());
    Ok(())
}

fn compress(path: &str, bytes: &[u8]) -> std::io::Result<[(String, Vec<u8>); 2]> {
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut brotli, &brotli::enc::BrotliEncoderParams { size_hint: bytes.len(), ..Default::default() })?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    Ok([(format!("{path}.br"), brotli), (format!("{path}.gz"), gzip.finish()?)])
}

/// Writes the site as a zip archive, the same bytes for the same site.
pub fn write_zip(site: &Site, file: &Path) -> Result<(), OutputError> {
    let archive = || -> std::io::Result<Vec<u8>> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        for (path, bytes) in &site.files {
            writer.start_file(format!("fivexx/{path}"), options)?;
            writer.write_all(bytes)?;
        }
        Ok(writer.finish()?.into_inner())
    };
    let bytes = doing("pack", file, archive())?;
    write_file(file, &bytes)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        Site { files: files.iter().chain(&[(MARK, "")]).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect() }
    }

    #[test]
    fn a_new_site_replaces_the_old_one_whole() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        let folder = parent.path().join("site");
        write(&site(&[("a/index.html", "old"), ("gone.html", "old")]), &folder)?;
        write(&site(&[("a/index.html", "new")]), &folder)?;
        assert_eq!(std::fs::read_to_string(folder.join("a/index.html"))?, "new");
        assert!(!folder.join("gone.html").exists());
        let mut beside: Vec<_> = std::fs::read_dir(parent.path())?.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<_>>()?;
        beside.sort();
        assert_eq!(beside, [".site.fivexx-lock", "site"], "nothing but the lock is left beside the site");
        Ok(())
    }

    #[test]
    fn what_browsers_ask_for_is_compressed_too() -> std::io::Result<()> {
        let text = "the same again ".repeat(100);
        let mut site = site(&[("a/index.html", &text), ("small.html", "x"), ("image.png", &text)]);
        precompress(&mut site)?;
        let names: Vec<_> = site.files.keys().map(String::as_str).collect();
        assert_eq!(names, ["a/index.html", "a/index.html.br", "a/index.html.gz", "image.png", MARK, "small.html"]);
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

    #[test]
    fn somebody_elses_folder_is_refused() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        std::fs::write(parent.path().join("thesis.txt"), "ten years of work")?;
        let error = write(&site(&[("index.html", "new")]), parent.path()).err().ok_or("the write passed")?;
        assert!(error.to_string().contains("holds something else than a site"), "{error}");
        assert_eq!(std::fs::read_to_string(parent.path().join("thesis.txt"))?, "ten years of work");
        Ok(())
    }

    #[test]
    fn a_second_build_is_told_to_wait() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        let folder = parent.path().join("site");
        let _lock = lock::take(&folder)?;
        let error = write(&site(&[("index.html", "new")]), &folder).err().ok_or("the write passed")?;
        assert!(error.to_string().contains("another build is writing to"), "{error}");
        Ok(())
    }

    #[test]
    fn a_site_that_a_killed_build_moved_away_comes_back() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        let folder = parent.path().join("site");
        write(&site(&[("index.html", "old")]), &folder)?;
        std::fs::rename(&folder, lock::sibling(&folder, "old"))?;
        // A file stands where the second one needs a folder, so this build fails after it has looked around.
        assert!(write(&site(&[("a", "file"), ("a/b", "needs a folder")]), &folder).is_err());
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
        write(&site(&[("index.html", "new")]), &link)?;
        assert!(link.is_symlink());
        assert_eq!(std::fs::read_to_string(real.join("index.html"))?, "new");
        Ok(())
    }
}
