//! Shapes of what stands behind all records and of what single reports say.

use detente_types::{
    ActId, ActorId, ActorKind, Basis, ClaimId, Comparator, Context, Counted, CrisisId, DocumentId, EventId,
    EventType, FigureId, IncidentId, MaskReason, MediationId, Modality, Mode, Polarity, Policy, Precision,
    Stage, Stance, Strength, TallyId, Tier,
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
    /// Who else gives the same count in the same words.
    pub also_by: Vec<ActorId>,
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
