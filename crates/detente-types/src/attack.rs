//! One act of violence as one report tells it, its mentions in several sentences joined.

use crate::{ActorRef, EventId, Mode, Place, Span, When};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Shooting, killing, raid, ambush: violence that is none of those below.
    Attack,
    /// With a charge that was laid or thrown.
    Bombing,
    /// People taken or held.
    Kidnapping,
    /// A vehicle, ship or aircraft taken with those in it.
    Hijacking,
    /// Set on fire.
    Arson,
    /// Taken by force.
    Robbery,
}

/// How far it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Execution {
    /// Done.
    Accomplished,
    /// Tried: the charge was found, the shots missed.
    Attempted,
    /// Threatened.
    Threatened,
}

/// How surely the report lays it at somebody's door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Blame {
    /// Told as a fact.
    Fact,
    /// They say so themselves.
    Claimed,
    /// Somebody says so, or it is only presumed.
    Accused,
    /// Authorities say so.
    AccusedByAuthorities,
}

/// What became of a victim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Hurt {
    /// Killed.
    Death,
    /// Wounded.
    Injury,
    /// Neither.
    Unhurt,
    /// Let go, rescued, escaped.
    Freed,
}

/// What became of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// Destroyed.
    Destroyed,
    /// Damaged.
    Some,
    /// Left whole.
    None,
}

/// Words of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// As analysed: as printed, but for texts in capitals.
    pub text: String,
    /// The head word of the phrase, as printed there.
    pub head: String,
    /// Where.
    pub span: Span,
}

/// How many, as far as the words say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Number {
    /// Least.
    pub low: Option<u64>,
    /// Most.
    pub high: Option<u64>,
    /// More than one.
    pub plural: bool,
    /// "about", "some".
    pub about: bool,
}

/// An organisation that is said to have done it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Doer {
    /// Who.
    pub group: ActorRef,
    /// How surely.
    pub blame: Blame,
}

/// A thing that was struck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Struck {
    /// What, in the report's words.
    pub what: Words,
    /// How many.
    pub number: Number,
    /// What became of it, where said.
    pub damage: Option<Damage>,
}

/// Somebody who was struck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Victim {
    /// Who, in the report's words.
    pub who: Words,
    /// The fullest name that the report has for the person.
    pub name: Option<String>,
    /// What the person is: titles and roles, as printed.
    pub roles: Vec<String>,
    /// The actor, where the words were understood.
    pub actor: Option<ActorRef>,
    /// How many.
    pub number: Number,
    /// What became of them, where said.
    pub hurt: Option<Hurt>,
}

/// One act of violence as one report tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attack {
    /// The events of the reading that tell it, in text order.
    pub events: Vec<EventId>,
    /// Kind.
    pub form: Form,
    /// How far it went.
    pub execution: Execution,
    /// Modes of its events.
    pub modes: Vec<Mode>,
    /// When.
    pub when: When,
    /// Where, by the gazetteer.
    pub place: Option<Place>,
    /// Every place name that says where, from the finest on.
    pub places: Vec<Words>,
    /// With what.
    pub weapons: Vec<Words>,
    /// The people who did it, as described or named.
    pub people: Vec<Words>,
    /// The organisations that did it.
    pub doers: Vec<Doer>,
    /// All who did it, as actors.
    pub actors: Vec<ActorRef>,
    /// Things.
    pub targets: Vec<Struck>,
    /// People.
    pub victims: Vec<Victim>,
    /// The report says that nobody was killed or hurt.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub harmless: bool,
}
