//! Trees that the parser gets wrong in known ways, put right before any rule looks at them.
//!
//! "The attack killed ten, residents said, blaming the army": the parser gives the verb of saying two subjects and
//! what was done none, so that the residents did the killing. A rule above would have to know this again
//! and again; here it is known once. Only what no sound tree can be is changed: a verb of saying with two
//! subjects, two relative clauses of which one says and has no content, a thing that accuses.
//!
//! # How
//! 1. [`late_speaker`]: of two subjects of a verb of saying the one before the content is the content's; a
//!    participle after the speaker is the speaker's ("blaming …").
//! 2. [`saying_between`]: "the group, which A says is backed by B": the second clause is what the first says.
//! 3. [`speaker_goes_on`]: "A said the fighting was a threat and accused B": who accuses is A, for fighting cannot.
//! 4. [`doing_as_subject`]: "Fighting since May has killed 90, the ministry said": what has killed is the fighting,
//!    which is no doing of the ministry.
//! 5. [`across_semicolon`]: what stands before a semicolon goes with the verb before it.
//! 6. [`speaker_as_apposition`]: who stands behind a comma right before a verb of saying without a subject says it.
//! # Does not
//! Change words, tags or labels of anything else, or look outside the sentence.

use detente_language::{Sentence, Token};

/// Verbs of saying that take content.
const SAY: &[&str] = &[
    "say",
    "report",
    "claim",
    "add",
    "tell",
    "announce",
    "state",
    "declare",
    "allege",
    "believe",
    "confirm",
    "insist",
    "note",
    "admit",
    "argue",
    "warn",
    "acknowledge",
    "maintain",
    "estimate",
];

/// Verbs for what else is done with words, or with a voice, while one speaks.
const TELLING: &[&str] = &[
    "cite",
    "quote",
    "call",
    "describe",
    "stress",
    "refer",
    "speak",
    "ask",
    "write",
    "reject",
    "dismiss",
    "express",
    "voice",
    "explain",
    "point",
    "recall",
    "confirm",
    "echo",
    "praise",
    "criticise",
    "criticize",
    "name",
    "suggest",
    "promise",
    "give",
    "use",
    "post",
    "appeal",
    "reiterate",
    "emphasise",
    "emphasize",
    "hint",
    "complain",
    "concede",
    "conclude",
    "signal",
    "allude",
    "remind",
    "question",
    "liken",
    "compare",
    "challenge",
    "slam",
    "pledge",
    "predict",
    "hope",
    "think",
    "wonder",
    "joke",
    "laugh",
    "smile",
    "gesture",
    "nod",
    "shake",
    "look",
    "sound",
    "invoke",
    "mention",
    "repeat",
    "respond",
    "reply",
    "answer",
    "paraphrase",
    "read",
    "recite",
    "summarise",
    "summarize",
    "label",
    "brand",
    "characterise",
    "characterize",
    "defend",
    "explain",
    "imply",
    "indicate",
    "lament",
    "mock",
    "observe",
    "recount",
    "relate",
    "reveal",
    "sum",
    "term",
    "thank",
    "tweet",
    "underline",
    "underscore",
    "vent",
    "whisper",
    "yell",
];

/// Verbs that only somebody can do: a thing that is their subject is not their subject.
const SPEAK: &[&str] = &[
    "say", "accuse", "deny", "warn", "vow", "urge", "blame", "allege", "announce", "threaten", "demand",
    "condemn", "insist", "pledge", "promise", "accept", "reject", "refuse", "offer",
];

/// Mends the tree of one sentence.
pub(crate) fn mend(sentence: &mut Sentence) {
    let tokens = &mut sentence.tokens[..];
    for at in 0..tokens.len() {
        if tokens[at].lemma == ";" {
            across_semicolon(tokens, at);
        }
        let lemma = tokens[at].lemma.to_lowercase();
        if SAY.contains(&lemma.as_str()) {
            speaker_as_apposition(tokens, at);
            doing_as_subject(tokens, at);
            late_speaker(tokens, at);
            saying_between(tokens, at);
        }
        if SPEAK.contains(&lemma.as_str()) {
            speaker_goes_on(tokens, at);
        }
    }
}

/// The words that hang on one.
fn kids(tokens: &[Token], at: usize) -> Vec<usize> {
    (0..tokens.len()).filter(|k| tokens[*k].head == Some(at)).collect()
}

fn is_subject(token: &Token) -> bool {
    token.rel.starts_with("nsubj") || token.rel.starts_with("csubj")
}

fn has_subject(tokens: &[Token], at: usize) -> bool {
    kids(tokens, at).iter().any(|k| is_subject(&tokens[*k]))
}

/// What a speaker does with words: "blaming the rebels", "citing witnesses".
fn is_words(token: &Token) -> bool {
    let lemma = token.lemma.to_lowercase();
    let lemma = lemma.as_str();
    SAY.contains(&lemma) || SPEAK.contains(&lemma) || TELLING.contains(&lemma)
}

/// "…, the territory's health ministry said, the lowest toll in a week": who stands right before a verb of saying that
/// has no subject, behind a comma, says it and is no other name of what stands before.
fn speaker_as_apposition(tokens: &mut [Token], say: usize) {
    if say == 0 || has_subject(tokens, say) || tokens[say].rel == "acl" || tokens[say].rel == "amod" {
        return;
    }
    // Or who is given to the verb of what was said, behind it: "a drone killed one, governor Example said".
    let behind = |n: usize| is_subject(&tokens[n]) && tokens[n].head.is_some_and(|h| h < n);
    let beside = |n: usize| tokens[n].rel == "parataxis" && matches!(tokens[n].upos, "NOUN" | "PROPN");
    let stray =
        |&n: &usize| (tokens[n].rel == "appos" || behind(n) || beside(n)) && end_of(tokens, n) + 1 == say;
    let before = (0..say).rev().take(4).find(stray);
    let finite = matches!(tokens[say].xpos, "VBD" | "VBZ" | "VBP");
    if let Some(speaker) = before.filter(|_| finite) {
        tokens[speaker].head = Some(say);
        tokens[speaker].rel = "nsubj";
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

/// Gives the content that stands before a late speaker its own subject back.
fn late_speaker(tokens: &mut [Token], say: usize) {
    let below = kids(tokens, say);
    let content = below.iter().copied().find(|k| *k < say && matches!(tokens[*k].rel, "ccomp" | "parataxis"));
    let Some(content) = content else { return };
    let subjects: Vec<usize> = below.iter().copied().filter(|k| is_subject(&tokens[*k])).collect();
    if let [first, second] = subjects[..]
        && first < content
        && content < second
        && !has_subject(tokens, content)
    {
        let passive = kids(tokens, content).iter().any(|k| tokens[*k].rel == "aux:pass");
        tokens[first].head = Some(content);
        tokens[first].rel = if passive { "nsubj:pass" } else { "nsubj" };
    }
    // What follows the speaker's verb is his doing: "…, officials said, blaming the rebels".
    for late in kids(tokens, content) {
        if late > say
            && tokens[late].rel == "advcl"
            && tokens[late].xpos == "VBG"
            && is_words(&tokens[late])
            && !has_subject(tokens, late)
        {
            tokens[late].head = Some(say);
        }
    }
    // "…, the air force said, setting a building on fire": a deed is not the speaker's.
    for late in below {
        let deed = late > say && tokens[late].rel == "advcl" && tokens[late].xpos == "VBG";
        let marked = kids(tokens, late).iter().any(|k| matches!(tokens[*k].rel, "mark" | "case"));
        if deed && !marked && !is_words(&tokens[late]) && !has_subject(tokens, late) {
            tokens[late].head = Some(content);
        }
    }
}

/// Gives content without a subject the participle that opens the sentence, if no comma parts the two.
fn doing_as_subject(tokens: &mut [Token], say: usize) {
    let below = kids(tokens, say);
    let Some(content) = below.iter().copied().find(|k| *k < say && tokens[*k].rel == "ccomp") else { return };
    // "Fighting since January has killed …": the month is no subject.
    let false_subject = kids(tokens, content)
        .into_iter()
        .find(|k| is_subject(&tokens[*k]) && kids(tokens, *k).iter().any(|c| tokens[*c].rel == "case"));
    if has_subject(tokens, content) && false_subject.is_none() {
        return;
    }
    let opens = |k: &usize| *k < 2 && *k < content && tokens[*k].xpos == "VBG" && tokens[*k].rel == "advcl";
    let Some(doing) = below.into_iter().find(opens) else { return };
    let comma = |n: usize| tokens[n].lemma == ",";
    if !(doing..content).any(comma) {
        tokens[doing].head = Some(content);
        tokens[doing].rel = "csubj";
        if let Some(month) = false_subject {
            tokens[month].head = Some(doing);
            tokens[month].rel = "obl";
        }
    }
}

/// "Congo says 773 bodies found; rebels declare truce": what stands before a semicolon is nothing of the verb behind it.
fn across_semicolon(tokens: &mut [Token], stop: usize) {
    let stray = (0..stop).find(|&n| tokens[n].rel == "obj" && tokens[n].head.is_some_and(|h| h > stop));
    let Some(noun) = stray else { return };
    let Some(verb) = (0..noun).rev().find(|&v| tokens[v].upos == "VERB") else { return };
    let fate = kids(tokens, noun)
        .into_iter()
        .find(|k| tokens[*k].rel == "acl" && tokens[*k].xpos == "VBN" && *k < stop);
    match fate {
        Some(fate) => {
            (tokens[fate].head, tokens[fate].rel) = (Some(verb), "ccomp");
            (tokens[noun].head, tokens[noun].rel) = (Some(fate), "nsubj:pass");
        }
        None => tokens[noun].head = Some(verb),
    }
}

/// Makes the clause after a relative clause that only says its content.
fn saying_between(tokens: &mut [Token], say: usize) {
    let Some(noun) = tokens[say].head.filter(|_| tokens[say].rel == "acl:relcl") else { return };
    let below = kids(tokens, say);
    if below.iter().any(|k| matches!(tokens[*k].rel, "ccomp" | "xcomp" | "obj")) {
        return;
    }
    let said = |k: &usize| *k > say && tokens[*k].head == Some(noun) && tokens[*k].rel == "acl:relcl";
    let Some(content) = (0..tokens.len()).find(said) else { return };
    // The relative pronoun of the content stands before the speaker: "which the army says was hit".
    let pronoun = |k: &usize| *k < say && tokens[*k].xpos.starts_with('W') && is_subject(&tokens[*k]);
    if kids(tokens, content).iter().any(pronoun) {
        tokens[content].head = Some(say);
        tokens[content].rel = "ccomp";
    }
}

/// Hands a verb that only somebody can do from a thing to the speaker before it.
fn speaker_goes_on(tokens: &mut [Token], speak: usize) {
    let Some(other) = tokens[speak].head.filter(|_| tokens[speak].rel == "conj") else { return };
    let Some(say) = tokens[other].head.filter(|_| tokens[other].rel == "ccomp" && other < speak) else {
        return;
    };
    let says = SAY.contains(&tokens[say].lemma.to_lowercase().as_str()) && say < other;
    if !says || has_subject(tokens, speak) || !has_subject(tokens, say) {
        return;
    }
    let thing = |k: &usize| {
        let token = &tokens[*k];
        is_subject(token)
            && matches!(token.mention, Some("event" | "abstract" | "object" | "time" | "substance"))
    };
    if kids(tokens, other).iter().any(thing) {
        tokens[speak].head = Some(say);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_language::Language;

    /// Head and label of a word, after mending.
    #[track_caller]
    fn check(text: &str, word: &str, head: &str, rel: &str) {
        let whole = 0..text.len();
        let mut sentences = Language::english().analyze(text, std::slice::from_ref(&whole));
        assert_eq!(sentences.len(), 1, "one sentence");
        mend(&mut sentences[0]);
        let tokens = &sentences[0].tokens;
        let at = tokens.iter().position(|t| t.text(text) == word).expect("the word stands in the text");
        let over = tokens[at].head.map_or("-", |h| tokens[h].text(text));
        assert_eq!((over, tokens[at].rel), (head, rel), "{word} in {text}");
    }

    #[test]
    fn what_was_done_keeps_its_subject_before_a_late_speaker() {
        let text = "A rocket attack on a market in the besieged town killed at least 40 people on Monday, local \
                    doctors said, blaming the paramilitary National Guard.";
        check(text, "attack", "killed", "nsubj");
        check(text, "doctors", "said", "nsubj");
        check(text, "blaming", "said", "advcl");
    }

    #[test]
    fn a_speaker_inside_a_relative_clause_speaks() {
        let text = "The militia, which Chile and Peru say is armed by Bolivia, shelled the port.";
        check(text, "armed", "say", "ccomp");
        check(text, "Chile", "say", "nsubj");
    }

    #[test]
    fn a_thing_does_not_accuse() {
        let text =
            "Lima said the shelling close to its border was a threat and accused Santiago of arming rebels.";
        check(text, "accused", "said", "conj");
    }

    #[test]
    fn a_sound_tree_stays_as_it_is() {
        let text = "The army said rebels attacked a convoy and accused them of using children.";
        let whole = 0..text.len();
        let before = Language::english().analyze(text, std::slice::from_ref(&whole));
        let mut after = before.clone();
        after.iter_mut().for_each(mend);
        assert_eq!(format!("{before:?}"), format!("{after:?}"));
    }
}
