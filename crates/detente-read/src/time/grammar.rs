//! Finds time expressions in a sentence.

use super::{Bound, Expr, Part, Unit, Value};
use crate::tree::Tree;
use jiff::civil::Weekday;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const NUMBERS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];
const ORDINALS: [&str; 13] = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

/// Every time expression of the sentence, in order, not overlapping.
pub(crate) fn find(tree: &Tree<'_>) -> Vec<Expr> {
    let words = Words { tree };
    let mut out = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        match words.any(at) {
            Some((len, value)) => {
                let bound = words.bound_before(at, &value);
                out.push(Expr { first: at, last: at + len - 1, value, bound });
                at += len;
            }
            None => at += 1,
        }
    }
    out
}

/// Token look-ups that answer `None` past the end.
struct Words<'a, 't> {
    tree: &'a Tree<'t>,
}

type Found = Option<(usize, Value)>;

impl Words<'_, '_> {
    fn word(&self, i: usize) -> &str {
        if i < self.tree.len() { self.tree.lower(i) } else { "" }
    }

    fn capital(&self, i: usize) -> bool {
        i < self.tree.len() && self.tree.word(i).starts_with(char::is_uppercase)
    }

    /// The longest expression that begins here.
    fn any(&self, i: usize) -> Found {
        let tries = [
            self.iso(i),
            self.day_month(i),
            self.month_day(i),
            self.month(i),
            self.season(i),
            self.years(i),
            self.weekday(i),
            self.today(i),
            self.period(i),
            self.counted(i),
            self.recent(i),
            self.vague(i),
        ];
        tries.into_iter().flatten().max_by_key(|(len, _)| *len)
    }

    fn month_at(&self, i: usize) -> Option<i8> {
        let word = self.word(i).trim_end_matches('.');
        if !self.capital(i) {
            return None;
        }
        let at = MONTHS
            .iter()
            .position(|m| *m == word || (word.len() >= 3 && word.len() <= 4 && m.starts_with(word)));
        let month = at? as i8 + 1;
        // "May" opens sentences as a verb and names persons; the tag decides.
        let verb = month == 5 && self.tree.upos(i) == "AUX";
        let march = month == 3 && matches!(self.tree.upos(i), "VERB");
        (!verb && !march).then_some(month)
    }

    fn day_at(&self, i: usize) -> Option<i8> {
        let word = self.word(i);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        if !matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
            return None;
        }
        digits.parse().ok().filter(|d| (1..=31).contains(d) && digits.len() <= 2)
    }

    fn year_at(&self, i: usize) -> Option<i16> {
        let word = self.word(i);
        let year: i16 = word.parse().ok().filter(|_| word.len() == 4)?;
        (1000..=2199).contains(&year).then_some(year)
    }

    /// ", 2025" or "2025" behind a day or month: tokens taken and the year.
    fn year_behind(&self, i: usize) -> (usize, Option<i16>) {
        if let Some(year) = self.year_at(i) {
            return (1, Some(year));
        }
        let comma = self.word(i) == "," || self.word(i) == "of";
        match self.year_at(i + 1).filter(|_| comma) {
            Some(year) => (2, Some(year)),
            None => (0, None),
        }
    }

    /// "2025-10-12" as one token or three with hyphens, "12/10/2025" is ambiguous and left alone.
    fn iso(&self, i: usize) -> Found {
        let parse = |text: &str| -> Option<Value> {
            let mut parts = text.split('-');
            let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
            let month =
                parts.next().filter(|m| m.len() == 2)?.parse().ok().filter(|m| (1..=12).contains(m))?;
            let day = parts.next().filter(|d| d.len() == 2)?.parse().ok().filter(|d| (1..=31).contains(d))?;
            Some(Value::Day { year: Some(year), month, day })
        };
        if let Some(value) = parse(self.word(i)) {
            return Some((1, value));
        }
        if self.word(i + 1) == "-" && self.word(i + 3) == "-" {
            let joined = format!("{}-{}-{}", self.word(i), self.word(i + 2), self.word(i + 4));
            return parse(&joined).map(|v| (5, v));
        }
        None
    }

    /// "12 October 2025", "11-12 October", "the 12th of October".
    fn day_month(&self, i: usize) -> Found {
        let skip = usize::from(self.word(i) == "the");
        let first = self.day_at(i + skip)?;
        let mut at = i + skip + 1;
        let mut second = None;
        if matches!(self.word(at), "-" | "–" | "to" | "and" | "/")
            && let Some(day) = self.day_at(at + 1)
        {
            second = Some(day);
            at += 2;
        }
        if self.word(at) == "of" {
            at += 1;
        }
        let month = self.month_at(at)?;
        let (more, year) = self.year_behind(at + 1);
        let value = match second {
            Some(day) => Value::Days { year, from: (month, first), to: (month, day) },
            None => Value::Day { year, month, day: first },
        };
        Some((at + 1 + more - i, value))
    }

    /// "October 12, 2025", "Oct. 11-12", "October 30 to November 2".
    fn month_day(&self, i: usize) -> Found {
        let month = self.month_at(i)?;
        let skip = usize::from(self.word(i + 1) == "the");
        let day = self.day_at(i + 1 + skip)?;
        let mut at = i + 2 + skip;
        let mut to = None;
        if matches!(self.word(at), "-" | "–" | "to" | "and" | "through") {
            if let (Some(other), Some(last)) = (self.month_at(at + 1), self.day_at(at + 2)) {
                to = Some((other, last));
                at += 3;
            } else if let Some(last) = self.day_at(at + 1).filter(|last| *last > day) {
                to = Some((month, last));
                at += 2;
            }
        }
        let (more, year) = self.year_behind(at);
        let value = match to {
            Some(to) => Value::Days { year, from: (month, day), to },
            None => Value::Day { year, month, day },
        };
        Some((at + more - i, value))
    }

    fn part_at(&self, i: usize) -> Option<Part> {
        match self.word(i) {
            "early" => Some(Part::Early),
            "mid" | "mid-" => Some(Part::Mid),
            "late" => Some(Part::Late),
            _ => None,
        }
    }

    /// "October 2025", "early November", "mid-May", "last May", "October".
    fn month(&self, i: usize) -> Found {
        let mut at = i;
        let part = self.part_at(at).inspect(|_| at += 1).unwrap_or(Part::Whole);
        if part != Part::Whole && self.word(at) == "-" {
            at += 1;
        }
        let shift = usize::from(matches!(self.word(at), "last" | "this" | "next"));
        if self.word(i).strip_prefix("mid-").is_some() {
            return None;
        }
        let month = self.month_at(at + shift)?;
        let (more, year) = self.year_behind(at + shift + 1);
        // A bare "May" or "March" needs a preposition or a year, since both are other words too.
        let bare = year.is_none() && part == Part::Whole && shift == 0;
        let before = if i > 0 { self.word(i - 1) } else { "" };
        let person = before.is_empty() || matches!(self.tree.base(at), "flat" | "compound" | "nsubj");
        if bare && person && matches!(month, 3 | 5 | 6 | 8 | 4) && i > 0 && self.capital(i - 1) {
            return None;
        }
        Some((at + shift + 1 + more - i, Value::Month { year, month, part }))
    }

    /// "last summer", "the spring of 2014", "winter 2022".
    fn season(&self, i: usize) -> Found {
        let (skip, shift) = match self.word(i) {
            "last" => (1, -1),
            "next" => (1, 1),
            "this" => (1, 0),
            "the" => (1, 0),
            _ => (0, 0),
        };
        let month = match self.word(i + skip) {
            "spring" => 3,
            "summer" => 6,
            "autumn" | "fall" => 9,
            "winter" => 12,
            _ => return None,
        };
        let (more, year) = self.year_behind(i + skip + 1);
        let told = year.is_some() || (skip == 1 && self.word(i) != "the");
        told.then_some((skip + 1 + more, Value::Season { year, month, shift }))
    }

    /// "2021", "1991-1995", "the 1990s", "late 2024".
    fn years(&self, i: usize) -> Found {
        let mut at = i;
        let part = self.part_at(at).inspect(|_| at += 1).unwrap_or(Part::Whole);
        let the = usize::from(part == Part::Whole && self.word(at) == "the");
        let decade = self.word(at + the).strip_suffix('s').and_then(|d| d.parse::<i16>().ok());
        if let Some(from) = decade.filter(|d| (1800..=2100).contains(d) && d % 10 == 0) {
            return Some((at + the + 1 - i, Value::Years { from, to: from + 9 }));
        }
        let from = self.year_at(at)?;
        if matches!(self.word(at + 1), "-" | "–" | "to")
            && let Some(to) = self.year_at(at + 2).filter(|to| *to > from)
        {
            return Some((at + 3 - i, Value::Years { from, to }));
        }
        // A bare number is a year only where a count cannot stand: not before a noun, not after a currency.
        let counted = matches!(self.tree.base(at), "nummod") && self.tree.head(at).is_some_and(|h| h > at);
        let early = !(1900..=2099).contains(&from);
        let cue = i > 0
            && matches!(
                self.word(i - 1),
                "in" | "since" | "until" | "by" | "before" | "after" | "of" | "from" | "during" | "and"
            );
        if (counted || early) && part == Part::Whole && !cue {
            return None;
        }
        Some((at + 1 - i, Value::Year { year: from, part }))
    }

    /// "Monday", "last Friday", "Sunday morning", "Saturday night".
    fn weekday(&self, i: usize) -> Found {
        let (skip, shift) = match self.word(i) {
            "last" | "past" | "previous" => (1, -1),
            "next" | "coming" => (1, 1),
            "this" => (1, 0),
            _ => (0, 0),
        };
        let word = self.word(i + skip).trim_end_matches('.');
        let at = WEEKDAYS.iter().position(|d| *d == word || (word.len() == 3 && d.starts_with(word)))?;
        if !self.capital(i + skip) {
            return None;
        }
        let day = Weekday::from_monday_zero_offset(at as i8).ok()?;
        let later = self.word(i + skip + 1);
        let part = matches!(later, "morning" | "evening" | "night" | "afternoon" | "overnight");
        let value = Value::Weekday { day, shift, night: later == "night" };
        Some((skip + 1 + usize::from(part), value))
    }

    fn today(&self, i: usize) -> Found {
        let value = match self.word(i) {
            "today" | "tonight" => Value::FromToday(0),
            "yesterday" => Value::FromToday(-1),
            "tomorrow" => Value::FromToday(1),
            "overnight" => Value::FromToday(-1),
            _ => return None,
        };
        let part = matches!(self.word(i + 1), "morning" | "evening" | "night" | "afternoon");
        Some((1 + usize::from(part), value))
    }

    fn unit_at(&self, i: usize) -> Option<Unit> {
        Some(match self.word(i) {
            "day" | "days" | "night" | "nights" | "hours" | "hour" | "minutes" | "minute" => Unit::Day,
            "week" | "weeks" | "fortnight" => Unit::Week,
            "month" | "months" => Unit::Month,
            "year" | "years" => Unit::Year,
            "decade" | "decades" => Unit::Decade,
            _ => return None,
        })
    }

    /// "this month", "last week", "earlier this year", "late last month", "the following day".
    fn period(&self, i: usize) -> Found {
        let (skip, part) = match self.word(i) {
            "earlier" | "early" => (1, Part::Early),
            "later" | "late" => (1, Part::Late),
            "the" => (1, Part::Whole),
            _ => (0, Part::Whole),
        };
        let narrative = skip == 1 && self.word(i) == "the";
        let shift = match self.word(i + skip) {
            "this" | "current" | "same" => 0,
            "last" | "previous" | "past" => -1,
            "next" | "coming" | "following" => 1,
            _ => return None,
        };
        let following = matches!(self.word(i + skip), "following" | "same")
            || (narrative && self.word(i + skip) == "next");
        if self.word(i + skip + 1) == "weekend" {
            return Some((skip + 2, Value::Weekday { day: Weekday::Saturday, shift, night: true }));
        }
        let unit = self.unit_at(i + skip + 1)?;
        if matches!(self.word(i + skip + 1), "hours" | "days" | "weeks" | "months" | "years" | "decades") {
            return (shift == -1).then_some((skip + 2, Value::Recent { unit, n: None }));
        }
        let value =
            if following { Value::Later { unit, n: shift } } else { Value::Period { unit, shift, part } };
        Some((skip + 2, value))
    }

    /// A count in words or digits: tokens taken and number.
    fn count_at(&self, i: usize) -> Option<(usize, i32)> {
        let word = self.word(i);
        if let Ok(n) = word.parse::<i32>() {
            return (n < 1000).then_some((1, n));
        }
        if matches!(word, "a" | "an") {
            let of = usize::from(self.word(i + 1) == "couple")
                + usize::from(self.word(i + 2) == "of" && self.word(i + 1) == "couple");
            return Some(if of > 0 { (1 + of, 2) } else { (1, 1) });
        }
        NUMBERS.iter().position(|n| *n == word).map(|n| (1, n as i32))
    }

    /// "three days ago", "two days later", "a week earlier", "in two weeks", "for two days".
    fn counted(&self, i: usize) -> Found {
        let about =
            usize::from(matches!(self.word(i), "about" | "some" | "around" | "nearly" | "over" | "just"));
        let (mut len, n) = self.count_at(i + about)?;
        len += about;
        if self.word(i + len) == "-" {
            len += 1;
        }
        let hours = self.word(i + len).starts_with("hour") || self.word(i + len).starts_with("minute");
        let fortnight = self.word(i + len) == "fortnight";
        let unit = self.unit_at(i + len)?;
        let n = if hours {
            n / 24
        } else if fortnight {
            n * 2
        } else {
            n
        };
        len += 1;
        let sign = match self.word(i + len) {
            "ago" => return Some((len + 1, Value::Ago { unit, n: -n })),
            "earlier" | "before" | "previously" => -1,
            "later" | "afterwards" | "after" | "afterward" => 1,
            _ => {
                let before = if i > 0 { self.word(i - 1) } else { "" };
                if before == "in" && about == 0 && self.tree.xpos(i) != "DT" {
                    return Some((len, Value::Ago { unit, n }));
                }
                return Some((len, Value::Length { unit, n: Some(n) }));
            }
        };
        // "a week before the vote" is counted from the vote, not from the last date told; the length is
        // kept and the rest is left to the reader of the event.
        Some((len + 1, Value::Later { unit, n: sign * n }))
    }

    /// "in recent months", "in the past two weeks", "over the last year", "recent days".
    fn recent(&self, i: usize) -> Found {
        let the = usize::from(self.word(i) == "the");
        if !matches!(self.word(i + the), "recent" | "past" | "last" | "previous" | "preceding") {
            return None;
        }
        let (more, n) = self.count_at(i + the + 1).map_or((0, None), |(len, n)| (len, Some(n)));
        let few = usize::from(more == 0 && matches!(self.word(i + the + 1), "few" | "several" | "couple"));
        let unit = self.unit_at(i + the + 1 + more + few)?;
        let plural = self.word(i + the + 1 + more + few).ends_with('s');
        plural.then_some((the + 2 + more + few, Value::Recent { unit, n }))
    }

    fn vague(&self, i: usize) -> Found {
        match self.word(i) {
            "recently" | "lately" | "currently" | "now" | "nowadays" => Some((1, Value::Vague)),
            "periodic" | "periodically" | "repeatedly" | "regularly" | "frequently" | "daily" | "weekly"
            | "monthly" | "annually" => Some((1, Value::Repeated)),
            "every" if self.unit_at(i + 1).is_some() => Some((2, Value::Repeated)),
            _ => None,
        }
    }

    fn bound_before(&self, i: usize, value: &Value) -> Bound {
        if i == 0 || matches!(value, Value::Length { .. } | Value::Repeated | Value::Vague) {
            return Bound::At;
        }
        match self.word(i - 1) {
            "since" | "after" => Bound::After,
            "by" | "until" | "till" | "before" => Bound::Before,
            "from" => Bound::After,
            _ => Bound::At,
        }
    }
}

/// The number behind "second round", "third session".
pub(crate) fn ordinal(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !digits.is_empty() && digits.len() < word.len() {
        return digits.parse().ok();
    }
    ORDINALS.iter().position(|o| *o == word).map(|n| n as u32)
}
