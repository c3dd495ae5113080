//! Reads many reports with the bundled knowledge and weights, in parallel.

use std::panic::{AssertUnwindSafe, catch_unwind};

use detente_knowledge::Knowledge;
use detente_language::Language;
use detente_types::document::Given;
use detente_types::{Basis, Document, Reading, When};
use jiff::civil::Date;
use rayon::prelude::*;

/// Knowledge and language, opened once.
pub(crate) struct Reader {
    pub(crate) knowledge: Knowledge,
    pub(crate) language: Language,
}

impl Reader {
    /// The reader as it is shipped.
    pub(crate) fn bundled() -> Reader {
        Reader { knowledge: Knowledge::bundled(), language: Language::english() }
    }

    /// One reading a report, in order. A report that makes the reader panic is said on standard error and
    /// scored as if nothing had been read in it.
    pub(crate) fn read_all(&self, documents: &[Document]) -> Vec<Reading> {
        documents.par_iter().map(|d| self.read(d)).collect()
    }

    fn read(&self, document: &Document) -> Reading {
        let whole = |d: &Document| detente_read::read(d, &self.knowledge, &self.language).value;
        catch_unwind(AssertUnwindSafe(|| whole(document))).unwrap_or_else(|_| {
            eprintln!("the reader panicked on {}; scored as read without result", document.path);
            whole(&Document::new(document.path.as_str(), "", Given::default()))
        })
    }
}

/// A report with nothing given beside its text but, perhaps, the day of publication.
pub(crate) fn report(path: &str, text: &str, published: Option<Date>) -> Document {
    let published = published.map(|day| When::day(day, Basis::Explicit));
    Document::new(path, text, Given { published, ..Given::default() })
}
