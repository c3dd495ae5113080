//! Days and times of deeds that the parser hangs elsewhere: "Israel on Sunday struck a port", "were killed when gunmen attacked",
//! "after 13 people died".
//!
//! Wire services put the day before the verb in every other lead, and the parser hangs it on those who act, as if they were the
//! leaders on Sunday. It is the day of the deed.

use super::kids;
use crate::time::of_calendar;
use detente_language::Token;

/// All of these at one token.
pub(super) fn mend(tokens: &mut [Token], at: usize) {
    of_deed(tokens, at);
    occasion(tokens, at);
    when_clause(tokens, at);
    after_deed(tokens, at);
}

/// Hangs a day right before a verb on the verb, where its subject had it.
fn of_deed(tokens: &mut [Token], at: usize) {
    if !is_day(tokens, at) || !matches!(tokens[at].rel, "nmod" | "nmod:unmarked" | "appos") {
        return;
    }
    let Some((subject, verb)) = subject_above(tokens, at) else { return };
    // "The attack on Sunday killed nine": an attack has its day.
    let deed = |n: usize| tokens[n].mention == Some("event") || tokens[n].upos == "VERB";
    let direct = tokens[at].head.unwrap_or(subject);
    let light = |t: &Token| matches!(t.upos, "AUX" | "ADV" | "PART" | "PUNCT" | "NUM") || t.rel == "case";
    let day = |tokens: &[Token], n: usize| tokens[n].head == Some(at) || is_name(&tokens[n]);
    let right_before = (at + 1..verb).all(|n| light(&tokens[n]) || day(tokens, n));
    if deed(direct) || deed(subject) || !right_before {
        return;
    }
    // "late on Saturday" goes along.
    let first = kids(tokens, at).into_iter().filter(|&k| k < at).min().unwrap_or(at);
    if let Some(late) = first.checked_sub(1).filter(|&n| {
        matches!(tokens[n].lemma.as_str(), "late" | "early")
            && tokens[n].rel == "advmod"
            && tokens[n].head == Some(direct)
    }) {
        tokens[late].head = Some(at);
    }
    let unmarked = tokens[at].rel != "nmod" || !kids(tokens, at).iter().any(|&k| tokens[k].rel == "case");
    (tokens[at].head, tokens[at].rel) = (Some(verb), if unmarked { "obl:unmarked" } else { "obl" });
    // "12 March": the month hung beside the day.
    for n in at + 1..verb {
        if tokens[n].head == Some(direct) && day(tokens, n) {
            (tokens[n].head, tokens[n].rel) = (Some(at), "nmod:unmarked");
        }
    }
}

fn is_name(token: &Token) -> bool {
    let lemma = token.lemma.to_lowercase();
    of_calendar(&lemma) || matches!(lemma.as_str(), "yesterday" | "today")
}

/// "Militants in a dawn raid on Thursday killed nine": what they did it in is of the killing, and so is its day.
fn occasion(tokens: &mut [Token], at: usize) {
    let inside = |k: usize| tokens[k].rel == "case" && matches!(tokens[k].lemma.as_str(), "in" | "during");
    if tokens[at].rel != "nmod"
        || tokens[at].mention != Some("event")
        || !kids(tokens, at).into_iter().any(inside)
    {
        return;
    }
    let Some((subject, verb)) = subject_above(tokens, at).filter(|(s, _)| tokens[at].head == Some(*s)) else {
        return;
    };
    let mut end = at;
    while end + 1 < verb && (below(tokens, end + 1, at)) {
        end += 1;
    }
    if end + 1 == verb && tokens[subject].mention != Some("event") {
        (tokens[at].head, tokens[at].rel) = (Some(verb), "obl");
    }
}

/// "Nine were killed when gunmen ambushed a convoy, the ministry said": the ambush is when they were killed, and no second thing that is
/// said.
fn when_clause(tokens: &mut [Token], at: usize) {
    if tokens[at].lemma != "when" || at == 0 {
        return;
    }
    let Some(verb) = tokens[at].head.filter(|&v| tokens[v].rel == "ccomp" && at < v) else { return };
    let Some(say) = tokens[verb].head.filter(|&s| s > verb) else { return };
    let first = (0..at)
        .find(|&n| tokens[n].rel == "ccomp" && tokens[n].head == Some(say) && tokens[n].upos == "VERB");
    if let Some(first) = first {
        (tokens[verb].head, tokens[verb].rel) = (Some(first), "advcl");
    }
}

/// "took the town after 13 people, 11 of them officers, died": they died, and the town was taken after that; the parser has it taken
/// after people.
fn after_deed(tokens: &mut [Token], at: usize) {
    if !matches!(tokens[at].lemma.as_str(), "after" | "before") || tokens[at].rel != "case" {
        return;
    }
    let Some(who) = tokens[at].head.filter(|&n| n > at && matches!(tokens[n].rel, "obl" | "nmod")) else {
        return;
    };
    let Some(verb) = tokens[who].head else { return };
    let mine = |n: usize| below(tokens, n, who) || tokens[n].upos == "PUNCT" || tokens[n].upos == "AUX";
    let Some(deed) = (who + 1..tokens.len()).find(|&n| !mine(n)) else { return };
    let finite = matches!(tokens[deed].xpos, "VBD" | "VBP" | "VBZ")
        || tokens[deed].xpos == "VBN"
            && kids(tokens, deed).iter().any(|&k| tokens[k].upos == "AUX" && k > who);
    let subject = kids(tokens, deed).iter().any(|&k| tokens[k].rel.starts_with("nsubj"));
    if !finite || subject || tokens[deed].upos != "VERB" || deed != verb && below(tokens, verb, deed) {
        return;
    }
    // "After 13 people died, the army moved in": what the army did is the main thing.
    let main = kids(tokens, deed).into_iter().find(|&k| k > deed && tokens[k].rel == "parataxis");
    let over = if deed != verb { Some(verb) } else { main };
    let Some(over) = over else { return };
    let passive = kids(tokens, deed).iter().any(|&k| tokens[k].rel == "aux:pass");
    if deed == verb {
        (tokens[over].head, tokens[over].rel) = (tokens[deed].head, tokens[deed].rel);
    }
    (tokens[who].head, tokens[who].rel) = (Some(deed), if passive { "nsubj:pass" } else { "nsubj" });
    (tokens[at].head, tokens[at].rel) = (Some(deed), "mark");
    (tokens[deed].head, tokens[deed].rel) = (Some(over), "advcl");
}

/// Does a token hang below another?
fn below(tokens: &[Token], mut at: usize, top: usize) -> bool {
    for _ in 0..8 {
        match tokens[at].head {
            Some(head) if head == top => return true,
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// A weekday, a month, or the number before a month.
fn is_day(tokens: &[Token], at: usize) -> bool {
    let named = |n: usize| tokens.get(n).is_some_and(is_name);
    let number = tokens[at].upos == "NUM" && named(at + 1);
    named(at) && !(at > 0 && tokens[at - 1].upos == "NUM" && tokens[at].rel == "nmod:unmarked") || number
}

/// The subject that the token hangs on, itself before it, and its verb behind it.
fn subject_above(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    let mut above = tokens[at].head?;
    for _ in 0..4 {
        if matches!(tokens[above].rel, "nsubj" | "nsubj:pass") {
            let verb = tokens[above].head.filter(|&v| tokens[v].upos == "VERB" && above < at && at < v)?;
            return Some((above, verb));
        }
        above = tokens[above]
            .head
            .filter(|_| matches!(tokens[above].rel, "nmod" | "conj" | "flat" | "nmod:poss" | "appos"))?;
    }
    None
}
