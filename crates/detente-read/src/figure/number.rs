//! Digits and number words to values with qualifiers.

use crate::tree::Tree;
use detente_knowledge::{Knowledge, WordKind};
use detente_types::{Comparator, Figure};

/// A number in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// First token of the number words (qualifiers left out).
    pub(crate) first: usize,
    /// Last token.
    pub(crate) last: usize,
    /// The value; `None` for a vague word.
    pub(crate) value: Option<u64>,
    /// The other end of a range.
    pub(crate) upper: Option<u64>,
    /// The least that a vague word means.
    pub(crate) least: Option<u64>,
    /// Qualifier.
    pub(crate) comparator: Comparator,
    /// The first token of qualifier and number.
    pub(crate) start: usize,
}

impl Number {
    /// Least and most that the words allow.
    pub(crate) fn bounds(&self) -> (Option<u64>, Option<u64>) {
        match (self.comparator, self.value, self.upper) {
            (Comparator::Range, Some(low), Some(high)) => (Some(low.min(high)), Some(high.max(low))),
            (Comparator::Vague, ..) => (self.least, None),
            (c, Some(value), _) => Figure::bounds(c, value),
            _ => (None, None),
        }
    }
}

/// Every number of the sentence, in order.
pub(crate) fn numbers(tree: &Tree<'_>, knowledge: &Knowledge) -> Vec<Number> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < tree.len() {
        match at(tree, knowledge, i) {
            Some(n) => {
                i = n.last + 1;
                out.push(n);
            }
            None => i += 1,
        }
    }
    out
}

fn at(tree: &Tree<'_>, knowledge: &Knowledge, i: usize) -> Option<Number> {
    if let Some((len, least)) = vague(tree, knowledge, i) {
        let mut n = Number {
            first: i,
            last: i + len - 1,
            value: None,
            upper: None,
            least: Some(least),
            comparator: Comparator::Vague,
            start: i,
        };
        n.start = qualifier(tree, i).map_or(i, |(start, _)| start);
        return Some(n);
    }
    let (len, value) = exact(tree, knowledge, i)?;
    // Ordinals, years inside names, percentages, times, list numbers are no counts.
    let next = if i + len < tree.len() { tree.lower(i + len) } else { "" };
    if matches!(next, "%" | "percent" | "th" | "st" | "nd" | "rd" | "am" | "pm" | "a.m." | "p.m.")
        || matches!(tree.upos(i), "ADJ" | "PROPN") && tree.word(i).chars().any(char::is_alphabetic)
    {
        return None;
    }
    if i > 0
        && matches!(
            tree.word(i - 1),
            "$" | "€" | "£" | "No." | "#" | "Article" | "Resolution" | "Group" | "Highway"
        )
    {
        return None;
    }
    let mut n = Number {
        first: i,
        last: i + len - 1,
        value: Some(value),
        upper: None,
        least: None,
        comparator: Comparator::Exactly,
        start: i,
    };
    range(tree, knowledge, &mut n);
    if let Some((start, comparator)) = qualifier(tree, i) {
        n.start = start;
        if n.comparator != Comparator::Range {
            n.comparator = comparator;
        }
    }
    let after = |k: usize| if n.last + k < tree.len() { tree.lower(n.last + k) } else { "" };
    if n.comparator == Comparator::Exactly && after(1) == "or" && after(2) == "more" {
        n.comparator = Comparator::AtLeast;
    }
    Some(n)
}

/// "40 to 60", "40-60", "between 40 and 60".
fn range(tree: &Tree<'_>, knowledge: &Knowledge, n: &mut Number) {
    let join = n.last + 1;
    if join + 1 >= tree.len() {
        return;
    }
    let between = n.first > 0 && tree.lower(n.first - 1) == "between" && tree.lower(join) == "and";
    if !between && !matches!(tree.lower(join), "to" | "-" | "or") || former(tree, n) {
        return;
    }
    let Some((len, upper)) = exact(tree, knowledge, join + 1) else { return };
    if n.value.is_some_and(|v| v < upper)
        && (tree.lower(join) != "to"
            || tree.base(n.first) == "nummod"
            || tree.base(n.first) == "compound"
            || between
            || tree.upos(n.first) == "NUM")
    {
        n.upper = Some(upper);
        n.last = join + len;
        n.comparator = Comparator::Range;
    }
}

/// "raised its toll *from 36* to 46", "62,000, up *from 24,000*": what the number was before it changed.
pub(super) fn former(tree: &Tree<'_>, n: &Number) -> bool {
    let word = |back: usize| n.start.checked_sub(back).map_or("", |i| tree.lower(i));
    let changes = |i: usize| {
        matches!(
            tree.lemma(i).as_str(),
            "rise"
                | "raise"
                | "increase"
                | "climb"
                | "jump"
                | "grow"
                | "go"
                | "soar"
                | "swell"
                | "double"
                | "revise"
                | "update"
                | "correct"
                | "lower"
                | "cut"
                | "reduce"
                | "fall"
                | "drop"
                | "up"
                | "down"
                | "rising"
        )
    };
    word(1) == "from" && tree.ancestors(n.last).take(4).any(changes)
}

/// "1,200", "three", "twenty-three", "2.5 million", "two hundred and ten", "a dozen", "half a dozen".
fn exact(tree: &Tree<'_>, knowledge: &Knowledge, i: usize) -> Option<(usize, u64)> {
    if i >= tree.len() {
        return None;
    }
    let word = tree.lower(i);
    if word == "half" && i + 2 < tree.len() && tree.lower(i + 1) == "a" && tree.lower(i + 2) == "dozen" {
        return Some((3, 6));
    }
    if matches!(word, "a" | "an") {
        let next = if i + 1 < tree.len() { tree.lower(i + 1) } else { "" };
        return match next {
            "dozen" => Some((2, 12)),
            "hundred" => Some((2, 100)),
            "thousand" => Some((2, 1000)),
            _ => None,
        };
    }
    let (mut len, mut total, mut current, mut at) = (0, 0f64, 0f64, i);
    while at < tree.len() {
        let word = tree.lower(at);
        match unit(knowledge, word) {
            Some(Unit::Value(v)) => {
                if len > 0 && current > 0.0 && !(current as u64).is_multiple_of(10u64.pow(digits(v))) {
                    break;
                }
                current += v;
            }
            Some(Unit::Times(m)) if len > 0 => {
                if m >= 1000.0 {
                    total += current.max(1.0) * m;
                    current = 0.0;
                } else {
                    current = current.max(1.0) * m;
                }
            }
            _ if len > 0
                && matches!(word, "and" | "-")
                && at + 1 < tree.len()
                && joins(knowledge, tree, at) => {}
            _ => break,
        }
        at += 1;
        len = at - i;
    }
    let value = total + current;
    (len > 0 && (0.0..1e12).contains(&value)).then_some((len, value as u64))
}

fn digits(v: f64) -> u32 {
    (v as u64).checked_ilog10().map_or(1, |d| d + 1)
}

/// "two hundred *and* ten", "twenty-three": the next word goes on with the number.
fn joins(knowledge: &Knowledge, tree: &Tree<'_>, at: usize) -> bool {
    let word = |i: usize| if i < tree.len() { tree.lower(i).to_string() } else { String::new() };
    let letters = !word(at + 1).chars().any(|c| c.is_ascii_digit());
    let tens = matches!(
        word(at - 1).as_str(),
        "twenty" | "thirty" | "forty" | "fifty" | "sixty" | "seventy" | "eighty" | "ninety"
    );
    let hundred = word(at - 1) == "hundred" || word(at - 1) == "thousand";
    let goes = matches!(unit(knowledge, &word(at + 1)), Some(Unit::Value(_)));
    letters && goes && (tens && word(at) == "-" || hundred && word(at) == "and")
}

enum Unit {
    Value(f64),
    Times(f64),
}

fn unit(knowledge: &Knowledge, word: &str) -> Option<Unit> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let suffix = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
        let times = match suffix {
            "" => 1.0,
            "k" => 1e3,
            "m" | "mn" => 1e6,
            "bn" | "b" => 1e9,
            _ => return None,
        };
        let plain: String = word.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        return plain.parse::<f64>().ok().map(|v| Unit::Value(v * times));
    }
    match word {
        "dozen" => return Some(Unit::Times(12.0)),
        "hundred" => return Some(Unit::Times(100.0)),
        "thousand" => return Some(Unit::Times(1e3)),
        "million" => return Some(Unit::Times(1e6)),
        "billion" => return Some(Unit::Times(1e9)),
        _ => {}
    }
    match knowledge.word(word)? {
        (WordKind::Number, v) => Some(Unit::Value(v as f64)),
        (WordKind::Multiplier, v) => Some(Unit::Times(v as f64)),
        _ => None,
    }
}

/// "dozens", "scores", "hundreds of thousands", "several", "a number of": tokens and least number.
fn vague(tree: &Tree<'_>, knowledge: &Knowledge, i: usize) -> Option<(usize, u64)> {
    let least = |w: &str| match w {
        "dozens" => Some(24),
        "scores" => Some(40),
        "hundreds" => Some(200),
        "thousands" => Some(2000),
        "millions" => Some(2_000_000),
        "tens" => Some(20),
        "several" | "many" | "numerous" | "few" => match knowledge.word(w) {
            Some((WordKind::Vague, v)) => Some(v),
            _ => Some(3),
        },
        _ => None,
    };
    let word = tree.lower(i);
    let first = least(word)?;
    if word == "tens"
        && !(i + 2 < tree.len()
            && tree.lower(i + 1) == "of"
            && matches!(tree.lower(i + 2), "thousands" | "millions"))
    {
        return None;
    }
    if matches!(word, "several" | "many" | "numerous" | "few")
        && !matches!(tree.base(i), "amod" | "nummod" | "det")
    {
        return None;
    }
    if i > 0 && (tree.lower(i - 1) == "the" && word == "scores" || tree.lower(i - 1) == "how") {
        return None;
    }
    let of = i + 2 < tree.len() && tree.lower(i + 1) == "of";
    match of.then(|| least(tree.lower(i + 2))).flatten() {
        // "tens of thousands": twice ten thousand at the least; "hundreds of thousands" likewise.
        Some(second) => Some((3, first * second / 2)),
        _ => Some((1, first)),
    }
}

/// The qualifier right before a number: its first token and what it does.
fn qualifier(tree: &Tree<'_>, i: usize) -> Option<(usize, Comparator)> {
    let word = |back: usize| if back <= i { tree.lower(i - back) } else { "" };
    let two = format!("{} {}", word(2), word(1));
    let three = format!("{} {} {}", word(3), word(2), word(1));
    if i >= 3 && matches!(three.as_str(), "as many as" | "as much as") {
        return Some((i - 3, Comparator::AtMost));
    }
    if i >= 3
        && matches!(three.as_str(), "no fewer than" | "no less than" | "not less than" | "not fewer than")
    {
        return Some((i - 3, Comparator::AtLeast));
    }
    if i >= 3 && three.ends_with("no more than") {
        return Some((i - 3, Comparator::AtMost));
    }
    if i >= 2 {
        let found = match two.as_str() {
            "at least" | "a minimum" => Some(Comparator::AtLeast),
            "more than" | "upwards of" | "upward of" | "in excess" | "greater than" => {
                Some(Comparator::MoreThan)
            }
            "up to" | "at most" => Some(Comparator::AtMost),
            "fewer than" | "less than" | "close to" => Some(Comparator::LessThan),
            "an estimated" | "an approximate" => Some(Comparator::About),
            _ => None,
        };
        if let Some(c) = found {
            return Some((i - 2, c));
        }
    }
    if i >= 1 {
        let found = match word(1) {
            "over" | "above" | "exceeding" if tree.base(i - 1) != "case" || tree.upos(i) == "NUM" => {
                Some(Comparator::MoreThan)
            }
            "nearly" | "almost" | "under" | "below" => Some(Comparator::LessThan),
            "about" | "around" | "some" | "approximately" | "roughly" | "estimated" | "circa"
            | "reportedly"
                if word(1) != "reportedly" =>
            {
                Some(Comparator::About)
            }
            "exactly" | "precisely" => Some(Comparator::Exactly),
            _ => None,
        };
        return found.map(|c| (i - 1, c));
    }
    None
}
