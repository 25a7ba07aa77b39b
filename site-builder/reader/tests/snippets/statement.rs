//! Statements of nginx's grammar: words up to `;`, or up to a block in braces.

/// A statement at the top of a piece.
#[derive(Debug, PartialEq, Eq)]
pub struct Statement<'t> {
    /// Its first word.
    pub name: &'t str,
    /// All of it, block included.
    pub text: &'t str,
}

/// The statements at the top of a text.
pub fn statements(text: &str) -> Vec<Statement<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = without_comments(rest);
        if rest.is_empty() {
            return found;
        }
        let (statement, behind) = rest.split_at(length(rest));
        let name = statement.split(|letter: char| letter.is_whitespace() || ";{".contains(letter)).next().unwrap_or_default();
        found.push(Statement { name, text: statement });
        rest = behind;
    }
}

fn without_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix('#') {
        rest = comment.split_once('\n').map_or("", |(_, behind)| behind).trim_start();
    }
    rest
}

/// How long the first statement is, in bytes.
fn length(text: &str) -> usize {
    let (mut depth, mut quote, mut escaped, mut comment) = (0, None, false, false);
    for (at, letter) in text.char_indices() {
        match (letter, quote) {
            _ if escaped => escaped = false,
            ('\\', _) => escaped = true,
            ('\n', _) if comment => comment = false,
            _ if comment => {}
            (_, Some(open)) if letter == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(letter),
            ('#', None) if text[..at].ends_with(char::is_whitespace) => comment = true,
            // `${name}` in a word is no block.
            ('{', None) if !text[..at].ends_with('$') => depth += 1,
            ('}', None) if depth > 1 => depth -= 1,
            ('}', None) if depth == 1 => return at + 1,
            (';', None) if depth == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[test]
fn statements_end_with_a_semicolon_or_their_block() {
    let found = statements("# about\nuser www;\nmap $a $b {\n  \"~;}\" 1; # }\n}\nlisten 80;");
    assert_eq!(found.iter().map(|statement| statement.name).collect::<Vec<_>>(), ["user", "map", "listen"]);
}
