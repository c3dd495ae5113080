//! The trained scorer of what one does to another: a linear sum for each type.
//!
//! The first line names the types. Then a line is `feature<TAB>weight<TAB>weight…`, one for each type, in
//! thousandths. Made by `train/relation.py`, which says from what.

use detente_types::{EventType, Quad};
use std::collections::BTreeMap;

/// Weights of features for each type of event.
#[derive(Clone, Debug, Default)]
pub struct RelationWeights {
    types: Vec<EventType>,
    rows: BTreeMap<String, Vec<f32>>,
}

impl RelationWeights {
    /// Weights as `train/relation.py` writes them. Lines that are none are left out.
    pub fn parse(file: &str) -> RelationWeights {
        let mut out = RelationWeights::default();
        let mut lines = file.lines();
        let first = lines.next().unwrap_or_default();
        out.types = first.split('\t').skip(1).filter_map(|code| code.parse().ok()).collect();
        for line in lines {
            let mut fields = line.split('\t');
            let Some(feature) = fields.next() else { continue };
            let row: Vec<f32> =
                fields.filter_map(|w| w.parse::<i32>().ok()).map(|w| w as f32 / 1000.0).collect();
            if row.len() != out.types.len() {
                continue;
            }
            out.rows.insert(feature.to_string(), row);
        }
        out
    }

    /// The most likely type of the likelier half, and how likely it is (0 to 1); `None` without weights.
    ///
    /// Whether two are with or against each other is decided first, by the sum over the types of each half: an act of
    /// cooperation is no answer where most of what is likely is conflict, even if it is the likeliest single type.
    pub fn best(&self, features: &[String]) -> Option<(EventType, f32)> {
        let mut sums = vec![0.0_f32; self.types.len()];
        for row in features.iter().filter_map(|f| self.rows.get(f)) {
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
        let largest = sums.iter().copied().fold(f32::MIN, f32::max);
        let powers: Vec<f32> = sums.iter().map(|sum| (sum - largest).exp()).collect();
        let whole: f32 = powers.iter().sum();
        let with = |at: &usize| cooperates(self.types[*at]);
        let (friendly, other): (Vec<usize>, Vec<usize>) = (0..powers.len()).partition(with);
        let share = |half: &[usize]| half.iter().map(|at| powers[*at]).sum::<f32>();
        let half = if share(&friendly) > share(&other) { friendly } else { other };
        let best = half.into_iter().max_by(|&a, &b| powers[a].total_cmp(&powers[b]).then(b.cmp(&a)))?;
        Some((self.types[best], powers[best] / whole))
    }
}

fn cooperates(kind: EventType) -> bool {
    matches!(kind.quad(), Some(Quad::VerbalCooperation | Quad::MaterialCooperation))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\tAID\tASSAULT\nw=food\t2000\t-1000\nw=shell\t-500\t1500\n";

    fn best(file: &str, features: &[&str]) -> Option<EventType> {
        let features: Vec<String> = features.iter().map(ToString::to_string).collect();
        RelationWeights::parse(file).best(&features).map(|(kind, _)| kind)
    }

    #[test]
    fn the_best_type_is_that_of_the_largest_sum() {
        assert_eq!(best(FILE, &["w=food", "w=unknown"]), Some(EventType::Aid));
        assert_eq!(best(FILE, &["w=food", "w=shell", "w=shell"]), Some(EventType::Assault));
    }

    #[test]
    fn the_likelier_half_is_decided_first() {
        // Aid is the likeliest of the three; the other two together are likelier.
        let file = "\tAID\tASSAULT\tCOERCE\nw=convoy\t1000\t700\t700\n";
        assert_eq!(best(file, &["w=convoy"]), Some(EventType::Assault));
    }

    #[test]
    fn the_share_is_what_the_sums_make_of_it() {
        let (_, share) = RelationWeights::parse(FILE).best(&["w=food".to_string()]).unwrap();
        assert!((share - 1.0 / (1.0 + (-3.0_f32).exp())).abs() < 1e-6);
    }

    #[test]
    fn without_weights_there_is_no_answer() {
        assert_eq!(best("", &["w=food"]), None);
    }

    #[test]
    fn a_line_with_too_few_weights_is_left_out() {
        assert_eq!(
            best("\tAID\tASSAULT\nw=food\t2000\nw=shell\t0\t1\n", &["w=food", "w=shell"]),
            Some(EventType::Assault)
        );
    }
}
