//! A count over all its claimants: every claimant's number as a mark on one scale, the range as a band.

use super::lines::{Place, cites, inline, paragraph};
use crate::dossier::{Row, TallyBox};
use crate::scale::Numbers;
use crate::words::{capital, number, short};
use detente_types::Comparator;
use detente_types::tally::Interest;
use maud::{Markup, html};

pub(super) fn tally(place: Place, tally: &TallyBox) -> Markup {
    let scale = Numbers::of(tally);
    html! {
        div class="tally" {
            h3 {
                span class="tag" { (tally.counted) } " " (tally.side)
                @if tally.total { ", running total" }
            }
            @if let Some(occasion) = &tally.occasion { p class="line occasion" { (inline(place, occasion)) } }
            table {
                thead { tr {
                    th scope="col" { "By whose count" }
                    th scope="col" class="scale" { @if let Some(scale) = &scale { (axis(scale)) } }
                    th scope="col" { "As printed" }
                } }
                tbody { @for row in &tally.rows { (claim(place, tally, scale.as_ref(), row)) } }
            }
            @for line in tally.range.iter().chain(&tally.choice) { (paragraph(place, line)) }
        }
    }
}

fn claim(place: Place, tally: &TallyBox, scale: Option<&Numbers>, row: &Row) -> Markup {
    html! {
        tr class="line" {
            th scope="row" {
                (capital(&row.claimant))
                @if !matches!(row.interest, Interest::Outlet | Interest::Unknown) {
                    span class="quiet" { " " (crate::words::codes::interest(row.interest)) }
                }
            }
            td class="scale" { @if let Some(scale) = scale { (mark(scale, tally, row)) } }
            td class="printed" {
                q { (row.printed) } " " span class="quiet" { (row.said) } (cites(place, row.line.citations()))
            }
        }
    }
}

fn percent(x: f64) -> String {
    format!("{x:.2}%")
}

fn axis(scale: &Numbers) -> Markup {
    html! {
        svg width="100%" height="14" aria-hidden="true" class="axis" {
            text x="0" y="11" { "0" }
            text x=(percent(scale.at(scale.most))) y="11" text-anchor="middle" { (number(scale.most)) }
        }
    }
}

/// One claimant's mark: a dot for a number, a bar for a range, a fading bar for an open end.
fn mark(scale: &Numbers, tally: &TallyBox, row: &Row) -> Markup {
    let at = |n: Option<u64>| n.map(|n| scale.at(n));
    let band = match (&tally.low, &tally.high) {
        (Some(low), Some(high)) => Some((scale.at(low.value), scale.at(high.value))),
        _ => None,
    };
    let (low, high) = (at(row.low), at(row.high));
    let open = low.filter(|_| row.high.is_none());
    let class = match row.interest {
        Interest::OwnSide => "own",
        Interest::Enemy => "other",
        Interest::Independent => "neither",
        Interest::Outlet | Interest::Unknown => "outlet",
    };
    let dashed = row.comparator == Comparator::Vague;
    html! {
        svg width="100%" height="34" aria-hidden="true" class=(class) {
            @if let Some((from, to)) = band {
                rect class="band" x=(percent(from)) y="0" width=(percent((to - from).max(0.4))) height="34" {}
            }
            line class="base" x1="0" x2="100%" y1="22" y2="22" {}
            @if let (Some(low), Some(high)) = (low, high) {
                @if high > low { rect class="bar" x=(percent(low)) y="18" width=(percent(high - low)) height="8" rx="4" {} }
            }
            @if let Some(from) = open {
                line class=(if dashed { "open vague" } else { "open" }) x1=(percent(from)) x2="99%" y1="22" y2="22" {}
                path class="tip" d="M0 -4 L6 0 L0 4 Z" style="transform: translate(calc(100% - 7px), 22px)" {}
            }
            @if let (None, Some(high)) = (low, high) {
                line class="open" x1="0" x2=(percent(high)) y1="22" y2="22" {}
            }
            @if let Some(value) = at(row.value) { circle class="dot" cx=(percent(value)) cy="22" r="5.5" {} }
            @if let (None, Some(low)) = (row.value, low) { circle class="ring" cx=(percent(low)) cy="22" r="5" {} }
            @if let Some(end) = at(row.high.max(row.value).or(row.low)) {
                text class="value" x=(percent(end)) y="11" text-anchor="middle" { (short(row)) }
            }
        }
    }
}
