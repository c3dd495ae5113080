//! Readings in, crises out: which reports are about the same conflict.
//!
//! A report on Ukraine and a report on Gaza may both name the United States, Qatar and the United
//! Nations. What keeps them apart is who fights whom. So a report is placed by its *dyads*: the pairs
//! of sides between which it tells force, threats, accusations, or talks.
//!
//! # How
//! 1. [`weigh()`] gives each dyad of a report points: 6 for force, 4 for talks between the two and for
//!    one side's dead by the other's hand, 3 for threats, accusations and appeals to both, 2 for protest and
//!    for sanctions (outsiders impose them), 1 for what is historical or merely possible. A headline counts twice, because it says what the report is mostly
//!    about; a link headline counts nothing. A side that only mediates in the report keeps a third of
//!    its points: mediators quarrel with parties too. So does a dyad that is nowhere told to be at odds,
//!    only to talk; and two that only ever mediate, in all reports, are no dyad ([`Roles`]).
//! 2. [`principal`] dyads block the reports; nothing is compared outside its block, so ten thousand
//!    reports cost ten thousand times one.
//! 3. [`periods`]: within a block, half a year without a report ends the crisis. (Militarized
//!    Interstate Disputes: a dispute ends when six months pass without an incident; Jones, Bremer and
//!    Singer 1996.) Reports without a date go with the largest period, the later of two equals.
//! 4. [`join`] puts a smaller block into the larger one that shares a side with it, where at least
//!    [`TOGETHER`] of its reports tell the other dyad too with a quarter of their main dyad's points,
//!    or where half of the larger block's reports tell the smaller one's dyad. Force against one side in
//!    one town on one day, told in both blocks, is told together too: the reports differ on who did it. So are the
//!    sides of the larger block where a report of a small one ([`FEW`]) names them as often as its own ([`named_too`]).
//!    A block joins one other only, and always a larger one: a report that mentions two crises cannot weld them.
//! 5. [`lone::join`] puts a report that is about one side alone, and only tells in passing with whom it talked, with the
//!    others of that side at that time.
//! 6. Reports with one side only ("explosions in Kabul") go to the block of that side, at that time, with
//!    which they share most places, the larger of equals; where there is none and there was force, they
//!    are a crisis of their own. Reports that tell no dyad but steps of talks, counts or force, and that name
//!    both sides of a block again and again ("Who will mediate?"), go to the block that they name most.
//!    Reports that tell no conflict at all come back in [`Groups::none`].
//! # Does not
//! Split a regional war that reports tell as one; see `spec` when reports of other wars show the need.

mod lone;
mod rest;
mod weigh;

use crate::kin::Kin;
use detente_types::{ActorId, ActorKind, Reading};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use weigh::{Weights, sorted, weigh};

/// Days without a report that end a crisis.
const SILENCE: i32 = 183;
/// Share of a block's reports, in tenths, that must tell another dyad too for the blocks to be one.
const TOGETHER: usize = 3;
/// Part of its main dyad's points that a second dyad of a report needs to count as told.
const QUARTER: u32 = 4;
/// Times that a report must name each side of a dyad for being about it where it tells nothing between them.
const NAMED: usize = 2;

/// Reports of a block so small that its main dyad may be an accident of what they dwell on.
const FEW: usize = 2;

/// Days between two tellings of force in one town that may be one happening.
const WEEKS: i32 = 21;

/// Two sides, sorted. A side twice is a conflict inside it, or one with nobody named against it.
pub(crate) type Dyad = (ActorId, ActorId);

/// The reports of one crisis.
#[derive(Debug)]
pub(crate) struct Group {
    /// Places of the readings in the list that was given, in its order.
    pub readings: Vec<usize>,
    /// The sides, most mentioned first.
    pub parties: Vec<ActorId>,
}

/// Reports by crisis, and those that belong to none.
#[derive(Debug)]
pub(crate) struct Groups {
    pub crises: Vec<Group>,
    pub none: Vec<usize>,
}

/// Reports whose main dyad is the same, in one period.
struct Block {
    dyad: Dyad,
    readings: Vec<usize>,
    from: Option<i32>,
    to: Option<i32>,
}

/// Groups readings, which are sorted and without repeats, into crises.
pub(crate) fn group(readings: &[&Reading], kin: &Kin) -> Groups {
    let mut weights: Vec<Weights> = readings.par_iter().map(|r| weigh(r, kin)).collect();
    let roles = Roles::of(&weights);
    roles.apply(&mut weights);
    let mut by_dyad: BTreeMap<Dyad, Vec<usize>> = BTreeMap::new();
    let mut rest = Vec::new();
    for (at, weight) in weights.iter().enumerate() {
        match principal(weight).filter(|dyad| !mostly_alone(weight, dyad)) {
            Some(dyad) => by_dyad.entry(dyad.clone()).or_default().push(at),
            None => rest.push(at),
        }
    }
    let mut blocks: Vec<Block> =
        by_dyad.into_iter().flat_map(|(dyad, readings)| periods(&dyad, readings, &weights)).collect();
    blocks.sort_by_key(|b| (Reverse(b.readings.len()), b.dyad.clone(), b.from));
    let mut parents = join(&blocks, &weights);
    lone::join(&blocks, &weights, &roles, &mut parents);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        members.entry(root(at, &parents)).or_default().extend(&block.readings);
    }
    let none = rest::attach(rest, &weights, (&blocks, &parents), &mut members);
    let members: Vec<Vec<usize>> = members.into_values().collect();
    let close = |readings| close(readings, &weights, &roles, kin);
    let crises = members.into_par_iter().map(close).collect();
    Groups { crises, none }
}

fn close(mut readings: Vec<usize>, weights: &[Weights], roles: &Roles, kin: &Kin) -> Group {
    readings.sort_unstable();
    let mut parties = parties(&readings, weights, kin);
    lone::drop_passers(&mut parties, &readings, weights, roles);
    Group { readings, parties }
}

/// Does a report tell far more force against or by one of the two, with nobody named on the other end, than it tells of
/// the two: a massacre, and in its last line a neighbour who deports people?
fn mostly_alone(weight: &Weights, dyad: &Dyad) -> bool {
    let alone = |side: &ActorId| weight.alone.get(side).copied().unwrap_or_default();
    let told = weight.dyads.get(dyad).copied().unwrap_or_default();
    !weight.force.contains_key(dyad) && 2 * alone(&dyad.0).max(alone(&dyad.1)) >= 3 * told
}

/// The dyad with the most points; of equals the first by name.
fn principal(weights: &Weights) -> Option<&Dyad> {
    weights.dyads.iter().max_by_key(|(dyad, points)| (**points, Reverse(*dyad))).map(|(dyad, _)| dyad)
}

/// What all reports together tell of sides: which are at odds somewhere, and which only ever mediate. In a
/// report that names two again and again whom any report tells at odds, those who only talk are no dyad.
struct Roles {
    foes: BTreeSet<Dyad>,
    third: BTreeSet<ActorId>,
}

impl Roles {
    fn of(weights: &[Weights]) -> Roles {
        let mut foes: BTreeSet<Dyad> = weights.iter().flat_map(|w| &w.foes).cloned().collect();
        let fights: BTreeSet<&ActorId> =
            weights.iter().flat_map(|w| w.force.keys()).flat_map(|(a, b)| [a, b]).collect();
        let third = weights.iter().flat_map(|w| &w.mediators).filter(|m| !fights.contains(m));
        let third: BTreeSet<ActorId> = third.cloned().collect();
        let truces = weights.iter().flat_map(|w| &w.truces);
        foes.extend(truces.filter(|(a, b)| !third.contains(a) && !third.contains(b)).cloned());
        Roles { third, foes }
    }

    /// Takes from each report what speaks for a dyad by talks alone: of two mediators all, of others most.
    fn apply(&self, weights: &mut [Weights]) {
        for weight in weights {
            let foes = |a: &ActorId, b: &ActorId| self.foes.contains(&(a.clone(), b.clone()));
            if pairs_named(weight).any(|(a, b)| foes(a, b)) {
                // Who helped to end a war of others, told with their names: a report on that war.
                weight.dyads.retain(|dyad, _| self.foes.contains(dyad));
            }
            weight.dyads.retain(|dyad, points| {
                let both_third = self.third.contains(&dyad.0) && self.third.contains(&dyad.1);
                if !self.foes.contains(dyad) {
                    *points = if both_third { 0 } else { points.div_ceil(3) };
                }
                *points > 0
            });
        }
    }
}

/// Every two sides that a report names again and again, each with itself too, as dyads have them.
fn pairs_named(weight: &Weights) -> impl Iterator<Item = (&ActorId, &ActorId)> {
    let often: Vec<&ActorId> =
        weight.named.iter().filter(|(_, n)| **n >= NAMED).map(|(side, _)| side).collect();
    let pair = move |at: usize| -> Vec<(&ActorId, &ActorId)> {
        often[at..].iter().map(|other| (often[at], *other)).collect()
    };
    let number = weight.named.values().filter(|n| **n >= NAMED).count();
    (0..number).flat_map(pair)
}

/// Cuts the reports of a dyad where nothing was reported for half a year.
fn periods(dyad: &Dyad, readings: Vec<usize>, weights: &[Weights]) -> Vec<Block> {
    let (mut dated, undated): (Vec<usize>, Vec<usize>) =
        readings.into_iter().partition(|r| weights[*r].day.is_some());
    dated.sort_by_key(|r| (weights[*r].day, *r));
    let mut blocks: Vec<Block> = Vec::new();
    for r in dated {
        let day = weights[r].day;
        match blocks.last_mut() {
            Some(block) if block.to.zip(day).is_some_and(|(to, day)| day - to <= SILENCE) => {
                block.readings.push(r);
                block.to = day;
            }
            _ => blocks.push(Block { dyad: dyad.clone(), readings: vec![r], from: day, to: day }),
        }
    }
    match blocks.iter_mut().max_by_key(|b| (b.readings.len(), b.from)) {
        Some(largest) => largest.readings.extend(undated),
        None if !undated.is_empty() => {
            blocks.push(Block { dyad: dyad.clone(), readings: undated, from: None, to: None });
        }
        None => {}
    }
    blocks
}

impl Block {
    /// Do the two periods lie within half a year of each other? Undated blocks lie anywhere.
    fn near(&self, from: Option<i32>, to: Option<i32>) -> bool {
        let apart =
            |end: Option<i32>, start: Option<i32>| end.zip(start).is_some_and(|(e, s)| s - e > SILENCE);
        !apart(self.to, from) && !apart(to, self.from)
    }

    fn touches(&self, other: &Block) -> bool {
        let (a, b) = &other.dyad;
        [&self.dyad.0, &self.dyad.1].into_iter().any(|side| side == a || side == b)
    }
}

/// For each block the larger block that it is part of, if any. Blocks are sorted, largest first.
fn join(blocks: &[Block], weights: &[Weights]) -> Vec<Option<usize>> {
    let mut of_dyad: BTreeMap<&Dyad, Vec<usize>> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        of_dyad.entry(&block.dyad).or_default().push(at);
    }
    // (block, other) → how many reports of the block tell the other's dyad too.
    let mut told: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        for r in &block.readings {
            let most = weights[*r].dyads.get(&block.dyad).copied().unwrap_or_default();
            let second = weights[*r].dyads.iter().filter(|(d, p)| **d != block.dyad && **p * QUARTER >= most);
            for other in second.filter_map(|(d, _)| of_dyad.get(d)).flatten() {
                if blocks[*other].near(block.from, block.to) && block.touches(&blocks[*other]) {
                    *told.entry((at, *other)).or_default() += 1;
                }
            }
        }
    }
    for (pair, n) in spotted(blocks, weights).into_iter().chain(named_too(blocks, weights, &of_dyad)) {
        *told.entry(pair).or_default() += n;
    }
    let mut parents: Vec<Option<usize>> = vec![None; blocks.len()];
    let mut best: Vec<usize> = vec![0; blocks.len()];
    for (&(at, other), &n) in &told {
        let (small, large, enough) = if at > other {
            (at, other, n * 10 >= blocks[at].readings.len() * TOGETHER)
        } else {
            (other, at, n * 2 >= blocks[at].readings.len())
        };
        let better = parents[small].is_none_or(|p| n > best[small] || (n == best[small] && large < p));
        if enough && better {
            (parents[small], best[small]) = (Some(large), n);
        }
    }
    parents
}

/// For a block and another that touches it, how many of its reports tell force that the other tells too: against one side in
/// one town on one day; for small blocks in one town within [`WEEKS`] days, since reports say "last week".
fn spotted(blocks: &[Block], weights: &[Weights]) -> BTreeMap<(usize, usize), usize> {
    let mut of_spot: BTreeMap<(&ActorId, i32, &str), BTreeSet<usize>> = BTreeMap::new();
    let mut of_town: BTreeMap<(&ActorId, &str), BTreeSet<(i32, usize)>> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        for (side, day, town) in block.readings.iter().flat_map(|r| &weights[*r].spots) {
            of_spot.entry((side, *day, town)).or_default().insert(at);
        }
        for (side, day, town) in block.readings.iter().flat_map(|r| &weights[*r].towns) {
            of_town.entry((side, town)).or_default().insert((*day, at));
        }
    }
    let mut out = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        for r in &block.readings {
            let mut others: BTreeSet<usize> = BTreeSet::new();
            for (side, day, town) in &weights[*r].spots {
                others.extend(&of_spot[&(side, *day, town.as_str())]);
            }
            for (side, day, town) in weights[*r].towns.iter().filter(|_| block.readings.len() <= FEW) {
                let there = &of_town[&(side, town.as_str())];
                others.extend(there.range((day - WEEKS, 0)..=(day + WEEKS, usize::MAX)).map(|(_, o)| *o));
            }
            for other in others.into_iter().filter(|o| *o != at && block.touches(&blocks[*o])) {
                *out.entry((at, other)).or_default() += 1;
            }
        }
    }
    out
}

/// For a small block and a larger one of its time, how many of its reports name the larger one's sides at least
/// as often as its own.
fn named_too(
    blocks: &[Block],
    weights: &[Weights],
    of_dyad: &BTreeMap<&Dyad, Vec<usize>>,
) -> BTreeMap<(usize, usize), usize> {
    let mut out = BTreeMap::new();
    let size = |at: usize| blocks[at].readings.len();
    for (at, block) in blocks.iter().enumerate().filter(|(_, b)| b.readings.len() <= FEW) {
        for weight in block.readings.iter().map(|r| &weights[*r]) {
            let times = |dyad: &Dyad| {
                let of = |side| weight.named.get(side).copied().unwrap_or_default();
                of(&dyad.0).min(of(&dyad.1))
            };
            let enough = times(&block.dyad).max(NAMED);
            let often: Vec<&ActorId> =
                weight.named.iter().filter(|(_, n)| **n >= enough).map(|(side, _)| side).collect();
            let pairs = often.iter().enumerate().flat_map(|(i, a)| often[i..].iter().map(move |b| (*a, *b)));
            let dyads = pairs.map(|(a, b)| sorted(a.clone(), b.clone()));
            for other in dyads
                .filter_map(|d| of_dyad.get(&d))
                .flatten()
                .filter(|o| **o < at || size(**o) == size(at) && **o != at)
            {
                if blocks[*other].near(block.from, block.to) {
                    *out.entry((at, *other)).or_default() += 1;
                }
            }
        }
    }
    out
}

fn root(mut at: usize, parents: &[Option<usize>]) -> usize {
    // Parents always stand earlier in the list, so the walk ends.
    while let Some(parent) = parents[at] {
        at = parent;
    }
    at
}

/// The sides of a crisis: the two of the main dyad, and those that take or suffer force with a quarter of
/// the points of the most mentioned one, and armed groups at odds with somebody that are named half as often as the
/// main sides. Who only accuses, hosts or appeals is a third party.
fn parties(readings: &[usize], weights: &[Weights], kin: &Kin) -> Vec<ActorId> {
    let mut dyads: BTreeMap<&Dyad, u64> = BTreeMap::new();
    let mut force: BTreeMap<&Dyad, u64> = BTreeMap::new();
    let mut sides: BTreeMap<&ActorId, u64> = BTreeMap::new();
    for r in readings {
        // Each report weighs the same, long or short.
        let told = || weights[*r].dyads.iter().filter(|(dyad, _)| !mostly_alone(&weights[*r], dyad));
        let all: u64 = told().map(|(_, p)| u64::from(*p)).sum();
        for (dyad, points) in told() {
            *dyads.entry(dyad).or_default() += u64::from(*points) * 1000 / all.max(1);
        }
        for (dyad, points) in &weights[*r].force {
            *force.entry(dyad).or_default() += u64::from(*points) * 1000 / all.max(1);
        }
        for (side, points) in &weights[*r].alone {
            *sides.entry(side).or_default() += u64::from(*points);
        }
    }
    let Some((main, _)) = dyads.iter().max_by_key(|(dyad, points)| (**points, Reverse(**dyad))) else {
        return sides
            .into_iter()
            .max_by_key(|(s, p)| (*p, Reverse(*s)))
            .map(|(s, _)| s.clone())
            .into_iter()
            .collect();
    };
    let main: Dyad = (**main).clone();
    let per_side = |dyads: &BTreeMap<&Dyad, u64>| {
        let mut out: BTreeMap<ActorId, u64> = BTreeMap::new();
        for (dyad, points) in dyads {
            for side in [&dyad.0, &dyad.1] {
                *out.entry(side.clone()).or_default() += points;
            }
        }
        out
    };
    let (counted, fought) = (per_side(&dyads), per_side(&force));
    let most = counted.values().copied().max().unwrap_or_default();
    let fights = |s: &ActorId| fought.get(s).copied().unwrap_or_default() * 4 >= most.max(1);
    let in_main = |s: &ActorId| *s == main.0 || *s == main.1;
    let named = |s: &ActorId| readings.iter().filter_map(|r| weights[*r].named.get(s)).sum::<usize>();
    let often = named(&main.0).min(named(&main.1));
    let group = |s: &ActorId| kin.kind(s) == ActorKind::ArmedGroup && named(s) * 2 >= often.max(NAMED);
    let mut out: Vec<(ActorId, u64)> =
        counted.into_iter().filter(|(s, _)| in_main(s) || fights(s) || group(s)).collect();
    out.sort_by_key(|(s, points)| (!in_main(s), Reverse(*points), s.clone()));
    out.into_iter().take(6).map(|(s, _)| s).collect()
}
