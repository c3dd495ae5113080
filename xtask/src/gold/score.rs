//! Units that were scored, to figures with intervals.
//!
//! # How
//! A unit is what was drawn when the gold was made: a sentence, a document. A figure is a function of a list
//! of units; its interval is that of the same function over 1,000 lists drawn from the units with replacement
//! (percentile bootstrap, 95 %), from a fixed seed, so that the same readings print the same interval.
//!
//! # From
//! Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.

use std::collections::BTreeMap;

/// Lists drawn for an interval.
const DRAWS: usize = 1000;

/// A figure in percent, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Value {
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1} [{:.1}, {:.1}]", self.value, self.low, self.high)
    }
}

/// What was asked, found, and both.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    /// In the gold.
    pub(crate) gold: f64,
    /// Found by us.
    pub(crate) found: f64,
    /// Of the gold, what we found.
    pub(crate) covered: f64,
    /// Of what we found, what is in the gold.
    pub(crate) right: f64,
}

impl Counts {
    /// Exact matches: the same number covers the gold and is right.
    pub(crate) fn exact(gold: usize, found: usize, right: usize) -> Counts {
        let right = right as f64;
        Counts { gold: gold as f64, found: found as f64, covered: right, right }
    }

    /// The matches of two sorted or unsorted sets without repeats.
    pub(crate) fn of_sets<T: Ord>(
        gold: &std::collections::BTreeSet<T>,
        found: &std::collections::BTreeSet<T>,
    ) -> Counts {
        Counts::exact(gold.len(), found.len(), gold.intersection(found).count())
    }

    pub(crate) fn add(&mut self, other: Counts) {
        self.gold += other.gold;
        self.found += other.found;
        self.covered += other.covered;
        self.right += other.right;
    }

    pub(crate) fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    pub(crate) fn recall(&self) -> f64 {
        share(self.covered, self.gold)
    }

    pub(crate) fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { 100.0 * part / whole }
}

/// A figure over units, with its interval.
pub(crate) fn bootstrap<U>(units: &[U], figure: impl Fn(&[&U]) -> f64) -> Value {
    let all: Vec<&U> = units.iter().collect();
    let value = figure(&all);
    if units.is_empty() {
        return Value { value, low: value, high: value };
    }
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut drawn: Vec<f64> = (0..DRAWS)
        .map(|_| figure(&(0..units.len()).map(|_| &units[random.below(units.len())]).collect::<Vec<_>>()))
        .collect();
    drawn.sort_by(f64::total_cmp);
    let at = |q: f64| drawn[((DRAWS as f64 * q) as usize).min(DRAWS - 1)];
    Value { value, low: at(0.025), high: at(0.975) }
}

/// Precision, recall and F1 summed over units.
pub(crate) struct Prf {
    pub(crate) precision: Value,
    pub(crate) recall: Value,
    pub(crate) f1: Value,
}

/// Micro precision, recall, F1 of what `counts` says of each unit.
pub(crate) fn prf<U>(units: &[U], counts: impl Fn(&U) -> Counts) -> Prf {
    let counted: Vec<Counts> = units.iter().map(counts).collect();
    let sum = |list: &[&Counts]| {
        let mut out = Counts::default();
        list.iter().for_each(|c| out.add(**c));
        out
    };
    Prf {
        precision: bootstrap(&counted, |l| sum(l).precision()),
        recall: bootstrap(&counted, |l| sum(l).recall()),
        f1: bootstrap(&counted, |l| sum(l).f1()),
    }
}

/// Share of units that are right; those where nothing was asked (`None`) do not count.
pub(crate) fn accuracy<U>(units: &[U], right: impl Fn(&U) -> Option<bool>) -> Value {
    let asked: Vec<bool> = units.iter().filter_map(right).collect();
    bootstrap(&asked, |l| share(l.iter().filter(|r| ***r).count() as f64, l.len() as f64))
}

/// A class that was asked and the class that was given; `None` where nothing was.
pub(crate) type Pair = (&'static str, Option<&'static str>);

/// Macro-F1 over the classes of the gold; a missing answer is wrong for its class and found for none.
pub(crate) fn macro_f1<'a>(pairs: impl IntoIterator<Item = &'a Pair>) -> f64 {
    let mut classes: BTreeMap<&str, Counts> = BTreeMap::new();
    for (gold, found) in pairs {
        let asked = classes.entry(gold).or_default();
        asked.gold += 1.0;
        if *found == Some(*gold) {
            asked.covered += 1.0;
            asked.right += 1.0;
        }
        if let Some(found) = found {
            classes.entry(found).or_default().found += 1.0;
        }
    }
    let scored: Vec<f64> = classes.values().filter(|c| c.gold > 0.0).map(Counts::f1).collect();
    scored.iter().sum::<f64>() / (scored.len().max(1)) as f64
}

/// Splitmix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        // The upper half of the product: even enough for lists of a few thousand.
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_lies_in_its_interval_and_repeats() {
        let units: Vec<bool> = (0..200).map(|i| i % 4 != 0).collect();
        let once = accuracy(&units, |u| Some(*u));
        assert!(once.low < once.value && once.value < once.high, "{once}");
        assert!((once.value - 75.0).abs() < 1e-9);
        assert_eq!(once, accuracy(&units, |u| Some(*u)));
    }

    #[test]
    fn macro_f1_weighs_classes_alike_and_counts_silence_as_wrong() {
        let pairs = [("A", Some("A")), ("A", Some("A")), ("A", Some("A")), ("B", None)];
        assert!((macro_f1(&pairs) - 50.0).abs() < 1e-9);
        let swapped = [("A", Some("B")), ("B", Some("A"))];
        assert!(macro_f1(&swapped).abs() < 1e-9);
    }

    #[test]
    fn f1_is_the_harmonic_mean() {
        let counts = Counts::exact(4, 2, 2);
        assert!((counts.f1() - 200.0 / 3.0).abs() < 1e-9);
        assert!(Counts::default().f1().abs() < 1e-9);
    }
}
