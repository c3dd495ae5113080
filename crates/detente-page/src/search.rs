//! Words to sentences: where in the reports does it stand?
//!
//! # How
//! 1. `wanted`: a question to words and runs of words, in small letters.
//! 2. A report in which one of them is missing is passed over; of the others, sentences that have most of them come
//!    first, and of these the newest.
//!
//! # Does not
//! Keep an index: it reads through texts that are at hand, or asks the one that the program lends ([`Finder`]).

use crate::answers::kept;
use crate::edition::Edition;
use crate::journal::{Trouble, refuse};
use crate::respond::{Answer, Refusal};
use crate::routes::Asked;
use detente_types::{DocumentId, Reading, SentenceKind, Span, When};
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The most sentences that come back at once.
const MOST: usize = 200;

/// The most words of a question that count.
const MOST_WORDS: usize = 12;

/// Sentences that were found.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Hits {
    /// The question as it was taken.
    words: Vec<String>,
    /// How many sentences there are, or reports.
    total: usize,
    /// What is counted, and left out by `from`: sentences, or reports where an index is asked.
    counted: &'static str,
    /// What to give as `from` for more.
    next: Option<usize>,
    /// Those of this page.
    hits: Vec<Hit>,
}

/// One sentence.
#[derive(Clone, Serialize, JsonSchema)]
pub(crate) struct Hit {
    /// The report.
    document: DocumentId,
    /// Its outlet.
    outlet: Option<String>,
    /// Its headline.
    title: Option<String>,
    /// Bounds of its day of publication.
    published: When,
    /// Number of the sentence, from 1.
    sentence: usize,
    /// First byte of the sentence.
    start: usize,
    /// One past its last byte.
    end: usize,
    /// The sentence.
    quote: String,
    /// Where the words stand, as bytes of the text as received.
    marks: Vec<Span>,
    /// The first crisis that the report is in.
    crisis: Option<String>,
}

/// An index of all reports, as the program lends it where it has a store.
pub trait Finder: Send + Sync {
    /// How many reports have all words and runs of words, each from its beginning or in another inflection; and of
    /// those in order of fitness some, each with where the words stand.
    fn find(&self, words: &[String], from: usize, limit: usize) -> Result<(usize, Vec<Finding>), Trouble>;
}

/// A report and where the words stand in it.
pub type Finding = (DocumentId, Vec<Span>);

/// The most sentences of one report that an index gives.
const MOST_OF_ONE: usize = 3;

/// Answers a question.
pub(crate) fn search(edition: &Edition, asked: &Asked) -> Result<Answer, Refusal> {
    let words = wanted(asked.get("q").unwrap_or_default());
    if words.is_empty() {
        return Err(Refusal::unclear("nothing to search for", "give one or more words as q"));
    }
    let from = asked.number("from", 0, usize::MAX)?;
    let limit = asked.number("limit", 50, MOST)?;
    if let (Some(finder), None) = (edition.finder(), asked.get("crisis")) {
        return indexed(edition, finder, words, from, limit);
    }
    let inside: Option<BTreeSet<&DocumentId>> = match asked.get("crisis") {
        Some(_) => Some(kept(edition, asked)?.crisis.reports.iter().map(|r| &r.id).collect()),
        None => None,
    };
    let among = |r: &Reading| inside.as_ref().is_none_or(|set| set.contains(r.document.id()));
    // Whatever does not have all words is passed over at once.
    let readings = edition.readings().iter().map(|r| &**r).zip(edition.small());
    let has = readings.filter(|(r, small)| among(r) && words.iter().all(|w| small.contains(w.as_str())));
    let mut found: Vec<Found<'_>> = has.flat_map(|(r, _)| in_report(r, &words)).collect();
    found.sort_by_cached_key(|f| {
        let day = f.reading.published.to().or(f.reading.published.from());
        (Reverse(f.score), Reverse(day), f.reading.document.path.clone(), f.at)
    });
    let homes = edition.homes();
    let hit = |f: &Found<'_>| {
        let crisis = homes.get(f.reading.document.id()).and_then(|h| h.first());
        f.hit(crisis.map(|(id, _)| id.clone()))
    };
    let hits = found.iter().skip(from).take(limit).map(hit).collect();
    let next = (from + limit < found.len() && limit > 0).then_some(from + limit);
    Ok(Answer::json(&Hits { words, total: found.len(), counted: "sentence", next, hits }))
}

/// The same by an index: reports in order of fitness, the sentences of each that have most of the words.
fn indexed(
    edition: &Edition,
    finder: &dyn Finder,
    words: Vec<String>,
    from: usize,
    limit: usize,
) -> Result<Answer, Refusal> {
    let (total, found) = finder.find(&words, from, limit).map_err(refuse)?;
    let homes = edition.homes();
    let mut hits = Vec::new();
    for (id, spans) in &found {
        // A report that came after this edition is in the next.
        let Some(reading) = edition.at(id) else { continue };
        let crisis = homes.get(id).and_then(|h| h.first()).map(|(id, _)| id.clone());
        let mut own: Vec<Found<'_>> = Vec::new();
        for (at, sentence) in reading.sentences.iter().enumerate() {
            let marks: Vec<Span> = spans.iter().filter(|s| sentence.span.contains(**s)).copied().collect();
            if !marks.is_empty() && sentence.kind != SentenceKind::Masked {
                own.push(Found { reading, at, score: marks.len(), marks });
            }
        }
        own.sort_by_key(|f| (Reverse(f.score), f.at));
        hits.extend(own.iter().take(MOST_OF_ONE).map(|f| f.hit(crisis.clone())));
    }
    let next = (from + limit < total && limit > 0).then_some(from + limit);
    Ok(Answer::json(&Hits { words, total, counted: "report", next, hits }))
}

/// A question to words and runs of words, in small letters.
fn wanted(question: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in question.split('"').enumerate() {
        let part = part.to_lowercase();
        match at % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_string)),
            _ => words.push(part.split_whitespace().collect::<Vec<_>>().join(" ")),
        }
    }
    words.retain(|w| !w.is_empty());
    words.truncate(MOST_WORDS);
    words
}

/// One sentence that has words of the question.
struct Found<'r> {
    reading: &'r Reading,
    at: usize,
    score: usize,
    marks: Vec<Span>,
}

impl Found<'_> {
    fn hit(&self, crisis: Option<String>) -> Hit {
        let span = self.reading.sentences[self.at].span;
        Hit {
            document: self.reading.document.id().clone(),
            outlet: self.reading.outlet.clone(),
            title: self.reading.title.clone(),
            published: self.reading.published.clone(),
            sentence: self.at + 1,
            start: span.start(),
            end: span.end(),
            quote: span.of(self.reading.document.text()).to_string(),
            marks: self.marks.clone(),
            crisis,
        }
    }
}

/// The sentences of a report that has all words: those in which all stand, else those with most of them.
fn in_report<'r>(reading: &'r Reading, words: &[String]) -> Vec<Found<'r>> {
    let text = reading.document.text();
    let mut found = Vec::new();
    for (at, sentence) in reading.sentences.iter().enumerate() {
        if sentence.kind == SentenceKind::Masked {
            continue;
        }
        let small = Small::of(sentence.span.of(text), sentence.span.start());
        let marks: Vec<Vec<Span>> = words.iter().map(|w| small.find(w)).collect();
        let score = marks.iter().filter(|m| !m.is_empty()).count();
        if score > 0 {
            let mut marks: Vec<Span> = marks.into_iter().flatten().collect();
            marks.sort();
            found.push(Found { reading, at, score, marks });
        }
    }
    let best = found.iter().map(|f| f.score).max().unwrap_or(0);
    found.retain(|f| f.score == best);
    found
}

/// Text in small letters, which may be longer or shorter, with the way back.
struct Small {
    text: String,
    /// For each byte of `text`, the byte of the original that it comes from; one more for the end.
    back: Vec<usize>,
}

impl Small {
    fn of(text: &str, offset: usize) -> Small {
        let mut small = Small { text: String::with_capacity(text.len()), back: Vec::new() };
        for (at, c) in text.char_indices() {
            let before = small.text.len();
            if c.is_whitespace() {
                small.text.push(' ');
            } else {
                small.text.extend(c.to_lowercase());
            }
            small.back.extend(std::iter::repeat_n(offset + at, small.text.len() - before));
        }
        small.back.push(offset + text.len());
        small
    }

    fn find(&self, word: &str) -> Vec<Span> {
        let begins = |at: usize| !self.text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let found = self.text.match_indices(word).filter(|(at, _)| begins(*at));
        found.map(|(at, w)| Span::new(self.back[at], self.back[at + w.len()])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_quotes_stand_together() {
        assert_eq!(wanted("Truce \"in the  NORTH\" "), ["truce", "in the north"]);
    }

    #[test]
    fn marks_are_bytes_of_the_text_as_received() {
        let small = Small::of("İstanbul: Truce", 10);
        let marks = small.find("truce");
        assert_eq!(marks, [Span::new(10 + "İstanbul: ".len(), 10 + "İstanbul: Truce".len())]);
        assert!(small.find("ruce").is_empty(), "a word is found from its beginning");
    }
}
