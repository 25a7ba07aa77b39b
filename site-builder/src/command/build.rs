//! `fivexx build`

use crate::Outcome;
use crate::output::{Staging, packed};
use crate::progress::Progress;
use crate::project::{Folders, WriteError};
use crate::site::Extras;
use clap::Args;
use reader::timings::Timings;
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
    /// Leave the pages as Markdown out, and the file that holds all of them: a quicker build.
    #[arg(long)]
    without_markdown: bool,
    /// Say nothing where all is well.
    #[arg(long)]
    quiet: bool,
    /// Name every file that is written.
    #[arg(long, conflicts_with = "quiet")]
    verbose: bool,
    /// Print where the time went.
    #[arg(long)]
    timings: bool,
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
    let started = Instant::now();
    let timings = if arguments.quiet { Timings::default() } else { Timings::told_to(Box::new(Progress::new())) };
    let built = build(arguments, &timings);
    let told = arguments.timings.then(|| timings.text());
    // The line on how far the build is goes before anything else is said.
    drop(timings);
    if let Some(timings) = told {
        anstream::eprintln!("{timings}");
    }
    match built {
        Ok(files) => {
            if arguments.verbose {
                files.iter().for_each(|file| anstream::println!("{file}"));
            }
            if !arguments.quiet {
                anstream::println!("{} files in {} after {:.1} s", files.len(), arguments.out.display(), started.elapsed().as_secs_f64());
            }
            Outcome::Fine
        }
        Err(error) => {
            error.print();
            Outcome::Wrong
        }
    }
}

/// Content comes first: a mistake in it should not cost a build of the checker.
fn build(arguments: &Arguments, timings: &Timings) -> Result<Vec<String>, WriteError> {
    let folders = &arguments.folders;
    let project = folders.read(timings)?;
    let checker = match arguments.without_checker {
        true => None,
        false => Some(timings.of("checker", || folders.checker()).map_err(|error| WriteError::Extra(error.to_string()))?),
    };
    let extras = Extras {
        markdown: !arguments.without_markdown,
        search: (!arguments.without_search).then(|| folders.cache("search")),
        images: (!arguments.without_images).then(|| folders.cache("images")),
    };
    let checker = checker.map(|code| timings.of("store knowledge", || project.checker(&code)));
    let site = project.plan(arguments.base_url.as_deref(), checker.as_ref(), timings)?;
    let staging = Staging::begin(&arguments.out)?;
    project.write(&site, &extras, &staging, timings)?;
    if let Some(file) = &arguments.zip {
        timings.of("archive", || packed::write_zip(&staging, file))?;
    }
    if arguments.precompress {
        timings.of("compress", || packed::precompress(&staging, &folders.cache("compressed"), timings))?;
    }
    Ok(timings.of("put in place", || staging.commit())?)
}
