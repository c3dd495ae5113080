//! Where others stand: third parties' words and contacts, the parties' own comment, and what is expected.

use super::{books::Books, course};
use crate::dossier::{Block, Line, Phrase};
use crate::words::{capital, codes, dates};
use detente_types::{ActorId, Cited, DocumentId, Event, EventType, Incident, Mode, Span};
use std::collections::BTreeSet;

/// Relations and stances: words first, then contacts.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    let comment = books.crisis.statements.iter().filter(|s| s.kind != EventType::Outlook);
    let (own, third): (Vec<&Cited<Event>>, Vec<&Cited<Event>>) =
        comment.partition(|s| speakers(s).iter().any(|id| books.side_of(id).is_some()));
    let said = |group: Vec<&Cited<Event>>| group.into_iter().filter_map(|s| statement(books, s)).collect();
    // What stands on the mediation board is not told twice.
    let acts = books.crisis.mediations.iter().flat_map(|m| &m.acts).flat_map(|a| &a.evidence);
    let on_board: BTreeSet<(&DocumentId, Span)> = acts.map(|e| (&e.document, e.sentence)).collect();
    let new = |i: &&Incident| i.evidence.iter().any(|e| !on_board.contains(&(&e.document, e.sentence)));
    let contacts = books.crisis.incidents.iter().filter(|i| is_contact(books, i)).filter(new);
    let groups: [(&str, Vec<Line>); 3] = [
        ("Third parties say", said(third)),
        ("Contacts and steps of third parties", contacts.filter_map(|i| contact(books, i)).collect()),
        ("The parties say", said(own)),
    ];
    let filled = groups.into_iter().filter(|(_, lines)| !lines.is_empty());
    filled.map(|(heading, lines)| Block::headed(heading, lines)).collect()
}

/// What is expected, feared, hoped. Nothing of it has happened.
pub(crate) fn outlook(books: &Books<'_>) -> Vec<Block> {
    let told = books.crisis.statements.iter().filter(|s| s.kind == EventType::Outlook);
    let lines: Vec<Line> = told.filter_map(|s| statement(books, s)).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::lines_of(lines)] }
}

/// Who speaks: those to whom it is attributed, else those who do it.
fn speakers(event: &Event) -> Vec<ActorId> {
    let refs = if event.attributed_to.is_empty() { &event.actors } else { &event.attributed_to };
    let mut ids: Vec<ActorId> = refs.iter().map(|r| r.actor.clone()).collect();
    ids.dedup();
    ids
}

fn statement(books: &Books<'_>, event: &Cited<Event>) -> Option<Line> {
    let who = capital(&books.names(&speakers(event)));
    let label = tone(event).or_else(|| codes::modality(event.modality, event.polarity));
    let phrase = match (who.is_empty(), label) {
        (false, Some(label)) => Phrase::new().strong(who).label(format!(" ({label})")).plain(": "),
        (false, None) => Phrase::new().strong(who).plain(": "),
        (true, Some(label)) => Phrase::new().label(capital(label)).plain(", by the outlet’s own word: "),
        (true, None) => Phrase::new(),
    };
    let words = event.gist.trim().trim_end_matches('.');
    let phrase = if phrase.is_empty() { phrase.plain(capital(words)) } else { phrase.plain(words) };
    let phrase = if event.when.is_unknown() { phrase } else { phrase.quiet(dates::behind(&event.when)) };
    Line::cited(phrase, books.cite(event.evidence()))
}

/// The tone of a statement, where its mode names one.
fn tone(event: &Event) -> Option<&'static str> {
    event.modes.iter().find_map(|mode| match mode {
        Mode::Concern => Some("concern"),
        Mode::Optimistic => Some("optimism"),
        Mode::Regret => Some("regret"),
        Mode::Risk => Some("feared"),
        Mode::Hope => Some("hoped"),
        _ => None,
    })
}

/// Something that a third party does with, for or against a party or another third party.
fn is_contact(books: &Books<'_>, incident: &Incident) -> bool {
    use EventType::{
        Accuse, Agree, Aid, Consult, Cooperate, Mobilize, Reject, Request, Sanction, Support, Threaten,
    };
    let fits = matches!(
        incident.kind,
        Accuse
            | Agree
            | Aid
            | Consult
            | Cooperate
            | Mobilize
            | Reject
            | Request
            | Sanction
            | Support
            | Threaten
    );
    let third = incident.actors.iter().any(|id| books.side_of(id).is_none());
    fits && third && !incident.background
}

fn contact(books: &Books<'_>, incident: &Incident) -> Option<Line> {
    let told = course::told(books, incident, &incident.gist);
    let dated = Phrase::new().quiet(dates::behind(&incident.when));
    Line::cited(told.then(dated), books.cite(&incident.evidence))
}
