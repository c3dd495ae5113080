//! Where others stand: third parties' words and contacts, the parties' own comment, and what is expected.

use super::{books::Books, course};
use crate::dossier::{Block, Line, Phrase};
use crate::words::{capital, codes, dates};
use detente_types::{
    ActorId, ActorKind, Cited, DocumentId, Event, EventType, Incident, Modality, Mode, Polarity, Span,
};
use std::collections::BTreeSet;

/// Relations and stances of third parties: words first, then contacts. What the parties say of themselves is told
/// as charges, answers and threats.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    let stance = |s: &&Cited<Event>| is_stance(books, s);
    let words = books.crisis.statements.iter().filter(stance).filter_map(|s| statement(books, s)).collect();
    // What stands on the mediation board is not told twice.
    let acts = books.crisis.mediations.iter().flat_map(|m| &m.acts).flat_map(|a| &a.evidence);
    let on_board: BTreeSet<(&DocumentId, Span)> = acts.map(|e| (&e.document, e.sentence)).collect();
    let new = |i: &&Incident| i.evidence.iter().any(|e| !on_board.contains(&(&e.document, e.sentence)));
    let contacts = books.crisis.incidents.iter().filter(|i| is_contact(books, i)).filter(new);
    let groups: [(&str, Vec<Line>); 2] = [
        ("Third parties say", words),
        ("Contacts and steps of third parties", contacts.filter_map(|i| contact(books, i)).collect()),
    ];
    let filled = groups.into_iter().filter(|(_, lines)| !lines.is_empty());
    filled.map(|(heading, lines)| Block::headed(heading, lines)).collect()
}

/// A third party that has a stand: a state, an organisation, or somebody who speaks for one.
fn is_third(books: &Books<'_>, id: &ActorId) -> bool {
    use ActorKind::{Body, DefactoGovernment, Forum, Organisation, Person, State};
    let actor = books.crisis.actor(id);
    let has_stand = actor.is_some_and(|a| match a.kind {
        State | Body | DefactoGovernment | Forum | Organisation => true,
        Person => !a.acts_for.is_empty(),
        _ => false,
    });
    has_stand && books.side_of(id).is_none()
}

/// Concern, hope, regret, support or its refusal, by a third party, in words that stand by themselves.
fn is_stance(books: &Books<'_>, event: &Event) -> bool {
    let speakers = speakers(event);
    let third = !speakers.is_empty() && speakers.iter().all(|id| is_third(books, id));
    let real = !matches!(event.modality, Modality::Hypothetical | Modality::Feared);
    let affirmed = event.polarity == Polarity::Affirmed;
    let stand = event.kind == EventType::Support || (affirmed && tone(event).is_some());
    let gist = event.gist.trim();
    // "[The aid group] supports" is left of "the hospital it supports".
    let said = gist
        .strip_prefix('[')
        .and_then(|g| g.split_once("] "))
        .map_or(0, |(_, said)| said.split(' ').count());
    let bare = gist.starts_with('[') && said < 2;
    let whole = !gist.starts_with(char::is_lowercase) && !bare && gist.split_whitespace().count() > 2;
    event.kind != EventType::Outlook && third && real && stand && whole
}

/// What is expected, feared, hoped. Nothing of it has happened.
pub(crate) fn outlook(books: &Books<'_>) -> Vec<Block> {
    let whole = |s: &&Cited<Event>| !s.gist.trim().starts_with(char::is_lowercase);
    let told = books.crisis.statements.iter().filter(|s| s.kind == EventType::Outlook).filter(whole);
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
    let named = speakers(event).iter().any(|id| course::says(books, id, &event.gist));
    let phrase = match (who.is_empty(), label) {
        // "Chile voiced concern" needs no speaker before it.
        (false, _) if named => Phrase::new(),
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

/// Something that a third party does with, for or against a party or another third party. Most calls for calm stand
/// on the board.
fn is_contact(books: &Books<'_>, incident: &Incident) -> bool {
    use EventType::{Accuse, Aid, Consult, Cooperate, Mobilize, Reject, Request, Sanction, Support};
    let fits = match incident.kind {
        Aid | Consult | Cooperate | Mobilize | Reject | Request | Sanction | Support => true,
        Accuse => incident.modes.contains(&Mode::Disapprove),
        _ => false,
    };
    let third = incident.actors.first().is_some_and(|id| is_third(books, id));
    let real = !matches!(incident.modality, Modality::Hypothetical | Modality::Feared);
    let told = incident.polarity == Polarity::Affirmed || incident.kind == Support;
    fits && third && real && told && course::reads(incident) && !incident.background
}

fn contact(books: &Books<'_>, incident: &Incident) -> Option<Line> {
    let told = course::told(books, incident, &incident.gist);
    let dated = Phrase::new().quiet(dates::behind(&incident.when));
    Line::cited(told.then(dated), books.cite(&incident.evidence))
}
