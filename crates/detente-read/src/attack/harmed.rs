//! Sentences that tell the harm of an act and not the act: "It left two guards wounded", "A nurse was injured by
//! the shattered glass", "resulted in the death of a driver", "claimed nine lives". Alone they tell no violence.

use super::Stroke;
use super::phrase::{Kind, Look};
use super::sides;
use crate::Report;
use crate::args::args;
use crate::tree::Tree;
use detente_types::attack::{Execution, Form, Hurt, Victim};
use detente_types::{Attack, Evidence, SentenceKind, When};

/// Every such sentence as a stroke that is nothing without an act before it; `taken` are words that tell acts.
pub(super) fn harms(report: &Report<'_>, taken: &[(usize, usize)]) -> Vec<Stroke> {
    let mut out = Vec::new();
    for (s, line) in report.text.sentences.iter().enumerate() {
        let Some(tree) = line.tree.as_ref().filter(|_| line.kind == SentenceKind::Body) else { continue };
        for i in (0..tree.len()).filter(|&i| !taken.contains(&(s, i))) {
            let Some((heads, hurt)) = harm(tree, i) else { continue };
            let look = Look { report, s, tree };
            let person = |&&h: &&usize| look.kind(h) == Kind::Person || look.person(h).is_some();
            let victims: Vec<Victim> =
                heads.iter().filter(person).flat_map(|&h| sides::victims(&look, h, Some(hurt))).collect();
            if !victims.is_empty() {
                out.push(stroke(report, s, tree, i, victims));
            }
        }
    }
    out
}

/// Who came to harm by a word, and how.
fn harm(tree: &Tree<'_>, i: usize) -> Option<(Vec<usize>, Hurt)> {
    let lemma = tree.lemma(i);
    if tree.is_noun(i) {
        let hurt = match lemma.as_str() {
            "death" => Hurt::Death,
            "injury" | "wound" => Hurt::Injury,
            _ => return None,
        };
        let a = args(tree, i);
        let caused = tree.head(i).is_some_and(|h| {
            matches!(
                tree.lemma(h).as_str(),
                "cause" | "result" | "leave" | "lead" | "provoke" | "produce" | "inflict"
            ) && !tree.negated(h)
        });
        return caused.then(|| (a.under("of").chain(a.under("to")).collect(), hurt));
    }
    if !tree.is_verb(i) && tree.upos(i) != "ADJ" || tree.negated(i) {
        return None;
    }
    let a = args(tree, i);
    let life = a.obj.iter().copied().find(|&o| tree.lemma(o) == "life");
    match lemma.as_str() {
        "die" | "perish" => Some((a.subj, Hurt::Death)),
        "injure" | "wound" | "hurt" => Some((a.obj, Hurt::Injury)),
        "kill" | "murder" => Some((a.obj, Hurt::Death)),
        "riddle" => Some((a.obj, Hurt::Death)),
        "claim" | "cost" | "take" => life.map(|l| (args(tree, l).under("of").collect(), Hurt::Death)),
        "lose" => life.map(|_| (a.subj, Hurt::Death)),
        "dead" | "wounded" | "injured" => {
            left(tree, i).map(|heads| (heads, if lemma == "dead" { Hurt::Death } else { Hurt::Injury }))
        }
        _ => None,
    }
}

/// "left five clerks dead", "left five dead and three wounded": those who were left so.
fn left(tree: &Tree<'_>, i: usize) -> Option<Vec<usize>> {
    let first = tree.first_conjunct(i);
    let verb = tree.head(first).filter(|&h| tree.lemma(h) == "leave" && !tree.negated(h))?;
    let own = args(tree, i).subj;
    Some(if own.is_empty() { args(tree, verb).obj } else { own })
}

fn stroke(report: &Report<'_>, s: usize, tree: &Tree<'_>, i: usize, victims: Vec<Victim>) -> Stroke {
    let attack = Attack {
        events: Vec::new(),
        form: Form::Attack,
        execution: Execution::Accomplished,
        modes: Vec::new(),
        when: When::unknown(),
        place: None,
        places: Vec::new(),
        weapons: Vec::new(),
        people: Vec::new(),
        doers: Vec::new(),
        actors: Vec::new(),
        targets: Vec::new(),
        victims,
        harmless: false,
    };
    let sentence = report.text.sentences[s].span;
    let evidence = Evidence {
        document: report.text.document.id().clone(),
        sentence,
        marks: vec![tree.span(i)],
        rule: "attack/harm".to_string(),
        tier: report.tier(s),
    };
    Stroke {
        attack,
        sentence: s,
        token: i,
        evidence,
        known: false,
        passing: true,
        noun: tree.is_noun(i),
        other: false,
        harm: true,
        traits: vec!["harm".to_string()],
    }
}
