//! `cargo xtask gold …`: scores against gold data.

mod arcs;
mod language;
mod mistakes;
mod treebank;

use anyhow::Result;
use clap::Subcommand;

/// What to score.
#[derive(Subcommand)]
pub(crate) enum What {
    /// Sentences, words, tags, trees, names and mention heads of detente-language
    Language(language::Arguments),
}

/// Scores.
pub(crate) fn run(what: What) -> Result<()> {
    match what {
        What::Language(arguments) => language::run(&arguments),
    }
}
