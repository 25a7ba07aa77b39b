//! From checked content to the files of the site.
//!
//! The way of the data:
//!
//! 1. [`pages`]: entries become pages, one file a kind: address, template, values; [`facts`] and [`structured`] say more of each.
//! 2. [`assets`]: styles, scripts and the checker get their addresses. This is a [`Site`]: planned, and nothing rendered.
//! 3. [`templates`]: each page is rendered, with [`markdown`], [`highlight`] and [`drawing`] at hand, on all cores.
//! 4. [`terms`]: the first use of a term of the glossary becomes a link.
//! 5. The page goes to its [`destination`] at once; what is kept of it are the ends of its [`links`], which are checked when all are there.
//! 6. [`machines`]: the same for programs: Markdown, JSON, feeds, lists.
//! 7. [`search`] and [`social`]: the search index and the images for sharing, where they are wanted.

mod assets;
pub mod destination;
mod drawing;
mod facts;
mod highlight;
mod lean;
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
use crate::output::OutputError;
use destination::{Destination, Held};
use machines::{api, feeds, from_html, llms, offline};
use pages::Page;
use reader::diagnostic::{Diagnostic, Problem};
use reader::timings::Timings;
use reader::{Content, parallel};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

/// What takes time and can be left out.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// Whether each page is there as Markdown too, and all of them in one file.
    pub markdown: bool,
    /// Where the search index is kept from one build to the next; without it none is made.
    pub search: Option<PathBuf>,
    /// Where images for sharing are kept from one build to the next; without it none are drawn.
    pub images: Option<PathBuf>,
}

/// Why a site can't be written.
#[derive(Debug)]
pub enum Failure {
    /// Content or templates are wrong.
    Mistakes(Vec<Diagnostic>),
    /// The destination refused something.
    Output(OutputError),
    /// An extra can't be made.
    Extra(String),
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

/// What is known of a page when it has been rendered.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
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
}

impl About {
    /// Whether search engines and lists should know it.
    pub fn is_listed(&self) -> bool {
        self.address.ends_with('/') && self.address != "/search/"
    }
}

/// All pages of a site before they are rendered, and what rendering needs.
pub struct Site {
    pages: Vec<Page>,
    /// The position of each page, by its address.
    positions: HashMap<String, usize>,
    beside: HashMap<String, neighbours::Neighbours>,
    facts: facts::Facts,
    terms: terms::Terms,
    renderer: templates::Renderer,
    assets: BTreeMap<String, Vec<u8>>,
}

/// What stays of a page that went to its destination.
struct Sent {
    about: About,
    ends: links::Ends,
    drawing: Option<String>,
}

impl Site {
    /// Plans all pages; without a checker they do without.
    pub fn plan(
        content: &Content,
        templates: &Templates,
        base_url: Option<&str>,
        checker: Option<&Checker>,
        timings: &Timings,
    ) -> Result<Self, Vec<Diagnostic>> {
        let assets =
            timings.of("prepare assets", || assets::read(templates, content.entries().site.as_ref(), checker)).map_err(|mistake| vec![mistake])?;
        let renderer =
            timings.of("prepare templates", || templates::Renderer::new(templates, content, base_url, &assets)).map_err(|mistake| vec![mistake])?;
        let pages = timings.of("list pages", || pages::all(content));
        let positions: HashMap<_, _> = pages.iter().enumerate().map(|(at, page)| (page.address.clone(), at)).collect();
        let mistakes = timings.of("check addresses", || links::check_fields(content, &positions));
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let site = timings.of("gather facts", || Self {
            positions,
            beside: neighbours::of(&pages),
            facts: facts::Facts::new(content),
            terms: terms::Terms::new(content),
            assets: assets.into_files(),
            renderer,
            pages,
        });
        Ok(site)
    }

    /// Renders one page: what is known of it, and its HTML.
    fn page(&self, content: &Content, page: &Page) -> Result<(About, String), Diagnostic> {
        let (about, html) = self.renderer.render(content, page, self.facts.of(&page.address), self.beside.get(&page.address))?;
        let html = self.terms.link(&about.address, html);
        Ok((about, html))
    }

    /// One file by its path, such as `502/index.html`; none where the site has no such file.
    pub fn file(&self, content: &Content, path: &str) -> Result<Option<Vec<u8>>, Vec<Diagnostic>> {
        let page = |address: &str| {
            let page = self.positions.get(address).map(|at| &self.pages[*at]);
            page.map(|page| self.page(content, page).map_err(|mistake| vec![mistake])).transpose()
        };
        if let Some(folder) = path.strip_suffix("index.md") {
            return Ok(page(&format!("/{folder}"))?.map(|(_, html)| from_html::markdown(&html).into_bytes()));
        }
        if let Some((_, html)) = page(&format!("/{}", path.strip_suffix("index.html").unwrap_or(path)))? {
            return Ok(Some(html.into_bytes()));
        }
        if let Some(bytes) = self.assets.get(path) {
            return Ok(Some(bytes.clone()));
        }
        if let Some(bytes) = redirects(content).remove(path) {
            return Ok(Some(bytes));
        }
        if machines::is_for_programs(path) { self.file_for_programs(content, path) } else { Ok(None) }
    }

    /// The lists name all pages, so all have to be rendered.
    fn file_for_programs(&self, content: &Content, path: &str) -> Result<Option<Vec<u8>>, Vec<Diagnostic>> {
        let held = Held::default();
        match self.write(content, &Extras::default(), &held, &Timings::default()) {
            Ok(()) => Ok(held.into_files().remove(path)),
            Err(Failure::Mistakes(mistakes)) => Err(mistakes),
            Err(Failure::Output(_) | Failure::Extra(_)) => Ok(None),
        }
    }

    /// Renders everything and sends it to its destination. All mistakes are found, not only the first.
    pub fn write(&self, content: &Content, extras: &Extras, to: &impl Destination, timings: &Timings) -> Result<(), Failure> {
        let sent = timings.of("render and write pages", || self.write_pages(content, extras, to, timings))?;
        let mistakes = timings.of("check links", || links::check(&sent.iter().map(|sent| (&sent.about, &sent.ends)).collect::<Vec<_>>()));
        if !mistakes.is_empty() {
            return Err(Failure::Mistakes(mistakes));
        }
        for (path, bytes) in redirects(content).iter().chain(&self.assets) {
            to.put(path, bytes)?;
        }
        if let Some(cache) = &extras.search {
            timings.of("search index", || search::write(to, cache))?;
        }
        if let Some(cache) = &extras.images {
            let neutral = drawing::path::draw(content.knowledge(), None);
            let pages: Vec<_> = sent.iter().map(|sent| (&sent.about, sent.drawing.as_deref().unwrap_or(&neutral))).collect();
            timings.of("images for sharing", || social::write(self.renderer.site_name(), &pages, cache, to, timings))?;
        }
        let about: Vec<About> = sent.into_iter().map(|sent| sent.about).collect();
        timings.of("lists and data for programs", || self.write_for_machines(content, extras, &about, to))?;
        Ok(())
    }

    fn write_pages(&self, content: &Content, extras: &Extras, to: &impl Destination, timings: &Timings) -> Result<Vec<Sent>, Failure> {
        let reader = links::Reader::new();
        timings.expect(self.pages.len());
        let outcomes = parallel::each(self.pages.len(), |at| {
            timings.one_is_done();
            self.write_page(content, &self.pages[at], extras, &reader, to)
        });
        let (mut sent, mut mistakes) = (Vec::with_capacity(outcomes.len()), Vec::new());
        for outcome in outcomes {
            match outcome {
                Ok(page) => sent.push(page),
                Err(Failure::Mistakes(more)) => mistakes.extend(more),
                Err(failure) => return Err(failure),
            }
        }
        // One wrong template fails on every page that uses it.
        mistakes.dedup_by(|a, b| a.problem == b.problem);
        if mistakes.is_empty() { Ok(sent) } else { Err(Failure::Mistakes(mistakes)) }
    }

    fn write_page(&self, content: &Content, page: &Page, extras: &Extras, reader: &links::Reader, to: &impl Destination) -> Result<Sent, Failure> {
        if !to.is_wanted() {
            return Err(Failure::Output(OutputError::Outside(page.address.clone())));
        }
        let (about, html) = self.page(content, page).map_err(|mistake| Failure::Mistakes(vec![mistake]))?;
        to.put(&file_of(&about.address), html.as_bytes())?;
        if let Some(path) = markdown_file_of(&about.address).filter(|_| extras.markdown) {
            to.put(&path, from_html::markdown(&html).as_bytes())?;
        }
        let ends = reader.ends(&about.address, &html, |address| self.positions.contains_key(address));
        let drawing = extras.images.as_ref().and_then(|_| social::drawing(&html)).map(str::to_owned);
        Ok(Sent { about, ends, drawing })
    }

    /// Writes what programs read; the list for "Take it offline" last, since it names the rest.
    fn write_for_machines(&self, content: &Content, extras: &Extras, pages: &[About], to: &impl Destination) -> Result<(), OutputError> {
        let (name, base_url) = (self.renderer.site_name(), self.renderer.base_url());
        let description = content.entries().site.as_ref().map_or("", |site| site.description.as_str());
        let texts = [
            ("sitemap.xml", feeds::sitemap(base_url, pages)),
            ("robots.txt", feeds::robots(base_url)),
            ("feed.xml", feeds::atom(name, base_url, pages)),
            ("opensearch.xml", feeds::open_search(name, base_url, self.renderer.icon())),
            ("llms.txt", llms::list(name, description, base_url, pages)),
        ];
        for (path, text) in texts {
            to.put(path, text.as_bytes())?;
        }
        if extras.markdown {
            to.put("llms-full.txt", llms::full(base_url, pages, to)?.as_bytes())?;
        }
        let moved = content.entries().site.as_ref().map(|site| site.redirects.clone()).unwrap_or_default();
        for (path, bytes) in api::files(content, base_url).iter().chain(&hosting::files(&moved)) {
            to.put(path, bytes)?;
        }
        if let Some(embed) = self.renderer.embed() {
            to.put("embed.js", format!("import \".{embed}\";\n").as_bytes())?;
        }
        to.put("offline.json", offline::list(&to.record().files()).as_bytes())
    }
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

/// The file that a web server sends for an address.
fn file_of(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// Where a page is as Markdown; none for what is no folder.
fn markdown_file_of(address: &str) -> Option<String> {
    address.ends_with('/').then(|| format!("{}index.md", address.trim_start_matches('/')))
}

/// A mistake in a page template or style.
fn template_mistake(file: &str, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::new(format!("templates/{file}"), reader::at::Place::default(), Problem::PageTemplate(error.to_string()))
}
