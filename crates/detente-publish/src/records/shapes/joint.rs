//! Shapes of what all reports of a crisis say together.

use super::{DateRange, E};
use detente_types::disagreement::{About, Verdict};
use detente_types::incident::Status;
use detente_types::story::{Kinship, Origin};
use detente_types::tally::{Agreement, Interest};
use detente_types::{
    ActId, ActorId, Comparator, Context, Counted, CrisisId, DecisionId, DisagreementId, DisagreementKind,
    DocumentId, EventId, EventType, FigureId, IncidentId, MediationId, MediationState, Modality, Mode,
    Polarity, Policy, Stage, StoryId, Strength, TallyId,
};
use schemars::JsonSchema;
use serde::Serialize;

/// One happening in the world, over all reports that tell it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct IncidentRecord {
    /// The incident.
    pub id: IncidentId,
    /// PLOVER type, or one of ours.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// First mode.
    pub mode: Option<Mode>,
    /// Contexts.
    pub contexts: Vec<Context>,
    /// How real, by the strongest word among the reports.
    pub modality: Modality,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// Who did it.
    pub actors: Vec<ActorId>,
    /// To whom.
    pub recipients: Vec<ActorId>,
    /// Who says so, where only speakers do.
    pub attributed_to: Vec<ActorId>,
    /// When, as far as all reports together tell.
    pub date: DateRange,
    /// Where.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-3 code of the place.
    pub country: Option<String>,
    /// A line for people, in the words of one report.
    pub gist: String,
    /// How it stands.
    pub status: Status,
    /// First tellers: a speaker whom reports quote, or a report on its own account.
    pub origins: Vec<Origin>,
    /// The events put together here.
    pub events: Vec<EventId>,
    /// The episode that it is part of.
    pub episode: Option<IncidentId>,
    /// For an episode: its parts.
    pub parts: Vec<IncidentId>,
    /// How surely its events are one happening, 0 to 1.
    pub confidence: f64,
    /// Before the crisis.
    pub background: bool,
    /// Sentences.
    pub evidence: Vec<E>,
    /// All modes.
    pub modes: Vec<Mode>,
    /// Third parties in it.
    pub others: Vec<ActorId>,
    /// Actors that no words name, put here by inference.
    pub inferred: Vec<ActorId>,
    /// Countries of the place.
    pub countries: Vec<String>,
    /// Latitude and longitude of the place.
    pub point: Option<(f64, f64)>,
    /// The crisis.
    pub crisis: CrisisId,
}

/// A number with its owner.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BoundPart {
    /// The number.
    pub value: u64,
    /// Whose; null where outlets give it as their own.
    pub claimant: Option<ActorId>,
    /// Index of the claim in `claims`.
    pub claim: usize,
}

/// One claimant's count.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TallyPart {
    /// Whose; null where outlets give it as their own.
    pub claimant: Option<ActorId>,
    /// The claimant is not named in the words but follows from other reports.
    pub inferred: bool,
    /// Relative to those counted.
    pub interest: Interest,
    /// Least.
    pub low: Option<u64>,
    /// As printed.
    pub value: Option<u64>,
    /// Most.
    pub high: Option<u64>,
    /// Qualifier.
    pub comparator: Comparator,
    /// How attributed.
    pub strength: Option<Strength>,
    /// The words.
    pub text: String,
    /// The day by which it was said.
    pub as_of: DateRange,
    /// The figures put together here.
    pub figures: Vec<FigureId>,
    /// Sentences.
    pub evidence: Vec<E>,
}

/// A count over all its claimants.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TallyRecord {
    /// The tally.
    pub id: TallyId,
    /// What is counted.
    pub what: Counted,
    /// Whose people or things.
    pub victims: Vec<ActorId>,
    /// What kind of people or things.
    pub unit: Option<String>,
    /// Lowest number with its owner.
    pub low: Option<BoundPart>,
    /// The number that the policy chooses, with its owner; null where it chooses none.
    pub best: Option<BoundPart>,
    /// Highest number with its owner.
    pub high: Option<BoundPart>,
    /// The highest number is open ("more than 200").
    pub high_open: bool,
    /// The policy.
    pub policy: Policy,
    /// How the claims stand to each other.
    pub agreement: Agreement,
    /// Running total.
    pub total: bool,
    /// The incident or episode.
    pub incident: Option<IncidentId>,
    /// One entry a claimant and number.
    pub claims: Vec<TallyPart>,
    /// First tellers.
    pub origins: Vec<Origin>,
    /// The crisis.
    pub crisis: CrisisId,
}

/// One step of a track, over all reports.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StepPart {
    /// The step.
    pub id: ActId,
    /// Kind.
    pub stage: Stage,
    /// Who mediates.
    pub mediators: Vec<ActorId>,
    /// Between whom.
    pub parties: Vec<ActorId>,
    /// Who took it.
    pub by: Vec<ActorId>,
    /// How real.
    pub modality: Modality,
    /// When.
    pub date: DateRange,
    /// Venue.
    pub place: Option<String>,
    /// Number of the round.
    pub round: Option<u32>,
    /// Result.
    pub outcome: Option<String>,
    /// The deciding words of each report.
    pub words: Vec<String>,
    /// The acts put together here.
    pub acts: Vec<ActId>,
    /// Known from a link headline only.
    pub weak: bool,
    /// How surely the acts are one step, 0 to 1.
    pub confidence: f64,
    /// First tellers.
    pub origins: Vec<Origin>,
    /// Sentences.
    pub evidence: Vec<E>,
}

/// What a party answered.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AnswerPart {
    /// The party.
    pub party: ActorId,
    /// The stage of its latest answer, or `not_reported`.
    pub answer: String,
    /// Only one first teller has it.
    pub single_origin: bool,
    /// Sentences; empty for `not_reported`.
    pub evidence: Vec<E>,
}

/// A track of mediation.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MediationRecord {
    /// The track.
    pub id: MediationId,
    /// Who mediates; empty for direct talks.
    pub mediators: Vec<ActorId>,
    /// Between whom.
    pub parties: Vec<ActorId>,
    /// Where it stands.
    pub state: MediationState,
    /// Steps in order of time.
    pub steps: Vec<StepPart>,
    /// One cell a party.
    pub answers: Vec<AnswerPart>,
    /// Places of talks.
    pub venues: Vec<String>,
    /// Rounds known of.
    pub rounds: Option<u32>,
    /// The crisis.
    pub crisis: CrisisId,
}

/// What some of the reports say.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SidePart {
    /// The value, short.
    pub value: String,
    /// Speakers, where it is not the outlets themselves.
    pub by: Vec<ActorId>,
    /// Reports on this side.
    pub reports: Vec<DocumentId>,
    /// Sentences; empty for silence.
    pub evidence: Vec<E>,
}

/// A point on which reports differ.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DisagreementRecord {
    /// The disagreement.
    pub id: DisagreementId,
    /// What they differ about.
    #[serde(rename = "type")]
    pub kind: DisagreementKind,
    /// What about, for people.
    pub topic: String,
    /// What about, as a link.
    pub about: About,
    /// Two or more sides.
    pub sides: Vec<SidePart>,
    /// What to make of it.
    pub verdict: Verdict,
    /// Explanation.
    pub remark: Option<String>,
    /// The crisis.
    pub crisis: CrisisId,
}

/// Reports that tell the same.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StoryRecord {
    /// The story.
    pub id: StoryId,
    /// How they belong together.
    pub kinship: Kinship,
    /// What binds them.
    pub title: String,
    /// The reports.
    pub reports: Vec<DocumentId>,
    /// Groups of copies: each group is one origin.
    pub copies: Vec<Vec<DocumentId>>,
    /// Sentences.
    pub evidence: Vec<E>,
    /// The crisis.
    pub crisis: CrisisId,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TimelineRecord {
    /// Hash of what it says and where.
    pub id: String,
    /// When.
    pub date: DateRange,
    /// The line.
    pub text: String,
    /// How real.
    pub modality: Modality,
    /// The incident behind it.
    pub incident: IncidentId,
    /// Before the crisis.
    pub background: bool,
    /// Number of first tellers.
    pub origins: usize,
    /// Sentences.
    pub evidence: Vec<E>,
    /// The crisis.
    pub crisis: CrisisId,
}

/// Something missing or unsure.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct GapRecord {
    /// Hash of what it says and where.
    pub id: String,
    /// Stable code.
    pub code: String,
    /// One sentence for people.
    pub text: String,
    /// Sentences; empty for a plain absence.
    pub evidence: Vec<E>,
    /// The crisis.
    pub crisis: CrisisId,
}

/// What an analyst decided about the books.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DecisionRecord {
    /// Hash of the decision; evidence that follows it has the rule `decision/ID`.
    pub id: DecisionId,
    /// Who decided.
    pub author: String,
    /// When, in RFC 3339.
    pub at: String,
    /// Why.
    pub reason: String,
    /// What.
    pub decided: detente_types::Ruling,
    /// The same in words.
    pub text: String,
    /// Do the books follow it?
    pub followed: bool,
    /// Why not, as the code of a note.
    pub note: Option<String>,
    /// The sentences of the facts that it is about; empty where it is about an actor.
    pub evidence: Vec<E>,
    /// The crisis.
    pub crisis: CrisisId,
}
