//! Causes: something leads to each.

use crate::at::Place;
use crate::diagnostic::{Diagnostic, Problem};
use crate::draft::Draft;
use diagnosis::id::CauseIndex;
use diagnosis::knowledge::Knowledge;
use std::collections::BTreeSet;

/// Finds the causes that no message, fact or answer names.
pub(crate) fn reach(draft: &Draft, knowledge: &Knowledge) -> Vec<Diagnostic> {
    let messages = knowledge.signatures.iter().flat_map(|signature| {
        let refined = signature.refinements.iter().flat_map(|refinement| &refinement.causes);
        signature.causes.iter().chain(refined)
    });
    let facts = knowledge.facts.iter().flat_map(|fact| &fact.causes);
    let cues = knowledge.cues.iter().flat_map(|cue| &cue.causes);
    let answers = knowledge.questions.iter().flat_map(|question| &question.options).flat_map(|option| &option.causes);
    let reached: BTreeSet<CauseIndex> = messages.chain(facts).chain(cues).chain(answers).map(|(cause, _)| *cause).collect();
    let is_reached = |position: usize| CauseIndex::new(position).is_some_and(|index| reached.contains(&index));
    let unreached = draft.causes.iter().enumerate().filter(|(position, _)| !is_reached(*position));
    unreached.map(|(_, cause)| Diagnostic::new(&cause.file, Place { line: 1, column: 1 }, Problem::UnreachableCause(cause.id.clone()))).collect()
}
