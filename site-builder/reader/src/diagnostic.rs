//! What is wrong with content: where, what, and what to write instead.

use crate::at::Place;
use crate::source::SourceFile;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use diagnosis::template::TemplateError;

/// A mistake in a file.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Path as people find it, with the folder.
    pub file: String,
    /// Line number, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// Column, in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// Everything that can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are named after what they hold, and each variant says what is wrong")]
pub enum Problem {
    /// The file or folder can't be read.
    Unreadable(String),
    /// The file is not UTF-8.
    NotUtf8,
    /// The file is in no place that `content/README.md` names.
    UnknownFile,
    /// A place that a skeleton left open.
    Unfilled,
    /// A link of the file system that leads back to a folder around it.
    LinkLoop(String),
    /// A file that is larger than any content is.
    TooLarge { bytes: u64, most: u64 },
    /// What content was looked for in is no folder.
    NoFolder,
    /// A file that has to be there is missing.
    MissingFile,
    /// A Markdown file without front matter.
    NoFrontMatter,
    /// The YAML does not parse.
    Yaml(String),
    /// A file in which nothing stands.
    EmptyFile,
    /// A field that stands twice in one entry.
    FieldTwice(String),
    /// A tab that YAML does not take for indentation.
    Tab,
    /// A field that the form does not have.
    UnknownField { field: String, known: Vec<String> },
    /// A field that the form needs.
    MissingField(String),
    /// A value of another type than the form has.
    WrongType(String),
    /// A word that is none of the words allowed there.
    UnknownWord { word: String, known: Vec<String> },
    /// An id that is not made of lower case words and hyphens.
    BadId(String),
    /// An id that another entry has already.
    DuplicateId { id: String, first: String },
    /// A wording of the glossary that belongs to another term already.
    WordingOfTwoTerms { wording: String, other: String },
    /// A reference to something that does not exist.
    UnknownId { kind: &'static str, id: String, advice: String },
    /// A template that can't be read.
    BadTemplate(TemplateError),
    /// A template without literal text that is long enough to be looked for.
    ShortTemplate { longest: usize, may_be_weak: bool },
    /// A message without a sample line.
    NoSample,
    /// A message that says nothing of how it is found.
    NoWording,
    /// A sample line in which its own message is not found.
    SampleNotMatched { id: String, found: Vec<String> },
    /// A sample line whose place is taken by another message.
    SampleStolen { id: String, by: String },
    /// A cause that no message, fact or question leads to.
    UnreachableCause(String),
    /// An expectation without anything that is expected.
    ExpectsNothing,
    /// An expectation that is about a sample and about another text.
    SampleAndEvidence,
    /// An expectation about a sample that the message does not have.
    NoSuchSample { number: usize, samples: usize },
    /// A verdict that is not what its message's author expects.
    NotAsExpected(Box<Unmet>),
    /// A fact or timeout whose source has neither address nor place in code.
    NoSource,
    /// An address that is none.
    BadAddress(String),
    /// A number that is no status code.
    BadStatus(String),
    /// An effort that is none of the three.
    BadEffort(u8),
    /// A colour that is not written as `#0b4a8c`.
    BadColour(String),
    /// A logo that is no SVG.
    BadLogo,
    /// A day that is not written as `2026-11-21`.
    BadDay(String),
    /// A log line format that its own sample does not have.
    FormatNotMatched(String),
    /// An entry without sources.
    NoSources,
    /// An answer that changes nothing.
    OptionWithoutEffect(String),
    /// A hole in a command that is not in `captures.yaml`.
    UnknownHole { hole: String, nearest: Option<String> },
    /// A link to a page that does not exist.
    BrokenLink { to: String, nearest: Option<String> },
    /// A link to a heading that does not exist.
    BrokenAnchor { to: String, nearest: Option<String>, known: Vec<String> },
    /// An old address in `redirects` that no page of the site can have.
    BadRedirect(String),
    /// A template of a page that can't be read or rendered.
    PageTemplate(String),
    /// More entries of one kind than can be numbered.
    TooMany,
    /// Facts that nobody checked for a year.
    Stale(String),
    /// A sentence that is too long to be read in a hurry.
    LongSentence { words: usize, most: usize },
    /// A word that says nothing.
    Filler(String),
    /// A sentence that begins without saying who does what.
    PassiveOpening(String),
    /// A link that leads out of the site, to nowhere by its form.
    OddLink(String),
    /// A paragraph that stands on another page too.
    SameParagraph { first: String },
}

/// An expectation that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// What is another: `cause`, `place`, `shape` or `code`.
    pub what: &'static str,
    /// The id that was expected.
    pub expected: String,
    /// What the verdict says in its place.
    pub came: String,
    /// The text that the verdict is about, such as `the sample in line 5`.
    pub of: String,
    /// Ids of what was recognised in it.
    pub found: Vec<String>,
}

impl Unmet {
    fn message(&self) -> String {
        let Self { what, expected, came, of, found } = self;
        let found = if found.is_empty() { "nothing was recognised".to_owned() } else { format!("recognised: {}", listed(found)) };
        format!("the verdict on {of} names {came}, not the {what} `{expected}` ({found})")
    }
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// There is no site with it.
    Error,
    /// It should be better.
    Warning,
}

impl Diagnostic {
    /// A mistake at a place in a file.
    pub fn new(file: impl Into<String>, place: Place, problem: Problem) -> Self {
        Self { file: file.into(), line: place.line, column: place.column, problem }
    }

    /// The mistake with an excerpt of its file, for a terminal or a log.
    pub fn render(&self, files: &[SourceFile], coloured: bool) -> String {
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
        let path = self.file.clone();
        let title = self.problem.message();
        let help = self.problem.help();
        let text = files.iter().find(|file| file.path == self.file).map(|file| &*file.text);
        let Some(text) = text.filter(|_| self.line > 0) else {
            let place = if self.line > 0 { format!("{path}:{}:{}", self.line, self.column) } else { path };
            return format!("error: {title}\n  --> {place}\n  = help: {help}");
        };
        let span = span_of(text, self.line, self.column);
        let level = match self.problem.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let group = level
            .primary_title(title)
            .element(Snippet::source(text).path(path).fold(true).annotation(AnnotationKind::Primary.span(span)))
            .element(Level::HELP.message(help));
        renderer.render(&[group])
    }
}

/// The bytes of the word at a place.
fn span_of(text: &str, line: usize, column: usize) -> std::ops::Range<usize> {
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line_text = text[line_start..].lines().next().unwrap_or_default();
    let start = line_start + line_text.char_indices().nth(column.saturating_sub(1)).map_or(line_text.len(), |(at, _)| at);
    let length = text[start..].find([' ', ',', '}', ']', '\n', '\r']).unwrap_or(text.len() - start);
    start..start + length.max(1).min(text.len() - start)
}

/// The known name that is nearest to a wrong one, if any is near.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let rated = known.into_iter().map(|name| (strsim::normalized_damerau_levenshtein(wrong, name), name));
    rated.filter(|(similarity, _)| *similarity > 0.6).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name.to_owned())
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// How a value is written, by what was expected.
fn of_type(said: &str) -> &'static str {
    match said {
        A_LIST => "write `- ` before each entry, on lines of their own; or `[one, other]`",
        FIELDS => "write `name: value`, on lines of their own; or `{name: value}`",
        A_TEXT => "write one value, in quotes where it begins with `[`, `{`, `*` or `&`",
        A_YES_OR_NO => "write `true` or `false`, without quotes",
        _ => "`fivexx schema` lists the kinds of files, `fivexx schema KIND` what their fields hold",
    }
}

/// What a value should have been, where the parser says it in its own words.
pub(crate) const A_LIST: &str = "a list is expected here";
pub(crate) const FIELDS: &str = "fields are expected here";
pub(crate) const A_TEXT: &str = "a text is expected here";
pub(crate) const A_YES_OR_NO: &str = "`true` or `false` is expected here";

fn did_you_mean(nearest: Option<&String>, otherwise: &str) -> String {
    nearest.map_or_else(|| otherwise.to_owned(), |name| format!("did you mean `{name}`?"))
}

impl Problem {
    /// A reference to something that is none of `known`; its help names the nearest, or all where they are few.
    pub fn unknown_id<'a>(kind: &'static str, id: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        /// So many ids are read at a glance.
        const FEW: usize = 12;
        let known: Vec<_> = known.into_iter().collect();
        // Status codes are near each other without being meant.
        let near = nearest(id, known.iter().copied().filter(|_| kind != "code"));
        let otherwise = match kind {
            "code" => format!("write a code that has a page, or write codes/{id}.md"),
            "system" | "cause" => format!("write the id of an existing {kind}, or begin it with `fivexx new {kind} {id}`"),
            _ if (1..=FEW).contains(&known.len()) => {
                format!("write one of {}", listed(&known.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()))
            }
            _ => format!("write the id of an existing {kind}, or add it"),
        };
        Self::UnknownId { kind, id: id.to_owned(), advice: did_you_mean(near.as_ref(), &otherwise) }
    }

    /// What is wrong, in one line.
    pub fn message(&self) -> String {
        match self {
            Self::Unreadable(error) => format!("this can't be read: {error}"),
            Self::NotUtf8 => "this is not UTF-8 text".to_owned(),
            Self::UnknownFile => "no kind of content lives here".to_owned(),
            Self::Unfilled => "this was left open".to_owned(),
            Self::LinkLoop(folder) => format!("this link leads back to `{folder}`, which it stands in"),
            Self::TooLarge { bytes, most } => format!("this file has {} KB; at most {} KB are read", bytes / 1024, most / 1024),
            Self::NoFolder => "there is no folder here".to_owned(),
            Self::MissingFile => "this file is missing".to_owned(),
            Self::NoFrontMatter => "the front matter is missing, or does not end".to_owned(),
            Self::EmptyFile => "this file is empty".to_owned(),
            Self::FieldTwice(field) => format!("the field `{field}` stands here twice"),
            Self::Tab => "this is not valid YAML: a tab is used for indentation".to_owned(),
            Self::Yaml(error) => format!("this is not valid YAML: {error}"),
            Self::UnknownField { field, .. } => format!("unknown field `{field}`"),
            Self::MissingField(field) => format!("the field `{field}` is missing"),
            Self::WrongType(error) => format!("a value of the wrong type: {error}"),
            Self::UnknownWord { word, .. } => format!("`{word}` is not a word that can stand here"),
            Self::BadId(id) => format!("`{id}` can't be an id"),
            Self::DuplicateId { id, first } => format!("the id `{id}` is taken already, in {first}"),
            Self::WordingOfTwoTerms { wording, other } => format!("`{wording}` is linked to the term `{other}` already"),
            Self::UnknownId { kind, id, .. } => format!("there is no {kind} `{id}`"),
            Self::BadTemplate(error) => format!("this template can't be read: {error}"),
            Self::ShortTemplate { longest, .. } => format!("the longest literal text of this template has {longest} characters"),
            Self::NoSample => "a message needs a sample line".to_owned(),
            Self::NoWording => "this message has neither `match` nor `line`".to_owned(),
            Self::SampleNotMatched { id, found } if found.is_empty() => format!("`{id}` is not recognised in its own sample"),
            Self::SampleNotMatched { id, found } => format!("`{id}` is not recognised in its own sample, but {}", listed(found)),
            Self::SampleStolen { id, by } => format!("this sample of `{id}` is recognised as `{by}`"),
            Self::UnreachableCause(id) => format!("nothing leads to the cause `{id}`"),
            Self::ExpectsNothing => "an entry of `expect` expects nothing".to_owned(),
            Self::SampleAndEvidence => "an entry of `expect` has both `sample` and `evidence`".to_owned(),
            Self::NoSuchSample { number, samples: 1 } => format!("there is no sample {number}: this message has one"),
            Self::NoSuchSample { number, samples } => format!("there is no sample {number}: this message has {samples}"),
            Self::NotAsExpected(unmet) => unmet.message(),
            Self::NoSource => "this fact has no source".to_owned(),
            Self::BadAddress(address) => format!("`{address}` is no address"),
            Self::BadStatus(status) => format!("`{status}` is no status code"),
            Self::BadEffort(effort) => format!("the effort of a question can't be {effort}"),
            Self::BadColour(colour) => format!("`{colour}` is no colour"),
            Self::BadLogo => "this is no SVG drawing".to_owned(),
            Self::BadDay(day) => format!("`{day}` is no day"),
            Self::FormatNotMatched(id) => format!("the sample of `{id}` does not have its own format"),
            Self::NoSources => "this page has no sources".to_owned(),
            Self::OptionWithoutEffect(id) => format!("the answer `{id}` changes nothing"),
            Self::UnknownHole { hole, .. } => format!("there is no value `{hole}` to fill in"),
            Self::BrokenLink { to, .. } => format!("there is no page `{to}`"),
            Self::BrokenAnchor { to, .. } => format!("there is no heading `{to}`"),
            Self::BadRedirect(from) => format!("`{from}` is no address of this site"),
            Self::PageTemplate(error) => format!("this page template is wrong: {error}"),
            Self::TooMany => "more than 65,536 entries of one kind".to_owned(),
            Self::Stale(day) => format!("the facts were last checked on {day}, more than a year ago"),
            Self::LongSentence { words, most } => format!("this sentence has {words} words; more than {most} are hard to read"),
            Self::Filler(word) => format!("`{word}` says nothing"),
            Self::PassiveOpening(words) => format!("a sentence that begins with `{words}` does not say who acts"),
            Self::OddLink(address) => format!("`{address}` is no address of the web"),
            Self::SameParagraph { first } => format!("the same paragraph stands in {first}"),
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Stale(_) | Self::LongSentence { .. } | Self::Filler(_) | Self::PassiveOpening(_) | Self::OddLink(_) => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// A name for programs, which never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::NotUtf8 => "not-utf8",
            Self::UnknownFile => "unknown-file",
            Self::Unfilled => "unfilled",
            Self::LinkLoop(_) => "link-loop",
            Self::TooLarge { .. } => "too-large",
            Self::NoFolder => "no-folder",
            Self::MissingFile => "missing-file",
            Self::NoFrontMatter => "no-front-matter",
            Self::EmptyFile => "empty-file",
            Self::FieldTwice(_) => "field-twice",
            Self::Tab => "tab",
            Self::Yaml(_) => "yaml",
            Self::UnknownField { .. } => "unknown-field",
            Self::MissingField(_) => "missing-field",
            Self::WrongType(_) => "wrong-type",
            Self::UnknownWord { .. } => "unknown-word",
            Self::BadId(_) => "bad-id",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::WordingOfTwoTerms { .. } => "wording-of-two-terms",
            Self::UnknownId { .. } => "unknown-id",
            Self::BadTemplate(_) => "bad-template",
            Self::ShortTemplate { .. } => "short-template",
            Self::NoSample => "no-sample",
            Self::NoWording => "no-wording",
            Self::BadEffort(_) => "bad-effort",
            Self::SampleNotMatched { .. } => "sample-not-matched",
            Self::SampleStolen { .. } => "sample-stolen",
            Self::UnreachableCause(_) => "unreachable-cause",
            Self::ExpectsNothing => "expects-nothing",
            Self::SampleAndEvidence => "sample-and-evidence",
            Self::NoSuchSample { .. } => "no-such-sample",
            Self::NotAsExpected(_) => "not-as-expected",
            Self::NoSource => "no-source",
            Self::BadAddress(_) => "bad-address",
            Self::BadStatus(_) => "bad-status",
            Self::BadColour(_) => "bad-colour",
            Self::BadLogo => "bad-logo",
            Self::BadDay(_) => "bad-day",
            Self::FormatNotMatched(_) => "format-not-matched",
            Self::NoSources => "no-sources",
            Self::OptionWithoutEffect(_) => "option-without-effect",
            Self::UnknownHole { .. } => "unknown-hole",
            Self::BrokenLink { .. } => "broken-link",
            Self::BrokenAnchor { .. } => "broken-anchor",
            Self::BadRedirect(_) => "bad-redirect",
            Self::PageTemplate(_) => "page-template",
            Self::TooMany => "too-many",
            Self::Stale(_) => "stale",
            Self::LongSentence { .. } => "long-sentence",
            Self::Filler(_) => "filler",
            Self::PassiveOpening(_) => "passive-opening",
            Self::OddLink(_) => "odd-link",
            Self::SameParagraph { .. } => "same-paragraph",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Unreadable(_) => "make the file readable, or remove it".to_owned(),
            Self::NotUtf8 => "save the file as UTF-8".to_owned(),
            Self::UnknownFile => "`fivexx schema` lists every kind of file and where it stands; move the file, or remove it".to_owned(),
            Self::Unfilled => "write what belongs here in place of `…`; `fivexx schema` lists the kinds of files, `fivexx schema KIND` their fields".to_owned(),
            Self::LinkLoop(_) => "remove the link, or let it lead elsewhere".to_owned(),
            Self::TooLarge { .. } => "split it, or move it out of the content folder".to_owned(),
            Self::NoFolder => "correct the path behind `--content`, or write a small knowledge base there with `fivexx init DIR`".to_owned(),
            Self::MissingFile => {
                "every knowledge base that stands alone has it; `fivexx init DIR` writes one, and `--content built-in --content DIR` lays a folder over the built-in knowledge"
                    .to_owned()
            }
            Self::EmptyFile => "write its fields, or remove it; `fivexx schema` lists the kinds of files, `fivexx schema KIND` their fields".to_owned(),
            Self::FieldTwice(_) => "leave one of the two out".to_owned(),
            Self::Tab => "indent this line with spaces".to_owned(),
            Self::NoFrontMatter => "begin the file with a line `---`, the fields, and another line `---`".to_owned(),
            Self::Yaml(_) => {
                "nothing behind this place was read; check quotes and indentation here and on the line before; quote texts that hold `: ` or ` #`"
                    .to_owned()
            }
            Self::UnknownField { field, known } => {
                let near = nearest(field, known.iter().map(String::as_str));
                did_you_mean(near.as_ref(), &format!("the fields are {}", listed(known)))
            }
            Self::MissingField(field) => format!("write `{field}: …`; `fivexx schema` lists the kinds of files, `fivexx schema KIND` their fields"),
            Self::WrongType(said) => of_type(said).to_owned(),
            Self::UnknownWord { word, known } => {
                let near = nearest(word, known.iter().map(String::as_str));
                did_you_mean(near.as_ref(), &format!("write one of {}", listed(known)))
            }
            Self::BadId(_) => "use lower case letters, digits and hyphens, such as `keepalive-race`".to_owned(),
            Self::DuplicateId { .. } => "give one of the two another id, or remove it".to_owned(),
            Self::WordingOfTwoTerms { .. } => "leave it under one of the two terms".to_owned(),
            Self::UnknownId { advice, .. } => advice.clone(),
            Self::BadTemplate(_) => "a hole is `{name}`, `{name:word}`, `{name:number}` or `{name:lines}`; `{?…?}` is an optional part, `{{` and `}}` are braces".to_owned(),
            Self::ShortTemplate { may_be_weak, .. } => {
                let weak = if *may_be_weak { "; or mark the message `weak: true`" } else { "" };
                format!("write more of what the program prints, at least six characters in one piece{weak}")
            }
            Self::NoWording => "add `match:` with what the program prints, such as `'upstream {upstream} refused'`".to_owned(),
            Self::BadEffort(_) => "write 1 for a glance or memory, 2 for a command, 3 for access to another machine or person".to_owned(),
            Self::NoSample => "add `samples:` with a whole line as the program writes it".to_owned(),
            Self::SampleNotMatched { .. } => "correct `match` so that it fits the sample letter by letter, or correct the sample".to_owned(),
            Self::SampleStolen { .. } => "write more literal text into this message's `match`, or less into the other's".to_owned(),
            Self::UnreachableCause(_) => "name it under `causes` of a message, a fact or a question's option".to_owned(),
            Self::ExpectsNothing => "write at least one of `cause`, `place`, `shape` and `code` into it".to_owned(),
            Self::SampleAndEvidence => "leave one of the two out: `sample` is the number of a sample, `evidence` another text".to_owned(),
            Self::NoSuchSample { samples, .. } => {
                format!("write a number from 1 to {samples}, or leave `sample` out: then it is about each sample")
            }
            Self::NotAsExpected(_) => {
                "put the text into a file and run `fivexx diagnose --explain FILE`: it shows what speaks for what; then correct the likelihoods, or what is expected"
                    .to_owned()
            }
            Self::NoSource => "write `source:` with `url:` or `code:`; add `unverified: true` if it could not be confirmed".to_owned(),
            Self::BadAddress(_) => "write it in full, such as `https://nginx.org/en/docs/`".to_owned(),
            Self::BadStatus(_) => "a status is a number from 100 to 999; a message may have a list of them, or `none`, `undocumented` or `any`; a code's file is named `502.md`".to_owned(),
            Self::BadColour(_) => "write red, green and blue as hexadecimal digits, such as `'#0b4a8c'`, in quotes".to_owned(),
            Self::BadLogo => "write the text of an SVG file: `logo: |` and, indented below, `<svg xmlns=\"http://www.w3.org/2000/svg\" …>…</svg>`".to_owned(),
            Self::BadDay(_) => "write year, month and day, such as `2026-11-21`".to_owned(),
            Self::FormatNotMatched(_) => "correct `line` so that it fits the sample letter by letter, or correct the sample".to_owned(),
            Self::NoSources => "add `sources:` with at least one `{title: …, url: …}`".to_owned(),
            Self::OptionWithoutEffect(_) => {
                "give it `causes`, `otherwise`, `code`, `places` or `shapes`; \"I don't know\" is offered anyway".to_owned()
            }
            Self::UnknownHole { nearest, .. } => {
                did_you_mean(nearest.as_ref(), "add it to captures.yaml, or put a space behind the brace: `{ print }`")
            }
            Self::BrokenLink { nearest, .. } => did_you_mean(nearest.as_ref(), "link to a page that exists, or add the page"),
            Self::BrokenAnchor { nearest, known, .. } if known.is_empty() => did_you_mean(nearest.as_ref(), "link to the page itself: it has no headings"),
            Self::BrokenAnchor { nearest, known, .. } => did_you_mean(nearest.as_ref(), &format!("that page has {}", listed(known))),
            Self::BadRedirect(_) => "write the old address from the root of the site, such as `/causes/old-name/`".to_owned(),
            Self::PageTemplate(_) => "correct the template; its name and line are in the message".to_owned(),
            Self::TooMany => "split the knowledge base".to_owned(),
            Self::Stale(_) => "hold the facts against the sources again, then write the day of that".to_owned(),
            Self::LongSentence { .. } => "make two of it".to_owned(),
            Self::Filler(_) => "leave it out".to_owned(),
            Self::PassiveOpening(_) => "begin with who or what acts".to_owned(),
            Self::OddLink(_) => "write the address in full, with `https://` and the name of a host".to_owned(),
            Self::SameParagraph { .. } => "write it once, and link to it".to_owned(),
        }
    }
}
