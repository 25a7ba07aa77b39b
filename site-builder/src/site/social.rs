//! The image that is shown where a page is shared: its code or title, and the same drawing of the path as on the page.

use super::assets::fingerprint;
use super::destination::Destination;
use super::{About, Failure};
use reader::parallel;
use reader::timings::Timings;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;
/// Letters of a title that fit into a line.
const LINE_LETTERS: usize = 38;
const MOST_LINES: usize = 3;

/// The light palette of the style sheet, for a renderer that knows no variables.
const STYLE: &str = "text{font-family:Ubuntu;fill:#1b1d20;text-anchor:middle;font-size:15px}.head{text-anchor:start}.mono{font-family:Hack}\
path{fill:none;stroke:#7d8288;stroke-width:1.5}.path-line{stroke:#1b1d20;stroke-width:3}.path-rest{stroke-dasharray:2 5}.path-back{stroke:#1b1d20}\
.path-answer{font-family:Hack}.station{fill:#fdfdfb;stroke-width:3.5}.beyond{stroke-width:2}text.beyond{fill:#4a5056;stroke-width:0}\
.client-network{stroke:#5a6067}.cdn-edge{stroke:#a04a00}.load-balancer{stroke:#86308a}.reverse-proxy{stroke:#0a5cae}.platform-edge{stroke:#006c78}\
.application{stroke:#1c6f37}.database{stroke:#735800}.client-network.answering{fill:#5a6067}.cdn-edge.answering{fill:#a04a00}\
.load-balancer.answering{fill:#86308a}.reverse-proxy.answering{fill:#0a5cae}.platform-edge.answering{fill:#006c78}.application.answering{fill:#1c6f37}\
.mark-ground{fill:#fdfdfb}.mark path{stroke-width:2.6;stroke:#b3261e;stroke-linecap:round;stroke-linejoin:round}";

/// The address of a page's image. Messages share one for each place and shape, which their drawing shows.
pub fn address(page_address: &str, place_and_shape: Option<(&str, &str)>) -> String {
    match (page_address.strip_prefix("/messages/"), place_and_shape) {
        (Some(_), Some((place, shape))) => format!("/social/message-{place}-{shape}.png"),
        (Some(_), None) => "/social/messages.png".to_owned(),
        (None, _) => {
            let name = page_address.trim_matches('/').replace(['/', '.'], "-");
            format!("/social/{}.png", if name.is_empty() { "home" } else { &name })
        }
    }
}

/// Writes the images of all pages, each given with its drawing; those drawn before are taken from `cache`.
pub fn write(site_name: &str, pages: &[(&About, &str)], cache: &Path, to: &impl Destination, timings: &Timings) -> Result<(), Failure> {
    let mut first = BTreeMap::new();
    for (page, drawing) in pages {
        first.entry(page.social.as_str()).or_insert((*page, *drawing));
    }
    let first: Vec<_> = first.into_values().collect();
    // Without a cache the next build draws them again.
    let _ = std::fs::create_dir_all(cache);
    let options = options();
    timings.expect(first.len());
    let written = parallel::each(first.len(), |at| {
        timings.one_is_done();
        let (page, drawing) = first[at];
        let svg = card(site_name, page, drawing);
        let kept = cache.join(format!("{:016x}.png", fingerprint(svg.as_bytes())));
        let png = match std::fs::read(&kept) {
            Ok(png) => png,
            Err(_) => {
                let png = rendered(&svg, &options).map_err(Failure::Extra)?;
                let _ = std::fs::write(&kept, &png);
                png
            }
        };
        Ok(to.put(page.social.trim_start_matches('/'), &png)?)
    });
    written.into_iter().collect()
}

/// The wide drawing of the path that stands on a page.
pub fn drawing(html: &str) -> Option<&str> {
    let start = html.find("<svg class=\"path-wide\"")?;
    let length = html[start..].find("</svg>")?;
    Some(&html[start..start + length + "</svg>".len()])
}

fn card(site_name: &str, page: &About, drawing: &str) -> String {
    let is_message = page.facts.kind == "message";
    let (number, title) = match page.title.split_once(' ') {
        Some((number, rest)) if page.facts.kind == "code" => (number, rest),
        _ if is_message => ("", "A message, what it means, what causes it"),
        _ => ("", page.title.as_str()),
    };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\"><style>{STYLE}</style><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fdfdfb\"/>\
         <text class=\"head mono\" x=\"64\" y=\"88\" style=\"font-size:30px\">{}</text><text class=\"head\" x=\"1136\" y=\"88\" style=\"font-size:26px;text-anchor:end\">{}</text>",
        escaped(site_name),
        page.facts.kind.replace("page", "reference")
    );
    let mut y = 200;
    if !number.is_empty() {
        out += &format!("<text class=\"head mono\" x=\"56\" y=\"250\" style=\"font-size:170px;letter-spacing:-6px\">{number}</text>");
        y = 330;
    }
    for line in lines(title) {
        out += &format!("<text class=\"head\" x=\"64\" y=\"{y}\" style=\"font-size:54px\">{}</text>", escaped(&line));
        y += 66;
    }
    let placed = drawing.replacen("<svg ", "<svg x=\"28\" y=\"430\" width=\"1144\" height=\"134\" ", 1);
    out + &placed + "</svg>"
}

/// A title in lines; what does not fit ends in an ellipsis.
fn lines(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LINE_LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            last.push_str(" …");
        }
    }
    lines
}

/// Fonts come with the program, so that images are the same on every machine.
fn options() -> Options<'static> {
    let mut options = Options::default();
    let fonts = Arc::make_mut(&mut options.fontdb);
    fonts.load_font_data(epaint_default_fonts::UBUNTU_LIGHT.to_vec());
    fonts.load_font_data(epaint_default_fonts::HACK_REGULAR.to_vec());
    options
}

fn rendered(svg: &str, options: &Options<'_>) -> Result<Vec<u8>, String> {
    let tree = Tree::from_str(svg, options).map_err(|error| format!("an image for sharing can't be drawn: {error}"))?;
    let mut image = Pixmap::new(WIDTH, HEIGHT).ok_or("an image for sharing has no size")?;
    resvg::render(&tree, Transform::identity(), &mut image.as_mut());
    image.encode_png().map_err(|error| format!("an image for sharing can't be written: {error}"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_with_the_same_drawing_share_an_image() {
        let seen = Some(("reverse-proxy", "reset"));
        assert_eq!(address("/messages/nginx-a/", seen), address("/messages/nginx-b/", seen));
        assert_eq!((address("/", None).as_str(), address("/causes/oom/", None).as_str()), ("/social/home.png", "/social/causes-oom.png"));
    }

    #[test]
    fn long_titles_end_in_an_ellipsis() {
        let lines = lines(&"word ".repeat(60));
        assert_eq!(lines.len(), MOST_LINES);
        assert!(lines.last().is_some_and(|line| line.ends_with('…')), "{lines:?}");
    }
}
