//! The acts of all reports in, who mediates in a case and who is mediated between out.
//!
//! A side that offers its enemy talks does not mediate; who brokered a truce did not lay down arms; two foreign ministers
//! who discuss the war of others sit at no table of it.
//! # Does not
//! Know one track from another; see [`crate::track`].

use crate::case::{Case, ids};
use crate::track::{Step, is_answer, is_offer};
use detente_types::{ActorId, ActorKind, Modality, Stage};
use std::collections::BTreeSet;

/// Who mediates in this case and who is mediated between, over all reports.
pub(crate) struct Roles {
    /// Sides that some report names as mediators and that are no party to the conflict.
    pub(crate) third: BTreeSet<ActorId>,
}

impl Roles {
    pub(crate) fn of(case: &Case) -> Roles {
        let acts = case.told.iter().flat_map(|t| &t.reading.acts).filter(|a| a.stage != Stage::Appeal);
        let named = acts.flat_map(|a| ids(&a.mediators)).filter(|id| !case.kin.is_unnamed(id));
        let sides = case.kin.sides(named).into_iter();
        // An armed group in somebody's war is asked, refused and met; it does not mediate.
        let can = |s: &ActorId| !case.parties.contains(s) && case.kin.kind(s) != ActorKind::ArmedGroup;
        Roles { third: sides.filter(can).collect() }
    }

    /// Puts the sides of a step into their roles.
    pub(crate) fn settle(&self, case: &Case, step: &mut Step) {
        let inside = |id: &ActorId| case.parties.contains(id);
        // A person of nobody known, an institute or a town council is no party to a conflict.
        step.parties.retain(|p| inside(p) || case.kin.is_party(p));
        if step.act.stage == Stage::Appeal {
            // Nobody calls on outsiders to lay down arms.
            if !step.parties.iter().any(inside) {
                step.parties.retain(|p| case.kin.kind(p) != ActorKind::State);
            }
            return;
        }
        let armed = |id: &ActorId| case.kin.kind(id) == ActorKind::ArmedGroup;
        let groups = step.mediators.extract_if(.., |m| armed(m) && !step.by.contains(m)).collect::<Vec<_>>();
        step.parties.extend(groups);
        step.parties.sort();
        step.parties.dedup();
        let (mediators, parties) = (step.mediators.clone(), step.parties.clone());
        let brokers = |p: &ActorId| !inside(p) && (self.third.contains(p) || mediators.contains(p));
        let hosted: Vec<ActorId> = parties.iter().filter(|p| brokers(p)).cloned().collect();
        // "a truce brokered by Peru and Chile", read without its parties.
        let all_outside = mediators.is_empty() && !parties.is_empty() && parties.iter().all(|p| !inside(p));
        if all_outside && !hosted.is_empty() && is_result(step.act.stage) {
            step.mediators = std::mem::take(&mut step.parties);
        } else if is_answer(step.act.stage) {
            step.parties.retain(|p| !brokers(p));
        } else if hosted.len() < parties.len() || !mediators.is_empty() {
            step.parties.retain(|p| !brokers(p));
            // "Pakistan's readiness for Iranian mediation" is no offer of Iran; "the envoy of Iran offered" is.
            let other = mediators.iter().all(inside) && !step.parties.is_empty();
            step.mediators.extend(hosted.into_iter().filter(|_| other || !is_offer(step.act.stage)));
            step.mediators.sort();
            step.mediators.dedup();
        }
        let main = &case.parties[..case.parties.len().min(2)];
        if is_answer(step.act.stage) {
            // "Kurdistan accepted a proposal by Baghdad": the other side is no mediator, and a party to what was proposed.
            let foes: Vec<ActorId> = step.mediators.iter().filter(|m| main.contains(m)).cloned().collect();
            step.to_foe = !foes.is_empty();
            step.parties.extend(foes);
            step.parties.sort();
            step.parties.dedup();
        }
        step.mediators.retain(|m| !main.contains(m) && !armed(m) && !step.parties.contains(m));
    }

    /// Do only outsiders sit at this table: two foreign ministers who discuss the war of others?
    pub(crate) fn among_outsiders(&self, case: &Case, step: &Step) -> bool {
        let outside = |p: &ActorId| !case.parties.contains(p) && case.kin.kind(p) == ActorKind::State;
        let table =
            matches!(step.act.stage, Stage::Talks | Stage::Facilitate | Stage::Convene | Stage::Offer);
        table && !step.parties.is_empty() && step.parties.iter().all(outside) && case.parties.len() >= 2
    }

    /// Is it an answer of a state that was not asked, or a party's word on the mediation of another, read as an
    /// offer of its own?
    pub(crate) fn answers_for_nobody(&self, case: &Case, step: &Step) -> bool {
        let outside = |p: &ActorId| {
            let asked = case.parties.contains(p) || step.parties.contains(p);
            !asked && matches!(case.kin.kind(p), ActorKind::State | ActorKind::Organisation)
        };
        let offered = step.act.modality == Modality::Offered;
        let answer =
            is_answer(step.act.stage) && (offered || (!step.by.is_empty() && step.by.iter().all(outside)));
        let said = !step.act.mediators.is_empty() && !step.act.parties.is_empty();
        let of_itself =
            is_offer(step.act.stage) && said && step.mediators.is_empty() && step.parties.is_empty();
        // To be asked to mediate is not to offer it.
        let asked = step.act.stage == Stage::Offer
            && matches!(step.act.modality, Modality::Urged | Modality::Demanded);
        answer || of_itself || asked
    }
}

/// Is it what mediation brought about, so that outsiders named in it are those who brought it?
fn is_result(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::CeasefireAgreed
            | Stage::CeasefireInForce
            | Stage::CeasefireExtended
            | Stage::Agreement
            | Stage::Guarantee
    )
}
