//! What is followed and where that stands; what was worth telling at once.
//!
//! Both are kept for those who collect and those who show: what an address means and what an alert says is theirs.

use crate::error::Result;
use crate::{Page, Store};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde_json::Value;

/// Something that is followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// Its address: a feed, a folder.
    pub address: String,
    /// What kind of thing that is, in the words of the one who follows it.
    pub kind: String,
    /// Where following it stands, in the words of the one who follows it.
    pub state: Value,
    /// Since when it is followed.
    pub added: Timestamp,
}

/// Something worth telling at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// Its place in the order of telling.
    pub number: i64,
    /// Hash of what it says: it is told once.
    pub id: String,
    /// When it was raised.
    pub at: Timestamp,
    /// What kind.
    pub kind: String,
    /// Reason and citations, in the words of the one who raised it.
    pub body: Value,
    /// Has a person seen it?
    pub seen: bool,
}

impl Store {
    /// Follows an address from now on; one that is followed stays as it is.
    pub fn watch(&self, address: &str, kind: &str, at: Timestamp) -> Result<bool> {
        let put = self.connection.execute(
            "INSERT INTO watch (address, kind, added) VALUES (?1, ?2, ?3) ON CONFLICT (address) DO NOTHING",
            params![address, kind, at.to_string()],
        );
        Ok(self.told(put)? > 0)
    }

    /// Keeps where following an address stands.
    pub fn keep_state(&self, address: &str, state: &Value) -> Result<bool> {
        let put = self
            .connection
            .execute("UPDATE watch SET state = ?2 WHERE address = ?1", params![address, state.to_string()]);
        Ok(self.told(put)? > 0)
    }

    /// Where following an address stands; nothing, if it is not followed.
    pub fn state(&self, address: &str) -> Result<Option<Value>> {
        let ask = self.connection.prepare_cached("SELECT state FROM watch WHERE address = ?1");
        let state =
            ask.and_then(|mut ask| ask.query_row([address], |row| row.get::<_, String>(0)).optional());
        self.told(state)?.map(|words| self.parsed(&words)).transpose()
    }

    /// Follows an address no longer. Was it followed?
    pub fn unwatch(&self, address: &str) -> Result<bool> {
        Ok(self.told(self.connection.execute("DELETE FROM watch WHERE address = ?1", [address]))? > 0)
    }

    /// What is followed, in the order in which it was begun.
    pub fn watches(&self) -> Result<Vec<Watch>> {
        type Row = (String, String, String, String);
        let mut ask = self.told(
            self.connection.prepare_cached("SELECT address, kind, state, added FROM watch ORDER BY number"),
        )?;
        let rows = ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
        let rows: Vec<Row> = self.told(rows.and_then(Iterator::collect))?;
        let watch = |(address, kind, state, added): Row| {
            Ok(Watch { address, kind, state: self.parsed(&state)?, added: self.time(&added)? })
        };
        rows.into_iter().map(watch).collect()
    }

    /// Keeps an alert; one with the same id is told already. Is it new?
    pub fn alert(&self, id: &str, kind: &str, body: &Value, at: Timestamp) -> Result<bool> {
        let put = self.connection.execute(
            "INSERT INTO alert (id, at, kind, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
            params![id, at.to_string(), kind, body.to_string()],
        );
        Ok(self.told(put)? > 0)
    }

    /// Alerts, the newest first.
    pub fn alerts(&self, unseen_only: bool, page: Page) -> Result<Vec<Alert>> {
        type Row = (i64, String, String, String, String, bool);
        let mut ask = self.told(self.connection.prepare_cached(
            "SELECT number, id, at, kind, body, seen FROM alert WHERE NOT (?1 AND seen)
             ORDER BY number DESC LIMIT ?2 OFFSET ?3",
        ))?;
        let rows = ask.query_map(params![unseen_only, page.take(), page.skip()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        });
        let rows: Vec<Row> = self.told(rows.and_then(Iterator::collect))?;
        let alert = |(number, id, at, kind, body, seen): Row| {
            Ok(Alert { number, id, at: self.time(&at)?, kind, body: self.parsed(&body)?, seen })
        };
        rows.into_iter().map(alert).collect()
    }

    /// A person has seen it. Is there such an alert?
    pub fn seen(&self, number: i64) -> Result<bool> {
        Ok(self.told(self.connection.execute("UPDATE alert SET seen = 1 WHERE number = ?1", [number]))? > 0)
    }

    pub(crate) fn time(&self, words: &str) -> Result<Timestamp> {
        words.parse().map_err(|e| crate::Error::odd(&self.path, e))
    }
}
