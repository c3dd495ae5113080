//! `cargo xtask regen`: writes generated files anew. Read the diff before you commit it.

use crate::shared::root;
use anyhow::{Result, ensure};
use std::process::Command;

/// The packages whose tests write files when `UPDATE` is set, and what they write.
const WRITERS: &[(&str, &str)] = &[
    ("detente-knowledge", "normal form of the data files"),
    ("detente-publish", "schemas in docs/, snapshots of pages"),
    ("detente-read", "spec/known-failures.txt, spec/lexicon-failures.txt"),
    ("detente", "docs/hard-tests.md, the excerpt in README.md"),
];

/// Runs the tests that write.
pub(crate) fn run() -> Result<()> {
    for (package, what) in WRITERS {
        println!("== {package}: {what}");
        let mut command = Command::new(env!("CARGO"));
        command.args(["test", "--quiet", "--package", package, "--tests"]).current_dir(root());
        let done = command.env("UPDATE", "1").env("INSTA_UPDATE", "always").status()?;
        ensure!(done.success(), "the tests of {package} fail also after writing");
    }
    Command::new("git").args(["status", "--short"]).current_dir(root()).status()?;
    Ok(())
}
