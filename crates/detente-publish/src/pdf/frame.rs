//! Paragraphs, headings, rows and shapes on a sheet, with page breaks where they fall.

use super::looks::{self, INK, LEADING, RULE, small};
use super::sheet::{Goal, HEIGHT, LEFT, Later, MEASURE, RIGHT, Sheet, round};
use super::text::{Ink, Laid, Look, Piece, Text};
use pdf_writer::types::StructRole;

/// What is no higher than this is not torn apart by the end of a page.
const KEPT: f32 = 150.0;

/// Where in a line the letters stand, as a part of its height.
const BASE: f32 = 0.745;

/// A column of text: where it stands, and what element it is.
pub(super) struct Column {
    x: f32,
    leading: f32,
    lines: Vec<Laid>,
    element: usize,
}

impl Column {
    fn height(&self) -> f32 {
        small(self.lines.len()) * self.leading
    }
}

/// A cell of a table.
pub(super) struct Cell {
    x: f32,
    width: f32,
    text: Text,
    role: StructRole,
}

impl Cell {
    /// A cell with facts; `x` counts from the left margin.
    pub(super) fn of(x: f32, width: f32, text: Text) -> Cell {
        Cell { x, width, text, role: StructRole::TD }
    }

    /// A cell that heads a row or a column.
    pub(super) fn head(x: f32, width: f32, text: Text) -> Cell {
        Cell { x, width, text, role: StructRole::TH }
    }
}

impl Sheet {
    /// Columns side by side; what does not fit goes on on the next page.
    /// Gives the page and the height at which they begin.
    pub(super) fn columns(&mut self, columns: &[Column]) -> (usize, f32) {
        let height = columns.iter().map(Column::height).fold(0.0, f32::max);
        if height > self.room() && height <= KEPT {
            self.new_page();
        }
        let begin = columns.iter().map(|c| c.leading).fold(0.0, f32::max);
        self.need(begin);
        let start = (self.page(), self.y);
        let mut done = vec![0; columns.len()];
        loop {
            let page = self.page();
            let mut used: f32 = 0.0;
            for (column, done) in columns.iter().zip(&mut done) {
                let mut drawn = 0;
                while *done < column.lines.len() && small(drawn + 1) * column.leading <= self.room() + 0.01 {
                    let base = self.y + (small(drawn) + BASE) * column.leading;
                    self.line(page, &column.lines[*done], column.x, base, column.element);
                    *done += 1;
                    drawn += 1;
                }
                used = used.max(small(drawn) * column.leading);
            }
            self.y += used;
            if columns.iter().zip(&done).all(|(column, done)| *done == column.lines.len()) {
                return start;
            }
            self.new_page();
        }
    }

    /// A paragraph between the margins, moved in from the left.
    pub(super) fn paragraph(&mut self, role: StructRole, text: &Text, indent: f32, leading: f32) {
        self.text_at(role, text, indent, MEASURE - indent, leading);
    }

    /// A paragraph of a width.
    pub(super) fn text_at(&mut self, role: StructRole, text: &Text, x: f32, width: f32, leading: f32) {
        if text.is_empty() {
            return;
        }
        let element = self.element(role, self.here());
        self.columns(&[Column { x: LEFT + x, leading, lines: text.lay(width), element }]);
    }

    /// One line of a list, behind its sign.
    pub(super) fn signed(&mut self, sign: &Text, text: &Text, indent: f32, hang: f32) {
        let parent = self.element(StructRole::LI, self.here());
        let (label, body) = (self.element(StructRole::Lbl, parent), self.element(StructRole::LBody, parent));
        let (x, width) = (LEFT + indent, MEASURE - indent - hang);
        self.columns(&[
            Column { x, leading: LEADING, lines: sign.lay(hang), element: label },
            Column { x: x + hang, leading: LEADING, lines: text.lay(width), element: body },
        ]);
    }

    /// A row of a table.
    pub(super) fn row(&mut self, cells: Vec<Cell>, leading: f32) -> (usize, f32) {
        let parent = self.element(StructRole::TR, self.here());
        let columns: Vec<Column> = cells
            .into_iter()
            .map(|cell| Column {
                x: LEFT + cell.x,
                leading,
                lines: if cell.text.is_empty() { Vec::new() } else { cell.text.lay(cell.width) },
                element: self.element(cell.role, parent),
            })
            .collect();
        self.columns(&columns)
    }

    /// The heading of a part of a section, kept on the page of what follows it.
    pub(super) fn heading(&mut self, text: &Text) {
        self.gap(9.0);
        self.need(64.0);
        self.paragraph(StructRole::H3, text, 0.0, 13.6);
        self.gap(2.0);
    }

    /// A line from margin to margin.
    pub(super) fn rule(&mut self, ink: Ink, thick: f32) {
        let (page, y) = (self.page(), self.y);
        self.bar(page, [LEFT, y - thick / 2.0, MEASURE, thick], ink);
    }

    /// A hairline under a row, with air above and below.
    pub(super) fn hairline(&mut self) {
        self.y += 2.4;
        if self.room() > 0.0 {
            self.rule(RULE, 0.5);
        }
        self.y += 2.4;
    }

    /// A full rectangle: left, top, width, height.
    pub(super) fn bar(&mut self, page: usize, [x, y, width, height]: [f32; 4], ink: Ink) {
        self.artifact(page, |sheet| {
            let content = &mut sheet.pages[page].content;
            let [r, g, b] = ink.map(|c| f32::from(c) / 255.0);
            content.set_fill_rgb(r, g, b);
            content.rect(round(x), round(HEIGHT - y - height), round(width), round(height)).fill_nonzero();
        });
    }

    /// A line between two points.
    pub(super) fn stroke(
        &mut self,
        page: usize,
        from: [f32; 2],
        to: [f32; 2],
        ink: Ink,
        thick: f32,
        dashed: bool,
    ) {
        self.artifact(page, |sheet| {
            let content = &mut sheet.pages[page].content;
            let [r, g, b] = ink.map(|c| f32::from(c) / 255.0);
            content.save_state().set_stroke_rgb(r, g, b).set_line_width(thick);
            if dashed {
                content.set_dash_pattern([1.6, 1.6], 0.0);
            }
            content.move_to(round(from[0]), round(HEIGHT - from[1]));
            content.line_to(round(to[0]), round(HEIGHT - to[1])).stroke().restore_state();
        });
    }

    /// A dot, full or hollow.
    pub(super) fn dot(&mut self, page: usize, [x, y]: [f32; 2], radius: f32, ink: Ink, full: bool) {
        // The handle's length with which four curves make a circle.
        let handle = radius * 0.5523;
        let (x, y) = (x, HEIGHT - y);
        self.artifact(page, |sheet| {
            let content = &mut sheet.pages[page].content;
            let [r, g, b] = ink.map(|c| f32::from(c) / 255.0);
            content.save_state().set_fill_rgb(r, g, b).set_stroke_rgb(r, g, b).set_line_width(0.9);
            content.move_to(round(x + radius), round(y));
            for (a, b) in [
                ((1.0, 0.0), (0.0, 1.0)),
                ((0.0, 1.0), (-1.0, 0.0)),
                ((-1.0, 0.0), (0.0, -1.0)),
                ((0.0, -1.0), (1.0, 0.0)),
            ] {
                let (from, to) = ((x + radius * a.0, y + radius * a.1), (x + radius * b.0, y + radius * b.1));
                content.cubic_to(
                    round(from.0 + handle * b.0),
                    round(from.1 + handle * b.1),
                    round(to.0 + handle * a.0),
                    round(to.1 + handle * a.1),
                    round(to.0),
                    round(to.1),
                );
            }
            if full {
                content.close_path().fill_nonzero_and_stroke();
            } else {
                content.close_and_stroke();
            }
            content.restore_state();
        });
    }

    /// Words of a drawing, or of the head or foot of a page: `share` of their width lies left of `x`.
    pub(super) fn caption(&mut self, page: usize, look: Look, words: &str, x: f32, base: f32, share: f32) {
        let words: String = Text::of(look, words)
            .lay(MEASURE)
            .into_iter()
            .next()
            .map_or_else(String::new, |line| line.pieces.iter().map(|p| p.words.as_str()).collect());
        let wide = look.width(&words);
        let x = (x - wide * share).min(RIGHT - wide).max(LEFT);
        self.ornament(page, &Piece { words, look, goal: None }, x, base);
    }

    /// One line of a list of contents; the number of its page is written when all is set.
    pub(super) fn entry(&mut self, text: &Text, goal: Goal, x: f32, width: f32, leading: f32) {
        let element = self.element(StructRole::TOCI, self.here());
        let lines = text.lay(width - 30.0);
        let (page, y) = self.columns(&[Column { x: LEFT + x, leading, lines, element }]);
        self.later.push(Later { goal, page, right: LEFT + x + width, base: y + BASE * leading, element });
    }

    /// Makes room for a section's heading and what it begins with.
    pub(super) fn begin_section(&mut self, first: f32) {
        self.gap(20.0);
        self.need(40.0 + first.max(70.0));
    }

    /// A section's heading under its rule.
    pub(super) fn section(&mut self, title: &str) {
        self.rule(INK, 1.1);
        self.y += 5.0;
        self.paragraph(StructRole::H2, &Text::of(looks::SECTION, title), 0.0, 20.0);
        self.y += 5.0;
    }
}
