//! What is told from publication or from another date: "yesterday", "the following month", "three days later",
//! "that year", "for a week", "every day", "now".

use super::grammar::Match;
use super::words::{Words, ordinal};
use super::{Look, Part, Unit, Value};
use detente_types::DayPart;
use jiff::civil::Weekday;

/// Words before a length of time that belong to it.
const ABOUT: &[&str] = &[
    "about",
    "some",
    "around",
    "nearly",
    "over",
    "just",
    "almost",
    "only",
    "under",
    "roughly",
    "approximately",
    "barely",
];

/// Words that say of a plural or a count that it has no number.
const VAGUE: &[&str] = &["few", "several", "many", "various", "numerous", "some", "couple", "dozen"];

/// Other words that stand between a number and its unit.
const LOOSE: &[&str] = &[
    "final",
    "entire",
    "whole",
    "full",
    "consecutive",
    "intervening",
    "succeeding",
    "remaining",
    "early",
    "later",
    "latter",
    "other",
];

/// A noun phrase over a unit: "the next few months", "that same day", "three bloody weeks".
#[derive(Default)]
struct Phrase<'w> {
    det: &'w str,
    order: Option<Order>,
    count: Option<i32>,
    vague: bool,
    adjective: bool,
    hyphen: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    This,
    Same,
    Next,
    Following,
    Last,
    Previous,
    Recent,
    Nth,
}

impl Words<'_, '_> {
    /// The longest expression of these kinds that begins here.
    pub(super) fn relative(&self, i: usize) -> Option<Match> {
        let tries = [
            self.today(i),
            self.weekend(i),
            self.day_beside(i),
            self.phrase(i),
            self.set(i),
            self.now(i),
            self.that_time(i),
            self.wet_or_dry(i),
            self.clock(i),
            self.part_of_day(i),
        ];
        tries.into_iter().flatten().max_by_key(|found| found.end)
    }

    fn today(&self, i: usize) -> Option<Match> {
        let value = match self.word(i) {
            "today" | "tonight" => Value::FromToday(0),
            "yesterday" => Value::FromToday(-1),
            "tomorrow" => Value::FromToday(1),
            "overnight" => Value::FromToday(-1),
            _ => return None,
        };
        let part = self.day_part(i + 1);
        let end = i + 1 + usize::from(part.is_some());
        Some(Match::new(end, value).at(part.or_else(|| self.is(i, &["tonight"]).then_some(DayPart::Night))))
    }

    /// "at the weekend", "last weekend".
    fn weekend(&self, i: usize) -> Option<Match> {
        let at = i + usize::from(self.is(i, &["the"]));
        let shift = match self.word(at) {
            "last" | "previous" | "past" => Some(-1),
            "next" | "coming" | "following" => Some(1),
            "this" => Some(0),
            _ => None,
        };
        let noun = at + usize::from(shift.is_some());
        let told =
            shift.is_some() || self.is(i, &["the"]) && self.is(i.wrapping_sub(1), &["at", "over", "on"]);
        (told && self.is(noun, &["weekend"])).then(|| {
            let value = Value::Weekday { day: Weekday::Saturday, shift: shift.unwrap_or(0), night: true };
            Match::new(noun + 1, value)
        })
    }

    /// "the day before", "the night after", where nothing follows that they are counted from.
    fn day_beside(&self, i: usize) -> Option<Match> {
        if !self.is(i, &["the"]) || self.plural_unit(i + 1) {
            return None;
        }
        let unit = self.unit_at(i + 1)?;
        let n = match self.word(i + 2) {
            "before" => -1,
            "after" | "following" => 1,
            _ => return None,
        };
        let alone = self.is(i + 2, &["following"]) || self.ends_clause(i + 3);
        alone.then(|| Match::new(i + 3, Value::Later { unit, n, part: Part::Whole }).at(self.day_part(i + 1)))
    }

    /// Does nothing stand here that "after" or "before" could take as its object?
    fn ends_clause(&self, i: usize) -> bool {
        !matches!(self.upos(i), "DET" | "NOUN" | "PROPN" | "ADJ" | "NUM" | "PRON" | "VERB" | "ADV")
    }

    /// A noun phrase over a unit of time, with what comes behind it.
    fn phrase(&self, i: usize) -> Option<Match> {
        let mut at = self.qualified(i);
        let part = self.part_at(at).filter(|(next, _)| self.opens_period(*next));
        if let Some((next, _)) = part {
            at = next + usize::from(self.is(next, &["in"]));
        }
        let mut phrase = Phrase::default();
        while at < i + 9 {
            if let Some(unit) = self.unit_at(at) {
                return self.interpret(i, at, unit, &phrase, part.map_or(Part::Whole, |p| p.1));
            }
            at = self.modifier(at, &mut phrase)?;
        }
        None
    }

    /// "later that year", "earlier this month", "early the next morning", "late in the year".
    fn opens_period(&self, i: usize) -> bool {
        let at = i + usize::from(self.is(i, &["in"]));
        self.is(at, &["this", "that", "last", "next", "the"])
    }

    fn qualified(&self, i: usize) -> usize {
        if self.is(i, &["more", "less", "fewer"]) && self.is(i + 1, &["than"])
            || self.is(i, &["at"]) && self.is(i + 1, &["least", "most"])
            || self.is(i, &["up"]) && self.is(i + 1, &["to"])
        {
            return i + 2;
        }
        // "over the following days" is no qualifier.
        let about = ABOUT.contains(&self.word(i))
            && (self.count_at(i + 1).is_some() || VAGUE.contains(&self.word(i + 1)));
        i + usize::from(about)
    }

    /// Takes one word of the phrase; `None` where it cannot belong.
    fn modifier<'s>(&'s self, at: usize, phrase: &mut Phrase<'s>) -> Option<usize> {
        let word = self.word(at);
        if let Some((end, n)) = self.count_at(at).filter(|_| phrase.count.is_none() && !phrase.vague) {
            if self.is(at, &["a", "an"]) && self.is(end, &["few", "dozen"]) {
                phrase.vague = true;
                return Some(end + 1);
            }
            if self.is(at, &["a", "an"]) && self.count_at(end).is_some() && phrase.det.is_empty() {
                phrase.det = "a";
                return Some(end);
            }
            if self.is(end, &["or", "to", "-", "and"])
                && let Some((last, more)) = self.count_at(end + 1)
            {
                phrase.count = (self.is(end, &["and"])).then_some(n);
                phrase.vague = phrase.count.is_none() && more > n;
                return Some(last);
            }
            phrase.count = Some(n);
            if self.is(end, &["-"]) {
                phrase.hyphen = true;
                return Some(end + 1);
            }
            return Some(end);
        }
        let order = match word {
            "this" | "these" => Some(Order::This),
            "same" | "that" | "those" => Some(Order::Same),
            "next" | "coming" => Some(Order::Next),
            "following" | "subsequent" | "ensuing" => Some(Order::Following),
            "last" | "past" => Some(Order::Last),
            "previous" | "preceding" | "prior" => Some(Order::Previous),
            "recent" => Some(Order::Recent),
            "final" | "opening" | "closing" => Some(Order::Nth),
            _ => ordinal(word).filter(|_| !phrase.det.is_empty()).map(|_| Order::Nth),
        };
        if let Some(order) = order {
            if phrase.order.is_none_or(|o| o != Order::Same || order == Order::Same) {
                phrase.order = Some(order);
            }
            return Some(at + 1);
        }
        if matches!(word, "the" | "his" | "her" | "its" | "their") && phrase.det.is_empty() {
            phrase.det = self.word(at);
            return Some(at + 1);
        }
        if VAGUE.contains(&word) {
            phrase.vague = true;
            return Some(at + 1 + usize::from(self.is(at + 1, &["of"])));
        }
        let named =
            phrase.count.is_some() || phrase.vague || phrase.order.is_some() || !phrase.det.is_empty();
        let adjective =
            LOOSE.contains(&word) || self.upos(at) == "ADJ" && !self.capital(at) && !phrase.adjective;
        (named && adjective || word == "very" && named).then(|| {
            phrase.adjective = true;
            at + 1
        })
    }

    fn interpret(&self, i: usize, at: usize, unit: Unit, p: &Phrase<'_>, part: Part) -> Option<Match> {
        let plural = self.plural_unit(at);
        let mut end = at + 1;
        let fortnight = self.is(at, &["fortnight"]);
        let count = p.count.map(|n| if fortnight { n * 2 } else { n });
        if let Some(found) = self.shifted(end, unit, count, plural, p) {
            return Some(found);
        }
        let period = self.is(end, &["period"]) && count.is_some();
        end += usize::from(period);
        if !period && !plural && (p.hyphen || p.det == "a") && !p.det.is_empty() {
            // "the 46-day battle": the length begins at its number.
            return None;
        }
        if self.is(end, &["old"]) {
            end += 1;
        } else if self.is(end, &["of"]) && self.is(end + 1, &["age"]) {
            end += 2;
        }
        if let Some(order) = p.order {
            return self.ordered(i, at, unit, p, order, part);
        }
        let value = if count.is_some() || p.vague || plural {
            // "nineteen years old", "for two days", "months".
            Value::Length { unit, n: count }
        } else if part != Part::Whole && p.det == "the" {
            Value::Later { unit, n: 0, part }
        } else {
            return None;
        };
        let ahead = count.is_some() && self.before(i) == "in" && i + 1 + usize::from(p.hyphen) == at;
        if ahead && !p.hyphen && self.tree.xpos(i) != "DT" && plural {
            return Some(Match::new(end, Value::Ago { unit, n: count.unwrap_or(1) }));
        }
        let possessive = self.is(end, &["'s", "’s"]) && count.is_none();
        (!possessive).then(|| Match::new(end, value))
    }

    /// "three days ago", "two days later", "a week earlier", "weeks before".
    fn shifted(
        &self,
        end: usize,
        unit: Unit,
        count: Option<i32>,
        plural: bool,
        p: &Phrase<'_>,
    ) -> Option<Match> {
        let word = self.word(end);
        let sign = match word {
            "ago" => -1,
            "earlier" | "previously" | "beforehand" => -1,
            "later" | "afterwards" | "afterward" | "thereafter" => 1,
            "before" | "prior" if self.ends_clause(end + 1) => -1,
            "after" if self.ends_clause(end + 1) => 1,
            _ => return None,
        };
        if p.order.is_some() || !plural && count.is_none() {
            return None;
        }
        let value = match count {
            Some(n) if word == "ago" => Value::Ago { unit, n: -n },
            Some(n) => Value::Later { unit, n: sign * n, part: Part::Whole },
            None if word == "ago" => Value::Vague(Look::Past),
            None => Value::Sometime(if sign > 0 { Look::Future } else { Look::Past }),
        };
        Some(Match::new(end + 1, value))
    }

    /// "this month", "the following day", "that same year", "the past two weeks", "the first two years".
    fn ordered(
        &self,
        i: usize,
        at: usize,
        unit: Unit,
        p: &Phrase<'_>,
        order: Order,
        part: Part,
    ) -> Option<Match> {
        let plural = self.plural_unit(at);
        let end = at + 1;
        let the = p.det == "the";
        let later = |n: i32| Value::Later { unit, n, part };
        let period = |shift: i32| Value::Period { unit, shift, part };
        let value = match (order, plural || p.vague || p.count.is_some_and(|n| n > 1)) {
            (Order::This, false) => period(0),
            (Order::This, true) if !plural || p.count.is_some() => Value::Length { unit, n: p.count },
            (Order::This, true) => Value::Vague(Look::Present),
            (Order::Same, false) => later(0),
            (Order::Same, true) => Value::Reference(None),
            (Order::Next, false) if the && self.is(at - 1, &["next"]) => later(1),
            (Order::Next, false) => period(1),
            (Order::Following, false) => later(1),
            (Order::Next | Order::Following, true) => Value::Length { unit, n: p.count },
            (Order::Last, false) if the && p.count.is_none() => Value::Recent { unit, n: Some(1) },
            (Order::Last, false) => period(-1),
            (Order::Previous, false) => later(-1),
            (Order::Last | Order::Recent | Order::Previous, true) => Value::Recent { unit, n: p.count },
            (Order::Recent, false) => return None,
            (Order::Nth, true) => Value::Length { unit, n: p.count },
            // "the first year of the war" is a length; "the second day" waits for what it is counted from.
            (Order::Nth, false) if unit == Unit::Day => return self.nth_day(i, end),
            (Order::Nth, false) => Value::Length { unit, n: Some(1) },
        };
        let hour = self.day_part(at).filter(|_| !plural);
        Some(Match::new(end, value).at(hour))
    }

    fn nth_day(&self, i: usize, end: usize) -> Option<Match> {
        (self.is(i, &["the"])).then(|| Match::new(end, Value::Reference(None)))
    }

    /// "daily", "every week", "per month", "repeatedly".
    fn set(&self, i: usize) -> Option<Match> {
        if self.is(i, &["every", "each", "per"]) {
            let unit = self.unit_at(i + 1).filter(|_| !self.plural_unit(i + 1))?;
            return Some(Match::new(i + 2, Value::Repeated(Some(unit))));
        }
        let unit = match self.word(i) {
            "daily" | "everyday" | "nightly" => Some(Unit::Day),
            "hourly" => Some(Unit::Hour),
            "weekly" => Some(Unit::Week),
            "monthly" => Some(Unit::Month),
            "annually" | "yearly" => Some(Unit::Year),
            "annual" if !self.capital(i) => Some(Unit::Year),
            "periodic" | "periodically" | "repeatedly" | "regularly" | "frequently" => None,
            _ => return None,
        };
        Some(Match::new(i + 1, Value::Repeated(unit)))
    }

    /// "now", "recently", "former", "the future": what looks to the past, the present or what is to come.
    fn now(&self, i: usize) -> Option<Match> {
        let adjective =
            self.upos(i) == "ADJ" && matches!(self.upos(i + 1), "NOUN" | "PROPN" | "ADJ" | "VERB");
        let noun = self.upos(i) == "NOUN";
        let the = self.is(i, &["the"]);
        let found = match self.word(i) {
            "recently" | "lately" if self.before(i) != "as" => (1, Value::Vague(Look::Past)),
            "currently" | "now" | "nowadays" => (1, Value::Vague(Look::Present)),
            "right" if self.is(i + 1, &["now"]) => (2, Value::Vague(Look::Present)),
            "soon" if self.upos(i) == "ADV" && self.is(i + 1, &[".", ","]) => (1, Value::Vague(Look::Future)),
            "present" if self.is(i + 1, &["day"]) => (2, Value::Reference(Some(Look::Present))),
            "former" if adjective => (1, Value::Reference(Some(Look::Past))),
            "recent" if adjective => (1, Value::Reference(Some(Look::Past))),
            "current" if adjective => (1, Value::Reference(Some(Look::Present))),
            "future" if adjective || noun => (1, Value::Reference(Some(Look::Future))),
            "the" if the && self.is(i + 1, &["future"]) && self.upos(i + 1) == "NOUN" => {
                (2, Value::Reference(Some(Look::Future)))
            }
            "the" if the && self.is(i + 1, &["past"]) && self.upos(i + 1) == "NOUN" => {
                (2, Value::Reference(Some(Look::Past)))
            }
            "the" if the && self.is(i + 1, &["present"]) && self.upos(i + 1) == "NOUN" => {
                (2, Value::Reference(Some(Look::Present)))
            }
            "the" if self.is(i + 1, &["time"]) && self.is(i + 2, &["being"]) => {
                (3, Value::Reference(Some(Look::Present)))
            }
            _ => return None,
        };
        Some(Match::new(i + found.0, found.1))
    }

    /// "that time", "the same time", "this period".
    fn that_time(&self, i: usize) -> Option<Match> {
        let at = i + usize::from(self.is(i, &["the"]));
        let same = self.is(at, &["same"]) || self.is(i, &["this", "that"]);
        let noun = at + 1 + usize::from(self.is(at + 1, &["same"]));
        let cue = self.is(
            i.wrapping_sub(1),
            &["at", "by", "during", "of", "in", "until", "since", "before", "from", "throughout", "over"],
        );
        (same && cue && self.is(noun, &["time", "period"]))
            .then(|| Match::new(noun + 1, Value::Reference(None)))
    }

    /// "the dry season": one that the calendar does not fix.
    fn wet_or_dry(&self, i: usize) -> Option<Match> {
        let kind = self.is(i, &["dry", "rainy", "wet", "monsoon", "fighting", "lean"]);
        (kind && self.is(i + 1, &["season"])).then(|| Match::new(i + 2, Value::Reference(None)))
    }

    /// "11:30 a.m.", "0530 hours".
    fn clock(&self, i: usize) -> Option<Match> {
        let word = self.word(i);
        let (hour, minute) = word.split_once(':').unwrap_or((word, "0"));
        let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
        let joined = usize::from(self.is(i + 2, &[".", "m."]));
        let afternoon = match self.word(i + 1) {
            "a.m." | "am" | "a.m" => Some(false),
            "p.m." | "pm" | "p.m" => Some(true),
            _ => None,
        };
        if hour > 23 || minute > 59 || afternoon.is_none() && !word.contains(':') {
            return None;
        }
        let hour = match afternoon {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            _ => hour,
        };
        let end = i + 1 + usize::from(afternoon.is_some());
        let end = if afternoon.is_some() && self.is(end, &["."]) && joined == 1 && end + 1 < self.tree.len() {
            end + 1
        } else {
            end
        };
        Some(Match::new(end, Value::Reference(None)).at(Some(DayPart::Clock { hour, minute })))
    }

    /// "at dawn", "by nightfall", "night".
    fn part_of_day(&self, i: usize) -> Option<Match> {
        let part = self.day_part(i)?;
        let night =
            self.is(i, &["night", "nights", "night-time", "nighttime"]) && matches!(self.upos(i), "NOUN");
        let cue =
            self.is(i.wrapping_sub(1), &["at", "by", "before", "until", "since", "from", "around", "after"]);
        (night || cue && self.upos(i) == "NOUN")
            .then(|| Match::new(i + 1, Value::Reference(None)).at(Some(part)))
    }
}
