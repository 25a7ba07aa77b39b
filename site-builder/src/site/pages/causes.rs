//! `/causes/` and `/causes/keepalive-race/`

use super::{Page, related};
use crate::site::drawing::path::{self, Answer, Failure};
use crate::site::drawing::sequence::{self, Participant};
use crate::site::markdown;
use crate::site::templates::later;
use reader::Content;
use reader::draft::Entry;
use reader::form::{CauseForm, Step};
use serde_json::{Value, json};

/// The list of causes, and a page for each.
pub fn pages(content: &Content) -> Vec<Page> {
    let mut pages: Vec<_> = content.entries().causes.iter().enumerate().map(|(at, cause)| page(at, cause)).collect();
    pages.push(Page {
        address: "/causes/".to_owned(),
        template: "causes.html",
        title: "Causes".to_owned(),
        description: "What has to change for the error to stop: every root cause, with how to confirm, fix and prevent it.".to_owned(),
        section: "causes",
        source: None,
        context: later(|content| [("groups", json!(by_shape(content)))]),
    });
    pages
}

/// The causes under the shape that they are seen as most.
fn by_shape(content: &Content) -> Vec<Value> {
    let group = |shape: &reader::form::ShapeForm| {
        let causes = content.entries().causes.iter().filter(|cause| related::likeliest(&cause.form.shapes) == Some(shape.id.as_str()));
        let causes: Vec<Value> = causes.map(|cause| json!({"id": cause.id, "title": cause.form.title, "summary": cause.form.summary})).collect();
        json!({"id": shape.id, "name": shape.name, "means": shape.means, "causes": causes})
    };
    content.entries().shapes.iter().map(group).collect()
}

fn page(at: usize, cause: &Entry<CauseForm>) -> Page {
    Page {
        address: address(&cause.id),
        template: "cause.html",
        title: cause.form.title.clone(),
        description: cause.form.summary.clone(),
        section: "causes",
        source: Some(cause.file.clone()),
        context: later(move |content| values(content, &content.entries().causes[at])),
    }
}

fn address(id: &str) -> String {
    format!("/causes/{id}/")
}

fn values(content: &Content, cause: &Entry<CauseForm>) -> [(&'static str, Value); 13] {
    let form = &*cause.form;
    let shape = related::likeliest(&form.shapes);
    let place = form.sequence.iter().find(|step| step.fails).map(|step| failing_station(content, [&step.from, &step.to]));
    let failure = place.zip(shape).map(|(place, shape)| Failure { place, shape, answer: Answer::Untold });
    let mistaken: Vec<Value> = form
        .mistaken_for
        .iter()
        .filter_map(|mistaken| {
            let other = content.entries().causes.iter().find(|other| other.id == mistaken.cause.value)?;
            Some(json!({"id": other.id, "title": other.form.title, "tell": mistaken.tell}))
        })
        .collect();
    let steps: Vec<Value> = form
        .sequence
        .iter()
        .map(|step| json!({"from": station(content, &step.from), "to": station(content, &step.to), "says": step.says, "fails": step.fails}))
        .collect();
    let names_it = |words: &reader::form::Words| words.iter().any(|word| word.id.value == cause.id);
    [
        ("id", json!(cause.id)),
        ("form", json!(form)),
        ("body", json!(cause.body)),
        ("headings", json!(markdown::headings(&cause.body))),
        ("path", json!(path::draw(content.knowledge(), failure))),
        ("steps", json!(steps)),
        ("sequence", json!(sequence(content, &form.sequence))),
        ("codes", json!(codes(content, cause))),
        ("beside", json!(related::causes_beside(content, cause))),
        ("mistaken", json!(mistaken)),
        (
            "messages",
            json!(related::messages(content, |message| names_it(&message.form.causes)
                || message.form.refine.iter().any(|refinement| names_it(&refinement.causes)))),
        ),
        ("faq", json!(related::faq_on(content, &address(&cause.id)))),
        ("guides", json!(related::guides_on(content, &address(&cause.id)))),
    ]
}

/// Of two stations, the one nearer to the visitor: it is the one that sees the failure.
fn failing_station<'c>(content: &'c Content, ends: [&str; 2]) -> &'c str {
    let answering = content.entries().places.iter().filter(|place| place.answers && place.id.as_str() != "client-network");
    answering.map(|place| place.id.as_str()).find(|id| ends.contains(id)).unwrap_or("reverse-proxy")
}

/// The steps as a drawing, with who takes part in the order of the path.
fn sequence(content: &Content, steps: &[Step]) -> String {
    let takes_part = |id: &str| steps.iter().any(|step| step.from.as_str() == id || step.to.as_str() == id);
    let places = content.entries().places.iter().map(|place| place.id.as_str());
    let ids: Vec<&str> = std::iter::once("client").chain(places).filter(|id| takes_part(id)).collect();
    let position = |id: &str| ids.iter().position(|known| *known == id).unwrap_or(0);
    let participants: Vec<_> = ids.iter().map(|id| Participant { id: (*id).to_owned(), name: station(content, id) }).collect();
    let texts: Vec<String> = steps.iter().map(|step| markdown::to_plain(&step.says)).collect();
    let drawn: Vec<_> = steps
        .iter()
        .zip(&texts)
        .map(|(step, says)| sequence::Step { from: position(&step.from), to: position(&step.to), says, fails: step.fails })
        .collect();
    sequence::draw(&participants, &drawn)
}

fn station(content: &Content, id: &str) -> String {
    if id == "client" { "Client".to_owned() } else { related::place_name(content, id) }
}

/// The codes that the cause leads to, most usual first.
fn codes(content: &Content, cause: &Entry<CauseForm>) -> Vec<Value> {
    let mut words: Vec<_> = cause.form.codes.iter().collect();
    words.sort_by(|a, b| b.likelihood.cmp(&a.likelihood).then(a.id.value.cmp(&b.id.value)));
    let has_page = |code: u16| content.entries().codes.iter().any(|entry| entry.id == code.to_string());
    words.into_iter().map(|word| json!({"code": word.id, "word": word.likelihood.word(), "has_page": has_page(word.id.value)})).collect()
}
