//! Places that a skeleton left open, written as `…`.

use crate::at::Place;
use crate::diagnostic::{Diagnostic, Problem};
use crate::source::SourceFile;

/// What stands around the mark where it is a whole value.
const OPEN_VALUES: [&str; 6] = [": …\n", ": '…'\n", "- …\n", "- '…'\n", ": …,", ": …}"];
const OPEN_ADDRESS: &str = "'https://…'";

/// Checks all files.
pub(crate) fn unfilled(files: &[SourceFile]) -> Vec<Diagnostic> {
    files.iter().flat_map(of_file).collect()
}

fn of_file(file: &SourceFile) -> Vec<Diagnostic> {
    if !file.text.contains('…') {
        return Vec::new();
    }
    let is_markdown = file.within.ends_with(".md");
    let mut in_fields = true;
    let mut mistakes = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        in_fields &= !(is_markdown && number > 0 && line.starts_with("---"));
        if is_open(line, in_fields) {
            let column = line.find('…').map_or(1, |at| line[..at].chars().count() + 1);
            mistakes.push(Diagnostic::new(&file.path, Place { line: number + 1, column }, Problem::Unfilled));
        }
    }
    mistakes
}

fn is_open(line: &str, in_fields: bool) -> bool {
    let without_comment = line.split(" #").next().unwrap_or_default().trim();
    let value = format!("{without_comment}\n");
    let is_comment = without_comment.starts_with('#');
    let is_open_field = in_fields && (OPEN_VALUES.iter().any(|open| value.contains(open)) || value.contains(OPEN_ADDRESS));
    !is_comment && (without_comment == "…" || is_open_field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_mark_that_is_the_whole_value_is_open() {
        for open in
            ["title: …   # as people search for it", "  - '…'", "  - {title: …, url: 'https://nginx.org/'}", "  - {title: a, url: 'https://…'}"]
        {
            assert!(is_open(open, true), "{open}");
        }
        for filled in ["title: 'tls: …'", "# title: …", "summary: Waits … and gives up."] {
            assert!(!is_open(filled, true), "{filled}");
        }
        assert!(is_open("…", false));
        assert!(!is_open("in prose: …", false));
    }
}
