//! Words between quotation marks, and whose they are.
//!
//! A quotation may open in one sentence and close in the next, with its speaker only at the end; a name
//! or a phrase of two words in marks is none.

mod marks;

pub(crate) use marks::{Inside, is_mark};

use crate::args::args;
use crate::cast::Cast;
use crate::scope::scope;
use crate::text::Text;
use crate::tree::Tree;
use detente_knowledge::lexicon::Lexicon;
use detente_types::{ActorRef, SentenceKind, Span, Strength};

/// A quotation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quoted {
    /// The words inside the marks.
    pub(crate) words: Span,
    /// First and last sentence that it touches.
    pub(crate) sentences: (usize, usize),
    /// The speaker.
    pub(crate) speaker: Option<ActorRef>,
    /// The cue.
    pub(crate) cue: Option<Span>,
    /// How strongly.
    pub(crate) strength: Strength,
}

/// Every quotation of the report.
pub(crate) fn quotes(text: &Text<'_>, cast: &Cast, lexicon: &Lexicon) -> Vec<Quoted> {
    let mut out = Vec::new();
    for words in marked(text) {
        let inside = |s: &usize| {
            text.sentences[*s].span.overlaps(words) && text.sentences[*s].kind != SentenceKind::Masked
        };
        let touched: Vec<usize> = (0..text.sentences.len()).filter(inside).collect();
        let (Some(&first), Some(&last)) = (touched.first(), touched.last()) else { continue };
        let raw = words.of(text.document.text());
        let words = Span::new(words.start(), words.start() + raw.trim_end_matches([',', ' ']).len());
        let n = raw.split_whitespace().count();
        let speaker = speaker(text, cast, lexicon, words, &touched);
        if n < 4 && !(n >= 2 && speaker.is_some() && said(text, lexicon, words, first)) {
            continue;
        }
        let (speaker, cue, strength) = match speaker {
            Some((who, cue, strength)) => (Some(who), Some(cue), strength),
            None => (None, None, Strength::Said),
        };
        out.push(Quoted { words, sentences: (first, last), speaker, cue, strength });
    }
    out
}

/// Stretches between opening and closing marks, paragraph by paragraph.
fn marked(text: &Text<'_>) -> Vec<Span> {
    let whole = text.document.text();
    let title = text.page.title.iter();
    let each = text.page.paragraphs.iter().chain(title).flat_map(|paragraph| {
        marks::between(paragraph.of(whole))
            .into_iter()
            .map(|r| (r.start + paragraph.start(), r.end + paragraph.start()))
    });
    let mut out: Vec<Span> = each.map(|(start, end)| Span::new(start, end)).collect();
    out.sort();
    out
}

/// Is a short stretch the object of a verb of saying?
fn said(text: &Text<'_>, lexicon: &Lexicon, words: Span, s: usize) -> bool {
    let Some(tree) = &text.sentences[s].tree else { return false };
    let first = (0..tree.len()).find(|&i| words.contains(tree.span(i)));
    first.is_some_and(|i| {
        tree.ancestors(i).take(4).any(|a| tree.is_verb(a) && lexicon.speech_verb(&tree.lemma(a)).is_some())
    })
}

type Found = (ActorRef, Span, Strength);

/// The speaker: above the quoted words in the tree, beside them, or in the sentence that closes.
fn speaker(text: &Text<'_>, cast: &Cast, lexicon: &Lexicon, words: Span, touched: &[usize]) -> Option<Found> {
    for &s in touched.iter().rev() {
        let Some(tree) = &text.sentences[s].tree else { continue };
        if let Some(found) = in_sentence(tree, s, cast, lexicon, words) {
            return Some(found);
        }
    }
    // "He paused. “…”": a bare quotation belongs to the speaker of the sentence before, in its paragraph.
    let first = *touched.first()?;
    let before = first.checked_sub(1)?;
    let same = text.sentences[before].paragraph == text.sentences[first].paragraph
        || text.sentences[before].span.of(text.document.text()).trim_end().ends_with(':');
    let tree = text.sentences[before].tree.as_ref().filter(|_| same)?;
    let root = (0..tree.len()).find(|&i| tree.head(i).is_none())?;
    by_verb(tree, before, cast, lexicon, root)
}

fn in_sentence(tree: &Tree<'_>, s: usize, cast: &Cast, lexicon: &Lexicon, words: Span) -> Option<Found> {
    let inside: Vec<usize> =
        (0..tree.len()).filter(|&i| words.contains(tree.span(i)) && tree.upos(i) != "PUNCT").collect();
    let top = inside.iter().copied().find(|&i| tree.head(i).is_none_or(|h| !inside.contains(&h)))?;
    let above = scope(tree, lexicon, top);
    for speech in &above.speech {
        if inside.contains(&speech.cue) {
            continue;
        }
        let found = speech.speakers.iter().flat_map(|&h| cast.meaning(s, h).refs.iter()).next();
        if let Some(who) = found {
            return Some((who.clone(), tree.span(speech.cue), speech.strength));
        }
    }
    // The verb of saying may be the root with the quotation hanging on it in any way.
    let outside = (0..tree.len()).filter(|i| !inside.contains(i) && tree.is_verb(*i));
    outside
        .filter(|&v| lexicon.speech_verb(&tree.lemma(v)).is_some())
        .find_map(|v| by_verb(tree, s, cast, lexicon, v))
}

fn by_verb(tree: &Tree<'_>, s: usize, cast: &Cast, lexicon: &Lexicon, verb: usize) -> Option<Found> {
    let strength = lexicon.speech_verb(&tree.lemma(verb))?;
    let a = args(tree, verb);
    let who = a.subj.iter().flat_map(|&h| cast.meaning(s, h).refs.iter()).next()?;
    Some((who.clone(), tree.span(verb), strength))
}
