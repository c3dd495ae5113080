//! Reports in, dossier out: the one list of the steps.
//!
//! Every step is one call into one room; nobody else calls a room. Reading is a pure map over reports and
//! assembling a fold that does not mind their order, so the bytes that come out do not depend on the
//! number of threads or on the order in which the reports arrived.
//!
//! # How
//! | step | takes → gives | room |
//! |---|---|---|
//! | [`gather`](crate::intake::gather) | paths → reports | [`intake`](crate::intake) |
//! | [`read_new`] | reports of a store that were not read yet → readings in it | `detente-store` |
//! | [`read_each`] | report → reading, one at a time | `detente-read` |
//! | [`published_by`] | readings → readings known by that day | here |
//! | [`Keeping::assemble`] | readings and decisions → crises, those that changed | `detente-crisis` |
//! | [`put_down_unread`] | what was not read → every crisis | here |
//! | [`name_reports`] | remarks → remarks that name their report | here |
//! | [`dossiers`], [`records`] | crisis → dossier, records | `detente-publish` |
//! | [`print`](fn@print) | dossiers → bytes of a format | `detente-publish` |
//!
//! # Does not
//! Open files, ask the terminal, know a clock. Stop at a report that cannot be read: a panic in one becomes
//! note D999 on it, and the run goes on.

use crate::intake::{Intake, Taken};
use crate::keeping::Keeping;
use detente_crisis::Made;
use detente_knowledge::{Knowledge, Problem};
use detente_language::Language;
use detente_publish::records::Record;
use detente_publish::{Dossier, html, json, markdown, pdf, terminal};
use detente_store::Store;
use detente_types::{Crisis, Decision, Document, DocumentId, Gap, Note, Noted, Policy, Reading, id};
use jiff::civil::Date;
use rayon::prelude::*;
use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// The version of the reader, and the hash of its rules, knowledge and weights: what its readings hang on.
pub const VERSION: &str = concat!("detente-read ", env!("CARGO_PKG_VERSION"), " ", env!("DETENTE_READING"));

/// What every step works with: loaded once, changed by none.
#[derive(Debug)]
pub struct Desk {
    /// Who is who, what is where, what words denote.
    pub knowledge: Knowledge,
    /// Text to sentences and trees.
    pub language: Language,
    reader: String,
}

impl Desk {
    /// The bundled knowledge, with knowledge files of the user's own (path, text) on top, and the bundled weights.
    pub fn open(extra: &[(String, String)]) -> Result<Desk, Vec<Problem>> {
        let knowledge = || if extra.is_empty() { Ok(Knowledge::bundled()) } else { Knowledge::with(extra) };
        let (knowledge, language) = rayon::join(knowledge, Language::english);
        let mut reader = VERSION.to_string();
        if !extra.is_empty() {
            // Other knowledge reads otherwise: its readings are others.
            let parts = extra.iter().flat_map(|(path, text)| [path.as_str(), text.as_str()]);
            reader.push_str(&format!(" with {}", detente_types::id::digest(parts)));
        }
        Ok(Desk { knowledge: knowledge?, language, reader })
    }

    /// The version of the reader and of its knowledge, under which a store keeps its readings.
    pub fn reader(&self) -> &str {
        &self.reader
    }
}

/// What the user asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes {
    /// Use only reports published on this day or before.
    pub as_of: Option<Date>,
    /// How best numbers are chosen.
    pub policy: Policy,
}

/// Everything that came of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Books {
    /// What each report says, as analysts decided, in the order of the reports.
    pub readings: Vec<Reading>,
    /// The crises, the one with most reports first.
    pub crises: Vec<Crisis>,
    /// Remarks that are in no crisis.
    pub notes: Vec<Note>,
}

/// The steps from reports to books, in order. `tick` is called once a report, from any thread.
pub fn run(intake: Intake, desk: &Desk, wishes: Wishes, tick: &(dyn Fn() + Sync)) -> Books {
    let readings = read_each(intake.taken, |report| read(report, desk), tick);
    put_together(readings, &[], intake.notes, desk, wishes, &Keeping::in_memory())
}

/// The same for the reports of a store, with the decisions in its journal: what is new is read, the rest was.
pub fn run_store(
    store: &Store,
    desk: &Desk,
    wishes: Wishes,
    tick: &(dyn Fn() + Sync),
) -> detente_store::Result<Books> {
    read_new(store, desk, tick)?;
    let readings = store.readings(desk.reader())?;
    let decisions: Vec<Decision> = store.decisions()?.into_iter().map(|(_, decision)| decision).collect();
    // A look back is not what the next run starts from.
    let keeping = match wishes.as_of {
        None => Keeping::in_store(store.path()),
        Some(_) => Keeping::in_memory(),
    };
    Ok(put_together(readings, &decisions, Vec::new(), desk, wishes, &keeping))
}

/// Reports that are read between two visits to the store: what was read is not lost when the run is stopped.
const AT_ONCE: usize = 64;

/// Reads the reports of a store that this reader has not read yet.
pub fn read_new(store: &Store, desk: &Desk, tick: &(dyn Fn() + Sync)) -> detente_store::Result<()> {
    read_while(store, desk, tick, &|| true)
}

/// The same as long as one may go on. What was read by then is kept.
pub fn read_while(
    store: &Store,
    desk: &Desk,
    tick: &(dyn Fn() + Sync),
    going: &dyn Fn() -> bool,
) -> detente_store::Result<()> {
    for part in store.unread(desk.reader())?.chunks(AT_ONCE) {
        if !going() {
            return Ok(());
        }
        let kept = part.iter().filter_map(|id| store.document(id).transpose());
        let taken = kept.map(|kept| kept.map(|k| Taken { document: k.document, notes: k.notes }));
        let taken = taken.collect::<detente_store::Result<Vec<Taken>>>()?;
        store.keep_readings(&read_each(taken, |report| read(report, desk), tick), desk.reader())?;
    }
    // What an earlier version read is of no use once this one has read it.
    store.drop_outdated(VERSION)?;
    Ok(())
}

/// What is said where reports were read by another version only: they are read anew, which may take a while.
pub fn read_anew(store: &Store) -> detente_store::Result<Option<String>> {
    Ok(match store.outdated(VERSION)? {
        0 => None,
        1 => Some("1 report was read by another version of Detente; it is read anew".to_string()),
        n => Some(format!("{n} reports were read by another version of Detente; they are read anew")),
    })
}

/// The reader on this desk.
fn read(report: &Document, desk: &Desk) -> Noted<Reading> {
    detente_read::read(report, &desk.knowledge, &desk.language)
}

/// Readings to books.
fn put_together(
    readings: Vec<Reading>,
    decisions: &[Decision],
    mut notes: Vec<Note>,
    desk: &Desk,
    wishes: Wishes,
    keeping: &Keeping,
) -> Books {
    let readings = published_by(wishes.as_of, readings, &mut notes);
    let all: Vec<&Reading> = readings.iter().collect();
    let mut made = keeping.assemble(&all, decisions, desk, wishes.policy).into_value(&mut notes);
    keeping.put_down(desk);
    put_down_unread(&all, &mut made, &mut notes);
    let crises: Vec<Crisis> = made.into_iter().map(|m| Arc::unwrap_or_clone(m.crisis)).collect();
    name_reports(&readings, &crises, &mut notes);
    let readings = detente_crisis::as_decided(readings, decisions);
    Books { readings, crises, notes }
}

/// Reads each report by itself, on as many cores as there are; the answers keep the order of the reports.
pub fn read_each(
    taken: Vec<Taken>,
    reader: impl Fn(&Document) -> Noted<Reading> + Sync,
    tick: &(dyn Fn() + Sync),
) -> Vec<Reading> {
    // Long reports first, or the last one keeps a single core busy while the others wait.
    let mut order: Vec<usize> = (0..taken.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(taken[*at].document.text().len()));
    let one = |at: usize| {
        let Taken { document, notes } = &taken[at];
        let mut reading = read_safely(document, &reader);
        reading.notes.splice(0..0, notes.iter().cloned());
        tick();
        (at, reading)
    };
    let mut readings: Vec<(usize, Reading)> = order.into_par_iter().with_max_len(1).map(one).collect();
    readings.sort_by_key(|(at, _)| *at);
    readings.into_iter().map(|(_, reading)| reading).collect()
}

/// One report; if the reader panics, an empty reading with note D999.
fn read_safely(document: &Document, reader: &impl Fn(&Document) -> Noted<Reading>) -> Reading {
    match catch_unwind(AssertUnwindSafe(|| reader(document))) {
        Ok(read) => read.value,
        Err(_) => {
            let place = last_panic().unwrap_or_else(|| "at an unknown place".to_string());
            let message = format!(
                "The reader broke down on this report, which is a fault in Detente ({place}); it was not read."
            );
            let note = Note::new("D999", message).on(document.id());
            Reading::unread(document, detente_read::READER, "und", note)
        }
    }
}

thread_local! {
    /// Where this thread panicked last, for the note about it.
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps backtraces from users: a panic is remembered and told in a note or in one line.
pub fn hush_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |l| format!("{}:{}", l.file(), l.line()));
        let payload = panic.payload();
        let words = payload.downcast_ref::<&str>().copied();
        let words = words.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let said = words.and_then(|s| s.lines().next()).unwrap_or("no message");
        LAST_PANIC.with(|last| *last.borrow_mut() = Some(format!("{place}: {said}")));
    }));
}

/// Where this thread panicked last.
pub(crate) fn last_panic() -> Option<String> {
    LAST_PANIC.with(|last| last.borrow_mut().take())
}

/// Leaves out what was published after a day, and what cannot be shown to have been published by then:
/// a look back must not know what came later.
pub fn published_by<R: Borrow<Reading>>(
    as_of: Option<Date>,
    readings: Vec<R>,
    notes: &mut Vec<Note>,
) -> Vec<R> {
    let Some(day) = as_of else { return readings };
    let mut kept = Vec::new();
    for one in readings {
        let reading: &Reading = one.borrow();
        let path = &reading.document.path;
        let (code, message) = match (reading.published.from(), reading.published.to()) {
            (_, Some(last)) if last <= day => {
                kept.push(one);
                continue;
            }
            (Some(first), _) if first > day => ("D111", format!("{path}: published after {day}; left out.")),
            _ => {
                let remedy = "give its date, in front matter or as \"published\"";
                (
                    "D112",
                    format!(
                        "{path}: nothing shows that it was published by {day}; left out. To use it, {remedy}."
                    ),
                )
            }
        };
        notes.push(Note::new(code, message).on(reading.document.id()));
    }
    kept
}

/// A report that was not read belongs to no crisis, and may belong to any: each crisis says that it is missing.
pub fn put_down_unread(readings: &[&Reading], crises: &mut [Made], notes: &mut Vec<Note>) {
    let mut missing: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for reading in readings.iter().filter(|r| r.words == 0) {
        // The last note says why; those before it tell how the report came in.
        let Some(why) = reading.notes.last() else { continue };
        missing.entry((&why.code, &why.message)).or_default().push(&reading.document.path);
        // That it belongs to no crisis goes without saying then.
        notes.retain(|n| n.code != "C002" || n.document.as_ref() != Some(reading.document.id()));
        notes.push(why.clone());
    }
    for ((code, why), paths) in missing {
        let more = paths.len().saturating_sub(3);
        let mut named = paths[..paths.len() - more].join(", ");
        if more > 0 {
            named.push_str(&format!(" and {more} more"));
        }
        let gap =
            Gap { code: code.to_string(), text: format!("Not read: {named}. {why}"), evidence: Vec::new() };
        for made in &mut *crises {
            made.key = id::digest([&made.key, &gap.text]);
            Arc::make_mut(&mut made.crisis).gaps.push(gap.clone());
        }
    }
}

/// Remarks on reports that are in no crisis would be lost with them: they join the others. Each remark says which
/// report it is on.
pub fn name_reports(readings: &[Reading], crises: &[Crisis], notes: &mut Vec<Note>) {
    let told: BTreeSet<&DocumentId> = crises.iter().flat_map(|c| &c.reports).map(|r| &r.id).collect();
    let alone = readings.iter().filter(|r| !told.contains(r.document.id()));
    notes.extend(alone.flat_map(|r| r.notes.iter().cloned()));
    let paths: BTreeMap<&DocumentId, &str> =
        readings.iter().map(|r| (r.document.id(), r.document.path.as_str())).collect();
    for note in notes.iter_mut() {
        let path = note.document.as_ref().and_then(|id| paths.get(id));
        if let Some(path) = path.filter(|path| !note.message.contains(**path)) {
            note.message = format!("{path}: {}", note.message);
        }
    }
    notes.sort();
    notes.dedup();
}

/// Crises to dossiers.
pub fn dossiers(books: &Books) -> Vec<Dossier> {
    books.crises.iter().map(detente_publish::dossier).collect()
}

/// Crises and their readings to records.
pub fn records(books: &Books) -> Vec<Record> {
    books
        .crises
        .iter()
        .flat_map(|crisis| detente_publish::records::records(crisis, &books.readings))
        .collect()
}

/// A form in which dossiers are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Text that fits the width of the terminal
    Terminal,
    /// Markdown, each citation a link to its sentence
    Markdown,
    /// One self-contained page: a click opens the sentence in its report
    Html,
    /// A file to print and to hand on, each citation a link to its sentence
    Pdf,
    /// One JSON object, as docs/dossier.schema.json has it
    Json,
}

/// Dossiers to the bytes of a format: text, but for PDF. The options count for the terminal only.
pub fn print(dossiers: &[Dossier], format: Format, options: terminal::Options) -> Vec<u8> {
    let many = |one: &dyn Fn(&Dossier) -> String, between: &str| {
        let pages: Vec<String> = dossiers.iter().map(one).collect();
        pages.join(between)
    };
    let text = match format {
        Format::Pdf => return pdf::render(dossiers),
        Format::Terminal | Format::Markdown if dossiers.is_empty() => {
            "The reports tell of no crisis.\n".to_string()
        }
        Format::Terminal => many(&|d| terminal::render(d, options), "\n\n"),
        Format::Markdown => many(&markdown::render, "\n"),
        Format::Html => html::render(dossiers),
        Format::Json => json::render(dossiers),
    };
    text.into_bytes()
}
