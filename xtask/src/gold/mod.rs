//! `cargo xtask gold …`: scores against gold data.

mod actors;
mod arcs;
mod attribution;
mod brat;
mod chains;
mod coreference;
mod dyads;
mod events;
mod language;
mod lessons;
mod main_event;
mod mistakes;
mod modality;
mod muc;
mod occurrence;
mod reader;
mod score;
mod sources;
mod table;
mod time;
mod tolls;
mod treebank;
mod who;

use anyhow::Result;
use clap::Subcommand;

/// What to score.
#[derive(Subcommand)]
pub(crate) enum What {
    /// Country and sector of mentions, by detente-knowledge
    Actors(actors::Arguments),
    /// Who did what to whom, raw sentences against PLOVER's gold records
    Events(events::Arguments),
    /// Who says what: cue, source and content in whole articles
    Attribution(attribution::Arguments),
    /// The PLOVER root between a marked source and target
    Dyads(dyads::Arguments),
    /// How real: probes made from base sentences of our own
    Modality(modality::Arguments),
    /// Words that tell a time, and their values, in war histories
    Time(time::Arguments),
    /// How many reports say were killed, on the war in Syria
    Tolls(tolls::Arguments),
    /// How real: certainty and polarity of event mentions in news
    Occurrence(occurrence::Arguments),
    /// Acts of violence in wire reports, against the templates of MUC-3 and MUC-4
    Muc(muc::Arguments),
    /// Mentions and chains of detente-language
    Chains(chains::Arguments),
    /// Sentences, words, tags, trees, names and mention heads of detente-language
    Language(language::Arguments),
}

/// Scores.
pub(crate) fn run(what: What) -> Result<()> {
    match what {
        What::Actors(arguments) => actors::run(&arguments),
        What::Events(arguments) => events::run(&arguments),
        What::Attribution(arguments) => attribution::run(&arguments),
        What::Dyads(arguments) => dyads::run(&arguments),
        What::Modality(arguments) => modality::run(&arguments),
        What::Time(arguments) => time::run(&arguments),
        What::Tolls(arguments) => tolls::run(&arguments),
        What::Occurrence(arguments) => occurrence::run(&arguments),
        What::Muc(arguments) => muc::run(&arguments),
        What::Chains(arguments) => chains::run(&arguments),
        What::Language(arguments) => language::run(&arguments),
    }
}
