//! The search of the page, in the index of a store.
//!
//! Connections are kept for as long as the edition lasts that asks over them: opening one costs more than most
//! questions, and SQLite's cache of pages goes with it.

use crate::deciding::told;
use detente_page::journal::Trouble;
use detente_page::search::{Finder, Finding};
use detente_store::{Page, Store};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Connections that are kept; more are opened where more ask at once, and closed after.
const MOST: usize = 4;

/// The index of a store.
pub(crate) struct Searching {
    path: PathBuf,
    /// Connections that nobody asks over just now: one belongs to one thread at a time.
    idle: Mutex<Vec<Store>>,
}

impl Searching {
    /// The index of the store in this file.
    pub(crate) fn new(path: PathBuf) -> Searching {
        Searching { path, idle: Mutex::default() }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Store>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Finder for Searching {
    fn find(&self, words: &[String], from: usize, limit: usize) -> Result<(usize, Vec<Finding>), Trouble> {
        let idle = self.idle().pop();
        let store = idle.map_or_else(|| Store::open_existing(&self.path), Ok).map_err(told)?;
        let hits = store.search(&question(words), Page { skip: from, take: limit }).map_err(told)?;
        // One that failed is not kept.
        let mut idle = self.idle();
        if idle.len() < MOST {
            idle.push(store);
        }
        let found = hits.found.into_iter().map(|f| (f.kept.document.id().clone(), f.spans));
        Ok((hits.total, found.collect()))
    }
}

/// A word counts from its beginning, as it is typed; words in quotes stand together.
fn question(words: &[String]) -> String {
    let words = words.iter().map(|w| match w.contains(char::is_whitespace) {
        true => format!("\"{w}\""),
        false => format!("{}*", w.trim_start_matches('-').trim_end_matches('*')),
    });
    words.collect::<Vec<_>>().join(" ")
}
