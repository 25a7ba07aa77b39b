//! What others made and we build with: where it comes from, under which licence, whether it is needed, and that the page about it is current.
//!
//! After a change of dependencies `UPDATE=1 cargo test -p site-builder --test supply_chain` writes that page anew.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that can't read what it tests has to stop")]

mod licence;
mod notices;
mod package;

use package::Packages;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(file: &str) -> String {
    std::fs::read_to_string(repository().join(file)).expect(file)
}

fn packages() -> &'static Packages {
    static PACKAGES: OnceLock<Packages> = OnceLock::new();
    PACKAGES.get_or_init(|| Packages::of(&repository()))
}

#[test]
fn every_crate_of_others_comes_from_crates_io() {
    let elsewhere: Vec<_> = packages().all().filter(|package| package.source.as_deref().is_some_and(|source| source != CRATES_IO)).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    let of_others = packages().all().filter(|package| package.source.is_some()).count();
    assert!(of_others > 100, "only {of_others} crates were looked at");
}

#[test]
fn every_licence_is_one_that_deny_toml_allows() {
    let deny = read("deny.toml");
    let refused: Vec<_> = packages().all().filter(|package| package.source.is_some() && !licence::is_allowed(package, &deny)).collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn no_crate_of_ours_may_hold_unsafe_code() {
    assert!(read("Cargo.toml").contains("unsafe_code = \"forbid\""), "the workspace forbids it");
    let ours: Vec<_> = packages().all().filter(|package| package.source.is_none()).collect();
    assert_eq!(ours.len(), 5, "{ours:?}");
    for package in ours {
        let manifest = std::fs::read_to_string(package.folder.join("Cargo.toml")).expect("the manifest");
        assert!(manifest.contains("[lints]\nworkspace = true"), "{} does not take the lints of the workspace", package.name);
    }
}

#[test]
fn every_dependency_that_is_declared_is_used() {
    for package in packages().all().filter(|package| package.source.is_none()) {
        let source = package.source_text();
        for dependency in &package.dependencies {
            let is_used = source.contains(&format!("{dependency}::")) || source.contains(&format!("use {dependency}"));
            assert!(is_used, "{} declares {dependency} and does not name it", package.name);
        }
    }
}

#[test]
fn the_page_about_the_parts_of_others_is_current() {
    let page = repository().join("content/docs/third-party.md");
    let wanted = notices::page(packages());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&page, &wanted).expect("written");
    }
    let is_current = std::fs::read_to_string(&page).is_ok_and(|text| text == wanted);
    assert!(is_current, "content/docs/third-party.md is not current: run `UPDATE=1 cargo test -p site-builder --test supply_chain`");
}
