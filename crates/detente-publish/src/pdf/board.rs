//! The mediation board: who answered what at a glance, then each track with its steps in order.

use super::course::sign;
use super::frame::Cell;
use super::looks::{
    self, BODY, GREEN, HEADING, LABEL, LEADING, MEASURE_OF_DATES, PLAIN, QUIET, SMALL, STRONG, TAG,
};
use super::sheet::{LEFT, MEASURE, Sheet};
use super::text::Text;
use crate::dossier::{AnswerCell, Board, Footing, Step, Track};
use pdf_writer::types::StructRole;

/// The widths of the columns that every board has.
const MEDIATORS: f32 = 112.0;
const STATE: f32 = 92.0;

/// Parties that stand side by side; more are set in a board below.
const ACROSS: usize = 4;

/// All tracks side by side; an empty cell says so.
pub(super) fn matrix(sheet: &mut Sheet, crisis: usize, board: &Board<'_>) {
    for first in (0..board.parties.len()).step_by(ACROSS) {
        let parties = first..board.parties.len().min(first + ACROSS);
        let room = (MEASURE - MEDIATORS - STATE) / looks::small(parties.len());
        let place = |at: usize| MEDIATORS + STATE + looks::small(at) * room;
        sheet.need(60.0);
        sheet.within(StructRole::Table, |sheet| {
            let mut heads = vec![
                Cell::head(0.0, MEDIATORS - 8.0, Text::of(TAG, "MEDIATORS")),
                Cell::head(MEDIATORS, STATE - 8.0, Text::of(TAG, "STATE")),
            ];
            let names = board.parties[parties.clone()].iter().enumerate();
            heads.extend(
                names.map(|(at, party)| {
                    Cell::head(place(at), room - 8.0, Text::of(TAG, &party.to_uppercase()))
                }),
            );
            sheet.row(heads, 10.0);
            sheet.hairline();
            for (track, cells) in &board.rows {
                let mut row = vec![
                    Cell::head(0.0, MEDIATORS - 8.0, Text::of(STRONG, &track.mediators)),
                    Cell::of(MEDIATORS, STATE - 8.0, state(track)),
                ];
                let answers = cells[parties.clone()].iter().enumerate();
                row.extend(answers.map(|(at, cell)| Cell::of(place(at), room - 8.0, answer(crisis, *cell))));
                sheet.row(row, LEADING);
                sheet.hairline();
            }
        });
        sheet.gap(6.0);
    }
}

fn state(track: &Track) -> Text {
    let text = Text::of(LABEL, track.state_words);
    if track.weak { text.add(SMALL, " from a linked headline only") } else { text }
}

fn answer(crisis: usize, cell: Option<&AnswerCell>) -> Text {
    match cell.map(|cell| (cell, cell.answer)) {
        None => Text::of(QUIET, "–"),
        Some((_, None)) => Text::of(QUIET, "not reported"),
        Some((cell, Some(words))) => {
            Text::of(PLAIN, words).then(looks::citations(crisis, cell.line.citations()))
        }
    }
}

/// One track: its steps, what each party answered, venues and rounds.
pub(super) fn track(sheet: &mut Sheet, crisis: usize, track: &Track) {
    sheet.heading(&Text::of(HEADING, &track.mediators).add(HEADING, "  ").then(state(track)));
    if !track.parties.is_empty() {
        let between = Text::of(QUIET, &format!("Between {}", track.parties));
        sheet.paragraph(StructRole::P, &between, 0.0, LEADING);
        sheet.gap(2.0);
    }
    sheet.within(StructRole::Table, |sheet| {
        for one in &track.steps {
            step(sheet, crisis, one);
        }
        for cell in &track.answers {
            answered(sheet, crisis, cell);
        }
    });
    if let Some(extent) = &track.extent {
        sheet.paragraph(StructRole::P, &looks::text(crisis, extent, BODY), 0.0, LEADING);
    }
}

fn step(sheet: &mut Sheet, crisis: usize, step: &Step) {
    let hang = MEASURE_OF_DATES + 14.0;
    let cells = vec![
        Cell::head(0.0, MEASURE_OF_DATES - 6.0, Text::of(QUIET, &step.date)),
        Cell::of(hang, MEASURE - hang, looks::text(crisis, &step.line, BODY)),
    ];
    let (page, y) = sheet.row(cells, LEADING);
    let footing = match (step.weak, step.done) {
        (true, _) => Footing::Weak,
        (false, true) => Footing::Told,
        (false, false) => Footing::NotDone,
    };
    sign(sheet, page, [LEFT + MEASURE_OF_DATES + 4.0, y + LEADING * 0.52], footing, GREEN);
    sheet.hairline();
}

fn answered(sheet: &mut Sheet, crisis: usize, cell: &AnswerCell) {
    let hang = MEASURE_OF_DATES + 14.0;
    let text = match cell.answer {
        None => Text::of(QUIET, "not reported"),
        Some(words) => {
            let alone = if cell.single_origin { " one origin only" } else { "" };
            let text = Text::of(STRONG, words).add(SMALL, alone);
            text.then(looks::citations(crisis, cell.line.citations()))
        }
    };
    let party = Text::of(QUIET, "Answer of ").add(STRONG, &cell.party);
    sheet.row(vec![Cell::head(0.0, hang - 10.0, party), Cell::of(hang, MEASURE - hang, text)], LEADING);
    sheet.hairline();
}
