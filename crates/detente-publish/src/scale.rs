//! What is drawn where: days on a timeline, numbers on a line, in per cent of the width, whatever draws them.

use crate::dossier::{Moment, TallyBox};
use detente_types::When;
use jiff::civil::Date;
use jiff::{ToSpan, Unit};

/// Moments from which on a drawing is worth more than the list alone.
const DRAWN_FROM: usize = 3;

/// From the first to the last day that is drawn.
pub(crate) struct Days {
    from: Date,
    days: i32,
}

impl Days {
    /// `None` where too little is dated to be drawn.
    pub(crate) fn of(moments: &[Moment]) -> Option<Days> {
        let dated: Vec<&When> = moments.iter().map(|m| &m.when).filter(|w| !w.is_unknown()).collect();
        let first = dated.iter().filter_map(|w| w.from().or(w.to())).min()?;
        let last = dated.iter().filter_map(|w| w.to().or(w.from())).max()?;
        let days = days_between(first, last);
        // A day of air on either side, and more where the span is long.
        let air = 1 + days / 30;
        let from = first.checked_sub(air.days()).ok()?;
        (dated.len() >= DRAWN_FROM).then_some(Days { from, days: (days + 2 * air + 1).max(1) })
    }

    /// Where a day begins, in per cent of the width.
    pub(crate) fn at(&self, day: Date) -> f64 {
        f64::from(days_between(self.from, day)) / f64::from(self.days) * 100.0
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until((Unit::Day, to)).map_or(0, |span| span.get_days())
}

/// What is drawn for one interval, in per cent of the width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    /// One day: a dot in its middle.
    Dot(f64),
    /// Two known ends.
    Band(f64, f64),
    /// Not earlier than.
    Later(f64, f64),
    /// Not later than.
    Earlier(f64, f64),
}

impl Shape {
    pub(crate) fn of(when: &When, scale: &Days) -> Option<Shape> {
        const FADE: f64 = 7.0;
        let day = 100.0 / f64::from(scale.days);
        let before = when.precision == detente_types::Precision::Before;
        match (when.from(), when.to()) {
            (None, None) => None,
            (Some(from), Some(to)) if from == to => Some(Shape::Dot(scale.at(from) + day / 2.0)),
            (Some(from), Some(to)) if before => Some(Shape::Earlier(scale.at(from), scale.at(to) + day)),
            (Some(from), Some(to)) => Some(Shape::Band(scale.at(from), scale.at(to) + day)),
            (Some(from), None) => Some(Shape::Later(scale.at(from), (scale.at(from) + FADE).min(100.0))),
            (None, Some(to)) => {
                Some(Shape::Earlier((scale.at(to) + day - FADE).max(0.0), scale.at(to) + day))
            }
        }
    }

    pub(crate) fn ends(self) -> (f64, f64) {
        match self {
            Shape::Dot(at) => (at - 1.2, at + 1.2),
            Shape::Band(from, to) | Shape::Later(from, to) | Shape::Earlier(from, to) => (from, to),
        }
    }
}

/// The first row in which each mark does not touch an earlier one.
pub(crate) fn pack(ends: &[(f64, f64)]) -> Vec<usize> {
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut placed = Vec::new();
    for (from, to) in ends {
        let free = |row: &Vec<(f64, f64)>| row.iter().all(|(a, b)| *to + 0.4 < *a || *b + 0.4 < *from);
        let at = rows.iter().position(free).unwrap_or(rows.len());
        if at == rows.len() {
            rows.push(Vec::new());
        }
        rows[at].push((*from, *to));
        placed.push(at);
    }
    placed
}

/// The most marks on the axis: as many as a telephone's width can hold.
const MOST_TICKS: i32 = 6;

/// Days at which the axis is marked, with their names: days, weeks, months or years, whichever fits.
pub(crate) fn ticks(scale: &Days) -> Vec<(Date, String)> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name = |d: Date| MONTHS[usize::from(d.month().unsigned_abs().clamp(1, 12)) - 1];
    let mut out = Vec::new();
    let last = scale.from.checked_add(scale.days.days()).unwrap_or(scale.from);
    if scale.days <= 14 * MOST_TICKS {
        let step = [1, 2, 7, 14].into_iter().find(|s| scale.days / s <= MOST_TICKS).unwrap_or(14);
        let mut day = scale.from.checked_add(1.days()).unwrap_or(scale.from);
        while day < last && out.len() < 60 {
            out.push((day, format!("{} {}", day.day(), name(day))));
            let Ok(next) = day.checked_add(step.days()) else { break };
            day = next;
        }
        return out;
    }
    let months = scale.days / 30;
    let step = [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|s| months / s <= MOST_TICKS).unwrap_or(240);
    let mut day = scale.from.first_of_month();
    // A year's step starts in January, so that the marks carry the names of years.
    if step >= 12 {
        day = day.first_of_year();
    }
    while day < last && out.len() < 60 {
        let label = if step >= 12 { day.year().to_string() } else { format!("{} {}", name(day), day.year()) };
        if day >= scale.from {
            out.push((day, label));
        }
        let Ok(next) = day.checked_add(step.months()) else { break };
        day = next;
    }
    out
}

/// From zero to the highest number that is told, with room for an open end.
pub(crate) struct Numbers {
    pub(crate) most: u64,
}

/// The share of the scale that is kept free at its right end.
const ROOM: f64 = 0.86;

impl Numbers {
    /// `None` where no row has a number.
    pub(crate) fn of(tally: &TallyBox) -> Option<Numbers> {
        let numbers = tally.rows.iter().flat_map(|r| [r.low, r.value, r.high]).flatten();
        numbers.max().filter(|most| *most > 0).map(|most| Numbers { most })
    }

    /// Where a number stands, in per cent of the width.
    #[allow(clippy::cast_precision_loss)] // a drawing; a toll of 2^53 is not told
    pub(crate) fn at(&self, n: u64) -> f64 {
        n as f64 / self.most as f64 * 100.0 * ROOM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_do_not_touch_in_a_row() {
        assert_eq!(pack(&[(0.0, 10.0), (5.0, 12.0), (11.0, 20.0), (13.0, 14.0)]), [0, 1, 0, 1]);
    }
}
