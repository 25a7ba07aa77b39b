//! Page templates and what they can use.

use super::assets::Assets;
use super::drawing::sign;
use super::neighbours::Neighbours;
use super::pages::{Page, Values};
use super::{About, facts, highlight, markdown, social, structured, template_mistake};
use crate::carried::Templates;
use crate::hosting;
use reader::Content;
use reader::diagnostic::Diagnostic;
use std::collections::BTreeMap;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

/// Renders pages.
pub(super) struct Renderer {
    tera: Tera,
    base_url: String,
    site_name: String,
    addresses: BTreeMap<String, String>,
}

impl Renderer {
    /// Loads all templates.
    pub fn new(templates: &Templates, content: &Content, base_url: Option<&str>, assets: &Assets) -> Result<Self, Diagnostic> {
        let mut tera = Tera::new();
        register_filters(&mut tera, content);
        let sources: Vec<(&str, &str)> =
            templates.files.iter().filter(|(name, _)| name.ends_with(".html")).map(|(name, text)| (name.as_str(), text.as_str())).collect();
        tera.add_raw_templates(sources).map_err(|error| template_mistake("", &error))?;
        let site = content.entries().site.as_ref();
        let base_url = base_url.or(site.map(|site| site.base_url.as_str())).unwrap_or_default().trim_end_matches('/').to_owned();
        tera.global_context().insert("site", &site);
        tera.global_context().insert("base_url", &base_url);
        tera.global_context().insert("has_docs", &!content.entries().docs.is_empty());
        tera.global_context().insert("policy", hosting::POLICY);
        tera.global_context().insert("assets", &assets.addresses());
        let site_name = site.map(|site| site.name.clone()).unwrap_or_default();
        Ok(Self { tera, base_url, site_name, addresses: assets.addresses() })
    }

    /// Renders one page: what is known of it, and its HTML.
    pub fn render(
        &self,
        content: &Content,
        page: &Page,
        facts: facts::PageFacts,
        neighbours: Option<&Neighbours>,
    ) -> Result<(About, String), Diagnostic> {
        let mut context = page.context.context(content);
        let seen = context.get("seen").and_then(|seen| Some((seen.get_from_path("place")?.as_str()?, seen.get_from_path("shape")?.as_str()?)));
        let social = social::address(&page.address, seen);
        let description = markdown::to_plain(&page.description);
        context.insert("address", &page.address);
        context.insert("title", &page.title);
        context.insert("description", &description);
        context.insert("section", page.section);
        context.insert("neighbours", &neighbours);
        context.insert("facts", &facts);
        context.insert("social", &social);
        context.insert("structured", &structured::of(content, page, &facts, &self.base_url));
        let html = self.tera.render(page.template, &context).map_err(|error| template_mistake(page.template, &error))?;
        let (address, title, source) = (page.address.clone(), page.title.clone(), page.source.clone());
        Ok((About { address, title, description, source, facts, social }, html))
    }

    /// The name of the site.
    pub fn site_name(&self) -> &str {
        &self.site_name
    }

    /// The address that the site will have.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The address of the icon.
    pub fn icon(&self) -> &str {
        self.addresses.get("icon_svg").map_or("", String::as_str)
    }

    /// The address of the script for other sites, where there is a checker.
    pub fn embed(&self) -> Option<&str> {
        self.addresses.get("glue_js").and(self.addresses.get("embed_js")).map(String::as_str)
    }
}

/// Filters: `markdown` for blocks, `inline` for one paragraph, `plain` for text alone, `command` for commands with holes,
/// `code` for code in a language, `sign` for the sign of a shape.
fn register_filters(tera: &mut Tera, content: &Content) {
    tera.register_filter("markdown", |text: &str, _: Kwargs, _: &State| Value::safe_string(&markdown::to_html(text)));
    tera.register_filter("inline", |text: &str, _: Kwargs, _: &State| Value::safe_string(&markdown::to_inline_html(text)));
    tera.register_filter("plain", |text: &str, _: Kwargs, _: &State| markdown::to_plain(text));
    tera.register_filter("code", |text: &str, given: Kwargs, _: &State| -> TeraResult<Value> {
        Ok(Value::safe_string(&highlight::code(text, given.must_get::<&str>("language")?)))
    });
    tera.register_filter("sign", |shape: &str, _: Kwargs, _: &State| Value::safe_string(&sign::inline(shape)));
    tera.register_filter("slug", |text: &str, _: Kwargs, _: &State| markdown::slug(text));
    let knowledge = content.shared_knowledge();
    tera.register_filter("command", move |text: &str, _: Kwargs, _: &State| diagnosis::command::with_placeholders(text.trim_end(), &knowledge));
}

/// Values for a template.
pub(super) fn context<const N: usize>(values: [(&'static str, serde_json::Value); N]) -> Values {
    Values::Ready(made(values))
}

/// Values that are made when the page is rendered: for kinds of page of which there may be thousands.
pub(super) fn later<const N: usize>(values: impl Fn(&Content) -> [(&'static str, serde_json::Value); N] + Send + Sync + 'static) -> Values {
    Values::Later(Box::new(move |content| made(values(content))))
}

fn made<const N: usize>(values: [(&'static str, serde_json::Value); N]) -> Context {
    let mut context = Context::new();
    for (name, value) in values {
        context.insert(name, &value);
    }
    context
}
