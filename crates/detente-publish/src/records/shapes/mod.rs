//! The shapes of records: the fields that outsiders may rely on, in the order in which they are printed.
//!
//! The first fields of each shape are those of the project's published format; further ones follow
//! them. A field is never taken away or given another meaning without a new version in
//! [`SCHEMA`](super::SCHEMA).

mod joint;
mod single;

pub use joint::{
    AnswerPart, BoundPart, DecisionRecord, DisagreementRecord, GapRecord, IncidentRecord, MediationRecord,
    SidePart, StepPart, StoryRecord, TallyPart, TallyRecord, TimelineRecord,
};
pub use single::{
    ActRecord, ActorRecord, ClaimRecord, CrisisRecord, DateRange, E, EventRecord, FigureRecord, MaskPart,
    OfficeRecord, QuoteRecord, ReportRecord,
};
