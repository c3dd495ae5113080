//! Lines of a fixed width to the paragraphs that they were cut from.
//!
//! Wires and saved e-mails break every line at some 70 characters. Such a line is no heading and no tag: it goes
//! on in the next one, wherever the next word would not have fitted any more.
//!
//! # Does not
//! Touch pages whose lines are paragraphs, or lists whose lines each end like a sentence.

use super::{Line, stopped};
use detente_types::Span;

/// The narrowest and the widest page that is taken for one of a fixed width, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=110;

/// The same lines; those of a page of a fixed width are joined to paragraphs.
pub(super) fn unwrapped<'t>(lines: Vec<Line<'t>>, text: &'t str) -> Vec<Line<'t>> {
    let Some(width) = width(&lines, text) else { return lines };
    let mut out: Vec<Line<'t>> = Vec::with_capacity(lines.len());
    let mut before: Option<Line<'t>> = None;
    for line in lines {
        let goes_on = before.is_some_and(|b| continues(&b, &line, text, width));
        match out.last_mut().filter(|_| goes_on) {
            Some(last) => {
                last.span = last.span.cover(line.span);
                last.bare = last.bare.cover(line.bare);
                last.text = last.bare.of(text);
            }
            None => out.push(line),
        }
        before = Some(line);
    }
    out
}

/// The width of a page whose lines are mostly cut inside sentences.
fn width(lines: &[Line<'_>], text: &str) -> Option<usize> {
    let width = lines.iter().map(|l| column(l, text)).max().filter(|w| WIDTHS.contains(w))?;
    let pairs = lines.windows(2).filter(|p| continues(&p[0], &p[1], text, width));
    let (mut all, mut open) = (0, 0);
    for pair in pairs {
        all += 1;
        open += usize::from(!stopped(pair[0].text));
    }
    (open >= 2 && open * 3 >= all * 2).then_some(width)
}

/// Was the line so full that its break means nothing? Lines of a ragged margin may miss a fifth.
fn continues(line: &Line<'_>, next: &Line<'_>, text: &str, width: usize) -> bool {
    let word = next.text.split_whitespace().next().map_or(0, |w| w.chars().count());
    let listed = next.text.starts_with(['•', '*', '-', '–', '#']);
    let filled = (column(line, text) + 1 + word) * 5 > width * 4;
    !next.fresh && line.level == 0 && next.level == 0 && !listed && filled
}

/// The column in which a line ends, its indent counted.
fn column(line: &Line<'_>, text: &str) -> usize {
    let start = text[..line.span.end()].rfind('\n').map_or(0, |n| n + 1);
    Span::new(start, line.span.end()).of(text).chars().count()
}
