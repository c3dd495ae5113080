//! To whom, when no argument of the deciding word says it.
//!
//! "threatened to break relations with Russia", "rejected an offer from Kabul", "marched to demand the
//! return of land seized by the army": the person concerned stands inside what is threatened, rejected or
//! demanded. This module looks there, nearest first, and marks what it finds as likely, not certain.
//!
//! # Does not
//! Look into clauses that stand beside the deed: its time, its cause, who reports it.

use super::core::Core;
use crate::Report;
use crate::tree::Tree;
use detente_types::{ActorRef, Certainty, EventType, Quad};
use std::collections::VecDeque;

/// Fills in whom the event concerns, if nobody is named in its own slots.
pub(super) fn fill(report: &Report<'_>, s: usize, tree: &Tree<'_>, core: &mut Core) {
    if !core.recipients.is_empty()
        || !has_recipient(core)
        || core.args.obj.iter().any(|&o| matches!(tree.lower(o), "each" | "other"))
    {
        return;
    }
    let words = inside(tree, core);
    let material = core.kind.quad() == Some(Quad::MaterialConflict)
        || core.kind.quad() == Some(Quad::MaterialCooperation)
        || core.kind == EventType::Threaten;
    let found = words.iter().find_map(|&w| {
        let meaning = report.cast.meaning(s, w);
        let refs: Vec<ActorRef> =
            meaning.refs.iter().filter(|r| !meaning.place && !named(core, r)).cloned().collect();
        (!refs.is_empty()).then_some(refs)
    });
    let found = found.or_else(|| {
        let owners =
            words.iter().filter(|&&w| located(tree, w, material)).map(|&w| report.place_owner(s, tree, w));
        owners
            .map(|refs| refs.into_iter().filter(|r| !same_side(report, core, r)).collect::<Vec<_>>())
            .find(|refs| !refs.is_empty())
    });
    core.recipients = found.unwrap_or_default();
    for r in &mut core.recipients {
        r.certainty = r.certainty.max(Certainty::Likely);
    }
}

/// Meetings and clashes have sides, impacts and remarks concern nobody in particular.
fn has_recipient(core: &Core) -> bool {
    use EventType::{
        Accuse, Agree, Aid, Assault, Coerce, Concede, Cooperate, Mobilize, Protest, Reject, Request, Retreat,
        Sanction, Support, Threaten,
    };
    let kind = matches!(
        core.kind,
        Agree
            | Support
            | Concede
            | Cooperate
            | Aid
            | Retreat
            | Request
            | Accuse
            | Reject
            | Threaten
            | Protest
            | Mobilize
            | Sanction
            | Coerce
            | Assault
    );
    kind && core.actors.len() < 2
}

fn named(core: &Core, r: &ActorRef) -> bool {
    core.actors.iter().chain(&core.others).any(|a| a.actor == r.actor || a.span.is_some() && a.span == r.span)
}

fn same_side(report: &Report<'_>, core: &Core, r: &ActorRef) -> bool {
    core.actors.iter().any(|a| report.cast.side(&a.actor) == report.cast.side(&r.actor))
}

/// The words below the deciding word that belong to the deed, nearest first.
fn inside(tree: &Tree<'_>, core: &Core) -> Vec<usize> {
    let mut queue = VecDeque::from([core.token]);
    queue.extend(core.scope.light.map(|l| l.verb));
    let mut out = Vec::new();
    while let Some(at) = queue.pop_front() {
        for &k in tree.kids(at) {
            if out.contains(&k) || k == core.token || !belongs(tree, at, k) {
                continue;
            }
            out.push(k);
            queue.push_back(k);
        }
    }
    out
}

/// Is the word part of what is done, rather than of when, why or by whose word?
fn belongs(tree: &Tree<'_>, at: usize, k: usize) -> bool {
    match tree.base(k) {
        "obj" | "iobj" | "xcomp" | "ccomp" | "acl" | "compound" | "amod" | "flat" | "conj" | "appos" => true,
        "nsubj" => {
            tree.base(at) == "ccomp"
                || tree.base(at) == "advcl"
                || tree.base(at) == "acl"
                || tree.base(at) == "csubj"
        }
        "obl" | "nmod" => {
            let beside = tree.rel(k) == "obl:tmod" || tree.rel(k) == "obl:agent";
            let case = tree.case(k).unwrap_or_default();
            !beside
                && !matches!(
                    case.as_str(),
                    "after"
                        | "before"
                        | "since"
                        | "during"
                        | "until"
                        | "despite"
                        | "because_of"
                        | "according_to"
                        | "under"
                        | "as"
                        | "by"
                        | "amid"
                        | "following"
                        | "like"
                        | "unlike"
                        | "including"
                )
        }
        "advcl" => tree.kids_by(k, &["mark", "case"]).any(|m| {
            matches!(tree.lower(m), "to" | "unless" | "if" | "against" | "of" | "for" | "from" | "that")
        }),
        _ => false,
    }
}

/// A place where something is, in the phrase of the deed.
fn located(tree: &Tree<'_>, w: usize, material: bool) -> bool {
    let case = tree.case(w);
    match tree.base(w) {
        "obl" | "nmod" | "conj" => {
            material
                || case.is_some_and(|c| {
                    matches!(
                        c.as_str(),
                        "against"
                            | "with"
                            | "to"
                            | "on"
                            | "upon"
                            | "toward"
                            | "towards"
                            | "from"
                            | "of"
                            | "for"
                    )
                })
        }
        "obj" | "amod" | "compound" => true,
        _ => false,
    }
}
