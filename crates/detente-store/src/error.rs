//! What can go wrong with a store, each in one line that names the file.

use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};

/// Something that the store could not do. It prints as one line with the path in it; the predicates tell what
/// can be done about it.
#[derive(Debug, thiserror::Error)]
#[error("{}: {kind}", path.display())]
pub struct Error {
    path: PathBuf,
    #[source]
    kind: Kind,
}

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("made by a later Detente (format {found}, this one knows {known}); use that one, or a new store")]
    Newer { found: i64, known: i64 },
    #[error("not a store of Detente; give another file")]
    NoStore,
    #[error("there is no store here")]
    Missing,
    #[error("the disk is full, nothing was changed; make room and try again")]
    Full,
    #[error("another process keeps the store busy; try again")]
    Busy,
    #[error("the file is damaged; \"detente doctor\" says what can be read")]
    Damaged,
    #[error("not allowed to read or write it; check the permissions of the file and its folder")]
    Forbidden,
    #[error("there is no such entry in the journal: {0}")]
    NoDecision(i64),
    #[error("entry {0} of the journal is undone already")]
    Undone(i64),
    #[error("what is written there is not what this Detente writes: {0}")]
    Odd(String),
    #[error("{0}")]
    Other(rusqlite::Error),
}

impl Error {
    pub(crate) fn newer(path: &Path, found: i64, known: i64) -> Error {
        Error::of(path, Kind::Newer { found, known })
    }

    pub(crate) fn no_store(path: &Path) -> Error {
        Error::of(path, Kind::NoStore)
    }

    pub(crate) fn missing(path: &Path) -> Error {
        Error::of(path, Kind::Missing)
    }

    pub(crate) fn no_decision(path: &Path, number: i64) -> Error {
        Error::of(path, Kind::NoDecision(number))
    }

    pub(crate) fn undone(path: &Path, number: i64) -> Error {
        Error::of(path, Kind::Undone(number))
    }

    pub(crate) fn odd(path: &Path, what: impl std::fmt::Display) -> Error {
        Error::of(path, Kind::Odd(what.to_string()))
    }

    pub(crate) fn sql(path: &Path, error: rusqlite::Error) -> Error {
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Kind::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Busy,
            Some(ErrorCode::NotADatabase) => Kind::NoStore,
            Some(ErrorCode::DatabaseCorrupt) => Kind::Damaged,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Kind::Forbidden
            }
            _ => Kind::Other(error),
        };
        Error::of(path, kind)
    }

    fn of(path: &Path, kind: Kind) -> Error {
        Error { path: path.to_path_buf(), kind }
    }

    /// The store that it is about.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The same line without the path.
    pub fn what(&self) -> String {
        self.kind.to_string()
    }

    /// Was the store made by a later Detente?
    pub fn is_newer_format(&self) -> bool {
        matches!(self.kind, Kind::Newer { .. })
    }

    /// Is the file something else than a store?
    pub fn is_no_store(&self) -> bool {
        matches!(self.kind, Kind::NoStore)
    }

    /// Is there no file?
    pub fn is_missing(&self) -> bool {
        matches!(self.kind, Kind::Missing)
    }

    /// Is there no room left? What was being written is not there; everything else is as it was.
    pub fn is_full(&self) -> bool {
        matches!(self.kind, Kind::Full)
    }

    /// Did another process keep the store busy for longer than is waited?
    pub fn is_busy(&self) -> bool {
        matches!(self.kind, Kind::Busy)
    }

    /// Is the file damaged?
    pub fn is_damaged(&self) -> bool {
        matches!(self.kind, Kind::Damaged)
    }

    /// Is reading or writing not allowed?
    pub fn is_forbidden(&self) -> bool {
        matches!(self.kind, Kind::Forbidden)
    }

    /// Does the journal have no such entry, or is it undone already?
    pub fn is_no_such_decision(&self) -> bool {
        matches!(self.kind, Kind::NoDecision(_) | Kind::Undone(_))
    }
}

/// What a call to the store gives.
pub type Result<T, E = Error> = std::result::Result<T, E>;
