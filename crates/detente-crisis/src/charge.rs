//! The claims of all reports in, accusations with their answers out.
//!
//! "Pakistan accuses Afghanistan of harbouring fighters, a charge the Taliban deny." One report prints
//! both, another only the charge, a third only the denial, a fourth a charge in return.
//!
//! # How
//! 1. Accusations with the same accusing side (or the same people of no side: "activists"), the same accused side and a shared subject are one charge:
//!    [`ALIKE`] of the content lemmas, or two of them, or one that is a name of a third actor.
//!    What one side only told of another's deed, without a word of accusing, is a charge where somebody answers it.
//! 2. A denial, justification or counter-accusation answers the charge that its report says it answers.
//!    Where its report does not say, it answers the charges against its speaker that share a lemma
//!    with it that says more than that there was violence ([`PLAIN`]), a justification two; a denial that shares none
//!    with any answers the only charge right before it in its report, if it is one made in words of accusing. Nothing answers a charge that all its reports tell later.
//! 3. A charge is printed in the words of the telling that says best what is charged ([`content`]): not "which he
//!    said …", and cut where its clause ends. What is "neither confirmed nor denied" is not denied.
//! 4. Answers of one side with one stance and one subject are one answer.
//! # Does not
//! Know that "sheltering" and "harbouring" are one; such charges stay apart.

use crate::case::{Case, gather, ids};
use crate::copies::Groups;
use crate::days;
use crate::words;
use detente_types::crisis::{Charge, ChargeAnswer};
use detente_types::{ActorId, Cited, Claim, ClaimId, Evidence, Stance, Strength, Tier};
use std::collections::{BTreeMap, BTreeSet};

/// Overlap of content lemmas from which two claims are about one thing.
const ALIKE: f64 = 0.3;

/// Words that one attack shares with any other, and one report with any other.
const PLAIN: &[&str] = &[
    "attack",
    "kill",
    "strik",
    "strike",
    "hit",
    "fire",
    "shell",
    "target",
    "wound",
    "person",
    "peopl",
    "people",
    "man",
    "woman",
    "child",
    "civilian",
    "civili",
    "soldi",
    "soldier",
    "troop",
    "forc",
    "force",
    "fight",
    "fighter",
    "government",
    "day",
    "week",
    "year",
    "country",
    "countr",
    "group",
    "area",
    "use",
    "make",
    "take",
];

/// Sentences behind a charge within which a denial in other words is taken to answer it.
const BEHIND: usize = 3;

/// One claim of one report, in comparable form.
struct Said<'c> {
    told: usize,
    /// Its sentence, counted from 0.
    sentence: usize,
    claim: &'c Claim,
    evidence: &'c [Evidence],
    who: Vec<ActorId>,
    whom: Vec<ActorId>,
    topic: Vec<String>,
    /// First and last day on which the report can have been published, as numbers.
    published: Option<(i32, i32)>,
}

/// Puts the accusations of all reports together, with what was said in return.
pub(crate) fn charges(case: &Case) -> Vec<Charge> {
    let said = said(case);
    let disputed: BTreeSet<&ClaimId> = said.iter().filter_map(|s| s.claim.answers.as_ref()).collect();
    let charged = |s: &Said| {
        s.claim.stance == Stance::Accusation || disputed.contains(&s.claim.id) && !s.who.is_empty()
    };
    let accusations: Vec<usize> =
        (0..said.len()).filter(|i| is_charge(&said[*i]) && charged(&said[*i])).collect();
    let groups = group(&said, &accusations);
    let answers = answers(&said, &groups);
    let disputed = |g: &usize| answers.contains_key(g) || groups[*g].iter().any(|m| !is_told(said[*m].claim));
    let mut out: Vec<Charge> = groups
        .iter()
        .enumerate()
        .filter(|(g, _)| disputed(g))
        .map(|(g, members)| {
            charge(case, &said, members, answers.get(&g).map(Vec::as_slice).unwrap_or_default())
        })
        .collect();
    // A headline's "trade accusations" says nothing beside the charges that the two make.
    let parties = |c: &Charge| {
        let mut sides = case.kin.sides(c.by.iter().chain(&c.against));
        sides.sort();
        sides
    };
    let top = |c: &Charge| c.evidence.iter().all(|e| e.tier == Tier::Headline);
    let says = |c: &Charge| !c.accusation.about.is_empty() || !c.answers.is_empty() || !top(c);
    let told: BTreeSet<Vec<ActorId>> = out.iter().filter(|c| says(c)).map(parties).collect();
    out.retain(|c| says(c) || !told.contains(&parties(c)));
    out.sort_by(|a, b| {
        let key = |c: &Charge| (std::cmp::Reverse(c.evidence.len()), c.by.clone(), c.against.clone());
        key(a).cmp(&key(b)).then_with(|| a.accusation.id.cmp(&b.accusation.id))
    });
    out
}

/// A charge needs an accused; who accuses may stay unsaid ("is accused of"). What one side says and another denies stands
/// beside the charges, though it charges nobody.
fn is_charge(said: &Said) -> bool {
    matches!(said.claim.stance, Stance::Accusation | Stance::Assertion) && !said.whom.is_empty()
}

/// Is it only told, with no word of accusing: "the ministry said jets had struck the town"?
fn is_told(claim: &Claim) -> bool {
    claim.stance == Stance::Accusation && claim.strength != Strength::Alleged
}

fn said<'c>(case: &'c Case) -> Vec<Said<'c>> {
    let mut out = Vec::new();
    for (t, told) in case.told.iter().enumerate() {
        let text = told.reading.document.text();
        let open = |c: &Cited<Claim>| {
            c.stance == Stance::Denial && c.evidence().iter().any(|e| leaves_open(e.sentence.of(text)))
        };
        for claim in told.reading.claims.iter().filter(|c| !open(c)) {
            let mut topic: Vec<String> = claim.topic.iter().map(|w| words::stem(&words::fold(w))).collect();
            if topic.is_empty() {
                topic = words::content(&claim.about);
            }
            topic.sort();
            topic.dedup();
            let named = |refs| case.kin.sides(ids(refs).filter(|id| !case.kin.is_unnamed(id)));
            let (mut who, whom) = (named(&claim.who), named(&claim.whom));
            if who.is_empty() {
                // "Activists blamed the army": nobody's side, and still who says it.
                who = ids(&claim.who).cloned().collect();
                who.sort();
                who.dedup();
            }
            let published = days::ends(&told.published);
            let (evidence, sentence) = (claim.evidence(), told.sentence_of(claim.evidence()));
            out.push(Said { told: t, sentence, claim, evidence, who, whom, topic, published });
        }
    }
    out
}

/// Does the sentence leave a charge open: "has neither confirmed nor denied"?
fn leaves_open(sentence: &str) -> bool {
    let said = words::tokens(sentence).join(" ");
    ["neither confirmed nor denied", "neither confirm nor deny", "neither denied nor confirmed", "not denied"]
        .iter()
        .any(|words| said.contains(words))
}

/// What is charged, in the words of a claim: without the words that charge and without what follows the clause;
/// empty where the words say something else.
fn content(claim: &Claim) -> String {
    let mut words = claim.about.trim().trim_matches([',', '.', ';', ':', '—', '-']).trim();
    words = words.strip_prefix("that ").unwrap_or(words);
    // "blaming the army" charges, and says no more than that.
    if words.split(' ').next().is_some_and(|w| matches!(w, "blaming" | "accusing" | "blamed" | "accused")) {
        return String::new();
    }
    // "it blames on X’s inability to …", "which he said had kept drifting away".
    for cue in ["blames on ", "blamed on ", "attributes to ", "attributed to "] {
        words = words.split_once(cue).filter(|(head, _)| head.len() < 24).map_or(words, |(_, rest)| rest);
    }
    for said in [" said ", " says ", " claims ", " claimed "] {
        let bound =
            |head: &str| head.starts_with("which ") || head.starts_with("who ") || head.starts_with("that ");
        words = words
            .split_once(said)
            .filter(|(head, _)| bound(head) && head.len() < 40)
            .map_or(words, |(_, rest)| rest);
    }
    let ends = [
        ", a charge",
        ", an accusation",
        ", an allegation",
        ", a claim",
        ", charges ",
        ", allegations ",
        ", accusations ",
        ", which ",
        ", who ",
        "; ",
    ];
    // "the blast, which Kosovo says was the work of agents"
    let said = |e: &&&str| claim.stance != Stance::Assertion || **e != ", which ";
    let end = ends.iter().filter(said).filter_map(|e| words.find(e)).min().unwrap_or(words.len());
    let words = words[..end].trim();
    let bound = ["which ", "who ", "whose "].iter().any(|w| words.starts_with(w));
    // "A persistent issue" is what the charge is about, not what is charged.
    let short = words.split_whitespace().count();
    let deed = words.split_whitespace().next().is_some_and(|w| w.ends_with("ing"));
    let reads = deed || ["of ", "for ", "that "].iter().any(|w| words.starts_with(w));
    let open = leaves_open(words) || short < 2 || (short < 4 && !reads);
    if bound || open { String::new() } else { words.to_string() }
}

/// What is answered, where the words say more than that it is: not "a charge the group denies", nor the words of the
/// charge again.
fn reply(claim: &Claim, charged: &[&str]) -> String {
    let words = content(claim);
    let bound = ["of ", "for ", "a charge ", "an allegation ", "an accusation ", "a claim "];
    let scrap =
        charged.iter().any(|c| c.contains(words.as_str())) || bound.iter().any(|b| words.starts_with(b));
    match claim.about.trim().starts_with("that ") {
        _ if scrap => String::new(),
        true => format!("that {words}"),
        false => words,
    }
}

/// Are the two about one thing?
fn same_subject(a: &Said, b: &Said) -> bool {
    words::shared(&a.topic, &b.topic) >= 2
        || words::overlap(&a.topic, &b.topic) >= ALIKE
        || (a.topic.is_empty() && b.topic.is_empty())
}

/// A headline tells in other and fewer words what its own report says below.
fn headline_of(a: &Said, b: &Said) -> bool {
    let top = |s: &Said| s.evidence.iter().all(|e| e.tier == Tier::Headline);
    a.told == b.told && top(a) != top(b) && words::shared(&a.topic, &b.topic) >= 1
}

/// Accusations that are one charge, each group in the order of the reports.
fn group(said: &[Said], accusations: &[usize]) -> Vec<Vec<usize>> {
    let mut by_sides: BTreeMap<(Stance, &[ActorId], &ActorId), Vec<usize>> = BTreeMap::new();
    for i in accusations {
        // A charge against a state and a group in it is filed under both and joined below.
        for whom in &said[*i].whom {
            by_sides.entry((said[*i].claim.stance, &said[*i].who, whom)).or_default().push(*i);
        }
    }
    let mut joined = Groups::new(said.len());
    for list in by_sides.values() {
        // Charges are found by their lemmas, so that a long war does not compare all with all.
        let mut by_lemma: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for i in list {
            let mut seen: Vec<usize> =
                said[*i].topic.iter().filter_map(|w| by_lemma.get(w.as_str())).flatten().copied().collect();
            seen.sort_unstable();
            seen.dedup();
            if let Some(other) = seen
                .into_iter()
                .find(|j| same_subject(&said[*i], &said[*j]) || headline_of(&said[*i], &said[*j]))
            {
                joined.join(*i, other);
            }
            for word in &said[*i].topic {
                let line = by_lemma.entry(word).or_default();
                // A few per lemma stand for all: later ones are joined to them already.
                if line.len() < 16 {
                    line.push(*i);
                }
            }
        }
    }
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in accusations {
        out.entry(joined.root(*i)).or_default().push(*i);
    }
    out.into_values().collect()
}

/// For each charge the claims that answer it.
fn answers(said: &[Said], groups: &[Vec<usize>]) -> BTreeMap<usize, Vec<usize>> {
    let mut of_claim: BTreeMap<&ClaimId, usize> = BTreeMap::new();
    let mut against: BTreeMap<&ActorId, Vec<usize>> = BTreeMap::new();
    for (g, members) in groups.iter().enumerate() {
        for m in members {
            of_claim.insert(&said[*m].claim.id, g);
            let accused = said[*m].claim.stance == Stance::Accusation;
            for whom in said[*m].whom.iter().filter(|_| accused) {
                let list = against.entry(whom).or_default();
                if list.last() != Some(&g) {
                    list.push(g);
                }
            }
        }
    }
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, claim) in said.iter().enumerate() {
        for g in answered(claim, said, groups, &of_claim, &against) {
            out.entry(g).or_default().push(i);
        }
    }
    out
}

fn answered(
    claim: &Said,
    said: &[Said],
    groups: &[Vec<usize>],
    of_claim: &BTreeMap<&ClaimId, usize>,
    against: &BTreeMap<&ActorId, Vec<usize>>,
) -> Vec<usize> {
    let named = claim.claim.answers.as_ref().and_then(|a| of_claim.get(a));
    if let Some(g) = named {
        return vec![*g];
    }
    // What answers a claim that is no charge of these books answers no other.
    if claim.claim.answers.is_some() || !matches!(claim.claim.stance, Stance::Denial | Stance::Justification)
    {
        return Vec::new();
    }
    let mut open: Vec<usize> = claim.who.iter().filter_map(|w| against.get(w)).flatten().copied().collect();
    open.sort_unstable();
    open.dedup();
    let accuser = |g: &usize| words::shared(&said[groups[*g][0]].who, &claim.whom) > 0;
    // "denies that it backs the group" speaks to nobody who accuses; then it speaks to any of them.
    let spoken = open.iter().any(accuser);
    let to = |g: usize| !spoken || accuser(&g) || claim.whom == claim.who;
    open.retain(|g| to(*g));
    let justifies = claim.claim.stance == Stance::Justification;
    let least = if justifies { 2 } else { 1 };
    let about = |g: &usize| {
        let shared = |m: &usize| said[*m].topic.iter().filter(|w| claim.topic.contains(w)).count();
        let plain = |m: &usize| {
            said[*m].topic.iter().filter(|w| claim.topic.contains(w)).all(|w| PLAIN.contains(&w.as_str()))
        };
        let fits = |m: &usize| shared(m) >= least && (shared(m) > 1 || !is_told(said[*m].claim) || !plain(m));
        groups[*g].iter().any(fits)
    };
    let beside = |g: usize| groups[g].iter().any(|m| said[*m].told == claim.told);
    let behind = |g: usize| {
        let right_behind =
            |s: &Said| s.told == claim.told && (s.sentence..=s.sentence + BEHIND).contains(&claim.sentence);
        groups[g].iter().any(|m| right_behind(&said[*m]) && !is_told(said[*m].claim))
    };
    // Nobody answers a charge before any report tells it.
    let too_early = |g: &usize| {
        let told = groups[*g].iter().filter_map(|m| said[*m].published).map(|(from, _)| from).min();
        !beside(*g) && claim.published.zip(told).is_some_and(|((_, to), from)| to < from)
    };
    open.retain(|g| !too_early(g));
    let fitting: Vec<usize> = open.iter().copied().filter(about).collect();
    if !fitting.is_empty() || justifies {
        return fitting;
    }
    open.retain(|g| behind(*g));
    if open.len() == 1 { open } else { Vec::new() }
}

fn charge(case: &Case, said: &[Said], members: &[usize], answers: &[usize]) -> Charge {
    // Words that begin as a charge does ("of", "for") say it best; of those the first.
    let rank = |m: &&usize| {
        let words = content(said[**m].claim);
        (words.is_empty(), !words.starts_with("of ") && !words.starts_with("for "))
    };
    let first = &said[*members.iter().min_by_key(rank).expect("a charge has members")];
    let everybody = |f: fn(&Claim) -> &[detente_types::ActorRef], list: &[usize]| {
        case.kin.finest(list.iter().flat_map(|m| ids(f(said[*m].claim))).cloned().collect())
    };
    let mut by_answer: Vec<Vec<usize>> = Vec::new();
    for a in answers {
        let same = |other: &&mut Vec<usize>| {
            let o = &said[other[0]];
            o.who == said[*a].who && o.claim.stance == said[*a].claim.stance
        };
        match by_answer.iter_mut().find(same) {
            Some(list) => list.push(*a),
            None => by_answer.push(vec![*a]),
        }
    }
    let dated =
        |s: &Said| Claim { when: case.told[s.told].claims[place(case, s)].clone(), ..s.claim.clone() };
    let about = content(first.claim);
    let charged: Vec<&str> = members.iter().map(|m| said[*m].claim.about.trim()).collect();
    Charge {
        accusation: Claim { about: about.clone(), ..dated(first) },
        evidence: gather(members.iter().map(|m| said[*m].evidence)),
        by: everybody(|c| &c.who, members),
        against: everybody(|c| &c.whom, members),
        answers: by_answer
            .iter()
            .map(|list| ChargeAnswer {
                claim: Claim { about: reply(said[list[0]].claim, &charged), ..dated(&said[list[0]]) },
                by: everybody(|c| &c.who, list),
                evidence: gather(list.iter().map(|m| said[*m].evidence)),
            })
            .collect(),
    }
}

/// Where in its report's list the claim stands.
fn place(case: &Case, said: &Said) -> usize {
    let claims = &case.told[said.told].reading.claims;
    claims.iter().position(|c| c.id == said.claim.id).expect("the claim came from this list")
}
