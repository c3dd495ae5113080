//! An interval in words: as fine as it is known and no finer.

use detente_types::{Precision, When};
use jiff::civil::Date;

/// "12 October 2025", "11–12 October 2025", "October 2025", "by 13 October 2025", "date not reported".
pub(crate) fn long(when: &When) -> String {
    told(when, &LONG)
}

/// The same for a narrow column: "11–12 Oct 2025", "undated".
pub(crate) fn short(when: &When) -> String {
    told(when, &SHORT)
}

const LONG: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SHORT: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn told(when: &When, months: &[&str; 12]) -> String {
    let often = when.precision == Precision::Recurring;
    let interval = match (when.from(), when.to()) {
        (None, None) if often => return "repeatedly".to_string(),
        (None, None) => return if months[0] == "Jan" { "undated" } else { "date not reported" }.to_string(),
        (Some(from), None) => format!("{} or later", day(from, months)),
        (None, Some(to)) => format!("by {}", day(to, months)),
        (Some(_), Some(to)) if when.precision == Precision::Before => format!("by {}", day(to, months)),
        // Told up to the day of the report: what began then went on.
        (Some(from), Some(to)) if when.precision == Precision::After && from < to => {
            format!("since {}", day(from, months))
        }
        (Some(from), Some(to)) => between(from, to, months),
    };
    if often { format!("repeatedly, {interval}") } else { interval }
}

fn between(from: Date, to: Date, months: &[&str; 12]) -> String {
    let month = |d: Date| months[usize::from(d.month().unsigned_abs().saturating_sub(1)).min(11)];
    let whole_months = from.day() == 1 && to == to.last_of_month();
    let same_year = from.year() == to.year();
    let same_month = same_year && from.month() == to.month();
    match () {
        () if from == to => day(from, months),
        () if from == from.first_of_year() && to == to.last_of_year() && same_year => from.year().to_string(),
        () if from == from.first_of_year() && to == to.last_of_year() => {
            format!("{}–{}", from.year(), to.year())
        }
        () if whole_months && same_month => format!("{} {}", month(from), from.year()),
        () if whole_months && same_year => format!("{}–{} {}", month(from), month(to), to.year()),
        () if same_month => format!("{}–{} {} {}", from.day(), to.day(), month(to), to.year()),
        () if same_year => {
            format!("{} {} – {} {} {}", from.day(), month(from), to.day(), month(to), to.year())
        }
        () => format!("{} – {}", day(from, months), day(to, months)),
    }
}

fn day(date: Date, months: &[&str; 12]) -> String {
    let month = months[usize::from(date.month().unsigned_abs().saturating_sub(1)).min(11)];
    format!("{} {month} {}", date.day(), date.year())
}

/// The interval behind a line that has no column for it: " (12 October 2025)", " (undated)".
pub(crate) fn behind(when: &When) -> String {
    if when.is_unknown() { " (undated)".to_string() } else { format!(" ({})", long(when)) }
}

/// Where a date that is not printed in the report comes from; `None` for a calendar date in the text.
pub(crate) fn basis(when: &When) -> Option<&'static str> {
    use detente_types::Basis::{
        Anchored, Explicit, Inherited, None as Unknown, Published, Relative, Weekday,
    };
    match when.basis {
        Explicit | Unknown => None,
        Weekday => Some("dated by a weekday"),
        Relative => Some("dated by a relative phrase"),
        Published => Some("no later than the report"),
        Inherited => Some("dated by what it is part of"),
        Anchored => Some("dated by another report"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_types::Basis;
    use jiff::civil::date;

    fn check(from: Option<Date>, to: Option<Date>, precision: Precision, wide: &str, narrow: &str) {
        let when = When::new(from, to, precision, Basis::Explicit);
        assert_eq!((long(&when).as_str(), short(&when).as_str()), (wide, narrow));
    }

    #[test]
    fn intervals_read_as_people_write_them() {
        let d = |m, day| Some(date(2025, m, day));
        check(d(10, 12), d(10, 12), Precision::Day, "12 October 2025", "12 Oct 2025");
        check(d(10, 11), d(10, 12), Precision::Days, "11–12 October 2025", "11–12 Oct 2025");
        check(d(10, 1), d(10, 31), Precision::Month, "October 2025", "Oct 2025");
        check(d(10, 1), d(11, 30), Precision::Range, "October–November 2025", "Oct–Nov 2025");
        check(d(9, 28), d(10, 3), Precision::Range, "28 September – 3 October 2025", "28 Sep – 3 Oct 2025");
        check(d(1, 1), d(12, 31), Precision::Year, "2025", "2025");
        check(None, d(10, 13), Precision::Before, "by 13 October 2025", "by 13 Oct 2025");
        check(d(10, 1), d(10, 13), Precision::Before, "by 13 October 2025", "by 13 Oct 2025");
        check(d(10, 13), None, Precision::After, "13 October 2025 or later", "13 Oct 2025 or later");
        check(d(10, 13), d(10, 20), Precision::After, "since 13 October 2025", "since 13 Oct 2025");
        check(None, None, Precision::Recurring, "repeatedly", "repeatedly");
        check(None, None, Precision::Unknown, "date not reported", "undated");
        check(
            Some(date(2024, 12, 31)),
            d(1, 2),
            Precision::Days,
            "31 December 2024 – 2 January 2025",
            "31 Dec 2024 – 2 Jan 2025",
        );
        check(Some(date(2022, 1, 1)), Some(date(2024, 12, 31)), Precision::Range, "2022–2024", "2022–2024");
    }
}
