//! Who did what to whom: trees and the lexicon to events.
//!
//! # How
//! 1. [`frame`]: which words of a sentence tell an event, under the conditions of the lexicon.
//! 2. [`core`]: who and to whom, by role slots; operators above the word ("offered to", "refused to")
//!    lift it to an event of their own: an offer to mediate is an agreement, a refusal to withdraw a
//!    rejection.
//! 3. [`detail`]: modality and polarity, speakers, date, place, the gist; [`context`]: the fields of politics.
//!
//! # Does not
//! Merge what two sentences say of one happening: that is where reports meet.
//!
//! # From
//! PLOVER 2.0 codebook; slot filling over dependencies as in Universal PETRARCH, with deep arguments
//! instead of surface patterns.

mod broker;
mod context;
pub(crate) mod core;
mod detail;
pub(crate) mod fallen;
pub(crate) mod frame;
mod lift;
mod mode;
mod offset;
mod reach;
mod referent;
mod slots;
mod worth;

use crate::Report;
use crate::time::Expr;
use crate::tree::Tree;
pub(crate) use core::{Chain, Core};
pub(crate) use detail::shorten;
use detente_types::{ActorRef, Cited, Event, Evidence, Tier};

/// An event with what later rooms need of its sentence.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// The event.
    pub(crate) event: Cited<Event>,
    /// Its core: words, arguments, operators.
    pub(crate) core: Core,
    /// Number of its sentence.
    pub(crate) sentence: usize,
}

/// Every event of the report, in text order.
pub(crate) fn events(report: &Report<'_>) -> Vec<Told> {
    let mut out: Vec<Told> = Vec::new();
    for s in 0..report.text.sentences.len() {
        if report.text.sentences[s].tree.is_some() {
            out.extend(sentence_events(report, s));
        }
    }
    fallen::own(report, &mut out);
    out
}

/// Violence that sentences only refer to, in text order: no events of the report.
pub(crate) fn referred(report: &Report<'_>) -> Vec<Told> {
    let mut out: Vec<Told> = Vec::new();
    for (s, line) in report.text.sentences.iter().enumerate() {
        let Some(tree) = &line.tree else { continue };
        out.extend(core::referred(report, s, tree).into_iter().map(|core| whole(report, s, tree, core)));
    }
    out
}

fn sentence_events(report: &Report<'_>, s: usize) -> Vec<Told> {
    let Some(tree) = &report.text.sentences[s].tree else { return Vec::new() };
    let mut cores = core::cores(report, s, tree);
    // "called the report baseless" denies it once.
    let told: Vec<(usize, detente_types::EventType)> = cores.iter().map(|c| (c.token, c.kind)).collect();
    cores.retain(|c| {
        let above = tree.head(c.token).filter(|_| tree.base(c.token) == "xcomp" && !tree.is_verb(c.token));
        above.is_none_or(|verb| !told.contains(&(verb, c.kind))) && !studied(tree, c.token)
    });
    cores.sort_by_key(|c| (c.token, c.kind));
    cores.into_iter().map(|core| whole(report, s, tree, core)).collect()
}

/// "which tracks violence", "monitors clashes in the region": what somebody keeps an eye on is no happening.
fn studied(tree: &Tree<'_>, noun: usize) -> bool {
    let verb = tree.head(noun).filter(|_| tree.is_noun(noun) && tree.base(noun) == "obj");
    verb.is_some_and(|v| {
        let keeps = matches!(
            tree.lemma(v).as_str(),
            "track" | "monitor" | "map" | "study" | "chronicle" | "document"
        );
        keeps && tree.xpos(v) != "VBD" && tree.kid(noun, &["det", "nummod"]).is_none()
    })
}

/// The event with date, place, speakers and its evidence.
fn whole(report: &Report<'_>, s: usize, tree: &Tree<'_>, core: Core) -> Told {
    let exprs: &[Expr] = &report.exprs[s];
    let event = detail::complete(report, s, tree, exprs, &core);
    let sentence = report.text.sentences[s].span;
    let mut marks = vec![tree.span(core.token)];
    marks.extend(core.actors.iter().chain(&core.recipients).filter_map(|r: &ActorRef| r.span));
    marks.sort();
    marks.dedup();
    let tier = report.tier(s);
    let evidence = Evidence {
        document: report.text.document.id().clone(),
        sentence,
        marks: marks.into_iter().filter(|m| sentence.contains(*m)).collect(),
        rule: core.rule.clone(),
        tier,
    };
    debug_assert!(tier != Tier::Link || report.text.page.links.iter().any(|l| l.contains(sentence)));
    Told { event: Cited::new(event, evidence), core, sentence: s }
}
