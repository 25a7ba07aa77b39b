//! What is known about a page beside its matter: its kind, its tags, and when its facts were last checked.

use reader::Content;
use serde::Serialize;
use std::collections::HashMap;

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

impl PageFacts {
    fn new(kind: &'static str, checked: Option<&str>, tags: &[String]) -> Self {
        Self { kind, checked: checked.map(str::to_owned), tags: tags.to_vec() }
    }
}

/// The facts about all pages.
pub(super) struct Facts {
    by_address: HashMap<String, PageFacts>,
    /// Those of all other pages: lists change with what they list, so the last check of anything counts.
    others: PageFacts,
}

impl Facts {
    /// Collects the facts.
    pub fn new(content: &Content) -> Self {
        let entries = content.entries();
        let mut by_address = HashMap::new();
        for comparison in &entries.comparisons {
            by_address.insert(format!("/{}/", comparison.id), PageFacts::new("comparison", Some(&comparison.form.checked), &[]));
        }
        for code in &entries.codes {
            by_address.insert(format!("/{}/", code.id), PageFacts::new("code", Some(&code.form.checked), &code.form.tags));
        }
        for cause in &entries.causes {
            by_address.insert(format!("/causes/{}/", cause.id), PageFacts::new("cause", Some(&cause.form.checked), &cause.form.tags));
        }
        for guide in &entries.guides {
            by_address.insert(format!("/guides/{}/", guide.id), PageFacts::new("guide", Some(&guide.form.checked), &guide.form.tags));
        }
        for faq in &entries.faq {
            by_address.insert(format!("/faq/{}/", faq.id), PageFacts::new("question", Some(&faq.form.checked), &[]));
        }
        let mut systems = HashMap::new();
        for system in &entries.systems {
            systems.insert(system.id.as_str(), system.form.checked.as_str());
            by_address.insert(format!("/systems/{}/", system.id), PageFacts::new("system", Some(&system.form.checked), &system.form.tags));
        }
        for message in &entries.messages {
            let checked = systems.get(message.system.as_str()).copied();
            by_address.insert(format!("/messages/{}/", *message.form.id), PageFacts::new("message", checked, &[]));
        }
        Self { by_address, others: PageFacts::new("page", latest(content), &[]) }
    }

    /// The facts about the page at an address; a page below that of a system is as old as the system's.
    pub fn of(&self, address: &str) -> PageFacts {
        if let Some(facts) = self.by_address.get(address) {
            return facts.clone();
        }
        match address.trim_matches('/').split('/').collect::<Vec<_>>().as_slice() {
            ["systems", system, _] => {
                let checked = self.by_address.get(&format!("/systems/{system}/")).and_then(|facts| facts.checked.clone());
                PageFacts { kind: "page", checked, tags: Vec::new() }
            }
            _ => self.others.clone(),
        }
    }
}

fn latest(content: &Content) -> Option<&str> {
    let entries = content.entries();
    let causes = entries.causes.iter().map(|cause| cause.form.checked.as_str());
    let systems = entries.systems.iter().map(|system| system.form.checked.as_str());
    let codes = entries.codes.iter().map(|code| code.form.checked.as_str());
    causes.chain(systems).chain(codes).max()
}
