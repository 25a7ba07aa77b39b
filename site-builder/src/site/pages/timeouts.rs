//! `/timeouts/`

use super::{Page, related};
use crate::site::templates::context;
use reader::Content;
use serde_json::{Value, json};

/// The table of all timeouts.
pub fn pages(content: &Content) -> Vec<Page> {
    let rows: Vec<Value> = content.entries().timeouts.iter().map(|timeout| related::timeout_row(content, timeout)).collect();
    vec![Page {
        address: "/timeouts/".to_owned(),
        template: "timeouts.html",
        title: "Timeouts".to_owned(),
        description: "Default timeouts and limits of proxies, platforms and servers: what each measures, and what happens when it ends.".to_owned(),
        section: "timeouts",
        source: None,
        context: context([("timeouts", json!(rows)), ("faq", json!(related::faq_on(content, "/timeouts/")))]),
    }]
}
