//! Lists of names of which the parser loses a member.
//!
//! "France, Spain and Canada said": Spain is no other name of France. "Egypt, together with Turkey, has offered to
//! host talks": both have. Only names are joined, and only where the commas leave nothing else to be meant.

use super::{is_subject, kids};
use detente_language::Token;

/// "A, B and C": what was taken for another name of A stands in its list.
pub(super) fn members(tokens: &mut [Token], first: usize) {
    let last = kids(tokens, first)
        .into_iter()
        .filter(|k| *k > first && tokens[*k].rel == "conj" && tokens[*k].upos == "PROPN")
        .find(|k| kids(tokens, *k).iter().any(|c| tokens[*c].rel == "cc" && tokens[*c].lemma == "and"));
    let Some(last) = last.filter(|last| listed(tokens, first) && listed(tokens, *last)) else { return };
    let Some(and) = (first..last).rev().find(|n| tokens[*n].rel == "cc") else { return };
    let plain = |n: usize| {
        tokens[n].upos == "PROPN" || matches!(tokens[n].rel, "det" | "amod" | "compound" | "flat" | "punct")
    };
    if !(first + 1..and).all(plain) || tokens[first + 1].lemma != "," {
        return;
    }
    for k in kids(tokens, first) {
        if (first + 2..and).contains(&k) && tokens[k].rel == "appos" && listed(tokens, k) {
            tokens[k].rel = "conj";
        }
    }
}

/// "The ministry and Hezbollah leader Naim Qassem said": behind "and" stands another, and no other name of the first.
pub(super) fn joined(tokens: &mut [Token], at: usize) {
    let Some(first) = tokens[at].head.filter(|&h| h < at && tokens[at].rel == "appos") else { return };
    let mut begin = at;
    for _ in 0..8 {
        match kids(tokens, begin).into_iter().min().filter(|&k| k < begin && k > first) {
            Some(k) => begin = k,
            None => break,
        }
    }
    if begin != at && tokens[begin].rel == "cc" && tokens[begin].lemma == "and" {
        tokens[at].rel = "conj";
        tokens[begin].head = Some(at);
    }
}

/// A name that is no person's: several offices may be one person's, several states are several.
fn listed(tokens: &[Token], n: usize) -> bool {
    tokens[n].upos == "PROPN" && matches!(tokens[n].name, Some("LOC" | "ORG"))
}

/// "A, together with B, did": who does it beside the subject does it too.
pub(super) fn beside(tokens: &mut [Token], first: usize) {
    if !is_subject(&tokens[first]) || tokens[first].upos != "PROPN" {
        return;
    }
    let after = (first + 1..tokens.len()).find(|n| tokens[*n].rel != "flat");
    let Some(comma) = after.filter(|n| tokens[*n].lemma == ",") else { return };
    let Some(end) = (comma + 1..tokens.len()).find(|n| tokens[*n].lemma == ",") else { return };
    let word = |n: usize| tokens.get(n).map_or("", |t| t.lemma.as_str());
    let len = match (word(comma + 1), word(comma + 2), word(comma + 3)) {
        ("together" | "along" | "jointly", "with", _) | ("join", "by", _) => 2,
        ("as", "well", "as") => 3,
        ("alongside" | "with", _, _) => 1,
        _ => return,
    };
    let inside = comma + 1 + len..end;
    // "alongside" and "join" may themselves be what the name hangs on.
    let outside = |n: &usize| tokens[*n].head.is_none_or(|h| !inside.contains(&h));
    let mut tops = inside.clone().filter(|n| tokens[*n].rel != "punct").filter(outside);
    let (Some(other), None) = (tops.next(), tops.next()) else { return };
    if tokens[other].upos != "PROPN" {
        return;
    }
    for token in &mut tokens[comma + 1..][..len] {
        (token.head, token.rel) = (Some(other), "cc");
    }
    tokens[other].head = Some(first);
    tokens[other].rel = "conj";
}

/// "The States, which …, called on the army to stop": who calls on somebody is not called.
pub(super) fn active(tokens: &mut [Token], verb: usize) {
    let below = kids(tokens, verb);
    let auxiliary = below.iter().any(|k| tokens[*k].rel.starts_with("aux"));
    let calls = tokens[verb].lemma == "call"
        && matches!(tokens[verb].xpos, "VBD" | "VBN")
        && tokens.get(verb + 1).is_some_and(|next| next.lemma == "on");
    // "the fighting killed 16": what has an object is no passive.
    let acts = tokens[verb].xpos == "VBD" && below.iter().any(|k| *k > verb && tokens[*k].rel == "obj");
    if !(calls || acts) || auxiliary {
        return;
    }
    for k in below {
        if k < verb && tokens[k].rel == "nsubj:pass" {
            tokens[k].rel = "nsubj";
        }
    }
}

/// "as the fighting killed at least 16 people": a number behind "at least" that passes for a circumstance is who was killed.
pub(super) fn harms(tokens: &mut [Token], verb: usize) {
    let harm = matches!(tokens[verb].lemma.as_str(), "kill" | "wound" | "injure" | "displace" | "leave");
    let below = kids(tokens, verb);
    if !harm || below.iter().any(|k| tokens[*k].rel.starts_with("aux") || tokens[*k].rel == "obj") {
        return;
    }
    let bare = |k: usize| !kids(tokens, k).iter().any(|c| tokens[*c].rel == "case");
    let counted = |k: usize| kids(tokens, k).iter().any(|c| tokens[*c].rel == "nummod");
    let doer = below.iter().copied().find(|k| *k < verb && bare(*k) && tokens[*k].rel.starts_with("obl"));
    let doer = doer.filter(|k| tokens[*k].upos == "NOUN" && tokens[*k].mention == Some("event"));
    let hurt =
        below.iter().copied().find(|k| *k > verb && tokens[*k].rel == "obl" && bare(*k) && counted(*k));
    if let (Some(doer), Some(hurt)) = (doer, hurt) {
        tokens[doer].rel = "nsubj";
        tokens[hurt].rel = "obj";
        tokens[verb].xpos = "VBD";
    }
}

/// "A and B presented C and D with a plan": who stands behind the object with an "and" is coordinated with it, and not
/// with the subject across the verb.
pub(super) fn across_verb(tokens: &mut [Token], at: usize) {
    let Some(first) = tokens[at].head.filter(|&h| h < at && tokens[at].rel == "conj") else { return };
    let verb = tokens[first].head.filter(|&v| first < v && v < at && tokens[first].rel == "nsubj");
    let Some(verb) = verb else { return };
    let joint = kids(tokens, at).into_iter().find(|&k| tokens[k].rel == "cc");
    let object = joint.and_then(|k| k.checked_sub(1)).filter(|&o| {
        tokens[o].rel == "obj" && tokens[o].head == Some(verb) && tokens[at].upos == tokens[o].upos
    });
    if let Some(object) = object {
        tokens[at].head = Some(object);
    }
}
