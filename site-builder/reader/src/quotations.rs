//! Short quotations: how people name a message when they don't paste its line, such as "AH01102: error reading status line from remote server".
//!
//! A message's longest literal is one, if it is long enough to be no chance, and stands in no other message.

use diagnosis::knowledge::Signature;
use memchr::memmem;
use std::collections::BTreeMap;

/// Of several messages that hold a quotation, it means the one that says hardly anything else: at most so many bytes.
const MOST_BYTES_BESIDE: usize = 10;

/// Adds to each message the quotation that means it and no other.
pub(crate) fn add(signatures: &mut [Signature]) {
    let literals = Literals::of(signatures);
    let mut quotations = BTreeMap::<String, (usize, u8)>::new();
    let failures = signatures.iter().enumerate().filter(|(_, signature)| signature.is_failure() && !signature.weak && !signature.corroborates);
    for (index, signature) in failures {
        for (template, position) in signature.templates.iter().zip(0..) {
            let Some(lower) = template.quotation().map(|quotation| String::from(quotation).to_lowercase()) else { continue };
            if !quotations.contains_key(&lower) && literals.message_of(&lower) == Some(index) {
                quotations.insert(lower, (index, position));
            }
        }
    }
    for (index, position) in quotations.into_values() {
        signatures[index].quoted.push(position);
    }
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
    use crate::timings::Timings;
    use std::path::Path;

    /// The quotations of a message of the content that is published.
    fn quotations_of(id: &str) -> Vec<String> {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
        let content = read_layers(&[Layer::Folder(&content)], &Timings::default()).outcome.expect("valid content");
        let signature = content.knowledge().signatures.iter().find(|signature| signature.id.as_str() == id);
        signature.expect("known message").quotations().map(String::from).collect()
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
