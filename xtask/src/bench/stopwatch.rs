//! Time that this thread spent on a core, so that other work on the machine does not count.

use std::time::{Duration, Instant};

/// Time on a core, or by the clock.
pub(super) struct Stopwatch {
    clock: Instant,
    core: Option<Duration>,
}

impl Stopwatch {
    /// Begins.
    pub(super) fn start() -> Stopwatch {
        Stopwatch { clock: Instant::now(), core: on_core() }
    }

    /// How long since it began.
    pub(super) fn elapsed(&self) -> Duration {
        match (self.core, on_core()) {
            (Some(before), Some(now)) => now - before,
            _ => self.clock.elapsed(),
        }
    }
}

/// How long this thread has run.
fn on_core() -> Option<Duration> {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(line.split_whitespace().next()?.parse().ok()?))
}
