//! Time expressions: words to intervals with precision and basis.
//!
//! "On Thursday", "two days later", "earlier this month", "since 2021", "overnight": a report gives
//! few calendar dates and many relative ones. This room finds the words ([`find`]), says what they
//! mean before anything is known about the day of the report ([`Value`]), and resolves them against
//! the bounds of publication and the last date told (`resolve`).
//!
//! # How
//! 1. `grammar`: a small grammar over tokens, longest match first: `calendar` has dates, `relative` the rest.
//! 2. `course`: walks through the report and keeps what was told last; a history takes its years from there,
//!    news take them from the day of publication.
//! 3. `resolve`: calendar arithmetic; what cannot be resolved stays unresolved, with its words.
//! 4. `normal`: the value as TIMEX3 writes it.
//!
//! # Does not
//! Take the day of publication for the day of an event; anchor a report by another one (that is
//! `detente-crisis`).
//!
//! # From
//! TIMEX3 (TimeML 1.2.1) for what counts as an expression; HeidelTime (Strötgen & Gertz 2010) for the
//! treatment of weekdays and partial dates in news and of years in narratives.

mod calendar;
mod course;
mod grammar;
mod normal;
mod relative;
mod resolve;
mod words;

pub(crate) use course::{Course, course};
pub(crate) use grammar::{ancient, find};
pub(crate) use normal::timed;
pub(crate) use resolve::{Anchors, resolve};
pub(crate) use words::{is_weekday, of_calendar, ordinal};

use detente_types::DayPart;
use jiff::civil::Weekday;

/// One expression: token range and meaning.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    /// First token.
    pub(crate) first: usize,
    /// Last token.
    pub(crate) last: usize,
    /// Meaning before resolution.
    pub(crate) value: Value,
    /// How a preposition or adverb before it bounds it.
    pub(crate) bound: Bound,
    /// The part of the day, or the clock, that the words add.
    pub(crate) hour: Option<DayPart>,
    /// The two ends of a stretch told by both ("from 9 to 12 April").
    pub(crate) ends: Option<Box<[Expr; 2]>>,
}

/// What a preposition makes of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// "on", "in", none.
    At,
    /// "since", "after", "from".
    After,
    /// "by", "before", "until".
    Before,
}

/// Units of relative dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
}

/// Part of a longer period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Early,
    Mid,
    Late,
    FirstHalf,
    SecondHalf,
}

/// What words without a date look to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Past,
    Present,
    Future,
}

/// What an expression means before anything is known about the day of the report. Years before Christ are
/// negative: -480 is 480 BC.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// A day, with or without its year.
    Day { year: Option<i16>, month: i8, day: i8 },
    /// Several days of one month ("11-12 October"), or from one day to another.
    Days { year: Option<i16>, from: (i8, i8), to: (i8, i8) },
    /// A month.
    Month { year: Option<i16>, month: i8, part: Part },
    /// A season: first month of three.
    Season { year: Option<i16>, month: i8, shift: i32 },
    /// A year.
    Year { year: i16, part: Part },
    /// From one year to another ("1991-1995", "the 1990s").
    Years { from: i16, to: i16 },
    /// From the first end of the expression to the second.
    Between,
    /// A weekday; the shift counts weeks ("last Friday" -1, "next Friday" 1).
    Weekday { day: Weekday, shift: i32, night: bool },
    /// Today, yesterday, tomorrow, overnight: days from publication.
    FromToday(i32),
    /// The current, last, next period: "this month" 0, "last week" -1; of which a part.
    Period { unit: Unit, shift: i32, part: Part },
    /// "three days ago" (-3), "in two weeks" (2), from publication.
    Ago { unit: Unit, n: i32 },
    /// "two days later" (2), "a week earlier" (-1), "that year" (0), from the last date told; of which a part.
    Later { unit: Unit, n: i32, part: Part },
    /// "in recent months", "in the past two weeks": up to publication.
    Recent { unit: Unit, n: Option<i32> },
    /// "recently", "lately", "now", "currently", "at present".
    Vague(Look),
    /// "a few days later", "weeks earlier": not on the calendar, but before or after what was told.
    Sometime(Look),
    /// "former", "current", "at that time", "at night": no date by itself.
    Reference(Option<Look>),
    /// A length of time ("for two days"); no date by itself.
    Length { unit: Unit, n: Option<i32> },
    /// "every day", "weekly", "repeatedly".
    Repeated(Option<Unit>),
}

impl Value {
    /// Does it name no point or stretch of the calendar?
    pub(crate) fn undated(&self) -> bool {
        matches!(self, Value::Length { .. } | Value::Repeated(_) | Value::Reference(_))
    }

    /// Can "two days later" be counted from it?
    fn told(&self) -> bool {
        let loose = matches!(
            self,
            Value::Vague(_)
                | Value::Sometime(_)
                | Value::Recent { .. }
                | Value::Year { .. }
                | Value::Years { .. }
                | Value::Between
        );
        !loose && !self.undated()
    }

    /// The year that it names.
    fn year(&self) -> Option<i16> {
        match *self {
            Value::Day { year, .. }
            | Value::Days { year, .. }
            | Value::Month { year, .. }
            | Value::Season { year, .. } => year,
            Value::Year { year, .. } => Some(year),
            _ => None,
        }
    }
}
