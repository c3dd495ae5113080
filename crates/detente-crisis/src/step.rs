//! The acts of one track in, its steps over all reports out.
//!
//! One offer can be announced three times by two speakers in three rooms: three steps. One speech can be told by
//! two papers: one step. "The second round" and "the talks in Istanbul" are probably one, and the
//! reader is told "probably".
//!
//! # How
//! [`merge`] takes the acts from the most exactly told to the least and puts each to the step it fits best. Points
//! are counted by [`fits`]:
//! - always needed: the same kind of step (talks and facilitated talks are one kind), planned apart from
//!   held, no other round, no other day (a day's grace), no other venue;
//! - for what is announced or answered: no other speaker, no other occasion, for answers no other side;
//! - points: 2 to begin with, 3 for the same day, venue, occasion or round, 2 for the same speaker, 4 for the
//!   same report, 1 or 2 for the words of the result.
//!
//! An act that says nothing of speaker, occasion and day is a retelling of the step it fits best, the
//! earliest of equals; nothing but the 2 points gives a confidence of 0.6.
//! # Does not
//! Merge a first offer with a repeat.

use crate::case::{Case, gather, only_link};
use crate::days;
use crate::fit::{self, Fit};
use crate::origin::{self, Teller};
use crate::track::{self, Step, is_answer, is_offer};
use crate::words;
use detente_types::{ActId, ActorId, CitedAct, Modality, Stage};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Days between two reports' publication from which undated talks are two.
const OTHER_TALKS: i32 = 31;
/// Steps that an act is compared with, at most.
const LOOK_AT: usize = 200;

/// Acts put together so far, found again by kind and day.
#[derive(Default)]
struct Merged<'s, 'c> {
    list: Vec<(Vec<&'s Step<'c>>, f64)>,
    dated: BTreeMap<(Stage, i32), BTreeSet<usize>>,
    undated: BTreeMap<Stage, BTreeSet<usize>>,
}

/// Puts the acts of a track together.
pub(crate) fn merge<'c>(case: &Case, steps: &[Step<'c>]) -> Vec<CitedAct> {
    let mut order: Vec<&Step> = steps.iter().collect();
    order.sort_by_key(|s| (Reverse(exactness(s)), s.told, s.at));
    let mut merged = Merged::default();
    let twins = twins(case, &order);
    for step in order.iter().filter(|s| !twins.contains_key(&(s.told, s.at))) {
        let mut best: Option<(i32, usize)> = None;
        for at in merged.near(case, step) {
            let members = merged.list[at].0.iter().take(16);
            let points = members.map(|m| fits(case, step, m)).try_fold(i32::MIN, |a, b| Some(a.max(b?)));
            if let Some(points) = points
                && best.is_none_or(|(most, _)| points > most)
            {
                best = Some((points, at));
            }
        }
        merged.put(step, best);
    }
    let homes: BTreeMap<(usize, usize), usize> = merged
        .list
        .iter()
        .enumerate()
        .flat_map(|(at, (members, _))| members.iter().map(move |m| ((m.told, m.at), at)))
        .collect();
    for (first, step) in order.iter().filter_map(|s| Some((twins.get(&(s.told, s.at))?, s))) {
        merged.list[homes[first]].0.push(step);
    }
    merged.list.iter().map(|(members, confidence)| cited(case, members, *confidence)).collect()
}

/// Acts that a copy tells in the same words, each with the first such act. They sway nothing.
fn twins(case: &Case, order: &[&Step]) -> BTreeMap<(usize, usize), (usize, usize)> {
    let mut firsts: BTreeMap<_, (usize, usize)> = BTreeMap::new();
    let mut out = BTreeMap::new();
    for step in order.iter().filter(|s| !s.act.words.is_empty()) {
        let of = (step.act.stage, step.act.round, is_planned(step.act.modality));
        let key = (case.told[step.told].copy, of, &step.mediators, &step.parties, &step.by, &step.act.words);
        let first = *firsts.entry(key).or_insert((step.told, step.at));
        if first.0 != step.told {
            out.insert((step.told, step.at), first);
        }
    }
    out
}

impl<'s, 'c> Merged<'s, 'c> {
    /// Steps that the act could be, by their places: those of its days, or of the two weeks before its
    /// report; and those without a day.
    fn near(&self, case: &Case, step: &Step) -> BTreeSet<usize> {
        let kind = kind(step.act.stage);
        let published = days::ends(&case.told[step.told].published);
        let reach = match (ends(step), published) {
            (Some((from, to)), _) => (from - 1, to + 1),
            (None, Some((from, to))) => (from - 14, to + 1),
            _ => (i32::MIN, i32::MAX),
        };
        let dated = self.dated.range((kind, reach.0)..=(kind, reach.1)).flat_map(|(_, list)| list);
        let undated = self.undated.get(&kind).into_iter().flatten();
        dated.take(LOOK_AT).chain(undated.take(LOOK_AT)).copied().collect()
    }

    fn put(&mut self, step: &'s Step<'c>, best: Option<(i32, usize)>) {
        let at = match best {
            Some((points, at)) => {
                self.list[at].0.push(step);
                self.list[at].1 = self.list[at].1.min(confidence(points));
                at
            }
            None => {
                self.list.push((vec![step], 1.0));
                self.list.len() - 1
            }
        };
        let kind = kind(step.act.stage);
        match ends(step) {
            Some((from, to)) => (from..=to).for_each(|d| {
                self.dated.entry((kind, d)).or_default().insert(at);
            }),
            None => {
                self.undated.entry(kind).or_default().insert(at);
            }
        }
    }
}

/// First and last day of a step that is dated to within a month.
fn ends(step: &Step) -> Option<(i32, i32)> {
    days::ends(step.when).filter(|(from, to)| to - from <= 31)
}

fn confidence(points: i32) -> f64 {
    (0.5 + 0.05 * f64::from(points)).clamp(0.5, 0.95)
}

fn exactness(step: &Step) -> usize {
    let dated = days::within(step.when, 3);
    let act = step.act;
    4 * usize::from(dated)
        + 3 * usize::from(act.occasion.is_some())
        + 2 * usize::from(act.place.is_some())
        + 2 * usize::from(act.round.is_some())
        + 2 * usize::from(step.person.is_some())
        + usize::from(!step.parties.is_empty())
        + usize::from(!step.by.is_empty())
}

/// Talks and facilitated talks are one kind of step.
fn kind(stage: Stage) -> Stage {
    if stage == Stage::Facilitate { Stage::Talks } else { stage }
}

fn is_planned(modality: Modality) -> bool {
    matches!(modality, Modality::Planned | Modality::Hypothetical | Modality::Feared | Modality::Threatened)
}

/// Whether two acts can be one step, and how much speaks for it; `None` is a veto.
fn fits(case: &Case, a: &Step, b: &Step) -> Option<i32> {
    if kind(a.act.stage) != kind(b.act.stage) || is_planned(a.act.modality) != is_planned(b.act.modality) {
        return None;
    }
    if (a.told, a.at) == (b.told, b.at) {
        return None;
    }
    let round = match (a.act.round, b.act.round) {
        (Some(x), Some(y)) if x != y => return None,
        (Some(_), Some(_)) => 3,
        _ => 0,
    };
    let one_report = 4 * i32::from(a.told == b.told);
    let announced = is_offer(a.act.stage) || is_answer(a.act.stage) || a.act.stage == Stage::Appeal;
    let rest = if announced { announcement(a, b)? } else { session(case, a, b)? };
    let points = 2 + round + one_report + time(a, b)? + rest;
    // Calls for calm are made again and again; nothing but the caller does not make two of them one.
    let enough = if a.act.stage == Stage::Appeal { 4 } else { 2 };
    (points >= enough).then_some(points)
}

fn time(a: &Step, b: &Step) -> Option<i32> {
    let gap = days::gap(a.when, b.when);
    match (days::within(a.when, 3) && days::within(b.when, 3), gap) {
        (true, 0) => Some(3),
        (true, 1) => Some(1),
        (_, 0) => Some(0),
        _ => None,
    }
}

fn announcement(a: &Step, b: &Step) -> Option<i32> {
    let occasion = fit::occasions(&a.occasion, &b.occasion);
    if occasion == Fit::Apart || (!a.by.is_empty() && !b.by.is_empty() && words::shared(&a.by, &b.by) == 0) {
        return None;
    }
    let other_person = a.person.is_some() && b.person.is_some() && a.person != b.person;
    if other_person && occasion != Fit::Same {
        return None;
    }
    let person = 2 * i32::from(a.person.is_some() && a.person == b.person);
    Some(person + 3 * i32::from(occasion == Fit::Same))
}

fn session(case: &Case, a: &Step, b: &Step) -> Option<i32> {
    let venue = fit::places(a.occasion.spot(), b.occasion.spot());
    let own = matches!(a.act.stage, Stage::Withdraw | Stage::CeasefireViolated);
    let both = !a.by.is_empty() && !b.by.is_empty();
    if venue == Fit::Apart || (own && both && words::shared(&a.by, &b.by) == 0) {
        return None;
    }
    let undated = a.when.from().is_none() && b.when.from().is_none();
    if undated && days::gap(&case.told[a.told].published, &case.told[b.told].published) > OTHER_TALKS {
        return None;
    }
    let said = words::overlap(&a.outcome, &b.outcome);
    Some(3 * i32::from(venue == Fit::Same) + i32::from(said >= 0.25) + i32::from(said >= 0.5))
}

/// One step of the track. Its members stand with the most exactly told first.
fn cited(case: &Case, members: &[&Step], confidence: f64) -> CitedAct {
    let evidence = gather(members.iter().map(|s| s.evidence));
    let mut acts: Vec<_> =
        members.iter().map(|s| (case.told[s.told].id().clone(), s.act.id.clone())).collect();
    acts.sort();
    acts.dedup();
    let sides =
        |f: fn(&'_ Step<'_>) -> Vec<ActorId>| members.iter().flat_map(|s| f(s)).collect::<BTreeSet<_>>();
    let first = |f: fn(&detente_types::Act) -> Option<String>| members.iter().find_map(|s| f(s.act));
    let tellers: Vec<Teller> =
        members.iter().map(|s| Teller { told: s.told, speaker: speaker(case, s) }).collect();
    let words: BTreeSet<String> =
        members.iter().map(|s| s.act.words.clone()).filter(|w| !w.is_empty()).collect();
    let facilitated = members.iter().any(|s| s.act.stage == Stage::Facilitate);
    let firmest = |m: Modality| (m != Modality::Occurred, m != Modality::Offered, m);
    CitedAct {
        id: ActId::of(acts.iter().map(|(_, id)| id.as_str())),
        stage: if facilitated { Stage::Facilitate } else { members[0].act.stage },
        mediators: sides(|s| s.mediators.clone()).into_iter().collect(),
        parties: sides(|s| s.parties.clone()).into_iter().collect(),
        by: case.kin.finest(members.iter().flat_map(|s| s.takers.clone()).collect()),
        modality: members
            .iter()
            .map(|s| s.act.modality)
            .min_by_key(|m| firmest(*m))
            .unwrap_or(Modality::Occurred),
        when: days::agreed(members.iter().map(|s| s.when)),
        place: members.iter().find_map(|s| track::venue(s.act).cloned()),
        occasion: first(|a| a.occasion.clone()),
        round: members.iter().find_map(|s| s.act.round),
        outcome: first(|a| a.outcome.clone()),
        words: words.into_iter().collect(),
        origins: origin::origins(case, &tellers),
        weak: only_link(&evidence),
        confidence: if acts.len() == 1 { 1.0 } else { confidence },
        acts,
        evidence,
    }
}

/// Whose words the act rests on: the one who announced or answered; for talks, whoever tells of them.
fn speaker(case: &Case, step: &Step) -> Option<ActorId> {
    let told = &case.told[step.told];
    let event = step.act.event.as_ref().and_then(|e| told.event_at(e)).map(|i| told.event(i));
    let quoted = event.and_then(|e| e.attributed_to.first());
    let announced = is_offer(step.act.stage) || is_answer(step.act.stage) || step.act.stage == Stage::Appeal;
    let own = if announced { step.act.by.first().or(step.act.mediators.first()) } else { None };
    own.or(quoted).map(|r| r.actor.clone())
}
