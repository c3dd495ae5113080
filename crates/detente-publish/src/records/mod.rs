//! A crisis and its readings to flat records, one JSON object a line.
//!
//! What one report says (`event`, `figure`, `claim`, `act`, `quote`) comes from the readings and is
//! tied to what many reports say together (`incident`, `tally`, `mediation`) by id, so that a program
//! may take either layer.
//!
//! # How
//! 1. `links` turns the crisis round: event → incident, figure → tally, claim → claim it answers, act → track.
//! 2. `single` makes the records of each report, in order of reports and place in the text.
//! 3. `joint` makes the records over all reports.
//! 4. [`lines`] prints them, the crisis first.
//!
//! # Does not
//! Print a fact none of whose sentences resolves. Print reports that belong to no crisis.

mod joint;
mod links;
pub mod shapes;
mod single;

use detente_types::{Crisis, Reading};
use schemars::JsonSchema;
use serde::Serialize;
use shapes::{
    ActRecord, ActorRecord, ClaimRecord, CrisisRecord, DecisionRecord, DisagreementRecord, EventRecord,
    FigureRecord, GapRecord, IncidentRecord, MediationRecord, OfficeRecord, QuoteRecord, ReportRecord,
    StoryRecord, TallyRecord, TimelineRecord,
};

/// Name and version of the format. The number rises when a field is taken away or changes its meaning.
pub const SCHEMA: &str = "detente-records/1";

/// One record: one object, one line.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Record {
    /// The crisis itself; always first.
    Crisis(CrisisRecord),
    /// One report.
    Report(ReportRecord),
    /// Somebody who acts, speaks, suffers or mediates.
    Actor(ActorRecord),
    /// An office as reports state it.
    Office(OfficeRecord),
    /// An event as one report tells it.
    Event(EventRecord),
    /// A count as one report gives it.
    Figure(FigureRecord),
    /// An accusation, denial, justification or assertion in one report.
    Claim(ClaimRecord),
    /// One step of mediation as one report tells it.
    Act(ActRecord),
    /// A direct quotation in one report.
    Quote(QuoteRecord),
    /// One happening, over all reports.
    Incident(IncidentRecord),
    /// A count over all its claimants.
    Tally(TallyRecord),
    /// A track of mediation.
    Mediation(MediationRecord),
    /// A point on which reports differ.
    Disagreement(DisagreementRecord),
    /// Reports that tell the same.
    Story(StoryRecord),
    /// One line of the timeline.
    Timeline(TimelineRecord),
    /// Something missing or unsure.
    Gap(GapRecord),
    /// What an analyst decided.
    Decision(DecisionRecord),
}

/// All records of one crisis, in a fixed order. Of the readings, those whose reports belong to the crisis are used.
pub fn records<'r>(crisis: &Crisis, readings: impl IntoIterator<Item = &'r Reading>) -> Vec<Record> {
    let links = links::Links::of(crisis);
    let mut records = joint::head(&links);
    records.extend(single::of_reports(&links, readings));
    records.extend(joint::body(&links));
    records
}

/// Records as JSON Lines: one object a line.
pub fn lines<'r>(records: impl IntoIterator<Item = &'r Record>) -> String {
    let mut out = String::new();
    for record in records {
        out.push_str(&serde_json::to_string(record).expect("strings, numbers and lists are always JSON"));
        out.push('\n');
    }
    out
}

/// The JSON Schema of one record.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Record)
}
