//! Accusations with their answers, in pairs: who accuses whom of what, and what the accused says to it. Last, what is
//! denied without any report telling who charges it.

use super::books::Books;
use super::course;
use crate::dossier::{Block, Counter, Line, Pair, Phrase};
use crate::words::{capital, codes};
use detente_types::crisis::{Charge, ChargeAnswer};
use detente_types::{ActorId, ActorKind, Claim, EventType, Incident, Stance, Strength};
use std::collections::BTreeSet;

/// The section.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    let mut out: Vec<Block> =
        books.crisis.charges.iter().filter_map(|charge| pair(books, charge)).map(Block::Pair).collect();
    let lines = alone(books);
    if !lines.is_empty() {
        out.push(Block::headed("Denied, and no report tells who charges it", lines));
    }
    out
}

/// Denials that answer no charge of these books.
fn alone(books: &Books<'_>) -> Vec<Line> {
    let answers = || books.crisis.charges.iter().flat_map(|c| &c.answers).flat_map(|a| &a.evidence);
    let told: BTreeSet<_> = answers().map(|e| (&e.document, e.sentence)).collect();
    let denials = books.crisis.incidents.iter().filter(|i| {
        let known = i.evidence.iter().any(|e| told.contains(&(&e.document, e.sentence)));
        // "The army denied" with nothing behind it says less than nothing.
        let cut =
            [" denied", " denies", " deny"].iter().any(|end| i.gist.trim_end_matches('.').ends_with(end));
        i.kind == EventType::Deny && !i.actors.is_empty() && !known && !cut && course::reads(i)
    });
    let line = |i: &Incident| Line::cited(Phrase::new().plain(i.gist.trim()), books.cite(&i.evidence));
    denials.filter_map(line).collect()
}

fn pair(books: &Books<'_>, charge: &Charge) -> Option<Pair> {
    let by = capital(&books.names(&charge.by));
    let against = books.names(&charge.against);
    let many = are_many(books, &charge.by);
    let phrase = match (by.is_empty(), against.is_empty()) {
        (false, _) if charge.accusation.stance == Stance::Assertion => {
            Phrase::new().strong(by).label(if many { " say" } else { " says" })
        }
        (false, false) if many && charge.by == charge.against => {
            Phrase::new().strong(by).label(" accuse each other")
        }
        (false, false) => {
            Phrase::new().strong(by).label(if many { " accuse " } else { " accuses " }).strong(against)
        }
        (false, true) => {
            Phrase::new().strong(by).label(if many { " make the charge" } else { " makes the charge" })
        }
        (true, false) => {
            let is = if are_many(books, &charge.against) { " are accused" } else { " is accused" };
            Phrase::new().strong(capital(&against)).label(is).plain(", by whom is not said")
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

/// Do the names take a verb in the plural: several, or people of no name ("activists")?
fn are_many(books: &Books<'_>, ids: &[ActorId]) -> bool {
    let people = |id: &ActorId| {
        let actor = books.crisis.actor(id).filter(|a| a.kind == ActorKind::Unnamed);
        actor.is_some_and(|a| a.name.ends_with('s') || a.name.ends_with("people"))
    };
    ids.len() > 1 || ids.iter().any(people)
}

fn counter(books: &Books<'_>, answer: &ChargeAnswer) -> Option<Counter> {
    let by = capital(&books.names(&answer.by));
    let many = are_many(books, &answer.by);
    let (who, verb) = match (by.is_empty(), answer.claim.stance) {
        (true, Stance::Denial) => ("Denied", ", by whom is not said"),
        (true, _) => ("Answered", ", by whom is not said"),
        (false, Stance::Denial) => (by.as_str(), if many { " deny it" } else { " denies it" }),
        (false, Stance::Accusation) => {
            (by.as_str(), if many { " accuse in turn" } else { " accuses in turn" })
        }
        (false, Stance::Justification) => (by.as_str(), if many { " justify it" } else { " justifies it" }),
        (false, Stance::Assertion) => (by.as_str(), if many { " reply" } else { " replies" }),
    };
    let words = answer.claim.about.trim();
    let begins = words.split(' ').next().unwrap_or_default();
    let deed = begins.ends_with("ing") || matches!(begins, "that" | "any" | "all" | "the" | "a" | "an");
    let deed = deed && answer.claim.event.is_some();
    // "Israel denies “targeting the school”": in words of its own.
    let own = deed && !by.is_empty() && answer.claim.stance == Stance::Denial;
    let phrase = if own {
        Phrase::new().strong(who).label(if many { " deny " } else { " denies " }).verbatim(words)
    } else {
        Phrase::new().strong(who).label(verb).then(about(&answer.claim))
    };
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
