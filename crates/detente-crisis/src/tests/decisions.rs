//! What analysts decide is followed, in whatever order it comes, and what cannot be is said.

use super::builder::readings;
use detente_types::*;
use jiff::Timestamp;
use proptest::prelude::*;

const FOLDER: &str = r#"
report a 2024-05-03 "Example Wire"
  ASSAULT-aerial ISR -> LBN on 2024-05-01 at Tyre:1 "jets hit Tyre"
  count killed 5 civilian of LBN says LBN/MOH here "five were killed"
  act offer FRA for ISR,LBN on 2024-05-02 "offered to mediate"
report b 2024-05-03 "Example Post"
  ASSAULT-aerial ISR -> LBN on 2024-05-01 at Tyre:1 "jets struck Tyre"
  ASSAULT ISR -> LBN on 2024-05-02 at Sidon:1 "shells fell on Sidon"
  charge LBN against ISR about "shelling a village"
"#;

fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn decide(second: i64, ruling: Ruling) -> Decision {
    Decision { at: moment(second), author: "A. Analyst".into(), reason: "read it again".into(), ruling }
}

/// The n-th event of report `a` (0) or `b` (1).
fn event(all: &[Reading], report: usize, n: usize) -> FactAt {
    FactAt::event(all[report].document.id(), &all[report].events[n])
}

fn made(all: &[Reading], decisions: &[Decision]) -> Noted<Vec<Crisis>> {
    crate::assemble_among(all, decisions, &[], Policy::FullRange)
}

fn incidents(crisis: &Crisis) -> Vec<usize> {
    crisis.incidents.iter().map(|i| i.events.len()).collect()
}

#[test]
fn what_is_split_is_two_and_what_is_merged_is_one() {
    let all = readings(FOLDER);
    let (tyre, again, sidon) = (event(&all, 0, 0), event(&all, 1, 0), event(&all, 1, 1));
    let plain = made(&all, &[]).value;
    assert!(
        incidents(&plain[0]).contains(&2),
        "the two tellings of Tyre are one: {:?}",
        incidents(&plain[0])
    );
    let split = decide(1, Ruling::Split { one: tyre.clone(), other: again.clone() });
    let after = made(&all, std::slice::from_ref(&split)).value;
    assert_eq!(incidents(&after[0]).len(), incidents(&plain[0]).len() + 1);
    assert!(after[0].decisions[0].lapsed.is_none());
    let merge = decide(2, Ruling::Merge { one: tyre, other: sidon });
    let after = made(&all, &[merge]).value;
    assert!(incidents(&after[0]).contains(&3), "{:?}", incidents(&after[0]));
}

#[test]
fn of_two_that_cannot_both_hold_the_later_is_followed_and_the_other_is_reported() {
    let all = readings(FOLDER);
    let (one, other) = (event(&all, 0, 0), event(&all, 1, 0));
    let split = decide(1, Ruling::Split { one: one.clone(), other: other.clone() });
    let merge = decide(2, Ruling::Merge { one, other });
    let after = made(&all, &[merge, split]);
    assert_eq!(
        after.value[0].decisions.iter().map(|d| d.lapsed.is_some()).collect::<Vec<_>>(),
        [true, false]
    );
    assert!(after.notes.iter().any(|n| n.code == "C203"), "{:?}", after.notes);
}

#[test]
fn what_is_rejected_is_gone_and_what_is_corrected_is_changed_and_marked() {
    let all = readings(FOLDER);
    let figure = FactAt::figure(all[0].document.id(), &all[0].figures[0]);
    let change = FigureChange { value: Some((Comparator::AtLeast, 7)), ..FigureChange::default() };
    let correct = decide(1, Ruling::CorrectFigure { fact: figure.clone(), change });
    let after = made(&all, std::slice::from_ref(&correct)).value;
    let tally = &after[0].tallies[0];
    assert_eq!((tally.low.unwrap().value, tally.high, tally.claims[0].value), (7, None, Some(7)));
    let rule = format!("decision/{}", correct.id());
    assert!(tally.claims[0].evidence.iter().any(|e| e.rule == rule));
    // A rejection goes before any correction, whichever came first.
    let reject = decide(0, Ruling::Reject { fact: figure });
    let after = made(&all, &[correct, reject]).value;
    assert!(after[0].tallies.is_empty());
    assert_eq!(after[0].decisions.iter().map(|d| d.lapsed.is_some()).collect::<Vec<_>>(), [false, true]);
    let change =
        EventChange { modality: Some(Modality::Threatened), actors: Some(vec![]), ..EventChange::default() };
    let sidon = decide(3, Ruling::CorrectEvent { fact: event(&all, 1, 1), change });
    let after = made(&all, &[sidon]).value;
    let threatened = after[0].incidents.iter().find(|i| i.modality == Modality::Threatened).unwrap();
    assert!(threatened.actors.is_empty());
}

#[test]
fn an_answer_fills_its_cell_and_empties_it() {
    let all = readings(FOLDER);
    let offer = FactAt::act(all[0].document.id(), &all[0].acts[0]);
    let party = ActorId::named("LBN");
    let cell = |crises: &[Crisis]| {
        let answers = crises[0].mediations.iter().flat_map(|m| m.answers.clone());
        answers.into_iter().find(|a| a.party.as_str() == "LBN").unwrap()
    };
    assert_eq!(cell(&made(&all, &[]).value).stage, None);
    let accept =
        decide(1, Ruling::Answer { fact: offer.clone(), party: party.clone(), answer: Some(Stage::Accept) });
    let after = made(&all, std::slice::from_ref(&accept));
    let filled = cell(&after.value);
    assert_eq!((filled.stage, filled.evidence.len()), (Some(Stage::Accept), 1));
    assert!(after.value[0].decisions[0].lapsed.is_none(), "{:?}", after.notes);
    let none = decide(2, Ruling::Answer { fact: offer, party, answer: None });
    assert_eq!(cell(&made(&all, &[accept, none]).value).stage, None);
}

#[test]
fn an_actor_is_joined_and_named() {
    let all = readings(FOLDER);
    let same = decide(1, Ruling::SameActor { actor: ActorId::named("LBN/MOH"), is: ActorId::named("LBN") });
    let name = decide(2, Ruling::NameActor { actor: ActorId::named("LBN"), name: "Lebanon".into() });
    let after = made(&all, &[name, same]).value;
    assert!(after[0].actor(&ActorId::named("LBN/MOH")).is_none());
    assert_eq!(after[0].name_of(&ActorId::named("LBN")), "Lebanon");
    assert_eq!(after[0].tallies[0].claims[0].claimant, Some(ActorId::named("LBN")));
    let ring = decide(3, Ruling::SameActor { actor: ActorId::named("LBN"), is: ActorId::named("LBN/MOH") });
    let same = decide(1, Ruling::SameActor { actor: ActorId::named("LBN/MOH"), is: ActorId::named("LBN") });
    assert!(made(&all, &[same, ring]).notes.iter().any(|n| n.code == "C203"));
}

#[test]
fn what_does_not_apply_any_more_is_said() {
    let all = readings(FOLDER);
    let gone = FactAt {
        words: Span::new(1, 2),
        sentence: Span::new(0, 3),
        sort: "none".into(),
        ..event(&all, 0, 0)
    };
    let elsewhere = FactAt { document: DocumentId::named("doc-gone"), ..event(&all, 0, 0) };
    let nobody = ActorId::named("XXX");
    let after = made(
        &all,
        &[
            decide(1, Ruling::Reject { fact: gone }),
            decide(2, Ruling::Note { fact: elsewhere, text: "a remark".into() }),
            decide(3, Ruling::NameActor { actor: nobody, name: "Nobody".into() }),
        ],
    );
    assert_eq!(after.notes.iter().filter(|n| n.code == "C201").count(), 3, "{:?}", after.notes);
    assert!(after.value[0].decisions[0].lapsed.is_some());
}

#[test]
fn a_fact_is_found_again_after_a_better_reader() {
    let mut all = readings(FOLDER);
    let reject = decide(1, Ruling::Reject { fact: event(&all, 1, 1) });
    // The next reader marks one word more and finds another event in another sentence.
    let words = all[1].events[1].trigger;
    all[1].events[1].fact.trigger = Span::new(words.start(), words.end() + 1);
    let after = made(&all, &[reject]);
    assert!(after.notes.is_empty(), "{:?}", after.notes);
    assert!(!after.value[0].incidents.iter().any(|i| i.gist.contains("Sidon")));
}

/// Decisions of every kind on every fact of the folder.
fn rulings(all: &[Reading]) -> Vec<Ruling> {
    let mut facts: Vec<FactAt> = Vec::new();
    for reading in all {
        let id = reading.document.id();
        facts.extend(reading.events.iter().map(|e| FactAt::event(id, e)));
        facts.extend(reading.figures.iter().map(|f| FactAt::figure(id, f)));
        facts.extend(reading.claims.iter().map(|c| FactAt::claim(id, c)));
        facts.extend(reading.acts.iter().map(|a| FactAt::act(id, a)));
    }
    let mut out = Vec::new();
    for fact in &facts {
        out.push(Ruling::Reject { fact: fact.clone() });
        out.push(Ruling::Note { fact: fact.clone(), text: "a remark".into() });
    }
    let events: Vec<&FactAt> = facts.iter().filter(|f| f.kind == FactKind::Event).collect();
    for (i, one) in events.iter().enumerate() {
        for other in &events[i + 1..] {
            let (one, other) = ((*one).clone(), (*other).clone());
            out.push(Ruling::Merge { one: one.clone(), other: other.clone() });
            out.push(Ruling::Split { one, other });
        }
        for modality in [Modality::Planned, Modality::Occurred] {
            let change = EventChange { modality: Some(modality), ..EventChange::default() };
            out.push(Ruling::CorrectEvent { fact: (*one).clone(), change });
        }
    }
    for fact in facts.iter().filter(|f| f.kind == FactKind::Act) {
        for answer in [None, Some(Stage::Accept), Some(Stage::Decline)] {
            out.push(Ruling::Answer { fact: fact.clone(), party: ActorId::named("LBN"), answer });
        }
    }
    for (a, b) in [("LBN/MOH", "LBN"), ("LBN", "LBN/MOH"), ("FRA", "LBN/MOH"), ("XXX", "ISR")] {
        out.push(Ruling::SameActor { actor: ActorId::named(a), is: ActorId::named(b) });
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever is decided, in whatever order the decisions and the reports come and however often they are given:
    /// the same bytes; every decision that touches a crisis is in it; each that is not followed has its note.
    #[test]
    fn order_and_repeats_of_decisions_do_not_matter(
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0_i64..6), 0..8),
        turn in 0_usize..8,
    ) {
        let mut all = readings(FOLDER);
        let list = rulings(&all);
        let decisions: Vec<Decision> = picks.iter().map(|(at, second)| decide(*second, at.get(&list).clone())).collect();
        let bytes = |made: &Noted<Vec<Crisis>>| serde_json::to_string(&(&made.value, &made.notes)).unwrap();
        let first = made(&all, &decisions);
        let mut others = decisions.clone();
        others.rotate_left(if decisions.is_empty() { 0 } else { turn % decisions.len() });
        others.extend(decisions.iter().cloned());
        all.reverse();
        prop_assert_eq!(bytes(&first), bytes(&made(&all, &others)));
        for crisis in &first.value {
            for ruled in &crisis.decisions {
                prop_assert!(decisions.iter().any(|d| d.id() == ruled.id));
                if let Some(note) = &ruled.lapsed {
                    prop_assert!(first.notes.contains(note));
                }
            }
            for incident in &crisis.incidents {
                prop_assert!(!incident.evidence.is_empty() && !incident.events.is_empty());
            }
        }
    }
}
