//! The page about the parts of others: what is in the published site and in the binary, under which licence, by whom.

use super::package::{Package, Packages};
use std::fmt::Write;

/// The crate whose files make a built site searchable.
const SEARCH: &str = "pagefind";

const FRONT: &str = "---
title: Third-party parts
summary: What others made that is in a published site and in the binary, with licences and notices.
order: 10
---
fivexx itself is under the MIT licence or the Apache licence 2.0, at your choice. This page is generated from `Cargo.lock`.

";

/// The whole page, as Markdown.
pub fn page(packages: &Packages) -> String {
    let site = in_the_site(packages);
    let binary = packages.inside("site-builder");
    let mut page = FRONT.to_owned();
    page += "## In a published site\n\nThe checker is WebAssembly that holds these crates. Search, where it is built in, is Pagefind's script and WebAssembly. It holds no fonts and no further scripts.\n\n";
    page += &table(&site);
    page += "\n### Notices\n\nOf the licences that a crate offers, MIT is taken where it is among them.\n\n";
    site.iter().for_each(|package| page += &notice(package));
    page += "\n";
    page += &licence_text("MIT licence", &permission(&site));
    page += &licence_text("Unicode licence", &unicode(&site));
    let _ = write!(
        page,
        "## In the binary\n\nThe command `fivexx` holds {} crates of others, as built on Linux. The package of each, with source and licence text, is at `crates.io/crates/NAME/VERSION`. \
         Crates under MPL-2.0 are used as they are published. The fonts of `epaint_default_fonts` are drawn into images for sharing and are not passed on as fonts.\n\n",
        binary.len()
    );
    page += &table(&binary);
    page
}

/// The crates in the checker, and the search.
fn in_the_site(packages: &Packages) -> Vec<&Package> {
    let mut site = packages.inside("wasm-checker");
    site.extend(packages.all().filter(|package| package.name == SEARCH));
    site
}

fn table(packages: &[&Package]) -> String {
    let row = |package: &&Package| format!("| {} | {} | {} |\n", package.name, package.version, package.licence);
    format!("| crate | version | licence |\n|---|---|---|\n{}", packages.iter().map(row).collect::<String>())
}

/// A crate with whom its licence names, or else its manifest.
fn notice(package: &Package) -> String {
    let text = package.file("LICENSE-MIT").unwrap_or_default();
    let copyright = text.lines().map(str::trim).filter(|line| line.starts_with("Copyright")).collect::<Vec<_>>().join("; ");
    let authors = package.authors.iter().map(|author| without_address(author)).collect::<Vec<_>>().join(", ");
    let by = match (copyright.is_empty(), authors.is_empty()) {
        (false, _) => copyright,
        (true, false) => format!("by {authors}"),
        (true, true) => "by its contributors".to_owned(),
    };
    format!("- `{}`: {by}\n", package.name)
}

/// `Name <address>` without the address.
fn without_address(author: &str) -> &str {
    author.split_once(" <").map_or(author, |(name, _)| name)
}

/// The text of the MIT licence, as one of the crates has it.
fn permission(packages: &[&Package]) -> String {
    let texts = packages.iter().filter_map(|package| package.file("LICENSE-MIT"));
    texts.filter_map(|text| text.find("Permission is hereby").map(|at| text[at..].to_owned())).next().expect("a licence")
}

fn unicode(packages: &[&Package]) -> String {
    packages.iter().find_map(|package| package.file("LICENSE-UNICODE")).expect("a licence")
}

fn licence_text(title: &str, text: &str) -> String {
    format!("### {title}\n\n```text\n{}\n```\n\n", text.trim())
}
