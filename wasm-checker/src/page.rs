//! What the page provides: the elements of its section, and its address.

use crate::dom::{Dom, Drawn};
use wasm_bindgen::{JsCast, JsError, JsValue};
use web_sys::{Element, HtmlElement, HtmlTextAreaElement, Window};

/// The page around a checker.
pub(crate) struct Page {
    pub window: Window,
    pub dom: Dom,
    pub section: Element,
    pub textarea: HtmlTextAreaElement,
    pub verdict: Element,
    pub details: Element,
}

impl Page {
    /// The page of a section that holds the places for evidence, verdict and details.
    pub fn of(section: Element) -> Drawn<Self> {
        let window = web_sys::window().ok_or_else(|| JsError::new("there is no window"))?;
        let document = window.document().ok_or_else(|| JsError::new("there is no document"))?;
        let textarea = part(&section, ".checker-evidence")?.dyn_into::<HtmlTextAreaElement>()?;
        let verdict = part(&section, ".checker-verdict")?;
        let details = part(&section, ".checker-details")?;
        Ok(Self { window, dom: Dom::new(document), section, textarea, verdict, details })
    }

    /// The status that the page is about.
    pub fn status(&self) -> Option<u16> {
        self.section.get_attribute("data-code")?.parse().ok()
    }

    /// The fragment of the page's address, with its `#`.
    pub fn fragment(&self) -> String {
        self.window.location().hash().unwrap_or_default()
    }

    /// Puts a diagnosis into the page's address, without a step in the history; an anchor that is no diagnosis gives way to one only.
    pub fn write_fragment(&self, fragment: &str) -> Drawn<()> {
        let current = self.fragment();
        if current.trim_start_matches('#') == fragment || (fragment.is_empty() && !diagnosis::link::is_fragment(&current)) {
            return Ok(());
        }
        let location = self.window.location();
        let address = location.pathname()? + &location.search()? + if fragment.is_empty() { "" } else { "#" } + fragment;
        // Browsers refuse when it is done too often; the next change writes it again.
        let _ = self.window.history()?.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        Ok(())
    }

    /// Moves the focus to the next question, or to the verdict where nothing more is asked.
    pub fn focus_question(&self) -> Drawn<()> {
        let next = match self.details.query_selector("legend")? {
            Some(legend) => Some(legend),
            None => self.verdict.query_selector(".checker-sentence")?,
        };
        next.map_or(Ok(()), |element| focus(&element))
    }

    /// The key of the element inside the details that has the focus.
    pub fn focused_key(&self) -> Option<String> {
        let active = self.dom.active_element().filter(|active| self.details.contains(Some(active)))?;
        active.get_attribute("data-key")
    }

    /// Gives the focus back to the element that was drawn again under the same key.
    pub fn focus_key(&self, key: &str) -> Drawn<()> {
        match self.details.query_selector(&format!("[data-key=\"{key}\"]"))? {
            Some(element) => focus(&element),
            None => Ok(()),
        }
    }
}

/// Moves the focus to an element.
pub(crate) fn focus(element: &Element) -> Drawn<()> {
    element.dyn_ref::<HtmlElement>().map_or(Ok(()), HtmlElement::focus)
}

fn part(section: &Element, selector: &str) -> Drawn {
    let missing = || JsError::new(&format!("the section has no {selector}")).into();
    section.query_selector(selector)?.ok_or_else(missing)
}
