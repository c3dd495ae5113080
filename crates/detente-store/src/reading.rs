//! What is derived: readings by report and reader, and anything else by the hash of what it follows from.
//!
//! A reading that this Detente cannot make sense of any more counts as missing: it is made anew.

use crate::error::Result;
use crate::{Store, packed};
use detente_types::{DocumentId, Reading};
use rayon::prelude::*;
use rusqlite::{OptionalExtension, params};

impl Store {
    /// The reading of a report by this version of the reader, where it is kept.
    pub fn reading(&self, document: &DocumentId, reader: &str) -> Result<Option<Reading>> {
        let mut ask = self.told(self.connection.prepare_cached(
            "SELECT r.body, d.path FROM reading r JOIN document d ON d.number = r.document
             WHERE d.id = ?1 AND r.reader = ?2",
        ))?;
        let body =
            ask.query_row([document.as_str(), reader], |row| Ok((row.get(0)?, row.get(1)?))).optional();
        let Some((body, path)) = self.told::<Option<(Vec<u8>, String)>>(body)? else { return Ok(None) };
        Ok(unpack(&body, path))
    }

    /// The readings of all reports that count by this version of the reader, sorted by report.
    pub fn readings(&self, reader: &str) -> Result<Vec<Reading>> {
        let mut ask = self.told(self.connection.prepare_cached(
            "SELECT r.body, d.path FROM document d JOIN reading r ON r.document = d.number AND r.reader = ?1
             WHERE d.latest ORDER BY d.id",
        ))?;
        let rows = ask.query_map([reader], |row| Ok((row.get(0)?, row.get(1)?)));
        let rows: Vec<(Vec<u8>, String)> = self.told(rows.and_then(Iterator::collect))?;
        // One thread asks, all unpack.
        let readings = rows.into_par_iter().filter_map(|(body, path)| unpack(&body, path));
        Ok(readings.collect())
    }

    /// The reports that count and have no reading by this version of the reader, in order of arrival.
    pub fn unread(&self, reader: &str) -> Result<Vec<DocumentId>> {
        // Numbers are compared first, which touches no text: this is asked at every look, and mostly none is unread.
        let mut ask = self.told(self.connection.prepare_cached(
            "SELECT id FROM document WHERE latest AND number IN (
                 SELECT number FROM document EXCEPT SELECT document FROM reading WHERE reader = ?1)
             ORDER BY number",
        ))?;
        let ids = ask.query_map([reader], |row| Ok(DocumentId::named(&row.get::<_, String>(0)?)));
        self.told(ids.and_then(Iterator::collect))
    }

    /// Keeps readings, in the place of older ones by the same reader, all or none. Those of a report that was
    /// forgotten meanwhile are left out.
    pub fn keep_readings(&self, readings: &[Reading], reader: &str) -> Result<()> {
        let pack = |reading: &Reading| {
            let json = serde_json::to_vec(reading).expect("a reading is strings, numbers and lists");
            packed::close(&json).map_err(|e| crate::Error::odd(&self.path, e))
        };
        let bodies: Vec<Vec<u8>> = readings.iter().map(pack).collect::<Result<_>>()?;
        let change = self.change()?;
        let write = || -> rusqlite::Result<()> {
            let mut insert = change.prepare_cached(
                "INSERT OR REPLACE INTO reading (document, reader, body)
                 SELECT number, ?2, ?3 FROM document WHERE id = ?1",
            )?;
            for (reading, body) in readings.iter().zip(&bodies) {
                insert.execute(params![reading.document.id().as_str(), reader, body])?;
            }
            Ok(())
        };
        self.told(write())?;
        self.told(change.commit())
    }

    /// How many reports that count were read, but by readers of other versions only: those whose names do not begin
    /// with `version`.
    pub fn outdated(&self, version: &str) -> Result<usize> {
        let count = self.connection.query_row(
            "SELECT count(DISTINCT d.number) FROM document d JOIN reading r ON r.document = d.number
             WHERE d.latest AND substr(r.reader, 1, length(?1)) <> ?1 AND NOT EXISTS (
                 SELECT 1 FROM reading o WHERE o.document = d.number AND substr(o.reader, 1, length(?1)) = ?1)",
            [version],
            |row| row.get::<_, i64>(0),
        );
        Ok(usize::try_from(self.told(count)?).unwrap_or(0))
    }

    /// Deletes the readings of readers of other versions.
    pub fn drop_outdated(&self, version: &str) -> Result<usize> {
        let sql = "DELETE FROM reading WHERE substr(reader, 1, length(?1)) <> ?1";
        self.told(self.connection.execute(sql, [version]))
    }

    /// Deletes the readings of every other reader, or of all: the next run reads anew.
    pub fn drop_readings(&self, keep: Option<&str>) -> Result<usize> {
        let change = self.change()?;
        let gone =
            self.told(change.execute("DELETE FROM reading WHERE ?1 IS NULL OR reader <> ?1", [keep]))?;
        self.told(change.execute("DELETE FROM derived", []))?;
        self.told(change.commit())?;
        Ok(gone)
    }

    /// Something derived, by the hash of what it follows from.
    pub fn derived(&self, key: &str) -> Result<Option<Vec<u8>>> {
        let mut ask = self.told(self.connection.prepare_cached("SELECT body FROM derived WHERE key = ?1"))?;
        let body: Option<Vec<u8>> = self.told(ask.query_row([key], |row| row.get(0)).optional())?;
        body.map(|body| self.unpacked(&body)).transpose()
    }

    /// Keeps something derived.
    pub fn keep_derived(&self, kind: &str, key: &str, bytes: &[u8]) -> Result<()> {
        let body = packed::close(bytes).map_err(|e| crate::Error::odd(&self.path, e))?;
        let mut put = self.told(
            self.connection
                .prepare_cached("INSERT OR REPLACE INTO derived (key, kind, body) VALUES (?1, ?2, ?3)"),
        )?;
        self.told(put.execute(params![key, kind, body]))?;
        Ok(())
    }

    /// Keeps several things of one kind, and deletes what else there is of it but for the keys of `keep`: all of
    /// it or nothing.
    pub fn keep_all_derived(&self, kind: &str, rows: &[(String, Vec<u8>)], keep: &[String]) -> Result<()> {
        let pack = |bytes: &Vec<u8>| packed::close(bytes).map_err(|e| crate::Error::odd(&self.path, e));
        let bodies: Vec<Vec<u8>> = rows.iter().map(|(_, bytes)| pack(bytes)).collect::<Result<_>>()?;
        let change = self.change()?;
        for ((key, _), body) in rows.iter().zip(&bodies) {
            let put = change.execute(
                "INSERT OR REPLACE INTO derived (key, kind, body) VALUES (?1, ?2, ?3)",
                params![key, kind, body],
            );
            self.told(put)?;
        }
        let keys = serde_json::to_string(keep).expect("a list of strings");
        let gone = change.execute(
            "DELETE FROM derived WHERE kind = ?1 AND key NOT IN (SELECT value FROM json_each(?2))",
            [kind, &keys],
        );
        self.told(gone)?;
        self.told(change.commit())
    }

    /// Deletes what is derived of this kind but for these keys.
    pub fn drop_derived(&self, kind: &str, keep: &[&str]) -> Result<usize> {
        let keys = serde_json::to_string(keep).expect("a list of strings");
        let gone = self.connection.execute(
            "DELETE FROM derived WHERE kind = ?1 AND key NOT IN (SELECT value FROM json_each(?2))",
            [kind, &keys],
        );
        self.told(gone)
    }
}

/// A reading from its packed form, under the path of its report now.
fn unpack(body: &[u8], path: String) -> Option<Reading> {
    let mut reading: Reading = serde_json::from_slice(&packed::open(body).ok()?).ok()?;
    reading.document.path = path;
    Some(reading)
}
