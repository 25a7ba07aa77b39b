//! Writing a site such that readers see the old one or the new one, never a mix.
//!
//! Files go into a sibling folder first; when all are there, the folders change places. Whatever fails before that
//! leaves the old site as it was.

use crate::site::Site;
use std::fmt;
use std::io::Write;
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
    fn what_browsers_ask_for_is_compressed_too() -> std::io::Result<()> {
        let text = "the same again ".repeat(100);
        let mut site = site(&[("a/index.html", &text), ("small.html", "x"), ("image.png", &text)]);
        precompress(&mut site)?;
        let names: Vec<_> = site.files.keys().map(String::as_str).collect();
        assert_eq!(names, ["a/index.html", "a/index.html.br", "a/index.html.gz", "image.png", "small.html"]);
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
