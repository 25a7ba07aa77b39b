//! Licence expressions, held against the list in `deny.toml`.

use super::package::Package;

/// Whether a crate can be had under licences that are allowed for all, or for it.
pub fn is_allowed(package: &Package, deny: &str) -> bool {
    let for_all = quoted(deny.split_once("\nallow = [").and_then(|(_, rest)| rest.split_once(']')).expect("a list").0);
    let own = deny.lines().find(|line| line.contains(&format!("crate = \"{}\"", package.name)));
    let own = own.map(quoted).unwrap_or_default();
    holds(&package.licence, &|licence| for_all.contains(&licence) || own.contains(&licence))
}

/// The texts between quotation marks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// Whether an SPDX expression holds: one side of each `OR`, both sides of each `AND`.
fn holds(expression: &str, is_allowed: &impl Fn(&str) -> bool) -> bool {
    let expression = expression.trim();
    if let Some((one, other)) = split(expression, &[" OR ", "/"]) {
        return holds(one, is_allowed) || holds(other, is_allowed);
    }
    if let Some((one, other)) = split(expression, &[" AND "]) {
        return holds(one, is_allowed) && holds(other, is_allowed);
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => holds(inner, is_allowed),
        None => is_allowed(expression),
    }
}

/// Splits at the first separator that stands outside parentheses.
fn split<'e>(expression: &'e str, separators: &[&str]) -> Option<(&'e str, &'e str)> {
    let mut depth = 0;
    for (at, letter) in expression.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        let separator = separators.iter().find(|separator| depth == 0 && expression[at..].starts_with(**separator));
        if let Some(separator) = separator {
            return Some((&expression[..at], &expression[at + separator.len()..]));
        }
    }
    None
}

#[test]
fn expressions_hold_as_spdx_says() {
    let is_allowed = |licence: &str| ["MIT", "Unicode-3.0"].contains(&licence);
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
        ("(MIT OR Unicode-3.0) AND GPL-3.0", false),
    ] {
        assert_eq!(holds(expression, &is_allowed), expected, "{expression}");
    }
}
