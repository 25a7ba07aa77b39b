//! Where the time of a build goes, and how far it is.

use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The phases of a build, in the order in which they ended.
#[derive(Default)]
pub struct Timings {
    phases: Mutex<Vec<Phase>>,
    reporter: Option<Box<dyn Reporter>>,
}

/// Is told how far a build is, from several threads at once.
pub trait Reporter: Send + Sync {
    /// A phase begins.
    fn begins(&self, phase: &'static str);
    /// The phase consists of so many pieces of work.
    fn expects(&self, pieces: usize);
    /// One of them is done.
    fn one_is_done(&self);
}

/// What a phase took, on the clock and of all processors.
#[derive(Clone, Copy, Debug)]
struct Phase {
    name: &'static str,
    clock: Duration,
    processors: Option<Duration>,
}

impl Timings {
    /// Timings that tell somebody how far the work is.
    pub fn told_to(reporter: Box<dyn Reporter>) -> Self {
        Self { phases: Mutex::default(), reporter: Some(reporter) }
    }

    /// Says that the present phase consists of so many pieces of work.
    pub fn expect(&self, pieces: usize) {
        self.reporter.iter().for_each(|reporter| reporter.expects(pieces));
    }

    /// Says that one of the pieces is done.
    pub fn one_is_done(&self) {
        self.reporter.iter().for_each(|reporter| reporter.one_is_done());
    }

    /// Does a piece of work and notes how long it took.
    pub fn of<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> T {
        self.reporter.iter().for_each(|reporter| reporter.begins(name));
        let (started, used) = (Instant::now(), processors());
        let made = work();
        let processors = processors().zip(used).map(|(now, before)| now.saturating_sub(before));
        self.phases.lock().unwrap_or_else(PoisonError::into_inner).push(Phase { name, clock: started.elapsed(), processors });
        made
    }

    /// A line for each phase: time on the clock, time of all processors where the system tells it, name.
    pub fn text(&self) -> String {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        let mut text = String::new();
        for phase in &*self.phases.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = write!(text, "{:>10.1} ms", milliseconds(phase.clock));
            if let Some(processors) = phase.processors {
                let _ = write!(text, " {:>10.1} ms CPU", milliseconds(processors));
            }
            let _ = writeln!(text, "  {}", phase.name);
        }
        text.trim_end().to_owned()
    }
}

/// The time that all processors spent on this program so far.
#[cfg(target_os = "linux")]
fn processors() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::ProcessCPUTime).try_into().ok()
}

#[cfg(not(target_os = "linux"))]
fn processors() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phase_has_a_line_in_the_order_in_which_they_ended() {
        let timings = Timings::default();
        assert_eq!(timings.of("first", || 7), 7);
        timings.of("second", || ());
        let text = timings.text();
        assert_eq!(text.lines().filter_map(|line| line.rsplit("  ").next()).collect::<Vec<_>>(), ["first", "second"]);
    }
}
