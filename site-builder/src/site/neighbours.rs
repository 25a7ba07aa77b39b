//! The pages before and after a page, among those of its kind.

use super::pages::Page;
use serde::Serialize;
use std::collections::HashMap;

/// The kinds of page that are read one after the other, by their template.
const KINDS: [&str; 4] = ["code.html", "cause.html", "guide.html", "system.html"];

/// A page that is linked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Neighbour {
    address: String,
    title: String,
}

/// What stands before and after a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Neighbours {
    pub previous: Option<Neighbour>,
    pub next: Option<Neighbour>,
}

/// The neighbours of all pages that have some; `pages` are in the order of their addresses.
pub(super) fn of(pages: &[Page]) -> HashMap<String, Neighbours> {
    let mut found = HashMap::<String, Neighbours>::new();
    for kind in KINDS {
        let own: Vec<&Page> = pages.iter().filter(|page| page.template == kind).collect();
        for pair in own.windows(2) {
            let [before, after] = pair else { continue };
            let neighbour = |page: &Page| Some(Neighbour { address: page.address.clone(), title: page.title.clone() });
            found.entry(before.address.clone()).or_default().next = neighbour(after);
            found.entry(after.address.clone()).or_default().previous = neighbour(before);
        }
    }
    found
}
