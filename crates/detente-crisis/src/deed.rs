//! Two happenings in; whether the reports themselves tell them apart, out.
//!
//! The dead of one strike must not stand under another. That two strikes are nowhere said to differ is no reason
//! for taking them for one: in a war there is one every day.
//!
//! # How
//! 1. [`is_outcome`]: "19 were killed" is what came of a deed; "shells hit a market" is the deed.
//! 2. [`told_apart`]: other days, other towns, other weapons, other sides; or both are told as deeds.
//! 3. [`tallies`] and [`dead`]: which events of a report only give a running total, and how many it counts dead of each.
//! # Does not
//! Put anything together.

use crate::case::{Case, Told};
use crate::days;
use crate::fit::{self, Fit, Spot};
use crate::words;
use detente_types::{ActorId, Cited, Comparator, Counted, EventId, Evidence, Figure, Incident};
use std::collections::{BTreeMap, BTreeSet};

/// Does the clause tell only what came of a deed, and not the deed?
pub(crate) fn is_outcome(evidence: &[Evidence]) -> bool {
    evidence.iter().all(died)
}

fn died(evidence: &Evidence) -> bool {
    matches!(evidence.rule.as_str(), "frame/kill" | "frame/die-violently")
}

/// Does the clause tell that ground changed hands, rather than a blow?
pub(crate) fn is_ground(evidence: &[Evidence]) -> bool {
    const GROUND: [&str; 4] =
        ["frame/capture-ground", "frame/capture-of", "frame/fall-to", "frame/enter-ground"];
    evidence.iter().all(|e| GROUND.contains(&e.rule.as_str()))
}

/// Does anything in the reports set the two happenings apart?
pub(crate) fn told_apart(case: &Case, a: &Incident, b: &Incident) -> bool {
    if a.id == b.id {
        return false;
    }
    let sides = |list: &[ActorId]| case.kin.sides(list.iter().filter(|id| !case.kin.is_unnamed(id)));
    let none_shared =
        |x: Vec<ActorId>, y: Vec<ActorId>| !x.is_empty() && !y.is_empty() && words::shared(&x, &y) == 0;
    let spot = |i: &Incident| i.place.as_ref().map(Spot::of);
    let place = fit::places(spot(a).as_ref(), spot(b).as_ref());
    let armed = !a.modes.is_empty() && !b.modes.is_empty() && words::shared(&a.modes, &b.modes) == 0;
    // Who shot back where is no other fight.
    let cross = none_shared(sides(&a.actors), sides(&b.actors))
        && none_shared(sides(&a.recipients), sides(&b.recipients));
    days::gap(&a.when, &b.when) > 0
        || matches!(place, Fit::Apart | Fit::Doubtful | Fit::Neighbours)
        || armed
        || cross
        || two_deeds(a, b)
}

/// Are both told as deeds? Then what put the tellings together found nothing that they share. What only says who died can
/// be of any; fighting holds the deeds told with it.
fn two_deeds(a: &Incident, b: &Incident) -> bool {
    let deed = |i: &Incident| !is_outcome(&i.evidence) && i.parts.is_empty() && i.episode.is_none();
    deed(a) && deed(b)
}

/// "At least 27 people have been killed so far": clauses that only give a running total, and tell of no one happening.
pub(crate) fn tallies<'c>(told: &'c Told) -> BTreeSet<&'c EventId> {
    let mut out = BTreeSet::new();
    let mut of_one = BTreeSet::new();
    for figure in &told.reading.figures {
        let Some(event) = &figure.event else { continue };
        let dying = |at: usize| {
            let evidence = told.event(at).evidence();
            let same = evidence.iter().any(|e| figure.evidence().iter().any(|f| f.sentence == e.sentence));
            same && evidence.iter().any(died)
        };
        if !figure.total {
            of_one.insert(event);
        } else if told.event_at(event).is_some_and(dying) {
            out.insert(event);
        }
    }
    out.retain(|event| !of_one.contains(event));
    out
}

/// The least and the most that a report counts dead of each of its events.
pub(crate) fn dead<'c>(told: &'c Told) -> BTreeMap<&'c EventId, (u64, Option<u64>)> {
    let mut out = BTreeMap::new();
    let whole = |f: &&Cited<Figure>| {
        f.what == Counted::Killed && !f.total && f.part_of.is_none() && f.beside.is_none()
    };
    for figure in told.reading.figures.iter().filter(whole) {
        let least = figure.low.or(figure.value).filter(|_| figure.comparator != Comparator::Vague);
        if let Some((event, least)) = figure.event.as_ref().zip(least) {
            out.entry(event).or_insert((least, figure.high));
        }
    }
    out
}
