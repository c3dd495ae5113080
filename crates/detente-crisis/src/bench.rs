//! The parties of a case in, who sits on one side of the table out.
//!
//! "A truce between Israel and Lebanon", "a truce between Israel and Hezbollah" and "Lebanon denied that it broke the
//! truce" are about one truce: the group fights from the state's land, and the state negotiates for it.
//!
//! # How
//! An armed group shares the bench of the state that it is at home in, where that state is a party too and the two are
//! no foes: no report tells violence of one against the other, and no step of talks is between just these two.
//! # Does not
//! Put two groups on one bench: rebels of one country negotiate each for themselves.

use crate::case::{Case, ids};
use crate::words;
use detente_types::{ActorId, ActorKind, ActorRef, EventType};
use std::collections::{BTreeMap, BTreeSet};

/// Groups with the state whose bench they share.
pub(crate) struct Benches {
    state: BTreeMap<ActorId, ActorId>,
}

impl Benches {
    pub(crate) fn of(case: &Case) -> Benches {
        let acts = || case.told.iter().flat_map(|t| &t.reading.acts);
        let named = acts().flat_map(|a| ids(&a.parties)).map(|id| case.kin.side(id));
        let parties: BTreeSet<ActorId> = named.chain(case.parties.iter().cloned()).collect();
        let home = |id: &ActorId| {
            let group = case.kin.kind(id) == ActorKind::ArmedGroup;
            let state = ActorId::named(case.kin.country(id).filter(|_| group)?);
            (state != *id && parties.contains(&state)).then_some(state)
        };
        let mut state: BTreeMap<ActorId, ActorId> =
            parties.iter().filter_map(|id| Some((id.clone(), home(id)?))).collect();
        if !state.is_empty() {
            let foes = foes(case);
            state.retain(|group, state| !foes.contains(&pair(group, state)));
        }
        Benches { state }
    }

    /// The benches of some sides, sorted.
    pub(crate) fn seats(&self, sides: &[ActorId]) -> Vec<ActorId> {
        let seat = |id: &ActorId| self.state.get(id).unwrap_or(id).clone();
        sides.iter().map(seat).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

fn pair(a: &ActorId, b: &ActorId) -> (ActorId, ActorId) {
    if a <= b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) }
}

/// Sides of which a report tells violence of one against the other, or talks between just the two.
fn foes(case: &Case) -> BTreeSet<(ActorId, ActorId)> {
    let mut out = BTreeSet::new();
    let sides = |refs: &[ActorRef]| case.kin.sides(ids(refs));
    for told in &case.told {
        for event in told.reading.events.iter().filter(|e| e.kind == EventType::Assault) {
            for actor in sides(&event.actors) {
                out.extend(sides(&event.recipients).iter().map(|hit| pair(&actor, hit)));
            }
        }
        for act in &told.reading.acts {
            if let [a, b] = &sides(&act.parties)[..] {
                out.insert(pair(a, b));
            }
        }
    }
    out
}

/// Do two scopes mean one dispute?
pub(crate) fn same_scope(a: &[ActorId], b: &[ActorId]) -> bool {
    let both = words::shared(a, b);
    both >= 2 || both == a.len().min(b.len())
}
