//! The crates of the workspace, as `cargo metadata` lists them.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The lists hold for this platform wherever the test runs.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// A crate.
#[derive(Debug)]
pub struct Package {
    pub name: String,
    pub version: String,
    /// An SPDX expression; old crates write `/` for `OR`.
    pub licence: String,
    pub authors: Vec<String>,
    /// The registry; none for a crate of ours.
    pub source: Option<String>,
    pub folder: PathBuf,
    /// The names under which its code names what it depends on.
    pub dependencies: Vec<String>,
    is_macro: bool,
}

/// All crates, and which is linked into which.
#[derive(Debug)]
pub struct Packages {
    by_id: BTreeMap<String, Package>,
    links: BTreeMap<String, Vec<String>>,
}

impl Packages {
    pub fn of(repository: &Path) -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(repository).args(["metadata", "--format-version", "1", "--locked", "--filter-platform", PLATFORM]);
        let output = command.output().expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let packages = metadata["packages"].as_array().expect("packages").iter();
        let nodes = metadata["resolve"]["nodes"].as_array().expect("a graph").iter();
        Self {
            by_id: packages.map(|package| (text(&package["id"]), Package::of(package))).collect(),
            links: nodes.map(|node| (text(&node["id"]), linked(node))).collect(),
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &Package> {
        self.by_id.values()
    }

    /// The crates of others whose code is in what is built of `root`: not those that only run while it is built.
    pub fn inside(&self, root: &str) -> Vec<&Package> {
        let mut to_see: Vec<&String> = self.by_id.iter().filter(|(_, package)| package.name == root).map(|(id, _)| id).collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = to_see.pop() {
            if self.by_id.get(id).is_some_and(|package| !package.is_macro) && seen.insert(id) {
                to_see.extend(self.links.get(id).into_iter().flatten());
            }
        }
        let mut inside: Vec<_> = seen.into_iter().filter_map(|id| self.by_id.get(id)).filter(|package| package.source.is_some()).collect();
        inside.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
        inside
    }
}

impl Package {
    fn of(package: &Value) -> Self {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let name = |dependency: &Value| dependency["rename"].as_str().or(dependency["name"].as_str()).unwrap_or_default().replace('-', "_");
        Self {
            name: text(&package["name"]),
            version: text(&package["version"]),
            licence: text(&package["license"]),
            authors: list(&package["authors"]).iter().map(text).collect(),
            source: package["source"].as_str().map(str::to_owned),
            folder: Path::new(&text(&package["manifest_path"])).parent().expect("a folder").to_owned(),
            dependencies: list(&package["dependencies"]).iter().map(name).collect(),
            is_macro: list(&package["targets"]).iter().any(|target| list(&target["kind"]).iter().any(|kind| *kind == "proc-macro")),
        }
    }

    /// All its Rust code, without that of crates in folders below it.
    pub fn source_text(&self) -> String {
        let is_own = |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.path().join("Cargo.toml").is_file();
        let files = walkdir::WalkDir::new(&self.folder).into_iter().filter_entry(is_own).filter_map(Result::ok);
        let rust = files.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
        rust.map(|entry| std::fs::read_to_string(entry.path()).expect("UTF-8")).collect()
    }

    /// A file beside its manifest.
    pub fn file(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.folder.join(name)).ok()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What a crate needs while it runs.
fn linked(node: &Value) -> Vec<String> {
    let dependencies = node["deps"].as_array().into_iter().flatten();
    let is_linked = |dependency: &&Value| dependency["dep_kinds"].as_array().into_iter().flatten().any(|kind| kind["kind"].is_null());
    dependencies.filter(is_linked).map(|dependency| text(&dependency["pkg"])).collect()
}
