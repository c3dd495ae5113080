//! Clusters of events, found again by what an event that may join them shares with them.
//!
//! # How
//! [`Index::put`] files a cluster by type, class, side and day; by week of publication where it has no day; by its report
//! and sentence. [`Index::near`] takes from these shelves what an event can belong to, the nearest days first.
//! # Does not
//! Compare: [`crate::alike`] does.

use crate::alike::{Class, View};
use detente_types::EventType;
use std::collections::{BTreeMap, BTreeSet};

/// Clusters on one shelf that an event is compared with, at most. In an archive of 10,000 reports on one war
/// a shelf holds dozens a day; an event without a day could be any of them and mostly joins none.
const LOOK_AT: usize = 96;
/// Type, class and side: what all of a cluster share with an event that may join it.
type Shelf = (EventType, Class, Option<u32>);

/// Where clusters are found again.
#[derive(Default)]
pub(crate) struct Index {
    /// By type, class, side and day.
    dated: BTreeMap<(Shelf, i32), BTreeSet<usize>>,
    /// By type, class, side and week of publication, for clusters with no day.
    loose: BTreeMap<(Shelf, Option<i32>), BTreeSet<usize>>,
    /// By type, class and day, whoever did it: where one telling names no side.
    days: BTreeMap<(EventType, Class, i32), BTreeSet<usize>>,
    /// By report and sentence: one clause told as two events, or as one with a side and one without.
    beside: BTreeMap<(usize, usize), BTreeSet<usize>>,
    /// By report: what its headline tells.
    report: BTreeMap<usize, BTreeSet<usize>>,
}

impl Index {
    /// Files a cluster under one of its members.
    pub(crate) fn put(&mut self, view: &View, cluster: usize) {
        let (kind, class) = (view.event.kind, view.class);
        self.beside.entry((view.told, view.sentence)).or_default().insert(cluster);
        self.report.entry(view.told).or_default().insert(cluster);
        if let Some((from, to)) = view.from.zip(view.to).filter(|_| view.is_dated()) {
            (from..=to).for_each(|day| {
                self.days.entry((kind, class, day)).or_default().insert(cluster);
            });
        }
        for side in keys(view) {
            match view.from.zip(view.to).filter(|_| view.is_dated()) {
                Some((from, to)) => {
                    for day in from..=to {
                        self.dated.entry(((kind, class, side), day)).or_default().insert(cluster);
                    }
                }
                None => {
                    self.loose.entry(((kind, class, side), week(view))).or_default().insert(cluster);
                }
            }
        }
    }

    /// The clusters that the event may belong to.
    pub(crate) fn near(&self, view: &View) -> BTreeSet<usize> {
        let (kind, class) = (view.event.kind, view.class);
        let mut out: BTreeSet<usize> =
            self.beside.get(&(view.told, view.sentence)).into_iter().flatten().copied().collect();
        let reach = match (view.from, view.to, view.published) {
            (Some(from), Some(to), _) if to - from <= 31 => Some((from - 1, to + 1)),
            (Some(from), Some(to), _) => Some((from, to)),
            (_, _, Some((from, to))) => Some((from - 7, to + 1)),
            _ => None,
        };
        let (first, last) = reach.unwrap_or((i32::MIN, i32::MAX));
        if view.headline {
            out.extend(self.report.get(&view.told).into_iter().flatten().take(LOOK_AT));
        }
        // "Shells fell on the camp on 16 May": whoever fired them.
        if view.everybody.is_empty() && view.is_dated() {
            let all = self.days.range((kind, class, first)..=(kind, class, last));
            out.extend(all.rev().flat_map(|(_, c)| c).take(LOOK_AT));
        }
        let mut sides = keys(view);
        if view.is_dated() && !view.everybody.is_empty() {
            sides.push(None);
        }
        for side in sides {
            let dated = self.dated.range(((kind, class, side), first)..=((kind, class, side), last));
            // The nearest to the report first.
            out.extend(dated.rev().flat_map(|(_, c)| c).take(LOOK_AT));
            let weeks: Vec<Option<i32>> = match week(view) {
                Some(w) => vec![None, Some(w - 1), Some(w), Some(w + 1)],
                None => {
                    let all =
                        self.loose.range(((kind, class, side), None)..=((kind, class, side), Some(i32::MAX)));
                    out.extend(all.flat_map(|(_, c)| c).take(LOOK_AT));
                    Vec::new()
                }
            };
            let loose = weeks.into_iter().filter_map(|w| self.loose.get(&((kind, class, side), w)));
            out.extend(loose.flatten().take(LOOK_AT));
        }
        out
    }
}

/// The sides under which a view is filed; one key where it names none.
fn keys(view: &View) -> Vec<Option<u32>> {
    if view.everybody.is_empty() { vec![None] } else { view.everybody.iter().map(|s| Some(*s)).collect() }
}

fn week(view: &View) -> Option<i32> {
    view.published.map(|(from, to)| (from + (to - from) / 2).div_euclid(7))
}
