//! The journal: lines are added, taken back by lines, never changed.

use super::*;
use detente_types::{ActorId, Decision, Ruling};
use proptest::prelude::*;

fn decision(n: usize) -> Decision {
    let ruling = Ruling::NameActor { actor: ActorId::named("NOR"), name: format!("Name {n}") };
    Decision { at: now(), author: "A. Analyst".to_string(), reason: "by its own seal".to_string(), ruling }
}

#[test]
fn decisions_are_taken_back_and_brought_back() {
    let (_folder, store) = fresh();
    assert_eq!(store.decide(&decision(1)).unwrap(), 1);
    assert_eq!(store.decide(&decision(2)).unwrap(), 2);
    let undone = store.undo(1, "B.", "misread the seal", now()).unwrap();
    assert_eq!(store.decisions().unwrap(), [(2, decision(2))]);
    assert!(store.undo(1, "B.", "", now()).unwrap_err().is_no_such_decision());
    assert!(store.undo(99, "B.", "", now()).unwrap_err().is_no_such_decision());
    store.undo(undone, "A.", "it was right", now()).unwrap();
    assert_eq!(store.decisions().unwrap(), [(1, decision(1)), (2, decision(2))]);
    let journal = store.journal().unwrap();
    assert_eq!(journal.len(), 4);
    assert_eq!((journal[0].undone_by, journal[2].undoes, journal[2].undone_by), (None, Some(1), Some(4)));
    // It can be taken back once more.
    store.undo(1, "B.", "after all", now()).unwrap();
    assert_eq!(store.decisions().unwrap().len(), 1);
}

#[test]
fn no_line_is_changed_or_deleted() {
    let (folder, store) = fresh();
    store.decide(&decision(1)).unwrap();
    let raw = rusqlite::Connection::open(folder.path().join("desk.detente")).unwrap();
    for sql in ["UPDATE decision SET author = 'x'", "DELETE FROM decision"] {
        let error = raw.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("only added to"), "{error}");
    }
    assert_eq!(store.decisions().unwrap().len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// After any course of deciding and taking back, what stands is what a plain replay says.
    #[test]
    fn what_stands_follows_from_the_lines(course in prop::collection::vec(0_i64..8, 1..24)) {
        let (_folder, store) = fresh();
        // Line number to the line it takes back.
        let mut lines: Vec<Option<i64>> = Vec::new();
        for step in course {
            if step == 0 || lines.is_empty() {
                store.decide(&decision(lines.len())).unwrap();
                lines.push(None);
            } else if store.undo(step, "B.", "", now()).is_ok() {
                lines.push(Some(step));
            }
        }
        fn stands(lines: &[Option<i64>], n: usize) -> bool {
            !(n + 1..lines.len()).any(|m| lines[m] == Some(n as i64 + 1) && stands(lines, m))
        }
        let expected: Vec<i64> = (0..lines.len())
            .filter(|n| lines[*n].is_none() && stands(&lines, *n))
            .map(|n| n as i64 + 1)
            .collect();
        let standing: Vec<i64> = store.decisions().unwrap().into_iter().map(|(n, _)| n).collect();
        prop_assert_eq!(standing, expected);
    }
}
