//! Speakers that the layout names, without any word of saying: the label of a turn in a transcript ("ROWAN: We will
//! not leave."), and the signature under a quotation ("“We stay.” — Ada Rowan").

use crate::Report;
use crate::quote::is_mark;
use crate::tree::Tree;
use detente_types::{ActorRef, Attribution, SentenceKind, Span, Strength};

/// Words of a name, at most.
const LONG: usize = 6;

/// Every turn and signature of the report, in text order.
pub(super) fn labels(report: &Report<'_>) -> Vec<Attribution> {
    (0..report.text.sentences.len())
        .filter_map(|s| turn(report, s).or_else(|| signature(report, s)))
        .collect()
}

/// A name and a colon before what a paragraph says: the speaker of all of it.
fn turn(report: &Report<'_>, s: usize) -> Option<Attribution> {
    let lines = &report.text.sentences;
    let line = lines.get(s).filter(|l| l.kind != SentenceKind::Link)?;
    let opens = s == 0 || lines[s - 1].paragraph != line.paragraph || line.kind == SentenceKind::Headline;
    let tree = line.tree.as_ref().filter(|_| opens)?;
    let first = usize::from(is_mark(tree.word(0)));
    let colon = (first + 1..tree.len().min(first + LONG)).find(|&i| tree.word(i) == ":")?;
    if colon + 1 >= tree.len() {
        return None;
    }
    let who = speaker(report, s, tree, first, colon)?;
    let last = lines[s..].iter().take_while(|l| l.paragraph == line.paragraph).last()?;
    let content = Span::new(tree.span(colon + 1).start(), last.span.end());
    Some(said(who, tree.span(colon), content))
}

/// A dash and a name behind a quotation, to the end of the sentence.
fn signature(report: &Report<'_>, s: usize) -> Option<Attribution> {
    let line = &report.text.sentences[s];
    let tree = line.tree.as_ref().filter(|_| line.kind == SentenceKind::Body)?;
    let end = (0..tree.len()).rev().find(|&i| tree.word(i) != ".")? + 1;
    let dash =
        (end.saturating_sub(LONG)..end).find(|&i| matches!(tree.word(i), "―" | "—" | "–" | "--" | "-"))?;
    let before = match dash.checked_sub(1) {
        Some(mark) if is_mark(tree.word(mark)) => Span::new(line.span.start(), tree.span(mark).start()),
        Some(_) => return None,
        None => {
            let above = report.text.sentences.get(s.checked_sub(1)?)?;
            let tree = above.tree.as_ref().filter(|t| t.len() > 1 && is_mark(t.word(t.len() - 1)))?;
            Span::new(above.span.start(), tree.span(tree.len() - 1).start())
        }
    };
    let who = speaker(report, s, tree, dash + 1, end)?;
    let quoted = report.quotes.iter().map(|q| q.words).filter(|q| q.overlaps(before));
    let content = quoted.fold(before, Span::cover);
    Some(said(who, tree.span(dash), content))
}

/// The words from one token to before another as a name, with whom it stands for; nothing for other words.
fn speaker(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    first: usize,
    end: usize,
) -> Option<(Span, Vec<ActorRef>)> {
    let upper = |i: usize| tree.word(i).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let named = |i: usize| tree.upos(i) == "PROPN" || upper(i) && tree.word(i).len() > 3;
    let ids: Vec<usize> = (first..end).collect();
    let whole = !ids.is_empty() && ids.iter().all(|&i| named(i) || tree.word(i) == ".");
    let refs: Vec<ActorRef> =
        ids.iter().flat_map(|&i| report.cast.meaning(s, i).refs.iter().cloned()).take(1).collect();
    // A label in capitals is hard to tell from a place for the analyser; a known place is none.
    let label =
        |i: usize| matches!(tree.tokens[i].name, Some("PER" | "ORG")) || tree.word(i).len() > 3 && upper(i);
    let person = ids.iter().any(|&i| label(i));
    let place = ids.iter().any(|&i| report.cast.meaning(s, i).place);
    (whole && !place && (person || !refs.is_empty())).then(|| (tree.span_of(&ids), refs))
}

fn said((words, speaker): (Span, Vec<ActorRef>), cue: Span, content: Span) -> Attribution {
    Attribution { source: Some(words), speaker, cue, content, strength: Strength::Said }
}
