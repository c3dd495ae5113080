//! Words between quotation marks, with their speaker.

use crate::{ActorRef, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A direct quotation. A name or phrase in scare quotes is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// The words inside the marks; may run over several sentences.
    pub words: Span,
    /// Who says them; `None` where the report does not make it plain.
    pub speaker: Option<ActorRef>,
    /// The cue ("said", "according to").
    pub cue: Option<Span>,
}
