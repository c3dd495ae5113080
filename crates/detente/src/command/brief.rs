//! `detente brief`, `detente records`, `detente demo`: reports put together.

use super::arguments::{Brief, Demo, Looks, OwnKnowledge, Records, Reports, Rules};
use super::{Outcome, Stop, read, say, screen};
use crate::bundle;
use crate::intake::{self, Failure, Intake};
use crate::pipeline::{self, Books, Desk, Format, Wishes};
use detente_publish::{records, terminal};
use std::path::Path;

/// Prints dossiers.
pub(super) fn run(wanted: &Brief) -> Outcome {
    printable(&wanted.looks)?;
    let (books, failures) = kept(&wanted.reports, wanted.rules)?;
    show(&books, &wanted.looks, "")?;
    say::notes(&books.notes);
    Ok(failures)
}

/// Prints records.
pub(super) fn records(wanted: &Records) -> Outcome {
    let (books, failures) = kept(&wanted.reports, wanted.rules)?;
    let lines = records::lines(&pipeline::records(&books));
    match &wanted.output {
        Some(file) => write(file, lines.as_bytes())?,
        None => screen::print(lines.as_bytes())?,
    }
    say::notes(&books.notes);
    Ok(failures)
}

const WHAT_NEXT: &str = "\
This dossier was made from the fourteen reports that come with Detente; the outlets are invented. Try next:
  detente demo --serve                 the same in the browser, with everything behind it
  detente demo --output demo.html      the same as a page: a click opens the sentence in its report
  detente demo --policy own_admission  one number for each count, chosen by a named rule
  detente demo --as-of 2025-10-20      what could be known on that day
  detente demo --reports demo/         write the reports into a folder
  detente brief FOLDER                 a dossier from your own reports (text, pages, PDF, mail, archives)
  detente explain                      what the codes mean
";

/// Prints the dossier of the demonstration, or writes its reports.
pub(super) fn demo(wanted: &Demo) -> Outcome {
    if let Some(folder) = &wanted.reports {
        return write_reports(folder);
    }
    if wanted.serve {
        return super::serve::demo(wanted);
    }
    printable(&wanted.looks)?;
    let desk = read::open(&OwnKnowledge { knowledge: None })?;
    let intake = intake::of_bytes(bundle::REPORTS.iter().copied());
    let (books, failures) = keep(&desk, intake, wanted.rules);
    let on_paper = wanted.looks.output.is_none() && format(&wanted.looks) == Format::Terminal;
    show(&books, &wanted.looks, if on_paper { WHAT_NEXT } else { "" })?;
    say::notes(&books.notes);
    if !on_paper {
        WHAT_NEXT.lines().for_each(say::line);
    }
    Ok(failures)
}

fn write_reports(folder: &Path) -> Outcome {
    let failed = |e: std::io::Error, place: &Path| Failure::of_system(&e, place.display().to_string());
    std::fs::create_dir_all(folder).map_err(|e| failed(e, folder))?;
    for (name, bytes) in bundle::REPORTS {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|e| failed(e, &path))?;
    }
    let folder = folder.display();
    let told = format!(
        "{} files with 14 reports are in {folder} now. Try: detente brief {folder}\n",
        bundle::REPORTS.len()
    );
    screen::print(told.as_bytes())?;
    Ok(Vec::new())
}

/// Books of the reports at these paths; without a path, of those in the store.
fn kept(reports: &Reports, rules: Rules) -> Result<(Books, Vec<Failure>), Stop> {
    if !reports.paths.is_empty() {
        let (desk, intake) = read::bring_in(reports)?;
        return Ok(keep(&desk, intake, rules));
    }
    let (desk, store) = read::bring_store(reports)?;
    if let Some(words) = pipeline::read_anew(&store)? {
        say::line(&format!("detente: {words}"));
    }
    let bar = screen::progress(store.unread(desk.reader())?.len());
    let books = pipeline::run_store(&store, &desk, rules.into(), &|| bar.inc(1))?;
    bar.finish_and_clear();
    Ok((books, Vec::new()))
}

impl From<Rules> for Wishes {
    fn from(rules: Rules) -> Wishes {
        Wishes { as_of: rules.as_of, policy: rules.policy.into() }
    }
}

/// Reports to books, with progress.
fn keep(desk: &Desk, mut intake: Intake, rules: Rules) -> (Books, Vec<Failure>) {
    let failures = std::mem::take(&mut intake.failures);
    let bar = screen::progress(intake.taken.len());
    let books = pipeline::run(intake, desk, rules.into(), &|| bar.inc(1));
    bar.finish_and_clear();
    (books, failures)
}

/// The format asked for, or the one that the name of the file to write means.
fn format(looks: &Looks) -> Format {
    let ending =
        looks.output.as_ref().and_then(|o| o.extension()).map(|e| e.to_string_lossy().to_lowercase());
    looks.format.unwrap_or(match ending.as_deref() {
        Some("html" | "htm") => Format::Html,
        Some("md" | "markdown") => Format::Markdown,
        Some("pdf") => Format::Pdf,
        Some("json") => Format::Json,
        _ => Format::Terminal,
    })
}

/// Prints dossiers as asked, with some words after them.
fn show(books: &Books, looks: &Looks, after: &str) -> Result<(), Stop> {
    let format = format(looks);
    let colour = screen::colour(looks.colour, looks.output.is_some());
    let options = terminal::Options { width: screen::width(looks.width), colour, sentences: looks.sentences };
    let mut bytes = pipeline::print(&pipeline::dossiers(books), format, options);
    if !after.is_empty() {
        bytes.push(b'\n');
        bytes.extend(after.bytes());
    }
    match &looks.output {
        Some(file) => write(file, &bytes),
        None if format == Format::Terminal => Ok(screen::page(&bytes, looks)?),
        None => Ok(screen::print(&bytes)?),
    }
}

/// A terminal would take the bytes of a PDF for its own commands. Asked before anything is read.
fn printable(looks: &Looks) -> Result<(), Stop> {
    if looks.output.is_none() && format(looks) == Format::Pdf && screen::is_terminal() {
        let remedy = "name a file: --output dossier.pdf";
        return Err(Failure::new("a PDF is not printed on a terminal", "", remedy).into());
    }
    Ok(())
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Stop> {
    std::fs::write(file, bytes).map_err(|e| Failure::of_system(&e, file.display().to_string()).into())
}
