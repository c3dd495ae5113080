//! Takes a score for every possible arc, gives the best tree.
//!
//! The network scores each word's head by itself; the best heads may form a circle or leave two
//! roots. A tree is what everything after this relies on: one root, every word reached from it.
//!
//! # How
//! 1. `greedy`: each word's best head; done if that is a tree with one root (nineteen in twenty are).
//! 2. Otherwise the highest-scoring tree by Chu-Liu and Edmonds, circles merged one at a time; arcs
//!    from the root cost more than all else together, so that exactly one is used.
//! # From
//! Chu and Liu 1965; Edmonds 1967; the dense form of Tarjan 1977 with O(n²) steps; one root as in
//! Gabow and Tarjan 1984.

/// Scores of one sentence: `of(dependent, head)`, where head 0 is the root and head i+1 is word i.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scores<'a> {
    values: &'a [f32],
    n: usize,
}

impl<'a> Scores<'a> {
    /// `values` holds n rows (dependents) of n + 1 heads.
    pub(crate) fn new(values: &'a [f32], n: usize) -> Scores<'a> {
        assert_eq!(values.len(), n * (n + 1), "one score for each dependent and head");
        Scores { values, n }
    }

    fn row(&self, dependent: usize) -> &'a [f32] {
        &self.values[dependent * (self.n + 1)..][..self.n + 1]
    }
}

/// The head of each word: `None` for the one root.
pub(crate) fn best(scores: Scores<'_>) -> Vec<Option<usize>> {
    let heads = greedy(scores);
    let heads = if is_tree(&heads) { heads } else { edmonds(scores) };
    heads.into_iter().map(|h| h.checked_sub(1)).collect()
}

/// The best head of each word, never itself; the first of equals.
fn greedy(scores: Scores<'_>) -> Vec<usize> {
    let pick = |d: usize| {
        let row = scores.row(d);
        let others = (0..row.len()).filter(|&h| h != d + 1);
        others.fold(0, |best, h| if row[h] > row[best] { h } else { best })
    };
    (0..scores.n).map(pick).collect()
}

/// One root, and every word reached from it.
fn is_tree(heads: &[usize]) -> bool {
    heads.iter().filter(|&&h| h == 0).count() == 1 && !has_circle(heads)
}

fn has_circle(heads: &[usize]) -> bool {
    // 0 = new, otherwise the number of the walk that came by.
    let mut seen = vec![0; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        loop {
            if seen[at] == start + 1 {
                return true;
            }
            if seen[at] != 0 {
                break;
            }
            seen[at] = start + 1;
            match heads[at].checked_sub(1) {
                Some(head) => at = head,
                None => break,
            }
        }
    }
    false
}

/// The state of the search: nodes 0..=n, of which some have been merged into others.
struct Search {
    /// `score[d * width + h]`: the best arc from any word merged into h to any word merged into d.
    score: Vec<f64>,
    /// The words (dependent, head) that this best arc stands for.
    arc: Vec<(u32, u32)>,
    width: usize,
    alive: Vec<bool>,
    /// The best head of each node that is left.
    heads: Vec<usize>,
}

/// A circle that was merged into its first node, with the arc that each node had in it.
struct Circle {
    nodes: Vec<usize>,
    arcs: Vec<(u32, u32)>,
}

fn edmonds(scores: Scores<'_>) -> Vec<usize> {
    let mut search = Search::new(scores);
    let mut circles = Vec::new();
    while let Some(nodes) = circle_in(&search.heads, &search.alive) {
        circles.push(search.merge(nodes));
    }
    search.expand(&circles, scores.n)
}

impl Search {
    fn new(scores: Scores<'_>) -> Search {
        let width = scores.n + 1;
        let (mut low, mut high) = (f64::MAX, f64::MIN);
        for &v in scores.values {
            (low, high) = (low.min(f64::from(v)), high.max(f64::from(v)));
        }
        let fine = (high - low + 1.0) * width as f64;
        let mut score = vec![f64::NEG_INFINITY; width * width];
        let mut arc = vec![(0, 0); width * width];
        for d in 1..width {
            for h in (0..width).filter(|&h| h != d) {
                let value = f64::from(scores.row(d - 1)[h]);
                score[d * width + h] = if h == 0 { value - fine } else { value };
                arc[d * width + h] = (d as u32, h as u32);
            }
        }
        let mut search = Search { score, arc, width, alive: vec![true; width], heads: vec![0; width] };
        for d in 1..width {
            search.heads[d] = search.best_head(d);
        }
        search
    }

    fn best_head(&self, d: usize) -> usize {
        let row = &self.score[d * self.width..][..self.width];
        let others = (0..self.width).filter(|&h| self.alive[h] && h != d);
        others.fold(0, |best, h| if row[h] > row[best] { h } else { best })
    }

    /// The best arc into a node that is left.
    fn best_arc(&self, d: usize) -> (u32, u32) {
        self.arc[d * self.width + self.heads[d]]
    }

    /// Merges a circle into its first node.
    fn merge(&mut self, nodes: Vec<usize>) -> Circle {
        let width = self.width;
        let inside: Vec<f64> = nodes.iter().map(|&d| self.score[d * width + self.heads[d]]).collect();
        let arcs = nodes.iter().map(|&d| self.best_arc(d)).collect();
        let first = nodes[0];
        for other in (0..width).filter(|&o| self.alive[o] && !nodes.contains(&o)) {
            // Into the circle: the arc replaces the one that its end has inside.
            let (mut into, mut out) = ((f64::NEG_INFINITY, (0, 0)), (f64::NEG_INFINITY, (0, 0)));
            for (&node, &loss) in nodes.iter().zip(&inside) {
                let gain = self.score[node * width + other] - loss;
                if gain > into.0 {
                    into = (gain, self.arc[node * width + other]);
                }
                let away = self.score[other * width + node];
                if away > out.0 {
                    out = (away, self.arc[other * width + node]);
                }
            }
            (self.score[first * width + other], self.arc[first * width + other]) = into;
            (self.score[other * width + first], self.arc[other * width + first]) = out;
        }
        for &node in &nodes[1..] {
            self.alive[node] = false;
        }
        // A node whose best head was in the circle keeps it; only the circle itself must look again.
        for d in (1..width).filter(|&d| self.alive[d]) {
            if nodes.contains(&self.heads[d]) {
                self.heads[d] = first;
            }
        }
        self.heads[first] = self.best_head(first);
        Circle { nodes, arcs }
    }

    /// Opens the merged circles again, the last one first.
    fn expand(&self, circles: &[Circle], n: usize) -> Vec<usize> {
        let (mut of, mut done) = (vec![0; n], vec![false; n + 1]);
        for d in (1..self.width).filter(|&d| self.alive[d]) {
            let (dependent, head) = self.best_arc(d);
            of[dependent as usize - 1] = head as usize;
            done[dependent as usize] = true;
        }
        // The arc into a circle stands; the circle gives arcs to all its other nodes.
        let mut members: Vec<Vec<u32>> = (0..self.width as u32).map(|i| vec![i]).collect();
        let groups: Vec<Vec<Vec<u32>>> = circles.iter().map(|c| absorb(&mut members, &c.nodes)).collect();
        for (circle, groups) in circles.iter().zip(&groups).rev() {
            for (group, &(dependent, head)) in groups.iter().zip(&circle.arcs) {
                if !group.iter().any(|&word| done[word as usize]) {
                    of[dependent as usize - 1] = head as usize;
                    done[dependent as usize] = true;
                }
            }
        }
        of
    }
}

/// The words in each node of a circle, which then all belong to its first node.
fn absorb(members: &mut [Vec<u32>], nodes: &[usize]) -> Vec<Vec<u32>> {
    let groups: Vec<Vec<u32>> = nodes.iter().map(|&n| std::mem::take(&mut members[n])).collect();
    members[nodes[0]] = groups.concat();
    groups
}

/// A circle among the best heads of the nodes that are left, if there is one.
fn circle_in(heads: &[usize], alive: &[bool]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in (1..heads.len()).filter(|&i| alive[i]) {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut nodes = vec![at];
            let mut next = heads[at];
            while next != at {
                nodes.push(next);
                next = heads[next];
            }
            return Some(nodes);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every assignment of heads, tried one by one.
    fn exhaustive(scores: Scores<'_>) -> f32 {
        let (n, mut top) = (scores.n, f32::MIN);
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<usize> = (0..n).map(|d| code / (n + 1).pow(d as u32) % (n + 1)).collect();
            if heads.iter().enumerate().all(|(d, &h)| h != d + 1) && is_tree(&heads) {
                top = top.max(total(scores, &heads));
            }
        }
        top
    }

    fn total(scores: Scores<'_>, heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(d, &h)| scores.row(d)[h]).sum()
    }

    proptest! {
        #[test]
        fn no_tree_is_better(n in 1usize..6, seed in proptest::collection::vec(-9i32..9, 30)) {
            let values: Vec<f32> = seed.iter().take(n * (n + 1)).map(|&v| v as f32).collect();
            let scores = Scores::new(&values, n);
            let heads = edmonds(scores);
            prop_assert!(is_tree(&heads), "{heads:?}");
            prop_assert_eq!(total(scores, &heads), exhaustive(scores));
            let best: Vec<usize> = best(scores).iter().map(|h| h.map_or(0, |h| h + 1)).collect();
            prop_assert!(is_tree(&best));
            prop_assert_eq!(total(scores, &best), exhaustive(scores));
        }

        #[test]
        fn long_sentences_give_trees(seed in any::<u64>(), n in 100usize..300) {
            let mut x = seed | 1;
            let values: Vec<f32> = (0..n * (n + 1)).map(|_| {
                x ^= x << 13; x ^= x >> 7; x ^= x << 17;
                (x >> 40) as f32 / 1e6
            }).collect();
            let heads = edmonds(Scores::new(&values, n));
            prop_assert!(is_tree(&heads));
        }
    }

    #[test]
    fn one_word_is_its_own_root() {
        assert_eq!(best(Scores::new(&[0.0, 0.0], 1)), [None]);
        assert_eq!(best(Scores::new(&[], 0)), [] as [Option<usize>; 0]);
    }
}
