//! Page templates and what they can use.

use super::assets::Assets;
use super::pages::Page;
use super::{Rendered, markdown, template_mistake};
use reader::Content;
use reader::diagnostic::Diagnostic;
use std::path::Path;
use tera::{Context, Kwargs, State, Tera, Value};

/// Renders pages.
pub(super) struct Renderer {
    tera: Tera,
    base_url: String,
}

impl Renderer {
    /// Loads all templates in `folder`.
    pub fn new(folder: &Path, content: &Content, base_url: Option<&str>, assets: &Assets) -> Result<Self, Diagnostic> {
        let mut tera = Tera::new();
        register_filters(&mut tera, content);
        let mut sources = Vec::new();
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name().max_depth(1) {
            let entry = entry.map_err(|error| template_mistake("", &error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".html") {
                let text = std::fs::read_to_string(entry.path()).map_err(|error| template_mistake(&name, &error))?;
                sources.push((name, text));
            }
        }
        tera.add_raw_templates(sources).map_err(|error| template_mistake("", &error))?;
        let site = content.entries().site.as_ref();
        let base_url = base_url.or(site.map(|site| site.base_url.as_str())).unwrap_or_default().trim_end_matches('/').to_owned();
        tera.global_context().insert("site", &site);
        tera.global_context().insert("base_url", &base_url);
        tera.global_context().insert("assets", assets.addresses());
        Ok(Self { tera, base_url })
    }

    /// Renders one page.
    pub fn render(&self, page: &Page) -> Result<String, Diagnostic> {
        let mut context = page.context.clone();
        context.insert("address", &page.address);
        context.insert("title", &page.title);
        context.insert("description", &markdown::to_plain(&page.description));
        context.insert("section", page.section);
        self.tera.render(page.template, &context).map_err(|error| template_mistake(page.template, &error))
    }

    /// The list of all pages for search engines.
    pub fn sitemap(&self, pages: &[Rendered]) -> String {
        let listed = pages.iter().filter(|page| page.address.ends_with('/'));
        let entries: String = listed.map(|page| format!("<url><loc>{}{}</loc></url>\n", self.base_url, page.address)).collect();
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{entries}</urlset>\n")
    }

    /// What robots may read: everything.
    pub fn robots(&self) -> String {
        format!("User-agent: *\nAllow: /\nSitemap: {}/sitemap.xml\n", self.base_url)
    }
}

/// Filters: `markdown` for blocks, `inline` for one paragraph, `plain` for text alone, `command` for commands with holes.
fn register_filters(tera: &mut Tera, content: &Content) {
    tera.register_filter("markdown", |text: &str, _: Kwargs, _: &State| Value::safe_string(&markdown::to_html(text)));
    tera.register_filter("inline", |text: &str, _: Kwargs, _: &State| Value::safe_string(&markdown::to_inline_html(text)));
    tera.register_filter("plain", |text: &str, _: Kwargs, _: &State| markdown::to_plain(text));
    tera.register_filter("slug", |text: &str, _: Kwargs, _: &State| markdown::slug(text));
    let knowledge = content.knowledge().clone();
    tera.register_filter("command", move |text: &str, _: Kwargs, _: &State| diagnosis::command::with_placeholders(text.trim_end(), &knowledge));
}

/// Values for a template.
pub(super) fn context<const N: usize>(values: [(&'static str, serde_json::Value); N]) -> Context {
    let mut context = Context::new();
    for (name, value) in values {
        context.insert(name, &value);
    }
    context
}
