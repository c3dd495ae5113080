//! Lists, charges with their answers, and differences with their sides.

use super::frame::Cell;
use super::looks::{self, BODY, HEADING, LABEL, LEADING, PLAIN, QUIET, TAG};
use super::sheet::{LEFT, MEASURE, Sheet};
use super::text::Text;
use crate::dossier::{Difference, Line, Pair};
use crate::words::capital;
use pdf_writer::types::StructRole;

/// Where the text of a list hangs.
const HANG: f32 = 11.0;

pub(super) fn list(sheet: &mut Sheet, crisis: usize, heading: Option<&str>, lines: &[Line]) {
    if let Some(heading) = heading {
        sheet.heading(&Text::of(HEADING, heading));
    }
    sheet.within(StructRole::L, |sheet| {
        for line in lines {
            sheet.signed(&Text::of(QUIET, "–"), &looks::text(crisis, line, BODY), 0.0, HANG);
            sheet.gap(2.2);
        }
    });
}

/// A charge, and the answers moved in under it.
pub(super) fn pair(sheet: &mut Sheet, crisis: usize, pair: &Pair) {
    sheet.within(StructRole::L, |sheet| {
        sheet.signed(&Text::of(QUIET, "–"), &looks::text(crisis, &pair.charge, BODY), 0.0, HANG);
        for answer in &pair.answers {
            let kind =
                answer.kind.map_or(Text::new(), |kind| Text::of(TAG, &kind.to_uppercase()).add(PLAIN, "  "));
            let text = kind.then(looks::text(crisis, &answer.line, BODY));
            sheet.signed(&Text::of(QUIET, "→"), &text, HANG, 14.0);
        }
    });
    sheet.gap(5.0);
}

/// Sides that stand next to each other; more of them stand under each other.
const ASIDE: usize = 3;

pub(super) fn difference(sheet: &mut Sheet, crisis: usize, one: &Difference) {
    let topic = Text::of(HEADING, &one.topic).add(HEADING, "  ").add(TAG, &one.kind_words.to_uppercase());
    sheet.heading(&topic);
    let across = if one.sides.len() <= ASIDE { one.sides.len().max(1) } else { 1 };
    let room = MEASURE / looks::small(across);
    sheet.within(StructRole::Table, |sheet| {
        for sides in one.sides.chunks(across) {
            let cells = sides.iter().enumerate().map(|(at, side)| {
                Cell::of(looks::small(at) * room + 8.0, room - 20.0, looks::text(crisis, &side.line, BODY))
            });
            let cells: Vec<Cell> = cells.collect();
            let (page, y) = sheet.row(cells, LEADING);
            // A line beside each side, as far as the row reaches on the page that it begins on.
            if page == sheet.page() {
                for at in 0..sides.len() {
                    let x = LEFT + looks::small(at) * room;
                    sheet.bar(page, [x, y + 1.0, 1.4, sheet.y - y - 2.0], looks::RULE);
                }
            }
            sheet.gap(3.0);
        }
    });
    let remark = one.remark.as_ref().map(|r| format!(": {r}")).unwrap_or_default();
    let verdict = Text::of(LABEL, &capital(one.verdict_words)).add(PLAIN, &remark);
    sheet.paragraph(StructRole::P, &verdict, 0.0, LEADING);
}
