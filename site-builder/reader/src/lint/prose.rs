//! Paragraphs and sentences of Markdown, and what makes them hard to read.

use crate::at::Place;
use crate::check::is_address;
use crate::diagnostic::Problem;

/// More words are not taken in at one reading.
const MOST_WORDS: usize = 30;

/// Words that can be left out of any sentence.
const FILLERS: [&str; 16] = [
    "basically",
    "obviously",
    "of course",
    "in order to",
    "please note",
    "needless to say",
    "it is important to note",
    "it should be noted",
    "as mentioned",
    "essentially",
    "leverage",
    "utilize",
    "seamlessly",
    "robustly",
    "quite simply",
    "at the end of the day",
];

/// A paragraph or list entry of prose.
pub(super) struct Paragraph {
    /// The line on which it begins, from 1.
    pub first_line: usize,
    /// Its text, line breaks kept.
    pub text: String,
}

impl Paragraph {
    /// The place in the file of a byte of the text.
    pub fn place(&self, at: usize) -> Place {
        let before = self.text.get(..at).unwrap_or_default();
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Place { line: self.first_line + before.matches('\n').count(), column }
    }
}

/// The prose of a Markdown file: no front matter, code, tables, headings.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let (mut in_front_matter, mut in_code, mut is_open) = (text.starts_with("---"), false, false);
    for (number, line) in text.lines().enumerate() {
        let trimmed = line.trim_start();
        if in_front_matter {
            in_front_matter = number == 0 || !line.starts_with("---");
            continue;
        }
        let is_fence = trimmed.starts_with("```");
        in_code ^= is_fence;
        let is_prose = !is_fence && !in_code && !trimmed.is_empty() && !trimmed.starts_with(['|', '#', '<']) && !line.starts_with("    ");
        let begins_entry =
            trimmed.starts_with("- ") || trimmed.starts_with("* ") || trimmed.split_once(". ").is_some_and(|(number, _)| is_number(number));
        match paragraphs.last_mut() {
            Some(paragraph) if is_prose && is_open && !begins_entry => {
                paragraph.text.push('\n');
                paragraph.text.push_str(line);
            }
            _ if is_prose => paragraphs.push(Paragraph { first_line: number + 1, text: line.to_owned() }),
            _ => {}
        }
        is_open = is_prose;
    }
    paragraphs
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The addresses of links that are none: to the web, by their form alone, for nothing is asked.
pub(super) fn odd_addresses(paragraph: &Paragraph) -> Vec<(Place, Problem)> {
    let text = without_code(&paragraph.text);
    let addresses = text.match_indices("](").filter_map(|(at, opening)| {
        let from = at + opening.len();
        let address = text[from..].split(')').next()?;
        let leads_elsewhere = !address.starts_with(['/', '#']) && !address.starts_with("mailto:");
        (leads_elsewhere && !is_address(address)).then(|| (paragraph.place(from), Problem::OddLink(address.to_owned())))
    });
    addresses.collect()
}

/// What is wrong with the sentences of a paragraph, with its place.
pub(super) fn sentences(paragraph: &Paragraph) -> Vec<(Place, Problem)> {
    let text = without_code(&paragraph.text);
    let mut problems = Vec::new();
    for (start, sentence) in split(&text) {
        let words: Vec<&str> = sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
        if words.len() > MOST_WORDS {
            problems.push((paragraph.place(start), Problem::LongSentence { words: words.len(), most: MOST_WORDS }));
        }
        problems.extend(passive_opening(&words).map(|opening| (paragraph.place(start), Problem::PassiveOpening(opening))));
    }
    let lower = text.to_ascii_lowercase();
    for filler in FILLERS {
        problems.extend(
            lower
                .match_indices(filler)
                .filter(|(at, _)| stands_alone(&lower, *at, filler.len()))
                .map(|(at, _)| (paragraph.place(at), Problem::Filler(filler.to_owned()))),
        );
    }
    problems
}

/// Code counts as one word and holds no sentences; every byte keeps its place.
fn without_code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (number, piece) in text.split('`').enumerate() {
        match number {
            0 => out.push_str(piece),
            _ if number % 2 == 1 => out.extend(std::iter::once('x').chain(piece.bytes().map(|byte| if byte == b'\n' { '\n' } else { 'x' }))),
            _ => {
                out.push('x');
                out.push_str(piece);
            }
        }
    }
    out
}

/// Sentences with the byte at which each begins.
fn split(text: &str) -> Vec<(usize, &str)> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let ends = text.match_indices(['.', '?', '!', ':']).map(|(at, _)| at + 1).filter(|&end| text[end..].starts_with([' ', '\n']));
    for end in ends.chain([text.len()]) {
        let sentence = &text[start..end];
        let blank = sentence.len() - sentence.trim_start().len();
        if !sentence.trim().is_empty() {
            sentences.push((start + blank, sentence.trim()));
        }
        start = end;
    }
    sentences
}

/// `It is recommended`, `There are`: an opening that names nobody.
fn passive_opening(words: &[&str]) -> Option<String> {
    let names_nobody = match words {
        ["There", "is" | "are" | "was" | "were", ..] => 2,
        ["It", "is" | "was", participle, ..] if participle.ends_with("ed") => 3,
        ["It", "is" | "was", "found" | "known" | "said" | "seen" | "shown" | "thought" | "understood", "that", ..] => 3,
        ["It", "can" | "should" | "must" | "may", "be", participle, ..] if participle.ends_with("ed") => 4,
        _ => return None,
    };
    Some(words[..names_nobody].join(" "))
}

fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    !is_letter(text[..at].chars().next_back()) && !is_letter(text[at + length..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<(usize, usize, &'static str)> {
        let found = paragraphs(text).iter().flat_map(sentences).collect::<Vec<_>>();
        found.iter().map(|(place, problem)| (place.line, place.column, problem.code())).collect()
    }

    #[test]
    fn long_sentences_are_found_where_they_begin() {
        let long = "word ".repeat(31);
        assert_eq!(problems(&format!("---\na: b\n---\nShort one. {long}.\n")), [(4, 12, "long-sentence")]);
        assert_eq!(problems(&format!("```\n{long}\n```\n| {long} |\n")), []);
    }

    #[test]
    fn addresses_of_the_web_are_held_against_their_form() {
        let found = |text: &str| paragraphs(text).iter().flat_map(odd_addresses).map(|(place, _)| (place.line, place.column)).collect::<Vec<_>>();
        assert_eq!(found("See [a](http://nowhere), [b](htps://a.example/)\nand [c](https://a b.example/)."), [(1, 9), (1, 30), (2, 9)]);
        assert_eq!(found("See [a](https://a.example/), [b](/502/), [c](#d), `[e](f)`."), []);
    }

    #[test]
    fn fillers_and_openings_are_found_outside_code() {
        assert_eq!(problems("Do this in order to win."), [(1, 9, "filler")]);
        assert_eq!(problems("Run `in order to`."), []);
        assert_eq!(problems("Look.\nIt is recommended to wait."), [(2, 1, "passive-opening")]);
        assert_eq!(problems("It was found that it fails."), [(1, 1, "passive-opening")]);
        assert_eq!(problems("It is slow."), []);
    }
}
