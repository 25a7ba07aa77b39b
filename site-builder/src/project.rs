//! Where content, templates and the checker's source are.

use crate::site::{Checker, Extras, Site, render};
use crate::wasm;
use clap::Args;
use reader::diagnostic::Diagnostic;
use reader::source::SourceFile;
use reader::{Content, Reading};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// The folders that a site is built from.
#[derive(Args, Clone, Debug)]
pub struct Folders {
    /// The folder that holds the content.
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// The folder that holds the page templates.
    #[arg(long, value_name = "DIR", default_value = "templates")]
    pub templates: PathBuf,
}

/// What can be wrong with a site that is to be built.
#[derive(Debug)]
pub struct Mistakes {
    files: Vec<SourceFile>,
    mistakes: Vec<Diagnostic>,
    folder: PathBuf,
}

impl Mistakes {
    /// All mistakes with excerpts, and their number.
    pub fn render(&self, coloured: bool) -> String {
        let folder = self.folder.display().to_string();
        let each: String = self.mistakes.iter().map(|mistake| mistake.render(&self.files, &folder, coloured) + "\n\n").collect();
        let count = self.mistakes.len();
        format!("{each}{count} {}", if count == 1 { "mistake" } else { "mistakes" })
    }

    /// Prints all mistakes to standard error.
    pub fn print(&self) {
        anstream::eprintln!("{}", self.render(std::io::stderr().is_terminal()));
    }
}

/// Content that was read, with its files for error messages.
pub struct Project<'f> {
    folders: &'f Folders,
    files: Vec<SourceFile>,
    content: Content,
}

impl Project<'_> {
    /// The content.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// Renders all pages, in memory; without a checker the pages do without.
    pub fn render(&self, base_url: Option<&str>, checker: Option<&wasm::CheckerFiles>, extras: &Extras) -> Result<Site, Mistakes> {
        let knowledge = self.content.knowledge().to_parts().unwrap_or_default();
        let checker = checker.map(|checker| Checker { glue: checker.glue.clone(), wasm: checker.wasm.clone(), knowledge });
        render(&self.content, &self.folders.templates, base_url, checker.as_ref(), extras)
            .map_err(|mistakes| self.folders.mistakes(reader::located(mistakes, &self.files), self.files.clone()))
    }
}

impl Folders {
    /// Reads and checks the content.
    pub fn read(&self) -> Result<Project<'_>, Mistakes> {
        let Reading { files, outcome } = reader::read(&self.content);
        match outcome {
            Ok(content) => Ok(Project { folders: self, files, content }),
            Err(mistakes) => Err(self.mistakes(mistakes, files)),
        }
    }

    fn mistakes(&self, mistakes: Vec<Diagnostic>, files: Vec<SourceFile>) -> Mistakes {
        Mistakes { files, mistakes, folder: self.content.clone() }
    }

    /// The folder that holds the checker's source: the one beside the content.
    pub fn repository(&self) -> &Path {
        match self.content.parent() {
            Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) => parent,
            None => Path::new("."),
        }
    }
}
