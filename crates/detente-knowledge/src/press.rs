//! Takes a line of a report, says whether it is boilerplate, and why.
//!
//! "Read more:", "Leave a Reply", "Reporting by …; editing by …": lines that the page put around the
//! report. The cues are data (`data/press.toml`), each with lines that must match and lines that must not.
//!
//! # How
//! A cue is words in lower case. `*` stands for any run of words, `+` for a run of capitalised words (a
//! name), `#` for a number; `:` asks for a colon, dash, bar or arrow before the next word or for the end of
//! the line, `(` and `)` for a bracket, `/` for a slash. It is tried at the start, at the end, anywhere in,
//! or against the whole of a line, after folding quotes, dashes and case. A line that opens with a
//! quotation mark is somebody's words and no start of a cue.
//!
//! # Does not
//! Learn from the structure of the page, or decide about lines without a cue: that is the reader's.

use crate::entry::{At, CueEntry};
use crate::fold::fold;
use crate::knowledge::Knowledge;
use detente_types::MaskReason;
use std::ops::Range;

/// A cue found in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueHit<'a> {
    /// Why the line is to be masked.
    pub reason: MaskReason,
    /// The bytes of the line that the cue's words take.
    pub range: Range<usize>,
    /// The cue as written.
    pub cue: &'a str,
}

impl Knowledge {
    /// The cue in this line that takes the most of it, if there is one.
    pub fn press_cue(&self, line: &str) -> Option<CueHit<'_>> {
        let line = Line::new(line);
        let forms = self.cues().iter().flat_map(|c| c.forms().map(move |form| (c, form)));
        let hits = forms.filter_map(|(cue, form)| {
            let range = find(cue, form, &line)?;
            Some(CueHit { reason: cue.reason, range, cue: form })
        });
        hits.max_by_key(|hit| hit.range.len())
    }
}

impl CueEntry {
    /// The cue and its other wordings.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.cue).chain(&self.also).map(String::as_str)
    }
}

/// Does this wording of the cue match the line?
pub(crate) fn matches(cue: &CueEntry, form: &str, line: &str) -> bool {
    find(cue, form, &Line::new(line)).is_some()
}

/// The most words that a line has which is not the report's; anything longer is prose and not looked at.
pub(crate) const LONGEST: usize = 80;
/// The most words that `*` and `+` stand for.
const RUN: usize = 30;

/// A word of a line: folded, and where it stands.
struct Word<'t> {
    text: String,
    range: Range<usize>,
    capital: bool,
    /// What stands between it and the word before.
    gap: &'t str,
}

/// A line as cues see it.
struct Line<'t> {
    words: Vec<Word<'t>>,
    /// What stands after the last word.
    tail: &'t str,
    /// It opens with a quotation mark.
    quoted: bool,
    /// It ends like a sentence.
    stopped: bool,
}

impl<'t> Line<'t> {
    /// Cuts a line into runs of letters and digits; punctuation only separates, but `@`, `#`, `©` are words.
    fn new(line: &'t str) -> Line<'t> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut open = false;
        for (at, c) in line.char_indices() {
            let end = at + c.len_utf8();
            let inner = c.is_alphanumeric() || (open && matches!(c, '\'' | '’' | '.') && joins(line, end));
            if ranges.len() > LONGEST {
                break;
            }
            match ranges.last_mut().filter(|_| inner && open) {
                Some(last) => last.end = end,
                None if inner || matches!(c, '@' | '#' | '©') => ranges.push(at..end),
                None => {}
            }
            open = inner;
        }
        let mut before = 0;
        let words: Vec<Word<'t>> = ranges
            .into_iter()
            .map(|range| {
                let gap = &line[std::mem::replace(&mut before, range.end)..range.start];
                let printed = &line[range.clone()];
                let capital = printed.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
                Word { text: fold(printed).replace('’', "'"), range, capital, gap }
            })
            .collect();
        let quoted = words.first().is_some_and(|w| opens_quote(w.gap));
        let bare = line.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '"' | '”' | '\'' | '’' | ')' | ']' | '»')
        });
        let stopped = bare.ends_with(['.', '!', '?', '…']);
        Line { words, tail: &line[before..], quoted, stopped }
    }

    /// What stands before word `at`, or after the last word.
    fn gap(&self, at: usize) -> &'t str {
        self.words.get(at).map_or(self.tail, |w| w.gap)
    }
}

/// Does a quotation begin here? "« Previous" is an arrow.
fn opens_quote(gap: &str) -> bool {
    gap.contains(['"', '“', '„', '‘', '\'']) || gap.ends_with('«')
}

/// Does a letter or digit follow?
fn joins(line: &str, at: usize) -> bool {
    line[at..].chars().next().is_some_and(char::is_alphanumeric)
}

fn find(cue: &CueEntry, form: &str, line: &Line<'_>) -> Option<Range<usize>> {
    let words = &line.words;
    if words.is_empty() || words.len() > cue.most_words.unwrap_or(LONGEST) || (cue.unstopped && line.stopped)
    {
        return None;
    }
    let from_start = matches!(cue.at, At::Start | At::Whole);
    if from_start && line.quoted {
        return None;
    }
    let starts = if from_start { 0..1 } else { 0..words.len() };
    let whole = matches!(cue.at, At::Whole | At::End);
    starts.into_iter().find_map(|start| {
        let end = take(form, line, start, whole)?;
        let last = words.get(end.checked_sub(1)?)?;
        (end > start).then(|| words[start].range.start..last.range.end)
    })
}

/// The word after the last one that the pattern takes from word `at` on; with `whole` it must take all.
fn take(pattern: &str, line: &Line<'_>, at: usize, whole: bool) -> Option<usize> {
    if pattern.is_empty() {
        return (!whole || at == line.words.len()).then_some(at);
    }
    let (first, rest) = pattern.split_once(' ').unwrap_or((pattern, ""));
    let left = line.words.len() - at;
    match first {
        "*" => (0..=left.min(RUN)).find_map(|skip| take(rest, line, at + skip, whole)),
        "+" => {
            let names = line.words[at..]
                .iter()
                .take(RUN)
                .take_while(|w| w.capital || JOINERS.contains(&w.text.as_str()));
            (1..=names.count()).rev().find_map(|skip| take(rest, line, at + skip, whole))
        }
        ":" => (left == 0 || parts(line.gap(at))).then(|| take(rest, line, at, whole))?,
        "(" => line.gap(at).contains(['(', '[']).then(|| take(rest, line, at, whole))?,
        ")" => closes(line.gap(at), left == 0).then(|| take(rest, line, at, whole))?,
        "/" => line.gap(at).contains('/').then(|| take(rest, line, at, whole))?,
        literal => {
            let word = line.words.get(at)?;
            let number = || word.text != "#" && word.text.chars().all(|c| c.is_ascii_digit() || c == '.');
            let fits = if literal == "#" { number() } else { word.text == literal };
            fits.then(|| take(rest, line, at + 1, whole))?
        }
    }
}

/// Small words inside and between names.
const JOINERS: &[&str] = &[
    "and", "in", "for", "at", "of", "the", "with", "de", "da", "di", "del", "la", "el", "al", "bin", "van",
    "von", "der", "den", "ibn", "our", "a",
];

/// Does a bracket close here? At the end of a line nothing follows it: "(AP)" is a credit, "(the ELN)." ends a
/// sentence.
fn closes(gap: &str, last: bool) -> bool {
    let gap = gap.trim();
    if last { matches!(gap, ")" | "]" | ".)" | ".]") } else { gap.contains([')', ']']) }
}

/// Does the gap part what stands before it from what follows?
fn parts(gap: &str) -> bool {
    gap.contains([':', '|', '–', '—', '»', '›', '>', '→', '▸', '►', '•', '·', '\n'])
        || gap.contains(" - ")
        || gap.contains("--")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(at: At, form: &str) -> CueEntry {
        let (cue, reason) = (form.to_string(), MaskReason::Boilerplate);
        CueEntry {
            cue,
            also: Vec::new(),
            at,
            reason,
            most_words: None,
            unstopped: false,
            yes: Vec::new(),
            no: Vec::new(),
        }
    }

    fn check(at: At, form: &str, line: &str, expected: bool) {
        assert_eq!(matches(&cue(at, form), form, line), expected, "{form:?} {at:?} in {line:?}");
    }

    #[test]
    fn signs_of_a_cue_stand_for_what_they_say() {
        check(At::Start, "read more :", "Read more: Ministers meet", true);
        check(At::Start, "read more :", "READ MORE | Ministers meet", true);
        check(At::Start, "read more :", "Read more", true);
        check(At::Start, "read more :", "Read more books.", false);
        check(At::Start, "read more", "“Read more,” he said.", false);
        check(
            At::Start,
            "the post * appeared first on",
            "The post Mission leaves appeared first on Example News.",
            true,
        );
        check(At::Whole, "by +", "By Jane Doe and John Roe in Exampletown", true);
        check(At::Whole, "by +", "By noon the Road was closed", false);
        check(At::End, "( + / reuters", "Smoke rises over the port [Jane Doe/Reuters]", true);
        check(At::Whole, "# min read", "5 min read", true);
        check(At::Whole, "your e mail * will not be", "Your e-mail will not be", true);
    }

    #[test]
    fn a_long_line_is_prose() {
        let line = "the post ".repeat(100_000);
        check(At::Anywhere, "the * post * never", &line, false);
        check(At::Anywhere, "the post", &line, false);
    }
}
