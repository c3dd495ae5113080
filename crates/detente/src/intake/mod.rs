//! Takes paths, gives reports: files, folders and standard input to [`Document`]s.
//!
//! Reports come as people keep them: a folder of saved texts, a page in Markdown with its date on top, a
//! dump of a news database with one report a line, in whatever character set. What can be read is read;
//! what cannot is said in one line, and the others are read all the same.
//!
//! # How
//! 1. `walk`: a path to the files in it, sorted; hidden files and `README*` are not reports.
//! 2. `decode`: bytes to text; `front`: what a page says of itself on top; `lines`: one report a line.
//! 3. `given`: names and dates of fields, under the names that others use for them.
//! 4. The same report twice is one.
//!
//! # What offsets count
//! Citations count bytes of the text as received. For a UTF-8 file these are bytes of the file: a byte
//! order mark and front matter are no text of the report, and blanks of the same length stand in for
//! them. For a line of JSON they are bytes of the value of its text field; for a file in another
//! character set, bytes of the same text in UTF-8.
//!
//! # Does not
//! Look into the text: what is headline, dateline, boilerplate is the reader's.

mod decode;
mod front;
mod given;
mod lines;
mod walk;

use detente_types::document::Given;
use detente_types::{Document, DocumentId, Note};
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;
use std::time::SystemTime;

/// Bytes of one report that are read; the rest is left out with a note. A report of this size is a book
/// of forty thousand words; longer ones are dumps in which no sentence ends.
pub const MOST_TEXT: usize = 256 * 1024;

/// Bytes of one line of JSON Lines; a longer one is left out with a note.
pub const MOST_LINE: usize = 64 * 1024 * 1024;

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
pub struct Intake {
    /// Reports, sorted by path and line, each once.
    pub taken: Vec<Taken>,
    /// Remarks on what is no report.
    pub notes: Vec<Note>,
    /// What could not be opened.
    pub failures: Vec<Failure>,
}

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

/// Takes in every report under these paths; `-` is standard input. The order of the paths does not
/// matter, and a path that fails does not keep the others out.
pub fn gather(paths: &[PathBuf]) -> Intake {
    let mut intake = Intake::default();
    for path in walk::files(paths, &mut intake) {
        let name = walk::name(&path);
        match File::open(&path) {
            Ok(file) => stream(&name, file, &mut intake),
            Err(error) => intake.failures.push(Failure::of_system(&error, name)),
        }
    }
    if paths.iter().any(|p| p.as_os_str() == "-") {
        standard_input(&mut intake);
    }
    intake.finish()
}

/// What tells that a file has changed: its path, size and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp(PathBuf, u64, Option<SystemTime>);

/// The stamps of every file under these paths: when they are the same as before, so are the reports.
pub fn stamps(paths: &[PathBuf]) -> Vec<Stamp> {
    let stamp = |path: PathBuf| {
        let meta = std::fs::metadata(&path).ok();
        let size = meta.as_ref().map_or(0, std::fs::Metadata::len);
        Stamp(path, size, meta.and_then(|m| m.modified().ok()))
    };
    walk::files(paths, &mut Intake::default()).into_iter().map(stamp).collect()
}

/// Takes in reports that are at hand as bytes, each under a name that says what kind of file it is.
pub fn of_bytes<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Intake {
    let mut intake = Intake::default();
    for (name, bytes) in files {
        stream(name, bytes, &mut intake);
    }
    intake.finish()
}

/// Reads one file, as its name says.
fn stream(name: &str, file: impl Read, intake: &mut Intake) {
    let file = BufReader::with_capacity(1 << 16, file);
    let told = match walk::shape(name) {
        walk::Shape::Lines => lines::take(name, file, intake),
        walk::Shape::Json => lines::whole(name, file, intake),
        walk::Shape::Text => one_text(name, file, intake),
    };
    if let Err(error) = told {
        intake.failures.push(Failure::of_system(&error, name));
    }
}

/// Standard input is JSON Lines if it begins like that, and one text otherwise.
fn standard_input(intake: &mut Intake) {
    let mut input = BufReader::with_capacity(1 << 16, io::stdin().lock());
    let begins = lines::begins(&mut input);
    let told = match begins {
        Ok(true) => lines::take("stdin", input, intake),
        Ok(false) => one_text("stdin", input, intake),
        Err(error) => Err(error),
    };
    if let Err(error) = told {
        intake.failures.push(Failure::of_system(&error, "standard input"));
    }
}

/// A file that is one report.
fn one_text(name: &str, file: impl Read, intake: &mut Intake) -> io::Result<()> {
    let mut bytes = Vec::new();
    // Four bytes more than are used show that there is more, whatever character is cut.
    file.take((MOST_TEXT + 4) as u64).read_to_end(&mut bytes)?;
    match decode::text(&bytes) {
        Err(kind) => intake.note("D102", format!("{name}: {kind}; it was not read. Save it as plain text.")),
        Ok(decoded) => {
            let (text, mut given) = front::split(decoded.text);
            let remarks = decoded.remarks.into_iter().chain(given.take_remarks());
            let remarks =
                remarks.map(|(code, message)| Note::new(code, format!("{name}: {message}"))).collect();
            intake.report(name.to_string(), text, given.given, remarks);
        }
    }
    Ok(())
}

impl Intake {
    fn note(&mut self, code: &str, message: String) {
        self.notes.push(Note::new(code, message));
    }

    /// One report more, or a note if there is nothing in it.
    fn report(&mut self, path: String, text: String, given: Given, mut notes: Vec<Note>) {
        if text.trim().is_empty() {
            self.note("D101", format!("{path}: there is no text in it."));
            self.notes.append(&mut notes);
            return;
        }
        let (text, cut) = capped(text);
        if cut {
            let kept = MOST_TEXT / 1024;
            notes.push(Note::new(
                "D106",
                format!("{path}: longer than a report can be; the first {kept} KiB were read."),
            ));
        }
        let document = Document::new(path, text, given);
        let notes = notes.into_iter().map(|n| n.on(document.id())).collect();
        self.taken.push(Taken { document, notes });
    }

    /// Sorts, and makes one report of the same report twice.
    fn finish(mut self) -> Intake {
        let order = |t: &Taken| walk::sort_key(&t.document.path);
        self.taken.sort_by_cached_key(order);
        let mut first: BTreeMap<DocumentId, String> = BTreeMap::new();
        let mut again = Vec::new();
        self.taken.retain(|t| {
            let (id, path) = (t.document.id().clone(), t.document.path.clone());
            match first.get(&id) {
                Some(before) => {
                    again.push(Note::new(
                        "D105",
                        format!("{path}: the same report as {before}; counted once."),
                    ));
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

#[cfg(test)]
mod tests;
