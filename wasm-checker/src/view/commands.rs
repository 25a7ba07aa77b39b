//! Commands to run, ready to copy, with what their output means.

use super::View;
use crate::action::Action;
use crate::dom::{Drawn, append};
use diagnosis::verdict::CheckReport;
use web_sys::Element;

impl View<'_> {
    /// The checks of a cause, with their label.
    pub(super) fn checks(&self, checks: &[CheckReport]) -> Drawn<Option<[Element; 2]>> {
        if checks.is_empty() {
            return Ok(None);
        }
        let list = self.dom.element("ul", "checker-checks")?;
        for check in checks {
            let meaning = self.dom.prose("p", "", &check.why)?;
            append(&list, &self.dom.group("li", "", [&self.command(&check.command)?, &meaning])?)?;
        }
        Ok(Some([self.dom.text("p", "checker-label", "How to confirm it")?, list]))
    }

    /// A command or piece of configuration with a button that copies it.
    pub(super) fn command(&self, command: &str) -> Drawn {
        let code = self.dom.text("code", "", command.trim_end())?;
        let block = self.dom.group("pre", "", [&code])?;
        let button = self.dom.text("button", "checker-copy", "Copy")?;
        button.set_attribute("type", "button")?;
        // What the button says changes when it was pressed.
        button.set_attribute("aria-live", "polite")?;
        Action::Copy.attach(&button)?;
        self.dom.group("div", "checker-command", [&block, &button])
    }
}
