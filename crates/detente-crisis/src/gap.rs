//! The books of a crisis in, what they lack out.
//!
//! A board with an empty cell is read as "nothing there". So each absence that a reader would look for is
//! said in a sentence: no answer, no own count, no date, nobody named, no denial; and what is
//! known only weakly.
//!
//! | code | what is missing |
//! |---|---|
//! | C101 | a party's answer to an offer |
//! | C102 | a side's count of its own dead or wounded |
//! | C103 | the day of a ceasefire |
//! | C104 | the day of a report |
//! | C105 | more than the headline of a linked report |
//! | C106 | who did it |
//! | C107 | an answer to a charge |
//! | C108 | certainty that two tellings are one thing |
//! # Does not
//! Mark what no reader would miss: the answer to an appeal, the author of a trade loss.

use crate::case::Case;
use crate::days;
use crate::disagreement::subject;
use crate::telling;
use detente_types::date::Basis;
use detente_types::incident::Status;
use detente_types::tally::Interest;
use detente_types::{
    CitedAct, Counted, Crisis, DocumentId, EventType, Gap, Incident, IncidentId, Mediation, MediationState,
    Modality, Polarity, Span, Stage, Tally,
};
use std::collections::BTreeSet;

/// Confidence below which a reader is told that two tellings were put together.
const UNSURE: f64 = 0.75;

/// What a reader would look for and not find.
pub(crate) fn gaps(case: &Case, crisis: &Crisis) -> Vec<Gap> {
    let mut out: Vec<Gap> = Vec::new();
    for track in &crisis.mediations {
        out.extend(unanswered(case, track));
        out.extend(track.acts.iter().filter_map(|a| undated_ceasefire(track, a)));
        out.extend(track.acts.iter().filter_map(|a| unsure_step(case, a)));
    }
    out.extend(crisis.tallies.iter().filter_map(|t| uncounted(case, t)));
    let owned = owned(crisis);
    for incident in &crisis.incidents {
        out.extend(incident_gaps(incident, &owned));
    }
    for charge in crisis.charges.iter().filter(|c| c.answers.is_empty()) {
        let (by, against) = (case.names(&charge.by), case.names(&charge.against));
        let about = Some(charge.accusation.about.as_str()).filter(|a| !a.is_empty());
        let about = about.map(|a| format!(": {a}")).unwrap_or_default();
        let text = format!("No answer of {against} to the charge by {by} is reported{about}.");
        out.push(Gap { code: "C107".into(), text, evidence: charge.evidence.clone() });
    }
    out.extend(case.told.iter().filter_map(undated_report));
    out.sort_by(|a, b| (&a.code, &a.text).cmp(&(&b.code, &b.text)));
    out.dedup();
    out
}

fn unanswered(case: &Case, track: &Mediation) -> Vec<Gap> {
    let offered = matches!(
        track.state,
        MediationState::Offered
            | MediationState::Welcomed
            | MediationState::Declined
            | MediationState::Planned
    );
    if !offered || track.mediators.is_empty() {
        return Vec::new();
    }
    let mediators = case.names(&track.mediators);
    let open = track.answers.iter().filter(|a| a.stage.is_none());
    let gap = |party: &str| Gap {
        code: "C101".into(),
        text: format!("No answer of {party} to the offer of {mediators} is reported."),
        evidence: Vec::new(),
    };
    open.map(|a| gap(case.kin.name(&a.party))).collect()
}

fn undated_ceasefire(track: &Mediation, act: &CitedAct) -> Option<Gap> {
    let agreed = matches!(act.stage, Stage::CeasefireAgreed);
    let dated = days::within(&act.when, 3);
    let among = track.acts.iter().any(|a| a.stage == act.stage && days::within(&a.when, 3));
    (agreed && !dated && !among).then(|| Gap {
        code: "C103".into(),
        text: "No report gives the day on which the ceasefire was agreed.".into(),
        evidence: act.evidence.clone(),
    })
}

fn unsure_step(case: &Case, act: &CitedAct) -> Option<Gap> {
    (act.confidence < UNSURE && act.acts.len() >= 2).then(|| {
        let words: Vec<String> = act.words.iter().map(|w| format!("\"{w}\"")).collect();
        let by = if act.mediators.is_empty() { &act.parties } else { &act.mediators };
        let text = format!(
            "{}: these are probably, not certainly, one step: {}.",
            case.names(by),
            crate::words::listed(&words)
        );
        Gap { code: "C108".into(), text, evidence: act.evidence.clone() }
    })
}

fn uncounted(case: &Case, tally: &Tally) -> Option<Gap> {
    let human = matches!(tally.what, Counted::Killed | Counted::Wounded | Counted::Casualties);
    let only_enemy = !tally.claims.is_empty() && tally.claims.iter().all(|c| c.interest == Interest::Enemy);
    if !human || tally.victims.is_empty() || !only_enemy {
        return None;
    }
    let owner = tally.claims[0].claimant.as_ref().map_or("an outlet", |id| case.kin.name(id));
    let text = format!(
        "No count by {} of its own is reported; the only one is that of {owner}: {}.",
        case.names(&tally.victims),
        subject(case, tally)
    );
    let evidence = tally.claims.iter().flat_map(|c| c.evidence.clone()).collect();
    Some(Gap { code: "C102".into(), text, evidence })
}

/// Sentences of force whose doers are known, and of the dead that are counted for it: "23 soldiers were killed" in
/// the clashes of two sides is no act of nobody.
fn owned(crisis: &Crisis) -> BTreeSet<(&DocumentId, Span)> {
    let known: BTreeSet<&IncidentId> =
        crisis.incidents.iter().filter(|i| !i.actors.is_empty()).map(|i| &i.id).collect();
    let by = crisis.incidents.iter().filter(|i| known.contains(&i.id)).flat_map(|i| &i.evidence);
    let counted = crisis.tallies.iter().filter(|t| t.incident.as_ref().is_some_and(|i| known.contains(i)));
    let dead = counted.flat_map(|t| &t.claims).flat_map(|c| &c.evidence);
    by.chain(dead).map(|e| (&e.document, e.sentence)).collect()
}

fn incident_gaps(incident: &Incident, owned: &BTreeSet<(&DocumentId, Span)>) -> Vec<Gap> {
    let mut out = Vec::new();
    let gap = |code: &str, text: String| Gap { code: code.into(), text, evidence: incident.evidence.clone() };
    if incident.status == Status::Weak {
        out.push(gap("C105", format!("Known only from the headline of a linked report: {}.", incident.gist)));
    }
    let done = matches!(incident.kind, EventType::Assault | EventType::Coerce);
    let told = !incident.evidence.iter().all(|e| owned.contains(&(&e.document, e.sentence)));
    let real = matches!(incident.modality, Modality::Occurred | Modality::Ongoing | Modality::Alleged);
    let reads = telling::reads(&incident.gist) && incident.polarity == Polarity::Affirmed;
    if done && told && real && reads && incident.actors.is_empty() && !incident.background {
        out.push(gap("C106", format!("No report says who did this: {}.", incident.gist)));
    }
    if incident.confidence < UNSURE && incident.events.len() >= 2 {
        let text = format!("Several tellings are probably, not certainly, one happening: {}.", incident.gist);
        out.push(gap("C108", text));
    }
    out
}

fn undated_report(told: &crate::case::Told) -> Option<Gap> {
    if days::within(&told.published, 1) && told.published.basis != Basis::Anchored {
        return None;
    }
    let known = if told.published.is_unknown() {
        "nothing tells when it was published".to_string()
    } else {
        format!("it was published {}", bounds(&told.published))
    };
    let text = format!("{}: the report bears no date; {known}.", told.outlet());
    Some(Gap { code: "C104".into(), text, evidence: Vec::new() })
}

fn bounds(when: &detente_types::When) -> String {
    match (when.from(), when.to()) {
        (Some(_), Some(_)) if when.days() == Some(1) => {
            format!("on {}, as the others tell", days::show(when))
        }
        (Some(_), Some(_)) => format!("in {}, as far as the texts tell", days::show(when)),
        (Some(_), None) => format!("not before {}", days::show(when).trim_start_matches("from ")),
        _ => format!("not after {}", days::show(when).trim_start_matches("by ")),
    }
}
