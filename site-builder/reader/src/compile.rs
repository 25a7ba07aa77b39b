//! From a draft whose references were checked to the engine's knowledge.

use crate::at::Place;
use crate::diagnostic::{Diagnostic, Problem};
use crate::draft::Draft;
use crate::form::{CueForm, DefaultForm, InGatewayForm, LogLineForm, MessageForm, OptionForm, StandsIn, Words};
use crate::parallel;
use crate::quotations;
use crate::resemblance;
use diagnosis::id::{
    CaptureName, CauseId, CauseIndex, CueId, FactId, FormatId, FormatIndex, OptionId, PlaceId, PlaceIndex, QuestionId, ShapeId, ShapeIndex,
    SignatureId, SignatureIndex, SystemId, SystemIndex,
};
use diagnosis::knowledge::{
    Advice, Answer, Capture, Cause, Check, Code, Cue, FactMeaning, FieldPattern, Fix, Format, InGateway, Knowledge, Known, LogLineCondition,
    MessageWords, Place as KnownPlace, Question, Refinement, Shape, Signature, Surroundings, System, Timeout, Weighted, WordPattern,
};
use diagnosis::likelihood::Likelihood;
use diagnosis::resemblance::Resemblance;
use diagnosis::template::Template;
use std::collections::HashMap;

/// What takes longest to make, where it is at hand because nothing changed that it is made of.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Made<'k> {
    pub signatures: Option<&'k [Signature]>,
    pub resemblance: Option<&'k Resemblance>,
}

/// Compiles a draft. Only a list that is too long can fail.
pub(crate) fn knowledge(draft: &Draft, made: Made<'_>) -> Result<Knowledge, Diagnostic> {
    compile(draft, made).ok_or_else(|| Diagnostic::new("", Place::default(), Problem::TooMany))
}

/// Positions by id.
struct Names<'d> {
    places: HashMap<&'d str, usize>,
    shapes: HashMap<&'d str, usize>,
    systems: HashMap<&'d str, usize>,
    causes: HashMap<&'d str, usize>,
    messages: HashMap<&'d str, usize>,
    formats: HashMap<&'d str, usize>,
}

fn positions<'d>(ids: impl Iterator<Item = &'d str>) -> HashMap<&'d str, usize> {
    ids.enumerate().map(|(position, id)| (id, position)).collect()
}

impl<'d> Names<'d> {
    fn of(draft: &'d Draft) -> Self {
        Self {
            places: positions(draft.places.iter().map(|place| place.id.as_str())),
            shapes: positions(draft.shapes.iter().map(|shape| shape.id.as_str())),
            systems: positions(draft.systems.iter().map(|system| system.id.as_str())),
            causes: positions(draft.causes.iter().map(|cause| cause.id.as_str())),
            messages: positions(draft.messages.iter().map(|message| message.form.id.as_str())),
            formats: positions(draft.formats.iter().map(|format| format.form.id.as_str())),
        }
    }

    fn place(&self, id: &str) -> Option<PlaceIndex> {
        PlaceIndex::new(*self.places.get(id)?)
    }

    fn shape(&self, id: &str) -> Option<ShapeIndex> {
        ShapeIndex::new(*self.shapes.get(id)?)
    }

    fn system(&self, id: &str) -> Option<SystemIndex> {
        SystemIndex::new(*self.systems.get(id)?)
    }

    fn message(&self, id: &str) -> Option<SignatureIndex> {
        SignatureIndex::new(*self.messages.get(id)?)
    }

    fn causes(&self, words: &Words) -> Option<Weighted<CauseIndex>> {
        words.iter().map(|word| Some((CauseIndex::new(*self.causes.get(word.id.as_str())?)?, word.likelihood))).collect()
    }

    fn places(&self, words: &Words) -> Option<Weighted<PlaceIndex>> {
        words.iter().map(|word| Some((self.place(&word.id)?, word.likelihood))).collect()
    }

    fn shapes(&self, words: &Words) -> Option<Weighted<ShapeIndex>> {
        words.iter().map(|word| Some((self.shape(&word.id)?, word.likelihood))).collect()
    }
}

fn compile(draft: &Draft, made: Made<'_>) -> Option<Knowledge> {
    let names = Names::of(draft);
    let (signatures, resemblance) = parallel::both(
        || made.signatures.map_or_else(|| signatures(draft, &names), |made| Some(made.to_vec())),
        || made.resemblance.cloned().unwrap_or_else(|| resemblance::of(draft)),
    );
    let signatures = signatures?;
    Some(Knowledge {
        places: draft.places.iter().map(|form| place(&names, form)).collect::<Option<_>>()?,
        shapes: draft
            .shapes
            .iter()
            .map(|form| Shape { id: ShapeId::new(&*form.id.value), name: form.name.clone(), means: form.means.clone(), says: form.says.clone() })
            .collect(),
        codes: draft.codes.iter().map(|entry| code(&names, entry)).collect::<Option<_>>()?,
        systems: draft.systems.iter().map(|entry| system(&names, entry)).collect::<Option<_>>()?,
        causes: draft.causes.iter().map(|entry| cause(&names, draft, entry)).collect::<Option<_>>()?,
        signatures,
        formats: draft.formats.iter().map(|format| log_format(&names, format)).collect::<Option<_>>()?,
        facts: draft.facts.iter().map(|entry| fact(&names, entry)).collect::<Option<_>>()?,
        cues: draft.cues.iter().map(|(_, form)| cue(&names, form)).collect::<Option<_>>()?,
        vocabulary: draft.words.vocabulary.clone(),
        word_classes: draft.words.classes.clone(),
        resemblance,
        questions: draft.questions.iter().map(|entry| question(&names, entry)).collect::<Option<_>>()?,
        timeouts: draft.timeouts.iter().filter_map(|listed| timeout(&names, listed)).collect(),
        captures: draft
            .captures
            .iter()
            .map(|form| Capture { name: CaptureName::new(&*form.id.value), placeholder: form.placeholder.clone() })
            .collect(),
    })
}

fn place(names: &Names<'_>, form: &crate::form::PlaceForm) -> Option<KnownPlace> {
    let instead_of = match &form.instead_of {
        Some(id) => Some(names.place(id)?),
        None => None,
    };
    Some(KnownPlace { id: PlaceId::new(&*form.id.value), name: form.name.clone(), answers: form.answers, usual: form.usual, instead_of })
}

fn code(names: &Names<'_>, entry: &crate::draft::Entry<crate::form::CodeForm>) -> Option<Code> {
    let form = &entry.form;
    Some(Code {
        status: entry.id.parse().ok()?,
        reason: form.title.clone(),
        places: names.places(&form.who_sends)?,
        shapes: names.shapes(&form.shapes)?,
    })
}

fn system(names: &Names<'_>, entry: &crate::draft::Entry<crate::form::SystemForm>) -> Option<System> {
    let form = &entry.form;
    let built_on = match &form.built_on {
        Some(id) => Some(names.system(id)?),
        None => None,
    };
    Some(System {
        id: SystemId::new(&entry.id),
        name: form.name.clone(),
        place: names.place(&form.place)?,
        answers: form.kind.answers(),
        built_on,
        machine: form.machine,
        marks: form.marks.iter().map(mark).collect::<Option<_>>()?,
        called: std::iter::once(&entry.id).chain(&form.called).map(|name| name_pattern(name)).collect(),
    })
}

/// Header names have no letter case, and HTTP/2 writes them small.
fn mark(mark: &crate::form::Mark) -> Option<Template> {
    let template = Template::parse(&mark.wording).ok()?;
    Some(if mark.stands_in == StandsIn::Header { template.ignoring_case() } else { template })
}

fn cause(names: &Names<'_>, draft: &Draft, entry: &crate::draft::Entry<crate::form::CauseForm>) -> Option<Cause> {
    let form = &entry.form;
    Some(Cause {
        id: CauseId::new(&entry.id),
        title: form.title.clone(),
        codes: form.codes.iter().map(|word| (word.id.value, word.likelihood)).collect(),
        shapes: names.shapes(&form.shapes)?,
        places: names.places(&form.places)?,
        advice: Advice {
            summary: form.summary.clone(),
            checks: form.checks.iter().map(check).chain(checks_of_systems(draft, &entry.id)).collect(),
            fixes: form.fixes.iter().map(fix).collect(),
            prevention: form.prevention.clone(),
        },
    })
}

fn check(form: &crate::form::CheckForm) -> Check {
    Check {
        command: form.run.value.clone(),
        on: form.on,
        with: form.with.as_ref().map(|system| system.value.clone()).unwrap_or_default(),
        is_of_system: false,
        why: form.shows.trim().to_owned(),
    }
}

/// The commands of systems that confirm the cause.
fn checks_of_systems<'d>(draft: &'d Draft, cause: &'d str) -> impl Iterator<Item = Check> + 'd {
    let commands = draft.systems.iter().flat_map(|system| system.form.commands.iter().map(move |command| (&system.id, command)));
    commands.filter(move |(_, command)| command.confirms.iter().any(|id| id.as_str() == cause)).map(|(system, command)| Check {
        command: command.run.value.clone(),
        on: Surroundings::Any,
        with: system.clone(),
        is_of_system: true,
        why: command.shows.trim().to_owned(),
    })
}

fn fix(form: &crate::form::Fix) -> Fix {
    Fix {
        action: form.action.trim().to_owned(),
        command: form.run.as_ref().map(|run| run.value.trim_end().to_owned()).unwrap_or_default(),
        config: form.config.as_ref().map(|config| config.text.trim_end().to_owned()).unwrap_or_default(),
    }
}

fn signatures(draft: &Draft, names: &Names<'_>) -> Option<Vec<Signature>> {
    let mut signatures: Vec<_> = draft.messages.iter().map(|message| signature(names, &message.system, &message.form)).collect::<Option<_>>()?;
    quotations::add(&mut signatures);
    Some(signatures)
}

fn signature(names: &Names<'_>, system: &str, form: &MessageForm) -> Option<Signature> {
    let refinements = form.refine.iter().flat_map(|refinement| refinement.when.0.iter().map(move |(capture, is)| (capture, is, &refinement.causes)));
    Some(Signature {
        id: SignatureId::new(&*form.id.value),
        system: names.system(system)?,
        words: MessageWords { title: form.title.clone(), summary: form.summary.clone() },
        templates: form.wordings.iter().map(|wording| Template::parse(wording).ok()).collect::<Option<_>>()?,
        quoted: Vec::new(),
        log_lines: form.log_lines.iter().map(|condition| log_line(names, condition)).collect::<Option<_>>()?,
        weak: form.weak,
        corroborates: form.corroborates,
        tells_no_reason: form.tells_no_reason,
        statuses: form.status.statuses(),
        place: match &form.place {
            Some(id) => Some(names.place(id)?),
            None => None,
        },
        shape: match &form.shape {
            Some(id) => Some(names.shape(id)?),
            None => None,
        },
        causes: names.causes(&form.causes)?,
        refinements: refinements
            .map(|(capture, is, causes)| Some(Refinement { capture: CaptureName::new(capture), is: *is, causes: names.causes(causes)? }))
            .collect::<Option<_>>()?,
        follows_from: form.follows_from.iter().map(|id| names.message(id)).collect::<Option<_>>()?,
        in_gateway: match &form.in_gateway {
            Some(form) => Some(in_gateway(names, form)?),
            None => None,
        },
    })
}

fn in_gateway(names: &Names<'_>, form: &InGatewayForm) -> Option<InGateway> {
    Some(InGateway { statuses: form.status.statuses(), shape: names.shape(&form.shape)?, causes: names.causes(&form.causes)? })
}

fn log_line(names: &Names<'_>, form: &LogLineForm) -> Option<LogLineCondition> {
    let format = FormatIndex::new(*names.formats.get(form.format.as_str())?)?;
    let fields = form.fields.iter().map(|(name, pattern)| (CaptureName::new(name), FieldPattern::new(pattern)));
    Some(LogLineCondition { format, fields: fields.collect() })
}

fn log_format(names: &Names<'_>, format: &crate::draft::Listed<crate::form::FormatForm>) -> Option<Format> {
    let form = &format.form;
    Some(Format {
        id: FormatId::new(&*form.id.value),
        system: names.system(&format.system)?,
        line: Template::parse(&form.line).ok()?,
        fields: form.fields.iter().map(|field| Template::parse(&field.wording).ok()).collect::<Option<_>>()?,
        identifies: form.identifies,
    })
}

/// A time limit as the engine wants it; `None` for what is no time or has no limit.
fn timeout(names: &Names<'_>, timeout: &crate::draft::Listed<crate::form::TimeoutForm>) -> Option<Timeout> {
    let DefaultForm::Number(default) = timeout.form.default.value else { return None };
    let milliseconds = default * timeout.form.unit.milliseconds()?;
    let system = names.system(&timeout.system)?;
    (0.0..f64::from(u32::MAX)).contains(&milliseconds).then(|| Timeout {
        system,
        setting: timeout.form.setting.clone(),
        milliseconds: milliseconds as u32,
    })
}

fn fact(names: &Names<'_>, entry: &crate::draft::Entry<crate::form::FactForm>) -> Option<FactMeaning> {
    let form = &entry.form;
    Some(FactMeaning {
        id: FactId::new(&entry.id),
        title: form.title.clone(),
        places: names.places(&form.places)?,
        shapes: names.shapes(&form.shapes)?,
        causes: names.causes(&form.causes)?,
        explained_by: form.explained_by.iter().map(|id| names.message(id)).collect::<Option<_>>()?,
    })
}

/// A name as people write it: its words, each in whole.
fn name_pattern(name: &str) -> WordPattern {
    WordPattern::new(name.to_lowercase())
}

fn cue(names: &Names<'_>, form: &CueForm) -> Option<Cue> {
    Some(Cue {
        id: CueId::new(&*form.id.value),
        says: form.says.clone(),
        wordings: form.said.iter().map(|wording| WordPattern::new(wording.as_str())).collect(),
        within: form.within,
        alone: form.alone,
        negation: form.negation,
        places: names.places(&form.places)?,
        shapes: names.shapes(&form.shapes)?,
        causes: names.causes(&form.causes)?,
    })
}

fn question(names: &Names<'_>, entry: &crate::draft::Entry<crate::form::QuestionForm>) -> Option<Question> {
    let form = &entry.form;
    let known = |id: &str| match id {
        "code" => Known::Code,
        "place" => Known::Place,
        "shape" => Known::Shape,
        "duration" => Known::Duration,
        _ => match (names.message(id), names.system(id)) {
            (Some(message), _) => Known::Signature(message),
            (None, Some(system)) => Known::System(system),
            (None, None) => Known::Fact(FactId::new(id)),
        },
    };
    Some(Question {
        id: QuestionId::new(&entry.id),
        text: form.text.clone(),
        help: form.help.trim().to_owned(),
        effort: form.effort.value,
        known_from: form.known_from.iter().map(|id| known(id)).collect(),
        options: form.options.iter().map(|option| answer(names, option)).collect::<Option<_>>()?,
    })
}

fn answer(names: &Names<'_>, form: &OptionForm) -> Option<Answer> {
    Some(Answer {
        id: OptionId::new(&*form.id.value),
        text: form.text.clone(),
        causes: names.causes(&form.causes)?,
        otherwise: form.otherwise.unwrap_or(Likelihood::Sometimes),
        code: form.code.as_ref().map(|code| code.value),
        places: names.places(&form.places)?,
        shapes: names.shapes(&form.shapes)?,
    })
}
