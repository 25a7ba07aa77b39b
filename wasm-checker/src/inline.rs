//! The Markdown that short texts of content use: `code` spans and links to pages of the site.

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Text(&'t str),
    Code(&'t str),
    Link { text: &'t str, address: &'t str },
}

/// A text with its code spans and links.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    cut(text, &|rest| code(rest).or_else(|| link(rest)))
}

/// A text with its code spans; what looks like a link stays as written.
pub(crate) fn pieces_without_links(text: &str) -> Vec<Piece<'_>> {
    cut(text, &code)
}

/// What stands at the beginning of a text, and how many bytes it takes.
type Found<'t> = Option<(Piece<'t>, usize)>;

fn cut<'t>(text: &'t str, find: &dyn Fn(&'t str) -> Found<'t>) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    let (mut plain, mut at) = (0, 0);
    while let Some(distance) = text[at..].find(['`', '[']) {
        let start = at + distance;
        match find(&text[start..]) {
            Some((piece, length)) => {
                push_text(&mut pieces, &text[plain..start]);
                pieces.push(piece);
                at = start + length;
                plain = at;
            }
            None => at = start + opening(&text[start..]).max(1),
        }
    }
    push_text(&mut pieces, &text[plain..]);
    pieces
}

fn push_text<'t>(pieces: &mut Vec<Piece<'t>>, text: &'t str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

/// The number of backticks at the beginning.
fn opening(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'`').count()
}

/// A code span ends at the next run of as many backticks as it began with.
fn code(text: &str) -> Found<'_> {
    let fence = opening(text);
    let mut at = fence;
    while let Some(distance) = text[at..].find('`').filter(|_| fence > 0) {
        let close = at + distance;
        let run = opening(&text[close..]);
        if run == fence {
            let inner = &text[fence..close];
            let unpadded = inner.strip_prefix(' ').and_then(|inner| inner.strip_suffix(' ')).filter(|inner| !inner.trim().is_empty());
            return Some((Piece::Code(unpadded.unwrap_or(inner)), close + run));
        }
        at = close + run;
    }
    None
}

fn link(text: &str) -> Found<'_> {
    let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (address, _) = rest.split_once(')')?;
    let is_whole = !label.is_empty() && !label.contains(['[', ']']) && !address.contains(char::is_whitespace);
    let is_of_site = address.starts_with('/') && !address.starts_with("//");
    let length = label.len() + address.len() + "[]()".len();
    (is_whole && (is_of_site || address.starts_with("https://"))).then_some((Piece::Link { text: label, address }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_links_are_set_apart() {
        assert_eq!(
            pieces("Run `nginx -t`, see [the `race`](/causes/keepalive-race/)."),
            [
                Piece::Text("Run "),
                Piece::Code("nginx -t"),
                Piece::Text(", see "),
                Piece::Link { text: "the `race`", address: "/causes/keepalive-race/" },
                Piece::Text("."),
            ]
        );
        assert_eq!(pieces("`` a`b `` and é`x`"), [Piece::Code("a`b"), Piece::Text(" and é"), Piece::Code("x")]);
    }

    #[test]
    fn what_is_not_closed_stays_text() {
        for text in ["a ` b", "``a`", "[a]", "[a](b", "[a](", "[a] (/b/)", "[]", "[[a](/b"] {
            assert_eq!(pieces(text), [Piece::Text(text)], "{text}");
        }
    }

    #[test]
    fn only_addresses_of_the_site_and_https_become_links() {
        for text in ["[a](javascript:alert(1))", "[a](//evil.example/)", "[a](http://evil.example/)", "[a](/b c)", "[a](data:x)"] {
            assert!(pieces(text).iter().all(|piece| matches!(piece, Piece::Text(_))), "{text}");
        }
        assert_eq!(pieces_without_links("[a](/b/)"), [Piece::Text("[a](/b/)")]);
    }
}
