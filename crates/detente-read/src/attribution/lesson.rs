//! What the scorers of attributions are trained from: candidates with the features that the program itself makes.

use super::cue::{self, View};
use super::role::{self, Candidate};
use super::views;
use super::weights::{Features, Task};
use crate::text::Text;
use crate::tree::Tree;
use detente_types::Span;

/// One candidate for one task.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// What is asked.
    pub task: Task,
    /// For cues: the given cue that the word heads. For sources and contents: the given cue that they are asked for.
    pub of: Option<usize>,
    /// The candidate's words.
    pub words: Vec<Span>,
    /// The word that the candidate hangs on.
    pub above: Option<Span>,
    /// Its features.
    pub features: Vec<String>,
}

/// Candidates for cues in the whole text, for sources and contents near the cues given.
pub(crate) fn lessons(text: &Text<'_>, cues: &[Vec<Span>]) -> Vec<Lesson> {
    let mut out = Vec::new();
    for view in views(text).iter().flatten() {
        let heads: Vec<(usize, usize)> =
            cues.iter().enumerate().filter_map(|(n, cue)| Some((head(view, cue)?, n))).collect();
        for i in (0..view.tree.len()).filter(|&i| cue::may_attribute(view, i)) {
            let mut kept = Features::kept(Task::Cue);
            cue::features(view, i, &mut kept);
            let of = heads.iter().find(|(head, _)| *head == i).map(|(_, n)| *n);
            out.push(lesson(view.tree, Task::Cue, of, i, &[i], kept));
        }
        for &(i, n) in &heads {
            let mut add = |task: Task, c: &Candidate, features: &dyn Fn(&mut Features)| {
                let mut kept = Features::kept(task);
                features(&mut kept);
                out.push(lesson(view.tree, task, Some(n), c.head, &c.words, kept));
            };
            for c in &role::sources(view, i) {
                add(Task::Source, c, &|kept| role::source_features(view, i, c, kept));
            }
            for c in &role::contents(view, i) {
                add(Task::Content, c, &|kept| role::content_features(view, i, c, kept));
            }
        }
    }
    out
}

fn lesson(
    tree: &Tree<'_>,
    task: Task,
    of: Option<usize>,
    head: usize,
    words: &[usize],
    kept: Features,
) -> Lesson {
    let words = words.iter().map(|&n| tree.span(n)).collect();
    Lesson { task, of, words, above: tree.head(head).map(|h| tree.span(h)), features: kept.into_kept() }
}

/// The word of the sentence that heads a cue given as stretches of text.
fn head(view: &View<'_, '_>, cue: &[Span]) -> Option<usize> {
    let tree = view.tree;
    let ids: Vec<usize> = (0..tree.len()).filter(|&i| cue.iter().any(|c| c.overlaps(tree.span(i)))).collect();
    let may = |i: &usize| cue::may_attribute(view, *i);
    let top = |i: &usize| tree.head(*i).is_none_or(|h| !ids.contains(&h));
    let rank = |i: &usize| match tree.upos(*i) {
        "VERB" => 0,
        "NOUN" => 1,
        "ADJ" => 2,
        "AUX" => 3,
        "ADP" => 4,
        _ => 5,
    };
    let tops = ids.iter().copied().filter(|i| top(i) && may(i)).min_by_key(rank);
    tops.or_else(|| ids.iter().copied().filter(may).min_by_key(rank))
}
