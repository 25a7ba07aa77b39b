//! Reading a file piece by piece: evidence adds up, and of the text only the lines around findings are kept.

use diagnosis::evidence::{Evidence, Recogniser};
use std::collections::BTreeMap;

/// Lines kept on each side of a finding.
const LINES_AROUND: usize = 2;
/// Kept lines are cut to so many bytes.
const LONGEST_LINE: usize = 4_000;
/// A line that is longer than this is read as if it ended here.
const LONGEST_REST: usize = 1 << 20;

/// A file of which some pieces were read.
pub(crate) struct FileReading {
    name: String,
    bytes: usize,
    lines: usize,
    /// What stands behind the last whole line.
    rest: Vec<u8>,
    evidence: Evidence,
    kept: BTreeMap<usize, String>,
}

/// A file that was read.
#[derive(Clone)]
pub(crate) struct ReadFile {
    pub name: String,
    pub bytes: usize,
    pub lines: usize,
    pub evidence: Evidence,
    /// The lines around findings, by number.
    pub kept: BTreeMap<usize, String>,
}

impl FileReading {
    /// Nothing read yet.
    pub fn new(name: String) -> Self {
        Self { name, bytes: 0, lines: 0, rest: Vec::new(), evidence: Evidence::default(), kept: BTreeMap::new() }
    }

    /// Reads on, up to the last whole line.
    pub fn read(&mut self, piece: &[u8], recogniser: &Recogniser<'_>) {
        self.bytes += piece.len();
        self.rest.extend_from_slice(piece);
        let end = self.rest.iter().rposition(|&byte| byte == b'\n').map(|at| at + 1);
        let end = end.or((self.rest.len() > LONGEST_REST).then_some(self.rest.len()));
        if let Some(end) = end {
            let behind = self.rest.split_off(end);
            let whole = std::mem::replace(&mut self.rest, behind);
            self.examine(&whole, recogniser);
        }
    }

    /// Reads what is left.
    pub fn finish(mut self, recogniser: &Recogniser<'_>) -> ReadFile {
        let rest = std::mem::take(&mut self.rest);
        self.examine(&rest, recogniser);
        let Self { name, bytes, lines, evidence, kept, .. } = self;
        ReadFile { name, bytes, lines, evidence, kept }
    }

    fn examine(&mut self, text: &[u8], recogniser: &Recogniser<'_>) {
        if text.is_empty() {
            return;
        }
        let known = self.evidence.findings.len();
        self.evidence.merge(recogniser.examine(text), self.lines);
        let lines: Vec<&[u8]> = text.strip_suffix(b"\n").unwrap_or(text).split(|&byte| byte == b'\n').collect();
        for line in self.evidence.findings[known..].iter().filter_map(|finding| Some(finding.at?.line)) {
            for near in line.saturating_sub(LINES_AROUND)..=line + LINES_AROUND {
                if let Some(content) = near.checked_sub(self.lines + 1).and_then(|position| lines.get(position)) {
                    self.kept.insert(near, readable(content));
                }
            }
        }
        self.lines += lines.len();
    }
}

fn readable(line: &[u8]) -> String {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    String::from_utf8_lossy(&line[..line.len().min(LONGEST_LINE)]).into_owned()
}
