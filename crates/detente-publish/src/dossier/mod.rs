//! The nouns of a dossier: sections of lines with citations, in no format.
//!
//! Everything a renderer needs is in a [`Dossier`], the reports' texts included, so that a page can
//! open a sentence. A renderer decides on looks and never on content.
//!
//! # Does not
//! Hold rules. The rooms of `compose` fill these nouns.

mod line;
mod section;

pub use line::{Citation, Ground, Line, Phrase, Run, Style};
pub(crate) use section::Board;
pub use section::{
    AnswerCell, Block, Counter, Difference, Figure, Footing, Lane, Moment, Pair, Part, Row, Section,
    SideCard, Step, Taker, TallyBox, Track,
};

use detente_types::{CrisisId, DocumentId, MaskReason, Policy, SentenceKind, Span, When};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// All that there is to tell about one crisis, in order, in no format.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Dossier {
    /// The crisis.
    pub id: CrisisId,
    /// For people: "Arvenia – Tolmark".
    pub title: String,
    /// First and last day, in words.
    pub dates: String,
    /// First and last day.
    pub when: When,
    /// The policy that chose the best numbers.
    pub policy: Policy,
    /// Two or three lines, made of cited facts only.
    pub summary: Vec<Line>,
    /// The sections, in the order of [`Part`].
    pub sections: Vec<Section>,
    /// The reports; the numbers in citations count this list from 1.
    pub reports: Vec<ReportCard>,
}

/// One report, with what is needed to open a sentence in it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ReportCard {
    /// Its number in citations, from 1.
    pub number: usize,
    /// The report.
    pub id: DocumentId,
    /// File name or address that it came from.
    pub path: String,
    /// Outlet; `None` where the report does not name one.
    pub outlet: Option<String>,
    /// Headline, where there is one.
    pub title: Option<String>,
    /// Day of publication in words, as far as known.
    pub dated: String,
    /// Bounds of the day of publication.
    pub published: When,
    /// The number of the report that this one carries the same text as, where it is a copy.
    pub copy_of: Option<usize>,
    /// Words of body text.
    pub words: usize,
    /// Every sentence, in order.
    pub sentences: Vec<SentenceCard>,
    /// What was not read as body text, and why.
    pub mask: Vec<MaskCard>,
    /// The text as received. Pages need it; the JSON form leaves it out, since the file is at `path`.
    #[serde(skip)]
    pub text: Arc<str>,
}

impl ReportCard {
    /// The words of a sentence, verbatim; empty for a number that the report does not have.
    pub fn sentence(&self, number: usize) -> &str {
        let at = number.checked_sub(1).and_then(|at| self.sentences.get(at));
        at.map_or("", |s| Span::new(s.start, s.end).of(&self.text))
    }

    /// The outlet's name, or words that say that there is none.
    pub fn outlet_or_unnamed(&self) -> &str {
        self.outlet.as_deref().unwrap_or("outlet not named")
    }
}

/// Where one sentence of a report stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SentenceCard {
    /// First byte in the text as received.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Headline, body, link or masked.
    pub kind: SentenceKind,
}

/// A stretch of text that was not read as body text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MaskCard {
    /// First byte in the text as received.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Why, as a code.
    pub reason: MaskReason,
    /// Why, in words.
    pub words: &'static str,
}

impl Dossier {
    /// Every line of the summary and of all sections, in order: what the laws are tested on.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        let sections = self.sections.iter().flat_map(|s| s.blocks.iter().flat_map(Block::lines));
        self.summary.iter().chain(sections)
    }

    /// The section of this part, if the dossier has it.
    pub fn section(&self, part: Part) -> Option<&Section> {
        self.sections.iter().find(|s| s.part == part)
    }
}
