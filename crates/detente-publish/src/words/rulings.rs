//! A decision of an analyst in words.

use super::list;
use detente_types::{ActorId, Comparator, EventChange, FigureChange, Ruling};
use serde::Serialize;

/// What was decided, as it goes on after a colon. `name` gives the name of an actor.
pub(crate) fn words(ruling: &Ruling, name: &dyn Fn(&ActorId) -> String) -> String {
    match ruling {
        Ruling::Merge { .. } => "these two are one happening".to_string(),
        Ruling::Split { .. } => "these two are two happenings".to_string(),
        Ruling::Reject { fact } => format!("{} rejected, the report does not say so", fact.kind.name()),
        Ruling::CorrectEvent { change, .. } => format!("event corrected: {}", event(change, name)),
        Ruling::CorrectFigure { change, .. } => format!("figure corrected: {}", figure(change, name)),
        Ruling::SameActor { actor, is } => format!("{actor} is the same as {is}"),
        Ruling::NameActor { actor, name } => format!("{actor} is called {name}"),
        Ruling::Note { text, .. } => format!("note: {}", text.trim().trim_end_matches('.')),
        Ruling::Answer { party, answer: Some(stage), .. } => {
            format!("answer of {} set to {}", name(party), code(stage))
        }
        Ruling::Answer { party, answer: None, .. } => format!("no answer of {} is reported", name(party)),
    }
}

/// A word of a closed list as records print it.
fn code(word: &impl Serialize) -> String {
    let value = serde_json::to_value(word).unwrap_or_default();
    value.as_str().map(|word| word.replace('_', " ")).unwrap_or_default()
}

fn actors(ids: &[ActorId], name: &dyn Fn(&ActorId) -> String, none: &str) -> String {
    if ids.is_empty() { none.to_string() } else { list(&ids.iter().map(name).collect::<Vec<_>>()) }
}

fn event(change: &EventChange, name: &dyn Fn(&ActorId) -> String) -> String {
    let mut parts = Vec::new();
    parts.extend(change.kind.map(|kind| format!("type {}", kind.code())));
    parts.extend(change.modes.as_ref().map(|modes| {
        format!("modes {}", modes.iter().map(|m| m.code().to_string()).collect::<Vec<_>>().join(" "))
    }));
    parts.extend(change.modality.map(|modality| code(&modality)));
    parts.extend(change.polarity.map(|polarity| code(&polarity)));
    parts.extend(change.actors.as_ref().map(|ids| format!("by {}", actors(ids, name, "nobody named"))));
    parts.extend(change.recipients.as_ref().map(|ids| format!("to {}", actors(ids, name, "nobody named"))));
    parts.extend(change.when.as_ref().map(|when| match (when.from(), when.to()) {
        (Some(from), Some(to)) if from == to => format!("on {from}"),
        (from, to) => {
            let end = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string()).unwrap_or_default();
            format!("between {} and {}", end(from), end(to))
        }
    }));
    parts.join(", ")
}

fn figure(change: &FigureChange, name: &dyn Fn(&ActorId) -> String) -> String {
    let mut parts = Vec::new();
    parts.extend(change.value.map(|(comparator, n)| match comparator {
        Comparator::Exactly => n.to_string(),
        Comparator::AtLeast => format!("at least {n}"),
        Comparator::MoreThan => format!("more than {n}"),
        Comparator::AtMost => format!("at most {n}"),
        Comparator::LessThan => format!("fewer than {n}"),
        Comparator::About | Comparator::Range | Comparator::Vague => format!("about {n}"),
    }));
    parts.extend(change.what.map(|what| code(&what)));
    parts.extend(change.victims.as_ref().map(|ids| format!("of {}", actors(ids, name, "nobody named"))));
    parts.extend(
        change.claimant.as_ref().map(|ids| format!("by the count of {}", actors(ids, name, "the outlet"))),
    );
    parts.join(", ")
}
