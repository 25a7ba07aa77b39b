//! The site as readers use it: in the engine that `BROWSER_ENGINE` names (chromium, firefox, webkit), as it is published, with no other network than that.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test without its browser or page has to stop")]

mod browser;
mod checker;
mod engine;
mod pages;
mod server;
