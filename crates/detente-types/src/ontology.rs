//! The closed lists of the codebook: what kinds of events there are.
//!
//! # From
//! PLOVER 2.0 (Political Language Ontology for Verifiable Event Records; Open Event Data Alliance;
//! CC BY-SA 4.0): 16 types, 67 modes. The five types that begin with `X-` are ours: real reports
//! say these things and PLOVER 2.0 has no category for them; they are exported with an empty
//! PLOVER type. Scores and wording live in the knowledge files.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Verbal or material, cooperation or conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Quad {
    /// Verbal cooperation.
    VerbalCooperation,
    /// Material cooperation.
    MaterialCooperation,
    /// Verbal conflict.
    VerbalConflict,
    /// Material conflict.
    MaterialConflict,
}

macro_rules! event_types {
    ($($(#[$doc:meta])* $name:ident $code:literal $quad:expr;)*) => {
        /// PLOVER 2.0 event type, or one of our five extensions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum EventType { $($(#[$doc])* #[serde(rename = $code)] $name,)* }

        impl EventType {
            /// Every type, in the codebook's order, extensions last.
            pub const ALL: &[EventType] = &[$(EventType::$name),*];

            /// The code as printed.
            pub fn code(self) -> &'static str {
                match self { $(EventType::$name => $code,)* }
            }

            /// The quad class; `None` for the extensions.
            pub fn quad(self) -> Option<Quad> {
                match self { $(EventType::$name => $quad,)* }
            }
        }
    };
}

use Quad::{MaterialConflict, MaterialCooperation, VerbalConflict, VerbalCooperation};
event_types! {
    /// Agreement, offer, promise.
    Agree "AGREE" Some(VerbalCooperation);
    /// Meeting, talk, visit, call.
    Consult "CONSULT" Some(VerbalCooperation);
    /// Verbal support, praise, recognition, signing.
    Support "SUPPORT" Some(VerbalCooperation);
    /// Concession that is declared, not yet carried out.
    Concede "CONCEDE" Some(VerbalCooperation);
    /// Mutual material exchange.
    Cooperate "COOPERATE" Some(MaterialCooperation);
    /// One-way material help.
    Aid "AID" Some(MaterialCooperation);
    /// Concession that is carried out.
    Retreat "RETREAT" Some(MaterialCooperation);
    /// Request, appeal, demand.
    Request "REQUEST" Some(VerbalConflict);
    /// Accusation, disapproval, inquiry.
    Accuse "ACCUSE" Some(VerbalConflict);
    /// Refusal.
    Reject "REJECT" Some(VerbalConflict);
    /// Threat, ultimatum.
    Threaten "THREATEN" Some(VerbalConflict);
    /// Civilian demonstration and the like.
    Protest "PROTEST" Some(MaterialConflict);
    /// Legal or diplomatic sanction, stop of cooperation.
    Sanction "SANCTION" Some(MaterialConflict);
    /// Show or move of force without its use.
    Mobilize "MOBILIZE" Some(MaterialConflict);
    /// Repression short of violence: restriction, seizure, arrest.
    Coerce "COERCE" Some(MaterialConflict);
    /// Violence.
    Assault "ASSAULT" Some(MaterialConflict);
    /// Talks fail, break down, end without result.
    TalksCollapse "X-TALKS_COLLAPSE" None;
    /// A charge or report is denied.
    Deny "X-DENY" None;
    /// Comment: concern, optimism, regret.
    Comment "X-COMMENT" None;
    /// What a conflict does to trade, movement, life.
    Impact "X-IMPACT" None;
    /// What somebody expects, fears, warns of.
    Outlook "X-OUTLOOK" None;
}

impl EventType {
    /// Is the type one of PLOVER's sixteen?
    pub fn is_plover(self) -> bool {
        self.quad().is_some()
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for EventType {
    type Err = String;
    fn from_str(code: &str) -> Result<EventType, String> {
        let found = EventType::ALL.iter().find(|t| t.code() == code).copied();
        found.ok_or_else(|| format!("{code:?} is no event type"))
    }
}

macro_rules! modes {
    ($($kind:ident: $($name:ident $code:literal),+;)*) => {
        /// Mode of an event: a finer class inside its type.
        #[allow(missing_docs)] // the codes are the codebook's; `detente explain` spells them out
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum Mode { $($( #[serde(rename = $code)] $name, )+)* }

        impl Mode {
            /// Every mode, in the codebook's order, extensions last.
            pub const ALL: &[Mode] = &[$($(Mode::$name),+),*];

            /// The type that the mode belongs to.
            pub fn kind(self) -> EventType {
                match self { $($(Mode::$name)|+ => EventType::$kind,)* }
            }

            /// The code as printed; unique only together with the type.
            pub fn code(self) -> &'static str {
                match self { $($(Mode::$name => $code,)+)* }
            }
        }
    };
}

// Serde names repeat across types ("arrest" is a mode of THREATEN and of COERCE), so modes are
// written as `TYPE-mode` everywhere.
modes! {
    Consult: Visit "CONSULT-visit", ThirdParty "CONSULT-third-party", Multilateral "CONSULT-multilateral",
        Phone "CONSULT-phone";
    Retreat: RetreatWithdraw "RETREAT-withdraw", Release "RETREAT-release", Disarm "RETREAT-disarm",
        Ceasefire "RETREAT-ceasefire", Access "RETREAT-access", Resign "RETREAT-resign";
    Request: RequestAssist "REQUEST-assist", RequestChange "REQUEST-change", RequestYield "REQUEST-yield",
        RequestMeet "REQUEST-meet";
    Accuse: Disapprove "ACCUSE-disapprove", Investigate "ACCUSE-investigate", Allege "ACCUSE-allege";
    Reject: RejectAssist "REJECT-assist", RejectChange "REJECT-change", RejectYield "REJECT-yield",
        RejectMeet "REJECT-meet";
    Threaten: ThreatenRestrict "THREATEN-restrict", ThreatenArrest "THREATEN-arrest",
        ThreatenRelations "THREATEN-relations", ThreatenExpel "THREATEN-expel",
        ThreatenTerritory "THREATEN-territory", ThreatenViolence "THREATEN-violence";
    Protest: Demo "PROTEST-demo", Riot "PROTEST-riot", Strike "PROTEST-strike", Hunger "PROTEST-hunger",
        Boycott "PROTEST-boycott", Obstruct "PROTEST-obstruct", Vandalize "PROTEST-vandalize";
    Sanction: Convict "SANCTION-convict", SanctionExpel "SANCTION-expel", SanctionWithdraw "SANCTION-withdraw",
        Discontinue "SANCTION-discontinue";
    Mobilize: Troops "MOBILIZE-troops", Weapons "MOBILIZE-weapons", Police "MOBILIZE-police",
        Militia "MOBILIZE-militia";
    Coerce: Seize "COERCE-seize", CoerceRestrict "COERCE-restrict", Censor "COERCE-censor",
        Curfew "COERCE-curfew", MartialLaw "COERCE-martial-law", CoerceArrest "COERCE-arrest",
        Deport "COERCE-deport", Withhold "COERCE-withhold", Misinformation "COERCE-misinformation",
        Cyber "COERCE-cyber";
    Assault: Abduct "ASSAULT-abduct", Beat "ASSAULT-beat", Torture "ASSAULT-torture",
        Sexual "ASSAULT-sexual", Targeted "ASSAULT-targeted", Destroy "ASSAULT-destroy",
        Primitive "ASSAULT-primitive", Firearms "ASSAULT-firearms", Explosives "ASSAULT-explosives",
        SuicideAttack "ASSAULT-suicide-attack", Aerial "ASSAULT-aerial", Drone "ASSAULT-drone",
        HeavyWeapons "ASSAULT-heavy-weapons", CrowdControl "ASSAULT-crowd-control",
        Unconventional "ASSAULT-unconventional";
    Comment: Concern "X-COMMENT-concern", Optimistic "X-COMMENT-optimistic", Regret "X-COMMENT-regret";
    Impact: Trade "X-IMPACT-trade", Stranded "X-IMPACT-stranded", Displaced "X-IMPACT-displaced",
        Services "X-IMPACT-services";
    Outlook: Risk "X-OUTLOOK-risk", Hope "X-OUTLOOK-hope";
}

impl Mode {
    /// The mode without its type, as the codebook writes it.
    pub fn short(self) -> &'static str {
        &self.code()[self.kind().code().len() + 1..]
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Mode {
    type Err = String;
    fn from_str(code: &str) -> Result<Mode, String> {
        let found = Mode::ALL.iter().find(|m| m.code() == code).copied();
        found.ok_or_else(|| format!("{code:?} is no mode (written TYPE-mode)"))
    }
}

/// Context of an event: the field of politics it belongs to (PLOVER 2.0, the contexts that reports
/// of armed crises and their diplomacy use).
#[allow(missing_docs)] // the codes are the codebook's; `detente explain` spells them out
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    Military,
    Intelligence,
    Diplomatic,
    Territory,
    Peacekeeping,
    Terrorism,
    HumanSecurity,
    Migration,
    Asylum,
    HumanRights,
    Economic,
    PoliticalInstitutions,
    Executive,
    ReligionEthnicity,
    Cbrn,
    Cyber,
    Misinformation,
}

impl Context {
    /// Every context.
    pub const ALL: &[Context] = &[
        Context::Military,
        Context::Intelligence,
        Context::Diplomatic,
        Context::Territory,
        Context::Peacekeeping,
        Context::Terrorism,
        Context::HumanSecurity,
        Context::Migration,
        Context::Asylum,
        Context::HumanRights,
        Context::Economic,
        Context::PoliticalInstitutions,
        Context::Executive,
        Context::ReligionEthnicity,
        Context::Cbrn,
        Context::Cyber,
        Context::Misinformation,
    ];
}

/// How real the report says an event is; apart from its type and from who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// It happened.
    Occurred,
    /// It is going on, or happens again and again.
    Ongoing,
    /// It is announced or arranged.
    Planned,
    /// It was offered.
    Offered,
    /// Somebody is willing, ready, prepared to.
    Willing,
    /// It was asked for.
    Urged,
    /// It was demanded.
    Demanded,
    /// It was threatened.
    Threatened,
    /// It was refused.
    Refused,
    /// It was denied.
    Denied,
    /// It was alleged by an interested party.
    Alleged,
    /// It is feared.
    Feared,
    /// It is a condition, a possibility, a wish.
    Hypothetical,
    /// It happened before the crisis reported on; background.
    Historical,
}

/// Affirmed or negated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// It is said to be so.
    Affirmed,
    /// It is said not to be so.
    Negated,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codebook_has_sixteen_types_and_sixty_seven_modes() {
        assert_eq!(EventType::ALL.iter().filter(|t| t.is_plover()).count(), 16);
        assert_eq!(Mode::ALL.iter().filter(|m| m.kind().is_plover()).count(), 67);
    }

    #[test]
    fn codes_are_unique_and_read_back() {
        for t in EventType::ALL {
            assert_eq!(t.code().parse(), Ok(*t));
        }
        for m in Mode::ALL {
            assert_eq!(m.code().parse(), Ok(*m));
            assert!(m.code().starts_with(m.kind().code()));
        }
    }
}
