//! What analysts decided about the books: who, when, what, why, and whether the books follow it.

use super::books::Books;
use crate::dossier::{Block, Line, Phrase};
use crate::words::{capital, rulings};
use detente_types::crisis::Ruled;

/// The section: one line a decision, in the order in which they were made.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    let lines: Vec<Line> = books.crisis.decisions.iter().map(|ruled| line(books, ruled)).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::lines_of(lines)] }
}

fn line(books: &Books<'_>, ruled: &Ruled) -> Line {
    let decision = &ruled.decision;
    let what = rulings::words(&decision.ruling, &|id| books.name(id));
    let day = decision.at.strftime("%Y-%m-%d").to_string();
    let mut phrase = Phrase::new().strong(&decision.author).plain(format!(", {day}: {what}"));
    let reason = decision.reason.trim().trim_end_matches('.');
    if !reason.is_empty() {
        phrase = phrase.plain(format!(". Reason: {reason}"));
    }
    if let Some(note) = &ruled.lapsed {
        let why = capital(note.message.trim().trim_end_matches('.'));
        phrase = phrase.plain(". ").label("not followed").quiet(format!(": {why} ({})", note.code));
    }
    let plain = phrase.clone();
    Line::decision(phrase, books.cite(&ruled.evidence)).unwrap_or_else(|| Line::books(plain))
}
