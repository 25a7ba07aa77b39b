//! Commands with holes, filled in from evidence.

use crate::evidence::Evidence;
use crate::knowledge::Knowledge;
use std::ops::Range;

/// Fills the holes of `command` with what the evidence holds; where it holds nothing safe, the placeholder stands.
///
/// Evidence is text that strangers can shape (a path in a log line is what a client sent), and the result is pasted
/// into a shell: a value is taken over only if no character of it means anything to a shell.
pub fn fill(command: &str, knowledge: &Knowledge, evidence: &Evidence) -> String {
    fill_with(command, knowledge, &|name| evidence.capture(name).filter(|value| is_safe(value)).map(str::to_owned))
}

/// Fills the holes of `command` with placeholders only.
pub fn with_placeholders(command: &str, knowledge: &Knowledge) -> String {
    fill_with(command, knowledge, &|_| None)
}

fn fill_with(command: &str, knowledge: &Knowledge, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut copied = 0;
    for (span, name) in holes(command) {
        let Some(capture) = knowledge.captures.iter().find(|capture| capture.name.as_str() == name) else { continue };
        filled.push_str(&command[copied..span.start]);
        filled.push_str(&value(name).unwrap_or_else(|| capture.placeholder.clone()));
        copied = span.end;
    }
    filled + &command[copied..]
}

/// The holes of a command: `{upstream_port}`, but neither `${HOME}`, `%{http_code}`, `{{.State}}` nor `{ print }`.
pub fn holes(command: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    command.match_indices('{').filter_map(|(open, _)| {
        let name = command[open + 1..].split('}').next()?;
        let close = open + 1 + name.len();
        let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        let is_other_syntax = command[..open].ends_with(['$', '%', '{']) || !command[close..].starts_with('}');
        (is_name && !is_other_syntax).then_some((open..close + 1, name))
    })
}

/// Whether a shell takes the value as it is, as one word that is no option.
fn is_safe(value: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_./:@%+,=-[]".contains(&byte);
    !value.is_empty() && !value.starts_with('-') && value.len() <= 255 && value.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_braces_are_no_holes() {
        let command = "curl -w '%{http_code}' http://{upstream_host}:{upstream_port}/ | awk '{ print }'; docker inspect -f '{{json .State}}' ${NAME}";
        assert_eq!(holes(command).map(|(_, name)| name).collect::<Vec<_>>(), ["upstream_host", "upstream_port"]);
    }

    #[test]
    fn what_means_something_to_a_shell_is_not_taken_over() {
        for value in ["$(reboot)", "a b", "a;b", "`id`", "a'b", "a\"b", "-rf", "a\nb", "", "a|b", "a>b", "a\\b", "a*", "~root", "a&b", "a#b"] {
            assert!(!is_safe(value), "{value}");
        }
        for value in ["127.0.0.1", "[::1]:3000", "/run/php/php8.2-fpm.sock", "http://10.0.0.4:8080/a", "app.example"] {
            assert!(is_safe(value), "{value}");
        }
    }
}
