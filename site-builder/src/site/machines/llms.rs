//! `llms.txt` and `llms-full.txt`: the site for language models, as a list and whole.

use crate::site::Rendered;
use std::collections::BTreeMap;

/// The kinds of page in the order of the list, with their headings. Messages are too many: they are in the JSON.
const KINDS: [(&str, &str); 5] = [("code", "Codes"), ("comparison", "Comparisons"), ("guide", "Guides"), ("cause", "Causes"), ("system", "Systems")];

/// The list: each page with its sentence, as links to the Markdown.
pub fn list(name: &str, description: &str, base_url: &str, pages: &[Rendered]) -> String {
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

/// All those pages in one file.
pub fn full(base_url: &str, pages: &[Rendered], markdown: &BTreeMap<String, String>) -> String {
    let texts = KINDS.iter().flat_map(|(kind, _)| of_kind(pages, kind)).filter_map(|page| Some((page, markdown.get(&page.address)?)));
    texts.map(|(page, text)| format!("<!-- {base_url}{} -->\n\n{text}\n", page.address)).collect()
}

fn of_kind<'p>(pages: &'p [Rendered], kind: &'p str) -> impl Iterator<Item = &'p Rendered> {
    pages.iter().filter(move |page| page.facts.kind == kind)
}
