//! What somebody holds to be so, against or about somebody: accusation, denial, justification, assertion.

use crate::{ActorRef, ClaimId, EventId, Span, When};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// They did it.
    Accusation,
    /// We did not.
    Denial,
    /// We did, and had reason to.
    Justification,
    /// It is so.
    Assertion,
}

/// How strongly something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// "said", "told", "according to": the outlet takes no stand.
    Said,
    /// "claimed", "maintains": the outlet keeps its distance.
    Claimed,
    /// "alleged", "accused": a charge.
    Alleged,
    /// "confirmed", "acknowledged", "admitted": against interest or after checking.
    Confirmed,
    /// "denied", "rejected", "dismissed".
    Denied,
    /// "reportedly", "is believed to": with no speaker.
    Reported,
}

/// One claim as one report tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// Hash of report and words.
    pub id: ClaimId,
    /// Kind.
    pub stance: Stance,
    /// How strongly.
    pub strength: Strength,
    /// Who claims.
    pub who: Vec<ActorRef>,
    /// About or against whom.
    pub whom: Vec<ActorRef>,
    /// What is claimed, in the report's words.
    pub about: String,
    /// Content lemmas of `about`, sorted: what makes two claims about the same thing.
    pub topic: Vec<String>,
    /// The event of the same report that it is about or that states it.
    pub event: Option<EventId>,
    /// The claim of the same report that it answers.
    pub answers: Option<ClaimId>,
    /// When it was made.
    pub when: When,
    /// The cue ("accused", "a charge … denies").
    pub cue: Span,
}
