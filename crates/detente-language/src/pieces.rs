//! Takes a word, gives its word pieces (numbers of the encoder's vocabulary) and its spelling class.
//!
//! The encoder was trained on the pieces that BERT's uncased tokeniser makes, so this must make the
//! same ones: text without case and accents, punctuation apart, and each part cut greedily into the
//! longest pieces of the vocabulary. The text itself is never changed; this is a view of it.
//!
//! # How
//! 1. `fold` curly quotes, dashes and the ellipsis to what the treebanks spell. 2. `clean`: control
//!    characters out, accents off, lower case. 3. Cut at punctuation. 4. `cut`: longest pieces first.
//! # Does not
//! Find words (see [`crate::token`]).
//! # From
//! Devlin et al. 2019; the same steps in the same order as `BertNormalizer` and `WordPiece` of the
//! tokenizers library, compared with it on text and on random characters.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::weights::{File, Unusable};

/// Begins every sentence.
pub(crate) const START: u16 = 101;
/// Ends every sentence.
pub(crate) const STOP: u16 = 102;
const UNKNOWN: u16 = 100;
/// Of one word; longer words are addresses.
const MOST: usize = 12;
/// Longer parts are unknown, as in BERT.
const LONGEST: usize = 100;

/// The encoder's vocabulary, as an open-addressing table that lies in the weights.
#[derive(Debug)]
pub(crate) struct Pieces {
    slots: &'static [u16],
    ends: &'static [u32],
    bytes: &'static [u8],
}

impl Pieces {
    /// From the weights file.
    pub(crate) fn new(file: &File) -> Result<Pieces, Unusable> {
        let (slots, ends) = (file.u16s("pieces.slots")?, file.u32s("pieces.ends")?);
        let bytes = file.raw("pieces.bytes")?;
        let sorted = ends.windows(2).all(|w| w[0] <= w[1]);
        if slots.len() != 1 << 16 || !sorted || ends.last().map(|&e| e as usize) != Some(bytes.len()) {
            return Err(Unusable("the table of word pieces is damaged".to_owned()));
        }
        Ok(Pieces { slots, ends, bytes })
    }

    /// Number of pieces.
    pub(crate) fn len(&self) -> usize {
        self.ends.len() - 1
    }

    /// Adds the pieces of one word to `out`: at least one, at most [`MOST`].
    pub(crate) fn add(&self, word: &str, out: &mut Vec<u16>) {
        let begin = out.len();
        let mut part = String::new();
        for c in word.chars().map(fold).filter(|&c| !control(c)) {
            // Far beyond what can become pieces: a word of a million letters costs nothing more.
            if out.len() - begin >= MOST {
                break;
            }
            if space(c) || ideograph(c) || c.is_ascii_punctuation() {
                self.flush(&mut part, out);
                if !space(c) {
                    part.push(c);
                    self.flush(&mut part, out);
                }
            } else if part.len() < 16 * LONGEST {
                part.push(c);
            }
        }
        self.flush(&mut part, out);
        out.truncate(begin + MOST);
        if out.len() == begin {
            out.push(UNKNOWN);
        }
    }

    /// Is this, in lower case, a piece that is a whole word?
    pub(crate) fn is_word(&self, word: &str) -> bool {
        let hash = word.bytes().fold(BASIS, step);
        word.len() > 2 && self.find(hash, word.as_bytes(), false).is_some()
    }

    /// A part without spaces: accents off, lower case, cut at punctuation.
    fn flush(&self, part: &mut String, out: &mut Vec<u16>) {
        if part.is_empty() {
            return;
        }
        if part.is_ascii() {
            part.make_ascii_lowercase();
            self.cut(part, out);
        } else {
            let bare = part.nfd().filter(|c| c.general_category() != GeneralCategory::NonspacingMark);
            let lower: String = bare.flat_map(char::to_lowercase).collect();
            for piece in lower.split_inclusive(punctuation) {
                let mark = piece.chars().next_back().filter(|&c| punctuation(c));
                let at = piece.len() - mark.map_or(0, char::len_utf8);
                self.cut(&piece[..at], out);
                self.cut(&piece[at..], out);
            }
        }
        part.clear();
    }

    /// Longest pieces first; a part that cannot be covered is unknown as a whole.
    fn cut(&self, part: &str, out: &mut Vec<u16>) {
        if part.is_empty() {
            return;
        }
        if part.chars().count() > LONGEST {
            out.push(UNKNOWN);
            return;
        }
        let (begin, mut at) = (out.len(), 0);
        while at < part.len() {
            match self.longest(&part.as_bytes()[at..], at > 0) {
                Some((id, length)) => {
                    out.push(id);
                    at += length;
                }
                None => {
                    out.truncate(begin);
                    out.push(UNKNOWN);
                    return;
                }
            }
        }
    }

    /// The longest piece that `rest` begins with, and its length.
    fn longest(&self, rest: &[u8], inside: bool) -> Option<(u16, usize)> {
        let mut hash = if inside { step(step(BASIS, b'#'), b'#') } else { BASIS };
        let mut best = None;
        for (i, &b) in rest.iter().enumerate() {
            hash = step(hash, b);
            if let Some(id) = self.find(hash, &rest[..=i], inside) {
                best = Some((id, i + 1));
            }
        }
        best
    }

    fn find(&self, hash: u64, text: &[u8], inside: bool) -> Option<u16> {
        let mut at = (hash ^ hash >> 32) as usize & 0xFFFF;
        // The table is at most half full, so an empty slot ends the search soon.
        for _ in 0..self.slots.len() {
            let id = self.slots[at];
            let (from, to) = (*self.ends.get(id as usize)?, *self.ends.get(id as usize + 1)?);
            let piece = self.bytes.get(from as usize..to as usize)?;
            let piece = if inside { piece.strip_prefix(b"##") } else { Some(piece) };
            if piece == Some(text) {
                return Some(id);
            }
            at = (at + 1) & 0xFFFF;
        }
        None
    }
}

const BASIS: u64 = 0xCBF2_9CE4_8422_2325;

/// FNV-1a.
fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
}

/// The treebanks spell quotes and dashes in ASCII.
fn fold(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '–' | '—' => '-',
        '…' => '.',
        _ => c,
    }
}

fn space(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || c.is_whitespace()
}

fn control(c: char) -> bool {
    use GeneralCategory::{Control, Format, PrivateUse};
    match c {
        '\t' | '\n' | '\r' => false,
        '\0' | '\u{FFFD}' => true,
        ' '..='~' => false,
        _ => matches!(c.general_category(), Control | Format | PrivateUse),
    }
}

fn punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// Chinese characters stand alone in BERT's vocabulary.
fn ideograph(c: char) -> bool {
    matches!(c as u32, 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

/// Spelling class of word pieces that belong to no word.
pub(crate) const NO_SHAPE: u8 = 16;

/// Eight classes of spelling times "first word or not"; the encoder itself is blind to case.
pub(crate) fn shape(word: &str, first: bool) -> u8 {
    let class = if word.chars().all(digit) {
        0
    } else if word.chars().any(digit) {
        1
    } else if !word.chars().any(letter) {
        2
    } else {
        let (upper, lower) = (word.chars().any(upper), word.chars().any(char::is_lowercase));
        match (upper, lower) {
            (false, true) => 3,
            (true, false) if word.chars().nth(1).is_some() => 4,
            (true, false) => 5,
            _ if word.chars().next().is_some_and(char::is_uppercase) => 6,
            _ => 7,
        }
    };
    class * 2 + u8::from(first)
}

fn upper(c: char) -> bool {
    c.is_uppercase() || !c.is_ascii() && c.general_category() == GeneralCategory::TitlecaseLetter
}

fn digit(c: char) -> bool {
    c.is_ascii_digit()
        || !c.is_ascii()
            && (c.general_category() == GeneralCategory::DecimalNumber
                || matches!(c, '²' | '³' | '¹' | '⁰'..='₉'))
}

fn letter(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_those_of_bert() {
        // Numbers as the tokenizers library gives them.
        let cases: [(&str, &[u16]); 17] = [
            ("Ceasefire", &[26277]),
            ("Türkiye", &[22883, 28008, 2063]),
            ("Mogadishu", &[9587, 3654, 10521, 6979]),
            ("n’t", &[1050, 1005, 1056]),
            ("…", &[1012]),
            ("al-Shabaab", &[2632, 1011, 21146, 3676, 7875]),
            ("U.S.", &[1057, 1012, 1055, 1012]),
            ("1,200", &[1015, 1010, 3263]),
            ("日本", &[1864, 1876]),
            ("😀", &[100]),
            ("\u{200b}", &[100]),
            ("ﬁre", &[1984, 2890]),
            ("ÇAĞRI", &[6187, 16523, 2072]),
            (
                "https://example.org/a/b/c/d",
                &[16770, 1024, 1013, 1013, 2742, 1012, 8917, 1013, 1037, 1013, 1038, 1013],
            ),
            ("naïve", &[15743]),
            ("İstanbul", &[9960]),
            ("Straße", &[2358, 27807]),
        ];
        let network = crate::Language::english().network;
        for (word, want) in cases {
            let mut got = Vec::new();
            network.pieces.add(word, &mut got);
            assert_eq!(got, want, "{word}");
        }
    }

    #[test]
    fn spelling_has_eight_classes() {
        for (word, class) in [
            ("1200", 0),
            ("1,200", 1),
            ("—", 2),
            ("talks", 3),
            ("NATO", 4),
            ("I", 5),
            ("Kyiv", 6),
            ("al-Shabaab", 7),
            ("日本", 7),
        ] {
            assert_eq!((shape(word, false), shape(word, true)), (class * 2, class * 2 + 1), "{word}");
        }
    }
}
