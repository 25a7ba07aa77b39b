//! The engine's face in the browser: takes what the user pastes and answers, and says as JSON what is to be shown.
//!
//! The way of the data:
//!
//! 1. `templates/assets/engine.js` loads this module in a worker and makes a [`Checker`] from the knowledge that ranks.
//! 2. `case`: what the user has given so far (text, file or link, and answers), and what the engine makes of it.
//! 3. `file`: files are read piece by piece, so that they may be larger than what fits into the page.
//! 4. `shown`: the case as plain values, which `templates/assets/checker.js` draws; `highlight` says which lines of the text.
//! 5. `report`: the verdict for others: as Markdown, as a runbook page, as JSON.
//!
//! Nothing that is pasted leaves the page: there is no request in this crate, and the address gets ids and weighed words only ([`diagnosis::link`]).

mod case;
mod file;
mod highlight;
mod report;
mod shown;
mod words;

use case::{Case, Context};
use diagnosis::curl;
use diagnosis::evidence::Recogniser;
use diagnosis::knowledge::Knowledge;
use file::FileReading;
use wasm_bindgen::prelude::*;
use words::Words;

/// A diagnosis under way, with the knowledge that it works with.
#[wasm_bindgen]
pub struct Checker {
    case: Case,
    words: Words,
    file: Option<FileReading>,
}

#[wasm_bindgen]
impl Checker {
    /// A checker with knowledge as `Parts::ranking` holds it, on a page about a status, a system or a cause; each empty where it is about none.
    #[wasm_bindgen(constructor)]
    pub fn new(knowledge: &[u8], status: &str, system: &str, cause: &str) -> Result<Self, JsError> {
        let knowledge = Knowledge::from_bytes(knowledge)?;
        // Needed until the page is left.
        let knowledge: &'static Knowledge = Box::leak(Box::new(knowledge));
        let recogniser = Recogniser::new(knowledge)?;
        let context = Context::new(knowledge, status, system, cause);
        Ok(Self { case: Case::new(knowledge, recogniser, context), words: Words::default(), file: None })
    }

    /// Takes the text as it stands now.
    pub fn read_text(&mut self, text: String) {
        self.case.read_text(text);
    }

    /// Takes findings and answers from the fragment of an address.
    pub fn read_link(&mut self, fragment: &str) {
        self.case.read_link(fragment);
    }

    /// Begins to read a file.
    pub fn begin_file(&mut self, name: String) {
        self.file = Some(FileReading::new(name));
    }

    /// Reads the next piece of the file.
    pub fn read_piece(&mut self, piece: &[u8]) {
        if let Some(file) = &mut self.file {
            file.read(piece, self.case.recogniser());
        }
    }

    /// Takes the file that was read, whole.
    pub fn end_file(&mut self) {
        if let Some(file) = self.file.take() {
            self.case.take_file(file.finish(self.case.recogniser()));
        }
    }

    /// Takes an answer.
    pub fn answer(&mut self, question: &str, option: &str) {
        self.case.answer(question, option);
    }

    /// Takes an answer back.
    pub fn take_back(&mut self, question: &str) {
        self.case.take_back(question);
    }

    /// Asks a question again.
    pub fn ask(&mut self, question: &str) {
        self.case.ask(question);
    }

    /// Goes back to what stood before the last answer or start.
    pub fn undo(&mut self) {
        self.case.undo();
    }

    /// Forgets everything but the way back.
    pub fn start_over(&mut self) {
        self.case.start_over();
    }

    /// Takes what a cause's file of advice holds.
    pub fn take_advice(&mut self, cause: &str, bytes: &[u8]) -> Result<(), JsError> {
        Ok(self.words.take_advice(cause, bytes)?)
    }

    /// Takes what a system's file of words holds.
    pub fn take_words(&mut self, bytes: &[u8]) -> Result<(), JsError> {
        Ok(self.words.take_messages(bytes)?)
    }

    /// What is to be shown, as JSON.
    pub fn show(&self) -> Result<String, JsError> {
        Ok(serde_json::to_string(&shown::shown(&self.case, &self.words))?)
    }

    /// The verdict for others: `markdown`, `runbook` or `json`. `page` is the address of the page without its fragment, `site` that of the site.
    pub fn report(&self, kind: &str, page: &str, site: &str) -> Result<String, JsError> {
        Ok(match kind {
            "json" => serde_json::to_string_pretty(&report::verdict(&self.case, &self.words))?,
            "runbook" => report::runbook(&self.case, &self.words, site),
            _ => report::markdown(&self.case, &self.words, page, site),
        })
    }
}

/// The command that shows how an address answers, for `posix`, `cmd` or `powershell`; an error says what is wrong with the address.
#[wasm_bindgen]
pub fn curl_command(address: &str, shell: &str) -> Result<String, JsError> {
    let shell = match shell {
        "cmd" => curl::Shell::Cmd,
        "powershell" => curl::Shell::PowerShell,
        _ => curl::Shell::Posix,
    };
    Ok(curl::command(address, shell)?)
}
