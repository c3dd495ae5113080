//! Deeds that are told as a claim is made: of the other side's violence, against one's own interest, to excuse oneself.

use crate::Report;
use crate::event::Told;
use crate::tree::Tree;
use detente_types::{ActorRef, Modality};

/// "Thailand's minister said Cambodia had shelled a village": a side that tells of the other side's violence
/// against it, or in a fight that the report tells of, accuses it.
pub(super) fn charges(report: &Report<'_>, t: &Told, told: &[Told]) -> bool {
    use detente_types::EventType;
    let event = &t.event.fact;
    let violent = |e: &detente_types::Event| matches!(e.kind, EventType::Assault | EventType::Coerce);
    let real = matches!(event.modality, Modality::Occurred | Modality::Ongoing | Modality::Alleged)
        && event.polarity == detente_types::Polarity::Affirmed
        // "in two days of fighting with Tajikistan": both fought.
        && t.core.rule != "frame/clash";
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let (Some(speaker), Some(actor)) =
        (event.attributed_to.first().map(side), event.actors.first().map(side))
    else {
        return false;
    };
    let mixed =
        event.actors.iter().chain(&event.attributed_to).any(|r| side(r) != actor && side(r) != speaker);
    if !violent(event) || !real || speaker == actor || mixed || actor.as_str().starts_with("unnamed/") {
        return false;
    }
    let opposed = |e: &detente_types::Event| {
        let sides: Vec<_> = e.actors.iter().chain(&e.recipients).map(side).collect();
        sides.contains(&speaker) && sides.contains(&actor)
    };
    let fighting = told.iter().any(|o| {
        matches!(o.event.fact.kind, EventType::Assault | EventType::Accuse | EventType::Coerce)
            && opposed(&o.event.fact)
    });
    event.recipients.iter().any(|r| side(r) == speaker) || fighting || denied_soon(report, t, told)
}

/// "… Sukhumi denies it": what its doer's side denies a sentence or two on was a charge, if that is what it denies.
fn denied_soon(report: &Report<'_>, t: &Told, told: &[Told]) -> bool {
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let accused: Vec<_> = t.event.fact.actors.iter().map(side).collect();
    let Some(tree) = &report.text.sentences[t.sentence].tree else { return false };
    let parties: Vec<&ActorRef> = t.event.fact.actors.iter().chain(&t.event.fact.attributed_to).collect();
    let deed = super::topic(report, t.sentence, tree, &super::deed(tree, t.core.token), &parties);
    let by_words = || super::held::says_not(report, t.sentence, &accused, &deed);
    told.iter().any(|o| {
        let denies = o.event.fact.kind == detente_types::EventType::Deny
            && (t.sentence..=t.sentence + 2).contains(&o.sentence)
            && o.event.fact.actors.iter().any(|r| accused.contains(&side(r)));
        denies && this(report, o, &deed)
    }) || by_words()
}

/// Does the denial say no more than that it denies, or speak of this deed?
fn this(report: &Report<'_>, denial: &Told, deed: &[String]) -> bool {
    let Some(tree) = &report.text.sentences[denial.sentence].tree else { return false };
    let content = super::charged(report, tree, denial);
    let who: Vec<&ActorRef> = denial.event.fact.actors.iter().collect();
    let words = super::topic(report, denial.sentence, tree, &content, &who);
    super::disputed::bare(tree.phrase(&content)) || words.is_empty() || super::shared(&words, deed) > 0
}

/// "The rebels said they had never fired on the camp": a deed that its own side says was not done.
pub(super) fn denied_deed(report: &Report<'_>, t: &Told) -> bool {
    use detente_types::{EventType, Polarity};
    let event = &t.event.fact;
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let (Some(speaker), Some(actor)) =
        (event.attributed_to.first().map(side), event.actors.first().map(side))
    else {
        return false;
    };
    matches!(event.kind, EventType::Assault | EventType::Coerce)
        && event.polarity == Polarity::Negated
        && matches!(event.modality, Modality::Occurred | Modality::Historical)
        && speaker == actor
}

/// "The army admitted that soldiers had killed two aid workers": told against one's own interest.
pub(super) fn admitted(tree: &Tree<'_>, t: &Told) -> bool {
    let cue = t.core.scope.speech.first().map(|x| x.cue);
    !t.event.fact.attributed_to.is_empty()
        && cue.is_some_and(|c| {
            matches!(tree.lemma(c).as_str(), "admit" | "acknowledge" | "confess" | "concede")
        })
}

/// "in self-defence", "in retaliation for", said of one's own act.
pub(super) fn justification(tree: &Tree<'_>, t: &Told) -> bool {
    let own =
        t.event.fact.attributed_to.iter().any(|s| t.event.fact.actors.iter().any(|a| a.actor == s.actor));
    own && t.core.args.preps.iter().any(|(p, h)| {
        p == "in"
            && matches!(
                tree.lemma(*h).as_str(),
                "self-defence" | "self-defense" | "defence" | "defense" | "response" | "retaliation"
            )
    })
}

/// "said the state was looking for a pretext to seize the port": all that is said, where the deed is only a part of it.
pub(super) fn whole(tree: &Tree<'_>, t: &Told) -> Vec<usize> {
    let part = tree.kids_by(t.core.token, &["mark"]).any(|m| tree.lower(m) == "to");
    let said = t.core.scope.speech.first().filter(|_| part).and_then(|x| tree.kid(x.cue, &["ccomp"]));
    said.map_or_else(Vec::new, |clause| tree.subtree_without(clause, &["parataxis", "mark"]))
}
