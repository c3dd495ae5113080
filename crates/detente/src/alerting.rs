//! What came in since alerts were told last: two states of a store's books to alerts, told once.
//!
//! # How
//! 1. The store has a mark at the report up to which alerts were told. The state before is the books of the reports
//!    up to it; the state after, those of all. So it does not matter which process added reports, or whether it was
//!    stopped: what was not told yet is told by whoever comes next.
//! 2. `detente-outlook` says what is new. Alerts and mark are written together.
//! 3. A store that is looked at for the first time with more than [`MANY`] reports is taken as known: its history is
//!    no news.
//!
//! # Does not
//! Send anything: [`crate::sending`] does.

use crate::keeping::Keeping;
use crate::pipeline::Desk;
use detente_outlook::State;
use detente_store::{Alert, Store};
use detente_types::{Decision, Policy, Reading};
use jiff::Timestamp;

/// Reports in a store that is looked at for the first time, from which on they are history.
pub const MANY: i64 = 200;

/// What was told.
#[derive(Debug, Default)]
pub struct News {
    /// Alerts that are new, in order.
    pub new: Vec<Alert>,
    /// Reports that were taken as known.
    pub history: i64,
}

/// Tells what came into a store since the last time. `readings` are those of all reports that count.
pub fn tell(
    store: &Store,
    desk: &Desk,
    keeping: &Keeping,
    readings: &[&Reading],
    now: Timestamp,
) -> detente_store::Result<News> {
    if !store.unread(desk.reader())?.is_empty() {
        // They are read by another process, or by this one later; what they say is told then.
        return Ok(News::default());
    }
    let (mark, last) = (store.told_to()?, store.last_report()?);
    let from = match mark {
        Some(mark) => mark,
        None if last > MANY => {
            store.tell(&[], now, last)?;
            return Ok(News { history: last, ..News::default() });
        }
        None => 0,
    };
    if from >= last {
        return Ok(News::default());
    }
    let reports = store.reports_to(from)?;
    let decisions: Vec<Decision> = store.decisions()?.into_iter().map(|(_, decision)| decision).collect();
    let replaced = store.superseded_since(from)?;
    let replaced = replaced.iter().filter_map(|id| store.reading(id, desk.reader()).transpose());
    let replaced = replaced.collect::<detente_store::Result<Vec<Reading>>>()?;
    let mut old: Vec<&Reading> =
        readings.iter().copied().filter(|r| reports.contains(r.document.id())).collect();
    old.extend(&replaced);
    let before = keeping.look_back(&old, &decisions, desk, Policy::default());
    let after = keeping.look_back(readings, &decisions, desk, Policy::default());
    let before = State { crises: before.iter().map(|m| &*m.crisis).collect(), reports };
    let after = State { crises: after.iter().map(|m| &*m.crisis).collect(), ..State::default() };
    Ok(News { new: store.tell(&rows(&before, &after), now, last)?, history: 0 })
}

/// What is new between two states: id, kind, and the alert as it is kept.
pub(crate) fn rows(before: &State, after: &State) -> Vec<(String, String, serde_json::Value)> {
    detente_outlook::alerts(before, after).iter().map(row).collect()
}

fn row(alert: &detente_outlook::Alert) -> (String, String, serde_json::Value) {
    let body = serde_json::to_value(alert).expect("an alert is strings, numbers and lists");
    (alert.id.clone(), alert.kind.code().to_string(), body)
}
