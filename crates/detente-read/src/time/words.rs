//! Token look-ups of the grammar of time; all answer for places past the end too.

use super::{Part, Unit};
use crate::tree::Tree;
use detente_types::DayPart;

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
const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
const TENS: [&str; 10] =
    ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: [&str; 13] = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];
const TEENTHS: [&str; 9] = [
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
];

/// The words of a sentence.
pub(super) struct Words<'a, 't> {
    /// The sentence.
    pub(super) tree: &'a Tree<'t>,
    /// The report tells of years before Christ: short numbers are years too.
    pub(super) ancient: bool,
}

impl Words<'_, '_> {
    pub(super) fn word(&self, i: usize) -> &str {
        if i < self.tree.len() { self.tree.lower(i) } else { "" }
    }

    pub(super) fn before(&self, i: usize) -> &str {
        if i > 0 { self.word(i - 1) } else { "" }
    }

    pub(super) fn is(&self, i: usize, list: &[&str]) -> bool {
        list.contains(&self.word(i))
    }

    pub(super) fn upos(&self, i: usize) -> &'static str {
        if i < self.tree.len() { self.tree.upos(i) } else { "" }
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        i < self.tree.len() && self.tree.word(i).starts_with(char::is_uppercase)
    }

    pub(super) fn month_at(&self, i: usize) -> Option<i8> {
        if !self.capital(i) {
            return None;
        }
        let month = month_named(self.word(i))?;
        // "May" opens sentences as a verb and names persons; the tag decides.
        let verb = month == 5 && self.tree.upos(i) == "AUX";
        let march = month == 3 && matches!(self.tree.upos(i), "VERB");
        (!verb && !march).then_some(month)
    }

    pub(super) fn day_at(&self, i: usize) -> Option<i8> {
        let word = self.word(i);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        if !matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
            return None;
        }
        digits.parse().ok().filter(|d| (1..=31).contains(d) && digits.len() <= 2)
    }

    /// A year: where it ends, and the number, negative before Christ.
    pub(super) fn year_at(&self, i: usize) -> Option<(usize, i16)> {
        let word = self.word(i);
        let year: i16 = word.parse().ok().filter(|_| word.chars().all(|c| c.is_ascii_digit()))?;
        if self.is(i + 1, &["bc", "bce", "b.c.", "b.c"]) {
            return Some((i + 2, -year));
        }
        if word.len() == 4 {
            return (1000..=2199).contains(&year).then_some((i + 1, year));
        }
        let told = self.ancient
            && word.len() == 3
            && !matches!(self.upos(i + 1), "NOUN" | "ADJ" | "PROPN")
            && (CUES.contains(&self.before(i)) || self.is(i + 1, &["-", "–", "/"]));
        told.then_some((i + 1, -year))
    }

    /// ", 2025", "2025", "of that year" behind a day or month: where it ends, and the year.
    pub(super) fn year_behind(&self, i: usize) -> (usize, Option<i16>) {
        if let Some((end, year)) = self.year_at(i) {
            return (end, Some(year));
        }
        let comma = self.is(i, &[",", "of"]);
        if let Some((end, year)) = self.year_at(i + 1).filter(|_| comma) {
            return (end, Some(year));
        }
        let same = usize::from(self.is(i + 1, &["the"]));
        if self.is(i, &["of"])
            && self.is(i + 1 + same, &["that", "same", "this"])
            && self.is(i + 2 + same, &["year"])
        {
            return (i + 3 + same, None);
        }
        (i, None)
    }

    pub(super) fn unit_at(&self, i: usize) -> Option<Unit> {
        Some(match self.word(i) {
            "minute" | "minutes" => Unit::Minute,
            "hour" | "hours" => Unit::Hour,
            "day" | "days" | "night" | "nights" | "morning" | "afternoon" | "evening" => Unit::Day,
            "week" | "weeks" | "fortnight" => Unit::Week,
            "month" | "months" => Unit::Month,
            "year" | "years" => Unit::Year,
            "decade" | "decades" => Unit::Decade,
            "century" | "centuries" => Unit::Century,
            _ => return None,
        })
    }

    pub(super) fn plural_unit(&self, i: usize) -> bool {
        self.unit_at(i).is_some() && self.word(i).ends_with('s')
    }

    pub(super) fn day_part(&self, i: usize) -> Option<DayPart> {
        Some(match self.word(i) {
            "morning" | "mornings" | "dawn" | "daybreak" | "sunrise" => DayPart::Morning,
            "afternoon" | "noon" | "midday" => DayPart::Afternoon,
            "evening" | "evenings" | "dusk" | "nightfall" | "sunset" => DayPart::Evening,
            "night" | "nights" | "midnight" | "overnight" | "night-time" | "nighttime" => DayPart::Night,
            _ => return None,
        })
    }

    /// "early", "mid-", "later": where the rest begins, and the part.
    pub(super) fn part_at(&self, i: usize) -> Option<(usize, Part)> {
        let part = match self.word(i) {
            "early" | "earlier" => Part::Early,
            "mid" | "mid-" | "middle" => Part::Mid,
            "late" | "later" => Part::Late,
            _ => return None,
        };
        Some((i + 1 + usize::from(self.is(i + 1, &["-"])), part))
    }

    /// "mid-September", "mid-2007", "early-1943" in one token: part, and month or year.
    pub(super) fn hyphened(&self, i: usize) -> Option<(Part, Result<i8, i16>)> {
        let (part, rest) = self.word(i).split_once('-')?;
        let part = match part {
            "early" => Part::Early,
            "mid" => Part::Mid,
            "late" => Part::Late,
            _ => return None,
        };
        let year = || rest.parse::<i16>().ok().filter(|y| (1000..=2199).contains(y));
        Some((part, month_named(rest).map(Ok).or_else(|| year().map(Err))?))
    }

    /// A count in words or digits: where it ends, and the number.
    pub(super) fn count_at(&self, i: usize) -> Option<(usize, i32)> {
        let word = self.word(i);
        if let Ok(n) = word.parse::<i32>() {
            return (0..1000).contains(&n).then_some((i + 1, n));
        }
        if self.is(i, &["a", "an"]) {
            if self.is(i + 1, &["couple"]) {
                return Some((i + 2 + usize::from(self.is(i + 2, &["of"])), 2));
            }
            return Some((i + 1 + usize::from(self.is(i + 1, &["single"])), 1));
        }
        if let Some(n) = NUMBERS.iter().position(|n| *n == word).filter(|n| *n < 20) {
            return Some((i + 1, n as i32));
        }
        let tens = TENS.iter().position(|t| *t == word).filter(|t| *t > 1)? as i32 * 10;
        let hyphen = usize::from(self.is(i + 1, &["-"]));
        let one =
            NUMBERS.iter().position(|n| *n == self.word(i + 1 + hyphen)).filter(|n| (1..10).contains(n));
        match one {
            Some(one) => Some((i + 2 + hyphen, tens + one as i32)),
            None => Some((i + 1, tens)),
        }
    }
}

/// Is a word in lower case the name of a weekday?
pub(crate) fn is_weekday(word: &str) -> bool {
    matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

/// Is it that of a weekday or a month, in full or short?
pub(crate) fn of_calendar(word: &str) -> bool {
    is_weekday(word) || month_named(word).is_some()
}

/// The month that a word in lower case names.
fn month_named(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    let at =
        MONTHS.iter().position(|m| *m == word || (word.len() >= 3 && word.len() <= 4 && m.starts_with(word)));
    at.map(|n| n as i8 + 1)
}

/// Words after which a bare number is a year.
pub(super) const CUES: &[&str] = &[
    "in",
    "since",
    "until",
    "till",
    "by",
    "before",
    "after",
    "of",
    "from",
    "during",
    "and",
    "between",
    "to",
    "through",
    "about",
    "circa",
    "ca.",
    "(",
    "early",
    "late",
    "throughout",
];

/// The number behind "second round", "third session".
pub(crate) fn ordinal(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !digits.is_empty() && digits.len() < word.len() {
        return digits.parse().ok();
    }
    ORDINALS.iter().position(|o| *o == word).map(|n| n as u32)
}

/// The number of a century: up to "twenty-first".
pub(super) fn ordinal_of_century(word: &str) -> Option<i16> {
    let teenth = || TEENTHS.iter().position(|o| *o == word).map(|n| n as u32 + 13);
    let n = ordinal(word).or_else(teenth).filter(|n| (1..=22).contains(n))?;
    i16::try_from(n).ok()
}
