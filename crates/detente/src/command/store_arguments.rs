//! What can be asked of a store.

use super::arguments::OwnKnowledge;
use clap::{Args, Subcommand};
use detente_types::{Counted, EventType, Modality, Polarity, Stage};
use std::path::PathBuf;

/// Which store.
#[derive(Debug, Args)]
pub(super) struct StoreFile {
    /// The store; by default desk.detente in your data folder
    #[arg(long, value_name = "FILE", env = "DETENTE_STORE")]
    pub(super) store: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// Files and folders with reports, or addresses of the web; - is standard input
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<PathBuf>,
    /// The addresses are those of feeds or sitemaps; anything else is refused
    #[arg(long)]
    pub(super) feed: bool,
    /// Pages to fetch of one feed at most, the newest first
    #[arg(long, value_name = "N", default_value_t = crate::settings::USUAL_MOST)]
    pub(super) most: usize,
    /// A host that may be asked although it is in a private network: host or host:port
    #[arg(long, value_name = "HOST")]
    pub(super) allow: Vec<String>,
    #[command(flatten)]
    pub(super) store: StoreFile,
}

#[derive(Debug, Args)]
pub(super) struct Watch {
    /// What to follow, and how
    #[arg(long, value_name = "FILE", default_value = "detente.toml")]
    pub(super) config: PathBuf,
    #[command(flatten)]
    pub(super) store: StoreFile,
    #[command(flatten)]
    pub(super) knowledge: OwnKnowledge,
    /// Visit everything once and end, for a timer of your own
    #[arg(long)]
    pub(super) once: bool,
    /// Say what is followed and where that stands; visit nothing
    #[arg(long, conflicts_with = "once")]
    pub(super) list: bool,
}

/// How alerts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum AlertFormat {
    /// Text with the sentences
    Terminal,
    /// One JSON object a line
    Jsonl,
}

#[derive(Debug, Args)]
pub(super) struct Alerts {
    #[command(flatten)]
    pub(super) store: StoreFile,
    #[command(flatten)]
    pub(super) knowledge: OwnKnowledge,
    /// Only alerts since then: 2031-03-04, 2031-03-04T12:00:00Z, 24h, 7d
    #[arg(long, value_name = "WHEN")]
    pub(super) since: Option<String>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = AlertFormat::Terminal)]
    pub(super) format: AlertFormat,
    /// Only those that nobody has marked as seen on the page
    #[arg(long)]
    pub(super) unseen: bool,
    /// Settings, whose part "alerts" says where alerts are sent; detente.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    pub(super) store: StoreFile,
    /// Only reports of this outlet, as given beside the text
    #[arg(long, value_name = "NAME")]
    pub(super) outlet: Option<String>,
    /// Only reports with these letters in path or title
    #[arg(long, value_name = "LETTERS")]
    pub(super) named: Option<String>,
    /// Older versions too
    #[arg(long)]
    pub(super) versions: bool,
}

#[derive(Debug, Args)]
pub(super) struct Search {
    /// Words, in quotation marks of the shell: '"a phrase" word* -without'
    #[arg(required = true)]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) store: StoreFile,
    /// Reports to show at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(super) most: usize,
}

#[derive(Debug, Args)]
pub(super) struct Forget {
    /// Reports, by their ids as "detente list" prints them, or the beginning of one
    #[arg(value_name = "ID", required = true)]
    pub(super) ids: Vec<String>,
    #[command(flatten)]
    pub(super) store: StoreFile,
}

#[derive(Debug, Args)]
pub(super) struct Rebuild {
    #[command(flatten)]
    pub(super) store: StoreFile,
    #[command(flatten)]
    pub(super) knowledge: OwnKnowledge,
}

#[derive(Debug, Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    pub(super) store: StoreFile,
}

#[derive(Debug, Args)]
pub(super) struct Decide {
    #[command(subcommand)]
    pub(super) what: What,
}

/// Who decides, why, and in which store.
#[derive(Debug, Args)]
pub(super) struct Deciding {
    #[command(flatten)]
    pub(super) store: StoreFile,
    #[command(flatten)]
    pub(super) knowledge: OwnKnowledge,
    /// Why; it is printed beside what was decided
    #[arg(long, value_name = "REASON")]
    pub(super) because: String,
    /// Who decides
    #[arg(long, value_name = "NAME", env = "DETENTE_ANALYST")]
    pub(super) by: Option<String>,
}

/// The kinds of decisions.
#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// A fact was misread: the report does not say so
    Reject {
        /// The fact: ev-…, fig-…, cl-… or act-…, as "detente records" prints it
        fact: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// An event was misread in part
    Event {
        /// The event: ev-…
        fact: String,
        #[command(flatten)]
        change: EventOptions,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// A figure was misread in part
    Figure {
        /// The figure: fig-…
        fact: String,
        #[command(flatten)]
        change: FigureOptions,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Two events are one happening
    Merge {
        /// One event: ev-…
        one: String,
        /// The other
        other: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Two events that were put together are two happenings
    Split {
        /// One event: ev-…
        one: String,
        /// The other
        other: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Two actors are one: the first is written as the second
    SameActor {
        /// The key that goes, as records print it: person/jane-doe
        actor: String,
        /// The key that stays
        is: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Name an actor
    NameActor {
        /// Its key, as records print it
        actor: String,
        /// The name to print
        name: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Put a remark on a fact
    Note {
        /// The fact: ev-…, fig-…, cl-… or act-…
        fact: String,
        /// The remark
        text: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Say what a party answered to an offer of mediation
    Answer {
        /// The offer: act-…
        fact: String,
        /// The party's key, as records print it
        party: String,
        /// A stage: accept, welcome, decline, no_answer; or not_reported
        #[arg(value_parser = answer)]
        answer: Answered,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Print the journal
    List {
        #[command(flatten)]
        store: StoreFile,
    },
    /// Take a line of the journal back; taking such a line back brings the decision back
    Undo {
        /// Its number, as "detente decide list" prints it
        number: i64,
        #[command(flatten)]
        deciding: Deciding,
    },
}

/// An answer, or that none is reported.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answered(pub(super) Option<Stage>);

/// What to change in an event.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(super) struct EventOptions {
    /// Its type: ASSAULT, CONSULT …
    #[arg(long = "type", value_name = "TYPE", value_parser = code::<EventType>)]
    pub(super) kind: Option<EventType>,
    /// How real: occurred, planned, threatened …
    #[arg(long, value_parser = code::<Modality>)]
    pub(super) modality: Option<Modality>,
    /// affirmed or negated
    #[arg(long, value_parser = code::<Polarity>)]
    pub(super) polarity: Option<Polarity>,
    /// Who did it: keys with commas between; an empty text says that it is not known
    #[arg(long, value_name = "KEYS")]
    pub(super) actors: Option<String>,
    /// To whom
    #[arg(long, value_name = "KEYS")]
    pub(super) recipients: Option<String>,
    /// When: 2031-03-04, or 2031-03-04..2031-03-06
    #[arg(long, value_name = "DAYS")]
    pub(super) date: Option<String>,
}

/// What to change in a figure.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(super) struct FigureOptions {
    /// The number: 23, 23+ (at least), >23, <23, ~23 (about)
    #[arg(long, value_name = "NUMBER")]
    pub(super) count: Option<String>,
    /// What is counted: killed, wounded, captured …
    #[arg(long, value_parser = code::<Counted>)]
    pub(super) what: Option<Counted>,
    /// Whose people or things: keys with commas between
    #[arg(long, value_name = "KEYS")]
    pub(super) victims: Option<String>,
    /// Whose count: a key; an empty text says that the outlet gives it as its own
    #[arg(long, value_name = "KEY")]
    pub(super) claimant: Option<String>,
}

/// A word of a closed list, as records print it.
fn code<T: serde::de::DeserializeOwned>(word: &str) -> Result<T, String> {
    let told = |_| "not a word of this list; \"detente explain\" has them".to_string();
    serde_json::from_value(serde_json::Value::String(word.to_string())).map_err(told)
}

fn answer(word: &str) -> Result<Answered, String> {
    if word == "not_reported" { Ok(Answered(None)) } else { code(word).map(|stage| Answered(Some(stage))) }
}
