//! What is known about a page beside its matter: its kind, its tags, and when its facts were last checked.

use reader::Content;
use serde::Serialize;

/// The facts about a page.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct PageFacts {
    /// What it is, in one word, for people.
    pub kind: &'static str,
    /// The day somebody last held its facts against the sources.
    pub checked: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
}

/// The facts about the page at an address.
pub(super) fn of(content: &Content, address: &str) -> PageFacts {
    let parts: Vec<_> = address.split('/').filter(|part| !part.is_empty()).collect();
    let entries = content.entries();
    let system = |id: &str| entries.systems.iter().find(|system| system.id == id);
    let facts = |kind, checked: Option<&str>, tags: &[String]| PageFacts { kind, checked: checked.map(str::to_owned), tags: tags.to_vec() };
    match parts.as_slice() {
        ["causes", id] => {
            let cause = entries.causes.iter().find(|cause| cause.id == *id);
            cause.map_or_else(PageFacts::default, |cause| facts("cause", Some(&cause.form.checked), &cause.form.tags))
        }
        ["systems", id, _] => facts("page", system(id).map(|system| system.form.checked.as_str()), &[]),
        ["systems", id] => system(id).map_or_else(PageFacts::default, |system| facts("system", Some(&system.form.checked), &system.form.tags)),
        ["messages", id] => {
            let message = entries.messages.iter().find(|message| message.form.id.as_str() == *id);
            facts("message", message.and_then(|message| system(&message.system)).map(|system| system.form.checked.as_str()), &[])
        }
        ["guides", id] => {
            let guide = entries.guides.iter().find(|guide| guide.id == *id);
            guide.map_or_else(PageFacts::default, |guide| facts("guide", Some(&guide.form.checked), &[]))
        }
        [id] => {
            let code = entries.codes.iter().find(|code| code.id == *id);
            let comparison = entries.comparisons.iter().find(|comparison| comparison.id == *id);
            match (code, comparison) {
                (Some(code), _) => facts("code", Some(&code.form.checked), &code.form.tags),
                (None, Some(comparison)) => facts("comparison", Some(&comparison.form.checked), &[]),
                (None, None) => facts("page", latest(content), &[]),
            }
        }
        _ => facts("page", latest(content), &[]),
    }
}

/// The last day on which anything was checked: lists change with what they list.
fn latest(content: &Content) -> Option<&str> {
    let entries = content.entries();
    let causes = entries.causes.iter().map(|cause| cause.form.checked.as_str());
    let systems = entries.systems.iter().map(|system| system.form.checked.as_str());
    let codes = entries.codes.iter().map(|code| code.form.checked.as_str());
    causes.chain(systems).chain(codes).max()
}
