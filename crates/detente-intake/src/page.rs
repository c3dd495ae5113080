//! A web page to the text of its report, and what the page says of itself.
//!
//! A saved page is mostly not the report: menus, banners that ask for consent, links to other reports, comments. Which
//! part is the report is found by `trafilatura`, a port of the extractor that does best on the public test of
//! article extraction; what it returns is markup, and our own [`flow`] makes paragraphs of that.
//!
//! # How
//! 1. [`tame`]: markup nested so deep that it was made to do harm is cut.
//! 2. [`about`]: headline, outlet, address, day of publication.
//! 3. The part that is the report; where none is found, the page without its furniture.
//! 4. [`flow`]: markup to paragraphs. The headline stands first, as on the page.

use crate::decode::{self, Hints};
use crate::given;
use crate::tray::{Tray, notes};
use crate::{about, flow, tame};
use detente_types::When;
use trafilatura::dom::Document;

/// What is known of a page that came by another way than a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    /// The address that it came from.
    pub(crate) url: Option<String>,
    /// The day on which it was captured: not that of publication, but not before it.
    pub(crate) captured: Option<When>,
}

/// One page that is one report.
pub(crate) fn take(name: &str, bytes: &[u8], hints: Hints<'_>, beside: Beside, tray: &mut Tray<'_>) {
    let decoded = match decode::text(bytes, hints) {
        Ok(decoded) => decoded,
        Err(kind) => return tray.note("D102", format!("{name}: {kind}; it was not read.")),
    };
    let (text, mut gathered) = read(&decoded.text, &beside);
    let mut remarks = decoded.remarks;
    remarks.append(&mut gathered.take_remarks());
    if gathered.given.published.is_none()
        && let Some(day) = beside.captured
    {
        let message = "the page does not say when it was published; the day of its capture stands in.";
        remarks.push(("D113", message.to_string()));
        gathered.given.published = Some(day);
    }
    let notes = notes(name, remarks);
    tray.report(name.to_string(), text, gathered.given, notes);
}

/// The text of the report on a page, and what the page says of it.
fn read(html: &str, beside: &Beside) -> (String, given::Gathered) {
    let html = tame::tame(html);
    let document = Document::parse(&html);
    let mut gathered = about::gather(&document);
    gathered.given.url = gathered.given.url.take().or_else(|| beside.url.clone());
    let body = report(document);
    let text = with_headline(gathered.given.title.as_deref(), body);
    (text, gathered)
}

/// The part that is the report, as paragraphs.
fn report(document: Document) -> String {
    let whole = document.clone_document();
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    let found = trafilatura::extract_document(document, &options);
    let text = found.map(|found| flow::of_html(&found.content_html)).unwrap_or_default();
    if text.trim().is_empty() { flow::of_page(&whole) } else { text }
}

/// The headline first, if it does not stand there.
fn with_headline(title: Option<&str>, body: String) -> String {
    let Some(title) = title else { return body };
    let first = body.lines().next().unwrap_or_default();
    let bare = |words: &str| -> String { words.chars().filter(|c| c.is_alphanumeric()).collect() };
    let rest = if bare(first) == bare(title) { body[first.len()..].trim_start() } else { body.as_str() };
    if rest.is_empty() { title.to_string() } else { format!("{title}\n\n{rest}") }
}
