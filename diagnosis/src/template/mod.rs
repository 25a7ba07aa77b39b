//! Templates: what a program prints, with named holes, as an author writes it.
//!
//! `parse` turns `connect() to {address} failed ({errno:number}: …)` into parts; `find` looks a template up around
//! a place where its rarest literal text was seen; `effort` bounds what that may cost; `quotation` is what people quote of it.

mod census;
mod effort;
mod find;
mod literal;
mod parse;
mod quotation;
mod write;

pub(crate) use census::Census;
pub use effort::Effort;
pub use find::{Capture, Match};
pub(crate) use literal::{Literal, Seek};
pub use parse::TemplateError;

use serde::{Deserialize, Serialize};

/// A template, parsed.
///
/// Stored as it is written: that is shorter than its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Template {
    parts: Vec<Part>,
    ignores_case: bool,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Text that must stand there; a space stands for any white space within a line.
    Literal(Literal),
    /// A value.
    Hole { name: String, takes: Takes },
    /// Parts that may be missing.
    Optional(Vec<Part>),
}

/// What a hole takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    /// Anything within a line.
    Text,
    /// No white space.
    Word,
    /// Digits with a sign or a fraction.
    Number,
    /// Anything, over up to ten lines.
    Lines,
}

impl Template {
    /// The literal texts that are never missing, by which the template can be looked for.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.literals().map(Literal::as_str)
    }

    /// The same, ready to be looked for.
    pub(crate) fn literals(&self) -> impl Iterator<Item = &Literal> {
        self.parts.iter().filter_map(|part| match part {
            Part::Literal(literal) => Some(literal),
            Part::Hole { .. } | Part::Optional(_) => None,
        })
    }

    /// The names of all holes, in order.
    pub fn holes(&self) -> Vec<&str> {
        let mut names = Vec::new();
        collect_holes(&self.parts, &mut names);
        names
    }

    /// How much literal text there is at least, in bytes: the more, the more specific.
    pub fn literal_length(&self) -> usize {
        self.anchors().map(str::len).sum()
    }

    /// The same template, for texts whose letter case does not count, such as header names.
    pub fn ignoring_case(self) -> Self {
        Self { ignores_case: true, ..self }
    }

    /// Whether it can match text that runs over several lines.
    pub fn crosses_lines(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Hole { takes: Takes::Lines, .. }))
    }
}

fn collect_holes<'t>(parts: &'t [Part], names: &mut Vec<&'t str>) {
    for part in parts {
        match part {
            Part::Literal(_) => {}
            Part::Hole { name, .. } => names.push(name),
            Part::Optional(inner) => collect_holes(inner, names),
        }
    }
}
