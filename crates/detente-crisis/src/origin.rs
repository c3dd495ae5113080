//! Who tells a fact in, the first tellers out.
//!
//! Ten outlets that quote one spokesman are one origin; so are ten outlets that carry one wire story,
//! and so are two offices of one side, which speak from the same desk. "12 is less impressive if all
//! twelve run the same wire."
//!
//! # How
//! [`origins`]: a teller with a named or described speaker goes back to the speaker's side, and the side is
//! named by the speaker that most reports quote. A teller without one goes back to the first report of
//! its group of copies, unless the same report names a speaker for the same fact elsewhere: the lede
//! that leaves the speaker out is no second witness. Unnamed speakers ("sources") are as good as the
//! report that quotes them.
//! # Does not
//! Judge whether an origin is right.

use crate::case::Case;
use detente_types::story::Origin;
use detente_types::{ActorId, Event, EventType};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// One telling of a fact.
pub(crate) struct Teller {
    /// Place of the report in [`Case::told`].
    pub told: usize,
    /// Who says so there.
    pub speaker: Option<ActorId>,
}

/// The first tellers of a fact, sorted.
pub(crate) fn origins(case: &Case, tellers: &[Teller]) -> Vec<Origin> {
    let named = |t: &&Teller| t.speaker.as_ref().is_some_and(|s| !case.kin.is_unnamed(s));
    let mut by_side: BTreeMap<ActorId, BTreeMap<&ActorId, BTreeSet<usize>>> = BTreeMap::new();
    let mut quoting: BTreeSet<usize> = BTreeSet::new();
    for teller in tellers.iter().filter(named) {
        let speaker = teller.speaker.as_ref().expect("only named tellers are left");
        let copy = case.told[teller.told].copy;
        by_side.entry(case.kin.side(speaker)).or_default().entry(speaker).or_default().insert(copy);
        quoting.insert(copy);
    }
    let speakers = by_side.into_values().filter_map(|speakers| {
        let most = speakers.into_iter().max_by_key(|(id, reports)| (reports.len(), Reverse(*id)));
        most.map(|(id, _)| Origin::Speaker(id.clone()))
    });
    let own = tellers.iter().map(|t| case.told[t.told].copy).filter(|copy| !quoting.contains(copy));
    let reports = own.map(|copy| Origin::Report(case.told[copy].id().clone()));
    let mut out: Vec<Origin> = speakers.chain(reports).collect();
    out.sort();
    out.dedup();
    out
}

/// Is the happening nothing but words, so that whoever utters them is its only witness?
pub(crate) fn is_verbal(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Agree
            | EventType::Support
            | EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
            | EventType::Deny
            | EventType::Comment
            | EventType::Outlook
    )
}

/// Whose words an event rests on in its report.
pub(crate) fn speaker(event: &Event) -> Option<&ActorId> {
    let own = if is_verbal(event.kind) { event.actors.first() } else { None };
    event.attributed_to.first().or(own).map(|r| &r.actor)
}
