//! The site for programs: each page as Markdown, the data as JSON, and what crawlers, readers and browsers ask for.

pub mod api;
pub mod feeds;
pub mod from_html;
pub mod llms;
pub mod offline;

/// Whether a path is that of a file for programs, hosts or the offline copy.
pub fn is_for_programs(path: &str) -> bool {
    let names = ["sitemap.xml", "robots.txt", "feed.xml", "opensearch.xml", "llms.txt", "embed.js", "offline.json", "_headers", "_redirects"];
    path.starts_with("api/") || path.starts_with("hosting/") || names.contains(&path)
}
