//! The questions of the shipped content lead a person without any log to the cause.
//!
//! For each cause, people are simulated who answer as the cause's own likelihoods say. `--nocapture` prints the table.
#![allow(clippy::expect_used, clippy::panic, reason = "a test that can't read the content has to stop")]

use diagnosis::answers::Answers;
use diagnosis::evidence::Evidence;
use diagnosis::id::{OptionId, QuestionId};
use diagnosis::knowledge::Knowledge;
use std::collections::BTreeMap;
use std::path::Path;

/// People for each cause.
const PEOPLE: usize = 200;
/// Questions that a person is willing to answer.
const PATIENCE: usize = 8;
/// The cause has to be among so many.
const AMONG: usize = 2;

/// How the people with one cause fared.
struct Fared {
    cause: String,
    /// The share that was led to the cause.
    reached: f64,
    /// Questions asked, on average.
    questions: f64,
    /// What the others were told instead, most frequent first.
    told_instead: Vec<(String, usize)>,
}

#[test]
fn the_questions_lead_to_every_cause() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let content = reader::read(&content).outcome.unwrap_or_else(|mistakes| panic!("{} mistakes in content/", mistakes.len()));
    let knowledge = content.knowledge();
    let mut all: Vec<Fared> = (0..knowledge.causes.len()).map(|cause| interview_people(knowledge, cause)).collect();
    all.sort_by(|a, b| a.reached.total_cmp(&b.reached));
    for fared in &all {
        let told: Vec<_> = fared.told_instead.iter().take(3).map(|(cause, times)| format!("{cause} {times}")).collect();
        println!("{:>5.1} %  {:.1} questions  {:32} {}", fared.reached * 100.0, fared.questions, fared.cause, told.join(", "));
    }
    let median = all[all.len() / 2].reached;
    let worst = &all[0];
    println!("median {:.1} %, worst {:.1} % ({})", median * 100.0, worst.reached * 100.0, worst.cause);
    assert!(median >= 0.93, "half of the causes are reached by less than {:.1} % of the people", median * 100.0);
    assert!(worst.reached >= 0.85, "{} is reached by {:.1} % of the people", worst.cause, worst.reached * 100.0);
}

fn interview_people(knowledge: &Knowledge, cause: usize) -> Fared {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (cause as u64 + 1));
    let (mut reached, mut questions) = (0, 0);
    let mut told_instead = BTreeMap::<String, usize>::new();
    let id = knowledge.causes[cause].id.as_str();
    for _ in 0..PEOPLE {
        let (named, asked) = interview(knowledge, cause, &mut dice);
        questions += asked;
        if named.iter().any(|named| named == id) {
            reached += 1;
        } else if let Some(first) = named.first() {
            *told_instead.entry(first.clone()).or_default() += 1;
        }
    }
    let mut told_instead: Vec<_> = told_instead.into_iter().collect();
    told_instead.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let share = |count: usize| count as f64 / PEOPLE as f64;
    Fared { cause: id.to_owned(), reached: share(reached), questions: share(questions), told_instead }
}

/// The causes that one person is told in the end, and the number of questions.
fn interview(knowledge: &Knowledge, cause: usize, dice: &mut Dice) -> (Vec<String>, usize) {
    let (evidence, mut answers) = (Evidence::default(), Answers::default());
    for asked in 0.. {
        let verdict = diagnosis::conclude(knowledge, &evidence, &answers);
        let named = || verdict.causes.iter().take(AMONG).map(|cause| cause.id.clone()).collect();
        let Some(question) = verdict.question.as_ref().filter(|_| asked < PATIENCE) else { return (named(), asked) };
        let known = knowledge.questions.iter().find(|known| known.id.as_str() == question.id).expect("a question of the content");
        let option = &known.options[dice.pick(&diagnosis::answer_chances(knowledge, known, cause))].id;
        answers.give(knowledge, QuestionId::new(&*question.id), OptionId::new(option.as_str())).expect("an answer of the content");
    }
    unreachable!("patience ends")
}

/// A seeded generator (xorshift64*), so that the test is the same each time.
struct Dice(u64);

impl Dice {
    /// A position, by its chance.
    fn pick(&mut self, chances: &[f64]) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let total: f64 = chances.iter().sum();
        let mut rest = (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1u64 << 53) as f64 * total;
        for (position, chance) in chances.iter().enumerate() {
            rest -= chance;
            if rest < 0.0 {
                return position;
            }
        }
        chances.len() - 1
    }
}
