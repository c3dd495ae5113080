//! What the scorer of acts (`detente-read`, `attack/worth.rs`) is trained from, for `train/attacks.py`.
//!
//! A line for each text with `key` and the number of fills that its key asks for; then a line for each candidate that the task's limits let through: number of the text, 1 where the candidate was aligned
//! with a template of the key, fills that it would add, points of them that are right, its features.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::super::reader::{Reader, report};
use super::answer;
use super::key::{self, Template};
use super::slots::{Tally, gain, mark};

/// Writes the lessons of these hundreds of texts.
pub(super) fn export(reader: &Reader, dev: &[usize], file: &Path) -> Result<()> {
    let (texts, keys) = super::files(dev);
    let messages = key::messages(&texts, &keys)?;
    let lines: Vec<String> = messages
        .par_iter()
        .map(|m| {
            let document = report(&m.id, &m.text, None);
            let (reading, features) =
                detente_read::attack_candidates(&document, &reader.knowledge, &reader.language);
            lines(m, &answer::each(&reading, &reader.knowledge), &features)
        })
        .collect();
    std::fs::write(file, lines.concat()).with_context(|| format!("{} cannot be written", file.display()))
}

fn lines(m: &key::Message, answers: &[Option<Template>], features: &[Vec<String>]) -> String {
    let kept: Vec<Template> = answers.iter().flatten().cloned().collect();
    let marks = mark(&m.templates, &kept);
    let with = answers.iter().zip(features).filter_map(|(a, f)| a.as_ref().map(|_| f));
    let asked: f64 = [&marks.matched, &marks.missing].iter().flat_map(|s| s.iter()).map(|t| t.asked).sum();
    let mut out = format!("{}\tkey\t{asked}\n", m.id);
    for (n, features) in with.enumerate() {
        let key = marks.pairs.iter().find(|p| p.1 == n).map(|p| &m.templates[p.0]);
        let Tally { answered, points, .. } = gain(key, &kept[n]);
        let _ = writeln!(
            out,
            "{}\t{}\t{answered}\t{points}\t{}",
            m.id,
            u8::from(key.is_some()),
            features.join("\t")
        );
    }
    out
}
