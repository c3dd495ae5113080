//! `cargo xtask gold events`: raw sentences to who, whom and what, against PLOVER's own gold records.
//!
//! # How
//! 1. Each row's `text` is read as a report of its own, with the row's `date` as day of publication (all rows
//!    bear the same date, a placeholder).
//! 2. Gold: one triple (actor country, recipient country, root) for each pair of a source and a target, `-`
//!    where the row has none. Roots of older drafts are put into PLOVER 2.0's names; CONCEDE and RETREAT are
//!    one root, YIELD, since the drafts divide them otherwise.
//! 3. Ours: the triples of the main event ([`super::main_event`]), in the same way. An actor without country
//!    is `-` ([`super::who`]).
//! 4. Micro precision, recall and F1 over all rows. A text that stands in two rows with two records is read
//!    once a row and scored against that row alone, so that one of the two must fail: six texts.
//!
//! # Does not
//! Score sectors, modes and contexts: the set gives them for some rows only.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use clap::Args;
use detente_types::{ActorRef, Event, Reading};
use serde_json::Value as Json;

use super::main_event::{ranked, root};
use super::reader::{Reader, report};
use super::score::{Counts, accuracy, prf};
use super::table::{Line, Mistakes, Scored};
use super::who::{countries, one_code};
use crate::shared;

/// Options.
#[derive(Args)]
pub(crate) struct Arguments {
    /// List the commonest mistakes, with this many examples
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
}

/// Prints the scores.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    score(&Reader::bundled())?.print(arguments.errors)
}

/// Actor country, recipient country, root.
type Triple = (String, String, &'static str);

struct Row {
    id: String,
    text: String,
    date: Option<jiff::civil::Date>,
    sources: BTreeSet<String>,
    targets: BTreeSet<String>,
    root: &'static str,
}

/// A row with what was read.
struct Unit {
    gold: BTreeSet<Triple>,
    main: BTreeSet<Triple>,
    any: BTreeSet<Triple>,
    root: &'static str,
    main_root: Option<&'static str>,
    any_roots: BTreeSet<&'static str>,
    actors: Counts,
    recipients: Counts,
}

/// Reads and scores the set.
pub(crate) fn score(reader: &Reader) -> Result<Scored> {
    let rows = rows()?;
    let documents: Vec<_> = rows.iter().map(|r| report(&r.id, &r.text, r.date)).collect();
    let readings = reader.read_all(&documents);
    let mut mistakes = Mistakes::default();
    let units: Vec<Unit> =
        rows.iter().zip(&readings).map(|(row, reading)| unit(row, reading, reader, &mut mistakes)).collect();
    let record = prf(&units, |u| Counts::of_sets(&u.gold, &u.main));
    let by_root = prf(&units, |u| {
        Counts::exact(1, usize::from(u.main_root.is_some()), usize::from(u.main_root == Some(u.root)))
    });
    let any = prf(&units, |u| Counts::of_sets(&u.gold, &u.any));
    let any_root = accuracy(&units, |u| Some(u.any_roots.contains(u.root)));
    let lines = vec![
        Line::new("record F1, main event", "Universal PETRARCH 25", record.f1, "events.record"),
        Line::beside("record precision", record.precision),
        Line::beside("record recall", record.recall),
        Line::new("root F1, main event", "Universal PETRARCH 51", by_root.f1, "events.root"),
        Line::beside("root precision", by_root.precision),
        Line::beside("root recall", by_root.recall),
        Line::beside("record recall, any event", any.recall),
        Line::beside("root recall, any event", any_root),
        Line::beside("actor country F1, root right", prf(&units, |u| u.actors).f1),
        Line::beside("recipient country F1, root right", prf(&units, |u| u.recipients).f1),
    ];
    Ok(Scored {
        name: "events",
        set: "PLOVER gold records, raw sentences",
        size: format!("{} sentences", units.len()),
        rule: "Triples (actor country, recipient country, root) of the sentence's main event (affirmed first, then highest in the tree, then first) against the row's; CONCEDE and RETREAT are one root.",
        lines,
        mistakes,
    })
}

fn unit(row: &Row, reading: &Reading, reader: &Reader, mistakes: &mut Mistakes) -> Unit {
    let order = ranked(reading, &reader.language);
    let events: Vec<&Event> = order.iter().map(|&i| &reading.events[i].fact).collect();
    let who = |list: &[ActorRef]| countries(list, reading, &reader.knowledge);
    let of = |e: &Event| {
        root(e.kind).map(|r| triples(&who(&e.actors), &who(&e.recipients), r)).unwrap_or_default()
    };
    let gold = triples(&row.sources, &row.targets, row.root);
    let main = events.first().copied();
    let main_root = main.and_then(|e| root(e.kind));
    let right_root = main.filter(|_| main_root == Some(row.root));
    let compared = |gold: &BTreeSet<String>, found: Option<BTreeSet<String>>| {
        found.map(|found| Counts::of_sets(gold, &found)).unwrap_or_default()
    };
    let unit = Unit {
        main: main.map(&of).unwrap_or_default(),
        any: events.iter().flat_map(|e| of(e)).collect(),
        any_roots: events.iter().filter_map(|e| root(e.kind)).collect(),
        actors: compared(&row.sources, right_root.map(|e| who(&e.actors))),
        recipients: compared(&row.targets, right_root.map(|e| who(&e.recipients))),
        root: row.root,
        main_root,
        gold,
    };
    let ids = |list: &[ActorRef]| list.iter().map(|r| r.actor.as_str()).collect::<Vec<_>>().join(" ");
    let rule = |i: &usize| reading.events[*i].evidence().first().map_or("", |x| x.rule.as_str());
    let how = main.zip(order.first().map(rule)).map(|(e, rule)| {
        format!("{rule} {:?}: {} > {}", e.trigger.of(&row.text), ids(&e.actors), ids(&e.recipients))
    });
    note(row, &unit, main.map(|e| (who(&e.actors), who(&e.recipients))), &how.unwrap_or_default(), mistakes);
    unit
}

fn note(
    row: &Row,
    unit: &Unit,
    found: Option<(BTreeSet<String>, BTreeSet<String>)>,
    how: &str,
    mistakes: &mut Mistakes,
) {
    if unit.gold == unit.main {
        return;
    }
    let example = format!(
        "{} {}\n  gold {} | read {} | {how}",
        row.id,
        row.text.trim(),
        show(&unit.gold),
        show(&unit.main)
    );
    let (Some(main_root), Some((actors, recipients))) = (unit.main_root, found) else {
        return mistakes.add(format!("no event, gold {}", row.root), example);
    };
    if main_root != row.root {
        let among = if unit.any_roots.contains(row.root) { ", right one is not main" } else { "" };
        return mistakes.add(format!("root {} read as {main_root}{among}", row.root), example);
    }
    for (role, gold, found) in [("actor", &row.sources, &actors), ("recipient", &row.targets, &recipients)] {
        if gold == found {
            continue;
        }
        let kind = match (gold.is_empty(), found.is_empty()) {
            (_, true) => "missing",
            (true, _) => "where gold has none",
            _ if gold.is_subset(found) => "too many",
            _ if found.is_subset(gold) => "too few",
            _ => "another country",
        };
        mistakes.add(format!("{role} {kind}"), example.clone());
    }
}

fn show(triples: &BTreeSet<Triple>) -> String {
    let list: Vec<String> = triples.iter().map(|(a, r, t)| format!("{a}>{r} {t}")).collect();
    if list.is_empty() { "nothing".to_string() } else { list.join("; ") }
}

fn triples(actors: &BTreeSet<String>, recipients: &BTreeSet<String>, root: &'static str) -> BTreeSet<Triple> {
    let or_none = |set: &BTreeSet<String>| -> Vec<String> {
        if set.is_empty() { vec!["-".to_string()] } else { set.iter().cloned().collect() }
    };
    let (actors, recipients) = (or_none(actors), or_none(recipients));
    actors.iter().flat_map(|a| recipients.iter().map(|r| (a.clone(), r.clone(), root))).collect()
}

fn rows() -> Result<Vec<Row>> {
    let text = shared::read("gold/events/plover_gsr.jsonl")?;
    text.lines().enumerate().map(|(i, line)| row(line).with_context(|| format!("row {}", i + 1))).collect()
}

fn row(line: &str) -> Result<Row> {
    let json: Json = serde_json::from_str(line)?;
    let text = |key: &str| json[key].as_str().unwrap_or_default().to_string();
    let codes = |key: &str| -> BTreeSet<String> {
        let list = json[key].as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|a| a["code"].as_str()).map(one_code).collect()
    };
    Ok(Row {
        id: text("id"),
        text: text("text"),
        date: text("date").parse().ok(),
        sources: codes("source"),
        targets: codes("target"),
        root: gold_root(&text("event"))?,
    })
}

/// A root of the gold, in PLOVER 2.0's names.
pub(crate) fn gold_root(name: &str) -> Result<&'static str> {
    Ok(match name {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        "CONCEDE" | "RETREAT" | "YIELD" => "YIELD",
        other => root(other.parse().map_err(anyhow::Error::msg)?).context("a PLOVER type")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_old_name_has_its_root() {
        for (old, new) in
            [("DEMAND", "REQUEST"), ("FIGHT", "ASSAULT"), ("RETREAT", "YIELD"), ("AGREE", "AGREE")]
        {
            assert_eq!(gold_root(old).unwrap(), new);
        }
        assert!(gold_root("X-DENY").is_err());
    }

    #[test]
    fn several_sources_and_targets_make_every_pair() {
        let set = |list: &[&str]| list.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
        let made = triples(&set(&["KEN", "UGA"]), &set(&["SSD"]), "AID");
        assert_eq!(show(&made), "KEN>SSD AID; UGA>SSD AID");
        assert_eq!(show(&triples(&set(&["KEN"]), &set(&[]), "AID")), "KEN>- AID");
    }
}
