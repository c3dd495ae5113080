//! Pages to read: what a dossier looks like in each format. Review them as prose.

use crate::fixture::{kessel, quiet};
use detente_publish::records::{self, Record};
use detente_publish::terminal::{self, Options};
use detente_publish::{dossier, json, markdown};
use std::collections::BTreeSet;

fn page(width: usize) -> String {
    terminal::render(&dossier(&kessel().crisis), Options { width, ..Options::default() })
}

#[test]
fn terminal_of_80() {
    insta::assert_snapshot!("terminal_80", page(80));
}

#[test]
fn terminal_of_40() {
    insta::assert_snapshot!("terminal_40", page(40));
}

#[test]
fn terminal_of_120_with_sentences() {
    let options = Options { width: 120, sentences: true, colour: false };
    insta::assert_snapshot!("terminal_120", terminal::render(&dossier(&kessel().crisis), options));
}

#[test]
fn terminal_in_colour() {
    let options = Options { width: 80, colour: true, sentences: false };
    let text = terminal::render(&dossier(&kessel().crisis), options).replace('\u{1b}', "␛");
    let head: Vec<&str> = text.lines().take(48).collect();
    insta::assert_snapshot!("terminal_colour", head.join("\n"));
}

#[test]
fn terminal_of_a_crisis_with_nothing_in_it() {
    insta::assert_snapshot!("terminal_quiet", terminal::render(&dossier(&quiet()), Options::default()));
}

#[test]
fn markdown_of_kessel() {
    insta::assert_snapshot!("markdown", markdown::render(&dossier(&kessel().crisis)));
}

#[test]
fn json_begins_with_its_schema() {
    let text = json::render(&[dossier(&quiet())]);
    assert!(text.starts_with("{\n  \"schema\": \"detente-dossier/1\",\n  \"crises\": ["), "{text}");
    insta::assert_snapshot!("json_quiet", text);
}

#[test]
fn first_record_of_each_kind() {
    let fixture = kessel();
    let mut seen = BTreeSet::new();
    let mut first: Vec<Record> = records::records(&fixture.crisis, &fixture.readings);
    first.retain(|r| {
        let value = serde_json::to_value(r).expect("a record is JSON");
        seen.insert(value["kind"].as_str().expect("a kind").to_string())
    });
    assert_eq!(seen.len(), 16);
    insta::assert_snapshot!("records", records::lines(&first));
}
