//! Where the response was made, and what the component that made it saw.

use super::distribution::Distribution;
use super::situation::{Message, Situation};
use crate::id::PlaceIndex;
use crate::knowledge::Weighted;

/// How sure a message makes of its own place or shape.
const VOTE: f64 = 0.93;
/// How much a system counts for the place that shows itself, and one that is only named.
const SHOWN: f64 = 1.0;
const NAMED: f64 = 0.5;
/// The share of a place or shape that nobody listed.
const UNLISTED_SHARE: f64 = 0.01;

/// The probability of each place, given what is believed of the causes.
pub(crate) fn place(situation: &Situation<'_>, causes: &Distribution) -> Distribution {
    let knowledge = situation.knowledge;
    let count = knowledge.places.len();
    let of_code = situation.code.and_then(|code| knowledge.codes.iter().find(|candidate| candidate.status == code));
    let of_causes = expected(causes, knowledge.causes.iter().map(|cause| &cause.places), count);
    let mut logarithms: Vec<f64> = (0..count)
        .map(|place| {
            let by_code = of_code.map_or(knowledge.places[place].usual.share(), |code| listed(&code.places, place));
            if knowledge.places[place].answers { (by_code * of_causes[place]).ln() } else { UNLISTED_SHARE.ln() }
        })
        .collect();
    let mut votes: Vec<Vote> = situation
        .messages()
        .filter_map(|message| Some(Vote { on: spoken_from(situation, &message)?.position(), salience: message.salience }))
        .collect();
    if votes.is_empty() {
        let shown = situation.systems.iter().map(|system| (*system, SHOWN));
        let named = situation.evidence.mentions().map(|system| (system, NAMED));
        let answering =
            shown.chain(named).map(|(system, salience)| (&knowledge.systems[system.position()], salience)).filter(|(system, _)| system.answers);
        votes = answering.map(|(system, salience)| Vote { on: system.place.position(), salience }).collect();
    }
    add_votes(&mut logarithms, &votes);
    for (_, answer) in situation.answers.meaningful(knowledge) {
        add_words(&mut logarithms, &answer.places);
    }
    for (index, _) in situation.evidence.facts() {
        add_words(&mut logarithms, &knowledge.facts[index.position()].places);
    }
    for index in situation.evidence.cues() {
        add_words(&mut logarithms, &knowledge.cues[index.position()].places);
    }
    Distribution::from_logarithms(&logarithms)
}

/// What is to be expected of something, given the causes and what each says of it; a cause that says nothing of it leaves all open.
fn expected<'k, I: Position + 'k>(causes: &Distribution, words: impl Iterator<Item = &'k Weighted<I>>, count: usize) -> Vec<f64> {
    let mut weights = vec![0.0; count];
    for (words, probability) in words.zip(causes.iter()) {
        let share = |position: usize| if words.is_empty() { 1.0 } else { listed(words, position) };
        let shares = Distribution::from_weights((0..count).map(share).collect());
        weights.iter_mut().zip(shares.iter()).for_each(|(weight, share)| *weight += probability * share);
    }
    weights
}

/// The place from which a message speaks: that of a system built on its own, where one is shown.
fn spoken_from(situation: &Situation<'_>, message: &Message<'_>) -> Option<PlaceIndex> {
    let place = message.signature.place?;
    let systems = &situation.knowledge.systems;
    let own = systems[message.signature.system.position()].place;
    let built_on =
        situation.systems.iter().map(|system| &systems[system.position()]).find(|system| system.built_on == Some(message.signature.system));
    Some(built_on.filter(|_| place == own).map_or(place, |system| system.place))
}

/// The probability of each shape, given what is believed of the causes.
pub(crate) fn shape(situation: &Situation<'_>, causes: &Distribution) -> Distribution {
    let knowledge = situation.knowledge;
    let count = knowledge.shapes.len();
    let weights = expected(causes, knowledge.causes.iter().map(|cause| &cause.shapes), count);
    let mut logarithms: Vec<f64> = weights.iter().map(|weight| weight.ln()).collect();
    let reasons = situation.messages().filter(|message| !message.is_consequence);
    let votes: Vec<Vote> = reasons.filter_map(|message| Some(Vote { on: message.signature.shape?.position(), salience: message.salience })).collect();
    add_votes(&mut logarithms, &votes);
    let of_code = || situation.code.and_then(|code| knowledge.codes.iter().find(|candidate| candidate.status == code));
    if votes.is_empty()
        && let Some(code) = of_code()
    {
        add_words(&mut logarithms, &code.shapes);
    }
    for (_, answer) in situation.answers.meaningful(knowledge) {
        add_words(&mut logarithms, &answer.shapes);
    }
    for (index, _) in situation.evidence.facts() {
        add_words(&mut logarithms, &knowledge.facts[index.position()].shapes);
    }
    for index in situation.evidence.cues() {
        add_words(&mut logarithms, &knowledge.cues[index.position()].shapes);
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

fn add_words<I: Position>(logarithms: &mut [f64], words: &Weighted<I>) {
    if words.is_empty() {
        return;
    }
    for (position, logarithm) in logarithms.iter_mut().enumerate() {
        *logarithm += listed(words, position).ln();
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
