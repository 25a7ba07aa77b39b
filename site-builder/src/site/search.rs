//! The search index: Pagefind as a library, over the pages as they were rendered.

use super::Site;
use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use std::collections::BTreeMap;

/// The files of the library that the site's own search loads; its ready-made interfaces stay out.
fn is_needed(path: &str) -> bool {
    !["ui", "highlight", "playground"].iter().any(|part| path.contains(part))
}

/// The files of the index, under `pagefind/`; an error says what the library said.
pub fn index(site: &Site) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    runtime.block_on(index_pages(site)).map_err(|error| format!("the search index could not be made: {error:#}"))
}

async fn index_pages(site: &Site) -> Result<BTreeMap<String, Vec<u8>>, Box<dyn std::error::Error + Send + Sync>> {
    let config = PagefindServiceConfig::builder().force_language("en".to_owned()).build();
    let mut index = PagefindIndex::new(Some(config))?;
    for (path, html) in &site.files {
        let Some(folder) = path.strip_suffix("index.html") else { continue };
        let html = String::from_utf8_lossy(html).into_owned();
        index.add_html_file(None, Some(format!("/{folder}")), html).await?;
    }
    let files = index.get_files().await?;
    let named = files.into_iter().map(|file| (file.filename.to_string_lossy().replace('\\', "/"), file.contents));
    Ok(named.filter(|(path, _)| is_needed(path)).map(|(path, bytes)| (format!("pagefind/{path}"), bytes)).collect())
}
