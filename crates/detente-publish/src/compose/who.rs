//! What and who: the days, the reports, the parties under their names as printed, offices, others.

use super::books::Books;
use crate::dossier::{Block, Citation, Line, Phrase};
use crate::words::{capital, count, dates, list, names, number};
use detente_types::{Actor, ActorId, ActorKind, Evidence};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The most names that are listed for one actor: enough to recognise it, few enough to read.
const MOST_NAMES: usize = 6;

/// The most other actors that are listed for one kind.
const MOST_OTHERS: usize = 12;

/// The section.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    let mut first = Vec::new();
    first.extend(days(books));
    first.push(reports(books));
    let mut blocks = vec![Block::lines_of(first)];
    let lines =
        |id: &ActorId| [party(books, id), servants(books, id)].into_iter().flatten().collect::<Vec<_>>();
    let parties: Vec<Line> = books.crisis.parties.iter().flat_map(lines).collect();
    if !parties.is_empty() {
        blocks.push(Block::headed("Parties", parties));
    }
    for (heading, lines) in [("Offices, as printed", offices(books)), ("Also in it", others(books))] {
        if !lines.is_empty() {
            blocks.push(Block::headed(heading, lines));
        }
    }
    blocks
}

/// The first and the last day, on the sentences of the incidents that set them.
fn days(books: &Books<'_>) -> Option<Line> {
    let when = &books.crisis.when;
    let told = books.crisis.incidents.iter().filter(|i| !i.background);
    let setting = told.filter(|i| {
        let first = when.from().is_some() && i.when.from() == when.from();
        let last = when.to().is_some() && i.when.to() == when.to();
        first || last
    });
    let mut citations = books.cite(setting.flat_map(|i| &i.evidence));
    citations.truncate(6);
    let phrase = match (when.from(), when.to()) {
        (Some(from), Some(to)) if from == to => {
            Phrase::new().plain("Day covered: ").strong(dates::long(when)).plain(".")
        }
        (None, None) => return None,
        _ => Phrase::new().plain("Days covered: ").strong(dates::long(when)).plain("."),
    };
    Line::cited(phrase, citations)
}

/// How many reports, outlets, first tellers.
fn reports(books: &Books<'_>) -> Line {
    let crisis = books.crisis;
    let outlets: BTreeSet<&str> = crisis.reports.iter().filter_map(|r| r.outlet.as_deref()).collect();
    let unnamed = crisis.reports.iter().filter(|r| r.outlet.is_none()).count();
    let copies = books.copies().len();
    let n = crisis.reports.len();
    let mut phrase = Phrase::new().number(count(n, "report")).plain(" from ");
    phrase = match (outlets.len(), unnamed) {
        (0, _) => phrase.plain("outlets that are not named"),
        (named, 0) => phrase.number(count(named, "outlet")),
        (named, unnamed) => {
            phrase.number(count(named, "outlet")).plain(format!(" ({unnamed} with no outlet named)"))
        }
    };
    phrase = match copies {
        0 if n > 1 => phrase.plain("; no report is a copy of another."),
        0 => phrase.plain("."),
        _ => {
            let carry = if copies == 1 { "1 of them carries" } else { &format!("{copies} of them carry") };
            let own = count(n - copies.min(n), "text");
            phrase
                .plain(format!("; {carry} the text of another, which leaves "))
                .number(own)
                .plain(" of their own.")
        }
    };
    Line::books(phrase)
}

/// One party: name, kind, and the names under which the reports print it, each on its sentence.
fn party(books: &Books<'_>, id: &ActorId) -> Option<Line> {
    let actor = books.crisis.actor(id)?;
    let (printed, citations) = printed_names(books, actor);
    let mut phrase =
        Phrase::new().strong(capital(&actor.name)).plain(format!(", {}", names::kind(actor.kind)));
    if !printed.is_empty() {
        phrase = phrase.plain("; printed as ");
        for (at, name) in printed.iter().enumerate() {
            phrase = match at {
                0 => phrase,
                _ if at + 1 == printed.len() => phrase.plain(" and "),
                _ => phrase.plain(", "),
            };
            phrase = phrase.verbatim(name);
        }
    }
    Line::cited(phrase.plain("."), citations)
}

/// The ministries, forces and groups that act for a party.
fn servants(books: &Books<'_>, party: &ActorId) -> Option<Line> {
    let acts_for =
        |a: &&Actor| a.id != *party && a.kind != ActorKind::Person && books.side_of(&a.id) == Some(party);
    let actors = books.crisis.actors.iter().filter(acts_for);
    let shown: Vec<(String, Citation)> =
        actors.filter_map(|a| Some((books.name(&a.id), first_naming(books, a)?))).take(MOST_OTHERS).collect();
    let names: Vec<&str> = shown.iter().map(|(name, _)| name.as_str()).collect();
    let phrase =
        Phrase::new().plain(format!("For {} act ", books.name(party))).plain(list(&names)).plain(".");
    Line::cited(phrase, books.merged(shown.into_iter().map(|(_, citation)| citation)))
}

/// The names under which an actor is printed, each with its first sentence: its own name first, then
/// those that stand in most reports. A name that no sentence prints is left out.
fn printed_names<'a>(books: &Books<'_>, actor: &'a Actor) -> (Vec<&'a str>, Vec<Citation>) {
    let spread = |name: &str| books.crisis.reports.iter().filter(|r| r.text.contains(name)).count();
    let mut names: Vec<(bool, Reverse<usize>, &str)> =
        actor.aliases.iter().map(|a| (a != &actor.name, Reverse(spread(a)), a.as_str())).collect();
    names.push((false, Reverse(spread(&actor.name)), &actor.name));
    names.sort();
    names.dedup();
    let found = names.into_iter().filter_map(|(_, _, name)| Some((name, books.mention(&actor.id, name)?)));
    let (printed, citations): (Vec<&str>, Vec<Citation>) = found.take(MOST_NAMES).unzip();
    (printed, books.merged(citations))
}

/// Offices as the reports state them, one line a holder.
fn offices(books: &Books<'_>) -> Vec<Line> {
    // One holder may have several offices by several reports; each office keeps its own sentences.
    let mut holders: BTreeMap<&ActorId, BTreeMap<(String, String), Vec<&Evidence>>> = BTreeMap::new();
    for office in &books.crisis.offices {
        let of = office.of.as_ref().map(|id| books.name(id)).unwrap_or_default();
        let kept = holders.entry(&office.holder).or_default().entry((office.title.clone(), of)).or_default();
        kept.extend(office.evidence());
    }
    let lines = holders.into_iter().filter_map(|(holder, offices)| {
        let titles: Vec<String> = offices.keys().map(|(title, of)| title_of(title, of)).collect();
        let citations = books.cite(offices.into_values().flatten());
        let name = books.crisis.name_of(holder);
        Line::cited(
            Phrase::new().strong(name).plain(format!(": {}.", titles.join("; elsewhere "))),
            citations,
        )
    });
    lines.collect()
}

/// "foreign minister of Arvenia"; an office that names its state already does not name it twice.
fn title_of(title: &str, of: &str) -> String {
    let bare = of.strip_prefix("the ").unwrap_or(of);
    // "governor of Darfur" is not governor of Sudan.
    let placed = title.rsplit_once(" of ").is_some_and(|(_, place)| place.starts_with(char::is_uppercase));
    let named = of.is_empty() || placed || title.to_lowercase().contains(&bare.to_lowercase());
    if named { title.to_string() } else { format!("{title} of {of}") }
}

/// Everybody else whom a fact names, one line a kind, the most named first.
fn others(books: &Books<'_>) -> Vec<Line> {
    let crisis = books.crisis;
    let mut weight: BTreeMap<&ActorId, usize> = BTreeMap::new();
    for incident in crisis.incidents.iter().filter(|i| !i.background) {
        for id in [&incident.actors, &incident.recipients, &incident.others, &incident.attributed_to]
            .into_iter()
            .flatten()
        {
            *weight.entry(id).or_default() += incident.evidence.len();
        }
    }
    for id in crisis.mediations.iter().flat_map(|m| &m.mediators) {
        *weight.entry(id).or_default() += 1;
    }
    const KINDS: &[(&[ActorKind], &str)] = &[
        (&[ActorKind::State, ActorKind::DefactoGovernment], "States and governments"),
        (&[ActorKind::ArmedGroup], "Armed groups"),
        (&[ActorKind::Forces], "Forces"),
        (&[ActorKind::Organisation, ActorKind::Forum], "Organisations and forums"),
        (&[ActorKind::Body], "Government bodies"),
    ];
    let lines = KINDS.iter().filter_map(|(kinds, heading)| {
        let is_other = |a: &&Actor| {
            kinds.contains(&a.kind) && books.side_of(&a.id).is_none() && weight.contains_key(&a.id)
        };
        let mut actors: Vec<&Actor> = crisis.actors.iter().filter(is_other).collect();
        actors.sort_by_key(|a| (Reverse(weight[&a.id]), &a.id));
        let printed = actors.iter().filter_map(|a| Some((*a, first_naming(books, a)?)));
        let shown: Vec<(&Actor, Citation)> = printed.take(MOST_OTHERS).collect();
        let mut words: Vec<String> = shown.iter().map(|(a, _)| a.name.clone()).collect();
        let more = actors.len() - shown.len();
        if shown.len() == MOST_OTHERS && more > 0 {
            words.push(format!("{} more", number(more as u64)));
        }
        let citations = books.merged(shown.iter().map(|(_, c)| c.clone()));
        Line::cited(Phrase::new().strong(*heading).plain(format!(": {}.", list(&words))), citations)
    });
    lines.collect()
}

/// The first sentence that prints any of an actor's names.
fn first_naming(books: &Books<'_>, actor: &Actor) -> Option<Citation> {
    std::iter::once(&actor.name).chain(&actor.aliases).find_map(|name| books.mention(&actor.id, name))
}
