//! Short quotations: how people name a message when they don't paste its line, such as "AH01102: error reading status line from remote server".
//!
//! A message's longest literal is one, if it is long enough to be no chance, and stands in no other message.

use diagnosis::knowledge::Signature;
use diagnosis::template::Template;
use memchr::memmem;
use std::collections::BTreeMap;

/// A quotation has at least so many bytes and words.
const LEAST_BYTES: usize = 24;
const LEAST_WORDS: usize = 3;
/// What belongs to a line of a log or a page.
const NEVER_QUOTED: [char; 10] = ['"', '<', '>', '{', '}', '[', ']', '(', ')', '='];
/// Words have at least so many letters.
const LEAST_LETTERS: usize = 2;
/// Of several messages that hold a quotation, it means the one that says hardly anything else: at most so many bytes.
const MOST_BYTES_BESIDE: usize = 10;

/// Adds to each message the quotation that means it and no other.
pub(crate) fn add(signatures: &mut [Signature]) {
    let literals = Literals::of(signatures);
    let mut quotations = BTreeMap::<String, (usize, String)>::new();
    let failures = signatures.iter().enumerate().filter(|(_, signature)| signature.is_failure() && !signature.weak && !signature.corroborates);
    for (index, signature) in failures {
        for quotation in signature.templates.iter().filter_map(quotation) {
            let lower = quotation.to_lowercase();
            if !quotations.contains_key(&lower) && literals.message_of(&lower) == Some(index) {
                quotations.insert(lower, (index, quotation));
            }
        }
    }
    for (index, quotation) in quotations.into_values() {
        signatures[index].quotations.extend(Template::parse(&quotation));
    }
}

/// The longest literal of a template that has other parts, without what surrounds its words; `None` where it could be anything.
fn quotation(template: &Template) -> Option<String> {
    let longest = template.anchors().max_by_key(|literal| literal.len())?;
    let trimmed = longest.trim_matches(|letter: char| !letter.is_alphanumeric());
    let words = trimmed.split(' ').filter(|word| word.chars().filter(|letter| letter.is_alphabetic()).count() >= LEAST_LETTERS).count();
    let is_a_part = trimmed.len() < template.literal_length();
    // A number is a value of one case; a first word such as `AH01102:` is the message's name.
    let (_, behind_first) = trimmed.split_once(' ')?;
    let has_value = behind_first.contains(|letter: char| letter.is_ascii_digit());
    let is_plain = trimmed.starts_with(|letter: char| letter.is_alphabetic()) && !trimmed.contains(NEVER_QUOTED) && !has_value;
    (is_a_part && is_plain && trimmed.len() >= LEAST_BYTES && words >= LEAST_WORDS).then(|| trimmed.to_owned())
}

/// The literals of all messages.
struct Literals {
    /// All of them in lower case, one after the other.
    text: String,
    /// Where each begins in `text`.
    literals: Vec<Literal>,
}

/// A literal of a message's wording.
struct Literal {
    start: usize,
    message: usize,
    /// How much literal text the whole wording has, in bytes.
    length_of_wording: usize,
}

impl Literals {
    fn of(signatures: &[Signature]) -> Self {
        let mut all = Self { text: String::new(), literals: Vec::new() };
        for (message, signature) in signatures.iter().enumerate() {
            for template in &signature.templates {
                for literal in template.anchors() {
                    all.literals.push(Literal { start: all.text.len(), message, length_of_wording: template.literal_length() });
                    all.text.push_str(&literal.to_lowercase());
                    all.text.push('\n');
                }
            }
        }
        all
    }

    /// The message that a quotation means: the only one that holds it, or the one that says hardly anything else.
    fn message_of(&self, quotation: &str) -> Option<usize> {
        let literal_at = |at: usize| self.literals[..self.literals.partition_point(|literal| literal.start <= at)].last();
        let holding: Vec<&Literal> = memmem::find_iter(self.text.as_bytes(), quotation).filter_map(literal_at).collect();
        let shortest = holding.iter().min_by_key(|literal| literal.length_of_wording)?;
        let of_others = || holding.iter().filter(|literal| literal.message != shortest.message);
        let is_only = of_others().next().is_none();
        let says_nothing_else = shortest.length_of_wording <= quotation.len() + MOST_BYTES_BESIDE
            && of_others().all(|other| other.length_of_wording > shortest.length_of_wording);
        (is_only || says_nothing_else).then_some(shortest.message)
    }
}

#[cfg(test)]
mod tests {
    use crate::read_layers;
    use crate::source::Layer;
    use std::path::Path;

    /// The quotations of a message of the content that is published.
    fn quotations_of(id: &str) -> Vec<String> {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
        let content = read_layers(&[Layer::Folder(&content)]).outcome.expect("valid content");
        let signature = content.knowledge().signatures.iter().find(|signature| signature.id.as_str() == id);
        signature.expect("known message").quotations.iter().cloned().map(String::from).collect()
    }

    #[test]
    fn a_message_is_quoted_by_its_words() {
        assert_eq!(quotations_of("apache-scgi-no-connection"), ["AH00866: failed to make connection to backend"]);
    }

    #[test]
    fn what_several_messages_say_means_none_of_the_sharper_ones() {
        assert!(!quotations_of("apache-status-line-reset").contains(&"AH01102: error reading status line from remote server".to_owned()));
    }
}
