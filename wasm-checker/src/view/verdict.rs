//! The verdict: a sentence, and where and how in words.

use super::{View, percentage};
use crate::case::Standing;
use crate::dom::{Drawn, append};
use diagnosis::verdict::Belief;
use web_sys::Element;

const WHAT_TO_PASTE: &str =
    "Paste the error log of the server that answered, response headers, or the output of `curl -v`. The question below needs no log.";
const NOT_FROM_TEXT: &str = "Nothing in the text looks like a gateway error or a 5xx, so this rests on the answers alone.";

impl View<'_> {
    /// The pieces of the verdict; none while there is nothing to say.
    pub(super) fn verdict(&self) -> Drawn<Vec<Element>> {
        if self.reading.standing == Standing::NothingGiven {
            return Ok(Vec::new());
        }
        let sentence = self.sentence()?;
        let note = |text| self.dom.prose("p", "checker-note", text);
        Ok(match self.reading.standing {
            Standing::NotRecognised => vec![sentence, note(WHAT_TO_PASTE)?],
            Standing::AnswersOnly => vec![sentence, self.place_and_shape()?, note(NOT_FROM_TEXT)?],
            Standing::NothingGiven | Standing::Recognised => vec![sentence, self.place_and_shape()?],
        })
    }

    fn sentence(&self) -> Drawn {
        let mut verdict = self.reading.verdict.clone();
        verdict.recognised &= self.reading.standing != Standing::NotRecognised;
        let sentence = self.dom.prose("p", "checker-sentence", &diagnosis::sentence(self.case.knowledge, &verdict))?;
        sentence.set_attribute("tabindex", "-1")?;
        Ok(sentence)
    }

    fn place_and_shape(&self) -> Drawn {
        let (knowledge, verdict) = (self.case.knowledge, &self.reading.verdict);
        let list = self.dom.element("dl", "checker-beliefs")?;
        if let Some(belief) = &verdict.place
            && let Some(place) = knowledge.places.iter().find(|place| place.id.as_str() == belief.id)
        {
            append(&list, &self.belief("place", "Where the error was made", belief, &place.name, "")?)?;
        }
        if let Some(belief) = &verdict.shape
            && let Some(shape) = knowledge.shapes.iter().find(|shape| shape.id.as_str() == belief.id)
        {
            append(&list, &self.belief("shape", "What was seen there", belief, &shape.name, &shape.means)?)?;
        }
        Ok(list)
    }

    fn belief(&self, kind: &str, label: &str, belief: &Belief, name: &str, means: &str) -> Drawn {
        let term = self.dom.text("dt", "", label)?;
        let name = self.dom.text("b", "", name)?;
        let description = self.dom.group("dd", "", [&name])?;
        description.append_with_str_1(&format!(", {}", percentage(belief.probability)))?;
        if !means.is_empty() {
            description.append_with_str_1(". ")?;
            append(&description, &self.dom.prose("span", "checker-means", means)?)?;
        }
        let pair = self.dom.group("div", "", [&term, &description])?;
        pair.set_attribute(&format!("data-{kind}"), &belief.id)?;
        Ok(pair)
    }
}
