//! Puts into the binary what it needs far from the repository: content, the knowledge compiled from it, templates, and the checker.
//!
//! Bad content does not break the build: the binary then says what is wrong when knowledge is asked for, and
//! `fivexx check` can still be built and run. The checker is carried as `fivexx build` has made it of the present source, or compiled here.

#[path = "src/wasm/fingerprint.rs"]
mod fingerprint;
#[path = "src/wasm/module.rs"]
mod module;

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let repository = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("..").canonicalize()?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let (content, templates) = (repository.join("content"), repository.join("templates"));
    // Cargo looks at the times of files in folders that exist, so this one has to.
    let checker = fingerprint::cache(&repository);
    std::fs::create_dir_all(&checker)?;
    let sources = [&content, &templates, &checker, &repository.join("diagnosis/src"), &repository.join("wasm-checker/src")];
    for folder in sources {
        println!("cargo::rerun-if-changed={}", folder.display());
    }

    write_knowledge(&content, &out)?;
    let carried = format!(
        "pub const CONTENT: &[(&str, &str)] = &[\n{}];\npub const TEMPLATES: &[(&str, &str)] = &[\n{}];\n{}",
        carried_texts(&content, &["md", "yaml"])?,
        carried_texts(&templates, &["html", "css", "js", "svg"])?,
        carried_checker(&repository, &checker, &out)?
    );
    std::fs::write(out.join("carried.rs"), carried)?;
    Ok(())
}

fn write_knowledge(content: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let reading = reader::read(content);
    let (bytes, mistakes) = match reading.outcome {
        Ok(content) => (content.knowledge().to_bytes()?, String::new()),
        Err(mistakes) => {
            let rendered: Vec<_> = mistakes.iter().map(|mistake| mistake.render(&reading.files, false)).collect();
            (Vec::new(), rendered.join("\n\n"))
        }
    };
    std::fs::write(out.join("knowledge.bin"), bytes)?;
    std::fs::write(out.join("mistakes.txt"), mistakes)?;
    Ok(())
}

/// The files below a folder as pairs of path and text, sorted by path.
fn carried_texts(folder: &Path, endings: &[&str]) -> Result<String, Box<dyn Error>> {
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let is_wanted = path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted));
            if path.is_dir() {
                folders.push(path);
            } else if is_wanted && !path.ends_with("README.md") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let mut pairs = String::new();
    for path in paths {
        let name = path.strip_prefix(folder)?.to_str().ok_or("a file name is not UTF-8")?.replace('\\', "/");
        writeln!(pairs, "    ({name:?}, include_str!({:?})),", path.to_str().ok_or("a path is not UTF-8")?)?;
    }
    Ok(pairs)
}

/// The glue and the module, if `fivexx build` made them of the source as it is now. Where it has made none yet, the module as the compiler
/// makes it: `cargo install` in a fresh copy of the repository then gives a whole program.
fn carried_checker(repository: &Path, cache: &Path, out: &Path) -> Result<String, Box<dyn Error>> {
    let made_of = std::fs::read_to_string(cache.join("sources")).unwrap_or_default();
    let is_fresh = fingerprint::of_sources(repository).is_ok_and(|sources| sources == made_of);
    let carried = if is_fresh {
        format!("Some((Some(include_bytes!({:?})), include_bytes!({:?})))", cache.join("glue.js"), cache.join("checker.wasm"))
    } else if made_of.is_empty() && std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        match module::compile(repository) {
            Ok(module) => {
                let file = out.join("module.wasm");
                std::fs::write(&file, module)?;
                format!("Some((None, include_bytes!({file:?})))")
            }
            Err(error) => {
                println!("cargo::warning=the binary carries no checker: {}", error.to_string().replace('\n', " "));
                "None".to_owned()
            }
        }
    } else {
        "None".to_owned()
    };
    Ok(format!("/// The glue, where it is made already, and the module.\npub const CHECKER: Option<(Option<&[u8]>, &[u8])> = {carried};\n"))
}
