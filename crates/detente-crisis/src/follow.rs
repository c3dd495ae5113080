//! What the books of a crisis follow from, as one hash: who keeps them knows by it when nothing changed.
//!
//! # How
//! The hash covers, for each report of the crisis, what its reading follows from (text and what was given beside it,
//! path, reader, remarks on how it came in), or the whole reading where analysts decided on it; which reports are
//! copies of which; the sides; what all reports together say of the actors that this crisis names, and what is known
//! of those on whose behalf they act on the day; which of its events analysts put together or apart; the policy.
//! # Does not
//! Cover the program and its knowledge: who keeps books for longer than a run adds its version.

use crate::decide::Join;
use crate::kin::Kin;
use detente_types::{Actor, ActorId, Policy, Reading, id};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What the books of one crisis follow from.
pub(crate) struct Follows<'a> {
    /// All readings, as decided.
    pub decided: &'a [Cow<'a, Reading>],
    /// Those of the crisis, by place.
    pub members: &'a [usize],
    /// For each reading the first one of its group of copies.
    pub copies: &'a [usize],
    /// Which events analysts put together or apart, in all crises.
    pub joins: &'a [Join],
    /// What all reports say of everybody.
    pub kin: &'a Kin,
    /// What is known, sorted by actor.
    pub known: &'a [Actor],
}

impl Follows<'_> {
    /// The hash.
    pub(crate) fn key(&self, parties: &[ActorId], policy: Policy) -> String {
        let mut parts: Vec<String> = vec![policy.name().to_string()];
        parts.extend(parties.iter().map(ActorId::to_string));
        parts.push(format!("{} reports", self.members.len()));
        for at in self.members {
            // Places change with every report that comes in: a copy is known by its first report.
            let first = self.decided[self.copies[*at]].document.id().to_string();
            let (read, changed) = (&*self.decided[*at], matches!(self.decided[*at], Cow::Owned(_)));
            parts.extend(reading(read, changed));
            parts.push(first);
        }
        self.actors(&mut parts);
        if !self.joins.is_empty() {
            let here: BTreeSet<_> = self.members.iter().map(|at| self.decided[*at].document.id()).collect();
            let joins = self.joins.iter().filter(|j| here.contains(&j.one.0) || here.contains(&j.other.0));
            parts.extend(joins.map(|join| format!("{join:?}")));
        }
        id::digest(parts)
    }

    /// What stands outside of this crisis about the actors in it.
    fn actors(&self, parts: &mut Vec<String>) {
        let mut named: Vec<&ActorId> = Vec::new();
        let mut countries: Vec<&str> = Vec::new();
        let mut open: Vec<ActorId> = Vec::new();
        for actor in self.members.iter().flat_map(|at| &self.decided[*at].actors) {
            named.push(&actor.id);
            open.extend(actor.acts_for.iter().cloned());
            countries.extend(actor.country.as_deref());
        }
        named.sort_unstable();
        named.dedup();
        countries.sort_unstable();
        countries.dedup();
        for id in &named {
            parts.push(id.to_string());
            parts.push(format!("{:?} {}", self.kin.kind(id), self.kin.side(id)));
        }
        // Who governs what hangs on the day of the latest report of all.
        open.extend(named.into_iter().cloned());
        open.extend(countries.into_iter().map(ActorId::named));
        let mut seen: BTreeSet<ActorId> = BTreeSet::new();
        while let Some(id) = open.pop() {
            let Ok(at) = self.known.binary_search_by(|a| a.id.cmp(&id)) else { continue };
            if seen.insert(id) {
                open.extend(self.known[at].acts_for.iter().cloned());
            }
        }
        for id in seen {
            let at = self.known.binary_search_by(|a| a.id.cmp(&id)).unwrap_or_default();
            parts.extend(self.known[at].acts_for.iter().map(|whom| format!("{id} for {whom}")));
        }
    }
}

/// What a reading follows from; one that analysts changed, from itself.
fn reading(reading: &Reading, changed: bool) -> Vec<String> {
    if changed {
        return vec![serde_json::to_string(reading).expect("a reading is strings, numbers and lists")];
    }
    let (id, path) = (reading.document.id().to_string(), reading.document.path.clone());
    let notes = reading.notes.iter().map(|n| format!("{n:?}"));
    [id, path, reading.reader.clone(), reading.words.to_string()].into_iter().chain(notes).collect()
}
