//! The mediation board: who answered what at a glance, then each track as lanes with its steps in order.

use super::lines::{Place, cites, inline, paragraph};
use crate::dossier::{AnswerCell, Board, Step, Taker, Track};
use maud::{Markup, html};

/// All tracks side by side; an empty cell says so.
pub(super) fn matrix(place: Place, board: &Board<'_>) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="Answers by party" {
            table class="matrix" {
                thead { tr {
                    th scope="col" { "Mediators" }
                    th scope="col" { "State" }
                    @for party in &board.parties { th scope="col" { (party) } }
                } }
                tbody {
                    @for (track, cells) in &board.rows {
                        tr {
                            th scope="row" { (track.mediators) }
                            td { (state(track)) }
                            @for cell in cells { (answer(place, *cell)) }
                        }
                    }
                }
            }
        }
    }
}

fn state(track: &Track) -> Markup {
    html! {
        span class="state" { (track.state_words) }
        @if track.weak { span class="quiet" { " from a linked headline only" } }
    }
}

fn answer(place: Place, cell: Option<&AnswerCell>) -> Markup {
    match cell {
        None => html! { td class="quiet" { "–" } },
        Some(cell) => match cell.answer {
            None => html! { td class="missing" { "not reported" } },
            Some(words) => html! { td class="line" { (words) (cites(place, cell.line.citations())) } },
        },
    }
}

/// The most columns of one stave: as many as fit beside the desk on an ordinary screen.
const STAVE: usize = 4;

/// One track: a lane for the mediators and one for each party, steps as cards in the lane of who took
/// them, the parties' answers at the end. Long tracks run over several staves, as music does, so that
/// nothing hides behind a border.
pub(super) fn track(place: Place, track: &Track) -> Markup {
    let answers = (!track.answers.is_empty()).then_some(Column::Answers);
    let columns: Vec<Column<'_>> = track.steps.iter().map(Column::Step).chain(answers).collect();
    html! {
        div class="track" {
            h3 { (track.mediators) " " (state(track)) }
            @if !track.parties.is_empty() { p class="quiet" { "Between " (track.parties) } }
            @for columns in columns.chunks(STAVE) { (stave(place, track, columns)) }
            @if let Some(extent) = &track.extent { (paragraph(place, extent)) }
        }
    }
}

/// What stands in one column.
#[derive(Clone, Copy)]
enum Column<'a> {
    Step(&'a Step),
    Answers,
}

fn stave(place: Place, track: &Track, columns: &[Column<'_>]) -> Markup {
    let style = format!("--steps:{};--lanes:{}", columns.len(), track.answers.len() + 1);
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(format!("Steps, {}", track.mediators)) {
            div class="lanes" style=(style) {
                (lane_heads(track))
                ol class="steps" {
                    @for (at, column) in columns.iter().enumerate() {
                        @match column {
                            Column::Step(one) => (step(place, track, at + 2, one)),
                            Column::Answers => (answers(place, track, at + 2)),
                        }
                    }
                }
            }
        }
    }
}

fn lane_heads(track: &Track) -> Markup {
    html! {
        div class="lane mediators" style="grid-row:1" aria-hidden="true" { span { (track.mediators) } }
        @for (at, answer) in track.answers.iter().enumerate() {
            div class="lane" style=(format!("grid-row:{}", at + 2)) aria-hidden="true" { span { (answer.party) } }
        }
    }
}

/// One step, in the rows of those who took it.
fn step(place: Place, track: &Track, column: usize, step: &Step) -> Markup {
    let all = track.answers.len() + 2;
    let (first, end) = match &step.taker {
        Taker::Mediators => (1, 2),
        Taker::Parties(rows) => {
            (rows.iter().min().map_or(1, |r| r + 2), rows.iter().max().map_or(all, |r| r + 3))
        }
        Taker::All => (1, all),
    };
    let class = match (step.weak, step.done) {
        (true, _) => "step line weak",
        (false, true) => "step line",
        (false, false) => "step line undone",
    };
    html! {
        li class=(class) style=(format!("grid-column:{column};grid-row:{first}/{end}")) {
            span class="date" { (step.date) }
            b { (step.name) }
            span class="told" { (inline(place, &step.line)) }
        }
    }
}

/// What each party answered, at the end of its lane.
fn answers(place: Place, track: &Track, column: usize) -> Markup {
    html! {
        @for (at, cell) in track.answers.iter().enumerate() {
            @let style = format!("grid-column:{column};grid-row:{}", at + 2);
            @match cell.answer {
                Some(words) => {
                    li class="end line" style=(style) {
                        span class="date" { "Answer of " (cell.party) }
                        b { (words) }
                        @if cell.single_origin { span class="quiet" { "one origin only" } }
                        (cites(place, cell.line.citations()))
                    }
                }
                None => {
                    li class="end missing" style=(style) { span class="date" { "Answer of " (cell.party) } "not reported" }
                }
            }
        }
    }
}
