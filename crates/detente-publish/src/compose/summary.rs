//! The first lines, as a foreign desk would print them, made of cited facts only: who against whom since when, the worst
//! of it with the dead by whose count, where mediation stands, what is disputed.

use super::books::Books;
use super::{counts, course};
use crate::dossier::{Citation, Figure, Line, Phrase};
use crate::words::{capital, codes, dates, number, plural};
use detente_types::date::Basis;
use detente_types::disagreement::{Disagreement, Kind, Verdict};
use detente_types::incident::Status;
use detente_types::mediation::{Mediation, State};
use detente_types::{ActorId, ActorKind, Counted, EventType, Incident, IncidentId, Polarity, Stage, Tally};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The most citations of one summary line: a line that opens with a wall of numbers is not read.
const MOST_CITATIONS: usize = 6;

/// The most sides whose dead are named.
const MOST_SIDES: usize = 3;

/// The most tracks that are named.
const MOST_TRACKS: usize = 4;

/// The most disputed points that are named.
const MOST_POINTS: usize = 3;

/// The summary.
pub(crate) fn summary(books: &Books<'_>) -> Vec<Line> {
    let worst = worst(books);
    let lines = [
        sides(books),
        worst.and_then(|i| happening(books, i)),
        dead(books, worst),
        mediation(books),
        disputed(books),
    ];
    let lines: Vec<Line> = lines.into_iter().flatten().collect();
    if lines.is_empty() {
        return vec![Line::absent("The reports tell nothing that could be put on a sentence.")];
    }
    lines
}

/// Is it told as a fact of this crisis?
fn is_real(incident: &Incident) -> bool {
    incident.polarity == Polarity::Affirmed
        && codes::modality(incident.modality, incident.polarity).is_none()
        && !incident.background
        && incident.status != Status::Weak
}

/// Who against whom, and since when force is told of.
fn sides(books: &Books<'_>) -> Option<Line> {
    let mut parties: Vec<ActorId> = books.crisis.parties.iter().take(2).cloned().collect();
    // In the order of the title.
    parties.sort_by_key(|id| books.crisis.name.find(books.crisis.name_of(id)));
    let [a, b] = &parties[..] else { return None };
    let between = |i: &&Incident| {
        let of = |side: &ActorId| {
            i.actors.iter().chain(&i.recipients).any(|id| books.side_of(id).is_some_and(|s| s == side))
        };
        i.kind == EventType::Assault && is_real(i) && (of(a) || of(b))
    };
    let dated = |i: &&Incident| i.when.from().is_some() && i.when.basis != Basis::Published;
    let force: Vec<&Incident> = books.crisis.incidents.iter().filter(between).filter(dated).collect();
    let day = |i: &&Incident| (i.when.days().is_none_or(|n| n > 7), i.when.from(), i.id.clone());
    let first = force.iter().copied().min_by_key(day)?;
    let last =
        force.iter().copied().filter(|i| i.when.days().is_some_and(|n| n <= 7)).max_by_key(|i| i.when.to());
    let (a, b) = (capital(&books.name(a)), books.name(b));
    let phrase = Phrase::new().strong(a).plain(" against ").strong(b).plain(": force is reported from ");
    let phrase = phrase.strong(dates::long(&first.when));
    let mut citations = books.cite(&first.evidence);
    citations.truncate(2);
    let phrase = match last.filter(|l| l.when.to() > first.when.to()) {
        Some(last) => {
            citations.extend(books.cite(&last.evidence).into_iter().take(2));
            phrase.plain(" on; the latest is of ").strong(dates::long(&last.when))
        }
        None => phrase.plain(" on"),
    };
    Line::cited(phrase.plain("."), some(books, citations))
}

/// The gravest happening: the one for which most dead are counted, else violence before pressure before words.
fn worst<'a>(books: &Books<'a>) -> Option<&'a Incident> {
    let told = books.crisis.incidents.iter().filter(|i| is_real(i) && course::reads(i));
    let citable = told.filter(|i| !books.cite(&i.evidence).is_empty());
    citable.max_by(|a, b| weight(books, a).cmp(&weight(books, b)).then(b.id.cmp(&a.id)))
}

/// What makes an incident lead: force of somebody named or with dead counted; that it is dated, for what is not may be
/// a toll so far; its dead, its gravity, its parts, its tellers.
fn weight(books: &Books<'_>, incident: &Incident) -> (bool, bool, u64, u8, usize, usize) {
    let gravity = match incident.kind {
        EventType::Assault => 5,
        EventType::Mobilize | EventType::Coerce | EventType::Retreat => 4,
        EventType::TalksCollapse | EventType::Protest | EventType::Sanction => 3,
        EventType::Threaten | EventType::Agree | EventType::Concede | EventType::Cooperate => 2,
        _ => 1,
    };
    // A count that stands for the happening tells more than that somebody died in it.
    let force = incident.kind == EventType::Assault;
    let who = |id: &ActorId| {
        let kind = books.crisis.actor(id).map(|a| a.kind);
        kind.is_some_and(|k| !matches!(k, ActorKind::Unnamed | ActorKind::Population))
    };
    let named = incident.actors.iter().chain(&incident.recipients).any(who);
    let dead =
        books.crisis.tallies.iter().filter(|t| is_dead(t) && t.incident.as_ref() == Some(&incident.id));
    let dead = dead.filter_map(|t| t.high.or(t.low)).map(|b| b.value).max().unwrap_or_default();
    (
        force && (named || dead > 0),
        !incident.when.is_unknown() && incident.when.basis != Basis::Published,
        if force { dead } else { 0 },
        gravity,
        incident.parts.len() + incident.origins.len(),
        incident.evidence.len(),
    )
}

fn happening(books: &Books<'_>, worst: &Incident) -> Option<Line> {
    let phrase = match worst.when.is_unknown() {
        true => Phrase::new().strong("The gravest").plain(": "),
        false => Phrase::new().strong(format!("The gravest, {}", dates::long(&worst.when))).plain(": "),
    };
    let told = course::told(books, worst, &worst.gist);
    Line::cited(phrase.then(told).plain("."), some(books, books.cite(&worst.evidence)))
}

fn is_dead(tally: &Tally) -> bool {
    tally.what == Counted::Killed
}

/// The dead, side by side, each number with its owner: of the gravest happening, else of what is counted most.
fn dead(books: &Books<'_>, worst: Option<&Incident>) -> Option<Line> {
    let all: Vec<&Tally> = books.crisis.tallies.iter().filter(|t| is_dead(t) && !t.total).collect();
    let of = |id: &IncidentId| all.iter().copied().filter(|t| t.incident.as_ref() == Some(id)).collect();
    let mut chosen: Vec<&Tally> = worst.map(|i| of(&i.id)).unwrap_or_default();
    let there = !chosen.is_empty();
    if !there {
        chosen = all;
    }
    chosen.sort_by_key(|t| (t.victims.is_empty(), Reverse(t.claims.len())));
    let mut told: Vec<Phrase> = Vec::new();
    let mut citations = Vec::new();
    let mut named = BTreeSet::new();
    for (phrase, cited, tally) in chosen.iter().filter_map(|t| side(books, t).map(|(p, c)| (p, c, t))) {
        if told.len() < MOST_SIDES && named.insert((tally.victims.clone(), tally.unit.clone())) {
            told.push(phrase);
            citations.extend(cited);
        }
    }
    let head = if there { "Killed in it" } else { "Killed" };
    let joined =
        told.into_iter().enumerate().fold(Phrase::new().strong(head).plain(": "), |whole, (at, phrase)| {
            let whole = if at > 0 { whole.plain("; ") } else { whole };
            whole.then(phrase)
        });
    Line::cited(joined.plain("."), some(books, citations))
}

fn side(books: &Books<'_>, tally: &Tally) -> Option<(Phrase, Vec<Citation>)> {
    let low = tally.low.as_ref().and_then(|b| counts::figure(books, tally, b));
    let high = tally.high.as_ref().and_then(|b| counts::figure(books, tally, b));
    let whose = match (&*books.names(&tally.victims), tally.unit.as_deref()) {
        ("", Some(unit)) => plural(unit),
        ("", None) => "side not said".to_string(),
        (names, Some(unit)) => format!("{} of {names}", plural(unit)),
        (names, None) => names.to_string(),
    };
    let phrase = Phrase::new().plain(format!("{whose}, "));
    let open = if tally.high_open { " or more" } else { "" };
    let end = |phrase: Phrase, n: &Figure, open: &str| {
        let owner = if n.own { format!("{}, its own", n.owner) } else { n.owner.clone() };
        let word = n.word.as_ref().map(|w| format!(", “{w}”")).unwrap_or_default();
        phrase.number(format!("{}{open}", number(n.value))).plain(format!(" ({owner}{word})"))
    };
    match (low, high) {
        (Some((low, by_low)), Some((high, by_high))) if low.value != high.value => {
            let phrase = end(end(phrase, &low, "").plain(" to "), &high, open);
            Some((phrase, [by_low, by_high].concat()))
        }
        (Some((low, by)), None) => Some((end(phrase, &low, " or more"), by)),
        (Some((one, by)), Some(_)) => Some((end(phrase, &one, open), by)),
        (None, Some((high, by))) => Some((end(phrase.plain("up to "), &high, ""), by)),
        (None, None) => None,
    }
}

/// Where the tracks stand, the furthest first, each on its latest step.
fn mediation(books: &Books<'_>) -> Option<Line> {
    let mut told = Phrase::new();
    let mut citations = Vec::new();
    // Calls for calm are no mediation; what only a linked headline tells is no news for the first lines.
    let real = |m: &&Mediation| m.state != State::AppealsOnly && m.acts.iter().any(|a| !a.weak);
    let mediated = books.crisis.mediations.iter().filter(real).any(|m| !m.mediators.is_empty());
    let met = |m: &Mediation| m.acts.iter().any(|a| matches!(a.stage, Stage::Talks | Stage::Collapse));
    let leads = |m: &&Mediation| real(m) && (!m.mediators.is_empty() || !mediated || met(m));
    for mediation in books.crisis.mediations.iter().filter(leads) {
        let cited = latest(books, mediation);
        if cited.is_empty() || citations.len() >= MOST_TRACKS {
            continue;
        }
        if !told.is_empty() {
            told = told.plain("; ");
        }
        let mediators = books.names(&mediation.mediators);
        let who = if mediators.is_empty() { "without a mediator".to_string() } else { mediators };
        told = told
            .plain(format!("{who}: "))
            .plain(codes::state(mediation.state))
            .plain(silence(books, mediation));
        citations.extend(cited.into_iter().take(1));
    }
    Line::cited(Phrase::new().strong("Mediation").plain(": ").then(told).plain("."), some(books, citations))
}

/// Which parties are not reported to have answered an offer that another party did answer.
fn silence(books: &Books<'_>, mediation: &Mediation) -> String {
    let silent: Vec<_> =
        mediation.answers.iter().filter(|a| a.stage.is_none()).map(|a| a.party.clone()).collect();
    let asked = matches!(mediation.state, State::Welcomed | State::Declined);
    if asked && !silent.is_empty() {
        format!(" (no answer of {} reported)", books.names(&silent))
    } else {
        String::new()
    }
}

/// The sentences of a track's latest step that has any.
fn latest(books: &Books<'_>, mediation: &Mediation) -> Vec<Citation> {
    let cited = mediation.acts.iter().rev().map(|act| books.cite(&act.evidence));
    cited.into_iter().find(|c| !c.is_empty()).unwrap_or_default()
}

/// What is disputed: numbers, days, doers, denied charges; one of a kind first.
fn disputed(books: &Books<'_>) -> Option<Line> {
    let rank = |kind: Kind| match kind {
        // Numbers stand in the line of the dead.
        Kind::AccusationDenial => Some(1),
        Kind::Perpetrator => Some(2),
        Kind::Date => Some(3),
        Kind::Place => Some(4),
        _ => None,
    };
    let open = |d: &&Disagreement| matches!(d.verdict, Verdict::Open | Verdict::Contradiction);
    let ranked = books.crisis.disagreements.iter().filter(open).filter_map(|d| Some((rank(d.kind)?, d)));
    let mut points: Vec<(usize, &Disagreement)> = ranked.collect();
    points.sort_by_key(|(rank, d)| (*rank, Reverse(d.sides.iter().map(|s| s.evidence.len()).sum::<usize>())));
    let (mut told, mut citations, mut kinds) = (Phrase::new(), Vec::new(), BTreeSet::new());
    for (_, point) in points {
        if kinds.len() == MOST_POINTS || !kinds.insert(point.kind) {
            continue;
        }
        let sides = point.sides.iter().filter(|s| !s.evidence.is_empty());
        citations.extend(sides.flat_map(|s| books.cite(&s.evidence).into_iter().take(1)));
        let gap = if told.is_empty() { "" } else { "; " };
        told = told.plain(format!("{gap}{}", point_words(books, point)));
    }
    Line::cited(Phrase::new().strong("Disputed").plain(": ").then(told).plain("."), some(books, citations))
}

fn point_words(books: &Books<'_>, point: &Disagreement) -> String {
    let topic = point.topic.trim().trim_end_matches('.');
    if point.kind == Kind::AccusationDenial {
        let by = |denied: bool| {
            let side = point.sides.iter().find(|s| (s.value == "denied") == denied);
            side.map(|s| books.names(&s.by)).unwrap_or_default()
        };
        let about = topic.split_once(": ").map(|(_, about)| format!(" ({about})")).unwrap_or_default();
        return format!("a charge by {} that {} denies{about}", by(false), by(true));
    }
    let values: Vec<&str> = point.sides.iter().map(|s| s.value.as_str()).collect();
    format!("{}: {}", topic, values.join(" or "))
}

/// The first few, one for each sentence.
fn some(books: &Books<'_>, citations: Vec<Citation>) -> Vec<Citation> {
    let mut citations = books.merged(citations);
    citations.truncate(MOST_CITATIONS);
    citations
}
