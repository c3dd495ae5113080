//! Sketches of the reports in, groups of copies out.
//!
//! Ten outlets that carry one wire story are one teller. They cut it, change its headline and add a
//! line of their own, so equal texts are not enough.
//!
//! # How
//! A sketch holds the smallest hashes of the runs of words of a text (bottom-k; Broder 1997). Below
//! the smaller of the two largest hashes both sketches are complete, so the shared part there
//! estimates likeness and containment of the texts.
//! 1. Reports are paired by the lowest [`LOWEST`] hashes of each: a posting list pairs a report with the
//!    first and the one before it in the list, never all with all.
//! 2. A pair is a copy where likeness is at least [`ALIKE`], or one contains [`INSIDE`] of the
//!    other (a cut copy), over at least [`LEAST`] shared hashes. Two reports of one speech share its
//!    quotations, a tenth of their runs; a reworded wire story keeps more than half.
//! 3. Copies of copies are one group.
//! # Does not
//! Find translations, or copies reworded throughout.

/// Hashes of a sketch by which reports are paired. At a likeness of 0.35 the chance to miss a copy is
/// 0.65 to the 16th, one in a thousand.
const LOWEST: usize = 16;
/// Likeness (Jaccard) from which a text is a copy.
const ALIKE: f64 = 0.35;
/// Part of the shorter text that the longer one holds, from which it is a cut copy.
const INSIDE: f64 = 0.6;
/// Shared hashes below which nothing is said.
const LEAST: usize = 6;

/// For each sketch the first one, by place, of its group.
pub(crate) fn copies(sketches: &[&[u64]]) -> Vec<usize> {
    // Each hash with the places of the texts that have it, in order, and whether it is one of the lowest there.
    // Most hashes are among the lowest of no text; they pair nobody and are left out before anything is sorted.
    let lowest = Lowest::of(sketches);
    let mut posting: Vec<(u64, usize, bool)> = Vec::new();
    for (at, sketch) in sketches.iter().enumerate() {
        let hashes = sketch.iter().enumerate().filter(|(_, hash)| lowest.may_have(**hash));
        posting.extend(hashes.map(|(n, hash)| (*hash, at, n < LOWEST)));
    }
    posting.sort_unstable();
    posting.dedup_by_key(|(hash, at, _)| (*hash, *at));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for same in posting.chunk_by(|a, b| a.0 == b.0) {
        for (n, (_, at, _)) in same.iter().enumerate().filter(|(_, (_, _, lowest))| *lowest) {
            let others = [Some(0), n.checked_sub(1), Some(n + 1)].into_iter().flatten();
            let others = others.filter_map(|n| same.get(n)).map(|(_, other, _)| *other);
            pairs.extend(others.filter(|other| other != at).map(|other| (*at.min(&other), *at.max(&other))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut groups = Groups { first: (0..sketches.len()).collect() };
    for (a, b) in pairs {
        if groups.root(a) != groups.root(b) && is_copy(sketches[a], sketches[b]) {
            groups.join(a, b);
        }
    }
    (0..sketches.len()).map(|at| groups.root(at)).collect()
}

/// The lowest hashes of all texts, by their last bits: what is in it may be one of them, what is not is none.
struct Lowest(Vec<u64>);

impl Lowest {
    /// A megabyte: of ten thousand texts one hash in fifty is taken for one of the lowest and is none.
    const BITS: u64 = 1 << 23;

    fn of(sketches: &[&[u64]]) -> Lowest {
        let mut out = Lowest(vec![0; (Lowest::BITS / 64) as usize]);
        for hash in sketches.iter().flat_map(|s| s.iter().take(LOWEST)) {
            let bit = hash % Lowest::BITS;
            out.0[(bit / 64) as usize] |= 1 << (bit % 64);
        }
        out
    }

    fn may_have(&self, hash: u64) -> bool {
        let bit = hash % Lowest::BITS;
        self.0[(bit / 64) as usize] & (1 << (bit % 64)) != 0
    }
}

fn is_copy(a: &[u64], b: &[u64]) -> bool {
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else { return false };
    let end = *last_a.min(last_b);
    let below = |s: &[u64]| s.partition_point(|h| *h <= end);
    let (n, m) = (below(a), below(b));
    let shared = crate::words::shared(&a[..n], &b[..m]);
    let alike = shared as f64 / (n + m - shared).max(1) as f64;
    let inside = shared as f64 / n.min(m).max(1) as f64;
    let least = LEAST.min(a.len()).min(b.len());
    shared >= least && (alike >= ALIKE || inside >= INSIDE)
}

/// Sets that are joined and never split; each is named by its first member.
pub(crate) struct Groups {
    first: Vec<usize>,
}

impl Groups {
    /// Each by itself.
    pub(crate) fn new(n: usize) -> Groups {
        Groups { first: (0..n).collect() }
    }

    /// The first member of the set.
    pub(crate) fn root(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.first[root] != root {
            root = self.first[root];
        }
        let mut walk = at;
        while self.first[walk] != root {
            walk = std::mem::replace(&mut self.first[walk], root);
        }
        root
    }

    /// Makes one set of two.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.first[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(from: u64, n: u64) -> Vec<u64> {
        (from..from + n).collect()
    }

    #[test]
    fn a_cut_copy_and_a_reworded_one_are_copies() {
        let (whole, cut, reworded, other) =
            (sketch(0, 100), sketch(0, 30), sketch(40, 100), sketch(500, 100));
        let found = copies(&[&whole, &cut, &reworded, &other]);
        assert_eq!(found, [0, 0, 0, 3]);
    }

    #[test]
    fn shared_quotations_do_not_make_a_copy() {
        let a: Vec<u64> = (0..100).map(|n| n * 10).collect();
        let b: Vec<u64> = (0..100).map(|n| if n % 10 == 0 { n * 10 } else { n * 10 + 1 }).collect();
        assert_eq!(copies(&[&a, &b]), [0, 1]);
    }

    #[test]
    fn empty_sketches_are_nobodys_copies() {
        assert_eq!(copies(&[&[], &[]]), [0, 1]);
    }
}
