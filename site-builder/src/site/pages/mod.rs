//! Every kind of page, one file each: which pages there are, and what their templates are given.

mod causes;
mod codes;
mod comparisons;
mod docs;
pub(crate) mod faq;
pub(crate) mod glossary;
mod guides;
mod home;
mod lab;
mod log_lines;
mod messages;
mod related;
mod systems;
mod tags;
mod timeouts;
mod tree;

use reader::Content;
use tera::Context;

/// A page that is to be rendered.
pub(crate) struct Page {
    /// Its address, such as `/502/`.
    pub address: String,
    /// The template, by file name.
    pub template: &'static str,
    /// The title, as plain text.
    pub title: String,
    /// What the page gives, in a sentence.
    pub description: String,
    /// The entry of the main navigation that it belongs to.
    pub section: &'static str,
    /// The content file that it is made of, if it is one.
    pub source: Option<String>,
    /// Further values for the template.
    pub context: Values,
}

/// The values of a page: at hand, or made when it is rendered.
pub(crate) enum Values {
    Ready(Context),
    Later(Box<dyn Fn(&Content) -> Context + Send + Sync>),
}

impl Values {
    /// The values.
    pub fn context(&self, content: &Content) -> Context {
        match self {
            Self::Ready(context) => context.clone(),
            Self::Later(make) => make(content),
        }
    }
}

/// All pages, sorted by address.
pub(crate) fn all(content: &Content) -> Vec<Page> {
    let mut pages = home::pages(content);
    pages.extend(codes::pages(content));
    pages.extend(comparisons::pages(content));
    pages.extend(systems::pages(content));
    pages.extend(messages::pages(content));
    pages.extend(causes::pages(content));
    pages.extend(timeouts::pages(content));
    pages.extend(guides::pages(content));
    pages.extend(docs::pages(content));
    pages.extend(faq::pages(content));
    pages.extend(tags::pages(content));
    pages.extend(lab::pages(content));
    let glossary = glossary::pages(content, &pages);
    pages.extend(glossary);
    pages.sort_by(|a, b| a.address.cmp(&b.address));
    pages
}
