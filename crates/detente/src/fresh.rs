//! Paths to editions for the page: reports are read when they come or change, and the books made anew.
//!
//! The page stays open all day while reports are saved into a folder. Looking for changes costs a list of files;
//! only reports that were not read before are read.
//!
//! # How
//! 1. [`Fresh::look`] compares the files under the paths with those of the last look.
//! 2. What is new is read; the rest is kept by the hash of its content.
//! 3. An edition has the readings, and makes crises of them when it is asked.
//!
//! # Does not
//! Wait or watch: the caller decides when to look.

use crate::intake::{self, Failure, Intake, Stamp};
use crate::pipeline::{self, Desk};
use detente_page::Edition;
use detente_types::{DocumentId, Note, Reading};
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
}

/// Reports that are kept fresh.
pub(crate) struct Fresh {
    desk: Arc<Desk>,
    from: From,
    as_of: Option<Date>,
    stamps: Option<Vec<Stamp>>,
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
        Fresh { desk: Arc::new(desk), from, as_of, stamps: None, read: BTreeMap::new() }
    }

    /// The books, where they are not those of the last look. `tick` is called once a report that is read, `begin`
    /// with their number before.
    pub(crate) fn look(&mut self, begin: impl FnOnce(usize), tick: &(dyn Fn() + Sync)) -> Option<Look> {
        let stamps = match &self.from {
            From::Paths(paths) => intake::stamps(paths),
            From::Carried(_) => Vec::new(),
        };
        if self.stamps.as_ref() == Some(&stamps) {
            return None;
        }
        self.stamps = Some(stamps);
        let intake = match &self.from {
            From::Paths(paths) => intake::gather(paths),
            From::Carried(files) => intake::of_bytes(files.iter().copied()),
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
        let reports = readings.len();
        let assemble = move |readings: &[Reading], policy| {
            let mut remarks = Vec::new();
            let mut crises = pipeline::keep_books(readings, &desk.knowledge, policy, &mut remarks);
            pipeline::put_down_unread(readings, &mut crises, &mut remarks);
            crises
        };
        Look { edition: Edition::new(readings.into(), Box::new(assemble)), reports, notes, failures }
    }
}
