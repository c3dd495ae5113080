//! One state of the books, and the shelf on which the current one lies.
//!
//! An edition is never changed: whoever answers a question holds one and sees the same books from beginning to end,
//! whatever comes in meanwhile. What is costly is made when it is first asked for, and once.

use detente_publish::views::{self, Card};
use detente_publish::{Dossier, dossier};
use detente_types::{Crisis, DocumentId, Policy, Reading};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock, RwLock};
use tokio::sync::watch;

/// Readings to crises under a policy.
pub type Assemble = Box<dyn Fn(&[Reading], Policy) -> Vec<Crisis> + Send + Sync>;

/// A crisis with what is printed of it.
#[derive(Debug)]
pub struct Kept {
    /// The books of the crisis.
    pub crisis: Crisis,
    dossier: OnceLock<Dossier>,
    told: OnceLock<Arc<[u8]>>,
}

impl Kept {
    fn new(crisis: Crisis) -> Kept {
        Kept { crisis, dossier: OnceLock::new(), told: OnceLock::new() }
    }

    /// Its dossier.
    pub fn dossier(&self) -> &Dossier {
        self.dossier.get_or_init(|| dossier(&self.crisis))
    }

    /// Its dossier as JSON.
    pub(crate) fn told(&self) -> Arc<[u8]> {
        let print = || serde_json::to_vec(self.dossier()).expect("a dossier is strings, numbers and lists");
        Arc::clone(self.told.get_or_init(|| print().into()))
    }
}

/// One state of the books.
pub struct Edition {
    number: u64,
    readings: Arc<[Reading]>,
    places: BTreeMap<DocumentId, usize>,
    assemble: Assemble,
    kept: [OnceLock<Vec<Kept>>; Policy::ALL.len()],
    cards: OnceLock<Vec<Card>>,
    homes: OnceLock<Homes>,
    small: OnceLock<Vec<String>>,
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
    pub fn new(readings: Arc<[Reading]>, assemble: Assemble) -> Edition {
        let places = readings.iter().enumerate().map(|(at, r)| (r.document.id().clone(), at)).collect();
        Edition {
            number: 0,
            readings,
            places,
            assemble,
            kept: Default::default(),
            cards: OnceLock::new(),
            homes: OnceLock::new(),
            small: OnceLock::new(),
        }
    }

    /// How many editions the shelf had before, and this one.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What each report says.
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// What one report says.
    pub fn reading(&self, id: &str) -> Option<&Reading> {
        self.places.get(&DocumentId::named(id)).map(|at| &self.readings[*at])
    }

    /// The crises under a policy, the one with most reports first.
    pub fn crises(&self, policy: Policy) -> &[Kept] {
        let at = Policy::ALL.iter().position(|p| *p == policy).unwrap_or(0);
        self.kept[at]
            .get_or_init(|| (self.assemble)(&self.readings, policy).into_iter().map(Kept::new).collect())
    }

    /// One crisis under a policy.
    pub fn crisis(&self, id: &str, policy: Policy) -> Option<&Kept> {
        self.crises(policy).iter().find(|kept| kept.crisis.id.as_str() == id)
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
            let small = |r: &Reading| {
                let title = r.title.as_deref().unwrap_or_default();
                let whole = format!("{title}\n{}", r.document.text()).to_lowercase();
                whole.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
            };
            self.readings.iter().map(small).collect()
        })
    }

    /// The crises in a list.
    pub fn cards(&self) -> &[Card] {
        self.cards.get_or_init(|| {
            let kept = self.crises(Policy::default());
            kept.iter().map(|k| views::card(&k.crisis, k.dossier())).collect()
        })
    }
}

/// Where the current edition lies, and who hears of a new one.
#[derive(Debug)]
pub struct Shelf {
    current: RwLock<Arc<Edition>>,
    bell: watch::Sender<u64>,
}

impl Shelf {
    /// A shelf with its first edition.
    pub fn new(mut first: Edition) -> Shelf {
        first.number = 1;
        Shelf { current: RwLock::new(Arc::new(first)), bell: watch::channel(1).0 }
    }

    /// The current edition.
    pub fn edition(&self) -> Arc<Edition> {
        Arc::clone(&self.current.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Puts a new edition in place of the current one and tells everybody. What every visitor asks for first is
    /// made before.
    pub fn publish(&self, mut next: Edition) {
        next.number = self.edition().number + 1;
        let number = next.number;
        next.cards();
        *self.current.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(next);
        self.bell.send_replace(number);
    }

    /// The number of the current edition, and of every later one.
    pub(crate) fn bell(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }
}
