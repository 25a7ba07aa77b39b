//! From what the user does to what is shown.

use crate::action::Action;
use crate::case::{Case, Standing};
use crate::copy::copy;
use crate::dom::Drawn;
use crate::page::{Page, focus};
use crate::view::{Opened, View};
use diagnosis::link;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::js_sys::Function;
use web_sys::{Element, Event, EventTarget, KeyboardEvent};

/// How long typing has to rest before the text is read, in milliseconds.
const REST_MILLISECONDS: i32 = 120;

/// A checker at work.
pub(crate) struct Checker {
    page: Page,
    case: RefCell<Case>,
    /// The causes that the user opened or closed.
    opened: RefCell<Opened>,
    /// The timer that waits for typing to rest.
    timer: Cell<Option<i32>>,
}

impl Checker {
    /// Shows what the page and its address hold, and goes on with what the user does.
    pub fn start(page: Page, case: Case) -> Drawn<()> {
        let checker = Rc::new(Self { page, case: RefCell::new(case), opened: RefCell::default(), timer: Cell::default() });
        checker.listen()?;
        // The address first: it is written anew whenever something is shown.
        checker.read_fragment()?;
        checker.read()
    }

    fn listen(self: &Rc<Self>) -> Drawn<()> {
        let rested = {
            let checker = Rc::clone(self);
            let closure = Closure::<dyn FnMut() -> Drawn<()>>::new(move || checker.read());
            closure.into_js_value().unchecked_into::<Function>()
        };
        let (window, section) = (&self.page.window, &self.page.section);
        self.on(&self.page.textarea, "input", move |checker, _| checker.wait(&rested))?;
        self.on(section, "click", |checker, event| checker.act(event))?;
        self.on(section, "keydown", Self::press)?;
        self.on(window, "hashchange", |checker, _| checker.read_fragment())
    }

    /// Handles events for as long as the page lives. What goes wrong is thrown, so that it shows in the browser's console.
    fn on(self: &Rc<Self>, target: &EventTarget, kind: &str, handle: impl Fn(&Self, &Event) -> Drawn<()> + 'static) -> Drawn<()> {
        let checker = Rc::clone(self);
        let closure = Closure::<dyn FnMut(Event) -> Drawn<()>>::new(move |event| handle(&checker, &event));
        target.add_event_listener_with_callback(kind, closure.into_js_value().unchecked_ref())
    }

    /// Puts reading the text off until typing rests.
    fn wait(&self, rested: &Function) -> Drawn<()> {
        let window = &self.page.window;
        if let Some(timer) = self.timer.take() {
            window.clear_timeout_with_handle(timer);
        }
        let timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(rested, REST_MILLISECONDS)?;
        self.timer.set(Some(timer));
        Ok(())
    }

    /// Reads the text as it stands, and shows what it says.
    fn read(&self) -> Drawn<()> {
        self.case.borrow_mut().read_text(self.page.textarea.value());
        self.show()
    }

    /// Takes over the diagnosis in the page's address, unless the user pasted something.
    fn read_fragment(&self) -> Drawn<()> {
        let fragment = self.page.fragment();
        if !link::is_fragment(&fragment) || !self.page.textarea.value().trim().is_empty() {
            return Ok(());
        }
        self.case.borrow_mut().read_fragment(&fragment);
        self.show()
    }

    fn show(&self) -> Drawn<()> {
        let case = self.case.borrow();
        let reading = case.reading();
        self.page.write_fragment(&case.fragment(&reading))?;
        let focused = self.page.focused_key();
        View { dom: &self.page.dom, case: &case, reading: &reading, opened: &self.opened.borrow() }.show(&self.page.verdict, &self.page.details)?;
        let standing = match reading.standing {
            Standing::NothingGiven => "nothing-given",
            Standing::NotRecognised => "not-recognised",
            Standing::AnswersOnly => "answers-only",
            Standing::Recognised => "recognised",
        };
        self.page.section.set_attribute("data-standing", standing)?;
        focused.map_or(Ok(()), |key| self.page.focus_key(&key))
    }

    fn act(&self, event: &Event) -> Drawn<()> {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        match target.as_ref().and_then(Action::of) {
            Some((action, element)) => self.perform(&action, &element),
            None => Ok(()),
        }
    }

    /// A recognised stretch of text is no button to the browser, so its keys are ours to handle.
    fn press(&self, event: &Event) -> Drawn<()> {
        let is_pressed = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| matches!(event.key().as_str(), "Enter" | " "));
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        match target.as_ref().filter(|_| is_pressed).and_then(Action::of) {
            Some((action @ Action::Show { .. }, element)) => {
                event.prevent_default();
                self.perform(&action, &element)
            }
            _ => Ok(()),
        }
    }

    fn perform(&self, action: &Action, element: &Element) -> Drawn<()> {
        match action {
            Action::Answer { question, option } => self.change(|case| case.answer(question, option)),
            Action::TakeBack { question } => self.change(|case| case.take_back(question)),
            Action::StartOver => self.start_over(),
            Action::Copy => copy(&self.page.window, element),
            Action::Show { id } => self.page.dom.by_id(id).map_or(Ok(()), |found| focus(&found)),
            Action::Fold { cause } => {
                let is_open = element.parent_element().is_some_and(|details| details.has_attribute("open"));
                self.opened.borrow_mut().insert(cause.clone(), !is_open);
                Ok(())
            }
        }
    }

    /// Changes the answers, shows what they change, and goes on to the next question.
    fn change(&self, change: impl FnOnce(&mut Case)) -> Drawn<()> {
        change(&mut self.case.borrow_mut());
        self.read()?;
        self.page.focus_question()
    }

    fn start_over(&self) -> Drawn<()> {
        self.page.textarea.set_value("");
        self.opened.borrow_mut().clear();
        self.case.borrow_mut().start_over();
        self.show()?;
        self.page.textarea.focus()
    }
}
