//! One report in, points of every dyad that it tells out.

use super::Dyad;
use crate::case::ids;
use crate::days;
use crate::kin::Kin;
use crate::{track, words};
use detente_types::date::Basis;
use detente_types::{
    Act, ActorId, ActorKind, ActorRef, Cited, Counted, Event, EventType, Evidence, Modality, Reading, Stage,
    Stance, Tier,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a report is about, in points.
#[derive(Default)]
pub(super) struct Weights {
    pub(super) dyads: BTreeMap<Dyad, u32>,
    /// The part of these points that is force and its dead.
    pub(super) force: BTreeMap<Dyad, u32>,
    /// Dyads told to be at odds, not only to talk.
    pub(super) foes: BTreeSet<Dyad>,
    /// Dyads told to have, keep or break a truce.
    pub(super) truces: BTreeSet<Dyad>,
    /// Sides that mediate here.
    pub(super) mediators: BTreeSet<ActorId>,
    /// Force by or against a side with nobody on the other end.
    pub(super) alone: BTreeMap<ActorId, u32>,
    /// How often each side is named, where the report tells force, counts or talks at all.
    pub(super) named: BTreeMap<ActorId, usize>,
    /// The same, whatever it tells.
    pub(super) mentioned: BTreeMap<ActorId, usize>,
    /// The people, groups and bodies that it names.
    pub(super) cast: BTreeSet<ActorId>,
    /// Words of the places that it names.
    pub(super) places: BTreeSet<String>,
    /// Force that has a victim, a day and a town.
    pub(super) spots: BTreeSet<Spot>,
    /// The same where the day is told roughly, or only that it was before the report.
    pub(super) towns: BTreeSet<Spot>,
    pub(super) day: Option<i32>,
}

/// Victim, day and town of force.
pub(super) type Spot = (ActorId, i32, String);

/// Points of every dyad that the report tells.
pub(super) fn weigh(reading: &Reading, kin: &Kin) -> Weights {
    let mentioned = mentioned(reading, kin);
    let force = reading.events.iter().any(|e| e.kind == EventType::Assault);
    let tells = force || !reading.acts.is_empty() || !reading.figures.is_empty();
    let mut out = Weights {
        spots: reading.events.iter().flat_map(|e| spots(e, kin, false)).collect(),
        towns: reading.events.iter().flat_map(|e| spots(e, kin, true)).collect(),
        places: reading.places.iter().flat_map(|p| words::content(&p.name)).collect(),
        named: if tells { mentioned.clone() } else { BTreeMap::new() },
        mentioned,
        cast: cast(reading, kin),
        day: day_of(reading),
        ..Weights::default()
    };
    for event in &reading.events {
        let points = event_points(event) * place_of(event.evidence());
        out.event(event, points, kin);
    }
    for figure in &reading.figures {
        let points = 4 * place_of(figure.evidence());
        let found = out.pairs(&figure.victims, &figure.perpetrators, points, kin);
        let harmed =
            matches!(figure.what, Counted::Killed | Counted::Wounded | Counted::Captured | Counted::Missing);
        out.at_odds(&found, points, harmed);
    }
    // Who denies backing a group is not at odds with the group.
    for claim in reading.claims.iter().filter(|c| c.stance != Stance::Denial) {
        let points = 3 * place_of(claim.evidence());
        let found = out.pairs(&claim.who, &claim.whom, points, kin);
        out.at_odds(&found, points, false);
    }
    for act in &reading.acts {
        let points = if act.stage == Stage::Appeal { 3 } else { 4 };
        let found = out.among(&act.parties, points * place_of(act.evidence()), kin);
        // A truce is of those who fought.
        if found.len() == 1 && (act.stage == Stage::CeasefireAgreed || track::fares(act.stage)) {
            out.truces.extend(found);
        }
    }
    for (takers, points) in answering(reading) {
        out.among(&takers, points, kin);
    }
    out.dampen_mediators(reading, kin);
    out
}

/// Who answers one mediator, each in a step of its own ("Khartoum accepted the offer of Chad. The rebels declined it"):
/// those whom he mediates between.
fn answering(reading: &Reading) -> Vec<(Vec<ActorRef>, u32)> {
    let mut out: BTreeMap<Vec<&ActorId>, (Vec<ActorRef>, u32)> = BTreeMap::new();
    // Anybody may welcome an offer.
    let answers = |a: &&Cited<Act>| matches!(a.stage, Stage::Accept | Stage::Decline | Stage::NoAnswer);
    for act in reading.acts.iter().filter(answers).filter(|a| !a.mediators.is_empty()) {
        let (takers, points) = out.entry(ids(&act.mediators).collect()).or_default();
        takers.extend(act.by.iter().cloned());
        *points = (*points).max(3 * place_of(act.evidence()));
    }
    out.into_values().collect()
}

/// How often the report names each side that can be a party.
fn mentioned(reading: &Reading, kin: &Kin) -> BTreeMap<ActorId, usize> {
    let mut out = BTreeMap::new();
    for id in ids(&reading.mentions).filter(|id| kin.is_party(id)) {
        *out.entry(kin.side(id)).or_default() += 1;
    }
    out
}

/// The people, groups and bodies that a report names; not the United Nations, whom every report names.
fn cast(reading: &Reading, kin: &Kin) -> BTreeSet<ActorId> {
    let named = |id: &&ActorId| match kin.kind(id) {
        ActorKind::Person | ActorKind::ArmedGroup => !kin.is_unnamed(id),
        ActorKind::Organisation => kin.is_bloc(id) || kin.country(id).is_some(),
        _ => false,
    };
    ids(&reading.mentions).filter(named).cloned().collect()
}

/// Victim, day and town of force, where all three are told.
fn spots(event: &Event, kin: &Kin, rough: bool) -> Vec<Spot> {
    let within = |n: i32| days::within(&event.when, n);
    let day = match rough {
        true => event.when.to().filter(|_| event.when.from().is_none() || within(31)),
        false => event.when.from().filter(|_| within(1)),
    };
    let town = event.place.as_ref().filter(|p| p.precision.is_some_and(|p| p <= 3));
    let real = !matches!(event.modality, Modality::Historical | Modality::Hypothetical);
    let (EventType::Assault, Some(day), Some(town)) = (event.kind, day, town.filter(|_| real || !rough))
    else {
        return Vec::new();
    };
    let town = words::content(&town.name).join(" ");
    let hit = kin.sides(ids(&event.recipients).filter(|id| kin.is_party(id)));
    hit.into_iter().map(|side| (side, days::number(day), town.clone())).collect()
}

fn event_points(event: &Event) -> u32 {
    let faint = matches!(event.modality, Modality::Historical | Modality::Hypothetical);
    let full = match event.kind {
        EventType::Assault => 6,
        EventType::Threaten | EventType::Accuse | EventType::Coerce | EventType::Mobilize => 3,
        EventType::Sanction => 2,
        EventType::Reject => 1,
        // Crowds against their own government, beside a war, are not what the war is between.
        EventType::Protest => 2,
        EventType::Retreat | EventType::Concede | EventType::TalksCollapse | EventType::Request => 3,
        _ => 0,
    };
    if faint { full.min(1) } else { full }
}

/// Does the kind set those in it against each other? To give way, to part and to be asked does not.
fn is_hostile(kind: EventType) -> bool {
    use EventType::{Accuse, Assault, Coerce, Mobilize, Protest, Reject, Sanction, Threaten};
    matches!(kind, Accuse | Assault | Coerce | Mobilize | Protest | Reject | Sanction | Threaten)
}

/// 2 for a headline, 1 for running text, 0 for a link to another report.
fn place_of(evidence: &[Evidence]) -> u32 {
    match evidence.iter().map(|e| e.tier).min_by_key(|t| [1, 0, 2][*t as usize]) {
        Some(Tier::Headline) => 2,
        Some(Tier::Body) => 1,
        _ => 0,
    }
}

/// The day that the report speaks from: publication, else the last calendar date in it.
fn day_of(reading: &Reading) -> Option<i32> {
    // "Not before 2021" is no day: such a report goes with the others of its dyad.
    let known = reading.published.to().map(days::number);
    let dated = |e: &&detente_types::Cited<Event>| {
        matches!(e.when.basis, Basis::Explicit)
            && days::within(&e.when, 31)
            && e.modality != Modality::Planned
    };
    known.or_else(|| reading.events.iter().filter(dated).filter_map(|e| e.when.to()).max().map(days::number))
}

impl Weights {
    fn event(&mut self, event: &Event, points: u32, kin: &Kin) {
        if points == 0 {
            return;
        }
        if event.kind == EventType::Request {
            // "called on A and B to show restraint": the two are at odds, the speaker is not.
            self.among(&event.recipients, points, kin);
            return;
        }
        let mut found = self.pairs(&event.actors, &event.recipients, points, kin);
        found.extend(self.by_blocs(event, points, kin));
        if event.recipients.is_empty() {
            found.extend(self.among(&event.actors, points, kin));
        }
        if event.kind == EventType::Accuse {
            // "accused Kenya of siding with the rebels": at odds with the rebels, whom it is accused of helping.
            found.extend(self.pairs(&event.actors, &event.others, points, kin));
        }
        if is_hostile(event.kind) {
            self.at_odds(&found, points, event.kind == EventType::Assault);
        }
        let force = matches!(event.kind, EventType::Assault | EventType::Protest | EventType::Coerce);
        if found.is_empty() && force {
            for id in ids(&event.actors).chain(ids(&event.recipients)).filter(|id| kin.is_party(id)) {
                *self.alone.entry(kin.side(id)).or_default() += points;
            }
        }
    }

    /// "ECOWAS closed the borders with Niger": a body of states is a side where it threatens a side or acts against it.
    fn by_blocs(&mut self, event: &Event, points: u32, kin: &Kin) -> Vec<Dyad> {
        use EventType::{Assault, Coerce, Mobilize, Threaten};
        if !matches!(event.kind, Assault | Coerce | Mobilize | Threaten) {
            return Vec::new();
        }
        let blocs = kin.sides(ids(&event.actors).filter(|a| kin.is_bloc(a)));
        let struck = kin.sides(ids(&event.recipients).filter(|r| kin.is_party(r)));
        let found = blocs.iter().flat_map(|b| struck.iter().map(|s| sorted(b.clone(), s.clone())));
        let found: Vec<Dyad> = found.take(4).collect();
        self.give(found, points)
    }

    /// Marks dyads as at odds with each other, by force or by words.
    fn at_odds(&mut self, found: &[Dyad], points: u32, by_force: bool) {
        for dyad in found.iter().filter(|_| points > 0) {
            self.foes.insert(dyad.clone());
            if by_force {
                *self.force.entry(dyad.clone()).or_default() += points;
            }
        }
    }

    /// Gives points to every pair across two lists; gives back the pairs.
    fn pairs(&mut self, some: &[ActorRef], others: &[ActorRef], points: u32, kin: &Kin) -> Vec<Dyad> {
        let mut found = Vec::new();
        for a in ids(some).take(4) {
            found.extend(ids(others).take(4).filter_map(|b| dyad(a, b, kin)));
        }
        self.give(found, points)
    }

    /// The same for every pair inside a list.
    fn among(&mut self, list: &[ActorRef], points: u32, kin: &Kin) -> Vec<Dyad> {
        let sides: Vec<ActorId> =
            kin.sides(ids(list)).into_iter().filter(|s| kin.is_party(s)).take(4).collect();
        let pairs = sides.iter().enumerate().flat_map(|(i, a)| sides[i + 1..].iter().map(move |b| (a, b)));
        let found = pairs.map(|(a, b)| (a.clone(), b.clone())).collect();
        self.give(found, points)
    }

    fn give(&mut self, found: Vec<Dyad>, points: u32) -> Vec<Dyad> {
        for dyad in found.iter().filter(|_| points > 0) {
            *self.dyads.entry(dyad.clone()).or_default() += points;
        }
        if points > 0 { found } else { Vec::new() }
    }

    fn dampen_mediators(&mut self, reading: &Reading, kin: &Kin) {
        let working = || reading.acts.iter().filter(|a| a.stage != Stage::Appeal);
        let third = kin.sides(working().flat_map(|a| ids(&a.mediators)));
        self.mediators = third.iter().cloned().collect();
        let parties = kin.sides(working().flat_map(|a| ids(&a.parties)));
        let only = |side: &ActorId| third.contains(side) && !parties.contains(side);
        for ((a, b), points) in &mut self.dyads {
            if only(a) || only(b) {
                *points /= 3;
            }
        }
        self.dyads.retain(|_, points| *points > 0);
    }
}

/// The pair of sides, where both can be parties. A state and its own people are a pair too.
fn dyad(a: &ActorId, b: &ActorId, kin: &Kin) -> Option<Dyad> {
    if !kin.is_party(a) || !kin.is_party(b) {
        return None;
    }
    let (x, y) = (kin.side(a), kin.side(b));
    if x == y {
        let people = [a, b].into_iter().find(|id| kin.kind(id) == ActorKind::Population)?;
        let other = if people == a { b } else { a };
        return (kin.kind(other) != ActorKind::Population).then(|| sorted(x, people.clone()));
    }
    Some(sorted(x, y))
}

pub(super) fn sorted(a: ActorId, b: ActorId) -> Dyad {
    if a <= b { (a, b) } else { (b, a) }
}
