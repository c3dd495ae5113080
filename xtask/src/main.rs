//! The habits of this repository, as one command: `cargo xtask --help`.
//!
//! This file is only the table of subcommands; each lives in a file of its own.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]

mod bench;
mod check;
mod gold;
mod regen;
mod shared;
mod tidy;

use clap::{Parser, Subcommand};

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
    /// Write generated files anew: schemas, snapshots, lists of known failures
    Regen,
    /// Score against gold data (read from $DETENTE_SHARED, by default ../shared)
    Gold {
        #[command(subcommand)]
        what: gold::What,
    },
    /// Measure speed, memory and size; a line goes into bench/history.csv
    Bench {
        #[command(subcommand)]
        what: Option<bench::What>,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().habit {
        Habit::Check => check::run(),
        Habit::Tidy => tidy::run(),
        Habit::Regen => regen::run(),
        Habit::Gold { what } => gold::run(what),
        Habit::Bench { what } => bench::run(what),
    }
}
