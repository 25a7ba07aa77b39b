//! Compiles the checker for browsers; shared by the program and its build script.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

const TARGET: &str = "wasm32-unknown-unknown";
const CRATE: &str = "wasm-checker";
const PROFILE: &str = "wasm";

/// Why the checker could not be compiled.
#[derive(Debug)]
pub enum CompileError {
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
}

impl fmt::Display for CompileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
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
        }
    }
}

impl std::error::Error for CompileError {}

/// The module of a repository as the compiler makes it, before wasm-bindgen.
pub fn compile(repository: &Path) -> Result<Vec<u8>, CompileError> {
    provide_target(repository)?;
    run_cargo(repository)
}

fn provide_target(repository: &Path) -> Result<(), CompileError> {
    if target_folder(repository)?.is_dir() {
        return Ok(());
    }
    eprintln!("Adding Rust's target {TARGET}, which the checker is compiled for: rustup target add {TARGET}");
    match Command::new("rustup").args(["target", "add", TARGET]).current_dir(repository).stdout(Stdio::null()).status() {
        Ok(status) if !status.success() => return Err(CompileError::Rustup(status)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(CompileError::NoRustup),
        Err(error) => return Err(CompileError::Start("rustup", error)),
        Ok(_) => {}
    }
    let folder = target_folder(repository)?;
    if folder.is_dir() { Ok(()) } else { Err(CompileError::OtherToolchain(folder)) }
}

/// Where the compiler that will be used keeps the target's library; missing while the target is.
fn target_folder(repository: &Path) -> Result<PathBuf, CompileError> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    let asked = Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]).current_dir(repository).output();
    let output = asked.map_err(|error| CompileError::Start("rustc", error))?;
    if !output.status.success() {
        return Err(CompileError::Rustc(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    Ok(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}

/// Compiles the crate and reads the module.
fn run_cargo(repository: &Path) -> Result<Vec<u8>, CompileError> {
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
        // A lint that runs the build script is not meant for the checker.
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .env("CARGO_ENCODED_RUSTFLAGS", path_remapping())
        .stdout(Stdio::null())
        .status()
        .map_err(|error| CompileError::Start("cargo", error))?;
    if !status.success() {
        return Err(CompileError::Compile(status));
    }
    let module = folder.join(TARGET).join(PROFILE).join(CRATE.replace('-', "_")).with_extension("wasm");
    std::fs::read(&module).map_err(|error| CompileError::Read(module, error))
}

/// The flag that keeps the path of somebody's home out of a published file, and the file the same on every machine.
fn path_remapping() -> OsString {
    let own = || std::env::home_dir().map(|home| home.join(".cargo"));
    match std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(own) {
        Some(cargo) => [OsStr::new("--remap-path-prefix="), cargo.as_os_str(), OsStr::new("=cargo")].into_iter().collect(),
        None => OsString::new(),
    }
}
