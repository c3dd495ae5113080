//! `detente add URL…`: pages that are named outright, into the store.

use super::store_arguments::Add;
use super::{say, screen};
use crate::collecting::{self, Keeper};
use crate::intake::Failure;
use detente_collect::clock::{Clock, MachineClock};
use detente_collect::fetch::{self, Fetcher, user_agent};
use detente_collect::follow::{self, Wanted, Watch};
use detente_collect::visit::Visitor;
use detente_collect::{Limits, State};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Is it an address of the web, and no path?
pub(super) fn is_address(path: &Path) -> bool {
    let begins = |words: &str| {
        let words = words.to_ascii_lowercase();
        words.starts_with("http://") || words.starts_with("https://")
    };
    path.to_str().is_some_and(begins)
}

/// Fetches the addresses and keeps what is there.
pub(super) fn add(wanted: &Add, addresses: &[PathBuf], keeper: &mut Keeper) {
    let kind = if wanted.feed { Wanted::Feed } else { Wanted::Any };
    let mut watches: Vec<(Watch, State)> = Vec::new();
    for address in addresses.iter().filter_map(|path| path.to_str()) {
        match fetch::address(address) {
            Ok(address) => {
                let (every, most) = (Duration::ZERO, wanted.most);
                let watch = Watch { address, kind, outlet: None, every, most, days: None };
                watches.push((watch, State::default()));
            }
            Err(trouble) => {
                keeper.failures.push(Failure::new(trouble.what(), trouble.place(), trouble.remedy()))
            }
        }
    }
    let clock = Arc::new(MachineClock::default());
    let guard = match collecting::guard(&wanted.allow) {
        Ok(guard) => guard,
        Err(failure) => return keeper.failures.push(failure),
    };
    let fetcher = Arc::new(Fetcher::new(guard, Limits::default(), &user_agent(None)));
    let visitor = Visitor::new(fetcher, Arc::<MachineClock>::clone(&clock), Duration::from_secs(1));
    let bar = screen::status();
    follow::round(&visitor, watches, AT_ONCE, &mut |_, watch, news| {
        // Nothing is followed here: where it stands is nobody's business.
        if matches!(news, follow::News::State(_)) {
            return true;
        }
        let going = keeper.hear(watch, news, clock.now(), &mut |_| ());
        let host = watch.address.host_str().unwrap_or_default();
        bar.set_message(format!(
            "{host}: {} new, {} pages ahead",
            keeper.counts.fresh(),
            keeper.counts.ahead
        ));
        going
    });
    bar.finish_and_clear();
    say::notes(&keeper.notes);
    keeper.notes.clear();
}

/// Hosts that are asked at the same time.
const AT_ONCE: usize = 4;
