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
use compile::Made;
use diagnosis::knowledge::Knowledge;
use diagnostic::{Diagnostic, Problem};
use draft::Draft;
use source::{Layer, SourceFile};
use std::collections::HashSet;
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

    /// Checks all samples: reading leaves those of files that did not change, although what changed may be recognised in them.
    pub fn check_samples(&self) -> Result<(), Vec<Diagnostic>> {
        let mistakes = check::samples(&self.draft, &self.knowledge, |_| true);
        if mistakes.is_empty() { Ok(()) } else { Err(sorted(mistakes)) }
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
    /// What can't be read.
    mistakes: Vec<Diagnostic>,
    /// What is wrong with an entry by itself.
    wrong_entries: Vec<Diagnostic>,
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
        let wrong_entries = check::messages(&draft);
        Self { files, draft, mistakes, wrong_entries }
    }

    /// Adds further files of the same layer.
    fn append(&mut self, more: Self) {
        self.files.extend(more.files);
        self.draft.append(more.draft);
        self.mistakes.extend(more.mistakes);
        self.wrong_entries.extend(more.wrong_entries);
    }

    /// An id that another layer has too is an override; twice in one layer it is a mistake.
    fn check_ids(&mut self) {
        self.mistakes.extend(check::ids(&self.draft));
    }
}

/// What is known to be as it was at the last reading.
#[derive(Debug, Default)]
struct Known {
    /// The knowledge, in whole or in part.
    knowledge: Option<KnownKnowledge>,
    /// Which samples are recognised as they should be.
    samples: KnownSamples,
}

/// Knowledge, and what of it is as it would be made again.
#[derive(Debug)]
struct KnownKnowledge {
    knowledge: Arc<Knowledge>,
    is_whole: bool,
    has_signatures: bool,
    has_resemblance: bool,
}

impl KnownKnowledge {
    fn made(&self) -> Made<'_> {
        Made {
            signatures: self.has_signatures.then_some(self.knowledge.signatures.as_slice()),
            resemblance: self.has_resemblance.then_some(&self.knowledge.resemblance),
        }
    }
}

/// Samples that need no check.
#[derive(Debug, Default)]
enum KnownSamples {
    #[default]
    None,
    /// All but those in some files.
    AllBut(HashSet<String>),
}

impl KnownSamples {
    fn include(&self, file: &str) -> bool {
        match self {
            Self::None => false,
            Self::AllBut(files) => !files.contains(file),
        }
    }
}

/// Lays the layers over each other and checks the whole, but for what is known.
fn put_together(layers: &[Layer<'_>], parts: Vec<Part>, known: Known, timings: &Timings) -> Reading {
    let (mut files, mut draft, mut mistakes, mut wrong_entries) = (Vec::new(), Draft::default(), Vec::new(), Vec::new());
    timings.of("put entries together", || {
        for part in parts {
            files.extend(part.files);
            draft = std::mem::take(&mut draft).with(part.draft);
            mistakes.extend(part.mistakes);
            wrong_entries.extend(part.wrong_entries);
        }
    });
    let site_file = layers.first().map_or_else(String::new, |layer| layer.path("site.yaml"));
    let explains = |mistake: &Diagnostic| mistake.problem == Problem::NoFolder || mistake.file.ends_with("/site.yaml");
    if draft.site.is_none() && !mistakes.iter().any(explains) {
        mistakes.push(Diagnostic::new(site_file, Place::default(), Problem::MissingFile));
    }
    let outcome = if mistakes.is_empty() {
        check_draft(draft, wrong_entries, known, timings)
    } else {
        // A file that could not be read would make every reference to it look dangling.
        Err(sorted(mistakes))
    };
    Reading { files, outcome }
}

fn check_draft(draft: Draft, mut mistakes: Vec<Diagnostic>, known: Known, timings: &Timings) -> Result<Content, Vec<Diagnostic>> {
    timings.of("check entries", || {
        let (references, entries) = parallel::both(|| check::references(&draft), || check::entries(&draft));
        mistakes.extend(references.into_iter().chain(entries));
    });
    if !mistakes.is_empty() {
        return Err(sorted(mistakes));
    }
    if let Some(known) = known.knowledge.as_ref().filter(|known| known.is_whole) {
        return Ok(Content { draft, knowledge: Arc::clone(&known.knowledge) });
    }
    let made = known.knowledge.as_ref().map(KnownKnowledge::made).unwrap_or_default();
    let knowledge = timings.of("make knowledge", || compile::knowledge(&draft, made)).map_err(|mistake| vec![mistake])?;
    mistakes.extend(timings.of("check samples", || check::samples(&draft, &knowledge, |file| !known.samples.include(file))));
    mistakes.extend(check::reach(&draft, &knowledge));
    if mistakes.is_empty() { Ok(Content { draft, knowledge: Arc::new(knowledge) }) } else { Err(sorted(mistakes)) }
}

/// Gives mistakes that were found on a rendered page their line and column: where the file names the broken target.
pub fn located(mistakes: Vec<Diagnostic>, files: &[SourceFile]) -> Vec<Diagnostic> {
    let locate = |mut mistake: Diagnostic| {
        if let Problem::BrokenLink { to, .. } | Problem::BrokenAnchor { to, .. } | Problem::BadRedirect(to) = &mistake.problem {
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
