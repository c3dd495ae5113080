//! A web page to the text of its report, and what the page says of itself.
//!
//! A saved page is mostly not the report: menus, banners that ask for consent, links to other reports, comments. Which
//! part is the report is found by `dom_smoothie`, a port of the rules by which browsers show a page for reading; what it
//! returns is markup, and our own [`flow`] makes paragraphs of that. `trafilatura` finds a little more on public tests,
//! but carries 2.6 MB of lists of words, takes ten times as long, and lost the first paragraph of a printed page.
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
use detente_types::document::Given;
use dom_query::Document;
use dom_smoothie::Readability;

/// Tags of a page in which the report is looked for; a larger one, which people do not write, is read as it is.
const MOST_TAGS: usize = 100_000;

/// What is known of a page that came by another way than a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    /// The address that it came from.
    pub(crate) url: Option<String>,
    /// The day on which it was captured: not that of publication, but not before it.
    pub(crate) captured: Option<When>,
}

impl Beside {
    /// Puts what is known where the report itself says nothing.
    pub(crate) fn fill(self, given: &mut Given, remarks: &mut Vec<(&'static str, String)>) {
        given.url = given.url.take().or(self.url);
        if given.published.is_none() && self.captured.is_some() {
            let message = "it does not say when it was published; the day of its capture stands in.";
            remarks.push(("D113", message.to_string()));
            given.published = self.captured;
        }
    }
}

/// One page that is one report.
pub(crate) fn take(name: &str, bytes: &[u8], hints: Hints<'_>, beside: Beside, tray: &mut Tray<'_>) {
    match decode::text(bytes, hints) {
        Ok(decoded) => of_text(name, &decoded.text, decoded.remarks, beside, tray),
        Err(kind) => tray.note("D102", format!("{name}: {kind}; it was not read.")),
    }
}

/// One page whose characters are known.
pub(crate) fn of_text(
    name: &str,
    html: &str,
    mut remarks: Vec<(&'static str, String)>,
    beside: Beside,
    tray: &mut Tray<'_>,
) {
    // A page says its character set itself, so that it is in another one is nothing to remark.
    remarks.retain(|(code, _)| *code != "D103");
    let (text, mut gathered) = read(html);
    remarks.append(&mut gathered.take_remarks());
    beside.fill(&mut gathered.given, &mut remarks);
    let notes = notes(name, remarks);
    tray.report(name.to_string(), text, gathered.given, notes);
}

/// The text of the report on a page, and what the page says of it.
fn read(html: &str) -> (String, given::Gathered) {
    let tamed = tame::tame(html);
    let document = Document::from(tamed.html.as_ref());
    let gathered = about::gather(&document);
    let body = report(document, tamed.tags);
    let text = with_headline(gathered.given.title.as_deref(), body);
    (text, gathered)
}

/// The part that is the report, as paragraphs.
fn report(document: Document, tags: usize) -> String {
    if tags > MOST_TAGS {
        return flow::of_page(&document);
    }
    let body = about::body(&document).map(|body| flow::of_words(&body));
    let reader = Readability::with_document(document.clone(), None, None);
    let found = reader.and_then(|mut reader| reader.parse()).map(|found| flow::of_html(&found.content));
    let text = found.unwrap_or_default();
    match body {
        // A page that a script draws.
        Some(body) if body.len() > 2 * text.len() => body,
        _ if text.trim().is_empty() => flow::of_page(&document),
        _ => text,
    }
}

/// The headline first, if it does not stand there.
fn with_headline(title: Option<&str>, body: String) -> String {
    let Some(title) = title else { return body };
    let first = body.lines().next().unwrap_or_default();
    let bare = |words: &str| -> String { words.chars().filter(|c| c.is_alphanumeric()).collect() };
    let rest = if bare(first) == bare(title) { body[first.len()..].trim_start() } else { body.as_str() };
    if rest.is_empty() { title.to_string() } else { format!("{title}\n\n{rest}") }
}
