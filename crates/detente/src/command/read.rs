//! `detente read`: each report by itself, one reading a line. And how every command gets its reports.

use super::arguments::{OwnKnowledge, Read, Reports};
use super::{Outcome, Stop, say, screen};
use crate::intake::{self, Failure, Intake};
use crate::pipeline::{self, Desk};
use detente_store::{Filter, Store};
use detente_types::{Note, Reading};
use std::path::Path;

/// Prints readings as JSON Lines.
pub(super) fn run(wanted: &Read) -> Outcome {
    let (readings, notes, failures) =
        if wanted.reports.paths.is_empty() { stored(&wanted.reports)? } else { read(&wanted.reports)? };
    let mut out = Vec::new();
    for reading in &readings {
        serde_json::to_writer(&mut out, reading).expect("a reading is strings, numbers and lists");
        out.push(b'\n');
    }
    screen::print(&out)?;
    say::notes(&notes);
    Ok(failures)
}

type Brought = (Vec<Reading>, Vec<Note>, Vec<Failure>);

/// The readings of reports at paths.
fn read(reports: &Reports) -> Result<Brought, Stop> {
    let (desk, mut intake) = bring_in(reports)?;
    let failures = std::mem::take(&mut intake.failures);
    let bar = screen::progress(intake.taken.len());
    let reader = |report: &_| detente_read::read(report, &desk.knowledge, &desk.language);
    let readings = pipeline::read_each(intake.taken, reader, &|| bar.inc(1));
    bar.finish_and_clear();
    Ok((readings, intake.notes, failures))
}

/// The readings of a store.
fn stored(reports: &Reports) -> Result<Brought, Stop> {
    let (desk, store) = bring_store(reports)?;
    let bar = screen::progress(store.unread(desk.reader())?.len());
    pipeline::read_new(&store, &desk, &|| bar.inc(1))?;
    bar.finish_and_clear();
    Ok((store.readings(desk.reader())?, Vec::new(), Vec::new()))
}

/// Opens the desk and the store. Without a single report there is nothing to do.
pub(super) fn bring_store(reports: &Reports) -> Result<(Desk, Store), Stop> {
    let store = super::store::existing(&reports.store)?;
    if store.count(&Filter::default())? == 0 {
        let place = store.path().display().to_string();
        return Err(Failure::new("no report in this store", place, "add some with detente add").into());
    }
    Ok((open(&reports.knowledge)?, store))
}

/// Opens the desk and takes in the reports. Without a single report there is nothing to do.
pub(super) fn bring_in(reports: &Reports) -> Result<(Desk, Intake), Stop> {
    let intake = intake::gather(&reports.paths);
    if intake.taken.is_empty() {
        say::notes(&intake.notes);
        let mut failures = intake.failures;
        if failures.is_empty() {
            let places: Vec<String> = reports.paths.iter().map(|p| p.display().to_string()).collect();
            let remedy =
                "give files or a folder with reports (.txt, .html, .pdf, .eml, .jsonl, .zip and more)";
            failures.push(Failure::new("no report to read", places.join(", "), remedy));
        }
        return Err(Stop::Failures(failures));
    }
    Ok((open(&reports.knowledge)?, intake))
}

/// The desk, with the user's own knowledge. Every problem in it is told at once.
pub(super) fn open(own: &OwnKnowledge) -> Result<Desk, Stop> {
    let extra = match &own.knowledge {
        Some(folder) => knowledge_files(folder)?,
        None => Vec::new(),
    };
    let told = |problem: &detente_knowledge::Problem| {
        Failure::new(problem.to_string(), "", "correct the knowledge file")
    };
    Desk::open(&extra).map_err(|problems| Stop::Failures(problems.iter().map(told).collect()))
}

/// The TOML files of a folder, sorted.
fn knowledge_files(folder: &Path) -> Result<Vec<(String, String)>, Stop> {
    let place = folder.display().to_string();
    let listed = std::fs::read_dir(folder).map_err(|e| Failure::of_system(&e, place.clone()))?;
    let mut paths: Vec<_> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::new("no knowledge file in this folder", place, "put .toml files into it").into());
    }
    let read = |path: std::path::PathBuf| {
        let name = path.display().to_string();
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok((name, text)),
            Err(error) => Err(Failure::of_system(&error, name)),
        }
    };
    paths.into_iter().map(read).collect::<Result<_, _>>().map_err(Stop::from)
}
