//! What each entry must hold by itself: templates that can be read, sources, options that change something.

use crate::at::{At, Place};
use crate::diagnostic::{Diagnostic, Problem, nearest};
use crate::draft::Draft;
use crate::form::{DefaultForm, ExpectationForm, FormatForm, MessageForm, OptionForm, Reference, SiteForm, Source, StatusForm};
use diagnosis::command;
use diagnosis::template::Template;

/// The shortest literal text, in characters, by which a message may be looked for.
const SHORTEST_LITERAL: usize = 6;

/// Checks what each message of a draft must hold by itself, whatever else there is.
pub(crate) fn messages(draft: &Draft) -> Vec<Diagnostic> {
    draft.messages.iter().flat_map(|message| of_message(&message.file, &message.form)).collect()
}

/// Checks all other entries of a draft.
pub(crate) fn entries(draft: &Draft) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for format in &draft.formats {
        let wordings = std::iter::once(&format.form.line).chain(format.form.fields.iter().map(|field| &field.wording));
        mistakes.extend(wordings.filter_map(|wording| unreadable(&format.file, wording)));
        mistakes.extend(meanings_without_hole(&format.file, &format.form));
        mistakes.extend(without_source(&format.file, &format.form.source));
    }
    for system in &draft.systems {
        for mark in &system.form.marks {
            mistakes.extend(unreadable(&system.file, &mark.wording).or_else(|| too_short(&system.file, &mark.wording, false)));
            mistakes.extend(without_source(&system.file, &mark.source));
        }
    }
    for timeout in &draft.timeouts {
        mistakes.extend(without_source(&timeout.file, &timeout.form.source));
        if let DefaultForm::Word(word) = &timeout.form.default.value {
            mistakes.extend(not_a_default(&timeout.file, word, timeout.form.default.place));
        }
    }
    for code in &draft.codes {
        if !is_status(&code.id) {
            mistakes.push(Diagnostic::new(&code.file, Place::default(), Problem::BadStatus(code.id.clone())));
        }
        let received = code.form.received.iter().flat_map(|status| wrong_statuses(status).map(|wrong| (status.place, Problem::BadStatus(wrong))));
        mistakes.extend(received.map(|(place, problem)| Diagnostic::new(&code.file, place, problem)));
    }
    for question in &draft.questions {
        if !(1..=3).contains(&question.form.effort.value) {
            mistakes.push(Diagnostic::new(&question.file, question.form.effort.place, Problem::BadEffort(question.form.effort.value)));
        }
        let without_effect = question.form.options.iter().filter(|option| !has_effect(option));
        mistakes.extend(
            without_effect.map(|option| Diagnostic::new(&question.file, option.id.place, Problem::OptionWithoutEffect(option.id.value.clone()))),
        );
    }
    mistakes.extend(draft.site.iter().flat_map(|site| of_site(&draft.site_file, site)));
    mistakes.extend(commands(draft).flat_map(|(file, run)| unknown_holes(draft, file, run)));
    mistakes
        .extend(days(draft).filter(|(_, day)| !is_day(day)).map(|(file, day)| Diagnostic::new(file, day.place, Problem::BadDay(day.value.clone()))));
    mistakes.extend(pages_with_sources(draft).flat_map(|(file, sources)| {
        let wrong = sources.iter().filter(|source| !is_address(&source.url));
        wrong.map(move |source| Diagnostic::new(file, sources.place, Problem::BadAddress(source.url.clone())))
    }));
    mistakes.extend(
        pages_with_sources(draft)
            .filter(|(_, sources)| sources.is_empty())
            .map(|(file, sources)| Diagnostic::new(file, sources.place, Problem::NoSources)),
    );
    mistakes
}

fn of_message(file: &str, form: &MessageForm) -> Vec<Diagnostic> {
    let mut mistakes: Vec<_> = form.wordings.iter().filter_map(|wording| unreadable(file, wording)).collect();
    if mistakes.is_empty() && !form.weak {
        mistakes.extend(form.wordings.iter().filter_map(|wording| too_short(file, wording, true)));
    }
    if form.samples.is_empty() {
        mistakes.push(Diagnostic::new(file, form.id.place, Problem::NoSample));
    }
    if form.wordings.is_empty() && form.log_lines.is_empty() {
        mistakes.push(Diagnostic::new(file, form.id.place, Problem::NoWording));
    }
    mistakes.extend(wrong_statuses(&form.status).map(|status| Diagnostic::new(file, form.status.place, Problem::BadStatus(status))));
    mistakes.extend(
        form.expect.iter().filter_map(|expectation| untestable(form, expectation)).map(|(place, problem)| Diagnostic::new(file, place, problem)),
    );
    mistakes.extend(without_source(file, &form.source));
    mistakes
}

/// An address that is none, colours that are none, and a logo that is no drawing.
fn of_site(file: &str, site: &SiteForm) -> Vec<Diagnostic> {
    let shades = site.colours.chosen().flat_map(|(_, shades)| [&shades.light, &shades.dark]);
    let colours = shades.filter(|shade| !is_colour(shade)).map(|shade| (shade.place, Problem::BadColour(shade.value.clone())));
    let address = Some(&site.base_url).filter(|url| !is_base(url)).map(|url| (url.place, Problem::BadAddress(url.value.clone())));
    let logo = site.logo.iter().filter(|logo| !is_drawing(logo)).map(|logo| (logo.place, Problem::BadLogo));
    colours.chain(logo).chain(address).map(|(place, problem)| Diagnostic::new(file, place, problem)).collect()
}

/// `#0b4a8c` or `#fff`: it goes into a style sheet as it stands.
fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// An SVG that is a file by itself.
fn is_drawing(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("<svg") && text.ends_with("</svg>") && text.contains("xmlns=\"http://www.w3.org/2000/svg\"")
}

/// Why nothing can come of an expectation.
fn untestable(form: &MessageForm, expectation: &At<ExpectationForm>) -> Option<(Place, Problem)> {
    let samples = form.samples.len();
    match &expectation.sample {
        _ if !expectation.claims_something() => Some((expectation.place, Problem::ExpectsNothing)),
        Some(sample) if expectation.evidence.is_some() => Some((sample.place, Problem::SampleAndEvidence)),
        Some(sample) if !(1..=samples).contains(&sample.value) => Some((sample.place, Problem::NoSuchSample { number: sample.value, samples })),
        _ => None,
    }
}

/// Where a site may stand: on the web, or on a machine without a domain.
fn is_base(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !url.contains(char::is_whitespace))
}

/// An address of the web, in full.
pub(crate) fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.contains('.') && !rest.starts_with('.') && !url.contains(char::is_whitespace))
}

/// `2026-11-21`
fn is_day(day: &str) -> bool {
    let parts: Vec<_> = day.split('-').collect();
    let in_range = |text: &str, length: usize, range: std::ops::RangeInclusive<u32>| {
        text.len() == length && text.parse().is_ok_and(|number| range.contains(&number))
    };
    matches!(parts.as_slice(), [year, month, date] if in_range(year, 4, 2000..=2999) && in_range(month, 2, 1..=12) && in_range(date, 2, 1..=31))
}

/// The days of the last checks, with their files.
pub(crate) fn days(draft: &Draft) -> impl Iterator<Item = (&str, &At<String>)> {
    let codes = draft.codes.iter().map(|entry| (entry.file.as_str(), &entry.form.checked));
    let comparisons = draft.comparisons.iter().map(|entry| (entry.file.as_str(), &entry.form.checked));
    let systems = draft.systems.iter().map(|entry| (entry.file.as_str(), &entry.form.checked));
    let causes = draft.causes.iter().map(|entry| (entry.file.as_str(), &entry.form.checked));
    let faq = draft.faq.iter().map(|entry| (entry.file.as_str(), &entry.form.checked));
    let guides = draft.guides.iter().map(|entry| (entry.file.as_str(), &entry.form.checked));
    codes.chain(comparisons).chain(systems).chain(causes).chain(faq).chain(guides)
}

/// The name of a code's file.
fn is_status(name: &str) -> bool {
    name.len() == 3 && name.parse::<u16>().is_ok_and(|status| status >= 100)
}

/// What stands for a status and is neither a number of three digits nor a word for it.
fn wrong_statuses(status: &StatusForm) -> impl Iterator<Item = String> {
    let word = match status {
        StatusForm::Word(word) if !StatusForm::WORDS.contains(&word.as_str()) => Some(word.clone()),
        _ => None,
    };
    let numbers = status.statuses().into_iter().filter(|status| !(100..=999).contains(status));
    word.into_iter().chain(numbers.map(|status| status.to_string()))
}

fn not_a_default(file: &str, word: &str, place: Place) -> Option<Diagnostic> {
    let problem = Problem::WrongType(format!("`{word}` is neither a number, whose unit stands in `unit`, nor `none`"));
    (word != "none").then(|| Diagnostic::new(file, place, problem))
}

fn unreadable(file: &str, wording: &At<String>) -> Option<Diagnostic> {
    let error = Template::parse(wording).err()?;
    Some(Diagnostic::new(file, wording.place, Problem::BadTemplate(error)))
}

/// Meanings of holes that the format's line does not have.
fn meanings_without_hole(file: &str, form: &FormatForm) -> Vec<Diagnostic> {
    let Ok(line) = Template::parse(&form.line) else { return Vec::new() };
    let holes = line.holes();
    let unknown = form.means.iter().filter(|meaning| !holes.contains(&meaning.hole.as_str()));
    let problem = |hole: &str| Problem::unknown_id("hole of `line`", hole, holes.iter().copied());
    unknown.map(|meaning| Diagnostic::new(file, meaning.hole.place, problem(&meaning.hole))).collect()
}

fn too_short(file: &str, wording: &At<String>, may_be_weak: bool) -> Option<Diagnostic> {
    let template = Template::parse(wording).ok()?;
    let longest = template.anchors().map(|anchor| anchor.trim().chars().count()).max().unwrap_or(0);
    (longest < SHORTEST_LITERAL).then(|| Diagnostic::new(file, wording.place, Problem::ShortTemplate { longest, may_be_weak }))
}

fn without_source(file: &str, source: &At<Source>) -> Option<Diagnostic> {
    if let Some(url) = source.url.as_ref().filter(|url| !is_address(url)) {
        return Some(Diagnostic::new(file, source.place, Problem::BadAddress(url.clone())));
    }
    (source.url.is_none() && source.code.is_none()).then(|| Diagnostic::new(file, source.place, Problem::NoSource))
}

fn has_effect(option: &OptionForm) -> bool {
    !option.causes.is_empty() || option.otherwise.is_some() || option.code.is_some() || !option.places.is_empty() || !option.shapes.is_empty()
}

/// All commands that reuse captures, with their files.
fn commands(draft: &Draft) -> impl Iterator<Item = (&str, &At<String>)> {
    let of_causes = draft.causes.iter().flat_map(|cause| {
        let checks = cause.form.checks.iter().map(|check| &check.run);
        checks.chain(cause.form.fixes.iter().filter_map(|fix| fix.run.as_ref())).map(|run| (cause.file.as_str(), run))
    });
    let of_systems = draft.systems.iter().flat_map(|system| system.form.commands.iter().map(|command| (system.file.as_str(), &command.run)));
    let of_codes =
        draft.codes.iter().flat_map(|code| code.form.first_steps.iter().filter_map(|step| step.run.as_ref()).map(|run| (code.file.as_str(), run)));
    of_causes.chain(of_systems).chain(of_codes)
}

fn unknown_holes(draft: &Draft, file: &str, run: &At<String>) -> Vec<Diagnostic> {
    let is_known = |hole: &str| draft.captures.iter().any(|capture| capture.id.as_str() == hole);
    let unknown = command::holes(run).filter(|(_, hole)| !is_known(hole));
    let problem =
        |hole: &str| Problem::UnknownHole { hole: hole.to_owned(), nearest: nearest(hole, draft.captures.iter().map(|capture| capture.id.as_str())) };
    unknown.map(|(_, hole)| Diagnostic::new(file, run.place, problem(hole))).collect()
}

fn pages_with_sources(draft: &Draft) -> impl Iterator<Item = (&str, &At<Vec<Reference>>)> {
    let codes = draft.codes.iter().map(|entry| (entry.file.as_str(), &entry.form.sources));
    let comparisons = draft.comparisons.iter().map(|entry| (entry.file.as_str(), &entry.form.sources));
    let systems = draft.systems.iter().map(|entry| (entry.file.as_str(), &entry.form.sources));
    let causes = draft.causes.iter().map(|entry| (entry.file.as_str(), &entry.form.sources));
    let guides = draft.guides.iter().map(|entry| (entry.file.as_str(), &entry.form.sources));
    codes.chain(comparisons).chain(systems).chain(causes).chain(guides)
}
