//! Links between pages: every target exists.
//!
//! A page is read once, when it is rendered, and only what must wait for the other pages is kept of it.

use super::About;
use memchr::memmem::Finder;
use reader::Content;
use reader::at::Place;
use reader::diagnostic::{Diagnostic, Problem, nearest};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What a page offers to links, and the links that can't be judged from the page alone.
#[derive(Debug, Default)]
pub(super) struct Ends {
    /// The ids on the page, one a line.
    ids: String,
    /// Links that lead to no known page, or to a heading of another page.
    open: Vec<String>,
}

/// Reads the ends of links on pages.
pub(super) struct Reader {
    ids: Finder<'static>,
    links: Finder<'static>,
}

impl Reader {
    pub fn new() -> Self {
        Self { ids: Finder::new(" id=\""), links: Finder::new(" href=\"") }
    }

    /// The ends on one page; `is_page` knows all addresses.
    pub fn ends(&self, address: &str, html: &str, is_page: impl Fn(&str) -> bool) -> Ends {
        let mut ends = Ends::default();
        for id in attributes(html, &self.ids) {
            ends.ids.push_str(id);
            ends.ids.push('\n');
        }
        for link in attributes(html, &self.links).filter(|link| is_page_link(link)) {
            let (to, anchor) = link.split_once('#').unwrap_or((link, ""));
            let is_here = to.is_empty() || to == address;
            let is_fine = match anchor {
                "" => to.is_empty() || is_page(to),
                anchor => is_here && ends.ids.lines().any(|id| id == anchor),
            };
            if !is_fine && !ends.open.iter().any(|open| open == link) {
                ends.open.push(link.to_owned());
            }
        }
        ends
    }
}

/// So many headings are read at a glance.
const MOST_HEADINGS_NAMED: usize = 12;

/// Checks what was left open, now that all pages are rendered.
pub(super) fn check(pages: &[(&About, &Ends)]) -> Vec<Diagnostic> {
    let by_address: HashMap<&str, &Ends> = pages.iter().map(|(page, ends)| (page.address.as_str(), *ends)).collect();
    let mut known = HashMap::<&str, HashSet<&str>>::new();
    let mut mistakes = Vec::new();
    let mut told = BTreeSet::new();
    for (page, ends) in pages {
        for link in &ends.open {
            let (address, anchor) = link.split_once('#').unwrap_or((link, ""));
            let address = if address.is_empty() { page.address.as_str() } else { address };
            let problem = match by_address.get_key_value(address) {
                None => Some(Problem::BrokenLink { to: link.clone(), nearest: nearest(address, by_address.keys().copied()) }),
                Some((address, target)) => {
                    let ids = known.entry(address).or_insert_with(|| target.ids.lines().collect());
                    let is_fine = anchor.is_empty() || ids.contains(anchor);
                    (!is_fine).then(|| Problem::BrokenAnchor {
                        to: link.clone(),
                        nearest: nearest(anchor, ids.iter().copied()),
                        known: target.ids.lines().filter(|id| !id.is_empty()).take(MOST_HEADINGS_NAMED).map(str::to_owned).collect(),
                    })
                }
            };
            let file = page.source.clone().unwrap_or_else(|| page.address.clone());
            if let Some(problem) = problem.filter(|_| told.insert((file.clone(), link.as_str()))) {
                mistakes.push(Diagnostic::new(file, Place::default(), problem));
            }
        }
    }
    mistakes
}

/// Checks the addresses that stand in fields: `on` of answers and guides, `see` of terms, where redirects lead.
pub(super) fn check_fields(content: &Content, pages: &HashMap<String, usize>) -> Vec<Diagnostic> {
    let entries = content.entries();
    let of_faq = entries.faq.iter().flat_map(|faq| faq.form.on.iter().map(|on| (faq.file.as_str(), on.as_str(), on.place)));
    let of_guides = entries.guides.iter().flat_map(|guide| guide.form.on.iter().map(|on| (guide.file.as_str(), on.as_str(), on.place)));
    let of_terms = entries.glossary.iter().map(|term| (entries.glossary_file.as_str(), term.see.as_str(), term.see.place));
    let redirects = entries.site.iter().flat_map(|site| site.redirects.values());
    let of_redirects = redirects.map(|to| (entries.site_file.as_str(), to.as_str(), Place::default()));
    let all = of_faq.chain(of_guides).chain(of_terms).chain(of_redirects);
    let broken = all.filter(|(_, to, _)| !to.split('#').next().is_some_and(|page| pages.contains_key(page)));
    let problem = |to: &str| Problem::BrokenLink { to: to.to_owned(), nearest: nearest(to, pages.keys().map(String::as_str)) };
    let old = entries.site.iter().flat_map(|site| site.redirects.keys()).filter(|from| !is_own_address(from));
    let impossible = old.map(|from| Diagnostic::new(&entries.site_file, Place::default(), Problem::BadRedirect(from.clone())));
    broken.map(|(file, to, place)| Diagnostic::new(file, place, problem(to))).chain(impossible).collect()
}

/// Whether a page of the site could have an address: from the root, and without a way out.
fn is_own_address(address: &str) -> bool {
    address.starts_with('/') && !address.contains('\\') && !address.split('/').any(|part| part == "..")
}

/// The values of an attribute in HTML that we rendered ourselves.
fn attributes<'h>(html: &'h str, opening: &'h Finder<'_>) -> impl Iterator<Item = &'h str> {
    let found = opening.find_iter(html.as_bytes());
    found.filter_map(|at| html.get(at + opening.needle().len()..)?.split('"').next())
}

/// Whether a link leads to a page of this site, not to a file beside the pages or elsewhere.
fn is_page_link(link: &str) -> bool {
    let path = link.split(['#', '?']).next().unwrap_or_default();
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.') && !name.ends_with(".html"));
    link.starts_with('#') || (link.starts_with('/') && !link.starts_with("//") && !is_file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pages: &[(&str, &str)]) -> Vec<String> {
        let reader = Reader::new();
        let is_page = |address: &str| pages.iter().any(|(known, _)| *known == address);
        let ends: Vec<_> = pages
            .iter()
            .map(|(address, html)| {
                let about = About { address: (*address).to_owned(), ..About::default() };
                (about, reader.ends(address, html, is_page))
            })
            .collect();
        check(&ends.iter().map(|(about, ends)| (about, ends)).collect::<Vec<_>>()).iter().map(|mistake| mistake.problem.message()).collect()
    }

    #[test]
    fn targets_that_exist_are_fine_wherever_they_stand() {
        let one = r##"<a href="/b/#x">x</a><a href="#below">y</a><a href="/b/">z</a><a href="/api/x.json">w</a><p id="below">"##;
        assert_eq!(said(&[("/a/", one), ("/b/", "<h2 id=\"x\">")]), [""; 0]);
    }

    #[test]
    fn targets_that_are_missing_are_told_once() {
        let one = r##"<a href="/b/#y">x</a><a href="/b/#y">x</a><a href="/c/">y</a><a href="#z">z</a>"##;
        let expected = ["there is no heading `/b/#y`", "there is no page `/c/`", "there is no heading `#z`"];
        assert_eq!(said(&[("/a/", one), ("/b/", "<h2 id=\"x\">")]), expected);
    }
}
