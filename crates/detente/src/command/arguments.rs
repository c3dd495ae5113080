//! What can be asked for.

use super::Outcome;
use super::store_arguments::{Add, Alerts, Decide, Doctor, Forget, List, Rebuild, Search, StoreFile, Watch};
use crate::pipeline::Format;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use detente_types::Policy;
use jiff::civil::Date;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

/// Reads news reports about a crisis and keeps its books
///
/// Give it the reports that you have, as files or a folder: it tells who did what to whom, who says so and who
/// denies it, how many died by whose count, who offered to mediate and who answered, and what the reports
/// disagree on. Every line ends in the sentence that it was read from. Nothing leaves this machine but requests for the pages that you
/// name.
#[derive(Debug, Parser)]
#[command(name = "detente", version, arg_required_else_help = true, max_term_width = 100, after_help = FIRST_STEPS)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

const FIRST_STEPS: &str = "\
First steps:
  detente demo                                   a dossier from reports that come with Detente
  detente brief my-reports/                      a dossier from your own
  detente brief my-reports/ --output crisis.html the same as a page; a click opens the sentence
  detente add my-reports/ ; detente brief        the same from a store, which remembers them
  detente serve my-reports/                      all crises in the browser, new reports as they come
  detente explain                                what the codes mean";

const INPUTS: &str = "\
What can be read:
  .txt .md        one report a file; front matter (title, outlet, date, url) is understood
  .html .mhtml    a saved page: its report, with headline, outlet, address and day
  .pdf            a PDF with text; a scanned one is said to be one
  .docx .odt      a document of a word processor
  .eml .mbox      mails, with what is attached
  .json           one report, a list, or an answer of a news service with a list in it
  .jsonl .ndjson  one report a line, with \"text\" and, where known, \"title\", \"outlet\", \"url\",
                  \"published\"; also under the names of event coders (event_text, headline,
                  publisher, pub_date)
  .zip .tar .gz .warc
                  archives of all these; a report in one is week.zip/monday/talks.html
  -               standard input: any of these
  A folder is searched with its subfolders; hidden files and README* are no reports.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Put reports together into a dossier of each crisis
    ///
    /// What and who; the timeline; casualties and other counts, by claimant; the mediation board; accusations and
    /// denials; what the reports disagree on; consequences; stances; what is expected; what is uncertain or was
    /// not read. [2.9] at the end of a line is sentence 9 of report 2.
    #[command(after_help = INPUTS, after_long_help = INPUTS)]
    Brief(Brief),
    /// Print everything as records, one JSON object a line
    ///
    /// For programs: actors, events, figures, claims, acts of mediation, incidents, disagreements and more, each
    /// with its sentences. docs/records.md describes them, docs/records.schema.json is their schema.
    #[command(after_help = INPUTS, after_long_help = INPUTS)]
    Records(Records),
    /// Read reports one by one and print what each says, one JSON object a line
    ///
    /// A reading is one report's word, before reports are put together. The lines come in the order of the paths.
    #[command(after_help = INPUTS, after_long_help = INPUTS)]
    Read(Read),
    /// Show a dossier made from reports that come with Detente
    ///
    /// Fourteen reports by six invented outlets on the fighting between Pakistan and Afghanistan in October
    /// 2025 and its mediation. With --reports they are written into a folder, to play with.
    Demo(Demo),
    /// Add reports to your store, which remembers them
    ///
    /// A PATH may be an address of the web (https://…): of a page, or of a feed or sitemap, whose newest pages are
    /// fetched then. The same report twice is one; an updated report is a new version beside the old one. Then "detente brief" and
    /// "detente records" need no paths.
    #[command(after_help = INPUTS, after_long_help = INPUTS)]
    Add(Add),
    /// Follow feeds, pages and folders, as long as it runs
    ///
    /// What to follow stands in detente.toml; docs/using.md shows an example. New reports go into the store and are
    /// read; each is one line on standard output. Outlets are asked politely: robots.txt is followed, one request at
    /// a time for each host. Ctrl-C ends it, and the next start goes on where it was.
    Watch(Watch),
    /// Print what came in that is worth telling at once: offers, answers, ceasefires, counts, denials, borders, threats
    Alerts(Alerts),
    /// List the reports of your store
    List(List),
    /// Search the reports of your store
    Search(Search),
    /// Correct the books: reject, correct, merge, split, name, answer, note; and take it back
    ///
    /// What you decide goes into a journal with name, time and reason. It holds whenever reports are read anew, is
    /// shown in dossier and records, and is taken back by "detente decide undo". What does not apply any more is said.
    Decide(Decide),
    /// Forget reports of your store, with all that was read in them
    Forget(Forget),
    /// Read every report of your store anew
    Rebuild(Rebuild),
    /// Say what is in your store, and whether its file is sound
    Doctor(Doctor),
    /// Show the crises on a page in the browser
    ///
    /// Overview, timeline, counts, mediation board, disagreements, map; a click on any line opens its sentence. The
    /// page is on this machine only, loads nothing from elsewhere, and shows new reports when they come into a
    /// folder. Programs read the same under /api/v1; /api/v1/openapi.json describes it.
    #[command(after_help = INPUTS, after_long_help = INPUTS)]
    Serve(Serve),
    /// Explain a code: a note, policy, event type, mode, stage, kind of disagreement, or a word of the dossier
    Explain(Explain),
    /// Print the sentences of a text with their words, tags and trees (CoNLL-U)
    Analyze(Analyze),
    /// Print completions for a shell
    #[command(hide = true)]
    Completions { shell: clap_complete::Shell },
}

/// Which reports, and how they are read.
#[derive(Debug, Args)]
pub(super) struct Reports {
    /// Files and folders with reports, - is standard input; without one, the reports of your store
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) store: StoreFile,
    #[command(flatten)]
    pub(super) knowledge: OwnKnowledge,
}

/// Knowledge of the user's own.
#[derive(Debug, Args)]
pub(super) struct OwnKnowledge {
    /// A folder with knowledge files of your own (.toml): actors, places, outlets that Detente does not know
    #[arg(long, value_name = "DIR")]
    pub(super) knowledge: Option<PathBuf>,
}

/// How reports are put together.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Rules {
    /// Use only reports published on this day or before (2025-10-31); undated ones are left out
    #[arg(long, value_name = "DATE", value_parser = a_date)]
    pub(super) as_of: Option<Date>,
    /// How one number is chosen where claimants differ; "detente explain full_range" explains it
    #[arg(long, value_name = "NAME", value_enum, default_value_t = PolicyName::FullRange)]
    pub(super) policy: PolicyName,
}

fn a_date(words: &str) -> Result<Date, String> {
    words.parse().map_err(|_| "write the day as 2025-10-31".to_string())
}

/// The policies, as they are written on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum PolicyName {
    /// No best number where claims differ, only the range
    FullRange,
    /// The number that the side which suffered admits
    OwnAdmission,
    /// The lowest number that anybody gives
    LowestReported,
    /// The most independent claimant's number, own admission next
    UcdpReliable,
}

impl From<PolicyName> for Policy {
    fn from(name: PolicyName) -> Policy {
        match name {
            PolicyName::FullRange => Policy::FullRange,
            PolicyName::OwnAdmission => Policy::OwnAdmission,
            PolicyName::LowestReported => Policy::LowestReported,
            PolicyName::UcdpReliable => Policy::UcdpReliable,
        }
    }
}

/// How a dossier is printed.
#[derive(Debug, Args)]
pub(super) struct Looks {
    /// How to print; by default as the name of --output says, or for the terminal
    #[arg(long, short, value_enum)]
    pub(super) format: Option<Format>,
    /// Write into this file
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Characters a line; by default those of the terminal, or 80
    #[arg(long, value_name = "N")]
    pub(super) width: Option<usize>,
    /// Use colour
    #[arg(long, visible_alias = "color", value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    pub(super) colour: When,
    /// Print the cited sentences at the end
    #[arg(long)]
    pub(super) sentences: bool,
    /// Do not open a pager
    #[arg(long)]
    pub(super) no_pager: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Args)]
pub(super) struct Brief {
    #[command(flatten)]
    pub(super) reports: Reports,
    #[command(flatten)]
    pub(super) rules: Rules,
    #[command(flatten)]
    pub(super) looks: Looks,
}

#[derive(Debug, Args)]
pub(super) struct Records {
    #[command(flatten)]
    pub(super) reports: Reports,
    #[command(flatten)]
    pub(super) rules: Rules,
    /// Write into this file
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Read {
    #[command(flatten)]
    pub(super) reports: Reports,
}

/// Where the page is.
#[derive(Debug, Args)]
pub(super) struct Door {
    /// The port of the page; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 7117)]
    pub(super) port: u16,
    /// The address to listen on; any but loopback asks for a token
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(super) host: IpAddr,
    /// The token that lets in; by default a new one every time, where one is needed
    #[arg(long, value_name = "TOKEN", env = "DETENTE_TOKEN", hide_env_values = true)]
    pub(super) token: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    pub(super) reports: Reports,
    /// Use only reports published on this day or before (2025-10-31); undated ones are left out
    #[arg(long, value_name = "DATE", value_parser = a_date)]
    pub(super) as_of: Option<Date>,
    /// Settings, whose part "alerts" says where alerts are sent; detente.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    #[command(flatten)]
    pub(super) door: Door,
}

#[derive(Debug, Args)]
pub(super) struct Demo {
    #[command(flatten)]
    pub(super) rules: Rules,
    #[command(flatten)]
    pub(super) looks: Looks,
    /// Show it on a page in the browser
    #[arg(long)]
    pub(super) serve: bool,
    #[command(flatten)]
    pub(super) door: Door,
    /// Write the reports into this folder instead
    #[arg(long, value_name = "DIR")]
    pub(super) reports: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A code such as D103, ucdp_reliable, ASSAULT-drone, corroborated; without one, all are listed
    pub(super) code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Analyze {
    /// A text; - is standard input
    pub(super) file: PathBuf,
}

/// Prints completions.
pub(super) fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "detente", &mut out);
    super::screen::print(&out)?;
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_hold_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn policies_are_written_as_in_the_books() {
        for name in PolicyName::value_variants() {
            let written = name.to_possible_value().unwrap();
            assert_eq!(Policy::from(*name).name(), written.get_name());
        }
        assert_eq!(PolicyName::value_variants().len(), Policy::ALL.len());
    }
}
