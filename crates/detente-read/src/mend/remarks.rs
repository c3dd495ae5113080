//! What others say to it, behind the last comma: "…, a charge Kigali rejects", "…, which Khartoum denies".
//!
//! The parser hangs such a remark on whatever stands nearest, so that the denier denies a town, or speaks for what
//! was said before. It is a remark on what is said or charged, and hangs on the verb that says or charges it.

use super::{SAY, SPEAK, is_subject, kids};
use detente_language::Token;

/// Verbs of not letting a charge stand.
const DENY: &[&str] = &["deny", "reject", "dismiss", "dispute", "refute", "contest", "repudiate"];

/// What is said against somebody, or is said at all.
const CHARGE: &[&str] = &["charge", "accusation", "allegation", "claim", "assertion", "account", "something"];

/// Hangs the remark whose verb this is on the verb that says or charges.
pub(super) fn remark(tokens: &mut [Token], deny: usize) {
    let lemma = tokens[deny].lemma.to_lowercase();
    if !DENY.contains(&lemma.as_str()) || !finite(tokens, deny) {
        return;
    }
    // "a charge Yerevan rejects": the charge may have been made a subject too.
    let subject = kids(tokens, deny).into_iter().rfind(|k| *k < deny && is_subject(&tokens[*k]));
    let Some(comma) = (0..deny).rev().find(|n| tokens[*n].lemma == ",") else { return };
    let subject = subject.map(|s| own_subject(tokens, s, deny));
    let Some(subject) = subject.filter(|s| *s > comma + 1) else { return };
    let noun = (comma + 1..subject).take(4).find(|n| CHARGE.contains(&tokens[*n].lemma.as_str()));
    let which = tokens[comma + 1].lemma == "which" && tokens[comma + 1].head == Some(deny);
    let known = |n: usize| {
        let plural = tokens[n].xpos == "NNS" && n == comma + 1;
        plural || matches!(tokens[comma + 1].lemma.as_str(), "a" | "an" | "something")
    };
    let says = (0..comma).rev().find(|n| {
        let lemma = tokens[*n].lemma.to_lowercase();
        tokens[*n].upos == "VERB" && (SAY.contains(&lemma.as_str()) || SPEAK.contains(&lemma.as_str()))
    });
    let Some(says) = says else { return };
    match noun.filter(|n| known(*n)) {
        Some(noun) => {
            above(tokens, says, &[deny, noun]);
            (tokens[noun].head, tokens[noun].rel) = (Some(says), "parataxis");
            (tokens[deny].head, tokens[deny].rel) = (Some(noun), "acl:relcl");
        }
        None if which => {
            above(tokens, says, &[deny]);
            (tokens[deny].head, tokens[deny].rel) = (Some(says), "advcl:relcl");
            tokens[comma + 1].rel = "obj";
        }
        None => {}
    }
}

/// "a charge Abu Dhabi has denied": with no "that", the charge passes for who denies it. It is the name behind it.
fn own_subject(tokens: &mut [Token], subject: usize, deny: usize) -> usize {
    let charge = CHARGE.contains(&tokens[subject].lemma.as_str());
    let beside = |k: &usize| {
        *k > subject
            && *k < deny
            && matches!(tokens[*k].upos, "PROPN" | "NOUN")
            && matches!(tokens[*k].rel, "appos" | "flat" | "compound" | "nmod" | "dep")
    };
    match kids(tokens, subject).into_iter().find(beside).filter(|_| charge) {
        Some(name) => {
            (tokens[name].head, tokens[name].rel) = (Some(deny), "nsubj");
            name
        }
        None => subject,
    }
}

fn finite(tokens: &[Token], verb: usize) -> bool {
    // "the rebels denied" passes for a participle.
    let passive = || kids(tokens, verb).iter().any(|k| tokens[*k].rel == "aux:pass");
    matches!(tokens[verb].xpos, "VBD" | "VBZ" | "VBP") || tokens[verb].xpos == "VBN" && !passive()
}

/// Takes the verb of saying out from under the remark, where the remark was made the head of the sentence.
fn above(tokens: &mut [Token], says: usize, remark: &[usize]) {
    let mut top = says;
    while let Some(head) = tokens[top].head {
        if remark.contains(&head) {
            let outer = remark.iter().copied().find(|r| tokens[*r].head.is_none_or(|h| !remark.contains(&h)));
            let outer = outer.unwrap_or(head);
            (tokens[top].head, tokens[top].rel) = (tokens[outer].head, tokens[outer].rel);
            return;
        }
        top = head;
    }
}

/// "called the report "baseless"": what it is called is no second name of the report.
pub(super) fn called(tokens: &mut [Token], adjective: usize) {
    let quoted = adjective > 0 && matches!(tokens[adjective - 1].xpos, "``" | "''");
    let Some(noun) = tokens[adjective].head.filter(|_| quoted && tokens[adjective].rel == "appos") else {
        return;
    };
    let verb = tokens[noun].head.filter(|_| tokens[noun].rel == "obj" && noun < adjective);
    let calls = |v: &usize| {
        matches!(tokens[*v].lemma.as_str(), "call" | "label" | "brand" | "term" | "deem" | "dub" | "declare")
    };
    if let Some(verb) =
        verb.filter(calls).filter(|_| matches!(tokens[adjective].upos, "ADJ" | "NOUN" | "VERB"))
    {
        (tokens[adjective].head, tokens[adjective].rel) = (Some(verb), "xcomp");
    }
}
