//! Dates that a page prints beside its text: which lines hold one, and what day it is.
//!
//! "Published On 15 Oct 2025", "Mon 13 Oct 2025 09.12 BST", "16/10/2025 | Islamabad", "Updated: …". The day
//! is where the month's name is, not the first number ("08:15 13 October 2025").

use detente_knowledge::{Knowledge, WordKind};
use jiff::civil::Date;

/// A date as printed; the year may be missing, and 10/11 may be read in two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    /// Year.
    pub(crate) year: Option<i16>,
    /// Month, 1 to 12.
    pub(crate) month: i8,
    /// Day of the month.
    pub(crate) day: i8,
    /// The numbers of month and day could be the other way round.
    pub(crate) unsure: bool,
}

impl Printed {
    /// The day, if the year is known.
    pub(crate) fn date(&self, year: Option<i16>) -> Option<Date> {
        Date::new(self.year.or(year)?, self.month, self.day).ok()
    }

    /// The same with month and day the other way round, where that could be meant.
    pub(crate) fn other(&self) -> Option<Date> {
        self.unsure.then(|| Date::new(self.year?, self.day, self.month).ok()).flatten()
    }
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 13] =
    ["mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun", "thrs", "wedn"];

/// The month that a lower-case word names, short forms among them.
fn month(word: &str, knowledge: &Knowledge) -> Option<i8> {
    match knowledge.word(word) {
        Some((WordKind::Month, n)) => i8::try_from(n).ok(),
        _ if word == "sept" => Some(9),
        _ => MONTHS.iter().position(|m| *m == word).map(|n| n as i8 + 1),
    }
}

fn weekday(word: &str, knowledge: &Knowledge) -> bool {
    matches!(knowledge.word(word), Some((WordKind::Weekday, _))) || WEEKDAYS.contains(&word)
}

/// Does the text name a month or weekday?
pub(super) fn dated(part: &str, knowledge: &Knowledge) -> bool {
    let words = part.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.into_iter().any(|w| weekday(&w, knowledge) || month(&w, knowledge).is_some())
}

/// The first date in some printed words.
pub(crate) fn find(words: &str, knowledge: &Knowledge) -> Option<Printed> {
    numeric(words).or_else(|| named(words, knowledge))
}

/// "13 October 2025", "Oct. 12", "October 16th, 2025".
fn named(words: &str, knowledge: &Knowledge) -> Option<Printed> {
    let parts: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let (at, month) = parts.iter().enumerate().find_map(|(i, w)| Some((i, month(w, knowledge)?)))?;
    let number = |i: usize| -> Option<i16> {
        let word = parts.get(i)?;
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok())?
    };
    let as_day = |n: Option<i16>| n.filter(|d| (1..=31).contains(d));
    let is_year = |n: &i16| (1900..2200).contains(n);
    let before = at.checked_sub(1).and_then(|i| as_day(number(i)));
    let of = || (at > 1 && parts[at - 1] == "of").then(|| as_day(number(at - 2))).flatten();
    let after = as_day(number(at + 1));
    let day = match (before.or_else(of), after) {
        // "08:15 October 13, 2025": the number before is a time.
        (Some(_), Some(d)) if number(at + 2).as_ref().is_some_and(is_year) => d,
        (Some(d), _) | (None, Some(d)) => d,
        _ => return None,
    };
    let near = (1..=3).filter_map(|n| number(at + n)).find(is_year);
    // "3 JAN 90": two digits that close the date.
    let short = parts.get(at + 1).filter(|y| before.is_some() && y.len() == 2 && parts.len() == at + 2);
    let short = short.and_then(|y| y.parse::<i16>().ok()).map(|y| if y < 50 { 2000 + y } else { 1900 + y });
    let year = near.or(short).or_else(|| (0..parts.len()).filter_map(number).find(is_year));
    Some(Printed { year, month, day: i8::try_from(day).ok()?, unsure: false })
}

/// "2025-10-13", "2025/10/13", "13.10.2025", "10/13/2025".
fn numeric(words: &str) -> Option<Printed> {
    let chunk = words.split(|c: char| c.is_whitespace() || matches!(c, 'T' | ',' | '|' | '(' | ')'));
    chunk.into_iter().find_map(|chunk| {
        let mark = chunk.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
        let numbers: Option<Vec<i16>> = chunk.split(mark).map(|n| n.parse().ok()).collect();
        let [a, b, c] = numbers?[..] else { return None };
        let (year, month, day, unsure) = match (a, b, c) {
            (1900..2200, m, d) => (a, m, d, false),
            (d, m @ 1..=12, 1900..2200) if d > 12 || mark == '.' => (c, m, d, false),
            (m @ 1..=12, d, 1900..2200) if d > 12 => (c, m, d, false),
            (d, m, 1900..2200) => (c, m, d, d != m),
            _ => return None,
        };
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok()?;
        Some(Printed { year: Some(year), month, day, unsure })
    })
}

/// Words of a stamp that are neither a date nor a number.
const FILLERS: &[&str] = &[
    "updated",
    "published",
    "posted",
    "on",
    "at",
    "am",
    "pm",
    "gmt",
    "utc",
    "est",
    "edt",
    "pst",
    "pdt",
    "bst",
    "cet",
    "cest",
    "eet",
    "ist",
    "pkt",
    "msk",
    "last",
    "modified",
    "of",
    "h",
    "hrs",
    "date",
    "first",
    "a",
    "m",
    "p",
    "hours",
    "ago",
    "hour",
    "minutes",
    "min",
    "mins",
    "read",
    "et",
    "local",
    "time",
    "breaking",
    "live",
    "edited",
    "print",
    "edition",
    "the",
    "and",
    "issued",
    "uploaded",
    "created",
    "release",
    "released",
    "day",
    "days",
    "t",
    "z",
    "st",
    "nd",
    "rd",
    "th",
    "noon",
    "midnight",
];

/// A line that holds a date or a time and hardly anything else.
pub(super) fn is_stamp(line: &str, knowledge: &Knowledge) -> bool {
    let parts: Vec<String> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    if parts.is_empty() || parts.len() > 20 {
        return false;
    }
    let number = |w: &str| w.chars().next().is_some_and(|c| c.is_ascii_digit());
    if let [age, ago] = &parts[..]
        && ago == "ago"
    {
        // "3h ago"
        return number(age);
    }
    let calendar = |w: &str| weekday(w, knowledge) || month(w, knowledge).is_some();
    let dated = parts.iter().filter(|w| number(w) || calendar(w)).count();
    let anything = parts.iter().all(|w| number(w) || calendar(w) || FILLERS.contains(&w.as_str()));
    anything && dated >= 2 && parts.iter().any(|w| number(w))
}

/// Is it the stamp of a later edition?
pub(crate) fn is_update(line: &str) -> bool {
    let lower = line.trim_start().to_lowercase();
    ["updated", "last updated", "modified", "last modified", "edited"].iter().any(|w| lower.starts_with(w))
}

/// A time of day that opens an entry of a live blog ("09:10 – Rockets strike Ashdod."): the bytes before the text.
pub(super) fn entry_time(line: &str) -> Option<usize> {
    if let Some(inner) = line.strip_prefix('[') {
        // "[10.15am] The Red Cross …"
        let (time, rest) = inner.split_once(']')?;
        let clock = time.starts_with(|c: char| c.is_ascii_digit())
            && time.contains([':', '.'])
            && time.len() <= 12
            && !rest.trim_start().is_empty();
        return clock.then(|| line.len() - rest.trim_start().len());
    }
    let digits = line.find(|c: char| !c.is_ascii_digit()).filter(|n| (1..=2).contains(n))?;
    let rest = line[digits..].strip_prefix([':', '.'])?;
    let minutes = rest.get(..2).filter(|m| m.chars().all(|c| c.is_ascii_digit()))?;
    let after = rest[minutes.len()..].trim_start();
    let zone =
        ["GMT", "UTC", "BST", "CET", "am", "pm", "a.m.", "p.m."].iter().find(|z| after.starts_with(**z));
    let after = zone.map_or(after, |z| after[z.len()..].trim_start());
    let dash = after.chars().next().filter(|c| matches!(c, '–' | '—' | '-' | ':'))?;
    let body = after[dash.len_utf8()..].trim_start();
    (!body.is_empty()).then(|| line.len() - body.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: Option<(Option<i16>, i8, i8)>) {
        let knowledge = Knowledge::bundled();
        assert_eq!(find(words, &knowledge).map(|p| (p.year, p.month, p.day)), expected, "{words}");
    }

    #[test]
    fn dates_are_found_in_every_layout() {
        check("Published On 15 Oct 2025", Some((Some(2025), 10, 15)));
        check("October 16, 2025 7:32 PM", Some((Some(2025), 10, 16)));
        check("Mon 13 Oct 2025 09.12 BST", Some((Some(2025), 10, 13)));
        check("08:15 13 October 2025", Some((Some(2025), 10, 13)));
        check("08:15 October 13, 2025", Some((Some(2025), 10, 13)));
        check("Updated: 2025-10-13T08:15Z", Some((Some(2025), 10, 13)));
        check("13.10.2025", Some((Some(2025), 10, 13)));
        check("10/13/2025 4:20pm", Some((Some(2025), 10, 13)));
        check("the 3rd of May 1999", Some((Some(1999), 5, 3)));
        check("Sept. 4", Some((None, 9, 4)));
        check("3 JAN 90", Some((Some(1990), 1, 3)));
        check("7:32 PM", None);
    }

    #[test]
    fn stamps_hold_a_date_and_nothing_else() {
        let knowledge = Knowledge::bundled();
        for line in [
            "Published On 15 Oct 2025",
            "13 October 2025 08:15 | Updated: 13 October 2025 10:02",
            "13:45 GMT",
        ] {
            assert!(is_stamp(line, &knowledge), "{line}");
        }
        for line in ["Ceasefire of 19 October 2025", "Two killed on 3 May", "May Day march"] {
            assert!(!is_stamp(line, &knowledge), "{line}");
        }
    }

    #[test]
    fn an_entry_of_a_live_blog_has_its_time() {
        assert_eq!(entry_time("09:10 – Rockets strike."), Some(10));
        assert_eq!(entry_time("10:05 GMT - Cairo offers a truce."), Some(12));
        assert_eq!(entry_time("10 people were killed."), None);
    }
}
