//! A store of every format that was released opens, with everything in it.
//!
//! `tests/formats/N.detente` is never changed. `UPDATE=1` writes the one of the newest format if it is not there yet.

use super::*;
use detente_store::{FORMAT, Filter, Page};
use detente_types::{ActorId, Decision, Note, Reading, Ruling};
use std::path::PathBuf;

fn kept(format: i64) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/formats/{format}.detente"))
}

/// Something of everything.
fn fill(store: &Store) {
    let old = told("Northern Wire", "Talks open in Sund", "Five delegates came to Sund on Monday.");
    let new = told("Northern Wire", "Talks open in Sund", "Seven delegates came to Sund on Monday.");
    store.add(&old, arrival()).unwrap();
    store.add(&new, arrival()).unwrap();
    let unread = Reading::unread(&new, "reader 1", "en", Note::new("D999", "Not read.").on(new.id()));
    store.keep_readings(&[unread], "reader 1").unwrap();
    let ruling = Ruling::NameActor { actor: ActorId::named("NOR"), name: "Norway".to_string() };
    let decision = Decision { at: now(), author: "A.".to_string(), reason: "a seal".to_string(), ruling };
    store.decide(&decision).unwrap();
    store.decide(&decision).unwrap();
    store.undo(2, "A.", "said twice", now()).unwrap();
    store.watch("https://example.org/feed", "feed", now()).unwrap();
    store.alert("alert-1", "offer", &serde_json::json!({"why": "a new offer"}), now()).unwrap();
}

#[test]
fn a_store_of_every_format_opens() {
    if std::env::var_os("UPDATE").is_some() && !kept(FORMAT).exists() {
        let store = Store::open(kept(FORMAT)).unwrap();
        fill(&store);
    }
    for format in 1..=FORMAT {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.detente");
        std::fs::copy(kept(format), &path).unwrap();
        let store = Store::open(&path).unwrap();
        assert_eq!(store.format().unwrap(), FORMAT);
        let all = Filter { all_versions: true, ..Filter::default() };
        let reports = store.documents(&all, Page::ALL).unwrap();
        assert_eq!(reports.iter().map(|k| k.latest).collect::<Vec<_>>(), [false, true]);
        assert_eq!(store.search("seven delegates", Page::ALL).unwrap().total, 1);
        assert_eq!(store.decisions().unwrap().len(), 1);
        assert_eq!(store.journal().unwrap().len(), 3);
        assert_eq!(store.watches().unwrap().len(), 1);
        assert_eq!(store.alerts(false, Page::ALL).unwrap().len(), 1);
        let health = store.examine().unwrap();
        assert_eq!(health.faults, Vec::<String>::new());
        assert_eq!(health.readings, [("reader 1".to_string(), 1)]);
    }
}
