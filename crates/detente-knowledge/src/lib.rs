//! What Detente knows before it reads: who is who, what is where, what words denote.
//!
//! Knowledge is plain files (`data/*.toml`), one entry one place, each with its names, its dates and,
//! where a name is easily mistaken, its own `yes` and `no` sentences. To add an armed group or an
//! outlet, copy an entry and change it: no Rust is needed.
//!
//! # How
//! 1. [`entry`] says what an entry holds; [`file`](mod@file) reads files and tells every problem at once;
//!    [`form`] is their normal form; [`laws`] must hold over all of them together.
//! 2. At build time the bundled files become packed tables and two automata, so that a start costs
//!    milliseconds.
//! 3. [`Knowledge`] answers: which names begin at this word, what is this noun, title, outlet, place.
//! 4. [`phrase`] composes: "Russia's ambassador to Poland", "Turkish-backed Syrian fighters".
//!
//! # Does not
//! Know a document: what a report itself introduces ("the Front for Example (FFE)") is the reader's.

mod affix;
pub mod day;
pub mod entry;
pub mod file;
mod fold;
pub mod form;
mod knowledge;
pub mod laws;
pub mod lexicon;
mod names;
pub mod phrase;
mod places;
mod press;
mod stock;

pub use day::Day;
pub use entry::{
    ActorEntry, Bloc, BodyEntry, ContextEntry, Country, CueEntry, Hold, ModeEntry, NounEntry, OfficeEntry,
    OutletEntry, OutletKind, PlaceKind, Rank, SectorEntry, Shape, TitleEntry, TypeEntry, WordEntry, WordKind,
};
pub use file::Problem;
pub use knowledge::{Knowledge, NameHit, Target, TitleHit, split};
pub use names::NameKind;
pub use phrase::{Modifier, Resolved};
pub use places::{PlaceEntry, PlaceId};
pub use press::CueHit;
