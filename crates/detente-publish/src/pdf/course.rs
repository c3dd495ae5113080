//! The timeline: drawn in lanes with a band for every uncertain interval, and told as a table below.

use super::frame::Cell;
use super::looks::{self, BODY, HEADING, INK, LEADING, MEASURE_OF_DATES, QUIET, QUIET_INK, RULE, TAG, small};
use super::sheet::{LEFT, MEASURE, Sheet};
use super::text::{Ink, Look, Text};
use crate::dossier::{Footing, Lane, Moment};
use crate::scale::{Days, Shape, pack, ticks};
use pdf_writer::types::StructRole;

/// The names of lanes stand in this width; marks begin right of it.
const NAMES: f32 = 104.0;

/// From one row of marks to the next.
const ROW: f32 = 8.6;

/// The highest that a drawing may be; rows of a crowded lane stand closer then.
const HIGHEST: f32 = 330.0;

/// One block of moments.
pub(super) fn course(sheet: &mut Sheet, crisis: usize, moments: &[Moment]) {
    if moments.first().is_some_and(|m| m.background) {
        sheet.heading(&Text::of(HEADING, "Before it"));
    } else if let Some(days) = Days::of(moments) {
        drawing(sheet, moments, &days);
    }
    sheet.within(StructRole::Table, |sheet| {
        for moment in moments {
            told(sheet, crisis, moment);
        }
    });
    key(sheet, moments);
}

fn told(sheet: &mut Sheet, crisis: usize, moment: &Moment) {
    let hang = MEASURE_OF_DATES + 14.0;
    let cells = vec![
        Cell::head(0.0, MEASURE_OF_DATES - 6.0, Text::of(QUIET, &moment.date)),
        Cell::of(hang, MEASURE - hang, looks::text(crisis, &moment.line, BODY)),
    ];
    let (page, y) = sheet.row(cells, LEADING);
    let at = [LEFT + MEASURE_OF_DATES + 4.0, y + LEADING * 0.52];
    sign(sheet, page, at, moment.footing, looks::lane(moment.lane));
    sheet.hairline();
}

/// Full for what is told as done, with a hollow ring for what one side claims or another denies, hollow for what is not
/// told as done, small for what a link alone tells.
pub(super) fn sign(sheet: &mut Sheet, page: usize, at: [f32; 2], footing: Footing, ink: Ink) {
    match footing {
        Footing::Told => sheet.dot(page, at, 2.6, ink, true),
        Footing::Claimed | Footing::Contested => {
            sheet.dot(page, at, 2.6, ink, false);
            sheet.dot(page, at, 0.9, ink, true);
        }
        Footing::NotDone => sheet.dot(page, at, 2.6, ink, false),
        Footing::Weak => sheet.dot(page, at, 0.8, ink, true),
    }
}

/// What the signs mean, as far as they were used.
fn key(sheet: &mut Sheet, moments: &[Moment]) {
    const WORDS: Look = Look::new(super::face::Face::Sans, 7.6, QUIET_INK);
    let signs: [(&[Footing], &str); 4] = [
        (&[Footing::Told], "told as done"),
        (&[Footing::Claimed, Footing::Contested], "claimed by one side, or contested"),
        (&[Footing::NotDone], "offered, planned, urged, threatened: not told as done"),
        (&[Footing::Weak], "linked headline only"),
    ];
    if moments.iter().all(|m| m.footing == Footing::Told) {
        return;
    }
    sheet.need(16.0);
    let (page, base) = (sheet.page(), sheet.y + 9.0);
    let mut x = LEFT + 3.0;
    for (footings, words) in signs {
        if moments.iter().any(|m| footings.contains(&m.footing)) {
            sign(sheet, page, [x, base - 2.6], footings[0], QUIET_INK);
            sheet.caption(page, WORDS, words, x + 6.0, base, 0.0);
            x += WORDS.width(words) + 20.0;
        }
    }
    sheet.y += 14.0;
}

/// One lane: its marks, each in a row in which it touches no other.
struct Drawn<'a> {
    lane: Lane,
    marks: Vec<(&'a Moment, Shape, usize)>,
    rows: usize,
}

fn lanes<'a>(moments: &'a [Moment], days: &Days) -> Vec<Drawn<'a>> {
    let mut out = Vec::new();
    for lane in Lane::ALL {
        let shapes =
            moments.iter().filter(|m| m.lane == *lane).filter_map(|m| Some((m, Shape::of(&m.when, days)?)));
        let shapes: Vec<(&Moment, Shape)> = shapes.collect();
        let placed = pack(&shapes.iter().map(|(_, shape)| shape.ends()).collect::<Vec<_>>());
        let rows = placed.iter().max().map_or(0, |row| row + 1);
        let marks: Vec<_> = shapes.into_iter().zip(placed).map(|((m, shape), row)| (m, shape, row)).collect();
        if !marks.is_empty() {
            out.push(Drawn { lane: *lane, marks, rows });
        }
    }
    out
}

/// The room that a block begins with: the drawing, or a row.
pub(super) fn room(moments: &[Moment]) -> f32 {
    Days::of(moments).map_or(ROOM_FOR_AXIS, |days| height(&lanes(moments, &days)).1 + ROOM_FOR_AXIS + LEADING)
}

/// What the axis below a drawing takes.
const ROOM_FOR_AXIS: f32 = 24.0;

/// The heights of a row of marks and of all lanes.
fn height(lanes: &[Drawn<'_>]) -> (f32, f32) {
    let rows: usize = lanes.iter().map(|l| l.rows).sum();
    let air = 7.0 * small(lanes.len());
    let row = ROW.min((HIGHEST - air) / small(rows.max(1)));
    (row, small(rows) * row + air)
}

/// The drawing: lanes with marks, an axis below.
fn drawing(sheet: &mut Sheet, moments: &[Moment], days: &Days) {
    let lanes = lanes(moments, days);
    let (row, high) = height(&lanes);
    sheet.need(high + ROOM_FOR_AXIS);
    let page = sheet.page();
    let top = sheet.y;
    let bottom = top + high;
    for (day, label) in ticks(days) {
        let x = across(days.at(day));
        sheet.stroke(page, [x, top], [x, bottom], RULE, 0.5, false);
        const AXIS: Look = Look::new(super::face::Face::Sans, 7.2, QUIET_INK);
        sheet.caption(page, AXIS, &label, x, bottom + 9.0, 0.0);
    }
    let mut y = top;
    for one in &lanes {
        sheet.stroke(page, [LEFT, y], [LEFT + MEASURE, y], RULE, 0.5, false);
        sheet.caption(
            page,
            TAG.inked(looks::lane(one.lane)),
            &one.lane.name().to_uppercase(),
            LEFT,
            y + 9.5,
            0.0,
        );
        for (moment, shape, at) in &one.marks {
            mark(sheet, page, *shape, y + 3.5 + (small(*at) + 0.5) * row, moment, row);
        }
        y += small(one.rows) * row + 7.0;
    }
    sheet.stroke(page, [LEFT, bottom], [LEFT + MEASURE, bottom], INK, 0.6, false);
    sheet.y = bottom + ROOM_FOR_AXIS - 2.0;
}

/// Per cent of the drawing's width as a place on the page.
#[allow(clippy::cast_possible_truncation)] // to a hundredth of a point is more than enough
fn across(per_cent: f64) -> f32 {
    LEFT + NAMES + (MEASURE - NAMES) * (per_cent.clamp(0.0, 100.0) / 100.0) as f32
}

fn mark(sheet: &mut Sheet, page: usize, shape: Shape, y: f32, moment: &Moment, row: f32) {
    let ink = looks::lane(moment.lane);
    let radius = (row * 0.31).min(2.6);
    let full = matches!(moment.footing, Footing::Told | Footing::Claimed | Footing::Contested);
    let band = |sheet: &mut Sheet, from: f64, to: f64| {
        let (from, to) = (across(from), across(to));
        sheet.stroke(page, [from, y], [to.max(from + 1.5), y], ink, radius, !full);
    };
    match shape {
        Shape::Dot(at) if moment.footing == Footing::Weak => sheet.dot(page, [across(at), y], 0.8, ink, true),
        Shape::Dot(at) => sheet.dot(page, [across(at), y], radius, ink, full),
        Shape::Band(from, to) => band(sheet, from, to),
        // The end that is not known is left open; the known one is stopped.
        Shape::Later(from, to) => {
            band(sheet, from, to);
            sheet.stroke(page, [across(from), y - radius], [across(from), y + radius], ink, 1.2, false);
        }
        Shape::Earlier(from, to) => {
            band(sheet, from, to);
            sheet.stroke(page, [across(to), y - radius], [across(to), y + radius], ink, 1.2, false);
        }
    }
}
