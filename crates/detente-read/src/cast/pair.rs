//! The two sides of a report: which two were named together, and the words that take them up.

use super::{Casting, Meaning};
use crate::tree::Tree;
use detente_types::{ActorKind, ActorRef, Certainty, Span, Via};

/// Named as the one and the other of a deed ("Ukraine accused Russia").
const OPPOSED: u8 = 0;
/// Named together ("Pakistan and Afghanistan").
const JOINED: u8 = 1;
/// "between Pakistan and Afghanistan".
const BETWEEN: u8 = 2;

impl Casting<'_, '_> {
    /// The two sides, in these words.
    pub(super) fn pair(&self, span: Span, via: Via) -> Meaning {
        let refs = self.scene.pair.iter().map(|r| ActorRef {
            actor: r.actor.clone(),
            span: Some(span),
            via,
            certainty: Certainty::Likely,
        });
        Meaning { refs: refs.collect(), place: false, owned: false }
    }

    /// Were the two sides named together?
    pub(super) fn joined_pair(&self) -> bool {
        self.scene.firmness >= JOINED
    }

    /// "Pakistan and Afghanistan", "between the army and the rebels": what "both sides" will mean; before any two
    /// are named together, those of which one did something to the other.
    pub(super) fn remember_pairs(&mut self, s: usize, tree: &Tree<'_>) {
        for i in 0..tree.len() {
            if tree.base(i) == "conj" || tree.kid(i, &["conj"]).is_none() {
                continue;
            }
            let pair = self.sides(s, &tree.conjuncts(i));
            if pair.len() == 2 {
                let between = tree.case(i).as_deref() == Some("between");
                self.take_pair(pair, if between { BETWEEN } else { JOINED });
            }
        }
        for verb in (0..tree.len()).filter(|&v| tree.upos(v) == "VERB") {
            if let (Some(subject), Some(object)) = (tree.kid(verb, &["nsubj"]), tree.kid(verb, &["obj"]))
                && self.scene.pair.is_empty()
            {
                let pair = self.sides(s, &[subject, object]);
                let country =
                    |at: usize| self.out.actors.get(&pair[at].actor).and_then(|a| a.country.clone());
                let side = |at: usize| self.out.side(&pair[at].actor);
                let apart = pair.len() == 2 && side(0) != side(1) && country(0) != country(1);
                if apart {
                    self.take_pair(pair, OPPOSED);
                }
            }
        }
    }

    /// Those of the phrases that can be a side, each once.
    fn sides(&self, s: usize, heads: &[usize]) -> Vec<ActorRef> {
        let mut pair: Vec<ActorRef> = Vec::new();
        for &head in heads {
            let m = self.out.meaning(s, head);
            let side = |r: &&ActorRef| {
                let kind = self.out.actors.get(&r.actor).map(|a| a.kind);
                let able = matches!(
                    kind,
                    Some(
                        ActorKind::State
                            | ActorKind::DefactoGovernment
                            | ActorKind::ArmedGroup
                            | ActorKind::Forces
                            | ActorKind::Organisation
                    )
                );
                !m.place && able
            };
            for r in m.refs.iter().filter(side) {
                if !pair.iter().any(|p| p.actor == r.actor) {
                    pair.push(ActorRef { span: None, ..r.clone() });
                }
            }
        }
        pair
    }

    /// The two sides that a report is about stay the two sides: others named together in passing ("the envoys of
    /// China and Japan looked on") take their place only if the words join them more firmly ("between").
    pub(super) fn take_pair(&mut self, pair: Vec<ActorRef>, firmness: u8) {
        let shared = pair
            .iter()
            .any(|p| self.scene.pair.iter().any(|o| self.out.side(&o.actor) == self.out.side(&p.actor)));
        if self.scene.pair.is_empty() || shared || firmness > self.scene.firmness {
            self.scene.firmness = firmness.max(if shared { self.scene.firmness } else { 0 });
            self.scene.pair = pair;
        }
    }
}

/// Nouns that two sides are called by.
pub(super) fn pairs_off(lemma: &str) -> bool {
    matches!(
        lemma,
        "side"
            | "country"
            | "nation"
            | "neighbour"
            | "neighbor"
            | "party"
            | "state"
            | "capital"
            | "government"
            | "foe"
            | "rival"
            | "enemy"
            | "belligerent"
            | "adversary"
            | "army"
    )
}

/// "both sides", "the two countries", "the neighbours", "the two".
pub(super) fn is_pair(tree: &Tree<'_>, i: usize, lemma: &str) -> bool {
    let noun = pairs_off(lemma);
    let plural = tree.xpos(i) == "NNS" || tree.xpos(i) == "NNPS";
    let two = tree
        .kids(i)
        .iter()
        .any(|&k| matches!(tree.lower(k), "both" | "two" | "warring" | "rival" | "opposing"));
    let the = tree.kids_by(i, &["det"]).any(|d| tree.lower(d) == "the");
    let owned = tree.kids(i).iter().any(|&k| {
        matches!(tree.base(k), "nmod" | "acl")
            || tree.base(k) == "amod"
                && !matches!(
                    tree.lower(k),
                    "two" | "warring" | "rival" | "opposing" | "neighbouring" | "neighboring"
                )
    });
    noun && plural
        && (two || the && matches!(lemma, "side" | "neighbour" | "neighbor" | "party" | "country" | "nation"))
        && (!owned || two)
}
