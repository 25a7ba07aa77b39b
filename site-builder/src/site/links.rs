//! Links between pages: every target exists.

use super::Rendered;
use reader::at::Place;
use reader::diagnostic::{Diagnostic, Problem, nearest};
use std::collections::{BTreeMap, BTreeSet};

/// Checks every internal link of the rendered pages.
pub(super) fn check(pages: &[Rendered]) -> Vec<Diagnostic> {
    let anchors: BTreeMap<&str, BTreeSet<&str>> =
        pages.iter().map(|page| (page.address.as_str(), attributes(&page.html, " id=\"").collect())).collect();
    let mut mistakes = Vec::new();
    let mut told = BTreeSet::new();
    for page in pages {
        for link in attributes(&page.html, " href=\"").filter(|link| is_page_link(link)) {
            let file = page.source.clone().unwrap_or_else(|| page.address.clone());
            if let Some(problem) = problem(&page.address, link, &anchors).filter(|_| told.insert((file.clone(), link.to_owned()))) {
                mistakes.push(Diagnostic::new(file, Place::default(), problem));
            }
        }
    }
    mistakes
}

/// The values of an attribute in HTML that we rendered ourselves.
fn attributes<'h>(html: &'h str, opening: &'h str) -> impl Iterator<Item = &'h str> {
    html.split(opening).skip(1).filter_map(|rest| rest.split('"').next())
}

/// Whether a link leads to a page of this site, not to a file beside the pages or elsewhere.
fn is_page_link(link: &str) -> bool {
    let path = link.split(['#', '?']).next().unwrap_or_default();
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.') && !name.ends_with(".html"));
    link.starts_with('#') || (link.starts_with('/') && !link.starts_with("//") && !is_file)
}

fn problem(from: &str, link: &str, anchors: &BTreeMap<&str, BTreeSet<&str>>) -> Option<Problem> {
    let (address, anchor) = link.split_once('#').map_or((link, None), |(address, anchor)| (address, Some(anchor)));
    let address = if address.is_empty() { from } else { address };
    let to = link.to_owned();
    let Some(known) = anchors.get(address) else {
        return Some(Problem::BrokenLink { to, nearest: nearest(address, anchors.keys().copied()) });
    };
    let anchor = anchor.filter(|anchor| !anchor.is_empty() && !known.contains(anchor))?;
    Some(Problem::BrokenAnchor { to, nearest: nearest(anchor, known.iter().copied()) })
}
