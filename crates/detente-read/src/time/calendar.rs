//! Dates of the calendar: days, months, seasons, years, decades, centuries, weekdays, feasts.

use super::grammar::Match;
use super::words::{CUES, Words, ordinal_of_century};
use super::{Part, Value};
use jiff::civil::Weekday;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const JOINTS: &[&str] = &["-", "–", "—", "to", "and", "/", "through", "or", "until"];
/// What is measured or counted rather than dated.
const MEASURES: &[&str] = &[
    "km",
    "kilometers",
    "kilometres",
    "miles",
    "meters",
    "metres",
    "m",
    "ft",
    "feet",
    "tons",
    "tonnes",
    "kg",
    "men",
    "dead",
    "wounded",
    "killed",
    "people",
    "percent",
    "%",
    "more",
    "others",
];

impl Words<'_, '_> {
    /// The longest date of the calendar that begins here.
    pub(super) fn calendar(&self, i: usize) -> Option<Match> {
        let tries = [
            self.iso(i),
            self.day_month(i),
            self.month_day(i),
            self.month(i),
            self.hyphened_part(i),
            self.season(i),
            self.years(i),
            self.stretch_of_years(i),
            self.weekday(i),
            self.feast(i),
        ];
        tries.into_iter().flatten().max_by_key(|found| found.end)
    }

    /// "2025-10-12" as one token or three with hyphens, "12/10/2025" is ambiguous and left alone.
    fn iso(&self, i: usize) -> Option<Match> {
        let parse = |text: &str| -> Option<Value> {
            let mut parts = text.split('-');
            let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
            let month =
                parts.next().filter(|m| m.len() == 2)?.parse().ok().filter(|m| (1..=12).contains(m))?;
            let day = parts.next().filter(|d| d.len() == 2)?.parse().ok().filter(|d| (1..=31).contains(d))?;
            Some(Value::Day { year: Some(year), month, day })
        };
        if let Some(value) = parse(self.word(i)) {
            return Some(Match::new(i + 1, value));
        }
        if self.word(i + 1) == "-" && self.word(i + 3) == "-" {
            let joined = format!("{}-{}-{}", self.word(i), self.word(i + 2), self.word(i + 4));
            return parse(&joined).map(|v| Match::new(i + 5, v));
        }
        None
    }

    /// "12 October 2025", "11-12 October", "the 12th of October".
    fn day_month(&self, i: usize) -> Option<Match> {
        let start = i + usize::from(self.word(i) == "the");
        let first = self.day_at(start)?;
        let mut at = start + 1;
        let mut joint = None;
        if JOINTS.contains(&self.word(at))
            && let Some(day) = self.day_at(at + 1)
        {
            joint = Some((at, day));
            at += 2;
        }
        if self.word(at) == "of" {
            at += 1;
        }
        let month = self.month_at(at)?;
        let (end, year) = self.year_behind(at + 1);
        Some(match joint {
            Some((joint, day)) => {
                let value = Value::Days { year, from: (month, first), to: (month, day) };
                let ends = [Value::Day { year, month, day: first }, Value::Day { year, month, day }];
                Match::new(end, value).split(joint, ends)
            }
            None => Match::new(end, Value::Day { year, month, day: first }),
        })
    }

    /// "October 12, 2025", "Oct. 11-12", "October 30 to November 2".
    fn month_day(&self, i: usize) -> Option<Match> {
        let month = self.month_at(i)?;
        let skip = usize::from(self.word(i + 1) == "the");
        let day = self.day_at(i + 1 + skip)?;
        let joint = i + 2 + skip;
        let mut at = joint;
        let mut to = None;
        if JOINTS.contains(&self.word(at)) {
            if let (Some(other), Some(last)) = (self.month_at(at + 1), self.day_at(at + 2)) {
                to = Some((other, last));
                at += 3;
            } else if let Some(last) = self.day_at(at + 1).filter(|last| *last > day) {
                to = Some((month, last));
                at += 2;
            }
        }
        let (end, year) = self.year_behind(at);
        Some(match to {
            Some(to) => {
                let ends = [Value::Day { year, month, day }, Value::Day { year, month: to.0, day: to.1 }];
                Match::new(end, Value::Days { year, from: (month, day), to }).split(joint, ends)
            }
            None => Match::new(end, Value::Day { year, month, day }),
        })
    }

    /// "October 2025", "early November", "mid-May", "last May", "October".
    fn month(&self, i: usize) -> Option<Match> {
        let (start, part) = self.part_at(i).unwrap_or((i, Part::Whole));
        let shift = usize::from(self.is(start, &["last", "this", "next"]));
        let at = start + shift;
        let month = self.month_at(at)?;
        let (end, year) = self.year_behind(at + 1);
        // A bare "May" or "March" needs a preposition or a year, since both are other words too.
        let bare = end == at + 1 && part == Part::Whole && shift == 0;
        let person = self.before(i).is_empty() || matches!(self.tree.base(at), "flat" | "compound" | "nsubj");
        if bare && person && matches!(month, 3 | 5 | 6 | 8 | 4) && i > 0 && self.capital(i - 1) {
            return None;
        }
        // "the Long March", "the March to the sea": a march, and no month.
        let march = bare && month == 3 && i > 0 && self.upos(at + 1) != "NOUN";
        if march && (matches!(self.upos(i - 1), "DET" | "ADJ") || i > 1 && self.capital(i - 1)) {
            return None;
        }
        Some(Match::new(end, Value::Month { year, month, part }))
    }

    /// "mid-September", "mid-January 1945", "mid-2007".
    fn hyphened_part(&self, i: usize) -> Option<Match> {
        Some(match self.hyphened(i)? {
            (part, Ok(month)) => {
                let (end, year) = self.year_behind(i + 1);
                Match::new(end, Value::Month { year, month, part })
            }
            (part, Err(year)) => Match::new(i + 1, Value::Year { year, part }),
        })
    }

    /// "last summer", "the spring of 2014", "winter 2022", "in the autumn".
    fn season(&self, i: usize) -> Option<Match> {
        let mut at = i;
        let the = self.is(at, &["the"]);
        at += usize::from(the);
        if let Some((next, _)) = self.part_at(at) {
            at = next;
        }
        let shift = match self.word(at) {
            "last" | "previous" | "preceding" => Some(-1),
            "next" | "following" | "coming" => Some(1),
            "this" | "that" | "same" => Some(0),
            _ => None,
        };
        at += usize::from(shift.is_some());
        let month = match self.word(at) {
            "spring" => 3,
            "summer" => 6,
            "autumn" | "fall" => 9,
            "winter" => 12,
            _ => return None,
        };
        let (end, year) = self.year_behind(at + 1);
        let told = year.is_some() || shift.is_some() || end > at + 1;
        // "the fall of Knin", "a spring offensive": the bare word needs a preposition of time before it.
        let cue = self.is(
            i.wrapping_sub(1),
            &["in", "during", "by", "until", "since", "that", "before", "of", "after"],
        ) || self.is(i, &["early", "late", "mid"])
            || self.is(i.wrapping_sub(2), &["in", "during"]) && self.is(i.wrapping_sub(1), &["a"]);
        let other = self.is(at + 1, &["of", "offensive", "-"]) || self.upos(at) == "VERB";
        let alone = the && !self.is(at, &["fall"]) && !matches!(self.upos(at + 1), "NOUN" | "PROPN" | "ADJ");
        (told || (cue || alone) && !other)
            .then_some(Match::new(end, Value::Season { year, month, shift: shift.unwrap_or(0) }))
    }

    /// "2021", "1991-1995", "1914-18", "late 2024", "the years 1955", "480 BC", "ca. 466 BC".
    fn years(&self, i: usize) -> Option<Match> {
        let (mut at, part) = self.part_at(i).unwrap_or((i, Part::Whole));
        at += usize::from(self.is(at, &["in"]) && part != Part::Whole);
        at += usize::from(self.is(at, &["ca.", "circa", "c."]));
        if self.is(at, &["the"]) && self.is(at + 1, &["years", "year"]) {
            at += 2;
        }
        let (end, from) = self.year_at(at)?;
        if self.is(end, &["-", "–", "—", "/"])
            && let Some((last, to)) = self.second_year(end + 1, from)
        {
            let ends =
                [Value::Year { year: from, part: Part::Whole }, Value::Year { year: to, part: Part::Whole }];
            return Some(Match::new(last, Value::Years { from, to }).split(end, ends));
        }
        let plain = at == i && from >= 0;
        if plain && self.is_count(at, end, from) {
            return None;
        }
        Some(Match::new(end, Value::Year { year: from, part }))
    }

    /// The other end of a stretch: "1995", or "18" behind "1914".
    fn second_year(&self, i: usize, from: i16) -> Option<(usize, i16)> {
        if let Some((end, to)) = self.year_at(i).filter(|(_, to)| *to > from) {
            return Some((end, to));
        }
        let word = self.word(i);
        let short: i16 = word.parse().ok().filter(|_| word.len() == 2 && from >= 1000)?;
        let to = from - from % 100 + short;
        (to > from && self.month_at(i + 1).is_none()).then_some((i + 1, to))
    }

    /// A bare number is a year only where a count cannot stand: not before what is counted or measured.
    fn is_count(&self, at: usize, end: usize, year: i16) -> bool {
        let head = self.tree.head(at).filter(|_| self.tree.base(at) == "nummod");
        let counted = head.is_some_and(|h| h > at && matches!(self.tree.xpos(h), "NNS" | "CD"));
        let next = MEASURES.contains(&self.word(end)) || self.upos(end) == "NUM";
        let cue = CUES.contains(&self.before(at));
        let odd = !(1600..=2099).contains(&year)
            || self.is(
                at.wrapping_sub(1),
                &["resolution", "no.", "number", "flight", "room", "article", "bill"],
            );
        counted || next || odd && !cue
    }

    /// "the 1990s", "late 1980s", "the 470s BC", "the early 21st century", "the 4th century BC".
    fn stretch_of_years(&self, i: usize) -> Option<Match> {
        let mut at = i + usize::from(self.word(i) == "the");
        if let Some((next, _)) = self.part_at(at) {
            at = next;
        }
        let decade = self.word(at).strip_suffix('s').map(|d| d.trim_end_matches(['\'', '’']));
        if let Some(from) = decade.and_then(|d| d.parse::<i16>().ok()).filter(|d| d % 10 == 0 && *d > 0) {
            if self.is(at + 1, &["bc", "bce", "b.c."]) {
                return Some(Match::new(at + 2, Value::Years { from: -from - 9, to: -from }));
            }
            return (1000..=2100)
                .contains(&from)
                .then(|| Match::new(at + 1, Value::Years { from, to: from + 9 }));
        }
        let (mut end, mut n) = (at + 1, ordinal_of_century(self.word(at)));
        if n.is_none() && self.word(at + 1) == "-" {
            let joined = format!("{}-{}", self.word(at), self.word(at + 2));
            (end, n) = (at + 3, ordinal_of_century(&joined));
        }
        end += usize::from(self.is(end, &["-"]));
        if !self.is(end, &["century"]) {
            return None;
        }
        let n = n?;
        if self.is(end + 1, &["bc", "bce", "b.c."]) {
            return Some(Match::new(end + 2, Value::Years { from: -n * 100, to: -(n - 1) * 100 - 1 }));
        }
        Some(Match::new(end + 1, Value::Years { from: (n - 1) * 100, to: (n - 1) * 100 + 99 }))
    }

    /// "Monday", "last Friday", "Sunday morning", "Saturday, 5 August 1995".
    fn weekday(&self, i: usize) -> Option<Match> {
        let (skip, shift) = match self.word(i) {
            "last" | "past" | "previous" => (1, -1),
            "next" | "coming" => (1, 1),
            "this" => (1, 0),
            _ => (0, 0),
        };
        let at = i + skip;
        let word = self.word(at).trim_end_matches('.');
        // "Sun" names persons too: the short form needs its full stop, or a date behind it.
        let short = word.len() == 3
            && (self.word(at).ends_with('.')
                || self.month_at(at + 1).is_some()
                || self.day_at(at + 1).is_some());
        let day = WEEKDAYS.iter().position(|d| *d == word || (short && d.starts_with(word)))?;
        if !self.capital(at) || self.is(at + 1, &["school", "mass"]) {
            return None;
        }
        let date = at + 1 + usize::from(self.is(at + 1, &[",", "the"]));
        if let Some(found) = self.day_month(date).or_else(|| self.month_day(date)) {
            return Some(found);
        }
        let day = Weekday::from_monday_zero_offset(day as i8).ok()?;
        let part = self.day_part(at + 1);
        let night = self.is(at + 1, &["night", "overnight"]);
        let value = Value::Weekday { day, shift, night };
        Some(Match::new(at + 1 + usize::from(part.is_some()), value).at(part))
    }

    /// "Christmas", "New Year's Eve 2008": feasts that have one day in the calendar.
    fn feast(&self, i: usize) -> Option<Match> {
        if !self.capital(i) || i > 0 && self.capital(i - 1) && i > 1 {
            return None;
        }
        let new_year = self.is(i, &["new"]) && self.is(i + 1, &["year"]) && self.is(i + 2, &["'s", "’s"]);
        let at = if new_year {
            i + 3
        } else if self.is(i, &["christmas"]) {
            i + 1
        } else {
            return None;
        };
        let eve = self.is(at, &["eve"]);
        let (month, day) = match (new_year, eve) {
            (true, true) => (12, 31),
            (true, false) => (1, 1),
            (false, true) => (12, 24),
            (false, false) => (12, 25),
        };
        let at = at + usize::from(eve || self.is(at, &["day"]));
        let (end, year) = self.year_behind(at);
        (end > i + 1 || !self.capital(end)).then_some(Match::new(end, Value::Day { year, month, day }))
    }
}
