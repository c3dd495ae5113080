//! Two ends of a sentence to features: words, the way between them, what the lexicon and the rules make of it.

use crate::Report;
use crate::event::Told;
use crate::scope::part_of;
use crate::tree::Tree;
use detente_types::{ActorId, ActorRef, EventType, Modality, Polarity};
use std::collections::BTreeSet;
use std::fmt::Display;

/// Steps of the way between two ends that still tell something.
const LONG: usize = 7;

/// The features of two ends, which are these words of sentence `s`.
pub(super) fn features(
    report: &Report<'_>,
    told: &[Told],
    s: usize,
    from: &[usize],
    to: &[usize],
) -> Vec<String> {
    let Some(tree) = &report.text.sentences[s].tree else { return Vec::new() };
    let mut view = View { report, s, tree, from, to, out: BTreeSet::new() };
    view.words();
    view.rules(told);
    let (first, second) = (head(tree, from), head(tree, to));
    // Where an end is not named, the sentence's own predicate stands for it.
    let root = (0..tree.len()).find(|&i| tree.head(i).is_none()).unwrap_or(0);
    view.end("a", first);
    view.end("b", second);
    let (a, b) = (first.unwrap_or(root), second.unwrap_or(root));
    let way = way(tree, a, b);
    view.way(&way, a, b);
    view.out.into_iter().collect()
}

/// The highest of some words.
fn head(tree: &Tree<'_>, words: &[usize]) -> Option<usize> {
    words.iter().copied().find(|&i| tree.head(i).is_none_or(|h| !words.contains(&h)))
}

/// The way in the tree from one end to the other.
struct Way {
    /// From the first end up, the word that both hang on last.
    up: Vec<usize>,
    /// From there down to the second end, without the top.
    down: Vec<usize>,
}

impl Way {
    fn top(&self, a: usize) -> usize {
        self.up.last().copied().unwrap_or(a)
    }

    /// The words of the way without its ends.
    fn between(&self, a: usize, b: usize) -> Vec<usize> {
        self.up.iter().chain(&self.down).copied().filter(|&n| n != a && n != b).collect()
    }
}

fn way(tree: &Tree<'_>, a: usize, b: usize) -> Way {
    let chain = |i: usize| std::iter::once(i).chain(tree.ancestors(i)).collect::<Vec<_>>();
    let (mut up, mut down) = (chain(a), chain(b));
    let meet = up.iter().find(|n| down.contains(n)).copied();
    if let Some(top) = meet {
        up.truncate(up.iter().position(|&n| n == top).map_or(up.len(), |at| at + 1));
        down.truncate(down.iter().position(|&n| n == top).unwrap_or(down.len()));
    }
    down.reverse();
    Way { up, down }
}

struct View<'a, 't> {
    report: &'a Report<'t>,
    s: usize,
    tree: &'a Tree<'t>,
    from: &'a [usize],
    to: &'a [usize],
    out: BTreeSet<String>,
}

impl View<'_, '_> {
    fn add(&mut self, name: &str, value: impl Display) {
        self.out.insert(format!("{name}={value}"));
    }

    /// The lemma of a word that is no name, number or mark.
    fn lemma(&self, i: usize) -> Option<String> {
        let lemma = self.tree.lemma(i);
        let plain = lemma.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !lemma.is_empty();
        (plain && !matches!(self.tree.upos(i), "PROPN" | "NUM" | "PUNCT" | "SYM" | "X")).then_some(lemma)
    }

    fn words(&mut self) {
        let (tree, n) = (self.tree, self.tree.len());
        let edges = |list: &[usize]| Some((*list.first()?, *list.last()?));
        let between = match (edges(self.from), edges(self.to)) {
            (Some(a), Some(b)) => a.1.min(b.1) + 1..a.0.max(b.0).max(a.1.min(b.1) + 1),
            _ => 0..n,
        };
        self.out.insert("bias".to_string());
        if let (Some(a), Some(b)) = (edges(self.from), edges(self.to)) {
            self.add("order", a.0 < b.0);
        }
        for i in (0..n).filter(|i| !self.from.contains(i) && !self.to.contains(i)) {
            let Some(lemma) = self.lemma(i) else { continue };
            self.add("w", &lemma);
            if between.contains(&i) {
                self.add("i", &lemma);
            }
            self.known("k", i);
        }
        for i in 0..n {
            if tree.negated(i) {
                self.add("not", tree.lemma(i));
            }
        }
    }

    /// The types of which the lexicon lists the word, whether or not the rest fits.
    fn known(&mut self, name: &str, i: usize) {
        let (tree, lexicon) = (self.tree, self.report.knowledge.lexicon());
        let Some(part) = part_of(tree, i) else { return };
        let lemma = tree.lemma(i);
        for hit in lexicon.frames_of(part, &lemma) {
            let frame = &lexicon.frames()[hit.entry];
            self.add(name, frame.kind.code());
        }
        for hit in lexicon.operators_of(part, &lemma) {
            self.add(name, &lexicon.operators()[hit.entry].key);
        }
    }

    /// What an end is, and the words of its phrase.
    fn end(&mut self, name: &str, head: Option<usize>) {
        let tree = self.tree;
        let Some(head) = head else {
            self.add(&format!("{name}u"), "none");
            return;
        };
        let token = &tree.tokens[head];
        self.add(&format!("{name}u"), tree.upos(head));
        self.add(&format!("{name}k"), token.mention.unwrap_or("-"));
        self.add(&format!("{name}r"), tree.rel(head));
        let inside = if name == "a" { self.from } else { self.to };
        for &i in inside {
            if let Some(lemma) = self.lemma(i).filter(|_| tree.upos(i) != "DET") {
                self.add(&format!("{name}w"), lemma);
            }
            self.known(&format!("{name}t"), i);
        }
        let kinds: BTreeSet<String> = self
            .report
            .cast
            .meaning(self.s, head)
            .refs
            .iter()
            .filter_map(|r| self.report.cast.actor(&r.actor))
            .map(|x| format!("{:?}{}", x.kind, x.sector.map(|s| format!("{s:?}")).unwrap_or_default()))
            .collect();
        for kind in kinds {
            self.add(&format!("{name}m"), kind);
        }
    }

    fn way(&mut self, way: &Way, a: usize, b: usize) {
        let tree = self.tree;
        let rels = |list: &[usize]| list.iter().map(|&n| tree.base(n)).collect::<Vec<_>>();
        let arm = |i: usize| match tree.case(i) {
            Some(case) => format!("{}:{case}", tree.rel(i)),
            None => tree.rel(i).to_string(),
        };
        let top = way.top(a);
        let up = &way.up[..way.up.len().saturating_sub(1)];
        if up.len() + way.down.len() <= LONG {
            self.add("p", format!("{}|{}", rels(up).join("^"), rels(&way.down).join("v")));
        }
        let (left, right) = (up.last().map(|&n| arm(n)), way.down.first().map(|&n| arm(n)));
        let (left, right) = (left.unwrap_or_default(), right.unwrap_or_default());
        let passive = crate::args::is_passive(tree, top);
        self.add("arms", format!("{left}|{right}|{passive}"));
        self.add("steps", up.len().min(4) * 10 + way.down.len().min(4));
        for i in way.between(a, b) {
            let Some(lemma) = self.lemma(i) else { continue };
            self.add("n", &lemma);
            self.add("nr", format!("{lemma}/{}", tree.base(i)));
            self.known("kn", i);
            if tree.negated(i) {
                self.out.insert("negated".to_string());
            }
        }
        if let Some(lemma) = self.lemma(top) {
            self.add("t", &lemma);
            self.add("tl", format!("{lemma}/{left}"));
            self.add("tr", format!("{lemma}/{right}"));
            self.known("kt", top);
        }
        for &k in tree.kids(top) {
            let Some(lemma) = self.lemma(k).filter(|_| !self.from.contains(&k) && !self.to.contains(&k))
            else {
                continue;
            };
            self.add("tk", format!("{}/{lemma}", tree.base(k)));
            self.known(&format!("kk{}", tree.base(k)), k);
        }
    }

    /// The events that the rules tell in the sentence: each type, and the one that joins the two ends best.
    fn rules(&mut self, told: &[Told]) {
        let (from, to) = (self.touch(self.from), self.touch(self.to));
        let mut here: Vec<&Told> =
            told.iter().filter(|t| t.sentence == self.s && t.event.kind.is_plover()).collect();
        here.sort_by_key(|t| rank(self.tree, t));
        // `max_by_key` gives the last of equals, and the main event stands first.
        let best = here.iter().rev().max_by_key(|t| joins(self.tree, t, &from, &to)).copied();
        let Some(best) = best else {
            self.add("r", "none");
            return;
        };
        let (kind, how) = (root(best.event.kind), joins(self.tree, best, &from, &to));
        self.add("r", kind);
        self.add("rh", format!("{kind}/{how}"));
        self.add("h", how);
        self.add("f", &best.core.rule);
        if let Some(mode) = best.event.modes.first() {
            self.add("m", mode.code());
        }
        if best.event.modality != Modality::Occurred || best.event.polarity == Polarity::Negated {
            self.add("rm", format!("{:?}{:?}", best.event.modality, best.event.polarity));
        }
        for link in &best.core.chain {
            self.add("c", &link.key);
        }
        for t in here {
            self.add("e", root(t.event.kind));
        }
    }

    fn touch<'w>(&self, words: &'w [usize]) -> Touch<'w> {
        let refs = words.iter().flat_map(|&n| &self.report.cast.meaning(self.s, n).refs);
        Touch { words, actors: refs.map(|r| r.actor.clone()).collect() }
    }
}

/// Declared and carried-out concessions are told apart by nobody but us.
fn root(kind: EventType) -> &'static str {
    if kind == EventType::Retreat { EventType::Concede.code() } else { kind.code() }
}

/// The main event first: affirmed, high in the tree, early.
fn rank(tree: &Tree<'_>, t: &Told) -> (bool, usize, usize) {
    (t.event.polarity == Polarity::Negated, tree.ancestors(t.core.token).count(), t.core.token)
}

/// An end: its words and the actors that they stand for.
struct Touch<'w> {
    words: &'w [usize],
    actors: BTreeSet<ActorId>,
}

impl Touch<'_> {
    fn touched_by(&self, tree: &Tree<'_>, list: &[ActorRef]) -> bool {
        let marked =
            |r: &ActorRef| r.span.is_some_and(|span| self.words.iter().any(|&n| tree.span(n).overlaps(span)));
        list.iter().any(|r| marked(r) || self.actors.contains(&r.actor))
    }
}

/// How an event joins the two ends: 4 from the first to the second, 3 both in other roles, 2 one in its own role, 1 one
/// in another, 0 not.
fn joins(tree: &Tree<'_>, t: &Told, from: &Touch<'_>, to: &Touch<'_>) -> usize {
    let event = &t.event;
    let all = [&event.actors[..], &event.recipients[..], &event.others[..]].concat();
    let (first, second) = (from.touched_by(tree, &all), to.touched_by(tree, &all));
    let (acts, suffers) = (from.touched_by(tree, &event.actors), to.touched_by(tree, &event.recipients));
    match (acts, suffers) {
        (true, true) => 4,
        _ if first && second => 3,
        (true, _) | (_, true) => 2,
        _ => usize::from(first || second),
    }
}
