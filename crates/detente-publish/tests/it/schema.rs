//! The records: what they promise, and that the published schema says the same.

use crate::fixture::kessel;
use detente_publish::records::shapes::E;
use detente_publish::records::{self, Record};
use detente_publish::{dossier, json};
use detente_types::Crisis;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Every E of a value, however deep.
fn evidence<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(fields) if fields.contains_key("quote") && fields.contains_key("doc") => {
            found.push(value)
        }
        Value::Object(fields) => fields.values().for_each(|v| evidence(v, found)),
        Value::Array(values) => values.iter().for_each(|v| evidence(v, found)),
        _ => {}
    }
}

/// Laws of records: evidence slices to its quote, facts have evidence, ids that are named exist.
pub fn hold(crisis: &Crisis, records: &[Record]) {
    let values: Vec<Value> =
        records.iter().map(|r| serde_json::to_value(r).expect("a record is JSON")).collect();
    let mut found = Vec::new();
    values.iter().for_each(|v| evidence(v, &mut found));
    for one in found {
        let e: EvidenceFields = serde_json::from_value(one.clone()).expect("an E");
        let report = &crisis.reports[e.report - 1];
        assert_eq!(report.id.as_str(), e.doc);
        assert_eq!(report.text.get(e.start..e.end), Some(e.quote.as_str()));
    }
    for value in &values {
        let kind = value["kind"].as_str().expect("a kind");
        if matches!(kind, "event" | "figure" | "claim" | "act" | "quote" | "incident" | "office" | "timeline")
        {
            assert!(!value["evidence"].as_array().expect("a list").is_empty(), "{value}");
        }
        assert!(value["id"].is_string(), "{value}");
        assert_eq!(value["kind"] == "crisis", value.get("crisis").is_none());
    }
}

#[derive(serde::Deserialize)]
struct EvidenceFields {
    doc: String,
    start: usize,
    end: usize,
    quote: String,
    report: usize,
}

#[test]
fn records_hold_their_promises() {
    let fixture = kessel();
    hold(&fixture.crisis, &records::records(&fixture.crisis, &fixture.readings));
}

#[test]
fn the_order_of_readings_does_not_matter() {
    let mut fixture = kessel();
    let before = records::lines(&records::records(&fixture.crisis, &fixture.readings));
    fixture.readings.reverse();
    fixture.readings.push(fixture.readings[0].clone());
    assert_eq!(records::lines(&records::records(&fixture.crisis, &fixture.readings)), before);
}

/// The fields of the published format, in its order; further ones may follow.
const PROMISED: &[(&str, &[&str])] = &[
    ("actor", &["id", "name", "type", "country", "aliases", "office", "acts_for"]),
    (
        "event",
        &[
            "id",
            "type",
            "mode",
            "contexts",
            "modality",
            "polarity",
            "actors",
            "recipients",
            "attributed_to",
            "date",
            "place",
            "country",
            "incident",
            "evidence",
        ],
    ),
    (
        "figure",
        &[
            "id",
            "what",
            "victims",
            "low",
            "best",
            "high",
            "text",
            "comparator",
            "claimant",
            "perpetrators",
            "date",
            "incident",
            "evidence",
        ],
    ),
    ("claim", &["id", "stance", "who", "whom", "about", "event", "answers", "date", "evidence"]),
    ("act", &["id", "track", "stage", "mediators", "parties", "by", "date", "place", "outcome", "evidence"]),
];

#[test]
fn promised_fields_come_first_and_in_order() {
    let fixture = kessel();
    let text = records::lines(&records::records(&fixture.crisis, &fixture.readings));
    for (kind, fields) in PROMISED {
        let start = format!("{{\"kind\":\"{kind}\",");
        let line = text.lines().find(|l| l.starts_with(&start)).expect("a record of this kind");
        let mut at = 0;
        for field in *fields {
            let found = line[at..].find(&format!("\"{field}\":"));
            at += found.unwrap_or_else(|| panic!("{kind} lacks {field}, or has it too early"));
        }
    }
    let e = ["doc", "path", "outlet", "start", "end", "quote", "rule"].map(|f| format!("\"{f}\":"));
    let evidence = text.split("\"evidence\":[{").nth(1).expect("some evidence");
    let places: Vec<usize> = e.iter().map(|field| evidence.find(field).expect("a field of E")).collect();
    assert!(places.is_sorted() && places[0] == 0, "{places:?}");
}

#[test]
fn facts_of_reports_are_tied_to_the_crisis() {
    let fixture = kessel();
    let records = records::records(&fixture.crisis, &fixture.readings);
    let ids: BTreeSet<String> = records
        .iter()
        .filter_map(|r| serde_json::to_value(r).ok()?["id"].as_str().map(String::from))
        .collect();
    let (mut incidents, mut tallies, mut tracks, mut answers) = (0, 0, 0, 0);
    for record in &records {
        match record {
            Record::Event(e) => incidents += e.incident.iter().filter(|id| ids.contains(id.as_str())).count(),
            Record::Figure(f) => tallies += f.tally.iter().filter(|id| ids.contains(id.as_str())).count(),
            Record::Act(a) => tracks += a.track.iter().filter(|id| ids.contains(id.as_str())).count(),
            Record::Claim(c) => answers += c.answers.iter().filter(|id| ids.contains(id.as_str())).count(),
            _ => {}
        }
    }
    assert_eq!((incidents, tallies, tracks, answers), (13, 11, 12, 1));
}

fn published(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

fn is_published(name: &str, schema: &schemars::Schema) {
    let text = serde_json::to_string_pretty(schema).expect("a schema is JSON") + "\n";
    let path = published(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(published("")).expect("docs can be written");
        std::fs::write(&path, &text).expect("docs can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == text, "docs/{name} is not what the code says; run the test with UPDATE=1");
}

#[test]
fn the_published_schema_is_that_of_the_code() {
    is_published("records.schema.json", &records::schema());
    is_published("dossier.schema.json", &json::schema());
}

#[test]
fn output_fits_the_schema() {
    let fixture = kessel();
    let schema = serde_json::to_value(records::schema()).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for record in records::records(&fixture.crisis, &fixture.readings) {
        let value = serde_json::to_value(&record).expect("a record is JSON");
        let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}\n{value}");
    }
    assert!(
        !validator.is_valid(&serde_json::json!({"kind": "event", "id": "ev-1"})),
        "the schema asks for fields"
    );

    let schema = serde_json::to_value(json::schema()).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let value: Value = serde_json::from_str(&json::render(&[dossier(&fixture.crisis)])).expect("JSON");
    let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn the_guide_names_every_kind_and_field() {
    let guide = std::fs::read_to_string(published("records.md")).expect("docs/records.md");
    let schema = serde_json::to_value(records::schema()).expect("a schema is JSON");
    let mut fields = BTreeSet::new();
    let defs = schema["$defs"].as_object().expect("definitions").values();
    for shape in defs.chain(schema["oneOf"].as_array().expect("kinds")) {
        fields.extend(shape["properties"].as_object().into_iter().flat_map(|p| p.keys().cloned()));
    }
    let missing: Vec<&String> = fields.iter().filter(|f| !guide.contains(&format!("`{f}`"))).collect();
    assert!(missing.is_empty(), "docs/records.md says nothing of {missing:?}");
    for shape in schema["oneOf"].as_array().expect("kinds") {
        let kind = shape["properties"]["kind"]["const"].as_str().expect("a kind");
        assert!(guide.contains(&format!("### `{kind}`")), "docs/records.md has no section on {kind}");
    }
}

#[test]
fn evidence_has_no_other_names() {
    // E is a promise; a renamed field would break every script that reads it.
    let schema = serde_json::to_value(schemars::schema_for!(E)).expect("a schema is JSON");
    let names: Vec<&String> = schema["properties"].as_object().expect("fields").keys().collect();
    assert_eq!(names.len(), 11, "{names:?}");
}
