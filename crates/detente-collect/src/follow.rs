//! Takes an address that is followed and where that stands, tells what is new there.
//!
//! # How
//! 1. The address is asked whether it has changed. 2. What lists links is read; an index of sitemaps leads to its
//!    newest. 3. Pages that were not seen yet, or have changed, are fetched, the newest first, up to a number; the others
//!    come the next time. 4. A page that is refused or empty is replaced by the text that the feed carries, if it does.
//! 5. Where it stands is told after every few pages, behind the reports that it tells of.
//!
//! [`round`] does this for many addresses side by side.

use crate::feed::{self, Form, Link, Listing};
use crate::fetch::{Accept, Answer, Ask, Fetched};
use crate::page::{self, Beside};
use crate::state::State;
use crate::trouble::{Kind, Trouble};
use crate::visit::Visitor;
use detente_intake::Unpacked;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;
use url::Url;

/// Pages between two times that the state is told.
const AT_ONCE: usize = 8;

/// Indexes of sitemaps within indexes.
const DEEPEST: usize = 2;

/// Room for reading deep pages.
const STACK: usize = 8 << 20;

/// Something that is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Its address.
    pub address: Url,
    /// What it is.
    pub kind: Wanted,
    /// Whose reports these are, where the user says so.
    pub outlet: Option<String>,
    /// How often it is visited.
    pub every: Duration,
    /// Pages that are fetched in one visit at most.
    pub most: usize,
    /// Pages that are older than this many days are passed over.
    pub days: Option<u32>,
}

/// What an address is meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A feed or sitemap if it looks like one, else a page.
    Any,
    /// A feed or sitemap.
    Feed,
    /// A page, whatever it looks like.
    Page,
}

/// What is told of a visit, in the order in which it happens.
#[derive(Debug)]
pub enum News {
    /// A list of links was read, so many of which are new and will be fetched now, and so many later.
    Links {
        /// Now.
        now: usize,
        /// At the next visit.
        later: usize,
    },
    /// A page was fetched; these are the reports in it, perhaps none.
    Reports(Unpacked),
    /// A page that was had before is as it was.
    Unchanged,
    /// A page could not be had. Why is told apart, and only once for all pages of a host.
    Missed,
    /// Something could not be had.
    Trouble(Trouble),
    /// Where following the address stands now: to be kept, after the reports that came before it.
    State(Box<State>),
}

/// Visits one address. `tell` says whether anybody is still listening.
pub fn attend(visitor: &Visitor, watch: &Watch, state: State, tell: &mut dyn FnMut(News) -> bool) {
    Visit { visitor, watch, state, tell, unsaved: 0, told: BTreeSet::new() }.run();
}

/// Visits many addresses, so many at a time; one host is asked one thing at a time all the same. `tell` is called on
/// this thread, with the place of the address in the list; when it says no, the round ends.
pub fn round(
    visitor: &Visitor,
    due: Vec<(Watch, State)>,
    at_once: usize,
    tell: &mut dyn FnMut(usize, &Watch, News) -> bool,
) {
    let watches: Vec<Watch> = due.iter().map(|(watch, _)| watch.clone()).collect();
    let states = due.into_iter().map(|(_, state)| state).enumerate();
    let queue = Mutex::new(Queue { waiting: states.collect(), busy: BTreeSet::new() });
    let queue = || queue.lock().unwrap_or_else(PoisonError::into_inner);
    let (to, from) = mpsc::sync_channel(64);
    let work = |to: mpsc::SyncSender<(usize, News)>| {
        while !visitor.clock().ended() {
            let next = queue().next(&watches);
            let Some((at, state)) = next else { break };
            let mut listening = true;
            attend(visitor, &watches[at], state, &mut |news| {
                listening = to.send((at, news)).is_ok();
                listening
            });
            queue().busy.remove(host(&watches[at]));
            if !listening {
                break;
            }
        }
    };
    std::thread::scope(|scope| {
        for n in 0..at_once.clamp(1, watches.len().max(1)) {
            let (to, work) = (to.clone(), &work);
            let named = std::thread::Builder::new().name(format!("visit {n}")).stack_size(STACK);
            // A system that grants no thread leaves the work to the others, and the first does it all if need be.
            if named.spawn_scoped(scope, move || work(to)).is_err() {
                break;
            }
        }
        drop(to);
        for (at, news) in &from {
            if !tell(at, &watches[at], news) {
                break;
            }
        }
        // Whoever still has something to tell finds nobody here, and ends.
        drop(from);
    });
}

/// What is still to be visited.
struct Queue<'w> {
    waiting: VecDeque<(usize, State)>,
    /// Hosts that somebody is at.
    busy: BTreeSet<&'w str>,
}

impl<'w> Queue<'w> {
    /// The next address of a host that nobody is at: many feeds of one host must not keep all others waiting. Whoever
    /// finds none may go, since the one who is at that host comes back for it.
    fn next(&mut self, watches: &'w [Watch]) -> Option<(usize, State)> {
        let free = |(at, _): &(usize, State)| !self.busy.contains(host(&watches[*at]));
        let place = self.waiting.iter().position(free)?;
        let (at, state) = self.waiting.remove(place)?;
        self.busy.insert(host(&watches[at]));
        Some((at, state))
    }
}

fn host(watch: &Watch) -> &str {
    watch.address.host_str().unwrap_or_default()
}

/// One visit.
struct Visit<'a> {
    visitor: &'a Visitor,
    watch: &'a Watch,
    state: State,
    tell: &'a mut dyn FnMut(News) -> bool,
    /// Pages since the state was told.
    unsaved: usize,
    /// Troubles of hosts that were told.
    told: BTreeSet<String>,
}

/// The visit ends early: the run was told to end, or nobody listens.
struct Over;

/// What an address gave.
enum Found {
    Unchanged,
    Page(Box<Answer>),
    Links(Box<Answer>, Listing),
}

impl Visit<'_> {
    fn run(mut self) {
        let done = match self.find() {
            Ok(found) => self.take(found),
            Err(trouble) if trouble.is_end() => Err(Over),
            Err(trouble) => {
                let now = self.now();
                self.state.went_wrong(&self.watch.address, self.watch.every, &trouble, now);
                self.say(News::Trouble(trouble))
            }
        };
        // Over or not: what was done is kept.
        let _ = done;
        let state = Box::new(self.state);
        (self.tell)(News::State(state));
    }

    fn find(&mut self) -> Result<Found, Trouble> {
        let accept = if self.watch.kind == Wanted::Page { Accept::Page } else { Accept::Feed };
        let (etag, modified) = (self.state.etag.clone(), self.state.modified.clone());
        let ask = Ask { etag: etag.as_deref(), modified: modified.as_deref(), accept };
        let Fetched::New(answer) = self.visitor.visit(&self.watch.address, &ask)? else {
            return Ok(Found::Unchanged);
        };
        // Who follows a feed by the address of its page means the feed that the page names.
        let named = match (self.watch.kind, feed::form(&answer.bytes)) {
            (Wanted::Feed, None) => feed::named_by(&answer.bytes, &answer.url),
            _ => None,
        };
        let Some(named) = named else { return self.look(answer) };
        match self.visitor.visit(&named, &Ask { accept: Accept::Feed, ..Ask::default() })? {
            // The tag of the feed would be asked of the page the next time.
            Fetched::New(answer) => self.look(Box::new(Answer { etag: None, modified: None, ..*answer })),
            Fetched::Unchanged => Ok(Found::Unchanged),
        }
    }

    /// Is it a page or a list of links?
    fn look(&self, mut answer: Box<Answer>) -> Result<Found, Trouble> {
        let limits = self.visitor.fetcher().limits();
        let told = |kind| Trouble::new(&self.watch.address, kind);
        if self.watch.kind == Wanted::Page {
            return Ok(Found::Page(answer));
        }
        let bytes = feed::unpacked(&answer.bytes, limits).map_err(told)?.into_owned();
        match feed::form(&bytes) {
            None if self.watch.kind == Wanted::Any => Ok(Found::Page(answer)),
            None => Err(told(Kind::NoFeed("it does not begin like one".to_string()))),
            Some(_) => {
                let listing = feed::read(&bytes, &answer.url, limits).map_err(told)?;
                answer.bytes = Vec::new();
                Ok(Found::Links(answer, listing))
            }
        }
    }

    fn take(&mut self, found: Found) -> Result<(), Over> {
        match found {
            Found::Unchanged => self.say(News::Unchanged)?,
            Found::Page(answer) => {
                let beside = Beside { outlet: self.watch.outlet.as_deref(), link: None };
                self.say(News::Reports(page::reports(&answer, beside)))?;
                (self.state.etag, self.state.modified) = (answer.etag, answer.modified);
            }
            Found::Links(answer, listing) => {
                let whole = self.links(listing)?;
                let kept = whole.then_some((answer.etag, answer.modified));
                (self.state.etag, self.state.modified) = kept.unwrap_or_default();
            }
        }
        let now = self.now();
        self.state.went_well(&self.watch.address, self.watch.every, now);
        Ok(())
    }

    /// Sees to the links. Were all of them seen to?
    fn links(&mut self, listing: Listing) -> Result<bool, Over> {
        let Listing { mut links, sitemaps, .. } = listing;
        let mut whole = true;
        self.sitemaps(sitemaps, 1, &mut links, &mut whole)?;
        let now = self.now();
        self.state.listed(links.iter().map(|link| &link.url), now);
        let mut once = BTreeSet::new();
        links.retain(|link| {
            self.is_young(link, now) && self.state.wants(link) && once.insert(link.url.clone())
        });
        links.sort_by_key(|link| std::cmp::Reverse(link.updated.max(link.published)));
        let later = links.split_off(links.len().min(self.watch.most)).len();
        self.say(News::Links { now: links.len(), later })?;
        whole &= later == 0;
        for link in &links {
            whole &= self.page(link)?;
            self.unsaved += 1;
            if self.unsaved >= AT_ONCE {
                self.unsaved = 0;
                let state = Box::new(self.state.clone());
                self.say(News::State(state))?;
            }
        }
        Ok(whole)
    }

    /// The links of sitemaps that an index lists.
    fn sitemaps(
        &mut self,
        maps: Vec<Url>,
        depth: usize,
        links: &mut Vec<Link>,
        whole: &mut bool,
    ) -> Result<(), Over> {
        let limits = self.visitor.fetcher().limits().clone();
        for map in maps {
            let ask = Ask { accept: Accept::Feed, ..Ask::default() };
            let read = self.visitor.visit(&map, &ask).and_then(|fetched| {
                let told = |kind| Trouble::new(&map, kind);
                let Fetched::New(answer) = fetched else { return Ok(Listing::default()) };
                let bytes = feed::unpacked(&answer.bytes, &limits).map_err(told)?;
                match feed::form(&bytes) {
                    Some(Form::Sitemap | Form::Index) => {
                        feed::read(&bytes, &answer.url, &limits).map_err(told)
                    }
                    _ => Err(told(Kind::NoFeed("no sitemap, as the index says".to_string()))),
                }
            });
            match read {
                Ok(listing) => {
                    links.extend(listing.links);
                    if depth < DEEPEST {
                        self.sitemaps(listing.sitemaps, depth + 1, links, whole)?;
                    }
                }
                Err(trouble) if trouble.is_end() => return Err(Over),
                Err(trouble) => {
                    *whole = false;
                    self.trouble(trouble)?;
                }
            }
            links.sort_by_key(|link| std::cmp::Reverse(link.updated.max(link.published)));
            links.truncate(limits.links);
        }
        Ok(())
    }

    fn is_young(&self, link: &Link, now: Timestamp) -> bool {
        let days = self.watch.days.map(|days| SignedDuration::from_hours(i64::from(days) * 24));
        match (days, link.updated.max(link.published)) {
            (Some(days), Some(at)) => now.duration_since(at) <= days,
            _ => true,
        }
    }

    /// One page. Was it seen to?
    fn page(&mut self, link: &Link) -> Result<bool, Over> {
        let beside = Beside { outlet: self.watch.outlet.as_deref(), link: Some(link) };
        let carried = || link.carried.as_ref().map(|carried| page::carried(link, carried, beside));
        let seen = self.state.of(&link.url).cloned();
        if seen.is_none() && self.visitor.has_had(&link.url) {
            let now = self.now();
            self.say(News::Unchanged)?;
            self.state.had(link, None, None, now);
            return Ok(true);
        }
        let etag = seen.as_ref().and_then(|seen| seen.etag.as_deref());
        let modified = seen.as_ref().and_then(|seen| seen.modified.as_deref());
        let asked = self.visitor.visit(&link.url, &Ask { etag, modified, accept: Accept::Page });
        let now = self.now();
        match asked {
            Ok(Fetched::Unchanged) => {
                let (etag, modified) = (etag.map(str::to_string), modified.map(str::to_string));
                self.say(News::Unchanged)?;
                self.state.had(link, etag, modified, now);
                Ok(true)
            }
            Ok(Fetched::New(answer)) => {
                let mut reports = page::reports(&answer, beside);
                if reports.taken.is_empty() {
                    reports = carried().unwrap_or(reports);
                }
                self.say(News::Reports(reports))?;
                self.visitor.had(&link.url);
                self.state.had(link, answer.etag, answer.modified, now);
                Ok(true)
            }
            Err(trouble) if trouble.is_end() => Err(Over),
            Err(trouble) => self.missed(link, trouble, carried()),
        }
    }

    /// A page that cannot be had: the text that came along stands in, if there is one.
    fn missed(&mut self, link: &Link, trouble: Trouble, carried: Option<Unpacked>) -> Result<bool, Over> {
        let now = self.now();
        if let Some(reports) = carried.filter(|_| trouble.is_lasting() || trouble.is_refusal()) {
            self.say(News::Reports(reports))?;
            self.state.had(link, None, None, now);
            return Ok(true);
        }
        self.say(News::Missed)?;
        if trouble.is_lasting() {
            self.state.had(link, None, None, now);
            self.trouble(trouble)?;
            return Ok(true);
        }
        // A host that has enough says nothing of the page.
        let counts = !trouble.is_refusal();
        let again = self.state.missed(link, counts, now);
        self.trouble(trouble)?;
        Ok(!again)
    }

    /// Tells of trouble, and of that of one host only once.
    fn trouble(&mut self, trouble: Trouble) -> Result<(), Over> {
        let host = Url::parse(trouble.place()).ok().and_then(|url| url.host_str().map(str::to_string));
        let key = format!("{} {}", host.unwrap_or_default(), trouble.what());
        if self.told.insert(key) { self.say(News::Trouble(trouble)) } else { Ok(()) }
    }

    fn say(&mut self, news: News) -> Result<(), Over> {
        if (self.tell)(news) && !self.visitor.clock().ended() { Ok(()) } else { Err(Over) }
    }

    fn now(&self) -> Timestamp {
        self.visitor.clock().now()
    }
}
