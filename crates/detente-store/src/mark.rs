//! How far something was done that is done once: alerts told of reports, alerts sent.
//!
//! # How
//! A mark is a number under a name, and only goes up. Alerts and the mark of the reports that they were told of are
//! written together: a stop between the two neither loses an alert nor tells it twice.

use crate::error::Result;
use crate::{Alert, Page, Store};
use detente_types::DocumentId;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value;
use std::collections::BTreeSet;

/// The mark of the report up to which alerts were told.
const TOLD: &str = "told";

impl Store {
    /// The mark of this name, where there is one.
    pub fn mark(&self, name: &str) -> Result<Option<i64>> {
        let row =
            self.connection.query_row("SELECT number FROM mark WHERE name = ?1", [name], |row| row.get(0));
        self.told(row.optional())
    }

    /// Puts a mark at this number, if it is not further on already.
    pub fn set_mark(&self, name: &str, number: i64) -> Result<()> {
        let change = self.change()?;
        self.put_mark(&change, name, number)?;
        self.told(change.commit())
    }

    fn put_mark(&self, change: &Transaction, name: &str, number: i64) -> Result<()> {
        let put = change.execute(
            "INSERT INTO mark (name, number) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET number = max(number, excluded.number)",
            params![name, number],
        );
        self.told(put)?;
        Ok(())
    }

    /// The report up to which alerts were told; `None` where none ever were.
    pub fn told_to(&self) -> Result<Option<i64>> {
        self.mark(TOLD)
    }

    /// The number of the report that came last, 0 where none did.
    pub fn last_report(&self) -> Result<i64> {
        let row =
            self.connection.query_row("SELECT coalesce(max(number), 0) FROM document", [], |r| r.get(0));
        self.told(row)
    }

    /// The reports that came up to this one, older versions too.
    pub fn reports_to(&self, number: i64) -> Result<BTreeSet<DocumentId>> {
        let mut ask =
            self.told(self.connection.prepare_cached("SELECT id FROM document WHERE number <= ?1"))?;
        let ids = ask.query_map([number], |row| Ok(DocumentId::named(&row.get::<_, String>(0)?)));
        self.told(ids.and_then(Iterator::collect))
    }

    /// Reports that counted when this one was the last, and in whose place a newer version has come since.
    pub fn superseded_since(&self, number: i64) -> Result<Vec<DocumentId>> {
        let mut ask = self.told(self.connection.prepare_cached(
            "SELECT o.id FROM document o JOIN document n ON n.series = o.series AND n.latest AND n.number > ?1
             WHERE o.number <= ?1 AND o.number = (
                 SELECT max(number) FROM document WHERE series = o.series AND number <= ?1)
             ORDER BY o.id",
        ))?;
        let ids = ask.query_map([number], |row| Ok(DocumentId::named(&row.get::<_, String>(0)?)));
        self.told(ids.and_then(Iterator::collect))
    }

    /// Keeps alerts (id, kind, body) that were told of the reports up to this one, and gives those that are new.
    pub fn tell(&self, alerts: &[(String, String, Value)], at: Timestamp, to: i64) -> Result<Vec<Alert>> {
        let change = self.change()?;
        let mut new = Vec::new();
        for (id, kind, body) in alerts {
            let put = change.execute(
                "INSERT INTO alert (id, at, kind, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
                params![id, at.to_string(), kind, body.to_string()],
            );
            if self.told(put)? > 0 {
                let (number, id, kind) = (change.last_insert_rowid(), id.clone(), kind.clone());
                new.push(Alert { number, id, at, kind, body: body.clone(), seen: false });
            }
        }
        self.put_mark(&change, TOLD, to)?;
        self.told(change.commit())?;
        Ok(new)
    }

    /// Alerts after this number, the oldest first.
    pub fn alerts_after(&self, number: i64) -> Result<Vec<Alert>> {
        let mut alerts = self.alerts(false, Page::ALL)?;
        alerts.retain(|alert| alert.number > number);
        alerts.reverse();
        Ok(alerts)
    }

    /// How many alerts there are.
    pub fn alert_count(&self) -> Result<usize> {
        let row = self.connection.query_row("SELECT count(*) FROM alert", [], |r| r.get::<_, i64>(0));
        Ok(usize::try_from(self.told(row)?).unwrap_or(0))
    }

    /// How many alerts nobody has seen.
    pub fn unseen(&self) -> Result<usize> {
        let row = self
            .connection
            .query_row("SELECT count(*) FROM alert WHERE NOT seen", [], |r| r.get::<_, i64>(0));
        Ok(usize::try_from(self.told(row)?).unwrap_or(0))
    }

    /// All alerts up to this number were seen.
    pub fn seen_to(&self, number: i64) -> Result<usize> {
        self.told(
            self.connection.execute("UPDATE alert SET seen = 1 WHERE number <= ?1 AND NOT seen", [number]),
        )
    }

    /// What the books follow from, as one short text: it changes with reports and decisions, and not with alerts.
    pub fn contents(&self) -> Result<String> {
        let sql = "SELECT (SELECT count(*) FROM document), (SELECT coalesce(max(number), 0) FROM document),
                          (SELECT coalesce(max(number), 0) FROM decision)";
        let row = self.connection.query_row(sql, [], |row| {
            let (count, last, decision): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(format!("{count} {last} {decision}"))
        });
        self.told(row)
    }
}
