//! Two halves of a phrase in, one answer out: what each leaves open the other may fill.

use super::{Found, Resolved, is_mission};
use crate::entry::{ActorEntry, Rank};
use crate::knowledge::{Knowledge, Target};
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
}

/// A region's own government, beside that of the state that the region is in.
pub(super) fn governs_a_part(actor: &ActorEntry) -> bool {
    actor.kind == ActorKind::DefactoGovernment && actor.holds.iter().any(|h| !h.whole)
}

impl Knowledge {
    /// Are the words the name of a place below a country, all of them?
    pub(super) fn is_place(&self, words: &[&str]) -> bool {
        let hits = self.names_at(words, 0);
        let whole = || hits.iter().filter(|h| h.len == words.len());
        whole().any(|h| matches!(h.target, Target::Place(_)))
            && !whole().any(|h| matches!(h.target, Target::Actor(_)))
    }
}
