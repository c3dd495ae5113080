//! Records in pages, as JSON, as JSON Lines, and as CSV.
//!
//! # How
//! As CSV a record is one row: an object inside it becomes columns with a dot in their names, a list of words one
//! cell, anything deeper JSON in its cell. A cell that a spreadsheet would take for a formula gets an apostrophe in
//! front: what reports say must not act.

use crate::answers::{file_name, kept};
use crate::edition::Edition;
use crate::respond::{Answer, Refusal};
use crate::routes::Asked;
use detente_publish::records::{self, Record};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of records.
pub(crate) const KINDS: &[&str] = &[
    "crisis",
    "report",
    "actor",
    "office",
    "event",
    "figure",
    "claim",
    "act",
    "quote",
    "incident",
    "tally",
    "mediation",
    "disagreement",
    "story",
    "timeline",
    "gap",
];

/// The most records that come back at once.
const MOST: usize = 1000;

/// A page of records.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Records<'a> {
    /// Name and version of the format of a record.
    schema: &'static str,
    /// How many there are of this kind.
    total: usize,
    /// How many were left out before the first.
    from: usize,
    /// Those of this page.
    records: Vec<&'a Record>,
}

/// Records of one crisis.
pub(crate) fn records(edition: &Edition, asked: &Asked) -> Result<Answer, Refusal> {
    let kept = kept(edition, asked)?;
    let kind = asked.get("kind");
    if let Some(kind) = kind.filter(|k| !KINDS.contains(k)) {
        return Err(Refusal::unclear(format!("no such kind: {kind}"), KINDS.join(", ")));
    }
    let from = asked.number("from", 0, usize::MAX)?;
    let limit = asked.number("limit", 100, MOST)?;
    let all = kept.records(|crisis| {
        records::records(crisis, crisis.reports.iter().filter_map(|report| edition.at(&report.id)))
    });
    let all: Vec<&Record> = all.iter().filter(|r| kind.is_none_or(|kind| kind_of(r) == kind)).collect();
    let name = format!("{}-{}", file_name(&kept.crisis.name), kind.unwrap_or("records"));
    match asked.get("format").unwrap_or("json") {
        "json" => {
            let total = all.len();
            let next = (from + limit < total && limit > 0).then(|| address(asked, from + limit, limit));
            let records = all.into_iter().skip(from).take(limit).collect();
            Ok(Answer::json(&Records { schema: records::SCHEMA, total, from, records }).next(next))
        }
        "jsonl" => {
            let lines = records::lines(all).into_bytes();
            Ok(Answer::bytes("application/x-ndjson", lines).save_as(name + ".jsonl"))
        }
        "csv" if kind.is_some() => {
            Ok(Answer::bytes("text/csv; charset=utf-8", csv(&all)).save_as(name + ".csv"))
        }
        "csv" => Err(Refusal::unclear("a table as CSV has one kind", "add kind=incident or another kind")),
        other => Err(Refusal::unclear(format!("no such format: {other}"), "json, jsonl or csv")),
    }
}

fn address(asked: &Asked, from: usize, limit: usize) -> String {
    let named = |name: &str| asked.get(name).map(|v| format!("&{name}={v}")).unwrap_or_default();
    let crisis = asked.part("crisis");
    format!("/api/v1/crises/{crisis}/records?from={from}&limit={limit}{}{}", named("kind"), named("policy"))
}

fn kind_of(record: &Record) -> &'static str {
    match record {
        Record::Crisis(_) => "crisis",
        Record::Report(_) => "report",
        Record::Actor(_) => "actor",
        Record::Office(_) => "office",
        Record::Event(_) => "event",
        Record::Figure(_) => "figure",
        Record::Claim(_) => "claim",
        Record::Act(_) => "act",
        Record::Quote(_) => "quote",
        Record::Incident(_) => "incident",
        Record::Tally(_) => "tally",
        Record::Mediation(_) => "mediation",
        Record::Disagreement(_) => "disagreement",
        Record::Story(_) => "story",
        Record::Timeline(_) => "timeline",
        Record::Gap(_) => "gap",
        Record::Decision(_) => "decision",
    }
}

/// Rows with one line of names above them.
fn csv(records: &[&Record]) -> Vec<u8> {
    let rows: Vec<BTreeMap<String, String>> = records.iter().map(|r| row(r)).collect();
    let mut columns: BTreeSet<&str> = rows.iter().flat_map(|r| r.keys().map(String::as_str)).collect();
    let first: Vec<&str> = ["id", "type", "name"].into_iter().filter(|name| columns.remove(name)).collect();
    let columns: Vec<&str> = first.into_iter().chain(columns).collect();
    let mut out = csv::Writer::from_writer(Vec::new());
    let cells = |row: &BTreeMap<String, String>| {
        columns.iter().map(|c| row.get(*c).cloned().unwrap_or_default()).collect::<Vec<_>>()
    };
    out.write_record(&columns).expect("memory takes every row");
    for row in &rows {
        out.write_record(cells(row)).expect("all rows have all columns");
    }
    out.into_inner().expect("memory takes every row")
}

fn row(record: &Record) -> BTreeMap<String, String> {
    let mut row = BTreeMap::new();
    let value = serde_json::to_value(record).expect("records are strings, numbers and lists");
    let Value::Object(fields) = value else { return row };
    for (name, value) in fields {
        match value {
            Value::Object(inner) => {
                row.extend(inner.iter().map(|(part, value)| (format!("{name}.{part}"), cell(value))));
            }
            other => {
                if name == "evidence" {
                    row.insert("quote".to_string(), quote(&other));
                }
                row.insert(name, cell(&other));
            }
        }
    }
    row
}

/// The first sentence, which a person wants to see in a table.
fn quote(evidence: &Value) -> String {
    cell(evidence.get(0).and_then(|e| e.get("quote")).unwrap_or(&Value::Null))
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => tame(text),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            tame(&list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "))
        }
        other => other.to_string(),
    }
}

/// Words that a spreadsheet would run stay words.
fn tame(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_formula_stays_words() {
        assert_eq!(cell(&json!("=HYPERLINK(\"x\")")), "'=HYPERLINK(\"x\")");
        assert_eq!(cell(&json!(["PAK", "AFG"])), "PAK; AFG");
        assert_eq!(cell(&json!(null)), "", "a missing number is an empty cell, never 0");
        assert_eq!(cell(&json!(-3)), "-3");
    }
}
