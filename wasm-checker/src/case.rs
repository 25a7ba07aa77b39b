//! What the user has given so far, and what the engine makes of it.

use crate::file::ReadFile;
use diagnosis::answers::Answers;
use diagnosis::conclude;
use diagnosis::evidence::{Evidence, Finding, Recogniser, What};
use diagnosis::id::{OptionId, QuestionId};
use diagnosis::knowledge::Knowledge;
use diagnosis::link;
use diagnosis::verdict::Verdict;
use std::collections::BTreeMap;

/// So many steps can be undone.
const MOST_STEPS: usize = 50;

/// A diagnosis under way.
pub(crate) struct Case {
    pub knowledge: &'static Knowledge,
    recogniser: Recogniser<'static>,
    context: Context,
    now: Moment,
    before: Vec<Moment>,
    /// The question that the user wants to answer anew.
    pub asked: Option<String>,
}

/// What the page is about.
#[derive(Default)]
pub(crate) struct Context {
    status: Option<u16>,
    system: Option<diagnosis::id::SystemIndex>,
    /// The cause's id, empty for none.
    pub cause: String,
}

/// What was given at a moment.
#[derive(Clone, Default)]
pub(crate) struct Moment {
    pub given: Given,
    pub answers: Answers,
}

/// Where the evidence comes from.
#[derive(Clone, Default)]
pub(crate) enum Given {
    #[default]
    Nothing,
    Text {
        text: String,
        evidence: Evidence,
    },
    File(ReadFile),
    Link(Evidence),
}

/// How much there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Standing {
    /// Nobody gave anything yet.
    NothingGiven,
    /// There is text, and nothing in it speaks of an error.
    NotRecognised,
    /// There is such text, but answers too.
    AnswersOnly,
    /// There is a verdict.
    Recognised,
}

/// What the engine makes of a case.
pub(crate) struct Reading {
    pub evidence: Evidence,
    pub verdict: Verdict,
    pub standing: Standing,
}

impl Context {
    /// From the attributes of the page; what the knowledge base does not have is passed over.
    pub fn new(knowledge: &Knowledge, status: &str, system: &str, cause: &str) -> Self {
        let position = knowledge.systems.iter().position(|known| known.id.as_str() == system);
        Self { status: status.parse().ok(), system: position.and_then(diagnosis::id::SystemIndex::new), cause: cause.to_owned() }
    }

    /// Who reads the page about a status or a system asks about that, unless the evidence says otherwise.
    fn add_to(&self, mut evidence: Evidence) -> Evidence {
        let finding = |what| Finding { what, at: None, captures: BTreeMap::new(), times: 1 };
        if let Some(status) = self.status {
            evidence.findings.push(finding(What::Status(status)));
            evidence.statuses.insert(status, 1);
        }
        if let Some(system) = self.system
            && !evidence.findings.iter().any(|known| matches!(known.what, What::Mark(_)))
        {
            evidence.findings.push(finding(What::Mark(system)));
        }
        evidence
    }
}

impl Case {
    /// An empty case.
    pub fn new(knowledge: &'static Knowledge, recogniser: Recogniser<'static>, context: Context) -> Self {
        Self { knowledge, recogniser, context, now: Moment::default(), before: Vec::new(), asked: None }
    }

    /// What recognises evidence.
    pub fn recogniser(&self) -> &Recogniser<'static> {
        &self.recogniser
    }

    /// The cause that the page is about; empty for none.
    pub fn page_cause(&self) -> &str {
        &self.context.cause
    }

    /// What was given.
    pub fn given(&self) -> &Given {
        &self.now.given
    }

    /// The answers that were given.
    pub fn answers(&self) -> &Answers {
        &self.now.answers
    }

    /// Whether there is a way back.
    pub fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// Takes the text as it stands now. Without text, what came from a file or link stays.
    pub fn read_text(&mut self, text: String) {
        if text.trim().is_empty() {
            if matches!(self.now.given, Given::Text { .. }) {
                self.now.given = Given::Nothing;
            }
        } else if !matches!(&self.now.given, Given::Text { text: known, .. } if *known == text) {
            let evidence = self.recogniser.examine(text.as_bytes());
            self.now.given = Given::Text { text, evidence };
        }
    }

    /// Takes a file.
    pub fn take_file(&mut self, file: ReadFile) {
        self.remember();
        self.now.given = Given::File(file);
    }

    /// Takes findings and answers from the page's address.
    pub fn read_link(&mut self, fragment: &str) {
        let (evidence, answers) = link::from_fragment(self.knowledge, fragment);
        self.now = Moment { given: Given::Link(evidence), answers };
    }

    /// Takes an answer.
    pub fn answer(&mut self, question: &str, option: &str) {
        self.remember();
        self.asked = None;
        // The ids come from buttons that were drawn from the same knowledge.
        let _ = self.now.answers.give(self.knowledge, QuestionId::new(question), OptionId::new(option));
    }

    /// Takes an answer back.
    pub fn take_back(&mut self, question: &str) {
        self.remember();
        self.asked = None;
        self.now.answers.take_back(&QuestionId::new(question));
    }

    /// Asks a question again, whose answer stays until there is another.
    pub fn ask(&mut self, question: &str) {
        self.asked = Some(question.to_owned());
    }

    /// Goes one step back.
    pub fn undo(&mut self) {
        self.asked = None;
        if let Some(before) = self.before.pop() {
            self.now = before;
        }
    }

    /// Forgets everything but the way back.
    pub fn start_over(&mut self) {
        self.remember();
        self.asked = None;
        self.now = Moment::default();
    }

    fn remember(&mut self) {
        if self.before.len() == MOST_STEPS {
            self.before.remove(0);
        }
        self.before.push(self.now.clone());
    }

    /// What the engine makes of it.
    pub fn reading(&self) -> Reading {
        let evidence = match &self.now.given {
            Given::Nothing => return self.with_answers(self.context.add_to(Evidence::default()), false),
            Given::Text { evidence, .. } | Given::File(ReadFile { evidence, .. }) | Given::Link(evidence) => evidence.clone(),
        };
        let verdict = conclude(self.knowledge, &evidence, &Answers::default());
        if verdict.recognised && self.answers().is_empty() {
            return Reading { evidence, verdict, standing: Standing::Recognised };
        }
        let needs_context = !matches!(self.now.given, Given::Link(_)) && !verdict.recognised;
        let evidence = if needs_context { self.context.add_to(evidence) } else { evidence };
        self.with_answers(evidence, verdict.recognised)
    }

    /// Weighs the answers too. `speaks` is whether the evidence tells of an error by itself.
    fn with_answers(&self, evidence: Evidence, speaks: bool) -> Reading {
        let verdict = conclude(self.knowledge, &evidence, self.answers());
        let rests_on_answers = !self.answers().is_empty() && verdict.recognised;
        let standing = match &self.now.given {
            _ if speaks => Standing::Recognised,
            Given::Text { .. } | Given::File(_) if rests_on_answers => Standing::AnswersOnly,
            Given::Text { .. } | Given::File(_) => Standing::NotRecognised,
            Given::Nothing | Given::Link(_) if rests_on_answers => Standing::Recognised,
            Given::Nothing | Given::Link(_) => Standing::NothingGiven,
        };
        Reading { evidence, verdict, standing }
    }

    /// The case as the fragment of an address; empty where there is nothing to link.
    pub fn fragment(&self, reading: &Reading) -> String {
        let says_nothing = matches!(reading.standing, Standing::NothingGiven | Standing::NotRecognised);
        if says_nothing && self.answers().is_empty() {
            return String::new();
        }
        link::to_fragment(self.knowledge, &reading.evidence, self.answers())
    }
}
