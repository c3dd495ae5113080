//! What has come in so far: reports, remarks, failures, and what it has cost.

use crate::budget::Budget;
use crate::limits::MOST_TEXT;
use crate::{Failure, Limits};
use detente_types::document::Given;
use detente_types::{Document, DocumentId, Note};
use std::collections::BTreeMap;

/// One report and what is to be said about how it came in.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The report.
    pub document: Document,
    /// Remarks on it.
    pub notes: Vec<Note>,
}

/// Everything that came in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unpacked {
    /// Reports; sorted by path and line, each once, when it is [settled](Unpacked::settled).
    pub taken: Vec<Taken>,
    /// Remarks on what is no report.
    pub notes: Vec<Note>,
    /// What could not be opened.
    pub failures: Vec<Failure>,
}

impl Unpacked {
    /// Adds what came in elsewhere.
    pub fn add(&mut self, mut more: Unpacked) {
        self.taken.append(&mut more.taken);
        self.notes.append(&mut more.notes);
        self.failures.append(&mut more.failures);
    }

    /// Sorts, and makes one report of the same report twice: the order of arrival does not matter.
    #[must_use]
    pub fn settled(mut self) -> Unpacked {
        self.taken.sort_by_cached_key(|t| sort_key(&t.document.path));
        let mut first: BTreeMap<DocumentId, String> = BTreeMap::new();
        let mut again = Vec::new();
        self.taken.retain(|t| {
            let (id, path) = (t.document.id().clone(), t.document.path.clone());
            match first.get(&id) {
                Some(before) => {
                    let message = format!("{path}: the same report as {before}; counted once.");
                    again.push(Note::new("D105", message));
                    false
                }
                None => first.insert(id, path).is_none(),
            }
        });
        self.notes.append(&mut again);
        self.notes.sort();
        self.notes.dedup();
        self.failures.sort();
        self.failures.dedup();
        self
    }
}

/// What paths are sorted by, so that line 10 of a file follows line 9.
pub fn sort_key(path: &str) -> (String, usize) {
    match path.rsplit_once(':') {
        Some((file, line)) => match line.split('#').next().unwrap_or(line).parse() {
            Ok(line) => (file.to_string(), line),
            Err(_) => (path.to_string(), 0),
        },
        None => (path.to_string(), 0),
    }
}

/// Where the rooms of this crate put what they find: it is handed on at once, and nothing is kept but the bill.
pub(crate) struct Tray<'a> {
    pub(crate) limits: &'a Limits,
    each: &'a mut dyn FnMut(Unpacked),
    budget: Budget,
    members: usize,
    depth: usize,
}

impl<'a> Tray<'a> {
    pub(crate) fn new(limits: &'a Limits, each: &'a mut dyn FnMut(Unpacked)) -> Tray<'a> {
        Tray { limits, each, budget: Budget::new(limits.unpacked), members: 0, depth: 0 }
    }

    /// Bytes that may still be unpacked.
    pub(crate) fn budget(&self) -> Budget {
        self.budget.clone()
    }

    /// Goes into an archive, if that is not one too many around each other.
    pub(crate) fn enter(&mut self, name: &str) -> bool {
        if self.depth >= self.limits.depth {
            let what =
                format!("archives within archives, more than {} deep; it was not read", self.limits.depth);
            self.failure(Failure::new(what, name, "unpack it, and give its folder"));
            return false;
        }
        self.depth += 1;
        true
    }

    /// Leaves the archive.
    pub(crate) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// How deep it is in archives, for a step that may break down in one.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Back to where it was before a step broke down.
    pub(crate) fn back_to(&mut self, depth: usize) {
        self.depth = depth;
    }

    /// One file more that was in an archive.
    pub(crate) fn member(&mut self) {
        self.members += 1;
    }

    /// Has there been enough?
    pub(crate) fn enough(&self) -> bool {
        self.members >= self.limits.members || self.budget.spent()
    }

    /// A remark on what is no report.
    pub(crate) fn note(&mut self, code: &str, message: String) {
        (self.each)(Unpacked { notes: vec![Note::new(code, message)], ..Unpacked::default() });
    }

    /// What could not be done.
    pub(crate) fn failure(&mut self, failure: Failure) {
        (self.each)(Unpacked { failures: vec![failure], ..Unpacked::default() });
    }

    /// One report more, or a note if there is nothing in it.
    pub(crate) fn report(&mut self, path: String, text: String, given: Given, mut notes: Vec<Note>) {
        if text.trim().is_empty() {
            notes.push(Note::new("D101", format!("{path}: there is no text in it.")));
            (self.each)(Unpacked { notes, ..Unpacked::default() });
            return;
        }
        let (text, cut) = capped(text);
        if cut {
            let kept = MOST_TEXT / 1024;
            let message = format!("{path}: longer than a report can be; the first {kept} KiB were read.");
            notes.push(Note::new("D106", message));
        }
        let document = Document::new(path, text, given);
        let notes = notes.into_iter().map(|n| n.on(document.id())).collect();
        (self.each)(Unpacked { taken: vec![Taken { document, notes }], ..Unpacked::default() });
    }
}

/// Remarks on a report, with its place.
pub(crate) fn notes(place: &str, remarks: impl IntoIterator<Item = (&'static str, String)>) -> Vec<Note> {
    remarks.into_iter().map(|(code, message)| Note::new(code, format!("{place}: {message}"))).collect()
}

/// The text up to the largest size that is read, cut where a line or at least a word ends.
fn capped(mut text: String) -> (String, bool) {
    if text.len() <= MOST_TEXT {
        return (text, false);
    }
    let end = (0..=MOST_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let last = &text[..end];
    let late = |at: &usize| *at > MOST_TEXT / 4 * 3;
    let line = last.rfind('\n').filter(late);
    let cut = line.or_else(|| last.rfind(char::is_whitespace).filter(late)).unwrap_or(end);
    text.truncate(cut);
    (text, true)
}
