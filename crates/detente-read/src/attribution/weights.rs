//! The trained scorers: sums of weights of features, from `weights/attribution.tsv`.
//!
//! A line is `task<TAB>feature<TAB>weight in hundredths`, sorted; the feature `@least` is the least sum at which a
//! candidate counts. Made by `train/attribution.py`, which says from what.

use std::fmt::{Arguments, Write};
use std::sync::LazyLock;

static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::parse(include_str!("../../weights/attribution.tsv")));

/// What is asked of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Does the word attribute?
    Cue,
    /// Is it the source of this cue?
    Source,
    /// Is it what this cue attributes?
    Content,
}

impl Task {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Task::Cue => "cue",
            Task::Source => "source",
            Task::Content => "content",
        }
    }
}

struct Weights {
    /// Feature and weight for each task, sorted.
    tables: [Vec<(&'static str, f32)>; 3],
}

impl Weights {
    fn parse(file: &'static str) -> Weights {
        let mut tables = [const { Vec::new() }; 3];
        for line in file.lines() {
            let mut fields = line.split('\t');
            let (Some(task), Some(feature), Some(weight)) = (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let task = [Task::Cue, Task::Source, Task::Content].into_iter().find(|t| t.name() == task);
            if let (Some(task), Ok(weight)) = (task, weight.parse::<i32>()) {
                tables[task as usize].push((feature, weight as f32 / 100.0));
            }
        }
        tables.iter_mut().for_each(|t| t.sort_unstable_by_key(|(feature, _)| *feature));
        Weights { tables }
    }

    fn of(&self, task: Task, feature: &str) -> f32 {
        let table = &self.tables[task as usize];
        table.binary_search_by_key(&feature, |(name, _)| name).map_or(0.0, |at| table[at].1)
    }
}

/// Takes the features of one candidate: sums their weights, or keeps them for training.
pub(super) struct Features {
    task: Task,
    buffer: String,
    score: f32,
    kept: Option<Vec<String>>,
}

impl Features {
    /// Sums weights.
    pub(super) fn summed(task: Task) -> Features {
        Features { task, buffer: String::new(), score: 0.0, kept: None }
    }

    /// Keeps the features themselves.
    pub(super) fn kept(task: Task) -> Features {
        Features { kept: Some(Vec::new()), ..Features::summed(task) }
    }

    /// One feature.
    pub(super) fn add(&mut self, feature: Arguments<'_>) {
        self.buffer.clear();
        let _ = self.buffer.write_fmt(feature);
        match &mut self.kept {
            Some(kept) => kept.push(self.buffer.clone()),
            None => self.score += WEIGHTS.of(self.task, &self.buffer),
        }
    }

    /// By how much the candidate counts; negative: it does not.
    pub(super) fn margin(&self) -> f32 {
        self.score - WEIGHTS.of(self.task, "@least")
    }

    /// The features, sorted, each once.
    pub(super) fn into_kept(self) -> Vec<String> {
        let mut kept = self.kept.unwrap_or_default();
        kept.sort_unstable();
        kept.dedup();
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_each_task_are_found_and_others_weigh_nothing() {
        let weights = Weights::parse("cue\tl=say\t250\nsource\tb\t-31\n");
        assert!((weights.of(Task::Cue, "l=say") - 2.5).abs() < 1e-6);
        assert!((weights.of(Task::Source, "b") + 0.31).abs() < 1e-6);
        assert!(weights.of(Task::Content, "b").abs() < 1e-6);
    }

    #[test]
    fn the_bundled_file_holds_all_three_scorers() {
        assert!(WEIGHTS.tables.iter().all(|t| t.len() > 100));
    }
}
