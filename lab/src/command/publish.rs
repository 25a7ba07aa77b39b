//! `lab publish`

use crate::laboratory::Laboratory;
use crate::publish;
use anyhow::Result;
use clap::Args;

/// Writes what the captures show into `content/lab/`, from which the site's pages are made.
#[derive(Args)]
pub struct Arguments {}

/// Runs the command.
pub fn run(_arguments: &Arguments) -> Result<bool> {
    let laboratory = Laboratory::open()?;
    for (file, text) in publish::files(&laboratory)? {
        std::fs::create_dir_all(file.parent().unwrap_or(&file))?;
        std::fs::write(&file, text)?;
        println!("{}", file.display());
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_shows_what_the_captures_show() {
        let laboratory = Laboratory::open().unwrap();
        for (file, text) in publish::files(&laboratory).unwrap() {
            let published = std::fs::read_to_string(&file).unwrap_or_default();
            assert!(published == text, "{} is not what the captures show; run `cargo run --release -p lab -- publish`", file.display());
        }
    }
}
