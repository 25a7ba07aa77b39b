//! Drafts put together: one layer over another, where entries with new ids are added and entries with known ids take the place of
//! the old ones; and the parts of one layer.

use crate::at::At;
use crate::draft::{Draft, Entry, Listed};
use crate::form::{CaptureForm, CueForm, FormatForm, LabFaultForm, MessageForm, PlaceForm, ShapeForm, TermForm, TimeoutForm, WordsForm};
use diagnosis::knowledge::Vocabulary;

impl Draft {
    /// This draft with `above` laid over it.
    pub(crate) fn with(mut self, above: Self) -> Self {
        self.site = above.site.or(self.site);
        self.place_files.extend(above.place_files);
        lay(&mut self.places, above.places);
        lay(&mut self.shapes, above.shapes);
        lay(&mut self.captures, above.captures);
        lay(&mut self.codes, above.codes);
        lay(&mut self.comparisons, above.comparisons);
        lay(&mut self.systems, above.systems);
        lay(&mut self.messages, above.messages);
        lay(&mut self.formats, above.formats);
        lay(&mut self.timeouts, above.timeouts);
        lay(&mut self.causes, above.causes);
        lay(&mut self.questions, above.questions);
        lay(&mut self.cues, above.cues);
        lay(&mut self.facts, above.facts);
        lay(&mut self.faq, above.faq);
        lay(&mut self.guides, above.guides);
        lay(&mut self.docs, above.docs);
        lay(&mut self.glossary, above.glossary);
        lay(&mut self.lab_faults, above.lab_faults);
        lay(&mut self.lab_servers, above.lab_servers);
        // A timeout is measured on several servers; a layer that measures it anew speaks for all of them.
        self.measured.retain(|below| above.measured.iter().all(|measured| measured.timeout.value != below.timeout.value));
        self.measured.extend(above.measured);
        add_words(&mut self.words, above.words);
        self.name_files([above.site_file, above.shape_file, above.capture_file, above.glossary_file]);
        self
    }

    /// Adds the entries of further files of the same layer: an id that both have is there twice, as a mistake that is found later.
    pub(crate) fn append(&mut self, more: Self) {
        self.site = more.site.or(self.site.take());
        self.place_files.extend(more.place_files);
        self.places.extend(more.places);
        self.shapes.extend(more.shapes);
        self.captures.extend(more.captures);
        self.codes.extend(more.codes);
        self.comparisons.extend(more.comparisons);
        self.systems.extend(more.systems);
        self.messages.extend(more.messages);
        self.formats.extend(more.formats);
        self.timeouts.extend(more.timeouts);
        self.causes.extend(more.causes);
        self.questions.extend(more.questions);
        self.cues.extend(more.cues);
        self.facts.extend(more.facts);
        self.faq.extend(more.faq);
        self.guides.extend(more.guides);
        self.docs.extend(more.docs);
        self.glossary.extend(more.glossary);
        self.lab_faults.extend(more.lab_faults);
        self.lab_servers.extend(more.lab_servers);
        self.measured.extend(more.measured);
        add_words(&mut self.words, more.words);
        self.name_files([more.site_file, more.shape_file, more.capture_file, more.glossary_file]);
    }

    /// Files of lists that stand in one file: `site.yaml`, `shapes.yaml`, `captures.yaml`, `glossary.yaml`.
    fn name_files(&mut self, newer: [String; 4]) {
        let own = [&mut self.site_file, &mut self.shape_file, &mut self.capture_file, &mut self.glossary_file];
        for (own, newer) in own.into_iter().zip(newer) {
            if !newer.is_empty() {
                *own = newer;
            }
        }
    }
}

/// What an overriding entry is known by.
trait Known {
    fn id(&self) -> &str;
}

impl<Form> Known for Entry<Form> {
    fn id(&self) -> &str {
        &self.id
    }
}

/// A form whose id stands in it.
trait Named {
    fn name(&self) -> &At<String>;
}

impl<Form: Named> Known for Listed<Form> {
    fn id(&self) -> &str {
        self.form.name()
    }
}

impl Known for (String, CueForm) {
    fn id(&self) -> &str {
        &self.1.id
    }
}

macro_rules! known_by_its_id {
    ($($form:ty),*) => {$(
        impl Known for $form {
            fn id(&self) -> &str {
                &self.id
            }
        }
    )*};
}
known_by_its_id!(PlaceForm, ShapeForm, CaptureForm, TermForm, LabFaultForm);

macro_rules! named_by_its_id {
    ($($form:ty),*) => {$(
        impl Named for $form {
            fn name(&self) -> &At<String> {
                &self.id
            }
        }
    )*};
}
named_by_its_id!(MessageForm, FormatForm, TimeoutForm);

/// An override keeps the old entry's place, since lists are shown in their order.
fn lay<T: Known>(below: &mut Vec<T>, above: Vec<T>) {
    let mut positions: std::collections::HashMap<String, usize> = below.iter().enumerate().map(|(at, entry)| (entry.id().to_owned(), at)).collect();
    for entry in above {
        match positions.get(entry.id()) {
            Some(&at) => below[at] = entry,
            None => {
                positions.insert(entry.id().to_owned(), below.len());
                below.push(entry);
            }
        }
    }
}

/// Vocabularies grow; a class of the same name is replaced. Every list is named, so that a new one can't be forgotten.
fn add_words(below: &mut WordsForm, above: WordsForm) {
    let Vocabulary {
        of_the_web,
        of_errors,
        of_other_protocols,
        of_other_troubles,
        beside_other_numbers,
        of_no_incident,
        of_sentences,
        negations,
        of_no_weight,
    } = above.vocabulary;
    let mine = &mut below.vocabulary;
    mine.of_the_web.extend(of_the_web);
    mine.of_errors.extend(of_errors);
    mine.of_other_protocols.extend(of_other_protocols);
    mine.of_other_troubles.extend(of_other_troubles);
    mine.beside_other_numbers.extend(beside_other_numbers);
    mine.of_no_incident.extend(of_no_incident);
    mine.of_sentences.extend(of_sentences);
    mine.negations.extend(negations);
    mine.of_no_weight.extend(of_no_weight);
    below.classes.extend(above.classes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_the_vocabulary_is_laid_over() {
        let words =
            |word: &str| Vocabulary { of_other_troubles: vec![word.to_owned()], of_no_weight: vec![word.to_owned()], ..Vocabulary::default() };
        let mut below = WordsForm { vocabulary: words("cors"), ..WordsForm::default() };
        add_words(&mut below, WordsForm { vocabulary: words("preflight"), ..WordsForm::default() });
        assert_eq!(below.vocabulary.of_other_troubles, ["cors", "preflight"]);
        assert_eq!(below.vocabulary.of_no_weight, ["cors", "preflight"]);
    }
}
