//! A crisis to a dossier: the sections, in order, each filled by its own room.
//!
//! # How
//! 1. `books` opens the crisis: numbers, names, citations.
//! 2. One room a section: `course`, `counts`, `board`, `charges`, `differences`, `consequences`,
//!    `stances` (with the outlook), `who`, `decisions`, `unsure`.
//! 3. `summary` says the most important of it in a few lines.
//!
//! # Does not
//! Interpret: what an incident is, which number is best, where a track stands was decided when the
//! crisis was assembled. Here it is only put into words.

mod board;
pub(crate) mod books;
mod charges;
mod consequences;
mod counts;
pub(crate) mod course;
mod decisions;
pub(crate) mod differences;
mod stances;
mod summary;
mod unsure;
mod who;

use crate::dossier::{Block, Dossier, Line, MaskCard, Part, ReportCard, Section, SentenceCard};
use crate::words::{codes, dates};
use books::Books;
use detente_types::Crisis;

/// Puts the books of one crisis into a dossier.
pub fn dossier(crisis: &Crisis) -> Dossier {
    let books = Books::open(crisis);
    Dossier {
        id: crisis.id.clone(),
        title: crisis.name.clone(),
        dates: dates::long(&crisis.when),
        when: crisis.when.clone(),
        policy: crisis.policy,
        summary: summary::summary(&books),
        sections: sections(&books),
        reports: reports(&books),
    }
}

/// What fills a section.
type Room = fn(&Books<'_>) -> Vec<Block>;

/// Every section that has something to say. A section that a reader would look for and that is empty
/// says so in one line; the others are left out.
fn sections(books: &Books<'_>) -> Vec<Section> {
    let rooms: [(Part, Room, Option<&str>); 11] = [
        (
            Part::Timeline,
            course::blocks,
            Some("No report tells a happening that could be put on a timeline."),
        ),
        (Part::Counts, counts::blocks, Some("No report gives a count.")),
        (Part::Mediation, board::blocks, Some("No report tells of mediation, talks or an offer.")),
        (Part::Accusations, charges::blocks, Some("No report tells of an accusation.")),
        (Part::Disagreements, differences::blocks, None),
        (
            Part::Consequences,
            consequences::blocks,
            Some("No report tells of closed borders, trade or people stranded."),
        ),
        (Part::Stances, stances::blocks, None),
        (Part::Outlook, stances::outlook, None),
        (Part::Who, who::blocks, None),
        (Part::Decisions, decisions::blocks, None),
        (Part::Unsure, unsure::blocks, None),
    ];
    let filled = rooms.into_iter().map(|(part, room, empty)| {
        let mut blocks = room(books);
        if blocks.is_empty() {
            blocks.extend(empty.map(|text| Block::lines_of(vec![Line::absent(text)])));
        }
        Section { part, heading: part.heading(), blocks }
    });
    let alone = books.crisis.reports.len() < 2;
    let mut sections: Vec<Section> = filled.collect();
    for section in &mut sections {
        if section.part == Part::Disagreements && section.blocks.is_empty() {
            let text = if alone {
                "There is one report only."
            } else {
                "No disagreement between the reports was found."
            };
            section.blocks.push(Block::lines_of(vec![Line::absent(text)]));
        }
    }
    sections.retain(|s| !s.blocks.is_empty());
    sections
}

/// The reports, with their texts.
fn reports(books: &Books<'_>) -> Vec<ReportCard> {
    let cards = books.crisis.reports.iter().enumerate().map(|(at, report)| ReportCard {
        number: at + 1,
        id: report.id.clone(),
        path: report.path.clone(),
        outlet: report.outlet.clone(),
        title: report.title.clone(),
        dated: dates::long(&report.published),
        published: report.published.clone(),
        copy_of: books.copies().get(&(at + 1)).copied(),
        words: report.words,
        sentences: report.sentences.iter().map(sentence_card).collect(),
        mask: report.mask.iter().map(mask_card).collect(),
        text: report.text.clone(),
    });
    cards.collect()
}

fn sentence_card(sentence: &detente_types::SentenceSpan) -> SentenceCard {
    SentenceCard { start: sentence.span.start(), end: sentence.span.end(), kind: sentence.kind }
}

fn mask_card(masked: &detente_types::Masked) -> MaskCard {
    let (start, end) = (masked.span.start(), masked.span.end());
    MaskCard { start, end, reason: masked.reason, words: codes::mask(masked.reason) }
}
