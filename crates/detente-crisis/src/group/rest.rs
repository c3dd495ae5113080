//! Reports that tell no dyad: each goes to the block that it is nearest to, or is a crisis of its own, or none.
//!
//! Blocks are looked up by side and by dyad, so that no report is held against all of them.

use super::{Block, Dyad, Weights, pairs_named, periods, root};
use detente_types::ActorId;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Places reports that tell no dyad; gives back those that belong to no crisis.
pub(super) fn attach(
    rest: Vec<usize>,
    weights: &[Weights],
    (blocks, parents): (&[Block], &[Option<usize>]),
    members: &mut BTreeMap<usize, Vec<usize>>,
) -> Vec<usize> {
    let mut none = Vec::new();
    let mut alone: BTreeMap<ActorId, Vec<usize>> = BTreeMap::new();
    let shelf = Shelf::of(blocks, weights);
    for r in rest {
        let weight = &weights[r];
        let side = weight.alone.iter().max_by_key(|(side, points)| (**points, Reverse(*side)));
        let of_side = side.and_then(|(side, _)| shelf.block_of(side, weight));
        match (of_side.or_else(|| shelf.block_named(weight)), side) {
            (Some(block), _) => members.entry(root(block, parents)).or_default().push(r),
            (None, Some((side, points))) if *points >= 6 => alone.entry(side.clone()).or_default().push(r),
            _ => none.push(r),
        }
    }
    let mut next = blocks.len();
    for (side, readings) in alone {
        for block in periods(&(side.clone(), side.clone()), readings, weights) {
            members.insert(next, block.readings);
            next += 1;
        }
    }
    none
}

/// Blocks by side and by dyad: nobody is held against all of them.
struct Shelf<'b> {
    blocks: &'b [Block],
    weights: &'b [Weights],
    of_side: BTreeMap<&'b ActorId, Vec<usize>>,
    of_dyad: BTreeMap<&'b Dyad, Vec<usize>>,
    /// The places that a block names, once somebody asks.
    places: Vec<OnceCell<BTreeSet<&'b String>>>,
}

impl<'b> Shelf<'b> {
    fn of(blocks: &'b [Block], weights: &'b [Weights]) -> Shelf<'b> {
        let (mut of_side, mut of_dyad) = (BTreeMap::<_, Vec<usize>>::new(), BTreeMap::<_, Vec<usize>>::new());
        for (at, block) in blocks.iter().enumerate() {
            of_dyad.entry(&block.dyad).or_default().push(at);
            of_side.entry(&block.dyad.0).or_default().push(at);
            if block.dyad.0 != block.dyad.1 {
                of_side.entry(&block.dyad.1).or_default().push(at);
            }
        }
        let places = blocks.iter().map(|_| OnceCell::new()).collect();
        Shelf { blocks, weights, of_side, of_dyad, places }
    }

    fn places(&self, at: usize) -> &BTreeSet<&'b String> {
        let named = || self.blocks[at].readings.iter().flat_map(|r| &self.weights[*r].places).collect();
        self.places[at].get_or_init(named)
    }

    /// The block of this side, at the time of the report, that names most of the report's places; of equals
    /// the largest, which stands first.
    fn block_of(&self, side: &ActorId, weight: &Weights) -> Option<usize> {
        let alike = |at: usize| weight.places.iter().filter(|p| self.places(at).contains(p)).count();
        let near = |at: &usize| self.blocks[*at].near(weight.day, weight.day);
        let found = self.of_side.get(side)?.iter().copied().filter(near);
        found.max_by_key(|at| (alike(*at), Reverse(*at)))
    }

    /// The block, at the time of the report, whose two sides the report names most.
    fn block_named(&self, weight: &Weights) -> Option<usize> {
        let times = |side: &ActorId| weight.named.get(side).copied().unwrap_or_default();
        let both = |at: usize| times(&self.blocks[at].dyad.0).min(times(&self.blocks[at].dyad.1));
        let blocks = pairs_named(weight).filter_map(|(a, b)| self.of_dyad.get(&(a.clone(), b.clone())));
        let found = blocks.flatten().copied().filter(|at| self.blocks[*at].near(weight.day, weight.day));
        found.max_by_key(|at| (both(*at), Reverse(*at)))
    }
}
