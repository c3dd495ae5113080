//! Which step of mediation an event is.
//!
//! The chain of an event (operators, then the innermost class) decides: offer of "mediate" is an offer, refusal
//! of "talk" a decline, "urge" of "restraint" an appeal. Modality and negation decide the rest: talks that no
//! deal came out of collapsed, a party that would host if asked offers.

use crate::Report;
use crate::act::hint;
use crate::act::people::without;
use crate::act::table::{at_table, attends, consents, foreign, helped, invites, to_meet, to_table, vouches};
use crate::event::{Chain, Told};
use detente_types::{ActorKind, ActorRef, EventType, Modality, Stage};

/// The step that an event is, if it is one.
pub(super) fn stage_of(report: &Report<'_>, t: &Told) -> Option<Stage> {
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
        return negated(report, t, class);
    }
    match operator {
        Some("offer" | "willing" | "promise" | "vow") => offered(report, t, mediates, talks, class),
        Some("urge" | "demand") => asked(report, t, mediates, talks, class),
        Some("refuse") => {
            let talks =
                matches!(class, "mediate" | "talk" | "ceasefire" | "agree" | "accept" | "plan" | "withdraw");
            (talks || to_table(report, t)).then_some(Stage::Decline)
        }
        Some("accuse") => (class == "violate").then_some(Stage::CeasefireViolated),
        Some("deny" | "threaten" | "warn" | "expect") => None,
        Some(_) => None,
        None => plain(report, t, mediates),
    }
}

fn negated(report: &Report<'_>, t: &Told, class: &str) -> Option<Stage> {
    if class == "accept" {
        return Some(Stage::Decline);
    }
    let tree = report.text.sentences[t.sentence].tree.as_ref()?;
    // "the army's decision not to take part in talks"
    if class == "talk" && t.event.fact.modality == Modality::Planned && attends(report, t) {
        return Some(Stage::Decline);
    }
    // "No agreement was reached in Abuja": over. "No agreement has been reached": so far.
    let past = !tree.kids_by(t.core.token, &["aux"]).any(|k| tree.lemma(k) == "have" || tree.xpos(k) == "MD");
    let reached =
        matches!(tree.lemma(t.core.token).as_str(), "reach" | "strike" | "find" | "make" | "conclude");
    (class == "agree" && past && reached && t.event.fact.modality == Modality::Occurred)
        .then_some(Stage::Collapse)
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
    if attends(report, t) {
        return Some(Stage::Accept);
    }
    let inner = t.core.chain.last().map_or(t.core.token, |c| c.token);
    // "offered to host the two presidents"; one guest is a visitor.
    if t.core.rule.ends_with("+receive-visitor") && hint::both(report, t, inner) {
        return Some(if event.repeated { Stage::OfferRepeat } else { Stage::Offer });
    }
    if vouches(report, t) {
        return Some(Stage::Guarantee);
    }
    let agrees = outer.key == "promise";
    // "offered to bring the two generals together": whoever they are, they are others.
    let third = third_party(report, &outer.actors, t) || t.core.rule.ends_with("+bring-sides");
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
        // "agreed to the mediation of the Union": somebody else's.
        (true, true) if foreign(report, t) => Some(Stage::Accept),
        (true, true) if third && !event.recipients.is_empty() => Some(Stage::Convene),
        (true, true) => consents(report, t).then_some(Stage::Accept),
        (false, _)
            if third
                && !(to_table(report, t) && !helped(report, t))
                && (several_sides(report, &event.recipients)
                    || helps_peace(report, t) && !at_table(report, t, class)) =>
        {
            Some(if event.repeated { Stage::OfferRepeat } else { Stage::Offer })
        }
        _ if class == "ceasefire" => Some(if agrees { Stage::CeasefireAgreed } else { Stage::Accept }),
        // "Both sides agreed to meet again in Oslo."
        _ if talks && agrees && outer.actors.is_empty() => to_meet(t).then_some(Stage::Talks),
        _ if talks || to_table(report, t) => consents(report, t).then_some(Stage::Accept),
        // "Eritrea and Djibouti agreed to free all prisoners"
        _ if agrees
            && several_sides(report, &outer.actors)
            && matches!(class, "release" | "withdraw" | "disarm") =>
        {
            Some(Stage::Agreement)
        }
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
    let both = invites(tree, t) && hint::both(report, t, t.core.chain[0].token);
    if talks && invites(tree, t) && (third_party_of_two(report, asker, t) || both) {
        return Some(Stage::Offer);
    }
    // "The rebels ordered the soldiers to surrender": an ultimatum of one who fights.
    let fights = asker.iter().any(|a| {
        report.cast.actor(&a.actor).is_some_and(|x| {
            matches!(x.kind, ActorKind::ArmedGroup | ActorKind::Forces)
                || x.sector == Some(detente_types::Sector::Reb)
        })
    });
    let ordered = tree.lemma(t.core.chain[0].token) == "order";
    let calms = matches!(class, "restraint" | "ceasefire")
        || matches!(class, "withdraw" | "yield" | "disarm") && !fights && !ordered
        || talks
        || mediates
        || several_sides(report, &t.event.fact.recipients);
    (calms && !t.event.fact.actors.is_empty() && third_party(report, asker, t)).then_some(Stage::Appeal)
}

/// Steps that a frame tells only where the words around it speak of mediation, or of more than one side.
fn on_condition(report: &Report<'_>, t: &Told) -> Option<Option<Stage>> {
    if t.core.act == Some(Stage::NoAnswer) {
        let told = t.core.rule.ends_with("study-offer") || t.core.rule.ends_with("answer-awaited");
        return Some((told || answers_offer(report, t)).then_some(Stage::NoAnswer));
    }
    match t.core.rule.rsplit('/').next()? {
        // "is not neutral" is said of many things.
        "not-neutral" => Some(hint::of_mediation(report, t.sentence).then_some(Stage::Decline)),
        // Who invites one guest mediates between nobody.
        "invite-sides" => {
            let both = third_party(report, &t.event.fact.actors, t) && hint::both(report, t, t.core.token);
            Some(both.then_some(Stage::Offer))
        }
        "talks-go-on" => {
            let told = matches!(
                t.event.fact.modality,
                Modality::Occurred | Modality::Ongoing | Modality::Historical | Modality::Planned
            );
            Some(told.then(|| go_on(report, t)))
        }
        _ => None,
    }
}

fn plain(report: &Report<'_>, t: &Told, mediates: bool) -> Option<Stage> {
    let event = &t.event.fact;
    let verb = report.text.sentences[t.sentence]
        .tree
        .as_ref()
        .map(|tree| tree.lemma(t.core.token))
        .unwrap_or_default();
    let real = matches!(
        event.modality,
        Modality::Occurred | Modality::Ongoing | Modality::Historical | Modality::Alleged
    );
    if let Some(told) = on_condition(report, t) {
        return told;
    }
    match t.core.act {
        // "would not negotiate a ceasefire": no step but a refusal of one.
        Some(Stage::CeasefireAgreed | Stage::CeasefireExtended | Stage::Agreement)
            if event.modality == Modality::Refused =>
        {
            Some(Stage::Decline)
        }
        Some(Stage::Facilitate) if real && !salvages(&verb) && brought_about(report, t).is_some() => {
            brought_about(report, t)
        }
        // A council called together by its own government is no mediation.
        Some(Stage::Convene) if own_people(report, t) => None,
        // "Indirect talks between A and B": who mediates is not said.
        Some(Stage::Facilitate) if real && event.actors.is_empty() && event.recipients.len() > 1 => {
            Some(Stage::Talks)
        }
        Some(Stage::Facilitate | Stage::Convene) if mediates && if_wished(report, t) => Some(Stage::Offer),
        Some(Stage::Facilitate | Stage::Convene) if mediates => Some(match event.modality {
            Modality::Willing | Modality::Offered => Stage::Offer,
            Modality::Hypothetical if salvages(&verb) => Stage::Salvage,
            Modality::Hypothetical if t.core.scope.purpose => Stage::Salvage,
            Modality::Hypothetical | Modality::Feared | Modality::Denied | Modality::Refused => return None,
            _ if salvages(&verb) => Stage::Salvage,
            _ => t.core.act?,
        }),
        Some(Stage::CeasefireInForce) => in_force(report, t, real),
        Some(Stage::Talks) if forums_host(report, t) => {
            (event.modality != Modality::Hypothetical).then_some(Stage::Convene)
        }
        Some(Stage::Talks) if event.kind == EventType::Agree || !real => {
            let stage = if event.others.is_empty() { Stage::Talks } else { Stage::Convene };
            (event.modality == Modality::Planned && (stage == Stage::Convene || meet(report, &verb, event)))
                .then_some(stage)
        }
        // Who attends talks is not thereby a party to them.
        Some(Stage::Talks) if verb == "attend" || verb == "join" => None,
        Some(Stage::Talks) if !event.others.is_empty() => Some(Stage::Facilitate),
        Some(Stage::Talks) => meet(report, &verb, event).then_some(Stage::Talks),
        Some(Stage::Agreement) => real.then_some(Stage::Agreement),
        Some(stage) => Some(stage),
        None if hint::of_operator(report, t).is_some() => hint::of_operator(report, t),
        None if t.core.rule.ends_with("/agree-to") => agreed_on(report, t).then_some(Stage::Agreement),
        None if event.kind == EventType::Request => appeals(report, t).then_some(Stage::Appeal),
        None if event.kind == EventType::Reject => rejected(report, t),
        None => None,
    }
}

/// "The Union and the Community will hold a joint summit": organisations that hold a summit call it.
fn forums_host(report: &Report<'_>, t: &Told) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let event = &t.event.fact;
    let outside = |r: &ActorRef| {
        report
            .cast
            .actor(&r.actor)
            .is_some_and(|a| matches!(a.kind, ActorKind::Organisation | ActorKind::Forum))
    };
    let summit = |&o: &usize| matches!(tree.lemma(o).as_str(), "summit" | "conference");
    let below = t.core.args.obj.iter().any(summit) || summit(&t.core.token);
    below && !event.actors.is_empty() && event.actors.iter().chain(&event.recipients).all(outside)
}

/// "Both have agreed to the first phase of a plan": several sides, and what they agreed on is a text or a part of one.
fn agreed_on(report: &Report<'_>, t: &Told) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let text = |h: usize| {
        matches!(
            tree.lemma(h).as_str(),
            "phase"
                | "stage"
                | "deal"
                | "agreement"
                | "accord"
                | "framework"
                | "roadmap"
                | "text"
                | "principle"
                | "term"
                | "plan"
                | "settlement"
                | "protocol"
                | "draft"
                | "pact"
        )
    };
    several_sides(report, &t.event.fact.actors)
        && t.core.args.preps.iter().any(|(p, h)| p != "in" && text(*h))
}

/// A call by one outside on those who fight: for restraint, a truce, talks.
fn appeals(report: &Report<'_>, t: &Told) -> bool {
    let event = &t.event.fact;
    let restraint = t.core.chain.last().is_some_and(|c| c.key == "restraint");
    let several = several_sides(report, &event.recipients)
        || event.recipients.len() > 1
            && event.modes.iter().any(|m| m.short() == "meet" || m.short() == "yield");
    (restraint || several || calls_for_truce(report, t)) && third_party(report, &event.actors, t)
}

/// "if the fighting stops" is no truce; "the guns will fall silent at midnight" is one agreed on.
fn in_force(report: &Report<'_>, t: &Told, real: bool) -> Option<Stage> {
    let of_truce = t.core.rule.contains("ceasefire-holds");
    let hoped = report.text.sentences[t.sentence].tree.as_ref().is_some_and(|tree| {
        let above = tree.ancestors(t.core.token).map(|n| tree.lemma(n));
        above.into_iter().any(|w| matches!(w.as_str(), "hope" | "wish" | "pray" | "expect"))
    });
    match t.event.fact.modality {
        _ if real => Some(Stage::CeasefireInForce),
        _ if hoped => None,
        Modality::Planned if of_truce => Some(Stage::CeasefireInForce),
        Modality::Planned => Some(Stage::CeasefireAgreed),
        _ => None,
    }
}

/// "The talks went on the next morning" after a break; "contacts were continuing" goes on without one.
fn go_on(report: &Report<'_>, t: &Told) -> Stage {
    let tree = report.text.sentences[t.sentence].tree.as_ref();
    let past = tree.is_some_and(|tree| tree.xpos(t.core.token) == "VBD");
    if past && t.event.fact.when.from().is_some() { Stage::Resume } else { Stage::Talks }
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
fn meet(report: &Report<'_>, word: &str, event: &detente_types::Event) -> bool {
    let mut sides: Vec<_> =
        event.actors.iter().chain(&event.recipients).map(|r| report.cast.side(&r.actor)).collect();
    let people = sides.len();
    sides.sort();
    sides.dedup();
    sides.len() > 1
        || people > 1 && inner_parties(report, event)
        || people == 0 && matches!(word, "talk" | "negotiation")
        || people == 0 && event.modality == Modality::Ongoing
}

/// A president and the opposition of one state are two parties; its government and its council are one.
fn inner_parties(report: &Report<'_>, event: &detente_types::Event) -> bool {
    event.actors.iter().chain(&event.recipients).any(|r| {
        report.cast.actor(&r.actor).is_some_and(|a| {
            !matches!(
                a.kind,
                ActorKind::State | ActorKind::Body | ActorKind::Forces | ActorKind::DefactoGovernment
            )
        })
    })
}

/// Everybody called together belongs to who calls.
fn own_people(report: &Report<'_>, t: &Told) -> bool {
    let event = &t.event.fact;
    let ours: Vec<_> = event.actors.iter().chain(&event.others).map(|a| report.cast.side(&a.actor)).collect();
    !event.recipients.is_empty()
        && event.recipients.iter().all(|r| {
            ours.contains(&report.cast.side(&r.actor))
                && report
                    .cast
                    .actor(&r.actor)
                    .is_some_and(|a| matches!(a.kind, ActorKind::State | ActorKind::Body | ActorKind::Forces))
        })
}

/// "Finland would host them if both sides wished it".
fn if_wished(report: &Report<'_>, t: &Told) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let verb = t.core.scope.clause;
    tree.kids_by(verb, &["aux"]).any(|k| matches!(tree.lower(k), "would" | "could" | "'d"))
        && tree.kids_by(verb, &["advcl"]).any(|k| {
            tree.kids_by(k, &["mark"]).any(|m| matches!(tree.lower(m), "if" | "should"))
                && matches!(
                    tree.lemma(k).as_str(),
                    "wish" | "want" | "ask" | "agree" | "request" | "desire" | "like" | "accept" | "so"
                )
        })
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
                | "de-escalate"
                | "mediation"
                | "truce"
                | "ceasefire"
                | "peaceful"
        )
    })
}

/// "demanded an immediate ceasefire in Gaza": an appeal by one who does not fight.
fn calls_for_truce(report: &Report<'_>, t: &Told) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let outside = t.event.fact.actors.iter().all(|a| {
        report.cast.actor(&a.actor).is_some_and(|a| {
            matches!(
                a.kind,
                ActorKind::Forum
                    | ActorKind::Organisation
                    | ActorKind::Body
                    | ActorKind::Person
                    | ActorKind::State
            )
        })
    });
    let lexicon = report.knowledge.lexicon();
    let below = tree.subtree_without(t.core.token, &["nsubj", "parataxis", "acl:relcl"]);
    outside
        && below.into_iter().any(|n| {
            n != t.core.token && tree.is_noun(n) && {
                let lemma = tree.lemma(n);
                lexicon.in_class("ceasefire", &lemma)
                    || matches!(lemma.as_str(), "calm" | "restraint" | "dialogue")
            }
        })
}

/// Is what was not answered an offer, a proposal, an invitation?
fn answers_offer(report: &Report<'_>, t: &Told) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let verb = t.core.token;
    let bare = tree.is_verb(verb)
        && matches!(tree.lemma(verb).as_str(), "respond" | "reply" | "answer")
        && tree.kid(verb, &["obl", "obj", "advcl", "ccomp"]).is_none();
    bare || tree.subtree(t.core.scope.clause).into_iter().any(|n| {
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
    let pronoun = |&o: &usize| matches!(tree.lower(o), "it" | "this" | "that" | "them");
    if t.core.args.obj.iter().any(pronoun) {
        // "Israel accepted the plan and Hamas rejected it."
        return Some(Stage::Decline);
    }
    if t.core.args.obj.is_empty()
        && t.core.args.preps.is_empty()
        && tree.is_verb(t.core.token)
        && tree.kid(t.core.token, &["xcomp", "ccomp"]).is_none()
    {
        return Some(Stage::Decline);
    }
    let under = t
        .core
        .args
        .preps
        .iter()
        .filter(|(p, _)| matches!(p.as_str(), "on" | "to" | "of" | "for"))
        .map(|(_, h)| h);
    let about: Vec<usize> = t.core.args.obj.iter().chain(under).flat_map(|&o| tree.subtree(o)).collect();
    let of_others = !without(report, t.event.fact.recipients.clone(), &t.event.fact.actors).is_empty()
        || about.iter().any(|&n| tree.rel(n) == "nmod:poss" && tree.upos(n) != "PRON");
    let plan = |n: usize| super::answer::is_plan(&tree.lemma(n));
    let known = |n: usize| {
        plan(n) && tree.kids_by(n, &["det"]).any(|d| matches!(tree.lower(d), "the" | "this" | "that"))
    };
    if of_others && about.iter().any(|&n| plan(n)) || t.core.args.obj.iter().any(|&o| known(o)) {
        return Some(Stage::Decline);
    }
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
