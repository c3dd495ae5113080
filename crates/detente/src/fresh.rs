//! Paths to editions for the page: reports are read when they come or change, and the books made anew.
//!
//! The page stays open all day while reports are saved into a folder. Looking for changes costs a list of files;
//! only reports that were not read before are read.
//!
//! # How
//! 1. [`Fresh::look`] compares the files under the paths with those of the last look.
//! 2. What is new is read; the rest is kept by the hash of its content.
//! 3. A store is looked at by its revision; its decisions are followed.
//! 4. An edition has the readings, and makes crises of them when it is asked.
//!
//! # Does not
//! Wait or watch: the caller decides when to look.

use crate::deciding::Deciding;
use crate::intake::{self, Failure, Intake, Stamp};
use crate::pipeline::{self, Desk};

use detente_page::{Edition, Journal};
use detente_store::Store;
use detente_types::{Decision, DocumentId, Note, Reading};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

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
    Revision(u64),
}

/// Reports that are kept fresh.
pub(crate) struct Fresh {
    desk: Arc<Desk>,
    from: From,
    as_of: Option<Date>,
    seen: Option<Seen>,
    read: BTreeMap<DocumentId, Reading>,
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
        Fresh { desk: Arc::new(desk), from, as_of, seen: None, read: BTreeMap::new() }
    }

    /// Where decisions go, if these reports are those of a store.
    pub(crate) fn journal(&self) -> Option<Arc<dyn Journal>> {
        match &self.from {
            From::Kept(store) => {
                Some(Arc::new(Deciding { path: store.path().to_path_buf(), desk: Arc::clone(&self.desk) }))
            }
            _ => None,
        }
    }

    /// The books, where they are not those of the last look. `tick` is called once a report that is read, `begin`
    /// with their number before.
    pub(crate) fn look(&mut self, begin: impl FnOnce(usize), tick: &(dyn Fn() + Sync)) -> Option<Look> {
        let seen = match &self.from {
            From::Paths(paths) => Seen::Files(intake::stamps(paths)),
            From::Carried(_) => Seen::Files(Vec::new()),
            // A store that cannot be asked now is asked again at the next look.
            From::Kept(store) => Seen::Revision(store.revision().ok()?),
        };
        if self.seen.as_ref() == Some(&seen) {
            return None;
        }
        self.seen = Some(seen);
        let intake = match &self.from {
            From::Paths(paths) => intake::gather(paths),
            From::Carried(files) => intake::of_bytes(files.iter().copied()),
            From::Kept(store) => return Some(self.kept(store, begin, tick)),
        };
        Some(self.read(intake, begin, tick))
    }

    fn read(&mut self, intake: Intake, begin: impl FnOnce(usize), tick: &(dyn Fn() + Sync)) -> Look {
        let Intake { taken, mut notes, failures } = intake;
        let order: Vec<DocumentId> = taken.iter().map(|t| t.document.id().clone()).collect();
        let new: Vec<_> = taken.into_iter().filter(|t| !self.read.contains_key(t.document.id())).collect();
        begin(new.len());
        let desk = Arc::clone(&self.desk);
        let reader = |report: &_| detente_read::read(report, &desk.knowledge, &desk.language);
        let mut known = std::mem::take(&mut self.read);
        let fresh = pipeline::read_each(new, reader, tick);
        known.extend(fresh.into_iter().map(|r| (r.document.id().clone(), r)));
        // What is no longer there is forgotten.
        let readings: Vec<Reading> = order.iter().filter_map(|id| known.remove(id)).collect();
        self.read = readings.iter().map(|r| (r.document.id().clone(), r.clone())).collect();
        let readings = pipeline::published_by(self.as_of, readings, &mut notes);
        self.edition(readings, Vec::new(), notes, failures)
    }

    /// The reports of a store, with its decisions.
    fn kept(&self, store: &Store, begin: impl FnOnce(usize), tick: &(dyn Fn() + Sync)) -> Look {
        let ask = || -> detente_store::Result<(Vec<Reading>, Vec<Decision>)> {
            begin(store.unread(self.desk.reader())?.len());
            pipeline::read_new(store, &self.desk, tick)?;
            let decisions = store.decisions()?.into_iter().map(|(_, decision)| decision).collect();
            Ok((store.readings(self.desk.reader())?, decisions))
        };
        match ask() {
            Ok((readings, decisions)) => {
                let mut notes = Vec::new();
                let readings = pipeline::published_by(self.as_of, readings, &mut notes);
                self.edition(readings, decisions, notes, Vec::new())
            }
            Err(error) => {
                let failure = Failure::new(error.what(), error.path().display().to_string(), "");
                self.edition(Vec::new(), Vec::new(), Vec::new(), vec![failure])
            }
        }
    }

    fn edition(
        &self,
        readings: Vec<Reading>,
        decisions: Vec<Decision>,
        notes: Vec<Note>,
        failures: Vec<Failure>,
    ) -> Look {
        let reports = readings.len();
        let desk = Arc::clone(&self.desk);
        let assemble = move |readings: &[Reading], policy| {
            let mut remarks = Vec::new();
            let mut crises =
                pipeline::keep_books(readings, &decisions, &desk.knowledge, policy, &mut remarks);
            pipeline::put_down_unread(readings, &mut crises, &mut remarks);
            crises
        };
        Look { edition: Edition::new(readings.into(), Box::new(assemble)), reports, notes, failures }
    }
}
