//! Compiles `content/` into the knowledge that the binary carries, so that `fivexx diagnose` needs no files.
//!
//! Bad content does not break the build: the binary then says what is wrong when knowledge is asked for, and
//! `fivexx check` can still be built and run.

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let content = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("../content");
    println!("cargo::rerun-if-changed={}", content.display());
    let reading = reader::read(&content);
    let (bytes, mistakes) = match reading.outcome {
        Ok(content) => (content.knowledge().to_bytes()?, String::new()),
        Err(mistakes) => {
            let rendered: Vec<_> = mistakes.iter().map(|mistake| mistake.render(&reading.files, "content", false)).collect();
            (Vec::new(), rendered.join("\n\n"))
        }
    };
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(out.join("knowledge.bin"), bytes)?;
    std::fs::write(out.join("mistakes.txt"), mistakes)?;
    Ok(())
}
