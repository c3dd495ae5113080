//! Takes words as they stand in a report or a knowledge file, gives the pieces by which names are compared.
//!
//! One armed group is "Tehreek-e-Taliban Pakistan" in one paper and "Tehrik-i-Taliban Pakistan" in the
//! next; one capital is "Sana'a", "Sana’a" and "Sanaa"; one tokeniser gives `U.S.` and another `U`, `.`,
//! `S`. Names are therefore compared piece by piece, after the same folding on both sides.
//!
//! # How
//! 1. A word is cut at hyphens, dashes and before a final 's; each part is a piece.
//! 2. A piece is lower case without diacritics, full stops and apostrophes.
//! 3. Spelling classes (`data/spellings.toml`) give one form to each class: "tehrik" is "tehreek".
//! 4. A hyphen between letters and digits joins them: "M-23" is "m23".
//!
//! # Does not
//! Change the text: the reader keeps its own spans; only keys are folded.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A piece that no key holds: names do not reach across it (commas, brackets, quotation marks).
pub(crate) const WALL: &str = "\u{1}";

/// One part of a word, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Folded text, the key's part.
    pub(crate) text: String,
    /// As printed, without full stops, hyphens and apostrophes.
    pub(crate) raw: String,
    /// The word it comes from, counted from the start of the slice.
    pub(crate) word: usize,
    /// Follows its predecessor without a space in the key.
    pub(crate) glued: bool,
    /// Begins with an upper-case letter, or with no letter at all.
    pub(crate) capital: bool,
}

/// Spelling classes: sorted pairs of a folded variant and the form that stands for its class.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spellings(Vec<(String, String)>);

impl Spellings {
    /// The classes in which every variant of a pair means its second part.
    pub(crate) fn new(mut pairs: Vec<(String, String)>) -> Spellings {
        pairs.sort();
        pairs.dedup_by(|a, b| a.0 == b.0);
        Spellings(pairs)
    }

    /// The classes as entries, one variant each.
    pub(crate) fn into_entries(self) -> Vec<crate::entry::SpellingEntry> {
        let pairs = self.0.into_iter();
        pairs.map(|(variant, form)| crate::entry::SpellingEntry { form, also: vec![variant] }).collect()
    }

    /// The form that stands for the class of this piece, or the piece itself.
    fn settle(&self, piece: String) -> String {
        match self.0.binary_search_by(|(variant, _)| variant.as_str().cmp(&piece)) {
            Ok(found) => self.0[found].1.clone(),
            Err(_) => piece,
        }
    }
}

/// Folds a run of words, no more than `most` pieces of it.
pub(crate) fn pieces(words: &[&str], spellings: &Spellings, most: usize) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut joint = Joint::Space;
    for (at, word) in words.iter().enumerate() {
        if out.len() >= most {
            break;
        }
        if word.chars().all(is_hyphen) && !word.is_empty() {
            joint = Joint::Hyphen;
            continue;
        }
        cut(word, at, &mut joint, &mut out);
    }
    for piece in &mut out {
        piece.text = spellings.settle(std::mem::take(&mut piece.text));
    }
    out
}

/// The key of a name: its pieces, joined by spaces where they are apart.
pub(crate) fn key(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        if !out.is_empty() && !piece.glued {
            out.push(' ');
        }
        out.push_str(&piece.text);
    }
    out
}

/// Splits a name as listed in a file into words at white space.
pub(crate) fn words_of(name: &str) -> Vec<&str> {
    name.split_whitespace().collect()
}

/// How the next piece stands to the one before it.
#[derive(Clone, Copy, PartialEq)]
enum Joint {
    Space,
    Hyphen,
    Tight,
}

/// Cuts one word into pieces and appends them.
fn cut(word: &str, at: usize, joint: &mut Joint, out: &mut Vec<Piece>) {
    let (stem, possessive) = split_possessive(word);
    let mut part = String::new();
    for c in stem.chars() {
        match c {
            c if c.is_alphanumeric() || is_combining_mark(c) => part.push(c),
            '.' | '·' => {}
            c if is_apostrophe(c) => {}
            c if is_hyphen(c) => {
                push(&mut part, at, joint, out);
                *joint = Joint::Hyphen;
            }
            '&' => {
                push(&mut part, at, joint, out);
                part.push_str("and");
                push(&mut part, at, joint, out);
            }
            _ => {
                push(&mut part, at, joint, out);
                wall(at, joint, out);
            }
        }
    }
    let elided =
        !part.is_empty() && stem.ends_with(is_apostrophe) && !possessive && part.chars().count() <= 2;
    push(&mut part, at, joint, out);
    if elided {
        *joint = Joint::Tight;
    }
    if possessive {
        part.push('s');
        push(&mut part, at, joint, out);
    }
}

/// Takes off a final 's, straight or curly.
fn split_possessive(word: &str) -> (&str, bool) {
    let mut rest = word.char_indices().rev();
    match (rest.next(), rest.next()) {
        (Some((_, 's' | 'S')), Some((cut, c))) if is_apostrophe(c) => (&word[..cut], true),
        _ => (word, false),
    }
}

/// Ends a piece.
fn push(part: &mut String, at: usize, joint: &mut Joint, out: &mut Vec<Piece>) {
    if part.is_empty() {
        return;
    }
    let raw = std::mem::take(part);
    let text = fold(&raw);
    let capital = raw.chars().next().is_none_or(|c| !c.is_lowercase());
    let glued = match (*joint, out.last()) {
        (Joint::Tight, Some(_)) => true,
        (Joint::Hyphen, Some(before)) => joins_number(before, &text),
        _ => false,
    };
    out.push(Piece { text, raw, word: at, glued, capital });
    *joint = Joint::Space;
}

/// "M-23", "S-400": one or two letters, a hyphen, digits.
fn joins_number(before: &Piece, text: &str) -> bool {
    before.text.len() <= 3
        && before.text.chars().all(char::is_alphabetic)
        && text.starts_with(|c: char| c.is_ascii_digit())
}

/// Marks a place that no name reaches across.
fn wall(at: usize, joint: &mut Joint, out: &mut Vec<Piece>) {
    *joint = Joint::Space;
    let text = WALL.to_string();
    out.push(Piece { raw: text.clone(), text, word: at, glued: false, capital: false });
}

/// Lower case without diacritics.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ə' => out.push('a'),
            'þ' => out.push_str("th"),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Straight and curly apostrophes, the letters that transliterate hamza and ayn.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ʹ')
}

/// Hyphens and dashes that stand inside names.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[&str], expected: &str) {
        let spellings = Spellings::new(vec![("tehrik".into(), "tehreek".into()), ("i".into(), "e".into())]);
        assert_eq!(key(&pieces(words, &spellings, 99)), expected, "{words:?}");
    }

    #[test]
    fn every_tokenisation_of_a_name_has_one_key() {
        check(&["Tehreek-e-Taliban", "Pakistan"], "tehreek e taliban pakistan");
        check(&["Tehrik", "-", "i", "-", "Taliban", "Pakistan"], "tehreek e taliban pakistan");
        check(&["M23"], "m23");
        check(&["M", "-", "23"], "m23");
        check(&["U.S."], "us");
        check(&["Sana’a"], "sanaa");
        check(&["Sana'a"], "sanaa");
        check(&["Côte", "d’Ivoire"], "cote divoire");
        check(&["Côte", "d'", "Ivoire"], "cote divoire");
        check(&["People", "'s", "Army"], "people s army");
        check(&["People’s", "Army"], "people s army");
        check(&["Türkiye"], "turkiye");
    }

    #[test]
    fn names_end_at_punctuation() {
        check(&["Paris", ",", "Texas"], "paris \u{1} texas");
        check(&["(UN)"], "\u{1} un \u{1}");
    }

    #[test]
    fn capitals_are_seen() {
        let caps = |word: &str| pieces(&[word], &Spellings::default(), 9)[0].capital;
        assert!(caps("Turkey") && caps("TURKEY") && caps("1990") && !caps("turkey") && !caps("al-Shabaab"));
    }
}
