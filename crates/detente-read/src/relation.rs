//! What one does to another in a sentence, by a trained scorer.
//!
//! The lexicon knows the verbs it lists. "The court jailed the editor", "the club bought the striker": where no
//! entry fits, the words around two actors and the way between them in the tree still tell the kind of deed. This
//! module asks a linear scorer that learned from sentences with two marked ends and a PLOVER type between them.
//!
//! # How
//! 1. [`feature`]: two ends of one sentence to features; what the rules read there is among them.
//! 2. [`weights`]: sums for each type; the best, and by how much it is better than the next.
//!
//! # Does not
//! Find events for readings: nothing tells it yet where two actors have nothing to do with each other. Say how real a
//! deed is ([`crate::scope`]), or find who the actors are ([`crate::cast`]).
//!
//! # From
//! PLOVER 2.0 for the types; `train/relation.py` says what the weights were made from.

mod feature;
mod weights;

use crate::Report;
use crate::event::Told;
use detente_types::Span;

pub use weights::RelationWeights;

/// The features of two ends given as stretches of text, in the sentence that holds most of them.
pub(crate) fn features(report: &Report<'_>, told: &[Told], from: &[Span], to: &[Span]) -> Vec<String> {
    let within = |s: usize, marks: &[Span]| -> Vec<usize> {
        let Some(tree) = &report.text.sentences[s].tree else { return Vec::new() };
        (0..tree.len()).filter(|&i| marks.iter().any(|m| m.overlaps(tree.span(i)))).collect()
    };
    let read = (0..report.text.sentences.len()).filter(|&s| report.text.sentences[s].tree.is_some());
    let found = read.map(|s| (s, within(s, from), within(s, to)));
    // The first of the best: `max_by_key` gives the last.
    let all: Vec<(usize, Vec<usize>, Vec<usize>)> = found.collect();
    let held =
        |x: &&(usize, Vec<usize>, Vec<usize>)| usize::from(!x.1.is_empty()) + usize::from(!x.2.is_empty());
    match all.iter().rev().max_by_key(held) {
        Some((s, from, to)) => feature::features(report, told, *s, from, to),
        None => Vec::new(),
    }
}
