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
//! 3. [`speakers::goes_on`]: "A said the fighting was a threat and accused B": who accuses is A, for fighting cannot.
//! 4. [`doing_as_subject`]: "Fighting since May has killed 90, the ministry said": what has killed is the fighting,
//!    which is no doing of the ministry.
//! 5. [`across_semicolon`]: what stands before a semicolon goes with the verb before it.
//! 6. [`swapped_subjects`]: "A has offered to mediate, two people said": each verb gets the subject before it.
//! 7. [`speakers::in_list`]: "killing 30 soldiers, two sources and an official said": who stand behind the last comma say it.
//! 8. [`deed_behind_occasion`]: "offered in a call with B to act as a go-between": the offer is to act, not the call.
//! 9. [`while_another_says`]: "A says …, while B says …": each says their own.
//! 10. [`participle`]: "to have shot down": of "shoot".
//! 11. [`put_at`]: "put the number of those killed at 40": put at 40, not killed at 40.
//! 12. [`speakers::as_apposition`]: who stands behind a comma right before a verb of saying without a subject says it.
//!     "…, medics said, as A put forward a plan": the plan is told beside what the medics say ([`speakers::meanwhile_told`]).
//! 13. [`lemmas`]: "deplored" is of "deplore" and not of "deplor", where only one of the two is a verb that the lexicon has.
//! 14. [`lists`]: "France, Spain and Canada", "Egypt, together with Turkey": a list keeps its members.
//! 15. [`remarks`]: "…, a charge Kigali rejects": a remark on what is said, and not on the noun before it.
//! 16. [`names`]: "Monday's incident" is nobody's, "El-Obeid" is no Mr Obeid, "Shelling killed nine" no Mr Shelling.
//! 17. [`participles`]: "a truce brokered by Qatar between A and B took effect": the truce is brokered, and between the two.
//!     "talks between officials of A and a team of B": the team is one of those between whom they are.
//! 18. [`headlines`]: "Russian missile strikes hospital": a verb, and no strikes of a hospital.
//! 19. [`objects`]: "invited the army and the rebels to talks": invited to talks, and no rebels to talks; "back to Oslo":
//!     to Oslo hangs on the verb.
//! 20. [`dates`]: "Israel on Sunday struck a port": the day of the strike.
//! # Does not
//! Change words, tags or labels of anything else, or look outside the sentence.

mod dates;
mod headlines;
mod lists;
mod names;
mod objects;
mod participles;
mod remarks;
mod speakers;

use detente_knowledge::Knowledge;
use detente_knowledge::lexicon::{Lexicon, Part};
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

/// Verbs of undertaking something, or not.
const UNDERTAKE: &[&str] =
    &["offer", "agree", "pledge", "vow", "promise", "threaten", "refuse", "decline", "propose", "volunteer"];

/// Mends the tree of one sentence.
pub(crate) fn mend(sentence: &mut Sentence) {
    let tokens = &mut sentence.tokens[..];
    for at in 0..tokens.len() {
        names::weekday(tokens, at);
        names::before(tokens, at);
        names::rank(tokens, at);
        names::whole(tokens, at);
        names::ground(tokens, at);
        dates::mend(tokens, at);
        headlines::verb(tokens, at);
        headlines::meanwhile(tokens, at);
        participles::of_noun(tokens, at);
        participles::between(tokens, at);
        participles::hosted_between(tokens, at);
        participles::second_side(tokens, at);
        participles::hyphened(tokens, at);
        participles::gapped(tokens, at);
        participles::charged(tokens, at);
        participles::compounded(tokens, at);
        speakers::meanwhile_told(tokens, at);
        objects::to_meeting(tokens, at);
        objects::of_deed(tokens, at);
        objects::behind_adverb(tokens, at);
        lists::across_verb(tokens, at);
        objects::presented(tokens, at);
        lists::joined(tokens, at);
        lists::members(tokens, at);
        lists::beside(tokens, at);
        lists::active(tokens, at);
        lists::harms(tokens, at);
        remarks::remark(tokens, at);
        remarks::called(tokens, at);
        if tokens[at].lemma == ";" {
            across_semicolon(tokens, at);
        }
        let lemma = tokens[at].lemma.to_lowercase();
        if SAY.contains(&lemma.as_str()) {
            speakers::in_list(tokens, at);
            speakers::described(tokens, at);
            speakers::as_apposition(tokens, at);
            doing_as_subject(tokens, at);
            swapped_subjects(tokens, at);
            late_speaker(tokens, at);
            saying_between(tokens, at);
            while_another_says(tokens, at);
        }
        if matches!(lemma.as_str(), "put" | "estimate") {
            put_at(tokens, at);
        }
        if tokens[at].xpos == "VB" {
            participle(tokens, at);
        }
        if UNDERTAKE.contains(&lemma.as_str()) {
            deed_behind_occasion(tokens, at);
        }
        if SPEAK.contains(&lemma.as_str()) {
            speakers::goes_on(tokens, at);
        }
    }
}

/// Mends tags of names, by what is known of words and places.
pub(crate) fn tags(sentence: &mut Sentence, text: &str, knowledge: &Knowledge) {
    names::common(&mut sentence.tokens, text, knowledge.lexicon());
    names::taken(&mut sentence.tokens, text, knowledge);
}

/// "deplored" is of "deplore", "lauded" of "laud": of two dictionary forms that a participle can have, the one
/// that the lexicon has as a verb.
pub(crate) fn lemmas(sentence: &mut Sentence, text: &str, lexicon: &Lexicon) {
    let known = |lemma: &str| {
        !lexicon.frames_of(Part::Verb, lemma).is_empty()
            || !lexicon.operators_of(Part::Verb, lemma).is_empty()
            || lexicon.speech_verb(lemma).is_some()
    };
    // Pasts that the analyser takes for verbs of their own.
    const PASTS: &[(&str, &str)] = &[
        ("overran", "overrun"),
        ("overthrew", "overthrow"),
        ("foresaw", "foresee"),
        ("withstood", "withstand"),
        ("forbade", "forbid"),
        ("rebuilt", "rebuild"),
        ("retook", "retake"),
        ("undertook", "undertake"),
    ];
    for token in &mut sentence.tokens {
        if let Some((_, verb)) = PASTS.iter().find(|(past, _)| *past == token.lemma) {
            token.lemma = (*verb).to_string();
        }
        if !matches!(token.xpos, "VBD" | "VBN" | "VBG" | "VBZ") || known(&token.lemma) {
            continue;
        }
        let word = token.text(text).to_lowercase();
        let other = match token.lemma.strip_suffix('e') {
            Some(stem) => stem.to_string(),
            None => format!("{}e", token.lemma),
        };
        let stem = other.trim_end_matches('e');
        if word.starts_with(stem) && known(&other) {
            token.lemma = other;
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

/// "A says B shelled a town, while C says D did": what C says is no part of what A says.
fn while_another_says(tokens: &mut [Token], say: usize) {
    let against = |k: &usize| {
        tokens[*k].rel == "mark"
            && matches!(tokens[*k].lemma.as_str(), "while" | "whereas" | "although" | "though")
    };
    let beside =
        tokens[say].rel == "advcl" && has_subject(tokens, say) && kids(tokens, say).iter().any(against);
    let Some(content) = tokens[say].head.filter(|_| beside) else { return };
    let above = tokens[content].head.filter(|h| *h < content && tokens[content].rel == "ccomp");
    if let Some(first) = above.filter(|h| SAY.contains(&tokens[*h].lemma.to_lowercase().as_str())) {
        tokens[say].head = Some(first);
    }
}

/// "put the number of soldiers killed at 50,000": the number is where the count was put, not where they were killed.
fn put_at(tokens: &mut [Token], put: usize) {
    let Some(noun) = kids(tokens, put).into_iter().find(|k| *k > put && tokens[*k].rel == "obj") else {
        return;
    };
    let under = |at: usize| {
        let above = std::iter::successors(tokens[at].head, |h| tokens[*h].head);
        above.take(4).any(|h| h == noun)
    };
    let stray = (noun + 1..tokens.len()).find(|&at| {
        let to_number = tokens[at].upos == "NUM" && tokens[at].rel == "obl" && under(at);
        to_number && kids(tokens, at).iter().any(|k| tokens[*k].rel == "case" && tokens[*k].lemma == "at")
    });
    if let Some(number) = stray {
        tokens[number].head = Some(put);
    }
}

/// "claimed to have shot down five jets": a participle that was taken for an infinitive, and so for its own lemma.
fn participle(tokens: &mut [Token], at: usize) {
    const IRREGULAR: &[(&str, &str)] = &[
        ("shot", "shoot"),
        ("struck", "strike"),
        ("held", "hold"),
        ("fought", "fight"),
        ("taken", "take"),
        ("driven", "drive"),
        ("broken", "break"),
        ("brought", "bring"),
        ("sunk", "sink"),
        ("fled", "flee"),
        ("lost", "lose"),
        ("met", "meet"),
        ("won", "win"),
    ];
    let lemma = tokens[at].lemma.to_lowercase();
    let Some((_, verb)) = IRREGULAR.iter().find(|(form, _)| *form == lemma) else { return };
    if kids(tokens, at).iter().any(|k| tokens[*k].rel == "aux" && tokens[*k].lemma == "have") {
        tokens[at].lemma = (*verb).to_string();
        tokens[at].xpos = "VBN";
    }
}

/// "offered in a call with Trump to act as a facilitator": the infinitive was hung on the occasion.
fn deed_behind_occasion(tokens: &mut [Token], verb: usize) {
    let below = kids(tokens, verb);
    if below.iter().any(|k| matches!(tokens[*k].rel, "obj" | "xcomp" | "ccomp")) {
        return;
    }
    // "in a bid to end the war" says what for.
    let purpose = |at: usize| {
        let lemma = tokens[at].lemma.to_lowercase();
        matches!(
            lemma.as_str(),
            "bid" | "effort" | "attempt" | "order" | "move" | "push" | "drive" | "exchange"
        )
    };
    let occasions = below.into_iter().filter(|k| *k > verb && tokens[*k].rel == "obl" && !purpose(*k));
    let to = |at: usize| {
        kids(tokens, at).into_iter().find(|k| tokens[*k].rel == "mark" && tokens[*k].lemma == "to")
    };
    let found = occasions.into_iter().find_map(|noun| {
        let deed =
            kids(tokens, noun).into_iter().find(|k| tokens[*k].xpos == "VB" && tokens[*k].rel == "acl")?;
        Some((noun, deed, to(deed)?))
    });
    let Some((noun, deed, to)) = found else { return };
    for at in kids(tokens, deed).into_iter().filter(|k| (noun..to).contains(k)) {
        tokens[at].head = Some(noun);
        tokens[at].rel = "nmod";
    }
    tokens[deed].head = Some(verb);
    tokens[deed].rel = "xcomp";
}

/// "Dicko has offered to mediate, two people close to him said": the content before the verb of saying was given the
/// subject behind it, and the verb of saying the one before it.
fn swapped_subjects(tokens: &mut [Token], say: usize) {
    let only = |at: usize| match kids(tokens, at)
        .into_iter()
        .filter(|k| is_subject(&tokens[*k]))
        .collect::<Vec<_>>()[..]
    {
        [one] => Some(one),
        _ => None,
    };
    let content =
        kids(tokens, say).into_iter().find(|k| *k < say && matches!(tokens[*k].rel, "ccomp" | "parataxis"));
    let Some(content) = content else { return };
    let (Some(first), Some(second)) = (only(say), only(content)) else { return };
    let comma = (content..second).any(|at| tokens[at].lemma == ",");
    if first < content && content < second && second < say && comma {
        tokens[first].head = Some(content);
        tokens[second].head = Some(say);
        tokens[first].rel = tokens[second].rel;
        tokens[second].rel = "nsubj";
    }
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
