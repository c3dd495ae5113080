//! Words with looks, broken into lines of a width.
//!
//! # How
//! 1. [`Text::add`] takes words in: signs that show nothing or turn the direction of writing stay out, white space is one
//!    blank, and each letter is given the face that has it.
//! 2. [`Text::lay`] breaks at blanks; a word wider than the line is broken after a sign such as `/` or `-`, or, where there
//!    is none, between any two letters as people see them.

use super::face::Face;
use super::sheet::Goal;
use crate::words::is_bidi_control;
use unicode_segmentation::UnicodeSegmentation;

/// A colour of ink: red, green and blue.
pub(super) type Ink = [u8; 3];

/// How words look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) face: Face,
    /// In points.
    pub(super) size: f32,
    pub(super) ink: Ink,
    /// Room after each letter, in points.
    pub(super) spaced: f32,
}

impl Look {
    pub(super) const fn new(face: Face, size: f32, ink: Ink) -> Look {
        Look { face, size, ink, spaced: 0.0 }
    }

    pub(super) const fn spaced(self, spaced: f32) -> Look {
        Look { spaced, ..self }
    }

    pub(super) const fn inked(self, ink: Ink) -> Look {
        Look { ink, ..self }
    }

    /// How wide words are, in points.
    pub(super) fn width(self, words: &str) -> f32 {
        self.steps(words).map(|(_, step)| step).sum()
    }

    /// As many of the words as fit into a width, with a sign where some do not.
    pub(super) fn fit(self, words: &str, width: f32) -> String {
        let mut laid = Text::of(self, words).lay(width - self.width("…"));
        let more = laid.len() > 1;
        let first: String = laid.swap_remove(0).pieces.into_iter().map(|p| p.words).collect();
        if more { first + "…" } else { first }
    }

    /// Each letter with how far it takes the line, in points; that it stands closer to the next is in it.
    fn steps(self, words: &str) -> impl Iterator<Item = (char, f32)> {
        let next = words.chars().skip(1).map(Some).chain([None]);
        words.chars().zip(next).map(move |(letter, next)| {
            let units = self.face.advance(letter) + next.map_or(0, |next| self.face.kern(letter, next));
            (letter, thousandths(units) * self.size + self.spaced)
        })
    }
}

/// Thousandths of a size as a part of it. Advances are far below the 2^24 up to which this is exact.
#[allow(clippy::cast_precision_loss)]
pub(super) fn thousandths(units: i32) -> f32 {
    units as f32 / 1000.0
}

/// Words with one look, and where a click on them leads.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) words: String,
    pub(super) look: Look,
    pub(super) goal: Option<Goal>,
}

/// Pieces in a row, not yet broken into lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Text(Vec<Piece>);

/// One line, no wider than it should be.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Laid {
    pub(super) pieces: Vec<Piece>,
    pub(super) width: f32,
}

impl Text {
    pub(super) fn new() -> Text {
        Text::default()
    }

    pub(super) fn of(look: Look, words: &str) -> Text {
        Text::new().add(look, words)
    }

    /// Adds words.
    #[must_use]
    pub(super) fn add(self, look: Look, words: &str) -> Text {
        self.push(look, words, None)
    }

    /// Adds words that lead somewhere.
    #[must_use]
    pub(super) fn link(self, look: Look, words: &str, goal: Goal) -> Text {
        self.push(look, words, Some(goal))
    }

    /// Adds another text.
    #[must_use]
    pub(super) fn then(mut self, other: Text) -> Text {
        self.0.extend(other.0);
        self
    }

    fn push(mut self, look: Look, words: &str, goal: Option<Goal>) -> Text {
        let mut blank = self.0.last().is_some_and(|p| p.words.ends_with(' '));
        for letter in words.chars().filter(|c| c.is_whitespace() || !is_hidden(*c)) {
            // A blank that does not break is one on purpose.
            let letter = if letter.is_whitespace() && letter != '\u{a0}' { ' ' } else { letter };
            if letter == ' ' && blank {
                continue;
            }
            blank = letter == ' ';
            let look = Look { face: look.face.of_letter(letter), ..look };
            match self.0.last_mut() {
                Some(last) if last.look == look && last.goal == goal => last.words.push(letter),
                _ => self.0.push(Piece { words: letter.to_string(), look, goal }),
            }
        }
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Breaks it into lines of a width in points.
    pub(super) fn lay(&self, width: f32) -> Vec<Laid> {
        let mut laying = Laying { width: width.max(1.0), lines: vec![Laid::default()] };
        for word in self.split() {
            laying.place(word);
        }
        laying.lines
    }

    /// Words between blanks; a word may be made of pieces of several looks.
    fn split(&self) -> Vec<Word> {
        let mut words = Vec::new();
        let mut word = Word::default();
        for piece in &self.0 {
            for (at, part) in piece.words.split(' ').enumerate() {
                if at > 0 {
                    let gap = Some(Piece { words: " ".to_string(), look: piece.look, goal: None });
                    words.push(std::mem::replace(&mut word, Word { gap, pieces: Vec::new() }));
                }
                if !part.is_empty() {
                    word.pieces.push(Piece { words: part.to_string(), ..piece.clone() });
                }
            }
        }
        words.push(word);
        words.retain(|w| !w.pieces.is_empty());
        words
    }
}

/// Signs without a shape: control characters, marks of direction, places where a word may be broken or joined.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || is_bidi_control(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A word and the blank before it.
#[derive(Default)]
struct Word {
    gap: Option<Piece>,
    pieces: Vec<Piece>,
}

struct Laying {
    width: f32,
    lines: Vec<Laid>,
}

impl Laying {
    fn place(&mut self, word: Word) {
        let wide: f32 = word.pieces.iter().map(|p| p.look.width(&p.words)).sum();
        let begun = !self.line().pieces.is_empty();
        let gap = word.gap.filter(|_| begun);
        let blank = gap.as_ref().map_or(0.0, |g| g.look.width(&g.words));
        let used = self.line().width;
        if used + blank + wide <= self.width {
            gap.into_iter().chain(word.pieces).for_each(|piece| self.put(piece));
            return;
        }
        if begun && (wide <= self.width || used > self.width * 0.7) {
            self.lines.push(Laid::default());
        } else if let Some(gap) = gap {
            self.put(gap);
        }
        word.pieces.into_iter().for_each(|piece| self.fill(piece));
    }

    fn line(&mut self) -> &mut Laid {
        self.lines.last_mut().expect("there is a line from the start")
    }

    fn put(&mut self, piece: Piece) {
        let wide = piece.look.width(&piece.words);
        let line = self.line();
        line.width += wide;
        match line.pieces.last_mut() {
            Some(last) if last.look == piece.look && last.goal == piece.goal => {
                last.words.push_str(&piece.words)
            }
            _ => line.pieces.push(piece),
        }
    }

    /// Puts a piece of a word that may be wider than the line, breaking it where it must be.
    fn fill(&mut self, piece: Piece) {
        let mut rest = piece.words.as_str();
        while !rest.is_empty() {
            let room = self.width - self.line().width;
            let begun = !self.line().pieces.is_empty();
            let end = fitting(piece.look, rest, room, begun);
            if end == 0 {
                self.lines.push(Laid::default());
                continue;
            }
            self.put(Piece { words: rest[..end].to_string(), ..piece.clone() });
            rest = &rest[end..];
            if !rest.is_empty() {
                self.lines.push(Laid::default());
            }
        }
    }
}

/// How many bytes of a word fit: all, up to a sign after which a reader expects a break, or as many letters as there is
/// room for; at least one letter, unless the line has been begun.
fn fitting(look: Look, word: &str, room: f32, begun: bool) -> usize {
    let (mut end, mut sign) = (0, 0);
    for (at, letter) in word.grapheme_indices(true) {
        // All of it is measured each time: how close a letter stands depends on the one before it.
        let wide = look.width(&word[..at + letter.len()]);
        if wide > room && (begun || at > 0) {
            return if sign > end / 2 { sign } else { end };
        }
        end = at + letter.len();
        if matches!(letter, "/" | "-" | "–" | "—" | "_" | "." | "&" | "?" | "=") {
            sign = end;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Look = Look::new(Face::Sans, 10.0, [0; 3]);

    fn lines(words: &str, width: f32) -> Vec<String> {
        let laid = Text::of(LOOK, words).lay(width);
        for line in &laid {
            let alone = line.pieces.iter().map(|p| p.words.graphemes(true).count()).sum::<usize>() == 1;
            assert!(line.width <= width + 0.05 || alone, "{} in {width}: {line:?}", line.width);
        }
        laid.iter().map(|l| l.pieces.iter().map(|p| p.words.as_str()).collect()).collect()
    }

    #[test]
    fn words_are_kept_whole_where_they_fit() {
        assert_eq!(lines("The envoy left.", 400.0), ["The envoy left."]);
        assert_eq!(lines("The envoy left.", 45.0), ["The envoy", "left."]);
    }

    #[test]
    fn a_word_without_blanks_is_broken_somewhere() {
        let long = "x".repeat(300);
        let broken = lines(&long, 50.0);
        assert!(broken.len() > 20 && broken.concat() == long, "{broken:?}");
        assert_eq!(lines("reports/october/border.txt", 72.0)[0], "reports/october/");
        assert_eq!(lines("峠峠峠", 1.0).concat(), "峠峠峠");
    }

    #[test]
    fn what_shows_nothing_stays_out() {
        assert_eq!(lines("a\u{202e}b\u{0}c \t\n d\u{ad}e\u{200b}", 400.0), ["abc de"]);
        assert!(Text::of(LOOK, "\u{1}\u{202e}").is_empty());
    }
}
