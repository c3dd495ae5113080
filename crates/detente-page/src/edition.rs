//! One state of the books, and the shelf on which the current one lies.
//!
//! An edition is never changed: whoever answers a question holds one and sees the same books from beginning to end,
//! whatever comes in meanwhile. What is costly is made when it is first asked for, and once.

use crate::respond::Told;
use crate::search::Finder;
use detente_publish::records::Record;
use detente_publish::views::{self, Card, Network, Spot};
use detente_publish::{Dossier, dossier};
use detente_types::{Crisis, DocumentId, Policy, Reading};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, Weak};
use tokio::sync::watch;

/// Readings to crises under a policy, each with a key: equal keys, equal books.
pub type Assemble = Box<dyn Fn(&[Arc<Reading>], Policy) -> Vec<(String, Arc<Crisis>)> + Send + Sync>;

/// A crisis with what is printed of it.
#[derive(Debug)]
pub struct Kept {
    /// The books of the crisis.
    pub crisis: Arc<Crisis>,
    dossier: OnceLock<Dossier>,
    card: OnceLock<Card>,
    told: OnceLock<Told>,
    network: OnceLock<Network>,
    places: OnceLock<Vec<Spot>>,
    records: OnceLock<Vec<Record>>,
}

impl Kept {
    fn new(crisis: Arc<Crisis>) -> Kept {
        Kept {
            crisis,
            dossier: OnceLock::new(),
            card: OnceLock::new(),
            told: OnceLock::new(),
            network: OnceLock::new(),
            places: OnceLock::new(),
            records: OnceLock::new(),
        }
    }

    /// Its dossier.
    pub fn dossier(&self) -> &Dossier {
        self.dossier.get_or_init(|| dossier(&self.crisis))
    }

    /// It in a list.
    pub fn card(&self) -> &Card {
        self.card.get_or_init(|| views::card(&self.crisis, self.dossier()))
    }

    /// Its dossier as JSON.
    pub(crate) fn told(&self) -> Told {
        self.told.get_or_init(|| Told::json(self.dossier())).clone()
    }

    /// Who deals with whom.
    pub(crate) fn network(&self) -> &Network {
        self.network.get_or_init(|| views::network(&self.crisis))
    }

    /// Its records, made when they are first asked for.
    pub(crate) fn records(&self, make: impl FnOnce(&Crisis) -> Vec<Record>) -> &[Record] {
        self.records.get_or_init(|| make(&self.crisis))
    }

    /// What happened where.
    pub(crate) fn places(&self) -> &[Spot] {
        self.places.get_or_init(|| views::places(&self.crisis))
    }
}

/// What was printed of crises in editions that are still held: what did not change is not printed again.
type Printed = Arc<Mutex<BTreeMap<String, Weak<Kept>>>>;

/// One state of the books.
pub struct Edition {
    number: u64,
    readings: Vec<Arc<Reading>>,
    places: BTreeMap<DocumentId, usize>,
    assemble: Assemble,
    printed: Printed,
    kept: [OnceLock<Vec<Arc<Kept>>>; Policy::ALL.len()],
    cards: OnceLock<Told>,
    homes: OnceLock<Homes>,
    newest: OnceLock<Vec<usize>>,
    small: OnceLock<Vec<String>>,
    finder: Option<Arc<dyn Finder>>,
}

/// For each report, the crises that it is in: id and name.
pub(crate) type Homes = BTreeMap<DocumentId, Vec<(String, String)>>;

impl fmt::Debug for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edition")
            .field("number", &self.number)
            .field("reports", &self.readings.len())
            .finish()
    }
}

impl Edition {
    /// The books of these readings.
    pub fn new(readings: Vec<Arc<Reading>>, assemble: Assemble) -> Edition {
        let places = readings.iter().enumerate().map(|(at, r)| (r.document.id().clone(), at)).collect();
        Edition {
            number: 0,
            readings,
            places,
            assemble,
            printed: Printed::default(),
            kept: Default::default(),
            cards: OnceLock::new(),
            homes: OnceLock::new(),
            newest: OnceLock::new(),
            small: OnceLock::new(),
            finder: None,
        }
    }

    /// The same with an index to search in.
    #[must_use]
    pub fn with_finder(mut self, finder: Option<Arc<dyn Finder>>) -> Edition {
        self.finder = finder;
        self
    }

    pub(crate) fn finder(&self) -> Option<&dyn Finder> {
        self.finder.as_deref()
    }

    /// How many editions the shelf had before, and this one.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What each report says.
    pub fn readings(&self) -> &[Arc<Reading>] {
        &self.readings
    }

    /// What one report says.
    pub fn reading(&self, id: &str) -> Option<&Reading> {
        self.at(&DocumentId::named(id))
    }

    pub(crate) fn at(&self, id: &DocumentId) -> Option<&Reading> {
        self.places.get(id).map(|at| &*self.readings[*at])
    }

    /// The crises under a policy, the one with most reports first.
    pub fn crises(&self, policy: Policy) -> &[Arc<Kept>] {
        let at = Policy::ALL.iter().position(|p| *p == policy).unwrap_or(0);
        self.kept[at].get_or_init(|| {
            let made = (self.assemble)(&self.readings, policy);
            let mut printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
            printed.retain(|_, kept| kept.strong_count() > 0);
            let mut kept = |(key, crisis): (String, Arc<Crisis>)| {
                let known = printed.get(&key).and_then(Weak::upgrade);
                known.unwrap_or_else(|| {
                    let kept = Arc::new(Kept::new(crisis));
                    printed.insert(key, Arc::downgrade(&kept));
                    kept
                })
            };
            made.into_iter().map(&mut kept).collect()
        })
    }

    /// One crisis under a policy.
    pub fn crisis(&self, id: &str, policy: Policy) -> Option<&Kept> {
        self.crises(policy).iter().find(|kept| kept.crisis.id.as_str() == id).map(|kept| &**kept)
    }

    /// Places of the readings, the newest first, those without a day last.
    pub(crate) fn newest(&self) -> &[usize] {
        self.newest.get_or_init(|| {
            let mut all: Vec<usize> = (0..self.readings.len()).collect();
            all.sort_by_key(|at| {
                let reading = &self.readings[*at];
                let day = reading.published.to().or(reading.published.from());
                (day.is_none(), Reverse(day), reading.document.path.as_str())
            });
            all
        })
    }

    /// For each report, the crises that it is in.
    pub(crate) fn homes(&self) -> &Homes {
        self.homes.get_or_init(|| {
            let mut homes = Homes::new();
            for kept in self.crises(Policy::default()) {
                let home = (kept.crisis.id.to_string(), kept.crisis.name.clone());
                for report in &kept.crisis.reports {
                    homes.entry(report.id.clone()).or_default().push(home.clone());
                }
            }
            homes
        })
    }

    /// Headline and text of each report in small letters, blanks for all white space: what a search looks through.
    pub(crate) fn small(&self) -> &[String] {
        self.small.get_or_init(|| {
            let small = |r: &Arc<Reading>| {
                let title = r.title.as_deref().unwrap_or_default();
                let whole = format!("{title}\n{}", r.document.text()).to_lowercase();
                whole.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
            };
            self.readings.iter().map(small).collect()
        })
    }

    /// The crises in a list, as JSON: what every visitor asks for first.
    pub(crate) fn cards(&self, print: impl FnOnce(&Edition) -> Told) -> Told {
        self.cards.get_or_init(|| print(self)).clone()
    }

    /// Makes what every visitor asks for first.
    pub fn ready(&self) {
        crate::answers::cards(self);
        self.homes();
        self.newest();
    }
}

/// Where the current edition lies, and who hears of a new one.
#[derive(Debug)]
pub struct Shelf {
    current: RwLock<Arc<Edition>>,
    bell: watch::Sender<u64>,
    alerts: watch::Sender<usize>,
}

impl Shelf {
    /// A shelf with its first edition.
    pub fn new(mut first: Edition) -> Shelf {
        first.number = 1;
        let (bell, alerts) = (watch::channel(1).0, watch::channel(0).0);
        Shelf { current: RwLock::new(Arc::new(first)), bell, alerts }
    }

    /// The current edition.
    pub fn edition(&self) -> Arc<Edition> {
        Arc::clone(&self.current.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Puts a new edition in place of the current one and tells everybody. What every visitor asks for first is
    /// made before.
    pub fn publish(&self, mut next: Edition) {
        let before = self.edition();
        next.number = before.number + 1;
        next.printed = Arc::clone(&before.printed);
        let number = next.number;
        next.ready();
        *self.current.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(next);
        self.bell.send_replace(number);
    }

    /// Tells everybody how many alerts nobody has seen.
    pub fn ring(&self, unseen: usize) {
        self.alerts.send_replace(unseen);
    }

    /// How many alerts nobody has seen, now and whenever that changes.
    pub(crate) fn unseen(&self) -> watch::Receiver<usize> {
        self.alerts.subscribe()
    }

    /// The number of the current edition, and of every later one.
    pub(crate) fn bell(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }
}
