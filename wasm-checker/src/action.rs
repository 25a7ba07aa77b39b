//! What the user can do with what was drawn; elements carry it in their `data-` attributes.

use crate::dom::Drawn;
use web_sys::Element;

const ACTION: &str = "data-action";
const SUBJECT: &str = "data-subject";
const OPTION: &str = "data-option";

/// Something that a click or a key does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Answer a question.
    Answer { question: String, option: String },
    /// Take the answer to a question back.
    TakeBack { question: String },
    /// Forget everything.
    StartOver,
    /// Copy the command beside the button.
    Copy,
    /// Go to what a recognised stretch of text says.
    Show { id: String },
    /// Open or close the details of a cause.
    Fold { cause: String },
}

impl Action {
    /// Makes an element do this. The key names it, so that the focus finds it again when it is drawn anew.
    pub fn attach(&self, element: &Element) -> Drawn<()> {
        let (name, subject, option) = match self {
            Self::Answer { question, option } => ("answer", question.as_str(), option.as_str()),
            Self::TakeBack { question } => ("take-back", question.as_str(), ""),
            Self::StartOver => ("start-over", "", ""),
            Self::Copy => ("copy", "", ""),
            Self::Show { id } => ("show", id.as_str(), ""),
            Self::Fold { cause } => ("fold", cause.as_str(), ""),
        };
        element.set_attribute(ACTION, name)?;
        for (attribute, value) in [(SUBJECT, subject), (OPTION, option)] {
            if !value.is_empty() {
                element.set_attribute(attribute, value)?;
            }
        }
        element.set_attribute("data-key", &[name, subject, option].join(":"))
    }

    /// What the element does, with the element: itself or the nearest around it that does something.
    pub fn of(element: &Element) -> Option<(Self, Element)> {
        let element = element.closest(&format!("[{ACTION}]")).ok().flatten()?;
        let value = |attribute| element.get_attribute(attribute).unwrap_or_default();
        let action = match value(ACTION).as_str() {
            "answer" => Self::Answer { question: value(SUBJECT), option: value(OPTION) },
            "take-back" => Self::TakeBack { question: value(SUBJECT) },
            "start-over" => Self::StartOver,
            "copy" => Self::Copy,
            "show" => Self::Show { id: value(SUBJECT) },
            "fold" => Self::Fold { cause: value(SUBJECT) },
            _ => return None,
        };
        Some((action, element))
    }
}
