//! `cargo xtask check`: all that must hold before a commit, in one command.
//!
//! # How
//! Every step runs, also after one that failed, so that one run tells everything. Specs, laws over the data,
//! the schemas and the hard tests on the five reports are tests like any other.

use crate::page::{self, Told};
use crate::shared::{self, root};
use crate::tidy;
use anyhow::{Result, ensure};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

/// One step: its name, and the arguments of cargo.
struct Step {
    name: &'static str,
    cargo: &'static [&'static str],
    /// An environment variable that it needs.
    set: Option<(&'static str, &'static str)>,
}

const STEPS: &[Step] = &[
    Step { name: "format", cargo: &["fmt", "--all", "--check"], set: None },
    Step {
        name: "lints",
        cargo: &[
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--features",
            MEASURE,
            "--",
            "-D",
            "warnings",
        ],
        set: None,
    },
    Step {
        name: "tests, specs, laws, doc tests",
        cargo: &["test", "--quiet", "--workspace", "--features", MEASURE, "--no-fail-fast"],
        set: None,
    },
    Step {
        name: "docs",
        cargo: &["doc", "--quiet", "--workspace", "--no-deps", "--document-private-items"],
        set: Some(("RUSTDOCFLAGS", "-D warnings")),
    },
];

/// The part of this command that scores and measures, which is linted and tested too.
const MEASURE: &str = "xtask/measure";

/// What the tests said, added up.
#[derive(Default)]
struct Counts {
    passed: usize,
    failed: usize,
    ignored: usize,
}

/// Runs every step.
pub(crate) fn run() -> Result<()> {
    let mut counts = Counts::default();
    let mut failed = Vec::new();
    for step in STEPS {
        let start = Instant::now();
        println!("== {}", step.name);
        let held = cargo(step, &mut counts)?;
        println!("== {}: {} ({:.0?})", step.name, if held { "ok" } else { "FAILED" }, start.elapsed());
        if !held {
            failed.push(step.name);
        }
    }
    println!("== tidiness");
    if let Err(error) = tidy::run() {
        println!("{error}\n== tidiness: FAILED");
        failed.push("tidiness");
    }
    println!("== page in a browser");
    let skipped = match page::held(None) {
        Ok(Told::Passed) => None,
        Ok(Told::Skipped(why)) => Some(why),
        Err(error) => {
            println!("{error}\n== page in a browser: FAILED");
            failed.push("page in a browser");
            None
        }
    };
    close(&counts, &failed, skipped.as_deref())
}

/// What was skipped and what fails as listed, then a plain line that counts.
fn close(counts: &Counts, failed: &[&str], page: Option<&str>) -> Result<()> {
    let known = shared::known_failures()?;
    if shared::path("reports/durand").is_dir() {
        println!(
            "five reports: {} of 20 hard tests; the others are listed in docs/hard-tests.md",
            20 - known
        );
    } else {
        println!("five reports: skipped, they are not there");
    }
    println!("specs misread and listed in spec/known-failures.txt: {}", shared::misread()?);
    if counts.ignored > 0 {
        println!("tests run only when asked for: {}", counts.ignored);
    }
    if let Some(why) = page {
        println!("page in a browser: skipped, {why}");
    }
    let steps = STEPS.len() + 1 + usize::from(page.is_none());
    match failed {
        [] => println!("all {steps} steps passed"),
        failed => println!("{} of {steps} steps failed: {}", failed.len(), failed.join(", ")),
    }
    println!("{} passed, {} failed", counts.passed, counts.failed);
    ensure!(failed.is_empty(), "check: failed");
    Ok(())
}

/// Runs cargo, passing on what it prints and adding up what tests say.
fn cargo(step: &Step, counts: &mut Counts) -> Result<bool> {
    let mut command = Command::new(env!("CARGO"));
    command.args(step.cargo).current_dir(root()).stdout(Stdio::piped());
    if let Some((name, value)) = step.set {
        command.env(name, value);
    }
    let mut child = command.spawn()?;
    let out = child.stdout.take().expect("it was piped");
    for line in BufReader::new(out).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        counts.add(&line);
        println!("{line}");
    }
    Ok(child.wait()?.success())
}

impl Counts {
    /// "test result: ok. 25 passed; 0 failed; 0 ignored; …"
    fn add(&mut self, line: &str) {
        let Some(told) = line.strip_prefix("test result: ") else { return };
        let words: Vec<&str> = told.split([' ', ';']).filter(|w| !w.is_empty()).collect();
        let before = |word: &str| -> usize {
            let at = words.iter().position(|w| *w == word);
            at.and_then(|at| words[at.checked_sub(1)?].parse().ok()).unwrap_or(0)
        };
        self.passed += before("passed");
        self.failed += before("failed");
        self.ignored += before("ignored");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_added_up() {
        let mut counts = Counts::default();
        counts.add("test result: ok. 25 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out");
        counts.add("test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out");
        counts.add("running 5 tests");
        assert_eq!((counts.passed, counts.failed, counts.ignored), (30, 2, 1));
    }
}
