//! `cargo xtask gold tolls`: how many a report says were killed, against what readers of it counted.
//!
//! # How
//! 1. Each row's title and text are read as one report, without a day of publication: the row's date is that of
//!    the incident or of the crowd's work, and often neither.
//! 2. The gold's total is civilians and others together (women and children are among them).
//! 3. The toll of the reading ([`toll`]): of the figures of killed that have a number (with "at least", "more than",
//!    "about" or without), that are no running total and no part of another, the first in the headline and the
//!    first in the body, each with the figures that the reading says are counted beside it (`Figure::beside`);
//!    of the two sums the larger.
//! 4. Civilians, women, children: the figures of killed with such a noun among the toll, else among its parts, else
//!    the first such figure that is no larger than the toll; each for rows where the gold has some.
//! 5. Actor: the first perpetrator of the toll, else the first actor of a violent event, as one of the gold's
//!    classes; macro-F1 over the classes.
//!
//! # Does not
//! Correct the gold, which a crowd made: about one row in eight is doubtful.
//!
//! # From
//! FA-KES (Abu Salem et al. 2019), reports of fifteen outlets of opposed sides on the war in Syria.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use clap::Args;
use detente_types::{ActorId, ActorKind, Counted, EventType, Figure, Reading, Tier};
use serde_json::Value as Json;

use super::reader::{Reader, report};
use super::score::{Pair, accuracy, bootstrap, macro_f1};
use super::table::{Line, Mistakes, Scored};
use crate::shared;

/// Options.
#[derive(Args)]
pub(crate) struct Arguments {
    /// List the commonest mistakes, with this many examples
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// Only rows with an odd (`odd`) or even (`even`) number: mistakes are looked at in one half
    #[arg(long)]
    half: Option<String>,
}

/// Prints the scores.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let scored = score(&Reader::bundled(), arguments.half.as_deref())?;
    if arguments.half.is_some() {
        println!("{}", scored.table());
        scored.mistakes.print(arguments.errors.unwrap_or(0));
        return Ok(());
    }
    scored.print(arguments.errors)
}

struct Row {
    id: String,
    text: String,
    total: u64,
    civilians: u64,
    women: u64,
    children: u64,
    actor: &'static str,
}

/// A row with what was read.
struct Unit {
    total: bool,
    civilians: Option<bool>,
    women: Option<bool>,
    children: Option<bool>,
    actor: Pair,
}

fn score(reader: &Reader, half: Option<&str>) -> Result<Scored> {
    let mut rows = rows()?;
    if let Some(half) = half {
        let odd = half == "odd";
        let mut n = 0;
        rows.retain(|_| {
            n += 1;
            (n % 2 == 1) == odd
        });
    }
    let documents: Vec<_> = rows.iter().map(|r| report(&r.id, &r.text, None)).collect();
    let readings = reader.read_all(&documents);
    let mut mistakes = Mistakes::default();
    let units: Vec<Unit> =
        rows.iter().zip(&readings).map(|(row, reading)| unit(row, reading, &mut mistakes)).collect();
    let actors: Vec<Pair> = units.iter().map(|u| u.actor).collect();
    let lines = vec![
        Line::new(
            "total of killed exact",
            "regular expressions 73",
            accuracy(&units, |u| Some(u.total)),
            "tolls.total",
        ),
        Line::beside("civilians exact, where some", accuracy(&units, |u| u.civilians)),
        Line::beside("women exact, where some", accuracy(&units, |u| u.women)),
        Line::beside("children exact, where some", accuracy(&units, |u| u.children)),
        Line::beside("actor macro-F1", bootstrap(&actors, |l| macro_f1(l.iter().copied()))),
    ];
    Ok(Scored {
        name: "tolls",
        set: "Tolls in reports on the war in Syria (FA-KES)",
        size: format!("{} reports", units.len()),
        rule: "The larger of the first figures of killed in headline and body that are no running totals and no parts, each with those counted beside it, must equal the gold's civilians and others together.",
        lines,
        mistakes,
    })
}

fn unit(row: &Row, reading: &Reading, mistakes: &mut Mistakes) -> Unit {
    let figures = toll(reading);
    let total = figures.iter().map(|f| number(f)).sum::<u64>();
    let of = |units: &[&str]| named(&figures, reading, units);
    let asked = |gold: u64, ours: u64| (gold > 0).then_some(gold == ours);
    if total != row.total {
        let (gold, text) = (row.total, row.text.replace('\n', " / "));
        let kind = match total {
            0 => "no figure",
            _ if killed(reading).any(|f| number(f) == gold) => "another figure of the reading",
            _ if total > gold => "too many",
            _ => "too few",
        };
        let read: Vec<String> = figures.iter().map(|f| f.text.clone()).collect();
        let all: Vec<String> = killed(reading)
            .map(|f| {
                let marks = format!(
                    "{}{}",
                    if f.total { " total" } else { "" },
                    if f.part_of.is_some() { " part" } else { "" }
                );
                format!("{}{marks}", f.text)
            })
            .collect();
        let cut = shared::border(&text, 900);
        mistakes.add(kind, format!("{} gold {gold} | read {read:?} of {all:?} | {}", row.id, &text[..cut]));
    }
    Unit {
        total: total == row.total,
        civilians: asked(row.civilians, of(CIVILIANS)),
        women: asked(row.women, of(&["woman", "girl", "mother"])),
        children: asked(
            row.children,
            of(&["child", "kid", "baby", "infant", "minor", "girl", "boy", "toddler"]),
        ),
        actor: (row.actor, actor(reading, &figures)),
    }
}

/// Who is no fighter, by the noun.
const CIVILIANS: &[&str] = &[
    "civilian",
    "person",
    "people",
    "child",
    "woman",
    "man",
    "resident",
    "citizen",
    "villager",
    "student",
    "medic",
    "worker",
    "pilgrim",
    "journalist",
    "doctor",
    "teacher",
    "girl",
    "boy",
    "refugee",
    "displaced",
    "family",
    "other",
    "nurse",
    "patient",
];

fn killed(reading: &Reading) -> impl Iterator<Item = &Figure> {
    reading.figures.iter().map(|f| &f.fact).filter(|f| f.what == Counted::Killed)
}

fn number(figure: &Figure) -> u64 {
    figure.value.unwrap_or(0)
}

/// The figures that make the toll of a report: the larger of what headline and body say first.
fn toll(reading: &Reading) -> Vec<&Figure> {
    let sum = |list: &Vec<&Figure>| list.iter().map(|f| number(f)).sum::<u64>();
    let (headline, body) = (first_toll(reading, true), first_toll(reading, false));
    if sum(&headline) > sum(&body) { headline } else { body }
}

fn first_toll(reading: &Reading, headline: bool) -> Vec<&Figure> {
    let fit = |f: &&Figure| f.value.is_some() && !f.total && f.part_of.is_none();
    let cited = reading.figures.iter().filter(|f| (f.evidence()[0].tier != Tier::Body) == headline);
    let mut killed = cited.map(|f| &f.fact).filter(|f| f.what == Counted::Killed).filter(fit);
    let Some(first) = killed.next() else { return Vec::new() };
    // The same number told again may have more beside it than where it stood first.
    let later: Vec<&Figure> = killed.collect();
    let again = later.iter().copied().filter(|f| f.value == first.value && f.beside.is_none());
    let group = |head: &Figure| {
        later.iter().copied().filter(|f| f.beside.as_ref() == Some(&head.id)).collect::<Vec<_>>()
    };
    let groups = std::iter::once(first).chain(again).map(|head| [vec![head], group(head)].concat());
    groups.reduce(|a, b| if b.len() > a.len() { b } else { a }).unwrap_or_default()
}

/// How many of these kinds are among the toll, its parts included.
fn named(toll: &[&Figure], reading: &Reading, units: &[&str]) -> u64 {
    let fits = |f: &&Figure| f.unit.as_deref().is_some_and(|u| units.contains(&u));
    let whole: u64 = toll.iter().copied().filter(|f| fits(f)).map(number).sum();
    if whole > 0 {
        return whole;
    }
    let ids: BTreeSet<_> = toll.iter().map(|f| &f.id).collect();
    let part = |f: &&Figure| f.part_of.as_ref().is_some_and(|id| ids.contains(id));
    let parts: u64 = killed(reading).filter(part).filter(fits).map(number).sum();
    let most: u64 = toll.iter().map(|f| number(f)).sum();
    let told = || killed(reading).filter(fits).map(number).find(|n| *n <= most);
    if parts > 0 { parts } else { told().unwrap_or(0) }
}

/// One of the gold's classes, by the actor.
fn class(id: &str, rebel: bool) -> Option<&'static str> {
    let state = id.split('/').next().unwrap_or(id);
    Some(match state {
        "ISIS" => "isis",
        "NUSRA" | "HTS" => "nusra",
        "SDF" | "YPG" | "PYD" | "AANES" => "self administration",
        "USA" | "GBR" | "FRA" => "coalition",
        _ if id.contains("COALITION") => "coalition",
        _ if rebel || id == "SYR/OPP" || id.starts_with("unnamed/rebel") => "opposition",
        "SYR" | "RUS" | "IRN" | "HEZBOLLAH" | "NDF_SYR" if !id.ends_with("/CVL") => "government",
        _ => return None,
    })
}

fn actor(reading: &Reading, toll: &[&Figure]) -> Option<&'static str> {
    let rebel = |id: &ActorId| {
        let found = reading.actors.iter().find(|a| a.id == *id);
        found.is_some_and(|a| a.kind == ActorKind::ArmedGroup && a.country.as_deref() == Some("SYR"))
    };
    let first = toll.iter().flat_map(|f| &f.perpetrators);
    let assaults =
        reading.events.iter().filter(|e| e.kind == EventType::Assault).flat_map(|e| &e.fact.actors);
    first.chain(assaults).find_map(|a| class(a.actor.as_str(), rebel(&a.actor))).or(Some("unknown"))
}

fn rows() -> Result<Vec<Row>> {
    let text = shared::read("gold/incidents/syria_tolls.jsonl")?;
    text.lines().enumerate().map(|(i, line)| row(line).with_context(|| format!("row {}", i + 1))).collect()
}

fn row(line: &str) -> Result<Row> {
    let json: Json = serde_json::from_str(line)?;
    let text = |key: &str| json[key].as_str().unwrap_or_default();
    let count = |key: &str| text(key).parse::<u64>().with_context(|| key.to_string());
    Ok(Row {
        id: text("unit_id").to_string(),
        text: format!("{}\n\n{}", text("article_title"), text("article_content")),
        total: count("nb_civilians")? + count("nb_noncivilians")?,
        civilians: count("nb_civilians")?,
        women: count("nb_women")?,
        children: count("nb_children")?,
        actor: match text("actor") {
            "syrian government or russian troops" => "government",
            "the organization of the islamic state in iraq and the levant - isis" => "isis",
            "international coalition forces" => "coalition",
            "armed opposition groups" => "opposition",
            "self administration forces" => "self administration",
            "al-nusra front" => "nusra",
            _ => "unknown",
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_fall_into_the_classes_of_the_gold() {
        assert_eq!(class("SYR/MIL", false), Some("government"));
        assert_eq!(class("SYR/OPP", false), Some("opposition"));
        assert_eq!(class("ISIS", true), Some("isis"));
        assert_eq!(class("LBN", false), None);
    }

    #[test]
    fn the_total_is_civilians_and_others() {
        let row = row(
            r#"{"unit_id":"1","nb_civilians":"3","nb_noncivilians":"4","nb_women":"1","nb_children":"0"}"#,
        )
        .unwrap();
        assert_eq!((row.total, row.women, row.actor), (7, 1, "unknown"));
    }
}
