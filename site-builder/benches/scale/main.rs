//! Full builds of the same text by fivexx, by other builders, and by the least that any builder has to do.
//!
//!     cargo bench -p site-builder --bench scale -- 1000 10000
//!     cargo bench -p site-builder --bench scale -- --reload 0 10000
//!
//! The second line measures the time from saving a file to the reload of the page: with the content of the repository (0) and with 10000 pages.
//!
//! Programs run in turn, each into a fresh folder below `$BENCH_DIR` (by default the memory disk), five times each (`RUNS`). Hugo and mdBook
//! are measured where `hugo` and `mdbook` are in PATH. GNU time counts. The numbers are for this machine on this day.
#![allow(missing_docs, reason = "a bench has no users")]
#![allow(clippy::expect_used, reason = "a bench that can't go on has to stop")]

mod corpus;
mod floor;
mod measure;
mod peers;
mod reload;

use corpus::Form;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--bench")).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--floor", from, to] => floor::run(Path::new(from), Path::new(to)),
        ["--reload", pages @ ..] => pages.iter().try_for_each(|pages| reload::measure(&bench_folder(), pages.parse().expect("a number of pages"))),
        pages => {
            let pages: Vec<usize> = pages.iter().map(|pages| pages.parse().expect("numbers of pages")).collect();
            let pages = if pages.is_empty() { vec![50, 1000] } else { pages };
            pages.into_iter().try_for_each(|pages| [false, true].into_iter().try_for_each(|languages| compare(pages, languages)))
        }
    }
}

fn bench_folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let base =
        std::env::var_os("BENCH_DIR").map(PathBuf::from).unwrap_or_else(|| if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() });
    base.join(format!("fivexx-bench-{}", std::process::id()))
}

/// Builds a corpus of `pages` pages with all programs, in turn, and prints a table.
fn compare(pages: usize, languages: bool) -> std::io::Result<()> {
    let runs = std::env::var("RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(5);
    let folder = bench_folder();
    let programs = peers::all();
    let mut costs: Vec<Vec<measure::Cost>> = programs.iter().map(|_| Vec::new()).collect();
    for form in [Form::Fivexx, Form::Hugo, Form::MdBook, Form::Bare] {
        peers::prepare(form, &folder)?;
        corpus::write(form, pages, languages, &peers::sources(form, &folder))?;
    }
    for run in 0..runs {
        for (program, costs) in programs.iter().zip(&mut costs) {
            let out = folder.join(format!("out-{run}-{}", program.name.replace(' ', "-")));
            costs.push(program.run(&folder, &out)?);
        }
    }
    println!("\n{pages} pages, code {}, {runs} runs each in turn", if languages { "highlighted" } else { "without language, so not highlighted" });
    println!("{:<34} {:>9} {:>9} {:>9} {:>9} {:>10}", "", "median s", "least s", "CPU s", "peak MB", "pages/s");
    for (program, costs) in programs.iter().zip(costs) {
        let Some((cost, least)) = measure::median(costs) else { continue };
        let speed = pages as f64 / cost.wall_seconds;
        println!(
            "{:<34} {:>9.2} {least:>9.2} {:>9.2} {:>9.0} {speed:>10.0}",
            program.label, cost.wall_seconds, cost.cpu_seconds, cost.peak_megabytes
        );
    }
    std::fs::remove_dir_all(&folder)
}
