//! Of which happening a count is.
//!
//! # How
//! The event that the counting word tells; else one above it, or in its sentence; else the last one told before. Only who
//! is killed, hurt or taken is counted for force that the words do not tell: troops and lorries are of the deed that they
//! stand under, or of none.

use super::total::{of_series, of_war};
use super::what;
use crate::Report;
use crate::event::Told;
use crate::tree::Tree;
use detente_types::{Counted, Event, EventType, Modality, Polarity};

/// The event that is counted for: the predicate's own, else the last violent one told before it.
pub(super) fn event_for(
    s: usize,
    tree: &Tree<'_>,
    counted: &what::Found,
    told: &[Told],
    report: &Report<'_>,
) -> Option<usize> {
    let same = told
        .iter()
        .position(|t| t.sentence == s && t.core.chain.iter().any(|c| c.token == counted.predicate));
    if !harms(counted.what) {
        let over = |t: &&Told| t.sentence == s && tree.is_under(counted.predicate, t.core.token);
        let depth = |t: &Told| tree.ancestors(t.core.token).count();
        let nearest = told.iter().enumerate().filter(|(_, t)| over(t)).max_by_key(|(_, t)| depth(t));
        return same.or(nearest.map(|(at, _)| at));
    }
    // "strikes Beirut as dozens die in Gaza": what goes on meanwhile is no work of the strike.
    let meanwhile = tree.meanwhile(counted.predicate);
    let here = |t: &Told| {
        t.sentence == s
            && t.event.kind == EventType::Assault
            && meanwhile.is_none_or(|m| tree.is_under(t.core.token, m))
    };
    let above = || {
        let up: Vec<usize> = tree.ancestors(counted.predicate).collect();
        told.iter().position(|t| here(t) && up.contains(&t.core.token))
    };
    let near = || told.iter().rposition(here);
    let earlier = || {
        let paragraph = report.text.sentences[s].paragraph;
        let fits = |t: &&Told| {
            t.sentence < s
                && t.event.kind == EventType::Assault
                && took_place(&t.event.fact)
                && t.sentence + 3 >= s
                && report.text.sentences[t.sentence].paragraph.abs_diff(paragraph) <= 1
        };
        let nearest = told.iter().rfind(fits)?.sentence;
        // "struck Sanaa after a drone attack that wounded 22. The toll …": of what the sentence tells first of all, not of
        // what it tells as the reason.
        let aside = |t: &Told| usize::from(is_aside(report, t));
        let of_it = (0..told.len()).filter(|&e| told[e].sentence == nearest && fits(&&told[e]));
        of_it.rev().min_by_key(|&e| aside(&told[e]))
    };
    // What a war has cost is of no raid told of before.
    let war = meanwhile.is_some()
        || of_war(tree, counted.predicate)
        || of_series(report, s, tree, counted.predicate, told);
    same.or_else(above).or_else(near).or_else(|| if war { None } else { earlier() })
}

/// Is it told to have happened, by anybody? Nobody dies of shots that were "never fired".
fn took_place(event: &Event) -> bool {
    let told = matches!(
        event.modality,
        Modality::Occurred | Modality::Ongoing | Modality::Historical | Modality::Alleged
    );
    told && event.polarity == Polarity::Affirmed
}

/// Does its sentence tell the event as what came before another, or as the reason of it?
fn is_aside(report: &Report<'_>, told: &Told) -> bool {
    let Some(tree) = report.text.sentences[told.sentence].tree.as_ref() else { return false };
    let earlier = |n: usize| {
        let mark = tree.kid(n, &["mark"]).map(|m| tree.lower(m)).unwrap_or_default();
        tree.base(n) == "advcl" && matches!(mark, "after" | "since" | "before" | "because")
    };
    let token = told.core.token;
    let root = tree.ancestors(token).last().unwrap_or(token);
    std::iter::once(token).chain(tree.ancestors(token)).any(|n| earlier(n) || tree.rel(n) == "acl:relcl")
        || tree.aside(token, root).is_some()
}

/// Counts of those whom force has befallen.
pub(super) fn harms(what: Counted) -> bool {
    use Counted::{Arrested, Captured, Casualties, Displaced, Killed, Missing, Wounded};
    matches!(what, Killed | Wounded | Casualties | Captured | Missing | Displaced | Arrested)
}
