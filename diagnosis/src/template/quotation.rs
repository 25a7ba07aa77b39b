//! How people name a message when they don't paste its line: by the words that stand in it whatever its values are.

use super::Template;

/// A quotation has at least so many bytes and words.
const LEAST_BYTES: usize = 24;
const LEAST_WORDS: usize = 3;
/// What belongs to a line of a log or a page.
const NEVER_QUOTED: [char; 10] = ['"', '<', '>', '{', '}', '[', ']', '(', ')', '='];
/// Words have at least so many letters.
const LEAST_LETTERS: usize = 2;

impl Template {
    /// Its longest literal without what surrounds the words, if it has other parts; `None` where that could be anything.
    pub fn quotation(&self) -> Option<Self> {
        let longest = self.anchors().max_by_key(|literal| literal.len())?;
        let trimmed = longest.trim_matches(|letter: char| !letter.is_alphanumeric());
        let words = trimmed.split(' ').filter(|word| word.chars().filter(|letter| letter.is_alphabetic()).count() >= LEAST_LETTERS).count();
        let is_a_part = trimmed.len() < self.literal_length();
        // A number is a value of one case; a first word such as `AH01102:` is the message's name.
        let (_, behind_first) = trimmed.split_once(' ')?;
        let has_value = behind_first.contains(|letter: char| letter.is_ascii_digit());
        let is_plain = trimmed.starts_with(|letter: char| letter.is_alphabetic()) && !trimmed.contains(NEVER_QUOTED) && !has_value;
        let is_telling = is_a_part && is_plain && trimmed.len() >= LEAST_BYTES && words >= LEAST_WORDS;
        is_telling.then(|| Self::parse(trimmed).ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotation_of(template: &str) -> Option<String> {
        Template::parse(template).ok()?.quotation().map(String::from)
    }

    #[test]
    fn a_message_is_quoted_by_the_words_that_never_change() {
        assert_eq!(
            quotation_of("AH00866: failed to make connection to backend: {host}").as_deref(),
            Some("AH00866: failed to make connection to backend")
        );
    }

    #[test]
    fn what_could_be_anything_is_no_quotation() {
        for template in ["connect() to {address} failed", "{host} is 503 Service Unavailable", "no such file", "upstream sent no valid header at all"]
        {
            assert_eq!(quotation_of(template), None, "{template}");
        }
    }
}
