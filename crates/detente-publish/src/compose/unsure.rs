//! What is uncertain, missing or was not read, and why.

use super::books::Books;
use crate::dossier::{Block, Line, Phrase};
use crate::words::{capital, codes, count, list, number};
use detente_types::incident::Status;
use detente_types::{Gap, MaskReason, Note, SentenceKind};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The section: gaps, weak facts, what was masked, remarks.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    let groups = [
        ("Not reported, or not sure", gaps(books)),
        ("Known only from the headline of a linked report", weak(books)),
        ("Not read as body text", masked(books)),
        ("Remarks of the reader", remarks(books)),
    ];
    let filled = groups.into_iter().filter(|(_, lines)| !lines.is_empty());
    filled.map(|(heading, lines)| Block::headed(heading, lines)).collect()
}

/// The most gaps of one kind that are told one by one; the records hold all.
const MOST_OF_A_KIND: usize = 4;

fn gaps(books: &Books<'_>) -> Vec<Line> {
    let mut codes: BTreeMap<&str, Vec<&Gap>> = BTreeMap::new();
    for gap in books.crisis.gaps.iter().filter(|g| !g.text.trim().is_empty()) {
        codes.entry(&gap.code).or_default().push(gap);
    }
    let told = codes.into_iter().flat_map(|(code, mut gaps)| {
        // What most sentences show matters most.
        gaps.sort_by_key(|g| Reverse(g.evidence.len()));
        match code {
            // The list below has these with their sentences.
            "C105" => Vec::new(),
            "C104" => vec![undated(books)],
            "C107" => vec![unanswered(gaps.len())],
            _ => one_by_one(books, code, &gaps),
        }
    });
    told.collect()
}

fn one_by_one(books: &Books<'_>, code: &str, gaps: &[&Gap]) -> Vec<Line> {
    let line = |gap: &&Gap| {
        let text = capital(gap.text.trim().trim_end_matches('.'));
        let phrase = Phrase::new().plain(&text).quiet(format!(" ({code})"));
        let absent = || Line::absent(&format!("{text} ({code})"));
        Line::cited(phrase, books.cite(&gap.evidence)).unwrap_or_else(absent)
    };
    let mut lines: Vec<Line> = gaps.iter().take(MOST_OF_A_KIND).map(line).collect();
    let more = gaps.len().saturating_sub(MOST_OF_A_KIND);
    if more > 0 {
        let rest = format!("And {} more of this kind ({code})", number(more as u64));
        lines.push(Line::books(Phrase::new().quiet(rest)));
    }
    lines
}

/// Reports without a day of publication; the list of reports has their bounds.
fn undated(books: &Books<'_>) -> Line {
    let open = books.crisis.reports.iter().enumerate().filter(|(_, r)| r.published.days() != Some(1));
    let numbers: Vec<String> = open.map(|(at, _)| format!("[{}]", at + 1)).collect();
    let which = match numbers.len() {
        0 => "Some reports bear no day; it is known from the others".to_string(),
        1 => format!("Report {} bears no day", numbers[0]),
        _ => format!("Reports {} bear no day", list(&numbers)),
    };
    Line::books(
        Phrase::new().plain(which).quiet("; what is known of it stands in the list of reports (C104)"),
    )
}

/// The charges themselves stand above, each with its missing answer.
fn unanswered(n: usize) -> Line {
    let text = match n {
        1 => "To one charge above no answer is reported".to_string(),
        n => format!("To {} charges above no answer is reported", number(n as u64)),
    };
    Line::books(Phrase::new().plain(text).quiet(" (C107)"))
}

fn weak(books: &Books<'_>) -> Vec<Line> {
    let weak = books.crisis.incidents.iter().filter(|i| i.status == Status::Weak);
    weak.filter_map(|i| {
        let phrase = Phrase::new().plain(capital(i.gist.trim().trim_end_matches('.')));
        Line::cited(phrase, books.cite(&i.evidence))
    })
    .collect()
}

/// How much of the texts was not read as body text, by reason.
fn masked(books: &Books<'_>) -> Vec<Line> {
    let reports = &books.crisis.reports;
    let sentences: usize = reports.iter().map(|r| r.sentences.len()).sum();
    let is_read = |kind: SentenceKind| matches!(kind, SentenceKind::Body | SentenceKind::Headline);
    let unread = reports.iter().flat_map(|r| &r.sentences).filter(|s| !is_read(s.kind)).count();
    let mut reasons: BTreeMap<MaskReason, usize> = BTreeMap::new();
    for masked in reports.iter().flat_map(|r| &r.mask) {
        *reasons.entry(masked.reason).or_default() += 1;
    }
    if reasons.is_empty() {
        return Vec::new();
    }
    let reasons: Vec<String> = reasons.into_iter().map(|(reason, n)| count(n, codes::mask(reason))).collect();
    let phrase =
        Phrase::new().number(number(unread as u64)).plain(format!(" of {}", count(sentences, "sentence")));
    vec![Line::books(phrase.plain(format!(". Masked: {}.", list(&reasons))))]
}

/// Notes, one line a code: the first message, and how many more there are.
fn remarks(books: &Books<'_>) -> Vec<Line> {
    let mut codes: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
    for note in &books.crisis.notes {
        codes.entry(&note.code).or_default().push(note);
    }
    let lines = codes.into_iter().map(|(code, notes)| {
        let first = notes[0];
        let number = first.document.as_ref().and_then(|id| books.number(id));
        let place = number.map(|n| {
            let report = &books.crisis.reports[n - 1];
            match first.span.and_then(|span| report.sentence_number(span)) {
                Some(sentence) => format!(" at {n}.{sentence}"),
                None => format!(" in report {n}"),
            }
        });
        let more = notes.len() - 1;
        let rest = if more > 0 { format!(", and {more} more like it") } else { String::new() };
        let text = capital(first.message.trim().trim_end_matches('.'));
        let phrase = Phrase::new().plain(text).quiet(format!("{}{rest} ({code})", place.unwrap_or_default()));
        Line::books(phrase)
    });
    lines.collect()
}
