//! Which of a sentence's events is the one that a coder of one record a sentence would write.
//!
//! # How
//! Only events of PLOVER's own sixteen types count. What is affirmed goes before what is negated, an earlier
//! sentence before a later one, then the event whose words stand highest in the tree of the sentence (the root
//! is highest), then text order. Nothing of the gold is looked at.

use std::ops::Range;

use detente_language::{Language, Sentence};
use detente_types::{Event, EventType, Polarity, Reading, Span};

/// PLOVER type as the gold sets have it: declared and carried-out concessions are one root, `YIELD`.
pub(crate) fn root(kind: EventType) -> Option<&'static str> {
    match kind {
        EventType::Concede | EventType::Retreat => Some("YIELD"),
        other => other.is_plover().then(|| other.code()),
    }
}

/// Where the PLOVER events of a reading of one sentence stand in its list, the main one first.
pub(crate) fn ranked(reading: &Reading, language: &Language) -> Vec<usize> {
    let text = reading.document.text();
    let whole: Range<usize> = 0..text.len();
    let sentences = language.analyze(text, std::slice::from_ref(&whole));
    let mut events: Vec<usize> =
        (0..reading.events.len()).filter(|&i| reading.events[i].kind.is_plover()).collect();
    events.sort_by_key(|&i| {
        let event: &Event = &reading.events[i];
        let (sentence, depth) = height(&sentences, event.trigger);
        (event.polarity == Polarity::Negated, sentence, depth, event.trigger.start(), event.kind)
    });
    events
}

/// Number of the sentence, and steps from its root to the highest of the words.
fn height(sentences: &[Sentence], words: Span) -> (usize, usize) {
    let at = sentences.iter().position(|s| words.start() < s.end).unwrap_or(sentences.len());
    let Some(sentence) = sentences.get(at) else { return (at, usize::MAX) };
    let inside = (0..sentence.tokens.len()).filter(|&i| {
        let token = &sentence.tokens[i];
        words.overlaps(Span::new(token.start, token.end))
    });
    (at, inside.map(|i| depth(sentence, i)).min().unwrap_or(usize::MAX))
}

fn depth(sentence: &Sentence, token: usize) -> usize {
    let mut at = token;
    // The count guards against a tree that is none.
    for steps in 0..sentence.tokens.len() {
        match sentence.tokens[at].head {
            Some(head) => at = head,
            None => return steps,
        }
    }
    usize::MAX
}
