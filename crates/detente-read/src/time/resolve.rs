//! Calendar arithmetic: a value and its anchors to an interval.

use super::course::Told;
use super::{Bound, Expr, Look, Part, Unit, Value};
use detente_types::{Basis, DayPart, Precision, When};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// What relative expressions count from.
#[derive(Clone, Debug)]
pub(crate) struct Anchors {
    /// Bounds of the day of publication.
    pub(crate) published: When,
    /// The last date told in the text, for "two days later", and the year that a history has come to.
    pub(crate) told: Told,
    /// Years that the text names with their dates, for dates without a year.
    pub(crate) years: Vec<i16>,
    /// The clause speaks of the future.
    pub(crate) future: bool,
}

/// The interval of an expression; unknown ends where the anchors do not reach. The words are kept.
pub(crate) fn resolve(expr: &Expr, words: &str, anchors: &Anchors) -> When {
    let clock = matches!(expr.hour, Some(DayPart::Clock { .. })) && matches!(expr.value, Value::Reference(_));
    let when = match &expr.ends {
        _ if clock => clock_of(anchors),
        Some(ends) if expr.value == Value::Between => {
            let [from, to] = &**ends;
            stretch(&value(&from.value, anchors), &value(&to.value, anchors))
        }
        _ => value(&expr.value, anchors),
    };
    bounded(when, expr.bound, anchors).said(words)
}

/// A time of the clock on the day told last.
fn clock_of(anchors: &Anchors) -> When {
    let told = anchors.told.date.as_ref().filter(|d| d.precision == Precision::Day);
    told.map_or_else(When::unknown, |d| When::new(d.from(), d.to(), Precision::Day, Basis::Relative))
}

/// From the beginning of one to the end of the other.
fn stretch(from: &When, to: &When) -> When {
    let ordered = to.to().is_none_or(|end| from.from().is_none_or(|start| start <= end));
    if !ordered {
        return When::new(None, None, Precision::Range, from.basis);
    }
    let days = from.precision == Precision::Day && to.precision == Precision::Day;
    let precision = if days { Precision::Days } else { Precision::Range };
    When::new(from.from(), to.to(), precision, from.basis)
}

fn bounded(when: When, bound: Bound, anchors: &Anchors) -> When {
    match bound {
        Bound::At => when,
        // "since Saturday", told as past: until the report at the latest.
        Bound::After => {
            let told = anchors
                .published
                .to()
                .filter(|&to| !anchors.future && when.from().is_none_or(|from| from <= to));
            When::new(when.from(), told, Precision::After, when.basis)
        }
        Bound::Before => When::new(None, when.to(), Precision::Before, when.basis),
    }
}

fn value(value: &Value, anchors: &Anchors) -> When {
    match *value {
        Value::Day { year, month, day } => days(year, (month, day), (month, day), anchors),
        Value::Days { year, from, to } => days(year, from, to, anchors),
        Value::Month { year, month, part } => month_of(year, month, part, anchors),
        Value::Season { year, month, shift } => season(year, month, shift, anchors),
        Value::Year { year, part } => part_of(year_ends(year, year), part, Precision::Year, Basis::Explicit),
        Value::Years { from, to } => interval(year_ends(from, to), Precision::Range, Basis::Explicit),
        Value::Weekday { day, shift, night } => weekday(day, shift, night, anchors),
        Value::FromToday(n) => from_published(anchors, |d| d.checked_add(n.days()).ok()),
        Value::Period { unit, shift, part } => period(unit, shift, part, anchors),
        // "in seven weeks", of what is past, is a length.
        Value::Ago { n, .. } if n > 0 && anchors.told.story.is_some() => When::unknown(),
        Value::Ago { unit, n } if anchors.told.story.is_some() => later(unit, n, Part::Whole, anchors),
        Value::Ago { unit, n } => ago(unit, n, &anchors.published, Basis::Relative),
        Value::Later { unit, n, part } => later(unit, n, part, anchors),
        Value::Recent { unit, n } => recent(unit, n, anchors),
        Value::Vague(Look::Future) => When::unknown(),
        Value::Vague(_) => When::new(None, anchors.published.to(), Precision::Before, Basis::Published),
        Value::Sometime(look) => sometime(look, anchors),
        Value::Repeated(_) => When::new(None, anchors.published.to(), Precision::Recurring, Basis::Published),
        Value::Reference(_) | Value::Between => When::unknown(),
        Value::Length { .. } => When::unknown(),
    }
}

type Ends = Option<(Date, Date)>;

fn interval(ends: Ends, precision: Precision, basis: Basis) -> When {
    match ends {
        Some((from, to)) => When::new(Some(from), Some(to), precision, basis),
        None => When::new(None, None, precision, basis),
    }
}

/// Years as they are said: there is no year 0 between 1 BC and AD 1.
fn year_ends(from: i16, to: i16) -> Ends {
    Some((Date::new(calendar_year(from), 1, 1).ok()?, Date::new(calendar_year(to), 12, 31).ok()?))
}

fn said_year(calendar: i16) -> i16 {
    if calendar <= 0 { calendar - 1 } else { calendar }
}

fn calendar_year(said: i16) -> i16 {
    if said < 0 { said + 1 } else { said }
}

fn month_ends(year: i16, month: i8) -> Ends {
    let first = Date::new(calendar_year(year), month, 1).ok()?;
    Some((first, first.last_of_month()))
}

/// A third of an interval; a named part is only roughly a third, so the thirds overlap by a little.
fn part_of(ends: Ends, part: Part, precision: Precision, basis: Basis) -> When {
    let Some((from, to)) = ends else { return interval(None, precision, basis) };
    let days = (to - from).get_days();
    let at = |share: i32| from.saturating_add((days * share / 100).days());
    let month = days < 31;
    let (from, to) = match part {
        // Of a month, the first, second and last ten days.
        Part::Early if month => (from, from.saturating_add(9.days())),
        Part::Mid if month => (from.saturating_add(10.days()), from.saturating_add(19.days())),
        Part::Late if month => (from.saturating_add(20.days()), to),
        Part::FirstHalf | Part::SecondHalf => halves(from, to, part),
        Part::Whole => (from, to),
        Part::Early => (from, at(40)),
        Part::Mid => (at(30), at(70)),
        Part::Late => (at(60), to),
    };
    let precision = if part == Part::Whole { precision } else { Precision::Range };
    interval(Some((from, to)), precision, basis)
}

/// January to June, July to December; of anything but a year, half of the days.
fn halves(from: Date, to: Date, part: Part) -> (Date, Date) {
    let middle = match Date::new(from.year(), 6, 30) {
        Ok(june) if from.month() == 1 && to.month() == 12 && from.year() == to.year() => june,
        _ => from.saturating_add(((to - from).get_days() / 2).days()),
    };
    if part == Part::FirstHalf { (from, middle) } else { (middle.saturating_add(1.days()), to) }
}

/// The year of a date without one: the latest that does not lie after publication (the earliest not
/// before it, in the future); else the one year that the text names.
fn year_for(month: i8, day: i8, anchors: &Anchors) -> Option<i16> {
    if let Some((year, come_to)) = anchors.told.story {
        // A month long before the one told last is that of the next year.
        let next = come_to.is_some_and(|m| m - month >= 6);
        return Some(said_year(if next { year + 1 } else { year }));
    }
    let last = anchors.published.to().or(anchors.published.from());
    if let Some(limit) = last.filter(|_| anchors.published.days().is_none_or(|d| d < 200)) {
        let same = Date::new(limit.year(), month, day.min(28)).ok()?;
        let ahead = (same - limit).get_days();
        return Some(match (anchors.future, ahead) {
            (false, n) if n > 3 => limit.year() - 1,
            (true, n) if n < -180 => limit.year() + 1,
            _ => limit.year(),
        });
    }
    let mut years = anchors.years.clone();
    years.sort_unstable();
    years.dedup();
    // With several years named, the latest is that of the news; the others are background.
    years.last().copied()
}

fn days(year: Option<i16>, from: (i8, i8), to: (i8, i8), anchors: &Anchors) -> When {
    let precision = if from == to { Precision::Day } else { Precision::Days };
    let basis = Basis::Explicit;
    let Some(year) = year.or_else(|| year_for(from.0, from.1, anchors)) else {
        return interval(None, precision, basis);
    };
    let year = calendar_year(year);
    let ends = Date::new(year, from.0, from.1).ok().zip(Date::new(year, to.0, to.1).ok());
    interval(ends, precision, basis)
}

fn month_of(year: Option<i16>, month: i8, part: Part, anchors: &Anchors) -> When {
    let ends = year.or_else(|| year_for(month, 1, anchors)).and_then(|y| month_ends(y, month));
    part_of(ends, part, Precision::Month, Basis::Explicit)
}

fn season(year: Option<i16>, month: i8, shift: i32, anchors: &Anchors) -> When {
    let year = year.or_else(|| {
        let base = match anchors.told.story {
            Some((year, _)) => year,
            None => anchors.published.to()?.year(),
        };
        Some(said_year(base + i16::try_from(shift).ok()?))
    });
    let ends = year.and_then(|y| {
        let first = Date::new(calendar_year(y), month, 1).ok()?;
        Some((first, first.checked_add(2.months()).ok()?.last_of_month()))
    });
    interval(ends, Precision::Range, Basis::Relative)
}

/// The weekday before (after, in the future) the day of publication; that day itself when it fits.
fn weekday(day: Weekday, shift: i32, night: bool, anchors: &Anchors) -> When {
    let precision = if night { Precision::Days } else { Precision::Day };
    let base =
        if anchors.told.story.is_some() { anchors.told.date.as_ref() } else { Some(&anchors.published) };
    let Some((from, to)) = base.and_then(|w| w.from().zip(w.to())) else {
        return interval(None, precision, Basis::Weekday);
    };
    // A history goes on from what it told: its Thursday is the next one.
    let ahead_of_told = anchors.told.story.is_some() && shift == 0;
    let nearest = |base: Date| -> Option<Date> {
        let back = i32::from(base.weekday().since(day));
        let ahead = i32::from(base.weekday().until(day));
        let n = match (shift, anchors.future) {
            (-1, _) if back == 0 => -7,
            (-1, _) => -back,
            (1, _) if ahead == 0 => 7,
            (1, _) | (_, true) => ahead,
            _ if ahead_of_told => ahead,
            _ => -back,
        };
        base.checked_add(n.days()).ok()
    };
    let (Some(first), Some(last)) = (nearest(from), nearest(to)) else {
        return interval(None, precision, Basis::Weekday);
    };
    if first != last {
        // Publication is known only within bounds that hold two such weekdays.
        return When::new(Some(first), Some(last), Precision::Range, Basis::Weekday);
    }
    let end = if night { first.saturating_add(1.days()) } else { first };
    interval(Some((first, end)), precision, Basis::Weekday)
}

fn from_published(anchors: &Anchors, f: impl Fn(Date) -> Option<Date>) -> When {
    if anchors.told.story.is_some() {
        // "today" in a history is the time of its writing, which may be long ago.
        return When::new(None, None, Precision::Day, Basis::Relative);
    }
    let (from, to) = (anchors.published.from().and_then(&f), anchors.published.to().and_then(&f));
    let precision = if from == to { Precision::Day } else { Precision::Range };
    When::new(from, to, precision, Basis::Relative)
}

fn grain(unit: Unit) -> Precision {
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day => Precision::Day,
        Unit::Week => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Year => Precision::Year,
        Unit::Decade | Unit::Century => Precision::Range,
    }
}

fn step(unit: Unit, n: i32) -> Span {
    match unit {
        Unit::Minute => (n / (24 * 60)).days(),
        Unit::Hour => (n / 24).days(),
        Unit::Day => n.days(),
        Unit::Week => n.weeks(),
        Unit::Month => n.months(),
        Unit::Year => n.years(),
        Unit::Decade => (n.saturating_mul(10)).years(),
        Unit::Century => (n.saturating_mul(100)).years(),
    }
}

/// The unit that holds a day: its week (from Monday), month, year.
fn holding(day: Date, unit: Unit) -> Ends {
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day => Some((day, day)),
        Unit::Week => {
            let back = i32::from(day.weekday().to_monday_zero_offset());
            let monday = day.checked_sub(back.days()).ok()?;
            Some((monday, monday.checked_add(6.days()).ok()?))
        }
        Unit::Month => month_ends(day.year(), day.month()),
        Unit::Year => years_around(day, 1),
        Unit::Decade => years_around(day, 10),
        Unit::Century => years_around(day, 100),
    }
}

/// The year, decade or century of a day.
fn years_around(day: Date, n: i16) -> Ends {
    let from = day.year() - day.year().rem_euclid(n);
    Some((Date::new(from, 1, 1).ok()?, Date::new(from + n - 1, 12, 31).ok()?))
}

fn period(unit: Unit, shift: i32, part: Part, anchors: &Anchors) -> When {
    let of = |base: Date| holding(base.checked_add(step(unit, shift)).ok()?, unit);
    if anchors.told.story.is_some() {
        return later(unit, shift, part, anchors);
    }
    let (from, to) = (anchors.published.from().and_then(of), anchors.published.to().and_then(of));
    let ends = from.zip(to).map(|(a, b)| (a.0, b.1));
    if shift == 0 && part == Part::Early {
        // "earlier this month" is any day of the month before publication.
        let ends = from.zip(anchors.published.to()).map(|(a, day)| (a.0, day));
        return interval(ends, grain(unit), Basis::Relative);
    }
    let precision = if from == to { grain(unit) } else { Precision::Range };
    part_of(ends, part, precision, Basis::Relative)
}

/// "three days ago" to the day; "three months ago" to the month.
fn ago(unit: Unit, n: i32, base: &When, basis: Basis) -> When {
    let of = |day: Date| holding(day.checked_add(step(unit, n)).ok()?, unit);
    let (from, to) = (base.from().and_then(of), base.to().and_then(of));
    let precision = if from == to { grain(unit) } else { Precision::Range };
    When::new(from.map(|e| e.0), to.map(|e| e.1), precision, basis)
}

/// "two days later" to the day, "the following month" to the month, from what was told last.
fn later(unit: Unit, n: i32, part: Part, anchors: &Anchors) -> When {
    let told = match (&anchors.told.date, anchors.told.story) {
        // A history counts years from the one that it has come to, wherever it last named a day.
        (date, Some((year, month))) if unit_of_years(unit) || date.is_none() => come_to(year, month),
        (Some(date), _) => date.clone(),
        (None, _) => return When::new(None, None, grain(unit), Basis::Relative),
    };
    let days = matches!(unit, Unit::Minute | Unit::Hour | Unit::Day);
    if days && n == 0 && told.precision != Precision::Day {
        return When::new(told.from(), told.to(), Precision::Range, Basis::Relative);
    }
    if days || told.precision != Precision::Day && !unit_of_years(unit) && unit != Unit::Month {
        let of = |day: Date| day.checked_add(step(unit, n)).ok();
        let precision = if told.precision == Precision::Day { grain(unit) } else { Precision::Range };
        return When::new(told.from().and_then(of), told.to().and_then(of), precision, Basis::Relative);
    }
    let whole = ago(unit, n, &told, Basis::Relative);
    part_of(whole.from().zip(whole.to()), part, whole.precision, Basis::Relative)
}

fn unit_of_years(unit: Unit) -> bool {
    matches!(unit, Unit::Year | Unit::Decade | Unit::Century)
}

/// The year, or the month of it, that a history has come to.
fn come_to(year: i16, month: Option<i8>) -> When {
    let (from, to) = month.map_or((1, 12), |m| (m, m));
    let ends = Date::new(year, from, 1).ok().zip(Date::new(year, to, 1).ok());
    let precision = if month.is_some() { Precision::Month } else { Precision::Year };
    interval(ends.map(|(a, b)| (a, b.last_of_month())), precision, Basis::Relative)
}

/// "a few days later", "weeks earlier": after or before what was told, nobody says how much.
fn sometime(look: Look, anchors: &Anchors) -> When {
    let told = anchors.told.date.as_ref();
    match look {
        Look::Future => When::new(told.and_then(When::from), None, Precision::After, Basis::Relative),
        _ => When::new(None, told.and_then(When::to), Precision::Before, Basis::Relative),
    }
}

fn recent(unit: Unit, n: Option<i32>, anchors: &Anchors) -> When {
    // Without a number, "recent days" reaches back about a fortnight, "recent months" about half a year.
    let n = n.unwrap_or(match unit {
        Unit::Minute => 60,
        Unit::Hour => 48,
        Unit::Day => 14,
        Unit::Week => 8,
        Unit::Month => 6,
        Unit::Year => 5,
        Unit::Decade => 3,
        Unit::Century => 2,
    });
    if anchors.told.story.is_some() {
        return When::unknown();
    }
    let from = anchors.published.from().and_then(|d| d.checked_add(step(unit, -n)).ok());
    When::new(from, anchors.published.to(), Precision::Range, Basis::Relative)
}
