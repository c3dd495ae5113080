//! Full text: words of any kind in, reports with the places of the words out.
//!
//! # How
//! 1. [`asked`] makes of whatever a person types a question that FTS5 understands: every word in quotation marks, so
//!    that nothing in it is an operator. `"a phrase"` stays together, `word*` finds beginnings, `-word` leaves out.
//!    Words are found in their other forms too ("strike": "strikes", "striking"), and without accents.
//! 2. The best come first (BM25; a word of the headline counts four times).
//! 3. Where the words stand: FTS5 puts marks around them, which [`between`] counts out again. The marks are letters
//!    that this text does not have.

use crate::error::Result;
use crate::{Kept, Page, Store};
use detente_types::Span;
use rusqlite::params;
use std::collections::BTreeMap;

/// Bytes of an excerpt, about.
const EXCERPT: usize = 240;

/// Reports whose words are marked in one go.
const TOGETHER: usize = 500;

/// Words of a question that are looked for; more are left out.
const MOST_WORDS: usize = 64;

/// One report that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The report.
    pub kept: Kept,
    /// Where the words stand in its text, in bytes as received; empty where only headline or outlet has them.
    pub spans: Vec<Span>,
    /// The stretch of its text to show.
    pub excerpt: Span,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// How many reports have the words.
    pub total: usize,
    /// The reports of this page, the best first.
    pub found: Vec<Found>,
}

impl Store {
    /// Reports that count and have all these words. Any text is a question; one without a word finds nothing.
    pub fn search(&self, question: &str, page: Page) -> Result<Hits> {
        let Some(asked) = asked(question) else { return Ok(Hits::default()) };
        let numbers = self.best_first(&asked)?;
        let left = &numbers[page.skip.min(numbers.len())..];
        let mut found = Vec::new();
        for some in left[..page.take.min(left.len())].chunks(TOGETHER) {
            found.extend(self.found(some, &asked)?);
        }
        Ok(Hits { total: numbers.len(), found })
    }

    /// The numbers of all reports that count and have the words. Only numbers are sorted, not whole reports.
    fn best_first(&self, asked: &str) -> Result<Vec<i64>> {
        let sql =
            "SELECT d.number, bm25(words, 4.0, 1.0, 1.0) FROM words JOIN document d ON d.number = words.rowid
                   WHERE words MATCH ?1 AND d.latest";
        let mut ask = self.told(self.connection.prepare_cached(sql))?;
        let rows = ask.query_map([asked], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?)));
        let mut rows: Vec<(i64, f64)> = self.told(rows.and_then(Iterator::collect))?;
        rows.sort_unstable_by(|(n, a), (m, b)| a.total_cmp(b).then(n.cmp(m)));
        Ok(rows.into_iter().map(|(number, _)| number).collect())
    }

    /// Some reports with where the words stand in them.
    fn found(&self, numbers: &[i64], asked: &str) -> Result<Vec<Found>> {
        let kept: Vec<Kept> =
            numbers.iter().filter_map(|number| self.numbered(*number).transpose()).collect::<Result<_>>()?;
        let (open, shut) = marks(&kept.iter().map(|k| k.document.text()).collect::<Vec<_>>());
        // One walk over the reports that have the words: a question for each would look the words up each time, which
        // for beginnings of words takes long. The plus keeps SQLite from doing just that.
        let list = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let sql = format!(
            "SELECT rowid, highlight(words, 2, ?1, ?2) FROM words WHERE words MATCH ?3 AND +rowid IN ({list})"
        );
        let mut ask = self.told(self.connection.prepare(&sql))?;
        let rows = ask.query_map(params![open, shut, asked], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default()))
        });
        let marked: BTreeMap<i64, String> = self.told(rows.and_then(Iterator::collect))?;
        let one = |kept: Kept| {
            let spans = marked.get(&kept.number).map_or_else(Vec::new, |m| between(m, &open, &shut));
            let excerpt = excerpt(kept.document.text(), spans.first().copied());
            Found { kept, spans, excerpt }
        };
        Ok(kept.into_iter().map(one).collect())
    }
}

/// Whatever was typed, as a question to FTS5; `None` if there is no word in it.
fn asked(question: &str) -> Option<String> {
    let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
    let mut rest = question.trim_start();
    while !rest.is_empty() && wanted.len() + unwanted.len() < MOST_WORDS {
        let not = rest.starts_with('-');
        rest = rest.strip_prefix('-').unwrap_or(rest);
        let (word, after) = match rest.strip_prefix(['"', '\u{201c}']) {
            Some(phrase) => {
                let end = phrase.find(['"', '\u{201d}']).unwrap_or(phrase.len());
                let after = phrase[end..].chars().next().map_or(0, char::len_utf8);
                (&phrase[..end], &phrase[end + after..])
            }
            None => rest.split_at(rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(rest.len())),
        };
        rest = after.trim_start();
        if word.chars().any(char::is_alphanumeric) {
            let start = if word.ends_with('*') { " *" } else { "" };
            let inner: String = word.chars().filter(|c| !matches!(c, '"' | '\0')).collect();
            let term = format!("\"{inner}\"{start}");
            if not { unwanted.push(term) } else { wanted.push(term) }
        }
    }
    let all = (!wanted.is_empty()).then(|| wanted.join(" AND "))?;
    Some(unwanted.into_iter().fold(all, |question, word| format!("({question}) NOT {word}")))
}

/// Two marks that none of the texts has.
fn marks(texts: &[&str]) -> (String, String) {
    let has = |mark: &str| texts.iter().any(|text| text.contains(mark));
    let (mut open, mut shut) = ("\u{1}\u{2}".to_string(), "\u{1}\u{3}".to_string());
    // Texts are finite: at some length they have neither.
    while has(&open) || has(&shut) {
        open.insert(0, '\u{1}');
        shut.insert(0, '\u{1}');
    }
    (open, shut)
}

/// The stretches between the marks, in bytes of the text without them.
fn between(marked: &str, open: &str, shut: &str) -> Vec<Span> {
    let (mut spans, mut passed, mut rest) = (Vec::new(), 0, marked);
    while let Some(at) = rest.find(open) {
        let inner = &rest[at + open.len()..];
        let Some(len) = inner.find(shut) else { break };
        spans.push(Span::new(passed + at, passed + at + len));
        passed += at + len;
        rest = &inner[len + shut.len()..];
    }
    spans
}

/// A stretch of the text around its first hit, or its beginning, cut between words.
fn excerpt(text: &str, hit: Option<Span>) -> Span {
    let at = hit.map_or(0, Span::start);
    let bound = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (mut from, mut to) = (bound(at.saturating_sub(EXCERPT / 3)), bound(at + EXCERPT * 2 / 3));
    if from > 0 {
        from += text[from..at.max(from)].find(char::is_whitespace).unwrap_or(0);
    }
    if to < text.len() {
        let least = hit.map_or(from, Span::end).clamp(from, to);
        to = least + text[least..to].rfind(char::is_whitespace).unwrap_or(to - least);
    }
    let inner = &text[from..to];
    let from = from + (inner.len() - inner.trim_start().len());
    Span::new(from, from + inner.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_is_words() {
        let ask = |q: &str| asked(q).unwrap_or_default();
        assert_eq!(ask("border talks"), "\"border\" AND \"talks\"");
        assert_eq!(ask("\"border talks\" -Doha cease*"), "(\"border talks\" AND \"cease*\" *) NOT \"Doha\"");
        assert_eq!(ask("text:NEAR(a b) OR x"), "\"text:NEAR(a\" AND \"b)\" AND \"OR\" AND \"x\"");
        assert_eq!(asked(" \" - * \" "), None);
        assert_eq!(asked("-only"), None);
    }

    #[test]
    fn marks_are_never_letters_of_the_text() {
        for text in ["", "\u{1}\u{2}", "\u{1}\u{1}\u{2}\u{1}\u{3}", "\u{2}\u{3}"] {
            let (open, shut) = marks(&[text, "plain"]);
            assert!(!text.contains(&open) && !text.contains(&shut));
        }
        assert_eq!(between("a<b>c<d>", "<", ">"), [Span::new(1, 2), Span::new(3, 4)]);
    }

    #[test]
    fn an_excerpt_is_cut_between_words_and_holds_the_hit() {
        let text = format!("{} ceasefire {}", "long wörds ".repeat(90), "more ".repeat(90));
        let at = text.find("ceasefire").unwrap();
        let cut = excerpt(&text, Some(Span::new(at, at + 9)));
        assert!(cut.contains(Span::new(at, at + 9)) && cut.len() <= EXCERPT);
        assert!(!cut.of(&text).starts_with(' ') && !cut.of(&text).ends_with(' '));
        assert_eq!(excerpt("", None), Span::new(0, 0));
    }
}
