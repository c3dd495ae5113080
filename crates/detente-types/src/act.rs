//! One step of mediation, as one report tells it.

use crate::{ActId, ActorRef, EventId, Modality, Place, Span, When};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of step.
///
/// # From
/// The process view of ICM, MIC and MEND (offer, answer, rounds, outcome), on top of PLOVER, which
/// folds offers, acceptances and other agreements into one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// A third party offers to mediate, host, facilitate; says that it is ready to.
    Offer,
    /// The same, said to be a repeat.
    OfferRepeat,
    /// A party asks somebody to mediate.
    Request,
    /// A party welcomes an offer.
    Welcome,
    /// A party accepts an offer or agrees to talks.
    Accept,
    /// A party declines.
    Decline,
    /// A party is said not to have answered.
    NoAnswer,
    /// A venue or a meeting is proposed.
    ProposeVenue,
    /// A plan, roadmap or draft is put forward.
    ProposePlan,
    /// Talks are called, set up, hosted.
    Convene,
    /// Talks between the parties take place.
    Talks,
    /// Talks are facilitated or mediated by a third party; shuttle diplomacy, good offices.
    Facilitate,
    /// A mediator tries to rescue talks.
    Salvage,
    /// Talks are put off or broken off with the prospect of more.
    Suspend,
    /// Talks go on again.
    Resume,
    /// A party or a mediator leaves.
    Withdraw,
    /// Talks fail.
    Collapse,
    /// Agreement other than a ceasefire: framework, prisoner exchange, peace deal, joint statement.
    Agreement,
    /// A ceasefire, truce or pause is agreed or declared.
    CeasefireAgreed,
    /// It holds.
    CeasefireInForce,
    /// It is prolonged.
    CeasefireExtended,
    /// It runs out or breaks down.
    CeasefireLapsed,
    /// It is said to be violated.
    CeasefireViolated,
    /// An outsider calls for calm, restraint, talks. Not mediation; kept beside it.
    Appeal,
    /// A guarantor, monitor or observer role is taken on.
    Guarantee,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Act {
    /// Hash of report and words.
    pub id: ActId,
    /// Kind of step.
    pub stage: Stage,
    /// Third parties: who mediates, offers to, hosts, appeals.
    pub mediators: Vec<ActorRef>,
    /// Between whom: the scope as stated. Empty where not said.
    pub parties: Vec<ActorRef>,
    /// Who took the step: the party that answers or leaves, the person who announced the offer.
    pub by: Vec<ActorRef>,
    /// How real ("would host" is planned, "is ready to" is willing).
    pub modality: Modality,
    /// When.
    pub when: When,
    /// Venue of the talks, or place of the announcement.
    pub place: Option<Place>,
    /// The occasion of an announcement in the report's words ("a press briefing at the embassy").
    pub occasion: Option<String>,
    /// Number of the round, where stated.
    pub round: Option<u32>,
    /// Result in the report's words ("without meaningful progress").
    pub outcome: Option<String>,
    /// The event of the same report that the step was read from.
    pub event: Option<EventId>,
    /// The verb that carries strength ("formally offered", "signalled its willingness").
    pub words: String,
    /// The deciding words.
    pub trigger: Span,
}
