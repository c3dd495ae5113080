//! Does a word that fits a frame tell an event here, or only refer to one?
//!
//! "After the attack", "the talks' venue", "in retaliation for …" refer; "an attack that left 26 dead", "clashes erupted",
//! "carried out strikes" tell. Frames that tell only with actor and recipient are asked for them here.

use super::core::People;
use super::frame::Trigger;
use super::slots::Slots;
use crate::Report;
use crate::tree::Tree;
use detente_knowledge::lexicon::{Frame, Part};
use detente_types::{ActorRef, EventType, Quad};

/// Do the words tell an event with these people, or with as few?
pub(super) fn tells(
    slots: &Slots<'_, '_>,
    t: &Trigger,
    frame: &Frame,
    people: &People,
    referred: bool,
) -> bool {
    let (report, s, tree) = (slots.report, slots.s, slots.tree);
    let People { actors, recipients, .. } = people;
    if t.noun && predicate(tree, t.token) {
        return false;
    }
    // "a plea for the release of the hostages": what is asked for need not say who and to whom.
    let asked = (t.weak || frame.needs_party) && t.noun && t.scope.operator.is_some();
    let crowd = |&h: &usize| matches!(tree.lemma(h).as_str(), "ten" | "hundred" | "thousand");
    let asked = asked || frame.kind == EventType::Protest && !t.noun && t.args.subj.iter().any(crowd);
    let gathered = asked
        || in_force(tree, t.token) && frame.class == "restrict"
        || frame.needs_party && !t.weak && gathers(tree, t)
        || t.noun && frame.class == "ceasefire" && caused(report, tree, t);
    if (t.weak || frame.needs_party)
        && !gathered
        && (actors.is_empty() || recipients.is_empty() && actors.len() < 2)
        && !carried(tree, t, actors)
    {
        return false;
    }
    if frame.needs_recipient && recipients.is_empty() {
        return false;
    }
    let alone = || !referred && idle(report, s, tree, t, actors, recipients);
    if t.noun && (means_of(report, tree, t) || answer(tree, t.token) || alone()) {
        return false;
    }
    // "neither confirmed nor denied" denies nothing.
    !(frame.kind == EventType::Deny && t.scope.negated)
}

/// "efforts that produced ceasefire agreements": it came about.
fn caused(report: &Report<'_>, tree: &Tree<'_>, t: &Trigger) -> bool {
    let first = tree.first_conjunct(t.token);
    let verb = tree.head(first).filter(|&v| tree.is_verb(v) && matches!(tree.base(first), "obj" | "obl"));
    verb.is_some_and(|v| report.knowledge.lexicon().in_class("cause", &tree.lemma(v)))
}

/// "the two generals met", "commanders from both sides are to meet", "the committee will meet".
fn gathers(tree: &Tree<'_>, t: &Trigger) -> bool {
    let several = |h: usize| {
        let plural = tree.xpos(h).ends_with('S');
        let words = tree.subtree_without(h, &["acl:relcl"]);
        plural
            && words.iter().any(|&n| {
                matches!(tree.lower(n), "two" | "three" | "four" | "both" | "all" | "sides" | "parties")
            })
            || matches!(
                tree.lemma(h).as_str(),
                "committee"
                    | "commission"
                    | "council"
                    | "group"
                    | "panel"
                    | "quartet"
                    | "side"
                    | "delegation"
                    | "negotiator"
            )
    };
    !t.noun && t.args.obj.is_empty() && t.args.subj.iter().any(|&h| several(h))
}

/// An event noun that a light verb or a verb of occurring makes an assertion.
fn carried(tree: &Tree<'_>, t: &Trigger, actors: &[ActorRef]) -> bool {
    // "Talks resumed in Nairobi": news, whoever took part.
    let talks = tree.xpos(t.token) == "NNS" && matches!(tree.lemma(t.token).as_str(), "talk" | "negotiation");
    t.noun && (!actors.is_empty() || talks) && (t.scope.light.is_some() || happens(tree, t.token))
}

/// "The wait was torture": the noun only says what something is like.
fn predicate(tree: &Tree<'_>, noun: usize) -> bool {
    let told = |k: usize| tree.case(k).is_some_and(|c| matches!(c.as_str(), "of" | "by" | "on" | "against"));
    tree.kid(noun, &["cop"]).is_some()
        && tree.xpos(noun) == "NN"
        && tree.kid(noun, &["det", "nummod", "nmod:poss", "amod", "compound", "acl", "case"]).is_none()
        && !tree.kids_by(noun, &["nmod"]).any(told)
}

/// "a curfew took effect", "martial law came into force", "a ban is in place".
fn in_force(tree: &Tree<'_>, noun: usize) -> bool {
    let verb = tree.head(noun).filter(|_| tree.base(noun) == "nsubj");
    let word = |n: usize| matches!(tree.lower(n), "effect" | "force" | "place");
    verb.is_some_and(|v| {
        word(v) && tree.case(v).as_deref() == Some("in")
            || matches!(tree.lemma(v).as_str(), "take" | "come" | "go" | "enter" | "remain" | "be" | "stay")
                && tree.kids_by(v, &["obj", "obl"]).any(word)
    })
}

/// "clashes erupted", "talks resumed", "an attack took place".
pub(super) fn happens(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(tree.base(noun), "nsubj")
        && tree.head(noun).is_some_and(|h| {
            matches!(
                tree.lemma(h).as_str(),
                "erupt"
                    | "break"
                    | "begin"
                    | "start"
                    | "resume"
                    | "continue"
                    | "take"
                    | "occur"
                    | "happen"
                    | "flare"
                    | "rage"
                    | "intensify"
                    | "escalate"
                    | "ensue"
                    | "rock"
                    | "shake"
                    | "kill"
                    | "leave"
                    | "hit"
                    | "strike"
                    | "collapse"
                    | "fail"
                    | "end"
                    | "follow"
                    | "spread"
                    | "subside"
                    | "claim"
                    | "injure"
                    | "wound"
                    | "target"
                    | "destroy"
                    | "open"
                    | "conclude"
                    | "come"
                    | "go"
                    | "last"
                    | "enter"
                    | "displace"
                    | "drive"
                    | "force"
            )
        })
}

/// "retaliated with artillery and drone strikes": the noun names the means of the verb's event.
fn means_of(report: &Report<'_>, tree: &Tree<'_>, t: &Trigger) -> bool {
    let first = tree.first_conjunct(t.token);
    let with = tree.case(first).is_some_and(|c| matches!(c.as_str(), "with" | "by" | "through" | "using"));
    let verb = tree.head(first).filter(|&h| with && tree.is_verb(h));
    verb.is_some_and(|v| !report.knowledge.lexicon().frames_of(Part::Verb, &tree.lemma(v)).is_empty())
        && tree.base(first) == "obl"
}

/// "shelled the town in retaliation for …", "as a reprisal": why it was done, and no second deed.
fn answer(tree: &Tree<'_>, noun: usize) -> bool {
    let lemma = tree.lemma(noun);
    matches!(lemma.as_str(), "retaliation" | "reprisal" | "revenge" | "counterattack")
        && tree.aside(noun, tree.ancestors(noun).last().unwrap_or(noun)) == Some(noun)
}

/// A noun that only refers to a happening ("after the attack", "the talks' venue") tells none.
fn idle(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    t: &Trigger,
    actors: &[ActorRef],
    recipients: &[ActorRef],
) -> bool {
    if t.scope.light.is_some()
        || t.scope.operator.is_some()
        || happens(tree, t.token)
        || in_force(tree, t.token)
        || !t.scope.speech.is_empty() && !actors.is_empty()
    {
        return false;
    }
    if long_war(tree, t.token) || announced(tree, t.token) {
        return true;
    }
    let headline = tree.head(t.token).is_none();
    let kills = report.knowledge.lexicon().frames()[t.frame].class == "kill"
        && t.args.under("of").any(|h| tree.is_noun(h));
    // "the arrest of a bishop drew crowds": who suffered it is said, so the noun tells it.
    let frame = &report.knowledge.lexicon().frames()[t.frame];
    let subject = matches!(tree.base(tree.first_conjunct(t.token)), "nsubj");
    let kills = kills
        || subject
            && matches!(frame.kind.quad(), Some(Quad::MaterialConflict | Quad::MaterialCooperation))
            && tree.kids_by(t.token, &["nmod"]).any(|k| tree.case(k).as_deref() == Some("of"));
    let named = !actors.is_empty() || !recipients.is_empty() || kills;
    let definite = tree.kids_by(t.token, &["det"]).any(|d| {
        matches!(tree.lower(d), "the" | "this" | "that" | "these" | "those" | "such" | "any" | "no")
    });
    // "acquitted of murder", "wanted for an attack": the deed of a trial is not told.
    let tried = tree
        .case(t.token)
        .is_some_and(|c| matches!(c.as_str(), "of" | "for" | "with" | "on" | "over" | "in"))
        && tree.head(t.token).is_some_and(|h| {
            matches!(
                tree.lemma(h).as_str(),
                "convict"
                    | "acquit"
                    | "charge"
                    | "sentence"
                    | "try"
                    | "suspect"
                    | "jail"
                    | "wanted"
                    | "want"
                    | "guilty"
                    | "indict"
                    | "extradite"
                    | "arrest"
            )
        });
    if tried {
        return true;
    }
    let dated = dated(report, s, t.token);
    // "following an attack that left 26 people dead": what came of it makes it one too.
    if dated || frame.kind == EventType::Assault && super::detail::consequence(tree, t.token).is_some() {
        return false;
    }
    let only_modifier = matches!(tree.base(t.token), "compound" | "amod" | "flat");
    if only_modifier {
        return true;
    }
    if headline {
        return !named;
    }
    let argument =
        matches!(tree.base(t.token), "nsubj" | "obj") && !definite || t.scope.modality.is_some() && !definite;
    !argument && (!named || definite && actors.is_empty() && !kills)
}

/// "ending 14 months of fighting": a whole war, and nothing of that day.
fn long_war(tree: &Tree<'_>, noun: usize) -> bool {
    let of = tree.case(noun).as_deref() == Some("of") && tree.base(noun) == "nmod";
    tree.head(noun).filter(|_| of).is_some_and(|h| {
        matches!(tree.lemma(h).as_str(), "week" | "month" | "year" | "decade" | "generation")
    })
}

/// "It was the third attack in two days", "in response to attacks on Beirut": counts or names deeds, and tells none.
fn announced(tree: &Tree<'_>, noun: usize) -> bool {
    let it = tree.kid(noun, &["nsubj"]).is_some_and(|k| matches!(tree.lower(k), "it" | "this" | "that"));
    let counted = tree.kids_by(noun, &["amod"]).any(|k| tree.xpos(k) == "JJ" && is_ordinal(tree.lower(k)));
    let copula = tree.kid(noun, &["cop"]).is_some();
    let plain = tree.xpos(noun) == "NNS"
        && tree.kid(noun, &["det", "nmod:poss", "nummod", "amod", "acl"]).is_none()
        && tree.head(noun).is_some_and(|h| tree.aside(noun, tree.ancestors(h).last().unwrap_or(h)).is_some());
    let unreal = || {
        tree.ancestors(noun)
            .any(|a| tree.kids_by(a, &["aux"]).any(|x| matches!(tree.lower(x), "would" | "will")))
    };
    copula && it && counted || plain && unreal()
}

fn is_ordinal(word: &str) -> bool {
    crate::time::ordinal(word).is_some() || matches!(word, "latest" | "last" | "deadliest" | "worst")
}

/// "after the fighting in May": the date makes it a telling of its own.
fn dated(report: &Report<'_>, s: usize, noun: usize) -> bool {
    let Some(tree) = report.text.sentences[s].tree.as_ref() else { return false };
    report.exprs[s].iter().filter(|e| !e.value.undated()).any(|e| {
        let top = (e.first..=e.last).find(|&n| tree.head(n).is_none_or(|h| h < e.first || h > e.last));
        top.and_then(|n| tree.head(n)) == Some(noun)
    })
}
