//! What a word of a frame's condition goes back to: pronouns for what was told before, measures for what they measure.
//!
//! "A truce was agreed. It held": the pronoun is the truce. "weeks of bargaining": the weeks are the bargaining.

use super::frame::Check;
use crate::tree::Tree;
use detente_knowledge::lexicon::Set;

impl Check<'_, '_> {
    /// "A truce was agreed. It held for a week. In June it collapsed.": a pronoun for what was told before.
    pub(super) fn pronoun_for(&self, set: &Set, h: usize) -> bool {
        if set.is_empty() || !matches!(self.tree.lower(h), "it" | "they" | "this") {
            return false;
        }
        let named = !self.report.cast.meaning(self.s, h).refs.is_empty();
        if named && (self.tree.lower(h) != "it" || !set.has("truce")) {
            return false;
        }
        let lines = &self.report.text.sentences;
        let told = |tree: &Tree<'_>| {
            (0..tree.len()).any(|n| {
                matches!(tree.base(n), "nsubj" | "obj" | "root") && tree.is_noun(n) && set.has(&tree.lemma(n))
            })
        };
        let again = |tree: &Tree<'_>| {
            (0..tree.len())
                .any(|n| tree.base(n) == "nsubj" && matches!(tree.lower(n), "it" | "they" | "this"))
        };
        for tree in lines[..self.s].iter().rev().take(4).map_while(|line| line.tree.as_ref()) {
            if told(tree) {
                return true;
            }
            if !again(tree) {
                return false;
            }
        }
        false
    }

    /// "Israel accepted the plan and Hamas rejected it": what is rejected is no charge.
    pub(super) fn answers_proposal(&self) -> bool {
        let pronoun = |&o: &usize| matches!(self.tree.lower(o), "it" | "this" | "that" | "them");
        let proposals = |tree: &Tree<'_>, end: usize| {
            (0..end).any(|n| {
                tree.base(n) == "obj"
                    && matches!(
                        tree.lemma(n).as_str(),
                        "offer"
                            | "proposal"
                            | "plan"
                            | "initiative"
                            | "draft"
                            | "invitation"
                            | "mediation"
                            | "truce"
                            | "ceasefire"
                            | "roadmap"
                    )
            })
        };
        let before = || self.s.checked_sub(1).and_then(|s| self.report.text.sentences[s].tree.as_ref());
        self.args.obj.iter().any(pronoun)
            && (proposals(self.tree, self.i) || before().is_some_and(|tree| proposals(tree, tree.len())))
    }
}

/// The heads, and what they are a measure of: "weeks of bargaining", "a series of raids".
pub(super) fn with_measured(tree: &Tree<'_>, heads: &[usize]) -> Vec<usize> {
    let mut out = heads.to_vec();
    for &h in heads {
        let measure = matches!(
            tree.lemma(h).as_str(),
            "hour"
                | "day"
                | "night"
                | "week"
                | "month"
                | "year"
                | "round"
                | "series"
                | "wave"
                | "spate"
                | "string"
                | "number"
                | "dozen"
                | "hundred"
                | "thousand"
                | "half"
                | "set"
                | "pair"
                | "lot"
                | "bout"
                | "ton"
                | "tonne"
                | "kilogram"
                | "kg"
                | "worth"
                | "piece"
                | "load"
                | "truckload"
                | "amount"
                | "shipment"
                | "batch"
                | "battery"
                | "consignment"
                | "convoy"
                | "quantity"
                | "opening"
                | "start"
                | "beginning"
                | "million"
                | "billion"
                | "part"
                | "portion"
        );
        if measure {
            out.extend(
                tree.kids_by(h, &["nmod"])
                    .filter(|&k| tree.case(k).as_deref() == Some("of"))
                    .flat_map(|k| tree.conjuncts(k)),
            );
        }
    }
    out
}
