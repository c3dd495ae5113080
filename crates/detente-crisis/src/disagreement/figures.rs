//! Claims of one tally in; where they differ on number or owner, and who leaves whose count out, out.

use super::{Facts, Point, side, silence};
use crate::case::Case;
use crate::tally;
use detente_types::disagreement::{About, Kind};
use detente_types::tally::{Agreement, Interest};
use detente_types::{ActorId, Comparator, Counted, Disagreement, Side, Tally, TallyClaim, Verdict};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn find(case: &Case, facts: &Facts) -> Vec<Disagreement> {
    let mut out = Vec::new();
    // How long something lasted is no count on which sides differ.
    let counted = facts.tallies.iter().filter(|t| !matches!(t.what, Counted::Days | Counted::Rounds));
    for tally in counted {
        out.extend(quantity(case, tally));
        out.extend(provenance(case, tally));
        out.extend(presence(case, tally));
    }
    out
}

/// "killed on the side of Peru, combatants".
pub(crate) fn subject(case: &Case, tally: &Tally) -> String {
    let what = counted(tally.what);
    let side =
        if tally.victims.is_empty() { String::new() } else { format!(", {}", case.names(&tally.victims)) };
    let unit = tally.unit.as_deref().map(|u| format!(" ({})", plural(u))).unwrap_or_default();
    let total = if tally.total { ", running total" } else { "" };
    format!("{what}{side}{unit}{total}")
}

/// What is counted, as the beginning of a line.
fn counted(what: Counted) -> &'static str {
    match what {
        Counted::Killed => "Killed",
        Counted::Wounded => "Wounded",
        Counted::Casualties => "Casualties",
        Counted::Captured => "Captured",
        Counted::Missing => "Missing",
        Counted::Displaced => "Displaced",
        Counted::Arrested => "Arrested",
        Counted::Stranded => "Stranded",
        Counted::Released => "Released",
        Counted::Vehicles => "Vehicles",
        Counted::Aircraft => "Aircraft",
        Counted::Munitions => "Munitions",
        Counted::Posts => "Posts",
        Counted::Buildings => "Buildings",
        Counted::Troops => "Troops",
        Counted::Rounds => "Rounds of talks",
        Counted::Days => "Days",
        Counted::Money => "Money",
        Counted::Other => "Number",
    }
}

fn plural(unit: &str) -> String {
    match unit {
        "child" => "children".to_string(),
        "woman" => "women".to_string(),
        "person" => "people".to_string(),
        u if u.ends_with('s') || u == "people" || u == "personnel" => u.to_string(),
        u => format!("{u}s"),
    }
}

/// The number as printed: "58", "more than 200", "dozens".
fn printed(claim: &TallyClaim) -> String {
    let Some(value) = claim.value else {
        return match (claim.low, claim.high) {
            (Some(a), Some(b)) if claim.comparator == Comparator::Range => format!("{a} to {b}"),
            _ => claim.text.clone(),
        };
    };
    match claim.comparator {
        Comparator::Exactly | Comparator::Vague => value.to_string(),
        Comparator::AtLeast => format!("at least {value}"),
        Comparator::MoreThan => format!("more than {value}"),
        Comparator::AtMost => format!("up to {value}"),
        Comparator::LessThan => format!("fewer than {value}"),
        Comparator::About => format!("about {value}"),
        Comparator::Range => match (claim.low, claim.high) {
            (Some(a), Some(b)) => format!("{a} to {b}"),
            _ => value.to_string(),
        },
    }
}

fn about(tally: &Tally) -> About {
    About::Tally(tally.id.clone())
}

fn owners<'t>(claims: impl Iterator<Item = &'t TallyClaim>) -> Vec<ActorId> {
    claims.filter_map(|c| c.claimant.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

fn quantity(case: &Case, tally: &Tally) -> Option<Disagreement> {
    let mut by: BTreeMap<String, Vec<&TallyClaim>> = BTreeMap::new();
    for claim in tally.claims.iter().filter(|c| c.value.is_some() || c.comparator == Comparator::Range) {
        by.entry(printed(claim)).or_default().push(claim);
    }
    let claims: Vec<&TallyClaim> = by.values().flatten().copied().collect();
    let sides: Vec<Side> = by
        .into_iter()
        .map(|(value, claims)| {
            let evidence = claims.iter().flat_map(|c| c.evidence.clone()).collect();
            side(value, owners(claims.into_iter()), evidence)
        })
        .collect();
    let (verdict, remark) = verdict(case, tally, &claims);
    let topic = subject(case, tally);
    Point { kind: Kind::Quantity, topic, about: about(tally), verdict, remark }.between(sides)
}

fn verdict(case: &Case, tally: &Tally, claims: &[&TallyClaim]) -> (Verdict, Option<String>) {
    let side = |c: &TallyClaim| c.claimant.as_ref().map(|id| case.kin.side(id));
    let sides: BTreeSet<Option<ActorId>> = claims.iter().map(|c| side(c)).collect();
    let superseded = claims
        .iter()
        .any(|a| claims.iter().any(|b| side(a) == side(b) && a.value != b.value && tally::is_later(a, b)));
    if grown(tally, claims) {
        return (
            Verdict::ChangeOverTime,
            Some("A running total rises: the later number is the larger one.".to_string()),
        );
    }
    let independent = tally.claims.iter().any(|c| c.interest == Interest::Independent);
    match (tally.agreement, sides.len()) {
        (Agreement::Contested, _) if independent => (Verdict::Open, None),
        (Agreement::Contested, _) => (Verdict::Open, Some("No independent count is reported.".to_string())),
        (_, 1) if superseded => {
            (Verdict::ChangeOverTime, Some("The later number replaces the earlier one.".to_string()))
        }
        (_, 1) => {
            let owner = sides.into_iter().next().flatten();
            let remark = owner.map(|id| format!("Both go back to {}; it is one count.", case.kin.name(&id)));
            (Verdict::Compatible, remark)
        }
        _ => (Verdict::Compatible, None),
    }
}

/// Is it a running total of which every later number is the larger one, whoever gives it?
fn grown(tally: &Tally, claims: &[&TallyClaim]) -> bool {
    let grows = |a: &TallyClaim, b: &TallyClaim| tally::is_later(a, b) && a.value < b.value;
    let differ = |a: &TallyClaim, b: &TallyClaim| a.value != b.value;
    tally.total
        && claims.iter().any(|a| claims.iter().any(|b| differ(a, b)))
        && claims.iter().all(|a| claims.iter().all(|b| !differ(a, b) || grows(a, b) || grows(b, a)))
}

/// The same number with its owner here and without him there.
fn provenance(case: &Case, tally: &Tally) -> Option<Disagreement> {
    let hidden: Vec<&TallyClaim> = tally.claims.iter().filter(|c| c.inferred).collect();
    let first = hidden.first()?;
    let owner = first.claimant.as_ref()?;
    let owned: Vec<&TallyClaim> = tally
        .claims
        .iter()
        .filter(|c| !c.inferred && c.claimant.as_ref().is_some_and(|id| case.kin.same_side(id, owner)))
        .collect();
    let name = case.kin.name(owner);
    let evidence = |claims: &[&TallyClaim]| claims.iter().flat_map(|c| c.evidence.clone()).collect();
    let sides = vec![
        side(format!("said to be the count of {name}"), vec![owner.clone()], evidence(&owned)),
        side("given without an owner".to_string(), Vec::new(), evidence(&hidden)),
    ];
    let remark = format!("The number is taken to be that of {name}, who gives it elsewhere.");
    Point {
        kind: Kind::Provenance,
        topic: format!("Whose count: {}", subject(case, tally)),
        about: about(tally),
        verdict: Verdict::Compatible,
        remark: Some(remark),
    }
    .between(sides)
}

/// One side's count is told by some reports and left out by others that give another's.
fn presence(case: &Case, tally: &Tally) -> Vec<Disagreement> {
    let mut by_side: BTreeMap<ActorId, Vec<&TallyClaim>> = BTreeMap::new();
    for claim in &tally.claims {
        if let Some(id) = claim.claimant.as_ref().filter(|id| !case.kin.is_unnamed(id)) {
            by_side.entry(case.kin.side(id)).or_default().push(claim);
        }
    }
    let all: Vec<&TallyClaim> = tally.claims.iter().collect();
    if by_side.len() < 2 || grown(tally, &all) {
        return Vec::new();
    }
    let tell = |claims: &mut dyn Iterator<Item = &TallyClaim>| -> Vec<usize> {
        let reports: BTreeSet<usize> = claims.flat_map(|c| &c.reports).filter_map(|d| case.at(d)).collect();
        reports.into_iter().collect()
    };
    let all = tell(&mut tally.claims.iter());
    let missing = by_side.into_iter().filter_map(|(owner, claims)| {
        let heard = tell(&mut claims.iter().copied());
        let silent = silence(case, &heard, all.iter().copied())?;
        let numbers: BTreeSet<String> = claims.iter().map(|c| printed(c)).collect();
        let numbers: Vec<String> = numbers.into_iter().collect();
        let evidence = claims.iter().flat_map(|c| c.evidence.clone()).collect();
        let value = crate::words::listed(&numbers);
        let sides = vec![side(value, vec![owner.clone()], evidence), silent];
        Point {
            kind: Kind::Presence,
            topic: format!("The count of {}: {}", case.kin.name(&owner), subject(case, tally)),
            about: about(tally),
            verdict: Verdict::Compatible,
            remark: Some("Some reports give only the other side's count.".to_string()),
        }
        .between(sides)
    });
    missing.collect()
}
