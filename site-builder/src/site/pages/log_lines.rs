//! A log line format as its page shows it: the sample line in pieces, and what each says.

use diagnosis::template::{Capture, Match, Template};
use reader::form::FormatForm;
use serde_json::{Value, json};
use std::ops::Range;

/// The longest value that is repeated beside its meaning, in characters.
const LONGEST_VALUE: usize = 48;

/// A part of the sample that says something.
struct Note<'f> {
    /// Where its words begin, in front of the value.
    from: usize,
    /// The value.
    span: Range<usize>,
    means: &'f str,
}

/// A format: the sample as pieces, those that say something marked; the notes on them in the same order; and the fields that the sample lacks.
pub(super) fn annotated(form: &FormatForm) -> Value {
    let sample = form.sample.as_str();
    let templates: Vec<_> = form.fields.iter().map(|field| Template::parse(&field.wording).ok()).collect();
    let (seen, missing): (Vec<_>, Vec<_>) =
        form.fields.iter().zip(&templates).map(|(field, template)| (field, find(template, sample))).partition(|(_, found)| found.is_some());
    let of_fields = seen.iter().filter_map(|(field, found)| {
        let found = found.as_ref()?;
        Some(Note { from: found.span.start, span: value_of(found), means: &field.means })
    });
    let notes = in_order(sample, of_line(form).into_iter().chain(of_fields).collect());
    json!({
        "form": form,
        "pieces": pieces(sample, &notes),
        "notes": notes.iter().map(|note| json!({"value": shortened(&sample[note.span.clone()]), "means": note.means})).collect::<Vec<_>>(),
        "missing": missing.iter().map(|(field, _)| field).collect::<Vec<_>>(),
    })
}

/// The notes on holes of the line itself.
fn of_line(form: &FormatForm) -> Vec<Note<'_>> {
    let template = Template::parse(&form.line).ok();
    let captures = find(&template, &form.sample).map(|found| found.captures).unwrap_or_default();
    let note = |capture: Capture<'_>| Some(Note { means: form.means.of(capture.name)?, from: capture.span.start, span: capture.span });
    captures.into_iter().filter_map(note).collect()
}

fn find<'t>(template: &'t Option<Template>, sample: &str) -> Option<Match<'t>> {
    template.as_ref()?.find_in(sample.as_bytes(), 0..sample.len())
}

/// The part of a field that varies: from its first hole to its last; all of it where it has none.
fn value_of(found: &Match<'_>) -> Range<usize> {
    match (found.captures.first(), found.captures.last()) {
        (Some(first), Some(last)) => first.span.start..last.span.end,
        _ => found.span.clone(),
    }
}

/// Notes by place. One that runs into the next ends where the words of that begin; empty ones say nothing.
fn in_order<'f>(sample: &str, mut notes: Vec<Note<'f>>) -> Vec<Note<'f>> {
    notes.sort_by_key(|note| (note.span.start, std::cmp::Reverse(note.span.end)));
    let starts: Vec<usize> = notes.iter().skip(1).map(|note| note.from).chain([sample.len()]).collect();
    for (note, next) in notes.iter_mut().zip(starts) {
        note.span = trimmed(sample, note.span.start..note.span.end.min(next).max(note.span.start));
    }
    notes.retain(|note| !note.span.is_empty());
    notes
}

/// A span without white space at its ends.
fn trimmed(sample: &str, span: Range<usize>) -> Range<usize> {
    let text = sample.get(span.clone()).unwrap_or_default();
    let start = span.start + (text.len() - text.trim_start().len());
    start..(start + text.trim().len())
}

fn pieces(sample: &str, notes: &[Note<'_>]) -> Vec<Value> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for note in notes {
        pieces.push(json!({"text": &sample[at..note.span.start]}));
        pieces.push(json!({"text": &sample[note.span.clone()], "noted": true}));
        at = note.span.end;
    }
    pieces.push(json!({"text": &sample[at..]}));
    pieces
}

fn shortened(value: &str) -> String {
    match value.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test whose own format is wrong has to stop")]
mod tests {
    use super::*;

    fn format(line: &str, means: &str, fields: &str, sample: &str) -> FormatForm {
        let text = format!(
            "id: a\nname: A\nline: '{line}'\nmeans: {means}\nfields: {fields}\nidentifies: true\nsample: '{sample}'\nsource: {{url: 'https://a.example/'}}"
        );
        serde_yaml::from_str(&text).expect("a format")
    }

    fn values(form: &FormatForm) -> Vec<String> {
        let annotated = annotated(form);
        let notes = annotated["notes"].as_array().cloned().unwrap_or_default();
        notes.iter().map(|note| format!("{}: {}", note["value"].as_str().unwrap_or_default(), note["means"].as_str().unwrap_or_default())).collect()
    }

    #[test]
    fn holes_and_fields_are_noted_in_the_order_of_the_line() {
        let form = format("{time:word} {status:number} {rest}", "{status: s, time: t}", "[{match: 'up={up:word}', means: u}]", "03:12 502 up=a b");
        assert_eq!(values(&form), ["03:12: t", "502: s", "a: u"]);
    }

    #[test]
    fn a_hole_that_runs_over_a_field_ends_before_it() {
        let form = format(
            "[{level:word}] {message}",
            "{message: m}",
            "[{match: ', client: {client:word}', means: c}]",
            "[error] refused, client: 203.0.113.7",
        );
        assert_eq!(values(&form), ["refused: m", "203.0.113.7: c"]);
    }

    #[test]
    fn the_pieces_together_are_the_sample() {
        let form = format("{time:word} echo: {message}", "{time: t}", "[{match: 'up={up:word}', means: u}]", "03:12 echo: refused up=a b");
        let pieces = annotated(&form)["pieces"].as_array().cloned().unwrap_or_default();
        let text: String = pieces.iter().filter_map(|piece| piece["text"].as_str()).collect();
        assert_eq!(text, "03:12 echo: refused up=a b");
    }

    #[test]
    fn a_field_that_the_sample_lacks_is_told_apart() {
        let form = format("{time:word} echo: {message}", "{}", "[{match: 'up={up:word}', means: u}]", "03:12 echo: refused");
        let annotated = annotated(&form);
        assert_eq!(annotated["missing"][0]["means"], "u");
        assert!(annotated["notes"].as_array().is_some_and(Vec::is_empty));
    }
}
