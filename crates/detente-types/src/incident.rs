//! One happening in the world, over all reports that tell it.

use crate::story::Origin;
use crate::{
    ActorId, ActorRef, Context, DocumentId, EventId, EventType, Evidence, IncidentId, Modality, Mode, Place,
    Polarity, When,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How an incident stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Told by two or more origins.
    Corroborated,
    /// Told by one origin on its own account.
    Reported,
    /// Told only in the words of one interested party.
    Claimed,
    /// Told by some, denied by others.
    Contested,
    /// Known only from a link headline.
    Weak,
}

/// One event of one report, by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct EventAt {
    /// The report.
    pub document: DocumentId,
    /// The event in it.
    pub event: EventId,
}

/// One happening in the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// Hash of the events it was put together from.
    pub id: IncidentId,
    /// PLOVER type or extension.
    pub kind: EventType,
    /// Finer classes, over all reports.
    pub modes: Vec<Mode>,
    /// Fields of politics, over all reports.
    pub contexts: Vec<Context>,
    /// How real, by the strongest word among the reports.
    pub modality: Modality,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// Who did it. Empty where no report says.
    pub actors: Vec<ActorId>,
    /// To whom.
    pub recipients: Vec<ActorId>,
    /// Third parties in it.
    pub others: Vec<ActorId>,
    /// Who says so, where only speakers do.
    pub attributed_to: Vec<ActorId>,
    /// When, as far as all reports together tell.
    pub when: When,
    /// Where.
    pub place: Option<Place>,
    /// A line for people, in the words of one report.
    pub gist: String,
    /// How it stands.
    pub status: Status,
    /// First tellers.
    pub origins: Vec<Origin>,
    /// The events put together here.
    pub events: Vec<EventAt>,
    /// The episode that it is part of.
    pub episode: Option<IncidentId>,
    /// For an episode: its parts, in order of time.
    pub parts: Vec<IncidentId>,
    /// How surely its events are one happening, 0 to 1; 1 where there is only one.
    pub confidence: f64,
    /// Before the crisis: background.
    pub background: bool,
    /// Actors put here by inference rather than by words.
    pub inferred: Vec<ActorRef>,
    /// Sentences. Not empty.
    pub evidence: Vec<Evidence>,
}
