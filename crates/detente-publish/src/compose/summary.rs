//! Two or three lines that say the most important, made of cited facts only: the gravest happening,
//! the dead by whose count, where mediation stands.

use super::books::Books;
use super::{counts, course};
use crate::dossier::{Citation, Figure, Line, Phrase};
use crate::words::{capital, codes, dates, number, plural};
use detente_types::incident::Status;
use detente_types::mediation::{Mediation, State};
use detente_types::{Counted, EventType, Incident, Polarity, Tally};

/// The most citations of one summary line: a line that opens with a wall of numbers is not read.
const MOST_CITATIONS: usize = 6;

/// The most sides whose dead are named.
const MOST_SIDES: usize = 3;

/// The most tracks that are named.
const MOST_TRACKS: usize = 3;

/// The summary.
pub(crate) fn summary(books: &Books<'_>) -> Vec<Line> {
    let lines: Vec<Line> = [happening(books), dead(books), mediation(books)].into_iter().flatten().collect();
    if lines.is_empty() {
        return vec![Line::absent("The reports tell nothing that could be put on a sentence.")];
    }
    lines
}

/// The gravest happening: violence before pressure before words, then the one that most tell.
fn happening(books: &Books<'_>) -> Option<Line> {
    let told = books.crisis.incidents.iter().filter(|i| !i.background && i.status != Status::Weak);
    let citable = told.filter(|i| !i.gist.trim().is_empty() && !books.cite(&i.evidence).is_empty());
    let gravest = citable.max_by(|a, b| weight(a).cmp(&weight(b)).then(b.id.cmp(&a.id)))?;
    let phrase = match gravest.when.is_unknown() {
        true => Phrase::new(),
        false => Phrase::new().strong(capital(&dates::long(&gravest.when))).plain(": "),
    };
    Line::cited(
        phrase.then(course::told(books, gravest, &gravest.gist)),
        some(books, books.cite(&gravest.evidence)),
    )
}

/// What makes an incident lead: that it is real, its gravity, its parts, its tellers; one that is dated says more.
fn weight(incident: &Incident) -> (bool, u8, bool, usize, usize, usize) {
    let gravity = match incident.kind {
        EventType::Assault => 5,
        EventType::Mobilize | EventType::Coerce | EventType::Retreat => 4,
        EventType::TalksCollapse | EventType::Protest | EventType::Sanction => 3,
        EventType::Threaten | EventType::Agree | EventType::Concede | EventType::Cooperate => 2,
        _ => 1,
    };
    let real = incident.polarity == Polarity::Affirmed
        && codes::modality(incident.modality, incident.polarity).is_none();
    (
        real,
        gravity,
        !incident.when.is_unknown(),
        incident.parts.len(),
        incident.origins.len(),
        incident.evidence.len(),
    )
}

/// The dead, side by side, each number with its owner.
fn dead(books: &Books<'_>) -> Option<Line> {
    let killed = |t: &&Tally| t.what == Counted::Killed;
    let tallies: Vec<&Tally> = books.crisis.tallies.iter().filter(killed).collect();
    let single: Vec<&Tally> = tallies.iter().copied().filter(|t| !t.total && !t.victims.is_empty()).collect();
    let chosen = if single.is_empty() { tallies } else { single };
    let mut told: Vec<Phrase> = Vec::new();
    let mut citations = Vec::new();
    for tally in chosen {
        if told.len() == MOST_SIDES {
            break;
        }
        if let Some((phrase, cited)) = side(books, tally) {
            told.push(phrase);
            citations.extend(cited);
        }
    }
    let joined = told.into_iter().enumerate().fold(
        Phrase::new().strong("Killed").plain(": "),
        |whole, (at, phrase)| {
            let whole = if at > 0 { whole.plain("; ") } else { whole };
            whole.then(phrase)
        },
    );
    Line::cited(joined.plain("."), some(books, citations))
}

fn side(books: &Books<'_>, tally: &Tally) -> Option<(Phrase, Vec<Citation>)> {
    let low = tally.low.as_ref().and_then(|b| counts::figure(books, tally, b));
    let high = tally.high.as_ref().and_then(|b| counts::figure(books, tally, b));
    let whose = match (&*books.names(&tally.victims), tally.unit.as_deref()) {
        ("", Some(unit)) => plural(unit),
        ("", None) => "side not said".to_string(),
        (names, _) => names.to_string(),
    };
    let phrase = Phrase::new().plain(format!("{whose} "));
    let open = if tally.high_open { " or more" } else { "" };
    let end = |phrase: Phrase, n: &Figure, open: &str| {
        let owner = if n.own { "own count" } else { &n.owner };
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
    // What only a linked headline tells is no news for the first lines.
    for mediation in books.crisis.mediations.iter().filter(|m| m.acts.iter().any(|a| !a.weak)) {
        let cited = latest(books, mediation);
        if cited.is_empty() || citations.len() >= MOST_TRACKS {
            continue;
        }
        if !told.is_empty() {
            told = told.plain("; ");
        }
        let mediators = books.names(&mediation.mediators);
        let who = if mediators.is_empty() { "direct talks".to_string() } else { mediators };
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

/// The first few, one for each sentence.
fn some(books: &Books<'_>, citations: Vec<Citation>) -> Vec<Citation> {
    let mut citations = books.merged(citations);
    citations.truncate(MOST_CITATIONS);
    citations
}
