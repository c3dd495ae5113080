//! Accusations with their answers, in pairs: who accuses whom of what, and what the accused says to it.

use super::books::Books;
use crate::dossier::{Block, Counter, Line, Pair, Phrase};
use crate::words::{capital, codes};
use detente_types::crisis::{Charge, ChargeAnswer};
use detente_types::{Claim, Stance, Strength};

/// The section.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    books.crisis.charges.iter().filter_map(|charge| pair(books, charge)).map(Block::Pair).collect()
}

fn pair(books: &Books<'_>, charge: &Charge) -> Option<Pair> {
    let by = capital(&books.names(&charge.by));
    let against = books.names(&charge.against);
    let phrase = match (by.is_empty(), against.is_empty()) {
        (false, false) => Phrase::new().strong(by).label(" accuses ").strong(against),
        (false, true) => Phrase::new().strong(by).label(" makes the charge"),
        (true, false) => {
            Phrase::new().strong(capital(&against)).label(" is accused").plain(", by whom is not said")
        }
        (true, true) => Phrase::new().label("Charge").plain(" by nobody named"),
    };
    let phrase = phrase.then(about(&charge.accusation));
    let charge_line = Line::cited(phrase, books.cite(&charge.evidence))?;
    let mut answers: Vec<Counter> = charge.answers.iter().filter_map(|a| counter(books, a)).collect();
    if answers.is_empty() {
        answers.push(Counter { kind: None, line: Line::absent("No answer is reported.") });
    }
    Some(Pair { charge: charge_line, answers })
}

fn counter(books: &Books<'_>, answer: &ChargeAnswer) -> Option<Counter> {
    let by = capital(&books.names(&answer.by));
    let (who, verb) = match (by.is_empty(), answer.claim.stance) {
        (true, Stance::Denial) => ("Denied", ", by whom is not said"),
        (true, _) => ("Answered", ", by whom is not said"),
        (false, Stance::Denial) => (by.as_str(), " denies it"),
        (false, Stance::Accusation) => (by.as_str(), " accuses in turn"),
        (false, Stance::Justification) => (by.as_str(), " justifies it"),
        (false, Stance::Assertion) => (by.as_str(), " replies"),
    };
    let phrase = Phrase::new().strong(who).label(verb).then(about(&answer.claim));
    let line = Line::cited(phrase, books.cite(&answer.evidence))?;
    Some(Counter { kind: Some(codes::answer(answer)), line })
}

/// What is claimed, in the report's words, and how strongly where the words keep their distance.
fn about(claim: &Claim) -> Phrase {
    let words = claim.about.trim().trim_matches(['.', ',', ';', ':']).trim();
    if words.is_empty() {
        return Phrase::new();
    }
    // "accuses Tolmark “of sheltering the group”" reads on; another clause starts anew.
    let link = if words.starts_with("of ") || words.starts_with("for ") { " " } else { ": " };
    let phrase = Phrase::new().plain(link).verbatim(words);
    match claim.strength {
        Strength::Claimed => phrase.quiet(" (claimed)"),
        Strength::Reported => phrase.quiet(" (reportedly)"),
        _ => phrase,
    }
}
