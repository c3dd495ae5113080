//! The dateline of a paragraph, taken apart: place, agency, day.
//!
//! "KYIV, May 3 (Example News) —", "Islamabad (EN):", "(Example News) TBILISI —", "The Example Review, LONDON --",
//! "NEW DELHI (Example News) Oct 16 -". A place in capitals or one that is known, then a dash or a colon; a place in
//! capitals may do without ("KHERSON (Example News) The", "MOSCOW. The").

use super::stamp::dated;
use super::words;
use detente_knowledge::{Knowledge, NameKind, Target};
use std::ops::Range;

/// A dateline in a line: byte ranges of its parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) place: Range<usize>,
    pub(super) agency: Option<Range<usize>>,
    pub(super) day: Option<Range<usize>>,
    /// Where the text begins.
    pub(super) end: usize,
}

/// The dateline at the start of a line, if there is one.
pub(super) fn split(line: &str, knowledge: &Knowledge) -> Option<Split> {
    let window: String = line.chars().take(110).collect();
    let (cut, dash) = unmarked(&window, knowledge).or_else(|| separator(&window))?;
    let mut end = cut + dash;
    end += window[end..].len() - window[end..].trim_start().len();
    if line.len() <= end {
        return None;
    }
    let within = |part: &str| {
        let start = part.as_ptr() as usize - window.as_ptr() as usize;
        start..start + part.len()
    };
    let (before, mut agency, mut after) = bracket(&window[..cut]);
    // "SANTA FE (ARGENTINA), 4 MAY (Example News)": the first pair holds the country.
    if agency.is_some_and(|a| is_place(a, knowledge)) {
        agency = None;
        if after.contains('(') {
            let (day, second, _) = bracket(after);
            (agency, after) = (second, day);
        }
    }
    let mut parts: Vec<&str> =
        before.split(',').chain(after.split(',')).map(str::trim).filter(|p| !p.is_empty()).collect();
    if parts.len() > 1 && parts[0].to_lowercase().starts_with("from our ") {
        parts.remove(0);
    }
    if agency.is_none() && parts.len() > 1 && outlet_first(&parts, knowledge) {
        agency = Some(parts.remove(0));
    }
    let place = *parts.first()?;
    // "(Example Television Channel 2)": a number of its own.
    let unnumbered = |a: &str| a.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end().to_string();
    if agency.is_some_and(|a| !proper(&unnumbered(a))) {
        return None;
    }
    let rest = &parts[1..];
    let day = rest.iter().position(|p| dated(p, knowledge)).map(|at| with_year(rest, at, &window));
    let colon = window[cut..].starts_with(':');
    let extras = rest.iter().all(|p| {
        dated(p, knowledge)
            || (p.starts_with(char::is_uppercase) && words(p) <= 3)
            || p.chars().all(|c| c.is_ascii_digit())
    });
    if !(proper(place) && extras && sure(place, colon, agency.is_some() || day.is_some(), knowledge)) {
        return None;
    }
    Some(Split { place: within(place), agency: agency.map(within), day: day.map(within), end })
}

/// "March 14, 2025": the comma is no end of the day.
fn with_year<'w>(parts: &[&'w str], at: usize, window: &'w str) -> &'w str {
    let year = |p: &&&str| p.len() == 4 && p.chars().all(|c| c.is_ascii_digit());
    let Some(year) = parts.get(at + 1).filter(year) else { return parts[at] };
    let offset = |part: &str| part.as_ptr() as usize - window.as_ptr() as usize;
    &window[offset(parts[at])..offset(year) + year.len()]
}

/// What stands before the brackets, in them and after them; a first pair may hold the agency.
fn bracket(head: &str) -> (&str, Option<&str>, &str) {
    let Some(open) = head.find('(') else { return (head, None, "") };
    let Some(close) = head[open..].find(')').map(|n| open + n) else { return (&head[..open], None, "") };
    (&head[..open], Some(head[open + 1..close].trim()), &head[close + 1..])
}

/// "The Example Review, LONDON": no place first, then one.
fn outlet_first(parts: &[&str], knowledge: &Knowledge) -> bool {
    let place = |p: &str| shouted(p) && !dated(p, knowledge) || is_place(p, knowledge);
    !place(parts[0]) && place(parts[1]) && proper(parts[0]) && words(parts[0]) <= 6
}

fn shouted(place: &str) -> bool {
    !place.chars().any(char::is_lowercase) && place.chars().filter(|c| c.is_alphabetic()).count() > 2
}

/// At most five words, all with capitals but for particles.
fn proper(place: &str) -> bool {
    let particle = |w: &str| {
        matches!(w, "de" | "al" | "el" | "la" | "of" | "the" | "and" | "es" | "e" | "&" | "den" | "le" | "du")
    };
    let names = place.split(['/', ' ']).filter(|w| !w.is_empty());
    (1..=6).contains(&names.clone().count())
        && names.clone().all(|w| w.starts_with(char::is_uppercase) || particle(w))
}

/// Can the place open a dateline? In capitals; or known, and no heading before a colon; or beside an agency.
fn sure(place: &str, colon: bool, more: bool, knowledge: &Knowledge) -> bool {
    let known = || place.split('/').all(|p| is_place(p.trim(), knowledge));
    shouted(place) && !kicker(place) || known() && (!colon || more) || more && !colon
}

/// "LIVE: War in Sudan", "WATCH: …": a label of the desk.
fn kicker(place: &str) -> bool {
    let first = place.split_whitespace().next().unwrap_or_default();
    matches!(
        first,
        "LIVE"
            | "BREAKING"
            | "WATCH"
            | "UPDATE"
            | "UPDATED"
            | "EXCLUSIVE"
            | "ANALYSIS"
            | "OPINION"
            | "EXPLAINER"
            | "EXPLAINED"
            | "VIDEO"
            | "VIDEOS"
            | "PHOTO"
            | "PHOTOS"
            | "PICTURES"
            | "READ"
            | "RELATED"
            | "CORRECTION"
            | "NOTE"
            | "URGENT"
            | "ALERT"
            | "JUST"
            | "FACTBOX"
            | "TIMELINE"
            | "INTERVIEW"
            | "WRAPUP"
            | "COMMENT"
            | "EDITORIAL"
            | "FEATURE"
            | "PROFILE"
            | "REVIEW"
            | "MAP"
            | "GRAPHIC"
            | "PODCAST"
            | "LISTEN"
            | "ALSO"
            | "KEY"
            | "DEVELOPING"
            | "FLASH"
            | "SPECIAL"
            | "WORLD"
            | "BLOG"
    )
}

/// Where a dateline ends that no dash or colon ends: behind the agency in brackets, or behind the stop after the place.
fn unmarked(window: &str, knowledge: &Knowledge) -> Option<(usize, usize)> {
    let goes_on = |at: usize| {
        let rest = window.get(at..).and_then(|rest| rest.strip_prefix(' '));
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“')))
    };
    let place = |name: &str| shouted(name) && !kicker(name) && is_place(name, knowledge);
    if let Some(open) = window.find(" (").filter(|open| place(&window[..*open])) {
        let close = open + window[open..].find(')')? + 1;
        let agency = &window[open + 2..close - 1];
        // "NEW DELHI (Example News) Oct 16 -": the day goes before the dash.
        let next: Vec<&str> = window[close..].split_whitespace().take(2).collect();
        let day = dated(&next.join(" "), knowledge);
        return (proper(agency) && !day && goes_on(close)).then_some((close, 1));
    }
    let stop = window.find(". ").filter(|stop| place(&window[..*stop]))?;
    goes_on(stop + 1).then_some((stop, 2))
}

/// The first dash or colon that can end a dateline: byte offset and length with spaces before it.
fn separator(window: &str) -> Option<(usize, usize)> {
    let candidates = [" — ", "— ", " – ", "– ", " - ", " -- ", "-- ", ").- ", ".- ", ": ", "—", " —", ".— "];
    let found = candidates.iter().filter_map(|s| window.find(s).map(|at| (at, s.len())));
    let (at, len) = found.min_by_key(|(at, len)| (*at, std::cmp::Reverse(*len)))?;
    (at > 1 && words(&window[..at]) <= 14 && !window[..at].contains(['.', '!', '?', '"', '“'])
        || abbreviated(&window[..at]))
    .then_some((at, len))
}

/// "Nov. 12", "U.N.": stops inside a dateline.
fn abbreviated(head: &str) -> bool {
    head.split_whitespace().all(|w| !w.ends_with('.') || w.trim_end_matches(['.', ',']).len() <= 4)
        && !head.contains(['!', '?', '"', '“'])
        && words(head) <= 9
        && head.len() > 1
}

/// Is it the name of a place or a capital?
pub(super) fn is_place(name: &str, knowledge: &Knowledge) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let whole = |h: &detente_knowledge::NameHit| h.len == words.len();
    !words.is_empty()
        && knowledge.names_at(&words, 0).iter().filter(|h| whole(h)).any(|h| {
            let actor = match &h.target {
                Target::Actor(id) => knowledge.actor(id),
                Target::Place(_) => return true,
            };
            let state = actor.is_some_and(|a| a.id.as_str() == a.country.as_deref().unwrap_or_default());
            h.as_ == NameKind::Metonym || h.as_ == NameKind::Name && state
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<(&str, Option<&str>, Option<&str>)>) {
        let found = split(line, &Knowledge::bundled());
        let told = found.as_ref().map(|s| {
            (&line[s.place.clone()], s.agency.clone().map(|a| &line[a]), s.day.clone().map(|d| &line[d]))
        });
        assert_eq!(told, expected, "{line}");
    }

    #[test]
    fn datelines_are_taken_apart() {
        check(
            "KYIV, May 3 (Example News) — Talks began.",
            Some(("KYIV", Some("Example News"), Some("May 3"))),
        );
        check("Islamabad (EN): Talks began.", Some(("Islamabad", Some("EN"), None)));
        check("(Example News) TBILISI — Talks began.", Some(("TBILISI", Some("Example News"), None)));
        check(
            "The Example Review, LONDON -- Talks began.",
            Some(("LONDON", Some("The Example Review"), None)),
        );
        check(
            "NEW DELHI (Example News) Oct 16 - Talks began.",
            Some(("NEW DELHI", Some("Example News"), Some("Oct 16"))),
        );
        check("ISLAMABAD/KABUL: Talks began.", Some(("ISLAMABAD/KABUL", None, None)));
        check("GOMA, Congo -- Talks began.", Some(("GOMA", None, None)));
        check(
            "OSLO (NORWAY), 3 MAY 91 (Example News) -- Talks began.",
            Some(("OSLO", Some("Example News"), Some("3 MAY 91"))),
        );
        check(
            "OSLO, 3 MAY 91 (EXAMPLE TELEVISION CHANNEL 2) -- Talks began.",
            Some(("OSLO", Some("EXAMPLE TELEVISION CHANNEL 2"), Some("3 MAY 91"))),
        );
        check("KABUL, Afghanistan (AP) — Talks began.", Some(("KABUL", Some("AP"), None)));
        check("He had one wish for Aleppo: that the guns would stop.", None);
        check("Analysis: what the truce means for Kabul.", None);
        check("Kabul Residents (many of them poor) - they say - are tired.", None);
    }
}
