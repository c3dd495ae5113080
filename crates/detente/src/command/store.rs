//! `detente add`, `list`, `search`, `forget`, `rebuild`, `doctor`: the store, and where it is.

use super::store_arguments::{Add, Doctor, Forget, List, Rebuild, Search, StoreFile};
use super::{Outcome, Stop, fetch, read, say, screen};
use crate::collecting::{Counts, Keeper};
use crate::intake::{self, Failure};
use crate::pipeline;
use detente_store::{Error, Filter, Found, Kept, Page, Store};
use detente_types::{Document, DocumentId, Span};
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// Reports that are listed in one go.
const AT_ONCE: usize = 256;

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        let failure = Failure::new(error.what(), error.path().display().to_string(), "");
        if error.is_busy() { Stop::Busy(failure) } else { failure.into() }
    }
}

/// The store in the user's data folder.
fn usual() -> Result<PathBuf, Stop> {
    let told = |_| Failure::new("no data folder is known for you", "", "say where the store is with --store");
    let folders = etcetera::choose_base_strategy().map_err(told)?;
    Ok(folders.data_dir().join("detente").join("desk.detente"))
}

/// Opens the store, which must be there.
pub(super) fn existing(file: &StoreFile) -> Result<Store, Stop> {
    let path = file.store.clone().map_or_else(usual, Ok)?;
    let opened = Store::open_existing(&path);
    opened.map_err(|error| match error.is_missing() {
        true => Failure::new(
            "there is no store yet",
            path.display().to_string(),
            "give files or a folder with reports, or add them with detente add",
        )
        .into(),
        false => error.into(),
    })
}

/// Opens the store, which is made if there is none: that of the option, else of the settings, else the usual one.
pub(super) fn made(file: &StoreFile, settings: Option<PathBuf>) -> Result<Store, Stop> {
    let path = match file.store.clone().or(settings) {
        Some(path) => path,
        None => {
            let path = usual()?;
            let folder = path.parent().unwrap_or(Path::new("."));
            std::fs::create_dir_all(folder)
                .map_err(|e| Failure::of_system(&e, folder.display().to_string()))?;
            path
        }
    };
    Ok(Store::open(path)?)
}

/// Adds reports.
pub(super) fn add(wanted: &Add) -> Outcome {
    let store = made(&wanted.store, None)?;
    let (addresses, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        wanted.paths.iter().cloned().partition(|path| fetch::is_address(path));
    let mut keeper = Keeper::new(&store);
    let intake = intake::gather(&paths);
    keeper.add(&intake.taken, jiff::Timestamp::now())?;
    fetch::add(wanted, &addresses, &mut keeper);
    if let Some(fault) = keeper.fault {
        return Err(fault.into());
    }
    let Counts { new, versions, known, .. } = keeper.counts;
    let count = store.count(&Filter::default())?;
    let told = format!(
        "{new} new, {versions} in a new version, {known} there already; {count} reports in {}\n",
        store.path().display()
    );
    screen::print(told.as_bytes())?;
    say::notes(&intake.notes);
    Ok(intake.failures.into_iter().chain(keeper.failures).collect())
}

/// Lists reports.
pub(super) fn list(wanted: &List) -> Outcome {
    let store = existing(&wanted.store)?;
    let filter = Filter {
        all_versions: wanted.versions,
        outlet: wanted.outlet.clone(),
        named: wanted.named.clone(),
        series: None,
    };
    let mut out = String::new();
    let mut skip = 0;
    loop {
        let page = store.documents(&filter, Page { skip, take: AT_ONCE })?;
        page.iter().for_each(|kept| out.push_str(&line(kept)));
        skip += page.len();
        if page.len() < AT_ONCE {
            break;
        }
    }
    screen::print(out.as_bytes())?;
    Ok(Vec::new())
}

/// One report in one line: id, day, outlet, title or path.
fn line(kept: &Kept) -> String {
    let older = if kept.latest { "" } else { "  (older version)" };
    format!("{}{older}\n", told(&kept.document))
}

/// The same of a report that has just come.
pub(super) fn told(document: &Document) -> String {
    let day = document.published().and_then(|w| w.from()).map_or("          ".to_string(), |d| d.to_string());
    let outlet = document.outlet().map(|o| format!("{o}: ")).unwrap_or_default();
    let name = document.title().unwrap_or(&document.path);
    inert(&format!("{}  {day}  {outlet}{name}", document.id()))
}

/// Text of a report on a terminal: what could act there is shown as a blank.
pub(super) fn inert(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Searches reports.
pub(super) fn search(wanted: &Search) -> Outcome {
    let store = existing(&wanted.store)?;
    let hits = store.search(&wanted.words.join(" "), Page { skip: 0, take: wanted.most })?;
    let mut out = String::new();
    for found in &hits.found {
        out.push_str(&line(&found.kept));
        out.push_str(&format!("    {}\n", excerpt(found)));
    }
    let more = hits.total.saturating_sub(hits.found.len());
    out.push_str(&match (hits.total, more) {
        (0, _) => "No report has these words.\n".to_string(),
        (_, 0) => String::new(),
        (_, more) => format!("{more} more; --most shows them\n"),
    });
    screen::print(out.as_bytes())?;
    Ok(Vec::new())
}

/// The stretch around the words, which stand between brackets.
fn excerpt(found: &Found) -> String {
    let text = found.kept.document.text();
    let (mut out, mut at) = (String::new(), found.excerpt.start());
    for span in found.spans.iter().filter(|s| found.excerpt.contains(**s)) {
        out.push_str(&format!("{}[{}]", Span::new(at, span.start()).of(text), span.of(text)));
        at = span.end();
    }
    out.push_str(Span::new(at, found.excerpt.end()).of(text));
    inert(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Forgets reports.
pub(super) fn forget(wanted: &Forget) -> Outcome {
    let store = existing(&wanted.store)?;
    let mut failures = Vec::new();
    let mut gone = 0;
    for name in &wanted.ids {
        match one(&store, name)? {
            Ok(id) => gone += usize::from(store.forget(&id)?),
            Err(failure) => failures.push(failure),
        }
    }
    screen::print(format!("{gone} forgotten; decisions on them stay in the journal\n").as_bytes())?;
    Ok(failures)
}

/// The one report whose id begins like this.
fn one(store: &Store, name: &str) -> Result<Result<DocumentId, Failure>, Stop> {
    let mut found = store.named(name)?;
    Ok(match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Failure::new("no report with this id", name, "detente list prints the ids")),
        n => Err(Failure::new(format!("{n} reports begin like this"), name, "give more of the id")),
    })
}

/// Reads everything anew.
pub(super) fn rebuild(wanted: &Rebuild) -> Outcome {
    let store = existing(&wanted.store)?;
    let desk = read::open(&wanted.knowledge)?;
    store.rebuild_words()?;
    store.drop_readings(None)?;
    let bar = screen::progress(store.unread(desk.reader())?.len());
    pipeline::read_new(&store, &desk, &|| bar.inc(1))?;
    bar.finish_and_clear();
    let count = store.count(&Filter::default())?;
    screen::print(format!("{count} reports were read anew\n").as_bytes())?;
    Ok(Vec::new())
}

/// Looks whether the file is sound.
pub(super) fn doctor(wanted: &Doctor) -> Outcome {
    let store = existing(&wanted.store)?;
    let health = store.examine()?;
    let mut out = format!("{}\n", store.path().display());
    let mut line = |name: &str, value: String| out.push_str(&format!("{name:<16}{value}\n"));
    line("format", health.format.to_string());
    line("size", format!("{} KiB", health.bytes / 1024));
    line("reports", health.reports.to_string());
    line("older versions", health.older_versions.to_string());
    for (reader, count) in &health.readings {
        line("readings", format!("{count} by {reader}"));
    }
    line("journal", format!("{} lines", health.decisions));
    line("followed", health.watches.to_string());
    line("alerts", health.alerts.to_string());
    line(
        "faults",
        if health.faults.is_empty() { "none".to_string() } else { health.faults.len().to_string() },
    );
    screen::print(out.as_bytes())?;
    let place = store.path().display().to_string();
    Ok(health.faults.into_iter().map(|fault| Failure::new(fault, place.clone(), "")).collect())
}
