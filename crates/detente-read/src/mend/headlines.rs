//! Headlines whose verb passes for a noun.

use super::kids;
use detente_language::Token;

/// Verbs of force that look like the plural of a noun.
const BLOWS: &[&str] = &["strike", "attack", "raid", "hit", "target", "bomb"];

/// "Russian missile strikes hospital in Kyiv": a plural before the noun that the sentence hangs on is its verb; compounds
/// stand in the singular.
pub(super) fn verb(tokens: &mut [Token], at: usize) {
    let Some(object) = tokens[at].head.filter(|&h| h == at + 1 || h == at + 2) else { return };
    let Some(subject) = at.checked_sub(1) else { return };
    let plural = tokens[at].rel == "compound" && matches!(tokens[at].xpos, "NNS" | "VBZ");
    let noun = |n: usize| matches!(tokens[n].upos, "NOUN" | "PROPN");
    let owned = tokens[subject].head == Some(at) && noun(subject) && tokens[subject].xpos != "NNS";
    if !BLOWS.contains(&tokens[at].lemma.as_str()) || !plural || !owned || !noun(object) {
        return;
    }
    // With a verb of its own the sentence is none of these: "missile strikes depot blast kills two".
    let finite = |t: &Token| t.upos == "VERB" && t.xpos != "VBG" && t.xpos != "VBN";
    if tokens[object].head.is_some() || tokens.iter().enumerate().any(|(n, t)| n != at && finite(t)) {
        return;
    }
    for k in kids(tokens, at) {
        (tokens[k].head, tokens[k].rel) =
            if k == subject { (Some(at), "nsubj") } else { (Some(subject), tokens[k].rel) };
    }
    for k in kids(tokens, object).into_iter().filter(|k| *k > object) {
        if tokens[k].rel == "punct" || tokens[k].xpos == "VBG" {
            tokens[k].rel = if tokens[k].rel == "punct" { "punct" } else { "advcl" };
            tokens[k].head = Some(at);
        }
    }
    (tokens[object].head, tokens[object].rel) = (Some(at), "obj");
    (tokens[at].head, tokens[at].rel, tokens[at].upos, tokens[at].xpos) = (None, "root", "VERB", "VBZ");
}

/// "charge that it fired rockets as talks open in Cairo": who stands between "as" and the verb does what the verb tells,
/// and what stands behind the verb is told of it.
pub(super) fn meanwhile(tokens: &mut [Token], verb: usize) {
    let as_ = kids(tokens, verb).into_iter().find(|&k| k < verb && tokens[k].lemma == "as");
    let Some((mark, above)) = as_.zip(tokens[verb].head).filter(|_| tokens[verb].rel == "advcl") else {
        return;
    };
    if mark + 1 >= verb || above > mark || super::has_subject(tokens, verb) {
        return;
    }
    let stray = |n: &usize| tokens[*n].head == Some(above) && tokens[*n].rel.starts_with("obl");
    let Some(subject) = (mark + 1..verb).find(stray).filter(|&n| tokens[n].upos == "NOUN") else { return };
    (tokens[subject].head, tokens[subject].rel) = (Some(verb), "nsubj");
    let end = (verb..tokens.len()).find(|&n| tokens[n].upos == "PUNCT").unwrap_or(tokens.len());
    for token in &mut tokens[verb + 1..end] {
        if token.head == Some(above) && token.rel.starts_with("obl") {
            token.head = Some(verb);
        }
    }
}
