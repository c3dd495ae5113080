//! Acts of violence: who struck whom and what, with what, where and when, over all sentences of the report.
//!
//! An event says who did what to whom; a report on a bombing says in five sentences that a charge went off, where,
//! that two guards died, what was damaged and whom the police suspect. Here these become one act.
//!
//! # How
//! 1. [`clause`]: every event of violence that the report tells as real, with the phrases around its word: people and
//!    things struck, weapons; [`sides`]: people who did it and who suffered it; [`phrase`] says what a noun phrase is.
//! 2. [`harmed`]: sentences that only say who came to harm; [`blamed`]: who was behind it; [`spared`]: that nobody was
//!    hurt.
//! 3. [`join`]: mentions of one act are joined: those that share a victim or a target, or that contradict each other
//!    in nothing. What touches nobody and nothing is dropped: "the violence", "attacks".
//! 4. [`worth`]: what is told as an act in particular counts; what is only mentioned does not.
//!
//! # Does not
//! Tell battles: where two armed sides fight, events and figures say all there is. Compare reports.

mod blamed;
mod clause;
mod harmed;
mod join;
mod phrase;
mod sides;
mod spared;
mod worth;

use crate::Report;
use crate::event::{self, Told};
use detente_types::{Attack, Cited, Evidence};

/// One event of violence, before joining.
#[derive(Clone, Debug)]
struct Stroke {
    attack: Attack,
    sentence: usize,
    /// The deciding word.
    token: usize,
    evidence: Evidence,
    /// "the attack", "this murder": says by itself that it was told before.
    known: bool,
    /// Told by a noun or a relative clause only: perhaps no more than background.
    passing: bool,
    /// Told by a noun.
    noun: bool,
    /// "another bomb", "the rebels also attacked": says by itself that it is not the one before.
    other: bool,
    /// Only the harm of an act told before.
    harm: bool,
    /// What it looks like, for [`worth`].
    traits: Vec<String>,
}

/// Every act of violence of the report, in text order.
pub(crate) fn attacks(report: &Report<'_>, told: &[Told]) -> Vec<Cited<Attack>> {
    let all = candidates(report, told).into_iter();
    all.filter(|(_, features)| worth::counts(features)).map(|(act, _)| act).collect()
}

/// What could be an act of violence, with what is known of it.
pub(crate) fn candidates(report: &Report<'_>, told: &[Told]) -> Vec<(Cited<Attack>, Vec<String>)> {
    let mut strokes: Vec<Stroke> = told.iter().filter_map(|t| clause::stroke(report, t)).collect();
    let referred = event::referred(report);
    strokes.extend(referred.iter().filter_map(|t| clause::stroke(report, t)).map(|mut s| {
        s.attack.events.clear();
        s
    }));
    let words = |t: &Told| t.core.chain.iter().map(|c| c.token).chain([t.core.token]).collect::<Vec<_>>();
    let taken: Vec<(usize, usize)> =
        told.iter().chain(&referred).flat_map(|t| words(t).into_iter().map(|i| (t.sentence, i))).collect();
    strokes.extend(harmed::harms(report, &taken));
    strokes.sort_by_key(|s| (s.sentence, s.token));
    let acts = join::join(strokes, &blamed::charges(report), &spared::spared(report));
    let all = acts.len();
    acts.into_iter()
        .filter_map(|act| {
            let features = worth::features(report, &act, all);
            Some((Cited::from_all(act.attack, act.evidence)?, features))
        })
        .collect()
}
