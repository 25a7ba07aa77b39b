//! What the pages weigh on the wire, measured from the built site.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test without its site has to stop")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// All that is needed to read a reference page. One round trip, 14 KB, is the goal; the largest pages are beyond it.
const PAGE_BYTES: usize = 17 * 1024;
/// So many of a hundred pages fit into one round trip.
const PAGES_IN_ONE_ROUND_TRIP: usize = 99;
const ROUND_TRIP_BYTES: usize = 14 * 1024;
/// The module, its glue and the knowledge that ranks. The goal is 200 KB; this keeps it from growing faster than the knowledge.
const CHECKER_BYTES: usize = 340 * 1024;

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

#[test]
fn pages_and_checker_stay_within_their_budgets() {
    let site = site();
    let style = compressed(&asset(&site, "style-", ".css")) + compressed(&asset(&site, "theme-", ".js"));
    let (mut pages, mut small) = (0, 0);
    let mut largest = BTreeMap::<String, (usize, String)>::new();
    for entry in walkdir::WalkDir::new(&site).into_iter().filter_map(Result::ok).filter(|entry| entry.file_name() == "index.html") {
        let path = entry.path().parent().unwrap_or(&site).strip_prefix(&site).expect("inside").to_string_lossy().into_owned();
        let kind = path.split('/').next().unwrap_or_default().to_owned();
        let kind = if kind.starts_with(|letter: char| letter.is_ascii_digit()) { "codes and comparisons".to_owned() } else { kind };
        let is_list = path == kind || path.ends_with("/messages") || path.ends_with("/timeouts") || path.ends_with("by-duration");
        let key = if is_list { path.clone() } else { format!("{kind}/…") };
        let bytes = compressed(entry.path()) + style;
        pages += 1;
        small += usize::from(bytes <= ROUND_TRIP_BYTES);
        let known = largest.entry(key).or_default();
        if bytes > known.0 {
            *known = (bytes, path);
        }
    }
    for (kind, (bytes, page)) in &largest {
        println!("{bytes:>7} bytes  {kind}: /{page}/");
    }
    println!("{small} of {pages} pages fit into {ROUND_TRIP_BYTES} bytes");
    let checker: usize = [("checker-", ".wasm"), ("glue-", ".js"), ("knowledge-", ".bin")]
        .map(|(beginning, ending)| compressed(&asset(&site, beginning, ending)))
        .iter()
        .sum();
    println!("{checker:>7} bytes  checker");
    let over: Vec<_> = largest.iter().filter(|(kind, (bytes, _))| kind.ends_with('…') && *bytes > PAGE_BYTES).collect();
    assert!(over.is_empty(), "over {PAGE_BYTES} bytes with the style sheet: {over:?}");
    assert!(small * 100 >= pages * PAGES_IN_ONE_ROUND_TRIP, "only {small} of {pages} pages fit into {ROUND_TRIP_BYTES} bytes");
    assert!(checker <= CHECKER_BYTES, "the checker takes {checker} bytes of {CHECKER_BYTES}");
}
