//! The words of a report that tell a time, each with its value.

use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An expression of time with its value in the form of TIMEX3.
///
/// # From
/// TimeML 1.2.1; years before Christ as in TIDES 2005 (`BC0480`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TimeExpression {
    /// The words.
    pub span: Span,
    /// What kind of time they tell.
    pub kind: TimeKind,
    /// `1943-07-05`, `1943-SU`, `P3D`, `XXXX-07-05` where the year is not known, `PRESENT_REF`; `None` where
    /// the words tell none ("this period").
    pub value: Option<String>,
}

/// What kind of time words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeKind {
    /// A day or a longer stretch of the calendar.
    Date,
    /// A part of a day.
    Time,
    /// A length ("three days").
    Duration,
    /// Again and again ("daily").
    Set,
    /// The past, the present, what is to come, "at that time".
    Reference,
}

/// A part of a day, or a time of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// Dawn to noon.
    Morning,
    /// Noon to evening.
    Afternoon,
    /// Evening.
    Evening,
    /// Night.
    Night,
    /// A time of the clock.
    Clock {
        /// 0 to 23.
        hour: u8,
        /// 0 to 59.
        minute: u8,
    },
}
