//! Decisions that are taken on the page, into the journal of a store.
//!
//! # How
//! A fact is named by its id in the reading of a report, and put down by where it stands
//! ([`FactAt`]), so that the decision holds when the report is read anew. The page hears of the new books
//! as of any other change of the store.

use crate::pipeline::Desk;
use detente_page::Journal;
use detente_page::journal::{Entry, Trouble, Undoing, Verdict, Wish};
use detente_store::{Error, Store};
use detente_types::{Comparator, Decision, DocumentId, FactAt, FactKind, FigureChange, Ruling};
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;

/// The journal of a store.
pub(crate) struct Deciding {
    /// The file.
    pub(crate) path: PathBuf,
    /// Under whose readings facts have their ids.
    pub(crate) desk: Arc<Desk>,
}

impl Deciding {
    /// A store is opened for each question: decisions are few, and a connection belongs to one thread.
    fn store(&self) -> Result<Store, Trouble> {
        Store::open_existing(&self.path).map_err(told)
    }

    fn ruling(&self, store: &Store, wish: &Wish) -> Result<Ruling, Trouble> {
        let reading = store.reading(&DocumentId::named(&wish.report), self.desk.reader()).map_err(told)?;
        let fact = reading.and_then(|reading| FactAt::named(&reading, &wish.fact));
        let fact = fact.ok_or_else(|| {
            trouble(
                "this fact is not in the books any more",
                "open its sentence again: the report may have been read anew",
            )
        })?;
        Ok(match &wish.verdict {
            Verdict::Reject => Ruling::Reject { fact },
            Verdict::Note { text } if text.trim().is_empty() => {
                return Err(trouble("a remark without words", "write the remark"));
            }
            Verdict::Note { text } => Ruling::Note { fact, text: text.trim().to_string() },
            Verdict::Count { .. } if fact.kind != FactKind::Figure => {
                return Err(trouble("this is no count", "choose the count of the sentence"));
            }
            Verdict::Count { count } => {
                let value = number(count)
                    .ok_or_else(|| trouble("this is no number", "write 23, 23+, >23, <23 or ~23"))?;
                Ruling::CorrectFigure {
                    fact,
                    change: FigureChange { value: Some(value), ..FigureChange::default() },
                }
            }
        })
    }
}

impl Journal for Deciding {
    fn entries(&self) -> Result<Vec<Entry>, Trouble> {
        let journal = self.store()?.journal().map_err(told)?;
        Ok(journal.iter().map(entry).collect())
    }

    fn decide(&self, wish: &Wish) -> Result<i64, Trouble> {
        let store = self.store()?;
        let ruling = self.ruling(&store, wish)?;
        let (author, reason) = (wish.author.trim().to_string(), wish.reason.trim().to_string());
        store.decide(&Decision { at: Timestamp::now(), author, reason, ruling }).map_err(told)
    }

    fn undo(&self, number: i64, undoing: &Undoing) -> Result<i64, Trouble> {
        let (author, reason) = (undoing.author.trim(), undoing.reason.trim());
        self.store()?.undo(number, author, reason, Timestamp::now()).map_err(told)
    }
}

fn entry(line: &detente_store::Entry) -> Entry {
    let words = match (&line.ruling, line.undoes) {
        (Some(ruling), _) => detente_publish::ruling(ruling),
        (None, Some(number)) => format!("takes line {number} back"),
        (None, None) => String::new(),
    };
    let fact = line.ruling.as_ref().and_then(|r| r.facts().first().copied());
    Entry {
        number: line.number,
        at: line.at.to_string(),
        author: line.author.clone(),
        reason: line.reason.clone(),
        words,
        report: fact.map(|f| f.document.to_string()),
        start: fact.map(|f| f.sentence.start()),
        undone_by: line.undone_by,
    }
}

/// `23`, `23+`, `>23`, `<23`, `~23`.
pub(crate) fn number(words: &str) -> Option<(Comparator, u64)> {
    let words = words.trim();
    let (comparator, digits) = match words.chars().next()? {
        '>' => (Comparator::MoreThan, &words[1..]),
        '<' => (Comparator::LessThan, &words[1..]),
        '~' => (Comparator::About, &words[1..]),
        _ => match words.strip_suffix('+') {
            Some(digits) => (Comparator::AtLeast, digits),
            None => (Comparator::Exactly, words),
        },
    };
    Some((comparator, digits.trim().parse().ok()?))
}

fn told(error: Error) -> Trouble {
    trouble(error.what(), &format!("see to {}", error.path().display()))
}

fn trouble(what: impl Into<String>, remedy: &str) -> Trouble {
    Trouble { what: what.into(), remedy: remedy.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_written_as_people_write_them() {
        assert_eq!(number("23"), Some((Comparator::Exactly, 23)));
        assert_eq!(number(" 23+ "), Some((Comparator::AtLeast, 23)));
        assert_eq!(number(">23"), Some((Comparator::MoreThan, 23)));
        assert_eq!(number("~ 23"), Some((Comparator::About, 23)));
        assert_eq!(number("dozens"), None);
        assert_eq!(number(""), None);
    }
}
