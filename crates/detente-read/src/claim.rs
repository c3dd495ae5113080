//! Accusations, denials, justifications, assertions: events whose words are a claim.
//!
//! # How
//! 1. Events that the lexicon marks as accusation or denial become claims, with what they say as `about`.
//! 2. What an interested party only *claims* is an assertion.
//! 3. What one side tells of the violence of another is an accusation ([`told`]), as strong as it is told: `Alleged` only
//!    where words of accusing make it.
//!    Who "is behind" or "to blame for" something by what others say is accused, too ([`held`]).
//! 4. A denial answers the accusation that its content fits or that it follows on ([`answer`]); where nobody is
//!    accused, what somebody of another side said before it ([`disputed`]).

mod answer;
mod disputed;
mod held;
mod told;

use crate::Report;
use crate::args::args;
use crate::event::Told;
use crate::time::of_calendar;
use crate::tree::Tree;
use detente_types::{ActorRef, Cited, Claim, ClaimId, Evidence, Modality, Stance, Strength, Tier};

/// A claim, where it stands, and the noun that names the charge in a denial of one.
struct Found {
    sentence: usize,
    token: usize,
    claim: Cited<Claim>,
    named: Option<answer::Named>,
}

/// Every claim of the report, in text order.
pub(crate) fn claims(report: &Report<'_>, told: &[Told]) -> Vec<Cited<Claim>> {
    let mut out: Vec<Found> = Vec::new();
    for t in told {
        let Some(tree) = &report.text.sentences[t.sentence].tree else { continue };
        if let Some(claim) = claim(report, tree, t, told) {
            let denies = claim.fact.stance == Stance::Denial;
            let named = denies.then(|| answer::named(report, tree, t.sentence, t.core.token)).flatten();
            out.push(Found { sentence: t.sentence, token: t.core.token, claim, named });
        }
    }
    for (s, line) in report.text.sentences.iter().enumerate() {
        let Some(tree) = &line.tree else { continue };
        // "said the army was to blame": it is not the army that blames.
        out.retain(|f| f.sentence != s || !held::holds(tree, f.token));
        out.extend(held::charged(report, s, tree));
    }
    let denied = held::denied(report, &out);
    out.extend(denied);
    out.sort_by_key(|f| (f.sentence, f.token));
    answer::link(report, &mut out);
    for at in 0..out.len() {
        let Some(said) = disputed::disputed(report, &out[at]) else { continue };
        let denial = &mut out[at].claim.fact;
        denial.answers = Some(said.fact.id.clone());
        if disputed::bare(&denial.about) {
            (denial.about, denial.topic) = (said.fact.about.clone(), said.fact.topic.clone());
        }
        if denial.whom.is_empty() {
            denial.whom.clone_from(&said.fact.who);
        }
        // Two who deny it deny one thing.
        if !out.iter().any(|f| f.claim.fact.id == said.fact.id) {
            let sentence = out[at].sentence;
            out.push(Found { sentence, token: usize::MAX, claim: said, named: None });
        }
    }
    out.sort_by_key(|f| (f.sentence, f.token));
    out.into_iter().map(|f| f.claim).collect()
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
    let content = if matches!(stance, Stance::Accusation | Stance::Denial) && t.core.claim.is_none() {
        told::whole(tree, t)
    } else {
        without_remarks(tree, charged(report, tree, t))
    };
    let about = about(tree, t, &content);
    // "something Khartoum denies": the denial itself is not what is denied.
    let ids = match content.is_empty() {
        true if t.core.claim == Some(Stance::Denial) => Vec::new(),
        true => deed(tree, t.core.token),
        false => content,
    };
    let (who, whom) = parties(t, stance);
    // "Each side accused the other": a charge, though the sentence names nobody.
    let charges = stance == Stance::Accusation && t.core.claim.is_some() && tree.is_verb(t.core.token);
    if who.is_empty() && whom.is_empty() && !charges {
        return None;
    }
    let parties: Vec<&ActorRef> = match stance {
        Stance::Accusation => who.iter().chain(&whom).collect(),
        _ => who.iter().collect(),
    };
    let topic = topic(report, t.sentence, tree, &ids, &parties);
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
        // What its speaker says was not done is no event that somebody else may have done.
        event: (stance != Stance::Denial || t.core.claim.is_some()).then(|| event.id.clone()),
        answers: None,
        when: event.when.clone(),
        cue,
    };
    let mut evidence: Evidence = t.event.evidence()[0].clone();
    evidence.rule = format!("claim/{}", t.core.rule.trim_start_matches("frame/"));
    Some(Cited::new(claim, evidence))
}

/// What is claimed, in the report's words.
fn about(tree: &Tree<'_>, t: &Told, content: &[usize]) -> String {
    if !content.is_empty() {
        return crate::event_words(tree.phrase(content), 240);
    }
    // "The two traded accusations" says nothing of what they are.
    let bare = t.core.claim == Some(Stance::Accusation) && tree.is_noun(t.core.token);
    if bare { String::new() } else { without_when(&t.event.fact.gist) }
}

/// Who makes the claim, and whom it is made of or to.
fn parties(t: &Told, stance: Stance) -> (Vec<ActorRef>, Vec<ActorRef>) {
    let event = &t.event.fact;
    match stance {
        Stance::Accusation if t.core.claim.is_none() => {
            (event.attributed_to.iter().take(1).cloned().collect(), event.actors.clone())
        }
        Stance::Accusation => (event.actors.clone(), event.recipients.clone()),
        Stance::Denial if t.core.claim.is_none() => (event.attributed_to.clone(), Vec::new()),
        Stance::Denial => (event.actors.clone(), event.recipients.clone()),
        Stance::Assertion | Stance::Justification => {
            let who = if event.attributed_to.is_empty() {
                event.actors.clone()
            } else {
                event.attributed_to.clone()
            };
            (who, event.recipients.clone())
        }
    }
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
        None if told::denied_deed(report, t) => (Stance::Denial, Strength::Denied),
        None if told::charges(report, t, told) => {
            (Stance::Accusation, event.strength.unwrap_or(Strength::Said))
        }
        None if told::admitted(tree, t) => (Stance::Assertion, Strength::Confirmed),
        None if told::justification(tree, t) => {
            (Stance::Justification, event.strength.unwrap_or(Strength::Said))
        }
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
        .kids_by(cue, &["ccomp", "xcomp", "advcl", "acl", "obl"])
        .filter(|&k| k > cue && tree.rel(k) != "acl:relcl" && !called(k))
        // "of being behind the blast" is a clause, "of war crimes" none.
        .filter(|&k| tree.base(k) != "obl" || tree.kid(k, &["cop"]).is_some())
        .find(|&k| {
            matches!(tree.base(k), "ccomp" | "xcomp")
                || tree
                    .kids_by(k, &["mark", "case"])
                    .any(|m| matches!(tree.lower(m), "of" | "for" | "that" | "with"))
        });
    if let Some(k) = direct {
        let mut ids = tree.subtree_without(k, &["parataxis", "appos"]);
        // "accused it of using the blast as a pretext"
        let as_what = tree.kids_by(cue, &["obl"]).find(|&o| o > k && tree.case(o).as_deref() == Some("as"));
        ids.extend(as_what.into_iter().flat_map(|o| tree.subtree(o)));
        return ids;
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
                | "something"
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

/// The clause of a deed, without who tells of it.
fn deed(tree: &Tree<'_>, token: usize) -> Vec<usize> {
    tree.subtree_without(token, &["parataxis"])
}

/// "when shells struck the camp": what is charged is that they struck it.
fn without_when(gist: &str) -> String {
    let (first, rest) = gist.split_once(' ').unwrap_or((gist, ""));
    let bound = matches!(first, "when" | "after" | "as" | "while" | "because" | "since" | "before" | "that");
    if bound && !rest.is_empty() { rest.to_string() } else { gist.to_string() }
}

/// Content lemmas, sorted: what makes two claims about the same thing. The parties are part of every claim between them.
fn topic(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    ids: &[usize],
    parties: &[&ActorRef],
) -> Vec<String> {
    let sides: Vec<_> = parties.iter().map(|r| report.cast.side(&r.actor)).collect();
    let party = |n: usize| {
        let meaning = report.cast.meaning(s, n);
        meaning.is_actor() && meaning.refs.iter().any(|r| sides.contains(&report.cast.side(&r.actor)))
    };
    let names = |n: usize| {
        let modifies = matches!(tree.base(n), "amod" | "compound" | "flat" | "nmod");
        party(n) || modifies && tree.head(n).is_some_and(party)
    };
    let mut out: Vec<String> = ids
        .iter()
        .filter(|&&n| matches!(tree.upos(n), "NOUN" | "VERB" | "PROPN" | "ADJ") && !names(n))
        .map(|&n| tree.lemma(n))
        .filter(|l| l.len() > 2 && !EMPTY.contains(&l.as_str()) && !is_time(l))
        .collect();
    out.sort();
    out.dedup();
    out
}

/// Words of the one that the other has too, as verb or as noun: "abduct" and "the abduction".
fn shared(a: &[String], b: &[String]) -> usize {
    a.iter().filter(|w| b.iter().any(|x| akin(w, x))).count()
}

fn akin(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (short, long) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    common == long
        || common == short && short >= 4 && long - short <= 3
        || common >= 5 && 5 * common >= 3 * long
}

/// Words that say that something is charged, or that somebody had to do with it, and not what.
const EMPTY: &[&str] = &[
    "accusation",
    "allegation",
    "charge",
    "claim",
    "report",
    "certain",
    "element",
    "have",
    "responsibility",
    "involvement",
    "wrongdoing",
    "baseless",
    "false",
];

/// When it was is no part of what it was.
fn is_time(lemma: &str) -> bool {
    of_calendar(lemma) || matches!(lemma, "day" | "week" | "month" | "year")
}
