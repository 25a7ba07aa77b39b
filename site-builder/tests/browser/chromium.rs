//! Headless Chromium, driven over WebDriver.

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use url::{ParseError, Url};

/// A browser with an empty profile; it ends with the test.
pub struct Chromium {
    /// What drives it.
    pub page: Client,
    _driver: Driver,
    _profile: TempDir,
}

/// `POST /session/{id}/se/log`: what the browser logged.
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

/// `POST /session/{id}/goog/cdp/execute`: a command of the browser's own protocol.
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

impl Chromium {
    /// Starts a browser.
    pub async fn start() -> Self {
        let port = super::server::free_port();
        let driver = Driver::start(port);
        let profile = tempfile::tempdir().expect("a temporary folder");
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ];
        let mut arguments: Vec<_> = arguments.map(str::to_owned).into();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        let capabilities = json!({
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object was written") };
        let address = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        for _ in 0..100 {
            if let Ok(page) = builder.connect(&address).await {
                return Self { page, _driver: driver, _profile: profile };
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("chromium does not start");
    }

    /// What the page wrote to the console as errors or warnings.
    pub async fn console_errors(&self) -> Vec<String> {
        let entries = self.log("browser").await;
        let bad = entries.iter().filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING");
        bad.map(|entry| entry["message"].to_string()).collect()
    }

    /// The addresses of all requests over the network since the last call; the browser's own pages are not on it.
    pub async fn requests(&self) -> Vec<String> {
        let events = self.log("performance").await.into_iter().filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok());
        let sent = events.filter(|event| event["message"]["method"] == "Network.requestWillBeSent");
        let addresses = sent.filter_map(|event| event["message"]["params"]["request"]["url"].as_str().map(str::to_owned));
        addresses.filter(|address| address.starts_with("http") || address.starts_with("ws")).collect()
    }

    async fn log(&self, kind: &'static str) -> Vec<Value> {
        let answer = self.page.issue_cmd(ReadLog(kind)).await.expect("a log");
        answer.as_array().cloned().unwrap_or_default()
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

    /// Lets no page run scripts from here on.
    pub async fn without_scripts(&self) {
        self.page.issue_cmd(Execute("Emulation.setScriptExecutionDisabled", json!({"value": true}))).await.expect("told");
    }

    /// Ends the browser.
    pub async fn end(self) {
        let _ = self.page.clone().close().await;
    }
}

/// ChromeDriver; it ends with the test.
struct Driver(Child);

impl Driver {
    fn start(port: u16) -> Self {
        let child = Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Self(child.expect("chromedriver starts"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
