//! Charges and denials that no verb of accusing or denying makes.
//!
//! "The front said the army was behind the shelling": a charge. "Seoul said it had sent no drones", right after it was
//! accused of sending them: a denial. Both are in what somebody is told to say.
//!
//! # How
//! 1. [`charged`]: in what is said, somebody of another side "is responsible for", "is behind", "is to blame for" something.
//! 2. [`denied`]: in the two sentences behind an accusation the accused is told to say that something is not so: of what he
//!    is accused of, or of what his own side has done.
//! # Does not
//! Read what is said without a verb of saying ("Their artillery was to blame").

use super::Found;
use super::disputed::{head_of, said};
use crate::Report;
use crate::tree::Tree;
use detente_types::{ActorId, ActorRef, Cited, Claim, ClaimId, Evidence, Stance, Strength, When};

/// Who holds whom responsible for what, in this sentence.
pub(super) fn charged(report: &Report<'_>, s: usize, tree: &Tree<'_>) -> Vec<Found> {
    let Some((_, who, _)) = said(report, s, tree) else { return Vec::new() };
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let held = (0..tree.len()).filter(|&n| holds(tree, n) && under_speech(report, tree, n));
    held.filter_map(|n| {
        let subjects = tree.kids_by(n, &["nsubj"]).flat_map(|k| report.cast.meaning(s, k).refs.iter());
        let whom: Vec<ActorRef> = subjects.cloned().collect();
        let ours = whom.iter().any(|w| who.iter().any(|r| side(r) == side(w)));
        if whom.is_empty() || tree.negated(n) != ours {
            return None;
        }
        let content = blamed_for(tree, n);
        let parts = Parts { cue: n, content: &content };
        Some(match ours {
            // "said it was not behind the attack"
            true => found(report, s, tree, Stance::Denial, (who.clone(), Vec::new()), &parts),
            false => found(report, s, tree, Stance::Accusation, (who.clone(), whom), &parts),
        })
    })
    .collect()
}

/// "responsible", "behind the attack", "to blame": the predicates of a charge.
pub(super) fn holds(tree: &Tree<'_>, n: usize) -> bool {
    if tree.kid(n, &["cop"]).is_none() || tree.kid(n, &["nsubj"]).is_none() {
        return false;
    }
    let marked = |word: &str| tree.kids_by(n, &["mark", "case"]).any(|k| tree.lower(k) == word);
    match tree.lower(n) {
        "responsible" => true,
        "blame" => marked("to"),
        _ => marked("behind") && matches!(tree.tokens[n].mention, Some("event" | "abstract")),
    }
}

fn under_speech(report: &Report<'_>, tree: &Tree<'_>, n: usize) -> bool {
    let clause = tree.first_conjunct(n);
    let says = tree.head(clause).filter(|_| tree.base(clause) == "ccomp");
    says.is_some_and(|v| report.knowledge.lexicon().speech_verb(&tree.lemma(v)).is_some())
}

/// What one is responsible for; the whole clause where it does not say.
fn blamed_for(tree: &Tree<'_>, n: usize) -> Vec<usize> {
    let behind = tree.kids_by(n, &["case"]).any(|k| tree.lower(k) == "behind");
    if behind {
        let own = |k: &usize| {
            tree.kids_by(n, &["cop", "nsubj", "case", "mark", "aux", "advmod"]).any(|c| tree.is_under(*k, c))
        };
        return tree
            .subtree_without(n, &["parataxis", "conj", "cc"])
            .into_iter()
            .filter(|k| !own(k))
            .collect();
    }
    let cause = tree.kids_by(n, &["obl", "nmod", "advcl"]).find(|&k| tree.case(k).as_deref() == Some("for"));
    cause.map_or_else(|| tree.subtree_without(n, &["parataxis", "mark", "cc"]), |k| tree.subtree(k))
}

/// Denials in the words of what the accused say, right behind the accusations against them.
pub(super) fn denied(report: &Report<'_>, so_far: &[Found]) -> Vec<Found> {
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let mut out: Vec<Found> = Vec::new();
    for charge in so_far.iter().filter(|f| f.claim.fact.stance == Stance::Accusation) {
        let accused: Vec<_> = charge.claim.fact.whom.iter().map(side).collect();
        let paragraph = report.text.sentences[charge.sentence].paragraph;
        let last = (charge.sentence + 3).min(report.text.sentences.len());
        for at in charge.sentence + 1..last {
            let line = &report.text.sentences[at];
            let Some(tree) = line.tree.as_ref().filter(|_| line.paragraph.abs_diff(paragraph) <= 1) else {
                continue;
            };
            let Some((_, who, content)) = said(report, at, tree) else { continue };
            if !who.iter().any(|r| accused.contains(&side(r))) {
                continue;
            }
            let taken = |f: &&Found| f.sentence == at && f.claim.fact.stance == Stance::Denial;
            let head = head_of(tree, &content);
            let topic = super::topic(report, at, tree, &content, &who.iter().collect::<Vec<_>>());
            let same = super::shared(&charge.claim.fact.topic, &topic) >= 1;
            let free = so_far.iter().chain(&out).find(taken).is_none();
            if free && undone(tree, head) && (same || of_own(report, at, tree, head, &who)) {
                let parts = Parts { cue: head, content: &content };
                out.push(found(
                    report,
                    at,
                    tree,
                    Stance::Denial,
                    (who, charge.claim.fact.who.clone()),
                    &parts,
                ));
            }
            break;
        }
    }
    out
}

/// Do the accused say in the next two sentences that something of this was not so?
pub(super) fn says_not(report: &Report<'_>, s: usize, accused: &[ActorId], deed: &[String]) -> bool {
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let lines = report.text.sentences.iter().enumerate().skip(s + 1).take(2);
    lines.filter_map(|(at, line)| Some((at, line.tree.as_ref()?))).any(|(at, tree)| {
        let Some((_, who, content)) = said(report, at, tree) else { return false };
        let theirs = who.iter().any(|r| accused.contains(&side(r)));
        let topic = super::topic(report, at, tree, &content, &who.iter().collect::<Vec<_>>());
        theirs && undone(tree, head_of(tree, &content)) && super::shared(&topic, deed) > 0
    })
}

/// "had sent no drones", "none of its ships had been near": told of as not so; not what will or may not be.
fn undone(tree: &Tree<'_>, head: usize) -> bool {
    let modal = tree.kids_by(head, &["aux"]).any(|a| tree.xpos(a) == "MD");
    let none = |k: usize| {
        matches!(tree.lower(k), "none" | "nobody" | "nothing" | "neither")
            || tree.kids_by(k, &["det"]).any(|d| matches!(tree.lower(d), "no" | "neither"))
    };
    let phrases = tree.kids_by(head, &["nsubj", "nsubj:pass", "obj", "obl"]).any(none);
    !modal && (tree.negated(head) || phrases)
}

/// Is it of what the speaker's own side has done: "its troops had not …", "it had sent no …"?
fn of_own(report: &Report<'_>, s: usize, tree: &Tree<'_>, head: usize, who: &[ActorRef]) -> bool {
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let sides: Vec<_> = who.iter().map(side).collect();
    let ours = |n: usize| report.cast.meaning(s, n).refs.iter().any(|r| sides.contains(&side(r)));
    let perfect = tree.kids_by(head, &["aux"]).any(|a| matches!(tree.lower(a), "had" | "has" | "have"));
    let subject = tree.kids_by(head, &["nsubj", "nsubj:pass"]).flat_map(|k| tree.subtree(k)).any(ours);
    perfect && subject
}

/// The words of a claim.
struct Parts<'a> {
    cue: usize,
    content: &'a [usize],
}

fn found(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    stance: Stance,
    (who, whom): (Vec<ActorRef>, Vec<ActorRef>),
    parts: &Parts<'_>,
) -> Found {
    let document = report.text.document.id();
    let cue = tree.span(parts.cue);
    let at = format!("{}..{}", cue.start(), cue.end());
    let parties: Vec<&ActorRef> = who.iter().chain(&whom).collect();
    let claim = Claim {
        id: ClaimId::of([document.as_str(), &at, "held"]),
        stance,
        strength: if stance == Stance::Denial { Strength::Denied } else { Strength::Alleged },
        about: crate::event_words(tree.phrase(parts.content), 240),
        topic: super::topic(report, s, tree, parts.content, &parties),
        who,
        whom,
        event: None,
        answers: None,
        when: When::unknown(),
        cue,
    };
    let evidence = Evidence {
        document: document.clone(),
        sentence: report.text.sentences[s].span,
        marks: vec![cue],
        rule: "claim/held".to_string(),
        tier: report.tier(s),
    };
    Found { sentence: s, token: parts.cue, claim: Cited::new(claim, evidence), named: None }
}
