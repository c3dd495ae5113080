//! Acts of one track in; where reports differ on its scope, occasions, firmness, rounds, and on why it
//! failed, out.

use super::{Facts, Point, side, silence, two_reports};
use crate::case::{Case, ids};
use crate::track::{is_answer, is_offer};
use detente_types::disagreement::{About, Kind};
use detente_types::{
    Act, ActorId, Cited, CitedAct, Disagreement, Evidence, Mediation, MediationState, Modality, Side, Stage,
    Stance, Tier, Verdict,
};
use std::collections::{BTreeMap, BTreeSet};

/// Sentences around a failure in which a charge is taken for its cause.
const BESIDE: usize = 2;

pub(super) fn find(case: &Case, facts: &Facts) -> Vec<Disagreement> {
    let mut out = Vec::new();
    for track in facts.mediations.iter().filter(|m| m.state != MediationState::AppealsOnly) {
        out.extend(scope(case, track));
        out.extend(occasion(case, track));
        out.extend(firmness(case, track));
        out.extend(cause(case, track));
        out.extend(rounds(case, track));
        out.extend(answered(case, track));
    }
    out
}

fn label(case: &Case, track: &Mediation) -> String {
    match (track.mediators.is_empty(), track.parties.is_empty()) {
        (true, _) => format!("talks between {}", case.names(&track.parties)),
        (false, true) => format!("mediation by {}", case.names(&track.mediators)),
        (false, false) => {
            format!("mediation by {} between {}", case.names(&track.mediators), case.names(&track.parties))
        }
    }
}

fn point(track: &Mediation, kind: Kind, topic: String, verdict: Verdict, remark: Option<String>) -> Point {
    Point { kind, topic, about: About::Mediation(track.id.clone()), verdict, remark }
}

/// The acts of single reports behind a step.
fn single<'c>(case: &'c Case, act: &CitedAct) -> Vec<&'c Cited<Act>> {
    let find = |(document, id): &(detente_types::DocumentId, detente_types::ActId)| {
        let told = &case.told[case.at(document)?];
        told.reading.acts.iter().find(|a| a.id == *id)
    };
    act.acts.iter().filter_map(find).collect()
}

/// Between whom, as the reports state it.
fn scope(case: &Case, track: &Mediation) -> Option<Disagreement> {
    let mut by: BTreeMap<Vec<ActorId>, Vec<Evidence>> = BTreeMap::new();
    for act in track.acts.iter().filter(|a| is_offer(a.stage)).flat_map(|a| single(case, a)) {
        let parties = case.kin.sides(ids(&act.parties));
        // One party alone is half a sentence, not a scope.
        if parties.len() >= 2 {
            by.entry(parties).or_default().extend_from_slice(act.evidence());
        }
    }
    let widest = by.keys().max_by_key(|k| k.len())?.clone();
    let nested = by.keys().all(|k| crate::words::shared(k, &widest) == k.len());
    let remark = headline_only(case, &by);
    let sides: Vec<Side> =
        by.into_iter().map(|(parties, e)| side(case.names(&parties), Vec::new(), e)).collect();
    let verdict = if nested { Verdict::Compatible } else { Verdict::Open };
    let topic = format!("Scope: offer of {}", case.names(&track.mediators));
    point(track, Kind::Scope, topic, verdict, remark).between(sides)
}

/// A report whose headline has another scope than its text.
fn headline_only(case: &Case, by: &BTreeMap<Vec<ActorId>, Vec<Evidence>>) -> Option<String> {
    for (parties, evidence) in by {
        for e in evidence.iter().filter(|e| e.tier == Tier::Headline) {
            let in_text =
                |list: &Vec<Evidence>| list.iter().any(|x| x.document == e.document && x.tier == Tier::Body);
            let other = by.iter().find(|(p, list)| *p != parties && in_text(list));
            if let (Some((wider, _)), false) = (other, in_text(evidence)) {
                let outlet = case.told[case.at(&e.document)?].outlet();
                let left: Vec<ActorId> = wider.iter().filter(|p| !parties.contains(p)).cloned().collect();
                return Some(match left.is_empty() {
                    true => {
                        format!("In {outlet} the headline names {}, the text does not.", case.names(parties))
                    }
                    false => format!(
                        "In {outlet} the headline leaves out {}, the text does not.",
                        case.names(&left)
                    ),
                });
            }
        }
    }
    None
}

/// Several announcements of one standing offer.
fn occasion(case: &Case, track: &Mediation) -> Option<Disagreement> {
    let offers = track.acts.iter().filter(|a| matches!(a.stage, Stage::Offer | Stage::OfferRepeat));
    let told = offers.filter(|a| !a.by.is_empty() || a.occasion.is_some() || a.place.is_some());
    let sides: Vec<Side> = told
        .map(|a| {
            let place = a.place.as_ref().map(|p| p.name.clone());
            let at = a.occasion.clone().or(place);
            let value = match (a.by.is_empty(), at) {
                (true, at) => at.unwrap_or_default(),
                (false, None) => case.names(&a.by),
                (false, Some(at)) => format!("{}, {at}", case.names(&a.by)),
            };
            side(value, a.by.clone(), a.evidence.clone())
        })
        .collect();
    let remark = "These are several announcements of one standing offer.".to_string();
    let topic = format!("Occasion: offer of {}", case.names(&track.mediators));
    point(track, Kind::Occasion, topic, Verdict::Compatible, Some(remark)).between(sides)
}

/// "Formally offered" here, "ready to" there.
fn firmness(case: &Case, track: &Mediation) -> Option<Disagreement> {
    let mut by: BTreeMap<&str, (BTreeSet<&str>, Vec<Evidence>)> = BTreeMap::new();
    for act in track.acts.iter().filter(|a| is_offer(a.stage)).flat_map(|a| single(case, a)) {
        let formal = crate::words::tokens(&act.words).iter().any(|w| w == "formally" || w == "officially");
        let value = match act.modality {
            _ if formal => "formally offered",
            Modality::Willing => "ready or willing",
            Modality::Planned => "planned",
            Modality::Hypothetical => "possible",
            _ => "offered",
        };
        let entry = by.entry(value).or_default();
        entry.0.insert(&act.words);
        entry.1.extend_from_slice(act.evidence());
    }
    let sides: Vec<Side> = by
        .into_iter()
        .map(|(value, (words, evidence))| {
            let words: Vec<String> =
                words.into_iter().filter(|w| !w.is_empty()).map(|w| format!("\"{w}\"")).collect();
            let value =
                if words.is_empty() { value.to_string() } else { format!("{value} ({})", words.join(", ")) };
            side(value, Vec::new(), evidence)
        })
        .collect();
    if !two_reports(case, &sides) {
        return None;
    }
    let topic = format!("How firm: offer of {}", case.names(&track.mediators));
    point(track, Kind::Modality, topic, Verdict::Compatible, None).between(sides)
}

fn is_failure(stage: Stage) -> bool {
    matches!(stage, Stage::Collapse | Stage::Suspend | Stage::CeasefireLapsed | Stage::Withdraw)
}

/// Why it failed: the results that reports print, and the charges that stand beside the failure.
fn cause(case: &Case, track: &Mediation) -> Option<Disagreement> {
    let mut by: BTreeMap<(Vec<ActorId>, String), Vec<Evidence>> = BTreeMap::new();
    for act in track.acts.iter().filter(|a| is_failure(a.stage)) {
        for told in single(case, act) {
            if let Some(outcome) = &told.outcome {
                by.entry((Vec::new(), outcome.clone())).or_default().extend_from_slice(told.evidence());
            }
        }
        for (document, id) in &act.acts {
            charges_beside(case, document, id, &mut by);
        }
    }
    let sides: Vec<Side> =
        by.into_iter().map(|((who, value), evidence)| side(value, who, evidence)).collect();
    let topic = format!("Why it failed: {}", label(case, track));
    let remark = "Causes are given here with those who name them; none is confirmed.".to_string();
    point(track, Kind::Cause, topic, Verdict::Open, Some(remark)).between(sides)
}

fn charges_beside(
    case: &Case,
    document: &detente_types::DocumentId,
    id: &detente_types::ActId,
    by: &mut BTreeMap<(Vec<ActorId>, String), Vec<Evidence>>,
) {
    let Some(told) = case.at(document).map(|t| &case.told[t]) else { return };
    let Some(act) = told.reading.acts.iter().find(|a| a.id == *id) else { return };
    let at = told.sentence_of(act.evidence());
    for claim in told.reading.claims.iter().filter(|c| !matches!(c.stance, Stance::Denial)) {
        let linked = claim.event.is_some() && claim.event == act.event;
        let named = !claim.whom.is_empty() && claim.stance == Stance::Accusation;
        let near = told.sentence_of(claim.evidence()).abs_diff(at) <= BESIDE;
        let party = ids(&claim.who).any(|id| case.parties.contains(&case.kin.side(id)));
        let talks = about_talks(&claim.topic) || about_talks(&crate::words::tokens(&claim.about));
        if linked || (near && party && named && talks) {
            let who = claim.who.iter().map(|r| r.actor.clone()).collect();
            by.entry((who, claim.about.clone())).or_default().extend_from_slice(claim.evidence());
        }
    }
}

/// Does a charge speak of negotiating at all?
fn about_talks(words: &[String]) -> bool {
    const TALKS: [&str; 9] =
        ["talk", "negotiat", "demand", "mediat", "ceasefir", "truce", "delegat", "agreement", "deal"];
    words.iter().any(|w| TALKS.iter().any(|t| w.starts_with(t)))
}

/// How many rounds there were, as different reports count them.
fn rounds(case: &Case, track: &Mediation) -> Option<Disagreement> {
    let mut by: BTreeMap<String, Vec<Evidence>> = BTreeMap::new();
    let sessions = |a: &&CitedAct| !is_offer(a.stage) && !is_answer(a.stage);
    for act in track.acts.iter().filter(sessions).flat_map(|a| single(case, a)) {
        let repeated = act.event.as_ref().is_some_and(|e| is_repeated(case, act, e));
        let value = match (act.round, repeated) {
            (Some(n), _) => format!("round {n}"),
            (None, true) => "more than once".to_string(),
            _ => continue,
        };
        by.entry(value).or_default().extend_from_slice(act.evidence());
    }
    let sides: Vec<Side> =
        by.into_iter().map(|(value, evidence)| side(value, Vec::new(), evidence)).collect();
    if !two_reports(case, &sides) {
        return None;
    }
    let remark = "Reports count by venue, by year or over all; the numbers need not contradict each other.";
    let topic = format!("Rounds: {}", label(case, track));
    point(track, Kind::Count, topic, Verdict::Open, Some(remark.to_string())).between(sides)
}

fn is_repeated(case: &Case, act: &Cited<Act>, event: &detente_types::EventId) -> bool {
    let told = act.evidence().first().and_then(|e| case.at(&e.document)).map(|t| &case.told[t]);
    told.and_then(|t| t.event_at(event).map(|at| t.event(at).repeated)).unwrap_or(false)
}

/// An answer that one report tells and others that tell the offer leave out.
fn answered(case: &Case, track: &Mediation) -> Vec<Disagreement> {
    let reports = |acts: &mut dyn Iterator<Item = &CitedAct>| -> Vec<usize> {
        let found: BTreeSet<usize> = acts.flat_map(|a| &a.acts).filter_map(|(d, _)| case.at(d)).collect();
        found.into_iter().collect()
    };
    let offers = reports(&mut track.acts.iter().filter(|a| is_offer(a.stage)));
    let answers = track.acts.iter().filter(|a| is_answer(a.stage) && !a.by.is_empty());
    let raised = answers.filter_map(|act| {
        // A report that tells another answer of the same side has not left the side out.
        let sides = case.kin.sides(&act.by);
        let same = |a: &&CitedAct| is_answer(a.stage) && case.kin.sides(&a.by) == sides;
        let heard = reports(&mut track.acts.iter().filter(same));
        let silent = silence(case, &heard, offers.iter().copied())?;
        let by = case.names(&act.by);
        let sides = vec![
            side(format!("{by}: {}", stage_word(act.stage)), act.by.clone(), act.evidence.clone()),
            silent,
        ];
        let topic = format!("The answer of {by} to {}", label(case, track));
        point(track, Kind::Presence, topic, Verdict::Compatible, None).between(sides)
    });
    raised.collect()
}

fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Welcome => "welcomed it",
        Stage::Accept => "accepted",
        Stage::Decline => "declined",
        _ => "did not answer",
    }
}
