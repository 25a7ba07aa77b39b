//! Copying a command.

use crate::dom::Drawn;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Window};

/// How long the button says that it is done, in milliseconds.
const DONE_MILLISECONDS: i32 = 2_000;

/// Copies the command that stands before `button`; where the browser does not let us, selects it for the user to copy.
pub(crate) fn copy(window: &Window, button: &Element) -> Drawn<()> {
    let Some(command) = button.previous_element_sibling() else { return Ok(()) };
    let clipboard = window.navigator().clipboard();
    // The type does not say so, but pages without HTTPS have none.
    if clipboard.is_undefined() {
        return select(window, &command, button);
    }
    let copied = {
        let (window, button) = (window.clone(), button.clone());
        Closure::<dyn FnMut(JsValue)>::new(move |_| say_copied(&window, &button))
    };
    let refused = {
        let (window, button, command) = (window.clone(), button.clone(), command.clone());
        Closure::<dyn FnMut(JsValue)>::new(move |_| {
            // The text can still be selected by hand.
            let _ = select(&window, &command, &button);
        })
    };
    let _ = clipboard.write_text(&command.text_content().unwrap_or_default()).then2(&copied, &refused);
    copied.forget();
    refused.forget();
    Ok(())
}

fn say_copied(window: &Window, button: &Element) {
    button.set_text_content(Some("Copied"));
    let button = button.clone();
    let restore = Closure::once_into_js(move || button.set_text_content(Some("Copy")));
    // Without the timer the button goes on saying what is true.
    let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(restore.unchecked_ref(), DONE_MILLISECONDS);
}

fn select(window: &Window, command: &Element, button: &Element) -> Drawn<()> {
    if let Some(selection) = window.get_selection()? {
        selection.select_all_children(command)?;
        button.set_text_content(Some("Selected: copy it by hand"));
    }
    Ok(())
}
