//! The laws of alerts, on books made by hand.

use super::*;
use detente_types::document::Given;
use detente_types::incident::Status;
use detente_types::mediation::{CitedAct, State as Standing};
use detente_types::tally::{Agreement, Bound, Interest, TallyClaim};
use detente_types::{
    ActId, ActorId, Basis, Comparator, Counted, Document, EventType, Incident, IncidentId, Mediation,
    MediationId, Modality, Place, Polarity, Policy, Report, SentenceKind, SentenceSpan, Span, Stage, Tally,
    TallyId, Tier,
};

const OFFER: &str = "Egypt offered to mediate between Sudan and the RSF.";
const AGAIN: &str = "The foreign ministry in Cairo renewed its offer on Friday.";

fn report(name: &str, text: &str) -> Report {
    let document = Document::new(name, text, Given { title: Some(name.to_string()), ..Given::default() });
    Report {
        id: document.id().clone(),
        path: name.to_string(),
        outlet: None,
        title: None,
        published: When::unknown(),
        text: document.shared_text(),
        sentences: vec![SentenceSpan { span: Span::new(0, text.len()), kind: SentenceKind::Body }],
        mask: Vec::new(),
        words: 9,
    }
}

fn evidence(report: &Report) -> Evidence {
    let sentence = Span::new(0, report.text.len());
    let (document, rule) = (report.id.clone(), "act/offer".to_string());
    Evidence { document, sentence, marks: Vec::new(), rule, tier: Tier::Body }
}

/// A step that these reports tell, on a day of March 2031.
fn step(stage: Stage, day: i8, told_by: &[&Report]) -> CitedAct {
    let key = |key: &str| vec![ActorId::named(key)];
    CitedAct {
        id: ActId::of([format!("{stage:?} {day}")]),
        stage,
        mediators: key("EGY"),
        parties: key("SDN"),
        by: key("SDN"),
        modality: Modality::Occurred,
        when: When::day(jiff::civil::date(2031, 3, day), Basis::Explicit),
        place: None,
        occasion: None,
        round: None,
        outcome: None,
        words: Vec::new(),
        acts: Vec::new(),
        origins: Vec::new(),
        weak: false,
        confidence: 1.0,
        evidence: told_by.iter().map(|r| evidence(r)).collect(),
    }
}

fn crisis(reports: &[&Report], acts: Vec<CitedAct>) -> Crisis {
    let mediation = Mediation {
        id: MediationId::named("med-1"),
        mediators: vec![ActorId::named("EGY")],
        parties: vec![ActorId::named("SDN")],
        state: Standing::Offered,
        acts,
        answers: Vec::new(),
        venues: Vec::new(),
        rounds: None,
    };
    Crisis {
        id: CrisisId::of(reports.iter().map(|r| r.id.as_str())),
        name: "Sudan – RSF".to_string(),
        parties: vec![ActorId::named("SDN"), ActorId::named("RSF")],
        actors: Vec::new(),
        when: When::unknown(),
        policy: Policy::FullRange,
        reports: reports.iter().map(|r| (*r).clone()).collect(),
        stories: Vec::new(),
        incidents: Vec::new(),
        tallies: Vec::new(),
        mediations: vec![mediation],
        charges: Vec::new(),
        disagreements: Vec::new(),
        timeline: Vec::new(),
        statements: Vec::new(),
        offices: Vec::new(),
        quotes: Vec::new(),
        gaps: Vec::new(),
        decisions: Vec::new(),
        notes: Vec::new(),
    }
}

fn told(before: &Crisis, after: &Crisis) -> Vec<Alert> {
    let state = |c: &'_ Crisis| -> BTreeSet<DocumentId> { c.reports.iter().map(|r| r.id.clone()).collect() };
    alerts(
        &State { crises: vec![before], reports: state(before) },
        &State { crises: vec![after], reports: state(after) },
    )
}

#[test]
fn a_step_is_told_when_the_first_report_brings_it_and_not_when_a_second_joins() {
    let (a, b) = (report("a", OFFER), report("b", AGAIN));
    let empty = crisis(&[], Vec::new());
    let one = crisis(&[&a], vec![step(Stage::Offer, 5, &[&a])]);
    let both = crisis(&[&a, &b], vec![step(Stage::Offer, 5, &[&a, &b])]);
    let first = told(&empty, &one);
    assert_eq!(first.len(), 1);
    assert_eq!((first[0].kind, first[0].sentences[0].quote.as_str()), (News::Offer, OFFER));
    assert_eq!(first, told(&empty, &one), "a pure function");
    assert_eq!(first[0].id, told(&empty, &both)[0].id, "whoever tells it, it is the same news");
    assert!(told(&one, &both).is_empty(), "a second teller");
    assert!(told(&one, &one).is_empty());
}

#[test]
fn what_may_be_the_same_is_not_told_again_and_what_cannot_be_is() {
    let (a, b) = (report("a", OFFER), report("b", AGAIN));
    let one = crisis(&[&a], vec![step(Stage::Offer, 5, &[&a])]);
    let apart = |day| crisis(&[&a, &b], vec![step(Stage::Offer, 5, &[&a]), step(Stage::Offer, day, &[&b])]);
    assert!(told(&one, &apart(5)).is_empty(), "the assembler did not see that it is one offer");
    assert_eq!(told(&one, &apart(9)).len(), 1, "another day, another offer");
    let answered = crisis(&[&a, &b], vec![step(Stage::Offer, 5, &[&a]), step(Stage::Decline, 5, &[&b])]);
    assert_eq!(told(&one, &answered)[0].kind, News::Refusal);
}

#[test]
fn a_sentence_that_was_told_is_not_told_again_under_another_name() {
    let (a, version) = (report("a", OFFER), report("a, updated", OFFER));
    let one = crisis(&[&a], vec![step(Stage::Offer, 5, &[&a])]);
    // The new version stands in the place of the old; even its day is read otherwise.
    let after = crisis(&[&version], vec![step(Stage::Offer, 9, &[&version])]);
    assert!(told(&one, &after).is_empty());
}

#[test]
fn what_is_only_planned_or_weak_is_not_told() {
    let a = report("a", OFFER);
    let empty = crisis(&[], Vec::new());
    for change in [|s: &mut CitedAct| s.weak = true, |s: &mut CitedAct| s.modality = Modality::Planned] {
        let mut act = step(Stage::Offer, 5, &[&a]);
        change(&mut act);
        assert!(told(&empty, &crisis(&[&a], vec![act])).is_empty());
    }
}

#[test]
fn every_kind_has_its_own_code() {
    let codes: BTreeSet<&str> = News::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(codes.len(), News::ALL.len());
    for kind in News::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
    }
}

/// An incident at a place on a day of March 2031.
fn incident(name: &str, place: &str, day: i8, evidence: Vec<Evidence>) -> Incident {
    let place = Place {
        name: place.to_string(),
        span: Span::new(0, 1),
        countries: vec!["SDN".to_string()],
        point: Some((13.6, 25.3)),
        precision: Some(1),
    };
    Incident {
        id: IncidentId::of([name]),
        kind: EventType::Assault,
        modes: Vec::new(),
        contexts: Vec::new(),
        modality: Modality::Occurred,
        polarity: Polarity::Affirmed,
        actors: vec![ActorId::named("RSF")],
        recipients: Vec::new(),
        others: Vec::new(),
        attributed_to: Vec::new(),
        when: When::day(jiff::civil::date(2031, 3, day), Basis::Explicit),
        place: Some(place),
        gist: String::new(),
        status: Status::Reported,
        origins: Vec::new(),
        events: Vec::new(),
        episode: None,
        parts: Vec::new(),
        confidence: 1.0,
        background: false,
        inferred: Vec::new(),
        evidence,
    }
}

/// A count of people killed there, as these reports tell it.
fn killed(number: u64, place: &str, day: i8, told_by: &[&Report]) -> (Incident, Tally) {
    let evidence: Vec<Evidence> = told_by.iter().map(|r| evidence(r)).collect();
    let incident = incident(&format!("{number} {place} {day}"), place, day, evidence.clone());
    let claim = TallyClaim {
        claimant: None,
        inferred: false,
        interest: Interest::Outlet,
        value: Some(number),
        low: Some(number),
        high: Some(number),
        comparator: Comparator::Exactly,
        strength: None,
        text: number.to_string(),
        as_of: incident.when.clone(),
        reports: told_by.iter().map(|r| r.id.clone()).collect(),
        figures: Vec::new(),
        evidence,
    };
    let bound = Some(Bound { value: number, claim: 0 });
    let tally = Tally {
        id: TallyId::of([format!("tally of {}", incident.id)]),
        what: Counted::Killed,
        victims: Vec::new(),
        unit: None,
        incident: Some(incident.id.clone()),
        total: false,
        low: bound,
        best: bound,
        high: bound,
        high_open: false,
        policy: Policy::FullRange,
        agreement: Agreement::SingleClaimant,
        claims: vec![claim],
        origins: Vec::new(),
    };
    (incident, tally)
}

fn counting(reports: &[&Report], counts: Vec<(Incident, Tally)>) -> Crisis {
    let (incidents, tallies) = counts.into_iter().unzip();
    Crisis { incidents, tallies, ..crisis(reports, Vec::new()) }
}

#[test]
fn another_count_of_one_place_and_day_changes_the_first_though_the_books_keep_them_apart() {
    let a = report("a", "Twelve people were killed in El Fasher on Wednesday.");
    let b = report("b", "Hospitals in El Fasher put Wednesday's dead at forty.");
    let first = counting(&[&a], vec![killed(12, "El Fasher", 5, &[&a])]);
    let with = |number, place, day| {
        counting(&[&a, &b], vec![killed(12, "El Fasher", 5, &[&a]), killed(number, place, day, &[&b])])
    };
    let news = told(&first, &with(40, "El Fasher", 5));
    assert_eq!(news.len(), 1, "{news:?}");
    assert_eq!(news[0].kind, News::ChangedCount);
    assert!(news[0].reason.contains("40") && news[0].reason.ends_with("An earlier count there was 12."));
    assert!(told(&first, &with(12, "El Fasher", 5)).is_empty(), "the same number again");
    for apart in [with(40, "Nyala", 5), with(40, "El Fasher", 9)] {
        assert_eq!(told(&first, &apart)[0].kind, News::NewCount, "another place or day is another count");
    }
}
