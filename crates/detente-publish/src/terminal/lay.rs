//! Styled words laid into lines of a fixed width.
//!
//! # How
//! 1. A [`Text`] is a list of pieces with looks; report text is made safe on entry (no control or
//!    direction characters reach a terminal).
//! 2. [`Text::wrap`] breaks it at blanks; a word that is wider than the line is broken between
//!    grapheme clusters. Widths are those of the terminal, not counts of characters.
//! 3. [`columns`] puts wrapped texts next to each other.
//! 4. [`paint`] turns lines into a string, with colour or without.

use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Words with one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) look: Style,
}

/// A run of pieces, not yet broken into lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text(pub(super) Vec<Piece>);

/// One line, no wider than it should be.
pub(super) type Laid = Vec<Piece>;

impl Text {
    pub(super) fn new() -> Text {
        Text::default()
    }

    /// Text with one look.
    pub(super) fn of(look: Style, text: &str) -> Text {
        Text::new().add(look, text)
    }

    /// Adds words.
    #[must_use]
    pub(super) fn add(mut self, look: Style, text: &str) -> Text {
        let text = safe(text);
        if !text.is_empty() {
            self.0.push(Piece { text, look });
        }
        self
    }

    /// Adds another text.
    #[must_use]
    pub(super) fn then(mut self, other: Text) -> Text {
        self.0.extend(other.0);
        self
    }

    /// How many cells it takes on one line.
    pub(super) fn width(&self) -> usize {
        self.0.iter().map(|p| p.text.width()).sum()
    }

    /// Breaks it into lines of at most `width` cells.
    pub(super) fn wrap(&self, width: usize) -> Vec<Laid> {
        let width = width.max(1);
        let mut wrapping = Wrapping { width, lines: vec![Laid::new()], used: 0, gap: None };
        for word in self.words() {
            wrapping.place(word);
        }
        wrapping.lines
    }

    /// Words between blanks; a word may be made of pieces of several looks.
    fn words(&self) -> Vec<Word> {
        let mut words = Vec::new();
        let mut word = Word::default();
        for piece in &self.0 {
            for (at, part) in piece.text.split(' ').enumerate() {
                if at > 0 {
                    words.push(std::mem::replace(
                        &mut word,
                        Word { before: Some(piece.look), pieces: Vec::new() },
                    ));
                }
                if !part.is_empty() {
                    word.pieces.push(Piece { text: part.to_string(), look: piece.look });
                }
            }
        }
        words.push(word);
        words.retain(|w| !w.pieces.is_empty());
        words
    }
}

/// A word and the look of the blank before it.
#[derive(Default)]
struct Word {
    before: Option<Style>,
    pieces: Vec<Piece>,
}

struct Wrapping {
    width: usize,
    lines: Vec<Laid>,
    used: usize,
    gap: Option<Style>,
}

impl Wrapping {
    fn place(&mut self, word: Word) {
        let wide: usize = word.pieces.iter().map(|p| p.text.width()).sum();
        self.gap = word.before.filter(|_| self.used > 0);
        if self.used + usize::from(self.gap.is_some()) + wide > self.width && self.used > 0 {
            self.lines.push(Laid::new());
            (self.used, self.gap) = (0, None);
        }
        if let Some(look) = self.gap.take() {
            self.push(" ", look);
        }
        for piece in word.pieces {
            match self.used + piece.text.width() <= self.width {
                true => self.push(&piece.text, piece.look),
                false => self.break_up(&piece),
            }
        }
    }

    /// A word that is wider than a line, cluster by cluster.
    fn break_up(&mut self, piece: &Piece) {
        for cluster in piece.text.graphemes(true) {
            if self.used + cluster.width() > self.width && self.used > 0 {
                self.lines.push(Laid::new());
                self.used = 0;
            }
            // A cluster of two cells on a line of one cannot be shown; a mark stands for it.
            let shown = if cluster.width() > self.width { "?" } else { cluster };
            self.push(shown, piece.look);
        }
    }

    fn push(&mut self, text: &str, look: Style) {
        self.used += text.width();
        let line = self.lines.last_mut().expect("there is always a line to write on");
        match line.last_mut() {
            Some(last) if last.look == look => last.text.push_str(text),
            _ => line.push(Piece { text: text.to_string(), look }),
        }
    }
}

/// How many cells a line takes.
pub(super) fn width(line: &Laid) -> usize {
    line.iter().map(|p| p.text.width()).sum()
}

/// A blank stretch.
pub(super) fn blank(cells: usize) -> Piece {
    Piece { text: " ".repeat(cells), look: Style::new() }
}

/// The line behind `cells` blanks.
pub(super) fn indent(cells: usize, line: Laid) -> Laid {
    std::iter::once(blank(cells)).chain(line).collect()
}

/// Texts next to each other: each column has its width, and `gap` stands between two of them.
pub(super) fn columns(cells: &[(usize, Text)], gap: &Piece) -> Vec<Laid> {
    let wrapped: Vec<(usize, Vec<Laid>)> =
        cells.iter().map(|(wide, text)| (*wide, text.wrap(*wide))).collect();
    let height = wrapped.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
    let row = |at: usize| {
        let mut line = Laid::new();
        for (column, (wide, lines)) in wrapped.iter().enumerate() {
            if column > 0 {
                line.push(gap.clone());
            }
            let cell = lines.get(at).cloned().unwrap_or_default();
            let rest = wide.saturating_sub(width(&cell));
            line.extend(cell);
            line.push(blank(rest));
        }
        line
    };
    (0..height).map(row).collect()
}

/// The lines as a string; without colour there is not one escape in it.
pub(super) fn paint(lines: &[Laid], colour: bool) -> String {
    let mut out = String::new();
    for line in lines {
        let plain: String = line.iter().map(|p| p.text.as_str()).collect();
        let mut left = plain.trim_end().len();
        for piece in line {
            let text = &piece.text[..piece.text.len().min(left)];
            left -= text.len();
            let text = &*text.replace('\u{a0}', " ");
            if colour && piece.look != Style::new() && !text.is_empty() {
                out.push_str(&format!("{}{text}{}", piece.look.render(), piece.look.render_reset()));
            } else {
                out.push_str(text);
            }
        }
        out.push('\n');
    }
    out
}

/// Text that cannot steer a terminal: white space becomes a blank, control and direction characters go.
fn safe(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        // A no-break blank holds a number and its mark together; it is painted as a blank.
        '\u{a0}' => Some(c),
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() || crate::words::is_bidi_control(c) => None,
        c => Some(c),
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, width: usize, want: &[&str]) {
        let lines = Text::of(Style::new(), text).wrap(width);
        let plain: Vec<String> = lines.iter().map(|l| l.iter().map(|p| p.text.as_str()).collect()).collect();
        assert_eq!(plain, want);
        assert!(lines.iter().all(|l| super::width(l) <= width));
    }

    #[test]
    fn words_wrap_at_blanks_and_long_ones_break() {
        check("one two three", 7, &["one two", "three"]);
        check("incomprehensible", 5, &["incom", "prehe", "nsibl", "e"]);
        check("峠の戦い 停戦", 6, &["峠の戦", "い", "停戦"]);
        check("", 5, &[""]);
        check("\u{1b}[31mred\u{202e}", 20, &["[31mred"]);
    }

    #[test]
    fn a_word_may_have_several_looks() {
        let bold = Style::new().bold();
        let text = Text::of(Style::new(), "was ").add(bold, "23").add(Style::new(), ", said");
        assert_eq!(paint(&text.wrap(8), false), "was 23,\nsaid\n");
        assert_eq!(paint(&text.wrap(80), true), "was \u{1b}[1m23\u{1b}[0m, said\n");
    }
}
