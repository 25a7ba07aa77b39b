//! The least that any builder has to do: read every input, parse the Markdown, write a page each; on all cores.

use pulldown_cmark::{Options, Parser, html};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Does it.
pub fn run(from: &Path, to: &Path) -> io::Result<()> {
    let inputs: Vec<PathBuf> = std::fs::read_dir(from)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<()> {
        while let Some(input) = inputs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let text = std::fs::read_to_string(input)?;
            let mut page = String::with_capacity(text.len() * 2);
            html::push_html(&mut page, Parser::new_ext(&text, Options::ENABLE_TABLES));
            let folder = to.join(input.file_stem().unwrap_or_default());
            std::fs::create_dir_all(&folder)?;
            std::fs::write(folder.join("index.html"), page)?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(|_| Err(io::Error::other("a thread ended early"))))
    })
}
