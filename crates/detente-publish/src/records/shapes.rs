//! The shapes of records: the fields that outsiders may rely on, in the order in which they are printed.
//!
//! The first fields of each shape are those of the project's published format; further ones follow
//! them. A field is never taken away or given another meaning without a new version in
//! [`SCHEMA`](super::SCHEMA).

use detente_types::disagreement::About;
use detente_types::incident::Status;
use detente_types::story::{Kinship, Origin};
use detente_types::tally::{Agreement, Interest};
use detente_types::{
    ActId, ActorId, ActorKind, Basis, ClaimId, Comparator, Context, Counted, CrisisId, DisagreementId,
    DisagreementKind, DocumentId, EventId, EventType, FigureId, IncidentId, MaskReason, MediationId,
    MediationState, Modality, Mode, Polarity, Policy, Precision, Stage, Stance, StoryId, Strength, TallyId,
    Tier, Verdict,
};
use schemars::JsonSchema;
use serde::Serialize;

/// One sentence that carries a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct E {
    /// The report.
    pub doc: DocumentId,
    /// File name or address that the report came from.
    pub path: String,
    /// Outlet; null where it is not known.
    pub outlet: Option<String>,
    /// First byte of the sentence in the text as received.
    pub start: usize,
    /// One past its last byte: `text[start..end] == quote`.
    pub end: usize,
    /// The whole sentence, verbatim.
    pub quote: String,
    /// The rule that fired.
    pub rule: String,
    /// The deciding words, as pairs of first byte and one past the last.
    pub marks: Vec<(usize, usize)>,
    /// `body`, `headline`, or `link` for the headline of a linked report, which is weak evidence.
    pub tier: Tier,
    /// Number of the report in the crisis, from 1; with `sentence` the citation "2.9".
    pub report: usize,
    /// Number of the sentence in the report, from 1; null where the reader numbered none.
    pub sentence: Option<usize>,
}

/// An interval of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DateRange {
    /// First day, YYYY-MM-DD; null where open.
    pub from: Option<String>,
    /// Last day, YYYY-MM-DD; null where open.
    pub to: Option<String>,
    /// How fine the interval is.
    pub precision: Precision,
    /// Where it is known from.
    pub basis: Basis,
    /// The words in the report, where there are some.
    pub text: Option<String>,
}

/// The crisis itself: the first record of each.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CrisisRecord {
    /// The crisis.
    pub id: CrisisId,
    /// Name and version of this format.
    pub schema: String,
    /// For people.
    pub name: String,
    /// The parties, most mentioned first.
    pub parties: Vec<ActorId>,
    /// First and last day.
    pub date: DateRange,
    /// The policy that chose best numbers.
    pub policy: Policy,
    /// Number of reports.
    pub reports: usize,
    /// Number of reports that carry no other one's text.
    pub independent_reports: usize,
}

/// One report.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ReportRecord {
    /// The report.
    pub id: DocumentId,
    /// Its number in citations.
    pub number: usize,
    /// File name or address.
    pub path: String,
    /// Outlet, where known.
    pub outlet: Option<String>,
    /// Headline, where known.
    pub title: Option<String>,
    /// Bounds of the day of publication.
    pub published: DateRange,
    /// Number of sentences, of every kind.
    pub sentences: usize,
    /// Words of body text.
    pub words: usize,
    /// Length of the text as received, in bytes.
    pub bytes: usize,
    /// What was not read as body text.
    pub mask: Vec<MaskPart>,
    /// The report whose text this one carries.
    pub copy_of: Option<DocumentId>,
    /// The crisis.
    pub crisis: CrisisId,
}

/// A stretch of text that was not read as body text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MaskPart {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Why.
    pub reason: MaskReason,
}

/// Somebody who acts, speaks, suffers or mediates.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ActorRecord {
    /// Readable key.
    pub id: ActorId,
    /// The name to print.
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3 code; null for international and stateless actors.
    pub country: Option<String>,
    /// Names under which it was met, sorted.
    pub aliases: Vec<String>,
    /// The office that most reports give a person; null for others. All offices are `office` records.
    pub office: Option<String>,
    /// The actor on whose behalf it acts; null where it acts for itself.
    pub acts_for: Option<ActorId>,
    /// Everybody on whose behalf it acts.
    pub acts_for_all: Vec<ActorId>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Is it a party to the crisis?
    pub party: bool,
    /// The crisis.
    pub crisis: CrisisId,
}

/// An office as reports state it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OfficeRecord {
    /// Hash of what it says and where.
    pub id: String,
    /// Who holds it.
    pub holder: ActorId,
    /// Its name.
    pub title: String,
    /// Whom it serves.
    pub of: Option<ActorId>,
    /// When it was held, as far as known.
    pub date: DateRange,
    /// Sentences.
    pub evidence: Vec<E>,
    /// The crisis.
    pub crisis: CrisisId,
}

/// An event as one report tells it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct EventRecord {
    /// The event.
    pub id: EventId,
    /// PLOVER type, or one of ours, which begin with `X-`.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// First mode, written as `TYPE-mode`; null where the words name none.
    pub mode: Option<Mode>,
    /// Contexts.
    pub contexts: Vec<Context>,
    /// How real.
    pub modality: Modality,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// Who did it; empty where the report does not say.
    pub actors: Vec<ActorId>,
    /// To whom.
    pub recipients: Vec<ActorId>,
    /// Who says so; empty where the outlet itself does.
    pub attributed_to: Vec<ActorId>,
    /// When.
    pub date: DateRange,
    /// Where, as printed.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-3 code of the place; of the first country for a border.
    pub country: Option<String>,
    /// The incident that it was put into; null where it was put into none.
    pub incident: Option<IncidentId>,
    /// Sentences.
    pub evidence: Vec<E>,
    /// All modes.
    pub modes: Vec<Mode>,
    /// Third parties in it.
    pub others: Vec<ActorId>,
    /// How strongly the speaker says so.
    pub strength: Option<Strength>,
    /// The clause, in the report's words.
    pub gist: String,
    /// Said to be a repeat.
    pub repeated: bool,
    /// Countries of the place.
    pub countries: Vec<String>,
    /// Latitude and longitude of the place, where it was found.
    pub point: Option<(f64, f64)>,
    /// The crisis.
    pub crisis: CrisisId,
}

/// A count as one report gives it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FigureRecord {
    /// The figure.
    pub id: FigureId,
    /// What is counted.
    pub what: Counted,
    /// Whose people or things; empty where not said.
    pub victims: Vec<ActorId>,
    /// Least that the words allow; null where they set none.
    pub low: Option<u64>,
    /// The number as printed; null for a vague word.
    pub best: Option<u64>,
    /// Most that the words allow; null where they set none.
    pub high: Option<u64>,
    /// The words.
    pub text: String,
    /// Qualifier.
    pub comparator: Comparator,
    /// Whose count; null where the outlet gives it as its own.
    pub claimant: Option<ActorId>,
    /// Who did it, where said.
    pub perpetrators: Vec<ActorId>,
    /// When.
    pub date: DateRange,
    /// The incident that it is counted for, by its tally or its event.
    pub incident: Option<IncidentId>,
    /// Sentences.
    pub evidence: Vec<E>,
    /// What kind of people or things.
    pub unit: Option<String>,
    /// How the count was attributed.
    pub strength: Option<Strength>,
    /// The tally that it was put into.
    pub tally: Option<TallyId>,
    /// The event of the same report that it is counted for.
    pub event: Option<EventId>,
    /// Running total rather than one incident's count.
    pub total: bool,
    /// The figure that it is part of.
    pub part_of: Option<FigureId>,
    /// The crisis.
    pub crisis: CrisisId,
}

/// An accusation, denial, justification or assertion in one report.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ClaimRecord {
    /// The claim.
    pub id: ClaimId,
    /// Kind.
    pub stance: Stance,
    /// Who claims.
    pub who: Vec<ActorId>,
    /// About or against whom.
    pub whom: Vec<ActorId>,
    /// What is claimed, in the report's words.
    pub about: String,
    /// The event of the same report that it is about.
    pub event: Option<EventId>,
    /// The claim that it answers, in this report or another.
    pub answers: Option<ClaimId>,
    /// When it was made.
    pub date: DateRange,
    /// Sentences.
    pub evidence: Vec<E>,
    /// How strongly.
    pub strength: Strength,
    /// The crisis.
    pub crisis: CrisisId,
}

/// One step of mediation as one report tells it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ActRecord {
    /// The act.
    pub id: ActId,
    /// The track that it was put into: the id of a `mediation` record.
    pub track: Option<MediationId>,
    /// Kind of step.
    pub stage: Stage,
    /// Third parties.
    pub mediators: Vec<ActorId>,
    /// Between whom, as stated.
    pub parties: Vec<ActorId>,
    /// Who took the step or announced it.
    pub by: Vec<ActorId>,
    /// When.
    pub date: DateRange,
    /// Venue, or place of the announcement.
    pub place: Option<String>,
    /// Result, in the report's words.
    pub outcome: Option<String>,
    /// Sentences.
    pub evidence: Vec<E>,
    /// How real.
    pub modality: Modality,
    /// Occasion of an announcement, in the report's words.
    pub occasion: Option<String>,
    /// Number of the round.
    pub round: Option<u32>,
    /// The verb that carries strength.
    pub words: String,
    /// The step of the track that it was put into.
    pub step: Option<ActId>,
    /// The event of the same report.
    pub event: Option<EventId>,
    /// The crisis.
    pub crisis: CrisisId,
}

/// A direct quotation in one report.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct QuoteRecord {
    /// Hash of what it says and where.
    pub id: String,
    /// Who says it; null where the report does not make it plain.
    pub speaker: Option<ActorId>,
    /// The words inside the marks, verbatim.
    pub words: String,
    /// First byte of the words.
    pub start: usize,
    /// One past the last byte of the words.
    pub end: usize,
    /// Sentences.
    pub evidence: Vec<E>,
    /// The crisis.
    pub crisis: CrisisId,
}

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
