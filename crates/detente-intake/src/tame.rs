//! Markup that is nested past all use is cut before it is parsed.
//!
//! A browser's rules make the parser look through all open elements at every tag, and repeat what is bold in every
//! paragraph, so a page of a few hundred kilobytes made for it takes hours or gigabytes. Pages that people write are
//! a few dozen elements deep.
//!
//! # How
//! Open elements are counted by name, without the ones that a parser closes by itself. Where the count is too high
//! the opening tag is left out; its words stay.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Elements within elements; a page with several dozen is unusual.
const DEEPEST: usize = 200;

/// Elements of style (`b`, `font`) that are open at once, which are repeated in each paragraph.
const MOST_STYLES: usize = 8;

/// Tags of a page.
const MOST_TAGS: usize = 300_000;

const STYLES: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that have no end, or whose end is where the next one begins.
const CLOSED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "track", "wbr",
    "dd", "dt", "li", "optgroup", "option", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// Elements whose inside is no markup.
const RAW: &[&str] =
    &["script", "style", "textarea", "title", "xmp", "noscript", "iframe", "noembed", "noframes"];

/// A page that is safe to parse.
pub(crate) struct Tamed<'t> {
    pub(crate) html: Cow<'t, str>,
    /// Number of its tags.
    pub(crate) tags: usize,
}

/// The same page, not too deep.
pub(crate) fn tame(html: &str) -> Tamed<'_> {
    let mut out = String::new();
    let (mut kept, mut at, mut tags) = (0, 0, 0);
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(tag) = next(html, at) {
        tags += 1;
        at = tag.end;
        let name = tag.name.to_ascii_lowercase();
        let (deep, styles) = (open.values().sum::<usize>(), styles(&open));
        let style = STYLES.contains(&name.as_str());
        let excess = tags > MOST_TAGS || deep >= DEEPEST || (style && styles >= MOST_STYLES);
        if tag.closes {
            if let Some(count) = open.get_mut(&name) {
                *count = count.saturating_sub(1);
            }
        } else if excess {
            out.push_str(&html[kept..tag.start]);
            out.push(' ');
            kept = tag.end;
        } else if RAW.contains(&name.as_str()) {
            at = raw_end(html, tag.end, &name);
        } else if !CLOSED.contains(&name.as_str()) {
            *open.entry(name).or_default() += 1;
        }
    }
    if kept == 0 {
        return Tamed { html: Cow::Borrowed(html), tags };
    }
    out.push_str(&html[kept..]);
    Tamed { html: Cow::Owned(out), tags }
}

fn styles(open: &BTreeMap<String, usize>) -> usize {
    STYLES.iter().filter_map(|name| open.get(*name)).sum()
}

/// One tag.
struct Tag<'t> {
    start: usize,
    end: usize,
    name: &'t str,
    closes: bool,
}

/// The next tag after a place.
fn next(html: &str, from: usize) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let mut at = from;
    loop {
        let start = at + bytes.get(at..)?.iter().position(|b| *b == b'<')?;
        if html[start..].starts_with("<!--") {
            at = html[start + 4..].find("-->").map_or(html.len(), |end| start + 4 + end + 3);
            continue;
        }
        let closes = bytes.get(start + 1) == Some(&b'/');
        let name_start = start + 1 + usize::from(closes);
        let length = bytes.get(name_start..)?.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        if length == 0 || !bytes[name_start].is_ascii_alphabetic() {
            at = start + 1;
            continue;
        }
        let name = &html[name_start..name_start + length];
        return Some(Tag { start, end: tag_end(bytes, name_start + length), name, closes });
    }
}

/// Where a tag ends; `>` in quotation marks does not end it.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (n, byte) in bytes[from..].iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return from + n + 1,
            (None, b'"' | b'\'') if after_equals => quote = Some(*byte),
            (Some(mark), byte) if mark == *byte => quote = None,
            _ => {}
        }
        after_equals = *byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    bytes.len()
}

/// Where the inside of an element without markup ends.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        let start = at + found;
        let candidate = bytes.get(start + 2..start + 2 + name.len());
        if candidate.is_some_and(|c| c.eq_ignore_ascii_case(name.as_bytes())) {
            return start;
        }
        at = start + 2;
    }
    html.len()
}
