//! The site as readers use it: in headless Chromium, as it is published, with no other network than that.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test without its browser or page has to stop")]

mod checker;
mod chromium;
mod pages;
mod server;
