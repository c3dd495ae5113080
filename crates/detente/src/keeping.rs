//! Books of crises that were made once: in memory while the program runs, and in a store from one run to the next.
//!
//! # How
//! 1. A crisis is known by the hash of what it follows from; what has the same hash is not made again.
//! 2. Of each policy the crises of the last round and of that before it are held: alerts compare the two. What neither
//!    asked for is let go.
//! 3. A store keeps them under that hash and the version of the program's rules, packed. That is done when the caller
//!    says so ([`Keeping::put_down`]): nobody who waits for the books waits for it.
//!
//! # Does not
//! Change a result: with or without it the bytes are the same, and a test holds that. Fail: a store that cannot keep
//! them now leaves them to the next round.

use crate::pipeline::Desk;
use detente_crisis::Made;
use detente_store::Store;
use detente_types::{Crisis, Decision, Noted, Policy, Reading, id};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Crises by the hash of what they follow from.
type Held = BTreeMap<String, Arc<Crisis>>;

/// What one kind of derived thing is called in a store.
const KIND: &str = "crisis";

/// Books that are kept.
#[derive(Debug, Default)]
pub struct Keeping {
    rounds: [Mutex<Rounds>; Policy::ALL.len()],
    store: Option<Mutex<Store>>,
}

/// The last rounds of a policy.
#[derive(Debug, Default)]
struct Rounds {
    now: Held,
    /// Of the last round that was another.
    before: Held,
    /// Those of now that no store has yet.
    waiting: Held,
}

impl Rounds {
    fn get(&self, key: &str) -> Option<Arc<Crisis>> {
        self.now.get(key).or_else(|| self.before.get(key)).cloned()
    }
}

impl Keeping {
    /// In memory only.
    pub fn in_memory() -> Keeping {
        Keeping::default()
    }

    /// In the store in this file, too. One that does not open now is done without.
    pub fn in_store(path: &Path) -> Keeping {
        Keeping { store: Store::open_existing(path).ok().map(Mutex::new), ..Keeping::default() }
    }

    /// The crises of these readings.
    pub fn assemble(
        &self,
        readings: &[&Reading],
        decisions: &[Decision],
        desk: &Desk,
        policy: Policy,
    ) -> Noted<Vec<Made>> {
        let mut rounds = open(&self.rounds[at(policy)]);
        let (now, new) = (Mutex::new(Held::new()), Mutex::new(Held::new()));
        let keep = |key: &str, make: &dyn Fn() -> Crisis| {
            let kept = rounds.get(key).or_else(|| self.stored(key, desk).map(Arc::new));
            let crisis = kept.unwrap_or_else(|| {
                let crisis = Arc::new(make());
                open(&new).insert(key.to_string(), Arc::clone(&crisis));
                crisis
            });
            open(&now).insert(key.to_string(), Arc::clone(&crisis));
            crisis
        };
        let made = detente_crisis::assemble_kept(readings, decisions, &desk.knowledge, policy, &keep);
        let now = now.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !now.keys().eq(rounds.now.keys()) {
            rounds.before = std::mem::replace(&mut rounds.now, now);
        }
        if self.store.is_some() {
            rounds.waiting.extend(new.into_inner().unwrap_or_else(PoisonError::into_inner));
            let Rounds { now, waiting, .. } = &mut *rounds;
            waiting.retain(|key, _| now.contains_key(key));
        }
        made
    }

    /// The crises of other readings than those of the round, such as there were before: what is at hand is taken, and
    /// nothing is let go or put into the store for it.
    pub fn look_back(
        &self,
        readings: &[&Reading],
        decisions: &[Decision],
        desk: &Desk,
        policy: Policy,
    ) -> Vec<Made> {
        let rounds = open(&self.rounds[at(policy)]);
        let keep = |key: &str, make: &dyn Fn() -> Crisis| {
            let kept = rounds.get(key).or_else(|| self.stored(key, desk).map(Arc::new));
            kept.unwrap_or_else(|| Arc::new(make()))
        };
        detente_crisis::assemble_kept(readings, decisions, &desk.knowledge, policy, &keep).value
    }

    /// A crisis of an earlier run.
    fn stored(&self, key: &str, desk: &Desk) -> Option<Crisis> {
        let bytes = open(self.store.as_ref()?).derived(&name(key, desk)).ok()??;
        serde_json::from_slice(&bytes).ok()
    }

    /// Puts what is new into the store, and lets go there what no book follows from any more.
    pub fn put_down(&self, desk: &Desk) {
        let Some(store) = &self.store else { return };
        for (rounds, policy) in self.rounds.iter().zip(Policy::ALL) {
            let (new, keys) = {
                let mut rounds = open(rounds);
                let new = std::mem::take(&mut rounds.waiting);
                (new, rounds.now.keys().map(|key| name(key, desk)).collect::<Vec<_>>())
            };
            if new.is_empty() {
                continue;
            }
            let packed = |(key, crisis): (&String, &Arc<Crisis>)| {
                (name(key, desk), serde_json::to_vec(crisis).expect("books are strings, numbers and lists"))
            };
            let rows: Vec<(String, Vec<u8>)> = new.iter().map(packed).collect();
            // What could not be kept is made again by the next run.
            let _ = open(store).keep_all_derived(&format!("{KIND} {}", policy.name()), &rows, &keys);
        }
    }
}

fn at(policy: Policy) -> usize {
    Policy::ALL.iter().position(|p| *p == policy).unwrap_or_default()
}

/// The name of a crisis in a store: what it follows from, and the rules by which it does.
fn name(key: &str, desk: &Desk) -> String {
    id::digest([key, desk.reader(), env!("DETENTE_BOOKS")])
}

fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
