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

mod answer;
mod hint;
mod people;
mod stage;
mod table;

use crate::Report;
use crate::event::Told;
use crate::time::ordinal;
use crate::tree::Tree;
use answer::{answered_here, bare, concerned, ellipses, refer_back};
use detente_types::{Act, ActId, ActorRef, Cited, Evidence, Modality, Place, Stage, Via};
use people::{beside_them, dedup, people, without};
use stage::stage_of;

/// Every step of mediation, in text order.
pub(crate) fn acts(report: &Report<'_>, told: &[Told]) -> Vec<Cited<Act>> {
    let mut out: Vec<Cited<Act>> = Vec::new();
    for t in told {
        let Some(tree) = &report.text.sentences[t.sentence].tree else { continue };
        let Some(stage) = stage_of(report, t).filter(|stage| !answered_here(tree, t, *stage, told)) else {
            continue;
        };
        let mut act = act(report, tree, t, stage);
        if matches!(stage, Stage::Welcome | Stage::Accept | Stage::Decline | Stage::NoAnswer) {
            let mut more =
                without(report, without(report, concerned(tree, t, told), &act.by), &act.mediators);
            // "days after Oslo invited both sides to Geneva"
            let site = |r: &ActorRef| report.places[t.sentence].iter().any(|p| Some(p.place.span) == r.span);
            more.retain(|r| !site(r));
            act.parties.extend(more);
            dedup(&mut act.parties);
        }
        // Who agreed may stand with the talks before it.
        if meaningful(&act) || act.stage == Stage::Agreement {
            let mut evidence: Evidence = t.event.evidence()[0].clone();
            evidence.rule = format!("act/{}", t.core.rule.trim_start_matches("frame/"));
            add(&mut out, Cited::new(act, evidence));
        }
    }
    hint::attendance(report, &mut out, told);
    drop_purposes(&mut out);
    refer_back(report, told, &mut out);
    lend_parties(&mut out);
    out.retain(|a| meaningful(&a.fact));
    lend_mediators(&mut out);
    ellipses(report, told, &mut out);
    // "The army refused." and "has not replied" answer an offer, if one was told.
    out.retain(|a| !a.fact.mediators.is_empty() || !bare(report, told, &a.fact));
    out
}

/// "offered to act as a facilitator to end the conflict": what the offer is for is no step beside it; nor is what somebody
/// else's offer is for beside the answer to it ("welcomed an offer to mediate between …").
fn drop_purposes(acts: &mut Vec<Cited<Act>>) {
    let told: Vec<(detente_types::Span, Stage, Vec<ActorRef>)> =
        acts.iter().map(|a| (a.evidence()[0].sentence, a.fact.stage, a.fact.mediators.clone())).collect();
    acts.retain(|a| {
        let own = |m: &[ActorRef]| {
            a.fact.mediators.iter().all(|x| m.iter().any(|y| y.actor == x.actor)) && a.fact.parties.is_empty()
        };
        let purpose = |stage: Stage, m: &[ActorRef]| match stage {
            Stage::Offer | Stage::OfferRepeat => own(m),
            Stage::Welcome | Stage::Accept | Stage::Decline | Stage::NoAnswer => a.fact.mediators.is_empty(),
            _ => false,
        };
        a.fact.stage != Stage::Salvage
            || a.fact.modality != Modality::Hypothetical
            || !told.iter().any(|(s, stage, m)| *s == a.evidence()[0].sentence && purpose(*stage, m))
    });
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

/// "the deal was reached after talks between A and B": those who talked agreed, where nobody else is named.
fn lend_parties(acts: &mut [Cited<Act>]) {
    for at in 0..acts.len() {
        let open = matches!(acts[at].fact.stage, Stage::CeasefireAgreed | Stage::Agreement)
            && acts[at].fact.parties.is_empty();
        let sentence = acts[at].evidence()[0].sentence;
        let talks = |a: &&Cited<Act>| {
            a.fact.stage == Stage::Talks && a.fact.parties.len() > 1 && a.evidence()[0].sentence == sentence
        };
        if let Some(parties) = acts.iter().find(talks).filter(|_| open).map(|a| a.fact.parties.clone()) {
            acts[at].fact.parties = parties;
        }
    }
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
                // "contacts were continuing", somebody says: so the talks go on.
                || act.modality == Modality::Ongoing && !act.by.is_empty()
        }
        Stage::Agreement => {
            let signed = act.place.is_some() && !act.parties.is_empty();
            signed || act.parties.len() > 1 || act.round.is_some() || !act.mediators.is_empty()
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

fn act(report: &Report<'_>, tree: &Tree<'_>, t: &Told, stage: Stage) -> Act {
    let event = &t.event.fact;
    let (mut mediators, mut parties, mut by) = people(report, t, stage);
    beside_them(report, tree, t, &mut mediators, &mut parties);
    // "wants the two leaders to meet in Addis Ababa", "open to talks in Tbilisi": where they meet is nobody at the table.
    let site = event.place.as_ref().map(|p| &p.countries[..]).unwrap_or_default();
    let owns = |r: &ActorRef| r.via == Via::Inferred && site.iter().any(|c| c == r.actor.as_str());
    let there = |r: &ActorRef| located(tree, r) || owns(r) || both_there(report, event.place.as_ref(), r);
    parties.retain(|r| !there(r));
    if matches!(stage, Stage::Accept | Stage::Decline | Stage::NoAnswer | Stage::Welcome) {
        mediators.retain(|r| !there(r));
    }
    let trigger = event.trigger;
    if matches!(stage, Stage::Accept | Stage::Decline) && t.core.chain.len() == 1 {
        // "rejected it, saying the rebels must first …": whose it was is said in the sentences before.
        let object = &t.core.args.obj;
        if !object.is_empty() && object.iter().all(|&o| matches!(tree.lower(o), "it" | "this" | "that")) {
            mediators.clear();
        }
    }
    if stage == Stage::Decline && event.modality == Modality::Refused {
        // "would not negotiate with Israel": who refuses stands before the refusal.
        let before = |r: &ActorRef| r.span.is_some_and(|span| span.end() <= trigger.start());
        if by.iter().any(before) {
            by.retain(before);
        }
    }
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
        modality: modality(tree, t, stage),
        when: event.when.clone(),
        place: place(report, tree, t, stage),
        occasion: occasion(report, t),
        round: round(tree, t),
        outcome: if ends(stage) { outcome(tree, t) } else { None },
        event: Some(event.id.clone()),
        words: crate::event_words(&words(tree, t), 120),
        trigger,
    }
}

/// What is offered as one invites to it is offered, though it is asked of those invited.
fn modality(tree: &Tree<'_>, t: &Told, stage: Stage) -> Modality {
    match t.event.fact.modality {
        _ if answered(tree, t, stage) => Modality::Occurred,
        // "could not be an honest broker": a verdict, and no mere possibility.
        Modality::Hypothetical if stage == Stage::Decline && table::verdict(t) => Modality::Refused,
        // "Talks were put off at the request of one side": whatever it refuses, it is so.
        Modality::Refused if stage == Stage::Suspend => Modality::Occurred,
        // "the army's decision not to take part": it is taken.
        Modality::Planned
            if stage == Stage::Decline && t.event.fact.polarity == detente_types::Polarity::Negated =>
        {
            Modality::Refused
        }
        Modality::Urged if stage == Stage::Offer && table::invites(tree, t) => Modality::Offered,
        modality => modality,
    }
}

/// "agreed to a plan", "accepted the offer": what is agreed to lies ahead, the answer is given.
fn answered(tree: &Tree<'_>, t: &Told, stage: Stage) -> bool {
    let outer = t.core.chain.first().map_or(t.core.token, |c| c.token);
    let given = matches!(
        tree.lemma(outer).as_str(),
        "accept"
            | "agree"
            | "consent"
            | "embrace"
            | "approve"
            | "take"
            | "say"
            | "give"
            | "assent"
            | "go"
            | "accede"
            | "guarantee"
    );
    let finite = matches!(tree.xpos(outer), "VBD" | "VBN" | "VBZ" | "VBP");
    let open = matches!(t.event.fact.modality, Modality::Planned | Modality::Willing);
    let modal = tree.kids_by(outer, &["aux"]).any(|k| tree.xpos(k) == "MD" || tree.lemma(k) == "be");
    let answer = matches!(
        stage,
        Stage::Accept
            | Stage::CeasefireAgreed
            | Stage::CeasefireExtended
            | Stage::Agreement
            | Stage::Guarantee
    );
    answer && open && given && finite && !modal && !tree.negated(outer)
}

/// Do the words name somebody by the place where something is?
fn located(tree: &Tree<'_>, who: &ActorRef) -> bool {
    let Some(span) = who.span else { return false };
    let named =
        (0..tree.len()).filter(|&n| tree.span(n).start() >= span.start() && tree.span(n).end() <= span.end());
    let heads = named.filter(|&n| {
        tree.head(n).is_none_or(|h| tree.span(h).start() < span.start() || tree.span(h).end() > span.end())
    });
    heads.into_iter().any(|n| tree.upos(n) == "PROPN" && matches!(tree.case(n).as_deref(), Some("in" | "at")))
}

/// "a summit of the two leaders in Addis Ababa": both leaders, and not those of that place.
fn both_there(report: &Report<'_>, place: Option<&Place>, who: &ActorRef) -> bool {
    let (Some(place), Some(span)) = (place, who.span) else { return false };
    let words = span.of(report.text.document.text()).to_lowercase();
    let several = |w: &str| matches!(w, "two" | "both" | "three" | "rival" | "warring" | "opposing");
    span.start() < place.span.start()
        && place.span.end() <= span.end()
        && words.split_whitespace().any(several)
}

/// Where it was, or where it is to be. What an answer is about may lie elsewhere: nobody says yes or no in the place of
/// "a pause in Gaza", but talks in Jeddah are offered, and refused, for Jeddah.
fn place(report: &Report<'_>, tree: &Tree<'_>, t: &Told, stage: Stage) -> Option<Place> {
    let found = t.event.fact.place.clone();
    let answers = matches!(
        stage,
        Stage::Accept | Stage::Decline | Stage::NoAnswer | Stage::Welcome | Stage::Offer | Stage::OfferRepeat
    );
    let about = |place: &Place| {
        let head = (0..tree.len()).find(|&n| tree.span(n).start() == place.span.start());
        let above = head.map(|n| tree.ancestors(n).take_while(|&a| a != t.core.token).collect::<Vec<_>>());
        let lexicon = report.knowledge.lexicon();
        // "offered to mediate after talks in Istanbul failed"
        let later =
            |a: usize| matches!(tree.case(a).as_deref(), Some("after" | "since" | "before" | "following"));
        above.unwrap_or_default().into_iter().any(|a| {
            let lemma = tree.lemma(a);
            later(a)
                || tree.upos(a) == "NOUN"
                    && (lexicon.in_class("ceasefire", &lemma)
                        || lexicon.in_class("hostilities", &lemma)
                        || matches!(
                            lemma.as_str(),
                            "breakdown"
                                | "collapse"
                                | "failure"
                                | "withdrawal"
                                | "presence"
                                | "crisis"
                                | "deployment"
                                | "dispute"
                        ))
        })
    };
    let found = found.filter(|place| !answers || !about(place)).or_else(|| venue(report, tree, t, stage));
    found.or_else(|| whereto(report, tree, t).filter(|_| stage == Stage::Offer))
}

/// "invited both governments to send delegations to Doha": where those invited are to come.
fn whereto(report: &Report<'_>, tree: &Tree<'_>, t: &Told) -> Option<Place> {
    let below = tree.subtree_without(t.core.token, &["nsubj", "advcl", "parataxis", "acl:relcl", "conj"]);
    let to = |head: usize| below.contains(&head) && tree.case(head).as_deref() == Some("to");
    let sites = report.places[t.sentence].iter().filter(|_| table::invites(tree, t));
    sites.into_iter().find(|p| to(p.head)).map(|p| p.place.clone())
}

/// "proposed Astana as the venue": the place is what is proposed, not where.
fn venue(report: &Report<'_>, tree: &Tree<'_>, t: &Told, stage: Stage) -> Option<Place> {
    if stage != Stage::ProposeVenue {
        return None;
    }
    t.core.args.obj.iter().find_map(|&o| {
        let ids: Vec<usize> = tree.short_core(o).into_iter().filter(|&n| tree.base(n) != "det").collect();
        let name = tree.phrase(&ids).to_string();
        let found = report.knowledge.places_named(&name).into_iter().max_by_key(|p| p.population)?;
        Some(Place {
            name,
            span: tree.span_of(&ids),
            countries: found.countries.iter().map(ToString::to_string).collect(),
            point: found.point,
            precision: Some(found.precision()),
        })
    })
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
    // "told a briefing that India was watching": what was told there is not the occasion.
    let mut ids = tree.subtree_without(found, &["case", "acl:relcl", "ccomp", "punct", "conj", "cc"]);
    let content = tree
        .kids_by(found, &["acl", "advcl"])
        .find(|&k| tree.kids_by(k, &["mark"]).any(|m| tree.lower(m) == "that"));
    if let Some(content) = content {
        ids.retain(|n| *n < content && !tree.is_under(*n, content));
    }
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
