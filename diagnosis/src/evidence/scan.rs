//! One pass over the text that finds every template of the knowledge base.

use super::anchors::{Anchors, Commonness, Hit, Numbered};
use super::cues::Cues;
use super::lines::Lines;
use super::number;
use crate::id::{FormatIndex, SignatureIndex, SystemIndex, TermIndex};
use crate::knowledge::{Knowledge, LogLineCondition};
use crate::template::{Census, Effort, Literal, Match, Template, TemplateError};
use std::collections::HashMap;
use std::ops::Range;

/// Looks for all that the knowledge base can recognise.
pub struct Recogniser<'k> {
    pub(super) knowledge: &'k Knowledge,
    anchors: Anchors,
    /// What each anchor may be a part of.
    candidates: Vec<Vec<Candidate>>,
    sought: Vec<Sought<'k>>,
    /// The log line formats without an anchor, which are tried in every line; the most specific first.
    plain_formats: Vec<usize>,
    pub(super) cues: Cues,
    /// Words that speak for causes, by their stems.
    pub(super) terms: HashMap<String, TermIndex>,
    /// For each format, the messages that the fields of its lines can amount to, with the position of the condition.
    told_by_fields: HashMap<FormatIndex, Vec<(SignatureIndex, usize)>>,
    /// For each of `sought` whether it is a format of which a line can tell of a failure though it holds no number of one.
    tells_without_number: Vec<bool>,
    /// Those of them without an anchor.
    plain_telling: Vec<usize>,
}

/// A template that an anchor may be a part of.
#[derive(Clone, Copy)]
struct Candidate {
    sought: usize,
    /// Which of its parts the anchor is.
    part: usize,
}

/// A line has so many anchors that it may be one message over and over.
const MANY_HITS: usize = 16;
/// By what the length of a quotation is divided, so that a wording is always more specific.
const LESS_SPECIFIC: usize = 16;

/// A template and what it stands for.
struct Sought<'k> {
    template: std::borrow::Cow<'k, Template>,
    target: Target,
    literal_length: usize,
    census: Census,
}

impl<'k> Sought<'k> {
    fn new(template: std::borrow::Cow<'k, Template>, target: Target) -> Self {
        Self { literal_length: template.literal_length(), census: Census::of_template(&template), template, target }
    }

    /// Ranks it below all that is not so, whatever its length.
    fn for_want_of_better(self) -> Self {
        Self { literal_length: self.literal_length / LESS_SPECIFIC, ..self }
    }
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
pub(super) struct Occurrence<'r> {
    pub target: Target,
    pub found: Match<'r>,
    /// How specific its template is.
    pub literal_length: usize,
}

/// Why a knowledge base can't be looked for.
#[derive(Debug)]
pub enum UnusableKnowledge {
    /// A built-in template is wrong.
    Template(TemplateError),
    /// A list is longer than an index can name.
    TooMany,
}

impl std::fmt::Display for UnusableKnowledge {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
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
        let commonness = Commonness::of(sought.iter().flat_map(|sought| sought.template.anchors()));
        let (mut numbered, mut candidates, mut plain_formats) = (Numbered::default(), Vec::<Vec<Candidate>>::new(), Vec::new());
        for (index, Sought { template, target, .. }) in sought.iter().enumerate() {
            let Some(anchor) = rarest_literal(template, &commonness) else {
                continue;
            };
            if matches!(target, Target::Format(_)) && commonness.rarest_place(anchor.as_str().as_bytes()).is_none() {
                plain_formats.push(index);
                continue;
            }
            let number = numbered.number(anchor);
            candidates.resize_with(candidates.len().max(number + 1), Vec::new);
            candidates[number].push(Candidate { sought: index, part: template.part_of(anchor) });
        }
        plain_formats.sort_by_key(|index| specificity(&sought, *index));
        let anchors = Anchors::new(numbered.into_literals(), &commonness);
        let told_by_fields = told_by_fields(knowledge)?;
        let needs_number =
            |&(signature, condition): &(SignatureIndex, usize)| needs_number(&knowledge.signatures[signature.position()].log_lines[condition]);
        let tells_without_number = sought.iter().map(|sought| match sought.target {
            Target::Format(format) => told_by_fields.get(&format).is_some_and(|told| !told.iter().all(needs_number)),
            Target::Signature(_) | Target::Mark(_) | Target::Status(_) => false,
        });
        let tells_without_number: Vec<bool> = tells_without_number.collect();
        let plain_telling = plain_formats.iter().copied().filter(|format| tells_without_number[*format]).collect();
        Ok(Self {
            knowledge,
            anchors,
            candidates,
            sought,
            plain_formats,
            cues: Cues::of(knowledge),
            terms: knowledge.resemblance.by_stem(),
            told_by_fields,
            tells_without_number,
            plain_telling,
        })
    }

    /// The messages that the fields of a format's lines can amount to, with the position of the condition.
    pub(super) fn told_by(&self, format: FormatIndex) -> &[(SignatureIndex, usize)] {
        self.told_by_fields.get(&format).map_or(&[], Vec::as_slice)
    }

    /// Where anchors stand in `text`, in order: those of log line formats, and all others.
    pub(super) fn hits(&self, text: &[u8], lines: &Lines) -> (Vec<Hit>, Vec<Hit>) {
        let mut hits = self.anchors.hits(text);
        if self.anchors.has_short() {
            for line in lines.all() {
                self.anchors.short_hits(text, &line, &mut Effort::for_line(line.len()), &mut hits);
            }
        }
        // They are almost in order already.
        hits.sort();
        let is_of = |hit: &Hit, format: bool| self.candidates[hit.anchor].iter().any(|candidate| self.format(candidate.sought).is_some() == format);
        let of_formats = hits.iter().filter(|hit| is_of(hit, true)).copied().collect();
        hits.retain(|hit| is_of(hit, false));
        (of_formats, hits)
    }

    fn format(&self, candidate: usize) -> Option<FormatIndex> {
        match self.sought[candidate].target {
            Target::Format(index) => Some(index),
            Target::Signature(_) | Target::Mark(_) | Target::Status(_) => None,
        }
    }

    /// What is found at the anchors of one line, log line formats apart.
    pub(super) fn occurrences<'r>(&'r self, text: &[u8], line: &Range<usize>, hits: &[Hit], occurrences: &mut Vec<Occurrence<'r>>) {
        let mut effort = Effort::for_line(line.len());
        let mut is_in_line = HashMap::new();
        for hit in hits {
            for candidate in &self.candidates[hit.anchor] {
                let Sought { template, target, literal_length, .. } = &self.sought[candidate.sought];
                if matches!(target, Target::Format(_)) || !template.fits_before(text, candidate.part, hit.start) {
                    continue;
                }
                // In a line of many anchors, a template that the line as a whole does not hold is not tried at each of them.
                let may_be_tried = hits.len() <= MANY_HITS
                    || template.crosses_lines()
                    || *is_in_line.entry(candidate.sought).or_insert_with(|| template.may_be_in(text, line.clone(), &mut effort));
                let found = may_be_tried.then(|| template.find_around(text, hit.start, &mut effort)).flatten();
                occurrences.extend(found.map(|found| Occurrence { target: *target, found, literal_length: *literal_length }));
            }
        }
    }

    /// Whether a line without a message can say something of a failure by its fields: cheaper than reading them.
    pub(super) fn may_tell(&self, text: &[u8], line: &Range<usize>, hits: &[Hit]) -> bool {
        if number::is_in(&text[line.clone()]) {
            return true;
        }
        let anchored = self.formats_at(text, hits).filter(|candidate| self.tells_without_number[*candidate]);
        let mut candidates = anchored.chain(self.plain_telling.iter().copied()).peekable();
        if candidates.peek().is_none() {
            return false;
        }
        let census = Census::of(&text[line.clone()]);
        let mut effort = Effort::for_line(line.len());
        candidates.any(|candidate| {
            let Sought { template, census: least, .. } = &self.sought[candidate];
            census.covers(*least) && template.may_be_in(text, line.clone(), &mut effort)
        })
    }

    /// The formats that some anchors may be a part of.
    fn formats_at(&self, text: &[u8], hits: &[Hit]) -> impl Iterator<Item = usize> {
        let candidates = hits.iter().flat_map(|hit| self.candidates[hit.anchor].iter().map(|candidate| (candidate, hit.start)));
        let fits = |candidate: &Candidate, start: usize| {
            self.format(candidate.sought).is_some() && self.sought[candidate.sought].template.fits_before(text, candidate.part, start)
        };
        candidates.filter(move |(candidate, start)| fits(candidate, *start)).map(|(candidate, _)| candidate.sought)
    }

    /// The most specific log line format that a line has.
    pub(super) fn format_of_line(&self, text: &[u8], line: &Range<usize>, hits: &[Hit], effort: &mut Effort) -> Option<(FormatIndex, Match<'_>)> {
        let mut anchored: Vec<_> = self.formats_at(text, hits).collect();
        anchored.sort_by_key(|candidate| specificity(&self.sought, *candidate));
        anchored.dedup();
        let census = Census::of(&text[line.clone()]);
        let (mut anchored, mut plain) = (anchored.as_slice(), self.plain_formats.as_slice());
        while let Some(candidate) = next_of(&mut anchored, &mut plain, |candidate| specificity(&self.sought, *candidate)) {
            let Sought { template, census: least, .. } = &self.sought[candidate];
            if census.covers(*least)
                && template.may_be_in(text, line.clone(), effort)
                && let Some(found) = template.find_within(text, line.clone(), effort)
            {
                return self.format(candidate).map(|index| (index, found));
            }
        }
        None
    }
}

/// Orders templates with the most specific first.
fn specificity(sought: &[Sought<'_>], candidate: usize) -> (std::cmp::Reverse<usize>, usize) {
    (std::cmp::Reverse(sought[candidate].literal_length), candidate)
}

/// Takes the lesser of the first elements of two sorted lists.
fn next_of<'s, T: Copy, K: Ord>(left: &mut &'s [T], right: &mut &'s [T], key: impl Fn(&T) -> K) -> Option<T> {
    let from_left = match (left.first(), right.first()) {
        (Some(left), Some(right)) => key(left) <= key(right),
        (left, _) => left.is_some(),
    };
    let (first, rest) = if from_left { left.split_first()? } else { right.split_first()? };
    *(if from_left { left } else { right }) = rest;
    Some(*first)
}

/// The literal of `template` that healthy logs and other templates hold least often; of those that are too short to tell, the longest.
fn rarest_literal<'t>(template: &'t Template, commonness: &Commonness) -> Option<&'t Literal> {
    let rarity = |literal: &&Literal| {
        let (cost, _) = commonness.rarest_place(literal.as_str().as_bytes()).unwrap_or((u32::MAX, 0));
        (cost, std::cmp::Reverse(literal.as_str().len()))
    };
    template.literals().min_by_key(rarity)
}

fn all_sought(knowledge: &Knowledge) -> Result<Vec<Sought<'_>>, UnusableKnowledge> {
    let mut sought = Vec::new();
    for (position, signature) in knowledge.signatures.iter().enumerate() {
        let index = SignatureIndex::new(position).ok_or(UnusableKnowledge::TooMany)?;
        sought.extend(signature.templates.iter().map(|template| borrowed(template, Target::Signature(index))));
        let quotations = signature.quotations().map(|quotation| Sought::new(std::borrow::Cow::Owned(quotation), Target::Signature(index)));
        sought.extend(quotations.map(Sought::for_want_of_better));
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
            sought.push(Sought::new(std::borrow::Cow::Owned(template), Target::Status(code.status)));
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

/// Whether a log line fits only if it holds the status of a failure.
fn needs_number(condition: &LogLineCondition) -> bool {
    condition.fields.iter().any(|(name, pattern)| name.as_str() == "status" && pattern.begins_with_one_of(number::FIRST_DIGITS))
}

fn borrowed(template: &Template, target: Target) -> Sought<'_> {
    Sought::new(std::borrow::Cow::Borrowed(template), target)
}

/// The texts by which a response's status is recognised: its status line, and its title on a page.
fn status_texts(status: u16, reason: &str) -> Vec<String> {
    let mut texts: Vec<_> = ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/2.0", "HTTP/3"].iter().map(|version| format!("{version} {status}")).collect();
    texts.push(format!("{status} {reason}"));
    // The headline of CloudFront's pages.
    texts.push(format!("{status} ERROR"));
    // nginx and HAProxy write it so.
    texts.extend(reason.contains("Timeout").then(|| format!("{status} {}", reason.replace("Timeout", "Time-out"))));
    texts.extend(
        ["status", "statusCode", "status_code", "code"].iter().flat_map(|name| [format!("\"{name}\":{status}"), format!("\"{name}\": {status}")]),
    );
    texts.extend(
        [
            "status code",
            "status code:",
            "status:",
            "HTTP",
            "HTTP error",
            "HTTP Error",
            "Error",
            "ERROR",
            "error code",
            "error code:",
            "http_code:",
            "response code:",
        ]
        .map(|lead| format!("{lead} {status}")),
    );
    texts.extend(["status=", "http_code=", "code=", "HTTP/", "<title>", "<h1>"].map(|lead| format!("{lead}{status}")));
    texts
}
