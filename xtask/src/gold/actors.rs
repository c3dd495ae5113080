//! `cargo xtask gold actors`: country and PLOVER sector of mentions, by the knowledge alone.
//!
//! # How
//! Each mention is cut into words and given to `Knowledge::resolve_phrase` with the country that its context
//! names, where it names one, and its date. A row counts for country if it says one (an empty one means that
//! there is none), for sector likewise, for both if it says both. Three codes of the gold that PLOVER 2.0 does
//! not have are put into its own: `HLH` is `MED`, `BUD` is `REL`, `JNK` (no actor) is none; `UNK` is none too.
//!
//! # Does not
//! See a sentence: persons whom a report introduces are resolved by the reader, not here.

use crate::shared;
use anyhow::{Context, Result};
use clap::Args;
use detente_knowledge::{Knowledge, Resolved, Target, split};
use jiff::civil::Date;
use serde_json::Value;

/// Options.
#[derive(Args)]
pub(crate) struct Arguments {
    /// List the rows that are wrong
    #[arg(long)]
    show: bool,
}

/// One mention.
struct Row {
    text: String,
    context: String,
    on: Option<Date>,
    country: Option<String>,
    sector: Option<String>,
}

/// Prints the scores.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let rows = rows()?;
    let knowledge = Knowledge::bundled();
    let mut scored = Vec::new();
    for row in &rows {
        let found = resolve(&knowledge, row);
        let country = row
            .country
            .as_ref()
            .map(|c| *c == found.as_ref().and_then(Resolved::plover_country).unwrap_or(""));
        let sector = row.sector.as_ref().map(|s| *s == sector(found.as_ref()));
        if arguments.show && (country == Some(false) || sector == Some(false)) {
            show(row, found.as_ref());
        }
        scored.push((country, sector));
    }
    let countries: Vec<bool> = scored.iter().filter_map(|s| s.0).collect();
    let sectors: Vec<bool> = scored.iter().filter_map(|s| s.1).collect();
    let both: Vec<bool> = scored.iter().filter_map(|s| Some(s.0? && s.1?)).collect();
    for (name, right) in [("country", countries), ("sector", sectors), ("both", both)] {
        let (low, high) = interval(&right);
        println!("{name:8} {:5.1} %  [{low:.1}, {high:.1}]  of {}", percent(&right), right.len());
    }
    Ok(())
}

fn rows() -> Result<Vec<Row>> {
    let text = shared::read("gold/actors/mentions_dev.jsonl")?;
    text.lines().enumerate().map(|(i, line)| row(line).with_context(|| format!("row {i}"))).collect()
}

fn row(line: &str) -> Result<Row> {
    let value: Value = serde_json::from_str(line)?;
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_string();
    let expected = |key: &str| value["expect"][key].as_str().map(str::to_string);
    let sector = expected("code_1").map(|code| match code.as_str() {
        "HLH" => "MED".to_string(),
        "BUD" => "REL".to_string(),
        "JNK" | "UNK" => String::new(),
        _ => code,
    });
    Ok(Row {
        text: text("text"),
        context: text("context"),
        on: date(&text("date")),
        country: expected("country"),
        sector,
    })
}

/// "2022-05-01", "1 july 2021", "1 January 2003"; "Today" and nothing are today.
fn date(text: &str) -> Option<Date> {
    let months = ["january", "february", "march", "april", "may", "june", "july"];
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let parts: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let month = months.iter().position(|m| m == month)? as i8 + 1;
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

fn resolve(knowledge: &Knowledge, row: &Row) -> Option<Resolved> {
    let around = split(&row.context);
    let country =
        (0..around.len()).flat_map(|i| knowledge.names_at(&around, i)).find_map(|hit| match hit.target {
            Target::Actor(id) => knowledge.actor(&id).and_then(|a| a.country.clone()),
            Target::Place(_) => None,
        });
    knowledge.resolve_phrase(&split(&row.text), country.as_deref(), row.on)
}

fn sector(found: Option<&Resolved>) -> String {
    let code = found.and_then(|r| r.sector).map(|s| format!("{s:?}").to_uppercase()).unwrap_or_default();
    if code == "UNK" { String::new() } else { code }
}

fn show(row: &Row, found: Option<&Resolved>) {
    let country = found.and_then(Resolved::plover_country).unwrap_or("-");
    let actor = found.and_then(|r| r.actor.as_ref()).map_or("-".to_string(), ToString::to_string);
    println!(
        "{:60} wants {}/{} has {country}/{} ({actor})",
        row.text,
        row.country.as_deref().unwrap_or("?"),
        row.sector.as_deref().unwrap_or("?"),
        sector(found),
    );
}

fn percent(right: &[bool]) -> f64 {
    100.0 * right.iter().filter(|r| **r).count() as f64 / right.len().max(1) as f64
}

/// Bootstrap interval of 95 %, with a fixed seed: the same rows give the same interval.
fn interval(right: &[bool]) -> (f64, f64) {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize
    };
    let mut draws: Vec<f64> = (0..2000)
        .map(|_| percent(&(0..right.len()).map(|_| right[next() % right.len()]).collect::<Vec<_>>()))
        .collect();
    draws.sort_by(f64::total_cmp);
    (draws[50], draws[1949])
}
