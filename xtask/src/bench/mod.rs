//! `cargo xtask bench …`: speed and memory.

mod language;
mod stopwatch;
mod whole;

use anyhow::Result;
use clap::Subcommand;

/// What to measure; without a word, the whole program.
#[derive(Subcommand)]
pub(crate) enum What {
    /// Words a second of detente-language on one core, for each kernel; time to start; memory
    Language(language::Arguments),
    /// A store of ten thousand reports: start, one report more, fifty askers at once
    Desk(crate::desk::Arguments),
}

/// Measures; with `cold_build` also how long the program takes to build.
pub(crate) fn run(what: Option<What>, cold_build: bool) -> Result<()> {
    match what {
        None => whole::run(cold_build),
        Some(What::Language(arguments)) => language::run(&arguments),
        Some(What::Desk(arguments)) => crate::desk::run(&arguments),
    }
}
