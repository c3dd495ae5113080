//! Who publishes, as the page itself says.
//!
//! No list holds every outlet of the world; a page tells its own by where the name stands: a masthead over the
//! headline, "appeared first on", the line of the copyright, a line with the date, "By the … bureau", the
//! brackets of the dateline, the end of the title. A name that no list knows must look like one, or stand twice.

use super::dateline::is_place;
use super::stamp::{dated, is_stamp};
use super::words;
use detente_knowledge::Knowledge;
use detente_types::Span;

/// How sure a finding is; of several the surest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// A field of the page's header ("source: …").
    Field,
    /// The line over the headline.
    Masthead,
    /// "… appeared first on", "Published in".
    Credit,
    /// The line of the copyright.
    Copyright,
    /// Beside the date, or in the byline.
    Beside,
    /// The end of the title.
    Title,
}

/// An outlet that the page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// The name: as the list has it, else as printed.
    pub(crate) name: String,
    /// Where.
    pub(crate) span: Span,
    /// How.
    pub(crate) rank: Rank,
}

/// Words that papers, agencies and broadcasters are called by.
const NOUNS: &[&str] = &[
    "times",
    "post",
    "courier",
    "gazette",
    "news",
    "herald",
    "tribune",
    "daily",
    "observer",
    "journal",
    "press",
    "wire",
    "chronicle",
    "review",
    "telegraph",
    "guardian",
    "mirror",
    "today",
    "agency",
    "radio",
    "tv",
    "television",
    "broadcasting",
    "online",
    "express",
    "monitor",
    "dispatch",
    "bulletin",
    "sentinel",
    "weekly",
    "magazine",
    "zeitung",
    "media",
    "newspaper",
    "reporter",
    "independent",
    "examiner",
    "globe",
    "network",
    "newswire",
    "insider",
    "diplomat",
    "advocate",
    "argus",
    "mail",
    "inquirer",
    "enquirer",
    "newsroom",
    "digest",
    "register",
    "despatch",
    "messenger",
    "mercury",
    "standard",
    "24",
    "newsletter",
    "ledger",
    "record",
    "echo",
    "beacon",
    "lantern",
    "spectator",
    "citizen",
    "banner",
    "pioneer",
    "voice",
    "star",
    "sun",
    "fm",
    "presse",
    "nachrichten",
    "tribuna",
    "diario",
    "jornal",
    "gazeta",
    "correspondent",
    "newsday",
    "broadcaster",
];

/// Does it look like the name of an outlet, or is it one?
pub(super) fn like_outlet(name: &str, knowledge: &Knowledge) -> bool {
    knowledge.outlet(name).is_some() || proper(name) && words(name) >= 2 && named_like_one(name)
}

fn named_like_one(name: &str) -> bool {
    name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| NOUNS.contains(&w))
}

/// One to six words, all with capitals but for small ones, no date.
fn proper(name: &str) -> bool {
    let small = |w: &str| {
        matches!(w, "of" | "the" | "and" | "de" | "la" | "le" | "al" | "el" | "&" | "in" | "on" | "for")
    };
    let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (1..=6).contains(&words(name))
        && name.split_whitespace().all(|w| capital(w) || small(w))
        && name.starts_with(char::is_uppercase)
}

/// Does the name stand a second time on the page, outside these bytes?
fn stands_twice(name: &str, span: Span, text: &str) -> bool {
    words(name) >= 2
        && text.match_indices(name).any(|(at, _)| at + name.len() <= span.start() || at >= span.end())
}

/// A line over the headline that is the paper's name: in capitals or like one, while another line is the headline.
pub(super) fn masthead(
    line: &str,
    span: Span,
    next: Option<&str>,
    text: &str,
    knowledge: &Knowledge,
) -> Option<Named> {
    let bare = line.trim_matches(|c: char| matches!(c, '*' | '_' | '|' | ' '));
    let shouted =
        !bare.chars().any(char::is_lowercase) && bare.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let over_date = next.is_some_and(|n| is_stamp(n, knowledge));
    let short = (1..=6).contains(&words(bare));
    let known = knowledge.outlet(bare).is_some();
    let article = bare.get(..4).is_some_and(|w| w.eq_ignore_ascii_case("the ")) && words(bare) <= 5;
    let cased = if shouted { title_case(bare) } else { bare.to_string() };
    let like = known
        || short && shouted && (named_like_one(bare) || article || over_date) && !dated(bare, knowledge)
        || proper(bare)
            && words(bare) <= 5
            && (named_like_one(bare) && words(bare) >= 2 && over_date
                || over_date && article
                || stands_twice(bare, span, text));
    (like && !is_place(&cased, knowledge)).then(|| Named {
        name: listed(&cased, knowledge),
        span,
        rank: Rank::Masthead,
    })
}

/// The name as the list has it.
pub(crate) fn listed(name: &str, knowledge: &Knowledge) -> String {
    knowledge.outlet(name).map_or_else(|| name.to_string(), |o| o.name.clone())
}

/// "THE EXAMPLE COURIER": as it is written elsewhere.
fn title_case(name: &str) -> String {
    let word = |w: &str| {
        let mut chars = w.chars();
        chars.next().map_or_else(String::new, |c| {
            c.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect::<String>()
        })
    };
    name.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// Words before the name in a line of credit; with the second, any name will do.
const CREDITS: &[(&str, bool)] = &[
    ("appeared first on ", true),
    ("first appeared on ", true),
    ("first appeared in ", true),
    ("first published on ", true),
    ("first published in ", true),
    ("first published by ", true),
    ("originally published by ", true),
    ("originally published in ", true),
    ("originally published on ", true),
    ("originally appeared on ", true),
    ("originally appeared in ", true),
    ("Published in ", true),
    ("Published by ", true),
    ("republished from ", true),
    ("Courtesy of ", false),
    ("Courtesy: ", false),
    ("Source: ", false),
    ("SOURCE: ", false),
    ("SOURCE ", false),
];

/// An outlet named in a line that is no text: credit, copyright, date line, byline.
pub(super) fn in_line(line: &str, span: Span, text: &str, knowledge: &Knowledge) -> Option<Named> {
    credit(line, span, knowledge)
        .or_else(|| copyright(line, span))
        .or_else(|| beside(line, span, text, knowledge))
}

fn at(line: &str, span: Span, part: &str) -> Span {
    let start = span.start() + (part.as_ptr() as usize - line.as_ptr() as usize);
    Span::new(start, start + part.len())
}

fn credit(line: &str, span: Span, knowledge: &Knowledge) -> Option<Named> {
    CREDITS.iter().find_map(|(cue, any)| {
        let found = line.rfind(cue)?;
        let name = line[found + cue.len()..].split(['.', '|', '(', ',', ';']).next()?.trim();
        let name = name.split(" on ").next().unwrap_or(name);
        let fits = proper(name) && (*any || like_outlet(name, knowledge)) && !dated(name, knowledge);
        fits.then(|| Named { name: listed(name, knowledge), span: at(line, span, name), rank: Rank::Credit })
    })
}

/// "© 1997 Example Monitor. All rights reserved."
fn copyright(line: &str, span: Span) -> Option<Named> {
    let rest = line
        .strip_prefix("Copyright")
        .or_else(|| line.strip_prefix("COPYRIGHT"))
        .or_else(|| line.strip_prefix('©').or(line.strip_prefix("(c)")))?;
    let sign = |c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '©' | '-' | '–' | ',' | ':' | '(' | ')')
    };
    let rest = rest.strip_prefix(" (c)").unwrap_or(rest).trim_start_matches(sign);
    let name = rest.split(['.', '|', ',', ';', '(']).next()?.trim();
    let name = name.split(" All ").next().unwrap_or(name).split(" - ").next().unwrap_or(name).trim_end();
    let name = name.strip_prefix("by ").unwrap_or(name);
    proper(name).then(|| Named { name: name.to_string(), span: at(line, span, name), rank: Rank::Copyright })
}

/// The year of a copyright line: the page is not older.
pub(super) fn copyright_year(line: &str) -> Option<i16> {
    let sign = line.contains('©') || line.to_lowercase().starts_with("copyright");
    let numbers = line.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() == 4);
    numbers.filter_map(|n| n.parse::<i16>().ok()).filter(|y| sign && (1980..2200).contains(y)).max()
}

/// A name beside a date ("Friday, 10 October 2025 / Example Lantern") or in a byline ("By the Example Wire bureau",
/// "Example Gazette with wires").
fn beside(line: &str, span: Span, text: &str, knowledge: &Knowledge) -> Option<Named> {
    let sure = |name: &str| {
        let here = at(line, span, name);
        like_outlet(name, knowledge) || proper(name) && stands_twice(name, here, text)
    };
    let one =
        |name: &str| Named { name: listed(name, knowledge), span: at(line, span, name), rank: Rank::Beside };
    if let Some(name) = staff(line).filter(|n| proper(n) && !is_place(n, knowledge)) {
        return Some(one(name));
    }
    if words(line) > 16 {
        return None;
    }
    let parts = line
        .split(['/', '|', '•', '·', ',', ';', '–', '—'])
        .flat_map(|p| p.split(" - "))
        .map(|p| p.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '(' | ')')));
    let names = parts.filter(|p| {
        !p.is_empty()
            && !p.starts_with("By ")
            && !p.starts_with("BY ")
            && !dated(p, knowledge)
            && !is_place(p, knowledge)
    });
    names.into_iter().find(|n| sure(n)).map(one)
}

/// "By the Example Wire bureaus in …", "Example Gazette with wires", "Example News Staff".
fn staff(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix("By the ")
        .or_else(|| line.strip_prefix("By "))
        .or_else(|| line.strip_prefix("BY "))
        .unwrap_or(line);
    let ends = [
        " bureau",
        " with wires",
        " with agencies",
        " and agencies",
        " staff",
        " Staff",
        " Web Desk",
        " web desk",
        " News Desk",
        " news desk",
        " correspondent",
        " Correspondent",
        " reporter in ",
        " newsroom",
    ];
    let cut = ends.iter().filter_map(|e| rest.find(e)).min()?;
    let name = rest[..cut].trim();
    let plain = |w: &str| {
        matches!(
            w.to_lowercase().as_str(),
            "our"
                | "a"
                | "the"
                | "staff"
                | "special"
                | "diplomatic"
                | "political"
                | "news"
                | "by"
                | "senior"
                | "foreign"
        )
    };
    (words(name) >= 2 && !name.split_whitespace().any(plain)).then_some(name)
}

/// Parts of a site that stand behind a headline as an outlet's name does.
const SECTIONS: &[&str] = &[
    "world",
    "news",
    "politics",
    "opinion",
    "asia",
    "africa",
    "europe",
    "americas",
    "middle east",
    "business",
    "sport",
    "sports",
    "analysis",
    "live",
    "video",
    "features",
    "explainer",
    "international",
    "national",
    "regional",
    "latest",
    "breaking",
    "home",
    "top stories",
    "conflict",
    "world news",
    "south asia",
    "security",
    "interview",
    "commentary",
    "latest news",
    "breaking news",
];

/// The headline without "| Example News" at its end, and that name.
pub(super) fn split_title<'t>(title: &'t str, knowledge: &Knowledge) -> (&'t str, Option<&'t str>) {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » "] {
        let Some(cut) = title.rfind(mark) else { continue };
        let (head, name) = (title[..cut].trim_end(), title[cut + mark.len()..].trim());
        let section = SECTIONS.contains(&name.to_lowercase().as_str());
        let fits =
            if mark == " | " { proper(name) && words(name) <= 5 } else { like_outlet(name, knowledge) };
        if section && words(head) >= 3 {
            return split_title(head, knowledge);
        }
        if fits && words(head) >= 3 && !is_place(name, knowledge) {
            let again = split_title(head, knowledge).0;
            return (if mark == " | " { again } else { head }, Some(name));
        }
    }
    (title, None)
}
