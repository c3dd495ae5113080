//! Records of what all reports of a crisis say together.

use super::links::{Links, date};
use super::shapes::{
    ActorRecord, AnswerPart, BoundPart, CrisisRecord, DecisionRecord, DisagreementRecord, GapRecord,
    IncidentRecord, MaskPart, MediationRecord, OfficeRecord, ReportRecord, SidePart, StepPart, StoryRecord,
    TallyPart, TallyRecord, TimelineRecord,
};
use super::{Record, SCHEMA};
use detente_types::crisis::Ruled;
use detente_types::mediation::{Answer, CitedAct, Mediation};
use detente_types::tally::Bound;
use detente_types::{Actor, Crisis, Disagreement, DocumentId, Incident, Report, Tally, TallyClaim};
use std::collections::BTreeMap;

/// The crisis, its reports, actors and offices.
pub(super) fn head(links: &Links<'_>) -> Vec<Record> {
    let crisis = links.crisis;
    let copies = copies(crisis);
    let mut records = vec![Record::Crisis(CrisisRecord {
        id: crisis.id.clone(),
        schema: SCHEMA.to_string(),
        name: crisis.name.clone(),
        parties: crisis.parties.clone(),
        date: date(&crisis.when),
        policy: crisis.policy,
        reports: crisis.reports.len(),
        independent_reports: crisis.reports.iter().filter(|r| !copies.contains_key(&r.id)).count(),
    })];
    let numbered = crisis.reports.iter().enumerate();
    records.extend(numbered.map(|(at, r)| Record::Report(report(crisis, at + 1, r, &copies))));
    records.extend(crisis.actors.iter().map(|a| Record::Actor(actor(crisis, a))));
    records.extend(crisis.offices.iter().filter_map(|office| {
        let evidence = links.evidence(office.evidence());
        (!evidence.is_empty()).then(|| {
            let of = office.of.as_ref().map_or("", |id| id.as_str());
            Record::Office(OfficeRecord {
                id: name("office", [office.holder.as_str(), &office.title, of, &evidence[0].quote]),
                holder: office.holder.clone(),
                title: office.title.clone(),
                of: office.of.clone(),
                date: date(&office.when),
                evidence,
                crisis: crisis.id.clone(),
            })
        })
    }));
    records
}

/// Incidents, tallies, tracks, disagreements, stories, the timeline, gaps, decisions.
pub(super) fn body(links: &Links<'_>) -> Vec<Record> {
    let crisis = links.crisis;
    let mut records: Vec<Record> = Vec::new();
    records.extend(crisis.incidents.iter().filter_map(|i| incident(links, i)).map(Record::Incident));
    records.extend(crisis.tallies.iter().filter_map(|t| tally(links, t)).map(Record::Tally));
    records.extend(crisis.mediations.iter().filter_map(|m| mediation(links, m)).map(Record::Mediation));
    records
        .extend(crisis.disagreements.iter().filter_map(|d| disagreement(links, d)).map(Record::Disagreement));
    records.extend(crisis.stories.iter().map(|story| {
        Record::Story(StoryRecord {
            id: story.id.clone(),
            kinship: story.kinship,
            title: story.title.clone(),
            reports: story.reports.clone(),
            copies: story.copies.clone(),
            evidence: links.evidence(&story.evidence),
            crisis: crisis.id.clone(),
        })
    }));
    records.extend(crisis.timeline.iter().filter_map(|entry| {
        let evidence = links.evidence(&entry.evidence);
        (!evidence.is_empty()).then(|| {
            Record::Timeline(TimelineRecord {
                id: name("line", [entry.incident.as_str(), &entry.text]),
                date: date(&entry.when),
                text: entry.text.clone(),
                modality: entry.modality,
                incident: entry.incident.clone(),
                background: entry.background,
                origins: entry.origins,
                evidence,
                crisis: crisis.id.clone(),
            })
        })
    }));
    records.extend(crisis.gaps.iter().map(|gap| {
        Record::Gap(GapRecord {
            id: name("gap", [gap.code.as_str(), &gap.text]),
            code: gap.code.clone(),
            text: gap.text.clone(),
            evidence: links.evidence(&gap.evidence),
            crisis: crisis.id.clone(),
        })
    }));
    records.extend(crisis.decisions.iter().map(|ruled| Record::Decision(decision(links, ruled))));
    records
}

fn decision(links: &Links<'_>, ruled: &Ruled) -> DecisionRecord {
    let decision = &ruled.decision;
    let name = |id: &detente_types::ActorId| links.crisis.name_of(id).to_string();
    DecisionRecord {
        id: ruled.id.clone(),
        author: decision.author.clone(),
        at: decision.at.to_string(),
        reason: decision.reason.clone(),
        decided: decision.ruling.clone(),
        text: crate::words::rulings::words(&decision.ruling, &name),
        followed: ruled.lapsed.is_none(),
        note: ruled.lapsed.as_ref().map(|note| note.code.clone()),
        evidence: links.evidence(&ruled.evidence),
        crisis: links.crisis.id.clone(),
    }
}

/// The id of a record whose noun has none of its own.
pub(super) fn name<const N: usize>(prefix: &str, parts: [&str; N]) -> String {
    format!("{prefix}-{}", detente_types::id::digest(parts))
}

/// For every copy, the first report of its group in the order of the crisis.
fn copies(crisis: &Crisis) -> BTreeMap<&DocumentId, &DocumentId> {
    let mut copies = BTreeMap::new();
    for group in crisis.stories.iter().flat_map(|s| &s.copies) {
        let mut members = crisis.reports.iter().map(|r| &r.id).filter(|id| group.contains(id));
        if let Some(first) = members.next() {
            copies.extend(members.map(|copy| (copy, first)));
        }
    }
    copies
}

fn report(
    crisis: &Crisis,
    number: usize,
    report: &Report,
    copies: &BTreeMap<&DocumentId, &DocumentId>,
) -> ReportRecord {
    let part =
        |m: &detente_types::Masked| MaskPart { start: m.span.start(), end: m.span.end(), reason: m.reason };
    ReportRecord {
        id: report.id.clone(),
        number,
        path: report.path.clone(),
        outlet: report.outlet.clone(),
        title: report.title.clone(),
        published: date(&report.published),
        sentences: report.sentences.len(),
        words: report.words,
        bytes: report.text.len(),
        mask: report.mask.iter().map(part).collect(),
        copy_of: copies.get(&report.id).map(|id| (*id).clone()),
        crisis: crisis.id.clone(),
    }
}

fn actor(crisis: &Crisis, actor: &Actor) -> ActorRecord {
    ActorRecord {
        id: actor.id.clone(),
        name: actor.name.clone(),
        kind: actor.kind,
        country: actor.country.clone(),
        aliases: actor.aliases.clone(),
        office: office(crisis, actor),
        acts_for: actor.acts_for.first().cloned(),
        acts_for_all: actor.acts_for.clone(),
        sector: actor.sector.and_then(|s| serde_json::to_value(s).ok()?.as_str().map(String::from)),
        party: crisis.parties.contains(&actor.id),
        crisis: crisis.id.clone(),
    }
}

/// The office of a person that most sentences state; the first by name among equals.
fn office(crisis: &Crisis, actor: &Actor) -> Option<String> {
    let mut stated: BTreeMap<&str, usize> = BTreeMap::new();
    for office in crisis.offices.iter().filter(|o| o.holder == actor.id) {
        *stated.entry(&office.title).or_default() += office.evidence().len();
    }
    stated.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(title, _)| title.to_string())
}

fn incident(links: &Links<'_>, incident: &Incident) -> Option<IncidentRecord> {
    let evidence = links.evidence(&incident.evidence);
    let place = incident.place.as_ref();
    (!evidence.is_empty()).then(|| IncidentRecord {
        id: incident.id.clone(),
        kind: incident.kind,
        mode: incident.modes.first().copied(),
        contexts: incident.contexts.clone(),
        modality: incident.modality,
        polarity: incident.polarity,
        actors: incident.actors.clone(),
        recipients: incident.recipients.clone(),
        attributed_to: incident.attributed_to.clone(),
        date: date(&incident.when),
        place: place.map(|p| p.name.clone()),
        country: place.and_then(|p| p.countries.first().cloned()),
        gist: incident.gist.clone(),
        status: incident.status,
        origins: incident.origins.clone(),
        events: incident.events.iter().map(|e| e.event.clone()).collect(),
        episode: incident.episode.clone(),
        parts: incident.parts.clone(),
        confidence: incident.confidence,
        background: incident.background,
        evidence,
        modes: incident.modes.clone(),
        others: incident.others.clone(),
        inferred: super::links::ids(&incident.inferred),
        countries: place.map(|p| p.countries.clone()).unwrap_or_default(),
        point: place.and_then(|p| p.point),
        crisis: links.crisis.id.clone(),
    })
}

fn tally(links: &Links<'_>, tally: &Tally) -> Option<TallyRecord> {
    let claims: Vec<TallyPart> = tally.claims.iter().map(|c| part(links, c)).collect();
    // A bound without its owner's sentence may not be stated, and a tally without any sentence is none.
    let bound = |b: &Option<Bound>| {
        let bound = b.as_ref()?;
        let claim = claims.get(bound.claim).filter(|c| !c.evidence.is_empty())?;
        Some(BoundPart { value: bound.value, claimant: claim.claimant.clone(), claim: bound.claim })
    };
    let (low, best, high) = (bound(&tally.low), bound(&tally.best), bound(&tally.high));
    claims.iter().any(|c| !c.evidence.is_empty()).then(|| TallyRecord {
        id: tally.id.clone(),
        what: tally.what,
        victims: tally.victims.clone(),
        unit: tally.unit.clone(),
        low,
        best,
        high,
        high_open: tally.high_open,
        policy: tally.policy,
        agreement: tally.agreement,
        total: tally.total,
        incident: tally.incident.clone(),
        claims,
        origins: tally.origins.clone(),
        crisis: links.crisis.id.clone(),
    })
}

fn part(links: &Links<'_>, claim: &TallyClaim) -> TallyPart {
    TallyPart {
        claimant: claim.claimant.clone(),
        inferred: claim.inferred,
        interest: claim.interest,
        low: claim.low,
        value: claim.value,
        high: claim.high,
        comparator: claim.comparator,
        strength: claim.strength,
        text: claim.text.clone(),
        as_of: date(&claim.as_of),
        figures: claim.figures.clone(),
        evidence: links.evidence(&claim.evidence),
    }
}

fn mediation(links: &Links<'_>, mediation: &Mediation) -> Option<MediationRecord> {
    let steps: Vec<StepPart> = mediation.acts.iter().filter_map(|act| step(links, act)).collect();
    (!steps.is_empty()).then(|| MediationRecord {
        id: mediation.id.clone(),
        mediators: mediation.mediators.clone(),
        parties: mediation.parties.clone(),
        state: mediation.state,
        steps,
        answers: mediation.answers.iter().map(|a| answer(links, a)).collect(),
        venues: mediation.venues.clone(),
        rounds: mediation.rounds,
        crisis: links.crisis.id.clone(),
    })
}

fn step(links: &Links<'_>, act: &CitedAct) -> Option<StepPart> {
    let evidence = links.evidence(&act.evidence);
    (!evidence.is_empty()).then(|| StepPart {
        id: act.id.clone(),
        stage: act.stage,
        mediators: act.mediators.clone(),
        parties: act.parties.clone(),
        by: act.by.clone(),
        modality: act.modality,
        date: date(&act.when),
        place: act.place.as_ref().map(|p| p.name.clone()),
        round: act.round,
        outcome: act.outcome.clone(),
        words: act.words.clone(),
        acts: act.acts.iter().map(|(_, id)| id.clone()).collect(),
        weak: act.weak,
        confidence: act.confidence,
        origins: act.origins.clone(),
        evidence,
    })
}

fn answer(links: &Links<'_>, answer: &Answer) -> AnswerPart {
    let evidence = links.evidence(&answer.evidence);
    let code = answer.stage.filter(|_| !evidence.is_empty());
    let code = code.and_then(|stage| serde_json::to_value(stage).ok()?.as_str().map(String::from));
    AnswerPart {
        party: answer.party.clone(),
        single_origin: answer.single_origin && code.is_some(),
        answer: code.unwrap_or_else(|| "not_reported".to_string()),
        evidence,
    }
}

fn disagreement(links: &Links<'_>, one: &Disagreement) -> Option<DisagreementRecord> {
    let side = |side: &detente_types::Side| SidePart {
        value: side.value.clone(),
        by: side.by.clone(),
        reports: side.reports.clone(),
        evidence: links.evidence(&side.evidence),
    };
    let sides: Vec<SidePart> = one.sides.iter().map(side).collect();
    sides.iter().any(|s| !s.evidence.is_empty()).then(|| DisagreementRecord {
        id: one.id.clone(),
        kind: one.kind,
        topic: one.topic.clone(),
        about: one.about.clone(),
        sides,
        verdict: one.verdict,
        remark: one.remark.clone(),
        crisis: links.crisis.id.clone(),
    })
}
