//! The trained scorer of what one does to another: a linear sum for each type.
//!
//! The first line names the types. Then a line is `feature<TAB>weight<TAB>weight…`, one for each type, in
//! thousandths. Made by `train/relation.py`, which says from what.

use detente_types::EventType;
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

    /// The best type, and by how much its sum is above that of the next best; `None` without weights.
    pub fn best(&self, features: &[String]) -> Option<(EventType, f32)> {
        let mut sums = vec![0.0_f32; self.types.len()];
        for row in features.iter().filter_map(|f| self.rows.get(f)) {
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
        let mut order: Vec<usize> = (0..sums.len()).collect();
        order.sort_by(|&a, &b| sums[b].total_cmp(&sums[a]));
        let (first, second) = (*order.first()?, *order.get(1)?);
        Some((self.types[first], sums[first] - sums[second]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\tAID\tASSAULT\nw=food\t2000\t-1000\nw=shell\t-500\t1500\n";

    fn best(file: &str, features: &[&str]) -> Option<(EventType, f32)> {
        let features: Vec<String> = features.iter().map(ToString::to_string).collect();
        RelationWeights::parse(file).best(&features)
    }

    #[test]
    fn the_best_type_is_that_of_the_largest_sum() {
        assert_eq!(best(FILE, &["w=food", "w=unknown"]), Some((EventType::Aid, 3.0)));
        assert_eq!(best(FILE, &["w=food", "w=shell", "w=shell"]), Some((EventType::Assault, 1.0)));
    }

    #[test]
    fn without_weights_there_is_no_answer() {
        assert_eq!(best("", &["w=food"]), None);
    }

    #[test]
    fn a_line_with_too_few_weights_is_left_out() {
        assert_eq!(best("\tAID\tASSAULT\nw=food\t2000\n", &["w=food"]), Some((EventType::Aid, 0.0)));
    }
}
