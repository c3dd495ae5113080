//! A full disk, other files, later formats, damage: each is one line that names the file.

use super::*;
use detente_store::{Error, FORMAT, Filter};
use std::fs;

fn one_line(error: &Error) -> String {
    let line = error.to_string();
    assert!(!line.contains('\n') && line.contains("desk.detente"), "{line}");
    line
}

#[test]
fn a_full_disk_is_one_clear_line_and_changes_nothing() {
    let (_folder, store) = fresh();
    store.add(&plain("a.txt", "Small."), arrival()).unwrap();
    store.limit(400 * 1024).unwrap();
    let before = (store.count(&Filter::default()).unwrap(), store.revision().unwrap());
    let large = plain("b.txt", &"Many words of a long report. ".repeat(40_000));
    let error = store.add(&large, arrival()).unwrap_err();
    assert!(error.is_full());
    assert!(one_line(&error).contains("disk is full"));
    assert_eq!((store.count(&Filter::default()).unwrap(), store.revision().unwrap()), before);
    // With room it goes on.
    store.limit(64 * 1024 * 1024).unwrap();
    store.add(&large, arrival()).unwrap();
    assert_eq!(store.examine().unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_later_format_is_left_alone() {
    let (folder, store) = fresh();
    drop(store);
    let path = folder.path().join("desk.detente");
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.pragma_update(None, "user_version", FORMAT + 1).unwrap();
    drop(raw);
    let error = Store::open(&path).unwrap_err();
    assert!(error.is_newer_format());
    assert!(one_line(&error).contains("later Detente"));
}

#[test]
fn another_file_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.detente");
    let text = "These are the minutes of a meeting. ".repeat(100);
    fs::write(&path, &text).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(error.is_no_store(), "{error}");
    one_line(&error);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    // A database of somebody else's.
    fs::remove_file(&path).unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("CREATE TABLE recipe (name TEXT)").unwrap();
    drop(raw);
    assert!(Store::open(&path).unwrap_err().is_no_store());
}

#[test]
fn what_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.detente");
    assert!(Store::open_existing(&path).unwrap_err().is_missing());
    assert!(!path.exists());
    let deep = folder.path().join("no/such/folder/desk.detente");
    assert!(Store::open(&deep).unwrap_err().is_forbidden());
}

#[test]
fn damage_is_found() {
    let (folder, store) = fresh();
    let report = plain("a.txt", "Five died.");
    store.add(&report, arrival()).unwrap();
    drop(store);
    let path = folder.path().join("desk.detente");
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute("UPDATE document SET text = 'Nine died.'", []).unwrap();
    drop(raw);
    let store = Store::open(&path).unwrap();
    let faults = store.examine().unwrap().faults;
    assert!(faults.iter().any(|f| f.contains("not what was added")), "{faults:?}");
    assert!(faults.iter().any(|f| f.contains("full text")), "{faults:?}");
    store.rebuild_words().unwrap();
    assert_eq!(store.examine().unwrap().faults.len(), 1);
}
