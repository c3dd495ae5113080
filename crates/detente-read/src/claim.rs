//! Accusations, denials, justifications, assertions: events whose words are a claim.
//!
//! # How
//! 1. Events that the lexicon marks as accusation or denial become claims, with what they say as `about`.
//! 2. What an interested party only *claims* is an assertion.
//! 3. A denial answers the accusation that it stands beside, or the last one with the same topic; where nobody is
//!    accused, what somebody of another side said right before it ([`disputed`]).

mod disputed;

use crate::Report;
use crate::args::args;
use crate::event::Told;
use crate::tree::Tree;
use detente_types::{ActorRef, Cited, Claim, ClaimId, Evidence, Modality, Stance, Strength, Tier};

/// Every claim of the report, in text order.
pub(crate) fn claims(report: &Report<'_>, told: &[Told]) -> Vec<Cited<Claim>> {
    let mut out: Vec<(usize, usize, Cited<Claim>)> = Vec::new();
    for t in told {
        let Some(tree) = &report.text.sentences[t.sentence].tree else { continue };
        if let Some(claim) = claim(report, tree, t, told) {
            out.push((t.sentence, t.core.token, claim));
        }
    }
    link(report, &mut out);
    for at in 0..out.len() {
        let Some(said) = disputed::disputed(report, out[at].0, &out[at].2.fact) else { continue };
        let denial = &mut out[at].2.fact;
        denial.answers = Some(said.fact.id.clone());
        (denial.about, denial.topic) = (said.fact.about.clone(), said.fact.topic.clone());
        if denial.whom.is_empty() {
            denial.whom.clone_from(&said.fact.who);
        }
        // Two who deny it deny one thing.
        if !out.iter().any(|(_, _, c)| c.fact.id == said.fact.id) {
            out.push((out[at].0, usize::MAX, said));
        }
    }
    out.sort_by_key(|(s, token, _)| (*s, *token));
    out.into_iter().map(|(_, _, c)| c).collect()
}

fn claim(report: &Report<'_>, tree: &Tree<'_>, t: &Told, told: &[Told]) -> Option<Cited<Claim>> {
    let event = &t.event.fact;
    let (stance, strength) = stance(report, tree, t, told)?;
    if t.core.claim.is_some()
        && (event.modality == Modality::Hypothetical
            || event.polarity == detente_types::Polarity::Negated
            || t.event.evidence()[0].tier == detente_types::Tier::Link)
    {
        return None;
    }
    let content = if stance == Stance::Accusation && t.core.claim.is_none() {
        Vec::new()
    } else {
        without_remarks(tree, charged(report, tree, t))
    };
    let about =
        if content.is_empty() { event.gist.clone() } else { crate::event_words(tree.phrase(&content), 240) };
    let ids = if content.is_empty() { tree.subtree(t.core.token) } else { content };
    let topic = topic(tree, &ids);
    let (who, whom) = match stance {
        Stance::Accusation if t.core.claim.is_none() => {
            (event.attributed_to.iter().take(1).cloned().collect(), event.actors.clone())
        }
        Stance::Accusation => (event.actors.clone(), event.recipients.clone()),
        Stance::Denial => (event.actors.clone(), event.recipients.clone()),
        Stance::Assertion | Stance::Justification => {
            let who = if event.attributed_to.is_empty() {
                event.actors.clone()
            } else {
                event.attributed_to.clone()
            };
            (who, event.recipients.clone())
        }
    };
    if who.is_empty() && whom.is_empty() {
        return None;
    }
    let cue = tree.span(t.core.token);
    let id = ClaimId::of([
        report.text.document.id().as_str(),
        &format!("{}..{}", cue.start(), cue.end()),
        &format!("{stance:?}"),
    ]);
    let claim = Claim {
        id,
        stance,
        strength,
        who,
        whom,
        about,
        topic,
        event: Some(event.id.clone()),
        answers: None,
        when: event.when.clone(),
        cue,
    };
    let mut evidence: Evidence = t.event.evidence()[0].clone();
    evidence.rule = format!("claim/{}", t.core.rule.trim_start_matches("frame/"));
    Some(Cited::new(claim, evidence))
}

/// What kind of claim the event is, and how strongly it is made.
fn stance(report: &Report<'_>, tree: &Tree<'_>, t: &Told, told: &[Told]) -> Option<(Stance, Strength)> {
    let event = &t.event.fact;
    Some(match t.core.claim {
        Some(Stance::Denial) => (Stance::Denial, Strength::Denied),
        Some(stance) => (stance, Strength::Alleged),
        None if event.modality == Modality::Alleged && !event.attributed_to.is_empty() => {
            (Stance::Assertion, event.strength.unwrap_or(Strength::Claimed))
        }
        None if charges(report, t, told) => (Stance::Accusation, event.strength.unwrap_or(Strength::Said)),
        None if admitted(tree, t) => (Stance::Assertion, Strength::Confirmed),
        None if justification(tree, t) => (Stance::Justification, event.strength.unwrap_or(Strength::Said)),
        None => return None,
    })
}

/// What is claimed, but for what a headline tells beside it: "accuses Moscow of breaking truce *as shells hit Donetsk*".
fn charged(report: &Report<'_>, tree: &Tree<'_>, t: &Told) -> Vec<usize> {
    let mut words = content(report, tree, t);
    let end = tree.meanwhile_from(t.core.token).filter(|_| report.tier(t.sentence) == Tier::Headline);
    words.retain(|&n| end.is_none_or(|end| n < end));
    words
}

/// What is claimed: the clause below the cue, or the phrase it is about.
fn content(report: &Report<'_>, tree: &Tree<'_>, t: &Told) -> Vec<usize> {
    let cue = t.core.token;
    // "called the report baseless": it is the report that is denied.
    let called =
        |k: usize| t.core.claim == Some(Stance::Denial) && tree.base(k) == "xcomp" && !tree.is_verb(k);
    let direct = tree
        .kids_by(cue, &["ccomp", "xcomp", "advcl", "acl"])
        .filter(|&k| k > cue && tree.rel(k) != "acl:relcl" && !called(k))
        .find(|&k| {
            matches!(tree.base(k), "ccomp" | "xcomp")
                || tree
                    .kids_by(k, &["mark", "case"])
                    .any(|m| matches!(tree.lower(m), "of" | "for" | "that" | "with"))
        });
    if let Some(k) = direct {
        return tree.subtree_without(k, &["parataxis", "appos"]);
    }
    // "was accused by a panel of training fighters": parsers hang the charge on the accuser.
    let gerund = |&k: &usize| {
        k > cue
            && tree.xpos(k) == "VBG"
            && tree.kids_by(k, &["mark", "case"]).any(|m| matches!(tree.lower(m), "of" | "for"))
    };
    if let Some(k) =
        tree.subtree(cue).into_iter().find(gerund).filter(|_| t.core.claim == Some(Stance::Accusation))
    {
        return tree.subtree_without(k, &["parataxis", "appos"]);
    }
    let a = args(tree, cue);
    // "denied accusations that it shelters groups": the accusation's own content.
    for &o in &a.obj {
        if let Some(k) = tree.kids_by(o, &["acl", "ccomp"]).find(|&k| tree.rel(k) != "acl:relcl") {
            return tree.subtree(k);
        }
    }
    // "a charge the Taliban denies", "denied it": the words of the charge itself stand elsewhere.
    let bare = |o: usize| {
        matches!(
            tree.lemma(o).as_str(),
            "accusation"
                | "allegation"
                | "charge"
                | "claim"
                | "it"
                | "that"
                | "this"
                | "them"
                | "which"
                | "report"
        )
    };
    if let Some(&o) = a.obj.first().filter(|&&o| bare(o) && t.core.claim == Some(Stance::Denial)) {
        return remarked(tree, cue, o).unwrap_or_else(|| vec![o]);
    }
    let phrase =
        a.preps.iter().find(|(p, _)| matches!(p.as_str(), "of" | "for" | "over" | "about" | "with" | "in"));
    if let Some((_, h)) = phrase {
        return tree.subtree(tree.first_conjunct(*h));
    }
    let named = |o: usize| report.cast.meaning(t.sentence, o).is_actor();
    a.obj
        .first()
        .filter(|&&o| !named(o))
        .map(|&o| tree.subtree_without(o, &["acl:relcl"]))
        .unwrap_or_default()
}

/// "The minister said troops had retaken the town, a claim the rebels denied": the clause that the remark is on.
fn remarked(tree: &Tree<'_>, deny: usize, charge: usize) -> Option<Vec<usize>> {
    let beside = if tree.is_under(deny, charge) { charge } else { deny };
    let says = tree.head(beside).filter(|&h| h < beside && tree.is_verb(h))?;
    let said = tree.kids_by(says, &["ccomp"]).find(|&k| k > says && k < beside)?;
    Some(tree.subtree(said))
}

/// Without what the outlet adds behind it: ", a charge that Sudan denies".
fn without_remarks(tree: &Tree<'_>, ids: Vec<usize>) -> Vec<usize> {
    let remark = |&n: &usize| {
        let beside = matches!(tree.base(n), "appos" | "conj" | "parataxis");
        let comma = ids.iter().any(|&c| c < n && n - c < 4 && tree.word(c) == ",");
        let remarked = comma && tree.kid(n, &["acl:relcl"]).is_some();
        matches!(tree.lemma(n).as_str(), "charge" | "accusation" | "allegation" | "claim" | "assertion")
            && (beside || remarked)
            && tree.head(n).is_some_and(|h| h < n && ids.contains(&h))
    };
    let cut: Vec<usize> = ids.iter().copied().filter(remark).collect();
    let mut kept: Vec<usize> =
        ids.iter().copied().filter(|&n| !cut.iter().any(|&c| tree.is_under(n, c))).collect();
    while kept.first().is_some_and(|&n| matches!(tree.word(n), "," | ";" | "–" | "—" | "-")) {
        kept.remove(0);
    }
    while kept.last().is_some_and(|&n| matches!(tree.word(n), "," | ";" | "–" | "—" | "-")) {
        kept.pop();
    }
    kept
}

/// Content lemmas, sorted: what makes two claims about the same thing.
fn topic(tree: &Tree<'_>, ids: &[usize]) -> Vec<String> {
    let mut out: Vec<String> = ids
        .iter()
        .filter(|&&n| matches!(tree.upos(n), "NOUN" | "VERB" | "PROPN" | "ADJ"))
        .map(|&n| tree.lemma(n))
        .filter(|l| {
            l.len() > 2
                && !matches!(
                    l.as_str(),
                    "accusation" | "allegation" | "charge" | "claim" | "report" | "certain" | "element"
                )
        })
        .collect();
    out.sort();
    out.dedup();
    out
}

/// "Thailand's minister said Cambodia had shelled a village": a side that tells of the other side's violence
/// against it, or in a fight that the report tells of, accuses it.
fn charges(report: &Report<'_>, t: &Told, told: &[Told]) -> bool {
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

/// "… Sukhumi denies it": what its doer's side denies a sentence or two on was a charge.
fn denied_soon(report: &Report<'_>, t: &Told, told: &[Told]) -> bool {
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let accused: Vec<_> = t.event.fact.actors.iter().map(side).collect();
    told.iter().any(|o| {
        o.event.fact.kind == detente_types::EventType::Deny
            && (t.sentence..=t.sentence + 2).contains(&o.sentence)
            && o.event.fact.actors.iter().any(|r| accused.contains(&side(r)))
    })
}

/// "The army admitted that soldiers had killed two aid workers": told against one's own interest.
fn admitted(tree: &Tree<'_>, t: &Told) -> bool {
    let cue = t.core.scope.speech.first().map(|x| x.cue);
    !t.event.fact.attributed_to.is_empty()
        && cue.is_some_and(|c| {
            matches!(tree.lemma(c).as_str(), "admit" | "acknowledge" | "confess" | "concede")
        })
}

/// "in self-defence", "in retaliation for", said of one's own act.
fn justification(tree: &Tree<'_>, t: &Told) -> bool {
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

/// Denials to the accusations that they answer.
fn link(report: &Report<'_>, claims: &mut [(usize, usize, Cited<Claim>)]) {
    for at in 0..claims.len() {
        if claims[at].2.fact.stance != Stance::Denial {
            continue;
        }
        let answered = answered(report, claims, at);
        let Some(n) = answered else { continue };
        let (id, accuser, about, topic) = {
            let a = &claims[n].2.fact;
            (a.id.clone(), a.who.clone(), a.about.clone(), a.topic.clone())
        };
        let denial = &mut claims[at].2.fact;
        denial.answers = Some(id);
        if denial.whom.is_empty() {
            denial.whom = accuser;
        }
        if denial.topic.len() < 2 {
            (denial.about, denial.topic) = (about, topic);
        }
    }
}

fn answered(report: &Report<'_>, claims: &[(usize, usize, Cited<Claim>)], at: usize) -> Option<usize> {
    let (s, _, denial) = &claims[at];
    let denies = |c: &Claim| {
        let sides = |refs: &[ActorRef]| refs.iter().map(|r| report.cast.side(&r.actor)).collect::<Vec<_>>();
        let mine = sides(&denial.fact.who);
        c.whom.is_empty() || mine.is_empty() || sides(&c.whom).iter().any(|w| mine.contains(w))
    };
    let accusation = |n: &usize| claims[*n].2.fact.stance == Stance::Accusation && denies(&claims[*n].2.fact);
    let same = (0..claims.len()).filter(accusation).find(|&n| claims[n].0 == *s && n != at);
    // "accused aid workers of spying, which the United Nations denies": it may stand up for others.
    let beside = || {
        let before = |n: &usize| {
            claims[*n].2.fact.stance == Stance::Accusation
                && claims[*n].0 == *s
                && claims[*n].1 < claims[at].1
        };
        (0..claims.len()).rev().find(before).filter(|_| denial.fact.topic.len() < 2)
    };
    same.or_else(beside)
        .or_else(|| {
            let shared =
                |n: usize| claims[n].2.fact.topic.iter().filter(|w| denial.fact.topic.contains(w)).count();
            (0..claims.len())
                .filter(accusation)
                .filter(|&n| shared(n) >= 1)
                .max_by_key(|&n| (shared(n), claims[n].0))
        })
        .or_else(|| {
            // "Kigali denied the accusations": the last one against it.
            let bare = denial.fact.topic.len() < 2;
            (0..at).rev().filter(accusation).find(|&n| bare && claims[n].0 + 4 >= *s)
        })
}
