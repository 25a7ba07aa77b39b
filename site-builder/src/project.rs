//! Where content, templates and the checker's source are.

use crate::carried::{self, Templates};
use crate::output::OutputError;
use crate::report::Report;
use crate::site::destination::Destination;
use crate::site::{Checker, Extras, Failure, Site};
use crate::wasm;
use clap::Args;
use reader::again::{Memory, Samples};
use reader::at::Place;
use reader::diagnostic::{Diagnostic, Problem};
use reader::source::{Layer, SourceFile};
use reader::timings::Timings;
use reader::{Content, Reading, lint};
use std::path::{Path, PathBuf};

/// The word that names the content which the binary carries, in place of a folder.
const BUILT_IN: &str = "built-in";

/// What a site is built from.
#[derive(Args, Clone, Debug)]
pub struct Folders {
    /// A folder with content, or the word `built-in`; may be given several times, each adds to those before it and overrides them.
    ///
    /// A first folder without `site.yaml` lies over the built-in content. Without the option: the folder `content` where there is one,
    /// otherwise the built-in content.
    #[arg(long, value_name = "DIR")]
    content: Vec<PathBuf>,
    /// A folder with page templates and assets that take the place of the built-in ones; `templates` where there is one.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
}

/// Content in layers, as `--content` names them. What has no `site.yaml` does not stand alone: it lies over what the binary carries.
pub fn layers(folders: &[PathBuf]) -> Vec<Layer<'_>> {
    let stands_alone = folders.first().is_none_or(|first| first.as_os_str() == BUILT_IN || !first.is_dir() || first.join("site.yaml").exists());
    let base = (!stands_alone).then_some(Layer::Carried { name: BUILT_IN, files: carried::CONTENT });
    base.into_iter().chain(folders.iter().map(|folder| layer(folder))).collect()
}

fn layer(folder: &Path) -> Layer<'_> {
    match folder.as_os_str() == BUILT_IN {
        true => Layer::Carried { name: BUILT_IN, files: carried::CONTENT },
        false => Layer::Folder(folder),
    }
}

/// Content that was read, with its files for error messages.
pub struct Project {
    templates: Templates,
    files: Vec<SourceFile>,
    content: Content,
}

impl Project {
    /// The content.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// What should be better, without being wrong; `today` is written as `2026-11-21`.
    pub fn warnings(&self, today: &str) -> Report {
        Report::new(lint::warnings(&self.content, &self.files, today), self.files.clone())
    }

    /// The checker with the knowledge of this content.
    pub fn checker(&self, code: &wasm::CheckerFiles) -> Checker {
        Checker::new(code, self.content.knowledge())
    }

    /// Checks all samples, where reading left some.
    pub fn check_samples(&self) -> Result<(), Report> {
        self.content.check_samples().map_err(|mistakes| self.report(mistakes))
    }

    /// Plans the site; without a checker the pages do without.
    pub fn plan(&self, base_url: Option<&str>, checker: Option<&Checker>, timings: &Timings) -> Result<Site, Report> {
        Site::plan(&self.content, &self.templates, base_url, checker, timings).map_err(|mistakes| self.report(mistakes))
    }

    /// Renders a planned site and sends it to its destination.
    pub fn write(&self, site: &Site, extras: &Extras, to: &impl Destination, timings: &Timings) -> Result<(), WriteError> {
        site.write(&self.content, extras, to, timings).map_err(|failure| match failure {
            Failure::Mistakes(mistakes) => WriteError::Mistakes(self.report(mistakes)),
            Failure::Output(error) => WriteError::Output(error),
            Failure::Extra(said) => WriteError::Extra(said),
        })
    }

    /// One file of a planned site, by its path; none where the site has no such file.
    pub fn file(&self, site: &Site, path: &str) -> Result<Option<Vec<u8>>, Report> {
        site.file(&self.content, path).map_err(|mistakes| self.report(mistakes))
    }

    /// A report on mistakes in the files of this content.
    pub fn report(&self, mistakes: Vec<Diagnostic>) -> Report {
        Report::new(reader::located(mistakes, &self.files), self.files.clone())
    }
}

/// Why there is no new site.
#[derive(Debug)]
pub enum WriteError {
    /// Content or templates are wrong.
    Mistakes(Report),
    /// The output folder refused something.
    Output(OutputError),
    /// An extra can't be made.
    Extra(String),
}

impl From<Report> for WriteError {
    fn from(report: Report) -> Self {
        Self::Mistakes(report)
    }
}

impl From<OutputError> for WriteError {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

impl WriteError {
    /// Tells people, on standard error.
    pub fn print(&self) {
        match self {
            Self::Mistakes(mistakes) => mistakes.print(),
            Self::Output(error) => anstream::eprintln!("error: {error}"),
            Self::Extra(said) => anstream::eprintln!("error: {said}"),
        }
    }
}

impl Folders {
    /// Reads and checks the content.
    pub fn read(&self, timings: &Timings) -> Result<Project, Report> {
        self.project(reader::read_layers(&layers(&self.content()), timings), timings)
    }

    /// Reads and checks the content again; what did not change is taken from memory.
    pub fn read_again(&self, memory: &mut Memory, samples: Samples, timings: &Timings) -> Result<Project, Report> {
        self.project(memory.read(&layers(&self.content()), samples, timings), timings)
    }

    fn project(&self, reading: Reading, timings: &Timings) -> Result<Project, Report> {
        let Reading { files, outcome } = reading;
        match (outcome, timings.of("read templates", || self.read_templates())) {
            (Ok(content), Ok(templates)) => Ok(Project { templates, files, content }),
            (Ok(_), Err(mistake)) => Err(Report::new(vec![mistake], files)),
            (Err(mistakes), templates) => Err(Report::new(mistakes.into_iter().chain(templates.err()).collect(), files)),
        }
    }

    fn read_templates(&self) -> Result<Templates, Diagnostic> {
        Templates::read(self.templates().as_deref())
            .map_err(|unreadable| Diagnostic::new(unreadable.path.display().to_string(), Place::default(), Problem::Unreadable(unreadable.error)))
    }

    /// The folders of content; the word for what is carried stands for itself.
    fn content(&self) -> Vec<PathBuf> {
        match (self.content.is_empty(), Path::new("content").is_dir()) {
            (false, _) => self.content.clone(),
            (true, true) => vec![PathBuf::from("content")],
            (true, false) => vec![PathBuf::from(BUILT_IN)],
        }
    }

    fn templates(&self) -> Option<PathBuf> {
        let usual = || Path::new("templates").is_dir().then(|| PathBuf::from("templates"));
        self.templates.clone().or_else(usual)
    }

    /// The folders whose changes change the site.
    pub fn watched(&self) -> Vec<PathBuf> {
        self.content().into_iter().filter(|folder| folder.as_os_str() != BUILT_IN).chain(self.templates()).collect()
    }

    /// The folder that holds the checker's source, if one stands beside the content.
    pub fn repository(&self) -> Option<PathBuf> {
        let beside = |folder: PathBuf| match folder.parent() {
            Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
            Some(parent) => parent.to_owned(),
            None => PathBuf::from("."),
        };
        self.content().into_iter().map(beside).find(|folder| folder.join("wasm-checker/Cargo.toml").is_file())
    }

    /// The checker: built from its source where that is at hand, otherwise the carried one.
    pub fn checker(&self) -> Result<wasm::CheckerFiles, wasm::WasmError> {
        match (self.repository(), carried::CHECKER) {
            (Some(repository), _) => wasm::build(&repository),
            (None, Some((Some(glue), module))) => Ok(wasm::CheckerFiles { glue: glue.to_vec(), wasm: module.to_vec() }),
            (None, Some((None, module))) => wasm::bind(module.to_vec()),
            (None, None) => Err(wasm::WasmError::NotCarried),
        }
    }

    /// Where what took time is kept from one build to the next: `images`, `search`, `compressed`.
    pub fn cache(&self, what: &str) -> PathBuf {
        let folder = self.repository().map_or_else(|| std::env::temp_dir().join("fivexx"), |repository| repository.join("target"));
        folder.join(what)
    }
}
