//! Bytes to text: the character set is found, what cannot be decoded is marked and said.
//!
//! # How
//! 1. A byte order mark decides. 2. What is valid UTF-8 is UTF-8, and so is what would be but for a few
//!    bytes: those become U+FFFD. 3. For anything else the character set is guessed from the letters
//!    (`chardetng`, the detector of a browser).
//!
//! # Does not
//! Read PDF, office documents, archives, web pages: it says what they are.

use super::MOST_TEXT;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text, and remarks as code and words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) remarks: Vec<(&'static str, String)>,
}

/// The text of a file, or what the file is if it is no text.
pub(super) fn text(bytes: &[u8]) -> Result<Decoded, &'static str> {
    if let Some(kind) = known_kind(bytes) {
        return Err(kind);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        if encoding == UTF_8 {
            let mut decoded = utf8(&bytes[mark..]).unwrap_or_else(|| legacy(&bytes[mark..]));
            // Blanks for the mark, so that offsets count bytes of the file.
            decoded.text.insert_str(0, &" ".repeat(mark));
            return Ok(decoded);
        }
        return Ok(with(encoding, &bytes[mark..]));
    }
    if let Some(encoding) = wide(bytes) {
        return Ok(with(encoding, bytes));
    }
    if is_binary(bytes) {
        return Err("not a text but a binary file");
    }
    Ok(utf8(bytes).unwrap_or_else(|| legacy(bytes)))
}

/// Kinds of files that people take for texts.
fn known_kind(bytes: &[u8]) -> Option<&'static str> {
    let page = |bytes: &[u8]| {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start().to_ascii_lowercase();
        head.starts_with("<!doctype html") || head.starts_with("<html")
    };
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("not a text but a PDF"),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some("not a text but an RTF document"),
        [b'P', b'K', 3, 4, ..] => Some("not a text but an office document or an archive"),
        _ if page(bytes) => Some("not a text but the HTML of a web page"),
        _ => None,
    }
}

/// UTF-16 without a mark: English text in it has a zero in every second byte.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if pairs < 4 => None,
        () if odd * 10 > pairs * 8 && even == 0 => Some(UTF_16LE),
        () if even * 10 > pairs * 8 && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let control = |b: &&u8| **b < 32 && !matches!(**b, b'\t' | b'\n' | b'\r' | 12 | 27);
    head.contains(&0) || head.iter().filter(control).count() * 20 > head.len()
}

/// UTF-8, also if damaged: there must be more sound characters beyond ASCII than unsound bytes.
fn utf8(bytes: &[u8]) -> Option<Decoded> {
    let (mut sound, mut unsound) = (0_usize, 0_usize);
    let mut text = String::with_capacity(bytes.len());
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        text.push_str(chunk.valid());
        // A character that the cap cut in two is no damage.
        let cut = chunks.peek().is_none() && bytes.len() > MOST_TEXT;
        if !chunk.invalid().is_empty() && !cut {
            unsound += 1;
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    let remarks = match unsound {
        0 => Vec::new(),
        n if n <= sound => vec![("D104", damaged(n))],
        _ => return None,
    };
    Some(Decoded { text, remarks })
}

fn damaged(places: usize) -> String {
    format!("damaged UTF-8: what could not be decoded stands as \u{fffd}, in {places} places.")
}

/// A character set of before UTF-8.
fn legacy(bytes: &[u8]) -> Decoded {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    with(detector.guess(None, chardetng::Utf8Detection::Deny), bytes)
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damage) = encoding.decode_without_bom_handling(bytes);
    let mut remarks = vec![(
        "D103",
        format!("read as {}; citations count bytes of the same text in UTF-8.", encoding.name()),
    )];
    if damage {
        let places = text.matches(char::REPLACEMENT_CHARACTER).count();
        remarks.push(("D104", format!("what could not be decoded stands as \u{fffd}, in {places} places.")));
    }
    Decoded { text: text.into_owned(), remarks }
}
