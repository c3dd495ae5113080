//! A count over all its claimants: each claimant's number, and a mark for it on one scale.

use super::face::Face;
use super::frame::Cell;
use super::looks::{
    self, BODY, HEADING, LEADING, PLAIN, QUIET, QUIET_INK, RULE, SMALL, STRONG, TAG, VERBATIM, WASH,
};
use super::sheet::{LEFT, MEASURE, Sheet};
use super::text::{Look, Text};
use crate::dossier::{Row, TallyBox};
use crate::scale::Numbers;
use crate::words::{capital, codes, number, short};
use detente_types::Comparator;
use detente_types::tally::Interest;
use pdf_writer::types::StructRole;

/// Where the columns begin: claimant, number, mark, as printed.
const NUMBER: f32 = 164.0;
const MARK: f32 = 216.0;
const PRINTED: f32 = 326.0;

/// The width of marks.
const SCALE: f32 = PRINTED - MARK - 14.0;

/// The room that a block begins with. A count of a few claimants is read at a glance, and so is not torn apart.
pub(super) fn room(tally: &TallyBox) -> f32 {
    let occasion = if tally.occasion.is_some() { 2.0 * LEADING } else { 0.0 };
    50.0 + occasion + looks::small(tally.rows.len().min(6)) * 24.0
}

pub(super) fn tally(sheet: &mut Sheet, crisis: usize, tally: &TallyBox) {
    sheet.need(room(tally));
    let total = if tally.total { ", running total" } else { "" };
    sheet.heading(&Text::of(HEADING, &format!("{}: {}{total}", tally.counted, tally.side)));
    if let Some(occasion) = &tally.occasion {
        sheet.paragraph(StructRole::P, &looks::text(crisis, occasion, BODY), 0.0, LEADING);
        sheet.gap(3.0);
    }
    let scale = Numbers::of(tally);
    sheet.within(StructRole::Table, |sheet| {
        head(sheet, scale.as_ref());
        for row in &tally.rows {
            claim(sheet, crisis, tally, scale.as_ref(), row);
        }
    });
    for line in tally.range.iter().chain(&tally.choice) {
        sheet.paragraph(StructRole::P, &looks::text(crisis, line, BODY), 0.0, LEADING);
    }
}

fn head(sheet: &mut Sheet, scale: Option<&Numbers>) {
    const AXIS: Look = Look::new(Face::Sans, 7.2, QUIET_INK);
    sheet.need(44.0);
    let cells = vec![
        Cell::head(0.0, NUMBER - 8.0, Text::of(TAG, "BY WHOSE COUNT")),
        Cell::head(NUMBER, MARK - NUMBER, Text::of(TAG, "NUMBER")),
        Cell::head(PRINTED, MEASURE - PRINTED, Text::of(TAG, "AS PRINTED")),
    ];
    let (page, y) = sheet.row(cells, 10.0);
    if let Some(scale) = scale {
        sheet.caption(page, AXIS, "0", LEFT + MARK, y + 7.4, 0.0);
        sheet.caption(page, AXIS, &number(scale.most), across(scale.at(scale.most)), y + 7.4, 0.5);
    }
    sheet.hairline();
}

fn claim(sheet: &mut Sheet, crisis: usize, tally: &TallyBox, scale: Option<&Numbers>, row: &Row) {
    let mut claimant = Text::of(PLAIN, &capital(&row.claimant));
    if !matches!(row.interest, Interest::Outlet | Interest::Unknown) {
        claimant = claimant.add(SMALL, &format!(" {}", codes::interest(row.interest)));
    }
    let printed = Text::of(VERBATIM, &format!("“{}”", row.printed)).add(QUIET, &format!(" {}", row.said));
    let cells = vec![
        Cell::head(0.0, NUMBER - 8.0, claimant),
        Cell::of(NUMBER, MARK - NUMBER - 6.0, Text::of(STRONG, &short(row))),
        Cell::of(PRINTED, MEASURE - PRINTED, printed.then(looks::citations(crisis, row.line.citations()))),
    ];
    let (page, y) = sheet.row(cells, LEADING);
    if let Some(scale) = scale {
        mark(sheet, page, y + LEADING * 0.52, tally, scale, row);
    }
    sheet.hairline();
}

/// Per cent of the scale as a place on the page.
#[allow(clippy::cast_possible_truncation)] // a hundredth of a point is more than enough
fn across(per_cent: f64) -> f32 {
    LEFT + MARK + SCALE * (per_cent.clamp(0.0, 100.0) / 100.0) as f32
}

/// One claimant's mark: a dot for a number, a bar for a range, an arrow for an open end, in the band of all claims.
fn mark(sheet: &mut Sheet, page: usize, y: f32, tally: &TallyBox, scale: &Numbers, row: &Row) {
    let ink = looks::interest(row.interest);
    let at = |n: Option<u64>| n.map(|n| across(scale.at(n)));
    if let (Some(low), Some(high)) = (&tally.low, &tally.high) {
        let (from, to) = (across(scale.at(low.value)), across(scale.at(high.value)));
        sheet.bar(page, [from, y - 5.2, (to - from).max(0.8), 10.4], WASH);
    }
    sheet.stroke(page, [LEFT + MARK, y], [LEFT + MARK + SCALE, y], RULE, 0.5, false);
    let (low, high) = (at(row.low), at(row.high));
    match (low, high) {
        (Some(low), Some(high)) if high > low => sheet.bar(page, [low, y - 1.9, high - low, 3.8], ink),
        (Some(low), None) => {
            let end = LEFT + MARK + SCALE;
            sheet.stroke(page, [low, y], [end, y], ink, 1.1, row.comparator == Comparator::Vague);
            sheet.stroke(page, [end - 3.6, y - 2.6], [end, y], ink, 1.1, false);
            sheet.stroke(page, [end - 3.6, y + 2.6], [end, y], ink, 1.1, false);
        }
        (None, Some(high)) => sheet.stroke(page, [LEFT + MARK, y], [high, y], ink, 1.1, true),
        _ => {}
    }
    if let Some(value) = at(row.value) {
        sheet.dot(page, [value, y], 2.5, ink, true);
    } else if let Some(low) = low {
        sheet.dot(page, [low, y], 2.5, ink, false);
    }
}
