//! The journal of decisions: lines are added, never changed.
//!
//! Taking a decision back is a line of its own, and so is taking that back. What stands follows from the lines.

use crate::Store;
use crate::error::{Error, Result};
use detente_types::{Decision, Ruling};
use jiff::Timestamp;
use rusqlite::params;
use std::collections::BTreeMap;

/// One line of the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number, from 1.
    pub number: i64,
    /// Who wrote it, when, and why.
    pub at: Timestamp,
    /// Who.
    pub author: String,
    /// Why.
    pub reason: String,
    /// What was decided; `None` for a line that takes another back.
    pub ruling: Option<Ruling>,
    /// The line that this one takes back.
    pub undoes: Option<i64>,
    /// The line that takes this one back, where one stands that does.
    pub undone_by: Option<i64>,
}

impl Store {
    /// Writes a decision into the journal and gives its number.
    pub fn decide(&self, decision: &Decision) -> Result<i64> {
        let body = serde_json::to_string(&decision.ruling).expect("a ruling is strings, numbers and lists");
        let (at, author, reason) = (decision.at, &decision.author, &decision.reason);
        let put = self.connection.execute(
            "INSERT INTO decision (at, author, reason, body) VALUES (?1, ?2, ?3, ?4)",
            params![at.to_string(), author, reason, body],
        );
        self.told(put)?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Takes a line of the journal back and gives the number of the line that says so. Taking such a line back
    /// brings the decision back.
    pub fn undo(&self, number: i64, author: &str, reason: &str, at: Timestamp) -> Result<i64> {
        let change = self.change()?;
        let journal = self.journal()?;
        let entry = journal.iter().find(|e| e.number == number);
        match entry {
            None => return Err(Error::no_decision(&self.path, number)),
            Some(entry) if entry.undone_by.is_some() => return Err(Error::undone(&self.path, number)),
            Some(_) => {}
        }
        let put = change.execute(
            "INSERT INTO decision (at, author, reason, undoes) VALUES (?1, ?2, ?3, ?4)",
            params![at.to_string(), author, reason, number],
        );
        self.told(put)?;
        let line = change.last_insert_rowid();
        self.told(change.commit())?;
        Ok(line)
    }

    /// The whole journal, in order.
    pub fn journal(&self) -> Result<Vec<Entry>> {
        type Row = (i64, String, String, String, Option<String>, Option<i64>);
        let mut ask = self.told(self.connection.prepare_cached(
            "SELECT number, at, author, reason, body, undoes FROM decision ORDER BY number",
        ))?;
        let rows = ask.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        });
        let rows: Vec<Row> = self.told(rows.and_then(Iterator::collect))?;
        let entry = |(number, at, author, reason, body, undoes): Row| {
            let ruling = body.map(|json| self.parsed(&json)).transpose()?;
            Ok(Entry { number, at: self.time(&at)?, author, reason, ruling, undoes, undone_by: None })
        };
        let mut journal: Vec<Entry> = rows.into_iter().map(entry).collect::<Result<_>>()?;
        settle(&mut journal);
        Ok(journal)
    }

    /// The decisions that stand, in order, with their numbers.
    pub fn decisions(&self) -> Result<Vec<(i64, Decision)>> {
        let standing = self.journal()?.into_iter().filter(|e| e.undone_by.is_none());
        let decision = |e: Entry| {
            let ruling = e.ruling?;
            Some((e.number, Decision { author: e.author, at: e.at, reason: e.reason, ruling }))
        };
        Ok(standing.filter_map(decision).collect())
    }
}

/// Says of each line which line takes it back. A line is only ever taken back by a later one, so the last line
/// stands, and each before it unless one that stands takes it back.
fn settle(journal: &mut [Entry]) {
    let mut taken: BTreeMap<i64, i64> = BTreeMap::new();
    for entry in journal.iter_mut().rev() {
        entry.undone_by = taken.get(&entry.number).copied();
        if let (Some(undoes), None) = (entry.undoes, entry.undone_by) {
            taken.insert(undoes, entry.number);
        }
    }
}
