//! What hangs on those to whom something is done and belongs to the doing: "invited the army and the rebels to talks",
//! "accused the troops of violating the truce".

use super::kids;
use detente_language::Token;

/// A meeting that hangs by "to" or "for" on those who are called to it belongs to the calling.
pub(super) fn to_meeting(tokens: &mut [Token], at: usize) {
    let meeting = matches!(
        tokens[at].lemma.as_str(),
        "talk" | "negotiation" | "meeting" | "conference" | "summit" | "dialogue" | "table" | "consultation"
    );
    let case = |n: &usize| tokens[*n].rel == "case" && matches!(tokens[*n].lemma.as_str(), "to" | "for");
    if !meeting || tokens[at].rel != "nmod" || !kids(tokens, at).iter().any(case) {
        return;
    }
    let object = object_above(tokens, at);
    let verb = object.and_then(|n| tokens[n].head).filter(|&v| {
        tokens[v].upos == "VERB"
            && matches!(
                tokens[v].lemma.as_str(),
                "invite" | "call" | "summon" | "convene" | "bring" | "urge" | "ask"
            )
    });
    if let Some(verb) = verb {
        (tokens[at].head, tokens[at].rel) = (Some(verb), "obl");
    }
}

/// "accused Eritrean troops of violating the truce", "accused the group of war crimes": of what they are accused, and no
/// troops of that kind.
pub(super) fn of_deed(tokens: &mut [Token], at: usize) {
    let of = |n: &usize| matches!(tokens[*n].rel, "mark" | "case") && tokens[*n].lemma == "of";
    let deed = match tokens[at].rel {
        "acl" => tokens[at].xpos == "VBG",
        "nmod" => tokens[at].upos == "NOUN" && matches!(tokens[at].mention, Some("event" | "abstract")),
        _ => false,
    };
    if !deed || !kids(tokens, at).iter().any(of) {
        return;
    }
    let verb = object_above(tokens, at).and_then(|n| tokens[n].head);
    let charges =
        |v: &usize| matches!(tokens[*v].lemma.as_str(), "accuse" | "suspect" | "convict" | "acquit");
    if let Some(verb) = verb.filter(charges) {
        tokens[at].rel = if tokens[at].rel == "acl" { "advcl" } else { "obl" };
        tokens[at].head = Some(verb);
    }
}

/// The object above a token that hangs on it or on another of those named together with it.
fn object_above(tokens: &[Token], at: usize) -> Option<usize> {
    let mut above = tokens[at].head;
    for _ in 0..4 {
        match above {
            Some(n) if tokens[n].rel == "conj" => above = tokens[n].head,
            _ => break,
        }
    }
    above.filter(|&n| matches!(tokens[n].rel, "obj" | "nsubj:pass"))
}

/// "invited both sides back to Oslo": where to hangs on the verb, which the adverb goes with.
pub(super) fn behind_adverb(tokens: &mut [Token], at: usize) {
    let Some(adverb) = tokens[at].head.filter(|_| tokens[at].rel == "obl") else { return };
    let goes_with = tokens[adverb].rel == "advmod"
        && matches!(tokens[adverb].lemma.as_str(), "back" | "home" | "together");
    if let Some(verb) = tokens[adverb].head.filter(|&v| goes_with && adverb < at && tokens[v].upos == "VERB")
    {
        tokens[at].head = Some(verb);
    }
}

/// "presented the two sides with a plan": presented with it, and no sides that have one.
pub(super) fn presented(tokens: &mut [Token], at: usize) {
    let with = |n: &usize| tokens[*n].rel == "case" && tokens[*n].lemma == "with";
    if tokens[at].rel != "nmod" || !kids(tokens, at).iter().any(with) {
        return;
    }
    let verb = object_above(tokens, at).and_then(|n| tokens[n].head);
    if let Some(verb) = verb.filter(|&v| matches!(tokens[v].lemma.as_str(), "present" | "provide")) {
        (tokens[at].head, tokens[at].rel) = (Some(verb), "obl");
    }
}
