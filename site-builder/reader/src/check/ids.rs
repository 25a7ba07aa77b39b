//! Ids: well formed, and each given once.

use crate::at::{At, Place};
use crate::diagnostic::{Diagnostic, Problem};
use crate::draft::Draft;
use std::collections::BTreeMap;

/// Checks all ids of a draft.
pub(crate) fn ids(draft: &Draft) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    let kinds: [Vec<(&str, &At<String>)>; 8] = [
        draft.cues.iter().map(|(file, cue)| (file.as_str(), &cue.id)).collect(),
        draft.places.iter().map(|place| (draft.place_file(&place.id), &place.id)).collect(),
        draft.shapes.iter().map(|shape| (draft.shape_file.as_str(), &shape.id)).collect(),
        draft.captures.iter().map(|capture| (draft.capture_file.as_str(), &capture.id)).collect(),
        draft.glossary.iter().map(|term| (draft.glossary_file.as_str(), &term.id)).collect(),
        draft.messages.iter().map(|message| (message.file.as_str(), &message.form.id)).collect(),
        draft.formats.iter().map(|format| (format.file.as_str(), &format.form.id)).collect(),
        draft.timeouts.iter().map(|timeout| (timeout.file.as_str(), &timeout.form.id)).collect(),
    ];
    for kind in kinds {
        mistakes.extend(duplicates(&kind));
    }
    mistakes.extend(wordings_of_two_terms(draft));
    for question in &draft.questions {
        let options: Vec<_> = question.form.options.iter().map(|option| (question.file.as_str(), &option.id)).collect();
        mistakes.extend(duplicates(&options));
    }
    let listed = draft.messages.iter().map(|message| (message.file.as_str(), &message.form.id));
    let listed = listed.chain(draft.glossary.iter().map(|term| (draft.glossary_file.as_str(), &term.id)));
    mistakes.extend(listed.filter(|(_, id)| !is_well_formed(id)).map(|(file, id)| Diagnostic::new(file, id.place, Problem::BadId(id.value.clone()))));
    mistakes.extend(
        file_names(draft)
            .filter(|(id, _)| !is_well_formed(id))
            .map(|(id, file)| Diagnostic::new(file, Place::default(), Problem::BadId(id.to_owned()))),
    );
    mistakes
}

/// Wordings that would be linked to two terms. Letter case does not tell them apart.
fn wordings_of_two_terms(draft: &Draft) -> Vec<Diagnostic> {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for term in &draft.glossary {
        for wording in &term.in_prose {
            if let Some(other) = owners.insert(wording.to_lowercase(), &term.id) {
                let problem = Problem::WordingOfTwoTerms { wording: wording.value.clone(), other: other.to_owned() };
                mistakes.push(Diagnostic::new(&draft.glossary_file, wording.place, problem));
            }
        }
    }
    mistakes
}

/// The ids that are file or folder names, with the files.
fn file_names(draft: &Draft) -> impl Iterator<Item = (&str, &str)> {
    let causes = draft.causes.iter().map(|entry| (entry.id.as_str(), entry.file.as_str()));
    let systems = draft.systems.iter().map(|entry| (entry.id.as_str(), entry.file.as_str()));
    let questions = draft.questions.iter().map(|entry| (entry.id.as_str(), entry.file.as_str()));
    let faq = draft.faq.iter().map(|entry| (entry.id.as_str(), entry.file.as_str()));
    let guides = draft.guides.iter().map(|entry| (entry.id.as_str(), entry.file.as_str()));
    let codes = draft.codes.iter().map(|entry| (entry.id.as_str(), entry.file.as_str()));
    let docs = draft.docs.iter().map(|entry| (entry.id.as_str(), entry.file.as_str()));
    causes.chain(docs).chain(systems).chain(questions).chain(faq).chain(guides).chain(codes)
}

/// Lower case letters, digits and single hyphens.
fn is_well_formed(id: &str) -> bool {
    !id.is_empty() && id.split('-').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

fn duplicates(ids: &[(&str, &At<String>)]) -> Vec<Diagnostic> {
    let mut first = BTreeMap::new();
    let mut mistakes = Vec::new();
    for (file, id) in ids {
        match first.get(id.as_str()) {
            Some(place) => {
                mistakes.push(Diagnostic::new(*file, id.place, Problem::DuplicateId { id: id.value.clone(), first: String::clone(place) }))
            }
            None => {
                first.insert(id.as_str(), format!("{file}:{}", id.place.line));
            }
        }
    }
    mistakes
}
