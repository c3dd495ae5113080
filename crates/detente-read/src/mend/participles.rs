//! Participles behind a noun, and whom the noun is between.

use super::kids;
use detente_language::Token;

/// "A ceasefire brokered by Qatar took effect": a participle that was made a second subject belongs to the noun.
pub(super) fn of_noun(tokens: &mut [Token], at: usize) {
    let Some(noun) = at.checked_sub(1) else { return };
    let second =
        tokens[at].xpos == "VBN" && tokens[at].rel.starts_with("nsubj") && tokens[noun].upos == "NOUN";
    let one_verb = tokens[noun].rel.starts_with("nsubj") && tokens[noun].head == tokens[at].head;
    if second && one_verb && tokens[at].head.is_some_and(|h| h > at) {
        (tokens[at].head, tokens[at].rel) = (Some(noun), "acl");
        for token in tokens[..noun].iter_mut().filter(|t| t.head == Some(at)) {
            token.head = Some(noun);
        }
    }
}

/// "a truce brokered by Qatar and Egypt between Israel and Hamas": it is the truce that is between the two.
pub(super) fn between(tokens: &mut [Token], at: usize) {
    if tokens[at].lemma != "between" || tokens[at].rel != "case" {
        return;
    }
    let Some(side) = tokens[at].head.filter(|&n| tokens[n].rel == "nmod") else { return };
    let mut agent = tokens[side].head;
    for _ in 0..3 {
        match agent {
            Some(n) if tokens[n].rel == "conj" => agent = tokens[n].head,
            _ => break,
        }
    }
    let Some(agent) = agent.filter(|&n| kids(tokens, n).iter().any(|k| tokens[*k].lemma == "by")) else {
        return;
    };
    let verb = tokens[agent].head.filter(|&v| tokens[v].xpos == "VBN" && tokens[v].rel == "acl");
    if let Some(noun) = verb.and_then(|v| tokens[v].head).filter(|&n| tokens[n].upos == "NOUN") {
        tokens[side].head = Some(noun);
    }
}
