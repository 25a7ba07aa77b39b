//! The site with relative links, for a folder anywhere: under any path of a server, or on a disk.

/// The attributes that hold addresses of the site.
const ATTRIBUTES: [&str; 3] = ["href", "src", "content"];

/// A page with relative links. Other pages are named with their file, since a disk has no index pages.
pub fn page(path: &str, html: &str) -> String {
    let root = "../".repeat(path.matches('/').count());
    let root = if root.is_empty() { "./" } else { &root };
    ATTRIBUTES.iter().fold(html.to_owned(), |html, attribute| {
        let opening = format!(" {attribute}=\"/");
        let mut pieces = html.split(&opening);
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (address, rest) = piece.split_once('"').unwrap_or((piece, ""));
            out += &format!(" {attribute}=\"{root}{}\"{rest}", with_file(address));
        }
        out
    })
}

/// The file that a server would send for an address.
fn with_file(address: &str) -> String {
    let (path, anchor) = address.find('#').map_or((address, ""), |at| address.split_at(at));
    let file = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
    format!("{path}{file}{anchor}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_up_and_to_files() {
        let html = r##"<a href="/causes/oom/#fix">x</a><a href="/">y</a><a href="#z">z</a><script src="/assets/page-1.js"></script><a href="https://a/">b</a>"##;
        let expected = r##"<a href="../causes/oom/index.html#fix">x</a><a href="../index.html">y</a><a href="#z">z</a><script src="../assets/page-1.js"></script><a href="https://a/">b</a>"##;
        assert_eq!(page("502/index.html", html), expected);
        assert_eq!(page("404.html", "<a href=\"/502/\">"), "<a href=\"./502/index.html\">");
    }
}
