//! From checked content to the files of the site.
//!
//! The way of the data:
//!
//! 1. [`pages`]: entries become pages, one file a kind: address, template, values; [`facts`] and [`structured`] say more of each.
//! 2. [`templates`]: each page is rendered, with [`markdown`], [`highlight`] and [`drawing`] at hand.
//! 3. [`terms`]: the first use of a term of the glossary becomes a link, on each page.
//! 4. [`links`]: every internal link and anchor is checked against what was rendered.
//! 5. [`machines`]: the same for programs: Markdown, JSON, feeds, lists.
//! 6. [`search`] and [`social`]: the search index and the images for sharing, where they are wanted.
//! 7. [`assets`]: styles, scripts and the checker join the pages; the result is a [`Site`], still in memory.

mod assets;
mod drawing;
mod facts;
mod highlight;
mod links;
mod machines;
mod markdown;
mod neighbours;
mod pages;
pub mod relative;
mod search;
mod social;
mod structured;
mod templates;
mod terms;

pub use assets::Checker;

use crate::carried::Templates;
use crate::hosting;
use machines::{api, feeds, from_html, llms, offline};
use reader::Content;
use reader::diagnostic::{Diagnostic, Problem};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// All files of a site, by path.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Path without a leading slash, such as `502/index.html`, and bytes.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// What takes time and can be left out while somebody writes.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// Whether the search index is made.
    pub search: bool,
    /// Where images for sharing are kept from one build to the next; without it none are drawn.
    pub images: Option<PathBuf>,
}

/// A page that was rendered.
pub(crate) struct Rendered {
    /// Its address, such as `/502/`.
    pub address: String,
    /// Its title, as plain text.
    pub title: String,
    /// What it gives, in a sentence.
    pub description: String,
    /// The content file that it was made of, if it was one.
    pub source: Option<String>,
    /// What else is known of it.
    pub facts: facts::PageFacts,
    /// The address of its image for sharing.
    pub social: String,
    /// The page.
    pub html: String,
}

impl Rendered {
    /// Whether search engines and lists should know it.
    pub fn is_listed(&self) -> bool {
        self.address.ends_with('/') && self.address != "/search/"
    }
}

/// Renders everything. All mistakes are found, not only the first.
pub fn render(
    content: &Content,
    templates: &Templates,
    base_url: Option<&str>,
    checker: Option<&Checker>,
    extras: &Extras,
) -> Result<Site, Vec<Diagnostic>> {
    let drawings = drawing::path::all(content.knowledge());
    let assets = assets::read(templates, checker, drawings).map_err(|mistake| vec![mistake])?;
    let renderer = templates::Renderer::new(templates, content, base_url, &assets).map_err(|mistake| vec![mistake])?;
    let rendered = render_pages(content, &renderer)?;
    let mut site = Site::default();
    for page in &rendered {
        site.files.insert(file_of(&page.address), page.html.clone().into_bytes());
    }
    site.files.extend(redirects(content));
    site.files.extend(assets.into_files());
    let failed = |problem: String| vec![Diagnostic::new("", reader::at::Place::default(), Problem::PageTemplate(problem))];
    if extras.search {
        let index = search::index(&site).map_err(failed)?;
        site.files.extend(index);
    }
    if let Some(cache) = &extras.images {
        let neutral = drawing::path::draw(content.knowledge(), None);
        site.files.extend(social::images(renderer.site_name(), &rendered, &neutral, cache).map_err(failed)?);
    }
    add_for_machines(&mut site, content, &renderer, &rendered);
    Ok(site)
}

fn render_pages(content: &Content, renderer: &templates::Renderer) -> Result<Vec<Rendered>, Vec<Diagnostic>> {
    let terms = terms::Terms::new(content);
    let (mut rendered, mut mistakes) = (Vec::new(), Vec::new());
    let pages = pages::all(content);
    let beside = neighbours::of(&pages);
    for page in pages {
        let neighbours = beside.get(&page.address);
        match renderer.render(content, page, neighbours) {
            Ok(page) => rendered.push(Rendered { html: terms.link(&page.address, page.html), ..page }),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    // One wrong template fails on every page that uses it.
    mistakes.dedup_by(|a, b| a.problem == b.problem);
    if mistakes.is_empty() {
        mistakes = links::check(&rendered);
    }
    if mistakes.is_empty() { Ok(rendered) } else { Err(mistakes) }
}

/// The pages that lead from old addresses to new ones on hosts that know no redirects.
fn redirects(content: &Content) -> BTreeMap<String, Vec<u8>> {
    let moved = content.entries().site.iter().flat_map(|site| &site.redirects);
    let page = |to: &str| {
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Moved</title>\n<meta http-equiv=\"refresh\" content=\"0; url={to}\">\n\
             <link rel=\"canonical\" href=\"{to}\">\n</head>\n<body>\n<p>Moved to <a href=\"{to}\">{to}</a>.</p>\n</body>\n</html>\n"
        )
    };
    moved.map(|(from, to)| (file_of(from), page(to).into_bytes())).collect()
}

/// Adds what programs read; the list for "Take it offline" last, since it names the rest.
fn add_for_machines(site: &mut Site, content: &Content, renderer: &templates::Renderer, pages: &[Rendered]) {
    let (name, base_url) = (renderer.site_name(), renderer.base_url());
    let markdown: BTreeMap<String, String> = pages.iter().map(|page| (page.address.clone(), from_html::markdown(&page.html))).collect();
    let with_index = |address: &str| address.ends_with('/').then(|| format!("{}index.md", address.trim_start_matches('/')));
    site.files.extend(markdown.iter().filter_map(|(address, text)| Some((with_index(address)?, text.clone().into_bytes()))));
    let description = content.entries().site.as_ref().map_or("", |site| site.description.as_str());
    let texts = [
        ("sitemap.xml", feeds::sitemap(base_url, pages)),
        ("robots.txt", feeds::robots(base_url)),
        ("feed.xml", feeds::atom(name, base_url, pages)),
        ("opensearch.xml", feeds::open_search(name, base_url, renderer.icon())),
        ("llms.txt", llms::list(name, description, base_url, pages)),
        ("llms-full.txt", llms::full(base_url, pages, &markdown)),
    ];
    site.files.extend(texts.map(|(path, text)| (path.to_owned(), text.into_bytes())));
    site.files.extend(api::files(content, base_url));
    let moved = content.entries().site.as_ref().map(|site| site.redirects.clone()).unwrap_or_default();
    site.files.extend(hosting::files(&moved));
    if let Some(embed) = renderer.embed() {
        site.files.insert("embed.js".to_owned(), format!("import \".{embed}\";\n").into_bytes());
    }
    let list = offline::list(&site.files);
    site.files.insert("offline.json".to_owned(), list.into_bytes());
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
