//! Who says what, directly and indirectly: source, cue and content as stretches of text.
//!
//! Takes the sentences of a report, gives every attribution, also those inside what another says. What counts
//! as one: saying, writing, thinking, wanting, hoping, fearing, expecting, supporting, opposing, showing, seeming;
//! by verb, noun, adjective, adverb, preposition, or the colon of a headline.
//!
//! # How
//! 1. [`cue`]: which words attribute. 2. [`role`]: the source and the content of each. Both are scored by features of
//!    words and trees with trained [`weights`]; [`lesson`] hands the same features to training.
//! 3. Quotations: a content that touches one takes it whole, also over sentences; one whose cue is known
//!    goes to that cue; one that no cue has found keeps its speaker.
//! 4. [`label`]: turns of a transcript and signatures under quotations, which no word of saying marks.
//! 5. How strongly: the lexicon's verbs and nouns of saying.
//!
//! # Does not
//! Decide how real an event is by its speaker: that is [`crate::scope`].
//!
//! # From
//! PARC3 (Pareti 2016) for source, cue, content; PolNeAR (Newell et al. 2018) for what counts.

mod cue;
mod label;
mod lesson;
mod role;
mod weights;

use crate::Report;
use crate::args::args;
use crate::quote::Inside;
use crate::text::Text;
use crate::tree::Tree;
use cue::View;
use detente_types::{ActorRef, Attribution, SentenceKind, Span, Strength};

pub use lesson::Lesson;
pub(crate) use lesson::lessons;
pub use weights::Task;

/// Every attribution of the report, in text order.
pub(crate) fn attributions(report: &Report<'_>) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::new();
    for (s, view) in views(&report.text).iter().enumerate() {
        let Some(view) = view else { continue };
        out.extend((0..view.tree.len()).filter_map(|i| by_cue(report, s, view, i)));
    }
    by_quotation(report, &mut out);
    for label in label::labels(report) {
        match out.iter_mut().find(|a| a.cue == label.cue) {
            Some(known) => *known = label,
            None => out.push(label),
        }
    }
    out.sort_by_key(|a| (a.content, a.cue));
    out.dedup();
    out
}

/// The sentences as the scorers see them; links and masked stretches say nothing.
fn views<'a, 't>(text: &'a Text<'t>) -> Vec<Option<View<'a, 't>>> {
    let mut marks = Inside::default();
    let mut paragraph = usize::MAX;
    let mut out = Vec::with_capacity(text.sentences.len());
    for line in &text.sentences {
        if line.paragraph != paragraph {
            (marks, paragraph) = (Inside::default(), line.paragraph);
        }
        let Some(tree) = line.tree.as_ref().filter(|_| line.kind != SentenceKind::Link) else {
            out.push(None);
            continue;
        };
        let inside = (0..tree.len()).map(|i| marks.next(tree.word(i))).collect();
        out.push(Some(View::new(tree, inside, line.kind == SentenceKind::Headline)));
    }
    out
}

fn by_cue(report: &Report<'_>, s: usize, view: &View<'_, '_>, i: usize) -> Option<Attribution> {
    if !cue::may_attribute(view, i) || cue::margin(view, i) < 0.0 {
        return None;
    }
    let tree = view.tree;
    let mut content = role::content_of(view, i)?;
    let next = going_on(report, view, i, content.head, &content.words);
    content.words.retain(|n| next.binary_search(n).is_err());
    let source = role::source(view, i).map(|c| c.head);
    let cue = cue_words(tree, i);
    let said = tree.span_of(&content.words);
    let touched = report.quotes.iter().map(|q| q.words).filter(|q| !q.overlaps(tree.span(i)));
    let said = touched.fold(said, |all, q| if q.overlaps(said) { all.cover(q) } else { all });
    Some(Attribution {
        source: source.and_then(|h| phrase(tree, h, i, &content.words)),
        speaker: source.map(|h| speakers(report, s, tree, h, i)).unwrap_or_default(),
        cue: tree.span_of(&cue),
        content: said,
        strength: strength(report, tree, i, source.is_none()),
    })
}

/// "He said he did not believe it, arguing that …": the words of a further cue that hangs on what is said and has no
/// subject of its own. There the same speaker goes on, in an attribution of its own.
fn going_on(report: &Report<'_>, view: &View<'_, '_>, cue: usize, top: usize, words: &[usize]) -> Vec<usize> {
    let (tree, lexicon) = (view.tree, report.knowledge.lexicon());
    let says = |k: usize| lexicon.speech_verb(&tree.lemma(k)).is_some() && tree.kid(k, &["ccomp"]).is_some();
    let goes_on = |&k: &usize| {
        k > top
            && !view.inside[k]
            && tree.is_verb(k)
            && matches!(tree.base(k), "conj" | "advcl")
            && tree.kid(k, &["nsubj", "csubj"]).is_none()
            && (says(k) || aside(tree, k) || back_to(tree, cue, k))
            && cue::margin(view, k) >= 0.0
    };
    let mut out: Vec<usize> = words.iter().copied().filter(goes_on).flat_map(|k| tree.subtree(k)).collect();
    out.sort_unstable();
    out
}

/// "…, slamming the insurers", "…, while pushing for help": a participle behind a comma tells what somebody did by
/// saying what stands before it.
fn aside(tree: &Tree<'_>, k: usize) -> bool {
    let first = tree.subtree(k).first().copied().unwrap_or(k);
    let comma =
        first.checked_sub(1).is_some_and(|before| tree.word(before) == ",") || tree.word(first) == ",";
    let opened = tree.kid(k, &["mark"]).is_none_or(|m| tree.lower(m) == "while");
    comma && opened && tree.xpos(k) == "VBG" && tree.base(k) == "advcl"
}

/// "He said that he had voted for it, but cautioned against …": the further verb is in the tense of the first, and what
/// it was hung on is not.
fn back_to(tree: &Tree<'_>, cue: usize, k: usize) -> bool {
    let finite = matches!(tree.xpos(k), "VBD" | "VBZ" | "VBP");
    let other = tree.head(k).is_some_and(|h| tree.xpos(h) != tree.xpos(k));
    let helped = tree.kid(k, &["aux", "mark"]).is_some();
    finite && other && !helped && tree.base(k) == "conj" && tree.xpos(cue) == tree.xpos(k)
}

/// The cue with its auxiliaries, negation and particle: "has not said", "pointed out"; "according to".
fn cue_words(tree: &Tree<'_>, i: usize) -> Vec<usize> {
    let mut words = vec![i];
    words.extend(tree.kids_by(i, &["fixed", "compound:prt"]).filter(|k| *k == i + 1));
    if tree.lower(i) == "according" && i + 1 < tree.len() && tree.lower(i + 1) == "to" {
        words.push(i + 1);
    }
    let helps = |&k: &usize| k < i && (matches!(tree.base(k), "aux" | "cop") || tree.lower(k) == "not");
    let helpers: Vec<usize> = tree.kids(i).iter().copied().filter(helps).collect();
    let first = (0..i).rev().take_while(|n| helpers.contains(n)).last();
    words.extend(first);
    words
}

/// The phrase of a source, without clauses that hang on it and without the branch of the cue or the content.
fn phrase(tree: &Tree<'_>, head: usize, cue: usize, content: &[usize]) -> Option<Span> {
    let cut = [
        "acl:relcl",
        "parataxis",
        "case",
        "advcl",
        "ccomp",
        "xcomp",
        "cop",
        "nsubj",
        "obj",
        "aux",
        "cc:preconj",
    ];
    let mut ids = tree.subtree_without(head, &cut);
    ids.retain(|n| {
        *n == head || *n != cue && !tree.is_under(*n, cue) || tree.is_under(head, cue) && *n != cue
    });
    ids.retain(|n| *n == head || content.binary_search(n).is_err());
    let mark = |n: &usize| tree.word(*n).chars().all(|c| !c.is_alphanumeric() && c != '$');
    while ids.last().is_some_and(mark) {
        ids.pop();
    }
    let skip = ids.iter().take_while(|n| mark(n)).count();
    ids.drain(..skip);
    (!ids.is_empty()).then(|| tree.span_of(&ids))
}

/// Who the source is. A relative pronoun means the noun that its clause hangs on.
fn speakers(report: &Report<'_>, s: usize, tree: &Tree<'_>, head: usize, cue: usize) -> Vec<ActorRef> {
    let relative = matches!(tree.lower(head), "who" | "which" | "that" | "whom");
    let heads = if relative { args(tree, cue).subj } else { tree.conjuncts(head) };
    heads.iter().flat_map(|&h| report.cast.meaning(s, h).refs.iter().cloned()).collect()
}

fn strength(report: &Report<'_>, tree: &Tree<'_>, i: usize, nobody: bool) -> Strength {
    let lexicon = report.knowledge.lexicon();
    let lemma = tree.lemma(i);
    let known = if tree.is_verb(i) { lexicon.speech_verb(&lemma) } else { lexicon.speech_noun(&lemma) };
    match (tree.lower(i), known) {
        ("allegedly" | "alleged", _) => Strength::Alleged,
        ("reportedly", _) => Strength::Reported,
        (_, Some(Strength::Said) | None) if nobody && tree.is_verb(i) => Strength::Reported,
        (_, known) => known.unwrap_or(Strength::Said),
    }
}

/// Quotations whose speaker was found beside them or in the sentence before.
fn by_quotation(report: &Report<'_>, out: &mut Vec<Attribution>) {
    for quoted in &report.quotes {
        let (Some(cue), Some(who)) = (quoted.cue, &quoted.speaker) else { continue };
        // What is attributed within the quotation ("I think …") is not the quotation's own.
        let whole = |a: &Attribution| !quoted.words.contains(a.cue) && a.content.overlaps(quoted.words);
        if out.iter().any(whole) {
            continue;
        }
        if let Some(known) = out.iter_mut().find(|a| a.cue.overlaps(cue)) {
            // "…," he said. "…": the same cue goes on.
            known.content = known.content.cover(quoted.words);
            continue;
        }
        let strength = quoted.strength;
        let speaker = vec![who.clone()];
        out.push(Attribution { source: who.span, speaker, cue, content: quoted.words, strength });
    }
}
