//! MUC, B³ and CEAF-e: how well found chains agree with gold chains.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::AddAssign;

/// A mention: sentence, first word, last word.
pub(crate) type Key = (usize, usize, usize);

/// Right, gold and found, summed over documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Part {
    recall: (f64, f64),
    precision: (f64, f64),
}

impl Part {
    fn share((right, of): (f64, f64)) -> f64 {
        if of > 0.0 { 100.0 * right / of } else { 0.0 }
    }

    /// Harmonic mean, in percent.
    pub(crate) fn f1(&self) -> f64 {
        let (r, p) = (Part::share(self.recall), Part::share(self.precision));
        if r + p > 0.0 { 2.0 * r * p / (r + p) } else { 0.0 }
    }
}

impl AddAssign for Part {
    fn add_assign(&mut self, other: Part) {
        self.recall = (self.recall.0 + other.recall.0, self.recall.1 + other.recall.1);
        self.precision = (self.precision.0 + other.precision.0, self.precision.1 + other.precision.1);
    }
}

/// The three measures, and the mentions alone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Score {
    pub(crate) mentions: Part,
    pub(crate) muc: Part,
    pub(crate) b3: Part,
    pub(crate) ceaf: Part,
}

type Chain = BTreeSet<Key>;

impl Score {
    /// Scores one document.
    pub(crate) fn of(gold: &[Chain], found: &[Chain]) -> Score {
        let (of_gold, of_found) = (index(gold), index(found));
        let right = of_gold.keys().filter(|k| of_found.contains_key(k)).count() as f64;
        let aligned = aligned(gold, found);
        Score {
            mentions: Part {
                recall: (right, of_gold.len() as f64),
                precision: (right, of_found.len() as f64),
            },
            muc: Part { recall: muc(gold, &of_found), precision: muc(found, &of_gold) },
            b3: Part { recall: b3(gold, &of_found, found), precision: b3(found, &of_gold, gold) },
            ceaf: Part { recall: (aligned, gold.len() as f64), precision: (aligned, found.len() as f64) },
        }
    }

    /// The mean of the three.
    pub(crate) fn conll(&self) -> f64 {
        (self.muc.f1() + self.b3.f1() + self.ceaf.f1()) / 3.0
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Score) {
        self.mentions += other.mentions;
        self.muc += other.muc;
        self.b3 += other.b3;
        self.ceaf += other.ceaf;
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (p, r) = (Part::share(self.mentions.precision), Part::share(self.mentions.recall));
        write!(f, "| {p:.1} | {r:.1} | {:.1} ", self.mentions.f1())?;
        write!(f, "| {:.1} | {:.1} | {:.1} ", self.muc.f1(), self.b3.f1(), self.ceaf.f1())?;
        write!(f, "| {:.1}", self.conll())
    }
}

fn index(chains: &[Chain]) -> BTreeMap<Key, usize> {
    chains.iter().enumerate().flat_map(|(c, chain)| chain.iter().map(move |&k| (k, c))).collect()
}

/// Links of the chains that the others keep.
fn muc(chains: &[Chain], others: &BTreeMap<Key, usize>) -> (f64, f64) {
    let (mut right, mut all) = (0, 0);
    for chain in chains {
        let parts: BTreeSet<usize> = chain.iter().filter_map(|k| others.get(k).copied()).collect();
        let lone = chain.iter().filter(|k| !others.contains_key(k)).count();
        right += chain.len() - (parts.len() + lone);
        all += chain.len() - 1;
    }
    (right as f64, all as f64)
}

/// For each mention, the share of its chain that stands in its chain over there.
fn b3(chains: &[Chain], others: &BTreeMap<Key, usize>, other_chains: &[Chain]) -> (f64, f64) {
    let (mut right, mut all) = (0.0, 0);
    for chain in chains {
        all += chain.len();
        for key in chain {
            let Some(&c) = others.get(key) else { continue };
            right += chain.intersection(&other_chains[c]).count() as f64 / chain.len() as f64;
        }
    }
    (right, all as f64)
}

/// The sum of likenesses (CEAF's φ4) under the best one-to-one alignment of chains.
fn aligned(gold: &[Chain], found: &[Chain]) -> f64 {
    let likeness = |g: &Chain, f: &Chain| {
        let shared = g.intersection(f).count();
        2.0 * shared as f64 / (g.len() + f.len()) as f64
    };
    let (rows, columns) = if gold.len() <= found.len() { (gold, found) } else { (found, gold) };
    let values: Vec<Vec<f64>> =
        rows.iter().map(|r| columns.iter().map(|c| likeness(r, c)).collect()).collect();
    best_assignment(&values)
}

/// The largest sum of one value from each row, all from different columns; at least as many columns as
/// rows. The Hungarian method with potentials (Kuhn 1955, Munkres 1957).
fn best_assignment(values: &[Vec<f64>]) -> f64 {
    let n = values.len();
    let m = values.first().map_or(0, Vec::len);
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; m + 1]);
    let (mut row_of, mut way) = (vec![0; m + 1], vec![0; m + 1]);
    for row in 1..=n {
        row_of[0] = row;
        let mut at = 0;
        let (mut least, mut used) = (vec![f64::INFINITY; m + 1], vec![false; m + 1]);
        while row_of[at] != 0 {
            used[at] = true;
            let (i, mut delta, mut next) = (row_of[at], f64::INFINITY, 0);
            for j in (1..=m).filter(|&j| !used[j]) {
                let cost = -values[i - 1][j - 1] - u[i] - v[j];
                if cost < least[j] {
                    (least[j], way[j]) = (cost, at);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=m {
                if used[j] {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            at = next;
        }
        while at != 0 {
            row_of[at] = row_of[way[at]];
            at = way[at];
        }
    }
    (1..=m).filter(|&j| row_of[j] > 0).map(|j| values[row_of[j] - 1][j - 1]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chains(of: &[&[usize]]) -> Vec<Chain> {
        of.iter().map(|c| c.iter().map(|&k| (0, k, k)).collect()).collect()
    }

    #[test]
    fn measures_agree_with_worked_examples() {
        // Bagga and Baldwin 1998: {1..5} {6,7} {8..12}, of which the last two are joined.
        let gold = chains(&[&[1, 2, 3, 4, 5], &[6, 7], &[8, 9, 10, 11, 12]]);
        let found = chains(&[&[1, 2, 3, 4, 5], &[6, 7, 8, 9, 10, 11, 12]]);
        let score = Score::of(&gold, &found);
        assert_eq!(score.muc.recall, (9.0, 9.0));
        assert_eq!(score.muc.precision, (9.0, 10.0));
        assert!(
            (score.b3.precision.0 / 12.0 - (5.0 + 2.0 * 2.0 / 7.0 + 5.0 * 5.0 / 7.0) / 12.0).abs() < 1e-9
        );
        assert_eq!(score.b3.recall, (12.0, 12.0));
        assert!((score.ceaf.recall.0 - (1.0 + 10.0 / 12.0)).abs() < 1e-9);
        assert_eq!(Score::of(&gold, &gold).conll(), 100.0);
    }

    #[test]
    fn no_assignment_is_better() {
        let values = vec![vec![3.0, 1.0, 2.0, 0.0], vec![3.0, 2.5, 0.0, 1.0], vec![0.5, 2.4, 1.9, 1.0]];
        let mut top: f64 = 0.0;
        for a in 0..4 {
            for b in (0..4).filter(|&b| b != a) {
                for c in (0..4).filter(|&c| c != a && c != b) {
                    top = top.max(values[0][a] + values[1][b] + values[2][c]);
                }
            }
        }
        assert!((best_assignment(&values) - top).abs() < 1e-12);
        assert_eq!(best_assignment(&[]), 0.0);
    }
}
