//! The search index: Pagefind as a library, over the pages as they were rendered.

use super::Failure;
use super::assets::fingerprint;
use super::destination::Destination;
use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;

/// The files of the library that the site's own search loads; its ready-made interfaces stay out.
fn is_needed(path: &str) -> bool {
    !["ui", "highlight", "playground"].iter().any(|part| path.contains(part))
}

/// Writes the index, under `pagefind/`; that of the same pages is taken from `cache`.
pub fn write(site: &impl Destination, cache: &Path) -> Result<(), Failure> {
    let pages: Vec<_> = site.record().files().into_iter().filter(|(path, _)| path.ends_with("index.html")).collect();
    let all: Vec<u8> = pages.iter().flat_map(|(path, print)| [path.as_bytes(), &print.to_le_bytes()].concat()).collect();
    let kept = cache.join(format!("{:016x}", fingerprint(&all)));
    let files = match kept_files(&kept) {
        Some(files) => files,
        None => {
            let failed = |said: &dyn Display| Failure::Extra(format!("the search index could not be made: {said:#}"));
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| failed(&error))?;
            let files = runtime.block_on(index(site, &pages)).map_err(|error| failed(&error))?;
            keep(cache, &kept, &files);
            files
        }
    };
    for (path, bytes) in files {
        site.put(&format!("pagefind/{path}"), &bytes)?;
    }
    Ok(())
}

type Files = BTreeMap<String, Vec<u8>>;

async fn index(site: &impl Destination, pages: &[(String, u64)]) -> Result<Files, Box<dyn std::error::Error + Send + Sync>> {
    let config = PagefindServiceConfig::builder().force_language("en".to_owned()).build();
    let mut index = PagefindIndex::new(Some(config))?;
    for (path, _) in pages {
        let html = String::from_utf8(site.read(path).map_err(|error| error.to_string())?)?;
        index.add_html_file(None, Some(format!("/{}", path.trim_end_matches("index.html"))), html).await?;
    }
    let files = index.get_files().await?;
    let named = files.into_iter().map(|file| (file.filename.to_string_lossy().replace('\\', "/"), file.contents));
    Ok(named.filter(|(path, _)| is_needed(path)).collect())
}

/// The files of an index that was kept; none where there is none, or not all of it.
fn kept_files(kept: &Path) -> Option<Files> {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(kept).min_depth(1) {
        let entry = entry.ok()?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(kept).ok()?.to_string_lossy().replace('\\', "/");
            files.insert(path, std::fs::read(entry.path()).ok()?);
        }
    }
    Some(files).filter(|files| !files.is_empty())
}

/// Keeps this index alone, whole or not at all; without it the next build makes one again.
fn keep(cache: &Path, kept: &Path, files: &Files) {
    let part = cache.with_extension(format!("part-{}", std::process::id()));
    let write = |(path, bytes): (&String, &Vec<u8>)| {
        let file = part.join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(&part))?;
        std::fs::write(file, bytes)
    };
    let written = files.iter().try_for_each(write);
    let _ = std::fs::remove_dir_all(cache);
    let _ = written.and_then(|()| std::fs::create_dir_all(cache)).and_then(|()| std::fs::rename(&part, kept));
    let _ = std::fs::remove_dir_all(&part);
}
