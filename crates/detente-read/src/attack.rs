//! Acts of violence: who struck whom and what, with what, where and when, over all sentences of the report.
//!
//! An event says who did what to whom; a report on a bombing says in five sentences that a charge went off, where,
//! that two guards died, what was damaged and whom the police suspect. Here these become one act.
//!
//! # How
//! 1. [`clause`]: every event of violence that the report tells as real, with the phrases around its word: people and
//!    things struck, weapons; [`sides`]: people who did it and who suffered it; [`phrase`] says what a noun phrase is.
//! 2. [`blamed`]: sentences that only say who was behind it; [`spared`]: sentences that say that nobody was hurt.
//! 3. [`join`]: mentions of one act are joined: those that share a victim or a target, or that contradict each other
//!    in nothing. What touches nobody and nothing is dropped: "the violence", "attacks".
//!
//! # Does not
//! Tell battles: where two armed sides fight, events and figures say all there is. Compare reports.

mod blamed;
mod clause;
mod join;
mod phrase;
mod sides;
mod spared;

use crate::Report;
use crate::event::Told;
use detente_types::{Attack, Cited, Evidence};

/// One event of violence, before joining.
#[derive(Clone, Debug)]
struct Stroke {
    attack: Attack,
    sentence: usize,
    evidence: Evidence,
    /// "the attack", "this murder": says by itself that it was told before.
    known: bool,
    /// Told by a noun or a relative clause only: perhaps no more than background.
    passing: bool,
}

/// Every act of violence of the report, in text order.
pub(crate) fn attacks(report: &Report<'_>, told: &[Told]) -> Vec<Cited<Attack>> {
    let strokes: Vec<Stroke> = told.iter().filter_map(|t| clause::stroke(report, t)).collect();
    join::join(strokes, &blamed::charges(report), &spared::spared(report))
}
