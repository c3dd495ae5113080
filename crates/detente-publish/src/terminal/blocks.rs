//! The blocks of a section in a terminal.

use super::Page;
use super::lay::{Laid, Piece, Text, blank, columns, indent};
use super::looks::{self, LABEL, MISSING, PLAIN, QUIET, STRONG, VERBATIM};
use crate::dossier::{
    Block, Board, Difference, Footing, Line, Moment, Pair, Row, SideCard, Step, TallyBox, Track,
};
use crate::words::{capital, short};
use detente_types::Comparator;
use detente_types::tally::Interest;

/// Cells before everything inside a section.
const MARGIN: usize = 2;

/// From this width on, tables and sides stand next to each other.
const TABLES_FROM: usize = 64;

/// Prints one block. `first`: it follows its section's heading.
pub(super) fn print(page: &mut Page, block: &Block, first: bool) {
    let tight = matches!(block, Block::Pair(_));
    if !first && !tight {
        page.gap();
    }
    match block {
        Block::Lines { heading, lines } => list(page, heading.as_deref(), lines),
        Block::Moments(moments) => course(page, moments),
        Block::Tally(one) => tally(page, one),
        Block::Track(one) => track(page, one),
        Block::Pair(one) => pair(page, one),
        Block::Difference(one) => difference(page, one),
    }
}

fn list(page: &mut Page, heading: Option<&str>, lines: &[Line]) {
    if let Some(heading) = heading {
        page.text(MARGIN, &Text::of(STRONG, heading));
    }
    for line in lines {
        let sign = Text::of(QUIET, "•");
        page.signed(MARGIN, &sign, &looks::text(line));
    }
}

fn course(page: &mut Page, moments: &[Moment]) {
    if moments.first().is_some_and(|m| m.background) {
        page.text(MARGIN, &Text::of(STRONG, "Before it"));
    }
    let dates = moments.iter().map(|m| Text::of(PLAIN, &m.date).width()).max().unwrap_or(0).min(24);
    for moment in moments {
        dated(page, dates, moment);
    }
    key(page, moments);
}

/// One moment: date and sign before the text, or above it where the width does not hold both.
fn dated(page: &mut Page, dates: usize, moment: &Moment) {
    let sign = Text::of(looks::lane(moment.lane), looks::sign(moment.footing));
    if page.width < TABLES_FROM {
        page.signed(MARGIN, &sign, &Text::of(QUIET, &moment.date));
        page.text(MARGIN + 2, &looks::text(&moment.line));
        return;
    }
    let room = page.width.saturating_sub(MARGIN + dates + 2 + 2);
    let date = columns(&[(dates, Text::of(QUIET, &moment.date))], &blank(0));
    let words = looks::text(&moment.line).wrap(room);
    for at in 0..date.len().max(words.len()) {
        let mut line = date.get(at).cloned().unwrap_or_else(|| vec![blank(dates)]);
        line.push(blank(2));
        line.extend(if at == 0 { sign.0.clone() } else { vec![blank(1)] });
        line.push(blank(1));
        line.extend(words.get(at).cloned().unwrap_or_default());
        page.lines.push(indent(MARGIN, line));
    }
}

/// What the signs mean, as far as they were used.
fn key(page: &mut Page, moments: &[Moment]) {
    let used = |footings: &[Footing]| moments.iter().any(|m| footings.contains(&m.footing));
    let signs = [
        (used(&[Footing::Told]), "● told as done"),
        (used(&[Footing::Claimed, Footing::Contested]), "◐ claimed or contested"),
        (used(&[Footing::NotDone]), "○ not told as done"),
        (used(&[Footing::Weak]), "· from a linked headline"),
    ];
    let shown: Vec<&str> = signs.iter().filter(|(used, _)| *used).map(|(_, words)| *words).collect();
    if moments.iter().any(|m| m.footing != Footing::Told) {
        page.gap();
        page.text(MARGIN, &Text::of(QUIET, &shown.join("   ")));
    }
}

fn tally(page: &mut Page, tally: &TallyBox) {
    let total = if tally.total { ", running total" } else { "" };
    let head = Text::of(STRONG, &format!("{}: {}{total}", tally.counted, tally.side));
    page.text(MARGIN, &head);
    if let Some(occasion) = &tally.occasion {
        page.text(MARGIN, &looks::text(occasion));
    }
    let wide = page.width >= TABLES_FROM;
    let owners =
        tally.rows.iter().map(|r| Text::of(PLAIN, &r.claimant).width()).max().unwrap_or(0).clamp(8, 28);
    let numbers = tally.rows.iter().map(|r| Text::of(PLAIN, &short(r)).width()).max().unwrap_or(0);
    for row in &tally.rows {
        if wide {
            page.lines.extend(bar_row(page.width, owners, numbers, row, tally));
        } else {
            let text = Text::of(PLAIN, &capital(&row.claimant)).add(PLAIN, ": ").add(STRONG, &short(row));
            page.text(MARGIN + 2, &text.add(QUIET, &format!(", {}", row.said)));
        }
        let printed = Text::of(VERBATIM, &format!("“{}”", row.printed)).then(looks::citations(&row.line));
        page.text(MARGIN + 4, &printed);
    }
    for line in tally.range.iter().chain(&tally.choice) {
        page.text(MARGIN, &looks::text(line));
    }
}

/// Claimant, number, how it was said, and a bar from its least to its most.
fn bar_row(page: usize, owners: usize, numbers: usize, row: &Row, tally: &TallyBox) -> Vec<Laid> {
    const SAID: usize = 14;
    let taken = MARGIN + 2 + owners + 2 + numbers + 2 + SAID + 2;
    let room = page.saturating_sub(taken).min(40);
    let right = format!("{:>numbers$}", short(row));
    let cells = [
        (owners, Text::of(PLAIN, &capital(&row.claimant))),
        (numbers, Text::of(STRONG, &right)),
        (SAID, Text::of(QUIET, &row.said)),
        (room, bar(room, row, tally)),
    ];
    columns(&cells, &blank(2)).into_iter().map(|line| indent(MARGIN + 2, line)).collect()
}

/// A bar from zero: full up to the least, light up to the most, an arrow where the end is open. A
/// vague word has no number, so its bar is light from the start. One number alone needs no bar.
fn bar(room: usize, row: &Row, tally: &TallyBox) -> Text {
    let ends = |r: &Row| [r.low, r.value, r.high].into_iter().flatten().max();
    let most = tally.rows.iter().filter_map(ends).max().unwrap_or(0);
    let numbered = tally.rows.iter().filter(|r| ends(r).is_some()).count();
    if room < 8 || most == 0 || numbered < 2 {
        return Text::new();
    }
    let room = room - 1;
    let cells =
        |n: u64| usize::try_from(u128::from(n) * room as u128 / u128::from(most)).unwrap_or(room).max(1);
    let vague = row.comparator == Comparator::Vague;
    let full = if vague { 0 } else { row.low.or(row.value).map_or(0, cells) };
    let light = ends(row).map_or(0, cells).saturating_sub(full);
    let look = match row.interest {
        Interest::OwnSide => looks::OWN,
        Interest::Enemy => looks::OTHER,
        _ => PLAIN,
    };
    let text = Text::of(look, &"█".repeat(full)).add(look, &"░".repeat(light));
    let open = row.high.is_none() && row.low.is_some();
    if open { text.add(look, "▸") } else { text }
}

/// All tracks side by side, where the width holds one column a party; below, each track lists its answers.
pub(super) fn board(page: &mut Page, board: &Board<'_>) {
    let room = page.width.saturating_sub(MARGIN) / (board.parties.len() + 2);
    if page.width < TABLES_FROM || room < 15 {
        return;
    }
    let row = |cells: Vec<Text>| -> Vec<Laid> {
        let cells: Vec<(usize, Text)> = cells.into_iter().map(|text| (room - 2, text)).collect();
        columns(&cells, &blank(2)).into_iter().map(|line| indent(MARGIN, line)).collect()
    };
    let heads = ["Mediators", "State"].iter().chain(&board.parties).map(|head| Text::of(QUIET, head));
    page.lines.extend(row(heads.collect()));
    for (track, cells) in &board.rows {
        let weak = if track.weak { ", weak" } else { "" };
        let mut texts = vec![
            Text::of(STRONG, &track.mediators),
            Text::of(LABEL, &format!("{}{weak}", track.state_words)),
        ];
        texts.extend(cells.iter().map(|cell| match cell {
            None => Text::of(QUIET, "–"),
            Some(cell) => {
                cell.answer.map_or(Text::of(MISSING, "not reported"), |words| Text::of(PLAIN, words))
            }
        }));
        page.lines.extend(row(texts));
    }
    page.gap();
}

fn track(page: &mut Page, track: &Track) {
    let weak = if track.weak { ", from a linked headline only" } else { "" };
    let head = Text::of(STRONG, &track.mediators)
        .add(PLAIN, ": ")
        .add(LABEL, &format!("{}{weak}", track.state_words));
    page.text(MARGIN, &head);
    if !track.parties.is_empty() {
        page.text(MARGIN, &Text::of(QUIET, &format!("parties: {}", track.parties)));
    }
    let dates = track.steps.iter().map(|s| Text::of(PLAIN, &s.date).width()).max().unwrap_or(0).min(24);
    for step in &track.steps {
        one_step(page, dates, step);
    }
    if let Some(extent) = &track.extent {
        page.text(MARGIN, &looks::text(extent));
    }
    answers(page, track);
}

fn one_step(page: &mut Page, dates: usize, step: &Step) {
    let sign = match (step.weak, step.done) {
        (true, _) => "·",
        (false, true) => "●",
        (false, false) => "○",
    };
    let sign = Text::of(looks::lane(crate::dossier::Lane::Talks), sign);
    if page.width < TABLES_FROM {
        page.signed(MARGIN, &sign, &Text::of(QUIET, &step.date));
        page.text(MARGIN + 2, &looks::text(&step.line));
        return;
    }
    let room = page.width.saturating_sub(MARGIN + dates + 4);
    let cells = [(dates, Text::of(QUIET, &step.date)), (room, looks::text(&step.line))];
    for (at, line) in columns(&cells, &blank(2)).into_iter().enumerate() {
        // The sign stands between the columns, on the first line only.
        let lead = if at == 0 { sign.0.clone() } else { vec![blank(1)] };
        let split: Laid = lead.into_iter().chain([blank(1)]).chain(line).collect();
        page.lines.push(indent(MARGIN, split));
    }
}

/// One cell a party; a missing answer is a cell too.
fn answers(page: &mut Page, track: &Track) {
    if track.answers.is_empty() {
        return;
    }
    page.text(MARGIN, &Text::of(QUIET, "answers"));
    let names = track.answers.iter().map(|a| Text::of(PLAIN, &a.party).width()).max().unwrap_or(0);
    let names = names.min(page.width / 2);
    for answer in &track.answers {
        let words = match answer.answer {
            Some(words) => {
                let alone = if answer.single_origin { " (one origin only)" } else { "" };
                Text::of(STRONG, words).add(QUIET, alone).then(looks::citations(&answer.line))
            }
            None => Text::of(MISSING, "not reported"),
        };
        let room = page.width.saturating_sub(MARGIN + 2 + names + 2);
        let cells = [(names, Text::of(PLAIN, &answer.party)), (room, words)];
        page.lines.extend(columns(&cells, &blank(2)).into_iter().map(|line| indent(MARGIN + 2, line)));
    }
}

fn pair(page: &mut Page, pair: &Pair) {
    page.signed(MARGIN, &Text::of(QUIET, "▸"), &looks::text(&pair.charge));
    for answer in &pair.answers {
        page.signed(MARGIN + 2, &Text::of(QUIET, "↳"), &looks::text(&answer.line));
    }
}

fn difference(page: &mut Page, one: &Difference) {
    page.text(MARGIN, &Text::of(STRONG, &one.topic).add(QUIET, &format!(" ({})", one.kind_words)));
    let sides = one.sides.len();
    let room = page.width.saturating_sub(MARGIN + 2 + 3 * sides.saturating_sub(1)) / sides.max(1);
    if page.width >= TABLES_FROM && room >= 20 {
        let cells: Vec<(usize, Text)> = one.sides.iter().map(|s| (room, looks::text(&s.line))).collect();
        let gap = Piece { text: " │ ".to_string(), look: QUIET };
        page.lines.extend(columns(&cells, &gap).into_iter().map(|line| indent(MARGIN + 2, line)));
    } else {
        for (at, SideCard { line, .. }) in one.sides.iter().enumerate() {
            page.signed(MARGIN + 2, &Text::of(QUIET, if at == 0 { "│" } else { "┆" }), &looks::text(line));
        }
    }
    let remark = one.remark.as_ref().map(|r| format!(": {r}")).unwrap_or_default();
    page.text(MARGIN + 2, &Text::of(LABEL, &capital(one.verdict_words)).add(PLAIN, &remark));
}
