//! Any bytes are answered, and all places lie within the text.
#![no_main]

use diagnosis::evidence::Recogniser;
use diagnosis::knowledge::Knowledge;
use libfuzzer_sys::fuzz_target;
use std::path::Path;
use std::sync::LazyLock;

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let read = reader::read(&content).outcome;
    read.unwrap_or_else(|mistakes| panic!("the content has {} mistakes; run `fivexx check`", mistakes.len())).knowledge().clone()
});
static RECOGNISER: LazyLock<Recogniser<'static>> =
    LazyLock::new(|| Recogniser::new(&KNOWLEDGE).unwrap_or_else(|error| panic!("{error}")));

fuzz_target!(|text: &[u8]| {
    for finding in RECOGNISER.examine(text).findings {
        let at = finding.at.expect("a place in the text");
        assert!(at.start <= at.end && at.end <= text.len(), "{finding:?}");
    }
});
