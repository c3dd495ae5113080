//! What a scorer hands over: lines of a table, the rule behind them, and what went wrong.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::score::Value;

/// One figure of a set.
pub(crate) struct Line {
    /// What is measured ("record F1").
    pub(crate) metric: String,
    /// What others reach, as the gold's own page says.
    pub(crate) peers: &'static str,
    /// What we reach.
    pub(crate) ours: Value,
    /// Name in `xtask/floors.toml`; empty for figures that only explain.
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

    /// Prints the table and, where asked for, the mistakes. Examples hold words of the gold: they go to the
    /// terminal and nowhere else.
    pub(crate) fn print(&self, errors: Option<usize>) {
        println!("{}", self.table());
        if let Some(n) = errors {
            self.mistakes.print(n);
        }
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

    fn print(&self, n: usize) {
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
