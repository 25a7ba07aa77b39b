//! What is known before any weighing: the status code, and which messages count.

use crate::answers::Answers;
use crate::evidence::{Evidence, What};
use crate::id::SystemIndex;
use crate::knowledge::{Knowledge, Signature};
use std::collections::BTreeMap;

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
    /// How often it is met beside the most frequent message of its system: 1 for that one, less for the others.
    pub salience: f64,
}

/// Statuses that healthy servers answer all day.
const ORDINARY: [u16; 4] = [401, 403, 404, 429];

/// The least salience: a line that stands once among many may still be the one that tells.
const LEAST_SALIENCE: f64 = 0.25;

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
                signature.is_failure() && !signature.corroborates && !self.is_handled(signature)
            }
            What::Status(status) => status >= 500,
            What::Mark(_) | What::Fact(_) | What::Mention(_) | What::Cue(_) => false,
        };
        self.answers.meaningful(self.knowledge).next().is_some()
            || self.is_told_of()
            || self.evidence.findings.iter().any(|finding| of_failure(finding.what))
    }

    /// Whether people tell of a failed request, and of something that can be its cause or of what answered.
    fn is_told_of(&self) -> bool {
        let cues = || self.evidence.cues().map(|index| &self.knowledge.cues[index.position()]);
        let mut named = self.evidence.mentions().map(|system| &self.knowledge.systems[system.position()]);
        cues().any(|cue| cue.alone) && (cues().any(|cue| !cue.causes.is_empty()) || named.any(|system| system.answers))
    }

    /// Whether the responses that are shown prove that a message, which can end in a 5xx, ended in a status below 500, as a limit set to answer 429.
    /// A message that always ends in a 4xx, such as a load balancer's own 400 or 460, is a failure of its own; a page that is missing or forbidden is none.
    fn is_handled(&self, signature: &Signature) -> bool {
        let shown = &self.evidence.statuses;
        let can_be_severe = signature.statuses.iter().any(|status| *status >= 500);
        let is_mild = |status: &u16| *status < 500 && shown.contains_key(status) && (can_be_severe || ORDINARY.contains(status));
        signature.statuses.iter().any(is_mild) && !shown.keys().any(|status| *status >= 500)
    }

    /// The messages that tell of a failure.
    pub fn messages(&self) -> impl Iterator<Item = Message<'a>> {
        let (knowledge, evidence) = (self.knowledge, self.evidence);
        let most = self.most_times_by_system();
        evidence.signatures().filter_map(move |(index, refinement, finding)| {
            let signature = &knowledge.signatures[index.position()];
            let is_consequence = signature.follows_from.iter().any(|&reason| evidence.has_signature(reason));
            let most = most.get(&signature.system).copied().unwrap_or(1);
            let salience = ((1.0 + finding.times as f64).ln() / (1.0 + most as f64).ln()).max(LEAST_SALIENCE);
            signature.is_failure().then_some(Message { signature, refinement, is_consequence, salience })
        })
    }

    fn most_times_by_system(&self) -> BTreeMap<SystemIndex, usize> {
        let mut most = BTreeMap::new();
        for (index, _, finding) in self.evidence.signatures() {
            let signature = &self.knowledge.signatures[index.position()];
            if signature.is_failure() {
                let times = most.entry(signature.system).or_insert(0);
                *times = finding.times.max(*times);
            }
        }
        most
    }

    /// What the user said, else what a response shows, else what the messages imply: a consequence is nearer to the client than its reason.
    fn read_code(&self) -> Option<u16> {
        let said = self.answers.meaningful(self.knowledge).filter_map(|(_, answer)| answer.code).last();
        let shown = self.evidence.statuses.iter().filter(|(status, _)| **status >= 500).max_by_key(|(status, times)| (**times, **status));
        let implied = || {
            let (near, far): (Vec<_>, Vec<_>) = self.messages().partition(|message| message.is_consequence);
            most_salient_status(&near).or_else(|| most_salient_status(&far))
        };
        said.or(shown.map(|(status, _)| *status)).or_else(implied)
    }
}

/// The status of the most frequent message that names one; of equals the first.
fn most_salient_status(messages: &[Message<'_>]) -> Option<u16> {
    let named = messages.iter().filter_map(|message| Some((message.salience, *message.signature.statuses.first()?)));
    named.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, status)| status)
}
