//! A clock that does not wait, and a visitor who uses it.

use detente_collect::clock::Clock;
use detente_collect::fetch::Fetcher;
use detente_collect::visit::Visitor;
use detente_collect::{Guard, Limits};
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Who waits on it finds the time passed; what was waited for is remembered.
pub(crate) struct Jump {
    now: Mutex<Timestamp>,
    waits: Mutex<Vec<Duration>>,
    ended: AtomicBool,
}

impl Jump {
    pub(crate) fn new() -> Arc<Jump> {
        let now = "2031-03-04T08:00:00Z".parse().unwrap();
        Arc::new(Jump { now: Mutex::new(now), waits: Mutex::default(), ended: AtomicBool::new(false) })
    }

    pub(crate) fn pass(&self, long: Duration) {
        let mut now = self.now.lock().unwrap();
        *now += SignedDuration::try_from(long).unwrap();
    }

    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }

    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }
}

impl Clock for Jump {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    fn wait(&self, long: Duration) -> bool {
        self.waits.lock().unwrap().push(long);
        self.pass(long);
        !self.ended()
    }

    fn ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }
}

/// Few bytes, but time enough for a busy machine.
pub(crate) fn limits() -> Limits {
    Limits {
        wire: 100_000,
        unpacked: 300_000,
        whole: Duration::from_secs(20),
        idle: Duration::from_secs(5),
        redirects: 4,
        ..Limits::default()
    }
}

/// A visitor who may visit this machine, also under invented names.
pub(crate) fn visitor(clock: &Arc<Jump>) -> Visitor {
    let names = |_: &str, port: u16| Ok(vec![std::net::SocketAddr::from(([127, 0, 0, 1], port))]);
    let guard = Guard::allowing(["127.0.0.1", "one.example", "two.example"]).with_names(Arc::new(names));
    let fetcher = Fetcher::new(guard, limits(), "Detente/test");
    Visitor::new(Arc::new(fetcher), Arc::<Jump>::clone(clock), Duration::from_secs(1))
}
