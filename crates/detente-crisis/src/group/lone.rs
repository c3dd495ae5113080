//! Reports about one side alone, which tell in passing with whom it talked: a junta that receives one envoy after another.
//!
//! "The army chief met an American envoy" in a report on a coup is no conflict of the two. Left to its dyad, each such report would be
//! a crisis of its own, named after whoever came that day.
//!
//! # How
//! 1. A report is about one side alone where no report tells the two sides of its dyad at odds, and it names the one clearly
//!    more often than the other.
//! 2. Such a block, if it is small, goes to another of that side within [`NEAR`] days in which [`SHARED`] of the same people,
//!    groups and bodies are named: the one with most of them, of equals the largest.
//! 3. [`drop_passers`]: who was only talked to is no side of what such reports make together.

use super::{Block, FEW, Roles, Weights, root};
use detente_types::ActorId;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// So many people, groups and bodies must two blocks both name.
const SHARED: usize = 2;

/// Days between reports on one side that are about one thing, where nothing else says so.
const NEAR: i32 = 60;

/// Puts small blocks that are about one side alone with others of that side.
pub(super) fn join(blocks: &[Block], weights: &[Weights], roles: &Roles, parents: &mut [Option<usize>]) {
    let alone: Vec<Option<&ActorId>> = blocks.iter().map(|b| about(b, weights, roles)).collect();
    let mut of_side: BTreeMap<&ActorId, Vec<usize>> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        match alone[at] {
            Some(side) => of_side.entry(side).or_default().push(at),
            None => {
                of_side.entry(&block.dyad.0).or_default().push(at);
                of_side.entry(&block.dyad.1).or_default().push(at);
            }
        }
    }
    let casts: Vec<OnceCell<BTreeSet<&ActorId>>> = blocks.iter().map(|_| OnceCell::new()).collect();
    let cast = |at: usize| casts[at].get_or_init(|| cast(&blocks[at], weights));
    for (at, block) in blocks.iter().enumerate() {
        let Some(side) = alone[at].filter(|_| parents[at].is_none()) else { continue };
        let alike = |other: usize| cast(other).intersection(cast(at)).count();
        let near =
            |other: &usize| *other != at && within(block, &blocks[*other], NEAR) && alike(*other) >= SHARED;
        let others = of_side[side].iter().copied().filter(near);
        let Some(other) = others.max_by_key(|o| (alike(*o), Reverse(*o))) else { continue };
        // Parents stand earlier in the list; two that hang on each other would hang on nothing.
        let (up, down) =
            (root(at, parents).min(root(other, parents)), root(at, parents).max(root(other, parents)));
        if up != down {
            parents[down] = Some(up);
        }
    }
}

/// The side that all reports of a small block are about, with the other named in passing.
fn about<'b>(block: &'b Block, weights: &[Weights], roles: &Roles) -> Option<&'b ActorId> {
    let (a, b) = &block.dyad;
    if block.readings.len() > FEW || roles.foes.contains(&block.dyad) || a == b {
        return None;
    }
    let mut leads = block.readings.iter().map(|r| leading(&weights[*r], a, b));
    let first = leads.next()??;
    leads.all(|lead| lead == Some(first)).then_some(first)
}

/// Of two sides the one that a report names so much more often that the other is in it by the way.
fn leading<'s>(weight: &Weights, a: &'s ActorId, b: &'s ActorId) -> Option<&'s ActorId> {
    let times = |side: &ActorId| weight.mentioned.get(side).copied().unwrap_or_default();
    match (times(a), times(b)) {
        (x, y) if 3 * x >= 4 * y => Some(a),
        (x, y) if 3 * y >= 4 * x => Some(b),
        _ => None,
    }
}

/// Takes the side of the main dyad that was only talked to, where the reports together are about the other.
pub(super) fn drop_passers(
    parties: &mut Vec<ActorId>,
    readings: &[usize],
    weights: &[Weights],
    roles: &Roles,
) {
    let [a, b, ..] = &parties[..] else { return };
    let dyad = super::sorted(a.clone(), b.clone());
    if readings.len() < 2 || roles.foes.contains(&dyad) {
        return;
    }
    let lead = |r: &usize| leading(&weights[*r], a, b);
    let Some(side) = lead(&readings[0]).filter(|side| readings.iter().all(|r| lead(r) == Some(*side))) else {
        return;
    };
    let (side, passer) = (side.clone(), if side == a { b.clone() } else { a.clone() });
    let foe = foe_of(&side, readings, weights, roles);
    parties.retain(|p| *p != passer && Some(p) != foe.as_ref());
    let second = parties.len().min(1);
    foe.into_iter().for_each(|foe| parties.insert(second, foe));
}

/// Whom the reports tell most to be at odds with this side.
fn foe_of(side: &ActorId, readings: &[usize], weights: &[Weights], roles: &Roles) -> Option<ActorId> {
    let mut points: BTreeMap<&ActorId, u32> = BTreeMap::new();
    for ((a, b), n) in
        readings.iter().flat_map(|r| &weights[*r].dyads).filter(|(d, _)| roles.foes.contains(d))
    {
        if (a == side) != (b == side) {
            *points.entry(if a == side { b } else { a }).or_default() += n;
        }
    }
    points.into_iter().max_by_key(|(foe, n)| (*n, Reverse(*foe))).map(|(foe, _)| foe.clone())
}

/// The people, groups and bodies that a block names.
fn cast<'w>(block: &Block, weights: &'w [Weights]) -> BTreeSet<&'w ActorId> {
    block.readings.iter().flat_map(|r| &weights[*r].cast).collect()
}

/// Do two blocks lie within so many days of each other? Undated ones lie anywhere.
fn within(some: &Block, other: &Block, days: i32) -> bool {
    let apart = |end: Option<i32>, start: Option<i32>| end.zip(start).is_some_and(|(e, s)| s - e > days);
    !apart(some.to, other.from) && !apart(other.to, some.from)
}
