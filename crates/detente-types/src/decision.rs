//! What an analyst decided about the books, with name, time and reason.
//!
//! A decision names facts by where they stand, a report, its sentence and the deciding words, never by their place in
//! a list: so it survives that reports are read anew by a better reader, and that more reports come in.

use crate::{
    Act, ActorId, Cited, Claim, Comparator, Counted, DecisionId, DocumentId, Event, EventType, Figure,
    Modality, Mode, Polarity, Reading, Span, Stage, When,
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of fact a report states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// An [`Event`].
    Event,
    /// A [`Figure`].
    Figure,
    /// A [`Claim`].
    Claim,
    /// An [`Act`].
    Act,
}

impl FactKind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            FactKind::Event => "event",
            FactKind::Figure => "figure",
            FactKind::Claim => "claim",
            FactKind::Act => "act",
        }
    }
}

/// A fact by where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct FactAt {
    /// The report.
    pub document: DocumentId,
    /// What kind of fact.
    pub kind: FactKind,
    /// The sentence.
    pub sentence: Span,
    /// The deciding words: trigger, number, cue.
    pub words: Span,
    /// What sort of its kind: the type of an event, what a figure counts, the stance of a claim, the stage of an act.
    pub sort: String,
}

impl FactAt {
    /// Where an event stands.
    pub fn event(document: &DocumentId, event: &Cited<Event>) -> FactAt {
        FactAt::at(document, FactKind::Event, event, event.trigger, FactAt::sort_of_event(event))
    }

    /// Where a figure stands.
    pub fn figure(document: &DocumentId, figure: &Cited<Figure>) -> FactAt {
        FactAt::at(document, FactKind::Figure, figure, figure.number, FactAt::sort_of_figure(figure))
    }

    /// Where a claim stands.
    pub fn claim(document: &DocumentId, claim: &Cited<Claim>) -> FactAt {
        FactAt::at(document, FactKind::Claim, claim, claim.cue, FactAt::sort_of_claim(claim))
    }

    /// Where an act stands.
    pub fn act(document: &DocumentId, act: &Cited<Act>) -> FactAt {
        FactAt::at(document, FactKind::Act, act, act.trigger, FactAt::sort_of_act(act))
    }

    /// The fact of a reading that has this id, as records print it.
    pub fn named(reading: &Reading, id: &str) -> Option<FactAt> {
        let document = reading.document.id();
        let event = reading.events.iter().find(|e| e.id.as_str() == id);
        let figure = || reading.figures.iter().find(|f| f.id.as_str() == id);
        let claim = || reading.claims.iter().find(|c| c.id.as_str() == id);
        let act = || reading.acts.iter().find(|a| a.id.as_str() == id);
        event
            .map(|e| FactAt::event(document, e))
            .or_else(|| figure().map(|f| FactAt::figure(document, f)))
            .or_else(|| claim().map(|c| FactAt::claim(document, c)))
            .or_else(|| act().map(|a| FactAt::act(document, a)))
    }

    /// What sort of event: its type.
    pub fn sort_of_event(event: &Event) -> String {
        event.kind.code().to_string()
    }

    /// What sort of figure: what is counted.
    pub fn sort_of_figure(figure: &Figure) -> String {
        format!("{:?}", figure.what)
    }

    /// What sort of claim: its stance.
    pub fn sort_of_claim(claim: &Claim) -> String {
        format!("{:?}", claim.stance)
    }

    /// What sort of act: its stage.
    pub fn sort_of_act(act: &Act) -> String {
        format!("{:?}", act.stage)
    }

    fn at<T>(document: &DocumentId, kind: FactKind, cited: &Cited<T>, words: Span, sort: String) -> FactAt {
        let holds = |e: &&crate::Evidence| e.document == *document && e.sentence.overlaps(words);
        let own = cited.evidence().iter().find(holds).or(cited.evidence().first());
        let sentence = own.map_or(words, |e| e.sentence);
        FactAt { document: document.clone(), kind, sentence, words, sort }
    }
}

/// What to change in an event. What is left out stays as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct EventChange {
    /// Type; modes of another type are dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EventType>,
    /// Modes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modes: Option<Vec<Mode>>,
    /// How real.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modality: Option<Modality>,
    /// Affirmed or negated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polarity: Option<Polarity>,
    /// Who did it; an empty list says that it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actors: Option<Vec<ActorId>>,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipients: Option<Vec<ActorId>>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
}

/// What to change in a figure. What is left out stays as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct FigureChange {
    /// What is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<Counted>,
    /// The number, with its qualifier: low and high follow from both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<(Comparator, u64)>,
    /// Whose people or things.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub victims: Option<Vec<ActorId>>,
    /// Whose count; an empty list says that the outlet gives it as its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimant: Option<Vec<ActorId>>,
}

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "ruling")]
pub enum Ruling {
    /// Two events are one happening.
    Merge {
        /// One event.
        one: FactAt,
        /// The other.
        other: FactAt,
    },
    /// Two events are two happenings.
    Split {
        /// One event.
        one: FactAt,
        /// The other.
        other: FactAt,
    },
    /// A fact was misread: the report does not say so.
    Reject {
        /// The fact.
        fact: FactAt,
    },
    /// An event was misread in part.
    CorrectEvent {
        /// The event.
        fact: FactAt,
        /// What is so.
        change: EventChange,
    },
    /// A figure was misread in part.
    CorrectFigure {
        /// The figure.
        fact: FactAt,
        /// What is so.
        change: FigureChange,
    },
    /// Two keys are one actor: the first is written as the second from now on.
    SameActor {
        /// The key that goes.
        actor: ActorId,
        /// The key that stays.
        is: ActorId,
    },
    /// An actor's name is another.
    NameActor {
        /// The actor.
        actor: ActorId,
        /// The name to print.
        name: String,
    },
    /// A remark on a fact.
    Note {
        /// The fact.
        fact: FactAt,
        /// The remark.
        text: String,
    },
    /// A party's answer to an offer of mediation, known to the analyst.
    Answer {
        /// The step that was answered.
        fact: FactAt,
        /// The party that answered.
        party: ActorId,
        /// Its answer; `None` says that none is reported.
        answer: Option<Stage>,
    },
}

impl Ruling {
    /// The facts that it is about.
    pub fn facts(&self) -> Vec<&FactAt> {
        match self {
            Ruling::Merge { one, other } | Ruling::Split { one, other } => vec![one, other],
            Ruling::Reject { fact }
            | Ruling::CorrectEvent { fact, .. }
            | Ruling::CorrectFigure { fact, .. }
            | Ruling::Note { fact, .. }
            | Ruling::Answer { fact, .. } => vec![fact],
            Ruling::SameActor { .. } | Ruling::NameActor { .. } => Vec::new(),
        }
    }
}

/// A decision of an analyst.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// Who decided.
    pub author: String,
    /// Why.
    pub reason: String,
    /// What.
    pub ruling: Ruling,
}

impl Decision {
    /// The decision by its content: the same decision twice is one.
    pub fn id(&self) -> DecisionId {
        DecisionId::of([format!("{self:?}")])
    }
}
