//! Every code that can be printed is explained.

use super::*;
use std::collections::BTreeSet;
use std::path::Path;

fn glossary() -> Glossary {
    Glossary::new(&Knowledge::bundled())
}

fn codes(class: &str) -> BTreeSet<String> {
    glossary().entries.iter().filter(|e| e.class == class).map(|e| e.code.clone()).collect()
}

/// The names that a closed list has in records, taken from its schema.
fn names<T: schemars::JsonSchema>() -> BTreeSet<String> {
    let schema = schemars::schema_for!(T).to_value();
    let mut out = BTreeSet::new();
    let mut walk = vec![&schema];
    while let Some(value) = walk.pop() {
        for key in ["oneOf", "anyOf"] {
            walk.extend(value[key].as_array().into_iter().flatten());
        }
        out.extend(value["const"].as_str().map(str::to_string));
        out.extend(
            value["enum"].as_array().into_iter().flatten().filter_map(|v| v.as_str()).map(str::to_string),
        );
    }
    out
}

#[test]
fn closed_lists_are_explained_in_full() {
    assert_eq!(codes("stage of mediation"), names::<detente_types::Stage>());
    assert_eq!(codes("kind of disagreement"), names::<detente_types::DisagreementKind>());
    assert_eq!(codes("modality"), names::<detente_types::Modality>());
    assert_eq!(codes("mask"), names::<detente_types::MaskReason>());
    assert_eq!(codes("policy"), names::<detente_types::Policy>());
    assert_eq!(codes("sector"), names::<Sector>());
    assert_eq!(codes("status of a happening"), names::<detente_types::incident::Status>());
    assert_eq!(codes("state of a track"), names::<detente_types::MediationState>());
    assert_eq!(codes("verdict on a disagreement"), names::<detente_types::Verdict>());
    assert_eq!(codes("agreement on a count"), names::<detente_types::tally::Agreement>());
    assert_eq!(codes("interest in a count"), names::<detente_types::tally::Interest>());
    assert_eq!(codes("comparator"), names::<detente_types::Comparator>());
    assert_eq!(codes("stance of a claim"), names::<detente_types::Stance>());
    assert_eq!(codes("strength"), names::<detente_types::Strength>());
    assert_eq!(codes("precision of a date"), names::<detente_types::Precision>());
    assert_eq!(codes("basis of a date"), names::<detente_types::Basis>());
    assert_eq!(codes("weight of a sentence"), names::<detente_types::Tier>());
    assert_eq!(codes("how an actor was understood"), names::<detente_types::Via>());
    assert_eq!(codes("event type").len(), EventType::ALL.len());
    assert_eq!(codes("mode").len(), Mode::ALL.len());
}

/// Every note code in the code of any crate, and no other.
#[test]
fn notes_are_those_in_the_code() {
    let mut found = BTreeSet::new();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut folders: Vec<_> =
        std::fs::read_dir(crates).unwrap().map(|e| e.unwrap().path().join("src")).collect();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let quoted = text.split('"').skip(1);
                let code = |w: &&str| {
                    w.len() == 4
                        && w.starts_with(['C', 'D', 'L', 'R'])
                        && w[1..].bytes().all(|b| b.is_ascii_digit())
                };
                found.extend(quoted.filter(code).map(str::to_string));
            }
        }
    }
    assert_eq!(codes("note"), found);
}

#[test]
fn every_entry_says_something_and_no_code_stands_twice_in_a_class() {
    let glossary = glossary();
    let mut seen = BTreeSet::new();
    for entry in glossary.entries() {
        assert!(!entry.title.is_empty(), "{}", entry.code);
        assert!(seen.insert((entry.class, entry.code.clone())), "{} twice", entry.code);
    }
}

#[test]
fn a_code_is_found_in_any_case_and_a_mode_without_its_type() {
    let glossary = glossary();
    let found = |code: &str| glossary.find(code).iter().map(|e| e.code.clone()).collect::<Vec<_>>();
    assert_eq!(found("d103"), ["D103"]);
    assert_eq!(found("assault-DRONE"), ["ASSAULT-drone"]);
    assert_eq!(found("withdraw"), ["withdraw", "RETREAT-withdraw", "SANCTION-withdraw"]);
    assert_eq!(found("talks collapse"), Vec::<String>::new());
    assert_eq!(found("X-TALKS_COLLAPSE"), ["X-TALKS_COLLAPSE"]);
    assert!(found("").is_empty());
}

#[test]
fn a_slip_finds_its_neighbours() {
    let glossary = glossary();
    assert_eq!(glossary.nearest("ASALT")[0], "ASSAULT");
    assert!(glossary.nearest("D13").contains(&"D103"));
    assert!(glossary.nearest("zzzzzzzzzzzz").is_empty());
}
