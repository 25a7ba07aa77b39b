//! What crawlers, feed readers and browsers ask for: sitemap, robots, the feed of checked facts, OpenSearch.

use crate::site::About;

/// Entries of the feed.
const MOST_ENTRIES: usize = 60;

/// All pages for search engines, with the day of the last check.
pub fn sitemap(base_url: &str, pages: &[About]) -> String {
    let listed = pages.iter().filter(|page| page.is_listed());
    let entry = |page: &About| {
        let changed = page.facts.checked.as_ref().map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        format!("<url><loc>{base_url}{}</loc>{changed}</url>\n", page.address)
    };
    let entries: String = listed.map(entry).collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{entries}</urlset>\n")
}

/// What robots may read: everything.
pub fn robots(base_url: &str) -> String {
    format!("User-agent: *\nAllow: /\nSitemap: {base_url}/sitemap.xml\n")
}

/// The pages whose facts were checked last, as an Atom feed.
pub fn atom(name: &str, base_url: &str, pages: &[About]) -> String {
    let mut dated: Vec<(&str, &About)> = pages
        .iter()
        .filter(|page| page.is_listed() && !matches!(page.facts.kind, "page" | "message"))
        .filter_map(|page| Some((page.facts.checked.as_deref()?, page)))
        .collect();
    dated.sort_by(|a, b| b.0.cmp(a.0).then_with(|| a.1.address.cmp(&b.1.address)));
    let updated = dated.first().map_or("1970-01-01", |(day, _)| day);
    let entry = |(day, page): &(&str, &About)| {
        let address = format!("{base_url}{}", page.address);
        format!(
            "<entry><title>{}</title><id>{address}</id><link href=\"{address}\"/><updated>{day}T00:00:00Z</updated><summary>{}</summary></entry>\n",
            escaped(&page.title),
            escaped(&page.description)
        )
    };
    let entries: String = dated.iter().take(MOST_ENTRIES).map(entry).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{0}: facts checked and changed</title>\n\
         <id>{base_url}/feed.xml</id>\n<link rel=\"self\" href=\"{base_url}/feed.xml\"/>\n<link href=\"{base_url}/\"/>\n\
         <updated>{updated}T00:00:00Z</updated>\n<author><name>{0}</name></author>\n{entries}</feed>\n",
        escaped(name)
    )
}

/// How a browser adds the site to its search engines.
pub fn open_search(name: &str, base_url: &str, icon: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{0}</ShortName>\n<Description>HTTP 5xx and gateway errors: codes, messages, causes</Description>\n\
         <InputEncoding>UTF-8</InputEncoding>\n<Image type=\"image/svg+xml\">{base_url}{icon}</Image>\n\
         <Url type=\"text/html\" template=\"{base_url}/search/?q={{searchTerms}}\"/>\n</OpenSearchDescription>\n",
        escaped(name)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
