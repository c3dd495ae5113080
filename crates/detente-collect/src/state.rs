//! Where following an address stands: kept between two visits and over any stop.
//!
//! # How
//! A state is saved after the reports that it tells of are kept, so a stop at any moment loses nothing; at worst a few
//! pages are fetched twice, and the same report twice is one. The entity tag of a feed is kept only when every page in
//! it was seen to: until then the feed is read in full again.

use crate::back_off;
use crate::feed::Link;
use crate::trouble::Trouble;
use crate::visit::later;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use url::Url;

/// How often a page is tried that cannot be had.
pub(crate) const TRIES: u8 = 4;

/// Pages that are remembered of one feed.
const MOST: usize = 20_000;

/// How long a page is remembered that is listed no more.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(60 * 24);

/// Where following one address stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// Entity tag of the feed as it was read last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) etag: Option<String>,
    /// Its time of change, as the server puts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) modified: Option<String>,
    /// When it is to be visited again.
    pub(crate) next: Option<Timestamp>,
    /// When it was last visited without trouble.
    pub(crate) well: Option<Timestamp>,
    /// Visits in a row that failed.
    pub(crate) failures: u32,
    /// What was wrong the last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trouble: Option<String>,
    /// Pages, by a hash of their address.
    pub(crate) seen: BTreeMap<String, Seen>,
}

/// One page that was seen to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// When it was listed last.
    at: Timestamp,
    /// When it was changed last, as the feed says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) modified: Option<String>,
    /// Times it was tried in vain; 0 when it was had, or given up.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) tries: u8,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(n: &u8) -> bool {
    *n == 0
}

impl State {
    /// When the address is to be visited again; at once, if it never was.
    pub fn next(&self) -> Timestamp {
        self.next.unwrap_or(Timestamp::MIN)
    }

    /// Is it to be visited? A next time that lies beyond every pause was set by a clock that went wrong.
    pub fn is_due(&self, every: Duration, now: Timestamp) -> bool {
        let longest = crate::visit::LONGEST.max(every).mul_f64(1.2);
        self.next() <= now || self.next() > later(now, longest)
    }

    /// What was wrong at the last visit, if something was.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// When it was last visited without trouble.
    pub fn well(&self) -> Option<Timestamp> {
        self.well
    }

    /// Number of pages that were seen to.
    pub fn pages(&self) -> usize {
        self.seen.values().filter(|seen| seen.tries == 0).count()
    }

    /// Is the page new, changed, or not had yet?
    pub(crate) fn wants(&self, link: &Link) -> bool {
        match self.seen.get(&key(&link.url)) {
            None => true,
            Some(seen) => {
                seen.tries > 0 || link.updated.is_some_and(|at| seen.changed.is_some_and(|was| at > was))
            }
        }
    }

    pub(crate) fn of(&self, url: &Url) -> Option<&Seen> {
        self.seen.get(&key(url))
    }

    /// A page was seen to: had, or given up.
    pub(crate) fn had(&mut self, link: &Link, etag: Option<String>, modified: Option<String>, at: Timestamp) {
        let changed = link.updated.or(link.published);
        self.seen.insert(key(&link.url), Seen { at, changed, etag, modified, tries: 0 });
    }

    /// A page could not be had. Will it be tried again?
    pub(crate) fn missed(&mut self, link: &Link, counts: bool, at: Timestamp) -> bool {
        let before = self.of(&link.url).cloned();
        let tries = before.as_ref().map_or(0, |seen| seen.tries) + u8::from(counts);
        if tries >= TRIES {
            self.had(link, None, None, at);
            return false;
        }
        let mut seen = before.unwrap_or(Seen { at, changed: None, etag: None, modified: None, tries: 0 });
        seen.tries = tries.max(1);
        self.seen.insert(key(&link.url), seen);
        true
    }

    /// Keeps what is listed, forgets what was long not.
    pub(crate) fn listed<'l>(&mut self, links: impl Iterator<Item = &'l Url>, now: Timestamp) {
        for url in links {
            if let Some(seen) = self.seen.get_mut(&key(url)) {
                seen.at = now;
            }
        }
        self.seen.retain(|_, seen| now.duration_since(seen.at) < REMEMBERED);
        if self.seen.len() > MOST {
            let oldest: BTreeSet<(Timestamp, String)> =
                self.seen.iter().map(|(key, seen)| (seen.at, key.clone())).collect();
            let surplus = self.seen.len() - MOST;
            for (_, key) in oldest.into_iter().take(surplus) {
                self.seen.remove(&key);
            }
        }
    }

    /// The visit went well; the next is due after `every`.
    pub(crate) fn went_well(&mut self, address: &Url, every: Duration, now: Timestamp) {
        self.failures = 0;
        self.trouble = None;
        self.well = Some(now);
        self.next = Some(later(now, back_off::pause(address.as_str(), every, 0)));
    }

    /// The visit failed; the next is due later and later, and not before the server wants it.
    pub(crate) fn went_wrong(&mut self, address: &Url, every: Duration, trouble: &Trouble, now: Timestamp) {
        self.failures = self.failures.saturating_add(1);
        self.trouble = Some(trouble.to_string());
        let pause = back_off::pause(address.as_str(), every, self.failures);
        let asked = trouble.retry_after().unwrap_or_default().min(crate::visit::LONGEST);
        self.next = Some(later(now, pause.max(asked)));
    }
}

/// A page in the state: its address would take five times the room.
fn key(url: &Url) -> String {
    blake3::hash(url.as_str().as_bytes()).to_hex()[..16].to_string()
}
