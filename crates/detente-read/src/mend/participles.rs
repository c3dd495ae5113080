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

/// "agreed to a ceasefire brokered by France": agreed to the ceasefire, which was brokered; not to what was brokered by
/// way of a ceasefire.
pub(super) fn compounded(tokens: &mut [Token], at: usize) {
    let Some(noun) = at.checked_sub(1) else { return };
    let inside =
        tokens[noun].rel == "compound" && tokens[noun].head == Some(at) && tokens[noun].upos == "NOUN";
    let below = kids(tokens, at);
    let article = below.iter().any(|&k| k < noun && tokens[k].rel == "det");
    let agent = below.iter().any(|&k| tokens[k].rel == "obl:agent");
    if tokens[at].xpos != "VBN" || !inside || !article || !agent {
        return;
    }
    let rel = if below.iter().any(|&k| tokens[k].rel == "case") { "obl" } else { "obj" };
    (tokens[noun].head, tokens[noun].rel) = (tokens[at].head, rel);
    (tokens[at].head, tokens[at].rel) = (Some(noun), "acl");
    for k in below.into_iter().filter(|&k| k < noun) {
        tokens[k].head = Some(noun);
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

/// "talks hosted by Kenya between Sudan and the RSF": the same, where the parser has them hosted between the two, and by both Kenya and
/// the second.
pub(super) fn hosted_between(tokens: &mut [Token], at: usize) {
    if tokens[at].lemma != "between" || tokens[at].rel != "case" {
        return;
    }
    let Some(side) = tokens[at].head.filter(|&n| tokens[n].rel == "obl") else { return };
    let Some(verb) = tokens[side].head.filter(|&v| tokens[v].xpos == "VBN" && tokens[v].rel == "acl") else {
        return;
    };
    let Some(noun) = tokens[verb].head.filter(|&n| tokens[n].upos == "NOUN") else { return };
    let agent = kids(tokens, verb).into_iter().find(|&k| tokens[k].rel == "obl:agent" && k < side);
    (tokens[side].head, tokens[side].rel) = (Some(noun), "nmod");
    let second =
        agent.and_then(|a| kids(tokens, a).into_iter().find(|&k| k > side && tokens[k].rel == "conj"));
    if let Some(second) = second {
        tokens[second].head = Some(side);
    }
}

/// "talks between officials of Chad and a team of the rebels": the second of two is one of those between whom the talks
/// are, and no second talks.
pub(super) fn second_side(tokens: &mut [Token], at: usize) {
    if tokens[at].lemma != "between" || tokens[at].rel != "case" {
        return;
    }
    let Some(side) = tokens[at].head.filter(|&n| tokens[n].rel == "nmod" && n > at) else { return };
    let Some(noun) = tokens[side].head.filter(|&n| n < at) else { return };
    if kids(tokens, side).iter().any(|&k| tokens[k].rel == "conj") {
        return;
    }
    let joint = |n: usize| {
        let below = kids(tokens, n);
        below.iter().any(|&k| tokens[k].lemma == "and") && !below.iter().any(|&k| tokens[k].rel == "case")
    };
    let second = kids(tokens, noun).into_iter().find(|&k| k > side && tokens[k].rel == "conj" && joint(k));
    if let Some(second) = second {
        tokens[second].head = Some(side);
    }
}

/// "a Russian-brokered truce": the adjective before the hyphen is part of the word, and no circumstance.
pub(super) fn hyphened(tokens: &mut [Token], at: usize) {
    let own = tokens[at].head == Some(at + 2) && tokens[at].rel.starts_with("obl");
    let joined = tokens.get(at + 1).is_some_and(|t| t.xpos == "HYPH");
    let brokers = |t: &Token| {
        t.xpos == "VBN"
            && matches!(
                t.lemma.as_str(),
                "broker" | "mediate" | "sponsor" | "facilitate" | "host" | "negotiate"
            )
    };
    if own && joined && tokens.get(at + 2).is_some_and(brokers) {
        tokens[at].rel = "compound";
    }
}

/// "20 were killed and nearly 300 injured", "ten were killed and 40 others wounded": a second participle shares the
/// auxiliary of the first, and the number before it is whom it befell, not more of the first.
pub(super) fn gapped(tokens: &mut [Token], at: usize) {
    let hurt = match tokens[at].lemma.as_str() {
        // Taken for adjectives, these are no verbs to anybody.
        "wounded" => Some("wound"),
        "injured" => Some("injure"),
        "displaced" => Some("displace"),
        _ => None,
    };
    if tokens[at].xpos != "VBN" && hurt.is_none() || tokens[at].rel != "conj" {
        return;
    }
    let first = tokens[at].head.filter(|&v| v < at && tokens[v].xpos == "VBN");
    let passive = first.is_some_and(|v| kids(tokens, v).iter().any(|k| tokens[*k].rel == "aux:pass"));
    let Some(joint) = (first.unwrap_or(at)..at).rev().find(|&k| tokens[k].rel == "cc").filter(|_| passive)
    else {
        return;
    };
    let own_aux = kids(tokens, at).iter().any(|k| tokens[*k].rel.starts_with("aux"));
    let number = (joint + 1..at).find(|&k| tokens[k].upos == "NUM" || tokens[k].lemma == "dozen");
    let Some(number) = number.filter(|_| !own_aux) else { return };
    // Between the number and the participle stands nothing but the noun that is counted.
    let counted = match at - number {
        1 => number,
        2 if matches!(tokens[number + 1].upos, "NOUN" | "PRON" | "ADJ") => number + 1,
        _ => return,
    };
    (tokens[at].upos, tokens[at].xpos) = ("VERB", "VBN");
    if let Some(verb) = hurt {
        tokens[at].lemma = verb.to_string();
    }
    if tokens[counted].head.is_none_or(|h| h != at) {
        (tokens[counted].head, tokens[counted].rel) = (Some(at), "nsubj:pass");
    }
    if counted != number {
        (tokens[number].head, tokens[number].rel) = (Some(counted), "nummod");
    }
}

/// "Dushanbe accused Kyrgyz troops of shelling a mosque, killing ten": those who shelled have killed, and not who accuses.
pub(super) fn charged(tokens: &mut [Token], at: usize) {
    const HARM: &[&str] =
        &["kill", "wound", "injure", "destroy", "damage", "leave", "displace", "force", "burn"];
    if tokens[at].xpos != "VBG" || tokens[at].rel != "advcl" || !HARM.contains(&tokens[at].lemma.as_str()) {
        return;
    }
    let accuses = |h: &usize| matches!(tokens[*h].lemma.as_str(), "accuse" | "blame" | "suspect" | "charge");
    let Some(verb) = tokens[at].head.filter(accuses) else { return };
    let deed = |k: &usize| {
        tokens[*k].xpos == "VBG"
            && kids(tokens, *k).iter().any(|m| matches!(tokens[*m].lemma.as_str(), "of" | "for"))
            && tokens[*k].head.is_some_and(|h| h == verb || tokens[h].head == Some(verb))
    };
    if let Some(deed) = (verb + 1..at).find(deed) {
        tokens[at].head = Some(deed);
    }
}
