//! What it does to borders, trade and life: closures, standstills, people stranded and displaced.

use super::{books::Books, course};
use crate::dossier::{Block, Line, Phrase};
use crate::words::dates;
use detente_types::{EventType, Incident, Mode};

/// The section.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (heading, belongs) in GROUPS {
        let found = books.crisis.incidents.iter().filter(|i| !i.background && belongs(i) && course::reads(i));
        let lines: Vec<Line> = once(found).into_iter().filter_map(|i| line(books, i)).collect();
        if !lines.is_empty() {
            blocks.push(Block::headed(heading, lines));
        }
    }
    blocks
}

/// A group of consequences and what belongs to it.
type Group = (&'static str, fn(&Incident) -> bool);

const GROUPS: &[Group] = &[
    ("Borders and movement", |i| {
        let modes = [Mode::CoerceRestrict, Mode::Curfew, Mode::MartialLaw, Mode::Deport, Mode::Access];
        i.modes.iter().any(|m| modes.contains(m))
    }),
    ("Trade and services", |i| {
        i.modes.iter().any(|m| matches!(m, Mode::Trade | Mode::Services | Mode::Discontinue))
    }),
    ("People stranded or displaced", |i| {
        i.modes.iter().any(|m| matches!(m, Mode::Stranded | Mode::Displaced))
    }),
    ("Other consequences", |i| i.kind == EventType::Impact && i.modes.is_empty()),
];

/// The same words are told once, on the incident that has most sentences.
fn once<'a>(found: impl Iterator<Item = &'a Incident>) -> Vec<&'a Incident> {
    let mut out: Vec<&Incident> = Vec::new();
    for incident in found {
        match out.iter_mut().find(|kept| kept.gist == incident.gist) {
            Some(kept) if kept.evidence.len() < incident.evidence.len() => *kept = incident,
            Some(_) => {}
            None => out.push(incident),
        }
    }
    out
}

fn line(books: &Books<'_>, incident: &Incident) -> Option<Line> {
    let told = course::told(books, incident, &incident.gist);
    let dated = Phrase::new().quiet(dates::behind(&incident.when));
    Line::cited(told.then(dated), books.cite(&incident.evidence))
}
