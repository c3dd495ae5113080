//! What collecting tells, into the store: reports first, then where following stands.
//!
//! # How
//! 1. [`Keeper::hear`] keeps what a visit tells, in its order: a state that is kept never tells of a report that is not.
//! 2. [`Keeper::look`] takes in what is new or changed in a folder that is followed.
//!
//! # Does not
//! Fetch: `detente-collect` does. Print: the caller is told of each report that is new.

use crate::intake::{self, Failure, Taken};
use detente_collect::follow::{News, Wanted, Watch};
use detente_collect::{Guard, Proxies, State};
use detente_store::{Added, Arrival, Error, Store};
use detente_types::{Document, Note};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::Path;

/// What came of collecting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) new: usize,
    pub(crate) versions: usize,
    pub(crate) known: usize,
    /// Pages and feeds that are as they were.
    pub(crate) unchanged: usize,
    /// Pages that are still to be fetched in this visit.
    pub(crate) ahead: usize,
}

impl Counts {
    fn add(&mut self, added: &Added) {
        match added {
            Added::New => self.new += 1,
            Added::NewVersion { .. } => self.versions += 1,
            Added::Known => self.known += 1,
        }
    }

    /// Reports that were not there before.
    pub(crate) fn fresh(&self) -> usize {
        self.new + self.versions
    }
}

/// Keeps what is told.
pub(crate) struct Keeper<'s> {
    store: &'s Store,
    pub(crate) counts: Counts,
    /// What could not be had.
    pub(crate) failures: Vec<Failure>,
    /// Remarks on what is no report.
    pub(crate) notes: Vec<Note>,
    /// Why nothing more can be kept.
    pub(crate) fault: Option<Error>,
}

/// Called with each report that was not there before.
pub(crate) type Each<'e> = &'e mut dyn FnMut(&Document);

impl<'s> Keeper<'s> {
    pub(crate) fn new(store: &'s Store) -> Keeper<'s> {
        let counts = Counts::default();
        Keeper { store, counts, failures: Vec::new(), notes: Vec::new(), fault: None }
    }

    /// Keeps what a visit tells. Can more be kept?
    pub(crate) fn hear(&mut self, watch: &Watch, news: News, at: Timestamp, each: Each) -> bool {
        let kept = match news {
            News::Links { now, .. } => {
                self.counts.ahead += now;
                Ok(())
            }
            News::Reports(reports) => {
                self.counts.ahead = self.counts.ahead.saturating_sub(1);
                self.notes.extend(reports.notes);
                self.failures.extend(reports.failures);
                self.keep(&reports.taken, &|_| None, at, each)
            }
            News::Unchanged => {
                self.counts.ahead = self.counts.ahead.saturating_sub(1);
                self.counts.unchanged += 1;
                Ok(())
            }
            News::Missed => {
                self.counts.ahead = self.counts.ahead.saturating_sub(1);
                Ok(())
            }
            News::Trouble(trouble) => {
                self.failures.push(Failure::new(trouble.what(), trouble.place(), trouble.remedy()));
                Ok(())
            }
            News::State(state) => self.store.keep_state(watch.address.as_str(), &json(&state)).map(|_| ()),
        };
        self.is_well(kept)
    }

    /// Takes in reports from files that have changed. Can more be kept?
    pub(crate) fn look(&mut self, folder: &Path, at: Timestamp, each: Each) -> bool {
        let looked = self.look_into(folder, at, each);
        self.is_well(looked)
    }

    fn look_into(&mut self, folder: &Path, at: Timestamp, each: Each) -> Result<(), Error> {
        let address = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        let address = address.display().to_string();
        if !folder.is_dir() {
            self.failures.push(Failure::new("no such folder", address, "check [[folder]] in the settings"));
            return Ok(());
        }
        let before: BTreeMap<String, String> = state_of(self.store, &address, FOLDER, at)?;
        let now: BTreeMap<String, String> =
            intake::stamps(&[folder.to_path_buf()]).iter().map(intake::Stamp::told).collect();
        if now == before {
            return Ok(());
        }
        let changed = now.iter().filter(|(path, stamp)| before.get(*path) != Some(*stamp));
        let changed: Vec<_> = changed.map(|(path, _)| path.into()).collect();
        let intake = if changed.is_empty() { intake::Intake::default() } else { intake::gather(&changed) };
        self.notes.extend(intake.notes);
        self.failures.extend(intake.failures);
        self.keep(&intake.taken, &place, at, each)?;
        self.store.keep_state(&address, &json(&now))?;
        Ok(())
    }

    fn keep(
        &mut self,
        taken: &[Taken],
        place: &dyn Fn(&Taken) -> Option<String>,
        at: Timestamp,
        each: Each,
    ) -> Result<(), Error> {
        for part in taken.chunks(AT_ONCE) {
            let places: Vec<Option<String>> = part.iter().map(place).collect();
            let arrivals = part.iter().zip(&places).map(|(taken, place)| {
                (&taken.document, Arrival { at, place: place.as_deref(), notes: &taken.notes })
            });
            for (added, taken) in self.store.add_all(arrivals)?.iter().zip(part) {
                self.counts.add(added);
                if *added != Added::Known {
                    each(&taken.document);
                }
            }
        }
        Ok(())
    }

    fn is_well(&mut self, done: Result<(), Error>) -> bool {
        self.fault = done.err();
        self.fault.is_none()
    }

    /// Adds reports from files.
    pub(crate) fn add(&mut self, taken: &[Taken], at: Timestamp) -> Result<(), Error> {
        self.keep(taken, &place, at, &mut |_| ())
    }
}

/// Reports that are added in one go: what was acknowledged is on the disk.
const AT_ONCE: usize = 256;

/// What folders are called among what is followed.
const FOLDER: &str = "folder";

/// Which hosts may be asked: those of the public internet, through the proxies that the environment names, and these
/// wherever they are.
pub(crate) fn guard(allow: &[String]) -> Result<Guard, Failure> {
    let named = |names: [&str; 2]| {
        names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
    };
    let all = || named(["all_proxy", "ALL_PROXY"]);
    let http = named(["http_proxy", "HTTP_PROXY"]).or_else(all);
    let https = named(["https_proxy", "HTTPS_PROXY"]).or_else(all);
    let without = named(["no_proxy", "NO_PROXY"]).unwrap_or_default();
    let proxies = Proxies::named(http.as_deref(), https.as_deref(), &without)
        .map_err(|trouble| Failure::new(trouble.what(), trouble.place(), trouble.remedy()))?;
    Ok(Guard::allowing(allow.iter().map(String::as_str)).through(proxies))
}

/// The file that a report is the only one of.
fn place(taken: &Taken) -> Option<String> {
    let path = Path::new(&taken.document.path);
    let path = path.is_file().then(|| std::path::absolute(path).ok())??;
    Some(path.to_string_lossy().into_owned())
}

/// What is followed, with where that stands: new addresses are put down.
pub(crate) fn states(store: &Store, watches: &[Watch], at: Timestamp) -> Result<Vec<State>, Error> {
    let state = |watch: &Watch| {
        let kind = if watch.kind == Wanted::Page { "page" } else { "feed" };
        state_of(store, watch.address.as_str(), kind, at)
    };
    watches.iter().map(state).collect()
}

/// Where following an address stands, if it is followed yet.
pub(crate) fn known(store: &Store, watch: &Watch) -> Result<State, Error> {
    let state = store.state(watch.address.as_str())?;
    Ok(state.and_then(|state| serde_json::from_value(state).ok()).unwrap_or_default())
}

/// Where following an address stands; from now on it is followed. What cannot be read, of a later Detente perhaps, is
/// begun anew.
fn state_of<S>(store: &Store, address: &str, kind: &str, at: Timestamp) -> Result<S, Error>
where
    S: Default + serde::de::DeserializeOwned,
{
    match store.state(address)? {
        Some(state) => Ok(serde_json::from_value(state).unwrap_or_default()),
        None => store.watch(address, kind, at).map(|_| S::default()),
    }
}

fn json(state: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(state).expect("a state is strings, numbers and tables")
}
