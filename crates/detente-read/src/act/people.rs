//! Who mediates, between whom, and who took the step.

use crate::Report;
use crate::event::Told;
use crate::tree::Tree;
use detente_types::{ActorKind, ActorRef, Stage};

pub(super) type People = (Vec<ActorRef>, Vec<ActorRef>, Vec<ActorRef>);

/// "willing to attend talks hosted by Oman": what is accepted is the host's, where one is told of.
fn hosts_first(
    report: &Report<'_>,
    others: &[ActorRef],
    actors: &[ActorRef],
    stage: Stage,
    mediators: &mut Vec<ActorRef>,
) {
    let hosts = without(report, others.to_vec(), actors);
    if stage == Stage::Accept && !hosts.is_empty() {
        *mediators = hosts;
    }
}

/// Mediators, parties, and who took the step.
// long: one match
pub(super) fn people(report: &Report<'_>, t: &Told, stage: Stage) -> People {
    let event = &t.event.fact;
    let inner = t.core.chain.last().cloned();
    let (actors, recipients) = (event.actors.clone(), event.recipients.clone());
    let speaker: Vec<ActorRef> = event.attributed_to.iter().take(1).cloned().collect();
    match stage {
        Stage::Offer
        | Stage::OfferRepeat
        | Stage::Appeal
        | Stage::Guarantee
        | Stage::ProposePlan
        | Stage::ProposeVenue => {
            let by = if speaker.is_empty() { persons(report, &actors) } else { speaker };
            let mediators = sides(report, &actors);
            (mediators, without(report, recipients, &actors), by)
        }
        Stage::Facilitate | Stage::Convene | Stage::Salvage => {
            if event.others.is_empty() {
                let recipients = if recipients.is_empty() { partners(report, t) } else { recipients };
                (sides(report, &actors), without(report, recipients, &actors), speaker)
            } else {
                let recipients = if recipients.is_empty() { partners(report, t) } else { recipients };
                (sides(report, &event.others), without(report, recipients, &event.others), speaker)
            }
        }
        Stage::Welcome | Stage::Accept | Stage::Decline | Stage::NoAnswer => {
            answered(report, t, stage, actors)
        }
        Stage::Request => {
            let asked =
                if recipients.is_empty() { inner.map(|c| c.actors).unwrap_or_default() } else { recipients };
            let mut parties = sides(report, &actors);
            let between = t.core.chain.iter().skip(1).flat_map(|c| c.recipients.iter().cloned()).collect();
            parties.extend(without(report, without(report, between, &asked), &actors));
            dedup(&mut parties);
            (sides(report, &asked), parties, actors)
        }
        Stage::Withdraw if t.core.chain.last().is_some_and(|c| c.key == "quit-mediation") => {
            (sides(report, &actors), recipients, actors)
        }
        Stage::CeasefireAgreed | Stage::Agreement if mediated(t) => {
            let parties = if recipients.is_empty() { partners(report, t) } else { recipients };
            let mediators = if event.others.is_empty() { &actors } else { &event.others };
            (sides(report, mediators), without(report, parties, mediators), speaker)
        }
        Stage::Suspend => {
            let mut parties = actors;
            parties.extend(recipients);
            dedup(&mut parties);
            let by = doers(report, t);
            (sides(report, &event.others), parties, if by.is_empty() { speaker } else { by })
        }
        Stage::Withdraw => (sides(report, &event.others), without(report, recipients, &actors), actors),
        Stage::CeasefireLapsed => {
            let by = doers(report, t);
            let mut parties = actors;
            parties.extend(recipients);
            dedup(&mut parties);
            (sides(report, &event.others), parties, if by.is_empty() { speaker } else { by })
        }
        Stage::Agreement | Stage::CeasefireAgreed if actors.is_empty() && recipients.is_empty() => {
            (sides(report, &event.others), partners(report, t), speaker)
        }
        _ => {
            let mut parties = actors;
            parties.extend(recipients);
            dedup(&mut parties);
            (sides(report, &event.others), parties, speaker)
        }
    }
}

/// An answer: whose offer it is, between whom, who gives it.
fn answered(report: &Report<'_>, t: &Told, stage: Stage, actors: Vec<ActorRef>) -> People {
    let event = &t.event.fact;
    let inner_actors = t.core.chain.last().cloned().map(|c| c.actors).unwrap_or_default();
    let mut mediators = without(report, event.recipients.clone(), &actors);
    mediators.extend(without(report, inner_actors, &actors));
    hosts_first(report, &event.others, &actors, stage, &mut mediators);
    mediators.retain(|m| report.cast.actor(&m.actor).is_some_and(|a| a.kind != ActorKind::Unnamed));
    mediators.retain(|m| !is_table(report, m));
    dedup(&mut mediators);
    let mut parties = if stage == Stage::Welcome { Vec::new() } else { sides(report, &actors) };
    // "ready to meet the leaders of the rebels": those who fight are the other side, and no third.
    let (others, mediators): (Vec<ActorRef>, Vec<ActorRef>) =
        mediators.into_iter().partition(|m| stage != Stage::Welcome && fights(report, m));
    parties.extend(sides(report, &others));
    let between = t.core.chain.iter().skip(1).flat_map(|c| c.recipients.iter().cloned()).collect();
    parties.extend(without(report, without(report, between, &actors), &mediators));
    dedup(&mut parties);
    (sides(report, &mediators), parties, actors)
}

/// "ready for Geneva talks": the table that one comes to is nobody whose offer it is.
fn is_table(report: &Report<'_>, who: &ActorRef) -> bool {
    let forum = report
        .cast
        .actor(&who.actor)
        .is_some_and(|a| matches!(a.kind, ActorKind::Forum | ActorKind::Organisation));
    let words = who.span.map(|span| span.of(report.text.document.text()).to_lowercase()).unwrap_or_default();
    forum
        && words
            .split_whitespace()
            .last()
            .is_some_and(|w| matches!(w, "talks" | "negotiations" | "process" | "dialogue"))
}

/// Is it one that fights or governs where a state does not let it?
fn fights(report: &Report<'_>, who: &ActorRef) -> bool {
    let actor = report.cast.actor(&who.actor);
    actor.is_some_and(|a| {
        matches!(a.kind, ActorKind::ArmedGroup | ActorKind::DefactoGovernment | ActorKind::Forces)
    })
}

/// Who ended or put off what: the subject of an active verb.
fn doers(report: &Report<'_>, t: &Told) -> Vec<ActorRef> {
    let verb = report.text.sentences[t.sentence].tree.as_ref().is_some_and(|tree| tree.is_verb(t.core.token));
    let subjects = t.core.args.subj.iter().filter(|_| verb);
    let mut out: Vec<ActorRef> =
        subjects.flat_map(|&h| report.cast.meaning(t.sentence, h).refs.iter().cloned()).collect();
    dedup(&mut out);
    out
}

/// The step is told by what the third party did.
pub(super) fn mediated(t: &Told) -> bool {
    t.core.chain.last().is_some_and(|c| c.key == "mediate")
}

/// "swapped prisoners under a deal mediated by the Emirates": the parties are those who act in the clause.
pub(super) fn partners(report: &Report<'_>, t: &Told) -> Vec<ActorRef> {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return Vec::new() };
    let token = t.core.token;
    // "under Egyptian mediation, Israel and Hamas negotiated": the noun itself hangs on the clause.
    let under = tree.is_noun(token)
        && tree
            .case(token)
            .is_some_and(|c| matches!(c.as_str(), "under" | "through" | "via" | "with" | "thanks_to"));
    let noun = if under {
        Some(token)
    } else {
        tree.head(token).filter(|_| matches!(tree.base(token), "acl" | "amod"))
    };
    let between = noun.map(|n| crate::args::args(tree, n)).unwrap_or_default();
    let mut heads: Vec<usize> = between.under("between").collect();
    if heads.is_empty() {
        let verb = noun.filter(|&n| matches!(tree.base(n), "obl" | "obj")).and_then(|n| tree.head(n));
        heads = verb.map(|v| crate::args::args(tree, v).subj).unwrap_or_default();
    }
    let mut out: Vec<ActorRef> =
        heads.into_iter().flat_map(|h| report.cast.meaning(t.sentence, h).refs.iter().cloned()).collect();
    dedup(&mut out);
    out
}

/// Persons stand for those whom they serve: a track is a state's or a body's, the person announces.
pub(super) fn sides(report: &Report<'_>, refs: &[ActorRef]) -> Vec<ActorRef> {
    let mut out: Vec<ActorRef> = refs
        .iter()
        .map(|r| match report.cast.actor(&r.actor).map(|a| a.kind) {
            Some(ActorKind::Person | ActorKind::Body) => {
                ActorRef { actor: report.cast.side(&r.actor), ..r.clone() }
            }
            _ => r.clone(),
        })
        .collect();
    dedup(&mut out);
    out
}

pub(super) fn persons(report: &Report<'_>, refs: &[ActorRef]) -> Vec<ActorRef> {
    let speaks = |r: &&ActorRef| {
        matches!(report.cast.actor(&r.actor).map(|a| a.kind), Some(ActorKind::Person | ActorKind::Body))
    };
    refs.iter().filter(speaks).cloned().collect()
}

pub(super) fn without(report: &Report<'_>, refs: Vec<ActorRef>, others: &[ActorRef]) -> Vec<ActorRef> {
    let sides: Vec<_> = others.iter().map(|o| report.cast.side(&o.actor)).collect();
    refs.into_iter().filter(|r| !sides.contains(&report.cast.side(&r.actor))).collect()
}

pub(super) fn dedup(refs: &mut Vec<ActorRef>) {
    let mut seen = Vec::new();
    refs.retain(|r| {
        let new = !seen.contains(&r.actor);
        seen.push(r.actor.clone());
        new
    });
}

/// "brokered the truce together with the Union", "mediated alongside Qatar": who mediates too is no party; nor is with whom
/// one was on the telephone when one offered.
pub(super) fn beside_them(
    report: &Report<'_>,
    tree: &Tree<'_>,
    t: &Told,
    mediators: &mut Vec<ActorRef>,
    parties: &mut Vec<ActorRef>,
) {
    if mediators.is_empty() {
        return;
    }
    let verbs = [t.core.token, t.core.scope.clause, t.core.chain.first().map_or(t.core.token, |c| c.token)];
    let phrases = |rels: &'static [&'static str]| {
        let below = verbs.iter().flat_map(move |&v| tree.kids_by(v, rels).collect::<Vec<_>>());
        below.collect::<Vec<usize>>()
    };
    let refs = |h: usize| -> Vec<ActorRef> {
        tree.conjuncts(h).into_iter().flat_map(|n| report.cast.meaning(t.sentence, n).refs.clone()).collect()
    };
    let jointly = |k: &usize| {
        let case = tree.case(*k).unwrap_or_default();
        let with = tree.kids_by(*k, &["case"]).find(|&c| tree.lower(c) == "with");
        let before = with.and_then(|c| c.checked_sub(1)).map(|n| tree.lower(n));
        matches!(case.as_str(), "alongside" | "together_with" | "along_with" | "jointly_with")
            || matches!(before, Some("together" | "jointly" | "along"))
    };
    let more: Vec<ActorRef> = phrases(&["obl", "nmod"]).into_iter().filter(jointly).flat_map(refs).collect();
    let occasion = |k: &usize| {
        matches!(tree.lemma(*k).as_str(), "call" | "conversation" | "letter" | "message" | "meeting")
            && matches!(tree.case(*k).as_deref(), Some("in" | "during" | "at"))
    };
    let there: Vec<ActorRef> = phrases(&["obl"])
        .into_iter()
        .filter(occasion)
        .flat_map(|k| {
            tree.kids_by(k, &["nmod"])
                .filter(|&n| tree.case(n).as_deref() == Some("with"))
                .collect::<Vec<_>>()
        })
        .flat_map(refs)
        .collect();
    parties.retain(|p| !more.iter().chain(&there).any(|m| m.actor == p.actor));
    mediators.extend(sides(report, &more));
    dedup(mediators);
}
