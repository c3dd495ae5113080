//! A value with remarks: reading odd text is never an error.

use crate::{DocumentId, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A remark on something odd, unread or unsure. Its code is explained by `detente explain CODE`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Stable code: a letter for the room (`D` document, `L` language, `R` reading, `C` crisis) and three digits.
    pub code: String,
    /// One sentence for people.
    pub message: String,
    /// The report it is about, where it is about one.
    pub document: Option<DocumentId>,
    /// Where in that report, as bytes of the text as received.
    pub span: Option<Span>,
}

impl Note {
    /// A remark on no particular place.
    pub fn new(code: &str, message: impl Into<String>) -> Note {
        Note { code: code.to_string(), message: message.into(), document: None, span: None }
    }

    /// The same remark, about this report.
    #[must_use]
    pub fn on(mut self, document: &DocumentId) -> Note {
        self.document = Some(document.clone());
        self
    }

    /// The same remark, about these bytes.
    #[must_use]
    pub fn at(mut self, span: Span) -> Note {
        self.span = Some(span);
        self
    }
}

/// The best value that could be had, and what is to be said about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Noted<T> {
    /// The value.
    pub value: T,
    /// Remarks, in the order in which they arose.
    pub notes: Vec<Note>,
}

impl<T> Noted<T> {
    /// A value about which there is nothing to say.
    pub fn plain(value: T) -> Noted<T> {
        Noted { value, notes: Vec::new() }
    }

    /// Keeps the notes, changes the value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Noted<U> {
        Noted { value: f(self.value), notes: self.notes }
    }

    /// Hands the notes to a collector and gives the value.
    pub fn into_value(self, notes: &mut Vec<Note>) -> T {
        notes.extend(self.notes);
        self.value
    }
}
