//! Is the file sound? Looked at whole, and told in lines.

use crate::error::Result;
use crate::{FORMAT, Store};

/// What the examination of a store found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Format of the file.
    pub format: i64,
    /// Format that this Detente writes.
    pub newest_format: i64,
    /// Bytes of the file.
    pub bytes: u64,
    /// Reports that count.
    pub reports: usize,
    /// Older versions kept beside them.
    pub older_versions: usize,
    /// Readings, by the reader that made them.
    pub readings: Vec<(String, usize)>,
    /// Lines of the journal.
    pub decisions: usize,
    /// Addresses that are followed.
    pub watches: usize,
    /// Alerts.
    pub alerts: usize,
    /// What is wrong; empty where all is well.
    pub faults: Vec<String>,
}

impl Store {
    /// Looks at the whole file: pages, indexes, links between tables, the full text, and whether every report still
    /// has the hash it was filed under.
    pub fn examine(&self) -> Result<Health> {
        let count = |sql: &str| -> Result<usize> {
            let n: i64 = self.told(self.connection.query_row(sql, [], |row| row.get(0)))?;
            Ok(usize::try_from(n).unwrap_or(0))
        };
        let size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        let mut health = Health {
            format: self.format()?,
            newest_format: FORMAT,
            bytes: count(size)? as u64,
            reports: count("SELECT count(*) FROM document WHERE latest")?,
            older_versions: count("SELECT count(*) FROM document WHERE NOT latest")?,
            readings: self.readers()?,
            decisions: count("SELECT count(*) FROM decision")?,
            watches: count("SELECT count(*) FROM watch")?,
            alerts: count("SELECT count(*) FROM alert")?,
            faults: Vec::new(),
        };
        self.faults(&mut health.faults)?;
        Ok(health)
    }

    fn readers(&self) -> Result<Vec<(String, usize)>> {
        let mut ask = self.told(
            self.connection.prepare("SELECT reader, count(*) FROM reading GROUP BY reader ORDER BY reader"),
        )?;
        let rows = ask.query_map([], |row| {
            Ok((row.get(0)?, usize::try_from(row.get::<_, i64>(1)?).unwrap_or_default()))
        });
        self.told(rows.and_then(Iterator::collect))
    }

    fn faults(&self, faults: &mut Vec<String>) -> Result<()> {
        let mut ask = self.told(self.connection.prepare("PRAGMA integrity_check(20)"))?;
        let rows = ask.query_map([], |row| row.get::<_, String>(0));
        let told: Vec<String> = self.told(rows.and_then(Iterator::collect))?;
        faults.extend(told.into_iter().filter(|line| line != "ok").map(|line| format!("pages: {line}")));
        let mut ask = self.told(self.connection.prepare("PRAGMA foreign_key_check"))?;
        let rows = ask.query_map([], |row| row.get::<_, String>(0));
        let loose: Vec<String> = self.told(rows.and_then(Iterator::collect))?;
        faults.extend(loose.into_iter().map(|table| format!("links: a line of {table} leads nowhere")));
        let words = "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)";
        if self.connection.execute(words, []).is_err() {
            faults.push("full text: not in step with the reports; \"detente rebuild\" mends it".to_string());
        }
        self.strayed(faults)
    }

    /// Reports whose content is not what they are filed under.
    fn strayed(&self, faults: &mut Vec<String>) -> Result<()> {
        let sql = format!("SELECT {} FROM document d", crate::document::COLUMNS);
        let mut ask = self.told(self.connection.prepare(&sql))?;
        let rows = ask.query_map([], |row| Ok((row.get::<_, String>(1)?, self.kept(row))));
        for row in self.told(rows)? {
            let (id, kept) = self.told(row)?;
            match kept {
                Ok(kept) if kept.document.id().as_str() == id => {}
                Ok(_) => faults.push(format!("report {id}: its text is not what was added")),
                Err(error) => faults.push(format!("report {id}: {}", error.what())),
            }
        }
        Ok(())
    }

    /// Makes the full text anew from the reports.
    pub fn rebuild_words(&self) -> Result<()> {
        self.told(self.connection.execute("INSERT INTO words (words) VALUES ('rebuild')", []))?;
        Ok(())
    }
}
