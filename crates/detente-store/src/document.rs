//! Reports: added, listed, forgotten.
//!
//! # How
//! A report is known by the hash of its content, so the same report twice is one. A report of a series that is there
//! with another content is a new version: both are kept, and the one that came last counts. When the last is
//! forgotten, the one before it counts again.

use crate::error::Result;
use crate::{Store, series};
use detente_types::document::Given;
use detente_types::{Document, DocumentId, Note};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, named_params, params};

/// How a report came in.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// When.
    pub at: Timestamp,
    /// The file that it is the only report of, as an absolute path; see [`series()`].
    pub place: Option<&'a str>,
    /// Remarks on how it came in.
    pub notes: &'a [Note],
}

/// What came of adding a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New,
    /// It was there already; nothing was changed.
    Known,
    /// It is another version of a report that was there.
    NewVersion {
        /// The version that counted before.
        of: DocumentId,
    },
}

/// One report as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its place in the order of arrival.
    pub number: i64,
    /// The report.
    pub document: Document,
    /// Remarks on how it came in.
    pub notes: Vec<Note>,
    /// When it was added.
    pub added: Timestamp,
    /// What its versions share.
    pub series: String,
    /// Is it the newest version?
    pub latest: bool,
}

/// Which reports.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Older versions too.
    pub all_versions: bool,
    /// Those of this outlet, as given beside the text.
    pub outlet: Option<String>,
    /// Those with these letters in path or title, in whatever case of ASCII.
    pub named: Option<String>,
    /// The versions of one report.
    pub series: Option<String>,
}

/// Which of many.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// How many to pass over.
    pub skip: usize,
    /// How many to give at most.
    pub take: usize,
}

impl Page {
    /// All of them.
    pub const ALL: Page = Page { skip: 0, take: usize::MAX };

    pub(crate) fn take(self) -> i64 {
        i64::try_from(self.take).unwrap_or(i64::MAX)
    }

    pub(crate) fn skip(self) -> i64 {
        i64::try_from(self.skip).unwrap_or(i64::MAX)
    }
}

/// The columns of [`Kept`].
pub(crate) const COLUMNS: &str = "d.number, d.id, d.path, d.text, d.title, d.outlet, d.url, d.published, d.notes, d.added, d.series, d.latest";

const WHERE: &str = "(:all OR d.latest) AND (:outlet IS NULL OR d.outlet = :outlet)
    AND (:series IS NULL OR d.series = :series)
    AND (:named IS NULL OR instr(lower(d.path), lower(:named)) OR instr(lower(d.title), lower(:named)))";

impl Store {
    /// Adds a report. When this returns, the report is on the disk.
    pub fn add(&self, document: &Document, arrival: Arrival) -> Result<Added> {
        let change = self.change()?;
        let added = self.put(&change, document, arrival)?;
        self.told(change.commit())?;
        Ok(added)
    }

    /// Adds several reports, all or none, which is much faster than one by one.
    pub fn add_all<'a>(
        &self,
        reports: impl IntoIterator<Item = (&'a Document, Arrival<'a>)>,
    ) -> Result<Vec<Added>> {
        let change = self.change()?;
        let added: Result<Vec<Added>> =
            reports.into_iter().map(|(document, arrival)| self.put(&change, document, arrival)).collect();
        let added = added?;
        self.told(change.commit())?;
        Ok(added)
    }

    fn put(&self, change: &Transaction, document: &Document, arrival: Arrival) -> Result<Added> {
        let id = document.id().as_str();
        let known = change.prepare_cached("SELECT 1 FROM document WHERE id = ?1");
        if self.told(known.and_then(|mut ask| ask.exists([id])))? {
            return Ok(Added::Known);
        }
        let series = series(document, arrival.place);
        let before = change
            .query_row("SELECT id FROM document WHERE series = ?1 AND latest", [&series], |row| row.get(0))
            .optional();
        let before: Option<String> = self.told(before)?;
        let json = |notes: &[Note]| serde_json::to_string(notes).expect("notes are strings and numbers");
        let published =
            document.published().map(|when| serde_json::to_string(when).expect("a date is a few strings"));
        let write = || -> rusqlite::Result<()> {
            change
                .prepare_cached("UPDATE document SET latest = 0 WHERE series = ?1 AND latest")?
                .execute([&series])?;
            let mut insert = change.prepare_cached(
                "INSERT INTO document (id, series, path, text, title, outlet, url, published, notes, added)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?;
            insert.execute(params![
                id,
                series,
                document.path,
                document.text(),
                document.title(),
                document.outlet(),
                document.url(),
                published,
                json(arrival.notes),
                arrival.at.to_string(),
            ])?;
            Ok(())
        };
        self.told(write())?;
        Ok(before.map_or(Added::New, |of| Added::NewVersion { of: DocumentId::named(&of) }))
    }

    /// The reports, in order of arrival.
    pub fn documents(&self, filter: &Filter, page: Page) -> Result<Vec<Kept>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM document d WHERE {WHERE} ORDER BY d.number LIMIT :take OFFSET :skip"
        );
        let mut ask = self.told(self.connection.prepare_cached(&sql))?;
        let rows = ask.query_map(
            named_params! { ":all": filter.all_versions, ":outlet": filter.outlet, ":series": filter.series,
            ":named": filter.named, ":take": page.take(), ":skip": page.skip() },
            |row| Ok(self.kept(row)),
        );
        let rows: Vec<Result<Kept>> = self.told(rows.and_then(Iterator::collect))?;
        rows.into_iter().collect()
    }

    /// How many reports there are.
    pub fn count(&self, filter: &Filter) -> Result<usize> {
        let sql = format!("SELECT count(*) FROM document d WHERE {WHERE}");
        let count = self.connection.query_row(
            &sql,
            named_params! { ":all": filter.all_versions, ":outlet": filter.outlet, ":series": filter.series,
            ":named": filter.named },
            |row| row.get::<_, i64>(0),
        );
        Ok(usize::try_from(self.told(count)?).unwrap_or(0))
    }

    /// The ids of the reports that count: the newest of each series, sorted.
    pub fn ids(&self) -> Result<Vec<DocumentId>> {
        let ask = self.connection.prepare_cached("SELECT id FROM document WHERE latest ORDER BY id");
        let mut ask = self.told(ask)?;
        let ids = ask.query_map([], |row| Ok(DocumentId::named(&row.get::<_, String>(0)?)));
        self.told(ids.and_then(Iterator::collect))
    }

    /// The report with this id.
    pub fn document(&self, id: &DocumentId) -> Result<Option<Kept>> {
        let sql = format!("SELECT {COLUMNS} FROM document d WHERE d.id = ?1");
        let mut ask = self.told(self.connection.prepare_cached(&sql))?;
        let row = ask.query_row([id.as_str()], |row| Ok(self.kept(row))).optional();
        self.told(row)?.transpose()
    }

    /// The report with this number, if it is still there.
    pub(crate) fn numbered(&self, number: i64) -> Result<Option<Kept>> {
        let sql = format!("SELECT {COLUMNS} FROM document d WHERE d.number = ?1");
        let mut ask = self.told(self.connection.prepare_cached(&sql))?;
        let row = ask.query_row([number], |row| Ok(self.kept(row))).optional();
        self.told(row)?.transpose()
    }

    /// The id that begins like this, where only one does; and all that do, where several do.
    pub fn named(&self, beginning: &str) -> Result<Vec<DocumentId>> {
        let mut ask = self
            .told(self.connection.prepare_cached(
                "SELECT id FROM document WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id",
            ))?;
        let ids = ask.query_map([beginning], |row| Ok(DocumentId::named(&row.get::<_, String>(0)?)));
        self.told(ids.and_then(Iterator::collect))
    }

    /// Deletes a report with all that was read in it, also from the search. The version before it counts again.
    /// Decisions on it stay in the journal. Was it there?
    pub fn forget(&self, id: &DocumentId) -> Result<bool> {
        let change = self.change()?;
        let series: Option<String> = self.told(
            change
                .query_row("SELECT series FROM document WHERE id = ?1", [id.as_str()], |row| row.get(0))
                .optional(),
        )?;
        let Some(series) = series else { return Ok(false) };
        let write = || -> rusqlite::Result<()> {
            change.execute("DELETE FROM document WHERE id = ?1", [id.as_str()])?;
            // What was derived may quote it.
            change.execute("DELETE FROM derived", [])?;
            change.execute(
                "UPDATE document SET latest = 1 WHERE number = (SELECT max(number) FROM document WHERE series = ?1)",
                [&series],
            )?;
            Ok(())
        };
        self.told(write())?;
        self.told(change.commit())?;
        // The log still holds it until it is folded into the file; a reader may keep that from happening now.
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        Ok(true)
    }

    /// One row of [`COLUMNS`].
    pub(crate) fn kept(&self, row: &Row) -> Result<Kept> {
        let get = |at: usize| -> Result<Option<String>> { self.told(row.get(at)) };
        let published = get(7)?.map(|json| self.parsed(&json)).transpose()?;
        let given = Given { title: get(4)?, outlet: get(5)?, url: get(6)?, published };
        let text = get(3)?.unwrap_or_default();
        let document = Document::new(get(2)?.unwrap_or_default(), text, given);
        let added = get(9)?.unwrap_or_default();
        Ok(Kept {
            number: self.told(row.get(0))?,
            notes: self.parsed(&get(8)?.unwrap_or_default())?,
            added: added.parse().map_err(|e| crate::Error::odd(&self.path, e))?,
            series: get(10)?.unwrap_or_default(),
            latest: self.told(row.get(11))?,
            document,
        })
    }
}
