//! `llms.txt` and `llms-full.txt`: the site for language models, as a list and whole.

use crate::output::OutputError;
use crate::site::destination::Destination;
use crate::site::{About, markdown_file_of};

/// The kinds of page in the order of the list, with their headings. Messages are too many: they are in the JSON.
const KINDS: [(&str, &str); 5] = [("code", "Codes"), ("comparison", "Comparisons"), ("guide", "Guides"), ("cause", "Causes"), ("system", "Systems")];

/// The list: each page with its sentence, as links to the Markdown.
pub fn list(name: &str, description: &str, base_url: &str, pages: &[About]) -> String {
    let mut out = format!("# {name}\n\n> {description}\n\nEvery page is Markdown too, at the same address with `index.md`.\n");
    for (kind, heading) in KINDS {
        out += &format!("\n## {heading}\n\n");
        for page in of_kind(pages, kind) {
            out += &format!("- [{}]({base_url}{}index.md): {}\n", page.title, page.address, page.description);
        }
    }
    out + &format!(
        "\n## Data\n\n- [Messages]({base_url}/api/messages.json): every log line and error page that is known, with meaning and causes\n\
         - [Timeouts]({base_url}/api/timeouts.json): defaults of proxies, platforms and servers, with sources\n\
         - [All in one file]({base_url}/llms-full.txt)\n"
    )
}

/// All those pages in one file, from what was written of them.
pub fn full(base_url: &str, pages: &[About], written: &impl Destination) -> Result<String, OutputError> {
    let mut out = String::new();
    for page in KINDS.iter().flat_map(|(kind, _)| of_kind(pages, kind)) {
        let Some(path) = markdown_file_of(&page.address) else { continue };
        let text = written.read(&path)?;
        out += &format!("<!-- {base_url}{} -->\n\n{}\n", page.address, String::from_utf8_lossy(&text));
    }
    Ok(out)
}

fn of_kind<'p>(pages: &'p [About], kind: &'p str) -> impl Iterator<Item = &'p About> {
    pages.iter().filter(move |page| page.facts.kind == kind)
}
