//! What could not be done, in one line.

use std::{fmt, io};

/// Something that could not be done: printed as `detente: what: where; what to do`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// What is wrong.
    pub what: String,
    /// The path or option that it is about.
    pub place: String,
    /// What to do about it.
    pub remedy: String,
}

impl Failure {
    /// A failure in three parts.
    pub fn new(what: impl Into<String>, place: impl Into<String>, remedy: impl Into<String>) -> Failure {
        Failure { what: what.into(), place: place.into(), remedy: remedy.into() }
    }

    /// What the system said about a path.
    pub fn of_system(error: &io::Error, place: impl Into<String>) -> Failure {
        let (what, remedy) = match error.kind() {
            io::ErrorKind::NotFound => ("no such file or folder", "check the path"),
            io::ErrorKind::PermissionDenied => ("not allowed to read", "check its permissions"),
            _ => return Failure::new(error.to_string(), place, "check the path"),
        };
        Failure::new(what, place, remedy)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.place.as_str(), self.remedy.as_str()) {
            ("", remedy) => write!(f, "{}; {remedy}", self.what),
            (place, "") => write!(f, "{}: {place}", self.what),
            (place, remedy) => write!(f, "{}: {place}; {remedy}", self.what),
        }
    }
}

impl std::error::Error for Failure {}
