//! Steps of mediation: what each event means for a process of talks.
//!
//! "Oman offered to host talks", "the rebels turned down the offer", "a second round ended without
//! agreement", "ready to act as guarantor": events carry PLOVER types, which fold offers, acceptances
//! and other agreements into one; this room unfolds them.
//!
//! # How
//! The chain of an event (operators, then the innermost class) is looked up in [`stage_of`]: offer of
//! "mediate" is an offer, refusal of "talk" a decline, "urge" of "restraint" an appeal. Who mediates,
//! between whom and who took the step follow from the chain's actors.
//!
//! # Does not
//! Join steps into tracks, or know which states are parties to the conflict: one report does not tell.

mod people;

use crate::Report;
use crate::event::{Chain, Told};
use crate::time::ordinal;
use crate::tree::Tree;
use detente_types::{Act, ActId, ActorRef, Cited, EventType, Evidence, Modality, Stage};
use people::{dedup, people, without};

/// Every step of mediation, in text order.
pub(crate) fn acts(report: &Report<'_>, told: &[Told]) -> Vec<Cited<Act>> {
    let mut out: Vec<Cited<Act>> = Vec::new();
    for t in told {
        let Some(tree) = &report.text.sentences[t.sentence].tree else { continue };
        let Some(stage) = stage_of(report, t).filter(|stage| !answered_here(tree, t, *stage, told)) else {
            continue;
        };
        let act = act(report, tree, t, stage);
        if meaningful(&act) {
            let mut evidence: Evidence = t.event.evidence()[0].clone();
            evidence.rule = format!("act/{}", t.core.rule.trim_start_matches("frame/"));
            add(&mut out, Cited::new(act, evidence));
        }
    }
    refer_back(report, &mut out);
    lend_mediators(&mut out);
    // "The army refused." answers an offer, if one was told.
    out.retain(|a| a.fact.stage != Stage::Decline || !a.fact.mediators.is_empty() || !bare(told, &a.fact));
    out
}

/// "agreed to a truce … after talks mediated by Malaysia": the mediator told in the sentence, without parties
/// of its own, is that of what was agreed there.
fn lend_mediators(acts: &mut Vec<Cited<Act>>) {
    let lends = |a: &Act| a.stage == Stage::Facilitate && !a.mediators.is_empty() && a.parties.is_empty();
    let mut lent = Vec::new();
    for at in 0..acts.len() {
        let agreed = matches!(
            acts[at].fact.stage,
            Stage::CeasefireAgreed | Stage::Agreement | Stage::Talks | Stage::Collapse
        );
        if !agreed || !acts[at].fact.mediators.is_empty() {
            continue;
        }
        let sentence = acts[at].evidence()[0].sentence;
        if let Some(from) =
            (0..acts.len()).find(|&n| lends(&acts[n].fact) && acts[n].evidence()[0].sentence == sentence)
        {
            let mediators = acts[from].fact.mediators.clone();
            let Act { mediators: own, parties, .. } = &mut acts[at].fact;
            parties.retain(|p| !mediators.iter().any(|m| m.actor == p.actor));
            *own = mediators;
            lent.push(acts[from].fact.id.clone());
        }
    }
    acts.retain(|a| !lent.contains(&a.fact.id));
}

/// A refusal that does not say of what.
fn bare(told: &[Told], act: &Act) -> bool {
    let own = told.iter().find(|t| Some(&t.event.fact.id) == act.event.as_ref());
    own.is_some_and(|t| {
        t.core.kind == EventType::Reject
            && t.core.chain.len() == 1
            && t.core.args.obj.is_empty()
            && t.core.args.preps.is_empty()
    })
}

/// "Thailand has not responded to that offer": the offer told last, by somebody else, in the few sentences before.
fn refer_back(report: &Report<'_>, acts: &mut [Cited<Act>]) {
    for at in 0..acts.len() {
        let answer = &acts[at].fact;
        if !matches!(answer.stage, Stage::Accept | Stage::Decline | Stage::Welcome | Stage::NoAnswer)
            || !answer.mediators.is_empty()
        {
            continue;
        }
        let (line, by) = (acts[at].evidence()[0].sentence, answer.by.clone());
        let offer = acts[..at].iter().rev().find(|a| {
            let near = report
                .text
                .sentences
                .iter()
                .filter(|l| {
                    l.span.start() >= a.evidence()[0].sentence.start() && l.span.start() < line.start()
                })
                .count()
                <= 4;
            near && matches!(
                a.fact.stage,
                Stage::Offer | Stage::OfferRepeat | Stage::ProposePlan | Stage::Convene
            ) && !a.fact.mediators.is_empty()
                && without(report, a.fact.mediators.clone(), &by).len() == a.fact.mediators.len()
        });
        if let Some(mediators) = offer.map(|o| o.fact.mediators.clone()) {
            acts[at].fact.mediators = mediators;
        }
    }
}

/// "welcomed Russia's offer": the offer is what is answered, not made again.
fn answered_here(tree: &Tree<'_>, t: &Told, stage: Stage, told: &[Told]) -> bool {
    let over = t.core.chain.first().and_then(|c| tree.head(c.token));
    matches!(stage, Stage::Offer | Stage::OfferRepeat)
        && told.iter().any(|o| {
            let answers =
                matches!(o.core.act, Some(Stage::Welcome | Stage::Accept | Stage::Decline | Stage::NoAnswer))
                    || o.core.kind == EventType::Reject;
            o.sentence == t.sentence && answers && Some(o.core.token) == over
        })
}

/// Two words of one sentence may tell one step ("agreed to a truce brokered by France").
fn add(out: &mut Vec<Cited<Act>>, new: Cited<Act>) {
    let covers = |a: &[ActorRef], b: &[ActorRef]| {
        a.is_empty() || b.iter().all(|x| a.iter().any(|y| y.actor == x.actor)) || b.is_empty()
    };
    let same = out.iter_mut().find(|old| {
        let joint = old.evidence()[0].sentence == new.evidence()[0].sentence
            && old.fact.stage == new.fact.stage
            && old.fact.modality == new.fact.modality;
        joint
            && covers(&old.fact.mediators, &new.fact.mediators)
            && covers(&old.fact.parties, &new.fact.parties)
            && covers(&old.fact.by, &new.fact.by)
    });
    match same {
        Some(old) => {
            let Act { mediators, parties, by, place, round, .. } = new.fact;
            old.fact.mediators.extend(mediators);
            old.fact.parties.extend(parties);
            old.fact.by.extend(by);
            dedup(&mut old.fact.mediators);
            dedup(&mut old.fact.parties);
            dedup(&mut old.fact.by);
            old.fact.place = old.fact.place.take().or(place);
            old.fact.round = old.fact.round.or(round);
        }
        None => out.push(new),
    }
}

/// Somebody must be named: a mediator, a party or who took the step.
fn meaningful(act: &Act) -> bool {
    match act.stage {
        Stage::Talks => {
            act.parties.len() > 1
                || act.round.is_some()
                || act.place.is_some()
                || !act.mediators.is_empty() && !act.parties.is_empty()
        }
        Stage::Agreement => {
            act.parties.len() > 1
                || act.round.is_some()
                || !act.mediators.is_empty() && !act.parties.is_empty()
        }
        Stage::Offer
        | Stage::OfferRepeat
        | Stage::Facilitate
        | Stage::Convene
        | Stage::Appeal
        | Stage::Guarantee
        | Stage::ProposePlan => !act.mediators.is_empty(),
        Stage::Accept | Stage::Decline | Stage::Welcome | Stage::Request | Stage::NoAnswer => {
            !act.by.is_empty()
        }
        _ => true,
    }
}

/// The step that an event is, if it is one.
fn stage_of(report: &Report<'_>, t: &Told) -> Option<Stage> {
    let event = &t.event.fact;
    let chain = &t.core.chain;
    let inner = chain.last()?;
    let class = inner.key.as_str();
    let operator = (chain.len() > 1).then(|| chain[0].key.as_str());
    let mediates = matches!(class, "mediate")
        || matches!(t.core.act, Some(Stage::Facilitate | Stage::Convene | Stage::Guarantee));
    let talks = matches!(class, "talk" | "agree" | "sign") || class == "mediate";
    if event.polarity == detente_types::Polarity::Negated
        && operator.is_none()
        && !matches!(t.core.act, Some(Stage::NoAnswer))
    {
        return negated(class);
    }
    match operator {
        Some("offer" | "willing" | "promise" | "vow") => offered(report, t, mediates, talks, class),
        Some("urge" | "demand") => asked(report, t, mediates, talks, class),
        Some("refuse") => {
            matches!(class, "mediate" | "talk" | "ceasefire" | "agree" | "accept" | "plan" | "withdraw")
                .then_some(Stage::Decline)
        }
        Some("accuse") => (class == "violate").then_some(Stage::CeasefireViolated),
        Some("deny" | "threaten" | "warn" | "expect") => None,
        Some(_) => None,
        None => plain(report, t, mediates),
    }
}

fn negated(class: &str) -> Option<Stage> {
    matches!(class, "accept").then_some(Stage::Decline)
}

fn offered(report: &Report<'_>, t: &Told, mediates: bool, talks: bool, class: &str) -> Option<Stage> {
    let event = &t.event.fact;
    let outer = &t.core.chain[0];
    if event.kind == EventType::Reject {
        return (mediates || talks).then_some(Stage::Decline);
    }
    if event.kind != EventType::Agree {
        return None;
    }
    if t.core.act == Some(Stage::CeasefireExtended) {
        return Some(Stage::CeasefireExtended);
    }
    let agrees = outer.key == "promise";
    let third = third_party(report, &outer.actors, t);
    match (agrees, mediates || class == "plan") {
        // "openness to Iranian mediation" answers Iran.
        (false, true)
            if t.core.chain.last().is_some_and(|inner| {
                !inner.actors.is_empty()
                    && without(report, inner.actors.clone(), &outer.actors).len() == inner.actors.len()
            }) =>
        {
            Some(Stage::Accept)
        }
        (false, true) if third => Some(if event.repeated { Stage::OfferRepeat } else { Stage::Offer }),
        (true, true) if third && !event.recipients.is_empty() => Some(Stage::Convene),
        (true, true) => Some(Stage::Accept),
        (false, _) if third && (several_sides(report, &event.recipients) || helps_peace(report, t)) => {
            Some(if event.repeated { Stage::OfferRepeat } else { Stage::Offer })
        }
        _ if class == "ceasefire" => Some(if agrees { Stage::CeasefireAgreed } else { Stage::Accept }),
        _ if talks => Some(Stage::Accept),
        _ if class == "guarantee" => Some(Stage::Guarantee),
        (false, _) if third && class == "peacekeepers" => Some(Stage::Offer),
        _ => None,
    }
}

fn asked(report: &Report<'_>, t: &Told, mediates: bool, talks: bool, class: &str) -> Option<Stage> {
    let asker = &t.core.chain[0].actors;
    let tree = report.text.sentences[t.sentence].tree.as_ref()?;
    if mediates && tree.is_noun(t.core.token) && t.event.fact.recipients.is_empty() {
        // "the invitation from Russia to mediate": its own.
        return Some(Stage::Offer);
    }
    let mediator = t.core.chain.last().is_some_and(|c| !c.actors.is_empty() && !c.recipients.is_empty());
    if mediates && (mediator || t.event.fact.recipients.len() == 1) && !third_party_of_two(report, asker, t) {
        return Some(Stage::Request);
    }
    let calms = matches!(class, "restraint" | "ceasefire" | "withdraw" | "yield" | "disarm")
        || talks
        || mediates
        || several_sides(report, &t.event.fact.recipients);
    (calms && !t.event.fact.actors.is_empty() && third_party(report, asker, t)).then_some(Stage::Appeal)
}

fn plain(report: &Report<'_>, t: &Told, mediates: bool) -> Option<Stage> {
    let event = &t.event.fact;
    if t.core.act == Some(Stage::NoAnswer) {
        return answers_offer(report, t).then_some(Stage::NoAnswer);
    }
    let verb = report.text.sentences[t.sentence]
        .tree
        .as_ref()
        .map(|tree| tree.lemma(t.core.token))
        .unwrap_or_default();
    let real = matches!(
        event.modality,
        Modality::Occurred | Modality::Ongoing | Modality::Historical | Modality::Alleged
    );
    match t.core.act {
        Some(Stage::Facilitate) if real && brought_about(report, t).is_some() => brought_about(report, t),
        Some(Stage::Facilitate | Stage::Convene) if mediates => Some(match event.modality {
            Modality::Willing | Modality::Offered => Stage::Offer,
            Modality::Hypothetical if t.core.scope.purpose || salvages(&verb) => Stage::Salvage,
            Modality::Hypothetical | Modality::Feared | Modality::Denied | Modality::Refused => return None,
            _ if salvages(&verb) => Stage::Salvage,
            _ => t.core.act?,
        }),
        Some(Stage::Talks) if event.kind == EventType::Agree || !real => {
            let stage = if event.others.is_empty() { Stage::Talks } else { Stage::Convene };
            (event.modality == Modality::Planned && (stage == Stage::Convene || meet(&verb, event)))
                .then_some(stage)
        }
        // Who attends talks is not thereby a party to them.
        Some(Stage::Talks) if verb == "attend" || verb == "join" => None,
        Some(Stage::Talks) if !event.others.is_empty() => Some(Stage::Facilitate),
        Some(Stage::Talks) => meet(&verb, event).then_some(Stage::Talks),
        Some(Stage::Agreement) => real.then_some(Stage::Agreement),
        Some(stage) => Some(stage),
        None if event.kind == EventType::Request
            && t.core.chain.last().is_some_and(|c| c.key == "restraint") =>
        {
            third_party(report, &event.actors, t).then_some(Stage::Appeal)
        }
        None if event.kind == EventType::Request && several_sides(report, &event.recipients) => {
            third_party(report, &event.actors, t).then_some(Stage::Appeal)
        }
        None if event.kind == EventType::Request
            && event.modes.iter().any(|m| m.short() == "meet" || m.short() == "yield") =>
        {
            (event.recipients.len() > 1 && third_party(report, &event.actors, t)).then_some(Stage::Appeal)
        }
        None if event.kind == EventType::Reject => rejected(report, t),
        None => None,
    }
}

/// "a truce brokered by France", "brokered a deal": what the third party's work came to.
fn brought_about(report: &Report<'_>, t: &Told) -> Option<Stage> {
    let tree = report.text.sentences[t.sentence].tree.as_ref()?;
    let lexicon = report.knowledge.lexicon();
    t.core.args.obj.iter().find_map(|&o| {
        let lemma = tree.lemma(o);
        if lexicon.in_class("ceasefire", &lemma) {
            Some(Stage::CeasefireAgreed)
        } else {
            lexicon.in_class("agreement", &lemma).then_some(Stage::Agreement)
        }
    })
}

/// Two sides meet, or "talks" are told of whose sides go without saying; a council that meets is no talks.
fn meet(word: &str, event: &detente_types::Event) -> bool {
    let people = event.actors.len() + event.recipients.len();
    people > 1 || people == 0 && matches!(word, "talk" | "negotiation")
}

/// Those concerned belong to at least two sides, or are called "both sides", "the parties".
fn several_sides(report: &Report<'_>, refs: &[ActorRef]) -> bool {
    let mut sides: Vec<_> = refs.iter().map(|r| report.cast.side(&r.actor)).collect();
    sides.sort();
    sides.dedup();
    let plural = |r: &ActorRef| {
        r.actor.as_str().rsplit('/').next().is_some_and(|n| {
            matches!(
                n,
                "side" | "party" | "faction" | "rival" | "neighbour" | "neighbor" | "camp" | "belligerent"
            )
        })
    };
    sides.len() > 1 || refs.iter().any(plural)
}

/// "ready to help the parties find a way out": help towards peace, by whatever word.
fn helps_peace(report: &Report<'_>, t: &Told) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let below = tree.subtree_without(t.core.chain[0].token, &["nsubj", "parataxis"]);
    below.into_iter().any(|n| {
        matches!(
            tree.lemma(n).as_str(),
            "peace"
                | "dialogue"
                | "talk"
                | "negotiation"
                | "settlement"
                | "reconciliation"
                | "reconcile"
                | "dispute"
                | "tension"
                | "de-escalation"
                | "mediation"
                | "truce"
                | "ceasefire"
                | "peaceful"
        )
    })
}

/// Is what was not answered an offer, a proposal, an invitation?
fn answers_offer(report: &Report<'_>, t: &Told) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    tree.subtree(t.core.scope.clause).into_iter().any(|n| {
        matches!(
            tree.lemma(n).as_str(),
            "offer" | "proposal" | "invitation" | "initiative" | "plan" | "mediation" | "call" | "overture"
        )
    })
}

fn salvages(verb: &str) -> bool {
    matches!(verb, "salvage" | "rescue" | "save" | "revive" | "restart")
}

/// "rejected the mediation offer", "turned down talks".
fn rejected(report: &Report<'_>, t: &Told) -> Option<Stage> {
    let tree = report.text.sentences[t.sentence].tree.as_ref()?;
    if t.core.args.obj.is_empty()
        && t.core.args.preps.is_empty()
        && tree.is_verb(t.core.token)
        && tree.kid(t.core.token, &["xcomp", "ccomp"]).is_none()
    {
        return Some(Stage::Decline);
    }
    let about = t.core.args.obj.iter().flat_map(|&o| tree.subtree(o)).chain(t.core.args.under("on"));
    let peace = about.into_iter().any(|n| {
        matches!(
            tree.lemma(n).as_str(),
            "mediation"
                | "talk"
                | "negotiation"
                | "dialogue"
                | "ceasefire"
                | "truce"
                | "peace"
                | "mediator"
                | "offer"
                | "roadmap"
                | "mediate"
                | "role"
                | "intermediary"
                | "go-between"
                | "invitation"
                | "initiative"
        )
    });
    peace.then_some(Stage::Decline)
}

/// Does somebody outside act: none of its sides is among those it is about?
fn third_party(report: &Report<'_>, actors: &[ActorRef], t: &Told) -> bool {
    let inner = t.core.chain.last();
    let parties =
        t.event.fact.recipients.iter().chain(inner.into_iter().flat_map(|c: &Chain| c.recipients.iter()));
    let sides: Vec<_> = parties.map(|r| report.cast.side(&r.actor)).collect();
    !actors.is_empty() && actors.iter().all(|a| !sides.contains(&report.cast.side(&a.actor)))
}

fn third_party_of_two(report: &Report<'_>, asker: &[ActorRef], t: &Told) -> bool {
    third_party(report, asker, t) && t.event.fact.recipients.len() > 1
}

fn act(report: &Report<'_>, tree: &Tree<'_>, t: &Told, stage: Stage) -> Act {
    let event = &t.event.fact;
    let (mediators, parties, by) = people(report, t, stage);
    let trigger = event.trigger;
    let id = ActId::of([
        report.text.document.id().as_str(),
        &format!("{}..{}", trigger.start(), trigger.end()),
        &format!("{stage:?}"),
    ]);
    Act {
        id,
        stage,
        mediators,
        parties,
        by,
        modality: event.modality,
        when: event.when.clone(),
        place: event.place.clone(),
        occasion: occasion(report, t),
        round: round(tree, t),
        outcome: if ends(stage) { outcome(tree, t) } else { None },
        event: Some(event.id.clone()),
        words: crate::event_words(&words(tree, t), 120),
        trigger,
    }
}

/// "a press briefing at the embassy": the occasion of what is said, in this sentence, or in the one
/// before of the same paragraph.
fn occasion(report: &Report<'_>, t: &Told) -> Option<String> {
    let here = occasion_in(report.text.sentences[t.sentence].tree.as_ref()?);
    here.or_else(|| {
        let (start, paragraph) = (t.sentence, report.text.sentences[t.sentence].paragraph);
        (0..start)
            .rev()
            .take_while(|&s| {
                report.text.sentences[s].paragraph.checked_add(1).is_some_and(|next| next >= paragraph)
                    && s + 4 > start
            })
            .find_map(|s| report.text.sentences[s].tree.as_ref().and_then(occasion_in))
    })
}

fn occasion_in(tree: &Tree<'_>) -> Option<String> {
    let found = (0..tree.len()).find(|&i| {
        let place =
            tree.case(i).is_some_and(|c| matches!(c.as_str(), "in" | "at" | "during" | "after" | "on"))
                || matches!(tree.rel(i), "obj");
        place && tree.upos(i) == "NOUN" && {
            let lemma = tree.lemma(i);
            let press = |w: &str| tree.kids_by(i, &["compound", "amod"]).any(|k| tree.lower(k) == w);
            match lemma.as_str() {
                "briefing" | "interview" | "speech" | "seminar" | "panel" => true,
                "conference" | "statement" => {
                    press("press") || press("news") || press("recent") || press("joint") || press("weekly")
                }
                "event" | "session" | "ceremony" | "forum" | "gathering" => {
                    tree.kid(i, &["acl", "nmod"]).is_some()
                }
                _ => false,
            }
        }
    })?;
    let ids = tree.subtree_without(found, &["case", "acl:relcl", "punct", "conj", "cc"]);
    Some(crate::event_words(tree.phrase(&ids), 100))
}

/// The number of the round that the event's words state.
fn round(tree: &Tree<'_>, t: &Told) -> Option<u32> {
    let near = tree.subtree(t.core.scope.clause);
    near.iter()
        .copied()
        .filter(|&n| matches!(tree.lemma(n).as_str(), "round" | "session" | "phase"))
        .find_map(|n| tree.kids_by(n, &["amod", "compound", "nummod"]).find_map(|k| ordinal(tree.lower(k))))
}

/// Steps that have a result.
fn ends(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::Talks | Stage::Collapse | Stage::Agreement | Stage::Salvage | Stage::Suspend | Stage::Withdraw
    )
}

/// "without meaningful progress", "in failure": how talks ended.
fn outcome(tree: &Tree<'_>, t: &Told) -> Option<String> {
    let verb = t.core.scope.clause;
    let found = tree.kids_by(verb, &["obl", "advcl"]).find(|&k| {
        let case = tree.case(k).or_else(|| tree.kid(k, &["mark"]).map(|m| tree.lower(m).to_string()));
        matches!(case.as_deref(), Some("without" | "after"))
            || case.as_deref() == Some("in")
                && matches!(
                    tree.lemma(k).as_str(),
                    "failure" | "deadlock" | "stalemate" | "acrimony" | "agreement"
                )
    })?;
    let ids = tree.subtree_without(found, &["acl:relcl"]);
    Some(crate::event_words(tree.phrase(&ids), 120))
}

/// The deciding words, from the outermost operator to the innermost trigger.
fn words(tree: &Tree<'_>, t: &Told) -> String {
    let mut ids: Vec<usize> = t.core.chain.iter().map(|c| c.token).collect();
    ids.extend(t.core.scope.light.map(|l| l.verb));
    let adverbs: Vec<usize> = ids
        .iter()
        .flat_map(|&i| {
            tree.kids_by(i, &["advmod", "aux", "compound"])
                .filter(|&k| tree.base(k) != "aux")
                .collect::<Vec<_>>()
        })
        .collect();
    ids.extend(adverbs);
    ids.sort_unstable();
    ids.dedup();
    let (Some(&first), Some(&last)) = (ids.first(), ids.last()) else { return String::new() };
    if last - first <= 8 {
        return tree.phrase(&(first..=last).collect::<Vec<_>>()).to_string();
    }
    ids.iter().map(|&i| tree.word(i)).collect::<Vec<_>>().join(" … ")
}
