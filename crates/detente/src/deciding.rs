//! Decisions that are taken on the page, into the journal of a store.
//!
//! # How
//! A fact is named by its id in the reading of a report, and put down by where it stands
//! ([`FactAt`]), so that the decision holds when the report is read anew. The page hears of the new books
//! as of any other change of the store.

use crate::pipeline::Desk;
use detente_page::Journal;
use detente_page::alerts::{Alerts, Notice};
use detente_page::journal::{Entry, Trouble, Undoing, Verdict, Wish};
use detente_store::{Error, Page, Store};
use detente_types::{
    ActorId, Basis, Comparator, Decision, DocumentId, EventChange, FactAt, FactKind, FigureChange, Precision,
    Ruling, When,
};
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
        let fact = || self.fact(store, &wish.report, &wish.fact);
        let own = |kind: FactKind| of_kind(fact()?, kind);
        let other = |report: &str, id: &str| -> Result<FactAt, Trouble> {
            of_kind(self.fact(store, report, id)?, FactKind::Event)
        };
        Ok(match &wish.verdict {
            Verdict::Reject => Ruling::Reject { fact: fact()? },
            Verdict::Note { text } => Ruling::Note { fact: fact()?, text: words(text, "remark")? },
            Verdict::Count { count } => {
                let change = FigureChange { value: Some(counted(count)?), ..FigureChange::default() };
                Ruling::CorrectFigure { fact: own(FactKind::Figure)?, change }
            }
            Verdict::Event { .. } => {
                Ruling::CorrectEvent { fact: own(FactKind::Event)?, change: event_change(&wish.verdict)? }
            }
            Verdict::Figure { what, count, victims, claimant } => {
                let change = FigureChange {
                    what: code(what.as_deref())?,
                    value: given(count.as_deref()).map(counted).transpose()?,
                    victims: victims.as_deref().map(keys),
                    claimant: claimant.as_deref().map(keys),
                };
                if change == FigureChange::default() {
                    return Err(nothing());
                }
                Ruling::CorrectFigure { fact: own(FactKind::Figure)?, change }
            }
            Verdict::Merge { other_report, other: id } => {
                Ruling::Merge { one: own(FactKind::Event)?, other: other(other_report, id)? }
            }
            Verdict::Split { other_report, other: id } => {
                Ruling::Split { one: own(FactKind::Event)?, other: other(other_report, id)? }
            }
            Verdict::Answer { party, answer } => Ruling::Answer {
                fact: own(FactKind::Act)?,
                party: ActorId::named(&words(party, "party")?),
                answer: if answer == "not_reported" { None } else { code(Some(answer))? },
            },
            Verdict::SameActor { actor, is } if actor == is => {
                return Err(trouble("an actor is itself", "choose another one"));
            }
            Verdict::SameActor { actor, is } => Ruling::SameActor {
                actor: ActorId::named(&words(actor, "actor")?),
                is: ActorId::named(&words(is, "actor")?),
            },
            Verdict::NameActor { actor, name } => Ruling::NameActor {
                actor: ActorId::named(&words(actor, "actor")?),
                name: words(name, "name")?,
            },
        })
    }

    /// The fact of a report with this id.
    fn fact(&self, store: &Store, report: &str, id: &str) -> Result<FactAt, Trouble> {
        let reading = store.reading(&DocumentId::named(report), self.desk.reader()).map_err(told)?;
        let fact = reading.and_then(|reading| FactAt::named(&reading, id));
        fact.ok_or_else(|| {
            let remedy = "open its sentence again: the report may have been read anew";
            trouble("this fact is not in the books any more", remedy)
        })
    }
}

fn of_kind(fact: FactAt, kind: FactKind) -> Result<FactAt, Trouble> {
    let what = format!("this is one of the {}s, and one of the {}s is needed", fact.kind.name(), kind.name());
    if fact.kind == kind { Ok(fact) } else { Err(trouble(what, "choose another fact of the sentence")) }
}

fn event_change(verdict: &Verdict) -> Result<EventChange, Trouble> {
    let Verdict::Event { kind, modality, polarity, actors, recipients, date } = verdict else {
        return Ok(EventChange::default());
    };
    let change = EventChange {
        kind: code(kind.as_deref())?,
        modes: None,
        modality: code(modality.as_deref())?,
        polarity: code(polarity.as_deref())?,
        actors: actors.as_deref().map(keys),
        recipients: recipients.as_deref().map(keys),
        when: given(date.as_deref()).map(days).transpose()?,
    };
    if change == EventChange::default() { Err(nothing()) } else { Ok(change) }
}

fn nothing() -> Trouble {
    trouble("nothing is corrected", "change something, or say that the report does not say so")
}

/// Words that are there.
fn given(words: Option<&str>) -> Option<&str> {
    words.map(str::trim).filter(|w| !w.is_empty())
}

fn words(text: &str, what: &str) -> Result<String, Trouble> {
    let text = given(Some(text));
    text.map(str::to_string)
        .ok_or_else(|| trouble(format!("no {what} is given"), &format!("give the {what}")))
}

/// A word of a closed list, as records print it; `None` where none is given.
fn code<T: serde::de::DeserializeOwned>(word: Option<&str>) -> Result<Option<T>, Trouble> {
    let Some(word) = given(word) else { return Ok(None) };
    let found = serde_json::from_value(serde_json::Value::String(word.to_string()));
    let remedy = "detente explain has the words of each list";
    found.map(Some).map_err(|_| trouble(format!("{word} is no word of this list"), remedy))
}

fn counted(count: &str) -> Result<(Comparator, u64), Trouble> {
    number(count).ok_or_else(|| trouble("this is no number", "write 23, 23+, >23, <23 or ~23"))
}

/// Keys with commas between.
pub(crate) fn keys(list: &str) -> Vec<ActorId> {
    list.split(',').map(str::trim).filter(|key| !key.is_empty()).map(ActorId::named).collect()
}

/// `2031-03-04`, or `2031-03-04..2031-03-06`.
pub(crate) fn day_or_days(words: &str) -> Option<When> {
    let (from, to) = words.split_once("..").unwrap_or((words, words));
    let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    let precision = if from == to { Precision::Day } else { Precision::Range };
    Some(When::new(Some(from), Some(to), precision, Basis::Explicit))
}

fn days(words: &str) -> Result<When, Trouble> {
    day_or_days(words)
        .ok_or_else(|| trouble("this is no date", "write 2031-03-04, or 2031-03-04..2031-03-06"))
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

impl Alerts for Deciding {
    fn told(&self, unseen_only: bool, from: usize, limit: usize) -> Result<Vec<Notice>, Trouble> {
        let page = Page { skip: from, take: limit };
        let alerts = self.store()?.alerts(unseen_only, page).map_err(told)?;
        // One that a later version wrote in other words is left out.
        Ok(alerts.into_iter().filter_map(notice).collect())
    }

    fn count(&self) -> Result<(usize, usize), Trouble> {
        let store = self.store()?;
        Ok((store.alert_count().map_err(told)?, store.unseen().map_err(told)?))
    }

    fn seen(&self, to: i64) -> Result<(), Trouble> {
        self.store()?.seen_to(to).map(|_| ()).map_err(told)
    }
}

/// An alert as the page has it; `None` for one that another version wrote in other words.
pub(crate) fn notice(alert: detente_store::Alert) -> Option<Notice> {
    let (number, at, seen) = (alert.number, alert.at.to_string(), alert.seen);
    Some(Notice { number, at, seen, home: None, alert: serde_json::from_value(alert.body).ok()? })
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

pub(crate) fn told(error: Error) -> Trouble {
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
