//! The command line: what was asked for, handed to the steps, and what comes out, printed.
//!
//! # How
//! 1. `arguments`: what can be asked for, with the help that teaches it.
//! 2. One file a command: `read`, `brief` (with `records` and `demo`), `serve`, `explain`, `analyze`;
//!    `store` (with `add`, `list`, `search`, `forget`, `rebuild`, `doctor`) and `decide`, whose arguments are in
//!    `store_arguments`. `fetch` (addresses given to `add`) and `watch` reach out;
//!    `alerts` tells what came in.
//! 3. `screen`: width, colour, pager, progress; `say`: remarks and failures, one line each.
//!
//! # Does not
//! Print a backtrace to a user, or stop at the first of several failures.

mod alerts;
mod analyze;
mod arguments;
mod brief;
mod decide;
mod explain;
mod fetch;
mod read;
mod say;
mod screen;
mod serve;
mod store;
mod store_arguments;
mod watch;

use crate::intake::Failure;
use crate::pipeline;
use arguments::{Arguments, Command};
use clap::Parser;
use std::io;
use std::panic::catch_unwind;
use std::process::ExitCode;

/// Why a command ends early.
#[derive(Debug)]
enum Stop {
    /// Things that could not be done, each told in one line.
    Failures(Vec<Failure>),
    /// The store is kept busy by another process: a while later it may not be.
    Busy(Failure),
    /// Output could not be written; that the reader of a pipe has gone is no failure.
    Output(io::Error),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failures(vec![failure])
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Output(error)
    }
}

/// What is left to tell when a command has done its work: failures that did not stop it.
type Outcome = Result<Vec<Failure>, Stop>;

/// Runs the command line. Exit code 0: done; 2: something could not be done.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    pipeline::hush_panics();
    screen::deep_stacks();
    match catch_unwind(|| run(arguments)) {
        Ok(outcome) => finish(outcome),
        Err(_) => {
            let place = pipeline::last_panic().unwrap_or_default();
            let remedy = "please report it, with the reports that led to it if you can";
            say::failure(&Failure::new("Detente broke down, which is a fault in it", place, remedy));
            ExitCode::from(2)
        }
    }
}

/// The table of commands.
fn run(arguments: Arguments) -> Outcome {
    match arguments.command {
        Command::Read(wanted) => read::run(&wanted),
        Command::Brief(wanted) => brief::run(&wanted),
        Command::Records(wanted) => brief::records(&wanted),
        Command::Demo(wanted) => brief::demo(&wanted),
        Command::Serve(wanted) => serve::run(&wanted),
        Command::Add(wanted) => store::add(&wanted),
        Command::Watch(wanted) => watch::run(&wanted),
        Command::Alerts(wanted) => alerts::run(&wanted),
        Command::List(wanted) => store::list(&wanted),
        Command::Search(wanted) => store::search(&wanted),
        Command::Decide(wanted) => decide::run(&wanted),
        Command::Forget(wanted) => store::forget(&wanted),
        Command::Rebuild(wanted) => store::rebuild(&wanted),
        Command::Doctor(wanted) => store::doctor(&wanted),
        Command::Explain(wanted) => explain::run(&wanted),
        Command::Analyze(wanted) => analyze::run(&wanted),
        Command::Completions { shell } => arguments::completions(shell),
    }
}

fn finish(outcome: Outcome) -> ExitCode {
    let failures = match outcome {
        Ok(failures) | Err(Stop::Failures(failures)) => failures,
        Err(Stop::Busy(failure)) => vec![failure],
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Vec::new(),
        Err(Stop::Output(error)) => {
            vec![Failure::new("the output could not be written", error.to_string(), "")]
        }
    };
    failures.iter().for_each(say::failure);
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) }
}
