//! Dossiers to one PDF file, to print, to hand on and to file.
//!
//! It says what the other formats say. Each citation leads to its sentence, which stands with outlet, date and number at
//! the end of its dossier, and leads back to the pages that cite it. The file holds its fonts, its text can be searched and
//! copied, and its parts are named for readers who hear it.
//!
//! # How
//! 1. `looks` gives runs their looks, `text` breaks them into lines with the measures of `face`.
//! 2. `sheet` is the pages in the making; `frame` sets paragraphs, rows and shapes on it. `course`, `counts` and `board`
//!    draw as the page in the browser does; `lists` sets the rest; `sentences` ends each dossier.
//! 3. `file` writes pages, fonts, links, bookmarks and elements, and `packing` makes a file of them. No clock and no chance
//!    is in it.
//!
//! # Does not
//! Set letters that are joined or read from right to left: what the fonts lack is shown as a box, one a letter, and is in
//! the text as it was. Hyphenate. Open anything outside the file.

mod board;
mod counts;
mod course;
mod face;
mod file;
mod frame;
mod lists;
mod looks;
mod packing;
mod sentences;
mod sheet;
mod text;

use crate::dossier::{Block, Dossier, Section};
use crate::words::count;
use face::Face;
use looks::{BRAND, INK, KICKER, QUIET, QUIET_INK, RULE, SUMMARY, TITLE};
use pdf_writer::types::StructRole;
use sheet::{BOTTOM, Goal, LEFT, MEASURE, RIGHT, Sheet};
use text::{Look, Text};

/// Prints dossiers as one file, with an index in front when there are several.
pub fn render(dossiers: &[Dossier]) -> Vec<u8> {
    let mut sheet = Sheet::new();
    let title = match dossiers {
        [] => "No crisis was found".to_string(),
        [one] => one.title.clone(),
        many => count(many.len(), "crisis dossier"),
    };
    if dossiers.len() != 1 {
        front(&mut sheet, &title, dossiers);
    }
    for (at, one) in dossiers.iter().enumerate() {
        crisis(&mut sheet, at, one, dossiers.len() > 1);
    }
    numbers(&mut sheet);
    heads_and_feet(&mut sheet);
    file::write(&sheet, &title)
}

/// The first page of a file of several dossiers, or of none.
fn front(sheet: &mut Sheet, title: &str, dossiers: &[Dossier]) {
    sheet.new_page();
    masthead(sheet);
    sheet.paragraph(StructRole::H1, &Text::of(TITLE, title), 0.0, 31.0);
    sheet.gap(8.0);
    if dossiers.is_empty() {
        sheet.paragraph(
            StructRole::P,
            &Text::of(QUIET, "The reports tell of no crisis."),
            0.0,
            looks::LEADING,
        );
    }
    sheet.within(StructRole::TOC, |sheet| {
        for (at, one) in dossiers.iter().enumerate() {
            let about = format!("   {} · {}", one.dates, count(one.reports.len(), "report"));
            let text = Text::new().link(looks::HEADING, &one.title, Goal::Crisis(at)).add(KICKER, &about);
            sheet.entry(&text, Goal::Crisis(at), 0.0, MEASURE, 15.0);
            sheet.hairline();
        }
    });
}

fn masthead(sheet: &mut Sheet) {
    sheet.rule(INK, 2.2);
    let (page, y) = (sheet.page(), sheet.y);
    sheet.caption(page, BRAND, "DETENTE", LEFT, y + 14.0, 0.0);
    const WORDS: Look = Look::new(Face::Sans, 8.0, QUIET_INK);
    sheet.caption(page, WORDS, "Every line with the sentence that it was read from", RIGHT, y + 14.0, 1.0);
    sheet.y += 20.0;
    sheet.rule(RULE, 0.5);
    sheet.y += 20.0;
}

/// One dossier, from a new page on.
fn crisis(sheet: &mut Sheet, at: usize, dossier: &Dossier, several: bool) {
    sheet.head("", "");
    sheet.new_page();
    sheet.mark(Goal::Crisis(at));
    if several {
        sheet.bookmark(0, &dossier.title, Goal::Crisis(at));
    }
    masthead(sheet);
    let about = format!(
        "{} · {} · policy {}",
        dossier.dates,
        count(dossier.reports.len(), "report"),
        dossier.policy.name()
    );
    sheet.paragraph(StructRole::P, &Text::of(KICKER, &about), 0.0, 13.0);
    sheet.y += 3.0;
    sheet.head(&dossier.title, "");
    sheet.paragraph(StructRole::H1, &Text::of(TITLE, &dossier.title), 0.0, 31.0);
    sheet.y += 9.0;
    for line in &dossier.summary {
        sheet.paragraph(StructRole::P, &looks::text(at, line, SUMMARY), 0.0, 15.4);
        sheet.gap(5.0);
    }
    contents(sheet, at, dossier);
    let level = usize::from(several);
    for one in &dossier.sections {
        section(sheet, at, level, &dossier.title, one);
    }
    sentences::sentences(sheet, at, level, dossier);
}

/// The sections and their pages, in two columns.
fn contents(sheet: &mut Sheet, crisis: usize, dossier: &Dossier) {
    const ENTRY: f32 = 14.0;
    let sections = dossier.sections.iter().map(|s| (s.heading, Goal::Section(crisis, s.part)));
    let all: Vec<(&str, Goal)> = sections.chain([(sentences::TITLE, Goal::Sentences(crisis))]).collect();
    let rows = all.len().div_ceil(2);
    sheet.gap(8.0);
    sheet.need(looks::small(rows) * ENTRY + 14.0);
    sheet.rule(RULE, 0.5);
    sheet.y += 5.0;
    let top = sheet.y;
    let width = (MEASURE - 28.0) / 2.0;
    sheet.within(StructRole::TOC, |sheet| {
        for (at, (heading, goal)) in all.iter().enumerate() {
            sheet.y = top + looks::small(at % rows) * ENTRY;
            let x = if at < rows { 0.0 } else { width + 28.0 };
            let text = Text::new().link(looks::SMALL_LINK, heading, *goal);
            sheet.entry(&text, *goal, x, width, ENTRY);
        }
    });
    sheet.y = top + looks::small(rows) * ENTRY + 5.0;
    sheet.rule(RULE, 0.5);
}

fn section(sheet: &mut Sheet, crisis: usize, level: usize, title: &str, section: &Section) {
    sheet.head(title, section.heading);
    let first = match section.blocks.first() {
        Some(Block::Moments(moments)) => course::room(moments),
        Some(Block::Tally(tally)) => counts::room(tally),
        _ => 0.0,
    };
    sheet.begin_section(first);
    sheet.bookmark(level, section.heading, Goal::Section(crisis, section.part));
    sheet.within(StructRole::Sect, |sheet| {
        sheet.section(section.heading);
        if let Some(all) = section.board() {
            board::matrix(sheet, crisis, &all);
        }
        for one in &section.blocks {
            block(sheet, crisis, one);
        }
    });
}

fn block(sheet: &mut Sheet, crisis: usize, block: &Block) {
    match block {
        Block::Lines { heading, lines } => lists::list(sheet, crisis, heading.as_deref(), lines),
        Block::Moments(moments) => course::course(sheet, crisis, moments),
        Block::Tally(tally) => counts::tally(sheet, crisis, tally),
        Block::Track(track) => board::track(sheet, crisis, track),
        Block::Pair(pair) => lists::pair(sheet, crisis, pair),
        Block::Difference(one) => lists::difference(sheet, crisis, one),
    }
}

/// The numbers of pages in lists of contents, now that it is known where everything stands.
fn numbers(sheet: &mut Sheet) {
    for later in std::mem::take(&mut sheet.later) {
        let Some((page, _)) = sheet.goals.get(&later.goal).copied() else { continue };
        let words = (page + 1).to_string();
        let x = later.right - looks::SMALL_LINK.width(&words);
        let line = Text::new().link(looks::SMALL_LINK, &words, later.goal).lay(MEASURE);
        sheet.line(later.page, &line[0], x, later.base, later.element);
    }
}

/// What every page says at its head and foot.
fn heads_and_feet(sheet: &mut Sheet) {
    const WORDS: Look = Look::new(Face::Sans, 7.6, QUIET_INK);
    const STRONG: Look = Look::new(Face::SansBold, 7.6, QUIET_INK);
    let all = sheet.pages.len();
    for page in 0..all {
        let (title, section) = sheet.pages[page].head.clone();
        if !title.is_empty() {
            sheet.caption(page, STRONG, &WORDS.fit(&title, MEASURE * 0.55), LEFT, 42.0, 0.0);
            sheet.caption(page, WORDS, &WORDS.fit(&section, MEASURE * 0.4), RIGHT, 42.0, 1.0);
            sheet.stroke(page, [LEFT, 48.0], [RIGHT, 48.0], RULE, 0.5, false);
        }
        let base = BOTTOM + 28.0;
        sheet.stroke(page, [LEFT, base - 11.0], [RIGHT, base - 11.0], RULE, 0.5, false);
        sheet.caption(page, WORDS, "[2.9] is sentence 9 of report 2, quoted at the end", LEFT, base, 0.0);
        sheet.caption(page, STRONG, &format!("{} / {all}", page + 1), RIGHT, base, 1.0);
    }
}
