//! Sentences that lay an act at somebody's door without telling it: "The group claimed responsibility",
//! "The attack was attributed to the rebels".

use super::sides::{is_authority, is_group};
use crate::Report;
use crate::args::args;
use crate::tree::Tree;
use detente_types::attack::Blame;
use detente_types::{ActorRef, SentenceKind};

/// Who is said to be behind something, in a sentence.
pub(super) struct Charge {
    pub(super) sentence: usize,
    pub(super) groups: Vec<ActorRef>,
    pub(super) blame: Blame,
}

/// Every such sentence, in order.
pub(super) fn charges(report: &Report<'_>) -> Vec<Charge> {
    let mut out = Vec::new();
    for (s, line) in report.text.sentences.iter().enumerate() {
        let Some(tree) = line.tree.as_ref().filter(|_| line.kind == SentenceKind::Body) else { continue };
        for i in (0..tree.len()).filter(|&i| tree.is_verb(i) && !tree.negated(i)) {
            let Some((heads, blame)) = charge(report, s, tree, i) else { continue };
            let groups: Vec<ActorRef> = heads
                .iter()
                .flat_map(|&h| tree.core(h))
                .flat_map(|n| report.cast.meaning(s, n).refs.iter().cloned())
                .filter(|r| is_group(report, r))
                .collect();
            if !groups.is_empty() {
                out.push(Charge { sentence: s, groups, blame });
            }
        }
    }
    out
}

/// The heads of those blamed, and how.
fn charge(report: &Report<'_>, s: usize, tree: &Tree<'_>, i: usize) -> Option<(Vec<usize>, Blame)> {
    let a = args(tree, i);
    let owned = a
        .obj
        .iter()
        .chain(a.preps.iter().map(|(_, h)| h))
        .any(|&o| matches!(tree.lemma(o).as_str(), "responsibility" | "credit" | "authorship"));
    let accused = |speakers: &[usize]| {
        let authority =
            speakers.iter().flat_map(|&h| &report.cast.meaning(s, h).refs).any(|r| is_authority(report, r));
        if authority { Blame::AccusedByAuthorities } else { Blame::Accused }
    };
    match tree.lemma(i).as_str() {
        "claim" | "assume" | "take" | "admit" | "accept" | "acknowledge" | "recognize" if owned => {
            Some((a.subj, Blame::Claimed))
        }
        "attribute" | "ascribe" | "impute" => Some((a.under("to").collect(), accused(&a.subj))),
        "blame" => {
            let on: Vec<usize> = a.under("on").collect();
            let heads = if on.is_empty() { a.obj.clone() } else { on };
            Some((heads, accused(&a.subj)))
        }
        "accuse" | "suspect" | "implicate" => Some((a.obj.clone(), accused(&a.subj))),
        _ => None,
    }
}
