//! Files with their text, in an order that does not depend on the file system.
//!
//! Knowledge may come in layers: what the binary carries, then folders that add to it and override it.

use crate::at::Place;
use crate::diagnostic::{Diagnostic, Problem};
use crate::parallel;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use walkdir::WalkDir;

/// The largest file that is read, in bytes: prose of this length is a mistake, such as a log in the wrong folder.
const LARGEST_FILE: u64 = 4 << 20;

/// A file of content.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path as people find it, beginning with the layer's name.
    pub path: String,
    /// Path inside the layer, with `/` between its parts: it says what kind of content this is.
    pub within: String,
    /// Its text; bodies share it.
    pub text: Arc<str>,
}

/// One source of content; later layers add to earlier ones and override them.
#[derive(Clone, Copy, Debug)]
pub enum Layer<'l> {
    /// A folder.
    Folder(&'l Path),
    /// Files that a program carries: paths and texts, under a name.
    Carried {
        /// The name under which its files appear in messages.
        name: &'l str,
        /// Path inside the layer, and text.
        files: &'l [(&'l str, &'l str)],
    },
}

impl Layer<'_> {
    /// Its files, sorted by path; what can't be read becomes a diagnostic.
    pub fn read(self) -> (Vec<SourceFile>, Vec<Diagnostic>) {
        match self {
            Self::Folder(folder) => read_folder(folder),
            Self::Carried { name, files } => {
                let file =
                    |(path, text): &(&str, &str)| SourceFile { path: format!("{name}/{path}"), within: (*path).to_owned(), text: Arc::from(*text) };
                (files.iter().map(file).collect(), Vec::new())
            }
        }
    }

    /// The path of a file of the layer, as people find it.
    pub fn path(self, within: &str) -> String {
        match self {
            Self::Folder(folder) => format!("{}/{within}", folder.display()),
            Self::Carried { name, .. } => format!("{name}/{within}"),
        }
    }
}

/// A content file of a folder, not yet read, with what shows that it was changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Found {
    /// Path as people find it.
    pub path: String,
    /// Path inside the folder.
    pub within: String,
    /// Where it is.
    pub file: PathBuf,
    changed: Option<SystemTime>,
    bytes: u64,
}

/// The content files of a folder, sorted by path; what can't be found out becomes a diagnostic.
pub(crate) fn find(folder: &Path) -> (Vec<Found>, Vec<Diagnostic>) {
    let (mut found, mut mistakes) = (Vec::new(), no_folder(folder));
    for path in content_files(folder) {
        match path {
            Ok(file) => {
                let about = std::fs::metadata(&file).ok();
                let (changed, bytes) = (about.as_ref().and_then(|about| about.modified().ok()), about.as_ref().map_or(0, std::fs::Metadata::len));
                found.push(Found { path: shown(folder, &file), within: relative(folder, &file), file, changed, bytes });
            }
            Err(mistake) => mistakes.push(mistake),
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    (found, mistakes)
}

/// Reads all `.md` and `.yaml` files below `folder`, sorted by path; what can't be read becomes a diagnostic.
fn read_folder(folder: &Path) -> (Vec<SourceFile>, Vec<Diagnostic>) {
    let (mut files, mut mistakes) = (Vec::new(), no_folder(folder));
    let paths: Vec<_> = content_files(folder).collect();
    let read = parallel::each(paths.len(), |at| paths[at].as_ref().map_err(Clone::clone).and_then(|path| read_file(folder, path)));
    for outcome in read {
        match outcome {
            Ok(file) => files.push(file),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    (files, mistakes)
}

fn no_folder(folder: &Path) -> Vec<Diagnostic> {
    if folder.is_dir() { Vec::new() } else { vec![Diagnostic::new(folder.display().to_string(), Place::default(), Problem::NoFolder)] }
}

/// The paths of all content files below a folder; none where it is no folder. Links are followed; a link that leads back is a mistake.
fn content_files(folder: &Path) -> impl Iterator<Item = Result<PathBuf, Diagnostic>> {
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter(|_| folder.is_dir());
    entries.filter_map(move |entry| match entry {
        Ok(entry) if entry.file_type().is_dir() || !is_content(entry.path()) => None,
        Ok(entry) => Some(Ok(entry.into_path())),
        Err(error) => {
            let path = error.path().map_or_else(|| folder.display().to_string(), |path| shown(folder, path));
            let problem = match error.loop_ancestor() {
                Some(ancestor) => Problem::LinkLoop(ancestor.display().to_string()),
                None => Problem::Unreadable(error.io_error().map_or_else(|| error.to_string(), ToString::to_string)),
            };
            Some(Err(Diagnostic::new(path, Place::default(), problem)))
        }
    })
}

pub(crate) fn read_file(folder: &Path, path: &Path) -> Result<SourceFile, Diagnostic> {
    let (within, name) = (relative(folder, path), shown(folder, path));
    let wrong = |problem| Diagnostic::new(name.clone(), Place::default(), problem);
    let unreadable = |error: std::io::Error| wrong(Problem::Unreadable(error.to_string()));
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(wrong(Problem::Unreadable("it is no regular file".to_owned())));
    }
    if about.len() > LARGEST_FILE {
        return Err(wrong(Problem::TooLarge { bytes: about.len(), most: LARGEST_FILE }));
    }
    match String::from_utf8(std::fs::read(path).map_err(unreadable)?) {
        Ok(text) => Ok(SourceFile { path: name, within, text: Arc::from(text) }),
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

/// The path as people find it.
fn shown(folder: &Path, path: &Path) -> String {
    format!("{}/{}", folder.display(), relative(folder, path))
}

fn is_content(path: &Path) -> bool {
    let is_named = |ending: &str| path.extension().is_some_and(|extension| extension == ending);
    (is_named("md") || is_named("yaml")) && path.file_name().is_none_or(|name| name != "README.md")
}
