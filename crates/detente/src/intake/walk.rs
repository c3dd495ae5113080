//! Paths to the files under them, sorted.

use super::{Failure, Intake};
use detente_types::Note;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Files that are one report each.
const TEXTS: &[&str] = &["txt", "text", "md", "markdown"];

/// Files that hold one report a line.
const LINES: &[&str] = &["jsonl", "ndjson"];

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
    for entry in entries.filter_entry(|e| e.depth() == 0 || !hidden(e.path())) {
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
        intake.failures.push(Failure::new(what, place, "put .txt, .md or .jsonl files into it"));
    } else if others > 0 {
        let message = format!("{place}: files that are not .txt, .md or .jsonl were passed over: {others}.");
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

fn is_readme(path: &Path) -> bool {
    file_name(path).to_ascii_lowercase().starts_with("readme")
}

fn extension(name: &str) -> String {
    let dot = Path::new(name).extension();
    dot.map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

fn is_report(path: &Path) -> bool {
    let extension = extension(&file_name(path));
    TEXTS.contains(&extension.as_str()) || LINES.contains(&extension.as_str())
}

/// What a file holds, by its name.
pub(super) enum Shape {
    /// One report.
    Text,
    /// One report a line.
    Lines,
    /// One report, or a list of them.
    Json,
}

/// What a file of this name holds.
pub(super) fn shape(name: &str) -> Shape {
    match extension(name).as_str() {
        "json" => Shape::Json,
        other if LINES.contains(&other) => Shape::Lines,
        _ => Shape::Text,
    }
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

/// What paths are sorted by, so that line 10 of a file follows line 9.
pub(super) fn sort_key(path: &str) -> (String, usize) {
    match path.rsplit_once(':') {
        Some((file, line)) => match line.split('#').next().unwrap_or(line).parse() {
            Ok(line) => (file.to_string(), line),
            Err(_) => (path.to_string(), 0),
        },
        None => (path.to_string(), 0),
    }
}
