//! The habits of this repository, as one command: `cargo xtask --help`.
//!
//! This file is only the table of subcommands; each lives in a file of its own. `gold` and `bench` need the whole
//! reader, built for release: they are behind the feature `measure`, and asked for without it the command starts
//! itself again with it. So `check` does not wait for a release build that it does not need.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]

#[cfg(feature = "measure")]
mod bench;
mod check;
mod desk;
#[cfg(feature = "measure")]
mod gold;
mod page;
mod regen;
mod shared;
mod tidy;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The habits of this repository", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    habit: Habit,
}

#[derive(Subcommand)]
enum Habit {
    /// All that must hold before a commit: format, lints, tests, specs, laws, docs, tidiness
    Check,
    /// What the compiler does not check: lengths, words, docs that name every room
    Tidy,
    /// The page in a real browser; skipped where Node or Chromium is not there
    Page {
        /// Put pictures in three widths and both themes into this folder
        #[arg(long, value_name = "DIR")]
        pictures: Option<std::path::PathBuf>,
    },
    /// Write generated files anew: schemas, snapshots, lists of known failures
    Regen,
    /// Score against gold data (read from $DETENTE_SHARED, by default ../shared)
    #[cfg(feature = "measure")]
    Gold {
        #[command(subcommand)]
        what: gold::What,
    },
    /// Measure speed, memory and size; a line goes into bench/history.csv
    #[cfg(feature = "measure")]
    Bench {
        #[command(subcommand)]
        what: Option<bench::What>,
        /// Build the program into an empty folder too, and say how long that takes
        #[arg(long)]
        build: bool,
    },
    /// Score against gold data (read from $DETENTE_SHARED, by default ../shared)
    #[cfg(not(feature = "measure"))]
    #[command(disable_help_flag = true)]
    Gold(Rest),
    /// Measure speed, memory and size; a line goes into bench/history.csv
    #[cfg(not(feature = "measure"))]
    #[command(disable_help_flag = true)]
    Bench(Rest),
}

/// Arguments for the command built with the feature `measure`.
#[cfg(not(feature = "measure"))]
#[derive(clap::Args)]
struct Rest {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<std::ffi::OsString>,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().habit {
        Habit::Check => check::run(),
        Habit::Tidy => tidy::run(),
        Habit::Page { pictures } => page::run(pictures.as_deref()),
        Habit::Regen => regen::run(),
        #[cfg(feature = "measure")]
        Habit::Gold { what } => gold::run(what),
        #[cfg(feature = "measure")]
        Habit::Bench { what, build } => bench::run(what, build),
        #[cfg(not(feature = "measure"))]
        Habit::Gold(rest) => again("gold", &rest),
        #[cfg(not(feature = "measure"))]
        Habit::Bench(rest) if rest.words.first().is_some_and(|word| word == "desk") => {
            desk::run(&DeskArguments::parse_from(&rest.words).desk)
        }
        #[cfg(not(feature = "measure"))]
        Habit::Bench(rest) => again("bench", &rest),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `bench desk` needs nothing but the program.
#[cfg(not(feature = "measure"))]
#[derive(Parser)]
#[command(name = "cargo xtask bench desk")]
struct DeskArguments {
    #[command(flatten)]
    desk: desk::Arguments,
}

/// The same command, built for release with everything.
#[cfg(not(feature = "measure"))]
fn again(habit: &str, rest: &Rest) -> anyhow::Result<()> {
    let mut command = std::process::Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--release", "--package", "xtask", "--features", "measure", "--", habit]);
    let done = command.args(&rest.words).status()?;
    anyhow::ensure!(done.success(), "cargo xtask {habit} failed");
    Ok(())
}
