//! What stands over the headline: front matter, fields, the masthead.
//!
//! "---\nsource: Example News\ndate: 2025-10-13\n---", "Source: Example News", "THE EXAMPLE COURIER".

use super::outlet::{self, Named, Rank, listed};
use super::stamp;
use super::{Line, Page, not_text, prose, words, written_as_headline};
use detente_knowledge::Knowledge;
use detente_types::{MaskReason, Masked, Span};

/// What a field of a header tells.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Title,
    Outlet,
    Day,
    Other,
}

/// The field that a line fills, and its value.
fn field(line: &str) -> Option<(Field, &str)> {
    let (key, value) = line.split_once(':')?;
    let kind = match key.trim().to_lowercase().as_str() {
        "title" | "headline" => Field::Title,
        "source" | "outlet" | "publisher" | "publication" | "site" | "newspaper" | "site_name"
        | "website" => Field::Outlet,
        "date" | "published" | "pubdate" | "pub_date" | "published_at" | "publication date"
        | "date published" | "publish_date" => Field::Day,
        "author" | "authors" | "byline" | "by" | "url" | "link" | "section" | "tags" | "category"
        | "language" | "lang" | "layout" | "description" | "updated" | "modified" | "keywords"
        | "location" | "id" | "slug" => Field::Other,
        _ => return None,
    };
    Some((kind, value.trim().trim_matches(['"', '\''])))
}

/// Front matter between two rules at the very top; the first line after it.
pub(super) fn matter(out: &mut Page, text: &str, lines: &[Line<'_>], knowledge: &Knowledge) -> usize {
    let rule = |l: &Line<'_>| matches!(l.span.of(text), "---" | "+++");
    if !lines.first().is_some_and(rule) {
        return 0;
    }
    let Some(end) = lines.iter().skip(1).take(40).position(rule).map(|n| n + 1) else { return 0 };
    out.mask.push(Masked { span: lines[0].span.cover(lines[end].span), reason: MaskReason::Boilerplate });
    for line in &lines[1..end] {
        let whole = line.span.of(text).replacen(" = ", ": ", 1);
        if let Some((kind, value)) = field(&whole) {
            fill(out, kind, value, line.span, Some(text), knowledge);
        }
    }
    end + 1
}

/// "Title: …", "Source: …", "Date: …" before the text; the first line after them.
pub(super) fn fields(
    out: &mut Page,
    lines: &[Line<'_>],
    start: usize,
    first_body: usize,
    knowledge: &Knowledge,
) -> usize {
    let run = lines[start.min(lines.len())..]
        .iter()
        .take_while(|l| field(l.text).is_some_and(|(_, value)| !value.is_empty()))
        .count();
    let end = (start + run).min(lines.len());
    let told = |kind: Field| lines[start..end].iter().any(|l| field(l.text).is_some_and(|f| f.0 == kind));
    if run < 2 || first_body < start || !(told(Field::Title) || told(Field::Outlet) || told(Field::Day)) {
        return start;
    }
    for line in &lines[start..end] {
        let Some((kind, value)) = field(line.text) else { continue };
        let at = line.bare.end() - line.text.len() + (value.as_ptr() as usize - line.text.as_ptr() as usize);
        let span = Span::new(at, at + value.len());
        if kind == Field::Title {
            out.title = Some(span);
            out.mask.push(Masked { span: Span::new(line.span.start(), at), reason: MaskReason::Boilerplate });
        } else {
            out.mask.push(Masked {
                span: line.span,
                reason: if kind == Field::Day { MaskReason::Stamp } else { MaskReason::Boilerplate },
            });
            fill(out, kind, value, span, None, knowledge);
        }
    }
    end
}

/// Takes what a field tells; of front matter the span is the line.
fn fill(out: &mut Page, kind: Field, value: &str, span: Span, text: Option<&str>, knowledge: &Knowledge) {
    let inside = text
        .and_then(|t| span.of(t).find(value))
        .map(|n| Span::new(span.start() + n, span.start() + n + value.len()))
        .unwrap_or(span);
    match kind {
        Field::Title => out.title = Some(inside),
        Field::Outlet if words(value) <= 8 && !value.is_empty() => {
            let name = listed(
                value.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www."),
                knowledge,
            );
            out.outlet = Some(Named { name, span: inside, rank: Rank::Field });
        }
        Field::Day if stamp::find(value, knowledge).is_some() => out.stamps.push(inside),
        _ => {}
    }
}

/// The paper's name over the headline; the first line after it.
pub(super) fn masthead(
    out: &mut Page,
    text: &str,
    lines: &[Line<'_>],
    start: usize,
    first_body: usize,
    given: Option<&str>,
    knowledge: &Knowledge,
) -> usize {
    let Some(line) = lines.get(start).filter(|l| start < first_body && !prose(l.text) && l.level == 0) else {
        return start;
    };
    if given.is_some_and(|t| t.trim() == line.text) || not_text(line, knowledge) && words(line.text) > 1 {
        return start;
    }
    let another = given.is_some()
        || lines[start + 1..first_body.min(lines.len())]
            .iter()
            .any(|l| l.level == 1 || written_as_headline(l, knowledge));
    let next = lines.get(start + 1).map(|l| l.text);
    let Some(found) = outlet::masthead(line.text, line.bare, next, text, knowledge).filter(|_| another)
    else {
        return start;
    };
    out.outlet = out.outlet.take().or(Some(found));
    out.mask.push(Masked { span: line.span, reason: MaskReason::Tag });
    start + 1
}
