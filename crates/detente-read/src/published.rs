//! When was the report published, and by whom: what is given, else what the text gives away.
//!
//! A saved report often has neither address nor date. Its latest date is a lower bound ("in July 2025"
//! was printed in July 2025 or later); a stamp or dateline with a date is better; a credit line or the
//! brackets of a dateline name the outlet.

use crate::text::Text;
use crate::time::{Anchors, Expr, Value, resolve};
use crate::tree::Tree;
use detente_knowledge::Knowledge;
use detente_types::{Basis, Evidence, Precision, Tier, When};
use jiff::civil::Date;

/// The outlet, and what it was read from.
pub(crate) fn outlet(text: &Text<'_>, knowledge: &Knowledge) -> (Option<String>, Option<Evidence>) {
    if let Some(given) = text.document.outlet() {
        return (Some(given.to_string()), None);
    }
    let whole = text.document.text();
    if let Some((name, span)) = &text.page.outlet {
        let evidence = evidence(text, *span, "outlet/credit");
        return (Some(name.clone()), Some(evidence));
    }
    let agency = text.page.dateline.as_ref().and_then(|d| d.agency);
    if let Some(span) = agency {
        let name = span.of(whole).trim();
        let known = knowledge.outlet(name).map(|o| o.name.clone());
        return (Some(known.unwrap_or_else(|| name.to_string())), Some(evidence(text, span, "outlet/dateline")));
    }
    (None, None)
}

fn evidence(text: &Text<'_>, span: detente_types::Span, rule: &str) -> Evidence {
    let line = text.sentences.iter().map(|l| l.span).find(|l| l.overlaps(span)).unwrap_or(span);
    let sentence = line.cover(span);
    Evidence { document: text.document.id().clone(), sentence, marks: vec![span], rule: rule.into(), tier: Tier::Body }
}

/// Bounds of the day of publication.
pub(crate) fn published(text: &Text<'_>, exprs: &[Vec<Expr>], years: &[i16], knowledge: &Knowledge) -> When {
    if let Some(given) = text.document.published() {
        return given.clone();
    }
    let whole = text.document.text();
    let day = text.page.dateline.as_ref().and_then(|d| d.day);
    for span in text.page.stamp.into_iter().chain(day) {
        if let Some(date) = calendar(span.of(whole), years, knowledge) {
            return When::day(date, Basis::Explicit).said(span.of(whole));
        }
    }
    let latest = latest(text, exprs, years);
    match latest {
        Some(from) => When::new(Some(from), None, Precision::After, Basis::Explicit),
        None => When::unknown(),
    }
}

/// A date in a stamp or dateline: day, month, and the year from it or from the text.
fn calendar(words: &str, years: &[i16], knowledge: &Knowledge) -> Option<Date> {
    use detente_knowledge::WordKind;
    let parts: Vec<String> = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let numbers: Vec<i16> = parts.iter().filter_map(|w| w.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()).collect();
    if let [year, month, day, ..] = numbers[..] {
        let iso = words.trim_start().starts_with(|c: char| c.is_ascii_digit()) && year > 1900;
        if iso {
            return Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
        }
    }
    let short = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = parts.iter().find_map(|w| match knowledge.word(w) {
        Some((WordKind::Month, n)) => i8::try_from(n).ok(),
        _ => short.iter().position(|s| w.len() <= 4 && w.starts_with(s)).map(|n| n as i8 + 1),
    })?;
    let year = numbers.iter().copied().find(|n| (1900..2200).contains(n)).or_else(|| years.iter().max().copied())?;
    let day = numbers.iter().copied().find(|n| (1..=31).contains(n))?;
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

/// The first day of the latest date that the text tells as past.
fn latest(text: &Text<'_>, exprs: &[Vec<Expr>], years: &[i16]) -> Option<Date> {
    let anchors = Anchors { published: When::unknown(), told: None, years: years.to_vec(), future: false };
    let mut out: Option<Date> = None;
    for (s, list) in exprs.iter().enumerate() {
        let Some(tree) = &text.sentences[s].tree else { continue };
        for expr in list {
            let calendar = matches!(
                expr.value,
                Value::Day { .. } | Value::Days { .. } | Value::Month { year: Some(_), .. } | Value::Year { .. }
            );
            if !calendar || ahead(tree, expr) {
                continue;
            }
            let when = resolve(&Expr { bound: crate::time::Bound::At, ..expr.clone() }, "", &anchors);
            out = out.max(when.from());
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
        tree.kids_by(a, &["aux"]).any(|k| matches!(tree.lower(k), "will" | "would" | "could" | "may" | "might" | "should"))
            || tree.kids_by(a, &["mark"]).any(|k| tree.lower(k) == "to")
            || matches!(tree.lemma(a).as_str(), "plan" | "schedule" | "expect" | "due" | "target" | "deadline")
    })
}

/// Every year that the text names.
pub(crate) fn years(exprs: &[Vec<Expr>]) -> Vec<i16> {
    let mut out: Vec<i16> = exprs
        .iter()
        .flatten()
        .filter_map(|e| match e.value {
            Value::Day { year, .. } | Value::Days { year, .. } | Value::Month { year, .. } | Value::Season { year, .. } => year,
            Value::Year { year, .. } => Some(year),
            Value::Years { to, .. } => Some(to),
            _ => None,
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
