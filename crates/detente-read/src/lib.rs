//! One report to its Reading.

use detente_knowledge::Knowledge;
use detente_language::Language;
use detente_types::{Document, Noted, Reading};

/// Reads one report. Pure: the same report, knowledge and weights give the same reading.
pub fn read(document: &Document, knowledge: &Knowledge, language: &Language) -> Noted<Reading> {
    let _ = (document, knowledge, language);
    unreachable!()
}
