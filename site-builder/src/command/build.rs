//! `fivexx build`

use crate::project::Folders;
use crate::report::Report;
use crate::site::Extras;
use crate::site::relative::relative;
use crate::{Outcome, output};
use clap::Args;
use std::path::PathBuf;
use std::time::Instant;

/// Builds the site.
///
/// The new site takes the place of the old one only when it is complete; on any mistake the old one stays.
#[derive(Args)]
pub struct Arguments {
    /// The folder to write to.
    #[arg(long, value_name = "DIR", default_value = "site")]
    out: PathBuf,
    /// The address the site will have, for canonical links and the sitemap; by default that of site.yaml.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Leave the checker out: pages only, no Rust toolchain needed.
    #[arg(long)]
    without_checker: bool,
    /// Leave the search index out: a quicker build.
    #[arg(long)]
    without_search: bool,
    /// Leave the images for sharing out: a quicker build.
    #[arg(long)]
    without_images: bool,
    /// Write each file as Brotli and gzip too, for servers that send what lies there.
    #[arg(long)]
    precompress: bool,
    /// Write the site as an archive too, with relative links: it works in any folder of any server, and without the checker from a disk.
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "site.zip")]
    zip: Option<PathBuf>,
    #[command(flatten)]
    folders: Folders,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Outcome {
    match build(arguments) {
        Ok(done) => {
            anstream::println!("{done}");
            Outcome::Fine
        }
        Err(Failure::Mistakes(mistakes)) => {
            mistakes.print();
            Outcome::Wrong
        }
        Err(Failure::Other(error)) => {
            anstream::eprintln!("error: {error}");
            Outcome::Wrong
        }
    }
}

/// Why there is no new site.
enum Failure {
    Mistakes(Report),
    Other(String),
}

/// Content comes first: a mistake in it should not cost a build of the checker.
fn build(arguments: &Arguments) -> Result<String, Failure> {
    let started = Instant::now();
    let other = |error: &dyn std::fmt::Display| Failure::Other(error.to_string());
    let project = arguments.folders.read().map_err(Failure::Mistakes)?;
    let checker = match arguments.without_checker {
        true => None,
        false => Some(arguments.folders.checker().map_err(|error| other(&error))?),
    };
    let images = (!arguments.without_images).then(|| arguments.folders.image_cache());
    let extras = Extras { search: !arguments.without_search, images };
    let mut site = project.render(arguments.base_url.as_deref(), checker.as_ref(), &extras).map_err(Failure::Mistakes)?;
    if let Some(file) = &arguments.zip {
        output::write_zip(&relative(&site), file).map_err(|error| other(&error))?;
    }
    if arguments.precompress {
        output::precompress(&mut site).map_err(|error| other(&error))?;
    }
    output::write(&site, &arguments.out).map_err(|error| other(&error))?;
    Ok(format!("{} files in {} after {:.1} s", site.files.len(), arguments.out.display(), started.elapsed().as_secs_f64()))
}
