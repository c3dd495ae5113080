//! What the reports disagree on: the sides next to each other, and what to make of it.

use super::books::Books;
use crate::dossier::{Block, Difference, Line, Phrase, SideCard};
use crate::words::{capital, codes, count, list};
use detente_types::Disagreement;
use detente_types::disagreement::{Kind, Side, Verdict};

/// The section.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    let mut all: Vec<&Disagreement> = books.crisis.disagreements.iter().collect();
    all.sort_by_key(|one| rank(one));
    all.into_iter().filter_map(|one| difference(books, one)).map(Block::Difference).collect()
}

/// What cannot both be so before what can; facts before wordings, what is merely left out last.
fn rank(one: &Disagreement) -> (bool, u8) {
    let open = matches!(one.verdict, Verdict::Open | Verdict::Contradiction);
    let kind = match one.kind {
        Kind::Quantity => 0,
        Kind::AccusationDenial => 1,
        Kind::Perpetrator => 2,
        Kind::Date | Kind::Place | Kind::Cause => 3,
        Kind::Scope | Kind::Occasion | Kind::Count | Kind::Modality => 4,
        Kind::Office | Kind::Quote | Kind::Provenance => 5,
        Kind::Framing | Kind::Presence => 6,
        Kind::Spelling => 7,
    };
    (!open, kind)
}

/// One point, with its sides; `None` where fewer than two can be shown.
pub(crate) fn difference(books: &Books<'_>, one: &Disagreement) -> Option<Difference> {
    let sides: Vec<SideCard> = one.sides.iter().filter_map(|side| card(books, side)).collect();
    // Two sides make a difference, and one of them at least must be a sentence.
    let shown = sides.len() > 1 && sides.iter().any(|s| !s.line.citations().is_empty());
    shown.then(|| Difference {
        id: one.id.clone(),
        kind: one.kind,
        kind_words: codes::difference(one.kind),
        topic: topic(one),
        sides,
        verdict: one.verdict,
        verdict_words: codes::verdict(one.verdict),
        remark: one.remark.as_ref().map(|r| capital(r.trim())).filter(|r| !r.is_empty()),
    })
}

/// What it is about; a topic that begins with its own kind ("Spelling: Türkiye") does not say it twice.
fn topic(one: &Disagreement) -> String {
    let topic = one.topic.trim();
    let kind =
        topic.split_once(':').filter(|(kind, _)| kind.eq_ignore_ascii_case(codes::difference(one.kind)));
    capital(kind.map_or(topic, |(_, rest)| rest.trim()))
}

fn card(books: &Books<'_>, side: &Side) -> Option<SideCard> {
    let by = Some(books.names(&side.by)).filter(|by| !by.is_empty());
    let reports = books.numbers(&side.reports);
    let value = side.value.trim().to_string();
    let citations = books.cite(&side.evidence);
    let silent = side.evidence.is_empty();
    let line = if silent {
        let who: Vec<String> = reports.iter().map(|n| format!("[{n}]")).collect();
        let told = if who.is_empty() { String::new() } else { format!(" by {}", list(&who)) };
        Line::absent(&format!("{}{told}", if value.is_empty() { "Not mentioned" } else { &value }))
    } else {
        let phrase = Phrase::new().strong(&value);
        let phrase = match &by {
            Some(by) => phrase.plain(format!(", by {by}")),
            None => phrase,
        };
        Line::cited(phrase.quiet(format!(" ({})", count(reports.len(), "report"))), citations)?
    };
    Some(SideCard { value, by, reports, line })
}
