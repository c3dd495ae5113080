//! Alerts about a folder that is served: two looks at it to what is new, kept as long as the program runs.
//!
//! # How
//! 1. The first look is history: what is there when the page is opened is no news.
//! 2. Each later look is compared with the one before ([`detente_outlook`]); what is new gets the next number.
//!
//! # Does not
//! Outlive the program or send anything: for that, reports are kept in a store, and [`crate::alerting`] tells.

use crate::alerting::{self, News};
use crate::deciding::notice;
use detente_crisis::Made;
use detente_outlook::State;
use detente_page::alerts::{Alerts, Notice};
use detente_page::journal::Trouble;
use detente_store::Alert;
use detente_types::DocumentId;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Alerts of this run, and the books that they were told from last.
#[derive(Debug, Default)]
pub(crate) struct Bulletin {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// In the order of telling; the first has number 1.
    alerts: Vec<Alert>,
    before: Option<(Vec<Made>, BTreeSet<DocumentId>)>,
}

impl Bulletin {
    /// Tells what these books have that those of the last look had not; with the number of alerts that nobody has seen.
    pub(crate) fn tell(
        &self,
        made: Vec<Made>,
        reports: BTreeSet<DocumentId>,
        now: Timestamp,
    ) -> (News, usize) {
        let mut kept = self.open();
        let mut new = Vec::new();
        if let Some((before, known)) = kept.before.take() {
            let before = State { crises: before.iter().map(|m| &*m.crisis).collect(), reports: known };
            let after = State { crises: made.iter().map(|m| &*m.crisis).collect(), ..State::default() };
            for (id, kind, body) in alerting::rows(&before, &after) {
                // A file that is taken away and put back tells nothing twice.
                if kept.alerts.iter().all(|told| told.id != id) {
                    let number = kept.alerts.len() as i64 + 1;
                    kept.alerts.push(Alert { number, id, at: now, kind, body, seen: false });
                    new.extend(kept.alerts.last().cloned());
                }
            }
        }
        kept.before = Some((made, reports));
        let unseen = unseen(&kept.alerts);
        (News { new, history: 0 }, unseen)
    }

    fn open(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unseen(alerts: &[Alert]) -> usize {
    alerts.iter().filter(|a| !a.seen).count()
}

impl Alerts for Bulletin {
    fn told(&self, unseen_only: bool, from: usize, limit: usize) -> Result<Vec<Notice>, Trouble> {
        let kept = self.open();
        let told = kept.alerts.iter().rev().filter(|a| !(unseen_only && a.seen));
        Ok(told.skip(from).take(limit).cloned().filter_map(notice).collect())
    }

    fn count(&self) -> Result<(usize, usize), Trouble> {
        let kept = self.open();
        Ok((kept.alerts.len(), unseen(&kept.alerts)))
    }

    fn seen(&self, to: i64) -> Result<(), Trouble> {
        self.open().alerts.iter_mut().filter(|a| a.number <= to).for_each(|a| a.seen = true);
        Ok(())
    }
}
