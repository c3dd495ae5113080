//! How many: a count with its owner.

use crate::{ActorRef, EventId, FigureId, Place, Span, When};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Dead.
    Killed,
    /// Wounded.
    Wounded,
    /// Dead and wounded without distinction ("casualties").
    Casualties,
    /// Taken prisoner by an armed side, hostages included.
    Captured,
    /// Missing.
    Missing,
    /// Driven from home.
    Displaced,
    /// Detained by authorities.
    Arrested,
    /// Stuck at a border, on a road, at sea.
    Stranded,
    /// Let go, exchanged.
    Released,
    /// Tanks, trucks, armoured vehicles lost.
    Vehicles,
    /// Aircraft and drones lost or sent.
    Aircraft,
    /// Missiles, rockets, shells fired.
    Munitions,
    /// Posts, positions, villages taken or lost.
    Posts,
    /// Houses, buildings destroyed.
    Buildings,
    /// Troops sent, gathered, present.
    Troops,
    /// Rounds of talks.
    Rounds,
    /// Days that something lasted.
    Days,
    /// Money.
    Money,
    /// Anything else that was counted.
    Other,
}

/// How the number is qualified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Comparator {
    /// "23".
    Exactly,
    /// "at least 23", "23 or more".
    AtLeast,
    /// "more than 200", "over 200".
    MoreThan,
    /// "up to 60", "as many as 60".
    AtMost,
    /// "fewer than 60", "nearly 60", "almost 60".
    LessThan,
    /// "about 60", "some 60".
    About,
    /// "between 40 and 60", "40 to 60".
    Range,
    /// "dozens", "scores", "hundreds": no number at all. `low` is the least that the word can mean.
    Vague,
}

/// One count as one report gives it. A missing count stays missing; it is never zero.
// Invariant: low <= value <= high where known (kept by `Figure::bounds`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// Hash of report and words.
    pub id: FigureId,
    /// What is counted.
    pub what: Counted,
    /// The number as printed; `None` for a vague word.
    pub value: Option<u64>,
    /// Least that the words allow.
    pub low: Option<u64>,
    /// Most that the words allow.
    pub high: Option<u64>,
    /// Qualifier.
    pub comparator: Comparator,
    /// The words of the count with what is counted ("more than 200 Taliban members").
    pub text: String,
    /// The number words alone.
    pub number: Span,
    /// Whose people or things: the side that suffered. Empty where not said.
    pub victims: Vec<ActorRef>,
    /// What kind of people or things, singular lower case ("soldier", "civilian", "child", "truck").
    pub unit: Option<String>,
    /// Whose count it is; `None` where the outlet gives it as its own.
    pub claimant: Option<ActorRef>,
    /// Who else gives the same count in the same words ("the army *and the mayor* said").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_by: Vec<ActorRef>,
    /// How the count was attributed ("said", "claimed"), where it was.
    pub strength: Option<crate::Strength>,
    /// Who did it, where said.
    pub perpetrators: Vec<ActorRef>,
    /// When, as far as the sentence says.
    pub when: When,
    /// Where, as far as the sentence says.
    pub place: Option<Place>,
    /// The event in the same report that it is counted for, where one is told.
    pub event: Option<EventId>,
    /// A running total ("since the war began", "bringing the toll to") rather than one incident's count.
    pub total: bool,
    /// Part of another figure ("including 12 children"): that figure.
    pub part_of: Option<FigureId>,
    /// Counted beside another figure, of others in the same happening ("five in the market *and three in the
    /// school*"): that figure. The two add up.
    #[serde(default)]
    pub beside: Option<FigureId>,
}

impl Figure {
    /// Least and most that a printed number allows under its qualifier.
    pub fn bounds(comparator: Comparator, value: u64) -> (Option<u64>, Option<u64>) {
        match comparator {
            Comparator::Exactly => (Some(value), Some(value)),
            Comparator::AtLeast | Comparator::MoreThan => (Some(value), None),
            Comparator::AtMost | Comparator::LessThan => (None, Some(value)),
            Comparator::About | Comparator::Range | Comparator::Vague => (None, None),
        }
    }
}
