//! Paths to the files under them, sorted.

use super::{Failure, Intake};
use detente_intake::{kind, sort_key};
use detente_types::Note;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Every file under these paths that may be a report, each once, sorted. A file that is named outright is taken
/// whatever its name; in a folder the name decides.
pub(super) fn files(paths: &[PathBuf], intake: &mut Intake) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for path in paths.iter().filter(|p| p.as_os_str() != "-") {
        if path.is_dir() {
            folder(path, intake, &mut out);
        } else {
            out.push(tidy(path));
        }
    }
    out.sort_by_cached_key(|p| sort_key(&name(p)));
    out.dedup();
    out
}

fn folder(root: &Path, intake: &mut Intake, out: &mut Vec<PathBuf>) {
    let (mut taken, mut others, mut failed) = (0_usize, 0_usize, false);
    let entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|e| e.depth() == 0 || !(hidden(e.path()) || of_a_page(e.path()))) {
        match entry {
            Ok(entry) if !entry.file_type().is_file() || is_readme(entry.path()) => {}
            Ok(entry) if is_report(entry.path()) => {
                taken += 1;
                out.push(tidy(entry.path()));
            }
            Ok(_) => others += 1,
            Err(error) => {
                failed = true;
                intake.failures.push(of_walk(&error, root));
            }
        }
    }
    let place = name(root);
    if taken == 0 && !failed {
        let found = if others > 0 { format!(" ({others} files of other kinds)") } else { String::new() };
        let what = format!("no report in this folder{found}");
        intake.failures.push(Failure::new(
            what,
            place,
            "put reports into it (.txt, .html, .pdf, .eml, .jsonl, .zip and more)",
        ));
    } else if others > 0 {
        let message = format!("{place}: files of other kinds were passed over: {others}.");
        intake.notes.push(Note::new("D109", message));
    }
}

fn of_walk(error: &walkdir::Error, root: &Path) -> Failure {
    let place = name(error.path().unwrap_or(root));
    match error.io_error() {
        Some(error) => Failure::of_system(error, place),
        None => Failure::new("a link that leads back to a folder above it", place, "remove the link"),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn hidden(path: &Path) -> bool {
    file_name(path).starts_with('.')
}

/// The folder that a browser puts beside a saved page, for its pictures and frames: "Talks_files" beside "Talks.html".
fn of_a_page(path: &Path) -> bool {
    let name = file_name(path);
    let stem = name.strip_suffix("_files").or_else(|| name.strip_suffix("_Files"));
    stem.is_some_and(|stem| {
        ["html", "htm", "xhtml"]
            .iter()
            .any(|ending| path.with_file_name(format!("{stem}.{ending}")).is_file())
    })
}

fn is_readme(path: &Path) -> bool {
    file_name(path).to_ascii_lowercase().starts_with("readme")
}

fn is_report(path: &Path) -> bool {
    kind::of_name(&file_name(path)).is_some()
}

/// The path without parts that mean nothing.
fn tidy(path: &Path) -> PathBuf {
    let tidy: PathBuf = path.components().filter(|c| !matches!(c, std::path::Component::CurDir)).collect();
    if tidy.as_os_str().is_empty() { path.to_path_buf() } else { tidy }
}

/// The path as it is printed: as typed, with `/` on every system.
pub(super) fn name(path: &Path) -> String {
    let name = path.to_string_lossy().replace('\\', "/");
    if cfg!(windows) { name } else { path.to_string_lossy().into_owned() }
}
