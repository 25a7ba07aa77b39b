//! `/timeouts/`, `/timeouts/by-duration/`, `/systems/nginx/timeouts/`

use super::{Page, related};
use crate::site::templates::later;
use reader::Content;
use reader::draft::{Entry, Listed};
use reader::form::{DefaultForm, SystemForm, TimeoutForm, Unit};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The table of all timeouts, the same by duration, and a page for each system that has some.
pub fn pages(content: &Content) -> Vec<Page> {
    let mut pages = vec![all(), by_duration()];
    let with_timeouts: HashSet<&str> = content.entries().timeouts.iter().map(|timeout| timeout.system.as_str()).collect();
    let systems = content.entries().systems.iter().enumerate().filter(|(_, system)| with_timeouts.contains(system.id.as_str()));
    pages.extend(systems.map(|(at, system)| of_system(at, system)));
    pages
}

fn all() -> Page {
    Page {
        address: "/timeouts/".to_owned(),
        template: "timeouts.html",
        title: "Timeouts".to_owned(),
        description: "Default timeouts and limits of proxies, platforms, servers and databases, with their status.".to_owned(),
        section: "timeouts",
        source: None,
        context: later(|content| {
            [
                ("systems", json!(by_system(content))),
                ("number", json!(content.entries().timeouts.len())),
                ("measured_on", json!(measured_on(content))),
                ("faq", json!(related::faq_on(content, "/timeouts/"))),
            ]
        }),
    }
}

/// The days on which the lab measured defaults.
fn measured_on(content: &Content) -> String {
    let days: BTreeSet<&str> = content.entries().measured.iter().map(|measured| measured.date.as_str()).collect();
    days.into_iter().collect::<Vec<_>>().join(", ")
}

fn by_system(content: &Content) -> Vec<Value> {
    let rows = |system: &Entry<SystemForm>| of(content, &system.id).map(|timeout| row(content, timeout)).collect::<Vec<_>>();
    content.entries().systems.iter().map(|system| json!({"id": system.id, "name": system.form.name, "timeouts": rows(system)})).collect()
}

fn by_duration() -> Page {
    Page {
        address: "/timeouts/by-duration/".to_owned(),
        template: "timeouts-by-duration.html",
        title: "Timeouts by duration".to_owned(),
        description: "It fails after the same time each time? Which default is 30 s, 60 s, 29 s or 100 s, today or in older versions.".to_owned(),
        section: "timeouts",
        source: None,
        context: later(|content| [("groups", json!(groups(content)))]),
    }
}

fn groups(content: &Content) -> Vec<Value> {
    let group =
        |milliseconds, timeouts| json!({"id": duration(milliseconds).replace(' ', "-"), "name": duration(milliseconds), "timeouts": timeouts});
    durations(content).into_iter().map(|(milliseconds, timeouts)| group(milliseconds, timeouts)).collect()
}

fn of_system(at: usize, system: &Entry<SystemForm>) -> Page {
    let name = &system.form.name;
    Page {
        address: format!("/systems/{}/timeouts/", system.id),
        template: "system-timeouts.html",
        title: format!("{name}: default timeouts and limits"),
        description: format!("The default timeouts and limits of {name}: what each measures, what the client gets when it ends, and since when."),
        section: "timeouts",
        source: Some(system.file.clone()),
        context: later(move |content| {
            let system = &content.entries().systems[at];
            let timeouts: Vec<Value> = of(content, &system.id).map(|timeout| related::timeout_row(content, timeout)).collect();
            [("system", json!({"id": system.id, "name": system.form.name})), ("timeouts", json!(timeouts))]
        }),
    }
}

fn of<'c>(content: &'c Content, system: &str) -> impl Iterator<Item = &'c Listed<TimeoutForm>> {
    content.entries().timeouts.iter().filter(move |timeout| timeout.system == system)
}

/// A timeout as a row, with its milliseconds to sort by.
fn row(content: &Content, timeout: &Listed<TimeoutForm>) -> Value {
    let mut row = related::timeout_row(content, timeout);
    row["milliseconds"] = json!(milliseconds(&timeout.form));
    row
}

/// All timeouts by how long they are, now or before.
fn durations(content: &Content) -> BTreeMap<u64, Vec<Value>> {
    let mut durations = BTreeMap::<u64, Vec<Value>>::new();
    for timeout in &content.entries().timeouts {
        let row = related::timeout_row(content, timeout);
        if let Some(milliseconds) = milliseconds(&timeout.form).filter(|milliseconds| *milliseconds > 0) {
            durations.entry(milliseconds).or_default().push(row.clone());
        }
        for change in &timeout.form.history {
            let Some(milliseconds) = written_duration(&change.was) else { continue };
            let mut former = row.clone();
            former["until"] = json!(change.since);
            durations.entry(milliseconds).or_default().push(former);
        }
    }
    durations
}

/// The default in milliseconds; none for what is no time or has no limit.
fn milliseconds(form: &TimeoutForm) -> Option<u64> {
    let DefaultForm::Number(default) = form.default.value else { return None };
    Some((default * form.unit.milliseconds()?) as u64)
}

/// The duration at the beginning of what an author writes, such as `100 s on all plans`.
fn written_duration(text: &str) -> Option<u64> {
    let mut words = text.split_whitespace();
    let number: f64 = words.next()?.parse().ok()?;
    let unit = match words.next()?.trim_end_matches([',', ';', '.']) {
        "ms" => Unit::Ms,
        "s" => Unit::S,
        "min" => Unit::Min,
        "h" => Unit::H,
        _ => return None,
    };
    Some((number * unit.milliseconds()?) as u64)
}

/// A duration as one writes it: in seconds up to two minutes, above in the largest unit that leaves it whole.
fn duration(milliseconds: u64) -> String {
    let whole = |unit: u64| milliseconds.is_multiple_of(unit);
    match milliseconds {
        0..1_000 => format!("{milliseconds} ms"),
        120_001.. if whole(3_600_000) => format!("{} h", milliseconds / 3_600_000),
        120_001.. if whole(60_000) => format!("{} min", milliseconds / 60_000),
        _ => format!("{} s", milliseconds as f64 / 1_000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_former_default_is_read_from_its_beginning() {
        assert_eq!(written_duration("100 s"), Some(100_000));
        assert_eq!(written_duration("3.5 s, for all plans"), Some(3_500));
        assert_eq!(written_duration("10 min; fixed"), Some(600_000));
    }

    #[test]
    fn a_former_state_that_is_no_duration_is_none() {
        assert_eq!(written_duration("no keep-alive"), None);
        assert_eq!(written_duration("100 requests"), None);
        assert_eq!(written_duration("off"), None);
    }

    #[test]
    fn durations_are_written_as_people_say_them() {
        let written = [250, 3_500, 60_000, 100_000, 120_000, 230_000, 300_000, 3_600_000, 7_200_000].map(duration);
        assert_eq!(written, ["250 ms", "3.5 s", "60 s", "100 s", "120 s", "230 s", "5 min", "1 h", "2 h"]);
    }
}
