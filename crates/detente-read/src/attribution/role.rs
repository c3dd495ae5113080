//! Whose words they are and which: the source and the content of a cue, as phrases of its sentence.
//!
//! Candidates for the source are the nominals near the cue in the tree; candidates for the content are the phrases
//! near it, and the clauses above it without the branch that holds it ("It rained, *she said*"). A trained scorer
//! picks one of each, or no source.

use super::cue::View;
use super::weights::{Features, Task};

/// Steps in the tree between cue and candidate, at most.
const FAR: usize = 4;

/// A candidate: the word that heads it, the way to it, all its words.
pub(super) struct Candidate {
    pub(super) head: usize,
    path: String,
    steps: usize,
    pub(super) words: Vec<usize>,
    /// It is above the cue: a clause without the cue's own branch.
    above: bool,
}

/// Labels up from `i` to the word that both hang on, then down to `j`; and how many.
fn path(view: &View<'_, '_>, i: usize, j: usize) -> Option<(String, usize)> {
    let tree = view.tree;
    let up: Vec<usize> = std::iter::once(i).chain(tree.ancestors(i).take(FAR)).collect();
    let down: Vec<usize> = std::iter::once(j).chain(tree.ancestors(j).take(FAR)).collect();
    let (u, d) = (0..up.len()).find_map(|u| Some((u, down.iter().position(|n| *n == up[u])?)))?;
    if u + d > FAR {
        return None;
    }
    let rels = |list: &[usize]| list.iter().map(|&n| tree.rel(n)).collect::<Vec<_>>();
    let mut below = rels(&down[..d]);
    below.reverse();
    Some((format!("{}|{}", rels(&up[..u]).join("^"), below.join("v")), u + d))
}

/// Who may be the source of the cue `i`.
pub(super) fn sources(view: &View<'_, '_>, i: usize) -> Vec<Candidate> {
    let tree = view.tree;
    let nominal = |j: usize| match tree.upos(j) {
        "NOUN" | "PROPN" | "PRON" | "NUM" => true,
        "DET" | "ADJ" => match tree.base(j) {
            "nsubj" | "obl" | "nmod" | "obj" | "conj" => true,
            "amod" => tree.word(j).starts_with(char::is_uppercase),
            _ => false,
        },
        _ => false,
    };
    let near = (0..tree.len()).filter(|&j| j != i && nominal(j));
    near.filter_map(|head| {
        let (path, steps) = path(view, i, head)?;
        Some(Candidate { head, path, steps, words: vec![head], above: false })
    })
    .collect()
}

/// What may be the content of the cue `i`.
pub(super) fn contents(view: &View<'_, '_>, i: usize) -> Vec<Candidate> {
    let tree = view.tree;
    let small = ["punct", "aux", "cop", "det", "cc"];
    let mut out: Vec<(usize, Option<usize>)> = Vec::new();
    for &k in tree.kids(i).iter().filter(|&&k| !small.contains(&tree.base(k))) {
        out.push((k, None));
        let inner =
            tree.kids_by(k, &["nmod", "acl", "obj", "ccomp", "xcomp", "obl", "conj", "advcl", "appos"]);
        out.extend(inner.map(|g| (g, None)));
    }
    let mut branch = i;
    for above in tree.ancestors(i).take(FAR) {
        out.push((above, Some(branch)));
        let beside = tree.kids(above).iter().copied().filter(|&k| {
            k != branch && !small.contains(&tree.base(k)) && !matches!(tree.base(k), "case" | "mark")
        });
        out.extend(beside.map(|k| (k, None)));
        branch = above;
    }
    out.into_iter().filter_map(|(head, branch)| content(view, i, head, branch)).collect()
}

fn content(view: &View<'_, '_>, i: usize, head: usize, branch: Option<usize>) -> Option<Candidate> {
    let tree = view.tree;
    let (path, steps) = path(view, i, head)?;
    let own = branch.map(|b| tree.subtree(b)).unwrap_or_default();
    let mut words: Vec<usize> =
        tree.subtree(head).into_iter().filter(|n| *n != i && own.binary_search(n).is_err()).collect();
    let bare = |n: &usize| tree.upos(*n) == "PUNCT" && !view.is_mark(*n);
    while words.last().is_some_and(bare) {
        words.pop();
    }
    let skip = words.iter().take_while(|n| bare(n)).count();
    words.drain(..skip);
    (!words.is_empty()).then_some(Candidate { head, path, steps, words, above: branch.is_some() })
}

/// What the scorer of sources knows of a candidate.
pub(super) fn source_features(view: &View<'_, '_>, i: usize, c: &Candidate, out: &mut Features) {
    let (tree, j, p) = (view.tree, c.head, &c.path);
    let (cue, lemma) = (tree.upos(i), view.lemma(i));
    let side = if j < i { "<" } else { ">" };
    let near = if c.steps < 3 { p.as_str() } else { "~" };
    let distance = match i.abs_diff(j) {
        1 => 1,
        2..4 => 2,
        4..9 => 3,
        _ => 4,
    };
    let (tag, kind) = view.kind(j);
    let base = tree.base(j);
    out.add(format_args!("b"));
    out.add(format_args!("p={p}"));
    out.add(format_args!("p={p}{cue}"));
    out.add(format_args!("p={p}{side}"));
    out.add(format_args!("pl={near}/{lemma}"));
    out.add(format_args!("pc={near}{}", tree.kid(j, &["case"]).map_or("", |k| tree.lower(k))));
    out.add(format_args!("u={tag}"));
    out.add(format_args!("w={tag}:{kind}"));
    out.add(format_args!("pw={near}{tag}{}", tree.tokens[j].mention.unwrap_or("")));
    out.add(format_args!("d={distance}{side}"));
    out.add(format_args!("r={}{side}", tree.rel(j)));
    out.add(format_args!("x={}{p}", tree.xpos(i)));
    out.add(format_args!("nm={}{base}", tree.tokens[j].name.is_some()));
    if tag == "NOUN" {
        out.add(format_args!("n={}", view.lemma(j)));
    }
    out.add(format_args!("sub={}{}{side}", base == "nsubj", view.subject(i).is_some()));
    out.add(format_args!("q={}{}", view.inside[i], view.inside[j]));
    out.add(format_args!("pas={}{p}", tree.kid(i, &["aux:pass"]).is_some()));
}

/// What the scorer of contents knows of a candidate.
pub(super) fn content_features(view: &View<'_, '_>, i: usize, c: &Candidate, out: &mut Features) {
    let (tree, j, p) = (view.tree, c.head, &c.path);
    let (cue, lemma) = (tree.upos(i), view.lemma(i));
    let side = if j < i { "<" } else { ">" };
    let near = if c.steps < 3 { p.as_str() } else { "~" };
    let opener = view.opener(j);
    let size = match c.words.len() {
        1 => 1,
        2..4 => 2,
        4..10 => 3,
        _ => 4,
    };
    let quoted = c.words.iter().filter(|&&n| view.inside[n]).count() * 3 / c.words.len();
    let any = view.inside.contains(&true);
    let roles = ["acl", "advcl", "appos", "ccomp", "nmod", "obj", "obl", "parataxis", "xcomp"];
    let held: Vec<&str> = roles.into_iter().filter(|r| tree.kid(i, &[*r]).is_some()).collect();
    let next = if i + 1 < tree.len() { tree.lower(i + 1) } else { "" };
    let next = if matches!(next, ":" | "," | "." | "that" | "“" | "\"" | "to" | "of") { next } else { "" };
    let (tag, kind) = view.kind(j);
    out.add(format_args!("b"));
    out.add(format_args!("p={p}"));
    out.add(format_args!("p={p}{cue}"));
    out.add(format_args!("p={p}{side}"));
    out.add(format_args!("pl={near}/{lemma}"));
    out.add(format_args!("pm={near}{opener}"));
    out.add(format_args!("pml={near}{opener}/{lemma}"));
    out.add(format_args!("u={tag}{side}"));
    out.add(format_args!("px={p}{}", tree.xpos(j)));
    out.add(format_args!("x={}{p}", tree.xpos(i)));
    out.add(format_args!("q={quoted}{any}{side}"));
    out.add(format_args!("pq={near}{quoted}{any}"));
    out.add(format_args!("sz={size}{side}"));
    out.add(format_args!("psz={near}{size}"));
    out.add(format_args!("up={}{side}", c.above));
    out.add(format_args!("k={p}{}", held.join(",")));
    out.add(format_args!("w={tag}:{kind}"));
    out.add(format_args!("nx={next}{side}"));
}

/// The source of the cue, if the sentence names one.
pub(super) fn source(view: &View<'_, '_>, i: usize) -> Option<Candidate> {
    best(sources(view, i), Task::Source, |c, sum| source_features(view, i, c, sum))
}

/// The content of the cue.
pub(super) fn content_of(view: &View<'_, '_>, i: usize) -> Option<Candidate> {
    best(contents(view, i), Task::Content, |c, sum| content_features(view, i, c, sum))
}

fn best(
    candidates: Vec<Candidate>,
    task: Task,
    features: impl Fn(&Candidate, &mut Features),
) -> Option<Candidate> {
    let margin = |c: &Candidate| {
        let mut sum = Features::summed(task);
        features(c, &mut sum);
        sum.margin()
    };
    let scored = candidates.into_iter().map(|c| (margin(&c), c)).filter(|(margin, _)| *margin >= 0.0);
    scored.reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, c)| c)
}
