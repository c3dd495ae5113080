//! Counts of one thing over all who counted it: low, best, high, each with an owner.

use crate::story::Origin;
use crate::{
    ActorId, Comparator, Counted, DocumentId, Evidence, FigureId, IncidentId, Strength, TallyId, When,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rule by which one number is chosen among claims. None is silent: the name is printed beside it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// No best number where claims differ; only the range.
    #[default]
    FullRange,
    /// The number that the side which suffered admits.
    OwnAdmission,
    /// The lowest number that anybody gives (ACLED's rule).
    LowestReported,
    /// UCDP's: the number of the most independent claimant; own admission next; else absent.
    UcdpReliable,
}

impl Policy {
    /// Every policy.
    pub const ALL: &[Policy] =
        &[Policy::FullRange, Policy::OwnAdmission, Policy::LowestReported, Policy::UcdpReliable];

    /// The name as written on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Policy::FullRange => "full_range",
            Policy::OwnAdmission => "own_admission",
            Policy::LowestReported => "lowest_reported",
            Policy::UcdpReliable => "ucdp_reliable",
        }
    }
}

/// Whose count it is, relative to those counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Interest {
    /// The side that suffered counts its own.
    OwnSide,
    /// The other side counts.
    Enemy,
    /// Neither: an international body, a monitor, a hospital, a third state.
    Independent,
    /// The outlet itself, with no owner named.
    Outlet,
    /// Cannot be told.
    Unknown,
}

/// One claimant's count, over all reports that carry it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TallyClaim {
    /// Whose count; `None` where outlets give it as their own.
    pub claimant: Option<ActorId>,
    /// The claimant is not named in the words ("official figures") but follows from other reports.
    pub inferred: bool,
    /// Relative to those counted.
    pub interest: Interest,
    /// The number as printed.
    pub value: Option<u64>,
    /// Least that the words allow.
    pub low: Option<u64>,
    /// Most that the words allow.
    pub high: Option<u64>,
    /// Qualifier.
    pub comparator: Comparator,
    /// How it was attributed.
    pub strength: Option<Strength>,
    /// The words.
    pub text: String,
    /// The day by which it was said.
    pub as_of: When,
    /// Reports that carry it, sorted.
    pub reports: Vec<DocumentId>,
    /// The figures put together here.
    pub figures: Vec<FigureId>,
    /// Sentences. Not empty.
    pub evidence: Vec<Evidence>,
}

/// A number and the claim that owns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bound {
    /// The number.
    pub value: u64,
    /// Index into [`Tally::claims`].
    pub claim: usize,
}

/// How the claims of a tally stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// Two or more claimants give numbers that fit together.
    Agreed,
    /// Claimants differ.
    Contested,
    /// Only one claimant.
    SingleClaimant,
    /// No number at all ("dozens").
    Vague,
}

/// Counts of one thing, in one incident or episode, on one side.
// Invariant: low <= best <= high; each bound is owned by a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// Hash of what, side and incident.
    pub id: TallyId,
    /// What is counted.
    pub what: Counted,
    /// Whose people or things. Empty where nobody says.
    pub victims: Vec<ActorId>,
    /// What kind of people or things.
    pub unit: Option<String>,
    /// The incident or episode it is counted for.
    pub incident: Option<IncidentId>,
    /// Running total rather than one incident's count.
    pub total: bool,
    /// Lowest number, with its owner.
    pub low: Option<Bound>,
    /// The number that the policy chooses, with its owner; absent where the policy chooses none.
    pub best: Option<Bound>,
    /// Highest number, with its owner; absent where only open claims ("more than 200") are known.
    pub high: Option<Bound>,
    /// Is the highest number open ("more than 200")?
    pub high_open: bool,
    /// The policy that chose `best`.
    pub policy: Policy,
    /// How the claims stand to each other.
    pub agreement: Agreement,
    /// One entry a claimant and number, sorted by claimant, then number.
    pub claims: Vec<TallyClaim>,
    /// First tellers.
    pub origins: Vec<Origin>,
}
