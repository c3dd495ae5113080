//! Bytes to text: the character set is found, what cannot be decoded is marked and said.
//!
//! # How
//! 1. A byte order mark decides. 2. What is valid UTF-8 is UTF-8, and so is what would be but for a few
//!    bytes: those become U+FFFD. 3. Then what the sender says counts, the page itself (`<meta charset>`), and the
//!    declaration of XML, if the bytes do not belie it: "iso-8859-1" is what servers say that were never asked.
//! 4. For anything else the character set is guessed from the letters (`chardetng`, the detector of a browser).
//!
//! # Does not
//! Look for markup: `kind` says what the bytes are.

use crate::limits::MOST_TEXT;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text, and remarks as code and words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) remarks: Vec<(&'static str, String)>,
}

/// What is known of the character set before the bytes are looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hints<'a> {
    /// What the sender says.
    pub(crate) charset: Option<&'a str>,
    /// It is a web page, which may say it itself.
    pub(crate) page: bool,
}

/// The text of a file, or what the file is if it is no text.
pub(crate) fn text(bytes: &[u8], hints: Hints<'_>) -> Result<Decoded, &'static str> {
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
    let told = || told(bytes, hints).filter(|told| believed(told, bytes)).map(|told| with(told, bytes));
    Ok(utf8(bytes).or_else(told).unwrap_or_else(|| legacy(bytes)))
}

/// What the sender or the page says of the character set.
fn told(bytes: &[u8], hints: Hints<'_>) -> Option<&'static Encoding> {
    let label = |label: &str| Encoding::for_label(label.trim().as_bytes());
    let inside =
        || if hints.page { declared(&bytes[..bytes.len().min(4096)]).and_then(|l| label(&l)) } else { None };
    // UTF-8 has been tried.
    hints.charset.and_then(label).filter(|e| *e != UTF_8).or_else(inside).filter(|e| *e != UTF_8)
}

/// `charset=gbk` in a `meta`, `encoding="gbk"` in the declaration of XML.
fn declared(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let value = |rest: &str| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end =
            rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_string())
    };
    let metas = head.split("<meta").skip(1).map(|tag| tag.split('>').next().unwrap_or(tag));
    let meta = metas.filter_map(|tag| tag.split_once("charset")).find_map(|(_, rest)| value(rest));
    let xml = || {
        let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
        value(declaration.split_once("encoding")?.1)
    };
    meta.or_else(xml)
}

/// Do the bytes not belie what is said of them? Text in Western European letters is what everything is called that
/// nobody looked at, so the letters are asked too.
fn believed(told: &'static Encoding, bytes: &[u8]) -> bool {
    if told == WINDOWS_1252 {
        return guess(bytes).is_single_byte() && !cyrillic_or_so(guess(bytes));
    }
    let (text, damage) = told.decode_without_bom_handling(bytes);
    let broken = text.matches(char::REPLACEMENT_CHARACTER).count();
    let control = text.chars().filter(|c| ('\u{80}'..'\u{a0}').contains(c)).count();
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    !(damage || control > 0) || (broken + control) * 50 < foreign
}

/// A character set of other than Latin letters.
fn cyrillic_or_so(encoding: &'static Encoding) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(b"\xc0\xd0\xe0\xf0");
    text.chars().any(|c| c.is_alphabetic() && u32::from(c) >= 0x370)
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
    with(guess(bytes), bytes)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
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
