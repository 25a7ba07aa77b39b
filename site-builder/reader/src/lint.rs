//! What is right and should be better: facts that nobody checked for a year, and prose that is hard to read in a hurry.

mod prose;

use crate::Content;
use crate::check;
use crate::diagnostic::{Diagnostic, Problem};
use crate::source::SourceFile;
use std::collections::HashMap;

/// Everything that should be better, sorted by file and line; `today` is written as `2026-11-21`.
pub fn warnings(content: &Content, files: &[SourceFile], today: &str) -> Vec<Diagnostic> {
    let a_year_ago = a_year_before(today);
    let stale = check::days(content.entries()).filter(|(_, day)| day.as_str() < a_year_ago.as_str());
    let mut warnings: Vec<_> = stale.map(|(file, day)| Diagnostic::new(file, day.place, Problem::Stale(day.value.clone()))).collect();
    let mut first_places = HashMap::new();
    for file in files.iter().filter(|file| file.within.ends_with(".md")) {
        for paragraph in prose::paragraphs(&file.text) {
            let found = prose::sentences(&paragraph).into_iter().chain(prose::odd_addresses(&paragraph));
            warnings.extend(found.map(|(place, problem)| Diagnostic::new(&file.path, place, problem)));
            warnings.extend(repeated(&mut first_places, file, &paragraph));
        }
    }
    crate::sorted(warnings)
}

/// The same day of the year before. Days are compared as text, so one that no calendar has does no harm.
fn a_year_before(day: &str) -> String {
    let (year, rest) = day.split_once('-').unwrap_or((day, ""));
    format!("{:04}-{rest}", year.parse::<u16>().unwrap_or_default().saturating_sub(1))
}

/// A paragraph that another file has too.
fn repeated(first_places: &mut HashMap<String, String>, file: &SourceFile, paragraph: &prose::Paragraph) -> Option<Diagnostic> {
    /// Shorter ones are phrases that every such page needs.
    const SHORTEST: usize = 120;
    let text = paragraph.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.len() < SHORTEST {
        return None;
    }
    match first_places.get(&text) {
        Some(first) => {
            let first = first.clone();
            Some(Diagnostic::new(&file.path, paragraph.place(0), Problem::SameParagraph { first }))
        }
        None => {
            first_places.insert(text, format!("{}:{}", file.path, paragraph.first_line));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_before_is_the_same_day() {
        assert_eq!(a_year_before("2026-11-21"), "2025-11-21");
    }
}
