//! Who did what to whom, as one report tells it.

use crate::{ActorRef, Context, EventId, EventType, Modality, Mode, Place, Polarity, Span, Strength, When};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One coded record from text.
// Invariant: `mode`, where given, belongs to `kind` (kept by `Event::new`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Hash of report, words and type.
    pub id: EventId,
    /// PLOVER type or extension.
    pub kind: EventType,
    /// Finer class; more than one where one clause names several ("gunfire, artillery and drones").
    pub modes: Vec<Mode>,
    /// Fields of politics.
    pub contexts: Vec<Context>,
    /// How real.
    pub modality: Modality,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// Who did it. Empty where the report hides it; never invented.
    pub actors: Vec<ActorRef>,
    /// To whom.
    pub recipients: Vec<ActorRef>,
    /// Third parties in the event: mediators of talks, hosts, countries of origin.
    pub others: Vec<ActorRef>,
    /// Who says so; empty where the outlet itself does. The innermost speaker first.
    pub attributed_to: Vec<ActorRef>,
    /// How strongly the speaker says so, where there is one.
    pub strength: Option<Strength>,
    /// When.
    pub when: When,
    /// Where.
    pub place: Option<Place>,
    /// The deciding words.
    pub trigger: Span,
    /// The clause in the report's own words, short enough for a timeline.
    pub gist: String,
    /// Said to be a repeat ("reiterated", "again", "another").
    pub repeated: bool,
}

/// The head words of an event, from which everything else starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Core {
    /// Type.
    pub kind: EventType,
    /// Modes; those of another type are dropped.
    pub modes: Vec<Mode>,
    /// The deciding words.
    pub trigger: Span,
}

impl Event {
    /// An event with its type and words, and everything else unsaid: it occurred, nobody is named,
    /// no date, no place.
    pub fn new(document: &crate::DocumentId, core: Core) -> Event {
        let Core { kind, mut modes, trigger } = core;
        modes.retain(|m| m.kind() == kind);
        modes.sort();
        modes.dedup();
        let mode = modes.first().map_or("", |m| m.code());
        let place = format!("{}..{}", trigger.start(), trigger.end());
        Event {
            id: EventId::of([document.as_str(), &place, kind.code(), mode]),
            kind,
            modes,
            contexts: Vec::new(),
            modality: Modality::Occurred,
            polarity: Polarity::Affirmed,
            actors: Vec::new(),
            recipients: Vec::new(),
            others: Vec::new(),
            attributed_to: Vec::new(),
            strength: None,
            when: When::unknown(),
            place: None,
            trigger,
            gist: String::new(),
            repeated: false,
        }
    }

    /// Did it happen, or is it going on, by the report's own word?
    pub fn is_real(&self) -> bool {
        self.polarity == Polarity::Affirmed
            && matches!(self.modality, Modality::Occurred | Modality::Ongoing | Modality::Historical)
    }
}
