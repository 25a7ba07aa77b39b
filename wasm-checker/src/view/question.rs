//! The next question with its answers as buttons, and the answers that were given.

use super::View;
use crate::action::Action;
use crate::dom::{Drawn, append};
use diagnosis::answers::UNKNOWN;
use diagnosis::id::{OptionId, QuestionId};
use diagnosis::verdict::QuestionReport;
use web_sys::Element;

impl View<'_> {
    /// The question that would tell most, if one would.
    pub(super) fn question(&self) -> Drawn<Option<Element>> {
        let Some(question) = &self.reading.verdict.question else { return Ok(None) };
        let legend = self.dom.prose("legend", "", &question.text)?;
        legend.set_attribute("tabindex", "-1")?;
        let fieldset = self.dom.group("fieldset", "checker-question", [&legend])?;
        fieldset.set_attribute("data-question", &question.id)?;
        if let Some(help) = self.help(&question.id).filter(|help| !help.is_empty()) {
            append(&fieldset, &self.dom.prose("p", "checker-help", help)?)?;
        }
        append(&fieldset, &self.options(question)?)?;
        Ok(Some(fieldset))
    }

    fn options(&self, question: &QuestionReport) -> Drawn {
        let options = self.dom.element("div", "checker-options")?;
        for option in &question.options {
            let button = self.dom.prose("button", "", &option.text)?;
            button.set_attribute("type", "button")?;
            Action::Answer { question: question.id.clone(), option: option.id.clone() }.attach(&button)?;
            append(&options, &button)?;
        }
        Ok(options)
    }

    fn help(&self, id: &str) -> Option<&str> {
        let question = self.case.knowledge.questions.iter().find(|question| question.id.as_str() == id)?;
        Some(&question.help)
    }

    /// The answers so far, and the way back.
    pub(super) fn answers(&self) -> Drawn<Option<Element>> {
        if self.case.is_empty() {
            return Ok(None);
        }
        let given = self.dom.element("div", "checker-given")?;
        if !self.case.answers().is_empty() {
            let list = self.dom.element("ul", "checker-answers")?;
            for (question, option) in self.case.answers().iter() {
                append(&list, &self.answer(question, option)?)?;
            }
            append(&given, &self.dom.text("h3", "", "Your answers")?)?;
            append(&given, &list)?;
        }
        let start_over = self.dom.text("button", "checker-start-over", "Start over")?;
        start_over.set_attribute("type", "button")?;
        Action::StartOver.attach(&start_over)?;
        append(&given, &start_over)?;
        Ok(Some(given))
    }

    fn answer(&self, question: &QuestionId, option: &OptionId) -> Drawn {
        let asked = self.case.knowledge.questions.iter().find(|candidate| candidate.id == *question);
        let said = asked.and_then(|asked| asked.options.iter().find(|candidate| candidate.id == *option));
        let unsaid = if option.as_str() == UNKNOWN { "I don't know" } else { option.as_str() };
        let question_text = asked.map_or(question.as_str(), |asked| asked.text.as_str());
        let text = self.dom.prose("span", "checker-asked", question_text)?;
        let answer = self.dom.prose("b", "", said.map_or(unsaid, |said| said.text.as_str()))?;
        let button = self.dom.text("button", "checker-take-back", "Take back")?;
        button.set_attribute("type", "button")?;
        button.set_attribute("aria-label", &format!("Take back the answer to: {question_text}"))?;
        Action::TakeBack { question: question.to_string() }.attach(&button)?;
        self.dom.group("li", "", [&text, &answer, &button])
    }
}
