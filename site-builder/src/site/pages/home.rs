//! `/`, `/check/`, `/search/`, `/embed/`, `/404.html`

use super::{Page, codes, guides, systems, tree};
use crate::site::drawing::path;
use crate::site::templates::{context, later};
use reader::Content;
use serde_json::json;

/// The pages that are no list and no entry.
pub fn pages(content: &Content) -> Vec<Page> {
    let site = content.entries().site.as_ref();
    let title = site.map_or_else(String::new, |site| format!("{}: {}", site.name, site.tagline));
    let description = site.map_or_else(String::new, |site| site.description.clone());
    let home = Page {
        address: "/".to_owned(),
        template: "home.html",
        title,
        description,
        section: "home",
        source: None,
        context: later(|content| {
            [
                ("path", json!(path::draw(content.knowledge(), None))),
                ("codes", json!(codes::rows(content))),
                ("comparisons", json!(codes::comparison_rows(content, None))),
                ("systems", json!(systems::rows(content))),
                ("guides", json!(guides::rows(content))),
                ("causes", json!(content.entries().causes.len())),
                ("messages", json!(content.entries().messages.len())),
            ]
        }),
    };
    let check = Page {
        address: "/check/".to_owned(),
        template: "check.html",
        title: "Checker".to_owned(),
        description: "Paste log lines, headers or curl output, and see the place, the shape and the cause. Nothing leaves your browser.".to_owned(),
        section: "check",
        source: None,
        context: later(|content| [("tree", tree::tree(content.knowledge()))]),
    };
    let search = Page {
        address: "/search/".to_owned(),
        template: "search.html",
        title: "Search".to_owned(),
        description: "All codes, messages, causes, systems, timeouts and guides; a whole log line gets its diagnosis.".to_owned(),
        section: "search",
        source: None,
        context: context([]),
    };
    let embed = Page {
        address: "/embed/".to_owned(),
        template: "embed.html",
        title: "Use it elsewhere".to_owned(),
        description: "The checker in your wiki, the pages as Markdown, the data as JSON, the whole site offline.".to_owned(),
        section: "embed",
        source: None,
        context: context([]),
    };
    let not_found = Page {
        address: "/404.html".to_owned(),
        template: "not-found.html",
        title: "No such page".to_owned(),
        description: "This address leads nowhere.".to_owned(),
        section: "",
        source: None,
        context: later(|content| [("codes", json!(codes::rows(content)))]),
    };
    vec![home, check, search, embed, not_found]
}
