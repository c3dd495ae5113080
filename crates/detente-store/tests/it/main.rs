//! The laws of the store, held from outside.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests start processes and look at files")]

mod crash;
mod formats;
mod journal;
mod keeping;
mod searching;
mod trouble;

use detente_store::{Arrival, Store};
use detente_types::Document;
use detente_types::document::Given;
use jiff::Timestamp;

/// A moment, the same on every run.
fn now() -> Timestamp {
    "2031-03-04T05:06:07Z".parse().unwrap()
}

fn arrival() -> Arrival<'static> {
    Arrival { at: now(), place: None, notes: &[] }
}

/// A report with nothing but a text.
fn plain(path: &str, text: &str) -> Document {
    Document::new(path, text, Given::default())
}

/// A report of an outlet under a headline.
fn told(outlet: &str, title: &str, text: &str) -> Document {
    let given =
        Given { title: Some(title.to_string()), outlet: Some(outlet.to_string()), ..Given::default() };
    Document::new(format!("{outlet}.jsonl:1"), text, given)
}

/// A new store in a folder of its own.
fn fresh() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("desk.detente")).unwrap();
    (folder, store)
}
