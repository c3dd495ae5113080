//! All that one report says.

use crate::actor::CitedOffice;
use crate::{
    Act, Actor, ActorRef, Attack, Attribution, Cited, Claim, Document, Event, Evidence, Figure, Masked, Note,
    Place, Quote, Span, TimeExpression, When,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SentenceKind {
    /// The report's own headline or standfirst.
    Headline,
    /// Running text.
    Body,
    /// The headline of a linked report: kept as weak evidence, never read as body.
    Link,
    /// Masked for another reason; kept so that sentence numbers stay those a person counts.
    Masked,
}

/// One sentence of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct SentenceSpan {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: SentenceKind,
}

/// Everything that one report says, each fact with its sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// The report.
    pub document: Document,
    /// Version of the reader and of its knowledge.
    pub reader: String,
    /// ISO 639-1 code of the language of the text.
    pub language: String,
    /// Headline, given or found in the text.
    pub title: Option<String>,
    /// Where in the text the headline stands, where it does.
    pub title_span: Option<Span>,
    /// Outlet, given or found in the text (then with the place).
    pub outlet: Option<String>,
    /// What the outlet was read from; `None` when it was given.
    pub outlet_evidence: Option<Evidence>,
    /// Bounds of the day of publication, given or worked out from the text.
    pub published: When,
    /// What is not body text, in order, not overlapping.
    pub mask: Vec<Masked>,
    /// Every sentence, in order.
    pub sentences: Vec<SentenceSpan>,
    /// Every actor met, sorted by id.
    pub actors: Vec<Actor>,
    /// Every phrase that was taken to mean an actor, in text order; what facts name is among them.
    pub mentions: Vec<ActorRef>,
    /// Every phrase that was taken for a place, in text order.
    pub places: Vec<Place>,
    /// Offices as this report states them.
    pub offices: Vec<CitedOffice>,
    /// Events, in text order.
    pub events: Vec<Cited<Event>>,
    /// Acts of violence, their mentions joined, in text order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attacks: Vec<Cited<Attack>>,
    /// Counts, in text order.
    pub figures: Vec<Cited<Figure>>,
    /// Accusations, denials and the like, in text order.
    pub claims: Vec<Cited<Claim>>,
    /// Steps of mediation, in text order.
    pub acts: Vec<Cited<Act>>,
    /// Direct quotations, in text order.
    pub quotes: Vec<Cited<Quote>>,
    /// Who says what, direct and indirect, in text order.
    pub attributions: Vec<Attribution>,
    /// Dates that the text names, in order: what a time line can be anchored on.
    pub dates: Vec<Cited<When>>,
    /// Every expression of time with its value, lengths and "now" included, in text order.
    pub times: Vec<TimeExpression>,
    /// Sketch of the body text (hashes of runs of words, smallest first): equal sketches mean copies.
    pub sketch: Vec<u64>,
    /// Words of body text that were read.
    pub words: usize,
    /// Remarks.
    pub notes: Vec<Note>,
}

impl Reading {
    /// The reading of a report of which nothing was read, with the note that says why.
    pub fn unread(document: &Document, reader: &str, language: &str, note: Note) -> Reading {
        let whole = Span::new(0, document.text().len());
        Reading {
            document: document.clone(),
            reader: reader.to_string(),
            language: language.to_string(),
            title: document.title().map(str::to_string),
            title_span: None,
            outlet: document.outlet().map(str::to_string),
            outlet_evidence: None,
            published: document.published().cloned().unwrap_or_else(When::unknown),
            mask: Vec::new(),
            sentences: vec![SentenceSpan { span: whole, kind: SentenceKind::Masked }],
            actors: Vec::new(),
            mentions: Vec::new(),
            places: Vec::new(),
            offices: Vec::new(),
            events: Vec::new(),
            attacks: Vec::new(),
            figures: Vec::new(),
            claims: Vec::new(),
            acts: Vec::new(),
            quotes: Vec::new(),
            attributions: Vec::new(),
            dates: Vec::new(),
            times: Vec::new(),
            sketch: Vec::new(),
            words: 0,
            notes: vec![note],
        }
    }

    /// The number (from 1) of the sentence that holds these bytes, as printed in citations.
    pub fn sentence_number(&self, span: Span) -> Option<usize> {
        let at = self.sentences.partition_point(|s| s.span.end() <= span.start());
        let found = self.sentences.get(at)?;
        found.span.overlaps(span).then_some(at + 1)
    }
}
