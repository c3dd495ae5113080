//! Who: states, governments, bodies, forces, groups, organisations, persons.

use crate::{ActorId, Cited, Span, When};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A state, speaking through its government.
    State,
    /// A government in control of territory that is not (or not widely) recognised.
    DefactoGovernment,
    /// Part of a government: ministry, embassy, court, parliament, office of a leader.
    Body,
    /// Armed forces and police of a state or de facto government.
    Forces,
    /// An armed group that is none of the above.
    ArmedGroup,
    /// International body, company, party, non-governmental organisation, outlet.
    Organisation,
    /// A meeting or format that acts ("the St Petersburg forum", "the Quartet").
    Forum,
    /// A person.
    Person,
    /// People of a country or place: civilians, residents, refugees, protesters.
    Population,
    /// Named by no name: "observers", "diplomats", "outside powers".
    Unnamed,
}

/// PLOVER 2.0 sector of an actor (codebook section "Actors").
#[allow(missing_docs)] // the codes are the codebook's; `detente explain` spells them out
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Sector {
    Cop,
    Gov,
    Jud,
    Leg,
    Mil,
    Prm,
    Pty,
    Reb,
    Spy,
    Uaf,
    Unk,
    Agr,
    Bus,
    Crm,
    Cvl,
    Edu,
    Eli,
    Jrn,
    Lab,
    Med,
    Ref,
    Opp,
    Pre,
    Rel,
    Soc,
    /// International (governmental) organisation, used where a country code is missing.
    Igo,
    /// Non-governmental organisation.
    Ngo,
    /// Multinational company.
    Mnc,
}

/// An actor as far as a report, or all reports together, tell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// Readable key.
    pub id: ActorId,
    /// The name to print.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3 code of its country; `None` for international and stateless actors.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Names under which it was met, sorted, without repeats.
    pub aliases: Vec<String>,
    /// The actors on whose behalf it acts: a ministry's state, an ambassador's state. Sorted.
    pub acts_for: Vec<ActorId>,
}

/// An office held by a person, as one report states it. Another report may state another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Office {
    /// Who holds it.
    pub holder: ActorId,
    /// Its name, normalised ("foreign minister", "ambassador to Pakistan").
    pub title: String,
    /// The state, body or group that it serves.
    pub of: Option<ActorId>,
    /// When it was held, as far as known.
    pub when: When,
}

/// How the words of a report were taken to mean an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// By its name.
    Name,
    /// By another known name, a spelling variant or an acronym.
    Alias,
    /// By adjective or possessive and a body: "Pakistani troops", "Norway's foreign ministry".
    Composed,
    /// A capital or seat for its government: "Moscow said".
    Metonym,
    /// By an office: "the ambassador", "his Iranian counterpart".
    Office,
    /// By a common noun that stands for an actor named before: "the ministry", "the group".
    Nominal,
    /// By a pronoun.
    Pronoun,
    /// Not in the words; inferred from context, and marked so.
    Inferred,
    /// Described, with no name behind it: "gunmen", "observers".
    Described,
}

/// How sure a resolution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The words leave no doubt.
    Certain,
    /// Most readers would agree.
    Likely,
    /// Could be another, or a place.
    Ambiguous,
}

/// An actor in a role, with the words that named it there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct ActorRef {
    /// Who.
    pub actor: ActorId,
    /// The words, where there are any.
    pub span: Option<Span>,
    /// How the words were understood.
    pub via: Via,
    /// How surely.
    pub certainty: Certainty,
}

impl ActorRef {
    /// An actor named outright.
    pub fn named(actor: ActorId, span: Span) -> ActorRef {
        ActorRef { actor, span: Some(span), via: Via::Name, certainty: Certainty::Certain }
    }
}

/// Offices with their evidence.
pub type CitedOffice = Cited<Office>;
