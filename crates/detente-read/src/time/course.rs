//! Walks through a report and keeps what was told last, for dates that count from it.
//!
//! News count from the day of publication: "in May" is the last May before it. A history tells year after year
//! and names each only once: "in May" is the May of the year that it has come to.

use super::{Anchors, Expr, Value, resolve};
use crate::text::Text;
use detente_types::When;

/// What was told before an expression.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// The last date told.
    pub(crate) date: Option<When>,
    /// In a history, the year and month that it has come to.
    pub(crate) story: Option<(i16, Option<i8>)>,
    /// A year far from it that was named last.
    aside: Option<i16>,
}

/// How many years a history moves in one step.
const ASIDE: i16 = 5;

/// What was told before each expression of each sentence, and before what follows the last of them.
pub(crate) type Course = Vec<Vec<Told>>;

/// Walks through the report.
pub(crate) fn course(text: &Text<'_>, exprs: &[Vec<Expr>], published: &When, years: &[i16]) -> Course {
    let history = is_history(exprs);
    let mut told = Told::default();
    let mut out = Vec::with_capacity(exprs.len());
    for (s, list) in exprs.iter().enumerate() {
        let mut before = vec![told.clone()];
        for expr in list {
            if let Some(tree) = text.sentences[s].words() {
                let ids: Vec<usize> = (expr.first..=expr.last).collect();
                step(&mut told, expr, tree.phrase(&ids), published, years, history);
            }
            before.push(told.clone());
        }
        out.push(before);
    }
    out
}

fn step(told: &mut Told, expr: &Expr, words: &str, published: &When, years: &[i16], history: bool) {
    if expr.value.undated()
        || matches!(expr.value, Value::Vague(_) | Value::Sometime(_) | Value::Recent { .. })
    {
        return;
    }
    let anchors =
        Anchors { published: published.clone(), told: told.clone(), years: years.to_vec(), future: false };
    let plain = Expr { bound: super::Bound::At, ..expr.clone() };
    let when = resolve(&plain, words, &anchors);
    if history && let Some(from) = when.from() {
        let to = when.to().unwrap_or(from);
        let within = (to - from).get_days() < 100;
        let decades = matches!(expr.value, Value::Years { .. }) && expr.ends.is_none();
        let back =
            matches!(expr.value, Value::Later { n, .. } if n < 0) || matches!(expr.value, Value::Ago { .. });
        if !decades && !back {
            advance(told, (from.year(), within.then_some(from.month())));
        }
    }
    if expr.value.told() {
        told.date = Some(when);
    }
}

/// Goes on to a date. A year far from where the story is ("a study of 2005 found …") is an aside, unless the
/// next one is near it.
fn advance(told: &mut Told, to: (i16, Option<i8>)) {
    let near = |year: i16| (to.0 - year).abs() <= ASIDE;
    let aside = told.story.is_some_and(|(year, _)| !near(year)) && !told.aside.is_some_and(near);
    if aside {
        told.aside = Some(to.0);
    } else {
        told.story = Some(to);
        told.aside = None;
    }
}

/// Does the report tell a history: many dates with their years, few that count from the day it was written?
fn is_history(exprs: &[Vec<Expr>]) -> bool {
    let all = || exprs.iter().flatten();
    let years = all().filter(|e| e.value.year().is_some() || matches!(e.value, Value::Years { .. })).count();
    let news = all()
        .filter(|e| {
            matches!(
                e.value,
                Value::Weekday { .. } | Value::FromToday(_) | Value::Period { .. } | Value::Ago { .. }
            )
        })
        .count();
    years >= 5 && years >= 4 * news
}
