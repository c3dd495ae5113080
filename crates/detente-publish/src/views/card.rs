//! A crisis in a list of several: name, dates, where talks stand, and its days in numbers.
//!
//! # How
//! The line of days counts happenings that are told as done, by lane. One whose day is not exactly known is spread
//! evenly over the days that it may have been; one with an open end, or more than a month wide, is on no day: a
//! drawing must not be more certain than the reports.

use crate::dossier::{Block, Dossier, Footing, Lane, Line, Moment, Part};
use detente_types::mediation::State;
use detente_types::{Crisis, CrisisId, When};
use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The widest interval, in days, that is spread over its days.
const WIDEST: i32 = 31;

/// A crisis in a list.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Card {
    /// The crisis.
    pub id: CrisisId,
    /// For people: "Arvenia – Tolmark".
    pub title: String,
    /// First and last day, in words.
    pub dates: String,
    /// First and last day.
    pub when: When,
    /// Number of reports.
    pub reports: usize,
    /// Number of outlets that are named.
    pub outlets: usize,
    /// Reports less those that carry another's text.
    pub texts: usize,
    /// Names of the parties.
    pub parties: Vec<String>,
    /// The most important of it, in a few lines.
    pub summary: Vec<Line>,
    /// Where each track of mediation stands, appeals left out.
    pub tracks: Vec<TrackCard>,
    /// Number of points on which reports differ.
    pub differences: usize,
    /// The days on which something is told to have happened, in order.
    pub days: Vec<Day>,
}

/// Where one track of mediation stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TrackCard {
    /// Who mediates, in words.
    pub mediators: String,
    /// Where it stands.
    pub state: State,
    /// Where it stands, in words.
    pub state_words: &'static str,
}

/// What is told of one day, as a number of happenings a lane. Fractions come from days that are not exactly known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Day {
    /// The day.
    #[schemars(with = "String")]
    pub day: Date,
    /// Violence, force, coercion, protest.
    pub force: f64,
    /// Talks, offers, agreements, and their failure.
    pub talks: f64,
    /// Accusations, demands, threats, denials, comment.
    pub words: f64,
    /// What it does to trade, movement, life; aid.
    pub effects: f64,
}

/// The card of a crisis.
pub fn card(crisis: &Crisis, dossier: &Dossier) -> Card {
    let outlets: BTreeSet<&str> = dossier.reports.iter().filter_map(|r| r.outlet.as_deref()).collect();
    let differences = blocks(dossier, Part::Disagreements);
    Card {
        id: dossier.id.clone(),
        title: dossier.title.clone(),
        dates: dossier.dates.clone(),
        when: dossier.when.clone(),
        reports: dossier.reports.len(),
        outlets: outlets.len(),
        texts: dossier.reports.iter().filter(|r| r.copy_of.is_none()).count(),
        parties: crisis.parties.iter().map(|id| crisis.name_of(id).to_string()).collect(),
        summary: dossier.summary.clone(),
        tracks: tracks(dossier),
        differences: differences.filter(|b| matches!(b, Block::Difference(_))).count(),
        days: days(moments(dossier)),
    }
}

fn blocks(dossier: &Dossier, part: Part) -> impl Iterator<Item = &Block> {
    dossier.section(part).into_iter().flat_map(|s| &s.blocks)
}

fn moments(dossier: &Dossier) -> impl Iterator<Item = &Moment> {
    blocks(dossier, Part::Timeline).flat_map(|block| match block {
        Block::Moments(moments) => moments.as_slice(),
        _ => &[],
    })
}

fn tracks(dossier: &Dossier) -> Vec<TrackCard> {
    let told = blocks(dossier, Part::Mediation).filter_map(|block| match block {
        Block::Track(track) if track.state != State::AppealsOnly && !track.weak => Some(TrackCard {
            mediators: track.mediators.clone(),
            state: track.state,
            state_words: track.state_words,
        }),
        _ => None,
    });
    told.collect()
}

/// Happenings a day and lane.
fn days<'a>(moments: impl Iterator<Item = &'a Moment>) -> Vec<Day> {
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for moment in moments.filter(|m| !m.background && !matches!(m.footing, Footing::NotDone | Footing::Weak))
    {
        let Some((first, number)) = spread(&moment.when) else { continue };
        for at in 0..number {
            let Ok(day) = first.checked_add(at.days()) else { break };
            let told =
                days.entry(day).or_insert(Day { day, force: 0.0, talks: 0.0, words: 0.0, effects: 0.0 });
            *lane(told, moment.lane) += 1.0 / f64::from(number);
        }
    }
    days.into_values().collect()
}

/// The first day of an interval and the number of its days, where it is narrow enough.
fn spread(when: &When) -> Option<(Date, i32)> {
    let number = when.days().filter(|n| (1..=WIDEST).contains(n))?;
    Some((when.from()?, number))
}

fn lane(day: &mut Day, lane: Lane) -> &mut f64 {
    match lane {
        Lane::Force => &mut day.force,
        Lane::Talks => &mut day.talks,
        Lane::Words => &mut day.words,
        Lane::Effects => &mut day.effects,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_types::{Basis, Precision};
    use jiff::civil::date;

    #[test]
    fn an_open_or_wide_interval_is_on_no_day() {
        let day = date(2024, 3, 1);
        assert_eq!(spread(&When::day(day, Basis::Explicit)), Some((day, 1)));
        let open = When::new(None, Some(day), Precision::Before, Basis::Published);
        assert_eq!(spread(&open), None);
        let year = When::new(Some(day), Some(date(2024, 12, 1)), Precision::Range, Basis::Explicit);
        assert_eq!(spread(&year), None);
    }
}
