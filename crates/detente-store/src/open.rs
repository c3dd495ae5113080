//! Opening: the file is made, checked, and brought to the format of this Detente.
//!
//! # How
//! 1. `application_id` says that a SQLite file is a store of Detente, `user_version` which format it has.
//! 2. A format is a script in `schema/`; opening runs those that a store does not have yet, all or none. Two
//!    processes that open one new store at once wait for each other.
//! 3. Write-ahead log, so that readers never wait for a writer; every commit is on the disk when it returns.

use crate::error::{Error, Result};
use crate::{Store, packed};
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// "Dete" in ASCII: how a store is told from other SQLite files.
const APPLICATION: i64 = 0x4465_7465;

/// The formats, in order; the first makes an empty file format 1.
const FORMATS: &[&str] = &[include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// The format that this crate writes.
pub const FORMAT: i64 = FORMATS.len() as i64;

/// How long one process waits for another.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long it waits where it has to ask again by itself.
const PAUSE: Duration = Duration::from_millis(5);

impl Store {
    /// Opens the store in this file, which is made if there is none (its folder must be there). An older format
    /// is brought up to date.
    pub fn open(path: impl AsRef<Path>) -> Result<Store> {
        Store::with_flags(path.as_ref(), OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens the store in this file; it is an error if there is none.
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Store> {
        let path = path.as_ref();
        if !path.is_file() {
            return Err(Error::missing(path));
        }
        Store::with_flags(path, OpenFlags::empty())
    }

    fn with_flags(path: &Path, more: OpenFlags) -> Result<Store> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
        let failed = |e| Error::sql(path, e);
        let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        prepare(&connection).map_err(failed)?;
        let store = Store { path: path.to_path_buf(), connection };
        store.to_format()?;
        Ok(store)
    }

    /// Brings the file to the format of this crate.
    fn to_format(&self) -> Result<()> {
        if self.checked_format()? == FORMAT {
            return Ok(());
        }
        let change = self.change()?;
        // Another process may have done it while this one waited.
        let from = self.checked_format()?;
        for (at, script) in FORMATS.iter().enumerate().skip(usize::try_from(from).unwrap_or(0)) {
            self.told(change.execute_batch(script))?;
            self.told(change.pragma_update(None, "user_version", at as i64 + 1))?;
        }
        self.told(change.pragma_update(None, "application_id", APPLICATION))?;
        self.told(change.commit())
    }

    /// The format of the file; 0 for an empty one. What is asked is of one moment: another process may be making
    /// the store meanwhile, and half of it before and half after would look like a file that is something else.
    fn checked_format(&self) -> Result<i64> {
        let moment = match self.connection.is_autocommit() {
            true => Some(self.told(self.connection.unchecked_transaction())?),
            false => None,
        };
        let ask = |what: &str| self.told(self.connection.pragma_query_value(None, what, |row| row.get(0)));
        let (application, format): (i64, i64) = (ask("application_id")?, ask("user_version")?);
        let tables: i64 =
            self.told(self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)))?;
        drop(moment);
        match (application, format) {
            (APPLICATION, found) if found > FORMAT => Err(Error::newer(&self.path, found, FORMAT)),
            (APPLICATION, found) => Ok(found),
            (0, 0) if tables == 0 => Ok(0),
            _ => Err(Error::no_store(&self.path)),
        }
    }

    /// The format of the file, which is that of this crate once it is open.
    pub fn format(&self) -> Result<i64> {
        self.checked_format()
    }

    /// The most bytes that the file may take; what would go beyond fails as a full disk does. For this
    /// connection only.
    pub fn limit(&self, bytes: u64) -> Result<()> {
        let page: u64 = self
            .told(self.connection.pragma_query_value(None, "page_size", |row| row.get::<_, i64>(0)))?
            .max(1) as u64;
        let pages = i64::try_from(bytes / page).unwrap_or(i64::MAX).max(1);
        self.told(self.connection.pragma_query_value(None, "max_page_count", |_| Ok(())))?;
        let set = self.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()));
        self.told(set)
    }

    /// A change that is made whole or not at all. Waits for other writers.
    pub(crate) fn change(&self) -> Result<Transaction<'_>> {
        self.told(Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate))
    }

    /// An answer of SQLite, or the error with the path in it.
    pub(crate) fn told<T>(&self, answer: rusqlite::Result<T>) -> Result<T> {
        answer.map_err(|e| Error::sql(&self.path, e))
    }

    /// JSON that was written by this crate.
    pub(crate) fn parsed<T: serde::de::DeserializeOwned>(&self, json: &str) -> Result<T> {
        serde_json::from_str(json).map_err(|e| Error::odd(&self.path, e))
    }

    /// Bytes that were packed by this crate.
    pub(crate) fn unpacked(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        packed::open(bytes).map_err(|e| Error::odd(&self.path, e))
    }
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is overwritten.
    connection.pragma_update(None, "secure_delete", true)?;
    // A commit that was acknowledged survives the loss of power, not only of the process.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(64);
    // Reading the header tells a file that is something else before its journal is touched.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    patiently(|| connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())))
}

/// Tries again while the file is busy. SQLite waits by itself where it can, but not where one connection would
/// take a lock beyond the one it has, as both of two do that open one new file: there it says at once that the
/// file is busy, whatever its timeout.
fn patiently<T>(mut attempt: impl FnMut() -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    let busy = |e: &rusqlite::Error| {
        matches!(e.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
    };
    for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
        match attempt() {
            Err(e) if busy(&e) => std::thread::sleep(PAUSE),
            done => return done,
        }
    }
    attempt()
}
