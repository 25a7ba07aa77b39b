//! Where the response was made, and what the component that made it saw.

use super::distribution::Distribution;
use super::situation::{Message, Situation};
use crate::id::{PlaceIndex, SystemIndex};
use crate::knowledge::{Knowledge, Weighted};

/// How sure a message makes of its own place or shape.
const VOTE: f64 = 0.93;
/// How much a system counts for the place that shows itself, and one that is only named: of a gateway and the
/// application behind it, the gateway more often made the response.
const SHOWN: f64 = 1.0;
const GATEWAY_NAMED: f64 = 0.6;
const APPLICATION_NAMED: f64 = 0.15;
/// How much the code still says of the place beside a cause that says where it is answered.
const CODE_BESIDE_CAUSE: f64 = 0.4;
/// The weight of what a fact or a cue says beside that of a message.
const HINT_WEIGHT: f64 = 0.6;
/// The share of a place or shape that nobody listed.
const UNLISTED_SHARE: f64 = 0.01;

/// The probability of each place, given what is believed of the causes.
pub(crate) fn place(situation: &Situation<'_>, causes: &Distribution) -> Distribution {
    let knowledge = situation.knowledge;
    let count = knowledge.places.len();
    let expected = expected_places(situation, causes);
    let mut logarithms: Vec<f64> = (0..count)
        .map(
            |place| {
                if knowledge.places[place].answers { expected[place].max(UNLISTED_SHARE * UNLISTED_SHARE).ln() } else { UNLISTED_SHARE.ln() * 3.0 }
            },
        )
        .collect();
    let mut votes =
        votes_on_place(situation, |message| message.statuses.is_empty() || situation.code.is_some_and(|code| message.statuses.contains(&code)));
    if votes.is_empty() {
        votes = votes_on_place(situation, |_| true);
    }
    if votes.is_empty() {
        let shown = situation.systems.iter().map(|system| (*system, SHOWN));
        let named = situation.evidence.mentions().map(|system| (system, weight_of_name(knowledge, system)));
        // A CDN's page that names the cache it is built on says nothing of another cache.
        let of_its_own = shown.chain(named).filter(|(system, _)| situation.gateway_built_on(*system).is_none());
        let answering = of_its_own.map(|(system, salience)| (&knowledge.systems[system.position()], salience)).filter(|(system, _)| system.answers);
        votes = answering
            .map(|(system, salience)| (system.place.position(), salience))
            .map(|(on, salience)| Vote { on, salience: salience * makes_it_itself(situation, on) })
            .collect();
    }
    add_votes(&mut logarithms, &votes);
    for (_, answer) in situation.answers.meaningful(knowledge) {
        add_words(&mut logarithms, &answer.places, 1.0);
    }
    for (_, fact) in situation.facts() {
        add_words(&mut logarithms, &fact.places, HINT_WEIGHT);
    }
    for index in situation.evidence.cues() {
        add_words(&mut logarithms, &knowledge.cues[index.position()].places, HINT_WEIGHT);
    }
    Distribution::from_logarithms(&logarithms)
}

/// What the messages that count say of the place; one that means another status tells of another response.
fn votes_on_place(situation: &Situation<'_>, counts: impl Fn(&Message<'_>) -> bool) -> Vec<Vote> {
    let messages = situation.messages().filter(counts);
    messages.filter_map(|message| Some(Vote { on: spoken_from(situation, &message)?.position(), salience: message.salience })).collect()
}

/// How much a gateway that is shown counts with this code: one that mostly the application sends, such as 500, it mostly passes on.
fn makes_it_itself(situation: &Situation<'_>, place: usize) -> f64 {
    let knowledge = situation.knowledge;
    let Some(code) = situation.code.and_then(|code| knowledge.codes.iter().find(|candidate| candidate.status == code)) else { return 1.0 };
    let share = |place: usize| listed(&code.places, place);
    let is_last = |place: usize| is_last_that_answers(knowledge, place);
    let of_application = (0..knowledge.places.len()).find(|place| is_last(*place)).map_or(0.0, share);
    let is_mostly_its_own = (0..knowledge.places.len()).all(|place| is_last(place) || share(place) < of_application);
    if is_mostly_its_own { share(place) / of_application } else { 1.0 }
}

fn weight_of_name(knowledge: &Knowledge, system: SystemIndex) -> f64 {
    let place = knowledge.systems[system.position()].place;
    if is_last_that_answers(knowledge, place.position()) { APPLICATION_NAMED } else { GATEWAY_NAMED }
}

/// Whether a place is the one farthest from the client that answers: the application.
fn is_last_that_answers(knowledge: &Knowledge, place: usize) -> bool {
    knowledge.places.iter().rposition(|candidate| candidate.answers) == Some(place)
}

/// Where the response is to be expected: for each cause where its author says, and where the code is usual; by the code alone where he leaves it open.
fn expected_places(situation: &Situation<'_>, causes: &Distribution) -> Vec<f64> {
    let knowledge = situation.knowledge;
    let of_code = situation.code.and_then(|code| knowledge.codes.iter().find(|candidate| candidate.status == code));
    let by_code = |place: usize| of_code.map_or(knowledge.places[place].usual.share(), |code| listed(&code.places, place));
    let mut weights = vec![0.0; knowledge.places.len()];
    for (cause, probability) in knowledge.causes.iter().zip(causes.iter()) {
        let share = |place: usize| match cause.places.is_empty() {
            true => by_code(place),
            false => listed(&cause.places, place) * by_code(place).powf(CODE_BESIDE_CAUSE),
        };
        add_shares(&mut weights, probability, share);
    }
    weights
}

/// Adds a distribution, scaled.
fn add_shares(weights: &mut [f64], scale: f64, share: impl Fn(usize) -> f64) {
    let shares = Distribution::from_weights((0..weights.len()).map(share).collect());
    weights.iter_mut().zip(shares.iter()).for_each(|(weight, share)| *weight += scale * share);
}

/// The place from which a message speaks: that of a system built on its own, where one is shown or named.
fn spoken_from(situation: &Situation<'_>, message: &Message<'_>) -> Option<PlaceIndex> {
    if message.gateway.is_some() {
        return message.gateway;
    }
    let place = message.signature.place?;
    let own = situation.knowledge.systems[message.signature.system.position()].place;
    let built_on = situation.gateway_built_on(message.signature.system);
    Some(built_on.filter(|_| place == own).unwrap_or(place))
}

/// The probability of each shape, given what is believed of the causes.
pub(crate) fn shape(situation: &Situation<'_>, causes: &Distribution) -> Distribution {
    let knowledge = situation.knowledge;
    let count = knowledge.shapes.len();
    let mut weights = vec![0.0; count];
    for (cause, probability) in knowledge.causes.iter().zip(causes.iter()) {
        add_shares(&mut weights, probability, |shape| listed(&cause.shapes, shape));
    }
    let mut logarithms: Vec<f64> = weights.iter().map(|weight| weight.ln()).collect();
    let reasons = situation.messages().filter(|message| !message.is_consequence);
    let votes: Vec<Vote> = reasons.filter_map(|message| Some(Vote { on: message.shape?.position(), salience: message.salience })).collect();
    add_votes(&mut logarithms, &votes);
    for (_, answer) in situation.answers.meaningful(knowledge) {
        add_words(&mut logarithms, &answer.shapes, 1.0);
    }
    for (_, fact) in situation.facts() {
        add_words(&mut logarithms, &fact.shapes, HINT_WEIGHT);
    }
    for index in situation.evidence.cues() {
        add_words(&mut logarithms, &knowledge.cues[index.position()].shapes, HINT_WEIGHT);
    }
    Distribution::from_logarithms(&logarithms)
}

/// What a message says about where it stands or what was seen.
struct Vote {
    on: usize,
    salience: f64,
}

/// Each voice counts; the second for the same counts half, and so on, since messages of one incident are not independent.
fn add_votes(logarithms: &mut [f64], votes: &[Vote]) {
    let count = logarithms.len();
    for (voted, logarithm) in logarithms.iter_mut().enumerate() {
        let voices = votes.iter().filter(|vote| vote.on == voted);
        let strength: f64 = voices.zip(1..).map(|(vote, rank)| vote.salience / f64::from(rank)).sum();
        *logarithm += strength * (VOTE / ((1.0 - VOTE) / (count.max(2) - 1) as f64)).ln();
    }
}

fn add_words<I: Position>(logarithms: &mut [f64], words: &Weighted<I>, weight: f64) {
    if words.is_empty() {
        return;
    }
    for (position, logarithm) in logarithms.iter_mut().enumerate() {
        *logarithm += weight * listed(words, position).ln();
    }
}

/// The share that was listed for a position.
fn listed<I: Position>(words: &Weighted<I>, position: usize) -> f64 {
    words.iter().find(|(index, _)| index.position() == position).map_or(UNLISTED_SHARE, |(_, likelihood)| likelihood.share())
}

/// An index into a list.
trait Position: Copy {
    fn position(self) -> usize;
}

impl Position for PlaceIndex {
    fn position(self) -> usize {
        Self::position(self)
    }
}

impl Position for crate::id::ShapeIndex {
    fn position(self) -> usize {
        Self::position(self)
    }
}
