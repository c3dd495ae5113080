//! What the codes of a font mean, and how wide they are.

use super::MOST_STREAM;
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;

/// A font of a page. Widths are in thousandths of its size.
pub(super) struct Font {
    decoded: Decoder,
    wide: bool,
    widths: BTreeMap<u32, f64>,
    usual: Option<f64>,
}

/// Codes to letters, worked out once for each code of one byte.
enum Decoder {
    Each(Vec<String>),
    Pairs(BTreeMap<u32, String>),
    Unknown,
}

impl Font {
    pub(super) fn of(font: &Dictionary, document: &Document) -> Font {
        let wide = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let (widths, usual) = if wide { wide_widths(font, document) } else { narrow_widths(font, document) };
        Font { decoded: decoder(font, document, wide), wide, widths, usual }
    }

    /// The letters of a string, its width, and how many codes it has, how many of them blanks.
    pub(super) fn show(&self, bytes: &[u8]) -> Shown {
        let mut shown = Shown::default();
        let size = if self.wide { 2 } else { 1 };
        for code in bytes.chunks(size) {
            let code = code.iter().fold(0_u32, |code, byte| code << 8 | u32::from(*byte));
            let letters = match &self.decoded {
                Decoder::Each(all) => all.get(code as usize).map_or("\u{fffd}", String::as_str),
                Decoder::Pairs(all) => all.get(&code).map_or("\u{fffd}", String::as_str),
                Decoder::Unknown => "\u{fffd}",
            };
            let width = self.widths.get(&code).copied().or(self.usual);
            shown.width += width.unwrap_or_else(|| letters.chars().map(like).sum());
            shown.codes += 1;
            shown.blanks += usize::from(!self.wide && code == 32);
            shown.text.extend(letters.chars().flat_map(|c| plain(c).chars().chain(own(c))));
        }
        shown
    }
}

/// What a string of a page shows.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) width: f64,
    pub(super) codes: usize,
    pub(super) blanks: usize,
}

/// Ligatures are letters of printing, not of words.
fn plain(c: char) -> &'static str {
    match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        _ => "",
    }
}

fn own(c: char) -> Option<char> {
    match c {
        '\u{fb00}'..='\u{fb04}' | '\0'..='\u{8}' => None,
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// The width of a letter in a font that does not say it, as in Helvetica.
fn like(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' => 222.0,
        ' ' | 'I' | 'f' | 't' | '.' | ',' | ':' | ';' | '!' | '/' => 278.0,
        'r' | '(' | ')' | '-' | '"' => 333.0,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 500.0,
        'm' | 'M' => 833.0,
        'w' | 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'K' | 'N'..='V' | 'X' | 'Y' | 'Z' => 700.0,
        'W' => 944.0,
        _ => 556.0,
    }
}

/// What the font says of its letters: the table made for that goes before the encoding, which is about shapes.
fn decoder(font: &Dictionary, document: &Document, wide: bool) -> Decoder {
    let mut asked = font.clone();
    asked.set("Type", Object::Name(b"Font".to_vec()));
    if font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).is_ok() {
        asked.remove(b"Encoding");
    } else if wide {
        let named = font.get(b"Encoding").and_then(Object::as_name).unwrap_or_default();
        if !named.starts_with(b"UniGB") {
            return Decoder::Unknown;
        }
    }
    let Ok(encoding) = asked.get_font_encoding_with_limit(document, MOST_STREAM) else {
        return Decoder::Unknown;
    };
    let letters = |bytes: &[u8]| encoding.bytes_to_string(bytes).unwrap_or_default();
    if wide {
        let one = |code: u16| Some((u32::from(code), letters(&code.to_be_bytes()))).filter(|(_, l)| known(l));
        return Decoder::Pairs((0..=u16::MAX).filter_map(one).collect());
    }
    Decoder::Each((0..=u8::MAX).map(|code| letters(&[code])).collect())
}

/// Is a letter known, not put in for one that is not?
fn known(letters: &str) -> bool {
    !letters.is_empty() && letters != "\u{fffd}"
}

fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from)
}

fn narrow_widths(font: &Dictionary, document: &Document) -> (BTreeMap<u32, f64>, Option<f64>) {
    let first = font.get_deref(b"FirstChar", document).ok().and_then(|f| f.as_i64().ok()).unwrap_or(0);
    let Ok(widths) = font.get_deref(b"Widths", document).and_then(Object::as_array) else {
        return (BTreeMap::new(), None);
    };
    let first = u32::try_from(first).unwrap_or(0);
    let read = |object: &Object| document.dereference(object).ok().and_then(|(_, o)| number(o));
    let widths = widths.iter().take(256).enumerate();
    let widths =
        widths.filter_map(|(n, width)| Some((first.saturating_add(u32::try_from(n).ok()?), read(width)?)));
    // A font of type 3 counts in units of its own; its widths would mislead.
    let drawn = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type3");
    if drawn { (BTreeMap::new(), None) } else { (widths.collect(), None) }
}

/// `[1 [500 600] 10 20 700]`: widths from 1 on; one width from 10 to 20.
fn wide_widths(font: &Dictionary, document: &Document) -> (BTreeMap<u32, f64>, Option<f64>) {
    let mut out = BTreeMap::new();
    let inner = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
    let inner = inner.and_then(|fonts| document.dereference(fonts.first()?).ok());
    let Some(inner) = inner.and_then(|(_, object)| object.as_dict().ok()) else { return (out, Some(1000.0)) };
    let usual = inner.get_deref(b"DW", document).ok().and_then(number).unwrap_or(1000.0);
    let Ok(list) = inner.get_deref(b"W", document).and_then(Object::as_array) else {
        return (out, Some(usual));
    };
    let mut at = 0;
    let code =
        |object: Option<&Object>| object.and_then(|o| o.as_i64().ok()).and_then(|n| u32::try_from(n).ok());
    while let Some(first) = code(list.get(at)) {
        match list.get(at + 1).and_then(|o| document.dereference(o).ok()).map(|(_, o)| o) {
            Some(Object::Array(widths)) => {
                let numbered = widths.iter().take(65_536).filter_map(number).zip(first..);
                out.extend(numbered.map(|(width, code)| (code, width)));
                at += 2;
            }
            _ => {
                let (Some(last), Some(width)) = (code(list.get(at + 1)), list.get(at + 2).and_then(number))
                else {
                    break;
                };
                out.extend((first..=last.min(first.saturating_add(65_535))).map(|code| (code, width)));
                at += 3;
            }
        }
        if out.len() > 200_000 {
            break;
        }
    }
    (out, Some(usual))
}
