//! When something was: an interval, how fine it is, and where it is known from.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An interval of days. Either end may be open. The day of publication is never silently the day of
/// the event: the basis says where the interval comes from.
// Invariant: from <= to when both are known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct When {
    #[schemars(with = "Option<String>")]
    from: Option<Date>,
    #[schemars(with = "Option<String>")]
    to: Option<Date>,
    /// How fine the interval is.
    pub precision: Precision,
    /// Where it is known from.
    pub basis: Basis,
    /// The words in the report ("two days later"), where there are some.
    pub text: Option<String>,
}

/// How fine an interval is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// One day.
    Day,
    /// A few days, with known ends ("11-12 October", "overnight", "at the weekend").
    Days,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
    /// An interval with two ends that is none of the above.
    Range,
    /// Not later than `to` ("by Monday").
    Before,
    /// Not earlier than `from` ("since 2021").
    After,
    /// Again and again ("periodic skirmishes"); the ends are the bounds of the habit.
    Recurring,
    /// Nothing is known.
    Unknown,
}

/// Where an interval is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A calendar date in the text.
    Explicit,
    /// The name of a weekday, counted from the day of publication or another date in the text.
    Weekday,
    /// A phrase relative to publication or another date ("last month", "two days later").
    Relative,
    /// The bounds of publication only: it was reported then, so it was not later.
    Published,
    /// Taken from the event it is part of, or from the sentence before.
    Inherited,
    /// Resolved by a date in another report.
    Anchored,
    /// Not known.
    None,
}

impl When {
    /// The interval with these ends; a reversed pair is put in order.
    pub fn new(from: Option<Date>, to: Option<Date>, precision: Precision, basis: Basis) -> When {
        let (from, to) = match (from, to) {
            (Some(a), Some(b)) if a > b => (Some(b), Some(a)),
            ends => ends,
        };
        When { from, to, precision, basis, text: None }
    }

    /// One day.
    pub fn day(day: Date, basis: Basis) -> When {
        When::new(Some(day), Some(day), Precision::Day, basis)
    }

    /// Nothing is known.
    pub fn unknown() -> When {
        When::new(None, None, Precision::Unknown, Basis::None)
    }

    /// The same interval, with the words it was read from.
    #[must_use]
    pub fn said(mut self, text: impl Into<String>) -> When {
        self.text = Some(text.into());
        self
    }

    /// First day, where known.
    pub fn from(&self) -> Option<Date> {
        self.from
    }

    /// Last day, where known.
    pub fn to(&self) -> Option<Date> {
        self.to
    }

    /// Is neither end known?
    pub fn is_unknown(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Could the two be the same time? Open ends reach everywhere.
    pub fn may_overlap(&self, other: &When) -> bool {
        let before = |a: Option<Date>, b: Option<Date>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !before(self.to, other.from) && !before(other.to, self.from)
    }

    /// Days from the first to the last, both counted; `None` with an open end.
    pub fn days(&self) -> Option<i32> {
        let (a, b) = (self.from?, self.to?);
        Some((b - a).get_days() + 1)
    }

    /// The interval common to both, if there is one; keeps this one's words and the finer precision.
    #[must_use]
    pub fn narrow(&self, other: &When) -> Option<When> {
        if !self.may_overlap(other) {
            return None;
        }
        let from = self.from.max(other.from);
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let mut out = When::new(from, to, self.precision.min(other.precision), self.basis);
        out.text.clone_from(&self.text);
        Some(out)
    }
}
