//! Builds the checker for browsers: `wasm-checker`, compiled to WebAssembly, with the JavaScript that loads it.
//!
//! 1. The compiler's wasm target is added through rustup where it is missing.
//! 2. Cargo compiles the crate, in a target folder of its own.
//! 3. wasm-bindgen, as a library, makes the module and its glue.
//! 4. Both are kept, so that the next build of the same source costs nothing and the binary can carry them.

mod fingerprint;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
const CRATE: &str = "wasm-checker";
const PROFILE: &str = "wasm";

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
    /// A program could not be started.
    Start(&'static str, io::Error),
    /// The compiler does not say where its targets are.
    Rustc(String),
    /// The target is missing, and there is no rustup to add it.
    NoRustup,
    /// The target is missing, and rustup could not add it.
    Rustup(ExitStatus),
    /// rustup has the target, and the compiler that is used does not.
    OtherToolchain(PathBuf),
    /// The crate does not compile.
    Compile(ExitStatus),
    /// What was compiled can't be read.
    Read(PathBuf, io::Error),
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
            Self::Start(program, error) => {
                write!(out, "`{program}` could not be started: {error}; install Rust from https://rustup.rs and run this again")
            }
            Self::Rustc(said) => {
                write!(out, "`rustc --print target-libdir --target {TARGET}` failed: {said}\nrun `rustup update stable`, then this again")
            }
            Self::NoRustup => write!(
                out,
                "Rust's target {TARGET} is missing, and so is rustup, which could add it; install rustup from https://rustup.rs and run \
                 `rustup target add {TARGET}`, or install the target as your system packages it (Debian: `apt install libstd-rust-dev-wasm32`)"
            ),
            Self::Rustup(status) => {
                write!(out, "`rustup target add {TARGET}` failed ({status}), see above; run it yourself while you are online, then this again")
            }
            Self::OtherToolchain(folder) => write!(
                out,
                "rustup has the target {TARGET}, but the `rustc` that is used is another one and has not: {} is missing; put rustup's first in PATH \
                 (`source ~/.cargo/env`), or install the target as your system packages it (Debian: `apt install libstd-rust-dev-wasm32`)",
                folder.display()
            ),
            Self::Compile(status) => write!(out, "`{CRATE}` did not compile ({status}), see above"),
            Self::Read(path, error) => write!(out, "`{}` can't be read: {error}; remove the folder target/wasm and run this again", path.display()),
            Self::NotCarried => write!(
                out,
                "this binary carries no checker: it was built before the checker was; leave the checker out with `--without-checker`, or run \
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
    provide_target(&repository)?;
    let checker = bind(compile(&repository)?)?;
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

fn provide_target(repository: &Path) -> Result<(), WasmError> {
    if target_folder(repository)?.is_dir() {
        return Ok(());
    }
    anstream::eprintln!("Adding Rust's target {TARGET}, which the checker is compiled for: rustup target add {TARGET}");
    match Command::new("rustup").args(["target", "add", TARGET]).current_dir(repository).stdout(Stdio::null()).status() {
        Ok(status) if !status.success() => return Err(WasmError::Rustup(status)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(WasmError::NoRustup),
        Err(error) => return Err(WasmError::Start("rustup", error)),
        Ok(_) => {}
    }
    let folder = target_folder(repository)?;
    if folder.is_dir() { Ok(()) } else { Err(WasmError::OtherToolchain(folder)) }
}

/// Where the compiler that will be used keeps the target's library; missing while the target is.
fn target_folder(repository: &Path) -> Result<PathBuf, WasmError> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    let asked = Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]).current_dir(repository).output();
    let output = asked.map_err(|error| WasmError::Start("rustc", error))?;
    if !output.status.success() {
        return Err(WasmError::Rustc(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    Ok(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}

/// Compiles the crate and reads the module.
fn compile(repository: &Path) -> Result<Vec<u8>, WasmError> {
    // Its own folder, so that it waits for no other cargo that works in the repository.
    let folder = repository.join("target").join("wasm");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let status = Command::new(cargo)
        .args(["build", "--package", CRATE, "--profile", PROFILE, "--target", TARGET, "--target-dir"])
        .arg(&folder)
        .current_dir(repository)
        // Flags for this machine's processor or linker are not for WebAssembly.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("CARGO_BUILD_TARGET_DIR")
        .env("CARGO_ENCODED_RUSTFLAGS", path_remapping())
        .stdout(Stdio::null())
        .status()
        .map_err(|error| WasmError::Start("cargo", error))?;
    if !status.success() {
        return Err(WasmError::Compile(status));
    }
    let module = folder.join(TARGET).join(PROFILE).join(CRATE.replace('-', "_")).with_extension("wasm");
    std::fs::read(&module).map_err(|error| WasmError::Read(module, error))
}

/// The flag that keeps the path of somebody's home out of a published file, and the file the same on every machine.
fn path_remapping() -> OsString {
    let own = || std::env::home_dir().map(|home| home.join(".cargo"));
    match std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(own) {
        Some(cargo) => [OsStr::new("--remap-path-prefix="), cargo.as_os_str(), OsStr::new("=cargo")].into_iter().collect(),
        None => OsString::new(),
    }
}

/// Makes the module that browsers load, and its glue.
fn bind(module: Vec<u8>) -> Result<CheckerFiles, WasmError> {
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
        let failed = ExitStatus::default;
        for (error, advice) in [
            (WasmError::Repository(PathBuf::from("/nowhere"), missing()), "run this in the repository"),
            (WasmError::Start("cargo", missing()), "install Rust from https://rustup.rs and run this again"),
            (WasmError::Rustc("no".to_owned()), "run `rustup update stable`"),
            (WasmError::NoRustup, "run `rustup target add wasm32-unknown-unknown`"),
            (WasmError::Rustup(failed()), "run it yourself while you are online"),
            (WasmError::OtherToolchain(PathBuf::from("/usr/lib/rustlib")), "put rustup's first in PATH"),
            (WasmError::Compile(failed()), "see above"),
            (WasmError::Read(PathBuf::from("target/wasm/x"), missing()), "remove the folder target/wasm"),
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
