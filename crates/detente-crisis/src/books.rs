//! One case in, the books of its crisis out: every later noun, in one order.
//!
//! # How
//! 1. Incidents, then episodes and denials on them; tallies on incidents; charges; mediation; stories.
//! 2. Disagreements over all of these; the timeline from the incidents; gaps last, since they are what all
//!    the rest lacks.
//! 3. Actors are those that some fact names, with their sides.
//! # Does not
//! Decide anything; every choice is made in the step that it belongs to.

use crate::case::{Case, Told, ids};
use crate::disagreement::{self, Facts};
use crate::incident::{self, Incidents, is_happening};
use crate::{charge, days, episode, gap, mediation, story, tally, timeline};
use detente_types::actor::CitedOffice;
use detente_types::date::Basis;
use detente_types::{
    Actor, ActorId, ActorKind, Cited, Crisis, CrisisId, Event, EventType, Incident, Modality, Note, Polarity,
    Policy, Quote, Report, When,
};
use std::collections::{BTreeMap, BTreeSet};

/// Assembles the books of one crisis.
pub(crate) fn books(case: &Case, policy: Policy) -> Crisis {
    let mut incidents = incident::incidents(case);
    episode::settle(case, &mut incidents);
    // What does not wait for each other is made side by side: a report more mostly touches one crisis, and somebody waits.
    let counted = || {
        let tallies = tally::tallies(case, &incidents, policy);
        let timeline = timeline::timeline(case, &incidents, &tallies);
        (tallies, timeline)
    };
    let claimed = || (charge::charges(case), mediation::mediations(case), statements(case));
    let ((tallies, timeline), (charges, mediations, statements)) = rayon::join(counted, claimed);
    let facts =
        Facts { incidents: &incidents, tallies: &tallies, mediations: &mediations, charges: &charges };
    let told = || (story::stories(case, &incidents, &mediations), case.told.iter().map(report).collect());
    let (disagreements, (stories, reports)) = rayon::join(|| disagreement::disagreements(case, &facts), told);
    let when = when(&incidents);
    let mut crisis = Crisis {
        id: id(case),
        name: name(case),
        parties: case.parties.clone(),
        actors: Vec::new(),
        when,
        policy,
        reports,
        stories,
        timeline,
        incidents: incidents.list,
        tallies,
        mediations,
        charges,
        disagreements,
        statements,
        offices: offices(case),
        quotes: quotes(case),
        gaps: Vec::new(),
        decisions: Vec::new(),
        notes: notes(case),
    };
    crisis.actors = actors(case, &crisis);
    crisis.gaps = gap::gaps(case, &crisis);
    crisis
}

fn id(case: &Case) -> CrisisId {
    let ids: BTreeSet<&str> = case.told.iter().map(|t| t.id().as_str()).collect();
    CrisisId::of(ids)
}

/// The two main sides, states before groups, then by name: the order must not hang on who is named more often
/// this week.
fn name(case: &Case) -> String {
    let group = |id: &ActorId| !matches!(case.kin.kind(id), ActorKind::State | ActorKind::DefactoGovernment);
    let mut sides: Vec<(bool, &str)> =
        case.parties.iter().take(2).map(|id| (group(id), case.kin.name(id))).collect();
    sides.sort_unstable();
    let names: Vec<&str> = sides.into_iter().map(|(_, name)| name).collect();
    names.join(" – ")
}

fn report(told: &Told) -> Report {
    let reading = &told.reading;
    Report {
        id: told.id().clone(),
        path: reading.document.path.clone(),
        outlet: reading.outlet.clone(),
        title: reading.title.clone(),
        published: told.published.clone(),
        text: reading.document.shared_text(),
        sentences: reading.sentences.clone(),
        mask: reading.mask.clone(),
        words: reading.words,
    }
}

/// Does the incident stand on the timeline as something that took place?
fn took_place(incident: &Incident) -> bool {
    incident.polarity == Polarity::Affirmed
        && !matches!(incident.modality, Modality::Planned | Modality::Hypothetical | Modality::Feared)
}

/// First and last day of the crisis: of what took place in it, by dates that its reports give.
fn when(incidents: &Incidents) -> When {
    let own =
        incidents.list.iter().filter(|i| !i.background && took_place(i) && i.when.basis != Basis::Published);
    let closed = own.filter_map(|i| days::ends(&i.when)).filter(|(a, b)| b - a <= timeline::LONG);
    let span = closed.fold(None, |span: Option<(i32, i32)>, (a, b)| {
        Some(span.map_or((a, b), |(from, to)| (from.min(a), to.max(b))))
    });
    match span {
        Some((from, to)) => days::spanning(days::date(from), days::date(to), Basis::Inherited, None),
        None => When::unknown(),
    }
}

/// Comments, fears, possibilities and words of support; what copies repeat is told once.
fn statements(case: &Case) -> Vec<Cited<Event>> {
    let mut seen: BTreeMap<(usize, EventType, &str), usize> = BTreeMap::new();
    let mut out: Vec<Cited<Event>> = Vec::new();
    for told in &case.told {
        for (at, event) in told.reading.events.iter().enumerate() {
            if is_happening(event, &told.events[at]) {
                continue;
            }
            // The same words in a copy are one statement with one more sentence; in the report itself too.
            let key = (told.copy, event.kind, event.gist.as_str());
            match seen.get(&key) {
                Some(place) if !event.gist.is_empty() => {
                    event.evidence().iter().cloned().for_each(|e| out[*place].support(e));
                }
                _ => {
                    seen.insert(key, out.len());
                    let (when, gist) = (told.events[at].clone(), incident::gist_of(case, told, at));
                    out.push(event.clone().map(|e| Event { when, gist, ..e }));
                }
            }
        }
    }
    out
}

fn offices(case: &Case) -> Vec<CitedOffice> {
    let mut by: BTreeMap<detente_types::Office, CitedOffice> = BTreeMap::new();
    for office in case.told.iter().flat_map(|t| &t.reading.offices) {
        match by.get_mut(&office.fact) {
            Some(known) => office.evidence().iter().cloned().for_each(|e| known.support(e)),
            None => {
                by.insert(office.fact.clone(), office.clone());
            }
        }
    }
    by.into_values().collect()
}

/// Quotations; one that copies repeat is told once.
fn quotes(case: &Case) -> Vec<Cited<Quote>> {
    let mut seen: BTreeSet<(usize, &str)> = BTreeSet::new();
    let mut out = Vec::new();
    for told in &case.told {
        for quote in &told.reading.quotes {
            if seen.insert((told.copy, quote.words.of(told.reading.document.text()))) {
                out.push(quote.clone());
            }
        }
    }
    out
}

fn notes(case: &Case) -> Vec<Note> {
    let all: BTreeSet<&Note> = case.told.iter().flat_map(|t| &t.reading.notes).collect();
    all.into_iter().cloned().collect()
}

/// Everybody whom a fact names, with the sides that they stand for.
fn actors(case: &Case, crisis: &Crisis) -> Vec<Actor> {
    let mut named: BTreeSet<ActorId> = crisis.parties.iter().cloned().collect();
    for told in &case.told {
        let r = &told.reading;
        for e in &r.events {
            named.extend(
                ids(&e.actors)
                    .chain(ids(&e.recipients))
                    .chain(ids(&e.others))
                    .chain(ids(&e.attributed_to))
                    .cloned(),
            );
        }
        for f in &r.figures {
            named.extend(ids(&f.victims).chain(ids(&f.perpetrators)).cloned());
            named.extend(f.claimant.iter().chain(&f.also_by).map(|c| c.actor.clone()));
        }
        r.claims.iter().for_each(|c| named.extend(ids(&c.who).chain(ids(&c.whom)).cloned()));
        r.acts
            .iter()
            .for_each(|a| named.extend(ids(&a.mediators).chain(ids(&a.parties)).chain(ids(&a.by)).cloned()));
        named.extend(r.quotes.iter().filter_map(|q| q.speaker.as_ref()).map(|s| s.actor.clone()));
        r.offices.iter().for_each(|o| named.extend(std::iter::once(o.holder.clone()).chain(o.of.clone())));
    }
    let sides: Vec<ActorId> = named.iter().map(|id| case.kin.side(id)).collect();
    named.extend(sides);
    named.iter().map(|id| case.kin.entry(id)).collect()
}
