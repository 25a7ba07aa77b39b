//! Reading a template as an author writes it.

use super::{Part, Takes, Template};
use std::fmt;

/// What is wrong with a template, and at which byte of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// Byte offset in the template's text.
    pub offset: usize,
    /// What is wrong.
    pub kind: TemplateErrorKind,
}

/// The ways a template can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateErrorKind {
    /// `{` without `}`.
    UnclosedHole,
    /// `{?` without `?}`.
    UnclosedOptional,
    /// `}` without `{`.
    StrayBrace,
    /// A hole's name is empty or has other characters than lower case letters, digits and `_`.
    BadName(String),
    /// A hole's kind is none of `word`, `number`, `lines`.
    UnknownKind(String),
    /// Two holes without literal text between them.
    AdjacentHoles,
    /// The template begins with an optional part.
    StartsOptional,
    /// No literal text at all.
    NoLiteral,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TemplateErrorKind::UnclosedHole => write!(out, "this hole is not closed; end it with `}}`, or write `{{{{` for a brace"),
            TemplateErrorKind::UnclosedOptional => write!(out, "this optional part is not closed; end it with `?}}`"),
            TemplateErrorKind::StrayBrace => write!(out, "a `}}` that closes nothing; write `}}}}` for a brace"),
            TemplateErrorKind::BadName(name) => {
                write!(out, "`{name}` is no name for a hole; use lower case letters, digits and `_`, such as `upstream_port`")
            }
            TemplateErrorKind::UnknownKind(kind) => write!(out, "`{kind}` is no kind of hole; use `word`, `number` or `lines`, or leave it out"),
            TemplateErrorKind::AdjacentHoles => {
                write!(out, "two holes stand side by side, so nothing says where the first ends; put text between them")
            }
            TemplateErrorKind::StartsOptional => write!(out, "a template can't begin with an optional part; leave the part out"),
            TemplateErrorKind::NoLiteral => write!(out, "a template needs literal text by which it can be found"),
        }
    }
}

impl std::error::Error for TemplateError {}

impl Template {
    /// Parses a template as written in content.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut reader = Reader { text, at: 0 };
        let parts = reader.parts(None)?;
        let at_start = |kind| TemplateError { offset: 0, kind };
        match parts.first() {
            None => Err(at_start(TemplateErrorKind::NoLiteral)),
            Some(Part::Optional(_)) => Err(at_start(TemplateErrorKind::StartsOptional)),
            Some(_) if !parts.iter().any(|part| matches!(part, Part::Literal(_))) => Err(at_start(TemplateErrorKind::NoLiteral)),
            Some(_) => Ok(Self { parts, ignores_case: false }),
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    /// Reads parts to the end of the text, or to `?}` inside the optional part opened at `opened`.
    fn parts(&mut self, opened: Option<usize>) -> Result<Vec<Part>, TemplateError> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        loop {
            let rest = &self.text[self.at..];
            if opened.is_some() && rest.starts_with("?}") {
                self.at += 2;
                push_literal(&mut parts, &mut literal);
                return Ok(parts);
            }
            match rest.chars().next() {
                None => match opened {
                    Some(offset) => return Err(TemplateError { offset, kind: TemplateErrorKind::UnclosedOptional }),
                    None => {
                        push_literal(&mut parts, &mut literal);
                        return Ok(parts);
                    }
                },
                Some(brace @ ('{' | '}')) if rest[1..].starts_with(brace) => {
                    literal.push(brace);
                    self.at += 2;
                }
                Some('}') => return Err(TemplateError { offset: self.at, kind: TemplateErrorKind::StrayBrace }),
                Some('{') => {
                    push_literal(&mut parts, &mut literal);
                    let part = self.braced()?;
                    self.reject_adjacent(&parts, &part)?;
                    parts.push(part);
                }
                Some(other) => {
                    literal.push(other);
                    self.at += other.len_utf8();
                }
            }
        }
    }

    /// Reads a hole or an optional part; the reader stands on its `{`.
    fn braced(&mut self) -> Result<Part, TemplateError> {
        let opened = self.at;
        if self.text[opened..].starts_with("{?") {
            self.at += 2;
            return Ok(Part::Optional(self.parts(Some(opened))?));
        }
        let inner_start = opened + 1;
        let unclosed = TemplateError { offset: opened, kind: TemplateErrorKind::UnclosedHole };
        let length = self.text[inner_start..].find(['{', '}']).ok_or(unclosed.clone())?;
        let inner = &self.text[inner_start..inner_start + length];
        if self.text[inner_start + length..].starts_with('{') {
            return Err(unclosed);
        }
        self.at = inner_start + length + 1;
        let (name, kind) = inner.split_once(':').unwrap_or((inner, ""));
        let fail = |kind| Err(TemplateError { offset: opened, kind });
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
            return fail(TemplateErrorKind::BadName(name.to_owned()));
        }
        let takes = match kind {
            "" => Takes::Text,
            "word" => Takes::Word,
            "number" => Takes::Number,
            "lines" => Takes::Lines,
            _ => return fail(TemplateErrorKind::UnknownKind(kind.to_owned())),
        };
        Ok(Part::Hole { name: name.to_owned(), takes })
    }

    fn reject_adjacent(&self, before: &[Part], next: &Part) -> Result<(), TemplateError> {
        match (before.last(), next) {
            (Some(Part::Hole { .. }), Part::Hole { .. }) => Err(TemplateError { offset: self.at, kind: TemplateErrorKind::AdjacentHoles }),
            _ => Ok(()),
        }
    }
}

fn push_literal(parts: &mut Vec<Part>, literal: &mut String) {
    if !literal.is_empty() {
        parts.push(Part::Literal(std::mem::take(literal).into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> (usize, TemplateErrorKind) {
        let error = Template::parse(text).expect_err(text);
        (error.offset, error.kind)
    }

    #[test]
    fn braces_are_written_doubled() {
        let template = Template::parse("a {{b}} c").expect("valid");
        assert_eq!(template.anchors().collect::<Vec<_>>(), ["a {b} c"]);
    }

    #[test]
    fn holes_are_listed_also_from_optional_parts() {
        let template = Template::parse("pid {pid:number}{?, upstream: \"{upstream}\"?}").expect("valid");
        assert_eq!(template.holes(), ["pid", "upstream"]);
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        assert_eq!(error("connect() to {address failed"), (13, TemplateErrorKind::UnclosedHole));
        assert_eq!(error("a {one {two}"), (2, TemplateErrorKind::UnclosedHole));
        assert_eq!(error("a {?b"), (2, TemplateErrorKind::UnclosedOptional));
        assert_eq!(error("a } b"), (2, TemplateErrorKind::StrayBrace));
        assert_eq!(error("a {Errno}"), (2, TemplateErrorKind::BadName("Errno".into())));
        assert_eq!(error("a {n:int}"), (2, TemplateErrorKind::UnknownKind("int".into())));
        assert_eq!(error("a {b}{c}").1, TemplateErrorKind::AdjacentHoles);
        assert_eq!(error("{?a?}b").1, TemplateErrorKind::StartsOptional);
        assert_eq!(error("{a}").1, TemplateErrorKind::NoLiteral);
    }
}
