//! One [`Crisis`](detente_types::Crisis) to what people and programs read.
//!
//! A crisis in the books is many lists of facts with their sentences. A person wants a dossier: what
//! and who, the course of it, how many by whose count, who mediates and who answered. A program
//! wants records. Both must be able to open the sentence behind every line.
//!
//! # How
//! 1. [`dossier()`] puts the books into a [`Dossier`]: sections of lines, each line with its
//!    [`Citation`]s, no format yet.
//! 2. [`terminal::render`], [`markdown::render`], [`json::render`], [`html::render`] and
//!    [`pdf::render`] print it.
//! 3. [`records::records`] prints the same books as flat records, one object a line.
//! 4. [`views`] answers what a page asks: a card, one fact, places, the network of actors.
//!
//! # Does not
//! Read files, know a clock, decide anything about the crisis, or state anything without a citation:
//! a line holds sentences, or says plainly that it only counts the books or that nothing is reported.

mod compose;
mod dossier;
pub mod html;
pub mod json;
pub mod markdown;
pub mod pdf;
pub mod records;
mod scale;
pub mod terminal;
pub mod views;
mod words;

pub use compose::dossier;

/// A decision of an analyst in words, actors by their keys.
pub fn ruling(ruling: &detente_types::Ruling) -> String {
    words::rulings::words(ruling, &|id| id.to_string())
}

pub use dossier::{
    AnswerCell, Block, Citation, Counter, Difference, Dossier, Figure, Footing, Ground, Lane, Line, MaskCard,
    Moment, Pair, Part, Phrase, ReportCard, Row, Run, Section, SentenceCard, SideCard, Step, Style, Taker,
    TallyBox, Track,
};
