//! How a figure stands to those before it in its sentence: part of one of them, or beside it.
//!
//! "12 people, including four children": the four are among the twelve. "Five in the market and three in the
//! school": eight. "The toll rose from 20 to 25": neither.

use super::number::Number;
use super::what::{Found, Role};
use crate::tree::Tree;
use detente_types::{ActorId, Counted, FigureId};

/// A figure before it in the sentence.
pub(crate) struct Before {
    pub(crate) what: Counted,
    pub(crate) id: FigureId,
    pub(crate) claimant: Option<ActorId>,
    pub(crate) total: bool,
    pub(crate) part_of: Option<FigureId>,
    pub(crate) beside: Option<FigureId>,
    /// The head of its phrase.
    pub(crate) top: usize,
    /// The deciding word.
    pub(crate) predicate: usize,
    pub(crate) value: Option<u64>,
    /// The last token of its number.
    pub(crate) last: usize,
}

/// Part of another figure, or beside it.
#[derive(Default)]
pub(crate) struct Relation {
    pub(crate) part_of: Option<FigureId>,
    pub(crate) beside: Option<FigureId>,
}

/// The relation of a figure to those before it.
pub(crate) fn relation(
    tree: &Tree<'_>,
    n: &Number,
    counted: &Found,
    claimant: Option<&ActorId>,
    before: &[Before],
) -> Relation {
    let Some(last) = before.iter().rev().find(|b| b.what == counted.what) else { return Relation::default() };
    let whole = last.part_of.clone().unwrap_or_else(|| last.id.clone());
    let opened = counted.role == Role::Part
        || last.part_of.is_some() && listed(tree, n, counted, last)
        || tree.base(counted.top) == "appos" && tree.head(counted.top) == Some(last.top);
    if opened {
        return Relation { part_of: Some(whole), beside: None };
    }
    let apart = last.part_of.is_some() || last.total || counted.total;
    let same_owner = last.claimant.as_ref() == claimant;
    if apart || !same_owner || counted.given_by.is_some() || changes(tree, n, last) {
        return Relation::default();
    }
    let again = n.value == last.value && counted.unit.is_none_or(|_| !phrases(tree, counted, last));
    if !again && coordinated(tree, counted, last) && !is_body(tree, counted) || along(tree, n) {
        return Relation {
            part_of: None,
            beside: Some(last.beside.clone().unwrap_or_else(|| last.id.clone())),
        };
    }
    Relation::default()
}

/// "including two women *and three children*": nothing but the list goes on between the two.
fn listed(tree: &Tree<'_>, n: &Number, counted: &Found, last: &Before) -> bool {
    let verb = (last.last + 1..n.start).any(|i| matches!(tree.upos(i), "VERB" | "AUX"));
    let joined = tree.first_conjunct(counted.top) == tree.first_conjunct(last.top);
    joined || !verb && n.start.saturating_sub(last.last) <= 4
}

/// "from 20 to 25", "25, up from 20": one figure before and after.
fn changes(tree: &Tree<'_>, n: &Number, last: &Before) -> bool {
    let case = |i: usize| tree.case(i);
    let from = |i: usize| case(i).as_deref() == Some("from") || i > 0 && tree.lower(i - 1) == "from";
    from(last.last) || from(n.first) || case(counted_head(tree, n)).as_deref() == Some("from")
}

fn counted_head(tree: &Tree<'_>, n: &Number) -> usize {
    tree.head(n.last).unwrap_or(n.last)
}

/// Do phrases or clauses that "and" joins count both?
fn coordinated(tree: &Tree<'_>, counted: &Found, last: &Before) -> bool {
    let clauses = counted.predicate != last.predicate
        && tree.first_conjunct(counted.predicate) == tree.first_conjunct(last.predicate);
    let shared = counted.predicate == last.predicate && counted.top != last.top;
    phrases(tree, counted, last) || clauses || shared
}

fn phrases(tree: &Tree<'_>, counted: &Found, last: &Before) -> bool {
    counted.top != last.top && tree.first_conjunct(counted.top) == tree.first_conjunct(last.top)
}

/// "12 villagers were killed and 12 bodies found": the same people again.
fn is_body(tree: &Tree<'_>, counted: &Found) -> bool {
    counted.unit.is_some_and(|u| matches!(tree.lemma(u).as_str(), "body" | "corpse" | "remains"))
}

/// "29 fighters were killed *along with* six raiders".
pub(crate) fn along(tree: &Tree<'_>, n: &Number) -> bool {
    let word = |back: usize| if back <= n.start { tree.lower(n.start - back) } else { "" };
    word(1) == "alongside"
        || word(1) == "with" && matches!(word(2), "along" | "together")
        || word(1) == "as" && word(2) == "well"
        || word(1) == "to" && word(2) == "addition"
}

/// "*including* 12 children", "*among them* four nurses", "three *of whom*": a part of the figure before.
pub(crate) fn opens_part(tree: &Tree<'_>, n: &Number, top: usize) -> bool {
    let word = |i: usize| if i < tree.len() { tree.lower(i) } else { "" };
    let before = |back: usize| n.start.checked_sub(back).map_or("", &word);
    // "including ten civilians, and 400 wounded": the case of the first is not that of what is beside it.
    let case = tree.base(top) != "conj"
        && tree.case(top).is_some_and(|c| matches!(c.as_str(), "including" | "among_them"));
    let opened = before(1) == "including"
        || before(2) == "among" && matches!(before(1), "them" | "whom" | "these" | "which");
    let of = word(n.last + 1) == "of" && matches!(word(n.last + 2), "them" | "whom" | "these" | "which");
    case || opened || of
}

/// "two of them *children*", "three of whom were *women*": who they were.
pub(crate) fn kind_behind(tree: &Tree<'_>, n: &Number) -> Option<usize> {
    let pronoun = n.last + 2;
    let end = tree.len().min(pronoun + 4);
    // "police officers" are officers.
    let within = |i: usize| tree.base(i) == "compound" && tree.head(i).is_some_and(|h| i < h && h < end);
    let of = pronoun < tree.len() && tree.lower(n.last + 1) == "of" && tree.upos(pronoun) == "PRON";
    (pronoun + 1..end).filter(|_| of).find(|&i| tree.upos(i) == "NOUN" && !within(i))
}

/// "two of the dead", "three of those killed": some of those whom another number counts.
pub(crate) fn partitive(tree: &Tree<'_>, n: &Number) -> bool {
    let (of, those) = (n.last + 1, n.last + 2);
    let lower = |i: usize| if i < tree.len() { tree.lower(i) } else { "" };
    let hurt = |i: usize| {
        matches!(
            lower(i),
            "dead"
                | "victims"
                | "killed"
                | "wounded"
                | "injured"
                | "casualties"
                | "deaths"
                | "fatalities"
                | "missing"
        )
    };
    lower(of) == "of"
        && matches!(lower(those), "the" | "those" | "these")
        && (hurt(those + 1) || hurt(those + 2))
}
