//! `cargo xtask bench …`: speed and memory.

mod language;

use anyhow::Result;
use clap::Subcommand;

/// What to measure.
#[derive(Subcommand)]
pub(crate) enum What {
    /// Words a second of detente-language on one core, for each kernel; time to start; memory
    Language(language::Arguments),
}

/// Measures.
pub(crate) fn run(what: What) -> Result<()> {
    match what {
        What::Language(arguments) => language::run(&arguments),
    }
}
