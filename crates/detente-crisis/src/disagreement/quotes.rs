//! Quotations of all reports in; those that are one utterance in two wordings out.
//!
//! "We would not refuse any role by Peru" and, elsewhere, "… by Peru or Chile": somebody added two words to
//! a quotation.
//!
//! # How
//! Quotations of [`LEAST`] words or more are paired by their runs of four words. Two of one side's speakers,
//! in reports that are not copies, are variants where at least [`ALIKE`] of their words are the same
//! and neither holds the other: a shorter cut is no variant. Other spellings of a word ("labour",
//! "labor") do not count.
//! # Does not
//! Tell a translation from a forgery.

use super::{Point, side};
use crate::case::Case;
use crate::copies::Groups;
use crate::words;
use detente_types::disagreement::{About, Kind};
use detente_types::{ActorId, Disagreement, Evidence, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// Words below which a quotation is too short to compare.
const LEAST: usize = 5;
/// Part of the words that two wordings of one utterance share.
const ALIKE: f64 = 0.6;
/// Quotations that one is compared with for each of its runs.
const LOOK_AT: usize = 8;

struct Quoted<'c> {
    told: usize,
    speaker: Option<ActorId>,
    side: Option<ActorId>,
    words: Vec<String>,
    printed: &'c str,
    evidence: &'c [Evidence],
}

pub(super) fn find(case: &Case) -> Vec<Disagreement> {
    let all = quoted(case);
    let mut runs: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut groups = Groups::new(all.len());
    let mut variants: BTreeSet<usize> = BTreeSet::new();
    for (at, quote) in all.iter().enumerate() {
        let own: BTreeSet<u64> = quote.words.windows(4).map(run).collect();
        let near: BTreeSet<usize> =
            own.iter().filter_map(|r| runs.get(r)).flat_map(|l| l.iter().take(LOOK_AT)).copied().collect();
        for other in near {
            if is_variant(case, quote, &all[other]) {
                groups.join(at, other);
                variants.extend([at, other]);
            }
        }
        own.into_iter().for_each(|r| runs.entry(r).or_default().push(at));
    }
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in variants {
        found.entry(groups.root(at)).or_default().push(at);
    }
    found.into_values().filter_map(|group| raise(case, &all, &group)).collect()
}

fn quoted<'c>(case: &'c Case) -> Vec<Quoted<'c>> {
    let mut out = Vec::new();
    for (told, t) in case.told.iter().enumerate() {
        let text = t.reading.document.text();
        for quote in &t.reading.quotes {
            let printed = quote.words.of(text);
            let words = words::tokens(printed);
            if words.len() >= LEAST {
                let speaker = quote.speaker.as_ref().map(|r| r.actor.clone());
                let side = speaker.as_ref().map(|id| case.kin.side(id));
                out.push(Quoted { told, speaker, side, words, printed, evidence: quote.evidence() });
            }
        }
    }
    out
}

/// A number for a run of words.
fn run(words: &[String]) -> u64 {
    words::number(&words.join(" "))
}

fn is_variant(case: &Case, a: &Quoted, b: &Quoted) -> bool {
    let same_side = a.side.is_none() || b.side.is_none() || a.side == b.side;
    if !same_side || case.told[a.told].copy == case.told[b.told].copy || a.words == b.words {
        return false;
    }
    let holds =
        |x: &[String], y: &[String]| y.len() <= x.len() && x.windows(y.len()).any(|w| same_words(w, y));
    if holds(&a.words, &b.words) || holds(&b.words, &a.words) {
        return false;
    }
    let sorted = |list: &[String]| {
        let mut list = list.to_vec();
        list.sort();
        list
    };
    words::overlap(&sorted(&a.words), &sorted(&b.words)) >= ALIKE
}

/// The same words, other spellings allowed.
fn same_words(a: &[String], b: &[String]) -> bool {
    let same = |(x, y): (&String, &String)| x == y || (x.len() > 4 && words::likeness(x, y) >= 0.8);
    a.len() == b.len() && a.iter().zip(b).all(same)
}

fn raise(case: &Case, all: &[Quoted], group: &[usize]) -> Option<Disagreement> {
    let mut by: BTreeMap<&[String], Vec<&Quoted>> = BTreeMap::new();
    for at in group {
        by.entry(&all[*at].words).or_default().push(&all[*at]);
    }
    let speaker = group.iter().find_map(|at| all[*at].speaker.clone());
    let sides = by
        .into_values()
        .map(|quotes| {
            let by: BTreeSet<ActorId> = quotes.iter().filter_map(|q| q.speaker.clone()).collect();
            let evidence = quotes.iter().flat_map(|q| q.evidence.to_vec()).collect();
            side(quotes[0].printed, by.into_iter().collect(), evidence)
        })
        .collect();
    let name = speaker.as_ref().map_or("an unnamed speaker", |id| case.kin.name(id));
    Point {
        kind: Kind::Quote,
        topic: format!("Wording of a quotation of {name}"),
        about: speaker.clone().map_or(About::Nothing, About::Actor),
        verdict: Verdict::Open,
        remark: Some(
            "The words between quotation marks are not the same; one may be cut or translated.".to_string(),
        ),
    }
    .between(sides)
}
