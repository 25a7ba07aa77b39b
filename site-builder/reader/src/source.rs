//! Files with their text, in an order that does not depend on the file system.

use crate::at::Place;
use crate::diagnostic::{Diagnostic, Problem};
use std::path::Path;
use walkdir::WalkDir;

/// A file of content.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path from the content folder, with `/` between its parts.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Reads all `.md` and `.yaml` files below `folder`, sorted by path; what can't be read becomes a diagnostic.
pub fn read_folder(folder: &Path) -> (Vec<SourceFile>, Vec<Diagnostic>) {
    let (mut files, mut mistakes) = (Vec::new(), Vec::new());
    for entry in WalkDir::new(folder).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_dir() || !is_content(entry.path()) => {}
            Ok(entry) => match read_file(folder, entry.path()) {
                Ok(file) => files.push(file),
                Err(mistake) => mistakes.push(mistake),
            },
            Err(error) => {
                let path = error.path().map_or_else(|| folder.display().to_string(), |path| relative(folder, path));
                mistakes.push(Diagnostic::new(path, Place::default(), Problem::Unreadable(error.to_string())));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    (files, mistakes)
}

fn read_file(folder: &Path, path: &Path) -> Result<SourceFile, Diagnostic> {
    let name = relative(folder, path);
    let bytes = std::fs::read(path).map_err(|error| Diagnostic::new(name.clone(), Place::default(), Problem::Unreadable(error.to_string())))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile { path: name, text }),
        Err(error) => {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
            let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count() + 1;
            Err(Diagnostic::new(name, Place { line, column }, Problem::NotUtf8))
        }
    }
}

fn relative(folder: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(folder).unwrap_or(path);
    inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn is_content(path: &Path) -> bool {
    let is_named = |ending: &str| path.extension().is_some_and(|extension| extension == ending);
    (is_named("md") || is_named("yaml")) && path.file_name().is_none_or(|name| name != "README.md")
}
