//! What the pages weigh on the wire, measured from the built site.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test without its site has to stop")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// All that is needed to read a page, its text and its style: one round trip.
const PAGE_BYTES: usize = 14 * 1024;
/// The module, its glue and the knowledge that ranks. The goal is 200 KB; this keeps it from growing faster than the knowledge, which holds 2,600
/// messages. Of these, 32 KB are the words that speak for causes.
const CHECKER_BYTES: usize = 388 * 1024;

/// The site, built once for all tests of this file.
fn site() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("budgets");
    let built = Command::new(env!("CARGO_BIN_EXE_fivexx"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .args(["build", "--without-search", "--without-images", "--out"])
        .arg(&folder)
        .status()
        .expect("the builder runs");
    assert!(built.success(), "the site does not build");
    folder
}

fn compressed(path: &Path) -> usize {
    let bytes = std::fs::read(path).expect("a file of the site");
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut out, &brotli::enc::BrotliEncoderParams::default()).expect("compressed");
    out.len()
}

/// The one file in `assets/` whose name begins and ends so.
fn asset(site: &Path, beginning: &str, ending: &str) -> PathBuf {
    let entries = std::fs::read_dir(site.join("assets")).expect("the assets").filter_map(Result::ok).map(|entry| entry.path());
    let fits = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(beginning) && name.to_string_lossy().ends_with(ending))
    };
    entries.into_iter().find(fits).expect(beginning)
}

/// The style sheets that a page needs on a screen, as paths inside of the site.
fn style_sheets(html: &str) -> Vec<&str> {
    let links = html.split("<link rel=\"stylesheet\" href=\"/").skip(1).filter_map(|rest| rest.split_once('"'));
    links.filter(|(_, rest)| !rest.starts_with(" media=\"print\"")).map(|(path, _)| path).collect()
}

/// The kind of a page, by the beginning of its path.
fn kind(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or_default();
    if first.starts_with(|letter: char| letter.is_ascii_digit()) { "codes and comparisons" } else { first }
}

#[test]
fn pages_and_checker_stay_within_their_budgets() {
    let site = site();
    let theme = compressed(&asset(&site, "theme-", ".js"));
    let mut styles = BTreeMap::<String, usize>::new();
    let mut largest = BTreeMap::<String, (usize, String)>::new();
    let mut over = Vec::new();
    for entry in walkdir::WalkDir::new(&site).into_iter().filter_map(Result::ok).filter(|entry| entry.file_name() == "index.html") {
        let path = entry.path().parent().unwrap_or(&site).strip_prefix(&site).expect("inside").to_string_lossy().into_owned();
        let html = std::fs::read_to_string(entry.path()).expect("a page");
        let mut bytes = compressed(entry.path()) + theme;
        for sheet in style_sheets(&html) {
            bytes += *styles.entry(sheet.to_owned()).or_insert_with(|| compressed(&site.join(sheet)));
        }
        if bytes > PAGE_BYTES {
            over.push(format!("/{path}/ takes {bytes} bytes of {PAGE_BYTES}"));
        }
        let known = largest.entry(kind(&path).to_owned()).or_default();
        if bytes > known.0 {
            *known = (bytes, path);
        }
    }
    for (kind, (bytes, page)) in &largest {
        println!("{bytes:>7} bytes  {kind}: /{page}/");
    }
    let checker: usize = [("checker-", ".wasm"), ("glue-", ".js"), ("knowledge-", ".bin")]
        .map(|(beginning, ending)| compressed(&asset(&site, beginning, ending)))
        .iter()
        .sum();
    println!("{checker:>7} bytes  checker");
    assert!(over.is_empty(), "pages over their budget, text and style: {over:#?}");
    assert!(checker <= CHECKER_BYTES, "the checker takes {checker} bytes of {CHECKER_BYTES}");
}
