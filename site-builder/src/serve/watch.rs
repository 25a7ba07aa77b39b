//! Reads content, templates and styles again when they change.

use super::files::News;
use super::shown::{Built, Shown};
use crate::output::OutputError;
use crate::project::{Folders, WriteError};
use crate::report::Report;
use crate::site::destination::{Destination, Record};
use crate::site::{Checker, Extras};
use crate::wasm::CheckerFiles;
use crate::watch;
use diagnosis::knowledge::Knowledge;
use reader::again::Memory;
use reader::timings::Timings;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::sync::broadcast;

/// What is served is made here.
pub struct Workshop {
    folders: Folders,
    checker: Option<CheckerFiles>,
    /// The checker with the knowledge that it was last made for.
    with_knowledge: Option<(Arc<Knowledge>, Checker)>,
    shown: Arc<Shown>,
    news: broadcast::Sender<News>,
    memory: Memory,
    /// Counts the changes, so that a check of an older state ends early.
    state: Arc<AtomicU64>,
}

impl Workshop {
    /// A workshop that has read nothing yet.
    pub fn new(folders: Folders, checker: Option<CheckerFiles>, shown: Arc<Shown>, news: broadcast::Sender<News>) -> Self {
        Self { folders, checker, with_knowledge: None, shown, news, memory: Memory::default(), state: Arc::default() }
    }

    /// The site as the files are now.
    fn plan(&mut self, timings: &Timings) -> Result<Built, Report> {
        let project = self.folders.read_again(&mut self.memory, timings)?;
        let knowledge = project.content().shared_knowledge();
        let is_known = self.with_knowledge.as_ref().is_some_and(|(known, _)| Arc::ptr_eq(known, &knowledge));
        if let Some(code) = self.checker.as_ref().filter(|_| !is_known) {
            self.with_knowledge = Some((knowledge, timings.of("store knowledge", || project.checker(code))));
        }
        let site = project.plan(None, self.with_knowledge.as_ref().map(|(_, checker)| checker), timings)?;
        Ok(Built::new(project, site))
    }

    /// Reads what changed and shows it; the last good site stays where something is wrong.
    fn renew(&mut self, timings: &Timings) {
        let state = self.state.fetch_add(1, Ordering::Relaxed) + 1;
        match self.plan(timings).map(Arc::new) {
            Ok(built) => {
                let before = self.shown.show(Arc::clone(&built));
                self.send(News::Changed);
                // A large site takes time to be given back: pages reload meanwhile.
                drop(before);
                let (shown, news, newest) = (Arc::clone(&self.shown), self.news.clone(), Arc::clone(&self.state));
                std::thread::spawn(move || check_all_pages(&built, &shown, &news, &Unless { state, newest, record: Record::default() }));
            }
            Err(mistakes) => {
                mistakes.print();
                self.shown.tell(Some(mistakes.text(false)));
                self.send(News::Wrong);
            }
        }
    }

    fn send(&self, news: News) {
        // An error means that no page is open.
        let _ = self.news.send(news);
    }
}

/// Renders every page once, to find what only rendering shows, such as broken links; the page that was changed is shown long before.
fn check_all_pages(built: &Built, shown: &Shown, news: &broadcast::Sender<News>, nowhere: &Unless) {
    let (project, site) = built.parts();
    if let Err(WriteError::Mistakes(mistakes)) = project.write(site, &Extras::default(), nowhere, &Timings::default())
        && nowhere.is_newest()
    {
        mistakes.print();
        shown.tell(Some(mistakes.text(false)));
        let _ = news.send(News::Wrong);
    }
}

/// Takes files and forgets them, until there is a newer state.
struct Unless {
    state: u64,
    newest: Arc<AtomicU64>,
    record: Record,
}

impl Unless {
    fn is_newest(&self) -> bool {
        self.newest.load(Ordering::Relaxed) == self.state
    }
}

impl Destination for Unless {
    fn is_wanted(&self) -> bool {
        self.is_newest()
    }

    fn put(&self, path: &str, _: &[u8]) -> Result<(), OutputError> {
        if self.is_newest() { Ok(()) } else { Err(OutputError::Outside(path.to_owned())) }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, OutputError> {
        Err(OutputError::Outside(path.to_owned()))
    }

    fn record(&self) -> &Record {
        &self.record
    }
}

/// Reads everything once, then again whenever the workshop's folders change.
pub fn start(mut workshop: Workshop, tells_timings: bool) -> notify::Result<()> {
    let changes = watch::changes(&workshop.folders.watched())?;
    let mut renew = move || {
        let (started, timings) = (Instant::now(), Timings::default());
        workshop.renew(&timings);
        if tells_timings {
            anstream::println!("{}", timings.text());
        }
        if workshop.shown.wrong().is_none() {
            anstream::println!("shown after {} ms", started.elapsed().as_millis());
        }
    };
    renew();
    std::thread::spawn(move || {
        while changes.wait() {
            renew();
        }
    });
    Ok(())
}
