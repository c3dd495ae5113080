//! Which accusation a denial answers.
//!
//! "The rebels accused the army of using the camp as a base. The army denied having any presence there": not a word in
//! common, and an answer, because it stands right behind. "Israel denied targeting the school" two sentences after what
//! a ministry told of a raid on a town answers that of nobody.
//!
//! # How
//! 1. An accusation in its own sentence.
//! 2. "Denied it", "rejected the charge": the last accusation against its speaker.
//! 3. Else the accusation against its speaker that its content fits best: by the words in common, and by standing right
//!    behind it. What was only told, without a word of accusing, must have words in common.
//! 4. "Denied a report by a rights group that it had …" tells its own charge: that of the group.

use super::Found;
use crate::Report;
use crate::args::args;
use crate::tree::Tree;
use detente_types::{ActorRef, Cited, Claim, ClaimId, Stance, Strength};

/// The noun that names in a denial what is denied: "the claim", "a report by a rights group that …".
pub(super) struct Named {
    /// Whose charge it is said to be.
    who: Vec<ActorRef>,
    /// Where it was told.
    pub(super) told: Where,
}

/// Where the charge was told that a denial names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// "the accusation that": somebody was told to make it.
    Charged,
    /// "the claim that": somebody was told to say it.
    Said,
    /// "a report that", "rumours that": told here for the first time.
    Here,
}

/// The charge that a denial names together with what is charged.
pub(super) fn named(report: &Report<'_>, tree: &Tree<'_>, s: usize, deny: usize) -> Option<Named> {
    const CHARGE: &[&str] = &["accusation", "allegation", "charge"];
    const REPORT: &[&str] = &[
        "claim",
        "report",
        "rumour",
        "rumor",
        "suggestion",
        "assertion",
        "account",
        "statement",
        "insinuation",
    ];
    let is = |n: usize, nouns: &[&str]| nouns.contains(&tree.lemma(n).as_str());
    let noun = args(tree, deny).obj.into_iter().find(|&o| is(o, CHARGE) || is(o, REPORT))?;
    tree.kids_by(noun, &["acl", "ccomp"]).find(|&k| tree.rel(k) != "acl:relcl")?;
    let phrases = args(tree, noun);
    let by = phrases.preps.iter().filter(|(p, _)| matches!(p.as_str(), "by" | "from" | "of"));
    let heads = by.map(|(_, h)| *h).chain(phrases.poss.iter().chain(&phrases.adj).copied());
    let who = heads.flat_map(|h| report.cast.meaning(s, h).refs.iter()).cloned().collect();
    let points = |d: usize| matches!(tree.lower(d), "the" | "this" | "that" | "these" | "those");
    let told = match tree.kids_by(noun, &["det"]).any(points) {
        _ if is(noun, CHARGE) => Where::Charged,
        true => Where::Said,
        false => Where::Here,
    };
    Some(Named { who, told })
}

/// Denials to the accusations that they answer.
pub(super) fn link(report: &Report<'_>, found: &mut Vec<Found>) {
    for at in 0..found.len() {
        if found[at].claim.fact.stance != Stance::Denial {
            continue;
        }
        let Some(n) = answered(report, found, at) else {
            tells_its_own(report, found, at);
            continue;
        };
        let (id, accuser, about, topic) = {
            let a = &found[n].claim.fact;
            (a.id.clone(), a.who.clone(), a.about.clone(), a.topic.clone())
        };
        let denial = &mut found[at].claim.fact;
        denial.answers = Some(id);
        if denial.whom.is_empty() {
            denial.whom = accuser;
        }
        if says_no_more(denial) {
            (denial.about, denial.topic) = (about, topic);
        }
    }
}

/// Does a denial say no more than that it denies?
fn says_no_more(denial: &Claim) -> bool {
    denial.topic.is_empty() || super::disputed::bare(&denial.about)
}

fn answered(report: &Report<'_>, found: &[Found], at: usize) -> Option<usize> {
    let denial = &found[at];
    let sides = |refs: &[ActorRef]| refs.iter().map(|r| report.cast.side(&r.actor)).collect::<Vec<_>>();
    let mine = sides(&denial.claim.fact.who);
    let against =
        |c: &Claim| c.whom.is_empty() || mine.is_empty() || sides(&c.whom).iter().any(|w| mine.contains(w));
    let accusation = |n: &usize| *n != at && found[*n].claim.fact.stance == Stance::Accusation;
    let candidate = |n: &usize| accusation(n) && against(&found[*n].claim.fact);
    let same = (0..found.len()).filter(candidate).find(|&n| found[n].sentence == denial.sentence);
    let bare = says_no_more(&denial.claim.fact);
    // "accused aid workers of spying, which the United Nations denies": it may stand up for others.
    let beside = || {
        let before = |n: &usize| {
            accusation(n) && found[*n].sentence == denial.sentence && found[*n].token < denial.token
        };
        (0..found.len()).rev().find(before).filter(|_| bare)
    };
    // "Kigali denied the accusations": the last one against it.
    let last = || {
        let near = |n: &usize| {
            let f = &found[*n];
            let before = (f.sentence, f.token) < (denial.sentence, denial.token);
            before && f.sentence + 4 >= denial.sentence
        };
        let all = (0..found.len()).filter(candidate).filter(near).filter(|_| bare);
        all.max_by_key(|&n| (found[n].sentence, found[n].token))
    };
    same.or_else(beside).or_else(last).or_else(|| {
        let fits = (0..found.len()).filter(candidate).map(|n| (fit(&found[n], denial), found[n].sentence, n));
        fits.filter(|(points, ..)| *points > 0).max().map(|(.., n)| n)
    })
}

/// How well a denial fits an accusation against its speaker; 0: not at all.
fn fit(accusation: &Found, denial: &Found) -> usize {
    let topic = &accusation.claim.fact.topic;
    let shared = super::shared(topic, &denial.claim.fact.topic);
    let behind = denial.sentence.checked_sub(accusation.sentence).filter(|d| (1..=2).contains(d));
    let told = denial.named.as_ref().map(|n| n.told);
    if accusation.claim.fact.whom.is_empty() && shared == 0 {
        return 0;
    }
    if told == Some(Where::Here) {
        return if shared >= 2 { 2 * shared } else { 0 };
    }
    if accusation.claim.fact.strength == Strength::Alleged {
        return 2 * shared + behind.map_or(0, |d| 4 - d) + usize::from(told == Some(Where::Charged));
    }
    if shared >= 2 || shared == 1 && behind.is_some() { 2 * shared } else { 0 }
}

/// "denied a report by a rights group that it had forced people to leave": the group charges it with that.
fn tells_its_own(report: &Report<'_>, found: &mut Vec<Found>, at: usize) {
    let denial = &found[at];
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let mine: Vec<_> = denial.claim.fact.who.iter().map(side).collect();
    let Some(named) = &denial.named else { return };
    let who: Vec<ActorRef> = named.who.iter().filter(|r| !mine.contains(&side(r))).cloned().collect();
    if who.is_empty() {
        return;
    }
    let told = &denial.claim;
    let about = told.fact.about.strip_prefix("that ").unwrap_or(&told.fact.about).to_string();
    let claim = Claim {
        id: ClaimId::of([told.fact.id.as_str(), "charge"]),
        stance: Stance::Accusation,
        strength: Strength::Alleged,
        whom: told.fact.who.clone(),
        who: who.clone(),
        about,
        event: None,
        answers: None,
        ..told.fact.clone()
    };
    let mut evidence = told.evidence()[0].clone();
    evidence.rule = "claim/named".to_string();
    let (id, sentence, token) = (claim.id.clone(), denial.sentence, denial.token);
    let denial = &mut found[at].claim.fact;
    denial.answers = Some(id);
    denial.whom = who;
    found.push(Found { sentence, token, claim: Cited::new(claim, evidence), named: None });
}
