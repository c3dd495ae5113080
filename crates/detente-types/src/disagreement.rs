//! A point on which reports differ: what each says, and what kind of difference it is.

use crate::{DisagreementId, DocumentId, Evidence, IncidentId, MediationId, TallyId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What they differ about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Day or hour of one happening.
    Date,
    /// A number.
    Quantity,
    /// Who is included: two parties or three.
    Scope,
    /// Where and by whom something was announced.
    Occasion,
    /// How firm: offered, willing, formal.
    Modality,
    /// Why it happened or failed.
    Cause,
    /// Who holds which office.
    Office,
    /// The wording of a quotation.
    Quote,
    /// How many times, which round.
    Count,
    /// How a name is written.
    Spelling,
    /// Words that take sides ("liberated", "occupied").
    Framing,
    /// One tells what others leave out.
    Presence,
    /// One side charges, the other denies.
    AccusationDenial,
    /// A figure with its owner in one report, without in another.
    Provenance,
    /// Who did it.
    Perpetrator,
    /// Where it was.
    Place,
}

/// What to make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Both cannot be so.
    Contradiction,
    /// Both can be so; one is finer or wider.
    Compatible,
    /// Both were so, at different times.
    ChangeOverTime,
    /// Not decided here.
    Open,
}

/// What some of the reports say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// The value, short ("12 October 2025", "23", "Foreign Minister").
    pub value: String,
    /// Who says so, where it is a speaker and not the outlet.
    pub by: Vec<crate::ActorId>,
    /// The reports on this side, sorted.
    pub reports: Vec<DocumentId>,
    /// Sentences. Not empty, except for a side that is silence ("not mentioned").
    pub evidence: Vec<Evidence>,
}

/// What a disagreement is about, as a link into the crisis.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "noun", content = "id")]
pub enum About {
    /// An incident.
    Incident(IncidentId),
    /// A tally.
    Tally(TallyId),
    /// A track of mediation.
    Mediation(MediationId),
    /// An actor.
    Actor(crate::ActorId),
    /// None of the above.
    Nothing,
}

/// One point on which reports differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Disagreement {
    /// Hash of kind, subject and sides.
    pub id: DisagreementId,
    /// What kind.
    pub kind: Kind,
    /// What about, for people ("first day of the border clashes").
    pub topic: String,
    /// What about, as a link.
    pub about: About,
    /// Two or more sides.
    pub sides: Vec<Side>,
    /// What to make of it.
    pub verdict: Verdict,
    /// A sentence of explanation where the verdict needs one.
    pub remark: Option<String>,
}
