//! What a page says of itself to search engines, as JSON-LD.

use super::facts::PageFacts;
use super::pages::Page;
use reader::Content;
use serde_json::{Value, json};

/// The lists that pages stand under, by their first folder.
const LISTS: [(&str, &str); 7] = [
    ("systems", "Systems"),
    ("messages", "Messages"),
    ("causes", "Causes"),
    ("guides", "Guides"),
    ("tags", "Tags"),
    ("timeouts", "Timeouts"),
    ("faq", "Questions people ask"),
];

/// The JSON-LD of a page, safe inside of a script element.
pub(super) fn of(content: &Content, page: &Page, facts: &PageFacts, base_url: &str) -> String {
    let name = content.entries().site.as_ref().map_or("", |site| site.name.as_str());
    let url = format!("{base_url}{}", page.address);
    let main = match page.address.as_str() {
        "/" => json!({
            "@type": "WebSite", "name": name, "url": url, "description": page.description,
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": format!("{base_url}/search/?q={{search_term_string}}")},
                "query-input": "required name=search_term_string"
            }
        }),
        address if address.starts_with("/faq/") && address != "/faq/" => {
            json!({"@type": "FAQPage", "url": url, "mainEntity": questions(content, address)})
        }
        _ => json!({
            "@type": "TechArticle", "headline": page.title, "description": page.description, "url": url,
            "dateModified": facts.checked, "inLanguage": "en", "keywords": facts.tags,
            "publisher": {"@type": "Organization", "name": name, "url": format!("{base_url}/")}
        }),
    };
    let graph: Vec<Value> = std::iter::once(main).chain(breadcrumbs(page, name, base_url)).collect();
    // `<` could end the script element.
    json!({"@context": "https://schema.org", "@graph": graph}).to_string().replace('<', "\\u003c")
}

/// The question that a page answers.
fn questions(content: &Content, address: &str) -> Vec<Value> {
    let plain = super::markdown::to_plain;
    let entries = content.entries().faq.iter().filter(|faq| address == super::pages::faq::address(&faq.id));
    entries
        .map(|faq| json!({"@type": "Question", "name": plain(&faq.form.question), "acceptedAnswer": {"@type": "Answer", "text": plain(&faq.body)}}))
        .collect()
}

fn breadcrumbs(page: &Page, site_name: &str, base_url: &str) -> Option<Value> {
    let folder = page.address.trim_matches('/').split('/').next().filter(|folder| !folder.is_empty())?;
    let list = LISTS.iter().find(|(known, _)| *known == folder && page.address != format!("/{folder}/"));
    let list = list.map(|(folder, name)| (*name, format!("/{folder}/")));
    let trail = [Some((site_name, "/".to_owned())), list, Some((page.title.as_str(), page.address.clone()))];
    let items: Vec<Value> = (1..)
        .zip(trail.into_iter().flatten())
        .map(|(position, (name, address))| json!({"@type": "ListItem", "position": position, "name": name, "item": format!("{base_url}{address}")}))
        .collect();
    Some(json!({"@type": "BreadcrumbList", "itemListElement": items}))
}
