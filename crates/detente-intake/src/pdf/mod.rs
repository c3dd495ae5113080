//! A PDF to running text: glyphs to lines, lines to paragraphs, without what stands on every page.
//!
//! A PDF has no text, only letters at places. `lopdf` reads its objects; what a page shows is followed here, with
//! every step counted, because a page may show itself.
//!
//! # How
//! 1. Each page is [drawn](run): pieces of text with their places and sizes.
//! 2. [`paragraphs`]: pieces to lines by their height, lines to paragraphs by gaps, indents and short lines; what stands
//!    on top or at the foot of every page is left out; words cut at the end of a line are joined.
//!
//! # Does not
//! Recognise letters in pictures: a scanned page is said to be one. Read a table as one.

mod font;
mod paragraphs;
mod run;

use crate::Failure;
use crate::limits::MOST_TEXT;
use crate::tray::{Tray, notes};
use detente_types::document::Given;
use lopdf::{Document, LoadOptions};

/// Bytes that one stream in a PDF may unpack to.
pub(crate) const MOST_STREAM: usize = 32 << 20;

/// Pages that are looked at; text ends long before.
const MOST_PAGES: usize = 5_000;

/// One PDF, which is one report.
pub(crate) fn take(name: &str, bytes: &[u8], tray: &mut Tray<'_>) {
    let document = match load(bytes) {
        Ok(document) => document,
        Err(what) => return tray.failure(Failure::new(what, name, "save its words as plain text")),
    };
    let mut pages = Vec::new();
    let mut work = run::Work::default();
    let mut shown = 0;
    for id in document.page_iter().take(MOST_PAGES) {
        let page = run::page(&document, id, &mut work);
        shown += page.iter().map(|piece| piece.text.len()).sum::<usize>();
        pages.push(page);
        if work.spent() || shown > 2 * MOST_TEXT {
            break;
        }
    }
    if work.spent() {
        let what = "a PDF with more steps in it than a report has; the rest was not read";
        tray.failure(Failure::new(what, name, "save its words as plain text"));
    }
    if work.broken > 0 {
        let what = format!("a PDF in which {} pages cannot be unpacked; they were not read", work.broken);
        tray.failure(Failure::new(what, name, "get it again"));
    }
    let text = paragraphs::text(&pages);
    if text.trim().is_empty() && (work.broken > 0 || work.spent()) {
        return;
    }
    match told(&text, pages.len()) {
        Some(message) => tray.note("D115", format!("{name}: {message}")),
        None => {
            let title = title(&document, &text);
            tray.report(name.to_string(), text, Given { title, ..Given::default() }, notes(name, []));
        }
    }
}

fn load(bytes: &[u8]) -> Result<Document, String> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| {
        let words: String = error.to_string().chars().filter(|c| !c.is_control()).take(80).collect();
        format!("a PDF that cannot be read ({words})")
    })?;
    if document.is_encrypted() {
        return Err("a PDF that asks for a password".to_string());
    }
    Ok(document)
}

/// What is wrong with the text, if it is none.
fn told(text: &str, pages: usize) -> Option<String> {
    if text.trim().is_empty() {
        return Some(format!(
            "a PDF of pictures ({pages} pages), as a scanner makes it; recognise its text first."
        ));
    }
    let letters = text.chars().filter(|c| !c.is_whitespace()).count();
    let unread =
        text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER || ('\u{e000}'..'\u{f900}').contains(c));
    (unread.count() * 3 > letters)
        .then(|| "a PDF whose letters do not say what they are; recognise its text first.".to_string())
}

/// The title that the file gives itself, if its first lines say the same: many a file is called "Microsoft Word - x".
fn title(document: &Document, text: &str) -> Option<String> {
    let about = document.trailer.get_deref(b"Info", document).ok()?.as_dict().ok()?;
    let title = lopdf::decode_text_string(about.get_deref(b"Title", document).ok()?).ok()?;
    let bare = |s: &str| -> String {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let head: String = text.chars().take(1000).collect();
    let wanted = bare(&title);
    (wanted.len() > 8 && bare(&head).contains(&wanted)).then(|| title.trim().to_string())
}
