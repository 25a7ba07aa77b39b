//! The path of a request, drawn like a transit line: how far the request came, where it failed, who answered.

use super::sign;
use super::xml::escaped;
use diagnosis::knowledge::{Knowledge, Place};
use diagnosis::within_sentence;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What a drawing marks.
#[derive(Clone, Copy, Debug)]
pub struct Failure<'a> {
    /// The station that made the error response.
    pub place: &'a str,
    /// What it saw.
    pub shape: &'a str,
    /// What the client got.
    pub answer: Answer<'a>,
}

/// What the client gets of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// A status, such as `502`.
    Status(&'a str),
    /// Some response; which is not told.
    Untold,
    /// No response: the connection is closed.
    Nothing,
}

/// Distance between two stations, in user units.
const STEP: i32 = 132;
/// Distance from the edge to the first and last station.
const MARGIN: i32 = 64;
/// Where the line lies in the horizontal drawing, and where the answer goes back.
const LINE_Y: i32 = 52;
const BACK_Y: i32 = 22;
/// Where the line lies in the vertical drawing, and where the answer goes back.
const LINE_X: i32 = 40;
const BACK_X: i32 = 14;
/// Distance between two stations in the vertical drawing.
const STEP_DOWN: i32 = 40;
/// Where its first station stands.
const TOP: i32 = 18;

/// Draws the path twice, for wide and for narrow screens; the style sheet shows one of them.
pub fn draw(knowledge: &Knowledge, failure: Option<Failure<'_>>) -> String {
    draw_as(knowledge, failure, None)
}

/// Draws the path with a caption of its own, where place, shape and answer together do not say what happened.
pub fn draw_as(knowledge: &Knowledge, failure: Option<Failure<'_>>, caption: Option<&str>) -> String {
    let stations = stations(knowledge, failure);
    let label = caption.map_or_else(|| label(knowledge, &stations, failure), |caption| escaped(caption.trim()));
    let mark = failure.and_then(|failure| Mark::of(&stations, failure));
    format!("<figure class=\"path\">{}{}<figcaption>{label}</figcaption></figure>", wide(&stations, mark), narrow(&stations, mark))
}

/// The drawing of every failure there can be, by the names under which the checker loads them.
pub fn all(knowledge: &Knowledge) -> BTreeMap<String, Vec<u8>> {
    let answering = knowledge.places.iter().filter(|place| place.answers);
    let failures = answering.flat_map(|place| knowledge.shapes.iter().map(move |shape| (place.id.as_str(), shape.id.as_str())));
    failures
        .map(|(place, shape)| {
            (format!("paths/{place}.{shape}.txt"), draw(knowledge, Some(Failure { place, shape, answer: Answer::Untold })).into_bytes())
        })
        .collect()
}

/// What goes wrong in a drawing.
#[derive(Clone, Copy)]
struct Mark<'a> {
    /// The station that answers.
    station: usize,
    /// Whether it fails by itself, not on the way to the next one.
    is_own: bool,
    shape: &'a str,
    answer: Answer<'a>,
}

impl<'a> Mark<'a> {
    /// A failed connection is marked on the hop behind the station that saw it; a station's own fault on the station.
    fn of(stations: &[&Place], failure: Failure<'a>) -> Option<Self> {
        let station = stations.iter().position(|place| place.id.as_str() == failure.place)?;
        let is_own = matches!(failure.shape, "gateway-fault" | "refused" | "unsupported" | "app-error") || station + 1 == stations.len();
        Some(Self { station, is_own, shape: failure.shape, answer: failure.answer })
    }

    /// What stands on the way back.
    fn status(self) -> &'a str {
        match self.answer {
            Answer::Status(status) => status,
            Answer::Untold | Answer::Nothing => "",
        }
    }
}

/// The stations in order; one that stands instead of another replaces it when it fails.
fn stations<'k>(knowledge: &'k Knowledge, failure: Option<Failure<'_>>) -> Vec<&'k Place> {
    let is_failing = |place: &Place| failure.is_some_and(|failure| place.id.as_str() == failure.place);
    let replacement = knowledge.places.iter().find(|place| place.instead_of.is_some() && is_failing(place));
    let own = knowledge.places.iter().enumerate().filter(|(_, place)| place.instead_of.is_none());
    own.map(|(position, place)| replacement.filter(|other| other.instead_of.is_some_and(|index| index.position() == position)).unwrap_or(place))
        .collect()
}

fn label(knowledge: &Knowledge, stations: &[&Place], failure: Option<Failure<'_>>) -> String {
    let way = stations.iter().map(|place| within_sentence(&place.name)).collect::<Vec<_>>().join(", ");
    let Some(failure) = failure else { return format!("The way of a request: {}.", escaped(&way)) };
    let place = knowledge.places.iter().find(|place| place.id.as_str() == failure.place).map_or("", |place| &place.name);
    let says = knowledge.shapes.iter().find(|shape| shape.id.as_str() == failure.shape).map_or("", |shape| &shape.says);
    let answered = match failure.answer {
        Answer::Status(status) => format!(", and answers {status}"),
        Answer::Untold => String::new(),
        Answer::Nothing => ", and closes the connection without a response".to_owned(),
    };
    format!("The {} {}{answered}.", escaped(&within_sentence(place)), escaped(says))
}

fn wide(stations: &[&Place], mark: Option<Mark<'_>>) -> String {
    let x = |station: usize| MARGIN + STEP * i32::try_from(station).unwrap_or(0);
    let last = stations.len().saturating_sub(1);
    let mut out = format!("<svg class=\"path-wide\" viewBox=\"0 0 {} 92\" aria-hidden=\"true\" focusable=\"false\">", x(last) + MARGIN);
    let reached = mark.map_or(x(last), |mark| if mark.is_own { x(mark.station) } else { x(mark.station) + STEP / 2 });
    if reached < x(last) {
        let _ = write!(out, "<path class=\"path-rest\" d=\"M{reached} {LINE_Y}H{}\"/>", x(last));
    }
    let _ = write!(out, "<path class=\"path-line\" pathLength=\"1\" d=\"M{} {LINE_Y}H{reached}\"/>", x(0));
    for (station, place) in stations.iter().enumerate() {
        let state = state(station, mark);
        let _ = write!(out, "<circle class=\"station {0}{state}\" cx=\"{1}\" cy=\"{LINE_Y}\" r=\"7\"/>", place.id, x(station));
        let _ = write!(out, "<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>", state.trim(), x(station), LINE_Y + 30, escaped(&place.name));
    }
    if let Some(mark) = mark {
        let (from, to) = (x(mark.station), x(0));
        if from > to && mark.answer != Answer::Nothing {
            let start = if mark.is_own { format!("M{} {BACK_Y}", from - 18) } else { format!("M{from} {}V{BACK_Y}", LINE_Y - 12) };
            let _ = write!(out, "<path class=\"path-back\" d=\"{start}H{to}V{}m-4 -6l4 6l4 -6\"/>", LINE_Y - 13);
            let _ = write!(out, "<text class=\"path-answer\" x=\"{}\" y=\"{}\">{}</text>", to + (from - to) / 2, BACK_Y - 7, mark.status());
        }
        let (at_x, at_y) = if mark.is_own { (from, BACK_Y) } else { (from + STEP / 2, LINE_Y) };
        out.push_str(&sign::placed(mark.shape, at_x, at_y));
    }
    out + "</svg>"
}

fn narrow(stations: &[&Place], mark: Option<Mark<'_>>) -> String {
    let y = |station: usize| TOP + STEP_DOWN * i32::try_from(station).unwrap_or(0);
    let last = stations.len().saturating_sub(1);
    let mut out = format!("<svg class=\"path-narrow\" viewBox=\"0 0 260 {}\" aria-hidden=\"true\" focusable=\"false\">", y(last) + TOP);
    let reached = mark.map_or(y(last), |mark| if mark.is_own { y(mark.station) } else { y(mark.station) + STEP_DOWN / 2 });
    if reached < y(last) {
        let _ = write!(out, "<path class=\"path-rest\" d=\"M{LINE_X} {reached}V{}\"/>", y(last));
    }
    let _ = write!(out, "<path class=\"path-line\" pathLength=\"1\" d=\"M{LINE_X} {}V{reached}\"/>", y(0));
    for (station, place) in stations.iter().enumerate() {
        let state = state(station, mark);
        let _ = write!(out, "<circle class=\"station {0}{state}\" cx=\"{LINE_X}\" cy=\"{1}\" r=\"7\"/>", place.id, y(station));
        let _ = write!(out, "<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>", state.trim(), LINE_X + 26, y(station) + 5, escaped(&place.name));
    }
    if let Some(mark) = mark {
        let (from, to) = (y(mark.station), y(0));
        if from > to && mark.answer != Answer::Nothing {
            let _ = write!(out, "<path class=\"path-back\" d=\"M{} {from}H{BACK_X}V{to}H{}m-6 -4l6 4l-6 4\"/>", LINE_X - 12, LINE_X - 13);
        }
        let (at_x, at_y) = if mark.is_own { (LINE_X + 180, from) } else { (LINE_X, from + STEP_DOWN / 2) };
        out.push_str(&sign::placed(mark.shape, at_x, at_y));
    }
    out + "</svg>"
}

/// How a station is drawn: the one that answers, or one that the request never reached.
fn state(station: usize, mark: Option<Mark<'_>>) -> &'static str {
    match mark {
        Some(mark) if station == mark.station => " answering",
        Some(mark) if station > mark.station => " beyond",
        Some(_) | None => "",
    }
}
