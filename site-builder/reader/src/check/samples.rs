//! Sample lines: each is recognised as the message or format that it is a sample of.

use crate::at::{At, Place};
use crate::diagnostic::{Diagnostic, Problem};
use crate::draft::{Draft, Listed};
use crate::form::MessageForm;
use crate::parallel;
use diagnosis::evidence::{Recogniser, What};
use diagnosis::knowledge::Knowledge;
use diagnosis::template::Template;

/// Checks the samples of those messages of a draft whose files are `wanted`, and those of all formats; the draft compiles to `knowledge`.
pub(crate) fn samples(draft: &Draft, knowledge: &Knowledge, wanted: impl Fn(&str) -> bool + Sync) -> Vec<Diagnostic> {
    let messages: Vec<_> = draft.messages.iter().filter(|message| wanted(&message.file)).collect();
    let of_messages = of_messages(&messages, knowledge);
    let of_formats = draft.formats.iter().filter_map(|format| {
        let template = Template::parse(&format.form.line).ok()?;
        let text = format.form.sample.as_bytes();
        let problem = Problem::FormatNotMatched(format.form.id.value.clone());
        template.find_in(text, 0..text.len()).is_none().then(|| Diagnostic::new(&format.file, format.form.sample.place, problem))
    });
    of_messages.into_iter().chain(of_formats).collect()
}

fn of_messages(messages: &[&Listed<MessageForm>], knowledge: &Knowledge) -> Vec<Diagnostic> {
    if messages.is_empty() {
        return Vec::new();
    }
    let recogniser = match Recogniser::new(knowledge) {
        Ok(recogniser) => recogniser,
        Err(error) => return vec![Diagnostic::new("systems", Place::default(), Problem::Unreadable(error.to_string()))],
    };
    let mistakes = parallel::each(messages.len(), |at| {
        let message = messages[at];
        let samples = message.form.samples.iter();
        samples.filter_map(|sample| of_message(&recogniser, knowledge, &message.file, &message.form.id, sample)).collect::<Vec<_>>()
    });
    mistakes.into_iter().flatten().collect()
}

fn of_message(recogniser: &Recogniser<'_>, knowledge: &Knowledge, file: &str, id: &str, sample: &At<String>) -> Option<Diagnostic> {
    let evidence = recogniser.examine(sample.as_bytes());
    let found: Vec<String> = evidence
        .findings
        .iter()
        .filter_map(|finding| match finding.what {
            What::Signature(index, _) => Some(knowledge.signatures[index.position()].id.to_string()),
            What::Mark(_) | What::Status(_) | What::Fact(_) | What::Cue(_) | What::Mention(_) => None,
        })
        .collect();
    if found.iter().any(|found| found == id) {
        return None;
    }
    let matches_alone = knowledge.signatures.iter().find(|signature| signature.id.as_str() == id)?.templates.iter().any(|template| {
        let text = sample.as_bytes();
        template.find_in(text, 0..text.len()).is_some()
    });
    let id = id.to_owned();
    let problem = match found.first() {
        Some(by) if matches_alone => Problem::SampleStolen { id, by: by.clone() },
        _ => Problem::SampleNotMatched { id, found },
    };
    Some(Diagnostic::new(file, sample.place, problem))
}
