//! Tellings of one incident in; where they differ on day, place, perpetrator or certainty out.

use super::{Point, side, two_reports};
use crate::case::{Case, ids};
use crate::days;
use crate::fit::{self, Fit, Spot};
use crate::incident::Incidents;
use detente_types::date::Basis;
use detente_types::disagreement::{About, Kind};
use detente_types::{
    ActorId, Cited, Disagreement, Event, EventType, Evidence, Incident, Modality, Side, Verdict, When,
};
use std::collections::BTreeMap;

/// One telling of an incident.
struct Telling<'c> {
    event: &'c Cited<Event>,
    when: &'c When,
}

pub(super) fn find(case: &Case, incidents: &Incidents) -> Vec<Disagreement> {
    let mut out = Vec::new();
    for incident in incidents.list.iter().filter(|i| i.events.len() >= 2) {
        let tellings: Vec<Telling> = incident.events.iter().filter_map(|e| telling(case, e)).collect();
        out.extend(date(case, incident, &tellings));
        out.extend(place(case, incident, &tellings));
        out.extend(perpetrator(case, incident, &tellings));
        out.extend(certainty(case, incident, &tellings));
    }
    out
}

fn telling<'c>(case: &'c Case, at: &detente_types::incident::EventAt) -> Option<Telling<'c>> {
    let told = &case.told[case.at(&at.document)?];
    let place = told.event_at(&at.event)?;
    Some(Telling { event: told.event(place), when: &told.events[place] })
}

fn point(kind: Kind, label: &str, incident: &Incident, verdict: Verdict, remark: Option<&str>) -> Point {
    Point {
        kind,
        topic: format!("{label}: {}", incident.gist),
        about: About::Incident(incident.id.clone()),
        verdict,
        remark: remark.map(str::to_string),
    }
}

/// Sides of tellings that share a value, where there are two values and two reports.
fn sides<'c, K: Ord>(
    case: &Case,
    tellings: &[Telling<'c>],
    key: impl Fn(&Telling<'c>) -> Option<K>,
    value: impl Fn(&K) -> (String, Vec<ActorId>),
) -> Vec<Side> {
    let mut by: BTreeMap<K, Vec<Evidence>> = BTreeMap::new();
    for telling in tellings {
        if let Some(key) = key(telling) {
            by.entry(key).or_default().extend_from_slice(telling.event.evidence());
        }
    }
    let made: Vec<Side> = by
        .into_iter()
        .map(|(key, evidence)| {
            let (value, who) = value(&key);
            side(value, who, evidence)
        })
        .collect();
    if two_reports(case, &made) { made } else { Vec::new() }
}

fn date(case: &Case, incident: &Incident, tellings: &[Telling]) -> Option<Disagreement> {
    let dated = |w: &When| days::within(w, 2) && !matches!(w.basis, Basis::Published | Basis::Inherited);
    let known: Vec<&Telling> = tellings.iter().filter(|t| dated(t.when)).collect();
    let misses = |t: &Telling| known.iter().any(|o| days::gap(t.when, o.when) > 0);
    let found = sides(
        case,
        tellings,
        |t| (dated(t.when) && misses(t)).then(|| days::ends(t.when)).flatten(),
        |(from, to)| {
            let when = days::spanning(days::date(*from), days::date(*to), Basis::Explicit, None);
            (days::show(&when), Vec::new())
        },
    );
    let widest = known.iter().flat_map(|a| known.iter().map(|b| days::gap(a.when, b.when))).max()?;
    let (verdict, remark) = if widest <= 1 {
        (Verdict::Open, "The reports are one day apart, as they are when something happens around midnight.")
    } else {
        (Verdict::Contradiction, "The days cannot both be right.")
    };
    point(Kind::Date, "Day", incident, verdict, Some(remark)).between(found)
}

fn place(case: &Case, incident: &Incident, tellings: &[Telling]) -> Option<Disagreement> {
    let spots: Vec<Spot> = tellings.iter().filter_map(|t| t.event.place.as_ref()).map(Spot::of).collect();
    let apart = spots.iter().any(|a| {
        spots.iter().any(|b| matches!(fit::places(Some(a), Some(b)), Fit::Doubtful | Fit::Neighbours))
    });
    let far = |t: &&Telling| t.event.place.as_ref().is_some_and(|p| p.precision.is_some_and(|p| p <= 2));
    let names: std::collections::BTreeSet<&str> =
        tellings.iter().filter(far).filter_map(|t| t.event.place.as_ref()).map(|p| p.name.as_str()).collect();
    let differ = spots.iter().any(|a| spots.iter().any(|b| fit::places(Some(a), Some(b)) != Fit::Same));
    let towns_differ = names.len() >= 2 && differ;
    if !apart && !towns_differ {
        return None;
    }
    let found = sides(
        case,
        tellings,
        |t| t.event.place.as_ref().map(|p| p.name.clone()),
        |name| (name.clone(), Vec::new()),
    );
    point(Kind::Place, "Place", incident, Verdict::Open, None).between(found)
}

fn perpetrator(case: &Case, incident: &Incident, tellings: &[Telling]) -> Option<Disagreement> {
    if incident.kind != EventType::Assault {
        return None;
    }
    let who = |t: &Telling| -> Option<Vec<ActorId>> {
        let named = case.kin.sides(ids(&t.event.actors).filter(|id| !case.kin.is_unnamed(id)));
        (!named.is_empty() && !t.event.recipients.is_empty()).then_some(named)
    };
    let named: Vec<Vec<ActorId>> = tellings.iter().filter_map(who).collect();
    let differ = named.iter().any(|a| named.iter().any(|b| crate::words::shared(a, b) == 0));
    if !differ {
        return None;
    }
    let found = sides(case, tellings, who, |sides| (case.names(sides), Vec::new()));
    let remark = "Reports of one happening name different perpetrators.";
    point(Kind::Perpetrator, "Who did it", incident, Verdict::Open, Some(remark)).between(found)
}

/// Told as fact by some, as an allegation by others.
fn certainty(case: &Case, incident: &Incident, tellings: &[Telling]) -> Option<Disagreement> {
    let found = sides(
        case,
        tellings,
        |t| match t.event.modality {
            Modality::Occurred | Modality::Ongoing => Some(false),
            Modality::Alleged => Some(true),
            _ => None,
        },
        |alleged| (if *alleged { "told as an allegation" } else { "told as fact" }.to_string(), Vec::new()),
    );
    let remark = "What some reports print as fact is an allegation in others.";
    point(Kind::Modality, "How sure", incident, Verdict::Open, Some(remark)).between(found)
}
