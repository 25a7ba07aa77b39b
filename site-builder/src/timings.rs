//! Where the time of a build goes.

use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The phases of a build, in the order in which they ended.
#[derive(Debug, Default)]
pub struct Timings(Mutex<Vec<(&'static str, Duration)>>);

impl Timings {
    /// Does a piece of work and notes how long it took.
    pub fn of<T>(&self, phase: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let made = work();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((phase, started.elapsed()));
        made
    }

    /// A line for each phase.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (phase, took) in &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = writeln!(text, "{:>10.1} ms  {phase}", took.as_secs_f64() * 1000.0);
        }
        text.trim_end().to_owned()
    }
}
