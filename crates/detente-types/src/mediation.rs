//! A track of mediation: who mediates between whom, step by step, and who answered what.

use crate::story::Origin;
use crate::{ActId, ActorId, DocumentId, Evidence, MediationId, Modality, Place, Stage, When};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a track stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Only appeals for calm or talks.
    AppealsOnly,
    /// Offered; no party is reported to have answered.
    Offered,
    /// Offered; at least one party welcomed or accepted.
    Welcomed,
    /// Declined by a party.
    Declined,
    /// Talks are planned.
    Planned,
    /// Talks are going on or were held.
    Talks,
    /// Talks are suspended or put off.
    Suspended,
    /// A ceasefire is agreed or in force.
    Ceasefire,
    /// An agreement other than a ceasefire.
    Agreement,
    /// Talks collapsed, or the ceasefire broke down.
    Collapsed,
}

/// One step, over all reports that tell it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CitedAct {
    /// Hash of the acts put together here.
    pub id: ActId,
    /// Kind of step.
    pub stage: Stage,
    /// Who mediates, offers, hosts, appeals.
    pub mediators: Vec<ActorId>,
    /// Between whom, as stated for this step.
    pub parties: Vec<ActorId>,
    /// Who took the step or announced it.
    pub by: Vec<ActorId>,
    /// How real.
    pub modality: Modality,
    /// When.
    pub when: When,
    /// Venue or place of the announcement.
    pub place: Option<Place>,
    /// Occasion of an announcement.
    pub occasion: Option<String>,
    /// Number of the round, where stated.
    pub round: Option<u32>,
    /// Result in a report's words.
    pub outcome: Option<String>,
    /// The deciding words of each report, sorted, without repeats.
    pub words: Vec<String>,
    /// Acts of single reports put together here.
    pub acts: Vec<(DocumentId, ActId)>,
    /// First tellers.
    pub origins: Vec<Origin>,
    /// Known from a link headline only.
    pub weak: bool,
    /// How surely the acts put together here are one step, 0 to 1.
    pub confidence: f64,
    /// Sentences. Not empty.
    pub evidence: Vec<Evidence>,
}

/// What a party answered. "Not reported" is an answer cell too, never a guess.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// The party.
    pub party: ActorId,
    /// Its latest answer; `None` is "not reported".
    pub stage: Option<Stage>,
    /// In whose words, where only one origin carries it.
    pub single_origin: bool,
    /// Sentences; empty for "not reported".
    pub evidence: Vec<Evidence>,
}

/// One track: mediators, parties, steps, answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mediation {
    /// Hash of mediators and parties.
    pub id: MediationId,
    /// Who mediates. Several names are one joint track only where reports say so. Empty for direct talks.
    pub mediators: Vec<ActorId>,
    /// Between whom, over all steps.
    pub parties: Vec<ActorId>,
    /// Where it stands at the end.
    pub state: State,
    /// Steps in order of time.
    pub acts: Vec<CitedAct>,
    /// One cell a party.
    pub answers: Vec<Answer>,
    /// Places of talks, in order.
    pub venues: Vec<String>,
    /// Rounds of talks known of: the highest number stated or counted.
    pub rounds: Option<u32>,
}
