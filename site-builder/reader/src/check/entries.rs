//! What each entry must hold by itself: templates that can be read, sources, options that change something.

use crate::at::{At, Place};
use crate::diagnostic::{Diagnostic, Problem, nearest};
use crate::draft::Draft;
use crate::form::{DefaultForm, MessageForm, OptionForm, Reference, Source, StatusForm};
use diagnosis::command;
use diagnosis::template::Template;

/// The shortest literal text, in characters, by which a message may be looked for.
const SHORTEST_LITERAL: usize = 6;

/// Checks all entries of a draft.
pub(crate) fn entries(draft: &Draft) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for message in &draft.messages {
        mistakes.extend(of_message(&message.file, &message.form));
    }
    for format in &draft.formats {
        let wordings = std::iter::once(&format.form.line).chain(format.form.fields.iter().map(|field| &field.wording));
        mistakes.extend(wordings.filter_map(|wording| unreadable(&format.file, wording)));
        mistakes.extend(without_source(&format.file, &format.form.source));
    }
    for system in &draft.systems {
        for mark in &system.form.marks {
            mistakes.extend(unreadable(&system.file, &mark.wording).or_else(|| too_short(&system.file, &mark.wording)));
            mistakes.extend(without_source(&system.file, &mark.source));
        }
    }
    for timeout in &draft.timeouts {
        mistakes.extend(without_source(&timeout.file, &timeout.form.source));
        if let DefaultForm::Word(word) = &timeout.form.default.value {
            mistakes.extend(not_none(&timeout.file, word, timeout.form.default.place));
        }
    }
    for question in &draft.questions {
        let without_effect = question.form.options.iter().filter(|option| !has_effect(option));
        mistakes.extend(
            without_effect.map(|option| Diagnostic::new(&question.file, option.id.place, Problem::OptionWithoutEffect(option.id.value.clone()))),
        );
    }
    mistakes.extend(commands(draft).flat_map(|(file, run)| unknown_holes(draft, file, run)));
    mistakes.extend(
        pages_with_sources(draft)
            .filter(|(_, sources)| sources.is_empty())
            .map(|(file, sources)| Diagnostic::new(file, sources.place, Problem::NoSources)),
    );
    mistakes
}

fn of_message(file: &str, form: &MessageForm) -> Vec<Diagnostic> {
    let mut mistakes: Vec<_> = form.wordings.iter().filter_map(|wording| unreadable(file, wording)).collect();
    if mistakes.is_empty() && !form.weak {
        mistakes.extend(form.wordings.iter().filter_map(|wording| too_short(file, wording)));
    }
    if form.samples.is_empty() || (form.wordings.is_empty() && form.log_lines.is_empty()) {
        mistakes.push(Diagnostic::new(file, form.id.place, Problem::NoSample));
    }
    if let StatusForm::Word(word) = &form.status.value {
        mistakes.extend(not_none(file, word, form.status.place));
    }
    mistakes.extend(without_source(file, &form.source));
    mistakes
}

fn not_none(file: &str, word: &str, place: Place) -> Option<Diagnostic> {
    let problem = Problem::UnknownWord { word: word.to_owned(), known: vec!["none".to_owned()] };
    (word != "none").then(|| Diagnostic::new(file, place, problem))
}

fn unreadable(file: &str, wording: &At<String>) -> Option<Diagnostic> {
    let error = Template::parse(wording).err()?;
    Some(Diagnostic::new(file, wording.place, Problem::BadTemplate(error)))
}

fn too_short(file: &str, wording: &At<String>) -> Option<Diagnostic> {
    let template = Template::parse(wording).ok()?;
    let longest = template.anchors().map(|anchor| anchor.trim().chars().count()).max().unwrap_or(0);
    (longest < SHORTEST_LITERAL).then(|| Diagnostic::new(file, wording.place, Problem::ShortTemplate { longest }))
}

fn without_source(file: &str, source: &At<Source>) -> Option<Diagnostic> {
    (source.url.is_none() && source.code.is_none()).then(|| Diagnostic::new(file, source.place, Problem::NoSource))
}

fn has_effect(option: &OptionForm) -> bool {
    !option.causes.is_empty() || option.otherwise.is_some() || option.code.is_some() || !option.places.is_empty() || !option.shapes.is_empty()
}

/// All commands that reuse captures, with their files.
fn commands(draft: &Draft) -> impl Iterator<Item = (&str, &At<String>)> {
    let of_causes = draft.causes.iter().flat_map(|cause| {
        let checks = cause.form.checks.iter().map(|check| &check.run);
        checks.chain(cause.form.fixes.iter().filter_map(|fix| fix.run.as_ref())).map(|run| (cause.file.as_str(), run))
    });
    let of_systems = draft.systems.iter().flat_map(|system| system.form.commands.iter().map(|command| (system.file.as_str(), &command.run)));
    let of_codes =
        draft.codes.iter().flat_map(|code| code.form.first_steps.iter().filter_map(|step| step.run.as_ref()).map(|run| (code.file.as_str(), run)));
    of_causes.chain(of_systems).chain(of_codes)
}

fn unknown_holes(draft: &Draft, file: &str, run: &At<String>) -> Vec<Diagnostic> {
    let is_known = |hole: &str| draft.captures.iter().any(|capture| capture.id.as_str() == hole);
    let unknown = command::holes(run).filter(|(_, hole)| !is_known(hole));
    let problem =
        |hole: &str| Problem::UnknownHole { hole: hole.to_owned(), nearest: nearest(hole, draft.captures.iter().map(|capture| capture.id.as_str())) };
    unknown.map(|(_, hole)| Diagnostic::new(file, run.place, problem(hole))).collect()
}

fn pages_with_sources(draft: &Draft) -> impl Iterator<Item = (&str, &At<Vec<Reference>>)> {
    let codes = draft.codes.iter().map(|entry| (entry.file.as_str(), &entry.form.sources));
    let comparisons = draft.comparisons.iter().map(|entry| (entry.file.as_str(), &entry.form.sources));
    let systems = draft.systems.iter().map(|entry| (entry.file.as_str(), &entry.form.sources));
    let causes = draft.causes.iter().map(|entry| (entry.file.as_str(), &entry.form.sources));
    let guides = draft.guides.iter().map(|entry| (entry.file.as_str(), &entry.form.sources));
    codes.chain(comparisons).chain(systems).chain(causes).chain(guides)
}
