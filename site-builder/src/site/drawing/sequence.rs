//! How a failure happens, as a sequence diagram: who sends what to whom, and where it goes wrong.

use super::xml::escaped;
use std::fmt::Write;

/// A station that takes part.
pub struct Participant {
    /// Its id, for its colour.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Something that one participant sends to another.
pub struct Step<'s> {
    /// Who sends, by position.
    pub from: usize,
    /// Who gets it, by position.
    pub to: usize,
    /// What is sent, as plain text.
    pub says: &'s str,
    /// Whether this is where it goes wrong.
    pub fails: bool,
}

/// Width of the drawing, in user units.
const WIDTH: i32 = 800;
/// Distance from the edge to the first and last lifeline.
const MARGIN: i32 = 76;
/// Height of a line of text.
const LINE: i32 = 18;
/// Where the lifelines begin.
const TOP: i32 = 40;
/// An estimate of a letter's width: text is broken by it, not measured.
const LETTER: i32 = 7;
/// How far a step to itself reaches out.
const LOOP: i32 = 36;

/// Draws the steps, from top to bottom.
pub fn draw(participants: &[Participant], steps: &[Step<'_>]) -> String {
    let gaps = i32::try_from(participants.len()).unwrap_or(2).max(2) - 1;
    let x = |position: usize| MARGIN + (WIDTH - 2 * MARGIN) * i32::try_from(position).unwrap_or(0) / gaps;
    let mut rows = String::new();
    let mut y = TOP;
    for step in steps {
        y = draw_step(&mut rows, step, x(step.from), x(step.to), y);
    }
    let bottom = y + 16;
    let mut out = format!("<svg class=\"sequence\" viewBox=\"0 0 {WIDTH} {bottom}\" aria-hidden=\"true\" focusable=\"false\">");
    for (position, participant) in participants.iter().enumerate() {
        let at = x(position);
        let _ = write!(out, "<path class=\"lifeline {}\" d=\"M{at} {TOP}V{bottom}\"/>", participant.id);
        let _ = write!(out, "<circle class=\"station {}\" cx=\"{at}\" cy=\"{}\" r=\"6\"/>", participant.id, TOP - 6);
        let _ = write!(out, "<text x=\"{at}\" y=\"14\">{}</text>", escaped(&participant.name));
    }
    out + &rows + "</svg>"
}

/// Draws one step below `y`, and returns where the next begins.
fn draw_step(out: &mut String, step: &Step<'_>, from: i32, to: i32, y: i32) -> i32 {
    let to_itself = from == to;
    let room = if to_itself { WIDTH - from - LOOP - 20 } else { (to - from).abs() - 24 };
    let lines = broken(step.says, usize::try_from(room / LETTER).unwrap_or(0).max(12));
    let arrow_y = y + 12 + LINE * i32::try_from(lines.len()).unwrap_or(1);
    let class = if step.fails { "step fails" } else { "step" };
    let text_x = if to_itself { from + LOOP / 2 } else { from.min(to) + (to - from).abs() / 2 };
    let _ = write!(out, "<g class=\"{class}\"><text>");
    for (row, line) in (1..).zip(&lines) {
        let _ = write!(out, "<tspan x=\"{text_x}\" y=\"{}\">{}</tspan>", y + 4 + LINE * row, escaped(line));
    }
    let (head, line) = match to - from {
        0 => ("m6 -5l-6 5l6 5".to_owned(), format!("M{from} {}h{LOOP}v12H{}", arrow_y - 12, from + 8)),
        distance if distance > 0 => ("m-6 -5l6 5l-6 5".to_owned(), format!("M{} {arrow_y}H{}", from + 3, to - 3)),
        _ => ("m6 -5l-6 5l6 5".to_owned(), format!("M{} {arrow_y}H{}", from - 3, to + 3)),
    };
    let _ = write!(out, "</text><path d=\"{line}{head}\"/>");
    if step.fails {
        // A cross on the arrow: seen without colour.
        let _ = write!(out, "<path d=\"M{} {}l10 10m0 -10l-10 10\"/>", from.min(to) + (to - from).abs() / 2 - 5, arrow_y - 5);
    }
    out.push_str("</g>");
    arrow_y
}

/// A text in lines of at most so many letters; a longer word has a line of its own.
fn broken(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_broken_between_words() {
        assert_eq!(broken("POST /order, sent before the FIN arrived", 16), ["POST /order,", "sent before the", "FIN arrived"]);
    }

    #[test]
    fn a_failing_step_is_marked_and_text_is_escaped() {
        let participants = ["client", "application"].map(|id| Participant { id: id.to_owned(), name: id.to_owned() });
        let drawn = draw(&participants, &[Step { from: 0, to: 1, says: "<GET>", fails: true }]);
        assert!(drawn.contains("step fails") && drawn.contains("&lt;GET&gt;"), "{drawn}");
    }
}
