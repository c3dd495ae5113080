//! Who says what, directly and indirectly: source, cue and content as stretches of text.
//!
//! # How
//! 1. Verbs of saying with a clause: "officials said that …", "…, the envoy added".
//! 2. "according to": the clause it hangs on.
//! 3. Nouns of saying with a clause: "a statement that …", "its claim that …".
//! 4. Quotations whose speaker stands outside their sentence.
//!
//! # From
//! PARC3 (Pareti 2016) for source, cue, content; verb and noun cues as in Muzny et al. 2017.

use crate::Report;
use crate::args::args;
use crate::tree::Tree;
use detente_types::{ActorRef, Attribution, SentenceKind, Span, Strength};

/// Every attribution of the report, in text order.
pub(crate) fn attributions(report: &Report<'_>) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::new();
    for (s, line) in report.text.sentences.iter().enumerate() {
        let Some(tree) = line.tree.as_ref().filter(|_| line.kind != SentenceKind::Link) else { continue };
        for i in 0..tree.len() {
            out.extend(by_verb(report, s, tree, i));
            out.extend(by_according(report, s, tree, i));
            out.extend(by_noun(report, s, tree, i));
        }
    }
    for quoted in &report.quotes {
        let (Some(cue), Some(who)) = (quoted.cue, &quoted.speaker) else { continue };
        if !out.iter().any(|a| a.content.overlaps(quoted.words)) {
            let strength = quoted.strength;
            out.push(Attribution {
                source: who.span,
                speaker: vec![who.clone()],
                cue,
                content: quoted.words,
                strength,
            });
        }
    }
    out.sort_by_key(|a| (a.content, a.cue));
    out.dedup();
    out
}

fn speakers(report: &Report<'_>, s: usize, heads: &[usize]) -> Vec<ActorRef> {
    heads.iter().flat_map(|&h| report.cast.meaning(s, h).refs.iter().cloned()).collect()
}

/// The phrase of a source: without clauses that hang on it.
fn source(tree: &Tree<'_>, heads: &[usize]) -> Option<Span> {
    let ids: Vec<usize> =
        heads.iter().flat_map(|&h| tree.subtree_without(h, &["acl:relcl", "parataxis", "case"])).collect();
    (!ids.is_empty()).then(|| tree.span_of(&trim(tree, ids)))
}

fn trim(tree: &Tree<'_>, mut ids: Vec<usize>) -> Vec<usize> {
    ids.sort_unstable();
    let mark =
        |n: usize| tree.word(n).chars().all(|c| !c.is_alphanumeric() && !matches!(c, '"' | '“' | '”' | '$'));
    while ids.last().is_some_and(|&n| mark(n)) {
        ids.pop();
    }
    while ids.first().is_some_and(|&n| mark(n)) {
        ids.remove(0);
    }
    ids
}

fn by_verb(report: &Report<'_>, s: usize, tree: &Tree<'_>, v: usize) -> Option<Attribution> {
    if !tree.is_verb(v) {
        return None;
    }
    let strength = report.knowledge.lexicon().speech_verb(&tree.lemma(v))?;
    let a = args(tree, v);
    let content = content(report, tree, v)?;
    // The speaker stands outside what is said.
    let outside = |h: &usize| !content.contains(h);
    let heads: Vec<usize> = a.subj.iter().copied().filter(outside).collect();
    if heads.is_empty() && !a.passive {
        return None;
    }
    let strength = if heads.is_empty() { Strength::Reported } else { strength };
    let content = trim(tree, content);
    Some(Attribution {
        source: source(tree, &heads),
        speaker: speakers(report, s, &heads),
        cue: tree.span(v),
        content: tree.span_of(&content),
        strength,
    })
}

/// What a verb of saying says: its clause, the sentence it is put into, or the quotation beside it.
fn content(report: &Report<'_>, tree: &Tree<'_>, v: usize) -> Option<Vec<usize>> {
    if let Some(k) = tree.kid(v, &["ccomp"]) {
        return Some(tree.subtree(k));
    }
    if tree.base(v) == "parataxis" {
        let root = tree.head(v)?;
        let own = tree.subtree(v);
        let rest: Vec<usize> = tree.subtree(root).into_iter().filter(|n| !own.contains(n)).collect();
        return (!rest.is_empty()).then_some(rest);
    }
    let infinitive = tree.kid(v, &["xcomp"]).filter(|_| {
        matches!(
            tree.lemma(v).as_str(),
            "claim"
                | "promise"
                | "vow"
                | "pledge"
                | "threaten"
                | "say"
                | "refuse"
                | "agree"
                | "offer"
                | "urge"
                | "ask"
                | "demand"
        )
    });
    if let Some(k) = infinitive {
        return Some(tree.subtree(k));
    }
    let quoted: Vec<usize> =
        (0..tree.len()).filter(|&n| report.quotes.iter().any(|q| q.words.contains(tree.span(n)))).collect();
    let beside: Vec<usize> = quoted.into_iter().filter(|&n| tree.is_under(n, v)).collect();
    if !beside.is_empty() {
        return Some(beside);
    }
    // "blamed the strike on …", "called it a mistake": the object is what is said.
    let phrase = tree
        .kids_by(v, &["obj", "xcomp", "obl"])
        .filter(|&k| k > v && tree.rel(k) != "obl:unmarked")
        .find(|&k| {
            tree.base(k) != "obl"
                || tree.case(k).is_some_and(|c| matches!(c.as_str(), "of" | "about" | "as" | "for"))
        });
    phrase.map(|k| tree.subtree(k))
}

fn by_according(report: &Report<'_>, s: usize, tree: &Tree<'_>, i: usize) -> Option<Attribution> {
    let according = tree.case(i).is_some_and(|c| c.starts_with("according")) && tree.base(i) != "conj";
    let (head, cue) = if according {
        (i, tree.kid(i, &["case"])?)
    } else if tree.lower(i) == "according" {
        (tree.kid(i, &["obl", "nmod"])?, i)
    } else {
        return None;
    };
    let top = if according { i } else { cue };
    let clause = tree.head(top)?;
    let own = tree.subtree(top);
    let rest: Vec<usize> = tree.subtree(clause).into_iter().filter(|n| !own.contains(n)).collect();
    let rest = trim(tree, rest);
    if rest.is_empty() {
        return None;
    }
    let heads = tree.conjuncts(head);
    let mut words: Vec<usize> = vec![cue];
    words.extend(tree.kids_by(cue, &["fixed"]));
    Some(Attribution {
        source: source(tree, &heads),
        speaker: speakers(report, s, &heads),
        cue: tree.span_of(&words),
        content: tree.span_of(&rest),
        strength: Strength::Said,
    })
}

fn by_noun(report: &Report<'_>, s: usize, tree: &Tree<'_>, i: usize) -> Option<Attribution> {
    if tree.upos(i) != "NOUN" {
        return None;
    }
    let strength = report.knowledge.lexicon().speech_noun(&tree.lemma(i))?;
    let clause = tree.kids_by(i, &["acl", "ccomp"]).find(|&k| {
        tree.rel(k) != "acl:relcl" && tree.kids_by(k, &["mark"]).any(|m| tree.lower(m) == "that")
    })?;
    let a = args(tree, i);
    let mut heads = a.poss.clone();
    heads.extend(a.under("by").chain(a.under("from")).chain(a.under("of")));
    if heads.is_empty() {
        heads.extend(a.adj.iter().copied().filter(|&n| tree.word(n).starts_with(char::is_uppercase)));
    }
    let content = trim(tree, tree.subtree(clause));
    Some(Attribution {
        source: source(tree, &heads),
        speaker: speakers(report, s, &heads),
        cue: tree.span(i),
        content: tree.span_of(&content),
        strength,
    })
}
