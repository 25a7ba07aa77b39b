//! What belongs together: found from the knowledge, not listed by hand.

use crate::site::drawing::path::{self, Answer, Failure};
use crate::site::markdown;
use diagnosis::checks;
use diagnosis::knowledge::{Check, Machine, Surroundings, System};
use diagnosis::likelihood::Likelihood;
use reader::Content;
use reader::draft::{Entry, Listed};
use reader::form::{CauseForm, CodeForm, DefaultForm, MessageForm, StatusForm, TimeoutForm, Unit, Words};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A cause as a row of a list.
pub fn cause_row(cause: &Entry<CauseForm>, likelihood: Likelihood) -> Value {
    json!({
        "id": cause.id,
        "title": cause.form.title,
        "summary": cause.form.summary,
        "word": likelihood.word(),
    })
}

/// The causes of a code, most usual first.
pub fn causes_of_code(content: &Content, code: u16) -> Vec<Value> {
    let word = |cause: &Entry<CauseForm>| cause.form.codes.iter().find(|word| word.id.value == code).map(|word| word.likelihood);
    ranked(content.entries().causes.iter().filter_map(|cause| Some((cause, word(cause)?))))
}

/// The causes that a message of a system names, most usual first, each with the command to begin with.
pub fn causes_of_words(content: &Content, words: &Words, system: &str) -> Vec<Value> {
    let cause = |id: &str| content.entries().causes.iter().find(|cause| cause.id == id);
    let mut rows = ranked(words.iter().filter_map(|word| Some((cause(&word.id)?, word.likelihood))));
    let knowledge = content.knowledge();
    let Some(system) = knowledge.systems.iter().find(|known| known.id.as_str() == system) else { return rows };
    let mut shown = BTreeSet::new();
    for row in &mut rows {
        let Some(cause) = knowledge.causes.iter().find(|cause| row["id"] == cause.id.as_str()) else { continue };
        let suited = checks::suited(knowledge, &cause.advice.checks, &[system]);
        // A command that stands above already is not repeated.
        if let Some(check) = suited.into_iter().find(|check| shown.insert(check.command.as_str())) {
            row["check"] = json!({"run": check.command, "shows": check.why, "on": surroundings(check, system)});
        }
    }
    rows
}

/// Where a command is run, if not simply on the machine of the page's system.
fn surroundings(check: &Check, system: &System) -> &'static str {
    let is_behind = system.machine == Machine::Managed && !check.is_of_system && check.on != Surroundings::Outside;
    match check.on {
        Surroundings::Any if is_behind => "On the machine behind it",
        Surroundings::Outside if system.machine == Machine::Windows => "From a machine with curl",
        Surroundings::Any | Surroundings::Outside => "",
        Surroundings::Systemd => "With systemd",
        Surroundings::Docker if system.machine == Machine::Docker => "",
        Surroundings::Docker => "In Docker",
        Surroundings::Kubernetes if system.machine == Machine::Kubernetes => "",
        Surroundings::Kubernetes => "In Kubernetes",
        // Only a system on Windows is given such a command.
        Surroundings::Windows => "",
    }
}

fn ranked<'c>(causes: impl Iterator<Item = (&'c Entry<CauseForm>, Likelihood)>) -> Vec<Value> {
    let mut causes: Vec<_> = causes.collect();
    causes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
    causes.into_iter().map(|(cause, likelihood)| cause_row(cause, likelihood)).collect()
}

/// Pages that a list of related ones shows at most.
const MOST_RELATED: usize = 6;

/// The causes that the most messages name beside this one, but for those from which its page tells it apart.
pub fn causes_beside(content: &Content, cause: &Entry<CauseForm>) -> Vec<Value> {
    let id = cause.id.as_str();
    let told_apart = |other: &str| cause.form.mistaken_for.iter().any(|mistaken| mistaken.cause.as_str() == other);
    let mut together = BTreeMap::<&str, usize>::new();
    let names_it = |message: &&Listed<MessageForm>| message.form.causes.iter().any(|word| word.id.value == id);
    for message in content.entries().messages.iter().filter(names_it) {
        let others = message.form.causes.iter().map(|word| word.id.value.as_str()).filter(|other| *other != id && !told_apart(other));
        others.for_each(|other| *together.entry(other).or_default() += 1);
    }
    let mut ranked: Vec<_> = together.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let entry = |id: &str| content.entries().causes.iter().find(|cause| cause.id == id);
    let entries = ranked.into_iter().take(MOST_RELATED).filter_map(|(id, _)| entry(id));
    entries.map(|cause| json!({"id": cause.id, "title": cause.form.title})).collect()
}

/// The codes that share the most causes with this one, by how often they are it.
pub fn codes_beside(content: &Content, status: u16) -> Vec<Value> {
    let share =
        |cause: &Entry<CauseForm>, code: u16| cause.form.codes.iter().find(|word| word.id.value == code).map_or(0.0, |word| word.likelihood.share());
    let overlap = |code: u16| content.entries().causes.iter().map(|cause| share(cause, status) * share(cause, code)).sum::<f64>();
    let others = content.entries().codes.iter().filter_map(|code| Some((code, code.id.parse().ok()?)));
    let mut ranked: Vec<_> = others.filter(|(_, other)| *other != status).map(|(code, other)| (overlap(other), code)).collect();
    ranked.retain(|(overlap, _)| *overlap > 0.0);
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    ranked.into_iter().take(MOST_RELATED).map(|(_, code)| json!({"id": code.id, "title": code.form.title})).collect()
}

/// What a message shows and what causes it most: messages with the same are alike.
type Likeness<'c> = (&'c str, &'c str);

/// The positions of messages, by what they are alike in.
pub fn alike(content: &Content) -> BTreeMap<Likeness<'_>, Vec<usize>> {
    let mut alike = BTreeMap::<_, Vec<_>>::new();
    for (at, message) in content.entries().messages.iter().enumerate() {
        if let Some(likeness) = likeness(message) {
            alike.entry(likeness).or_default().push(at);
        }
    }
    alike
}

/// What a message is alike to others in; none for a message that is no failure.
pub fn likeness(message: &Listed<MessageForm>) -> Option<Likeness<'_>> {
    Some((message.form.shape.as_ref()?.as_str(), likeliest(&message.form.causes)?))
}

/// The first alike message of each other system.
pub fn said_elsewhere(content: &Content, message: &Listed<MessageForm>, alike: &[usize]) -> Vec<Value> {
    let mut systems = vec![message.system.as_str()];
    let mut rows = Vec::new();
    for other in alike.iter().map(|at| &content.entries().messages[*at]) {
        if rows.len() < MOST_RELATED && !systems.contains(&other.system.as_str()) {
            systems.push(&other.system);
            rows.push(message_row(content, other));
        }
    }
    rows
}

/// A message as a row of a list.
pub fn message_row(content: &Content, message: &Listed<MessageForm>) -> Value {
    json!({
        "id": message.form.id,
        "title": markdown::to_plain(&message.form.title),
        "summary": message.form.summary,
        "system": system_name(content, &message.system),
        "statuses": message.form.status.statuses(),
        "shape": message.form.shape,
    })
}

/// The messages for which `wanted` holds, most useful first. Of each shape the first of each system, then the second of each, so
/// that a short list shows many systems; systems with the most messages first, since they are what most people run.
pub fn messages(content: &Content, wanted: impl Fn(&Listed<MessageForm>) -> bool) -> Vec<Value> {
    let mut wanted: Vec<_> = content.entries().messages.iter().filter(|message| wanted(message)).collect();
    if wanted.len() > 1 {
        let usefulness = Usefulness::of(content);
        wanted.sort_by_key(|message| Reverse(usefulness.of_message(message)));
        let mut seen = BTreeMap::<(&str, Option<&str>), usize>::new();
        wanted.sort_by_cached_key(|message| {
            let rank = seen.entry((message.system.as_str(), message.form.shape.as_ref().map(|shape| shape.as_str()))).or_default();
            *rank += 1;
            (*rank, Reverse(usefulness.of_system(&message.system)))
        });
    }
    wanted.into_iter().map(|message| message_row(content, message)).collect()
}

/// How much messages are worth to a reader who knows none of them.
struct Usefulness<'c> {
    /// The messages that the table of failures of a system names.
    named: BTreeSet<&'c str>,
    /// The messages that a server of the fault lab has written.
    seen: BTreeSet<&'c str>,
    /// The messages of each system, counted.
    counts: BTreeMap<&'c str, usize>,
}

impl<'c> Usefulness<'c> {
    fn of(content: &'c Content) -> Self {
        let entries = content.entries();
        let failures = entries.systems.iter().flat_map(|system| &system.form.failures);
        let logged = entries.lab_servers.iter().flat_map(|server| server.form.answers.values()).flat_map(|answer| &answer.messages);
        let mut counts = BTreeMap::<_, usize>::new();
        for message in &entries.messages {
            *counts.entry(message.system.as_str()).or_default() += 1;
        }
        Self {
            named: failures.filter_map(|failure| failure.message.as_ref()).map(|id| id.as_str()).collect(),
            seen: logged.map(|id| id.as_str()).collect(),
            counts,
        }
    }

    /// What fails most comes first, then what is known to happen, then what happens.
    fn of_message(&self, message: &Listed<MessageForm>) -> (bool, bool, bool) {
        let id = message.form.id.as_str();
        (self.named.contains(id), self.seen.contains(id), !message.form.unverified && !message.form.corroborates)
    }

    fn of_system(&self, id: &str) -> usize {
        self.counts.get(id).copied().unwrap_or_default()
    }
}

/// The drawing of a code: who answers it most, what that one saw, what the client gets.
pub fn drawing_of_code(content: &Content, code: &Entry<CodeForm>) -> String {
    let form = &code.form;
    let failure = likeliest(&form.who_sends).zip(likeliest(&form.shapes)).map(|(place, shape)| Failure { place, shape, answer: Answer::Untold });
    let status = code.id.parse().ok().map(|status| answer(content, status)).unwrap_or_default();
    path::draw_as(content.knowledge(), failure.map(|failure| Failure { answer: status.shown(), ..failure }), form.caption.as_deref())
}

/// What a client gets of a failure, by what its code says.
#[derive(Default)]
pub enum Received {
    /// A status.
    Status(String),
    /// A response; which is not told.
    #[default]
    Untold,
    /// No response.
    Nothing,
}

impl Received {
    /// As the drawing shows it.
    pub fn shown(&self) -> Answer<'_> {
        match self {
            Self::Status(status) => Answer::Status(status),
            Self::Untold => Answer::Untold,
            Self::Nothing => Answer::Nothing,
        }
    }
}

/// What the client gets in place of a status that it never sees: another one, or `none`; nothing where it sees the status.
pub fn received_instead(content: &Content, status: u16) -> Option<&StatusForm> {
    code(content, status)?.form.received.as_ref().map(|received| &received.value)
}

/// What a code's drawing says by itself, where nobody receives the code: then the drawings of its messages say it too.
pub fn caption_of_unsent(content: &Content, status: u16) -> Option<&str> {
    let code = code(content, status)?;
    matches!(answer(content, status), Received::Nothing).then_some(code.form.caption.as_deref()).flatten()
}

fn code(content: &Content, status: u16) -> Option<&Entry<CodeForm>> {
    content.entries().codes.iter().find(|code| code.id == status.to_string())
}

/// What the client gets where a program says this status: some numbers stand in logs and configurations only.
pub fn answer(content: &Content, status: u16) -> Received {
    match received_instead(content, status) {
        None => Received::Status(status.to_string()),
        Some(StatusForm::Word(word)) if word == "none" => Received::Nothing,
        Some(other) => other.statuses().first().map_or(Received::Untold, |status| Received::Status(status.to_string())),
    }
}

/// A timeout as a row of a table.
pub fn timeout_row(content: &Content, timeout: &Listed<TimeoutForm>) -> Value {
    let form = &*timeout.form;
    json!({
        "id": form.id,
        "system": timeout.system,
        "system_name": system_name(content, &timeout.system),
        "default": default_text(&form.default.value, form.unit),
        "form": form,
        "measured": content.entries().measured.iter().filter(|measured| measured.timeout.value == form.id.value).collect::<Vec<_>>(),
    })
}

/// The runs of the fault lab in which a server logged a message.
pub fn reproductions(content: &Content, message: &str) -> Vec<Value> {
    let title = |fault: &str| content.entries().lab_faults.iter().find(|one| one.id == fault).map(|one| one.title.clone());
    let runs = content.entries().lab_servers.iter().flat_map(|server| server.form.answers.iter().map(move |(fault, answer)| (server, fault, answer)));
    let logged = runs.filter(|(_, _, answer)| answer.messages.iter().any(|id| id.as_str() == message));
    logged
        .map(|(server, fault, answer)| {
            let form = &*server.form;
            json!({
                "server": form.name, "version": form.version, "behind": form.behind, "date": form.date,
                "run": server.id.rsplit_once('-').map_or(server.id.as_str(), |(name, _)| name),
                "fault": fault, "title": title(fault), "answer": super::lab::text(&answer.answer),
            })
        })
        .collect()
}

/// A default with its unit, as one writes it.
fn default_text(default: &DefaultForm, unit: Unit) -> String {
    let DefaultForm::Number(number) = default else { return "none".to_owned() };
    let unit = match unit {
        Unit::Ms => "ms",
        Unit::S => "s",
        Unit::Min => "min",
        Unit::H => "h",
        Unit::Bytes => "bytes",
        Unit::Connections => "connections",
        Unit::Requests => "requests",
        Unit::Count => "",
    };
    format!("{number} {unit}").trim_end().to_owned()
}

/// A system's name; the id where it has no page yet.
pub fn system_name(content: &Content, id: &str) -> String {
    content.entries().systems.iter().find(|system| system.id == id).map_or_else(|| id.to_owned(), |system| system.form.name.clone())
}

/// Whether a system has a page.
pub fn has_system(content: &Content, id: &str) -> bool {
    content.entries().systems.iter().any(|system| system.id == id)
}

/// The frequent questions that a page shows.
pub fn faq_on(content: &Content, address: &str) -> Vec<Value> {
    let shown = content.entries().faq.iter().filter(|faq| faq.form.on.iter().any(|page| page.as_str() == address));
    shown.map(|faq| json!({"id": faq.id, "question": faq.form.question, "answer": faq.body})).collect()
}

/// The guides that a page links to.
pub fn guides_on(content: &Content, address: &str) -> Vec<Value> {
    let shown = content.entries().guides.iter().filter(|guide| guide.form.on.iter().any(|page| page.as_str() == address));
    shown.map(|guide| json!({"id": guide.id, "title": guide.form.title, "summary": guide.form.summary})).collect()
}

/// The id that is likeliest in a list of words.
pub fn likeliest(words: &Words) -> Option<&str> {
    // The first of equals counts: authors write the more usual one first.
    words.iter().reduce(|best, word| if word.likelihood > best.likelihood { word } else { best }).map(|word| word.id.as_str())
}

/// A place, shape or other entry as id and name.
pub fn place_name(content: &Content, id: &str) -> String {
    content.entries().places.iter().find(|place| place.id.as_str() == id).map_or_else(|| id.to_owned(), |place| place.name.clone())
}

/// A shape's name.
pub fn shape_name(content: &Content, id: &str) -> String {
    content.entries().shapes.iter().find(|shape| shape.id.as_str() == id).map_or_else(|| id.to_owned(), |shape| shape.name.clone())
}

/// Words with the names of places, most usual first.
pub fn named_words(words: &Words, name: impl Fn(&str) -> String) -> Vec<Value> {
    let mut words: Vec<_> = words.iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.likelihood));
    words.into_iter().map(|word| json!({"id": word.id, "name": name(&word.id), "word": word.likelihood.word()})).collect()
}
