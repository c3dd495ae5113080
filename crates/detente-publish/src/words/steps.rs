//! A step of mediation as one English clause that never says more than the step.
//!
//! An offer is done when it is made; talks that are planned are not done. A step that is told as done
//! is written in the past ("Norland offered to mediate"), any other one as it stands in a headline
//! ("Norland to host talks") behind its label ("planned"). Talks fail, nobody fails them: steps of the
//! whole table have no taker.

use detente_types::{Modality, Stage};

/// Who takes the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// A third party.
    Mediator,
    /// A party that answers, asks or leaves.
    Party,
    /// Everybody at the table.
    Table,
}

/// The words of one stage. `{between}` stands for " between A and B" where the step names its
/// parties, `{of}` for " of Norland" where it names its mediators; both may become nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StepWords {
    /// Short name.
    pub(crate) name: &'static str,
    /// Who takes it.
    pub(crate) side: Side,
    /// After the taker's name, done: "offered to mediate{between}".
    pub(crate) did: &'static str,
    /// After the taker's name, not done: "to offer mediation{between}".
    pub(crate) to_do: &'static str,
    /// With no taker, done: "An offer to mediate{between} was made".
    pub(crate) was_done: &'static str,
    /// With no taker, not done.
    pub(crate) to_be_done: &'static str,
}

const fn by_side(side: Side, name: &'static str, words: [&'static str; 4]) -> StepWords {
    let [did, to_do, was_done, to_be_done] = words;
    StepWords { name, side, did, to_do, was_done, to_be_done }
}

const fn third(name: &'static str, words: [&'static str; 4]) -> StepWords {
    by_side(Side::Mediator, name, words)
}

const fn party(name: &'static str, words: [&'static str; 4]) -> StepWords {
    by_side(Side::Party, name, words)
}

const fn table(name: &'static str, [was_done, to_be_done]: [&'static str; 2]) -> StepWords {
    by_side(Side::Table, name, ["", "", was_done, to_be_done])
}

/// The words of a stage: one table.
#[rustfmt::skip]
#[allow(clippy::too_many_lines)]
// long: one table
pub(crate) fn of(stage: Stage) -> StepWords {
    match stage {
        Stage::Offer => third("offer", [
            "offered to mediate{between}", "to offer to mediate{between}",
            "An offer to mediate{between} was made", "An offer to mediate{between} to be made",
        ]),
        Stage::OfferRepeat => third("offer repeated", [
            "again offered to mediate{between}", "to offer again to mediate{between}",
            "The offer to mediate{between} was repeated", "The offer to mediate{between} to be repeated",
        ]),
        Stage::Request => party("request", [
            "asked for mediation{of_by}", "to ask for mediation{of_by}",
            "Mediation{of_by} was asked for", "Mediation{of_by} to be asked for",
        ]),
        Stage::Welcome => party("welcome", [
            "welcomed the offer{of}", "to welcome the offer{of}",
            "The offer{of} was welcomed", "The offer{of} to be welcomed",
        ]),
        Stage::Accept => party("acceptance", [
            "accepted the offer{of}", "to accept the offer{of}",
            "The offer{of} was accepted", "The offer{of} to be accepted",
        ]),
        Stage::Decline => party("refusal", [
            "declined the offer{of}", "to decline the offer{of}",
            "The offer{of} was declined", "The offer{of} to be declined",
        ]),
        Stage::NoAnswer => party("no answer", [
            "gave no answer to the offer{of}", "to give no answer to the offer{of}",
            "The offer{of} was not answered", "The offer{of} not to be answered",
        ]),
        Stage::ProposeVenue => third("venue proposed", [
            "proposed a venue or a meeting", "to propose a venue or a meeting",
            "A venue or a meeting was proposed", "A venue or a meeting to be proposed",
        ]),
        Stage::ProposePlan => third("plan proposed", [
            "put forward a plan", "to put forward a plan",
            "A plan was put forward", "A plan to be put forward",
        ]),
        Stage::Convene => third("talks convened", [
            "called or hosted talks{between}", "to call or host talks{between}",
            "Talks{between} were set up", "Talks{between} to be set up",
        ]),
        Stage::Talks => table("talks", ["Talks{between} were held", "Talks{between} to be held"]),
        Stage::Facilitate => third("mediation", [
            "mediated{between}", "to mediate{between}",
            "Talks{between} were mediated", "Talks{between} to be mediated",
        ]),
        Stage::Salvage => third("rescue attempt", [
            "tried to rescue the talks{between}", "to try to rescue the talks{between}",
            "An attempt was made to rescue the talks{between}", "The talks{between} to be rescued",
        ]),
        Stage::Suspend => table("talks suspended", [
            "The talks{between} were suspended or put off", "The talks{between} to be suspended or put off",
        ]),
        Stage::Resume => table("talks resumed", ["The talks{between} were resumed", "The talks{between} to be resumed"]),
        Stage::Withdraw => party("withdrawal", [
            "left the talks", "to leave the talks", "A side left the talks", "A side to leave the talks",
        ]),
        Stage::Collapse => table("collapse", ["The talks{between} failed", "The talks{between} to fail"]),
        Stage::Agreement => table("agreement", [
            "An agreement{between} was reached", "An agreement{between} to be reached",
        ]),
        Stage::CeasefireAgreed => table("ceasefire agreed", [
            "A ceasefire{between} was agreed or declared", "A ceasefire{between} to be agreed or declared",
        ]),
        Stage::CeasefireInForce => table("ceasefire holds", [
            "The ceasefire{between} was in force", "The ceasefire{between} to be in force",
        ]),
        Stage::CeasefireExtended => table("ceasefire extended", [
            "The ceasefire{between} was prolonged", "The ceasefire{between} to be prolonged",
        ]),
        Stage::CeasefireLapsed => table("ceasefire lapsed", [
            "The ceasefire{between} broke down or ran out", "The ceasefire{between} to break down or run out",
        ]),
        Stage::CeasefireViolated => party("violation", [
            "is accused of having broken the ceasefire", "to break the ceasefire",
            "The ceasefire{between} is reported to have been broken", "The ceasefire{between} to be broken",
        ]),
        Stage::Appeal => third("appeal", [
            "called on {parties} for calm or talks", "to call on {parties} for calm or talks",
            "There was a call for calm or talks{between}", "A call for calm or talks{between} to be made",
        ]),
        Stage::Guarantee => third("guarantee", [
            "took on the part of guarantor or monitor", "to take on the part of guarantor or monitor",
            "A guarantor or monitor was named", "A guarantor or monitor to be named",
        ]),
    }
}

/// What a step names, filled into the words of its stage.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Names<'a> {
    /// Who takes it, inside a sentence; empty where nobody is named.
    pub(crate) taker: &'a str,
    /// Between whom; empty where not said.
    pub(crate) parties: &'a str,
    /// Who mediates; empty where nobody is named.
    pub(crate) mediators: &'a str,
    /// Who takes it mediates, where parties take such steps too.
    pub(crate) mediates: bool,
    /// An answer to what was agreed, and to nobody's offer.
    pub(crate) agreed: bool,
}

/// The clause without its taker: what stands after the taker's name, or the whole of it where there is none.
pub(crate) fn clause(stage: Stage, modality: Modality, names: Names<'_>) -> String {
    let words = of(stage);
    let done = done(stage, modality);
    let willing = matches!(stage, Stage::Offer | Stage::OfferRepeat) && modality == Modality::Willing;
    let pattern = match (names.taker.is_empty() || words.did.is_empty(), done) {
        (false, true) if willing && stage == Stage::OfferRepeat => {
            "again declared readiness to mediate{between}"
        }
        (false, true) if willing => "declared readiness to mediate{between}",
        // What is agreed is confirmed, or is not what one was party to.
        (false, true) if names.agreed && stage == Stage::Accept => "confirmed what was agreed",
        (false, true) if names.agreed && stage == Stage::Decline => "did not accept what was agreed",
        // Without an offer to answer, a party says yes or no to talks.
        (false, true) if names.mediators.is_empty() && stage == Stage::Accept => "agreed to talks",
        (false, true) if names.mediators.is_empty() && stage == Stage::Decline => "declined talks",
        (false, false) if names.mediators.is_empty() && stage == Stage::Accept => "to hold talks",
        (false, false) if names.mediators.is_empty() && stage == Stage::Decline => "to decline talks",
        (false, true) if stage == Stage::Withdraw && names.mediates => "gave up mediating{between}",
        (false, true) => words.did,
        (false, false) => words.to_do,
        (true, true) if stage == Stage::Talks && modality == Modality::Ongoing => {
            "The talks{between} went on"
        }
        (true, true) => words.was_done,
        (true, false) => words.to_be_done,
    };
    let filled =
        |word: &str, name: &str| if name.is_empty() { String::new() } else { format!(" {word} {name}") };
    let parties = if names.parties.is_empty() { "those involved" } else { names.parties };
    // One name alone is not "between".
    let link = if names.parties.contains(" and ") { "between" } else { "with" };
    pattern
        .replace("{between}", &filled(link, names.parties))
        .replace("{of_by}", &filled("by", names.mediators))
        .replace("{of}", &filled("of", names.mediators))
        .replace("{parties}", parties)
}

/// An answer in one or two words, for the cell of a board.
pub(crate) fn answer(stage: Stage) -> &'static str {
    match stage {
        Stage::Welcome => "welcomed",
        Stage::Accept => "accepted",
        Stage::Decline => "declined",
        Stage::NoAnswer => "gave no answer",
        Stage::Request => "asked for it",
        Stage::Withdraw => "left the talks",
        Stage::Talks | Stage::Resume | Stage::Convene | Stage::Facilitate | Stage::Salvage => "took part",
        Stage::Collapse => "talks failed",
        Stage::Offer | Stage::OfferRepeat => "offered itself",
        Stage::Appeal => "called for calm or talks",
        Stage::Suspend => "suspended",
        Stage::Agreement | Stage::CeasefireAgreed => "agreed",
        other => of(other).name,
    }
}

/// Is a step with this modality told as done? To offer, to welcome, to appeal is done by saying so.
pub(crate) fn done(stage: Stage, modality: Modality) -> bool {
    use Modality::{Alleged, Demanded, Historical, Occurred, Offered, Ongoing, Refused, Urged, Willing};
    matches!(
        (stage, modality),
        (_, Occurred | Ongoing | Historical)
            | (Stage::Offer | Stage::OfferRepeat, Offered | Willing)
            | (Stage::ProposeVenue | Stage::ProposePlan, Offered | Urged)
            | (Stage::Appeal, Urged | Demanded)
            | (Stage::Decline, Refused)
            | (Stage::CeasefireViolated, Alleged)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(stage: Stage, modality: Modality, [taker, parties, mediators]: [&str; 3], want: &str) {
        let mediates = taker == mediators;
        assert_eq!(
            clause(stage, modality, Names { taker, parties, mediators, mediates, agreed: false }),
            want
        );
    }

    #[test]
    fn an_offer_is_done_when_made_and_planned_talks_are_not() {
        let pair = "Arvenia and Tolmark";
        check(
            Stage::Offer,
            Modality::Offered,
            ["Norland", pair, "Norland"],
            &format!("offered to mediate between {pair}"),
        );
        check(Stage::Offer, Modality::Willing, ["Norland", "", ""], "declared readiness to mediate");
        check(Stage::Talks, Modality::Planned, ["", pair, ""], &format!("Talks between {pair} to be held"));
        check(
            Stage::Welcome,
            Modality::Occurred,
            ["Arvenia", "", "Norland"],
            "welcomed the offer of Norland",
        );
        check(Stage::Accept, Modality::Willing, ["Arvenia", "", ""], "to hold talks");
        check(Stage::Decline, Modality::Planned, ["Arvenia", "", ""], "to decline talks");
        check(
            Stage::Collapse,
            Modality::Occurred,
            ["", pair, ""],
            &format!("The talks between {pair} failed"),
        );
        check(
            Stage::Withdraw,
            Modality::Occurred,
            ["Norland", pair, "Norland"],
            &format!("gave up mediating between {pair}"),
        );
        check(
            Stage::Convene,
            Modality::Offered,
            ["Norland", "Tolmark", ""],
            "to call or host talks with Tolmark",
        );
    }
}
