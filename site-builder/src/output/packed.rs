//! The files of a site once more: compressed one by one, and all in an archive.

use super::{OutputError, doing};
use crate::site::destination::Destination;
use crate::site::relative;
use reader::parallel;
use reader::timings::Timings;
use std::io::Write;
use std::path::Path;

/// Files that are compressed well enough already, or that no browser asks for.
fn is_worth_compressing(path: &str, bytes: &[u8]) -> bool {
    const LEAST_BYTES: usize = 512;
    let ending = path.rsplit('.').next().unwrap_or_default();
    bytes.len() >= LEAST_BYTES && matches!(ending, "html" | "css" | "js" | "wasm" | "bin" | "json" | "md" | "svg" | "txt" | "xml")
}

/// Adds each file once more as Brotli and gzip, for servers that send what lies there; those compressed before are taken from `cache`.
pub fn precompress(site: &impl Destination, cache: &Path, timings: &Timings) -> Result<(), OutputError> {
    let files = site.record().files();
    // Without a cache the next build compresses again.
    let _ = std::fs::create_dir_all(cache);
    timings.expect(files.len());
    let done = parallel::each(files.len(), |at| {
        timings.one_is_done();
        let (path, print) = &files[at];
        let bytes = site.read(path)?;
        if !is_worth_compressing(path, &bytes) {
            return Ok(());
        }
        for (ending, compress) in [("br", brotli as fn(&[u8]) -> std::io::Result<Vec<u8>>), ("gz", gzip)] {
            let kept = cache.join(format!("{print:016x}-{}.{ending}", bytes.len()));
            let compressed = match std::fs::read(&kept) {
                Ok(compressed) => compressed,
                Err(_) => {
                    let compressed = doing("compress", Path::new(path), compress(&bytes))?;
                    keep(&kept, &compressed);
                    compressed
                }
            };
            site.put(&format!("{path}.{ending}"), &compressed)?;
        }
        Ok(())
    });
    done.into_iter().collect()
}

/// Under another name first, so that a file that is cut short is never taken for whole.
fn keep(file: &Path, bytes: &[u8]) {
    let part = file.with_extension(format!("part-{}-{:?}", std::process::id(), std::thread::current().id()));
    let _ = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, file));
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Writes the site as a zip archive with relative links, the same bytes for the same site.
pub fn write_zip(site: &impl Destination, file: &Path) -> Result<(), OutputError> {
    if let Some(parent) = file.parent() {
        doing("create", parent, std::fs::create_dir_all(parent))?;
    }
    let part = file.with_extension("zip-part");
    let mut writer = zip::ZipWriter::new(doing("write", &part, std::fs::File::create(&part))?);
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let packed = |result: zip::result::ZipResult<()>| doing("pack", file, result.map_err(std::io::Error::from));
    for (path, _) in site.record().files() {
        let bytes = site.read(&path)?;
        let bytes = if path.ends_with(".html") { relative::page(&path, &String::from_utf8_lossy(&bytes)).into_bytes() } else { bytes };
        packed(writer.start_file(format!("fivexx/{path}"), options))?;
        doing("pack", file, writer.write_all(&bytes))?;
    }
    packed(writer.finish().map(drop))?;
    doing("write", file, std::fs::rename(&part, file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Staging;

    #[test]
    fn what_browsers_ask_for_is_compressed_and_compressed_once() -> Result<(), Box<dyn std::error::Error>> {
        let parent = tempfile::tempdir()?;
        let (text, cache) = ("the same again ".repeat(100), parent.path().join("cache"));
        for _ in 0..2 {
            let site = Staging::begin(&parent.path().join("site"))?;
            for (path, text) in [("a/index.html", text.as_str()), ("small.html", "x"), ("image.png", &text), ("offline.json", "")] {
                site.put(path, text.as_bytes())?;
            }
            precompress(&site, &cache, &Timings::default())?;
            let names: Vec<_> = site.record().files().into_iter().map(|(path, _)| path).collect();
            assert_eq!(names, ["a/index.html", "a/index.html.br", "a/index.html.gz", "image.png", "offline.json", "small.html"]);
            site.commit()?;
        }
        assert_eq!(std::fs::read_dir(&cache)?.count(), 2, "one file is kept for each form");
        Ok(())
    }
}
