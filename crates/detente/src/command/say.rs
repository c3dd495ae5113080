//! Remarks and failures on standard error, one line each.

use crate::intake::Failure;
use detente_types::Note;
use std::collections::BTreeMap;
use std::io::Write;

/// Remarks of one code that are printed; the rest are counted.
const MOST: usize = 3;

/// One failure in one line.
pub(super) fn failure(failure: &Failure) {
    line(&format!("detente: {failure}"));
}

/// Remarks, grouped by code; many of one code are counted.
pub(super) fn notes(notes: &[Note]) {
    let mut codes: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
    for note in notes {
        codes.entry(&note.code).or_default().push(note);
    }
    for (code, notes) in codes {
        for note in notes.iter().take(MOST) {
            line(&format!("detente: note {code}: {}", note.message));
        }
        if notes.len() > MOST {
            let more = notes.len() - MOST;
            line(&format!(
                "detente: note {code}: {more} more like it; detente explain {code} says what it means"
            ));
        }
    }
}

/// Standard error may be closed; there is nobody to tell it to then.
pub(super) fn line(words: &str) {
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(std::io::stderr(), "{words}");
}
