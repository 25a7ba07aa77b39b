//! Content as written: typed, but not yet checked.

use crate::at::Place;
use crate::body::Body;
use crate::diagnostic::{self, Diagnostic, Problem};
use crate::form::{
    CaptureForm, CauseForm, CodeForm, ComparisonForm, CueForm, DocForm, FactForm, FaqForm, FormatForm, GuideForm, LabFaultForm, LabServerForm,
    MeasuredForm, MessageForm, PlaceForm, QuestionForm, ShapeForm, SiteForm, SystemForm, TermForm, TimeoutForm, WordsForm,
};
use crate::parallel;
use crate::source::SourceFile;
use serde::de::DeserializeOwned;
use serde_yaml::Error as YamlError;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An entry that has a file of its own; its id is the file's name.
#[derive(Clone, Debug)]
pub struct Entry<Form> {
    /// Its id.
    pub id: String,
    /// Its file.
    pub file: String,
    /// Its fields; shared, since content that is read again keeps what did not change.
    pub form: Arc<Form>,
    /// The Markdown below the front matter; empty in YAML files.
    pub body: Body,
}

/// An entry of a list in a system's folder.
#[derive(Clone, Debug)]
pub struct Listed<Form> {
    /// The system's id.
    pub system: String,
    /// Its file.
    pub file: String,
    /// Its fields; shared, since content that is read again keeps what did not change.
    pub form: Arc<Form>,
}

/// Everything that was read, in the order of the files.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "each field is the list of the kind that it is named after; `…_file` says where a list without further files stands")]
pub struct Draft {
    pub site: Option<SiteForm>,
    pub site_file: String,
    pub places: Vec<PlaceForm>,
    pub place_files: BTreeMap<String, String>,
    pub shapes: Vec<ShapeForm>,
    pub shape_file: String,
    pub captures: Vec<CaptureForm>,
    pub capture_file: String,
    pub glossary_file: String,
    pub codes: Vec<Entry<CodeForm>>,
    pub comparisons: Vec<Entry<ComparisonForm>>,
    pub systems: Vec<Entry<SystemForm>>,
    pub messages: Vec<Listed<MessageForm>>,
    pub formats: Vec<Listed<FormatForm>>,
    pub timeouts: Vec<Listed<TimeoutForm>>,
    pub causes: Vec<Entry<CauseForm>>,
    pub questions: Vec<Entry<QuestionForm>>,
    pub cues: Vec<(String, CueForm)>,
    pub words: WordsForm,
    pub facts: Vec<Entry<FactForm>>,
    pub faq: Vec<Entry<FaqForm>>,
    pub guides: Vec<Entry<GuideForm>>,
    pub docs: Vec<Entry<DocForm>>,
    pub glossary: Vec<TermForm>,
    pub lab_faults: Vec<LabFaultForm>,
    pub lab_servers: Vec<Entry<LabServerForm>>,
    pub measured: Vec<MeasuredForm>,
}

impl Draft {
    /// Reads all files; each file or list entry that can't be read becomes a diagnostic.
    pub fn read(files: &[SourceFile]) -> (Self, Vec<Diagnostic>) {
        /// So many files are one piece of work.
        const PIECE: usize = 16;
        let pieces: Vec<_> = files.chunks(PIECE).collect();
        let read = parallel::each(pieces.len(), |at| Self::read_in_turn(pieces[at]));
        let (mut draft, mut mistakes) = (Self::default(), Vec::new());
        for (more, wrong) in read {
            draft.append(more);
            mistakes.extend(wrong);
        }
        (draft, mistakes)
    }

    fn read_in_turn(files: &[SourceFile]) -> (Self, Vec<Diagnostic>) {
        let mut draft = Self::default();
        let mistakes = files.iter().flat_map(|file| draft.add(file)).collect();
        (draft, mistakes)
    }

    /// The file in which a place stands.
    pub(crate) fn place_file(&self, id: &str) -> &str {
        self.place_files.get(id).map_or("places.yaml", String::as_str)
    }

    /// Adds one file, by where it stands.
    fn add(&mut self, file: &SourceFile) -> Vec<Diagnostic> {
        let parts: Vec<_> = file.within.split('/').collect();
        match parts.as_slice() {
            ["site.yaml"] => {
                self.site_file.clone_from(&file.path);
                document(file).map(|form| self.site = Some(form)).err().into_iter().collect()
            }
            ["words.yaml"] => document(file).map(|form| self.words = form).err().into_iter().collect(),
            ["places.yaml"] => list(file, |form: PlaceForm| {
                self.place_files.insert(form.id.value.clone(), file.path.clone());
                self.places.push(form);
            }),
            ["shapes.yaml"] => {
                self.shape_file.clone_from(&file.path);
                list(file, |form| self.shapes.push(form))
            }
            ["captures.yaml"] => {
                self.capture_file.clone_from(&file.path);
                list(file, |form| self.captures.push(form))
            }
            ["glossary.yaml"] => {
                self.glossary_file.clone_from(&file.path);
                list(file, |form| self.glossary.push(form))
            }
            ["codes", name] => markdown(file, name, &mut self.codes),
            ["comparisons", name] => markdown(file, name, &mut self.comparisons),
            ["causes", name] => markdown(file, name, &mut self.causes),
            ["faq", name] => markdown(file, name, &mut self.faq),
            ["guides", name] => markdown(file, name, &mut self.guides),
            ["docs", name] => markdown(file, name, &mut self.docs),
            ["questions", name] => yaml(file, name, &mut self.questions),
            ["cues", _] => list(file, |form| self.cues.push((file.path.clone(), form))),
            ["lab", "faults.yaml"] => list(file, |form| self.lab_faults.push(form)),
            ["lab", "measured.yaml"] => list(file, |form| self.measured.push(form)),
            ["lab", "servers", name] => yaml(file, name, &mut self.lab_servers),
            ["facts", name] => yaml(file, name, &mut self.facts),
            ["systems", system, "system.md"] => markdown(file, system, &mut self.systems),
            ["systems", system, "formats.yaml"] => list(file, |form| self.formats.push(listed(system, file, form))),
            ["systems", system, "timeouts.yaml"] => list(file, |form| self.timeouts.push(listed(system, file, form))),
            ["systems", system, "messages", _] => list(file, |form| self.messages.push(listed(system, file, form))),
            _ => vec![Diagnostic::new(&file.path, Place::default(), Problem::UnknownFile)],
        }
    }
}

fn listed<Form>(system: &str, file: &SourceFile, form: Form) -> Listed<Form> {
    Listed { system: system.to_owned(), file: file.path.clone(), form: Arc::new(form) }
}

fn stem(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

fn document<Form: DeserializeOwned>(file: &SourceFile) -> Result<Form, Diagnostic> {
    serde_yaml::from_str(&file.text).map_err(|error| from_yaml_error(file, 0, &error))
}

fn yaml<Form: DeserializeOwned>(file: &SourceFile, name: &str, entries: &mut Vec<Entry<Form>>) -> Vec<Diagnostic> {
    match document(file) {
        Ok(form) => {
            entries.push(Entry { id: stem(name), file: file.path.clone(), form: Arc::new(form), body: Body::default() });
            Vec::new()
        }
        Err(mistake) => vec![mistake],
    }
}

/// Reads front matter and body. The line of `---` is kept as an empty line, so that places stay true.
fn markdown<Form: DeserializeOwned>(file: &SourceFile, name: &str, entries: &mut Vec<Entry<Form>>) -> Vec<Diagnostic> {
    let split = file.text.strip_prefix("---").and_then(|rest| rest.split_once("\n---"));
    let Some((front, rest)) = split.filter(|(front, _)| front.starts_with(['\n', '\r'])) else {
        return vec![Diagnostic::new(&file.path, Place { line: 1, column: 1 }, Problem::NoFrontMatter)];
    };
    match serde_yaml::from_str(front).map(Arc::new) {
        Ok(form) => {
            let length = rest.split_once('\n').map_or(0, |(_, body)| body.len());
            let body = Body::new(&file.text, file.text.len() - length);
            entries.push(Entry { id: stem(name), file: file.path.clone(), form, body });
            Vec::new()
        }
        Err(error) => vec![from_yaml_error(file, 0, &error)],
    }
}

/// Reads a list entry by entry, so that one mistake does not hide the next.
fn list<Form: DeserializeOwned>(file: &SourceFile, mut add: impl FnMut(Form)) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for (first_line, text) in items(&file.text) {
        let padded = format!("{}{text}", "\n".repeat(first_line));
        match serde_yaml::from_str::<Vec<Form>>(&padded) {
            Ok(forms) => forms.into_iter().for_each(&mut add),
            Err(error) => mistakes.push(from_yaml_error(file, first_line, &error)),
        }
    }
    mistakes
}

/// The entries of a list with the number of lines before each. What stands before the first entry belongs to it.
fn items(text: &str) -> Vec<(usize, String)> {
    let mut items: Vec<(usize, String)> = Vec::new();
    let is_comment_or_blank = |line: &str| line.trim().is_empty() || line.starts_with('#');
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let begins = line.starts_with("- ") || line.trim_end() == "-";
        match items.last_mut() {
            Some((_, item)) if !begins => item.push_str(line),
            None if is_comment_or_blank(line) => {}
            _ => items.push((number, line.to_owned())),
        }
    }
    items
}

/// A parser's error as a diagnostic; `from_line` is where the piece that was parsed begins.
fn from_yaml_error(file: &SourceFile, from_line: usize, error: &YamlError) -> Diagnostic {
    let place = error.location().map_or(Place { line: from_line + 1, column: 1 }, Place::from);
    let problem = problem_of(error);
    let place = Some(place).filter(|_| problem != Problem::Tab).or_else(|| first_tab(&file.text, place.line)).unwrap_or(place);
    Diagnostic::new(&file.path, place, problem)
}

/// The first tab that indents, from a line on: the parser names the beginning of what it stands in.
fn first_tab(text: &str, from_line: usize) -> Option<Place> {
    let tab = |line: &str| line.chars().take_while(|letter| letter.is_whitespace()).position(|letter| letter == '\t');
    let lines = text.lines().enumerate().skip(from_line.saturating_sub(1));
    lines.filter_map(|(at, line)| Some(Place { line: at + 1, column: tab(line)? + 1 })).next()
}

fn problem_of(error: &YamlError) -> Problem {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    match error {
        YamlError::WithSnippet { error, .. } => problem_of(error),
        YamlError::SerdeUnknownField { field, expected, .. } => Problem::UnknownField { field: field.clone(), known: owned(expected) },
        YamlError::SerdeMissingField { field, .. } => Problem::MissingField((*field).to_owned()),
        YamlError::SerdeUnknownVariant { variant, expected, .. } => Problem::UnknownWord { word: variant.clone(), known: owned(expected) },
        YamlError::SerdeInvalidType { .. }
        | YamlError::SerdeInvalidValue { .. }
        | YamlError::SerdeInvalidLength { .. }
        | YamlError::InvalidScalar { .. }
        | YamlError::NullIntoString { .. }
        | YamlError::InvalidBooleanStrict { .. }
        | YamlError::Unexpected { .. } => Problem::WrongType(in_our_words(without_place(error))),
        YamlError::DuplicateMappingKey { key: Some(key), .. } => Problem::FieldTwice(key.clone()),
        YamlError::Message { msg, .. } if msg.contains("did not match any variant") => {
            Problem::WrongType("neither of the forms that can stand here".to_owned())
        }
        YamlError::Eof { .. } => Problem::EmptyFile,
        _ => match without_place(error) {
            said if said.contains("found a tab") => Problem::Tab,
            said => Problem::Yaml(said),
        },
    }
}

/// The parser speaks of the parts of a YAML stream.
fn in_our_words(said: String) -> String {
    let ours = match said.as_str() {
        "expected sequence start" => diagnostic::A_LIST,
        "expected mapping start" => diagnostic::FIELDS,
        "expected string scalar" => diagnostic::A_TEXT,
        "invalid boolean" => diagnostic::A_YES_OR_NO,
        _ => return said,
    };
    ours.to_owned()
}

/// The parser's words without the place, which the diagnostic shows itself.
fn without_place(error: &YamlError) -> String {
    let text = error.without_snippet().to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
