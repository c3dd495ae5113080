//! A dossier to text for a terminal: fits the width, colour only where asked, pages well.
//!
//! # How
//! 1. `looks` gives each run its look; `lay` wraps, indents and sets columns.
//! 2. The blocks are laid one under the other; tables become lists where the width does not hold them.
//! 3. A list of the reports ends it: the numbers in citations count that list.
//!
//! # Does not
//! Ask the terminal for its width or for colour; the caller knows. Print more than eight citations
//! behind a line: the rest are counted, and stand in the other formats.

mod blocks;
mod lay;
mod looks;

use crate::dossier::{Citation, Dossier, Line, ReportCard};
use crate::words::{count, number};
use lay::{Laid, Piece, Text, indent, paint};
use looks::{HEADING, PLAIN, QUIET, STRONG, TITLE, VERBATIM};

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Cells of a line. Below 20, 20 is taken.
    pub width: usize,
    /// Print colours and other looks as ANSI escapes.
    pub colour: bool,
    /// Print the cited sentences under the reports, so that the page opens them all.
    pub sentences: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { width: 80, colour: false, sentences: false }
    }
}

/// The narrowest width that is laid out.
const NARROWEST: usize = 20;

/// Lines that run over the whole of a wide terminal are hard to read; text stops here.
const WIDEST: usize = 120;

/// Prints one dossier.
pub fn render(dossier: &Dossier, options: Options) -> String {
    let width = options.width.clamp(NARROWEST, WIDEST);
    let mut page = Page { width, lines: Vec::new() };
    head(&mut page, dossier);
    for section in &dossier.sections {
        page.heading(section.heading);
        if let Some(board) = section.board() {
            blocks::board(&mut page, &board);
        }
        for (at, block) in section.blocks.iter().enumerate() {
            blocks::print(&mut page, block, at == 0);
        }
    }
    reports(&mut page, dossier, options.sentences);
    paint(&page.lines, options.colour)
}

/// The page in the making.
struct Page {
    width: usize,
    lines: Vec<Laid>,
}

impl Page {
    /// A text behind blanks.
    fn text(&mut self, cells: usize, text: &Text) {
        let room = self.width.saturating_sub(cells).max(1);
        self.lines.extend(text.wrap(room).into_iter().map(|line| indent(cells, line)));
    }

    /// A text behind a sign: the sign stands at `cells`, the text hangs behind it; a sign that leaves
    /// no room stands above its text.
    fn signed(&mut self, cells: usize, sign: &Text, text: &Text) {
        let wide = sign.width() + 1;
        let room = self.width.saturating_sub(cells + wide);
        if room < NARROWEST / 4 {
            self.text(cells, sign);
            self.text(cells, text);
            return;
        }
        for (at, line) in text.wrap(room).into_iter().enumerate() {
            let lead = if at == 0 { sign.clone().add(PLAIN, " ").0 } else { vec![lay::blank(wide)] };
            self.lines.push(indent(cells, lead.into_iter().chain(line).collect()));
        }
    }

    fn gap(&mut self) {
        if self.lines.last().is_some_and(|l| !l.is_empty()) {
            self.lines.push(Laid::new());
        }
    }

    fn heading(&mut self, words: &str) {
        self.gap();
        self.text(0, &Text::of(HEADING, &words.to_uppercase()));
        self.rule();
    }

    fn rule(&mut self) {
        self.lines.push(vec![Piece { text: "─".repeat(self.width), look: QUIET }]);
    }
}

fn head(page: &mut Page, dossier: &Dossier) {
    page.text(0, &Text::of(TITLE, &dossier.title));
    let reports = count(dossier.reports.len(), "report");
    let about = format!("{} · {reports} · policy {}", dossier.dates, dossier.policy.name());
    page.text(0, &Text::of(QUIET, &about));
    page.gap();
    for line in &dossier.summary {
        page.text(0, &looks::text(line));
    }
}

fn reports(page: &mut Page, dossier: &Dossier, sentences: bool) {
    page.heading("Reports");
    page.text(0, &Text::of(QUIET, "[2.9] is sentence 9 of report 2; “headline” its own headline; “link” the headline of a linked report, weak evidence."));
    page.gap();
    let digits = dossier.reports.len().to_string().len();
    for report in &dossier.reports {
        let sign = Text::of(QUIET, &format!("[{:>digits$}]", report.number));
        let hang = digits + 3;
        page.signed(0, &sign, &byline(report));
        if let Some(title) = &report.title {
            page.text(hang, &Text::of(VERBATIM, &format!("“{title}”")));
        }
        page.text(hang, &Text::of(QUIET, &report.path));
        if sentences {
            cited(page, dossier, report.number, hang);
        }
    }
}

fn byline(report: &ReportCard) -> Text {
    let copy = report.copy_of.map(|n| format!(" · same text as [{n}]")).unwrap_or_default();
    let about = format!(", {} · {} words{copy}", report.dated, number(report.words as u64));
    Text::of(STRONG, report.outlet_or_unnamed()).add(PLAIN, &about)
}

/// The cited sentences of one report, each once.
fn cited(page: &mut Page, dossier: &Dossier, report: usize, hang: usize) {
    let mut found: Vec<&Citation> =
        dossier.lines().flat_map(Line::citations).filter(|c| c.report == report).collect();
    found.sort();
    found.dedup_by_key(|c| c.sentence);
    for citation in found {
        let sign = Text::of(QUIET, &citation.label());
        page.signed(hang, &sign, &Text::of(PLAIN, &citation.quote));
    }
    page.gap();
}
