//! A report's page to its parts: headline, paragraphs, and what is not body text.
//!
//! Reports come as a page copied whole: masthead, headline, tag line, dateline glued to the first sentence,
//! headings, "Read more: …", credits, the comment form. None of it is deleted; each stretch is masked
//! with its reason, so that it is never read as body text and still can be shown.
//!
//! # How
//! 1. `lines`: cut at line breaks, keep byte ranges; marks of Markdown are set aside; [`wrap`]: lines of a fixed
//!    width are joined to paragraphs.
//! 2. [`header`]: front matter, fields ("Source: …"), masthead.
//! 3. `headline`: the first line after these that is written like one.
//! 4. `reason`: cues that the knowledge lists, then structure: a short line without a full stop between
//!    paragraphs is a heading, before the first paragraph a tag; a line of a date is a stamp.
//! 5. [`dateline`]: place, agency and day before the first sentence of a paragraph; [`outlet`]: who publishes;
//!    [`stamp`]: what day a line of a date is.
//!
//! # Does not
//! Learn a site's furniture from many reports: it sees one.

mod dateline;
mod header;
mod outlet;
pub(crate) mod stamp;
mod wrap;

use detente_knowledge::Knowledge;
use detente_types::{MaskReason, Masked, Span};
pub(crate) use outlet::{Named, Rank, listed};

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
    /// The outlet that the page names, by the surest of its signs.
    pub(crate) outlet: Option<Named>,
    /// Lines that hold a date, in order.
    pub(crate) stamps: Vec<Span>,
    /// The year of a copyright line.
    pub(crate) year: Option<i16>,
}

impl Page {
    /// Keeps the surer of two outlets.
    fn publisher(&mut self, found: Option<Named>) {
        let Some(found) = found else { return };
        if self.outlet.as_ref().is_none_or(|o| found.rank < o.rank) {
            self.outlet = Some(found);
        }
    }
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
    /// All of it but the white space around.
    span: Span,
    /// Without marks of Markdown.
    text: &'t str,
    /// Where that stands.
    bare: Span,
    /// Number of `#` before it.
    level: usize,
    /// A blank line stands before it.
    fresh: bool,
}

/// A given headline without the outlet's name at its end, and that name.
pub(crate) fn bare_title<'t>(title: &'t str, knowledge: &Knowledge) -> (&'t str, Option<String>) {
    let plain = title.trim().trim_start_matches('#').trim_start();
    let (head, name) = outlet::split_title(plain, knowledge);
    (head, name.map(|n| listed(n, knowledge)))
}

/// Takes a page apart.
pub(crate) fn page(text: &str, given_title: Option<&str>, knowledge: &Knowledge) -> Page {
    let lines = wrap::unwrapped(lines(text), text);
    let mut out = Page::default();
    let mut start = header::matter(&mut out, text, &lines, knowledge);
    let body = |n: &usize| prose(lines[*n].text) && !asking_headline(&lines[*n..]);
    let first_body = (start..lines.len()).find(body).unwrap_or(lines.len());
    start = header::fields(&mut out, &lines, start, first_body, knowledge);
    start = header::masthead(&mut out, text, &lines, start, first_body, given_title, knowledge);
    let listed = in_lists(&lines, knowledge);
    let headline = headline(&out, &lines, start, first_body, given_title, knowledge).filter(|&n| !listed[n]);
    for (n, line) in lines.iter().enumerate().skip(start) {
        if listed[n] {
            out.links.push(line.bare);
            out.mask.push(Masked { span: line.span, reason: MaskReason::LinkHeadline });
        } else if Some(n) == headline {
            title(&mut out, line, knowledge);
        } else {
            file_line(&mut out, text, n, first_body, &lines, knowledge);
        }
    }
    datelines(text, &mut out, knowledge);
    out.mask.sort();
    out.mask.dedup();
    out
}

/// Lines of a list of other reports: short, without a full stop, under a line like "Related stories".
fn in_lists(lines: &[Line<'_>], knowledge: &Knowledge) -> Vec<bool> {
    let mut open = false;
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let opens = cue(line, knowledge)
            .is_some_and(|(reason, link)| reason == MaskReason::LinkHeadline && link.is_none());
        let entry = open && !opens && !stopped(line.text) && !prose(line.text) && line.level != 1;
        open = opens || entry;
        out.push(entry);
    }
    out
}

/// The headline's words, without "| Example News".
fn title(out: &mut Page, line: &Line<'_>, knowledge: &Knowledge) {
    let (head, name) = outlet::split_title(line.text, knowledge);
    let end = line.bare.start() + head.len();
    out.title = Some(Span::new(line.bare.start(), end));
    if let Some(name) = name {
        let tail = Span::new(end, line.bare.end());
        out.mask.push(Masked { span: tail, reason: MaskReason::Tag });
        out.publisher(Some(Named { name: listed(name, knowledge), span: tail, rank: Rank::Title }));
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut out, mut at, mut fresh) = (Vec::new(), 0, true);
    for raw in text.split_inclusive('\n') {
        let body =
            raw.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{a0}'));
        let skip = raw.find(body).unwrap_or(0);
        if body.is_empty() {
            fresh = true;
        } else {
            let span = Span::new(at + skip, at + skip + body.len());
            let (level, inner) = unmarked(body);
            let start = span.start() + (inner.as_ptr() as usize - body.as_ptr() as usize);
            out.push(Line { span, text: inner, bare: Span::new(start, start + inner.len()), level, fresh });
            fresh = false;
        }
        at += raw.len();
    }
    out
}

/// A line without "# " before it or "**" around it: the level of the heading, and the words.
fn unmarked(line: &str) -> (usize, &str) {
    let level = line.chars().take_while(|c| *c == '#').count();
    let mut inner = line;
    if (1..=6).contains(&level) && line[level..].starts_with(' ') {
        inner = line[level..].trim().trim_end_matches('#').trim_end();
    }
    for mark in ["***", "**", "__", "*", "_"] {
        let wrapped = inner
            .strip_prefix(mark)
            .and_then(|r| r.strip_suffix(mark))
            .filter(|r| !r.is_empty() && !r.contains(mark));
        if let Some(words) = wrapped.filter(|w| !w.starts_with(' ')) {
            return (if inner.len() == line.len() { 0 } else { level }, words);
        }
    }
    (if inner.len() == line.len() { 0 } else { level }, inner)
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

/// "Who is fighting, and who is talking?" over bylines and dates: a headline that asks, though it ends as a sentence does.
fn asking_headline(lines: &[Line<'_>]) -> bool {
    let [line, next, ..] = lines else { return false };
    line.text.ends_with(['?', '!']) && words(line.text) <= 16 && !prose(next.text)
}

/// The line of the headline: short, without a full stop, not a date, credit or masthead, and prose follows.
fn headline(
    out: &Page,
    lines: &[Line<'_>],
    start: usize,
    first_body: usize,
    given: Option<&str>,
    knowledge: &Knowledge,
) -> Option<usize> {
    let last = lines.len().min(first_body + 1);
    if let Some(title) = given {
        let wanted = bare_title(title, knowledge).0;
        return (start..last).find(|&n| lines[n].text == title.trim() || lines[n].text == wanted);
    }
    if out.title.is_some() {
        return None;
    }
    let more = |n: usize| lines.iter().skip(n + 1).any(|l| prose(l.text));
    let marked = (start..last).find(|&n| lines[n].level == 1 && more(n));
    marked.or_else(|| {
        (start..last).find(|&n| written_as_headline(&lines[n], knowledge) && more(n)).filter(|&n| {
            // What stands before a headline is not text.
            (start..n).all(|before| not_text(&lines[before], knowledge))
        })
    })
}

fn written_as_headline(line: &Line<'_>, knowledge: &Knowledge) -> bool {
    let n = words(line.text);
    let ends = line.text.ends_with(['.', ':', ';', ',']) && !line.text.ends_with("U.S.");
    (2..=30).contains(&n)
        && !ends
        && !not_text(line, knowledge)
        && dateline::split(line.text, knowledge).is_none()
}

/// A date, a credit, a byline, a label: no headline and no text.
fn not_text(line: &Line<'_>, knowledge: &Knowledge) -> bool {
    words(line.text) < 2
        || knowledge.press_cue(line.text).is_some()
        || stamp::is_stamp(line.text, knowledge)
        || byline(line.text, words(line.text))
        || date_beside(line.text, knowledge)
}

/// A date with names beside it: "Friday, 10 October 2025 / Example Lantern".
fn date_beside(line: &str, knowledge: &Knowledge) -> bool {
    let parts = line.split(['/', '|', '•', '·', ',', '–', '—']).flat_map(|p| p.split(" - "));
    let mut parts = parts.map(str::trim).filter(|p| !p.is_empty());
    let calendar = |p: &str| {
        stamp::is_stamp(p, knowledge)
            || p.len() == 4 && p.chars().all(|c| c.is_ascii_digit())
            || stamp::dated(p, knowledge) && words(p) <= 4
    };
    let name = |p: &str| {
        words(p) <= 5
            && p.split_whitespace()
                .all(|w| w.starts_with(char::is_uppercase) || matches!(w, "of" | "the" | "and" | "in"))
    };
    stamp::find(line, knowledge).is_some()
        && words(line) <= 16
        && !stopped(line)
        && parts.all(|p| calendar(p) || name(p))
}

fn file_line(
    out: &mut Page,
    text: &str,
    n: usize,
    first_body: usize,
    all: &[Line<'_>],
    knowledge: &Knowledge,
) {
    let line = &all[n];
    if let Some((reason, inner)) = cue(line, knowledge) {
        if reason == MaskReason::LinkHeadline
            && let Some(link) = inner.filter(|s| !s.is_empty())
        {
            out.links.push(link);
        }
        beside_text(out, line, text, knowledge);
        out.mask.push(Masked { span: line.span, reason });
        return;
    }
    if stamp::is_stamp(line.text, knowledge) || date_beside(line.text, knowledge) {
        beside_text(out, line, text, knowledge);
        out.mask.push(Masked { span: line.span, reason: MaskReason::Stamp });
        return;
    }
    // "14:02 — Explosions near the palace": an entry of a live page.
    let entry = stamp::entry_time(line.text).is_some_and(|at| words(&line.text[at..]) >= 3);
    if let Some(reason) = structural(n, line, first_body, all, knowledge).filter(|_| !entry) {
        if matches!(reason, MaskReason::Byline | MaskReason::Boilerplate | MaskReason::Tag) {
            beside_text(out, line, text, knowledge);
        }
        out.mask.push(Masked { span: line.span, reason });
        return;
    }
    // Lines of one wrapped paragraph are one paragraph.
    let joined = !line.fresh
        && out.paragraphs.last().is_some_and(|p| {
            let before = all.get(n.wrapping_sub(1));
            before.is_some_and(|b| b.bare.end() == p.end() && !stopped(b.text) && b.text.len() > 40)
        });
    match out.paragraphs.last_mut().filter(|_| joined) {
        Some(last) => *last = last.cover(line.bare),
        None => out.paragraphs.push(line.bare),
    }
}

/// What a line that is no text tells of outlet and day.
fn beside_text(out: &mut Page, line: &Line<'_>, text: &str, knowledge: &Knowledge) {
    out.publisher(outlet::in_line(line.text, line.bare, text, knowledge));
    if stamp::find(line.text, knowledge).is_some() {
        out.stamps.push(line.bare);
    }
    out.year = out.year.max(outlet::copyright_year(line.text));
}

/// A listed cue, and for a link its headline.
fn cue(line: &Line<'_>, knowledge: &Knowledge) -> Option<(MaskReason, Option<Span>)> {
    let hit = knowledge.press_cue(line.text)?;
    let after = line
        .text
        .get(hit.range.end..)
        .unwrap_or("")
        .trim_start_matches([':', '-', '–', '—', '|', '»', ' ', ')']);
    let start = line.bare.end() - after.len();
    let inner = (hit.reason == MaskReason::LinkHeadline && words(after) >= 3)
        .then(|| Span::new(start, line.bare.end()));
    Some((hit.reason, inner))
}

/// Lines that no cue knows, by where they stand and how they are written.
fn structural(
    n: usize,
    line: &Line<'_>,
    first_body: usize,
    all: &[Line<'_>],
    knowledge: &Knowledge,
) -> Option<MaskReason> {
    let count = words(line.text);
    let lower = line.text.to_lowercase();
    if line.level > 0 {
        return Some(MaskReason::Heading);
    }
    if byline(line.text, count) {
        return Some(MaskReason::Byline);
    }
    if line.text.find("(@").is_some_and(|at| line.text[..at].contains('—')) {
        // "… — Bridge Watch (@bridge_watch) June 3, 2023"
        return Some(MaskReason::Embed);
    }
    if counter(&lower) {
        return Some(MaskReason::CommentForm);
    }
    let image = [
        "photo:",
        "image:",
        "picture:",
        "file photo",
        "photo by",
        "photograph:",
        "(photo",
        "[photo",
        "/ap",
        "via reuters",
        "getty images",
        "/afp",
        "screengrab",
    ];
    if count <= 45
        && image.iter().any(|c| lower.contains(c))
        && (lower.starts_with('(')
            || lower.starts_with('[')
            || image
                .iter()
                .any(|c| lower.starts_with(c) || lower.trim_end_matches([']', ')', '.']).ends_with(c))
            || lower.contains("photo:")
            || lower.contains("getty images"))
    {
        return Some(MaskReason::Caption);
    }
    if stopped(line.text) && !line.text.ends_with([':', '?']) || count > 14 {
        return None;
    }
    if line.text.starts_with(['-', '•', '*', '–', '"', '“', '‘']) && count > 3
        || dateline::split(line.text, knowledge).is_some()
    {
        return None;
    }
    // A report of one line is no page, and its line is the text.
    if all.len() == 1 && count > 3 {
        return None;
    }
    if n > 0 && signature(line.text) && all[n - 1].text.ends_with(['"', '”', '»']) {
        return None;
    }
    if n < first_body {
        return Some(MaskReason::Tag);
    }
    let after = all.iter().skip(n + 1).any(|l| prose(l.text));
    Some(if after { MaskReason::Heading } else { MaskReason::Boilerplate })
}

/// "— Ada Rowan": whose words the quotation above is.
fn signature(line: &str) -> bool {
    let name = line.strip_prefix(['—', '–', '―', '-']).map(str::trim_start).unwrap_or("");
    (1..=5).contains(&words(name)) && name.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
}

/// "1.2K shares", "340 views".
fn counter(lower: &str) -> bool {
    let mut parts = lower.split_whitespace();
    let (Some(number), Some(what), None) = (parts.next(), parts.next(), parts.next()) else { return false };
    number.starts_with(|c: char| c.is_ascii_digit())
        && matches!(
            what,
            "shares"
                | "share"
                | "views"
                | "likes"
                | "comments"
                | "comment"
                | "retweets"
                | "reactions"
                | "replies"
        )
}

/// "By Jane Doe", "Our Special Correspondent", "Example Gazette with wires", "Example News Staff".
fn byline(line: &str, count: usize) -> bool {
    if count > 14 || stopped(line) {
        return false;
    }
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    let small = |w: &str| {
        matches!(
            w,
            "and"
                | "in"
                | "for"
                | "at"
                | "|"
                | "of"
                | "the"
                | "with"
                | "a"
                | "bureau"
                | "bureaus"
                | "staff"
                | "writer"
                | "correspondent"
                | "our"
                | "reporter"
                | "reporters"
                | "de"
                | "al"
                | "bin"
                | "von"
                | "agencies"
        )
    };
    let by =
        line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).or_else(|| line.strip_prefix("by "));
    if by.is_some_and(|rest| rest.split_whitespace().all(|w| capital(w) || small(w.trim_end_matches(',')))) {
        return true;
    }
    let lower = line.to_lowercase();
    let ends = [
        " with wires",
        " with agencies",
        " and agencies",
        " staff writer",
        " staff reporter",
        " web desk",
        " news desk",
        " monitoring desk",
        " correspondent",
        " bureau",
        " staff",
    ];
    let whole = [
        "staff reporter",
        "staff writer",
        "agencies",
        "web desk",
        "news desk",
        "monitoring desk",
        "newsroom",
        "editorial board",
        "a correspondent",
    ];
    let first_only = line
        .split_whitespace()
        .filter(|w| !small(&w.to_lowercase()))
        .all(|w| capital(w) || w == "with" || w == "wires");
    count <= 8 && (whole.contains(&lower.as_str()) || first_only && ends.iter().any(|e| lower.ends_with(e)))
}

/// Masks datelines at the start of paragraphs: the first few paragraphs; and the times of a live blog in all.
fn datelines(text: &str, out: &mut Page, knowledge: &Knowledge) {
    for (n, paragraph) in out.paragraphs.iter_mut().enumerate() {
        let start = paragraph.start();
        if let Some(end) = stamp::entry_time(paragraph.of(text)) {
            out.mask.push(Masked { span: Span::new(start, start + end), reason: MaskReason::Stamp });
            *paragraph = Span::new(start + end, paragraph.end());
            continue;
        }
        let Some(found) = dateline::split(paragraph.of(text), knowledge).filter(|_| n <= 3) else { continue };
        // "ROWAN: We will stay.", further down: who speaks, in a transcript.
        let opening = paragraph.of(text).get(..found.end).unwrap_or("").trim_end();
        let place = paragraph.of(text).get(found.place.clone()).unwrap_or("");
        if n > 0 && opening.strip_suffix(':') == Some(place) && !dateline::is_place(place, knowledge) {
            continue;
        }
        let at = |range: std::ops::Range<usize>| Span::new(start + range.start, start + range.end);
        let line = Dateline {
            span: at(0..found.end),
            place: at(found.place),
            agency: found.agency.map(at),
            day: found.day.map(at),
        };
        out.mask.push(Masked { span: line.span, reason: MaskReason::Dateline });
        *paragraph = Span::new(start + found.end, paragraph.end());
        out.dateline = out.dateline.take().or(Some(line));
        editorial(text, &mut out.mask, paragraph);
    }
}

/// `[Text]`, `[Editorial report]`: what a monitoring service notes between a dateline and the text.
fn editorial(text: &str, mask: &mut Vec<Masked>, paragraph: &mut Span) {
    const MOST: usize = 160;
    while paragraph.of(text).starts_with('[') {
        let words = paragraph.of(text);
        let Some(close) = words.find(']').filter(|n| *n <= MOST) else { return };
        let rest = words[close + 1..].trim_start();
        if rest.is_empty() {
            return;
        }
        let start = paragraph.start();
        mask.push(Masked { span: Span::new(start, start + close + 1), reason: MaskReason::Tag });
        *paragraph = Span::new(paragraph.end() - rest.len(), paragraph.end());
    }
}
