//! What is known before any weighing: the status code, and which messages count.

use crate::answers::Answers;
use crate::evidence::{Evidence, What};
use crate::id::SystemIndex;
use crate::knowledge::{Knowledge, Signature};

/// Evidence and answers, read for what is certain in them.
pub(crate) struct Situation<'a> {
    pub knowledge: &'a Knowledge,
    pub evidence: &'a Evidence,
    pub answers: &'a Answers,
    /// The status that the client saw.
    pub code: Option<u16>,
    /// The systems that speak or are shown.
    pub systems: Vec<SystemIndex>,
}

/// A message that tells of a failure.
pub(crate) struct Message<'a> {
    pub signature: &'a Signature,
    /// The refinement that its captures asked for.
    pub refinement: Option<u8>,
    /// Whether another message says why this one came.
    pub is_consequence: bool,
}

impl<'a> Situation<'a> {
    pub fn read(knowledge: &'a Knowledge, evidence: &'a Evidence, answers: &'a Answers) -> Self {
        let mut situation = Self { knowledge, evidence, answers, code: None, systems: evidence.systems(knowledge) };
        situation.code = situation.read_code();
        situation
    }

    /// Whether anything speaks of a gateway error at all.
    pub fn is_recognised(&self) -> bool {
        let of_failure = |what: What| match what {
            What::Signature(index, _) => {
                let signature = &self.knowledge.signatures[index.position()];
                signature.is_failure() && !self.is_handled(signature)
            }
            What::Status(status) => status >= 500,
            What::Mark(_) | What::Fact(_) | What::Cue(_) => false,
        };
        self.answers.meaningful(self.knowledge).next().is_some() || self.evidence.findings.iter().any(|finding| of_failure(finding.what))
    }

    /// Whether the responses that are shown prove that a message ended in a status below 500, as a limit set to answer 429.
    fn is_handled(&self, signature: &Signature) -> bool {
        let shown = &self.evidence.statuses;
        let is_shown_mild = signature.statuses.iter().any(|status| *status < 500 && shown.contains_key(status));
        is_shown_mild && !shown.keys().any(|status| *status >= 500)
    }

    /// The messages that tell of a failure.
    pub fn messages(&self) -> impl Iterator<Item = Message<'a>> {
        let (knowledge, evidence) = (self.knowledge, self.evidence);
        evidence.signatures().filter_map(move |(index, refinement, _)| {
            let signature = &knowledge.signatures[index.position()];
            let is_consequence = signature.follows_from.iter().any(|&reason| evidence.has_signature(reason));
            signature.is_failure().then_some(Message { signature, refinement, is_consequence })
        })
    }

    /// What the user said, else what a response shows, else what the messages imply: a consequence is nearer to the client than its reason.
    fn read_code(&self) -> Option<u16> {
        let said = self.answers.meaningful(self.knowledge).filter_map(|(_, answer)| answer.code).last();
        let shown = self.evidence.statuses.iter().filter(|(status, _)| **status >= 500).max_by_key(|(status, times)| (**times, **status));
        let implied = || {
            let (near, far): (Vec<_>, Vec<_>) = self.messages().partition(|message| message.is_consequence);
            near.iter().chain(&far).find_map(|message| message.signature.statuses.first().copied())
        };
        said.or(shown.map(|(status, _)| *status)).or_else(implied)
    }
}
