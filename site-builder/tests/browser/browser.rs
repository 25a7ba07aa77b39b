//! A browser, driven over WebDriver.

use crate::engine::{Engine, Process, Scripts};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::time::Duration;
use tempfile::TempDir;
use url::{ParseError, Url};

/// The width of a small phone, in CSS pixels.
const PHONE_WIDTH: u32 = 360;

/// A browser with an empty profile; it ends with the test.
pub struct Browser {
    /// What drives it.
    pub page: Client,
    engine: Engine,
    scripts: Scripts,
    _processes: Vec<Process>,
    _profile: TempDir,
}

/// `POST /session/{id}/se/log`: what Chromium logged.
#[derive(Debug)]
struct ReadLog(&'static str);

impl WebDriverCompatibleCommand for ReadLog {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({"type": self.0}).to_string()))
    }
}

/// `POST /session/{id}/goog/cdp/execute`: a command of Chromium's own protocol.
#[derive(Debug)]
struct Execute(&'static str, Value);

impl WebDriverCompatibleCommand for Execute {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({"cmd": self.0, "params": self.1}).to_string()))
    }
}

impl Browser {
    /// Starts the browser of the engine that the tests run in.
    pub async fn start() -> Self {
        Self::start_with(Scripts::Run).await
    }

    /// Starts a browser whose pages run no scripts.
    pub async fn start_without_scripts() -> Self {
        Self::start_with(Scripts::Blocked).await
    }

    async fn start_with(scripts: Scripts) -> Self {
        let engine = Engine::chosen();
        let port = super::server::free_port();
        let profile = tempfile::tempdir().expect("a temporary folder");
        let processes = engine.start_driver(port, profile.path());
        let Value::Object(capabilities) = engine.capabilities(profile.path(), scripts) else { unreachable!("an object was written") };
        let address = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let mut last = None;
        for _ in 0..100 {
            match builder.connect(&address).await {
                Ok(page) => return Self { page, engine, scripts, _processes: processes, _profile: profile },
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{engine:?} does not start: {last:?}");
    }

    /// Opens a page, and waits until its script has run.
    pub async fn open(&self, address: &str) {
        self.page.goto(address).await.expect(address);
        if self.scripts == Scripts::Run {
            self.text_when(".find:not([hidden])", |_| true).await;
        }
    }

    /// What the page wrote to the console as errors or warnings since the last call.
    pub async fn console_errors(&self) -> Vec<String> {
        if self.engine != Engine::Chromium {
            let recorded = self.page.execute("return window.recordedErrors.splice(0)", Vec::new()).await.expect("the record of errors");
            return recorded.as_array().expect("a list").iter().map(ToString::to_string).collect();
        }
        let entries = self.log("browser").await;
        let bad = entries.iter().filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING");
        bad.map(|entry| entry["message"].to_string()).collect()
    }

    /// The addresses of all requests over the network: in Chromium since the last call, elsewhere those of the page that is shown. The
    /// browser's own pages are not on it.
    pub async fn requests(&self) -> Vec<String> {
        if self.engine != Engine::Chromium {
            let entries = "return performance.getEntries().filter((entry) => /navigation|resource/.test(entry.entryType)).map((entry) => entry.name)";
            let addresses = self.page.execute(entries, Vec::new()).await.expect("the requests");
            return addresses.as_array().expect("a list").iter().filter_map(|address| address.as_str().map(str::to_owned)).collect();
        }
        let events = self.log("performance").await.into_iter().filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok());
        let sent = events.filter(|event| event["message"]["method"] == "Network.requestWillBeSent");
        let addresses = sent.filter_map(|event| event["message"]["params"]["request"]["url"].as_str().map(str::to_owned));
        addresses.filter(|address| address.starts_with("http") || address.starts_with("ws")).collect()
    }

    async fn log(&self, kind: &'static str) -> Vec<Value> {
        let answer = self.page.issue_cmd(ReadLog(kind)).await.expect("a log");
        answer.as_array().cloned().unwrap_or_default()
    }

    /// Makes the page as narrow as a phone. Windows have a least width of their own, so it's asked for in the way that the engine obeys.
    pub async fn narrow(&self, height: u32) {
        match self.engine {
            Engine::Chromium => {
                let metrics = json!({"width": PHONE_WIDTH, "height": height, "deviceScaleFactor": 2, "mobile": false});
                self.page.issue_cmd(Execute("Emulation.setDeviceMetricsOverride", metrics)).await.expect("resized");
            }
            Engine::Firefox | Engine::WebKit => self.page.set_window_size(PHONE_WIDTH, height).await.expect("resized"),
        }
        let mut width = Value::Null;
        for _ in 0..50 {
            width = self.page.execute("return window.innerWidth", Vec::new()).await.expect("measured");
            if width.as_u64().is_some_and(|width| width <= u64::from(PHONE_WIDTH)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the page stays {width} pixels wide");
    }

    /// The text of the first element that `selector` finds, as soon as `wanted` holds of it.
    pub async fn text_when(&self, selector: &str, wanted: impl Fn(&str) -> bool) -> String {
        let mut last = String::new();
        for _ in 0..100 {
            if let Ok(element) = self.page.find(fantoccini::Locator::Css(selector)).await {
                last = element.text().await.unwrap_or_default();
                if wanted(&last) {
                    return last;
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("`{selector}` never became as wanted; it reads: {last}");
    }

    /// Clicks the first element that `selector` finds.
    pub async fn click(&self, selector: &str) {
        self.page.find(fantoccini::Locator::Css(selector)).await.expect(selector).click().await.expect(selector);
    }

    /// Types into the element that has the focus, or presses a key there.
    pub async fn press(&self, keys: &str) {
        self.page.active_element().await.expect("the focus").send_keys(keys).await.expect(keys);
    }

    /// Ends the browser.
    pub async fn end(self) {
        let _ = self.page.clone().close().await;
    }
}
