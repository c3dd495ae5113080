//! Finds time expressions in a sentence: longest match first, then what is told by two ends together.

use super::words::Words;
use super::{Bound, Expr, Part, Unit, Value};
use crate::tree::Tree;
use detente_types::DayPart;

/// Words that begin an expression here, with what they mean.
pub(super) struct Match {
    /// The token behind the last.
    pub(super) end: usize,
    pub(super) value: Value,
    pub(super) hour: Option<DayPart>,
    /// The word between two ends told in one ("9 *to* 12 April"), and what each end means.
    joint: Option<(usize, [Value; 2])>,
}

impl Match {
    pub(super) fn new(end: usize, value: Value) -> Match {
        Match { end, value, hour: None, joint: None }
    }

    pub(super) fn at(self, hour: Option<DayPart>) -> Match {
        Match { hour: hour.or(self.hour), ..self }
    }

    pub(super) fn split(self, joint: usize, ends: [Value; 2]) -> Match {
        Match { joint: Some((joint, ends)), ..self }
    }

    fn expr(self, first: usize, bound: Bound) -> Expr {
        let plain =
            |first, last, value| Expr { first, last, value, bound: Bound::At, hour: None, ends: None };
        let last = self.end - 1;
        let ends = self
            .joint
            .map(|(at, [from, to])| Box::new([plain(first, at - 1, from), plain(at + 1, last, to)]));
        Expr { first, last, value: self.value, bound, hour: self.hour, ends }
    }
}

/// Does the report tell of years before Christ, so that short numbers may be years?
pub(crate) fn ancient<'a, 't: 'a>(trees: impl Iterator<Item = &'a Tree<'t>>) -> bool {
    let marks = |tree: &Tree<'_>| {
        (1..tree.len())
            .filter(|&i| {
                matches!(tree.word(i), "BC" | "BCE" | "B.C.") && tree.word(i - 1).parse::<u16>().is_ok()
            })
            .count()
    };
    trees.map(marks).sum::<usize>() > 2
}

/// Every time expression of the sentence, in order, not overlapping.
pub(crate) fn find(tree: &Tree<'_>, ancient: bool) -> Vec<Expr> {
    let words = Words { tree, ancient };
    let mut out = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        match words.any(at) {
            Some(found) if !words.in_name(at, &found) => {
                let bound = words.bound_before(at, &found.value);
                let end = found.end;
                out.push(found.expr(at, bound));
                at = end;
            }
            Some(found) => at = found.end,
            None => at += 1,
        }
    }
    share_years(&words, &mut out);
    between(&words, out)
}

impl Words<'_, '_> {
    /// The longest expression that begins here.
    fn any(&self, i: usize) -> Option<Match> {
        let plain = self.plain(i);
        let wide = self.wide(i).or_else(|| self.hours_of(i));
        plain.into_iter().chain(wide).max_by_key(|found| found.end)
    }

    fn plain(&self, i: usize) -> Option<Match> {
        let found = self.calendar(i).into_iter().chain(self.relative(i));
        // Of two readings of the same words the date of the calendar stands first.
        found.reduce(|a, b| if b.end > a.end { b } else { a })
    }

    /// "the 17 February Brigade": a day inside a name.
    fn in_name(&self, i: usize, found: &Match) -> bool {
        let day = matches!(found.value, Value::Day { year: None, .. });
        day && self.is(
            found.end,
            &["brigade", "brigades", "movement", "martyrs", "battalion", "street", "square", "division"],
        ) && self.capital(found.end)
            && i > 0
    }

    /// "the end of 1958", "the first half of 2015", "the early part of the next decade": a part of what follows.
    fn wide(&self, i: usize) -> Option<Match> {
        let at = i + usize::from(self.is(i, &["the", "very"]));
        let (noun, part) = match self.word(at) {
            "end" | "close" => (at + 1, Part::Late),
            "beginning" | "start" | "outset" => (at + 1, Part::Early),
            "middle" => (at + 1, Part::Mid),
            "rest" | "remainder" => (at + 1, Part::Whole),
            "first" if self.is(at + 1, &["half"]) => (at + 2, Part::FirstHalf),
            "second" | "latter" | "last" if self.is(at + 1, &["half"]) => (at + 2, Part::SecondHalf),
            "early" | "first" | "opening" if self.is(at + 1, &["part", "days", "weeks", "months"]) => {
                (at + 2, Part::Early)
            }
            "late" | "latter" | "later" | "last" | "final" | "closing"
                if self.is(at + 1, &["part", "days", "weeks", "months"]) =>
            {
                (at + 2, Part::Late)
            }
            _ => return None,
        };
        if !self.is(noun, &["of"]) {
            return None;
        }
        let found = self.plain(noun + 1).or_else(|| self.the_unit(noun + 1))?;
        let value = with_part(&found.value, part)?;
        Some(Match { value, ..found })
    }

    /// "the year", "the month", where the words before make a part of it a date.
    fn the_unit(&self, i: usize) -> Option<Match> {
        let unit =
            self.unit_at(i + 1).filter(|u| self.is(i, &["the"]) && *u != Unit::Hour && *u != Unit::Minute)?;
        let single = !self.plural_unit(i + 1);
        single.then(|| Match::new(i + 2, Value::Later { unit, n: 0, part: Part::Whole }))
    }

    /// "the night of 8 February 1904", "early in the morning of 29 April", "the early morning hours of May 3".
    fn hours_of(&self, i: usize) -> Option<Match> {
        let mut at = i;
        if self.is(at, &["early", "late"]) && self.is(at + 1, &["in", "on"]) {
            at += 2;
        }
        at += usize::from(self.is(at, &["the"]));
        at += usize::from(self.is(at, &["early", "late", "very"]));
        let part = self.day_part(at)?;
        at += 1 + usize::from(self.is(at + 1, &["hours"]));
        if !self.is(at, &["of", "on"]) {
            return None;
        }
        let found = self.calendar(at + 1)?;
        let day = matches!(found.value, Value::Day { .. } | Value::Days { .. } | Value::Weekday { .. });
        day.then(|| found.at(Some(part)))
    }

    fn bound_before(&self, i: usize, value: &Value) -> Bound {
        if i == 0 || value.undated() || matches!(value, Value::Vague(_) | Value::Sometime(_)) {
            return Bound::At;
        }
        match self.word(i - 1) {
            "since" | "after" | "from" => Bound::After,
            "by" | "until" | "till" | "before" => Bound::Before,
            _ => Bound::At,
        }
    }
}

/// The value with a part of it, where it has parts.
fn with_part(value: &Value, part: Part) -> Option<Value> {
    Some(match *value {
        Value::Month { year, month, .. } => Value::Month { year, month, part },
        Value::Year { year, .. } => Value::Year { year, part },
        Value::Period { unit, shift, .. } if unit != Unit::Day => Value::Period { unit, shift, part },
        Value::Later { unit, n, .. } if unit != Unit::Day => Value::Later { unit, n, part },
        Value::Later { n: 0, .. } => return None,
        Value::Season { .. } | Value::Years { .. } => value.clone(),
        _ => return None,
    })
}

/// "In April and June 1955", "from 30 October 1999 to 2 November": the year of one is that of the other.
fn share_years(words: &Words<'_, '_>, list: &mut [Expr]) {
    for i in 1..list.len() {
        let (a, b) = (&list[i - 1], &list[i]);
        let near = b.first - a.last <= 4
            && (a.last + 1..b.first).all(|n| {
                words.is(
                    n,
                    &["and", "or", "to", "-", "–", "/", ",", "until", "through", "in", "on", "from", "the"],
                )
            });
        if !near {
            continue;
        }
        let (ours, theirs) = (place(&a.value), place(&b.value));
        match (a.value.year(), b.value.year(), ours, theirs) {
            (None, Some(year), Some(x), Some(y)) => {
                set_year(&mut list[i - 1], if x > y { year - 1 } else { year })
            }
            (Some(year), None, Some(x), Some(y)) => {
                set_year(&mut list[i], if y < x { year + 1 } else { year })
            }
            _ => {}
        }
    }
}

/// Where in its year a date without year lies.
fn place(value: &Value) -> Option<(i8, i8)> {
    match *value {
        Value::Day { month, day, .. } => Some((month, day)),
        Value::Days { from, .. } => Some(from),
        Value::Month { month, .. } => Some((month, 0)),
        _ => None,
    }
}

fn set_year(expr: &mut Expr, told: i16) {
    let both = expr.ends.iter_mut().flat_map(|e| e.iter_mut());
    for end in both {
        set_year(end, told);
    }
    match &mut expr.value {
        Value::Day { year, .. } | Value::Days { year, .. } | Value::Month { year, .. } => *year = Some(told),
        _ => {}
    }
}

/// "between 1992 and 1995", "from 3 May to 7 June": one stretch told by two dates.
fn between(words: &Words<'_, '_>, list: Vec<Expr>) -> Vec<Expr> {
    let mut out: Vec<Expr> = Vec::with_capacity(list.len());
    for expr in list {
        let opened = out.last().filter(|a| a.first > 0 && a.ends.is_none() && a.last + 2 == expr.first);
        let stretch = opened.is_some_and(|a| {
            let (open, joint) = (words.word(a.first - 1), words.word(a.last + 1));
            open == "between" && joint == "and"
                || open == "from" && matches!(joint, "to" | "until" | "till" | "through" | "-" | "–")
        });
        let dated = |e: &Expr| !e.value.undated() && !matches!(e.value, Value::Vague(_) | Value::Sometime(_));
        match out.pop_if(|a| stretch && dated(a) && dated(&expr)) {
            Some(from) => out.push(Expr {
                first: from.first,
                last: expr.last,
                value: Value::Between,
                bound: Bound::At,
                hour: None,
                ends: Some(Box::new([Expr { bound: Bound::At, ..from }, Expr { bound: Bound::At, ..expr }])),
            }),
            None => out.push(expr),
        }
    }
    out
}
