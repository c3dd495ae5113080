//! Who says what: a stretch of text, the words that hand it to a speaker, the speaker.

use crate::{ActorRef, Span, Strength};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stretch of text that a report hands to a speaker, directly or indirectly.
///
/// # From
/// PARC3 (Pareti 2016): source, cue, content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// The words that name the speaker, as a whole phrase; `None` for hearsay ("is said to").
    pub source: Option<Span>,
    /// Who that is, where the words name an actor.
    pub speaker: Vec<ActorRef>,
    /// The verb, noun or preposition that attributes ("said", "according to").
    pub cue: Span,
    /// What is said.
    pub content: Span,
    /// What the outlet lets the speaker do.
    pub strength: Strength,
}
