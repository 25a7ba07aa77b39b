//! `/`, `/check/`, `/404.html`

use super::{Page, codes, systems};
use crate::site::drawing::path;
use crate::site::templates::context;
use reader::Content;
use serde_json::{Value, json};

/// The pages that are no list and no entry.
pub fn pages(content: &Content) -> Vec<Page> {
    let site = content.entries().site.as_ref();
    let title = site.map_or_else(String::new, |site| format!("{}: {}", site.name, site.tagline));
    let description = site.map_or_else(String::new, |site| site.description.clone());
    let guides: Vec<Value> =
        content.entries().guides.iter().map(|guide| json!({"id": guide.id, "title": guide.form.title, "summary": guide.form.summary})).collect();
    let home = Page {
        address: "/".to_owned(),
        template: "home.html",
        title,
        description,
        section: "home",
        source: None,
        context: context([
            ("path", json!(path::draw(content.knowledge(), None))),
            ("codes", json!(codes::rows(content))),
            ("comparisons", json!(codes::comparison_rows(content, None))),
            ("systems", json!(systems::rows(content))),
            ("guides", json!(guides)),
            ("causes", json!(content.entries().causes.len())),
            ("messages", json!(content.entries().messages.len())),
        ]),
    };
    let check = Page {
        address: "/check/".to_owned(),
        template: "check.html",
        title: "Checker".to_owned(),
        description: "Paste log lines, headers or curl output, and see the place, the shape and the cause. Nothing leaves your browser.".to_owned(),
        section: "check",
        source: None,
        context: context([("questions", json!(questions(content)))]),
    };
    let not_found = Page {
        address: "/404.html".to_owned(),
        template: "not-found.html",
        title: "No such page".to_owned(),
        description: "This address leads nowhere.".to_owned(),
        section: "",
        source: None,
        context: context([("codes", json!(codes::rows(content)))]),
    };
    vec![home, check, not_found]
}

/// The checker's questions, for readers without JavaScript: each answer with the causes that it speaks for.
fn questions(content: &Content) -> Vec<Value> {
    let title = |id: &str| content.entries().causes.iter().find(|cause| cause.id == id).map(|cause| cause.form.title.clone());
    let option = |option: &reader::form::OptionForm| {
        let speaks_for = option.causes.iter().filter(|word| word.likelihood >= diagnosis::likelihood::Likelihood::Often);
        let causes: Vec<Value> = speaks_for.map(|word| json!({"id": word.id, "title": title(&word.id)})).collect();
        json!({"text": option.text, "code": option.code, "causes": causes})
    };
    let entries = content.entries().questions.iter();
    entries
        .map(|question| json!({"id": question.id, "form": question.form, "options": question.form.options.iter().map(option).collect::<Vec<_>>()}))
        .collect()
}
