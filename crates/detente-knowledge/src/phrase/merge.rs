//! Two halves of a phrase in, one answer out: what each leaves open the other may fill.

use super::{Found, Resolved, Scene, is_mission};
use crate::entry::{ActorEntry, NounEntry, Rank, Shape};
use crate::knowledge::{Knowledge, NameHit, Target};
use detente_types::{ActorKind, Sector};

/// Adds what another part of an apposition says.
pub(super) fn merge(first: Resolved, second: Resolved) -> Resolved {
    if first.is_nothing() {
        return second;
    }
    let open = first.country.is_none() && first.bloc.is_none();
    Resolved {
        actor: first.actor.or(second.actor),
        kind: first.kind.or(second.kind),
        country: if open { second.country } else { first.country },
        bloc: if open { second.bloc } else { first.bloc },
        sector: first.sector.or(second.sector),
        via: first.via.or(second.via),
        modifier: first.modifier.or(second.modifier),
        title: first.title.or(second.title),
        said: first.said.or(second.said),
    }
}

/// What stands after a preposition fills what the head leaves open.
pub(super) fn fill_from_tail(
    out: &mut Resolved,
    found: &Found<'_>,
    preposition: &str,
    rest: &Resolved,
    place: Option<&str>,
) {
    let empty = found.noun.is_some_and(|(_, n)| n.empty) || (found.title.is_none() && found.noun.is_none());
    if preposition == "of" && empty && out.actor.is_none() && out.sector.is_none() {
        let modifier = out.modifier;
        *out = Resolved { modifier, ..rest.clone() };
        return;
    }
    let rank = found.title.map(|t| t.rank);
    let abroad = matches!(rank, Some(Rank::Ambassador | Rank::Envoy)) || is_mission(found);
    let owning =
        matches!(preposition, "of" | "from") || (preposition == "for" && rank == Some(Rank::Spokesperson));
    let located =
        matches!(preposition, "in" | "at" | "across" | "near" | "on" | "inside" | "outside" | "around")
            && !abroad;
    // "analysts in London" are nobody's.
    let own_voice =
        matches!(out.sector, Some(Sector::Edu | Sector::Jrn)) && rank.is_none_or(|r| r == Rank::Other);
    if out.country.is_none() && out.bloc.is_none() && (owning || located && !own_voice) {
        out.country =
            rest.country.clone().or_else(|| place.map(str::to_string).filter(|_| rest.bloc.is_none()));
        out.bloc = rest.bloc.filter(|_| owning);
    }
    let vague = rank
        .is_none_or(|r| matches!(r, Rank::Spokesperson | Rank::Leader | Rank::Commander | Rank::Official));
    let own = found.title.and_then(|t| t.sector).or(found.noun.and_then(|(_, n)| n.sector));
    if owning && vague && (own.is_none() || rank == Some(Rank::Spokesperson) || rank == Some(Rank::Leader)) {
        out.sector = rest.sector.or(out.sector);
    }
    // "A spokesman for the Houthis": for them, and not for the state that they took.
    let ruling = rest.kind == Some(ActorKind::DefactoGovernment) && rest.title.is_none();
    if owning && ruling && vague && found.title.is_some_and(|t| t.body.is_none()) && out.actor.is_none() {
        out.actor.clone_from(&rest.actor);
    }
}

/// A region's own government, beside that of the state that the region is in.
pub(super) fn governs_a_part(actor: &ActorEntry) -> bool {
    actor.kind == ActorKind::DefactoGovernment && actor.holds.iter().any(|h| !h.whole)
}

impl Knowledge {
    /// "Dissidents of UNITA", "LTTE renegades": those who have left an armed group.
    pub(super) fn has_left(&self, found: &Found<'_>) -> bool {
        let owner = |h: &NameHit| match &h.target {
            Target::Actor(id) => self.actor(id).is_some_and(|a| a.kind == ActorKind::ArmedGroup),
            Target::Place(_) => false,
        };
        let from = |rest: &Resolved| rest.kind == Some(ActorKind::ArmedGroup);
        found.noun.is_some_and(|(_, n)| n.noun == "dissident")
            && (found.owners.iter().flatten().any(owner)
                || found.tail.as_ref().is_some_and(|(_, rest, _)| from(rest)))
    }

    /// "Dissidents of the FARC" by their name, which is "FARC dissidents".
    pub(super) fn turned(&self, head: &[&str], group: &[&str], scene: Scene<'_>) -> Option<Resolved> {
        let words: Vec<&str> = self.trim(group).iter().chain(head).copied().collect();
        let mut hits = self.actor_hits(&words, 0);
        hits.retain(|h| h.len == words.len());
        let actor = self.choose(&hits, scene).filter(|a| a.kind == ActorKind::ArmedGroup)?;
        Some(self.named(actor, &hits, None, scene))
    }

    /// Are the words the name of a place below a country, all of them?
    pub(super) fn is_place(&self, words: &[&str]) -> bool {
        let hits = self.names_at(words, 0);
        let whole = || hits.iter().filter(|h| h.len == words.len());
        whole().any(|h| matches!(h.target, Target::Place(_)))
            && !whole().any(|h| matches!(h.target, Target::Actor(_)))
    }
}

/// "Taliban fighters", "Hamas police": they are the group. "Taliban territory" is not.
pub(super) fn noun_is_of_group(noun: &NounEntry, group: &ActorEntry) -> bool {
    let armed = matches!(group.kind, ActorKind::ArmedGroup | ActorKind::DefactoGovernment);
    let organised = matches!(group.kind, ActorKind::Organisation | ActorKind::Forces | ActorKind::Body);
    let acting = matches!(noun.shape, Shape::Person | Shape::Group | Shape::Thing | Shape::Institution);
    // "UNITA's men", "the rebels' delegates" are of an armed group, its supporters and victims are not.
    let own = noun.kind != ActorKind::Population
        || matches!(group.kind, ActorKind::ArmedGroup) && matches!(noun.noun.as_str(), "man");
    (armed || organised) && acting && own
}
