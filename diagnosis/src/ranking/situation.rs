//! What is known before any weighing: the status code, and which messages count.

use crate::answers::Answers;
use crate::evidence::{Evidence, What};
use crate::id::{CauseIndex, FactIndex, PlaceIndex, ShapeIndex, SystemIndex};
use crate::knowledge::{FactMeaning, Knowledge, Signature, Weighted};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

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
    /// What it means, as its captures and the gateway that printed it ask for.
    pub causes: &'a Weighted<CauseIndex>,
    pub shape: Option<ShapeIndex>,
    pub statuses: &'a [u16],
    /// The place of the gateway that printed it, where it is the message of a library.
    pub gateway: Option<PlaceIndex>,
    /// Whether another message says why this one came.
    pub is_consequence: bool,
    /// How often it is met beside the most frequent message of its system: 1 for that one, less for the others.
    pub salience: f64,
}

/// Statuses that healthy servers answer all day.
const ORDINARY: [u16; 5] = [401, 403, 404, 413, 429];

/// Statuses that nobody gets, because the client left before: nginx's and the one of AWS load balancers.
const LEFT_BY_CLIENT: [u16; 2] = [499, 460];

/// The statuses of failures of servers and gateways, and those of refused requests.
const SEVERE: RangeInclusive<u16> = 500..=999;
const MILD: RangeInclusive<u16> = 400..=499;

/// So many reasons tell of a failure that nobody mentions.
const TELLING_REASONS: usize = 2;

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
            What::Status(status) => !self.evidence.reports_no_incident && (status >= 500 || LEFT_BY_CLIENT.contains(&status)),
            What::Mark(_) | What::Fact(_) | What::Mention(_) | What::Cue(_) => false,
        };
        self.answers.meaningful(self.knowledge).next().is_some()
            || self.is_told_of()
            || self.evidence.findings.iter().any(|finding| of_failure(finding.what))
    }

    /// Whether people tell of a failed request, and of something that can be its cause or of what answered; or of so many
    /// things that can be the cause of one, around a system that answers requests, that they can mean nothing else.
    fn is_told_of(&self) -> bool {
        let cues = || self.evidence.cues().map(|index| &self.knowledge.cues[index.position()]);
        let mut named = self.evidence.mentions().map(|system| &self.knowledge.systems[system.position()]);
        let reasons = cues().filter(|cue| !cue.causes.is_empty()).count();
        let names_answering = named.any(|system| system.answers);
        let complains = cues().any(|cue| cue.alone);
        if self.shows_harmless_message() {
            return complains && reasons > 0;
        }
        complains && (reasons > 0 || names_answering) || reasons >= TELLING_REASONS && names_answering
    }

    /// Whether a message is shown that healthy systems write too: then the text may be about that alone.
    fn shows_harmless_message(&self) -> bool {
        let shown = self.evidence.signatures().map(|(index, ..)| &self.knowledge.signatures[index.position()]);
        shown.into_iter().any(|signature| !signature.is_failure() || signature.corroborates)
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
        let most = self.most_times_by_system();
        self.failures().map(move |(signature, refinement, times)| {
            let is_consequence = self.is_consequence(signature);
            let most = most.get(&signature.system).copied().unwrap_or(1);
            let salience = ((1.0 + times as f64).ln() / (1.0 + most as f64).ln()).clamp(LEAST_SALIENCE, 1.0);
            let gateway = signature.in_gateway.as_ref().and_then(|meaning| Some((meaning, self.gateway_built_on(signature.system)?)));
            let (causes, shape, statuses) = match gateway {
                Some((meaning, _)) => (&meaning.causes, Some(meaning.shape), meaning.statuses.as_slice()),
                None => (causes_of(signature, refinement), signature.shape, signature.statuses.as_slice()),
            };
            Message { signature, causes, shape, statuses, gateway: gateway.map(|(_, place)| place), is_consequence, salience }
        })
    }

    /// The place of a system that is shown or named, and built on another.
    pub fn gateway_built_on(&self, library: SystemIndex) -> Option<PlaceIndex> {
        let systems = self.systems.iter().copied().chain(self.evidence.mentions()).map(|system| &self.knowledge.systems[system.position()]);
        systems.into_iter().find(|system| system.built_on == Some(library)).map(|system| system.place)
    }

    fn failures(&self) -> impl Iterator<Item = (&'a Signature, Option<u8>, usize)> {
        let knowledge = self.knowledge;
        let found =
            self.evidence.signatures().map(|(index, refinement, finding)| (&knowledge.signatures[index.position()], refinement, finding.times));
        found.filter(|(signature, ..)| signature.is_failure())
    }

    /// Whether another message says why this one came.
    fn is_consequence(&self, signature: &Signature) -> bool {
        let gives_reason = |other: &Signature| !other.tells_no_reason && !other.causes.is_empty();
        self.follows_another(signature) || signature.tells_no_reason && self.failures().any(|(other, ..)| gives_reason(other))
    }

    /// Whether a message is there from which this one follows.
    fn follows_another(&self, signature: &Signature) -> bool {
        signature.follows_from.iter().any(|&reason| self.evidence.has_signature(reason))
    }

    /// The status of the most frequent message that names one which counts; of equals the one shown most often, then that of the place
    /// nearest to the client, then the last: what comes later is nearer, too.
    fn most_salient_status(&self, messages: &[Message<'_>], counts: &dyn Fn(u16) -> bool) -> Option<u16> {
        let named = messages.iter().filter_map(|message| Some((message, message.statuses.iter().copied().find(|status| counts(*status))?)));
        let times = |status: u16| self.evidence.statuses.get(&status).copied().unwrap_or_default();
        let nearness = |message: &Message<'_>| std::cmp::Reverse(message.gateway.or(message.signature.place));
        let order = |a: &(&Message<'_>, u16), b: &(&Message<'_>, u16)| {
            let by_frequency = a.0.salience.total_cmp(&b.0.salience).then(times(a.1).cmp(&times(b.1)));
            by_frequency.then(nearness(a.0).cmp(&nearness(b.0)))
        };
        named.max_by(order).map(|(_, status)| status)
    }

    /// What the derived facts mean, but for those that a message beside them explains.
    pub fn facts(&self) -> impl Iterator<Item = (FactIndex, &'a FactMeaning)> {
        let evidence = self.evidence;
        let meanings = evidence.facts().map(|(index, _)| (index, &self.knowledge.facts[index.position()]));
        let shapes: Vec<_> = self.messages().filter(|message| !message.is_consequence).filter_map(|message| message.shape).collect();
        // A fact about how a connection fails says nothing beside a message that it did not.
        let may_hold = move |meaning: &FactMeaning| {
            shapes.is_empty() || meaning.shapes.is_empty() || meaning.shapes.iter().any(|(shape, _)| shapes.contains(shape))
        };
        meanings.filter(move |(_, meaning)| may_hold(meaning) && !meaning.explained_by.iter().any(|&reason| evidence.has_signature(reason)))
    }

    /// How often the most frequent message of each system came that is no consequence of another.
    fn most_times_by_system(&self) -> BTreeMap<SystemIndex, usize> {
        let mut most = BTreeMap::new();
        for (signature, _, times) in self.failures().filter(|(signature, ..)| !self.is_consequence(signature)) {
            let known = most.entry(signature.system).or_insert(0);
            *known = times.max(*known);
        }
        most
    }

    /// What the user said, else what a response shows, else what the messages imply: a consequence is nearer to the client than its reason.
    /// Of several that are shown, that of a message counts. A 4xx that is shown counts last: it may belong to another request.
    fn read_code(&self) -> Option<u16> {
        let said = self.answers.meaningful(self.knowledge).filter_map(|(_, answer)| answer.code).last();
        let shown = |statuses: RangeInclusive<u16>| {
            self.evidence.statuses.range(statuses).max_by_key(|(status, times)| (**times, **status)).map(|(status, _)| *status)
        };
        let implied = |counts: &dyn Fn(u16) -> bool| {
            let (near, far): (Vec<_>, Vec<_>) = self.messages().partition(|message| self.follows_another(message.signature));
            self.most_salient_status(&near, counts).or_else(|| self.most_salient_status(&far, counts))
        };
        let is_shown = |status: u16| SEVERE.contains(&status) && self.evidence.statuses.contains_key(&status);
        said.or_else(|| implied(&is_shown)).or_else(|| shown(SEVERE)).or_else(|| implied(&|_| true)).or_else(|| shown(MILD))
    }
}

/// The causes of a message, as refined by what its captures hold.
fn causes_of(signature: &Signature, refinement: Option<u8>) -> &Weighted<CauseIndex> {
    refinement.and_then(|index| signature.refinements.get(usize::from(index))).map_or(&signature.causes, |refinement| &refinement.causes)
}
