//! What the user has given so far, and what the engine makes of it.

use diagnosis::answers::Answers;
use diagnosis::conclude;
use diagnosis::evidence::{Evidence, Finding, Recogniser, What};
use diagnosis::id::{OptionId, QuestionId};
use diagnosis::knowledge::Knowledge;
use diagnosis::link;
use diagnosis::verdict::Verdict;
use std::collections::BTreeMap;

/// A diagnosis under way.
pub(crate) struct Case {
    pub knowledge: &'static Knowledge,
    recogniser: Recogniser<'static>,
    /// The status that the page is about.
    page_status: Option<u16>,
    given: Given,
    answers: Answers,
}

/// Where the evidence comes from.
enum Given {
    Nothing,
    Text { text: String, evidence: Evidence },
    Link(Evidence),
}

/// How much there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Case {
    /// An empty case, on a page about `page_status` or about no status in particular.
    pub fn new(knowledge: &'static Knowledge, recogniser: Recogniser<'static>, page_status: Option<u16>) -> Self {
        Self { knowledge, recogniser, page_status, given: Given::Nothing, answers: Answers::default() }
    }

    /// Takes the text as it stands now. Without text, what came from a link stays.
    pub fn read_text(&mut self, text: String) {
        if text.trim().is_empty() {
            if matches!(self.given, Given::Text { .. }) {
                self.given = Given::Nothing;
            }
        } else if self.text() != text {
            let evidence = self.recogniser.examine(text.as_bytes());
            self.given = Given::Text { text, evidence };
        }
    }

    /// Takes findings and answers from the page's address.
    pub fn read_fragment(&mut self, fragment: &str) {
        let (evidence, answers) = link::from_fragment(self.knowledge, fragment);
        self.given = Given::Link(evidence);
        self.answers = answers;
    }

    /// The text that was given; empty where none was.
    pub fn text(&self) -> &str {
        match &self.given {
            Given::Text { text, .. } => text,
            Given::Nothing | Given::Link(_) => "",
        }
    }

    /// The answers that were given.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Whether there is anything to take away.
    pub fn is_empty(&self) -> bool {
        matches!(self.given, Given::Nothing) && self.answers.is_empty()
    }

    /// Takes an answer.
    pub fn answer(&mut self, question: &str, option: &str) {
        // The ids come from buttons that were drawn from the same knowledge.
        let _ = self.answers.give(self.knowledge, QuestionId::new(question), OptionId::new(option));
    }

    /// Takes an answer back.
    pub fn take_back(&mut self, question: &str) {
        self.answers.take_back(&QuestionId::new(question));
    }

    /// Forgets everything.
    pub fn start_over(&mut self) {
        self.given = Given::Nothing;
        self.answers = Answers::default();
    }

    /// What the engine makes of it.
    pub fn reading(&self) -> Reading {
        let evidence = match &self.given {
            Given::Nothing => return self.with_answers(self.with_page_status(Evidence::default()), false),
            Given::Text { evidence, .. } | Given::Link(evidence) => evidence.clone(),
        };
        let verdict = conclude(self.knowledge, &evidence, &Answers::default());
        if verdict.recognised && self.answers.is_empty() {
            return Reading { evidence, verdict, standing: Standing::Recognised };
        }
        let needs_status = matches!(self.given, Given::Text { .. }) && !verdict.recognised;
        let evidence = if needs_status { self.with_page_status(evidence) } else { evidence };
        self.with_answers(evidence, verdict.recognised)
    }

    /// Weighs the answers too. `speaks` is whether the evidence tells of an error by itself.
    fn with_answers(&self, evidence: Evidence, speaks: bool) -> Reading {
        let verdict = conclude(self.knowledge, &evidence, &self.answers);
        let rests_on_answers = !self.answers.is_empty() && verdict.recognised;
        let standing = match &self.given {
            _ if speaks => Standing::Recognised,
            Given::Text { .. } if rests_on_answers => Standing::AnswersOnly,
            Given::Text { .. } => Standing::NotRecognised,
            Given::Nothing | Given::Link(_) if rests_on_answers => Standing::Recognised,
            Given::Nothing | Given::Link(_) => Standing::NothingGiven,
        };
        Reading { evidence, verdict, standing }
    }

    /// The case as the fragment of an address; empty where there is nothing to link.
    pub fn fragment(&self, reading: &Reading) -> String {
        let says_nothing = matches!(reading.standing, Standing::NothingGiven | Standing::NotRecognised);
        if says_nothing && self.answers.is_empty() {
            return String::new();
        }
        link::to_fragment(self.knowledge, &reading.evidence, &self.answers)
    }

    /// Who reads the page about a status asks about that status, unless the evidence says otherwise.
    fn with_page_status(&self, mut evidence: Evidence) -> Evidence {
        if let Some(status) = self.page_status {
            evidence.findings.push(Finding { what: What::Status(status), at: None, captures: BTreeMap::new(), times: 1 });
            evidence.statuses.insert(status, 1);
        }
        evidence
    }
}
