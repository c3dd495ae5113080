//! Plain English for what the books hold as codes: lists, numbers, names, dates, steps.
//!
//! # Does not
//! Know a crisis, except for the names of its actors ([`Books`](crate::compose) hands them over).

use crate::dossier::Row;
use detente_types::Comparator;

pub(crate) mod codes;
pub(crate) mod dates;
pub(crate) mod names;
pub(crate) mod rulings;
pub(crate) mod steps;

/// "A", "A and B", "A, B and C".
pub(crate) fn list<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_string(),
        [init @ .., last] => {
            let init: Vec<&str> = init.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", init.join(", "), last.as_ref())
        }
    }
}

/// The same with its first letter as a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// "1", "23", "1,200".
pub(crate) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "1 report", "3 reports".
pub(crate) fn count(n: usize, one: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        _ => format!("{} {}", number(n as u64), plural(one)),
    }
}

/// The plural of an English noun, singular and lower case.
pub(crate) fn plural(one: &str) -> String {
    const ODD: &[(&str, &str)] = &[
        ("person", "people"),
        ("child", "children"),
        ("woman", "women"),
        ("man", "men"),
        ("foot", "feet"),
        ("aircraft", "aircraft"),
        ("personnel", "personnel"),
        ("staff", "staff"),
        ("police", "police"),
        ("people", "people"),
        ("cattle", "cattle"),
        ("livestock", "livestock"),
    ];
    for (single, many) in ODD {
        // "policeman" follows "man", "spokeswoman" follows "woman"; "human" and "German" do not.
        let is_word = one == *single || (one.ends_with(&format!(" {single}")));
        let is_compound =
            one.ends_with("man") && *single == "man" && !one.ends_with("human") && !one.ends_with("german");
        if is_word || is_compound {
            return format!("{}{many}", &one[..one.len() - single.len()]);
        }
    }
    let ends = |tails: &[&str]| tails.iter().any(|tail| one.ends_with(tail));
    match one {
        _ if ends(&["s", "x", "ch", "sh", "z"]) => format!("{one}es"),
        _ if ends(&["ay", "ey", "oy", "uy"]) => format!("{one}s"),
        _ if one.ends_with('y') => format!("{}ies", &one[..one.len() - 1]),
        _ => format!("{one}s"),
    }
}

/// The number with its qualifier as a sign: "23", "> 200", "≥ 20", "~ 60", "40–60", or the vague word.
pub(crate) fn short(row: &Row) -> String {
    let n = |value: Option<u64>| value.map(number).unwrap_or_default();
    match (row.comparator, row.value) {
        // A vague word stands for itself where it is one ("dozens").
        (Comparator::Vague, _) if !row.printed.contains(' ') && row.printed.chars().count() <= 10 => {
            format!("“{}”", row.printed)
        }
        (Comparator::Vague, _) | (_, None) if row.comparator != Comparator::Range => "no number".to_string(),
        (Comparator::AtLeast, value) => format!("≥ {}", n(value)),
        (Comparator::MoreThan, value) => format!("> {}", n(value)),
        (Comparator::AtMost, value) => format!("≤ {}", n(value)),
        (Comparator::LessThan, value) => format!("< {}", n(value)),
        (Comparator::About, value) => format!("~ {}", n(value)),
        (Comparator::Range, _) => format!("{}–{}", n(row.low), n(row.high)),
        (_, value) => n(value),
    }
}

/// Marks that turn the direction of writing; in a headline they can make a line read as another one.
pub(crate) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_english() {
        assert_eq!(list(&["A", "B", "C"]), "A, B and C");
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(capital("öl"), "Öl");
        assert_eq!(
            (number(7), number(1200), number(1_000_000)),
            ("7".into(), "1,200".into(), "1,000,000".into())
        );
        for (one, many) in [
            ("soldier", "soldiers"),
            ("child", "children"),
            ("policeman", "policemen"),
            ("army", "armies"),
            ("day", "days"),
            ("post", "posts"),
            ("bus", "buses"),
            ("aircraft", "aircraft"),
            ("human", "humans"),
            ("young person", "young people"),
            ("woman", "women"),
        ] {
            assert_eq!(plural(one), many);
        }
    }
}
