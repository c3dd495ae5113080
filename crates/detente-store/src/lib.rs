//! Keeps reports, what was read in them, and what analysts decided, in one SQLite file.
//!
//! The file holds documents, readings and decisions; from these everything else can be made anew. It opens in any
//! SQLite tool, by format (`PRAGMA user_version`), and a store of an older format is brought up to date.
//!
//! # How
//! 1. [`Store::open`]: `open` makes and checks the file, `schema/` has the formats.
//! 2. [`Store::add`], [`Store::documents`], [`Store::forget`]: reports (`document`); [`series()`] says what makes
//!    two texts versions of one report.
//! 3. [`Store::search`]: full text (`search`).
//! 4. [`Store::reading`], [`Store::derived`]: what may be deleted and made anew (`reading`).
//! 5. [`Store::decide`], [`Store::journal`], [`Store::undo`]: the journal of decisions (`journal`).
//! 6. [`Store::watches`], [`Store::alerts`]: what is followed, and what was worth telling (`follow`).
//!    [`Store::mark`]: how far that was done (`mark`).
//! 7. [`Store::examine`]: is the file sound (`doctor`)?
//!
//! # Laws
//! Held by tests: what was acknowledged is there after a kill at any moment, and the file opens without repair; two
//! processes wait for each other; a change is made whole or not at all; the same report twice is one; the journal
//! is only added to.
//!
//! # Does not
//! Interpret: no text is read here and no crisis assembled. Know the time: callers say when something was.

mod doctor;
mod document;
mod error;
mod follow;
mod journal;
mod mark;
mod open;
mod packed;
mod reading;
mod search;
mod series;

pub use doctor::Health;
pub use document::{Added, Arrival, Filter, Kept, Page};
pub use error::{Error, Result};
pub use follow::{Alert, Watch};
pub use journal::Entry;
pub use open::FORMAT;
pub use search::{Found, Hits};
pub use series::series;

use rusqlite::Connection;
use std::fmt;
use std::path::{Path, PathBuf};

/// An open store. One for each thread; several may be open on one file, in one process or many.
pub struct Store {
    path: PathBuf,
    connection: Connection,
}

impl Store {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A number that goes up whenever reports, decisions or alerts change, by whichever process.
    pub fn revision(&self) -> Result<u64> {
        let number = self.connection.query_row("SELECT number FROM revision", [], |row| row.get::<_, i64>(0));
        Ok(u64::try_from(self.told(number)?).unwrap_or(0))
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}
