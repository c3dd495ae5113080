//! Words of time in, what they can mean out; and the arithmetic of days.
//!
//! A report that prints no date still says "Thursday … two days later … by Monday". The reader leaves
//! such words unresolved; this module tells what they can mean once a day is known from elsewhere.
//!
//! # How
//! 1. [`number`] and [`date`] turn days into whole numbers and back, so that they can be compared fast.
//! 2. [`parse`] understands the words that [`When::text`] carries: weekdays, "two days later",
//!    "October 12", "in May", "last month".
//! 3. [`Phrase::counted_from`] counts a phrase from a known day of publication.
//! # Does not
//! Read sentences: it is given the few words that the reader cut out.

use detente_types::When;
use detente_types::date::{Basis, Precision};
use jiff::civil::{Date, date as civil};

/// Days since 1 January 1970; days before it are negative.
pub(crate) fn number(day: Date) -> i32 {
    (day - civil(1970, 1, 1)).get_days()
}

/// The day with this number, if the calendar reaches so far.
pub(crate) fn date(number: i32) -> Option<Date> {
    civil(1970, 1, 1).checked_add(jiff::Span::new().try_days(number).ok()?).ok()
}

/// First and last day as numbers, where both ends are known.
pub(crate) fn ends(when: &When) -> Option<(i32, i32)> {
    Some((number(when.from()?), number(when.to()?)))
}

/// Days by which the two miss each other; 0 where they meet or an end is open.
pub(crate) fn gap(a: &When, b: &When) -> i32 {
    let apart = |end: Option<Date>, start: Option<Date>| match (end, start) {
        (Some(end), Some(start)) => (number(start) - number(end)).max(0),
        _ => 0,
    };
    apart(a.to(), b.from()).max(apart(b.to(), a.from()))
}

/// Is the interval closed and at most so many days long?
pub(crate) fn within(when: &When, days: i32) -> bool {
    when.days().is_some_and(|n| n <= days)
}

/// The interval with these ends, and the precision that its length has.
pub(crate) fn spanning(from: Option<Date>, to: Option<Date>, basis: Basis, text: Option<String>) -> When {
    let precision = match (from, to) {
        (None, None) => Precision::Unknown,
        (None, Some(_)) => Precision::Before,
        (Some(_), None) => Precision::After,
        (Some(a), Some(b)) if a == b => Precision::Day,
        (Some(a), Some(b)) if a.day() == 1 && b == a.last_of_month() => Precision::Month,
        (Some(a), Some(b)) if a == a.first_of_year() && b == a.last_of_year() => Precision::Year,
        (Some(a), Some(b)) if number(b) - number(a) < 7 => Precision::Days,
        _ => Precision::Range,
    };
    let mut when = When::new(from, to, precision, basis);
    when.text = text;
    when
}

/// The interval that several tellings of one happening agree on: the shortest one, narrowed by the
/// others that fit; spanned with those that miss it by little (a fight over midnight).
pub(crate) fn agreed<'w>(tellings: impl Iterator<Item = &'w When>) -> When {
    let (inherited, own): (Vec<&When>, Vec<&When>) = tellings.partition(|w| w.basis == Basis::Inherited);
    // What was taken from the parts of a happening spans them; one report's parts are not all parts.
    let hull = inherited.iter().filter_map(|w| ends(w)).reduce(|(a, b), (c, d)| (a.min(c), b.max(d)));
    let hull = hull.map(|(from, to)| spanning(date(from), date(to), Basis::Inherited, None));
    let mut all: Vec<&When> = own.into_iter().chain(hull.as_ref()).collect();
    all.sort_by_key(|w| (w.days().unwrap_or(i32::MAX), w.is_unknown(), w.basis, (*w).clone()));
    let Some(first) = all.first() else { return When::unknown() };
    if first.precision == Precision::Recurring {
        return (*first).clone();
    }
    let (mut from, mut to) = (first.from(), first.to());
    for other in &all[1..] {
        let (a, b) = (other.from(), other.to());
        let span = spanning(from, to, first.basis, None);
        if span.may_overlap(other) {
            from = from.max(a);
            to = match (to, b) {
                (Some(x), Some(y)) => Some(x.min(y)),
                (x, y) => x.or(y),
            };
        } else if within(other, 3) && within(&span, 3) {
            from = from.zip(a).map(|(x, y)| x.min(y));
            to = to.zip(b).map(|(x, y)| x.max(y));
        }
    }
    if (from, to) == (first.from(), first.to()) {
        return (*first).clone();
    }
    spanning(from, to, first.basis, first.text.clone())
}

/// "12 October 2025", "11-12 October 2025", "October 2025", "by 3 March 2024", "2021".
pub(crate) fn show(when: &When) -> String {
    match (when.from(), when.to()) {
        (None, None) => when.text.clone().unwrap_or_else(|| "no date".to_string()),
        (Some(from), None) => format!("from {}", show_day(from)),
        (None, Some(to)) => format!("by {}", show_day(to)),
        (Some(from), Some(to)) => show_ends(from, to),
    }
}

fn show_day(day: Date) -> String {
    format!("{} {} {}", day.day(), MONTHS[(day.month() - 1) as usize], day.year())
}

fn show_ends(from: Date, to: Date) -> String {
    let month = |d: Date| MONTHS[(d.month() - 1) as usize];
    let whole_month = from.day() == 1 && to == from.last_of_month();
    match (from == to, from.year() == to.year(), from.month() == to.month()) {
        (true, ..) => show_day(from),
        (_, true, true) if whole_month => format!("{} {}", month(from), from.year()),
        (_, true, true) => format!("{}-{}", from.day(), show_day(to)),
        (_, true, _) if from == from.first_of_year() && to == to.last_of_year() => from.year().to_string(),
        (_, true, _) => format!("{} {} to {}", from.day(), month(from), show_day(to)),
        _ => format!("{} to {}", show_day(from), show_day(to)),
    }
}

const MONTHS: [&str; 12] = [
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

/// What words of time mean, as far as the words alone tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phrase {
    /// "Thursday", "by Monday", "Sunday morning"; Monday is 0.
    Weekday(i32),
    /// "two days later" (2), "the next day" (1), "a day earlier" (-1): counted from the phrase before it.
    Later(i32),
    /// "October 12", with no year.
    MonthDay(i8, i8),
    /// "in May", with no year.
    Month(i8),
    /// "last month" (-1), "earlier this month" (0): counted from the month of publication.
    MonthsBack(i32),
    /// "yesterday" (-1), "three days ago" (-3): counted from the day of publication.
    DaysBack(i32),
    /// "last week" (-1), "this week" (0): counted from the week of publication.
    WeeksBack(i32),
}

/// The phrase behind words of time, where they are of a kind that is known here.
pub(crate) fn parse(text: &str) -> Option<Phrase> {
    let words = crate::words::tokens(text);
    let has = |w: &str| words.iter().any(|x| x == w);
    let weekday = words.iter().find_map(|w| weekday(w));
    let later = later(&words);
    if let Some(day) = weekday {
        // "Thursday, two days later": the reader's own chain; "next Friday" is still to come.
        return (!has("next") && !has("week") && !has("weeks"))
            .then_some(Phrase::Weekday((day + later.unwrap_or(0)).rem_euclid(7)));
    }
    if later.is_some() {
        return later.map(Phrase::Later);
    }
    if let Some(month) = words.iter().find_map(|w| month(w)) {
        if words.iter().any(|w| w.len() == 4 && w.parse::<u16>().is_ok()) || has("last") || has("next") {
            return None;
        }
        let day = words.iter().find_map(|w| w.trim_end_matches(char::is_alphabetic).parse::<i8>().ok());
        return match day {
            Some(day) if (1..=31).contains(&day) => Some(Phrase::MonthDay(month, day)),
            Some(_) => None,
            None => Some(Phrase::Month(month)),
        };
    }
    relative(&words)
}

fn relative(words: &[String]) -> Option<Phrase> {
    let has = |w: &str| words.iter().any(|x| x == w);
    let back = if has("last") || has("previous") { -1 } else { 0 };
    let this = has("this") || has("last");
    if has("yesterday") {
        return Some(Phrase::DaysBack(-1));
    }
    if has("today") || has("tonight") {
        return Some(Phrase::DaysBack(0));
    }
    if has("ago") && (has("days") || has("day")) {
        return Some(Phrase::DaysBack(-words.iter().find_map(|w| count(w))?));
    }
    if has("ago") && (has("months") || has("month")) {
        return Some(Phrase::MonthsBack(-words.iter().find_map(|w| count(w))?));
    }
    if this && has("month") {
        return Some(Phrase::MonthsBack(back));
    }
    (this && has("week")).then_some(Phrase::WeeksBack(back))
}

/// "two days later", "the next day", "a day earlier", "the same day".
fn later(words: &[String]) -> Option<i32> {
    let at = words.iter().position(|w| w == "day" || w == "days")?;
    let before = at.checked_sub(1).map(|i| words[i].as_str());
    match before {
        Some("next" | "following") => return Some(1),
        Some("previous") => return Some(-1),
        Some("same") => return Some(0),
        _ => {}
    }
    let sign = match words.get(at + 1).map(String::as_str)? {
        "later" | "after" => 1,
        "earlier" | "before" => -1,
        _ => return None,
    };
    // "the day after" and "a day earlier" have no number word.
    Some(sign * before.and_then(count).unwrap_or(1))
}

fn weekday(word: &str) -> Option<i32> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter()
        .position(|d| *d == word || (word.len() > 3 && *d == &word[..word.len() - 1]))
        .map(|i| i as i32)
}

fn month(word: &str) -> Option<i8> {
    let of = |m: &str| {
        let m = m.to_lowercase();
        m == word || (word.len() >= 3 && m.len() > 4 && m.starts_with(word) && word.len() <= 4)
    };
    MONTHS.iter().position(|m| of(m)).map(|i| i as i8 + 1)
}

fn count(word: &str) -> Option<i32> {
    const NUMBERS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if word == "a" {
        return Some(1);
    }
    let spelt = NUMBERS.iter().position(|n| *n == word).map(|i| i as i32);
    spelt.or_else(|| word.parse().ok().filter(|n| (0..=31).contains(n)))
}

impl Phrase {
    /// First and last day that the phrase can mean in a report published on this day. Phrases that
    /// hang on another phrase mean nothing by themselves.
    pub(crate) fn counted_from(self, published: Date) -> Option<(Date, Date)> {
        let day = number(published);
        match self {
            Phrase::Weekday(w) => {
                // A weekday in the news is the last one that has come, today included.
                let back = (i32::from(published.weekday().to_monday_zero_offset()) - w).rem_euclid(7);
                let found = date(day - back)?;
                Some((found, found))
            }
            Phrase::Later(_) => None,
            Phrase::MonthDay(month, of) => {
                let this = Date::new(published.year(), month, of).ok();
                let last = Date::new(published.year().checked_sub(1)?, month, of).ok();
                let found = this.filter(|d| *d <= published).or(last)?;
                Some((found, found))
            }
            Phrase::Month(month) => {
                let year = if month <= published.month() { published.year() } else { published.year() - 1 };
                let first = Date::new(year, month, 1).ok()?;
                Some((first, first.last_of_month().min(published)))
            }
            Phrase::MonthsBack(n) => {
                let first =
                    published.first_of_month().checked_add(jiff::Span::new().try_months(n).ok()?).ok()?;
                Some((first, first.last_of_month().min(published)))
            }
            Phrase::DaysBack(n) => {
                let found = date(day + n)?;
                Some((found, found))
            }
            Phrase::WeeksBack(n) => {
                let monday = day - i32::from(published.weekday().to_monday_zero_offset()) + 7 * n;
                Some((date(monday)?, date((monday + 6).min(day))?))
            }
        }
    }
}

/// The number of a weekday, Monday 0.
pub(crate) fn weekday_of(day: i32) -> i32 {
    // 1 January 1970 was a Thursday.
    (day + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str, published: (i16, i8, i8)) -> Option<String> {
        let day = civil(published.0, published.1, published.2);
        let (from, to) = parse(text)?.counted_from(day)?;
        Some(show(&When::new(Some(from), Some(to), Precision::Range, Basis::Relative)))
    }

    #[test]
    fn days_are_numbers_and_back() {
        for n in [-800_000, -1, 0, 1, 20_373] {
            assert_eq!(date(n).map(number).unwrap_or(n), n);
        }
        assert_eq!(weekday_of(number(civil(2024, 3, 4))), 0);
        assert_eq!(weekday_of(number(civil(1969, 12, 31))), 2);
    }

    #[test]
    fn phrases_are_understood() {
        assert_eq!(parse("by Monday"), Some(Phrase::Weekday(0)));
        assert_eq!(parse("Sunday morning"), Some(Phrase::Weekday(6)));
        assert_eq!(parse("Thursday + two days later"), Some(Phrase::Weekday(5)));
        assert_eq!(parse("Two days later"), Some(Phrase::Later(2)));
        assert_eq!(parse("the next day"), Some(Phrase::Later(1)));
        assert_eq!(parse("a day earlier"), Some(Phrase::Later(-1)));
        assert_eq!(parse("October 12"), Some(Phrase::MonthDay(10, 12)));
        assert_eq!(parse("12 Oct."), Some(Phrase::MonthDay(10, 12)));
        assert_eq!(parse("in May"), Some(Phrase::Month(5)));
        assert_eq!(parse("earlier this month"), Some(Phrase::MonthsBack(0)));
        assert_eq!(parse("last month"), Some(Phrase::MonthsBack(-1)));
        assert_eq!(parse("next Friday"), None);
        assert_eq!(parse("recently"), None);
        assert_eq!(parse("October 2025"), None);
    }

    #[test]
    fn phrases_count_from_publication() {
        assert_eq!(meant("Thursday", (2024, 3, 4)).as_deref(), Some("29 February 2024"));
        assert_eq!(meant("Monday", (2024, 3, 4)).as_deref(), Some("4 March 2024"));
        assert_eq!(meant("last month", (2024, 3, 4)).as_deref(), Some("February 2024"));
        assert_eq!(meant("December 30", (2024, 3, 4)).as_deref(), Some("30 December 2023"));
        assert_eq!(meant("yesterday", (2024, 3, 1)).as_deref(), Some("29 February 2024"));
        assert_eq!(meant("two days later", (2024, 3, 1)), None);
    }

    #[test]
    fn intervals_read_as_a_desk_prints_them() {
        let when = |a: Date, b: Date| When::new(Some(a), Some(b), Precision::Range, Basis::Explicit);
        assert_eq!(show(&when(civil(2024, 3, 1), civil(2024, 3, 2))), "1-2 March 2024");
        assert_eq!(show(&when(civil(2024, 3, 1), civil(2024, 3, 31))), "March 2024");
        assert_eq!(show(&when(civil(2021, 1, 1), civil(2021, 12, 31))), "2021");
        assert_eq!(show(&When::unknown()), "no date");
    }

    #[test]
    fn gaps_between_intervals() {
        let day = |d| When::day(civil(2024, 3, d), Basis::Explicit);
        assert_eq!(gap(&day(1), &day(2)), 1);
        assert_eq!(gap(&day(2), &day(1)), 1);
        assert_eq!(gap(&day(1), &When::unknown()), 0);
    }
}
