//! Tracks with their acts in, the mediation board out: steps, answers, venues, rounds, state.
//!
//! "Offered by Iran; Pakistan welcomed it; Afghanistan: not reported." The empty cell is the news that
//! no report prints.
//!
//! # How
//! 1. [`order`]: steps with a date stand by their date. One known only to be told by some day stands there,
//!    or before a later step of the process that its own reports date earlier. One without any date stands
//!    just before the first step with a date or bound that comes later in any process (a ceasefire before a
//!    collapse), unless its reports are published after that step and do not tell it; then it is new.
//! 2. [`state`] walks the steps: an offer opens, an answer moves it, talks, ceasefire, agreement and
//!    collapse decide. A repeat or an attempt to rescue does not undo a collapse; new talks do.
//! 3. [`answers`]: one cell for each party of the track, the latest step by that side that answers; who
//!    came to the talks has answered; otherwise "not reported". Where no report says between whom, the
//!    cells are those of the two main sides of the crisis.
//! # Does not
//! Guess an answer.

use crate::case::{Case, gather};
use crate::days;
use crate::fit::{self, Fit, Spot};
use crate::step;
use crate::track::{self, Track, is_answer};
use detente_types::date::Basis;
use detente_types::mediation::{Answer, CitedAct, Mediation, State};
use detente_types::{ActorId, MediationId, Modality, Stage};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The mediation board of a case.
pub(crate) fn mediations(case: &Case) -> Vec<Mediation> {
    let mut out: Vec<Mediation> = track::tracks(case).iter().map(|t| mediation(case, t)).collect();
    let furthest = |m: &Mediation| m.acts.iter().map(|a| rank(a.stage)).max().unwrap_or_default();
    out.sort_by_cached_key(|m| {
        (
            m.state == State::AppealsOnly,
            Reverse(furthest(m)),
            Reverse(m.acts.len()),
            m.mediators.clone(),
            m.id.clone(),
        )
    });
    out
}

fn mediation(case: &Case, track: &Track) -> Mediation {
    let acts = order(case, step::merge(case, &track.steps));
    let parties = parties(case, track, &acts);
    let kind = if track.appeals { "appeals" } else { "mediation" };
    let names = |ids: &[ActorId]| ids.iter().map(ActorId::as_str).collect::<Vec<_>>().join(" ");
    Mediation {
        id: MediationId::of([kind, &names(&track.mediators), &names(&parties)]),
        mediators: track.mediators.clone(),
        state: if track.appeals { State::AppealsOnly } else { state(case, track, &acts) },
        answers: if track.appeals { Vec::new() } else { answers(case, track, &parties, &acts) },
        venues: venues(&acts),
        rounds: rounds(&acts),
        parties,
        acts,
    }
}

/// Between whom, over all steps. Where the reports name but one party to the dispute ("ready to help Peru"), it
/// is the dispute of the crisis: nobody mediates with one.
fn parties(case: &Case, track: &Track, acts: &[CitedAct]) -> Vec<ActorId> {
    let mut out: BTreeSet<ActorId> = acts.iter().flat_map(|a| &a.parties).cloned().collect();
    let main = &case.parties[..case.parties.len().min(2)];
    let truce = acts.iter().any(|a| rank(a.stage) >= 6);
    let between = !track.mediators.is_empty() || truce;
    if out.len() < 2 && between && out.iter().all(|p| main.contains(p)) {
        out.extend(main.iter().cloned());
    }
    out.retain(|p| !track.mediators.contains(p));
    out.into_iter().collect()
}

/// How far along in a process a step is.
fn rank(stage: Stage) -> u8 {
    match stage {
        Stage::Appeal => 0,
        Stage::Offer => 1,
        Stage::OfferRepeat | Stage::Request => 2,
        Stage::Welcome | Stage::Accept | Stage::Decline | Stage::NoAnswer => 3,
        Stage::ProposeVenue | Stage::ProposePlan | Stage::Convene => 4,
        Stage::Talks | Stage::Facilitate | Stage::Resume => 5,
        Stage::Agreement | Stage::CeasefireAgreed => 6,
        Stage::CeasefireInForce | Stage::CeasefireExtended | Stage::Guarantee => 7,
        Stage::CeasefireViolated => 8,
        Stage::CeasefireLapsed | Stage::Suspend => 9,
        Stage::Collapse => 10,
        Stage::Withdraw | Stage::Salvage => 11,
    }
}

/// The day of a step, where it has one of its own.
fn day(act: &CitedAct) -> Option<i32> {
    let own = act.when.basis != Basis::Published;
    act.when.from().or(act.when.to()).filter(|_| own).map(days::number)
}

/// Steps in order of time.
fn order(case: &Case, acts: Vec<CitedAct>) -> Vec<CitedAct> {
    let mut keys: Vec<i32> = acts.iter().map(|a| day(a).unwrap_or_else(|| undated(case, &acts, a))).collect();
    offers_first(&acts, &mut keys);
    let mut all: Vec<(i32, CitedAct)> = keys.into_iter().zip(acts).collect();
    // Who has yet to reply on the day on which another report has the answer had not replied before.
    let later = |a: &CitedAct| a.stage != Stage::NoAnswer;
    // A plan of that day is what was answered on it.
    let near = |a: &CitedAct| if track::is_offer(a.stage) { rank(a.stage).min(2) } else { rank(a.stage) };
    all.sort_by(|(x, a), (y, b)| (x, near(a), later(a), &a.id).cmp(&(y, near(b), later(b), &b.id)));
    all.into_iter().map(|(_, act)| act).collect()
}

/// "declined, days after both were invited": an offer of which only the latest day is known came before the answers to
/// it, though not before the talks that had failed.
fn offers_first(acts: &[CitedAct], keys: &mut [i32]) {
    for at in 0..acts.len() {
        if !track::is_offer(acts[at].stage) || acts[at].when.from().is_some() {
            continue;
        }
        let ended = (0..acts.len())
            .filter(|&n| matches!(acts[n].stage, Stage::Collapse | Stage::Suspend) && keys[n] < keys[at])
            .map(|n| keys[n])
            .max();
        let answered = (0..acts.len())
            .filter(|&n| is_answer(acts[n].stage) && ended.is_none_or(|day| keys[n] > day))
            .map(|n| keys[n])
            .min();
        keys[at] = answered.map_or(keys[at], |day| keys[at].min(day));
    }
}

/// Where a step without a date stands.
fn undated(case: &Case, acts: &[CitedAct], act: &CitedAct) -> i32 {
    let tells = |a: &CitedAct, report: &detente_types::DocumentId| a.acts.iter().any(|(d, _)| d == report);
    let planned = |a: &CitedAct| matches!(a.modality, Modality::Planned | Modality::Hypothetical);
    let later = |b: &&CitedAct| rank(b.stage) > rank(act.stage) && !planned(b);
    if let Some(by) = act.when.to().map(days::number) {
        let beside = acts.iter().filter(later).filter(|b| act.acts.iter().any(|(d, _)| tells(b, d)));
        return beside.filter_map(day).fold(by, i32::min);
    }
    if planned(act) {
        return i32::MAX;
    }
    let published =
        act.acts.iter().filter_map(|(d, _)| case.told[case.at(d)?].published.from().map(days::number));
    let known_from = published.min();
    let bound = |b: &CitedAct| day(b).or(b.when.to().map(days::number));
    let after = acts.iter().filter(later).filter_map(|b| Some((bound(b)?, b))).min_by_key(|(d, _)| *d);
    match (after, known_from) {
        (Some((day, later)), Some(from))
            if from > day + 7 && !act.acts.iter().any(|(d, _)| tells(later, d)) =>
        {
            from
        }
        (Some((day, _)), _) => day,
        (None, _) => i32::MAX,
    }
}

/// What the step comes to: who refuses to accept has declined, who is merely open to it has not yet said yes, and
/// who is asked to accept has not answered.
fn answered(act: &CitedAct) -> Option<Stage> {
    use Modality::{Demanded, Denied, Feared, Hypothetical, Refused, Urged, Willing};
    match (act.stage, act.modality) {
        (Stage::Accept | Stage::Welcome, Refused | Denied) => Some(Stage::Decline),
        (Stage::Accept, Willing) => Some(Stage::Welcome),
        (Stage::Accept | Stage::Welcome | Stage::Decline, Urged | Demanded | Hypothetical | Feared) => None,
        (stage, _) => Some(stage),
    }
}

/// Where the track stands after its steps.
fn state(case: &Case, track: &Track, acts: &[CitedAct]) -> State {
    // "stepped aside as mediator": nobody mediates here any more.
    let alone = |act: &CitedAct| {
        let gone = case.kin.sides(&act.by);
        !track.mediators.is_empty() && track.mediators.iter().all(|m| gone.contains(m))
    };
    let offered = acts.iter().any(|a| track::is_offer(a.stage));
    let mut refused: BTreeSet<ActorId> = BTreeSet::new();
    acts.iter().fold(State::Offered, |state, act| {
        let planned = matches!(act.modality, Modality::Planned | Modality::Hypothetical);
        let early = matches!(state, State::Offered | State::Welcomed | State::Declined);
        // Talks that ended are over; what is offered and answered after that is a new round.
        let over = matches!(state, State::Collapsed | State::Suspended);
        let Some(stage) = answered(act) else { return state };
        if is_answer(stage) || track::is_offer(stage) {
            let by = case.kin.sides(&act.by);
            match stage {
                Stage::Decline => refused.extend(by),
                Stage::Welcome | Stage::Accept => refused.retain(|side| !by.contains(side)),
                _ => {}
            }
        }
        match stage {
            Stage::Offer | Stage::OfferRepeat if over => State::Offered,
            // What one side refuses does not begin, whoever else said yes.
            Stage::Welcome | Stage::Accept if early || over => {
                if refused.is_empty() {
                    State::Welcomed
                } else {
                    State::Declined
                }
            }
            Stage::Decline if early || over => State::Declined,
            Stage::Convene | Stage::Talks | Stage::Facilitate | Stage::Resume if planned => {
                if early {
                    State::Planned
                } else {
                    state
                }
            }
            Stage::Convene if early || state == State::Planned => State::Talks,
            Stage::Talks | Stage::Facilitate if !matches!(state, State::Ceasefire | State::Agreement) => {
                State::Talks
            }
            Stage::Resume => State::Talks,
            // Nobody leaves an offer: who left talks that no report tells of left talks.
            Stage::Withdraw if state == State::Offered && !offered => State::Suspended,
            Stage::Withdraw if alone(act) && !matches!(state, State::Ceasefire | State::Agreement) => {
                State::Suspended
            }
            Stage::Suspend => State::Suspended,
            Stage::Agreement if !planned => State::Agreement,
            Stage::CeasefireAgreed | Stage::CeasefireInForce | Stage::CeasefireExtended if !planned => {
                State::Ceasefire
            }
            Stage::CeasefireLapsed | Stage::Collapse => State::Collapsed,
            _ => state,
        }
    })
}

/// Did the parties meet?
fn is_session(act: &CitedAct) -> bool {
    let held = !matches!(act.modality, Modality::Planned | Modality::Hypothetical);
    held && matches!(act.stage, Stage::Talks | Stage::Facilitate | Stage::Convene | Stage::Resume)
}

fn answers(case: &Case, track: &Track, parties: &[ActorId], acts: &[CitedAct]) -> Vec<Answer> {
    let asked = if parties.is_empty() && !track.mediators.is_empty() {
        &case.parties[..case.parties.len().min(2)]
    } else {
        parties
    };
    asked.iter().map(|party| answer(case, party, acts)).collect()
}

fn answer(case: &Case, party: &ActorId, acts: &[CitedAct]) -> Answer {
    let by = |a: &&CitedAct| a.by.iter().any(|id| case.kin.side(id) == *party);
    let answers = |a: &&CitedAct| is_answer(a.stage) && answered(a).is_some();
    let said = acts.iter().filter(|a| answers(a) || a.stage == Stage::Withdraw).rfind(by);
    // Who signed with another came to the table.
    let signed = |a: &CitedAct| {
        matches!(a.stage, Stage::CeasefireAgreed | Stage::Agreement)
            && matches!(a.modality, Modality::Occurred | Modality::Historical)
            && a.parties.len() > 1
    };
    let sat = |a: &&CitedAct| (is_session(a) || signed(a)) && a.parties.contains(party);
    let met = || acts.iter().rfind(sat);
    match said.or_else(met) {
        Some(act) => Answer {
            party: party.clone(),
            stage: answered(act),
            single_origin: tellers(case, act) == 1,
            evidence: gather([&act.evidence[..]]),
        },
        None => Answer { party: party.clone(), stage: None, single_origin: false, evidence: Vec::new() },
    }
}

/// Reports that tell of it, copies counted once. Whoever answers is always one speaker; what counts here
/// is how many heard it.
fn tellers(case: &Case, act: &CitedAct) -> usize {
    let copies = act.acts.iter().filter_map(|(d, _)| Some(case.told[case.at(d)?].copy));
    copies.collect::<BTreeSet<_>>().len()
}

fn venues(acts: &[CitedAct]) -> Vec<String> {
    let mut out: Vec<(Spot, String)> = Vec::new();
    // Where a truce holds or breaks is no venue.
    let held = |a: &&CitedAct| rank(a.stage) >= 4 && !track::fares(a.stage);
    for place in acts.iter().filter(held).filter_map(|a| a.place.as_ref()) {
        let spot = Spot::of(place);
        if !out.iter().any(|(other, _)| fit::places(Some(other), Some(&spot)) == Fit::Same) {
            out.push((spot, place.name.clone()));
        }
    }
    out.into_iter().map(|(_, name)| name).collect()
}

/// The highest number of rounds that is stated, or counted where more meetings are told.
fn rounds(acts: &[CitedAct]) -> Option<u32> {
    let stated = acts.iter().filter_map(|a| a.round).max();
    let counted = acts.iter().filter(|a| is_session(a)).count() as u32;
    stated.max((counted > 0).then_some(counted))
}
