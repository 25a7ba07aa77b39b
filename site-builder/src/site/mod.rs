//! From checked content to the files of the site.
//!
//! The way of the data:
//!
//! 1. [`pages`]: entries become pages, one file a kind: address, template, values.
//! 2. [`templates`]: each page is rendered, with [`markdown`] and [`drawing`] at hand.
//! 3. [`links`]: every internal link and anchor is checked against what was rendered.
//! 4. [`assets`]: styles, scripts and the checker join the pages; the result is a [`Site`], still in memory.

mod assets;
mod drawing;
mod links;
mod markdown;
mod pages;
mod templates;

pub use assets::Checker;

use reader::Content;
use reader::diagnostic::{Diagnostic, Problem};
use std::collections::BTreeMap;
use std::path::Path;

/// All files of a site, by path.
#[derive(Debug, Default)]
pub struct Site {
    /// Path without a leading slash, such as `502/index.html`, and bytes.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A page that was rendered.
pub(crate) struct Rendered {
    /// Its address, such as `/502/`.
    pub address: String,
    /// The content file that it was made of, if it was one.
    pub source: Option<String>,
    /// The page.
    pub html: String,
}

/// Renders everything. All mistakes are found, not only the first.
pub fn render(content: &Content, templates: &Path, base_url: Option<&str>, checker: Option<&Checker>) -> Result<Site, Vec<Diagnostic>> {
    let assets = assets::read(templates, checker).map_err(|mistake| vec![mistake])?;
    let renderer = templates::Renderer::new(templates, content, base_url, &assets).map_err(|mistake| vec![mistake])?;
    let (mut rendered, mut mistakes) = (Vec::new(), Vec::new());
    for page in pages::all(content) {
        match renderer.render(&page) {
            Ok(html) => rendered.push(Rendered { address: page.address, source: page.source, html }),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    // One wrong template fails on every page that uses it.
    mistakes.dedup_by(|a, b| a.problem == b.problem);
    if mistakes.is_empty() {
        mistakes = links::check(&rendered);
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut site = Site::default();
    for page in &rendered {
        site.files.insert(file_of(&page.address), page.html.clone().into_bytes());
    }
    site.files.insert("sitemap.xml".to_owned(), renderer.sitemap(&rendered).into_bytes());
    site.files.insert("robots.txt".to_owned(), renderer.robots().into_bytes());
    site.files.extend(assets.into_files());
    Ok(site)
}

/// The file that a web server sends for an address.
fn file_of(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// A mistake in a page template or style.
fn template_mistake(file: &str, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::new(format!("templates/{file}"), reader::at::Place::default(), Problem::PageTemplate(error.to_string()))
}
