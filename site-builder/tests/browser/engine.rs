//! The three engines, and what each needs to be driven.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Where Debian installs the window around WebKit, by architecture.
const MINI_BROWSERS: &str = "/usr/lib";
/// Lets the window around WebKit become as narrow as a phone: its tool bar would not.
const NARROW_TOOL_BAR: &str =
    "entry, button, toolbar, headerbar, box, image, label { font-size: 1px; padding: 0; margin: 0; min-width: 0; border: 0 }";

/// The same for Firefox: its windows have a least width.
const NARROW_WINDOW: &str = ":root { min-width: 0 !important }";

/// What a page is shown by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    Run,
    Blocked,
}

impl Engine {
    /// The engine that the environment variable `BROWSER_ENGINE` names; Chromium without it.
    pub fn chosen() -> Self {
        match std::env::var("BROWSER_ENGINE").as_deref() {
            Err(_) | Ok("chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) => panic!("BROWSER_ENGINE is `{other}`; write chromium, firefox or webkit"),
        }
    }

    /// Starts the program that drives the engine, listening on `port`; with what else has to run meanwhile.
    pub fn start_driver(self, port: u16, profile: &Path) -> Vec<Process> {
        let program = match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKit => "WebKitWebDriver",
        };
        let mut driver = Command::new(program);
        driver.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        match self {
            Self::Chromium => {}
            // Firefox has to be reached by another port of its own where several are driven at once.
            Self::Firefox => {
                write_style(&profile.join("chrome"), "userChrome.css", NARROW_WINDOW);
                driver.arg(format!("--marionette-port={}", super::server::free_port()));
            }
            Self::WebKit => {
                write_style(&profile.join("gtk-3.0"), "gtk.css", NARROW_TOOL_BAR);
                let (screen, display) = start_screen();
                driver.env("XDG_CONFIG_HOME", profile).env("GDK_BACKEND", "x11").env("DISPLAY", display);
                return vec![Process::start(driver), screen];
            }
        }
        vec![Process::start(driver)]
    }

    /// What the driver is asked for.
    pub fn capabilities(self, profile: &Path, scripts: Scripts) -> Value {
        let may_run = scripts == Scripts::Run;
        match self {
            Self::Chromium => {
                let mut arguments: Vec<String> = [
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ]
                .map(str::to_owned)
                .into();
                arguments.push(format!("--user-data-dir={}", profile.display()));
                let content = if may_run { 1 } else { 2 };
                json!({
                    "goog:chromeOptions": {"args": arguments, "prefs": {"profile.managed_default_content_settings.javascript": content}},
                    "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
                })
            }
            Self::Firefox => json!({"moz:firefoxOptions": {
                "args": ["-headless", "-profile", profile],
                "prefs": {"javascript.enabled": may_run, "toolkit.legacyUserProfileCustomizations.stylesheets": true},
            }}),
            Self::WebKit => json!({"webkitgtk:browserOptions": {
                "binary": mini_browser(),
                "args": ["--automation", format!("--enable-javascript={may_run}")],
            }}),
        }
    }
}

/// The window around WebKit.
fn mini_browser() -> PathBuf {
    let folders = std::fs::read_dir(MINI_BROWSERS).expect("the libraries").filter_map(Result::ok);
    let programs = folders.map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"));
    programs.into_iter().find(|program| program.exists()).expect("MiniBrowser, of Debian's libwebkit2gtk-4.1-0")
}

/// The style of a browser's own window.
fn write_style(folder: &Path, name: &str, style: &str) {
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(folder.join(name), style).expect("written");
}

/// A screen that nobody sees, and its name.
fn start_screen() -> (Process, String) {
    use std::io::{BufRead, BufReader};
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut screen = Process::start(command);
    let mut number = String::new();
    let said = screen.0.stdout.take().expect("a pipe");
    BufReader::new(said).read_line(&mut number).expect("the number of the screen");
    (screen, format!(":{}", number.trim()))
}

/// A program that ends with the test.
pub struct Process(Child);

impl Process {
    fn start(mut command: Command) -> Self {
        Self(command.spawn().unwrap_or_else(|error| panic!("{} does not start: {error}", command.get_program().display())))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
