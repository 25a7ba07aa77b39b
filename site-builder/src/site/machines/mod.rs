//! The site for programs: each page as Markdown, the data as JSON, and what crawlers, readers and browsers ask for.

pub mod api;
pub mod feeds;
pub mod from_html;
pub mod llms;
pub mod offline;
