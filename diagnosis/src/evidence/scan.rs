//! One pass over the text that finds every template of the knowledge base.

use super::cues::Cues;
use crate::id::{FormatIndex, SignatureIndex, SystemIndex};
use crate::knowledge::Knowledge;
use crate::template::{Match, Template, TemplateError};
use aho_corasick::Input;
use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use std::collections::HashMap;

/// Looks for all that the knowledge base can recognise.
pub struct Recogniser<'k> {
    pub(super) knowledge: &'k Knowledge,
    /// The kind that suits many patterns; the choice among all kinds would make the page's module larger.
    automaton: NFA,
    /// What each pattern of the automaton may be a part of.
    candidates: Vec<Vec<usize>>,
    sought: Vec<Sought<'k>>,
    pub(super) cues: Cues,
    /// For each format, the messages that the fields of its lines can amount to, with the position of the condition.
    told_by_fields: HashMap<FormatIndex, Vec<(SignatureIndex, usize)>>,
}

/// A template and what it stands for.
struct Sought<'k> {
    template: std::borrow::Cow<'k, Template>,
    target: Target,
}

/// What a template stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A message.
    Signature(SignatureIndex),
    /// A text by which a system shows itself.
    Mark(SystemIndex),
    /// A log line format.
    Format(FormatIndex),
    /// The status of a response.
    Status(u16),
}

/// A template that was found in the text.
#[derive(Clone, Debug)]
pub(super) struct Occurrence {
    pub target: Target,
    pub found: Match,
    /// How specific its template is.
    pub literal_length: usize,
}

/// Why a knowledge base can't be looked for.
#[derive(Debug)]
pub enum UnusableKnowledge {
    /// Too many templates for the automaton.
    Automaton(aho_corasick::BuildError),
    /// A built-in template is wrong.
    Template(TemplateError),
    /// A list is longer than an index can name.
    TooMany,
}

impl std::fmt::Display for UnusableKnowledge {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Automaton(error) => write!(out, "the knowledge base has more templates than the recogniser can hold: {error}"),
            Self::Template(error) => write!(out, "a built-in template is wrong: {error}"),
            Self::TooMany => write!(out, "the knowledge base has more than 65,536 entries of one kind"),
        }
    }
}

impl std::error::Error for UnusableKnowledge {}

impl<'k> Recogniser<'k> {
    /// Prepares the recogniser for all templates of `knowledge`.
    pub fn new(knowledge: &'k Knowledge) -> Result<Self, UnusableKnowledge> {
        let sought = all_sought(knowledge)?;
        let mut shared = HashMap::<&str, usize>::new();
        for anchor in sought.iter().flat_map(|sought| sought.template.anchors()) {
            *shared.entry(anchor).or_default() += 1;
        }
        let mut patterns = Vec::new();
        let mut candidates = Vec::<Vec<usize>>::new();
        let mut known = HashMap::new();
        for (index, sought) in sought.iter().enumerate() {
            let Some(anchor) = rarest_anchor(&sought.template, &shared) else { continue };
            let pattern = *known.entry(anchor.to_owned()).or_insert_with(|| {
                patterns.push(anchor.to_owned());
                candidates.push(Vec::new());
                patterns.len() - 1
            });
            candidates[pattern].push(index);
        }
        // Case is decided by each template; most keep it.
        let automaton = NFA::builder().ascii_case_insensitive(true).build(&patterns).map_err(UnusableKnowledge::Automaton)?;
        Ok(Self { knowledge, automaton, candidates, sought, cues: Cues::of(knowledge), told_by_fields: told_by_fields(knowledge)? })
    }

    /// The messages that the fields of a format's lines can amount to, with the position of the condition.
    pub(super) fn told_by(&self, format: FormatIndex) -> &[(SignatureIndex, usize)] {
        self.told_by_fields.get(&format).map_or(&[], Vec::as_slice)
    }

    /// All templates found in `text`, in the order of their anchors.
    pub(super) fn occurrences(&self, text: &[u8]) -> Vec<Occurrence> {
        let mut occurrences = Vec::new();
        // It fails only for anchored searches, and this is none.
        let hits = self.automaton.try_find_overlapping_iter(Input::new(text)).into_iter().flatten();
        for hit in hits {
            for &candidate in &self.candidates[hit.pattern().as_usize()] {
                let Sought { template, target } = &self.sought[candidate];
                if let Some(found) = template.find_around(text, hit.start()) {
                    occurrences.push(Occurrence { target: *target, found, literal_length: template.literal_length() });
                }
            }
        }
        occurrences
    }
}

/// The literal text of `template` that the fewest templates share; the longest of them.
fn rarest_anchor<'t>(template: &'t Template, shared: &HashMap<&str, usize>) -> Option<&'t str> {
    let long_enough = |anchor: &&str| anchor.trim().len() >= 6;
    let rarity = |anchor: &&str| (usize::MAX - shared.get(anchor).copied().unwrap_or(0), anchor.len());
    template.anchors().filter(long_enough).max_by_key(rarity).or_else(|| template.anchors().max_by_key(|anchor| anchor.len()))
}

fn all_sought(knowledge: &Knowledge) -> Result<Vec<Sought<'_>>, UnusableKnowledge> {
    let mut sought = Vec::new();
    for (position, signature) in knowledge.signatures.iter().enumerate() {
        let index = SignatureIndex::new(position).ok_or(UnusableKnowledge::TooMany)?;
        sought.extend(signature.templates.iter().map(|template| borrowed(template, Target::Signature(index))));
    }
    for (position, system) in knowledge.systems.iter().enumerate() {
        let index = SystemIndex::new(position).ok_or(UnusableKnowledge::TooMany)?;
        sought.extend(system.marks.iter().map(|template| borrowed(template, Target::Mark(index))));
    }
    for (position, format) in knowledge.formats.iter().enumerate() {
        let index = FormatIndex::new(position).ok_or(UnusableKnowledge::TooMany)?;
        sought.push(borrowed(&format.line, Target::Format(index)));
    }
    for code in &knowledge.codes {
        for text in status_texts(code.status, &code.reason) {
            let template = Template::parse(&text).map_err(UnusableKnowledge::Template)?;
            sought.push(Sought { template: std::borrow::Cow::Owned(template), target: Target::Status(code.status) });
        }
    }
    Ok(sought)
}

fn told_by_fields(knowledge: &Knowledge) -> Result<HashMap<FormatIndex, Vec<(SignatureIndex, usize)>>, UnusableKnowledge> {
    let mut told = HashMap::<_, Vec<_>>::new();
    for (position, signature) in knowledge.signatures.iter().enumerate() {
        let index = SignatureIndex::new(position).ok_or(UnusableKnowledge::TooMany)?;
        for (condition, log_line) in signature.log_lines.iter().enumerate() {
            told.entry(log_line.format).or_default().push((index, condition));
        }
    }
    Ok(told)
}

fn borrowed(template: &Template, target: Target) -> Sought<'_> {
    Sought { template: std::borrow::Cow::Borrowed(template), target }
}

/// The texts by which a response's status is recognised: its status line, and its title on a page.
fn status_texts(status: u16, reason: &str) -> Vec<String> {
    let mut texts: Vec<_> = ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/2.0", "HTTP/3"].iter().map(|version| format!("{version} {status}")).collect();
    texts.push(format!("{status} {reason}"));
    // nginx and HAProxy write it so.
    texts.extend(reason.contains("Timeout").then(|| format!("{status} {}", reason.replace("Timeout", "Time-out"))));
    texts.extend(
        ["status", "statusCode", "status_code", "code"].iter().flat_map(|name| [format!("\"{name}\":{status}"), format!("\"{name}\": {status}")]),
    );
    texts.extend(
        ["status code", "status code:", "status:", "HTTP", "HTTP error", "HTTP Error", "Error", "error code", "error code:"]
            .map(|lead| format!("{lead} {status}")),
    );
    texts.extend(["status=", "http_code=", "HTTP/"].map(|lead| format!("{lead}{status}")));
    texts
}
