//! `detente decide`: what an analyst decides about the books, into the journal of the store.

use super::store::{existing, inert};
use super::store_arguments::{Decide, Deciding, EventOptions, FigureOptions, What};
use super::{Outcome, Stop, read, screen};
use crate::deciding::keys;
use crate::intake::Failure;
use crate::pipeline;
use detente_store::{Entry, Store};
use detente_types::{
    ActorId, Comparator, Decision, EventChange, FactAt, FactKind, FigureChange, Ruling, When,
};
use jiff::Timestamp;

/// Writes into the journal, or prints it.
pub(super) fn run(wanted: &Decide) -> Outcome {
    match &wanted.what {
        What::List { store } => list(&existing(store)?),
        What::Undo { number, deciding } => {
            let store = existing(&deciding.store)?;
            let line = store.undo(*number, &author(deciding)?, &deciding.because, Timestamp::now())?;
            told(&format!("{line}: line {number} is taken back"))
        }
        what => {
            let deciding = deciding(what);
            let store = existing(&deciding.store)?;
            let ruling = ruling(what, &store, deciding)?;
            let (author, reason) = (author(deciding)?, deciding.because.clone());
            let number = store.decide(&Decision { at: Timestamp::now(), author, reason, ruling })?;
            told(&format!("{number}: decided; detente decide undo {number} takes it back"))
        }
    }
}

fn told(line: &str) -> Outcome {
    screen::print(format!("{line}\n").as_bytes())?;
    Ok(Vec::new())
}

/// Who decides: as said, or as the system calls the user.
fn author(deciding: &Deciding) -> Result<String, Stop> {
    let system = || ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let name = deciding.by.clone().or_else(system).map(|n| n.trim().to_string()).filter(|n| !n.is_empty());
    name.ok_or_else(|| Failure::new("nobody is named who decides", "", "say who with --by").into())
}

fn deciding(what: &What) -> &Deciding {
    match what {
        What::Reject { deciding, .. }
        | What::Event { deciding, .. }
        | What::Figure { deciding, .. }
        | What::Merge { deciding, .. }
        | What::Split { deciding, .. }
        | What::SameActor { deciding, .. }
        | What::NameActor { deciding, .. }
        | What::Note { deciding, .. }
        | What::Answer { deciding, .. }
        | What::Undo { deciding, .. } => deciding,
        What::List { .. } => unreachable!("printing the journal decides nothing"),
    }
}

fn ruling(what: &What, store: &Store, deciding: &Deciding) -> Result<Ruling, Stop> {
    let find = |id: &String| fact(store, deciding, id);
    let event = |id: &String| of_kind(find(id)?, FactKind::Event, id);
    Ok(match what {
        What::Reject { fact, .. } => Ruling::Reject { fact: find(fact)? },
        What::Event { fact, change, .. } => {
            Ruling::CorrectEvent { fact: event(fact)?, change: event_change(change)? }
        }
        What::Figure { fact, change, .. } => {
            let change = figure_change(change)?;
            Ruling::CorrectFigure { fact: of_kind(find(fact)?, FactKind::Figure, fact)?, change }
        }
        What::Merge { one, other, .. } => Ruling::Merge { one: event(one)?, other: event(other)? },
        What::Split { one, other, .. } => Ruling::Split { one: event(one)?, other: event(other)? },
        What::SameActor { actor, is, .. } => {
            Ruling::SameActor { actor: ActorId::named(actor), is: ActorId::named(is) }
        }
        What::NameActor { actor, name, .. } => {
            Ruling::NameActor { actor: ActorId::named(actor), name: name.clone() }
        }
        What::Note { fact, text, .. } => Ruling::Note { fact: find(fact)?, text: text.clone() },
        What::Answer { fact, party, answer, .. } => {
            let fact = of_kind(find(fact)?, FactKind::Act, fact)?;
            Ruling::Answer { fact, party: ActorId::named(party), answer: answer.0 }
        }
        What::List { .. } | What::Undo { .. } => unreachable!("told apart before"),
    })
}

/// The fact with this id, in the readings of the store.
fn fact(store: &Store, deciding: &Deciding, id: &str) -> Result<FactAt, Stop> {
    let desk = read::open(&deciding.knowledge)?;
    pipeline::read_new(store, &desk, &|| ())?;
    let readings = store.readings(desk.reader())?;
    let found = readings.iter().find_map(|reading| FactAt::named(reading, id));
    let remedy = "detente records prints the ids of events, figures, claims and acts";
    found.ok_or_else(|| Failure::new("no report in the store has this fact", id, remedy).into())
}

fn of_kind(fact: FactAt, kind: FactKind, id: &str) -> Result<FactAt, Stop> {
    if fact.kind == kind {
        return Ok(fact);
    }
    let what = format!("this is one of the {}s, and one of the {}s is needed", fact.kind.name(), kind.name());
    Err(Failure::new(what, id, "").into())
}

fn event_change(options: &EventOptions) -> Result<EventChange, Stop> {
    Ok(EventChange {
        kind: options.kind,
        modes: None,
        modality: options.modality,
        polarity: options.polarity,
        actors: options.actors.as_deref().map(keys),
        recipients: options.recipients.as_deref().map(keys),
        when: options.date.as_deref().map(days).transpose()?,
    })
}

fn days(words: &str) -> Result<When, Stop> {
    let bad = || Failure::new("no date", words, "write 2031-03-04, or 2031-03-04..2031-03-06").into();
    crate::deciding::day_or_days(words).ok_or_else(bad)
}

fn figure_change(options: &FigureOptions) -> Result<FigureChange, Stop> {
    Ok(FigureChange {
        what: options.what,
        value: options.count.as_deref().map(number).transpose()?,
        victims: options.victims.as_deref().map(keys),
        claimant: options.claimant.as_deref().map(keys),
    })
}

/// `23`, `23+`, `>23`, `<23`, `~23`.
fn number(words: &str) -> Result<(Comparator, u64), Stop> {
    let bad = || Failure::new("no number", words, "write 23, 23+, >23, <23 or ~23").into();
    crate::deciding::number(words).ok_or_else(bad)
}

/// Prints the journal, one line a decision.
fn list(store: &Store) -> Outcome {
    let mut out = String::new();
    for entry in store.journal()? {
        out.push_str(&inert(&line(&entry)));
        out.push('\n');
    }
    if out.is_empty() {
        out.push_str("Nothing has been decided yet.\n");
    }
    screen::print(out.as_bytes())?;
    Ok(Vec::new())
}

fn line(entry: &Entry) -> String {
    let what = match (&entry.ruling, entry.undoes) {
        (Some(ruling), _) => detente_publish::ruling(ruling),
        (None, Some(line)) => format!("takes line {line} back"),
        (None, None) => String::new(),
    };
    let back = entry.undone_by.map(|by| format!(" (taken back by line {by})")).unwrap_or_default();
    let day = entry.at.strftime("%Y-%m-%d %H:%M");
    format!("{:>4}  {day}  {}: {what}. Reason: {}{back}", entry.number, entry.author, entry.reason)
}
