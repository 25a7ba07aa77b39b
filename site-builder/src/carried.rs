//! What the binary carries, so that it works far from the repository: content, templates, and the checker where it was at hand.

mod files {
    include!(concat!(env!("OUT_DIR"), "/carried.rs"));
}

pub use files::{CHECKER, CONTENT};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Under this name a template of one's own extends the carried one that it takes the place of.
const CARRIED: &str = "built-in/";

/// Page templates and what belongs to them, by path such as `guide.html` and `assets/style.css`.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    /// All files.
    pub files: BTreeMap<String, String>,
}

/// A template or asset that can't be read.
#[derive(Debug)]
pub struct UnreadableTemplate {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system says.
    pub error: String,
}

impl Templates {
    /// The carried ones, with those of a folder over them.
    pub fn read(folder: Option<&Path>) -> Result<Self, UnreadableTemplate> {
        let mut files: BTreeMap<String, String> = files::TEMPLATES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let Some(folder) = folder else { return Ok(Self { files }) };
        let own = read_folder(folder)?;
        for name in own.values().flat_map(|text| extended(text)) {
            if let Some((_, text)) = files::TEMPLATES.iter().find(|(carried, _)| *carried == name) {
                files.insert(format!("{CARRIED}{name}"), (*text).to_owned());
            }
        }
        files.extend(own);
        Ok(Self { files })
    }
}

/// The carried templates that a template names.
fn extended(text: &str) -> impl Iterator<Item = String> {
    text.split('"').filter_map(|quoted| quoted.strip_prefix(CARRIED)).map(str::to_owned)
}

/// The templates of a folder and the files in its `assets`.
fn read_folder(folder: &Path) -> Result<BTreeMap<String, String>, UnreadableTemplate> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).max_depth(2).sort_by_file_name() {
        let unreadable = |path: &Path, error: &dyn std::fmt::Display| UnreadableTemplate { path: path.to_owned(), error: error.to_string() };
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        let name = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        let is_wanted = !name.contains('/') && name.ends_with(".html") || name.starts_with("assets/");
        if is_wanted && !entry.file_type().is_dir() {
            let text = std::fs::read_to_string(entry.path()).map_err(|error| unreadable(entry.path(), &error))?;
            files.insert(name, text);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_own_template_takes_the_place_of_the_carried_one_and_can_extend_it() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("guide.html"), "{% extends \"built-in/guide.html\" %}")?;
        let templates = Templates::read(Some(folder.path())).map_err(|unreadable| unreadable.error)?;
        assert_eq!(templates.files["guide.html"], "{% extends \"built-in/guide.html\" %}");
        assert!(templates.files["built-in/guide.html"].contains("{% extends \"base.html\" %}"));
        assert!(templates.files.contains_key("assets/style.css"), "what is not overridden stays");
        Ok(())
    }
}
