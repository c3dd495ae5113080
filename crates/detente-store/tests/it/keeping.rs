//! Reports: added once, in versions, listed, forgotten; readings and what is derived.

use super::*;
use detente_store::{Added, Filter, Page};
use detente_types::{Basis, DocumentId, Note, Reading, When};
use proptest::prelude::*;

#[test]
fn the_same_report_twice_is_one() {
    let (_folder, store) = fresh();
    let report = plain("a.txt", "Talks opened in Sund.");
    assert_eq!(store.add(&report, arrival()).unwrap(), Added::New);
    let revision = store.revision().unwrap();
    assert_eq!(store.add(&report, arrival()).unwrap(), Added::Known);
    let elsewhere = plain("other/name.txt", "Talks opened in Sund.");
    assert_eq!(store.add(&elsewhere, arrival()).unwrap(), Added::Known);
    assert_eq!((store.count(&Filter::default()).unwrap(), store.revision().unwrap()), (1, revision));
}

#[test]
fn what_comes_out_is_what_went_in() {
    let (_folder, store) = fresh();
    let published = When::day("2031-03-04".parse().unwrap(), Basis::Explicit).said("4 March");
    let given = Given {
        title: Some("Talks \u{0}open".to_string()),
        outlet: Some("Nördliche Post".to_string()),
        url: Some("https://example.org/a".to_string()),
        published: Some(published),
    };
    let report = Document::new("dir/a.txt", "Zwölf\r\n\u{feff}\u{1}Wörter.\u{0} 12", given);
    let notes = [Note::new("D103", "dir/a.txt: read as windows-1252").on(report.id())];
    store.add(&report, Arrival { at: now(), place: None, notes: &notes }).unwrap();
    let kept = store.document(report.id()).unwrap().unwrap();
    assert_eq!((&kept.document, &kept.notes[..], kept.added), (&report, &notes[..], now()));
    assert_eq!(kept.document.id(), report.id());
}

#[test]
fn an_updated_report_is_a_new_version_beside_the_old_one() {
    let (_folder, store) = fresh();
    let (old, new) =
        (told("Wire", "Dozens killed", "Five died."), told("Wire", "Dozens killed", "Nine died."));
    store.add(&old, arrival()).unwrap();
    let other = told("Courier", "Dozens killed", "Five died.");
    assert_eq!(store.add(&other, arrival()).unwrap(), Added::New);
    let of = old.id().clone();
    assert_eq!(store.add(&new, arrival()).unwrap(), Added::NewVersion { of });
    let mut expected = vec![new.id().clone(), other.id().clone()];
    expected.sort();
    assert_eq!(store.ids().unwrap(), expected);
    let series = store.document(old.id()).unwrap().unwrap().series;
    let versions = Filter { all_versions: true, series: Some(series), ..Filter::default() };
    let versions = store.documents(&versions, Page::ALL).unwrap();
    assert_eq!(versions.iter().map(|k| k.latest).collect::<Vec<_>>(), [false, true]);
    // What counts is found; the older version is not.
    assert_eq!(store.search("five", Page::ALL).unwrap().total, 1);
    assert_eq!(store.search("nine", Page::ALL).unwrap().total, 1);
}

#[test]
fn a_file_that_changed_is_a_new_version_and_another_file_is_not() {
    let (_folder, store) = fresh();
    let at = |place| Arrival { at: now(), place: Some(place), notes: &[] };
    store.add(&plain("a.txt", "First."), at("/one/a.txt")).unwrap();
    assert_eq!(store.add(&plain("a.txt", "Other."), at("/two/a.txt")).unwrap(), Added::New);
    assert!(matches!(
        store.add(&plain("a.txt", "Second."), at("/one/a.txt")).unwrap(),
        Added::NewVersion { .. }
    ));
}

#[test]
fn what_is_forgotten_is_gone_from_the_file_too() {
    let (folder, store) = fresh();
    let (old, new) = (told("Wire", "Names", "Secretword one."), told("Wire", "Names", "Quietword two."));
    store.add(&old, arrival()).unwrap();
    store.add(&new, arrival()).unwrap();
    store.keep_derived("crisis", "k", b"quotes Quietword").unwrap();
    assert!(store.forget(new.id()).unwrap());
    assert!(!store.forget(new.id()).unwrap());
    // The version before it counts again.
    assert_eq!(store.ids().unwrap(), std::slice::from_ref(old.id()));
    assert_eq!(store.search("quietword", Page::ALL).unwrap().total, 0);
    assert_eq!(store.derived("k").unwrap(), None);
    drop(store);
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("quietword"), "the forgotten text is still in the file");
        assert!(!text.is_empty());
    }
}

fn reading(report: &Document, reader: &str) -> Reading {
    Reading::unread(report, reader, "en", Note::new("D999", "Not read.").on(report.id()))
}

#[test]
fn readings_are_kept_by_reader() {
    let (_folder, store) = fresh();
    let report = plain("a.txt", "Talks opened.");
    store.add(&report, arrival()).unwrap();
    assert_eq!(store.unread("r1").unwrap(), std::slice::from_ref(report.id()));
    let made = reading(&report, "r1");
    store.keep_readings(std::slice::from_ref(&made), "r1").unwrap();
    assert_eq!(store.reading(report.id(), "r1").unwrap(), Some(made));
    assert_eq!(store.reading(report.id(), "r2").unwrap(), None);
    assert_eq!((store.unread("r1").unwrap().len(), store.unread("r2").unwrap().len()), (0, 1));
    assert_eq!(store.drop_readings(Some("r1")).unwrap(), 0);
    assert_eq!(store.drop_readings(None).unwrap(), 1);
    assert_eq!(store.unread("r1").unwrap().len(), 1);
    // The reading of a report that is not there is not kept.
    store.keep_readings(&[reading(&plain("b.txt", "Gone."), "r1")], "r1").unwrap();
    assert_eq!(store.examine().unwrap().readings, []);
}

#[test]
fn what_is_derived_is_kept_by_key() {
    let (_folder, store) = fresh();
    store.keep_derived("crisis", "a", b"one").unwrap();
    store.keep_derived("crisis", "b", &[0; 100_000]).unwrap();
    store.keep_derived("ties", "c", b"three").unwrap();
    assert_eq!(store.derived("a").unwrap().as_deref(), Some(&b"one"[..]));
    assert_eq!(store.drop_derived("crisis", &["b"]).unwrap(), 1);
    assert_eq!(store.derived("a").unwrap(), None);
    assert_eq!(store.derived("b").unwrap().unwrap().len(), 100_000);
    assert!(store.derived("c").unwrap().is_some());
}

#[test]
fn reports_are_listed_page_by_page() {
    let (_folder, store) = fresh();
    for n in 0..10 {
        let outlet = if n % 2 == 0 { "Wire" } else { "Courier" };
        store.add(&told(outlet, &format!("Talks {n}"), &format!("Text {n}.")), arrival()).unwrap();
    }
    let wire = Filter { outlet: Some("Wire".to_string()), ..Filter::default() };
    assert_eq!(store.count(&wire).unwrap(), 5);
    let page = store.documents(&wire, Page { skip: 1, take: 2 }).unwrap();
    let titles: Vec<_> = page.iter().map(|k| k.document.title().unwrap()).collect();
    assert_eq!(titles, ["Talks 2", "Talks 4"]);
    let named = Filter { named: Some("TALKS 7".to_string()), ..Filter::default() };
    assert_eq!(store.count(&named).unwrap(), 1);
    let all = store.ids().unwrap();
    assert_eq!(store.named(all[3].as_str()).unwrap(), std::slice::from_ref(&all[3]));
    assert_eq!(store.named("doc-").unwrap().len(), 10);
    assert_eq!(store.document(&DocumentId::named("doc-none")).unwrap(), None);
}

#[test]
fn what_is_followed_and_told_is_kept_once() {
    let (_folder, store) = fresh();
    assert!(store.watch("https://example.org/feed", "feed", now()).unwrap());
    assert!(!store.watch("https://example.org/feed", "feed", now()).unwrap());
    let state = serde_json::json!({"etag": "x"});
    assert!(store.keep_state("https://example.org/feed", &state).unwrap());
    assert_eq!(store.watches().unwrap()[0].state, state);
    assert!(store.unwatch("https://example.org/feed").unwrap());
    let body = serde_json::json!({"why": "a new offer"});
    assert!(store.alert("alert-1", "offer", &body, now()).unwrap());
    assert!(!store.alert("alert-1", "offer", &body, now()).unwrap());
    let told = store.alerts(true, Page::ALL).unwrap();
    assert_eq!((told.len(), &told[0].body), (1, &body));
    assert!(store.seen(told[0].number).unwrap());
    assert_eq!(store.alerts(true, Page::ALL).unwrap(), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the order and the repeats, the same set of reports is kept; one at a time or all at once.
    #[test]
    fn the_order_of_arrival_does_not_matter(order in prop::collection::vec(0_usize..12, 1..40)) {
        let report = |n: usize| plain(&format!("{n}.txt"), &format!("Report {n}."));
        let (_a, one_by_one) = fresh();
        let (_b, at_once) = fresh();
        for n in &order {
            one_by_one.add(&report(*n), arrival()).unwrap();
        }
        let reports: Vec<Document> = order.iter().rev().map(|n| report(*n)).collect();
        let added = at_once.add_all(reports.iter().map(|r| (r, arrival()))).unwrap();
        prop_assert_eq!(one_by_one.ids().unwrap(), at_once.ids().unwrap());
        let new = added.iter().filter(|a| **a == Added::New).count();
        prop_assert_eq!(new, at_once.count(&Filter::default()).unwrap());
    }
}
