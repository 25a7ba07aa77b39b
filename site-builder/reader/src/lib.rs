//! From content files to checked content.
//!
//! The way of the data:
//!
//! 1. [`source`]: each layer of content, a folder or what the program carries, becomes files with their text.
//! 2. [`draft`]: each file becomes what its [`form`] says; a [`draft::Draft`] is typed but not yet checked. `layers` lays one over the other.
//! 3. `check`: ids, references, sample lines, questions; every mistake becomes a [`diagnostic::Diagnostic`].
//! 4. `compile`: a draft without mistakes becomes the engine's [`diagnosis::knowledge::Knowledge`].
//! 5. [`Content`] holds both: pages are rendered from it, and nothing else can make one.
//! 6. [`expectation`]: what authors expect of the verdict is held against what the engine says.

pub mod again;
pub mod at;
pub mod body;
mod check;
mod compile;
pub mod diagnostic;
pub mod draft;
pub mod expectation;
pub mod form;
mod layers;
pub mod lint;
pub mod parallel;
mod quotations;
mod resemblance;
pub mod schema;
pub mod source;
pub mod timings;

use at::Place;
use diagnosis::knowledge::Knowledge;
use diagnostic::{Diagnostic, Problem};
use draft::Draft;
use source::{Layer, SourceFile};
use std::path::Path;
use std::sync::Arc;
use timings::Timings;

/// Content in which every reference resolves and every sample line is recognised.
#[derive(Debug)]
pub struct Content {
    draft: Draft,
    knowledge: Arc<Knowledge>,
}

impl Content {
    /// All entries, as written.
    pub fn entries(&self) -> &Draft {
        &self.draft
    }

    /// What the engine knows.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The same, to be kept; content that is read again has the same one until it changes.
    pub fn shared_knowledge(&self) -> Arc<Knowledge> {
        Arc::clone(&self.knowledge)
    }
}

/// What reading content gives: the files for excerpts in error messages, and content or mistakes.
#[derive(Debug)]
pub struct Reading {
    /// The files that were read.
    pub files: Vec<SourceFile>,
    /// Content, or everything that is wrong, sorted by file and line.
    pub outcome: Result<Content, Vec<Diagnostic>>,
}

/// Reads and checks the content in `folder`.
pub fn read(folder: &Path) -> Reading {
    read_layers(&[Layer::Folder(folder)], &Timings::default())
}

/// Reads and checks content in layers, each laid over those before it.
pub fn read_layers(layers: &[Layer<'_>], timings: &Timings) -> Reading {
    let parts = timings.of("read files", || layers.iter().map(|layer| Part::read(*layer)).collect());
    put_together(layers, parts, Known::default(), timings)
}

/// What was read of a layer, or of some files of one.
#[derive(Clone, Debug, Default)]
struct Part {
    files: Vec<SourceFile>,
    draft: Draft,
    mistakes: Vec<Diagnostic>,
}

impl Part {
    /// Reads a whole layer.
    fn read(layer: Layer<'_>) -> Self {
        let (files, unreadable) = layer.read();
        let mut part = Self::of_files(files);
        part.mistakes.extend(unreadable);
        part.check_ids();
        part
    }

    /// Reads one file of a folder.
    fn of_file(folder: &Path, found: &source::Found) -> Self {
        match source::read_file(folder, &found.file) {
            Ok(file) => Self::of_files(vec![file]),
            Err(mistake) => Self { mistakes: vec![mistake], ..Self::default() },
        }
    }

    fn of_files(files: Vec<SourceFile>) -> Self {
        let (draft, mut mistakes) = Draft::read(&files);
        mistakes.extend(check::unfilled(&files));
        Self { files, draft, mistakes }
    }

    /// Adds further files of the same layer.
    fn append(&mut self, more: Self) {
        self.files.extend(more.files);
        self.draft.append(more.draft);
        self.mistakes.extend(more.mistakes);
    }

    /// An id that another layer has too is an override; twice in one layer it is a mistake.
    fn check_ids(&mut self) {
        self.mistakes.extend(check::ids(&self.draft));
    }
}

/// What is known to be as it was at the last reading.
#[derive(Debug, Default)]
struct Known {
    /// The knowledge, whole.
    knowledge: Option<Arc<Knowledge>>,
    /// That all samples are recognised as they should be.
    samples: bool,
}

/// Lays the layers over each other and checks the whole, but for what is known.
fn put_together(layers: &[Layer<'_>], parts: Vec<Part>, known: Known, timings: &Timings) -> Reading {
    let (mut files, mut draft, mut mistakes) = (Vec::new(), Draft::default(), Vec::new());
    timings.of("put entries together", || {
        for part in parts {
            files.extend(part.files);
            draft = std::mem::take(&mut draft).with(part.draft);
            mistakes.extend(part.mistakes);
        }
    });
    let site_file = layers.first().map_or_else(String::new, |layer| layer.path("site.yaml"));
    if draft.site.is_none() && !mistakes.iter().any(|mistake| mistake.file.ends_with("/site.yaml")) {
        mistakes.push(Diagnostic::new(site_file, Place::default(), Problem::MissingFile));
    }
    let outcome = check_draft(draft, mistakes, known, timings);
    Reading { files, outcome }
}

fn check_draft(draft: Draft, mut mistakes: Vec<Diagnostic>, known: Known, timings: &Timings) -> Result<Content, Vec<Diagnostic>> {
    if !mistakes.is_empty() {
        // A file that could not be read would make every reference to it look dangling.
        return Err(sorted(mistakes));
    }
    timings.of("check entries", || {
        mistakes.extend(check::references(&draft));
        mistakes.extend(check::entries(&draft));
    });
    if !mistakes.is_empty() {
        return Err(sorted(mistakes));
    }
    if let Some(knowledge) = known.knowledge {
        return Ok(Content { draft, knowledge });
    }
    let knowledge = timings.of("make knowledge", || compile::knowledge(&draft)).map_err(|mistake| vec![mistake])?;
    if !known.samples {
        mistakes.extend(timings.of("check samples", || check::samples(&draft, &knowledge)));
    }
    mistakes.extend(check::reach(&draft, &knowledge));
    if mistakes.is_empty() { Ok(Content { draft, knowledge: Arc::new(knowledge) }) } else { Err(sorted(mistakes)) }
}

/// Gives mistakes that were found on a rendered page their line and column: where the file names the broken target.
pub fn located(mistakes: Vec<Diagnostic>, files: &[SourceFile]) -> Vec<Diagnostic> {
    let locate = |mut mistake: Diagnostic| {
        if let Problem::BrokenLink { to, .. } | Problem::BrokenAnchor { to, .. } = &mistake.problem {
            let text = files.iter().find(|file| file.path == mistake.file).map_or("", |file| &file.text);
            if let Some((line, column)) = text.lines().enumerate().find_map(|(line, text)| Some((line, text.find(to.as_str())?))) {
                (mistake.line, mistake.column) = (line + 1, column + 1);
            }
        }
        mistake
    };
    sorted(mistakes.into_iter().map(locate).collect())
}

fn sorted(mut mistakes: Vec<Diagnostic>) -> Vec<Diagnostic> {
    mistakes.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    mistakes
}
