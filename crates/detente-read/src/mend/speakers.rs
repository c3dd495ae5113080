//! Who speaks behind what was said.

use super::{SAY, has_subject, is_subject, kids};
use detente_language::Token;

/// "…, the territory's health ministry said, the lowest toll in a week": who stands right before a verb of saying that
/// has no subject, behind a comma, says it and is no other name of what stands before.
pub(super) fn as_apposition(tokens: &mut [Token], say: usize) {
    if say == 0 || has_subject(tokens, say) || tokens[say].rel == "acl" || tokens[say].rel == "amod" {
        return;
    }
    // Or who is given to the verb of what was said, behind it: "a drone killed one, governor Example said".
    let behind = |n: usize| is_subject(&tokens[n]) && tokens[n].head.is_some_and(|h| h < n);
    let beside = |n: usize| tokens[n].rel == "parataxis" && matches!(tokens[n].upos, "NOUN" | "PROPN");
    let out = |n: usize| tokens[n].rel == "appos" || behind(n) || beside(n);
    let stray = |&n: &usize| out(n) && end_of(tokens, n) + 1 == say;
    // "…, a spokesman for the army said": all that stands between the comma and the verb hangs on the one noun.
    let comma = (0..say).rev().find(|n| tokens[*n].lemma == ",");
    let whole = |&n: &usize| {
        let under = |mut at: usize| {
            for _ in 0..12 {
                match tokens[at].head {
                    _ if at == n => return true,
                    Some(head) => at = head,
                    None => return false,
                }
            }
            false
        };
        out(n) && comma.is_some_and(|c| c < n && (c + 1..say).all(under))
    };
    let before = (0..say).rev().take(4).find(stray).or_else(|| (0..say).rev().take(12).find(whole));
    let finite = matches!(tokens[say].xpos, "VBD" | "VBZ" | "VBP");
    if let Some(speaker) = before.filter(|_| finite) {
        tokens[speaker].head = Some(say);
        tokens[speaker].rel = "nsubj";
    }
}

/// "Gunmen stormed a base, killing 30 soldiers, two security sources and an official said": those who stand between the
/// last comma and the verb of saying say it, whatever list before the comma they were put into.
pub(super) fn in_list(tokens: &mut [Token], say: usize) {
    let Some(comma) = (0..say).rev().find(|at| tokens[*at].lemma == ",") else { return };
    let finite = |at: usize| matches!(tokens[at].xpos, "VBD" | "VBZ" | "VBP" | "MD");
    let joined = (comma + 1..say).any(|at| tokens[at].rel == "cc");
    let content = (0..comma).any(finite);
    let spoken = tokens.get(say + 1).is_none_or(|next| matches!(next.upos, "PUNCT" | "ADP" | "ADV"))
        || tokens[say].lemma == "tell";
    if !finite(say) || !joined || !content || !spoken || (comma + 1..say).any(finite) {
        return;
    }
    let outside = |at: &usize| tokens[*at].head.is_none_or(|head| head <= comma || head >= say);
    let nouns = (comma + 1..say).filter(|at| matches!(tokens[*at].upos, "NOUN" | "PROPN" | "PRON"));
    let tops: Vec<usize> = nouns.filter(outside).collect();
    let listed = |at: &usize| {
        tokens[*at].head.is_some_and(|h| h < comma)
            && matches!(tokens[*at].rel, "conj" | "appos" | "parataxis" | "nsubj" | "obj")
    };
    let [first, rest @ ..] = &tops[..] else { return };
    if !tops.iter().all(listed) {
        return;
    }
    for at in rest {
        tokens[*at].head = Some(*first);
        tokens[*at].rel = "conj";
    }
    tokens[*first].head = Some(say);
    tokens[*first].rel = "nsubj";
    // What they say is the sentence, and no clause of it.
    let root = (0..comma).find(|at| tokens[*at].head.is_none());
    if let Some(root) = root.filter(|_| matches!(tokens[say].rel, "acl:relcl" | "acl" | "advcl" | "conj")) {
        tokens[say].head = Some(root);
        tokens[say].rel = "parataxis";
    }
}

/// The last word of the phrase that hangs on a noun directly.
fn end_of(tokens: &[Token], noun: usize) -> usize {
    kids(tokens, noun)
        .into_iter()
        .filter(|k| matches!(tokens[*k].rel, "flat" | "appos"))
        .max()
        .unwrap_or(noun)
        .max(noun)
}

/// "…, the Coastal Network, a medical group, said", "…, the governor of the province, Ada Rowan, said": who is named
/// behind the content and told of between commas, or told of and named, says it.
pub(super) fn described(tokens: &mut [Token], say: usize) {
    let finite = matches!(tokens[say].xpos, "VBD" | "VBZ" | "VBP");
    if say < 5 || !finite || has_subject(tokens, say) || tokens[say - 1].lemma != "," {
        return;
    }
    let Some(second) = (0..say - 2).rev().find(|n| tokens[*n].lemma == ",") else { return };
    let Some(first) = (0..second).rev().find(|n| tokens[*n].lemma == ",") else { return };
    let top = |inside: std::ops::Range<usize>| {
        let outside = |n: &usize| tokens[*n].head.is_none_or(|h| !inside.contains(&h));
        let mut tops = inside.clone().filter(|n| tokens[*n].rel != "punct").filter(outside);
        tops.next().filter(|_| tops.next().is_none())
    };
    let (Some(name), Some(what)) = (top(first + 1..second), top(second + 1..say - 1)) else { return };
    let behind = tokens[name].head.is_some_and(|h| h < first);
    let article = |at: usize| matches!(tokens[at].lemma.as_str(), "a" | "an" | "the");
    let told_of = tokens[name].upos == "PROPN" && (article(second + 1) || tokens[second + 1].xpos == "WDT");
    let named = tokens[name].upos == "NOUN" && article(first + 1) && tokens[what].name == Some("PER");
    let stray = matches!(tokens[name].rel, "appos" | "conj" | "nsubj" | "nsubj:pass" | "parataxis");
    if !behind || !told_of && !named || !stray {
        return;
    }
    (tokens[name].head, tokens[name].rel) = (Some(say), "nsubj");
    if tokens[what].upos == "VERB" {
        (tokens[what].head, tokens[what].rel) = (Some(name), "acl:relcl");
    } else {
        (tokens[what].head, tokens[what].rel) = (Some(name), "appos");
    }
}

/// "A strike killed ten, medics said, as Cairo put forward a plan": what went on meanwhile is told beside what the medics
/// say, and not by them.
pub(super) fn meanwhile_told(tokens: &mut [Token], at: usize) {
    let mark = tokens[at].rel == "mark" && tokens[at].lemma == "as";
    let Some(clause) = tokens[at].head.filter(|&c| mark && tokens[c].rel == "advcl" && c > at) else {
        return;
    };
    let Some(content) = tokens[clause].head.filter(|&v| v < at) else { return };
    let say = tokens[content].head.filter(|&v| content < v && v < at && tokens[content].rel == "ccomp");
    let comma = at.checked_sub(1).is_some_and(|n| tokens[n].lemma == ",");
    if let Some(say) = say.filter(|_| comma) {
        tokens[clause].head = Some(say);
    }
}

/// Hands a verb that only somebody can do from a thing to the speaker before it.
pub(super) fn goes_on(tokens: &mut [Token], speak: usize) {
    let Some(other) = tokens[speak].head.filter(|_| tokens[speak].rel == "conj") else { return };
    let Some(say) = said_by(tokens, other).filter(|_| other < speak) else { return };
    let lemma = tokens[say].lemma.to_lowercase();
    let says = (SAY.contains(&lemma.as_str()) || lemma == "deny") && say < other;
    if !says || has_subject(tokens, speak) || !has_subject(tokens, say) {
        return;
    }
    let lifeless = |k: usize| {
        matches!(tokens[k].mention, Some("event" | "abstract" | "object" | "time" | "substance" | "place"))
    };
    // "any of the sites": what they are of.
    let of_things = |k: usize| {
        matches!(tokens[k].upos, "DET" | "PRON" | "NUM")
            && kids(tokens, k).iter().any(|n| tokens[*n].rel == "nmod" && lifeless(*n))
    };
    let thing = |k: &usize| is_subject(&tokens[*k]) && (lifeless(*k) || of_things(*k));
    // "said it had not done so and accused B": two tenses, two clauses.
    let perfect = kids(tokens, other).iter().any(|&k| tokens[k].rel == "aux" && tokens[k].lemma == "have");
    if perfect && tokens[speak].xpos == "VBD" || kids(tokens, other).iter().any(thing) {
        tokens[speak].head = Some(say);
    }
}

/// The verb of saying above what is said, also "in a statement that".
fn said_by(tokens: &[Token], content: usize) -> Option<usize> {
    let above = tokens[content].head?;
    let paper = matches!(
        tokens[above].lemma.as_str(),
        "statement" | "letter" | "message" | "video" | "post" | "interview" | "speech" | "communique"
    );
    match tokens[content].rel {
        "ccomp" => Some(above),
        "acl" if paper && tokens[above].rel == "obl" => tokens[above].head,
        _ => None,
    }
}
