//! Incidents in; the same incidents, with the episodes that they are part of and the denials they met, out.
//!
//! "The border clashes of October" hold an assault on a post, return fire and strikes on a city. Reports that
//! only name the clashes support the episode and none of its parts.
//!
//! # How
//! 1. An episode is force told of two sides at once ("clashes", "fighting"), or of one side over three days
//!    or more.
//! 2. [`parts`]: a directed attack between the sides of an episode, inside its interval (a day's grace at
//!    either end: midnight), is part of the shortest such episode. One without a date is part of the
//!    episode that all its own reports tell, if they tell only one.
//! 3. [`deny`]: what a side denies in a report's words is contested.
//! # Does not
//! Make up an episode that no report names, or put episodes inside episodes.

use crate::case::Case;
use crate::days;
use crate::incident::Incidents;
use crate::words;
use detente_types::date::{Basis, Precision};
use detente_types::incident::Status;
use detente_types::{ActorId, DocumentId, EventType, Incident, IncidentId, Polarity, Stance};
use std::collections::{BTreeMap, BTreeSet};

/// Two sides, sorted.
type Pair = (ActorId, ActorId);

/// Force between sides, in comparable form.
struct Force {
    at: usize,
    pair: Pair,
    mutual: bool,
    actors: Vec<ActorId>,
    from: Option<i32>,
    to: Option<i32>,
    reports: Vec<DocumentId>,
}

/// Settles episodes and denials.
pub(crate) fn settle(case: &Case, incidents: &mut Incidents) {
    parts(case, incidents);
    deny(case, incidents);
}

fn forces(case: &Case, incidents: &Incidents) -> Vec<Force> {
    let real = |i: &&(usize, &Incident)| {
        i.1.kind == EventType::Assault
            && i.1.polarity == Polarity::Affirmed
            && !matches!(i.1.when.precision, Precision::Recurring)
    };
    let all: Vec<(usize, &Incident)> = incidents.list.iter().enumerate().collect();
    all.iter().filter(real).flat_map(|(at, incident)| force(case, *at, incident)).collect()
}

/// One entry for each pair of sides between which the force was.
fn force(case: &Case, at: usize, incident: &Incident) -> Vec<Force> {
    let named = |list: &[ActorId]| case.kin.sides(list.iter().filter(|id| !case.kin.is_unnamed(id)));
    let (actors, recipients) = (named(&incident.actors), named(&incident.recipients));
    let mutual = recipients.is_empty() && actors.len() >= 2;
    let mut pairs: BTreeSet<Pair> = BTreeSet::new();
    let others = if mutual { &actors } else { &recipients };
    for a in &actors {
        for b in others.iter().filter(|b| *b != a) {
            pairs.insert((a.min(b).clone(), a.max(b).clone()));
        }
    }
    let mut reports: Vec<DocumentId> = incident.events.iter().map(|e| e.document.clone()).collect();
    reports.dedup();
    let known = incident.when.basis != Basis::Published;
    let day = |d: Option<jiff::civil::Date>| d.filter(|_| known).map(days::number);
    let (from, to) = (day(incident.when.from()), day(incident.when.to()));
    let make = |pair| Force { at, pair, mutual, actors: actors.clone(), from, to, reports: reports.clone() };
    pairs.into_iter().map(make).collect()
}

fn parts(case: &Case, incidents: &mut Incidents) {
    let all = forces(case, incidents);
    let mut episodes: BTreeMap<&Pair, Vec<&Force>> = BTreeMap::new();
    let long = |f: &Force| f.from.zip(f.to).is_some_and(|(a, b)| b - a >= 2);
    for force in all.iter().filter(|f| f.mutual || long(f)) {
        episodes.entry(&force.pair).or_default().push(force);
    }
    for list in episodes.values_mut() {
        list.sort_by_key(|f| (!f.mutual, f.from.zip(f.to).map_or(i32::MAX, |(a, b)| b - a), f.at));
    }
    let mut home: BTreeMap<usize, usize> = BTreeMap::new();
    for part in all.iter().filter(|f| !f.mutual) {
        let list = episodes.get(&part.pair).map(Vec::as_slice).unwrap_or_default();
        if let Some(episode) = container(part, list) {
            home.entry(part.at).or_insert(episode.at);
        }
    }
    // What holds parts is not itself a part.
    let holders: BTreeSet<usize> = home.values().copied().collect();
    let ids: Vec<IncidentId> = incidents.list.iter().map(|i| i.id.clone()).collect();
    for (part, episode) in home {
        let chained = holders.contains(&part) && !is_mutual_holder(&all, episode);
        if !chained {
            incidents.list[part].episode = Some(ids[episode].clone());
            incidents.list[episode].parts.push(ids[part].clone());
        }
    }
    flatten(incidents, &ids);
}

fn is_mutual_holder(all: &[Force], at: usize) -> bool {
    all.iter().any(|f| f.at == at && f.mutual)
}

/// An episode that became part of a larger one hands its own parts to it.
fn flatten(incidents: &mut Incidents, ids: &[IncidentId]) {
    let place: BTreeMap<&IncidentId, usize> = ids.iter().enumerate().map(|(i, id)| (id, i)).collect();
    for at in 0..incidents.list.len() {
        let Some(larger) = incidents.list[at].episode.clone().and_then(|e| place.get(&e).copied()) else {
            continue;
        };
        for part in std::mem::take(&mut incidents.list[at].parts) {
            if let Some(p) = place.get(&part).copied() {
                incidents.list[p].episode = Some(ids[larger].clone());
                incidents.list[larger].parts.push(part);
            }
        }
    }
    for incident in &mut incidents.list {
        // Incidents stand in order of time, so their places sort their ids.
        incident.parts.sort_by_key(|id| place.get(id).copied());
        incident.parts.dedup();
    }
}

/// The shortest episode that holds the attack; episodes stand with the shortest two-sided one first.
fn container<'f>(part: &Force, episodes: &[&'f Force]) -> Option<&'f Force> {
    let others = || episodes.iter().copied().filter(|e| e.at != part.at);
    let Some((from, to)) = part.from.zip(part.to) else {
        if part.from.is_some() || part.to.is_some() {
            return None;
        }
        let mut beside =
            others().filter(|e| e.mutual && words::shared(&e.reports, &part.reports) == part.reports.len());
        let first = beside.next()?;
        return beside.next().is_none().then_some(first);
    };
    others().find(|e| {
        let Some((a, b)) = e.from.zip(e.to) else { return false };
        let same_way = e.mutual || words::shared(&e.actors, &part.actors) > 0;
        same_way && from >= a - 1 && to <= b + 1 && (e.mutual || to - from < b - a)
    })
}

/// Marks what somebody denies.
fn deny(case: &Case, incidents: &mut Incidents) {
    for (t, told) in case.told.iter().enumerate() {
        let denials = told.reading.claims.iter().filter(|c| c.stance == Stance::Denial);
        for event in denials.filter_map(|c| c.event.as_ref()) {
            let Some(at) = incidents.of_event(case, t, event) else { continue };
            let incident = &mut incidents.list[at];
            // The denial itself and the charge that it answers did take place as words.
            if !matches!(incident.kind, EventType::Deny | EventType::Accuse)
                && incident.status != Status::Weak
            {
                incident.status = Status::Contested;
            }
        }
    }
}
