//! Expectations: what the verdict on a text has to say, written beside a message's samples.

use crate::Content;
use crate::at::{At, Place};
use crate::diagnostic::{Diagnostic, Problem, Unmet};
use crate::draft::Listed;
use crate::form::{ExpectationForm, MessageForm};
use crate::parallel;
use diagnosis::answers::Answers;
use diagnosis::evidence::Recogniser;
use diagnosis::knowledge::Knowledge;
use diagnosis::verdict::{Belief, Verdict};

/// What an expectation writes in place of a cause for a text in which no failed request is to be seen.
pub const NO_CAUSE: &str = "none";

/// What came of holding verdicts against expectations.
#[derive(Debug, Default)]
pub struct Tested {
    /// How many verdicts were held against what is expected of them.
    pub verdicts: usize,
    /// Every expectation that does not hold.
    pub unmet: Vec<Diagnostic>,
}

/// Holds the verdict on each text against what its message's entry expects; an error where the knowledge can't be used.
pub fn test(content: &Content) -> Result<Tested, String> {
    let knowledge = content.knowledge();
    let recogniser = Recogniser::new(knowledge).map_err(|error| error.to_string())?;
    let messages: Vec<_> = content.entries().messages.iter().filter(|message| !message.form.expect.is_empty()).collect();
    let tested = parallel::each(messages.len(), |at| of_message(&recogniser, knowledge, messages[at]));
    let mut whole = Tested::default();
    for Tested { verdicts, unmet } in tested {
        whole.verdicts += verdicts;
        whole.unmet.extend(unmet);
    }
    Ok(whole)
}

fn of_message(recogniser: &Recogniser<'_>, knowledge: &Knowledge, message: &Listed<MessageForm>) -> Tested {
    let mut tested = Tested::default();
    for expectation in &message.form.expect {
        for (name, text) in texts(&message.form, expectation) {
            let verdict = diagnosis::conclude(knowledge, &recogniser.examine(text.as_bytes()), &Answers::default());
            tested.verdicts += 1;
            tested.unmet.extend(unmet(&message.file, expectation, &name, &verdict));
        }
    }
    tested
}

/// The texts that an expectation is about, with what to call them.
fn texts<'m>(form: &'m MessageForm, expectation: &'m ExpectationForm) -> Vec<(String, &'m str)> {
    match &expectation.evidence {
        Some(text) => vec![("this evidence".to_owned(), text)],
        None => {
            let numbered = (1..).zip(&form.samples).filter(|(number, _)| expectation.sample.as_ref().is_none_or(|wanted| wanted.value == *number));
            numbered.map(|(_, sample)| (format!("the sample in line {}", sample.place.line), sample.as_str())).collect()
        }
    }
}

fn unmet(file: &str, expectation: &ExpectationForm, of: &str, verdict: &Verdict) -> Vec<Diagnostic> {
    let found: Vec<String> = verdict.findings.iter().map(|finding| finding.id.clone()).collect();
    let wrong = |what, expected: String, place: Place, came: String| {
        let unmet = Unmet { what, expected, came, of: of.to_owned(), found: found.clone() };
        Diagnostic::new(file, place, Problem::NotAsExpected(Box::new(unmet)))
    };
    let belief = |what, expected: &Option<At<String>>, came: &Option<Belief>| {
        let expected = expected.as_ref().filter(|expected| came.as_ref().is_none_or(|came| came.id != expected.value))?;
        let came = came.as_ref().map_or_else(|| format!("no {what}"), |came| shown(&came.id, came.probability));
        Some(wrong(what, expected.value.clone(), expected.place, came))
    };
    let code = expectation.code.as_ref().filter(|code| verdict.code != Some(code.value));
    let came = || verdict.code.map_or_else(|| "no code".to_owned(), |code| format!("`{code}`"));
    [
        cause(expectation, verdict).map(|(expected, came)| wrong("cause", expected.value.clone(), expected.place, came)),
        belief("place", &expectation.place, &verdict.place),
        belief("shape", &expectation.shape, &verdict.shape),
        code.map(|code| wrong("code", code.to_string(), code.place, came())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The cause that is expected and what came instead; none where it came.
fn cause<'e>(expectation: &'e ExpectationForm, verdict: &Verdict) -> Option<(&'e At<String>, String)> {
    let expected = expectation.cause.as_ref()?;
    let first = verdict.causes.first();
    if first.map_or(NO_CAUSE, |first| &first.id) == expected.as_str() {
        return None;
    }
    let own = verdict.causes.iter().find(|cause| cause.id == expected.value);
    let beside = own.map_or_else(String::new, |own| format!(" before {}", shown(&own.id, own.probability)));
    Some((expected, first.map_or_else(|| "no cause".to_owned(), |first| shown(&first.id, first.probability)) + &beside))
}

fn shown(id: &str, probability: f64) -> String {
    format!("`{id}` ({:.0} %)", probability * 100.0)
}
