//! Charges in; which are denied, which reports leave the denial out, and who is accused of what nobody
//! is known to have done, out.

use super::{Facts, Point, side, silence};
use crate::case::{Case, ids};
use detente_types::crisis::Charge;
use detente_types::disagreement::{About, Kind};
use detente_types::{ActorId, Disagreement, Evidence, Side, Stance, Verdict};
use std::collections::BTreeMap;

pub(super) fn find(case: &Case, facts: &Facts) -> Vec<Disagreement> {
    let mut out = Vec::new();
    for charge in facts.charges {
        out.extend(denied(case, charge));
        out.extend(left_out(case, charge));
    }
    out.extend(perpetrators(case, facts));
    out
}

fn topic(case: &Case, charge: &Charge) -> String {
    let about = Some(charge.accusation.about.as_str()).filter(|a| !a.is_empty());
    let about = about.map(|a| format!(": {a}")).unwrap_or_default();
    if charge.accusation.stance == Stance::Assertion {
        return format!("Said by {}{about}", case.names(&charge.by));
    }
    format!("{} against {}{about}", case.names(&charge.by), case.names(&charge.against))
}

fn about(charge: &Charge) -> About {
    charge.against.first().map_or(About::Nothing, |id| About::Actor(id.clone()))
}

fn denied(case: &Case, charge: &Charge) -> Option<Disagreement> {
    let denials = charge.answers.iter().filter(|a| a.claim.stance == Stance::Denial);
    let mut sides: Vec<Side> = denials.map(|a| side("denied", a.by.clone(), a.evidence.clone())).collect();
    if sides.is_empty() {
        return None;
    }
    let made = if charge.accusation.stance == Stance::Assertion { "said" } else { "charged" };
    sides.push(side(made, charge.by.clone(), charge.evidence.clone()));
    Point {
        kind: Kind::AccusationDenial,
        topic: topic(case, charge),
        about: about(charge),
        verdict: Verdict::Open,
        remark: None,
    }
    .between(sides)
}

/// The charge is told with its denial by some and without it by others.
fn left_out(case: &Case, charge: &Charge) -> Option<Disagreement> {
    let reports = |evidence: &[Evidence]| -> Vec<usize> {
        let mut out: Vec<usize> = evidence.iter().filter_map(|e| case.at(&e.document)).collect();
        out.sort_unstable();
        out.dedup();
        out
    };
    let answers: Vec<&detente_types::crisis::ChargeAnswer> =
        charge.answers.iter().filter(|a| a.claim.stance == Stance::Denial).collect();
    let first = answers.first()?;
    let evidence: Vec<Evidence> = answers.iter().flat_map(|a| a.evidence.clone()).collect();
    let silent = silence(case, &reports(&evidence), reports(&charge.evidence))?;
    let sides =
        vec![side(format!("denied by {}", case.names(&first.by)), first.by.clone(), evidence), silent];
    Point {
        kind: Kind::Presence,
        topic: format!("The denial: {}", topic(case, charge)),
        about: about(charge),
        verdict: Verdict::Compatible,
        remark: Some("Some reports print it without the denial.".to_string()),
    }
    .between(sides)
}

/// Somebody is accused of a happening for which the reports themselves name nobody, or somebody else.
fn perpetrators(case: &Case, facts: &Facts) -> Vec<Disagreement> {
    let mut accused: BTreeMap<usize, Vec<Side>> = BTreeMap::new();
    for (t, told) in case.told.iter().enumerate() {
        for claim in
            told.reading.claims.iter().filter(|c| matches!(c.stance, Stance::Accusation | Stance::Denial))
        {
            let Some(at) = claim.event.as_ref().and_then(|e| facts.incidents.of_event(case, t, e)) else {
                continue;
            };
            let incident = &facts.incidents.list[at];
            if crate::origin::is_verbal(incident.kind) {
                continue;
            }
            let whom: Vec<ActorId> = case.kin.sides(ids(&claim.whom));
            let known = case.kin.sides(&incident.actors);
            let (value, other) = match claim.stance {
                Stance::Accusation => {
                    (case.names(&whom), known.is_empty() || crate::words::shared(&whom, &known) == 0)
                }
                _ => (format!("not {}", case.names(&case.kin.sides(ids(&claim.who)))), true),
            };
            if other && !whom.is_empty() {
                let by = case.kin.sides(ids(&claim.who));
                accused.entry(at).or_default().push(side(value, by, claim.evidence().to_vec()));
            }
        }
    }
    let raised = accused.into_iter().filter_map(|(at, sides)| {
        let incident = &facts.incidents.list[at];
        let mut merged = merge(sides);
        let own = if incident.actors.is_empty() {
            "nobody named".to_string()
        } else {
            case.names(&incident.actors)
        };
        if !merged.iter().any(|s| s.value == own) {
            merged.push(side(own, Vec::new(), incident.evidence.clone()));
        }
        Point {
            kind: Kind::Perpetrator,
            topic: format!("Who did it: {}", incident.gist),
            about: About::Incident(incident.id.clone()),
            verdict: Verdict::Open,
            remark: Some("An accusation is no finding.".to_string()),
        }
        .between(merged)
    });
    raised.collect()
}

/// Sides of one value and one speaker are one.
fn merge(sides: Vec<Side>) -> Vec<Side> {
    let mut by: BTreeMap<(String, Vec<ActorId>), Vec<Evidence>> = BTreeMap::new();
    for s in sides {
        by.entry((s.value, s.by)).or_default().extend(s.evidence);
    }
    by.into_iter().map(|((value, who), evidence)| side(value, who, evidence)).collect()
}
