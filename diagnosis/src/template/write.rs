//! Writing a template as an author would, to be stored.

use super::{Part, Takes, Template, TemplateError};

/// Stands before a template whose letter case does not count; no author can write it.
const IGNORES_CASE: char = '\0';

impl From<Template> for String {
    fn from(template: Template) -> Self {
        let mut text = Self::new();
        text.extend(template.ignores_case.then_some(IGNORES_CASE));
        write(&template.parts, &mut text);
        text
    }
}

impl TryFrom<String> for Template {
    type Error = TemplateError;

    fn try_from(text: String) -> Result<Self, TemplateError> {
        match text.strip_prefix(IGNORES_CASE) {
            Some(text) => Ok(Self::parse(text)?.ignoring_case()),
            None => Self::parse(&text),
        }
    }
}

fn write(parts: &[Part], text: &mut String) {
    for part in parts {
        match part {
            Part::Literal(literal) => text.push_str(&literal.as_str().replace('{', "{{").replace('}', "}}")),
            Part::Hole { name, takes } => {
                let kind = match takes {
                    Takes::Text => "",
                    Takes::Word => ":word",
                    Takes::Number => ":number",
                    Takes::Lines => ":lines",
                };
                text.extend(["{", name, kind, "}"]);
            }
            Part::Optional(inner) => {
                text.push_str("{?");
                write(inner, text);
                text.push_str("?}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() -> Result<(), TemplateError> {
        let template = Template::parse("a {{b}} {one} x {two:word}-{three:number} y{?, \"{four:lines}\"?}")?;
        for template in [template.clone(), template.ignoring_case()] {
            assert_eq!(Template::try_from(String::from(template.clone()))?, template);
        }
        Ok(())
    }
}
