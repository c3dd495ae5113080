//! Takes a line of a report, says whether it is boilerplate, and why.
//!
//! "Read more:", "Leave a Reply", "Reporting by …; editing by …": lines that the page put around the
//! report. The cues are data (`data/press.toml`), each with lines that must match and lines that must not.
//!
//! # How
//! A cue is words in lower case; `*` stands for any run of words, `#` for a number. It is tried at the
//! start, at the end, anywhere in, or against the whole of a line, after folding quotes, dashes and case.
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
        let words = cut(line);
        let hits = self.cues().iter().filter_map(|cue| {
            let range = find(cue, &words)?;
            Some(CueHit { reason: cue.reason, range, cue: &cue.cue })
        });
        hits.max_by_key(|hit| hit.range.len())
    }
}

/// Does the cue match the line?
pub(crate) fn matches(cue: &CueEntry, line: &str) -> bool {
    find(cue, &cut(line)).is_some()
}

/// A word of a line: folded, and where it stands.
struct Word {
    text: String,
    range: Range<usize>,
}

/// Cuts a line into runs of letters and digits; punctuation only separates, but `@`, `#`, `©` are words.
fn cut(line: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        let inner = c.is_alphanumeric() || (open && matches!(c, '\'' | '’' | '.') && joins(line, end));
        if inner && open {
            let last = out.last_mut().expect("an open word was pushed");
            last.range.end = end;
        } else if inner || matches!(c, '@' | '#' | '©') {
            out.push(Word { text: String::new(), range: at..end });
        }
        open = inner;
    }
    for word in &mut out {
        word.text = fold(&line[word.range.clone()]).replace('’', "'");
    }
    out
}

/// Does a letter or digit follow?
fn joins(line: &str, at: usize) -> bool {
    line[at..].chars().next().is_some_and(char::is_alphanumeric)
}

fn find(cue: &CueEntry, words: &[Word]) -> Option<Range<usize>> {
    if words.is_empty() || cue.most_words.is_some_and(|most| words.len() > most) {
        return None;
    }
    let pattern: Vec<&str> = cue.cue.split(' ').collect();
    let starts = match cue.at {
        At::Start | At::Whole => 0..1,
        At::End | At::Anywhere => 0..words.len(),
    };
    starts.into_iter().find_map(|start| {
        let whole = matches!(cue.at, At::Whole | At::End);
        let taken = take(&pattern, &words[start..], whole)?;
        let last = words.get(start + taken.checked_sub(1)?)?;
        Some(words[start].range.start..last.range.end)
    })
}

/// How many words the pattern takes from the start; with `whole` it must take all.
fn take(pattern: &[&str], words: &[Word], whole: bool) -> Option<usize> {
    let Some((first, rest)) = pattern.split_first() else {
        return (!whole || words.is_empty()).then_some(0);
    };
    if *first == "*" {
        return (0..=words.len()).find_map(|skip| Some(skip + take(rest, &words[skip..], whole)?));
    }
    let (word, more) = words.split_first()?;
    let fits = match *first {
        "#" if word.text != "#" => word.text.chars().all(|c| c.is_ascii_digit() || c == '.'),
        text => word.text == text,
    };
    fits.then(|| Some(1 + take(rest, more, whole)?))?
}
