//! References: every id that is named exists.

use crate::at::{At, Place};
use crate::diagnostic::{Diagnostic, Problem};
use crate::draft::Draft;
use crate::expectation::NO_CAUSE;
use crate::form::{ExpectationForm, Words};
use diagnosis::facts::DerivedFact;
use std::collections::BTreeSet;

/// The words of `known_from` that are no ids.
pub(crate) const KNOWN_WORDS: [&str; 4] = ["code", "place", "shape", "duration"];

/// Checks all references of a draft.
pub(crate) fn references(draft: &Draft) -> Vec<Diagnostic> {
    let mut checker = Checker { ids: Ids::of(draft), mistakes: Vec::new() };
    checker.systems(draft);
    checker.messages(draft);
    checker.causes(draft);
    checker.codes(draft);
    checker.questions(draft);
    checker.facts_and_cues(draft);
    checker.lab(draft);
    checker.mistakes
}

/// All ids that can be referred to.
struct Ids<'d> {
    places: BTreeSet<&'d str>,
    shapes: BTreeSet<&'d str>,
    systems: BTreeSet<&'d str>,
    messages: BTreeSet<&'d str>,
    causes: BTreeSet<&'d str>,
    facts: BTreeSet<&'d str>,
    codes: BTreeSet<&'d str>,
    formats: BTreeSet<&'d str>,
    timeouts: BTreeSet<&'d str>,
}

impl<'d> Ids<'d> {
    fn of(draft: &'d Draft) -> Self {
        Self {
            places: draft.places.iter().map(|place| place.id.as_str()).collect(),
            shapes: draft.shapes.iter().map(|shape| shape.id.as_str()).collect(),
            systems: draft.systems.iter().map(|system| system.id.as_str()).collect(),
            messages: draft.messages.iter().map(|message| message.form.id.as_str()).collect(),
            causes: draft.causes.iter().map(|cause| cause.id.as_str()).collect(),
            facts: draft.facts.iter().map(|fact| fact.id.as_str()).collect(),
            codes: draft.codes.iter().map(|code| code.id.as_str()).collect(),
            timeouts: draft.timeouts.iter().map(|timeout| timeout.form.id.as_str()).collect(),
            formats: draft.formats.iter().map(|format| format.form.id.as_str()).collect(),
        }
    }
}

struct Checker<'d> {
    ids: Ids<'d>,
    mistakes: Vec<Diagnostic>,
}

impl<'d> Checker<'d> {
    fn one(&mut self, file: &str, kind: &'static str, of: impl for<'i> Fn(&'i Ids<'d>) -> &'i BTreeSet<&'d str>, id: &str, place: Place) {
        let known = of(&self.ids);
        if !known.contains(id) {
            let problem = Problem::unknown_id(kind, id, known.iter().copied());
            self.mistakes.push(Diagnostic::new(file, place, problem));
        }
    }

    fn place(&mut self, file: &str, id: &At<String>) {
        self.one(file, "place", |ids| &ids.places, id, id.place);
    }

    /// A place, or the client, which is none.
    fn station(&mut self, file: &str, id: &At<String>) {
        const CLIENT: &str = "client";
        if id.as_str() != CLIENT && !self.ids.places.contains(id.as_str()) {
            let problem = Problem::unknown_id("place", id, std::iter::once(CLIENT).chain(self.ids.places.iter().copied()));
            self.mistakes.push(Diagnostic::new(file, id.place, problem));
        }
    }

    fn message(&mut self, file: &str, id: &At<String>) {
        self.one(file, "message", |ids| &ids.messages, id, id.place);
    }

    fn cause_words(&mut self, file: &str, words: &Words) {
        words.iter().for_each(|word| self.one(file, "cause", |ids| &ids.causes, &word.id, word.id.place));
    }

    fn place_words(&mut self, file: &str, words: &Words) {
        words.iter().for_each(|word| self.one(file, "place", |ids| &ids.places, &word.id, word.id.place));
    }

    fn shape_words(&mut self, file: &str, words: &Words) {
        words.iter().for_each(|word| self.one(file, "shape", |ids| &ids.shapes, &word.id, word.id.place));
    }

    fn systems(&mut self, draft: &Draft) {
        for place in &draft.places {
            place.instead_of.iter().for_each(|other| self.place(draft.place_file(&place.id), other));
        }
        for system in &draft.systems {
            self.place(&system.file, &system.form.place);
            system.form.built_on.iter().for_each(|other| self.one(&system.file, "system", |ids| &ids.systems, other, other.place));
            let confirmed = system.form.commands.iter().flat_map(|command| &command.confirms);
            confirmed.for_each(|cause| self.one(&system.file, "cause", |ids| &ids.causes, cause, cause.place));
            system.form.failures.iter().filter_map(|failure| failure.message.as_ref()).for_each(|message| self.message(&system.file, message));
        }
        for timeout in &draft.timeouts {
            timeout.form.message.iter().for_each(|message| self.message(&timeout.file, message));
        }
        for format in &draft.formats {
            format.form.variant_of.iter().for_each(|other| self.one(&format.file, "log line format", |ids| &ids.formats, other, other.place));
        }
        let listed = draft.messages.iter().map(|message| (&message.system, &message.file));
        let listed = listed.chain(draft.formats.iter().map(|format| (&format.system, &format.file)));
        let listed: BTreeSet<_> = listed.chain(draft.timeouts.iter().map(|timeout| (&timeout.system, &timeout.file))).collect();
        for (system, file) in listed {
            self.one(file, "system", |ids| &ids.systems, system, Place::default());
        }
    }

    fn messages(&mut self, draft: &Draft) {
        for message in &draft.messages {
            let (file, form) = (&message.file, &message.form);
            form.place.iter().for_each(|place| self.place(file, place));
            form.shape.iter().for_each(|shape| self.one(file, "shape", |ids| &ids.shapes, shape, shape.place));
            self.cause_words(file, &form.causes);
            form.refine.iter().for_each(|refinement| self.cause_words(file, &refinement.causes));
            form.log_lines.iter().for_each(|line| self.one(file, "log line format", |ids| &ids.formats, &line.format, line.format.place));
            form.follows_from.iter().for_each(|reason| self.message(file, reason));
            if let Some(in_gateway) = &form.in_gateway {
                self.one(file, "shape", |ids| &ids.shapes, &in_gateway.shape, in_gateway.shape.place);
                self.cause_words(file, &in_gateway.causes);
            }
            form.expect.iter().for_each(|expectation| self.expectation(file, expectation));
        }
    }

    fn expectation(&mut self, file: &str, form: &ExpectationForm) {
        let causes = form.cause.iter().filter(|cause| cause.as_str() != NO_CAUSE);
        causes.for_each(|cause| self.one(file, "cause", |ids| &ids.causes, cause, cause.place));
        form.place.iter().for_each(|place| self.place(file, place));
        form.shape.iter().for_each(|shape| self.one(file, "shape", |ids| &ids.shapes, shape, shape.place));
    }

    /// What the lab has seen names systems, messages and timeouts of the rest.
    fn lab(&mut self, draft: &Draft) {
        for server in &draft.lab_servers {
            let (file, form) = (&server.file, &server.form);
            self.one(file, "system", |ids| &ids.systems, &form.system, form.system.place);
            form.answers.values().flat_map(|answer| &answer.messages).for_each(|message| self.message(file, message));
        }
        for measured in &draft.measured {
            self.one("lab/measured.yaml", "timeout", |ids| &ids.timeouts, &measured.timeout, measured.timeout.place);
        }
    }

    fn causes(&mut self, draft: &Draft) {
        for cause in &draft.causes {
            let (file, form) = (&cause.file, &cause.form);
            self.shape_words(file, &form.shapes);
            self.place_words(file, &form.places);
            form.checks
                .iter()
                .filter_map(|check| check.with.as_ref())
                .for_each(|system| self.one(file, "system", |ids| &ids.systems, system, system.place));
            for mistaken in &form.mistaken_for {
                self.one(file, "cause", |ids| &ids.causes, &mistaken.cause, mistaken.cause.place);
            }
            for station in form.sequence.iter().flat_map(|step| [&step.from, &step.to]) {
                self.station(file, station);
            }
        }
    }

    fn codes(&mut self, draft: &Draft) {
        for code in &draft.codes {
            self.place_words(&code.file, &code.form.who_sends);
            self.shape_words(&code.file, &code.form.shapes);
            for related in &code.form.related {
                self.one(&code.file, "code", |ids| &ids.codes, &related.to_string(), related.place);
            }
        }
        for comparison in &draft.comparisons {
            for code in &comparison.form.codes {
                self.one(&comparison.file, "code", |ids| &ids.codes, &code.to_string(), code.place);
            }
        }
    }

    fn questions(&mut self, draft: &Draft) {
        for question in &draft.questions {
            let file = &question.file;
            for known in &question.form.known_from {
                if self.is_known_from(known) {
                    continue;
                }
                let candidates = KNOWN_WORDS.iter().copied().chain(self.ids.messages.iter().copied()).chain(self.ids.systems.iter().copied());
                let problem = Problem::unknown_id("message, fact or system", known, candidates.chain(self.ids.facts.iter().copied()));
                self.mistakes.push(Diagnostic::new(file, known.place, problem));
            }
            for option in question.form.options.iter() {
                self.cause_words(file, &option.causes);
                self.place_words(file, &option.places);
                self.shape_words(file, &option.shapes);
            }
        }
    }

    fn is_known_from(&self, id: &str) -> bool {
        KNOWN_WORDS.contains(&id) || self.ids.messages.contains(id) || self.ids.systems.contains(id) || self.ids.facts.contains(id)
    }

    fn facts_and_cues(&mut self, draft: &Draft) {
        for fact in &draft.facts {
            fact.form.explained_by.iter().for_each(|message| self.message(&fact.file, message));
            let derived = DerivedFact::ALL.map(DerivedFact::id);
            if !derived.contains(&fact.id.as_str()) {
                let problem = Problem::unknown_id("derived fact", &fact.id, derived);
                self.mistakes.push(Diagnostic::new(&fact.file, Place::default(), problem));
            }
            self.cause_words(&fact.file, &fact.form.causes);
            self.place_words(&fact.file, &fact.form.places);
            self.shape_words(&fact.file, &fact.form.shapes);
        }
        for (file, cue) in &draft.cues {
            for wording in &cue.said {
                let classes = wording.split([' ', '|']).filter_map(|word| word.strip_prefix('@'));
                for class in classes.filter(|class| !draft.words.classes.contains_key(*class)) {
                    let problem = Problem::unknown_id("class of words", class, draft.words.classes.keys().map(String::as_str));
                    self.mistakes.push(Diagnostic::new(file, wording.place, problem));
                }
            }
            self.cause_words(file, &cue.causes);
            self.place_words(file, &cue.places);
            self.shape_words(file, &cue.shapes);
        }
    }
}
