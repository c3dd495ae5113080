//! The habits of this repository, as one command: `cargo xtask --help`.
//!
//! This file is only the table of subcommands; each lives in a file of its own.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]

mod bench;
mod gold;
mod shared;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The habits of this repository", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    habit: Habit,
}

#[derive(Subcommand)]
enum Habit {
    /// Score against gold data (read from $DETENTE_SHARED, by default ../shared)
    Gold {
        #[command(subcommand)]
        what: gold::What,
    },
    /// Measure speed and memory
    Bench {
        #[command(subcommand)]
        what: bench::What,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().habit {
        Habit::Gold { what } => gold::run(what),
        Habit::Bench { what } => bench::run(what),
    }
}
