//! Marks of quotation: “…”, "…", «…», the ``…'' and ''…'' of wires, the ‘…’ of the British press.
//!
//! Takes a paragraph, gives the stretches between its marks. The apostrophe is the difficulty: `’` and `'` close only
//! behind a stop or comma, or where no letter follows and the word before is no possessive; `'` opens only before a
//! word, and only where a closing one is to come.

use std::ops::Range;

/// What opened a quotation, by what may close it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Double,
    Angle,
    Twice,
    Single,
    Straight,
}

/// A mark at a byte of the text.
struct Mark {
    at: usize,
    len: usize,
    kind: Kind,
    opens: bool,
    closes: bool,
}

/// The stretches between marks, in order. One that is not closed runs to the end; what stands in marks within it is part
/// of it.
pub(crate) fn between(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, Kind)> = None;
    for mark in marks(text) {
        let after = mark.at + mark.len;
        match open {
            Some((start, kind)) if kind == mark.kind && mark.closes => {
                out.push(start..mark.at);
                open = None;
            }
            None if mark.opens => open = Some((after, mark.kind)),
            // Paragraphs of one quotation each open it again.
            Some((_, kind)) if kind == mark.kind && mark.opens => open = Some((after, kind)),
            _ => {}
        }
    }
    // A paragraph that opens a quotation and does not close it runs on into the next one.
    let lasting = |(start, kind): &(usize, Kind)| {
        !matches!(kind, Kind::Single | Kind::Straight) && text.len() > start + 20
    };
    out.extend(open.filter(lasting).map(|(start, _)| start..text.len()));
    out
}

fn marks(text: &str) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    for (at, c) in text.char_indices() {
        if out.last().is_some_and(|m| at < m.at + m.len) {
            continue;
        }
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        let mark = |len, kind, opens, closes| Some(Mark { at, len, kind, opens, closes });
        let found = match c {
            '“' => mark(3, Kind::Double, true, false),
            '”' => mark(3, Kind::Double, false, true),
            '"' => mark(1, Kind::Double, true, true),
            '«' => mark(2, Kind::Angle, true, false),
            '»' => mark(2, Kind::Angle, false, true),
            '`' if after.starts_with('`') => mark(2, Kind::Twice, true, false),
            '\'' if after.starts_with('\'') => mark(2, Kind::Twice, true, true),
            '‘' => mark(3, Kind::Single, true, false),
            '’' if ends(before, after) => mark(3, Kind::Single, false, true),
            '\'' if ends(before, after) => mark(1, Kind::Straight, false, true),
            '\'' if begins(before, after) => mark(1, Kind::Straight, true, false),
            _ => None,
        };
        out.extend(found);
    }
    out
}

/// May an apostrophe here end a quotation?
fn ends(before: &str, after: &str) -> bool {
    let Some(last) = before.chars().next_back().filter(|c| !c.is_whitespace()) else { return false };
    let next = after.chars().next();
    if next.is_some_and(char::is_alphanumeric) {
        return false;
    }
    matches!(last, ',' | '.' | '!' | '?' | '…' | '—') || last.is_alphanumeric() && last != 's'
}

/// May a straight apostrophe here begin one? "’90s" and "’em" are no words that begin a quotation of four.
fn begins(before: &str, after: &str) -> bool {
    let apart = before.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—'));
    apart && after.chars().next().is_some_and(char::is_alphabetic)
}

/// Whether words stand between marks, word by word of a text.
#[derive(Default)]
pub(crate) struct Inside {
    open: bool,
}

impl Inside {
    /// Is the next word inside? The marks themselves are not.
    pub(crate) fn next(&mut self, word: &str) -> bool {
        match word {
            "“" | "«" | "``" => self.open = true,
            "”" | "»" => self.open = false,
            "\"" | "''" => self.open = !self.open,
            _ => return self.open,
        }
        false
    }
}

/// Is the word a mark of quotation?
pub(crate) fn is_mark(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "«" | "»" | "''" | "``")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        between(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn every_style_of_marks_is_known() {
        for (text, inside) in [
            ("“We left,” he said. \"Nobody stayed.\"", vec!["We left,", "Nobody stayed."]),
            ("''We left,'' he said. ``Nobody stayed.''", vec!["We left,", "Nobody stayed."]),
            ("‘We left,’ he said. «Nobody stayed»", vec!["We left,", "Nobody stayed"]),
            ("'It isn't over,' he said of the soldiers' camp.", vec!["It isn't over,"]),
            ("‘It isn’t the soldiers’ war,’ he said.", vec!["It isn’t the soldiers’ war,"]),
            ("“They said ‘never’ to us,” she said.", vec!["They said ‘never’ to us,"]),
            ("The soldiers' camp and the 'old town' burned.", vec!["old town"]),
            ("The army’s post near Juba’s market fell in the ’90s.", vec![]),
            ("“We will not leave this town, ever.", vec!["We will not leave this town, ever."]),
        ] {
            assert_eq!(quoted(text), inside, "{text}");
        }
    }
}
