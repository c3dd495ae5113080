//! "invited the government and the rebels to talks in Luanda": it is the inviting that is to talks, not the rebels.

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
    let mut guest = tokens[at].head;
    for _ in 0..4 {
        match guest {
            Some(n) if tokens[n].rel == "conj" => guest = tokens[n].head,
            _ => break,
        }
    }
    let object = guest.filter(|&n| matches!(tokens[n].rel, "obj" | "nsubj:pass"));
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
