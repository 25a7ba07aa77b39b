//! The path of a request, drawn like a transit line, with the failing hop marked.

use super::sign;
use diagnosis::knowledge::{Knowledge, Place};
use diagnosis::within_sentence;
use std::fmt::Write;

/// What a drawing marks.
#[derive(Clone, Copy, Debug)]
pub struct Failure<'a> {
    /// The station that made the error response.
    pub place: &'a str,
    /// What it saw.
    pub shape: &'a str,
}

/// Distance between two stations, in user units.
const STEP: i32 = 132;
/// Distance from the edge to the first and last station.
const MARGIN: i32 = 64;
/// Where the line lies in the horizontal drawing.
const LINE_Y: i32 = 40;
/// Where the line lies in the vertical drawing.
const LINE_X: i32 = 24;
/// Distance between two stations in the vertical drawing.
const STEP_DOWN: i32 = 56;

/// Draws the path twice, for wide and for narrow screens; the style sheet shows one of them.
pub fn draw(knowledge: &Knowledge, failure: Option<Failure<'_>>) -> String {
    let stations = stations(knowledge, failure);
    let label = label(knowledge, &stations, failure);
    let mark = failure.and_then(|failure| mark(&stations, failure).map(|mark| (mark, failure.shape)));
    format!("<figure class=\"path\">{}{}<figcaption>{label}</figcaption></figure>", wide(&stations, mark), narrow(&stations, mark))
}

/// Where the sign stands.
#[derive(Clone, Copy)]
enum Mark {
    /// On a station.
    At(usize),
    /// On the way to the next station.
    After(usize),
}

/// The stations in order; one that stands instead of another replaces it when it fails.
fn stations<'k>(knowledge: &'k Knowledge, failure: Option<Failure<'_>>) -> Vec<&'k Place> {
    let is_failing = |place: &Place| failure.is_some_and(|failure| place.id.as_str() == failure.place);
    let replacement = knowledge.places.iter().find(|place| place.instead_of.is_some() && is_failing(place));
    let own = knowledge.places.iter().enumerate().filter(|(_, place)| place.instead_of.is_none());
    own.map(|(position, place)| replacement.filter(|other| other.instead_of.is_some_and(|index| index.position() == position)).unwrap_or(place))
        .collect()
}

/// A failed connection is marked on the hop behind the station that saw it; a station's own fault on the station.
fn mark(stations: &[&Place], failure: Failure<'_>) -> Option<Mark> {
    let at = stations.iter().position(|place| place.id.as_str() == failure.place)?;
    let own_fault = matches!(failure.shape, "gateway-fault" | "refused" | "unsupported" | "app-error");
    Some(if own_fault || at + 1 == stations.len() { Mark::At(at) } else { Mark::After(at) })
}

fn label(knowledge: &Knowledge, stations: &[&Place], failure: Option<Failure<'_>>) -> String {
    let way = stations.iter().map(|place| within_sentence(&place.name)).collect::<Vec<_>>().join(", ");
    let Some(failure) = failure else { return format!("The way of a request: {way}.") };
    let place = knowledge.places.iter().find(|place| place.id.as_str() == failure.place).map_or("", |place| &place.name);
    let says = knowledge.shapes.iter().find(|shape| shape.id.as_str() == failure.shape).map_or("", |shape| &shape.says);
    format!("The {} {says}.", within_sentence(place))
}

fn wide(stations: &[&Place], mark: Option<(Mark, &str)>) -> String {
    let x = |station: usize| MARGIN + STEP * i32::try_from(station).unwrap_or(0);
    let last = stations.len().saturating_sub(1);
    let mut out = format!("<svg class=\"path-wide\" viewBox=\"0 0 {} 84\" aria-hidden=\"true\" focusable=\"false\">", x(last) + MARGIN);
    let _ = write!(out, "<path class=\"path-line\" d=\"M{} {LINE_Y}H{}\"/>", x(0), x(last));
    for (station, place) in stations.iter().enumerate() {
        let _ = write!(out, "<circle class=\"station {0}\" cx=\"{1}\" cy=\"{LINE_Y}\" r=\"7\"/>", place.id, x(station));
        let _ = write!(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>", x(station), LINE_Y + 30, place.name);
    }
    if let Some((mark, shape)) = mark {
        let (at_x, at_y) = match mark {
            Mark::At(station) => (x(station), LINE_Y - 24),
            Mark::After(station) => (x(station) + STEP / 2, LINE_Y),
        };
        out.push_str(&sign(shape, at_x, at_y));
    }
    out + "</svg>"
}

fn narrow(stations: &[&Place], mark: Option<(Mark, &str)>) -> String {
    let y = |station: usize| 20 + STEP_DOWN * i32::try_from(station).unwrap_or(0);
    let last = stations.len().saturating_sub(1);
    let mut out = format!("<svg class=\"path-narrow\" viewBox=\"0 0 300 {}\" aria-hidden=\"true\" focusable=\"false\">", y(last) + 20);
    let _ = write!(out, "<path class=\"path-line\" d=\"M{LINE_X} {}V{}\"/>", y(0), y(last));
    for (station, place) in stations.iter().enumerate() {
        let _ = write!(out, "<circle class=\"station {0}\" cx=\"{LINE_X}\" cy=\"{1}\" r=\"7\"/>", place.id, y(station));
        let _ = write!(out, "<text x=\"{}\" y=\"{}\">{}</text>", LINE_X + 22, y(station) + 5, place.name);
    }
    if let Some((mark, shape)) = mark {
        let (at_x, at_y) = match mark {
            Mark::At(station) => (LINE_X + 160, y(station)),
            Mark::After(station) => (LINE_X, y(station) + STEP_DOWN / 2),
        };
        out.push_str(&sign(shape, at_x, at_y));
    }
    out + "</svg>"
}

/// A sign on a disc of the page's own colour, so that the line does not run through it.
fn sign(shape: &str, x: i32, y: i32) -> String {
    let (strokes, radius) = (sign::strokes(shape), sign::RADIUS + 4);
    format!("<g class=\"sign {shape}\" transform=\"translate({x} {y})\"><circle class=\"sign-ground\" r=\"{radius}\"/><path d=\"{strokes}\"/></g>")
}
