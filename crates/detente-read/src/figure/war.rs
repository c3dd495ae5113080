//! What a war has cost: counts told without a word of the war beside them.
//!
//! "War erupted in April 2023 over a plan to merge the two armies. The United Nations says more than 14,000 people have
//! been killed and 8.8 million displaced": of the war, and of nothing that the report told before it.
//!
//! # How
//! 1. [`from_its_start`]: in the perfect and of no day, right behind a sentence that tells how the war began.
//! 2. [`beyond_one`]: in the perfect and of no day, and larger than what one happening costs.
//! 3. [`raised_to`]: "…, bringing the total since the war began to 43,552".

use super::number::Number;
use super::what::{Found, Role};
use crate::Report;
use crate::tree::Tree;
use detente_types::{Counted, Precision, Tier, When};

/// Days since its start from which fighting is a war that has a toll of its own, and no battle of this week.
const OLD: i32 = 31;
/// Dead that no one happening leaves without a day being told.
const DEAD: u64 = 1000;
/// The same of people who fled.
const FLED: u64 = 100_000;

/// Is the count what a war has cost, and from when does it run, where that is told?
pub(super) fn of_the_war(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    n: &Number,
    (what, predicate): (Counted, usize),
) -> Option<Option<When>> {
    let since = from_its_start(report, s, tree, predicate).filter(|_| super::happening::harms(what));
    match since {
        Some(when) => Some(Some(when)),
        None => beyond_one(report, s, tree, n, (what, predicate)).then_some(None),
    }
}

/// From when the count runs, where the sentence before it tells how the war began.
fn from_its_start(report: &Report<'_>, s: usize, tree: &Tree<'_>, predicate: usize) -> Option<When> {
    let (line, before) = (&report.text.sentences[s], s.checked_sub(1)?);
    let last = &report.text.sentences[before];
    if !goes_on(report, s, tree, predicate) || report.tier(before) != Tier::Body {
        return None;
    }
    if line.paragraph.abs_diff(last.paragraph) > 1 {
        return None;
    }
    let told = last.tree.as_ref()?;
    let verb = (0..told.len()).find(|&v| starts(told, v))?;
    let inside = told.subtree(verb);
    let dated = report.exprs[before].iter().find(|e| inside.contains(&e.first) && !e.value.undated());
    let published = report.published.to();
    let began = dated.map(|expr| report.resolve(before, expr, false));
    let from = began.as_ref().and_then(When::from);
    // "Clashes erupted in Kassala on Monday. Twelve have been killed": of the clashes.
    let old = from.zip(published).is_none_or(|(from, told)| (told - from).get_days() > OLD);
    let years = dated.is_none_or(|e| !e.value.undated());
    if !old || !years || dated.is_none() && !is_war(told, verb) {
        return None;
    }
    let basis = began.as_ref().map_or(detente_types::Basis::None, |w| w.basis);
    let mut when =
        When::new(from, published.filter(|to| from.is_none_or(|f| f <= *to)), Precision::After, basis);
    when.text = began.and_then(|w| w.text);
    Some(when)
}

/// Is it more than one happening costs, told in the perfect and of no day and no blow?
fn beyond_one(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    n: &Number,
    (what, predicate): (Counted, usize),
) -> bool {
    let least = match what {
        Counted::Killed => DEAD,
        Counted::Displaced => FLED,
        _ => return false,
    };
    let blow = |&k: &usize| {
        matches!(tree.case(k).as_deref(), Some("in" | "by" | "from"))
            && tree
                .kids_by(k, &["det"])
                .any(|d| matches!(tree.lower(d), "the" | "a" | "an" | "this" | "that"))
            && !names_time(tree, k)
    };
    n.value.is_some_and(|v| v >= least)
        && goes_on(report, s, tree, predicate)
        && !tree.kids_by(tree.first_conjunct(predicate), &["obl"]).any(|k| blow(&k))
}

/// "bringing the total since the war began to 43,552", "raising the death toll to 31": what all before it have cost.
/// "bringing the toll from the blast to 12" is of the blast.
pub(super) fn raised_to(tree: &Tree<'_>, n: &Number, before: Option<Counted>) -> Option<Found> {
    let raises = |v: &usize| {
        tree.xpos(*v) == "VBG"
            && matches!(tree.lemma(*v).as_str(), "bring" | "raise" | "take" | "push" | "lift" | "put")
    };
    let verb = tree.ancestors(n.last).take(4).find(raises)?;
    let noun = tree.kids_by(verb, &["obj"]).find(|&o| is_sum(&tree.lemma(o)))?;
    let to = n.start.checked_sub(1).is_some_and(|k| matches!(tree.lower(k), "to" | "at"));
    let of_one = tree.kids_by(noun, &["nmod"]).any(|k| {
        matches!(tree.case(k).as_deref(), Some("from" | "of" | "in"))
            && !names_time(tree, k)
            && !is_people(&tree.lemma(k))
    });
    // "the toll from the raid": trees hang it on the verb, too.
    let from_one = tree.kids_by(verb, &["obl"]).any(|k| {
        k < n.start && matches!(tree.case(k).as_deref(), Some("from" | "of")) && !names_time(tree, k)
    });
    let what = before.filter(|_| to && !of_one && !from_one && noun < n.start)?;
    // A toll is of the dead, whatever was counted before it.
    let what = if super::happening::harms(what) { what } else { Counted::Killed };
    let (top, role) = (n.last, Role::Word);
    Some(Found { top, what, predicate: noun, unit: None, role, total: true, given_by: None })
}

/// The clause that only says to what the total rose: nothing in it is of the count beside it.
pub(super) fn raising(tree: &Tree<'_>, predicate: usize) -> Vec<usize> {
    let sums = |v: &usize| {
        tree.xpos(*v) == "VBG"
            && matches!(tree.lemma(*v).as_str(), "bring" | "raise" | "take" | "push" | "lift" | "put")
            && tree.kids_by(*v, &["obj"]).any(|o| is_sum(&tree.lemma(o)))
    };
    tree.kids_by(predicate, &["advcl"]).filter(sums).flat_map(|v| tree.subtree(v)).collect()
}

fn is_sum(lemma: &str) -> bool {
    matches!(lemma, "toll" | "total" | "number" | "tally" | "count" | "figure")
}

fn is_people(lemma: &str) -> bool {
    matches!(lemma, "people" | "person" | "dead" | "death" | "fatality" | "victim" | "civilian" | "casualty")
}

fn names_time(tree: &Tree<'_>, k: usize) -> bool {
    matches!(
        tree.lemma(k).as_str(),
        "war" | "conflict" | "year" | "month" | "decade" | "week" | "day" | "hour"
    ) || super::total::names_war(tree, k)
}

/// Is it told in the perfect, and of no day?
fn goes_on(report: &Report<'_>, s: usize, tree: &Tree<'_>, predicate: usize) -> bool {
    let has =
        |v: usize| tree.kids_by(v, &["aux"]).any(|k| matches!(tree.lower(k), "have" | "has" | "'ve" | "had"));
    let first = tree.first_conjunct(predicate);
    let clause = tree.subtree_without(first, &["ccomp", "parataxis"]);
    let day = report.exprs[s].iter().any(|e| clause.contains(&e.first) && !e.value.undated());
    (has(predicate) || has(first)) && !day
}

/// "War erupted", "the conflict began", "fighting broke out".
fn starts(tree: &Tree<'_>, v: usize) -> bool {
    let lemma = tree.lemma(v);
    let begins = matches!(lemma.as_str(), "begin" | "erupt" | "start" | "flare" | "ignite")
        || lemma == "break" && tree.kids(v).iter().any(|&k| tree.lower(k) == "out");
    begins && tree.is_verb(v) && subject(tree, v).is_some()
}

fn subject(tree: &Tree<'_>, v: usize) -> Option<usize> {
    tree.kids_by(v, &["nsubj"]).find(|&n| {
        super::total::names_war(tree, n)
            || super::total::lasts(tree, n)
            || matches!(tree.lower(n), "fighting" | "clashes" | "hostilities")
            || matches!(
                tree.lemma(n).as_str(),
                "fighting" | "violence" | "hostility" | "unrest" | "clash" | "offensive"
            )
    })
}

fn is_war(tree: &Tree<'_>, v: usize) -> bool {
    subject(tree, v).is_some_and(|n| super::total::names_war(tree, n))
}
