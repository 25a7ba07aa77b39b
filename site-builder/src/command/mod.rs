//! One module a command.

pub mod build;
pub mod check;
pub mod diagnose;
pub mod init;
pub mod manual;
pub mod new;
pub mod schema;
pub mod serve;
pub mod test;

use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes files below `folder`; refuses, before anything is written, where one is there already.
fn write_new(folder: &Path, files: &[(String, String)]) -> Result<Vec<PathBuf>, String> {
    let paths: Vec<_> = files.iter().map(|(path, _)| folder.join(path)).collect();
    if let Some(taken) = paths.iter().find(|path| path.exists()) {
        return Err(format!("{} is there already; nothing was written", taken.display()));
    }
    for (path, (_, text)) in paths.iter().zip(files) {
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(|error| format!("can't create {}: {error}", parent.display()))?;
        let created = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
        created.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| format!("can't write {}: {error}", path.display()))?;
    }
    Ok(paths)
}
