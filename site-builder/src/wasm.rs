//! Builds the checker for browsers: `wasm-checker`, compiled to WebAssembly, with the JavaScript that loads it.
//!
//! 1. The compiler's wasm target is added through rustup where it is missing.
//! 2. Cargo compiles the crate, in a target folder of its own.
//! 3. wasm-bindgen, as a library, makes the module and its glue.
//! 4. Both are kept, so that the next build of the same source costs nothing and the binary can carry them.

mod fingerprint;
mod module;

use module::CompileError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// The checker's files.
pub struct CheckerFiles {
    /// The JavaScript module that loads the other.
    pub glue: Vec<u8>,
    /// The WebAssembly module.
    pub wasm: Vec<u8>,
}

/// Why the checker could not be built.
#[derive(Debug)]
pub enum WasmError {
    /// The repository's folder is not there.
    Repository(PathBuf, io::Error),
    /// The crate can't be compiled.
    Module(CompileError),
    /// There is no source beside the content, and the binary carries no checker.
    NotCarried,
    /// What was built can't be kept.
    Keep(PathBuf, io::Error),
    /// wasm-bindgen can't work with what was compiled.
    Bindgen(String),
}

impl fmt::Display for WasmError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repository(path, error) => {
                write!(out, "the checker's source was looked for in `{}`: {error}; run this in the repository", path.display())
            }
            Self::Module(error) => write!(out, "{error}"),
            Self::NotCarried => write!(
                out,
                "this binary carries no checker: when it was compiled there was none of the same source; leave the checker out with `--without-checker`, or run \
                 `cargo run --release -- build` in the repository of fivexx and then `cargo install --path site-builder` again"
            ),
            Self::Keep(path, error) => write!(out, "`{}` can't be written: {error}; make it writable, or remove it", path.display()),
            Self::Bindgen(error) => write!(
                out,
                "wasm-bindgen can't work with what was compiled: {error}\n`wasm-bindgen` in Cargo.toml and `wasm-bindgen-cli-support` in \
                 site-builder/Cargo.toml have to be the same version"
            ),
        }
    }
}

impl std::error::Error for WasmError {}

/// Builds the checker of a repository. The same source gives the same bytes.
pub fn build(repository: &Path) -> Result<CheckerFiles, WasmError> {
    let repository = repository.canonicalize().map_err(|error| WasmError::Repository(repository.to_owned(), error))?;
    let unreadable = |error| WasmError::Repository(repository.clone(), error);
    let sources = fingerprint::of_sources(&repository).map_err(unreadable)?;
    let cache = fingerprint::cache(&repository);
    if let Some(checker) = kept(&cache, &sources) {
        return Ok(checker);
    }
    let checker = bind(module::compile(&repository).map_err(WasmError::Module)?)?;
    keep(&checker, &cache, &sources).map_err(|error| WasmError::Keep(cache, error))?;
    Ok(checker)
}

/// The checker that was built last, if it was made of these sources.
fn kept(cache: &Path, sources: &str) -> Option<CheckerFiles> {
    let is_fresh = std::fs::read_to_string(cache.join("sources")).is_ok_and(|made_of| made_of == sources);
    let read = |name: &str| std::fs::read(cache.join(name)).ok();
    if is_fresh { Some(CheckerFiles { glue: read("glue.js")?, wasm: read("checker.wasm")? }) } else { None }
}

/// The sources are noted last: what is cut short is not taken for whole.
fn keep(checker: &CheckerFiles, cache: &Path, sources: &str) -> io::Result<()> {
    std::fs::create_dir_all(cache)?;
    std::fs::write(cache.join("sources"), "")?;
    std::fs::write(cache.join("glue.js"), &checker.glue)?;
    std::fs::write(cache.join("checker.wasm"), &checker.wasm)?;
    std::fs::write(cache.join("sources"), sources)
}

/// Makes the module that browsers load, and its glue.
pub fn bind(module: Vec<u8>) -> Result<CheckerFiles, WasmError> {
    let unusable = |error: &dyn fmt::Display| WasmError::Bindgen(format!("{error:#}"));
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("checker", module).typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.web(true).map_err(|error| unusable(&error))?;
    let mut output = bindgen.generate_output().map_err(|error| unusable(&error))?;
    Ok(CheckerFiles { glue: output.js().as_bytes().to_vec(), wasm: output.wasm_mut().emit_wasm() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_what_to_do() {
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        let failed = std::process::ExitStatus::default;
        for (error, advice) in [
            (WasmError::Repository(PathBuf::from("/nowhere"), missing()), "run this in the repository"),
            (WasmError::Module(CompileError::Start("cargo", missing())), "install Rust from https://rustup.rs and run this again"),
            (WasmError::Module(CompileError::Rustc("no".to_owned())), "run `rustup update stable`"),
            (WasmError::Module(CompileError::NoRustup), "run `rustup target add wasm32-unknown-unknown`"),
            (WasmError::Module(CompileError::Rustup(failed())), "run it yourself while you are online"),
            (WasmError::Module(CompileError::OtherToolchain(PathBuf::from("/usr/lib/rustlib"))), "put rustup's first in PATH"),
            (WasmError::Module(CompileError::Compile(failed())), "see above"),
            (WasmError::Module(CompileError::Read(PathBuf::from("target/wasm/x"), missing())), "remove the folder target/wasm"),
            (WasmError::NotCarried, "leave the checker out with `--without-checker`"),
            (WasmError::Keep(PathBuf::from("target/checker"), missing()), "make it writable"),
            (WasmError::Bindgen("no".to_owned()), "have to be the same version"),
        ] {
            assert!(error.to_string().contains(advice), "{error}");
        }
    }

    #[test]
    fn a_missing_repository_is_named() {
        let said = build(Path::new("/no/such/folder")).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(said.contains("`/no/such/folder`"), "{said}");
    }
}
