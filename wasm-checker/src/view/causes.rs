//! The causes, ranked: each with what speaks for and against it, how to confirm it and what to change.

use super::{View, percent, percentage};
use crate::action::Action;
use crate::case::Standing;
use crate::dom::{Drawn, append};
use diagnosis::command;
use diagnosis::verdict::{CauseReport, Reason};
use web_sys::Element;

impl View<'_> {
    /// The ranked causes, where there is a verdict.
    pub(super) fn causes(&self) -> Drawn<Option<Element>> {
        let has_verdict = matches!(self.reading.standing, Standing::Recognised | Standing::AnswersOnly);
        let causes = &self.reading.verdict.causes;
        if !has_verdict || causes.is_empty() {
            return Ok(None);
        }
        let list = self.dom.element("ol", "")?;
        for (rank, cause) in causes.iter().enumerate() {
            append(&list, &self.cause(cause, rank == 0)?)?;
        }
        self.part("checker-causes", "Causes, likeliest first", &[list]).map(Some)
    }

    fn cause(&self, cause: &CauseReport, is_first: bool) -> Drawn {
        let title = self.dom.prose("a", "checker-cause-title", &cause.title)?;
        title.set_attribute("href", &cause.url)?;
        title.set_attribute("data-key", &format!("cause:{}", cause.id))?;
        let probability = self.dom.text("span", "checker-probability", &percentage(cause.probability))?;
        let head = self.dom.group("div", "checker-cause-head", [&title, &self.bar(cause.probability)?, &probability])?;
        let entry = self.dom.group("li", "checker-cause", [&head, &self.cause_details(cause, is_first)?])?;
        entry.set_attribute("data-cause", &cause.id)?;
        Ok(entry)
    }

    /// A thin bar; the number beside it says the same to whoever does not see it.
    fn bar(&self, probability: f64) -> Drawn {
        let bar = self.dom.element("meter", "checker-bar")?;
        bar.set_attribute("max", "100")?;
        bar.set_attribute("value", &percent(probability).to_string())?;
        bar.set_attribute("aria-hidden", "true")?;
        Ok(bar)
    }

    fn cause_details(&self, cause: &CauseReport, is_first: bool) -> Drawn {
        let summary = self.dom.text("summary", "", "Why, how to confirm it, what to change")?;
        Action::Fold { cause: cause.id.clone() }.attach(&summary)?;
        let pieces = [
            self.reasons("checker-for", "Speaks for it", "+", cause)?,
            self.reasons("checker-against", "Speaks against it", "\u{2212}", cause)?,
            self.checks(&cause.checks)?,
            self.fixes(&cause.fixes)?,
        ];
        let details = self.dom.group("details", "", std::iter::once(&summary).chain(pieces.iter().flatten().flatten()))?;
        if self.opened.get(&cause.id).copied().unwrap_or(is_first) {
            details.set_attribute("open", "")?;
        }
        Ok(details)
    }

    fn reasons(&self, class: &str, label: &str, sign: &str, cause: &CauseReport) -> Drawn<Option<[Element; 2]>> {
        let effect = class.trim_start_matches("checker-");
        let list = self.dom.element("ul", class)?;
        for reason in cause.because.iter().filter(|reason| reason.effect == effect) {
            append(&list, &self.reason(sign, reason)?)?;
        }
        if list.child_element_count() == 0 {
            return Ok(None);
        }
        Ok(Some([self.dom.text("p", "checker-label", label)?, list]))
    }

    fn reason(&self, sign: &str, reason: &Reason) -> Drawn {
        let sign = self.dom.text("span", "checker-sign", sign)?;
        sign.set_attribute("aria-hidden", "true")?;
        let text = self.dom.quotation("span", "", &without_holes(&reason.text))?;
        self.dom.group("li", "", [&sign, &text])
    }

    /// What to do, then its commands or configuration, which stand in fenced blocks.
    fn fix(&self, fix: &str) -> Drawn {
        let mut pieces = fix.split("\n```\n").filter(|piece| !piece.is_empty());
        let entry = self.dom.prose("li", "", pieces.next().unwrap_or_default())?;
        for block in pieces {
            append(&entry, &self.command(block)?)?;
        }
        Ok(entry)
    }

    fn fixes(&self, fixes: &[String]) -> Drawn<Option<[Element; 2]>> {
        if fixes.is_empty() {
            return Ok(None);
        }
        let list = self.dom.element("ul", "checker-fixes")?;
        for fix in fixes {
            append(&list, &self.fix(fix)?)?;
        }
        Ok(Some([self.dom.text("p", "checker-label", "What to change")?, list]))
    }
}

/// A fact's text where a link does not tell the values it is about.
fn without_holes(text: &str) -> String {
    let mut whole = String::new();
    let mut copied = 0;
    for (span, _) in command::holes(text) {
        whole.push_str(&text[copied..span.start]);
        whole.push('…');
        copied = span.end;
    }
    whole + &text[copied..]
}
