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
use reader::again::{Memory, Samples};
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
        let project = self.folders.read_again(&mut self.memory, Samples::OfChangedFiles, timings)?;
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
                std::thread::spawn(move || check_the_rest(&built, &shown, &news, &Unless { state, newest, record: Record::default() }));
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

/// Finds what takes longer than an author waits: samples in which something else is recognised now, and what only rendering shows, such as
/// broken links. The page that was changed is shown long before.
fn check_the_rest(built: &Built, shown: &Shown, news: &broadcast::Sender<News>, nowhere: &Unless) {
    let (project, site) = built.parts();
    let written = || project.write(site, &Extras::default(), nowhere, &Timings::default());
    if let Err(WriteError::Mistakes(mistakes)) = project.check_samples().map_err(WriteError::Mistakes).and_then(|()| written())
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
        workshop.shown.wrong().is_none().then(|| started.elapsed())
    };
    renew();
    std::thread::spawn(move || {
        while changes.wait() {
            if let Some(took) = renew() {
                anstream::println!("shown after {} ms", took.as_millis());
            }
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::destination::Held;
    use clap::Parser;
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    #[derive(Parser)]
    struct Given {
        #[command(flatten)]
        folders: Folders,
    }

    type Files = BTreeMap<String, Vec<u8>>;
    type Edit = fn(&Path) -> std::io::Result<()>;

    /// Each is made on top of those before it.
    const EDITS: [(&str, Edit); 15] = [
        ("the prose of a guide", |desk| edit(desk, "content/guides/first-steps.md", "\n---\n", "\n---\nSaid anew.\n\n")),
        ("the title of a guide", |desk| edit(desk, "content/guides/first-steps.md", "title: ", "title: New ")),
        ("the prose of a cause", |desk| edit(desk, "content/causes/wrong-address.md", "It stopped.", "A misspelt hostname.")),
        ("the fields of a cause", |desk| edit(desk, "content/causes/wrong-address.md", "title: ", "title: New ")),
        ("the words of a message", |desk| edit(desk, "content/systems/echo/messages/connect.yaml", "title: upstream refused", "title: refused")),
        ("the causes of a message", |desk| {
            edit(desk, "content/systems/echo/messages/connect.yaml", "{backend-not-running: usually}", "{wrong-address: usually}")
        }),
        ("a system", |desk| edit(desk, "content/systems/echo/system.md", "name: ", "name: New ")),
        ("a question", |desk| edit(desk, "content/questions/process-state.yaml", "Does the process run?", "Is the process there?")),
        ("a term", |desk| edit(desk, "content/glossary.yaml", "means: ", "means: In short, ")),
        ("the site", |desk| edit(desk, "content/site.yaml", "name: small", "name: other\ncolours: {link: {light: '#0b4a8c', dark: '#8cb8e8'}}")),
        ("a template", |desk| edit(desk, "templates/guide.html", "{{ super() }}", "<p>Guide</p>{{ super() }}")),
        ("a style", |desk| edit(desk, "templates/assets/style.css", "", "p { color: red }\n")),
        ("a file more", |desk| {
            fs::copy(desk.join("content/guides/first-steps.md"), desk.join("content/guides/second-steps.md"))?;
            edit(desk, "content/guides/second-steps.md", "title: ", "title: Second ")
        }),
        ("an entry that overrides another", |desk| {
            fs::create_dir_all(desk.join("overlay/causes"))?;
            fs::copy(desk.join("content/causes/wrong-address.md"), desk.join("overlay/causes/wrong-address.md"))?;
            edit(desk, "overlay/causes/wrong-address.md", "summary: Nothing listens.", "summary: Nothing listens there.")
        }),
        ("a file less", |desk| fs::remove_file(desk.join("content/guides/second-steps.md"))),
    ];

    fn edit(desk: &Path, file: &str, from: &str, to: &str) -> std::io::Result<()> {
        let text = fs::read_to_string(desk.join(file))?;
        assert!(text.contains(from), "{file} does not say {from}");
        fs::write(desk.join(file), text.replacen(from, to, 1))
    }

    /// A small knowledge base, a folder over it, and templates of its own.
    fn set_up(desk: &Path) -> Result<(), Box<dyn std::error::Error>> {
        let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small-content");
        for entry in walkdir::WalkDir::new(&small) {
            let entry = entry?;
            let target = desk.join("content").join(entry.path().strip_prefix(&small)?);
            if entry.file_type().is_dir() { fs::create_dir_all(target)? } else { fs::copy(entry.path(), target).map(drop)? }
        }
        fs::create_dir_all(desk.join("overlay"))?;
        fs::create_dir_all(desk.join("templates/assets"))?;
        fs::write(desk.join("templates/guide.html"), "{% extends \"built-in/guide.html\" %}{% block main %}{{ super() }}{% endblock %}")?;
        fs::write(desk.join("templates/assets/style.css"), "p { color: blue }\n")?;
        Ok(())
    }

    fn checker() -> CheckerFiles {
        CheckerFiles { glue: b"glue".to_vec(), wasm: b"wasm".to_vec() }
    }

    fn rendered(project: &crate::project::Project, site: &crate::site::Site) -> Result<Files, String> {
        let (held, extras) = (Held::default(), Extras { markdown: true, ..Extras::default() });
        project.write(site, &extras, &held, &Timings::default()).map_err(|error| format!("{error:?}"))?;
        Ok(held.into_files())
    }

    /// What a build would write.
    fn built(folders: &Folders) -> Result<Files, String> {
        let timings = Timings::default();
        let project = folders.read(&timings).map_err(|mistakes| mistakes.text(false))?;
        let checker = project.checker(&checker());
        let site = project.plan(None, Some(&checker), &timings).map_err(|mistakes| mistakes.text(false))?;
        rendered(&project, &site)
    }

    fn shown(workshop: &mut Workshop) -> Result<Files, String> {
        let built = workshop.plan(&Timings::default()).map_err(|mistakes| mistakes.text(false))?;
        let (project, site) = built.parts();
        rendered(project, site)
    }

    #[test]
    fn after_each_change_every_file_is_as_a_build_would_write_it() -> Result<(), Box<dyn std::error::Error>> {
        let desk = tempfile::tempdir()?;
        set_up(desk.path())?;
        let folder = |name: &str| desk.path().join(name).display().to_string();
        let (content, overlay, templates) = (folder("content"), folder("overlay"), folder("templates"));
        let folders = Given::parse_from(["", "--content", &content, "--content", &overlay, "--templates", &templates]).folders;
        let mut workshop = Workshop::new(folders.clone(), Some(checker()), Arc::default(), broadcast::channel(1).0);
        let mut before = shown(&mut workshop)?;
        for (what, edit) in EDITS {
            edit(desk.path())?;
            let (after, expected) = (shown(&mut workshop)?, built(&folders)?);
            let other: Vec<_> = expected.iter().filter(|(path, bytes)| after.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
            assert!(
                other.is_empty() && after.len() == expected.len(),
                "after a change of {what}, these are not as a build would write them: {other:?}"
            );
            assert!(after != before, "a change of {what} changed nothing");
            before = after;
        }
        Ok(())
    }

    #[test]
    fn a_mistake_that_is_corrected_leaves_no_trace() -> Result<(), Box<dyn std::error::Error>> {
        let desk = tempfile::tempdir()?;
        set_up(desk.path())?;
        let (content, templates) = (desk.path().join("content").display().to_string(), desk.path().join("templates").display().to_string());
        let folders = Given::parse_from(["", "--content", &content, "--templates", &templates]).folders;
        let mut workshop = Workshop::new(folders, Some(checker()), Arc::default(), broadcast::channel(1).0);
        let before = shown(&mut workshop)?;
        for (file, good, bad) in [
            ("content/causes/wrong-address.md", "checks:", "cheks:"),
            ("content/systems/echo/messages/connect.yaml", "backend-not-running: usually", "no-such-cause: usually"),
            ("templates/guide.html", "{% endblock %}", "{% endblck %}"),
        ] {
            edit(desk.path(), file, good, bad)?;
            assert!(shown(&mut workshop).is_err(), "{file} is taken with `{bad}`");
            edit(desk.path(), file, bad, good)?;
            assert!(shown(&mut workshop)? == before, "{file} leaves a trace");
        }
        Ok(())
    }
}
