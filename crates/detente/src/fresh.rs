//! Paths to editions for the page: reports are read when they come or change, and the books made anew.
//!
//! The page stays open all day while reports are saved into a folder. Looking for changes costs a list of files;
//! only reports that were not read before are read.
//!
//! # How
//! 1. [`Fresh::look`] compares the files under the paths with those of the last look.
//! 2. What is new is read; the rest is kept by the hash of its content.
//! 3. A store is looked at by the numbers of its reports and decisions, which are followed.
//! 4. What is worth telling at once is told of a store by its own mark ([`alerting`]), of paths by what the last look
//!    found ([`Bulletin`]).
//! 5. An edition has the readings, and makes crises of them when it is asked; those that did not change are kept.
//!
//! # Does not
//! Wait or watch: the caller decides when to look.

use crate::alerting::{self, News};
use crate::bulletin::Bulletin;
use crate::deciding::Deciding;
use crate::intake::{self, Failure, Intake, Stamp};
use crate::keeping::Keeping;
use crate::pipeline::{self, Desk};
use crate::searching::Searching;
use detente_page::alerts::Alerts;
use detente_page::search::Finder;
use detente_page::{Edition, Lent};
use detente_store::Store;
use detente_types::{Decision, DocumentId, Note, Policy, Reading};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Readings that are asked for one by one; more are asked for at once.
const FEW: usize = 256;

/// Where reports come from.
pub(crate) enum From {
    /// Files and folders, which may change.
    Paths(Vec<PathBuf>),
    /// Reports that are carried in the program.
    Carried(&'static [(&'static str, &'static [u8])]),
    /// A store, which may change.
    Kept(Store),
}

/// What was there at the last look.
#[derive(PartialEq)]
enum Seen {
    Files(Vec<Stamp>),
    Contents(String),
}

/// Reports that are kept fresh.
pub(crate) struct Fresh {
    desk: Arc<Desk>,
    from: From,
    as_of: Option<Date>,
    seen: Option<Seen>,
    read: BTreeMap<DocumentId, Arc<Reading>>,
    keeping: Arc<Keeping>,
    bulletin: Option<Arc<Bulletin>>,
}

/// What a look found.
pub(crate) struct Look {
    /// The books as they are now.
    pub(crate) edition: Edition,
    /// Number of reports in them.
    pub(crate) reports: usize,
    /// Remarks.
    pub(crate) notes: Vec<Note>,
    /// What could not be opened.
    pub(crate) failures: Vec<Failure>,
}

impl Fresh {
    /// Nothing read yet.
    pub(crate) fn new(desk: Desk, from: From, as_of: Option<Date>) -> Fresh {
        let keeping = match &from {
            From::Kept(store) if as_of.is_none() => Keeping::in_store(store.path()),
            _ => Keeping::in_memory(),
        };
        let (desk, keeping) = (Arc::new(desk), Arc::new(keeping));
        // A look back tells no news, and what is carried in the program never changes.
        let changes = matches!(from, From::Paths(_)) && as_of.is_none();
        let bulletin = changes.then(Arc::default);
        Fresh { desk, from, as_of, seen: None, read: BTreeMap::new(), keeping, bulletin }
    }

    /// What the page is lent: of a store its journal and alerts, of paths the alerts of this run.
    pub(crate) fn lent(&self) -> Lent {
        match self.deciding() {
            Some(deciding) => {
                Lent { journal: Some(Arc::<Deciding>::clone(&deciding)), alerts: Some(deciding) }
            }
            None => Lent { journal: None, alerts: self.bulletin.clone().map(|b| b as Arc<dyn Alerts>) },
        }
    }

    /// The file of the store, if there is one.
    pub(crate) fn store_path(&self) -> Option<PathBuf> {
        match &self.from {
            From::Kept(store) => Some(store.path().to_path_buf()),
            _ => None,
        }
    }

    fn deciding(&self) -> Option<Arc<Deciding>> {
        let From::Kept(store) = &self.from else { return None };
        Some(Arc::new(Deciding { path: store.path().to_path_buf(), desk: Arc::clone(&self.desk) }))
    }

    /// Tells what came in since the last time, with the number of alerts that nobody has seen. A look back tells
    /// nothing.
    pub(crate) fn news(&self) -> detente_store::Result<Option<(News, usize)>> {
        let readings: Vec<&Reading> = self.read.values().map(|r| &**r).collect();
        match (&self.from, &self.bulletin) {
            (From::Kept(store), _) if self.as_of.is_none() => {
                let news = alerting::tell(store, &self.desk, &self.keeping, &readings, Timestamp::now())?;
                Ok(Some((news, store.unseen()?)))
            }
            (_, Some(bulletin)) => {
                let made = self.keeping.look_back(&readings, &[], &self.desk, Policy::default());
                let ids = readings.iter().map(|r| r.document.id().clone()).collect();
                Ok(Some(bulletin.tell(made, ids, Timestamp::now())))
            }
            _ => Ok(None),
        }
    }

    /// Puts what was made since the last time into the store, for the next run.
    pub(crate) fn put_down(&self) {
        self.keeping.put_down(&self.desk);
    }

    /// What is to be said before the first look: reports that an earlier version read.
    pub(crate) fn read_anew(&self) -> Option<String> {
        match &self.from {
            From::Kept(store) => pipeline::read_anew(store).ok().flatten(),
            _ => None,
        }
    }

    /// The books, where they are not those of the last look. `tick` is called once a report that is read, `begin`
    /// with their number before. A store that cannot be read now is an error, and is looked at again the next time.
    pub(crate) fn look(
        &mut self,
        begin: impl FnOnce(usize),
        tick: &(dyn Fn() + Sync),
    ) -> Result<Option<Look>, Failure> {
        let seen = match &self.from {
            From::Paths(paths) => Seen::Files(intake::stamps(paths)),
            From::Carried(_) => Seen::Files(Vec::new()),
            From::Kept(store) => Seen::Contents(store.contents().map_err(told)?),
        };
        if self.seen.as_ref() == Some(&seen) {
            return Ok(None);
        }
        let look = match &self.from {
            From::Paths(paths) => self.read(intake::gather(paths), begin, tick),
            From::Carried(files) => self.read(intake::of_bytes(files.iter().copied()), begin, tick),
            From::Kept(_) => self.kept(begin, tick).map_err(told)?,
        };
        self.seen = Some(seen);
        Ok(Some(look))
    }

    fn read(&mut self, intake: Intake, begin: impl FnOnce(usize), tick: &(dyn Fn() + Sync)) -> Look {
        let Intake { taken, mut notes, failures } = intake;
        let order: Vec<DocumentId> = taken.iter().map(|t| t.document.id().clone()).collect();
        let new: Vec<_> = taken.into_iter().filter(|t| !self.read.contains_key(t.document.id())).collect();
        begin(new.len());
        let desk = Arc::clone(&self.desk);
        let reader = |report: &_| detente_read::read(report, &desk.knowledge, &desk.language);
        let fresh = pipeline::read_each(new, reader, tick);
        self.read.extend(fresh.into_iter().map(|r| (r.document.id().clone(), Arc::new(r))));
        // What is no longer there is forgotten.
        let known = std::mem::take(&mut self.read);
        let readings: Vec<Arc<Reading>> = order.iter().filter_map(|id| known.get(id).cloned()).collect();
        let readings = once_each(readings);
        self.read = readings.iter().map(|r| (r.document.id().clone(), Arc::clone(r))).collect();
        let readings = pipeline::published_by(self.as_of, readings, &mut notes);
        self.edition(readings, Vec::new(), notes, failures)
    }

    /// The reports of a store, with its decisions. Readings that are at hand are not asked for again.
    fn kept(&mut self, begin: impl FnOnce(usize), tick: &(dyn Fn() + Sync)) -> detente_store::Result<Look> {
        let From::Kept(store) = &self.from else { return Ok(self.edition(vec![], vec![], vec![], vec![])) };
        let reader = self.desk.reader();
        begin(store.unread(reader)?.len());
        pipeline::read_new(store, &self.desk, tick)?;
        let decisions = store.decisions()?.into_iter().map(|(_, decision)| decision).collect();
        let ids = store.ids()?;
        let new: Vec<&DocumentId> = ids.iter().filter(|id| !self.read.contains_key(*id)).collect();
        let found = match new.len() {
            n if n > FEW => store.readings(reader)?,
            _ => {
                let found = new.into_iter().map(|id| store.reading(id, reader));
                found.filter_map(Result::transpose).collect::<detente_store::Result<Vec<Reading>>>()?
            }
        };
        for reading in found {
            let id = reading.document.id().clone();
            self.read.entry(id).or_insert_with(|| Arc::new(reading));
        }
        let known = std::mem::take(&mut self.read);
        self.read = ids.into_iter().filter_map(|id| known.get(&id).cloned().map(|r| (id, r))).collect();
        let (readings, mut notes) = (self.read.values().cloned().collect(), Vec::new());
        let readings = pipeline::published_by(self.as_of, readings, &mut notes);
        Ok(self.edition(readings, decisions, notes, Vec::new()))
    }

    fn edition(
        &self,
        readings: Vec<Arc<Reading>>,
        decisions: Vec<Decision>,
        notes: Vec<Note>,
        failures: Vec<Failure>,
    ) -> Look {
        let reports = readings.len();
        let (desk, keeping) = (Arc::clone(&self.desk), Arc::clone(&self.keeping));
        let assemble = move |readings: &[Arc<Reading>], policy| {
            let mut remarks = Vec::new();
            let all: Vec<&Reading> = readings.iter().map(|r| &**r).collect();
            let mut made = keeping.assemble(&all, &decisions, &desk, policy).into_value(&mut remarks);
            pipeline::put_down_unread(&all, &mut made, &mut remarks);
            made.into_iter().map(|m| (m.key, m.crisis)).collect()
        };
        let finder = self.store_path().map(|path| Arc::new(Searching::new(path)) as Arc<dyn Finder>);
        let edition = Edition::new(readings, Box::new(assemble)).with_finder(finder);
        Look { edition, reports, notes, failures }
    }
}

/// The same file twice is one report: its first reading stands.
fn once_each(readings: Vec<Arc<Reading>>) -> Vec<Arc<Reading>> {
    let mut seen: BTreeSet<DocumentId> = BTreeSet::new();
    readings.into_iter().filter(|r| seen.insert(r.document.id().clone())).collect()
}

fn told(error: detente_store::Error) -> Failure {
    Failure::new(error.what(), error.path().display().to_string(), "")
}
