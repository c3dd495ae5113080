//! The end of a dossier: its reports, and under each the sentences that are cited, with the way back to where they are.

use super::frame::Cell;
use super::looks::{self, HEADING, LEADING, QUIET, SMALL, SMALL_LINK, STRONG, VERBATIM};
use super::sheet::{Goal, MEASURE, Sheet};
use super::text::Text;
use crate::dossier::{Citation, Dossier, Line, ReportCard};
use crate::words::number;
use pdf_writer::types::StructRole;
use std::collections::BTreeMap;

pub(super) const TITLE: &str = "Reports and cited sentences";

/// The width of the numbers of sentences.
const NUMBERS: f32 = 48.0;

pub(super) fn sentences(sheet: &mut Sheet, crisis: usize, level: usize, dossier: &Dossier) {
    let mut cited: BTreeMap<usize, BTreeMap<usize, &Citation>> = BTreeMap::new();
    for citation in dossier.lines().flat_map(Line::citations) {
        cited.entry(citation.report).or_default().entry(citation.sentence).or_insert(citation);
    }
    sheet.head(&dossier.title, TITLE);
    sheet.begin_section(120.0);
    sheet.bookmark(level, TITLE, Goal::Sentences(crisis));
    sheet.within(StructRole::Sect, |sheet| {
        sheet.section(TITLE);
        let key = "[2.9] is sentence 9 of report 2. “Headline” marks a report’s own headline, “link” the headline of a \
                   linked report, which is weak evidence. The pages behind a sentence are those that cite it.";
        sheet.paragraph(StructRole::P, &Text::of(SMALL, key), 0.0, 11.4);
        for one in &dossier.reports {
            report(sheet, crisis, level + 1, one, cited.get(&one.number));
        }
        if sheet.boxed {
            let note = "An empty box stands for a letter that the fonts of this file lack. The letter itself is in the text: it \
                        can be searched and copied.";
            sheet.gap(8.0);
            sheet.paragraph(StructRole::P, &Text::of(SMALL, note), 0.0, 11.4);
        }
    });
}

fn report(
    sheet: &mut Sheet,
    crisis: usize,
    level: usize,
    report: &ReportCard,
    cited: Option<&BTreeMap<usize, &Citation>>,
) {
    let name = format!("{}. {}", report.number, report.outlet_or_unnamed());
    sheet.gap(4.0);
    sheet.need(78.0);
    sheet.bookmark(level, &name, Goal::Report(crisis, report.number));
    sheet.heading(&Text::of(HEADING, &name).add(QUIET, &format!(", {}", report.dated)));
    if let Some(title) = &report.title {
        sheet.paragraph(StructRole::P, &Text::of(VERBATIM, title), 0.0, LEADING);
    }
    let about = format!("{} words · {}", number(report.words as u64), report.path);
    let mut about = Text::of(SMALL, &about);
    if let Some(copy) = report.copy_of {
        about = about.add(SMALL, " · same text as ");
        about = about.link(SMALL_LINK, &format!("report {copy}"), Goal::Report(crisis, copy));
    }
    sheet.paragraph(StructRole::P, &about, 0.0, 11.4);
    sheet.gap(3.0);
    sheet.within(StructRole::Table, |sheet| {
        for citation in cited.into_iter().flat_map(BTreeMap::values) {
            sentence(sheet, crisis, citation);
        }
    });
}

fn sentence(sheet: &mut Sheet, crisis: usize, citation: &Citation) {
    let goal = Goal::Sentence(crisis, citation.report, citation.sentence);
    let mut label = Text::of(STRONG, &citation.number());
    if let Some(mark) = citation.tier_mark() {
        label = label.add(SMALL, &format!(" {mark}"));
    }
    let mut text = Text::of(VERBATIM, &citation.quote);
    let back = sheet.cited.get(&goal).cloned().unwrap_or_default();
    for (at, (page, y)) in back.into_iter().enumerate() {
        text = text.add(SMALL, if at == 0 { "  p.\u{a0}" } else { ", " });
        text = text.link(SMALL_LINK, &(page + 1).to_string(), Goal::Spot(page, looks::whole(y)));
    }
    let cells = vec![Cell::head(0.0, NUMBERS - 4.0, label), Cell::of(NUMBERS, MEASURE - NUMBERS, text)];
    let (page, y) = sheet.row(cells, LEADING);
    sheet.goals.entry(goal).or_insert((page, y));
    sheet.gap(2.4);
}
