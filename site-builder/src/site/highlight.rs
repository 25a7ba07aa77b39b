//! Colours for code, at build time: comments, names of settings, strings, numbers, variables, and no more.
//!
//! A line scanner with a few words for each language. Half of the languages here (haproxy, Caddyfile, log lines) have no
//! grammar in the usual libraries, and the pages have to stay small: five classes of one letter.

/// What a piece of code is; the class in the style sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Comment,
    Key,
    Text,
    Number,
    Variable,
}

impl Kind {
    fn class(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Comment => Some("c"),
            Self::Key => Some("k"),
            Self::Text => Some("s"),
            Self::Number => Some("n"),
            Self::Variable => Some("v"),
        }
    }
}

/// What stands out at the beginning of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    Nothing,
    /// The first word, as a directive.
    Word,
    /// A name before a sign, as in `key: value`.
    Before(char),
}

/// How a language is read.
struct Grammar {
    comments: &'static [&'static str],
    quotes: &'static [char],
    opening: Opening,
    words: &'static [&'static str],
    variables: bool,
}

const PLAIN: Grammar = Grammar { comments: &[], quotes: &[], opening: Opening::Nothing, words: &[], variables: false };
const DIRECTIVES: Grammar = Grammar { comments: &["#"], quotes: &['"', '\''], opening: Opening::Word, words: &[], variables: true };

fn grammar(language: &str) -> Grammar {
    match language {
        "nginx" | "apache" | "haproxy" | "caddyfile" | "caddy" | "varnish" | "vcl" | "squid" | "dockerfile" => DIRECTIVES,
        "sh" | "bash" | "shell" | "console" => Grammar { words: &["sudo", "then", "do", "done", "fi", "for", "if", "while", "in"], ..DIRECTIVES },
        "yaml" | "yml" => Grammar { opening: Opening::Before(':'), words: &["true", "false", "null"], ..DIRECTIVES },
        "ini" | "properties" | "toml" | "systemd" | "conf" => {
            Grammar { comments: &["#", ";"], opening: Opening::Before('='), words: &["true", "false", "yes", "no"], ..DIRECTIVES }
        }
        "json" => Grammar { comments: &[], quotes: &['"'], opening: Opening::Before(':'), words: &["true", "false", "null"], variables: false },
        "http" => Grammar { opening: Opening::Before(':'), words: &["HTTP/1.1", "HTTP/1.0", "HTTP/2", "GET", "POST"], ..PLAIN },
        "log" => Grammar {
            quotes: &['"'],
            words: &["emerg", "alert", "crit", "error", "warn", "notice", "ERROR", "WARN", "WARNING", "CRITICAL", "FATAL", "Error", "error:"],
            ..PLAIN
        },
        "js" | "javascript" | "go" | "java" | "php" | "csharp" => Grammar {
            comments: &["//", "#"],
            quotes: &['"', '\'', '`'],
            opening: Opening::Nothing,
            words: &[
                "const", "let", "var", "new", "return", "function", "await", "async", "import", "from", "if", "else", "true", "false", "null", "func",
            ],
            variables: true,
        },
        "python" | "py" | "ruby" | "rb" => Grammar {
            opening: Opening::Nothing,
            words: &[
                "def", "class", "import", "from", "return", "if", "else", "with", "as", "None", "True", "False", "raise", "end", "do", "async",
                "await",
            ],
            ..DIRECTIVES
        },
        "sql" => Grammar {
            comments: &["--"],
            quotes: &['\''],
            words: &["SELECT", "FROM", "WHERE", "AND", "ORDER", "BY", "SET", "SHOW", "ALTER", "SYSTEM", "LIKE", "GROUP", "LIMIT"],
            ..PLAIN
        },
        _ => PLAIN,
    }
}

/// Code as HTML, with spans.
pub fn code(text: &str, language: &str) -> String {
    let grammar = grammar(language);
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.split_inclusive('\n') {
        for (kind, piece) in pieces(line, &grammar) {
            push(&mut out, kind, piece);
        }
    }
    out
}

fn push(out: &mut String, kind: Kind, piece: &str) {
    match kind.class() {
        Some(class) if !piece.trim().is_empty() => {
            out.extend(["<span class=\"", class, "\">"]);
            push_escaped(out, piece);
            out.push_str("</span>");
        }
        Some(_) | None => push_escaped(out, piece),
    }
}

fn push_escaped(out: &mut String, mut rest: &str) {
    while let Some(at) = rest.find(['&', '<', '>']) {
        let escape = match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        };
        out.extend([&rest[..at], escape]);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// A line in pieces, in order.
fn pieces<'l>(line: &'l str, grammar: &Grammar) -> Vec<(Kind, &'l str)> {
    let mut pieces = Vec::new();
    let indent = line.len() - line.trim_start().len();
    let mut at = indent + opening(&line[indent..], grammar);
    pieces.push((Kind::Plain, &line[..indent]));
    pieces.push((Kind::Key, &line[indent..at]));
    let mut plain = at;
    while at < line.len() {
        let boundary = line[..at].chars().next_back().is_none_or(|before| !is_of_word(before));
        match token(&line[at..], grammar, boundary) {
            Some((kind, length)) => {
                pieces.push((Kind::Plain, &line[plain..at]));
                pieces.push((kind, &line[at..at + length]));
                at += length;
                plain = at;
            }
            None => at += line[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    pieces.push((Kind::Plain, &line[plain..]));
    pieces
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '-')
}

/// How many bytes of a line name what it is about.
fn opening(line: &str, grammar: &Grammar) -> usize {
    if grammar.comments.iter().any(|comment| line.starts_with(comment)) {
        return 0;
    }
    let is_of_name = |letter: char| is_of_word(letter) || matches!(letter, '.' | '/' | '@' | '"' | '<');
    let name = line.find(|letter| !is_of_name(letter)).unwrap_or(line.len());
    match grammar.opening {
        Opening::Nothing => 0,
        Opening::Word => name,
        Opening::Before(sign) => {
            let dash = if line.starts_with("- ") { 2 } else { 0 };
            let name = dash + line[dash..].find(|letter| !is_of_name(letter)).unwrap_or(line.len() - dash);
            if line[name..].trim_start().starts_with(sign) { name } else { 0 }
        }
    }
}

/// What begins here, and how long it is.
fn token(rest: &str, grammar: &Grammar, boundary: bool) -> Option<(Kind, usize)> {
    let first = rest.chars().next()?;
    if boundary && grammar.comments.iter().any(|comment| rest.starts_with(comment)) {
        return Some((Kind::Comment, rest.trim_end_matches('\n').len()));
    }
    if grammar.quotes.contains(&first) && (boundary || first != '\'') {
        let close = rest[1..].find(first)?;
        return Some((Kind::Text, close + 2));
    }
    if grammar.variables && matches!(first, '$' | '%') {
        return variable(rest).map(|length| (Kind::Variable, length));
    }
    if !boundary {
        return None;
    }
    let has_values = !grammar.words.is_empty() || grammar.opening != Opening::Nothing;
    if first.is_ascii_digit() && has_values {
        let length = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '.' | '_' | ':' | '%')).unwrap_or(rest.len());
        return Some((Kind::Number, rest[..length].trim_end_matches(['.', ':']).len()));
    }
    let word = rest.find(|letter: char| !is_of_word(letter) && !matches!(letter, '/' | '.' | ':')).unwrap_or(rest.len());
    (word > 0 && grammar.words.contains(&&rest[..word])).then_some((Kind::Key, word))
}

/// `$name`, `${name}`, `%{name}` or `%[name]`.
fn variable(rest: &str) -> Option<usize> {
    let inner = &rest[1..];
    let close = match inner.chars().next()? {
        '{' => inner.find('}')?,
        '[' => inner.find(']')?,
        letter if rest.starts_with('$') && (letter.is_alphabetic() || letter == '_') => {
            return Some(1 + inner.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(inner.len()));
        }
        _ => return None,
    };
    Some(close + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_values_and_comments_differ() {
        let shown = code("proxy_read_timeout 60s; # $x\nset $backend \"a<b\";\n", "nginx");
        let expected = "<span class=\"k\">proxy_read_timeout</span> <span class=\"n\">60s</span>; <span class=\"c\"># $x</span>\n\
                        <span class=\"k\">set</span> <span class=\"v\">$backend</span> <span class=\"s\">\"a&lt;b\"</span>;\n";
        assert_eq!(shown, expected);
    }

    #[test]
    fn keys_stand_before_their_sign() {
        assert_eq!(code("- name: web\n", "yaml"), "<span class=\"k\">- name</span>: web\n");
        assert_eq!(code("TimeoutSec=30\n", "ini"), "<span class=\"k\">TimeoutSec</span>=<span class=\"n\">30</span>\n");
    }

    #[test]
    fn an_unknown_language_is_only_escaped() {
        assert_eq!(code("a < 1 # b", "cobol"), "a &lt; 1 # b");
    }

    #[test]
    fn letters_beyond_ascii_are_not_cut() {
        assert_eq!(code("é '…' $é", "sh"), "<span class=\"k\">é</span> <span class=\"s\">'…'</span> <span class=\"v\">$é</span>");
    }
}
