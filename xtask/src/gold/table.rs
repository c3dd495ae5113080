//! What a scorer hands over: lines of a table, the rule behind them, and what went wrong.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::score::Value;
use crate::shared::root;
use anyhow::{Context, Result, ensure};

/// What stands on top of the floors.
const FLOORS: &str = "\
# Scores that must not fall, in percent, as `cargo xtask gold` prints them. `UPDATE=1 cargo xtask gold …` lifts them.
";

/// One figure of a set.
pub(crate) struct Line {
    /// What is measured ("record F1").
    pub(crate) metric: String,
    /// What others reach, as the gold's own page says.
    pub(crate) peers: &'static str,
    /// What we reach.
    pub(crate) ours: Value,
    /// Name in `xtask/floors.toml`, where `-` stands for the full stop; empty for figures that only explain.
    pub(crate) floor: &'static str,
}

impl Line {
    /// A figure that has a floor.
    pub(crate) fn new(
        metric: impl Into<String>,
        peers: &'static str,
        ours: Value,
        floor: &'static str,
    ) -> Line {
        Line { metric: metric.into(), peers, ours, floor }
    }

    /// A figure that only explains another.
    pub(crate) fn beside(metric: impl Into<String>, ours: Value) -> Line {
        Line { metric: metric.into(), peers: "", ours, floor: "" }
    }
}

/// A set, scored.
pub(crate) struct Scored {
    /// Name of the subcommand.
    pub(crate) name: &'static str,
    /// The set, for people.
    pub(crate) set: &'static str,
    /// How many of what.
    pub(crate) size: String,
    /// The scorer's rule in one sentence.
    pub(crate) rule: &'static str,
    /// The figures.
    pub(crate) lines: Vec<Line>,
    /// What went wrong.
    pub(crate) mistakes: Mistakes,
}

impl Scored {
    /// The table as Markdown.
    pub(crate) fn table(&self) -> String {
        let mut out =
            format!("{} ({})\n\n| metric | peers | ours [95 %] |\n|---|---|--:|\n", self.set, self.size);
        for line in &self.lines {
            let _ = writeln!(out, "| {} | {} | {} |", line.metric, line.peers, line.ours);
        }
        let _ = write!(out, "\n{}", self.rule);
        out
    }

    /// Prints the table and, where asked for, the mistakes; fails if a figure is below its floor. Examples hold words
    /// of the gold: they go to the terminal and nowhere else.
    pub(crate) fn print(&self, errors: Option<usize>) -> Result<()> {
        println!("{}", self.table());
        if let Some(n) = errors {
            self.mistakes.print(n);
        }
        self.hold_floors()
    }

    /// Floors rise and do not fall: `UPDATE=1` lifts those that are exceeded.
    fn hold_floors(&self) -> Result<()> {
        let path = root().join("xtask/floors.toml");
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let mut floors: BTreeMap<String, f64> =
            toml::from_str(&text).with_context(|| path.display().to_string())?;
        let mut fallen = Vec::new();
        for line in self.lines.iter().filter(|line| !line.floor.is_empty()) {
            // One decimal, as printed; a figure that is a hair below its own floor by rounding holds it.
            let ours = (line.ours.value * 10.0).floor() / 10.0;
            let floor = floors.entry(line.floor.replace('.', "-")).or_insert(0.0);
            if ours < *floor {
                fallen.push(format!("{} {ours:.1} is below its floor {floor:.1}", line.metric));
            }
            *floor = floor.max(ours);
        }
        if std::env::var_os("UPDATE").is_some() {
            let lines: String = floors.iter().map(|(name, floor)| format!("{name} = {floor:.1}\n")).collect();
            std::fs::write(&path, format!("{FLOORS}{lines}")).with_context(|| path.display().to_string())?;
        }
        ensure!(fallen.is_empty(), "{}: {}", self.name, fallen.join("; "));
        println!("\nno figure is below its floor (xtask/floors.toml)");
        Ok(())
    }
}

/// Mistakes by kind, with examples in order.
#[derive(Default)]
pub(crate) struct Mistakes {
    counts: BTreeMap<String, usize>,
    examples: Vec<(String, String)>,
}

impl Mistakes {
    /// One more mistake of this kind.
    pub(crate) fn add(&mut self, kind: impl Into<String>, example: impl Into<String>) {
        let kind = kind.into();
        *self.counts.entry(kind.clone()).or_default() += 1;
        self.examples.push((kind, example.into()));
    }

    /// The commonest kinds, and examples.
    pub(crate) fn print(&self, n: usize) {
        let mut kinds: Vec<(&String, &usize)> = self.counts.iter().collect();
        kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(**count), (*kind).clone()));
        println!("\n{} mistakes, the commonest kinds:", self.examples.len());
        for (kind, count) in kinds.iter().take(40) {
            println!("{count:5}  {kind}");
        }
        // Spread evenly over the set, so that the same call shows the same ones.
        let step = (self.examples.len() / n.max(1)).max(1);
        println!();
        for (kind, example) in self.examples.iter().step_by(step).take(n) {
            println!("- {kind}\n  {example}");
        }
    }
}
