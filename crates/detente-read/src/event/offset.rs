//! "a day after a drone hit Eilat", "two weeks before the summit in Doha": the date of one event by that of another.
//!
//! # How
//! The length of time stands right before "after" or "before". If the event is the one behind that word, its date is
//! the date of the other less (plus) the length; if it is the other, the reverse. The other's date is one in its own
//! clause, or else the last date told. "Hours after" is the same day or the one before; "days after" only says that
//! the day is passed.
//!
//! # Does not
//! Count from an event of another sentence by its words ("two days after the massacre"): the last date told stands in.

use super::core::Core;
use super::detail::{governor, same_clause};
use crate::Report;
use crate::time::{self, Bound, Expr, Part, Unit, Value};
use crate::tree::Tree;
use detente_types::{Basis, Precision, When};
use jiff::ToSpan;

/// A length of time between two events of one sentence.
struct Offset<'e> {
    expr: &'e Expr,
    unit: Unit,
    n: Option<i32>,
    /// The word behind "after" or "before": head of the earlier or the later one.
    inner: usize,
    /// -1 for "after": the inner one is earlier.
    sign: i32,
}

/// The date of an event that has none of its own, counted from another event of the sentence.
pub(super) fn counted(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    exprs: &[Expr],
    core: &Core,
) -> Option<When> {
    let Some(offset) = exprs.iter().find_map(|e| offset(tree, e)) else {
        return before(report, s, tree, exprs, core);
    };
    let outer = tree.head(offset.inner)?;
    let is_inner = tree.is_under(core.token, offset.inner) && holds(tree, core, offset.inner);
    let is_outer = !is_inner && !tree.is_under(core.token, offset.inner) && holds(tree, core, outer);
    let (other, sign) = match (is_inner, is_outer) {
        (true, _) => (outer, offset.sign),
        (_, true) => (offset.inner, -offset.sign),
        _ => return None,
    };
    let own = exprs.iter().find(|e| !e.value.undated() && governor(tree, e) == Some(other));
    let at = exprs.iter().take_while(|e| e.first < offset.expr.first).count();
    let base = match own {
        Some(expr) => report.resolve(s, expr, false),
        // Of the outer one only what its own clause says: the last date told may well be its own.
        None if is_outer => return None,
        None => report.course[s].get(at)?.date.clone()?,
    };
    shifted(report, tree, &offset, sign, base)
}

/// "hit the camp on Friday in response to an attack in Ankara": by Friday at the latest.
fn before(report: &Report<'_>, s: usize, tree: &Tree<'_>, exprs: &[Expr], core: &Core) -> Option<When> {
    let aside = tree.aside(core.token, tree.ancestors(core.token).last()?)?;
    if matches!(tree.case(aside).as_deref(), Some("before" | "ahead_of" | "despite" | "amid" | "since")) {
        return None;
    }
    let outer = tree.head(aside)?;
    let expr = exprs.iter().find(|e| !e.value.undated() && governor(tree, e) == Some(outer))?;
    let when = report.resolve(s, expr, false);
    let words = when.text.clone().unwrap_or_default();
    Some(When::new(None, when.to(), Precision::Before, when.basis).said(words))
}

/// A length of time right before "after" or "before".
fn offset<'e>(tree: &Tree<'_>, expr: &'e Expr) -> Option<Offset<'e>> {
    let Value::Length { unit, n } = expr.value else { return None };
    let at = expr.last + 1;
    if at >= tree.len() || !matches!(tree.base(at), "mark" | "case") {
        return None;
    }
    let sign = match tree.lower(at) {
        "after" => -1,
        "before" => 1,
        _ => return None,
    };
    let below = tree.head(at)?;
    // "before talks opened": taken for a preposition, the word hangs on the subject.
    let clause = tree.head(below).filter(|_| tree.base(below) == "nsubj");
    Some(Offset { expr, unit, n, inner: clause.unwrap_or(below), sign })
}

/// Does the event share its time with this head: is it the head, or in its clause?
fn holds(tree: &Tree<'_>, core: &Core, head: usize) -> bool {
    core.token == head || tree.is_under(core.scope.clause, head) && same_clause(tree, core.scope.clause, head)
}

fn shifted(report: &Report<'_>, tree: &Tree<'_>, offset: &Offset<'_>, sign: i32, base: When) -> Option<When> {
    let words = tree.phrase(&(offset.expr.first..=offset.expr.last).collect::<Vec<_>>());
    let (from, to) = base.from().zip(base.to())?;
    let when = match (offset.unit, offset.n) {
        (Unit::Hour | Unit::Minute, _) if sign < 0 => {
            When::new(from.checked_sub(1.day()).ok(), Some(to), Precision::Days, Basis::Relative)
        }
        (Unit::Hour | Unit::Minute, _) => {
            When::new(Some(from), to.checked_add(1.day()).ok(), Precision::Days, Basis::Relative)
        }
        (_, None) if sign < 0 => {
            When::new(None, to.checked_sub(1.day()).ok(), Precision::Before, Basis::Relative)
        }
        (_, None) => return None,
        (unit, Some(n)) => {
            let value = Value::Later { unit, n: sign * n, part: Part::Whole };
            let expr = Expr { value, bound: Bound::At, ..offset.expr.clone() };
            let mut anchors = report.anchors(0, offset.expr, false);
            anchors.told.date = Some(base);
            return Some(time::resolve(&expr, words, &anchors));
        }
    };
    Some(when.said(words.to_string()))
}
