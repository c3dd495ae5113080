//! Time, waiting, and being told to end: what a run asks the world for, so that a test can answer instead.

use jiff::Timestamp;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often somebody who waits looks whether it is time to end.
const TICK: Duration = Duration::from_millis(50);

/// Tells the time and waits.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// Waits this long. `false` if the run was told to end, before or while it waited.
    fn wait(&self, long: Duration) -> bool;

    /// Was the run told to end?
    fn ended(&self) -> bool;
}

/// The clock of the machine.
#[derive(Debug, Default)]
pub struct MachineClock {
    ended: AtomicBool,
}

impl MachineClock {
    /// Tells everybody who waits to end.
    pub fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }
}

impl Clock for MachineClock {
    #[allow(clippy::disallowed_methods, reason = "here the time comes in")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn wait(&self, long: Duration) -> bool {
        let begin = monotonic();
        while !self.ended() {
            let left = long.saturating_sub(begin.elapsed());
            if left.is_zero() {
                return true;
            }
            std::thread::sleep(left.min(TICK));
        }
        false
    }

    fn ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }
}

/// The beginning of a stretch of time.
#[allow(clippy::disallowed_methods, reason = "limits on time need a clock")]
pub(crate) fn monotonic() -> Instant {
    Instant::now()
}
