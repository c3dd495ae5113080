//! Steps that no frame tells, for the words around them say what they are about.
//!
//! "Ankara was willing to take a greater role" offers to mediate where mediation is spoken of; "would not attend" answers
//! the invitation told just before; "guaranteed that Israel would keep to it" is the word of a guarantor.

use crate::Report;
use crate::act::people::{dedup, sides};
use crate::event::Told;
use crate::tree::Tree;
use detente_types::{
    Act, ActId, ActorRef, Basis, Cited, EventType, Evidence, Modality, Precision, Stage, When,
};

/// Is mediation spoken of in this sentence or in one before?
pub(super) fn of_mediation(report: &Report<'_>, sentence: usize) -> bool {
    let speaks = |tree: &Tree<'_>| {
        (0..tree.len()).any(|n| {
            matches!(
                tree.lemma(n).as_str(),
                "mediate" | "mediation" | "mediator" | "broker" | "facilitator" | "facilitate" | "go-between"
            )
        })
    };
    let lines = report.text.sentences[..=sentence].iter();
    lines.filter_map(|line| line.tree.as_ref()).any(speaks)
}

/// What an operator whose content no frame knows is: "willing to take a greater role", "guaranteed that they would comply".
pub(super) fn of_operator(report: &Report<'_>, t: &Told) -> Option<Stage> {
    let tree = report.text.sentences[t.sentence].tree.as_ref()?;
    let [link] = &t.core.chain[..] else { return None };
    let below = || {
        let words = tree.subtree_without(link.token, &["nsubj", "parataxis", "acl:relcl", "conj"]);
        words.into_iter().filter(|&n| n != link.token).collect::<Vec<_>>()
    };
    let event = &t.event.fact;
    match link.key.as_str() {
        "willing" | "offer" if event.kind == EventType::Agree => {
            let part = |&n: &usize| {
                let verb = tree.head(n).map(|v| tree.lemma(v)).unwrap_or_default();
                matches!(verb.as_str(), "take" | "play" | "assume" | "fill" | "do")
                    && matches!(tree.lemma(n).as_str(), "role" | "part")
                    // "to take part in talks" is to sit at the table.
                    && !tree.kids_by(n, &["nmod", "obl"]).any(|k| tree.case(k).as_deref() == Some("in"))
            };
            // "have also offered to help", and no more.
            let helps = |&n: &usize| {
                matches!(tree.lemma(n).as_str(), "help" | "assist")
                    && tree.is_verb(n)
                    && tree.kid(n, &["obj", "obl", "xcomp", "ccomp"]).is_none()
            };
            let words = below();
            let offers = words.iter().any(|n| part(n) || helps(n)) && of_mediation(report, t.sentence);
            offers.then_some(if event.repeated { Stage::OfferRepeat } else { Stage::Offer })
        }
        "promise" if matches!(tree.lemma(link.token).as_str(), "guarantee" | "vouch") => {
            let keeps = |&n: &usize| {
                matches!(
                    tree.lemma(n).as_str(),
                    "keep"
                        | "honour"
                        | "honor"
                        | "respect"
                        | "observe"
                        | "abide"
                        | "comply"
                        | "adhere"
                        | "stick"
                        | "implement"
                        | "uphold"
                        | "fulfil"
                        | "fulfill"
                )
            };
            below().iter().any(keeps).then_some(Stage::Guarantee)
        }
        _ => None,
    }
}

/// "Both sides", "the two presidents", or several named: those whom the word has for objects are more than one side.
pub(super) fn both(report: &Report<'_>, t: &Told, word: usize) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let several = |&o: &usize| {
        tree.kids_by(o, &["det", "nummod", "amod"]).any(|k| {
            matches!(
                tree.lower(k),
                "both" | "two" | "three" | "all" | "warring" | "rival" | "feuding" | "opposing"
            )
        })
    };
    let objects = crate::args::args(tree, word).obj;
    let named = objects.iter().flat_map(|&o| report.cast.meaning(t.sentence, o).refs.iter());
    let mut sides: Vec<_> = named.map(|r| report.cast.side(&r.actor)).collect();
    sides.sort();
    sides.dedup();
    objects.iter().any(several) || sides.len() > 1
}

/// "Khartoum had received the invitation but would not attend": who stays away, or comes, where the sentence or the one
/// before speaks of an invitation or of talks, answers.
pub(super) fn attendance(report: &Report<'_>, acts: &mut Vec<Cited<Act>>, told: &[Told]) {
    for (s, line) in report.text.sentences.iter().enumerate() {
        let Some(tree) = &line.tree else { continue };
        for verb in (0..tree.len()).filter(|&i| attends_alone(tree, i) && !carries(told, s, i)) {
            if !invited(report, s) {
                continue;
            }
            acts.extend(step(report, s, tree, verb));
        }
    }
    acts.sort_by_key(|a| (a.evidence()[0].sentence, a.fact.trigger.start()));
}

/// "would attend", "will not take part": with a will of one's own, and what of is not said.
fn attends_alone(tree: &Tree<'_>, i: usize) -> bool {
    let comes = match tree.lemma(i).as_str() {
        "attend" | "participate" | "come" | "go" => tree.kid(i, &["obj", "xcomp", "ccomp"]).is_none(),
        "take" => tree.kids_by(i, &["obj"]).any(|k| tree.lemma(k) == "part"),
        _ => false,
    };
    let whereto = tree.kids_by(i, &["obl", "nmod"]).any(|k| {
        !matches!(
            tree.case(k).as_deref(),
            Some("on" | "without" | "until" | "before" | "after" | "if") | None
        )
    });
    let will =
        tree.kids_by(i, &["aux"]).any(|k| matches!(tree.lower(k), "would" | "will" | "wo" | "'d" | "'ll"));
    let motion = matches!(tree.lemma(i).as_str(), "come" | "go");
    // To come and to go is said of much else; only staying away says what of.
    comes
        && (will || willing(tree, i).is_some())
        && !whereto
        && tree.is_verb(i)
        && (!motion || tree.negated(i))
}

/// "willing to attend", "refused to take part": the word that says whether one will.
fn willing(tree: &Tree<'_>, i: usize) -> Option<(usize, bool)> {
    let above = tree.head(i).filter(|_| matches!(tree.base(i), "xcomp" | "advcl" | "ccomp" | "acl"))?;
    let marked = tree.kids_by(i, &["mark"]).any(|k| tree.lower(k) == "to");
    match tree.lemma(above).as_str() {
        "willing" | "ready" | "prepared" | "happy" | "agree" | "promise" if marked => {
            Some((above, !tree.negated(above)))
        }
        "unwilling" | "refuse" | "decline" if marked => Some((above, tree.negated(above))),
        _ => None,
    }
}

fn carries(told: &[Told], s: usize, verb: usize) -> bool {
    told.iter()
        .any(|t| t.sentence == s && t.core.chain.iter().any(|c| c.token == verb) && t.core.act.is_some())
}

fn invited(report: &Report<'_>, s: usize) -> bool {
    let speaks = |tree: &Tree<'_>| {
        (0..tree.len())
            .any(|n| matches!(tree.lemma(n).as_str(), "invitation" | "invite" | "talk" | "negotiation"))
    };
    let lines = report.text.sentences[..=s].iter().rev().take(2);
    lines.filter_map(|line| line.tree.as_ref()).any(speaks)
}

fn step(report: &Report<'_>, s: usize, tree: &Tree<'_>, verb: usize) -> Option<Cited<Act>> {
    let subjects = crate::args::args(tree, verb).subj;
    let mut by: Vec<ActorRef> =
        subjects.into_iter().flat_map(|h| report.cast.meaning(s, h).refs.iter().cloned()).collect();
    dedup(&mut by);
    let trigger = tree.span(verb);
    let told = willing(tree, verb);
    let refuses = told.map_or(tree.negated(verb), |(_, comes)| !comes);
    let open = told.is_some_and(|(word, _)| tree.upos(word) == "ADJ");
    let act = Act {
        id: ActId::of([
            report.text.document.id().as_str(),
            &format!("{}..{}", trigger.start(), trigger.end()),
            "attendance",
        ]),
        stage: if refuses { Stage::Decline } else { Stage::Accept },
        mediators: Vec::new(),
        parties: sides(report, &by),
        by,
        // Who says that he will come has said yes.
        modality: match (refuses, open) {
            (true, _) => Modality::Refused,
            (false, true) => Modality::Willing,
            (false, false) => Modality::Occurred,
        },
        when: When::new(None, report.published.to(), Precision::Before, Basis::Published),
        place: None,
        occasion: None,
        round: None,
        outcome: None,
        event: None,
        words: words(tree, verb),
        trigger,
    };
    let evidence = Evidence {
        document: report.text.document.id().clone(),
        sentence: report.text.sentences[s].span,
        marks: vec![trigger],
        rule: "act/attendance".into(),
        tier: report.tier(s),
    };
    (!act.by.is_empty()).then(|| Cited::new(act, evidence))
}

/// "would not attend", with its auxiliaries.
fn words(tree: &Tree<'_>, verb: usize) -> String {
    let mut ids: Vec<usize> = tree.kids_by(verb, &["aux", "advmod"]).filter(|&k| k < verb).collect();
    ids.extend(tree.kids_by(verb, &["obj"]).filter(|&k| tree.lemma(k) == "part"));
    ids.extend(willing(tree, verb).map(|(word, _)| word));
    ids.push(verb);
    ids.sort_unstable();
    tree.phrase(&ids).to_string()
}
