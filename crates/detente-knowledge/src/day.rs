//! A date in a knowledge file, as fine as it is known: "2021-08-15", "2021-08" or "2021".

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day, a month or a year.
// Invariant: the month is 1 to 12, the day exists in its month, and a day has a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Day {
    /// The first day that it can mean.
    pub fn first(self) -> Date {
        date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that it can mean.
    pub fn last(self) -> Date {
        match self.day {
            Some(day) => date(self.year, self.month.unwrap_or(1), day),
            None => date(self.year, self.month.unwrap_or(12), 1).last_of_month(),
        }
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Day, String> {
        let wrong = || format!("{text:?} is no date; write 2021-08-15, 2021-08 or 2021");
        let mut parts = text.split('-');
        let year: i16 = parts.next().and_then(|p| p.parse().ok()).ok_or_else(wrong)?;
        let mut part = || parts.next().map(|p| p.parse::<i8>().map_err(|_| wrong())).transpose();
        let (month, day) = (part()?, part()?);
        let whole = parts.next().is_none() && (1000..=9999).contains(&year);
        if !whole || Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_err() {
            return Err(wrong());
        }
        Ok(Day { year, month, day })
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        match (self.month, self.day) {
            (Some(month), Some(day)) => write!(f, "-{month:02}-{day:02}"),
            (Some(month), None) => write!(f, "-{month:02}"),
            _ => Ok(()),
        }
    }
}

/// Is the date inside the interval? Open ends reach everywhere; a date that is not known is inside
/// every interval that is still open at its end.
pub fn holds(from: Option<Day>, to: Option<Day>, on: Option<Date>) -> bool {
    match on {
        Some(on) => from.is_none_or(|d| d.first() <= on) && to.is_none_or(|d| on <= d.last()),
        None => to.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_read_and_print() {
        for text in ["2021-08-15", "2021-08", "2021"] {
            let day = Day::try_from(text.to_string()).expect(text);
            assert_eq!(day.to_string(), text);
            assert!(day.first() <= day.last());
        }
        for text in ["", "21", "2021-13", "2021-02-30", "2021-08-15-1", "soon"] {
            assert!(Day::try_from(text.to_string()).is_err(), "{text}");
        }
    }
}
