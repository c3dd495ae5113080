//! Takes paths, gives reports: files, folders and standard input to documents.
//!
//! Reports come as people keep them: a folder of saved texts, a page in Markdown with its date on top, a
//! dump of a news database with one report a line, in whatever character set. What can be read is read;
//! what cannot is said in one line, and the others are read all the same.
//!
//! # How
//! 1. `walk`: a path to the files in it, sorted; hidden files and `README*` are not reports.
//! 2. [`detente_intake`]: bytes to reports, whatever they are packed in. What offsets count is said there.
//! 3. The same report twice is one.
//!
//! # Does not
//! Look into the text: what is headline, dateline, boilerplate is the reader's.

mod walk;

pub use detente_intake::{Failure, Taken, Unpacked as Intake};

use detente_intake::{Limits, Parcel};
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::time::SystemTime;

/// Takes in every report under these paths; `-` is standard input. The order of the paths does not
/// matter, and a path that fails does not keep the others out.
pub fn gather(paths: &[PathBuf]) -> Intake {
    let mut intake = Intake::default();
    for path in walk::files(paths, &mut intake) {
        let name = walk::name(&path);
        match File::open(&path) {
            Ok(mut file) => {
                detente_intake::unpack_file(&name, &mut file, &Limits::default(), &mut |more| {
                    intake.add(more)
                });
            }
            Err(error) => intake.failures.push(Failure::of_system(&error, name)),
        }
    }
    if paths.iter().any(|p| p.as_os_str() == "-") {
        let (mut input, limits) = (io::stdin().lock(), Limits::default());
        detente_intake::unpack_from("stdin", None, &mut input, &limits, &mut |more| intake.add(more));
    }
    intake.settled()
}

/// What tells that a file has changed: its path, size and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp(PathBuf, u64, Option<SystemTime>);

impl Stamp {
    /// The path, and the rest in letters.
    pub fn told(&self) -> (String, String) {
        let Stamp(path, size, at) = self;
        let since = at.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
        (path.to_string_lossy().into_owned(), format!("{size} {}", since.as_nanos()))
    }
}

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
        let parcel = Parcel { name, media_type: None, charset: None, bytes };
        intake.add(detente_intake::unpack(&parcel, &Limits::default()));
    }
    intake.settled()
}
