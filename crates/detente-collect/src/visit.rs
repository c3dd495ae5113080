//! Takes an address, gives its answer, and keeps manners on the way there.
//!
//! One host is asked one thing at a time, with a pause between; its robots.txt is read first and followed; a host that
//! says it has enough is left alone for as long as it wants. Different hosts may be asked at once.
//!
//! # How
//! Before every hop [`Visitor::visit`] takes the turn of its host, and gives it back when the hop is done. Never are two
//! turns held at once, so nobody waits for somebody who waits for him.

use crate::clock::Clock;
use crate::fetch::{Accept, Answer, Ask, Fetched, Fetcher};
use crate::robots::Rules;
use crate::trouble::{Kind, Trouble};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use url::Url;

/// How often somebody who waits for a turn looks whether it is time to end.
const TICK: Duration = Duration::from_millis(50);

/// The longest time that a host is left alone because it says so.
pub(crate) const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// Pages that are remembered of one run.
const REMEMBERED: usize = 100_000;

/// How long a host is left alone that has enough and does not say for how long.
const ENOUGH: Duration = Duration::from_secs(60);

/// Fetches with manners. Made once, used from any thread.
pub struct Visitor {
    fetcher: Arc<Fetcher>,
    clock: Arc<dyn Clock>,
    gap: Duration,
    hosts: Mutex<BTreeMap<String, Arc<Host>>>,
    /// Pages that were had in this run.
    had: Mutex<BTreeSet<Url>>,
}

/// What is known of one host.
#[derive(Default)]
struct Host {
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    busy: bool,
    /// From when on it may be asked again.
    free: Option<Timestamp>,
    /// Until when it is left alone, and why.
    closed: Option<(Timestamp, Trouble)>,
    /// The rules of each of its origins, and until when they hold.
    rules: BTreeMap<String, (Timestamp, Result<Arc<Rules>, Trouble>)>,
}

/// The turn to ask one host, until it is dropped.
struct Turn<'v> {
    host: Arc<Host>,
    visitor: &'v Visitor,
    delay: Duration,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let free = later(self.visitor.clock.now(), self.delay);
        let mut state = locked(&self.host.state);
        state.busy = false;
        state.free = Some(free);
        drop(state);
        self.host.freed.notify_one();
    }
}

impl Visitor {
    /// Nobody was visited yet. `gap` is the pause between two requests to one host, where it asks for no longer one.
    pub fn new(fetcher: Arc<Fetcher>, clock: Arc<dyn Clock>, gap: Duration) -> Visitor {
        Visitor { fetcher, clock, gap, hosts: Mutex::default(), had: Mutex::default() }
    }

    /// The clock of this run.
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// What fetches.
    pub fn fetcher(&self) -> &Fetcher {
        &self.fetcher
    }

    /// Was the page had in this run? Two feeds of one outlet often list the same.
    pub(crate) fn has_had(&self, url: &Url) -> bool {
        locked(&self.had).contains(url)
    }

    /// The page was had.
    pub(crate) fn had(&self, url: &Url) {
        let mut had = locked(&self.had);
        // A run of many weeks begins anew; at worst some pages are fetched twice.
        if had.len() >= REMEMBERED {
            had.clear();
        }
        had.insert(url.clone());
    }

    /// Fetches an address with manners.
    pub fn visit(&self, url: &Url, ask: &Ask) -> Result<Fetched, Trouble> {
        let mut last = None;
        let asked = self.fetcher.follow(url, ask, &mut |hop| {
            let turn = self.enter(hop)?;
            last = Some(Arc::clone(&turn.host));
            Ok(turn)
        });
        let trouble = match asked {
            Ok(fetched) => return Ok(fetched),
            Err(_) if self.clock.ended() => return Err(Trouble::new(url, Kind::Ended)),
            Err(trouble) => trouble,
        };
        if let (Kind::Status { code: 429 | 503, .. }, Some(host)) = (trouble.kind(), last) {
            let long = trouble.retry_after().unwrap_or(ENOUGH).min(LONGEST);
            locked(&host.state).closed = Some((later(self.clock.now(), long), trouble.clone()));
        }
        Err(trouble)
    }

    /// Takes the turn of a host, when it is free and its rules let us in.
    fn enter(&self, url: &Url) -> Result<Turn<'_>, Trouble> {
        let name = url.host_str().unwrap_or_default().to_string();
        let host = Arc::clone(locked(&self.hosts).entry(name).or_default());
        let mut turn = self.turn(host, url)?;
        let rules = self.rules(&turn, url)?;
        if !rules.allows(url) {
            return Err(Trouble::new(url, Kind::Robots));
        }
        turn.delay = rules.delay().map_or(self.gap, |delay| delay.max(self.gap).min(LONGEST));
        // Between the rules and the first page lies the pause that the rules want.
        self.pause(&turn, url)?;
        Ok(turn)
    }

    fn turn(&self, host: Arc<Host>, url: &Url) -> Result<Turn<'_>, Trouble> {
        let mut state = locked(&host.state);
        loop {
            if self.clock.ended() {
                return Err(Trouble::new(url, Kind::Ended));
            }
            if let Some((until, trouble)) = &state.closed
                && *until > self.clock.now()
            {
                return Err(Trouble::new(url, trouble.kind().clone()));
            }
            if !state.busy {
                break;
            }
            let waited = host.freed.wait_timeout(state, TICK);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.busy = true;
        drop(state);
        Ok(Turn { host, visitor: self, delay: self.gap })
    }

    /// Waits until the host may be asked again.
    fn pause(&self, turn: &Turn, url: &Url) -> Result<(), Trouble> {
        let free = locked(&turn.host.state).free;
        let left = free.map_or(Duration::ZERO, |free| until(self.clock.now(), free));
        match left.is_zero() || self.clock.wait(left) {
            true => Ok(()),
            false => Err(Trouble::new(url, Kind::Ended)),
        }
    }

    /// The rules of the site, as they were read last or are now.
    fn rules(&self, turn: &Turn, url: &Url) -> Result<Arc<Rules>, Trouble> {
        let origin = url.origin().ascii_serialization();
        let kept = locked(&turn.host.state).rules.get(&origin).cloned();
        let kept = kept.filter(|(until, _)| *until > self.clock.now()).map(|(_, rules)| rules);
        let rules = match kept {
            Some(rules) => rules,
            None => {
                let asked = self.ask_rules(turn, url);
                if self.clock.ended() {
                    return Err(Trouble::new(url, Kind::Ended));
                }
                let rules = Rules::of(asked).map(Arc::new);
                let hold = match &rules {
                    Ok(_) => Rules::HOLD,
                    Err(trouble) => trouble.retry_after().unwrap_or(Rules::ALONE).min(LONGEST),
                };
                let until = later(self.clock.now(), hold);
                locked(&turn.host.state).rules.insert(origin, (until, rules.clone()));
                rules
            }
        };
        rules.map_err(|trouble| match trouble.kind() {
            // The whole host cannot be reached: its rules are the least of it.
            kind if trouble.is_of_connection() => Trouble::new(url, kind.clone()),
            _ => Trouble::new(url, Kind::NoRobots(Box::new(trouble.clone()))),
        })
    }

    fn ask_rules(&self, turn: &Turn, url: &Url) -> Result<Answer, Trouble> {
        let address = Rules::address(url).ok_or_else(|| Trouble::new(url, Kind::NoAddress))?;
        let ask = Ask { accept: Accept::Robots, ..Ask::default() };
        let fetched = self.fetcher.follow(&address, &ask, &mut |_| self.pause(turn, url));
        locked(&turn.host.state).free = Some(later(self.clock.now(), self.gap));
        match fetched? {
            Fetched::New(answer) => Ok(*answer),
            Fetched::Unchanged => Err(Trouble::new(address, Kind::Status { code: 304, after: None })),
        }
    }
}

impl fmt::Debug for Visitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visitor")
            .field("fetcher", &self.fetcher)
            .field("gap", &self.gap)
            .finish_non_exhaustive()
    }
}

/// Nothing is left half done under these locks: that somebody else panicked is no reason to.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// That much later.
pub(crate) fn later(now: Timestamp, long: Duration) -> Timestamp {
    SignedDuration::try_from(long).ok().and_then(|long| now.checked_add(long).ok()).unwrap_or(Timestamp::MAX)
}

/// How long it is until then.
pub(crate) fn until(now: Timestamp, then: Timestamp) -> Duration {
    Duration::try_from(then.duration_since(now)).unwrap_or_default()
}
