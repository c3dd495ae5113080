//! One word or a few for each code of the books. Each table is one idea and is read as one.

use crate::dossier::{Footing, Lane};
use detente_types::crisis::ChargeAnswer;
use detente_types::disagreement::{Kind, Verdict};
use detente_types::incident::Status;
use detente_types::mediation::State;
use detente_types::tally::Interest;
use detente_types::{
    Counted, EventType, Incident, MaskReason, Modality, Polarity, Policy, Quad, Stance, Strength,
};

/// The word that is printed before something that is not told as a plain fact; `None` for a plain fact.
pub(crate) fn modality(modality: Modality, polarity: Polarity) -> Option<&'static str> {
    let word = match modality {
        Modality::Occurred | Modality::Historical => None,
        Modality::Ongoing => None,
        Modality::Planned => Some("planned"),
        Modality::Offered => Some("offered"),
        Modality::Willing => Some("willing"),
        Modality::Urged => Some("urged"),
        Modality::Demanded => Some("demanded"),
        Modality::Threatened => Some("threatened"),
        Modality::Refused => Some("refused"),
        Modality::Denied => Some("denied"),
        Modality::Alleged => Some("alleged"),
        Modality::Feared => Some("feared"),
        Modality::Hypothetical => Some("possible"),
    };
    match polarity {
        Polarity::Affirmed => word,
        Polarity::Negated => Some(word.map_or("said not to be so", negated)),
    }
}

fn negated(word: &'static str) -> &'static str {
    match word {
        "planned" => "not planned",
        "offered" => "not offered",
        "willing" => "not willing",
        "urged" => "urged not to",
        "demanded" => "demanded not to",
        "threatened" => "not threatened",
        "alleged" => "alleged not to be so",
        _ => "said not to be so",
    }
}

/// Is it done by saying it? A charge is made though what it says is alleged, and who "agreed to cease fire" has agreed,
/// though the guns may not be silent yet.
pub(crate) fn made(incident: &Incident) -> bool {
    let charge = incident.kind == EventType::Accuse && incident.modality == Modality::Alleged;
    let promise = incident.kind == EventType::Agree
        && incident.modality == Modality::Planned
        && incident.evidence.iter().any(|e| e.rule.starts_with("operator/promise"));
    incident.polarity == Polarity::Affirmed && (charge || promise)
}

/// How firmly an incident stands.
pub(crate) fn footing(incident: &Incident) -> Footing {
    let told = incident.polarity == Polarity::Affirmed
        && (made(incident)
            || matches!(incident.modality, Modality::Occurred | Modality::Ongoing | Modality::Historical));
    match incident.status {
        Status::Weak => Footing::Weak,
        _ if !told => Footing::NotDone,
        Status::Contested => Footing::Contested,
        Status::Claimed => Footing::Claimed,
        Status::Corroborated | Status::Reported => Footing::Told,
    }
}

/// The word printed for a standing that is not plain. That a threat or an offer is known from one
/// side only is no news, so "claimed" is kept for what is told as done.
pub(crate) fn standing(incident: &Incident) -> Option<&'static str> {
    match (incident.status, footing(incident)) {
        (Status::Weak, _) => Some("headline of a linked report only"),
        (Status::Contested, _) => Some("contested"),
        (_, Footing::Claimed) => Some("claimed"),
        _ => None,
    }
}

/// The lane of the drawn timeline that a kind of event belongs to.
pub(crate) fn lane(kind: EventType) -> Lane {
    match kind {
        EventType::TalksCollapse | EventType::Retreat | EventType::Concede => Lane::Talks,
        EventType::Impact | EventType::Aid => Lane::Effects,
        EventType::Deny | EventType::Comment | EventType::Outlook => Lane::Words,
        _ => match kind.quad() {
            Some(Quad::MaterialConflict) => Lane::Force,
            Some(Quad::VerbalConflict) | None => Lane::Words,
            Some(Quad::VerbalCooperation | Quad::MaterialCooperation) => Lane::Talks,
        },
    }
}

/// What is counted, as the head of a box.
pub(crate) fn counted(what: Counted) -> &'static str {
    match what {
        Counted::Killed => "Killed",
        Counted::Wounded => "Wounded",
        Counted::Casualties => "Casualties, dead and wounded not told apart",
        Counted::Captured => "Captured",
        Counted::Missing => "Missing",
        Counted::Displaced => "Displaced",
        Counted::Arrested => "Arrested",
        Counted::Stranded => "Stranded",
        Counted::Released => "Released",
        Counted::Vehicles => "Vehicles",
        Counted::Aircraft => "Aircraft and drones",
        Counted::Munitions => "Missiles, rockets, shells",
        Counted::Posts => "Posts and villages",
        Counted::Buildings => "Buildings",
        Counted::Troops => "Troops",
        Counted::Rounds => "Rounds of talks",
        Counted::Days => "Days",
        Counted::Money => "Money",
        Counted::Other => "Other counts",
    }
}

/// Whose count it is, relative to those counted.
pub(crate) fn interest(interest: Interest) -> &'static str {
    match interest {
        Interest::OwnSide => "on its own side",
        Interest::Enemy => "on the other side",
        Interest::Independent => "on neither side",
        Interest::Outlet => "the outlet’s own words",
        Interest::Unknown => "side not known",
    }
}

/// How a count was attributed.
pub(crate) fn strength(strength: Option<Strength>) -> &'static str {
    match strength {
        Some(Strength::Said) => "said",
        Some(Strength::Claimed) => "claimed",
        Some(Strength::Alleged) => "alleged",
        Some(Strength::Confirmed) => "confirmed",
        Some(Strength::Denied) => "denied",
        Some(Strength::Reported) => "reportedly",
        None => "not attributed",
    }
}

/// What a policy does, in one sentence without its subject.
pub(crate) fn policy(policy: Policy) -> &'static str {
    match policy {
        Policy::FullRange => "picks no number where claimants differ",
        Policy::OwnAdmission => "takes the number that the side which suffered admits",
        Policy::LowestReported => "takes the lowest number that anybody gives",
        Policy::UcdpReliable => "takes the most independent claimant, then own admission",
    }
}

/// Where a track stands.
pub(crate) fn state(state: State) -> &'static str {
    match state {
        State::AppealsOnly => "appeals only",
        State::Offered => "offered, no answer reported",
        State::Welcomed => "welcomed or accepted",
        State::Declined => "declined",
        State::Planned => "talks planned",
        State::Talks => "talks held",
        State::Suspended => "talks suspended",
        State::Ceasefire => "ceasefire agreed",
        State::Agreement => "agreement reached",
        State::Collapsed => "collapsed",
    }
}

/// What kind of answer to a charge.
pub(crate) fn answer(answer: &ChargeAnswer) -> &'static str {
    match answer.claim.stance {
        Stance::Denial => "denial",
        Stance::Accusation => "counter-accusation",
        Stance::Justification => "justification",
        Stance::Assertion => "reply",
    }
}

/// What reports differ about.
pub(crate) fn difference(kind: Kind) -> &'static str {
    match kind {
        Kind::Date => "date",
        Kind::Quantity => "number",
        Kind::Scope => "scope",
        Kind::Occasion => "occasion",
        Kind::Modality => "how firm",
        Kind::Cause => "cause",
        Kind::Office => "office",
        Kind::Quote => "wording of a quotation",
        Kind::Count => "how often",
        Kind::Spelling => "spelling",
        Kind::Framing => "choice of words",
        Kind::Presence => "told or left out",
        Kind::AccusationDenial => "charge and denial",
        Kind::Provenance => "owner of a figure",
        Kind::Perpetrator => "who did it",
        Kind::Place => "place",
    }
}

/// What to make of a difference.
pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Contradiction => "both cannot be so",
        Verdict::Compatible => "both can be so",
        Verdict::ChangeOverTime => "both were so, at different times",
        Verdict::Open => "not decided here",
    }
}

/// Why a stretch of text is not read.
pub(crate) fn mask(reason: MaskReason) -> &'static str {
    match reason {
        MaskReason::Dateline => "dateline",
        MaskReason::Heading => "heading",
        MaskReason::Tag => "tag",
        MaskReason::Caption => "caption",
        MaskReason::Byline => "byline",
        MaskReason::LinkHeadline => "linked headline",
        MaskReason::Boilerplate => "boilerplate line",
        MaskReason::CommentForm => "comment form",
        MaskReason::Stamp => "date stamp",
        MaskReason::Embed => "embedded post",
        MaskReason::OtherLanguage => "passage in another language",
    }
}
