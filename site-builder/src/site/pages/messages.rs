//! `/messages/` and `/messages/nginx-connect-refused/`

use super::{Page, related};
use crate::site::drawing::path::{self, Failure};
use crate::site::markdown;
use crate::site::templates::later;
use reader::Content;
use reader::draft::Listed;
use reader::form::MessageForm;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The list of messages, and a page for each.
pub fn pages(content: &Content) -> Vec<Page> {
    let alike = related::alike(content);
    let elsewhere = |message| related::likeness(message).and_then(|likeness| alike.get(&likeness)).cloned().unwrap_or_default();
    let systems: HashMap<&str, &str> = content.entries().systems.iter().map(|system| (system.id.as_str(), system.form.name.as_str())).collect();
    let system = |message: &Listed<MessageForm>| systems.get(message.system.as_str()).copied().unwrap_or(&message.system).to_owned();
    let messages = content.entries().messages.iter().enumerate();
    let mut pages: Vec<_> = messages.map(|(at, message)| page(at, message, &system(message), elsewhere(message))).collect();
    pages.push(Page {
        address: "/messages/".to_owned(),
        template: "messages.html",
        title: "Messages".to_owned(),
        description: "What servers log and show when a request fails, word for word, with what each line means.".to_owned(),
        section: "messages",
        source: None,
        context: later(|content| [("systems", json!(by_system(content)))]),
    });
    pages
}

fn by_system(content: &Content) -> Vec<Value> {
    let row = |id: &str, name: &str| json!({"id": id, "name": name, "messages": related::messages(content, |message| message.system == id)});
    content.entries().systems.iter().map(|system| row(&system.id, &system.form.name)).collect()
}

/// The page of a message of a system with that name; `alike` are the positions of the messages that are like it.
fn page(at: usize, message: &Listed<MessageForm>, system: &str, alike: Vec<usize>) -> Page {
    Page {
        address: address(&message.form.id),
        template: "message.html",
        title: markdown::to_plain(&message.form.title),
        description: format!("{system}: {}", message.form.summary),
        section: "messages",
        source: Some(message.file.clone()),
        context: later(move |content| values(content, &content.entries().messages[at], &alike)),
    }
}

fn address(id: &str) -> String {
    format!("/messages/{id}/")
}

fn values(content: &Content, message: &Listed<MessageForm>, alike: &[usize]) -> [(&'static str, Value); 17] {
    let form = &*message.form;
    let status = form.status.statuses().first().copied();
    let received = status.map(|status| related::answer(content, status)).unwrap_or_default();
    let caption = status.and_then(|status| related::caption_of_unsent(content, status));
    let failure = form.place.as_ref().zip(form.shape.as_ref()).map(|(place, shape)| Failure { place, shape, answer: received.shown() });
    let refinements: Vec<Value> = form
        .refine
        .iter()
        .map(|refinement| json!({"when": refinement.when, "causes": related::causes_of_words(content, &refinement.causes, &message.system)}))
        .collect();
    [
        ("form", json!(form)),
        ("seen", json!(failure.map(|failure| json!({"place": failure.place, "shape": failure.shape})))),
        ("shape_id", json!(form.shape)),
        ("system", json!({"id": message.system, "name": related::system_name(content, &message.system)})),
        ("statuses", json!(form.status.statuses())),
        ("received", json!(status.and_then(|status| related::received_instead(content, status)))),
        ("code_pages", json!(content.entries().codes.iter().map(|code| &code.id).collect::<Vec<_>>())),
        ("place", json!(form.place.as_ref().map(|id| related::place_name(content, id)))),
        ("shape", json!(form.shape.as_ref().map(|id| related::shape_name(content, id)))),
        ("path", json!(failure.map(|failure| path::draw_as(content.knowledge(), Some(failure), caption)))),
        ("causes", json!(related::causes_of_words(content, &form.causes, &message.system))),
        ("refinements", json!(refinements)),
        ("reasons", json!(related::messages(content, |other| form.follows_from.iter().any(|id| id.value == other.form.id.value)))),
        ("elsewhere", json!(related::said_elsewhere(content, message, alike))),
        ("reproductions", json!(related::reproductions(content, &form.id))),
        ("timeouts", json!(timeouts(content, &form.id))),
        ("faq", json!(related::faq_on(content, &address(&form.id)))),
    ]
}

/// The timeouts that end in this message.
fn timeouts(content: &Content, id: &str) -> Vec<Value> {
    let ending_here = content.entries().timeouts.iter().filter(|timeout| timeout.form.message.as_ref().is_some_and(|message| message.as_str() == id));
    ending_here.map(|timeout| related::timeout_row(content, timeout)).collect()
}
