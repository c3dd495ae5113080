//! Incidents in, the dated course of the crisis out.
//!
//! # How
//! 1. [`stands`]: what took place, and of what did not the steps that a course is made of: talks, offers, ceasefires,
//!    threats. Demands, charges without a day of their own, comments and scraps of sentences have their
//!    sections elsewhere.
//! 2. [`fold`]: entries that are one happening are one line. One happening is: the same kind, equally real, on the
//!    same days, by the same actors on the same victims or in the same place, or in the same words; and a state that
//!    goes on ("the crossings stayed shut") is told on the day it began.
//! 3. A folded line keeps the text that tells most, all its sentences, and the first tellers of all.
//! # Does not
//! Change the incidents: what is folded here stays apart in the records.

use crate::alike::Class;
use crate::case::{Case, gather};
use crate::days;
use crate::incident::{Incidents, in_time};
use crate::telling;
use crate::words;
use detente_types::date::{Basis, Precision};
use detente_types::story::Origin;
use detente_types::{
    ActorId, DocumentId, EventType, Incident, Modality, Mode, Polarity, Span, TimelineEntry,
};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Share of content words from which two lines of one day are one.
const ALIKE: f64 = 0.5;

/// Days over which an incident is no longer one entry of a course.
pub(crate) const LONG: i32 = 62;

/// The dated course, in order of time.
pub(crate) fn timeline(case: &Case, incidents: &Incidents) -> Vec<TimelineEntry> {
    let mut list: Vec<&Incident> = incidents.list.iter().filter(|i| stands(i)).collect();
    // The list is in order of time but for those that an episode moved; of one day, the first told stays first.
    list.sort_by_key(|i| in_time(&i.when));
    let mut lines: Vec<Vec<&Incident>> = Vec::new();
    for incident in list {
        match lines.iter_mut().find(|line| fold(case, line, incident)) {
            Some(line) => line.push(incident),
            None => lines.push(vec![incident]),
        }
    }
    lines.iter().map(|line| entry(line)).collect()
}

/// Does the incident belong on a timeline?
fn stands(incident: &Incident) -> bool {
    let only_by = incident.when.basis == Basis::Published && incident.when.from().is_none();
    // "This year" and "in recent months" are no place on a course of days; before the crisis they are.
    let long = !incident.background && incident.when.days().is_some_and(|n| n > LONG);
    let dated = !incident.when.is_unknown() && !only_by && !long;
    let affirmed = incident.polarity == Polarity::Affirmed;
    dated && affirmed && !is_total(incident) && matters(incident) && telling::reads(&incident.gist)
}

/// Is it a toll so far ("dozens have been killed since Saturday") and no happening of its first day?
fn is_total(incident: &Incident) -> bool {
    let since = words::tokens(&incident.gist).iter().any(|w| w == "since");
    incident.kind == EventType::Assault && incident.actors.is_empty() && since
}

fn matters(incident: &Incident) -> bool {
    use EventType::{
        Accuse, Agree, Comment, Consult, Deny, Outlook, Request, Retreat, TalksCollapse, Threaten,
    };
    let took_place = matches!(
        incident.modality,
        Modality::Occurred | Modality::Ongoing | Modality::Historical | Modality::Alleged
    );
    let of_days = |n: i32| days::within(&incident.when, n);
    match incident.kind {
        Comment | Outlook | Deny => false,
        // A threat or an offer is made by saying so.
        Threaten => !matches!(incident.modality, Modality::Hypothetical | Modality::Feared),
        Accuse => of_days(3) && (incident.modes.is_empty() || incident.modes.contains(&Mode::Allege)),
        Request => took_place && of_days(3),
        Agree | Consult | Retreat | TalksCollapse => !matches!(
            incident.modality,
            Modality::Hypothetical | Modality::Feared | Modality::Urged | Modality::Demanded
        ),
        _ => took_place,
    }
}

fn real(incident: &Incident) -> Class {
    match incident.modality {
        Modality::Occurred | Modality::Ongoing | Modality::Historical | Modality::Alleged => Class::Real,
        Modality::Planned => Class::Planned,
        _ => Class::Offered,
    }
}

/// Is the incident the happening of the line, or its going on?
fn fold(case: &Case, line: &[&Incident], incident: &Incident) -> bool {
    line.iter().any(|told| {
        let same_words = told.gist == incident.gist && told.when.may_overlap(&incident.when);
        let same_kind = told.kind == incident.kind && real(told) == real(incident);
        told.background == incident.background
            && (same_words
                || (same_kind && (same_happening(case, told, incident) || goes_on(told, incident))))
    })
}

fn same_happening(case: &Case, a: &Incident, b: &Incident) -> bool {
    let days = (a.when.from(), a.when.to()) == (b.when.from(), b.when.to());
    let sides = |ids: &[ActorId]| case.kin.sides(ids.iter().filter(|id| !case.kin.is_unnamed(id)));
    let apart = |x: &[ActorId], y: &[ActorId]| !x.is_empty() && !y.is_empty() && words::shared(x, y) == 0;
    let (by_a, by_b) = (sides(&a.actors), sides(&b.actors));
    if !days || apart(&by_a, &by_b) || (weapons_differ(a, b) && a.gist != b.gist) {
        return false;
    }
    let said = words::overlap(&words::content(&a.gist), &words::content(&b.gist));
    let who = words::shared(&by_a, &by_b) > 0;
    let whom = !apart(&sides(&a.recipients), &sides(&b.recipients));
    let spot = |i: &Incident| i.place.as_ref().map(|p| words::content(&p.name));
    let place = spot(a).zip(spot(b)).is_some_and(|(x, y)| words::shared(&x, &y) > 0);
    let sentences = |i: &Incident| -> BTreeSet<(DocumentId, Span)> {
        i.evidence.iter().map(|e| (e.document.clone(), e.sentence)).collect()
    };
    let one_sentence = !sentences(a).is_disjoint(&sentences(b));
    let one_day = a.when.days() == Some(1) && said >= 0.25;
    // One sentence told as two events, of which one leaves out who did it.
    let unsaid = one_sentence && (by_a.is_empty() || by_b.is_empty());
    said >= ALIKE || (whom && (unsaid || who && (place || one_sentence || one_day)))
}

/// A suicide bombing is not the air strike of the same day.
fn weapons_differ(a: &Incident, b: &Incident) -> bool {
    a.kind == EventType::Assault
        && !a.modes.is_empty()
        && !b.modes.is_empty()
        && words::shared(&a.modes, &b.modes) == 0
}

/// A border that is shut stays shut until somebody opens it.
fn goes_on(began: &Incident, later: &Incident) -> bool {
    let states = [Mode::CoerceRestrict, Mode::Curfew, Mode::MartialLaw, Mode::Stranded];
    let state = |i: &Incident| i.modes.iter().any(|m| states.contains(m));
    let once = |i: &Incident| i.when.precision != Precision::Recurring;
    let mut things = words::content(&began.gist);
    things.retain(|w| days::parse(w).is_none() && !w.starts_with(|c: char| c.is_ascii_digit()));
    let same = words::shared(&things, &words::content(&later.gist)) > 0;
    state(began) && state(later) && once(began) && once(later) && began.modes == later.modes && same
}

fn entry(line: &[&Incident]) -> TimelineEntry {
    let mut best: Vec<&Incident> = line.to_vec();
    // The happening that most tell, in the fullest words; its date is that of the line's first.
    best.sort_by_key(|i| (i.actors.is_empty(), Reverse(i.events.len()), Reverse(i.gist.len()), i.id.clone()));
    let (first, text) = (line[0], best[0]);
    let origins: BTreeSet<&Origin> = line.iter().flat_map(|i| &i.origins).collect();
    TimelineEntry {
        when: first.when.clone(),
        text: text.gist.clone(),
        modality: text.modality,
        incident: text.id.clone(),
        background: first.background,
        origins: origins.len(),
        evidence: gather(line.iter().map(|i| &i.evidence[..])),
    }
}
