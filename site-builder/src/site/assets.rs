//! Styles, scripts and the checker, under names that change with what they hold.

use super::template_mistake;
use reader::diagnostic::Diagnostic;
use std::collections::BTreeMap;
use std::path::Path;

/// The checker that the pages load.
#[derive(Clone, Debug)]
pub struct Checker {
    /// The JavaScript glue.
    pub glue: Vec<u8>,
    /// The WebAssembly module.
    pub wasm: Vec<u8>,
    /// The knowledge that it works with.
    pub knowledge: Vec<u8>,
}

/// All assets, with the addresses under which pages find them.
pub(super) struct Assets {
    files: BTreeMap<String, Vec<u8>>,
    addresses: BTreeMap<String, String>,
}

impl Assets {
    /// The address of an asset, by the name that templates use.
    pub fn addresses(&self) -> &BTreeMap<String, String> {
        &self.addresses
    }

    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files
    }

    fn add(&mut self, name: &str, ending: &str, bytes: Vec<u8>) {
        let path = format!("assets/{name}-{:016x}.{ending}", fingerprint(&bytes));
        self.addresses.insert(name.to_owned(), format!("/{path}"));
        self.files.insert(path, bytes);
    }
}

/// Reads the assets beside the templates; without a checker the pages do without.
pub(super) fn read(templates: &Path, checker: Option<&Checker>) -> Result<Assets, Diagnostic> {
    let mut assets = Assets { files: BTreeMap::new(), addresses: BTreeMap::new() };
    for (name, ending) in [("style", "css"), ("check", "js"), ("timeouts", "js"), ("icon", "svg")] {
        let file = format!("assets/{name}.{ending}");
        let bytes = std::fs::read(templates.join(&file)).map_err(|error| template_mistake(&file, &error))?;
        assets.add(name, ending, bytes);
    }
    if let Some(checker) = checker {
        assets.add("glue", "js", checker.glue.clone());
        assets.add("checker", "wasm", checker.wasm.clone());
        assets.add("knowledge", "bin", checker.knowledge.clone());
    }
    Ok(assets)
}

/// FNV-1a: names have to change with the bytes, nobody attacks them.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
