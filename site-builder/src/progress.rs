//! A line on the terminal that says how far a build is; nothing where standard error is no terminal.

use indicatif::{ProgressBar, ProgressStyle};
use reader::timings::Reporter;
use std::time::Duration;

/// How often the line is drawn anew while nothing is done.
const BEAT: Duration = Duration::from_millis(120);

/// The line. It is gone when this is dropped.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A line that says nothing yet.
    pub fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(BEAT);
        Self { bar }
    }
}

impl Reporter for Progress {
    fn begins(&self, phase: &'static str) {
        self.bar.set_length(0);
        self.bar.set_style(style("{spinner} {msg}"));
        self.bar.set_message(phase);
    }

    fn expects(&self, pieces: usize) {
        self.bar.reset();
        self.bar.set_length(pieces as u64);
        self.bar.set_style(style("{spinner} {msg} {wide_bar} {pos}/{len}"));
    }

    fn one_is_done(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A template that can't be read, which a test would find, gives the usual bar.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_of_the_line_can_be_read() {
        for template in ["{spinner} {msg}", "{spinner} {msg} {wide_bar} {pos}/{len}"] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
