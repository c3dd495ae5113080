//! A store on the command line: what it remembers, and what an analyst decides.

use crate::support::{ANSWER, FIGHT, Folder, Ran, detente, run};
use serde_json::Value;

/// A folder with two reports in `r`, and a store beside them that holds both.
fn filled() -> (Folder, String) {
    let folder = Folder::with(&[("r/a.txt", FIGHT.as_bytes()), ("r/b.txt", ANSWER.as_bytes())]);
    let store = folder.at("desk.detente");
    let ran = run(&mut detente(&["add", &folder.at("r"), "--store", &store]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("2 new, 0 in a new version, 0 there already; 2 reports"), "{}", ran.out);
    (folder, store)
}

fn on(store: &str, arguments: &[&str]) -> Ran {
    run(detente(arguments).args(["--store", store]))
}

fn done(store: &str, arguments: &[&str]) -> String {
    let ran = on(store, arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
    ran.out
}

fn records(store: &str) -> Vec<Value> {
    done(store, &["records"]).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

fn of_kind<'r>(records: &'r [Value], kind: &str) -> Vec<&'r Value> {
    records.iter().filter(|r| r["kind"] == kind).collect()
}

#[test]
fn the_books_of_a_store_are_those_of_its_files() {
    let (folder, store) = filled();
    let plain = run(&mut detente(&["records", &folder.at("r")]));
    assert_eq!(done(&store, &["records"]), plain.out);
    // The second time nothing is read, and the same comes out.
    assert_eq!(done(&store, &["records"]), plain.out);
    assert_eq!(done(&store, &["brief"]), run(&mut detente(&["brief", &folder.at("r")])).out);
    let again = done(&store, &["add", &folder.at("r")]);
    assert!(again.starts_with("0 new, 0 in a new version, 2 there already"), "{again}");
}

#[test]
fn an_updated_file_is_a_new_version_and_counts_alone() {
    let (folder, store) = filled();
    std::fs::write(folder.at("r/a.txt"), FIGHT.replace("12 of its", "19 of its")).expect("a file");
    let added = done(&store, &["add", &folder.at("r/a.txt")]);
    assert!(added.starts_with("0 new, 1 in a new version"), "{added}");
    assert_eq!(done(&store, &["list"]).lines().count(), 2);
    assert!(done(&store, &["list", "--versions"]).contains("(older version)"));
    let records = records(&store);
    let values: Vec<&Value> = of_kind(&records, "figure").iter().map(|f| &f["best"]).collect();
    assert!(values.contains(&&Value::from(19)) && !values.contains(&&Value::from(12)), "{values:?}");
}

#[test]
fn reports_are_found_and_forgotten() {
    let (_folder, store) = filled();
    let found = done(&store, &["search", "mediate -shelled"]);
    assert!(found.contains("[mediate]") && found.contains("b.txt") && !found.contains("a.txt"), "{found}");
    assert_eq!(done(&store, &["search", "nowhere"]), "No report has these words.\n");
    let id = found.split_whitespace().next().expect("an id").to_string();
    done(&store, &["forget", &id[..10]]);
    assert!(done(&store, &["search", "welcomed"]).starts_with("No report"));
    let missing = on(&store, &["forget", &id]);
    assert_eq!((missing.code, missing.remarks().len()), (2, 1));
    assert!(done(&store, &["doctor"]).contains("faults          none"));
}

#[test]
fn decisions_are_followed_shown_kept_and_taken_back() {
    let (_folder, store) = filled();
    let before = done(&store, &["records"]);
    let all = records(&store);
    let figure = of_kind(&all, "figure").into_iter().find(|f| f["best"] == 12).expect("the count of twelve");
    let id = figure["id"].as_str().expect("an id");
    let who = ["--because", "The list is longer.", "--by", "R. Analyst"];
    let decide = |arguments: &[&str]| on(&store, &[&["decide"], arguments, &who].concat());
    assert_eq!(decide(&["figure", id, "--count", "14+"]).code, 0);
    for _ in 0..2 {
        let all = records(&store);
        let figure = of_kind(&all, "figure").into_iter().find(|f| f["id"] == id).expect("the same count");
        assert_eq!((&figure["low"], &figure["high"]), (&Value::from(14), &Value::Null));
        let rules = figure["evidence"].as_array().expect("a list").iter().map(|e| e["rule"].to_string());
        assert!(rules.into_iter().any(|rule| rule.contains("decision/dec-")));
        let decided = of_kind(&all, "decision");
        assert_eq!((&decided[0]["author"], &decided[0]["followed"]), (&"R. Analyst".into(), &true.into()));
        let dossier = done(&store, &["brief", "--width", "200"]);
        assert!(
            dossier.contains("What analysts decided") || dossier.contains("WHAT ANALYSTS DECIDED"),
            "{dossier}"
        );
        assert!(dossier.contains("figure corrected: at least 14. Reason: The list is longer"), "{dossier}");
        assert!(dossier.contains("(as an analyst decided)"), "{dossier}");
        // It survives that everything is read anew.
        done(&store, &["rebuild"]);
    }
    let journal = done(&store, &["decide", "list"]);
    assert!(journal.contains("R. Analyst: figure corrected: at least 14"), "{journal}");
    assert_eq!(decide(&["undo", "1"]).code, 0);
    assert_eq!(done(&store, &["records"]), before);
    assert_eq!(decide(&["undo", "1"]).code, 2);
    assert_eq!(decide(&["undo", "2"]).code, 0);
    // What it was about is forgotten: it is said, with a code.
    let report = figure["evidence"][0]["doc"].as_str().expect("a report");
    done(&store, &["forget", report]);
    let ran = on(&store, &["records"]);
    assert!(ran.err.contains("C201"), "{}", ran.err);
}

#[test]
fn what_cannot_be_done_is_one_line() {
    let (folder, store) = filled();
    let why = ["--because", "x", "--by", "R."];
    for arguments in [
        &["decide", "reject", "fig-nothing"][..],
        &["decide", "undo", "7"],
        &["decide", "event", "fig-nothing", "--date", "soon"],
    ] {
        let ran = on(&store, &[arguments, &why].concat());
        assert_eq!((ran.code, ran.remarks().len()), (2, 1), "{arguments:?}: {}", ran.err);
    }
    let none = on(&folder.at("none.detente"), &["brief"]);
    assert_eq!((none.code, none.remarks().len()), (2, 1), "{}", none.err);
    let other = on(&folder.at("r/a.txt"), &["list"]);
    assert!(other.code == 2 && other.err.contains("not a store of Detente"), "{}", other.err);
    let plain = run(&mut detente(&["brief"]));
    assert!(plain.code == 2 && plain.err.contains("detente add"), "{}", plain.err);
}
