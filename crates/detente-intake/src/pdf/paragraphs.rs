//! Pieces of text at places to lines, and lines to paragraphs.

use super::run::Piece;
use std::collections::{BTreeMap, BTreeSet};

/// A line of a page.
#[derive(Clone, Debug)]
struct Line {
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    text: String,
}

/// The running text of all pages.
pub(super) fn text(pages: &[Vec<Piece>]) -> String {
    let mut pages: Vec<Vec<Line>> = pages.iter().map(|pieces| lines(pieces)).collect();
    leave_out_furniture(&mut pages);
    let all = pages.concat();
    let body = body_size(&all);
    let whole = whole_words(&all);
    let right = right_edges(&pages);
    let mut text = Paragraphs { out: String::new(), head: false, body, whole: &whole };
    for (page, right) in pages.iter().zip(&right) {
        let leading = leading(page);
        for (n, line) in page.iter().enumerate() {
            let before = n.checked_sub(1).map(|n| &page[n]);
            text.add(line, before, leading, *right);
        }
    }
    text.out
}

/// Pieces of the same height that follow each other are a line.
fn lines(pieces: &[Piece]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for piece in pieces {
        let joins = out.last().is_some_and(|line| {
            let size = line.size.max(piece.size);
            (line.y - piece.y).abs() < size * 0.5
                && piece.x > line.end - size
                && piece.x < line.end + size * 12.0
        });
        match out.last_mut().filter(|_| joins) {
            Some(line) => {
                let gap = piece.x - line.end > line.size.max(piece.size) * 0.17;
                if gap && !line.text.ends_with(' ') && !piece.text.starts_with(' ') {
                    line.text.push(' ');
                }
                line.text.push_str(&piece.text);
                line.end = piece.end;
                if !piece.text.trim().is_empty() && piece.text.len() > 3 {
                    line.size = line.size.max(piece.size);
                }
            }
            None if piece.text.trim().is_empty() => {}
            None => out.push(Line {
                x: piece.x,
                end: piece.end,
                y: piece.y,
                size: piece.size,
                text: piece.text.clone(),
            }),
        }
    }
    for line in &mut out {
        line.text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    out.retain(|line| !line.text.is_empty());
    out
}

/// A line without its numbers: those of pages change.
fn shape(line: &Line) -> String {
    line.text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Leaves out what stands at the top or the foot of most pages: titles, dates, numbers of pages.
fn leave_out_furniture(pages: &mut [Vec<Line>]) {
    let edges = |page: &[Line]| -> BTreeSet<usize> {
        let mut order: Vec<usize> = (0..page.len()).collect();
        order.sort_by(|a, b| page[*b].y.total_cmp(&page[*a].y));
        order.iter().take(2).chain(order.iter().rev().take(2)).copied().collect()
    };
    let mut seen: BTreeMap<(String, i64), usize> = BTreeMap::new();
    let key = |line: &Line| (shape(line), (line.y / 4.0).round() as i64);
    for page in pages.iter() {
        for at in edges(page) {
            *seen.entry(key(&page[at])).or_default() += 1;
        }
    }
    let count = pages.len();
    for page in pages.iter_mut() {
        let gone: BTreeSet<usize> = edges(page)
            .into_iter()
            .filter(|at| {
                let line = &page[*at];
                let times = seen.get(&key(line)).copied().unwrap_or(0);
                (count > 1 && times * 2 > count) || (count > 1 && is_page_number(&line.text))
            })
            .collect();
        let mut at = 0;
        page.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
    }
}

/// "3", "Page 3 of 9", "- 3 -".
fn is_page_number(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    let number = |w: &String| w.len() <= 4 && w.chars().all(|c| c.is_ascii_digit());
    words.len() <= 4
        && words.iter().any(number)
        && words.iter().all(|w| number(w) || matches!(w.as_str(), "page" | "of" | "p"))
}

/// The size in which most letters stand.
fn body_size(lines: &[Line]) -> f64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for line in lines {
        *sizes.entry((line.size * 2.0).round() as i64).or_default() += line.text.len();
    }
    let most = sizes.iter().max_by_key(|(_, letters)| **letters);
    most.map_or(10.0, |(size, _)| *size as f64 / 2.0)
}

/// Words that stand somewhere in one line, hyphens in them kept.
fn whole_words(lines: &[Line]) -> BTreeSet<String> {
    let words = lines.iter().flat_map(|line| line.text.split_whitespace());
    words.map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect()
}

/// Where the lines of each page end.
fn right_edges(pages: &[Vec<Line>]) -> Vec<f64> {
    let width = |line: &Line| line.end - line.x;
    let of = |page: &Vec<Line>| {
        let mut widths: Vec<f64> = page.iter().map(width).collect();
        widths.sort_by(f64::total_cmp);
        widths.get(widths.len() * 9 / 10).copied().unwrap_or(0.0)
    };
    pages.iter().map(of).collect()
}

/// The usual way from a line to the next.
fn leading(page: &[Line]) -> f64 {
    let mut steps: Vec<f64> = page.windows(2).map(|pair| pair[0].y - pair[1].y).collect();
    steps.retain(|step| *step > 0.0);
    steps.sort_by(f64::total_cmp);
    // The median is that of lines in a paragraph, also where paragraphs are short.
    steps.get(steps.len() * 2 / 5).copied().unwrap_or(14.0)
}

struct Paragraphs<'w> {
    out: String,
    /// The paragraph that is being made is a heading.
    head: bool,
    body: f64,
    whole: &'w BTreeSet<String>,
}

impl Paragraphs<'_> {
    fn add(&mut self, line: &Line, before: Option<&Line>, leading: f64, usual: f64) {
        let head = line.size > self.body * 1.15 && line.text.len() < 300;
        let begins = match before {
            _ if self.out.is_empty() => true,
            _ if head != self.head => true,
            None => !self.runs_on(line),
            Some(before) => self.begins(line, before, leading, usual),
        };
        if begins {
            self.begin(head);
            self.out.push_str(&line.text);
        } else {
            self.join(&line.text);
        }
        self.head = head;
    }

    /// Does a line begin a paragraph?
    fn begins(&self, line: &Line, before: &Line, leading: f64, usual: f64) -> bool {
        let step = before.y - line.y;
        let other_size = (line.size - before.size).abs() > before.size * 0.15 && line.text.len() > 3;
        let beside = step < -leading || step > leading * 8.0;
        if beside {
            // Another column, or the next part of the page.
            return other_size || !self.runs_on(line);
        }
        let apart = step > leading.max(line.size * 0.9) * 1.35;
        let stopped = self.out.ends_with(['.', '!', '?', '"', '”', ':', '’', ')']);
        let indent = line.x - before.x > line.size * 0.6 && line.x - before.x < line.size * 6.0;
        let short = before.end - before.x < usual * 0.8;
        let mark = line.text.starts_with(['•', '–', '▪', '●']);
        apart || other_size || mark || (stopped && (indent || short))
    }

    /// Does the text go on, over the end of a page or a column?
    fn runs_on(&self, line: &Line) -> bool {
        let stopped = self.out.ends_with(['.', '!', '?', '"', '”', ':', '’', ')']);
        let small = line.text.starts_with(|c: char| c.is_lowercase());
        !self.head && (small || !stopped)
    }

    fn begin(&mut self, head: bool) {
        if !self.out.is_empty() {
            self.out.push_str("\n\n");
        }
        if head {
            self.out.push_str(if self.out.is_empty() { "# " } else { "## " });
        }
    }

    /// The next line of a paragraph; a word that was cut is made whole.
    fn join(&mut self, next: &str) {
        let cut = ['-', '\u{2010}', '\u{ad}'].iter().find_map(|mark| self.out.strip_suffix(*mark));
        let small = next.starts_with(|c: char| c.is_lowercase());
        let Some(stem) = cut.filter(|stem| small && stem.ends_with(char::is_alphabetic)) else {
            if !self.out.ends_with(['-', '\u{2010}', '—', '/']) || self.out.ends_with(" -") {
                self.out.push(' ');
            }
            self.out.push_str(next);
            return;
        };
        let first = stem.rsplit(char::is_whitespace).next().unwrap_or(stem);
        let rest = next.split(char::is_whitespace).next().unwrap_or(next);
        let bare = |word: String| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let hyphened = self.whole.contains(&bare(format!("{first}-{rest}")));
        let keep = hyphened && !self.whole.contains(&bare(format!("{first}{rest}")));
        let length = stem.len();
        self.out.truncate(length);
        if keep {
            self.out.push('-');
        }
        self.out.push_str(next);
    }
}
