//! Tracks in, tracks that are one process put together.
//!
//! One report says that Washington brokered the truce, another that Paris did, a third that somebody broke "the truce":
//! three tracks of one process.
//!
//! # How
//! 1. [`one_table`]: two mediated tracks of one dispute that met on one day in one place, or agreed on one day, are one,
//!    mediated by all.
//! 2. [`of_the_truce`]: a track that only tells that a truce holds, was broken or ran out goes to the process that
//!    brought a truce between some of the same, if there is one that is not later; of several to that with the most
//!    sides in common, then to the last one.
//! 3. [`guarantors`]: who only vouches for a deal stands with it, and mediates no more for that.
//! # Does not
//! Join offers: each is of who makes it.

use crate::bench::same_scope;
use crate::days;
use crate::fit::{self, Fit};
use crate::track::{Step, Track, fares, is_answer, is_offer, venue};
use crate::words;
use detente_types::{ActorId, Modality, Stage};
use std::collections::BTreeSet;

/// Puts tracks of one process together.
pub(crate) fn join(tracks: &mut Vec<Track>) {
    guarantors(tracks);
    one_table(tracks);
    of_the_truce(tracks);
}

/// Who only vouches for a deal does not mediate: the step stands with the deal that its report tells of.
fn guarantors(tracks: &mut Vec<Track>) {
    let only = |t: &Track| !t.appeals && t.steps.iter().all(|s| s.act.stage == Stage::Guarantee);
    let mut at = 0;
    while at < tracks.len() {
        let told = |n: usize| {
            let closes = |s: &Step| matches!(s.act.stage, Stage::CeasefireAgreed | Stage::Agreement);
            let same = |s: &Step| tracks[at].steps.iter().any(|g| g.told == s.told);
            n != at && !tracks[n].appeals && tracks[n].steps.iter().any(|s| closes(s) && same(s))
        };
        match (0..tracks.len()).find(|&n| only(&tracks[at]) && told(n)) {
            Some(home) => {
                let other = tracks.remove(at);
                tracks[if home > at { home - 1 } else { home }].steps.extend(other.steps);
            }
            None => at += 1,
        }
    }
}

fn one_table(tracks: &mut Vec<Track>) {
    let mut at = 0;
    while at < tracks.len() {
        let twin = (at + 1..tracks.len()).find(|&n| same_table(&tracks[at], &tracks[n]));
        match twin {
            Some(n) => {
                let other = tracks.remove(n);
                absorb(&mut tracks[at], other);
            }
            None => at += 1,
        }
    }
}

fn absorb<'c>(track: &mut Track<'c>, other: Track<'c>) {
    track.mediators.extend(other.mediators);
    track.mediators.sort();
    track.mediators.dedup();
    track.steps.extend(other.steps);
}

fn same_table(a: &Track, b: &Track) -> bool {
    let mediated = !a.mediators.is_empty() && !b.mediators.is_empty() && !a.appeals && !b.appeals;
    let party =
        |t: &Track, of: &Track| of.mediators.iter().any(|m| t.steps.iter().any(|s| s.parties.contains(m)));
    mediated
        && !party(a, b)
        && !party(b, a)
        && words::shared(&scope(a), &scope(b)) >= 2
        && a.steps.iter().any(|x| b.steps.iter().any(|y| same_session(x, y)))
}

/// Do two acts tell one meeting or one agreement: of one day, in one place as far as both say where?
fn same_session(a: &Step, b: &Step) -> bool {
    let held =
        |s: &Step| matches!(s.act.modality, Modality::Occurred | Modality::Ongoing | Modality::Historical);
    let dated = days::within(a.when, 2) && days::within(b.when, 2) && days::gap(a.when, b.when) == 0;
    let meets =
        |s: &Step| matches!(s.act.stage, Stage::Talks | Stage::Facilitate | Stage::Convene | Stage::Resume);
    let closes = |s: &Step| matches!(s.act.stage, Stage::CeasefireAgreed | Stage::Agreement);
    let place = match (venue(a.act).and(a.occasion.spot()), venue(b.act).and(b.occasion.spot())) {
        (Some(x), Some(y)) => fit::places(Some(x), Some(y)),
        _ => Fit::Open,
    };
    let alike = a.scope.is_empty() || b.scope.is_empty() || same_scope(&a.scope, &b.scope);
    held(a)
        && held(b)
        && dated
        && alike
        && (meets(a) && meets(b) && place == Fit::Same
            || closes(a) && closes(b) && a.act.stage == b.act.stage && place != Fit::Apart)
}

fn scope(track: &Track) -> Vec<ActorId> {
    track.steps.iter().flat_map(|s| s.scope.iter().cloned()).collect::<BTreeSet<_>>().into_iter().collect()
}

fn of_the_truce(tracks: &mut Vec<Track>) {
    let mut at = 0;
    while at < tracks.len() {
        match Some(&tracks[at]).filter(|t| only_after(t)).and_then(|t| home(tracks, at, t)) {
            Some(home) => {
                let other = tracks.remove(at);
                let home = if home > at { home - 1 } else { home };
                tracks[home].steps.extend(other.steps);
            }
            None => at += 1,
        }
    }
}

/// Does it tell nothing but how a truce fares that it does not tell of?
fn only_after(track: &Track) -> bool {
    !track.appeals && track.mediators.is_empty() && track.steps.iter().all(|s| fares(s.act.stage))
}

fn home(tracks: &[Track], own: usize, track: &Track) -> Option<usize> {
    let sides = scope(track);
    let brought = |s: &&Step| {
        let truce =
            matches!(s.act.stage, Stage::CeasefireAgreed | Stage::CeasefireInForce | Stage::Agreement)
                && !matches!(s.act.modality, Modality::Hypothetical | Modality::Feared | Modality::Refused);
        let from = |s: &Step| days::ends(s.when).map(|(from, _)| from);
        let later = |x: &Step| from(x).zip(days::ends(s.when)).is_some_and(|(day, (from, _))| from > day);
        truce && !track.steps.iter().any(later)
    };
    let found = (0..tracks.len()).filter(|&n| n != own && !tracks[n].appeals && !only_after(&tracks[n]));
    found
        .filter_map(|n| {
            let common = words::shared(&scope(&tracks[n]), &sides);
            let last = tracks[n]
                .steps
                .iter()
                .filter(brought)
                .map(|s| days::ends(s.when).map(|(from, _)| from))
                .max()?;
            (common > 0 || sides.is_empty()).then_some((common, last, std::cmp::Reverse(n), n))
        })
        .max()
        .map(|(.., n)| n)
}

/// Is the act part of running talks rather than an offer to begin some, or an answer to one?
pub(crate) fn of_talks(step: &Step) -> bool {
    !is_answer(step.act.stage) && (!is_offer(step.act.stage) || step.act.stage == Stage::ProposePlan)
}
