//! The engine's face in the browser: reads what the user pastes and answers, and shows what `diagnosis` makes of it.
//!
//! The way of the data:
//!
//! 1. `templates/assets/check.js` loads this module when it is wanted and calls [`start`] with a section of the page and the knowledge.
//! 2. `page`: the elements that the section provides, and the address of the page.
//! 3. `case`: what the user has given so far (text or link, answers), and what the engine makes of it.
//! 4. `view`: one file for each piece that is drawn from that; `dom` builds elements, with text always as text.
//! 5. `checker`: what the user does changes the case, and the view is drawn again.
//!
//! Nothing that is pasted leaves the page: there is no request in this crate, and the address gets ids only ([`diagnosis::link`]).

mod action;
mod case;
mod checker;
mod copy;
mod dom;
mod highlight;
mod inline;
mod page;
mod view;

use case::Case;
use checker::Checker;
use diagnosis::evidence::Recogniser;
use diagnosis::knowledge::Knowledge;
use page::Page;
use wasm_bindgen::prelude::*;

/// Makes a `section.checker` of the page work, with knowledge as `Knowledge::to_bytes` wrote it.
#[wasm_bindgen]
pub fn start(section: web_sys::Element, knowledge: &[u8]) -> Result<(), JsValue> {
    let knowledge = Knowledge::from_bytes(knowledge).map_err(JsError::from)?;
    // Needed until the page is left.
    let knowledge: &'static Knowledge = Box::leak(Box::new(knowledge));
    let recogniser = Recogniser::new(knowledge).map_err(JsError::from)?;
    let page = Page::of(section)?;
    let case = Case::new(knowledge, recogniser, page.status());
    Checker::start(page, case)
}
