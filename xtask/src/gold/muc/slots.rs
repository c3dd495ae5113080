//! Filled forms against filled forms: points of a slot, alignment of templates.

use super::key::{Fill, SLOTS, Template, Value};

/// Slots whose fills are words of the text.
pub(super) const STRINGS: &[usize] = &[6, 9, 10, 12, 18, 19];
/// Slots of which one at least must be met before two templates can be the same.
const ANCHORS: &[usize] = &[9, 10, 12, 18, 19];

/// What was asked, what was answered, and the points: 1 for a right answer, 1/2 for one that is partly right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) asked: f64,
    pub(super) answered: f64,
    pub(super) points: f64,
}

impl Tally {
    pub(super) fn add(&mut self, other: Tally) {
        self.asked += other.asked;
        self.answered += other.answered;
        self.points += other.points;
    }
}

/// Tallies of every slot.
pub(super) type Slots = [Tally; SLOTS];

/// What one message gives: by slot, over matched, missing and spurious templates.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    pub(super) matched: Slots,
    pub(super) missing: Slots,
    pub(super) spurious: Slots,
    pub(super) templates: Tally,
    /// Pairs of key and answer that were aligned.
    pub(super) pairs: Vec<(usize, usize)>,
}

/// Aligns answers with the key, best pair first, and counts.
pub(super) fn mark(key: &[Template], answers: &[Template]) -> Marks {
    let mut order: Vec<(usize, usize, f64)> = Vec::new();
    for (k, one) in key.iter().enumerate() {
        for (a, two) in answers.iter().enumerate() {
            if comparable(one, two) {
                order.push((k, a, compare(one, two).iter().map(|t| t.points).sum()));
            }
        }
    }
    order.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (k, a, _) in order {
        if !pairs.iter().any(|p| p.0 == k || p.1 == a) {
            pairs.push((k, a));
        }
    }
    let none = [Tally::default(); SLOTS];
    let mut out = Marks { matched: none, missing: none, spurious: none, templates: Tally::default(), pairs };
    for (k, a) in &out.pairs {
        add(&mut out.matched, &compare(&key[*k], &answers[*a]));
    }
    let nothing = Template::default();
    let (mut asked, points) = (out.pairs.len(), out.pairs.len());
    for (k, one) in key.iter().enumerate() {
        if !one.optional && !out.pairs.iter().any(|p| p.0 == k) {
            asked += 1;
            add(&mut out.missing, &compare(one, &nothing));
        }
    }
    for (a, two) in answers.iter().enumerate() {
        if !out.pairs.iter().any(|p| p.1 == a) {
            add(&mut out.spurious, &compare(&nothing, two));
        }
    }
    out.templates = Tally { asked: asked as f64, answered: answers.len() as f64, points: points as f64 };
    out
}

/// What one answer gives against its template of the key, or against none.
pub(super) fn gain(key: Option<&Template>, answer: &Template) -> Tally {
    let nothing = Template::default();
    let mut out = Tally::default();
    compare(key.unwrap_or(&nothing), answer).into_iter().for_each(|t| out.add(t));
    out
}

pub(super) fn add(all: &mut Slots, more: &Slots) {
    all.iter_mut().zip(more).for_each(|(a, m)| a.add(*m));
}

/// Types that meet, and one of the telling slots.
fn comparable(key: &Template, answer: &Template) -> bool {
    let met = |slot: usize| tally(slot, &key.slots[slot], &answer.slots[slot]).points > 0.0;
    met(4) && ANCHORS.iter().any(|&slot| met(slot))
}

fn compare(key: &Template, answer: &Template) -> Slots {
    std::array::from_fn(|slot| {
        if slot < 2 { Tally::default() } else { tally(slot, &key.slots[slot], &answer.slots[slot]) }
    })
}

/// One slot: fills are paired best first.
pub(super) fn tally(slot: usize, key: &[Fill], answer: &[Fill]) -> Tally {
    let mut order: Vec<(usize, usize, f64)> = Vec::new();
    for (k, one) in key.iter().enumerate() {
        for (a, two) in answer.iter().enumerate() {
            let points = two.values.first().map_or(0.0, |v| fits(slot, one, v));
            if points > 0.0 {
                order.push((k, a, points));
            }
        }
    }
    order.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    let (mut keys, mut answers, mut points) = (vec![false; key.len()], vec![false; answer.len()], 0.0);
    for (k, a, p) in order {
        if !keys[k] && !answers[a] {
            (keys[k], answers[a]) = (true, true);
            points += p;
        }
    }
    let asked = key.iter().zip(&keys).filter(|(f, met)| !f.optional || **met).count();
    Tally { asked: asked as f64, answered: answer.len() as f64, points }
}

fn fits(slot: usize, fill: &Fill, answer: &Value) -> f64 {
    fill.values.iter().map(|v| one(slot, v, answer)).fold(0.0, f64::max)
}

fn one(slot: usize, key: &Value, answer: &Value) -> f64 {
    let belongs = slot == 19
        || key.of.is_empty()
        || answer.of.is_empty()
        || key.of.iter().any(|k| answer.of.iter().any(|a| words_meet(k, a) > 0.0));
    let own = match slot {
        2 => dates(&key.text, &answer.text),
        3 => places(&key.text, &answer.text),
        4 | 7 => kinds(&key.text, &answer.text),
        14 | 17 | 21 | 24 => numbers(&key.text, &answer.text),
        _ if STRINGS.contains(&slot) => words_meet(&key.text, &answer.text),
        _ => f64::from(u8::from(key.text == answer.text)),
    };
    if belongs { own } else { 0.0 }
}

/// The same day or span: right; spans that overlap: partly.
fn dates(key: &str, answer: &str) -> f64 {
    if key == answer {
        return 1.0;
    }
    let (Some(k), Some(a)) = (span(key), span(answer)) else { return 0.0 };
    if k == a { 1.0 } else { f64::from(u8::from(k.0 <= a.1 && a.0 <= k.1)) / 2.0 }
}

/// First and last day, counted in days of a calendar of 31-day months; "- 5 FEB 90" reaches two months back.
fn span(text: &str) -> Option<(i32, i32)> {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let day = |t: &str| -> Option<i32> {
        let mut parts = t.split_whitespace();
        let day: i32 = parts.next()?.parse().ok()?;
        let name = parts.next()?;
        let month = MONTHS.iter().position(|m| name.starts_with(m))? as i32;
        let year: i32 = parts.next()?.parse().ok()?;
        Some((year * 12 + month) * 31 + day)
    };
    match text.split_once('-') {
        Some((from, to)) if from.trim().is_empty() => day(to).map(|d| (d - 62, d)),
        Some((from, to)) => Some((day(from)?, day(to)?)),
        None => day(text).map(|d| (d, d)),
    }
}

/// Names of places without their types: all the same is right, the same country partly.
fn places(key: &str, answer: &str) -> f64 {
    let names = |t: &str| -> Vec<String> {
        t.split([':', '-'])
            .map(|p| p.split('(').next().unwrap_or("").trim().to_string())
            .filter(|p| !p.is_empty())
            .collect()
    };
    let (k, a) = (names(key), names(answer));
    let sorted = |v: &[String]| {
        let mut v = v.to_vec();
        v.sort();
        v
    };
    if sorted(&k) == sorted(&a) {
        1.0
    } else if !k.is_empty() && k.first() == a.first() {
        0.5
    } else {
        0.0
    }
}

/// Set fills that stand in a hierarchy: one above the other is partly right.
fn kinds(key: &str, answer: &str) -> f64 {
    const ABOVE: &[(&str, &str)] = &[
        ("MACHINE GUN", "GUN"),
        ("MORTAR", "GUN"),
        ("HANDGUN", "GUN"),
        ("RIFLE", "GUN"),
        ("BOMB", "EXPLOSIVE"),
        ("VEHICLE BOMB", "BOMB"),
        ("DYNAMITE", "BOMB"),
        ("MINE", "BOMB"),
        ("AERIAL BOMB", "BOMB"),
        ("GRENADE", "EXPLOSIVE"),
        ("MOLOTOV COCKTAIL", "EXPLOSIVE"),
        ("MISSILE", "PROJECTILE"),
        ("ROCKET", "PROJECTILE"),
        ("BOMBING", "ATTACK"),
        ("ARSON", "ATTACK"),
        ("KIDNAPPING", "ATTACK"),
        ("HIJACKING", "ATTACK"),
        ("ROBBERY", "ATTACK"),
        ("FORCED WORK STOPPAGE", "ATTACK"),
    ];
    let above = |one: &str, other: &str| ABOVE.iter().any(|(low, high)| *low == one && *high == other);
    if key == answer {
        1.0
    } else if above(key, answer) || above(answer, key) {
        0.5
    } else {
        0.0
    }
}

fn numbers(key: &str, answer: &str) -> f64 {
    let bare = |t: &str| t.trim_matches(['~', '-', ' ']).to_string();
    if key == answer {
        1.0
    } else if bare(key) == bare(answer) {
        0.5
    } else {
        0.0
    }
}

/// Words of the text: right with the same head or where one holds all words of the other, partly with any word.
pub(super) fn words_meet(key: &str, answer: &str) -> f64 {
    let (k, a) = (content(key), content(answer));
    let shared = k.iter().filter(|w| a.contains(w)).count();
    if shared == 0 {
        return 0.0;
    }
    let same_head = head(key).is_some() && head(key) == head(answer);
    if same_head || shared == k.len() || shared == a.len() { 1.0 } else { 0.5 }
}

const STOPS: &[&str] = &[
    "OF", "IN", "THE", "A", "AN", "FROM", "WHO", "THAT", "WHICH", "AT", "FOR", "ON", "WITH", "AND", "TO",
    "BY", "DE", "LA", "EL", "WERE", "WAS", "NEAR", "WHOSE", "HIS", "HER", "THEIR", "TWO", "THREE", "OTHER",
    "ONE",
];

fn split(text: &str) -> Vec<String> {
    let mark = |c: char| !(c.is_alphanumeric() || c == '\'');
    text.split(mark).filter(|w| !w.is_empty()).map(one_form).collect()
}

/// Without plural and possessive, in plain capitals.
fn one_form(word: &str) -> String {
    let plain: String = word.to_uppercase().chars().map(plain).collect();
    let bare = plain.strip_suffix("'S").unwrap_or(&plain);
    match bare.strip_suffix('S') {
        Some(one) if one.len() > 3 && !one.ends_with('S') => one.to_string(),
        _ => bare.to_string(),
    }
}

/// A letter without its accent.
pub(super) fn plain(c: char) -> char {
    match c {
        'Á' | 'À' | 'Ä' | 'Ã' => 'A',
        'É' | 'È' | 'Ê' => 'E',
        'Í' | 'Î' => 'I',
        'Ó' | 'Ö' | 'Ô' => 'O',
        'Ú' | 'Ü' => 'U',
        'Ñ' => 'N',
        'Ç' => 'C',
        other => other,
    }
}

fn content(text: &str) -> Vec<String> {
    split(text).into_iter().filter(|w| !STOPS.contains(&w.as_str())).collect()
}

/// The last word before the first preposition, clause or bracket.
fn head(text: &str) -> Option<String> {
    let front = text.split(['[', ',', '(']).find(|p| !p.trim().is_empty())?;
    let words = split(front);
    let stop = |w: &String| {
        matches!(
            w.as_str(),
            "OF" | "IN" | "FROM" | "WHO" | "THAT" | "WHICH" | "AT" | "FOR" | "ON" | "WITH" | "NEAR" | "WHOSE"
        )
    };
    let end = words.iter().position(stop).unwrap_or(words.len());
    words[..end].last().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_fill(text: &str) -> Fill {
        Fill { values: vec![Value { text: text.to_string(), of: Vec::new() }], optional: false }
    }

    #[test]
    fn words_are_right_by_head_and_partly_by_any_word() {
        assert_eq!(words_meet("PEASANTS", "about 50 peasants"), 1.0);
        assert_eq!(words_meet("MAYOR OF ACHI", "mayor"), 1.0);
        assert_eq!(words_meet("OFFICES OF THE BANK", "bank building"), 0.5);
        assert_eq!(words_meet("SOLDIERS", "mayor"), 0.0);
    }

    #[test]
    fn dates_places_and_kinds_may_be_partly_right() {
        assert_eq!(dates("- 04 FEB 90", "03 FEB 90"), 0.5);
        assert_eq!(dates("02 FEB 90", "03 FEB 90"), 0.0);
        assert_eq!(places("PERU: LIMA (CITY)", "PERU: LIMA"), 1.0);
        assert_eq!(places("PERU: LIMA (CITY)", "PERU"), 0.5);
        assert_eq!(kinds("DYNAMITE", "BOMB"), 0.5);
    }

    #[test]
    fn silence_is_asked_and_noise_is_answered() {
        let found = tally(4, &[one_fill("ATTACK")], &[]);
        assert_eq!((found.asked, found.answered, found.points), (1.0, 0.0, 0.0));
        let found = tally(4, &[], &[one_fill("ATTACK")]);
        assert_eq!((found.asked, found.answered), (0.0, 1.0));
    }
}
