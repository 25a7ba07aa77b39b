//! `/messages/` and `/messages/nginx-connect-refused/`

use super::{Page, related};
use crate::site::drawing::path::{self, Failure};
use crate::site::markdown;
use crate::site::templates::context;
use reader::Content;
use reader::draft::Listed;
use reader::form::MessageForm;
use serde_json::{Value, json};

/// The list of messages, and a page for each.
pub fn pages(content: &Content) -> Vec<Page> {
    let alike = related::alike(content);
    let elsewhere = |message| related::likeness(message).and_then(|likeness| alike.get(&likeness)).map(Vec::as_slice).unwrap_or_default();
    let mut pages: Vec<_> = content.entries().messages.iter().map(|message| page(content, message, elsewhere(message))).collect();
    let by_system: Vec<Value> = content
        .entries()
        .systems
        .iter()
        .map(|system| json!({"id": system.id, "name": system.form.name, "messages": related::messages(content, |message| message.system == system.id)}))
        .collect();
    pages.push(Page {
        address: "/messages/".to_owned(),
        template: "messages.html",
        title: "Messages".to_owned(),
        description: "What servers log and show when a request fails, word for word, with what each line means.".to_owned(),
        section: "messages",
        source: None,
        context: context([("systems", json!(by_system))]),
    });
    pages
}

fn page(content: &Content, message: &Listed<MessageForm>, alike: &[&Listed<MessageForm>]) -> Page {
    let form = &message.form;
    let address = format!("/messages/{}/", form.id.value);
    let answer = form.status.statuses().first().map(u16::to_string).unwrap_or_default();
    let failure = form.place.as_ref().zip(form.shape.as_ref()).map(|(place, shape)| Failure { place, shape, answer: &answer });
    let refinements: Vec<Value> = form
        .refine
        .iter()
        .map(|refinement| json!({"when": refinement.when, "causes": related::causes_of_words(content, &refinement.causes)}))
        .collect();
    Page {
        template: "message.html",
        title: markdown::to_plain(&form.title),
        description: format!("{}: {}", related::system_name(content, &message.system), form.summary),
        section: "messages",
        source: Some(message.file.clone()),
        context: context([
            ("form", json!(form)),
            ("seen", json!(failure.map(|failure| json!({"place": failure.place, "shape": failure.shape})))),
            ("shape_id", json!(form.shape)),
            ("system", json!({"id": message.system, "name": related::system_name(content, &message.system)})),
            ("statuses", json!(form.status.statuses())),
            ("code_pages", json!(content.entries().codes.iter().map(|code| &code.id).collect::<Vec<_>>())),
            ("place", json!(form.place.as_ref().map(|id| related::place_name(content, id)))),
            ("shape", json!(form.shape.as_ref().map(|id| related::shape_name(content, id)))),
            ("path", json!(failure.map(|failure| path::draw(content.knowledge(), Some(failure))))),
            ("causes", json!(related::causes_of_words(content, &form.causes))),
            ("refinements", json!(refinements)),
            ("reasons", json!(related::messages(content, |other| form.follows_from.iter().any(|id| id.value == other.form.id.value)))),
            ("elsewhere", json!(related::said_elsewhere(content, message, alike))),
            ("reproductions", json!(related::reproductions(content, &form.id))),
            ("timeouts", json!(timeouts(content, &form.id))),
            ("faq", json!(related::faq_on(content, &address))),
        ]),
        address,
    }
}

/// The timeouts that end in this message.
fn timeouts(content: &Content, id: &str) -> Vec<Value> {
    let ending_here = content.entries().timeouts.iter().filter(|timeout| timeout.form.message.as_ref().is_some_and(|message| message.as_str() == id));
    ending_here.map(|timeout| related::timeout_row(content, timeout)).collect()
}
