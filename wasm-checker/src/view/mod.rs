//! What is shown of a case: one file for each piece, in the order in which they stand on the page.

mod causes;
mod commands;
mod evidence;
mod question;
mod verdict;

use crate::case::{Case, Reading};
use crate::dom::{Dom, Drawn, append};
use std::collections::BTreeMap;
use web_sys::Element;

/// Whether the details of a cause are open, for those that the user opened or closed, by id.
pub(crate) type Opened = BTreeMap<String, bool>;

/// Everything that is needed to draw.
pub(crate) struct View<'v> {
    pub dom: &'v Dom,
    pub case: &'v Case,
    pub reading: &'v Reading,
    pub opened: &'v Opened,
}

impl View<'_> {
    /// Draws the verdict and its details anew.
    pub fn show(&self, verdict: &Element, details: &Element) -> Drawn<()> {
        let said = self.dom.group("div", "checker-said", &self.verdict()?)?;
        // The verdict is read aloud when it changes, so it is left alone when it does not.
        if verdict.text_content() != said.text_content() {
            replace(verdict, &[said])?;
        }
        let pieces = [self.question()?, self.answers()?, self.causes()?, self.evidence()?];
        replace(details, pieces.iter().flatten())
    }

    /// A titled part of the details.
    fn part(&self, class: &str, title: &str, content: &[Element]) -> Drawn {
        let heading = self.dom.text("h3", "", title)?;
        self.dom.group("div", class, std::iter::once(&heading).chain(content))
    }
}

fn replace<'e>(parent: &Element, children: impl IntoIterator<Item = &'e Element>) -> Drawn<()> {
    parent.set_text_content(None);
    for child in children {
        append(parent, child)?;
    }
    Ok(())
}

/// A probability as people write it, rounded as in the verdict's sentence. Nothing is certain.
fn percentage(probability: f64) -> String {
    match percent(probability) {
        100.. => ">99 %".to_owned(),
        percent => format!("{percent} %"),
    }
}

fn percent(probability: f64) -> u32 {
    (probability * 100.0).round_ties_even() as u32
}
