//! The laws of assembling, held against folders made at random.

use super::builder::readings;
use detente_types::{ActorId, Crisis, Decision, Evidence, FactAt, Incident, Policy, Reading, Ruling};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Lines that a random report is made of: what wars, towns, talks and claimants have in common.
const LINES: &[&str] = &[
    r#"ASSAULT-aerial ISR -> LBN on 2024-05-01 at Tyre:1 "jets hit Tyre""#,
    r#"ASSAULT-aerial ISR/MIL -> LBN on 2024-05-02 at Tyre:1 "an air strike on the port of Tyre""#,
    r#"ASSAULT ISR -> LBN on ~Thursday "shells fell""#,
    r#"ASSAULT ISR,LBN on 2024-05 "the clashes of May""#,
    r#"ASSAULT ISR,LBN recurring "periodic skirmishes""#,
    r#"ASSAULT HAMAS -> ISR on 2024-05-01 at Ashkelon:1 "rockets hit Ashkelon""#,
    r#"ASSAULT - -> LBN on 2024-05-01 at Tyre:1 "explosions in Tyre""#,
    r#"ASSAULT RUS -> UKR on 2024-05-01 at Kharkiv:1 "missiles hit Kharkiv""#,
    r#"COERCE-restrict - -> - ongoing on ~by_Monday "the crossings remained closed""#,
    r#"ACCUSE-allege LBN -> ISR on ~Two_days_later "accused Israel of shelling a village""#,
    r#"CONSULT-third-party ISR,LBN on 2024-05-03 at Naqoura:1 "talks in Naqoura""#,
    r#"CONCEDE ISR,LBN on 2024-05-04 "agreed to a ceasefire""#,
    r#"X-COMMENT-concern FRA says person/jane-doe "voiced concern""#,
    r#"AGREE FRA -> ISR,LBN offered says person/jane-doe "offered to mediate""#,
    r#"count killed 5 civilian of LBN says LBN/MOH here "five were killed""#,
    r#"count killed 12 civilian of LBN here "twelve were killed""#,
    r#"count killed 12 civilian of LBN says LBN/MOH "twelve people""#,
    r#"count killed 40 soldier of ISR/MIL says LBN claimed more "more than 40 soldiers""#,
    r#"count killed 23 soldier of ISR/MIL says ISR/MIL "23 soldiers""#,
    r#"count killed 23 soldier of ISR/MIL says unnamed/officials "official figures: 23""#,
    r#"count killed ~dozens - of ISR,LBN "dozens dead""#,
    r#"count wounded 30 - of LBN upto total "up to 30 wounded since then""#,
    r#"charge ISR against LBN about "harbouring fighters of a banned group""#,
    r#"denial LBN to ISR about "harbouring fighters" answers"#,
    r#"charge LBN against ISR about "violating its airspace" here"#,
    r#"act offer FRA for ISR,LBN by person/jane-doe occasion "a lecture at the university" here "offered to mediate""#,
    r#"act offer_repeat FRA for ISR,LBN,SYR by person/jane-doe occasion "a briefing at the embassy" "reiterated""#,
    r#"act facilitate FRA,USA for ISR,LBN at Naqoura:1 round 2 "facilitated""#,
    r#"act talks - for ISR,LBN at Naqoura:1 on 2024-05-03 "talks""#,
    r#"act collapse USA for ISR,LBN outcome "without a result" "collapsed""#,
    r#"act welcome FRA for ISR,LBN by LBN "welcomed it""#,
    r#"act decline FRA for ISR,LBN by person/doe "declined""#,
    r#"act appeal QAT,EGY for ISR,LBN "called for calm""#,
    r#"act ceasefire_agreed - for ISR,LBN link "agree on a ceasefire""#,
    r#"quote person/jane-doe "we would not shy away from any role by Peru or Chile""#,
    r#"quote person/doe "we would not shy away from any role by Peru""#,
    r#"office person/jane-doe "foreign minister" of FRA"#,
    r#"office person/jane-doe "ministry spokesperson" of FRA"#,
    r#"date ~Sunday_morning"#,
];

fn report() -> impl Strategy<Value = (Option<u8>, Vec<usize>)> {
    (proptest::option::of(1_u8..29), proptest::collection::vec(0..LINES.len(), 1..14))
}

/// A folder of one to seven reports, some without a date, as its text.
fn folder() -> impl Strategy<Value = String> {
    proptest::collection::vec(report(), 1..8).prop_map(|reports| {
        let mut out =
            String::from("actor HAMAS group\nactor person/jane-doe for FRA\nactor person/doe for FRA\n");
        for (i, (day, lines)) in reports.into_iter().enumerate() {
            let day = day.map_or("?".to_string(), |d| format!("2024-05-{d:02}"));
            out.push_str(&format!("report r{i} {day} \"Outlet {i}\"\n"));
            lines.into_iter().for_each(|l| out.push_str(&format!("  {}\n", LINES[l])));
        }
        out
    })
}

fn crises(readings: &[Reading], policy: Policy) -> Vec<Crisis> {
    crate::assemble_among(readings, &[], &[], policy).value
}

fn bytes(readings: &[Reading], policy: Policy) -> String {
    let made = crate::assemble_among(readings, &[], &[], policy);
    serde_json::to_string(&(made.value, made.notes)).unwrap()
}

/// Every piece of evidence that some fact must have.
fn evidence(c: &Crisis) -> Vec<&[Evidence]> {
    let mut out: Vec<&[Evidence]> = c.incidents.iter().map(|i| &i.evidence[..]).collect();
    out.extend(c.tallies.iter().flat_map(|t| &t.claims).map(|k| &k.evidence[..]));
    out.extend(c.mediations.iter().flat_map(|m| &m.acts).map(|a| &a.evidence[..]));
    out.extend(
        c.mediations.iter().flat_map(|m| &m.answers).filter(|a| a.stage.is_some()).map(|a| &a.evidence[..]),
    );
    out.extend(c.charges.iter().map(|k| &k.evidence[..]));
    out.extend(c.charges.iter().flat_map(|k| &k.answers).map(|a| &a.evidence[..]));
    out.extend(c.timeline.iter().map(|t| &t.evidence[..]));
    out.extend(c.statements.iter().map(|s| s.evidence()));
    let told = |s: &&detente_types::Side| s.value != "not mentioned";
    out.extend(c.disagreements.iter().flat_map(|d| &d.sides).filter(told).map(|s| &s.evidence[..]));
    out
}

/// Most origins that any fact of a kind has, over all crises.
fn origins(crises: &[Crisis]) -> [usize; 3] {
    let most = |f: fn(&Crisis) -> Vec<usize>| crises.iter().flat_map(f).max().unwrap_or_default();
    [
        most(|c| c.incidents.iter().map(|i| i.origins.len()).collect()),
        most(|c| c.tallies.iter().map(|t| t.origins.len()).collect()),
        most(|c| c.mediations.iter().flat_map(|m| &m.acts).map(|a| a.origins.len()).collect()),
    ]
}

fn sorted_origins(crises: &[Crisis]) -> Vec<usize> {
    let mut out: Vec<usize> =
        crises.iter().flat_map(|c| &c.incidents).map(|i: &Incident| i.origins.len()).collect();
    out.sort_unstable();
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_readings_does_not_matter(text in folder(), turn in 0_usize..7) {
        let there = readings(&text);
        let mut back = there.clone();
        back.reverse();
        let middle = turn.min(back.len());
        back.rotate_left(middle);
        prop_assert_eq!(bytes(&there, Policy::FullRange), bytes(&back, Policy::FullRange));
    }

    #[test]
    fn the_same_report_twice_is_one(text in folder(), again in 0_usize..7) {
        let once = readings(&text);
        let mut twice = once.clone();
        twice.push(once[again % once.len()].clone());
        prop_assert_eq!(bytes(&once, Policy::FullRange), bytes(&twice, Policy::FullRange));
    }

    #[test]
    fn a_copy_adds_no_origin(text in folder(), which in 0_usize..7) {
        let n = text.lines().filter(|l| l.starts_with("report")).count();
        let day = |key: &str| {
            let line = text.lines().find(|l| l.starts_with(&format!("report {key} "))).unwrap();
            line.split_whitespace().nth(2).unwrap().to_string()
        };
        let key = format!("r{}", which % n);
        let copied = format!("{text}copy {key} as copy {} \"Another\"\n", day(&key));
        let (alone, more) = (crises(&readings(&text), Policy::FullRange), crises(&readings(&copied), Policy::FullRange));
        prop_assert_eq!(origins(&alone), origins(&more));
        prop_assert_eq!(sorted_origins(&alone), sorted_origins(&more));
    }

    #[test]
    fn low_is_not_above_best_nor_best_above_high(text in folder()) {
        for policy in Policy::ALL {
            for tally in crises(&readings(&text), *policy).iter().flat_map(|c| &c.tallies) {
                let chain: Vec<u64> = [tally.low, tally.best, tally.high].into_iter().flatten().map(|b| b.value).collect();
                prop_assert!(chain.is_sorted(), "{:?} {:?} {:?}", tally.low, tally.best, tally.high);
                for bound in [tally.low, tally.best, tally.high].into_iter().flatten() {
                    let claim = &tally.claims[bound.claim];
                    let own = [claim.value, claim.low, claim.high];
                    prop_assert!(own.contains(&Some(bound.value)), "a bound without an owner");
                }
            }
        }
    }

    /// A report counts nobody who died after it was out.
    #[test]
    fn no_count_is_older_than_what_it_counts(text in folder()) {
        for crisis in crises(&readings(&text), Policy::FullRange) {
            for tally in &crisis.tallies {
                let home = tally.incident.as_ref().and_then(|id| crisis.incidents.iter().find(|i| i.id == *id));
                let Some(first) = home.and_then(|i| i.when.from()) else { continue };
                for report in tally.claims.iter().flat_map(|c| &c.reports) {
                    let told = crisis.reports.iter().find(|r| r.id == *report).unwrap();
                    prop_assert!(told.published.to().is_none_or(|day| day >= first), "{} before {first}", report);
                }
            }
        }
    }

    #[test]
    fn every_fact_has_evidence_that_opens_a_sentence(text in folder()) {
        for crisis in crises(&readings(&text), Policy::UcdpReliable) {
            for list in evidence(&crisis) {
                prop_assert!(!list.is_empty());
                for e in list {
                    prop_assert!(!crisis.quote(e).is_empty());
                    prop_assert!(crisis.citation(e).is_some());
                }
            }
        }
    }

    #[test]
    fn every_event_goes_somewhere_and_only_once(text in folder()) {
        let readings = readings(&text);
        let made = crate::assemble_among(&readings, &[], &[], Policy::FullRange);
        let lost: usize = readings
            .iter()
            .filter(|r| made.notes.iter().any(|n| n.document.as_ref() == Some(r.document.id())))
            .map(|r| r.events.len())
            .sum();
        let given: usize = readings.iter().map(|r| r.events.len()).sum();
        let placed: usize = made.value.iter().flat_map(|c| &c.incidents).map(|i| i.events.len()).sum();
        // A statement may hold the same words of several sentences, so it is counted by its evidence.
        let said: usize = made.value.iter().flat_map(|c| &c.statements).map(|s| s.evidence().len()).sum();
        prop_assert_eq!(given, placed + said + lost);
    }

    #[test]
    fn every_actor_that_is_named_can_be_looked_up(text in folder()) {
        for crisis in crises(&readings(&text), Policy::FullRange) {
            let mut named: Vec<_> = crisis.parties.iter().collect();
            named.extend(crisis.incidents.iter().flat_map(|i| i.actors.iter().chain(&i.recipients)));
            named.extend(crisis.tallies.iter().flat_map(|t| t.victims.iter().chain(t.claims.iter().filter_map(|c| c.claimant.as_ref()))));
            named.extend(crisis.mediations.iter().flat_map(|m| m.mediators.iter().chain(&m.parties)));
            for id in named {
                prop_assert!(crisis.actor(id).is_some(), "{} has no entry", id);
            }
        }
    }
}

/// Two clashes of one month, told on different days: which of them holds the attacks, and so where a count
/// belongs, hung on ids, and a copy of the first report turned it.
#[test]
fn a_copy_does_not_turn_which_clash_holds_the_attacks() {
    let folder = r#"
        actor HAMAS group
        report a 2024-05-01 "Outlet A"
          ASSAULT ISR,LBN on 2024-05 "the clashes of May"
          ASSAULT-aerial ISR/MIL -> LBN on 2024-05-02 at Tyre:1 "an air strike on the port of Tyre"
        report b ? "Outlet B"
          CONCEDE ISR,LBN on 2024-05-04 "agreed to a ceasefire"
          count killed 23 soldier of ISR/MIL says ISR/MIL "23 soldiers"
        report c 2024-05-09 "Outlet C"
          ASSAULT - -> LBN on 2024-05-01 at Tyre:1 "explosions in Tyre"
          count killed 40 soldier of ISR/MIL says LBN claimed more "more than 40 soldiers"
          ASSAULT HAMAS -> ISR on 2024-05-01 at Ashkelon:1 "rockets hit Ashkelon"
          ASSAULT ISR,LBN on 2024-05 "the clashes of May"
          count killed 40 soldier of ISR/MIL says LBN claimed more "more than 40 soldiers"
          ASSAULT-aerial ISR/MIL -> LBN on 2024-05-02 at Tyre:1 "an air strike on the port of Tyre""#;
    // The name is part of the id, and so decides on which side of the first the copy is sorted.
    for n in 0..24 {
        let copied = format!("{folder}\n        copy a as copy{n} 2024-05-01 \"Outlet {n}\"\n");
        let (alone, more) =
            (crises(&readings(folder), Policy::FullRange), crises(&readings(&copied), Policy::FullRange));
        assert_eq!(origins(&alone), origins(&more), "copy{n}");
        let homes = |c: &[Crisis]| -> Vec<usize> {
            c.iter().flat_map(|c| &c.incidents).map(|i| i.parts.len()).collect()
        };
        assert_eq!(homes(&alone), homes(&more), "copy{n}");
    }
}

/// A few decisions that fit whatever the folder tells: one fact is rejected, two events are one, somebody is renamed.
fn decisions(readings: &[Reading]) -> Vec<Decision> {
    let decide = |second: i64, ruling: Ruling| {
        let at = jiff::Timestamp::from_second(1_700_000_000 + second).unwrap();
        Decision { at, author: "A. Analyst".into(), reason: "read it again".into(), ruling }
    };
    let events: Vec<FactAt> =
        readings.iter().flat_map(|r| r.events.iter().map(|e| FactAt::event(r.document.id(), e))).collect();
    let mut out = vec![decide(3, Ruling::NameActor { actor: ActorId::named("LBN"), name: "Lebanon".into() })];
    out.extend(events.first().map(|fact| decide(1, Ruling::Reject { fact: fact.clone() })));
    if let [_, one, .., other] = &events[..] {
        out.push(decide(2, Ruling::Merge { one: one.clone(), other: other.clone() }));
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Reports come in one after the other, decisions half way: what is kept from round to round and what is made
    /// anew in each are the same bytes, and equal keys are equal books.
    #[test]
    fn books_that_are_kept_are_those_that_would_be_made(text in folder(), with in 0_usize..2) {
        let all = readings(&text);
        let kept: Mutex<BTreeMap<String, Arc<Crisis>>> = Mutex::default();
        let keep = |key: &str, make: &dyn Fn() -> Crisis| {
            let found = kept.lock().unwrap().get(key).cloned();
            let crisis = found.unwrap_or_else(|| Arc::new(make()));
            kept.lock().unwrap().insert(key.to_string(), Arc::clone(&crisis));
            crisis
        };
        let mut printed: BTreeMap<String, String> = BTreeMap::new();
        for round in 1..=all.len() {
            let now: Vec<&Reading> = all[..round].iter().collect();
            let decided = if with == 1 && round * 2 > all.len() { decisions(&all[..round]) } else { Vec::new() };
            let made = crate::among(&now, &decided, &[], Policy::FullRange, &keep);
            let anew = crate::assemble_among(&all[..round], &decided, &[], Policy::FullRange);
            prop_assert_eq!(&made.notes, &anew.notes);
            let books: Vec<Crisis> = made.value.iter().map(|m| (*m.crisis).clone()).collect();
            prop_assert_eq!(serde_json::to_string(&books).unwrap(), serde_json::to_string(&anew.value).unwrap());
            for (m, book) in made.value.iter().zip(&books) {
                let print = serde_json::to_string(book).unwrap();
                let before = printed.insert(m.key.clone(), print.clone());
                prop_assert!(before.is_none_or(|before| before == print), "one key, two books");
            }
        }
    }
}
