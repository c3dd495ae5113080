//! Which words attribute: "said", "according", "its claim", "was expected to", the colon of a headline.
//!
//! Every verb, noun, adjective, adverb, preposition and colon is asked; its features are its lemma, its
//! tags, what hangs on it and what it hangs on, marks of quotation near it.

use super::weights::{Features, Task};
use crate::quote::is_mark;
use crate::tree::Tree;

/// A sentence as the scorers see it.
pub(super) struct View<'a, 't> {
    pub(super) tree: &'a Tree<'t>,
    /// Is the word between quotation marks?
    pub(super) inside: Vec<bool>,
    pub(super) first: bool,
    lemmas: Vec<String>,
}

impl<'a, 't> View<'a, 't> {
    pub(super) fn new(tree: &'a Tree<'t>, inside: Vec<bool>, first: bool) -> View<'a, 't> {
        let lemmas = (0..tree.len()).map(|i| tree.lemma(i)).collect();
        View { tree, inside, first, lemmas }
    }

    /// The lemma; names are all alike.
    pub(super) fn lemma(&self, i: usize) -> &str {
        if self.tree.upos(i) == "PROPN" { "#name" } else { &self.lemmas[i] }
    }

    /// The word; names are all alike.
    fn near(&self, i: Option<usize>) -> &str {
        match i.filter(|i| *i < self.tree.len()) {
            Some(i) if self.tree.upos(i) == "PROPN" => "#name",
            Some(i) => self.tree.lower(i),
            None => "#none",
        }
    }

    pub(super) fn is_mark(&self, i: usize) -> bool {
        is_mark(self.tree.word(i))
    }

    pub(super) fn subject(&self, i: usize) -> Option<usize> {
        self.tree.kid(i, &["nsubj"])
    }

    /// What kind of thing a word names: pronouns by themselves, others by tag and kind of mention.
    pub(super) fn kind(&self, i: usize) -> (&str, &str) {
        let tree = self.tree;
        match tree.upos(i) {
            "PRON" => ("PRON", tree.lower(i)),
            tag => (tag, tree.tokens[i].mention.unwrap_or("")),
        }
    }

    /// Preposition or conjunction in front of a phrase or clause.
    pub(super) fn opener(&self, i: usize) -> &str {
        self.tree.kid(i, &["case", "mark"]).map_or("", |k| self.tree.lower(k))
    }
}

/// May the word be a cue at all?
pub(super) fn may_attribute(view: &View<'_, '_>, i: usize) -> bool {
    let tree = view.tree;
    match tree.upos(i) {
        "VERB" | "NOUN" | "ADJ" | "ADP" | "ADV" | "SCONJ" => true,
        "AUX" => !matches!(tree.base(i), "aux" | "cop"),
        "PUNCT" => matches!(tree.lower(i), ":" | "-" | "―"),
        _ => false,
    }
}

/// What the scorer of cues knows of a word.
pub(super) fn features(view: &View<'_, '_>, i: usize, out: &mut Features) {
    itself(view, i, out);
    for &k in view.tree.kids(i) {
        below(view, i, k, out);
    }
    frame(view, i, out);
    surroundings(view, i, out);
    if view.tree.upos(i) == "PUNCT" {
        mark(view, i, out);
    }
}

/// By how much a word is a cue.
pub(super) fn margin(view: &View<'_, '_>, i: usize) -> f32 {
    let mut sum = Features::summed(Task::Cue);
    features(view, i, &mut sum);
    sum.margin()
}

fn itself(view: &View<'_, '_>, i: usize, out: &mut Features) {
    let tree = view.tree;
    let (tag, fine, rel, lemma) = (tree.upos(i), tree.xpos(i), tree.rel(i), view.lemma(i));
    out.add(format_args!("b"));
    out.add(format_args!("u={tag}"));
    out.add(format_args!("x={fine}"));
    out.add(format_args!("r={rel}"));
    out.add(format_args!("xr={fine}{rel}"));
    out.add(format_args!("l={lemma}/{tag}"));
    out.add(format_args!("l={lemma}/{tag}/{}", tree.base(i)));
    if let Some((at, _)) = lemma.char_indices().rev().nth(2) {
        out.add(format_args!("sf={}{tag}", &lemma[at..]));
    }
    if let Some(h) = tree.head(i) {
        out.add(format_args!("hl={}", view.lemma(h)));
        out.add(format_args!("hu={}{rel}", tree.upos(h)));
        out.add(format_args!("lh={lemma}/{}", view.lemma(h)));
    }
}

fn below(view: &View<'_, '_>, i: usize, k: usize, out: &mut Features) {
    let tree = view.tree;
    let (base, lemma) = (tree.base(k), view.lemma(i));
    if base == "punct" {
        if tree.lower(k) == ":" {
            out.add(format_args!("colon"));
        }
        return;
    }
    let opener = match base {
        "obl" | "nmod" | "advcl" | "acl" | "ccomp" | "xcomp" | "obj" => view.opener(k),
        _ => "",
    };
    let side = if k < i { "<" } else { ">" };
    let rel = tree.rel(k);
    out.add(format_args!("k={rel}:{opener}{side}"));
    out.add(format_args!("lk={lemma}/{rel}:{opener}"));
    match base {
        "nsubj" => {
            let (tag, kind) = view.kind(k);
            out.add(format_args!("s={tag}:{kind}"));
            out.add(format_args!("ls={lemma}/{tag}"));
        }
        "obj" | "xcomp" | "ccomp" | "obl" | "nmod" | "compound" | "advmod" | "amod" => {
            let below = view.lemma(k);
            out.add(format_args!("k{base}={below}"));
            out.add(format_args!("l{base}={lemma}/{below}"));
            if base == "obj" {
                let (tag, kind) = view.kind(k);
                out.add(format_args!("o={tag}:{kind}"));
            }
        }
        "aux" => out.add(format_args!("aux={}", tree.lower(k))),
        _ => {}
    }
}

/// All that hangs on the word together, and whose deed it is where no subject of its own says so.
fn frame(view: &View<'_, '_>, i: usize, out: &mut Features) {
    let tree = view.tree;
    let roles =
        ["nsubj", "obj", "ccomp", "xcomp", "obl", "csubj", "iobj", "nmod", "acl", "advcl", "cop", "mark"];
    let held: Vec<&str> = roles.into_iter().filter(|r| tree.kid(i, &[*r]).is_some()).collect();
    out.add(format_args!("ks={}{}", tree.upos(i), held.join(",")));
    if !matches!(tree.upos(i), "VERB" | "AUX") || held.contains(&"nsubj") {
        return;
    }
    let mut at = i;
    for _ in 0..4 {
        let Some(above) =
            tree.head(at).filter(|_| matches!(tree.base(at), "conj" | "xcomp" | "advcl" | "acl"))
        else {
            return;
        };
        let noun = tree.base(at) == "acl";
        if let Some(who) = if noun { Some(above) } else { view.subject(above) } {
            let (tag, kind) = view.kind(who);
            out.add(format_args!("is={tag}:{kind}"));
            return;
        }
        at = above;
    }
}

fn surroundings(view: &View<'_, '_>, i: usize, out: &mut Features) {
    let tree = view.tree;
    let (tag, lemma) = (tree.upos(i), view.lemma(i));
    out.add(format_args!("w-={}", view.near(i.checked_sub(1))));
    out.add(format_args!("w+={}", view.near(Some(i + 1))));
    out.add(format_args!("lw+={lemma}/{}", view.near(Some(i + 1))));
    let left = (1..7).find(|&d| i >= d && view.is_mark(i - d));
    let right = (1..7).find(|&d| i + d < tree.len() && view.is_mark(i + d));
    for (name, distance) in [("ql", left), ("qr", right)] {
        if let Some(d) = distance {
            out.add(format_args!("{name}{}", d.min(4)));
            out.add(format_args!("{name}{tag}"));
        }
    }
    if view.inside[i] {
        out.add(format_args!("inq"));
    }
    if (0..tree.len()).any(|k| view.is_mark(k)) {
        out.add(format_args!("anyq{tag}"));
    }
    if matches!(tree.base(i), "parataxis" | "root") {
        let last = (i + 1..tree.len()).all(|k| tree.base(k) == "punct");
        out.add(format_args!("pos={}{last}", tree.rel(i)));
    }
    if i == 0 {
        out.add(format_args!("first"));
    }
    if view.first {
        out.add(format_args!("headline{tag}"));
    }
}

/// A colon or dash: what stands on both sides of it.
fn mark(view: &View<'_, '_>, i: usize, out: &mut Features) {
    let tree = view.tree;
    let before = i.checked_sub(1);
    out.add(format_args!("m-={}", before.map_or("#none", |b| tree.upos(b))));
    let after = match i + 1 {
        n if n >= tree.len() => "#none",
        n if view.is_mark(n) => "#mark",
        n => tree.upos(n),
    };
    out.add(format_args!("m+={after}"));
    out.add(format_args!("mi={}", i.min(8)));
    out.add(format_args!("mr={}", (tree.len() - i).min(8)));
    out.add(format_args!("mv={}", (0..i).any(|k| tree.upos(k) == "VERB")));
    let spaced = before.is_some_and(|b| tree.tokens[b].end < tree.tokens[i].start);
    out.add(format_args!("ms={spaced}"));
}
