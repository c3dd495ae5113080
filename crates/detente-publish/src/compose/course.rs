//! The timeline: one line a happening, in a report's words, with how real it is and how firmly it stands.

use super::books::Books;
use crate::dossier::{Block, Line, Moment, Phrase};
use crate::words::{capital, codes, dates};
use detente_types::{ActorId, Incident, TimelineEntry};

/// The section: the crisis itself, then what lies before it.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    let moments: Vec<Moment> =
        books.crisis.timeline.iter().filter_map(|entry| moment(books, entry)).collect();
    let (before, during): (Vec<Moment>, Vec<Moment>) = moments.into_iter().partition(|m| m.background);
    [during, before].into_iter().filter(|m| !m.is_empty()).map(Block::Moments).collect()
}

fn moment(books: &Books<'_>, entry: &TimelineEntry) -> Option<Moment> {
    let incident = books.incident(&entry.incident)?;
    let line = Line::cited(told(books, incident, &entry.text), books.cite(&entry.evidence))?;
    Some(Moment {
        incident: entry.incident.clone(),
        date: dates::short(&entry.when),
        when: entry.when.clone(),
        lane: codes::lane(incident.kind),
        kind: incident.kind,
        modality: entry.modality,
        footing: codes::footing(incident),
        background: entry.background,
        origins: entry.origins,
        line,
    })
}

/// A happening in words: its labels, the report's own words, who is meant where the words do not say
/// it, and whose word it is. A clause without its subject ("closed the border") gets it in front, a
/// whole sentence keeps its form and gets it behind, in brackets.
pub(crate) fn told(books: &Books<'_>, incident: &Incident, text: &str) -> Phrase {
    let text = text.trim().trim_end_matches('.');
    let phrase = labels(incident);
    let phrase = match unsaid(books, incident, text) {
        Some(who) if text.starts_with(char::is_lowercase) => {
            phrase.strong(capital(&who)).plain(": ").plain(text)
        }
        Some(who) => phrase.plain(capital(text)).quiet(format!(" [{who}]")),
        None => phrase.plain(capital(text)),
    };
    // "… according to the army" has its owner in the words.
    let owned = ["according to ", " said", "reported"].iter().any(|cue| text.to_lowercase().contains(cue));
    let unsaid = |id: &&ActorId| !owned && !says(books, id, text);
    let speakers: Vec<ActorId> = incident.attributed_to.iter().filter(unsaid).take(3).cloned().collect();
    match speakers.is_empty() {
        true => phrase,
        false => phrase.quiet(format!(", by the word of {}", books.names(&speakers))),
    }
}

/// Does the line stand by itself? What is left in small letters was bound to words that are not there.
pub(crate) fn reads(incident: &Incident) -> bool {
    let gist = incident.gist.trim();
    !gist.starts_with(char::is_lowercase) && gist.split_whitespace().count() > 1
}

/// The words that are printed before a happening that is not told as a plain fact.
pub(crate) fn labels(incident: &Incident) -> Phrase {
    let real = codes::modality(incident.modality, incident.polarity).filter(|_| !codes::made(incident));
    let words = [real, codes::standing(incident)];
    let shown: Vec<&str> = words.into_iter().flatten().collect();
    if shown.is_empty() { Phrase::new() } else { Phrase::new().label(shown.join(", ")).plain(": ") }
}

/// Who did it, where the words name nobody: `It closed the border [Arvenia]`.
fn unsaid(books: &Books<'_>, incident: &Incident, text: &str) -> Option<String> {
    let named = incident.actors.is_empty() || incident.actors.iter().any(|id| says(books, id, text));
    (!named).then(|| books.names(&incident.actors))
}

/// Do the words name this actor, or the side that it belongs to, under any of its names?
pub(crate) fn says(books: &Books<'_>, id: &ActorId, text: &str) -> bool {
    let by_name = |id: &ActorId| {
        let actor = books.crisis.actor(id);
        let names = actor.into_iter().flat_map(|a| std::iter::once(&a.name).chain(&a.aliases));
        names.filter(|name| name.chars().count() > 1).any(|name| text.contains(name.as_str()))
    };
    by_name(id) || books.side_of(id).is_some_and(by_name)
}
