//! When was the report published, and by whom: what is given, else what the text gives away.
//!
//! A saved report often has neither address nor date. Its latest date is a lower bound ("in July 2025"
//! was printed in July 2025 or later); a stamp or dateline with a date is better. A dateline has a day and no
//! year: the year is that of the copyright line, or of a date told shortly before; else it is only a bound.

use crate::press::stamp::{self, Printed};
use crate::press::{Rank, listed};
use crate::text::Text;
use crate::time::{Anchors, Expr, Value, resolve};
use crate::tree::Tree;
use detente_knowledge::Knowledge;
use detente_types::{Basis, Evidence, Precision, Span, Tier, When};
use jiff::civil::Date;

/// The outlet, and what it was read from.
pub(crate) fn outlet(text: &Text<'_>, knowledge: &Knowledge) -> (Option<String>, Option<Evidence>) {
    if let Some(given) = text.document.outlet() {
        return (Some(given.to_string()), None);
    }
    if let Some(found) = &text.page.outlet {
        let rule = match found.rank {
            Rank::Field => "outlet/field",
            Rank::Masthead => "outlet/masthead",
            Rank::Credit | Rank::Copyright => "outlet/credit",
            Rank::Beside => "outlet/beside",
            Rank::Title => "outlet/title",
        };
        return (Some(found.name.clone()), Some(evidence(text, found.span, rule)));
    }
    let agency = text.page.dateline.as_ref().and_then(|d| d.agency);
    if let Some(span) = agency {
        let name = listed(span.of(text.document.text()).trim(), knowledge);
        return (Some(name), Some(evidence(text, span, "outlet/dateline")));
    }
    if let Some((_, Some(name))) = text.document.title().map(|t| crate::press::bare_title(t, knowledge)) {
        return (Some(name), None);
    }
    (text.document.url().and_then(host).map(|h| listed(h, knowledge)), None)
}

/// The host of an address, without "www.".
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

fn evidence(text: &Text<'_>, span: Span, rule: &str) -> Evidence {
    let line = text.sentences.iter().map(|l| l.span).find(|l| l.overlaps(span)).unwrap_or(span);
    let sentence = line.cover(span);
    Evidence {
        document: text.document.id().clone(),
        sentence,
        marks: vec![span],
        rule: rule.into(),
        tier: Tier::Body,
    }
}

/// Bounds of the day of publication.
pub(crate) fn published(text: &Text<'_>, exprs: &[Vec<Expr>], years: &[i16], knowledge: &Knowledge) -> When {
    if let Some(given) = text.document.published() {
        return given.clone();
    }
    let whole = text.document.text();
    let mut stamps = text.page.stamps.clone();
    stamps.sort_by_key(|s| (stamp::is_update(s.of(whole)), s.start()));
    let dateline = text.page.dateline.as_ref().and_then(|d| d.day);
    let printed =
        stamps.into_iter().chain(dateline).filter_map(|s| Some((s, stamp::find(s.of(whole), knowledge)?)));
    let printed: Vec<(Span, Printed)> = printed.collect();
    let latest = latest(text, exprs, years);
    let year_of_page = printed.iter().find_map(|(_, p)| p.year).or(text.page.year);
    for (span, found) in &printed {
        if let Some(when) = day(found, year_of_page, latest) {
            return when.said(span.of(whole));
        }
    }
    if let Some(day) = text.document.url().and_then(in_address) {
        return When::day(day, Basis::Explicit);
    }
    let turned =
        printed.iter().find_map(|(_, p)| p.date(latest.map(|l| l.date.year()).or(years.last().copied())));
    match turned.into_iter().chain(latest.map(|l| l.date)).max() {
        Some(from) => When::new(Some(from), None, Precision::After, Basis::Explicit),
        // "LAGOS, July 25": the words are kept, other reports may tell the year.
        None => printed.first().map_or_else(When::unknown, |(span, _)| When::unknown().said(span.of(whole))),
    }
}

/// A printed day: sure with its year, or with the page's, or when a date that the text tells is shortly before it.
fn day(found: &Printed, year: Option<i16>, latest: Option<Latest>) -> Option<When> {
    if let Some(other) = found.other() {
        return Some(When::new(found.date(None), Some(other), Precision::Range, Basis::Explicit));
    }
    if let Some(date) = found.date(year) {
        return Some(When::day(date, Basis::Explicit));
    }
    let told = latest.filter(|l| l.day)?.date;
    let years = [told.year(), told.year().checked_add(1)?];
    let near = |date: &Date| (0..=92).contains(&(*date - told).get_days());
    years.into_iter().filter_map(|y| found.date(Some(y))).find(near).map(|d| When::day(d, Basis::Inherited))
}

/// "/2025/10/19/" in an address.
fn in_address(url: &str) -> Option<Date> {
    let parts: Vec<&str> = url.split(['/', '?', '#']).collect();
    parts.windows(3).find_map(|w| {
        let year = w[0].parse().ok().filter(|y: &i16| w[0].len() == 4 && (1990..2200).contains(y))?;
        Date::new(year, w[1].parse().ok()?, w[2].parse().ok()?).ok()
    })
}

/// The latest date that the text tells as past.
#[derive(Clone, Copy, Debug)]
struct Latest {
    date: Date,
    /// It is told to the day.
    day: bool,
}

/// The first day of the latest date that the text tells as past.
fn latest(text: &Text<'_>, exprs: &[Vec<Expr>], years: &[i16]) -> Option<Latest> {
    let anchors = Anchors {
        published: When::unknown(),
        told: Default::default(),
        years: years.to_vec(),
        future: false,
    };
    let mut out: Option<Latest> = None;
    for (s, list) in exprs.iter().enumerate() {
        let Some(tree) = &text.sentences[s].tree else { continue };
        for expr in list {
            let calendar = matches!(
                expr.value,
                Value::Day { .. }
                    | Value::Days { .. }
                    | Value::Month { year: Some(_), .. }
                    | Value::Year { .. }
            );
            if !calendar || ahead(tree, expr) {
                continue;
            }
            let when = resolve(&Expr { bound: crate::time::Bound::At, ..expr.clone() }, "", &anchors);
            let found = when.from().map(|date| Latest {
                date,
                day: matches!(
                    expr.value,
                    Value::Day { year: Some(_), .. } | Value::Days { year: Some(_), .. }
                ),
            });
            out = match (out, found) {
                (Some(a), Some(b)) if b.date <= a.date => Some(a),
                (a, b) => b.or(a),
            };
        }
    }
    out
}

/// Does the clause of the expression look ahead ("by 2030", "will … in May")?
fn ahead(tree: &Tree<'_>, expr: &Expr) -> bool {
    if expr.bound == crate::time::Bound::Before {
        return true;
    }
    tree.ancestors(expr.first).any(|a| {
        tree.kids_by(a, &["aux"])
            .any(|k| matches!(tree.lower(k), "will" | "would" | "could" | "may" | "might" | "should"))
            || tree.kids_by(a, &["mark"]).any(|k| tree.lower(k) == "to")
            || matches!(
                tree.lemma(a).as_str(),
                "plan" | "schedule" | "expect" | "due" | "target" | "deadline"
            )
    })
}

/// Every year that the text names.
pub(crate) fn years(exprs: &[Vec<Expr>]) -> Vec<i16> {
    let mut out: Vec<i16> = exprs
        .iter()
        .flatten()
        .flat_map(|e| e.ends.as_deref().map_or(std::slice::from_ref(e), |ends| ends.as_slice()))
        .filter_map(|e| match e.value {
            Value::Day { year, .. }
            | Value::Days { year, .. }
            | Value::Month { year, .. }
            | Value::Season { year, .. } => year,
            Value::Year { year, .. } => Some(year),
            Value::Years { to, .. } => Some(to),
            _ => None,
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
