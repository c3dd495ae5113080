//! The reports beside the dossier: their texts as received, sentence by sentence.
//!
//! # How
//! A report's text is cut at every border: of a sentence, of a masked stretch, of a cited word. Each
//! piece is printed once, inside its sentence, greyed where masked, marked where cited.

use super::lines::Place;
use crate::dossier::{Citation, Dossier, Line, MaskCard, ReportCard};
use crate::words::number;
use detente_types::{SentenceKind, Span};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// All reports of all dossiers.
pub(super) fn desk(dossiers: &[Dossier]) -> Markup {
    html! {
        aside id="desk" aria-label="Reports" {
            div class="bar" {
                p class="where" { "Reports" }
                p class="others" {}
                a class="close" href="#dossier" { "Close" }
            }
            div class="shelf" tabindex="-1" {
                @for (at, dossier) in dossiers.iter().enumerate() { (shelf(Place { crisis: at + 1 }, dossier, dossiers.len() > 1)) }
            }
        }
    }
}

fn shelf(place: Place, dossier: &Dossier, several: bool) -> Markup {
    let mut marks: BTreeMap<usize, BTreeSet<Span>> = BTreeMap::new();
    for citation in dossier.lines().flat_map(Line::citations) {
        let Citation { report, marks: found, .. } = citation;
        marks.entry(*report).or_default().extend(found);
    }
    let none = BTreeSet::new();
    html! {
        @if several { h2 class="shelf-name" { (dossier.title) } }
        @for one in &dossier.reports { (report(place, one, marks.get(&one.number).unwrap_or(&none))) }
    }
}

fn report(place: Place, report: &ReportCard, marks: &BTreeSet<Span>) -> Markup {
    // A headline that stands in the text is not printed twice when the report is open.
    let titled = report.sentences.first().is_some_and(|s| s.kind == SentenceKind::Headline);
    html! {
        article class=(if titled { "report titled" } else { "report" }) id=(place.report_id(report.number)) {
            header {
                a class="spine" href=(format!("#{}", place.report_id(report.number))) {
                    span class="number" { (report.number) }
                    span class="outlet" { (report.outlet_or_unnamed()) }
                    span class="date" { (report.dated) }
                }
                @if let Some(title) = &report.title { p class="title" { (title) } }
                p class="quiet" {
                    (number(report.words as u64)) " words · " (path(&report.path))
                    @if let Some(copy) = report.copy_of {
                        " · same text as " a href=(format!("#{}", place.report_id(copy))) { "report " (copy) }
                    }
                }
            }
            div class="text" dir="auto" { (text(place, report, marks)) }
        }
    }
}

/// Where the report came from; a link only for an address on the web.
fn path(path: &str) -> Markup {
    let on_web = path.starts_with("https://") || path.starts_with("http://");
    html! {
        @if on_web { a href=(path) rel="noopener noreferrer nofollow" { (path) } } @else { span class="path" { (path) } }
    }
}

/// The text as received, each sentence with its number.
fn text(place: Place, report: &ReportCard, marks: &BTreeSet<Span>) -> Markup {
    let mut at = 0;
    let mut parts = Vec::new();
    for (index, sentence) in report.sentences.iter().enumerate() {
        // Sentences come in order; one that does not is shown where it begins, as far as it is new.
        let (start, end) = (sentence.start.max(at), sentence.end.max(at));
        if at < start {
            parts.push(html! { (pieces(report, Span::new(at, start), marks)) });
        }
        let inside = pieces(report, Span::new(start, end), marks);
        let id = place.sentence_id(report.number, index + 1);
        parts.push(html! { span class="s" id=(id) tabindex="-1" data-n=(index + 1) { (inside) } });
        at = end;
    }
    parts.push(pieces(report, Span::new(at, report.text.len()), marks));
    html! { @for part in &parts { (part) } }
}

/// A stretch of text in pieces, each greyed and marked as it is.
fn pieces(report: &ReportCard, stretch: Span, marks: &BTreeSet<Span>) -> Markup {
    let text = &*report.text;
    let near: Vec<Span> = marks.iter().copied().filter(|m| m.overlaps(stretch)).collect();
    let masks: Vec<&MaskCard> =
        report.mask.iter().filter(|m| Span::new(m.start, m.end).overlaps(stretch)).collect();
    let ends = near.iter().flat_map(|m| [m.start(), m.end()]);
    let masked = masks.iter().flat_map(|m| [m.start, m.end]);
    let borders: BTreeSet<usize> = [stretch.start(), stretch.end()]
        .into_iter()
        .chain(ends)
        .chain(masked)
        .filter(|b| (stretch.start()..=stretch.end()).contains(b))
        .map(|b| border(text, b))
        .collect();
    let borders: Vec<usize> = borders.into_iter().collect();
    html! {
        @for pair in borders.windows(2) {
            @let piece = Span::new(pair[0], pair[1]);
            @let mask = masks.iter().find(|m| Span::new(m.start, m.end).contains(piece));
            @let begins = masks.iter().any(|m| m.start == piece.start());
            @let marked = near.iter().any(|m| m.contains(piece));
            (one(piece.of(text), piece, mask.copied(), begins, marked))
        }
    }
}

fn one(words: &str, piece: Span, mask: Option<&MaskCard>, begins: bool, marked: bool) -> Markup {
    let inner = html! {
        @if marked { mark data-b=(piece.start()) data-e=(piece.end()) { (words) } } @else { (words) }
    };
    match mask {
        None => inner,
        Some(mask) => html! {
            span class="masked" title=(format!("not read as body text: {}", mask.words)) {
                @if begins { span class="why" { (mask.words) } }
                (inner)
            }
        },
    }
}

/// The nearest border of a character at or before a byte.
fn border(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|b| text.is_char_boundary(*b)).unwrap_or(0)
}
