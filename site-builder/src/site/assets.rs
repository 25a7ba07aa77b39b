//! Styles, scripts and the checker, under names that change with what they hold.
//!
//! A script names others as `"./name"`; each such name is replaced by the fingerprinted one, so scripts find each other
//! wherever the site stands.

use super::{drawing, lean, template_mistake};
use crate::carried::Templates;
use crate::wasm::CheckerFiles;
use diagnosis::knowledge::Knowledge;
use reader::diagnostic::Diagnostic;
use reader::form::{ShadesForm, SiteForm};
use std::collections::BTreeMap;

/// The checker that the pages load.
#[derive(Clone, Debug)]
pub struct Checker {
    /// The JavaScript glue.
    pub glue: Vec<u8>,
    /// The WebAssembly module.
    pub wasm: Vec<u8>,
    /// The knowledge that it works with.
    pub knowledge: diagnosis::stored::Parts,
    /// What it shows besides: drawings of the path, by file name.
    pub drawings: BTreeMap<String, Vec<u8>>,
}

impl Checker {
    /// The checker that works with some knowledge.
    pub fn new(code: &CheckerFiles, knowledge: &Knowledge) -> Self {
        Self {
            glue: code.glue.clone(),
            wasm: code.wasm.clone(),
            knowledge: knowledge.to_parts().unwrap_or_default(),
            drawings: drawing::path::all(knowledge),
        }
    }
}

/// Scripts whose address never changes: other sites and browsers keep it.
const FIXED: [&str; 1] = ["sw.js"];

/// All assets, with the addresses under which pages find them.
#[derive(Default)]
pub(super) struct Assets {
    files: BTreeMap<String, Vec<u8>>,
    /// Fingerprinted names by the names that templates and scripts use.
    names: BTreeMap<String, String>,
}

impl Assets {
    /// The address of each asset, by its name with `_` for the dot, as templates write it.
    pub fn addresses(&self) -> BTreeMap<String, String> {
        self.names.iter().map(|(name, file)| (name.replace('.', "_"), format!("/assets/{file}"))).collect()
    }

    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
        let file = format!("{stem}-{:016x}.{ending}", fingerprint(&bytes));
        self.files.insert(format!("assets/{file}"), bytes);
        self.names.insert(name.to_owned(), file);
    }

    /// Files that are named by their folder: its name changes with what any of them holds.
    fn add_folder(&mut self, name: &str, files: BTreeMap<String, Vec<u8>>) {
        let all = files.iter().fold(FINGERPRINT_START, |hash, (path, bytes)| fingerprint_on(fingerprint_on(hash, path.as_bytes()), bytes));
        let folder = format!("{name}-{all:016x}");
        self.files.extend(files.into_iter().map(|(path, bytes)| (format!("assets/{folder}/{path}"), bytes)));
        self.names.insert(format!("{name}/"), format!("{folder}/"));
    }
}

/// Reads the assets beside the templates; without a checker the pages do without.
pub(super) fn read(templates: &Templates, site: Option<&SiteForm>, checker: Option<&Checker>) -> Result<Assets, Diagnostic> {
    let mut assets = Assets::default();
    if let Some(checker) = checker {
        assets.add("glue.js", checker.glue.clone());
        assets.add("checker.wasm", checker.wasm.clone());
        assets.add("knowledge.bin", checker.knowledge.ranking.clone());
        let advice = checker.knowledge.advice.iter().map(|(id, bytes)| (format!("advice/{id}.bin"), bytes.clone()));
        let words = checker.knowledge.words.iter().map(|(id, bytes)| (format!("words/{id}.bin"), bytes.clone()));
        assets.add_folder("shown", advice.chain(words).chain(checker.drawings.clone()).collect());
    }
    let mut sources = sources(templates);
    if let Some(site) = site {
        dress(&mut sources, site);
    }
    while !sources.is_empty() {
        let is_ready = |text: &str| sources.keys().all(|other| !text.contains(&quoted(other)));
        let Some(name) = sources.iter().find(|(_, text)| is_ready(text)).map(|(name, _)| name.clone()) else {
            let names = sources.keys().cloned().collect::<Vec<_>>().join(", ");
            return Err(template_mistake("assets", &format!("these name each other in a circle: {names}")));
        };
        let text = sources.remove(&name).unwrap_or_default();
        let text = assets.names.iter().fold(text, |text, (name, file)| text.replace(&quoted(name), &format!("\"./{file}\"")));
        let text = if name.ends_with(".css") { lean::style(&text) } else { text };
        match FIXED.contains(&name.as_str()) {
            true => drop(assets.files.insert(name, text.into_bytes())),
            false => assets.add(&name, text.into_bytes()),
        }
    }
    Ok(assets)
}

/// Puts the site's own colours behind the built-in ones, and its logo in place of the built-in icon.
fn dress(sources: &mut BTreeMap<String, String>, site: &SiteForm) {
    let colour = |(name, shades): (&str, &ShadesForm)| format!("--{name}: light-dark({}, {});", *shades.light, *shades.dark);
    let colours: String = site.colours.chosen().map(colour).collect();
    if let Some(style) = sources.get_mut("style.css").filter(|_| !colours.is_empty()) {
        *style += &format!("\n:root, :host {{ {colours} }}\n");
    }
    if let Some(logo) = &site.logo {
        sources.insert("icon.svg".to_owned(), logo.trim().to_owned());
    }
}

/// How a script names another file.
fn quoted(name: &str) -> String {
    format!("\"./{name}\"")
}

fn sources(templates: &Templates) -> BTreeMap<String, String> {
    templates.files.iter().filter_map(|(path, text)| Some((path.strip_prefix("assets/")?.to_owned(), text.clone()))).collect()
}

const FINGERPRINT_START: u64 = 0xcbf2_9ce4_8422_2325;

/// A number that changes with the bytes: names and caches need that, and nobody attacks them.
pub(crate) fn fingerprint(bytes: &[u8]) -> u64 {
    fingerprint_on(FINGERPRINT_START, bytes)
}

/// FNV-1a on eight bytes at a time, with a turn, since a product alone never moves high bits down.
fn fingerprint_on(hash: u64, bytes: &[u8]) -> u64 {
    let step = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(hash, |hash, word| step(hash, u64::from_le_bytes(*word)));
    let hash = rest.iter().fold(step(hash, bytes.len() as u64), |hash, byte| step(hash, u64::from(*byte)));
    (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
