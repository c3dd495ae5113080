//! A report's page to its parts: headline, paragraphs, and what is not body text.
//!
//! Reports come as a page copied whole: headline, tag line, dateline glued to the first sentence,
//! headings, "Read more: …", credits, the comment form. None of it is deleted; each stretch is masked
//! with its reason, so that it is never read as body text and still can be shown.
//!
//! # How
//! 1. `lines`: cut at line breaks, keep byte ranges.
//! 2. `headline`: the first line, if it is written like one.
//! 3. `reason`: cues that the knowledge lists, then structure: a short line without a full stop between
//!    paragraphs is a heading, before the first paragraph a tag; a line of a date is a stamp.
//! 4. `dateline`: place, agency and day before the first sentence of a paragraph.
//!
//! # Does not
//! Learn a site's furniture from many reports: it sees one.

use detente_knowledge::{Knowledge, Target};
use detente_types::{MaskReason, Masked, Span};

/// The parts of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// The headline in the text, where there is one.
    pub(crate) title: Option<Span>,
    /// Paragraphs of body text, in order; datelines are cut off.
    pub(crate) paragraphs: Vec<Span>,
    /// Headlines of linked reports.
    pub(crate) links: Vec<Span>,
    /// What is not body text, in order.
    pub(crate) mask: Vec<Masked>,
    /// The dateline, taken apart.
    pub(crate) dateline: Option<Dateline>,
    /// An outlet named by a credit or footer, and where.
    pub(crate) outlet: Option<(String, Span)>,
    /// A line of its own that holds a date, and its span.
    pub(crate) stamp: Option<Span>,
}

/// "KYIV, May 3 (Example News) —".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// All of it.
    pub(crate) span: Span,
    /// The place.
    pub(crate) place: Span,
    /// The agency in brackets.
    pub(crate) agency: Option<Span>,
    /// The day, as printed.
    pub(crate) day: Option<Span>,
}

/// One line of the page.
#[derive(Clone, Copy, Debug)]
struct Line<'t> {
    span: Span,
    text: &'t str,
    /// A blank line stands before it.
    fresh: bool,
}

/// Takes a page apart.
pub(crate) fn page(text: &str, given_title: Option<&str>, knowledge: &Knowledge) -> Page {
    let lines = lines(text);
    let mut out = Page::default();
    let first_body = lines.iter().position(|l| prose(l.text)).unwrap_or(lines.len());
    let mut start = 0;
    if let Some(line) = lines.first().filter(|l| headline(l, &lines, given_title, knowledge)) {
        out.title = Some(line.span);
        start = 1;
    }
    for (n, line) in lines.iter().enumerate().skip(start) {
        file_line(&mut out, n, line, first_body, &lines, knowledge);
    }
    datelines(text, &mut out, knowledge);
    out.mask.sort();
    out.mask.dedup();
    out
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut out, mut at, mut fresh) = (Vec::new(), 0, true);
    for raw in text.split_inclusive('\n') {
        let body = raw.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{a0}'));
        let skip = raw.find(body).unwrap_or(0);
        if body.is_empty() {
            fresh = true;
        } else {
            let span = Span::new(at + skip, at + skip + body.len());
            out.push(Line { span, text: body, fresh });
            fresh = false;
        }
        at += raw.len();
    }
    out
}

/// Does the line end like a sentence?
fn stopped(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '\'', '’', ')', ']', '»']);
    bare.ends_with(['.', '!', '?', '…', ':', ';']) || bare.ends_with("...")
}

fn words(line: &str) -> usize {
    line.split_whitespace().count()
}

/// A line of running text: a sentence, or long enough to be one.
fn prose(line: &str) -> bool {
    (stopped(line) && words(line) >= 5) || words(line) >= 22
}

/// Is the first line the headline? Short, without a full stop, and prose follows.
fn headline(line: &Line<'_>, lines: &[Line<'_>], given: Option<&str>, knowledge: &Knowledge) -> bool {
    if given.is_some_and(|t| t.trim() == line.text) {
        return true;
    }
    let n = words(line.text);
    let ends = line.text.ends_with(['.', ':', ';', ',']) && !line.text.ends_with("U.S.");
    let more = lines.iter().skip(1).any(|l| prose(l.text));
    let boiler = knowledge.press_cue(line.text).is_some() || stamp(line.text, knowledge);
    given.is_none() && (2..=30).contains(&n) && !ends && more && !boiler && split_dateline(line.text, knowledge).is_none()
}

fn file_line(out: &mut Page, n: usize, line: &Line<'_>, first_body: usize, all: &[Line<'_>], knowledge: &Knowledge) {
    if let Some((reason, inner)) = cue(line, knowledge) {
        if reason == MaskReason::LinkHeadline {
            if let Some(link) = inner.filter(|s| !s.is_empty()) {
                out.links.push(link);
            }
        }
        note_outlet(out, line, knowledge);
        out.mask.push(Masked { span: line.span, reason });
        return;
    }
    if stamp(line.text, knowledge) {
        out.stamp = out.stamp.or(Some(line.span));
        out.mask.push(Masked { span: line.span, reason: MaskReason::Stamp });
        return;
    }
    if let Some(reason) = structural(n, line, first_body, all, knowledge) {
        if reason == MaskReason::Byline {
            note_outlet(out, line, knowledge);
        }
        out.mask.push(Masked { span: line.span, reason });
        return;
    }
    // Lines of one wrapped paragraph are one paragraph.
    let joined = !line.fresh && out.paragraphs.last().is_some_and(|p| {
        let before = all.get(n.wrapping_sub(1));
        before.is_some_and(|b| b.span.end() == p.end() && !stopped(b.text) && b.text.len() > 40)
    });
    match out.paragraphs.last_mut().filter(|_| joined) {
        Some(last) => *last = last.cover(line.span),
        None => out.paragraphs.push(line.span),
    }
}

/// A listed cue, and for a link its headline.
fn cue(line: &Line<'_>, knowledge: &Knowledge) -> Option<(MaskReason, Option<Span>)> {
    let hit = knowledge.press_cue(line.text)?;
    let after = line.text.get(hit.range.end..).unwrap_or("").trim_start_matches([':', '-', '–', '—', '|', '»', ' ', ')']);
    let start = line.span.end() - after.len();
    let inner = (hit.reason == MaskReason::LinkHeadline && words(after) >= 3).then(|| Span::new(start, line.span.end()));
    Some((hit.reason, inner))
}

/// "The post … appeared first on Example News.", "(Example News)", "— Example News".
fn note_outlet(out: &mut Page, line: &Line<'_>, knowledge: &Knowledge) {
    if out.outlet.is_some() {
        return;
    }
    for cue in ["appeared first on ", "first published on ", "first published in ", "first published by ", "originally published by ", "originally published in ", "originally published on ", "© ", "Copyright "] {
        let Some(at) = line.text.rfind(cue) else { continue };
        let rest = &line.text[at + cue.len()..];
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
        let name = rest.split(['.', '|', '(', ',']).next().unwrap_or(rest).trim();
        let proper = name.starts_with(char::is_uppercase) && (1..=6).contains(&words(name));
        if proper && (cue.contains("first") || cue.contains("originally") || knowledge.outlet(name).is_some()) {
            let start = line.span.start() + (name.as_ptr() as usize - line.text.as_ptr() as usize);
            out.outlet = Some((name.to_string(), Span::new(start, start + name.len())));
            return;
        }
    }
}

/// Lines that no cue knows, by where they stand and how they are written.
fn structural(n: usize, line: &Line<'_>, first_body: usize, all: &[Line<'_>], knowledge: &Knowledge) -> Option<MaskReason> {
    let count = words(line.text);
    let lower = line.text.to_lowercase();
    if byline(line.text, count) {
        return Some(MaskReason::Byline);
    }
    let image = ["photo:", "image:", "picture:", "file photo", "photo by", "photograph:", "(photo", "[photo", "/ap", "via reuters", "getty images", "/afp", "screengrab"];
    if count <= 45 && image.iter().any(|c| lower.contains(c)) && (lower.starts_with('(') || lower.starts_with('[') || image.iter().any(|c| lower.starts_with(c) || lower.trim_end_matches([']', ')', '.']).ends_with(c)) || lower.contains("photo:") || lower.contains("getty images")) {
        return Some(MaskReason::Caption);
    }
    if stopped(line.text) && !line.text.ends_with([':', '?']) || count > 14 {
        return None;
    }
    if line.text.starts_with(['-', '•', '*', '–', '"', '“', '‘']) && count > 3 || split_dateline(line.text, knowledge).is_some() {
        return None;
    }
    if n < first_body {
        return Some(MaskReason::Tag);
    }
    let after = all.iter().skip(n + 1).any(|l| prose(l.text));
    Some(if after { MaskReason::Heading } else { MaskReason::Boilerplate })
}

/// "By Jane Doe", "Jane Doe in Kyiv and John Roe in London", "Example News Staff".
fn byline(line: &str, count: usize) -> bool {
    if count > 14 {
        return false;
    }
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    let by = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "));
    by.is_some_and(|rest| !stopped(line) && rest.split_whitespace().filter(|w| !matches!(*w, "and" | "in" | "for" | "at" | "|" | "of" | "the" | "with")).all(capital))
}

/// A line that holds a date or a time and hardly anything else.
fn stamp(line: &str, knowledge: &Knowledge) -> bool {
    use detente_knowledge::WordKind;
    let parts: Vec<String> = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    if parts.is_empty() || parts.len() > 14 {
        return false;
    }
    let named = |w: &str| matches!(knowledge.word(w), Some((WordKind::Month | WordKind::Weekday, _)));
    let short = |w: &str| w.len() == 3 && matches!(w, "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "oct" | "nov" | "dec" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun");
    let number = |w: &str| w.chars().next().is_some_and(|c| c.is_ascii_digit());
    let filler = |w: &str| {
        matches!(w, "updated" | "published" | "posted" | "on" | "at" | "am" | "pm" | "gmt" | "utc" | "est" | "edt" | "bst" | "cet" | "ist" | "pkt" | "last" | "modified" | "of" | "h" | "hrs" | "date" | "first" | "a" | "m" | "p" | "hours" | "ago" | "hour" | "minutes" | "min" | "read" | "et" | "local" | "time" | "breaking" | "live" | "edited" | "print")
    };
    let dated = parts.iter().filter(|w| number(w) || named(w) || short(w)).count();
    let anything = parts.iter().all(|w| number(w) || named(w) || short(w) || filler(w));
    anything && dated >= 2 && parts.iter().any(|w| number(w))
}

/// Masks datelines at the start of paragraphs: always the first one, later ones only in capitals.
fn datelines(text: &str, out: &mut Page, knowledge: &Knowledge) {
    for (n, paragraph) in out.paragraphs.iter_mut().enumerate() {
        let Some(found) = split_dateline(paragraph.of(text), knowledge) else { continue };
        if n > 3 {
            break;
        }
        let at = |range: std::ops::Range<usize>| Span::new(paragraph.start() + range.start, paragraph.start() + range.end);
        let line = Dateline {
            span: at(0..found.end),
            place: at(found.place),
            agency: found.agency.map(at),
            day: found.day.map(at),
        };
        out.mask.push(Masked { span: line.span, reason: MaskReason::Dateline });
        *paragraph = Span::new(paragraph.start() + found.end, paragraph.end());
        out.dateline = out.dateline.take().or(Some(line));
    }
}

/// A dateline in a line: byte ranges of its parts.
#[derive(Debug, PartialEq, Eq)]
struct Split {
    place: std::ops::Range<usize>,
    agency: Option<std::ops::Range<usize>>,
    day: Option<std::ops::Range<usize>>,
    end: usize,
}

/// Place (in capitals, or a known place), then any of: country, day, "(agency)", then a dash or colon.
fn split_dateline(line: &str, knowledge: &Knowledge) -> Option<Split> {
    let window: String = line.chars().take(90).collect();
    let (cut, dash) = separator(&window)?;
    let head = &window[..cut];
    let mut end = cut + dash;
    end += window[end..].len() - window[end..].trim_start().len();
    if line.len() <= end {
        return None;
    }
    let agency = head.find('(').and_then(|open| Some(open + 1..open + head[open..].find(')')?));
    let before = head[..head.find('(').unwrap_or(head.len())].trim_end();
    let colon = window[cut..].starts_with(':');
    let mut parts = before.split(',').map(str::trim).filter(|p| !p.is_empty());
    let place = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let names = place.split(['/', ' ']).filter(|w| !w.is_empty());
    let proper = names.clone().all(|w| w.starts_with(char::is_uppercase) || matches!(w, "de" | "al" | "el" | "la" | "of" | "the" | "and" | "es" | "e" | "&"));
    let upper = !place.chars().any(char::is_lowercase);
    let known = is_place(place, knowledge);
    let short = (1..=5).contains(&names.count());
    let day = rest.iter().find(|p| dated(p, knowledge)).copied();
    let extras = rest.iter().all(|p| dated(p, knowledge) || (p.starts_with(char::is_uppercase) && words(p) <= 3));
    let sure = upper && place.chars().filter(|c| c.is_alphabetic()).count() > 2 || known && (!colon || agency.is_some() || day.is_some()) || agency.is_some() && proper;
    if !(proper && short && extras && sure) {
        return None;
    }
    let within = |part: &str| {
        let start = part.as_ptr() as usize - window.as_ptr() as usize;
        start..start + part.len()
    };
    Some(Split { place: within(place), agency, day: day.map(within), end })
}

/// The first dash or colon that can end a dateline: byte offset and length with spaces before it.
fn separator(window: &str) -> Option<(usize, usize)> {
    let candidates = [" — ", "— ", " – ", "– ", " - ", " -- ", "-- ", ": ", "—", " —", ".— "];
    let found = candidates.iter().filter_map(|s| window.find(s).map(|at| (at, s.len())));
    let (at, len) = found.min_by_key(|(at, len)| (*at, std::cmp::Reverse(*len)))?;
    (at > 1 && words(&window[..at]) <= 12 && !window[..at].contains(['.', '!', '?', '"', '“']) || abbreviated(&window[..at])).then_some((at, len))
}

/// "Nov. 12", "U.N.": stops inside a dateline.
fn abbreviated(head: &str) -> bool {
    head.split_whitespace().all(|w| !w.ends_with('.') || w.trim_end_matches(['.', ',']).len() <= 4) && !head.contains(['!', '?', '"', '“']) && words(head) <= 9 && head.len() > 1
}

fn dated(part: &str, knowledge: &Knowledge) -> bool {
    use detente_knowledge::WordKind;
    part.split(|c: char| !c.is_alphanumeric()).any(|w| {
        let lower = w.to_lowercase();
        matches!(knowledge.word(&lower), Some((WordKind::Month | WordKind::Weekday, _)))
            || (lower.len() == 3 && matches!(&lower[..], "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "oct" | "nov" | "dec"))
    })
}

/// Is it the name of a place or a capital?
fn is_place(name: &str, knowledge: &Knowledge) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let whole = |h: &detente_knowledge::NameHit| h.len == words.len();
    !words.is_empty()
        && knowledge.names_at(&words, 0).iter().filter(|h| whole(h)).any(|h| {
            matches!(h.target, Target::Place(_)) || matches!(h.as_, detente_knowledge::NameKind::Metonym | detente_knowledge::NameKind::Name)
        })
}
