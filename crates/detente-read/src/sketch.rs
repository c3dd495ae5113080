//! A sketch of the body text: equal sketches mean copies.
//!
//! # From
//! Broder 1997, resemblance by bottom-k sketches of word shingles.

use crate::text::Text;
use detente_types::SentenceKind;

/// Words in a shingle.
const WIDTH: usize = 5;
/// Hashes kept.
const SIZE: usize = 96;

/// The smallest hashes of all runs of five words, sorted; and the number of words read.
pub(crate) fn sketch(text: &Text<'_>) -> (Vec<u64>, usize) {
    let mut words: Vec<String> = Vec::new();
    for line in text.sentences.iter().filter(|l| l.kind == SentenceKind::Body) {
        let raw = line.span.of(text.document.text());
        let found = raw.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.extend(found.map(str::to_lowercase));
    }
    let mut hashes: Vec<u64> =
        if words.len() < WIDTH { vec![hash(&words)] } else { words.windows(WIDTH).map(hash).collect() };
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SIZE);
    (hashes, words.len())
}

/// FNV-1a, 64 bits, then a finaliser, so that the smallest hashes are a fair sample.
fn hash<W: AsRef<str>>(words: &[W]) -> u64 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for word in words {
        for byte in word.as_ref().bytes().chain([b' ']) {
            h = (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^ (h >> 33)
}
