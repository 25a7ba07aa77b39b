//! What the compiled checker was made of, as one number; shared by the program and its build script.

use std::io;
use std::path::{Path, PathBuf};

/// Where a repository keeps the checker that was built last.
pub fn cache(repository: &Path) -> PathBuf {
    repository.join("target").join("checker")
}

/// A number that changes with the checker's source, the engine's, or a dependency.
pub fn of_sources(repository: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    for folder in ["wasm-checker", "diagnosis"] {
        collect(&repository.join(folder), &mut files)?;
    }
    files.extend([repository.join("Cargo.toml"), repository.join("Cargo.lock")]);
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        let name = file.strip_prefix(repository).unwrap_or(&file).to_string_lossy().into_owned();
        for byte in name.bytes().chain(std::fs::read(&file)?) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(format!("{hash:016x}"))
}

/// The Rust files and manifests below a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_source = path.extension().is_some_and(|ending| ending == "rs" || ending == "toml");
        if path.is_dir() && !path.ends_with("target") {
            collect(&path, files)?;
        } else if is_source {
            files.push(path);
        }
    }
    Ok(())
}
