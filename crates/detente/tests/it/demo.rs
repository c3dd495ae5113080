//! The demonstration shows what it was made to show.

use crate::known::{self, Check};
use crate::support::{Folder, detente, root, run};
use detente::intake;
use detente::pipeline::{self, Books, Desk, Wishes};
use detente_publish::records;
use detente_types::mediation::Answer;
use detente_types::{Counted, DisagreementKind, Mediation, Stage, Tally};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;

fn books() -> &'static Books {
    static BOOKS: OnceLock<Books> = OnceLock::new();
    BOOKS.get_or_init(|| {
        let desk = Desk::open(&[]).expect("the bundled knowledge is whole");
        pipeline::run(intake::gather(&[root().join("demo")]), &desk, Wishes::default(), &|| {})
    })
}

#[test]
fn it_runs_and_ends_by_saying_what_to_try_next() {
    let ran = run(&mut detente(&["demo"]));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let last: Vec<&str> = ran.out.lines().rev().take(8).collect();
    assert!(
        last.iter().any(|l| l.contains("Try next"))
            && last.iter().any(|l| l.contains("detente brief FOLDER"))
    );
    assert!(ran.out.contains("Pakistan") && ran.out.contains("outlets are invented"));
    let page = run(&mut detente(&["demo", "--format", "html"]));
    assert!(page.out.starts_with("<!DOCTYPE html>") && page.err.contains("Try next"));
}

#[test]
fn its_reports_can_be_had_as_files_and_give_the_same_crisis() {
    let folder = Folder::with(&[]);
    let made = folder.at("reports");
    let ran = run(&mut detente(&["demo", "--reports", &made]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let gathered = intake::gather(&[PathBuf::from(made)]);
    assert_eq!(gathered.taken.len(), 14);
    let ids = |readings: &[detente_types::Reading]| {
        let mut ids: Vec<String> = readings.iter().map(|r| r.document.id().to_string()).collect();
        ids.sort();
        ids
    };
    let mut taken: Vec<String> = gathered.taken.iter().map(|t| t.document.id().to_string()).collect();
    taken.sort();
    assert_eq!(taken, ids(&books().readings));
}

#[test]
fn its_pdf_has_the_text_and_the_links() {
    let folder = Folder::with(&[]);
    let files = [folder.at("one.pdf"), folder.at("two.pdf")];
    for file in &files {
        assert_eq!(run(&mut detente(&["demo", "--output", file])).code, 0);
    }
    let [one, two] = files.map(|file| std::fs::read(file).expect("it was written"));
    assert!(one == two, "the same reports, another file");
    let read = lopdf::Document::load_mem(&one).expect("it is a PDF");
    let pages = read.get_pages();
    let numbers: Vec<u32> = pages.keys().copied().collect();
    let text = read.extract_text(&numbers).expect("its text can be taken out");
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let dossiers = pipeline::dossiers(books());
    let mut cited = BTreeSet::new();
    for citation in dossiers[0].lines().flat_map(|l| l.citations()) {
        let begin: String = citation.quote.chars().filter(|c| !c.is_whitespace()).take(30).collect();
        assert!(
            text.contains(&format!("{}{}", citation.number(), begin)) || citation.tier_mark().is_some(),
            "{begin}"
        );
        cited.insert(format!("Report {}, sentence {}", citation.report, citation.sentence));
    }
    let links = pages.values().flat_map(|page| read.get_page_annotations(*page).expect("links"));
    let words = links.map(|l| lopdf::decode_text_string(l.get(b"Contents").expect("words")).expect("text"));
    let led: BTreeSet<String> = words.filter(|w| w.contains(", sentence ")).collect();
    assert!(cited.len() > 100 && led == cited, "{} sentences, {} links", cited.len(), led.len());
}

/// What the reports were written to show.
const SHOWN: &[Check<Books>] = &[
    Check { name: "one crisis", states: "fourteen reports are one crisis", holds: one_crisis },
    Check {
        name: "two counts",
        states: "soldiers of the first battle: 23 by one side, 58 by the other",
        holds: two_counts,
    },
    Check {
        name: "joint track",
        states: "Qatar and Türkiye brought about a ceasefire, and later talks collapsed",
        holds: joint_track,
    },
    Check {
        name: "open offers",
        states: "Iran and Russia offer, Kabul's answer is not reported",
        holds: open_offers,
    },
    Check {
        name: "disagreements",
        states: "numbers differ, a charge is denied, one office is wrong",
        holds: disagreements,
    },
    Check { name: "copy", states: "a shortened copy is known as one", holds: copy },
];

#[test]
fn the_dossier_shows_what_the_reports_were_written_for() {
    known::hold("demonstration", SHOWN, books());
}

fn need(is: bool, today: impl FnOnce() -> String) -> Result<(), String> {
    if is { Ok(()) } else { Err(today()) }
}

fn one_crisis(books: &Books) -> Result<(), String> {
    let sizes: Vec<String> =
        books.crises.iter().map(|c| format!("{}: {}", c.name, c.reports.len())).collect();
    need(books.crises.len() == 1 && books.crises[0].reports.len() == 14, || sizes.join("; "))
}

fn two_counts(books: &Books) -> Result<(), String> {
    let of_pakistan =
        |t: &&Tally| t.what == Counted::Killed && t.victims.iter().any(|id| id.as_str().starts_with("PAK"));
    let ends = |t: &&Tally| {
        let owner = |at: usize| t.claims[at].claimant.as_ref().map(ToString::to_string).unwrap_or_default();
        let (low, high) = (t.low?, t.high?);
        let right = (20..=23).contains(&low.value) && (58..=60).contains(&high.value);
        (right
            && owner(low.claim).starts_with("PAK")
            && !owner(high.claim).is_empty()
            && !owner(high.claim).starts_with("PAK"))
        .then_some(())
    };
    let tallies: Vec<&Tally> = books.crises.iter().flat_map(|c| &c.tallies).filter(of_pakistan).collect();
    let told = || {
        tallies
            .iter()
            .map(|t| format!("{:?}..{:?}", t.low.map(|b| b.value), t.high.map(|b| b.value)))
            .collect::<Vec<_>>()
    };
    need(tallies.iter().any(|t| ends(t).is_some()), || format!("{:?}", told()))
}

fn mediators(track: &Mediation) -> Vec<&str> {
    track.mediators.iter().map(|id| id.as_str()).collect()
}

fn tracks<'b>(books: &'b Books, who: &[&str]) -> Vec<&'b Mediation> {
    books.crises.iter().flat_map(|c| &c.mediations).filter(|m| mediators(m) == who).collect()
}

fn joint_track(books: &Books) -> Result<(), String> {
    let tracks = tracks(books, &["QAT", "TUR"]);
    let stages: Vec<Stage> = tracks.iter().flat_map(|m| &m.acts).map(|a| a.stage).collect();
    let both = stages.contains(&Stage::CeasefireAgreed) && stages.contains(&Stage::Collapse);
    need(tracks.len() == 1 && both, || format!("{} tracks, stages {stages:?}", tracks.len()))
}

fn open_offers(books: &Books) -> Result<(), String> {
    for who in ["IRN", "RUS"] {
        let found = tracks(books, &[who]);
        let offered =
            found.iter().flat_map(|m| &m.acts).any(|a| matches!(a.stage, Stage::Offer | Stage::OfferRepeat));
        let open = |a: &Answer| !a.party.as_str().starts_with("PAK") && a.stage.is_none();
        let unanswered = found.iter().flat_map(|m| &m.answers).any(open);
        need(offered && unanswered, || {
            format!("{who}: {} tracks, offered {offered}, unanswered {unanswered}", found.len())
        })?;
    }
    Ok(())
}

fn disagreements(books: &Books) -> Result<(), String> {
    let kinds: Vec<DisagreementKind> =
        books.crises.iter().flat_map(|c| &c.disagreements).map(|d| d.kind).collect();
    let wanted = [DisagreementKind::Quantity, DisagreementKind::AccusationDenial, DisagreementKind::Office];
    need(wanted.iter().all(|k| kinds.contains(k)), || format!("{kinds:?}"))
}

fn copy(books: &Books) -> Result<(), String> {
    let copies: Vec<usize> =
        books.crises.iter().flat_map(|c| &c.stories).flat_map(|s| &s.copies).map(Vec::len).collect();
    need(copies.iter().any(|n| *n >= 2), || format!("{copies:?}"))
}

/// Every E of a value, however deep.
fn evidence<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(fields) if fields.contains_key("quote") && fields.contains_key("rule") => {
            found.push(value)
        }
        Value::Object(fields) => fields.values().for_each(|v| evidence(v, found)),
        Value::Array(values) => values.iter().for_each(|v| evidence(v, found)),
        _ => {}
    }
}

#[test]
fn every_record_keeps_to_the_schema_and_every_quote_is_where_it_says() {
    let texts: BTreeMap<&str, &str> =
        books().readings.iter().map(|r| (r.document.id().as_str(), r.document.text())).collect();
    let schema =
        std::fs::read_to_string(root().join("docs/records.schema.json")).expect("the schema is there");
    let schema = serde_json::from_str(&schema).expect("the schema is JSON");
    let valid = jsonschema::validator_for(&schema).expect("the schema is one");
    let lines = records::lines(&pipeline::records(books()));
    let mut quotes = 0;
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).expect("a record is JSON");
        if let Err(error) = valid.validate(&record) {
            panic!("{error}: {line}");
        }
        let mut found = Vec::new();
        evidence(&record, &mut found);
        for one in found {
            let text = texts[one["doc"].as_str().expect("a report")];
            let at = |end: &str| one[end].as_u64().expect("a number") as usize;
            assert_eq!(text.get(at("start")..at("end")), one["quote"].as_str());
            quotes += 1;
        }
    }
    assert!(quotes > 300, "{quotes}");
}

/// Offsets count bytes of the file: the quoted sentence stands there.
#[test]
fn quotes_are_found_in_the_files() {
    let lines = records::lines(&pipeline::records(books()));
    let mut checked = 0;
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).expect("a record is JSON");
        let mut found = Vec::new();
        evidence(&record, &mut found);
        for one in found {
            let path = one["path"].as_str().expect("a path");
            if path.starts_with("http") {
                continue;
            }
            let bytes = std::fs::read(path).expect("the report is a file");
            let at = |end: &str| one[end].as_u64().expect("a number") as usize;
            assert_eq!(&bytes[at("start")..at("end")], one["quote"].as_str().expect("words").as_bytes());
            checked += 1;
        }
    }
    assert!(checked > 200, "{checked}");
}
