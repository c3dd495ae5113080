//! Takes a range of text, gives its sentences, each as the byte ranges of its tokens.
//!
//! A sentence cut in the wrong place costs every arc across the cut, so each border is decided by the
//! tokens on both sides of it. "He met Gen. Haftar" goes on; "in the U.S. The talks" does not.
//!
//! # How
//! 1. [`crate::token`] finds the tokens. 2. Between any two, `border` looks at the gap: a blank line
//!    always ends a sentence; a line break does so where the line was not simply full (`Wrap`);
//!    otherwise `stops` asks whether the last token ends a sentence and the next one begins one.
//! # Does not
//! Cut at semicolons or colons, as the treebanks do here and there.

use std::ops::Range;

use crate::{lists, token};

/// The sentences of `text[block]`.
pub(crate) fn sentences(text: &str, block: Range<usize>) -> Vec<Vec<Range<usize>>> {
    let block = clamp(text, block);
    let wrap = Wrap::of(&text[block.clone()]);
    let tokens = token::tokens(text, block);
    let mut out = Vec::new();
    let mut start = 0;
    for i in 1..tokens.len() {
        if border(text, &tokens[start..], i - start, &wrap) {
            out.push(tokens[start..i].to_vec());
            start = i;
        }
    }
    if start < tokens.len() {
        out.push(tokens[start..].to_vec());
    }
    out
}

/// The range inside the text and on borders of characters.
fn clamp(text: &str, block: Range<usize>) -> Range<usize> {
    let border = |at: &usize| text.is_char_boundary(*at);
    let start = (block.start.min(text.len())..=text.len()).find(border).unwrap_or(text.len());
    let end = (0..=block.end.min(text.len())).rev().find(border).unwrap_or(0);
    start..end.max(start)
}

/// How lines end in this text: at a fixed width, or where a paragraph or heading ends.
struct Wrap {
    /// The width, if lines look filled up to one.
    width: Option<usize>,
}

impl Wrap {
    /// Longer lines are paragraphs.
    const WIDEST: usize = 120;
    /// Where all lines are shorter, they are a list or verse.
    const NARROWEST: usize = 40;

    fn of(text: &str) -> Wrap {
        let (mut lines, mut long, mut width) = (0, 0, 0);
        for line in text.lines().map(str::trim_end).filter(|l| !l.is_empty()) {
            let length = line.chars().take(Wrap::WIDEST + 1).count();
            lines += 1;
            if length > Wrap::WIDEST {
                long += 1;
            } else {
                width = width.max(length);
            }
        }
        Wrap { width: (width >= Wrap::NARROWEST && long * 10 < lines).then_some(width) }
    }

    /// Was the line that ends here full, so that its break means nothing? It was if the first word of
    /// the next line would not have fitted.
    fn full(&self, text: &str, end: usize, next: usize) -> bool {
        let Some(width) = self.width else { return false };
        let line = text[..end].rsplit(['\n', '\r']).next().unwrap_or("");
        let word = text[next..].split(token::gap).next().unwrap_or("");
        line.chars().take(width).count() + 1 + word.chars().take(width).count() > width
    }
}

/// Does a sentence end before token `i`? `tokens` begins with the sentence's first token.
fn border(text: &str, tokens: &[Range<usize>], i: usize, wrap: &Wrap) -> bool {
    let (end, start) = (tokens[i - 1].end, tokens[i].start);
    let between = &text[end..start];
    let breaks = between.matches('\n').count().max(between.matches(['\r', '\u{2028}']).count());
    if breaks > 1 || between.contains('\u{2029}') {
        return true;
    }
    let next = &text[tokens[i].clone()];
    if breaks == 1 && (bullet(text, tokens[i].clone()) || !wrap.full(text, end, start)) {
        let lower = next.starts_with(char::is_lowercase);
        let continues =
            matches!(next, ")" | "," | ";" | "." | "”" | "]") || ends_open(&text[tokens[i - 1].clone()]);
        return !(lower || continues) || stops(text, tokens, i, true);
    }
    stops(text, tokens, i, !between.is_empty())
}

/// A line that begins with "•", "- " or "* ".
fn bullet(text: &str, token: Range<usize>) -> bool {
    let followed = text[token.end..].starts_with([' ', '\t']);
    matches!(&text[token], "•" | "▪" | "●" | "◦" | "‣" | "·" | "-" | "–" | "—" | "*") && followed
}

/// A line that ends in a comma or an opening bracket goes on.
fn ends_open(last: &str) -> bool {
    matches!(last, "," | "(" | "[" | "“")
}

/// Do the tokens around the border say that a sentence ends?
fn stops(text: &str, tokens: &[Range<usize>], i: usize, gap: bool) -> bool {
    let word = |k: usize| &text[tokens[k].clone()];
    let next = word(i);
    if closes(next) && !(gap && opens_or_closes(next)) || reference(text, tokens, i) {
        return false;
    }
    // The stop may stand before the number of a note, and before closing quotes and brackets.
    let mut k = i;
    while k > 3 && word(k - 1) == "]" && reference(text, tokens, k - 3) {
        k -= 3;
    }
    while k > 1 && closes(word(k - 1)) && tokens[k - 1].start == tokens[k - 2].end {
        k -= 1;
    }
    let (stop, quoted) = (word(k - 1), k < i);
    if !gap {
        return missing_gap(text, tokens, k, i);
    }
    let begins = begins(next);
    match stop {
        "." | "。" => {
            begins || !quoted && next.starts_with(char::is_lowercase) && !after_short(text, tokens, k - 1)
        }
        _ if stop.ends_with(['!', '?']) => {
            let small = stop == "?" && !quoted && next.starts_with(char::is_lowercase);
            (begins || small) && !(quoted && spoken(text, &tokens[i..]))
        }
        _ if stop.ends_with("..") || stop == "…" => begins,
        _ if stop.ends_with('.') && k == i => ends_with_short(text, &tokens[k - 1..], next),
        _ => false,
    }
}

/// "... in 1805. (19) His ...": the number of a note belongs to the sentence before it.
fn reference(text: &str, tokens: &[Range<usize>], i: usize) -> bool {
    let rest = &text.as_bytes()[tokens[i].start..];
    let digits = rest.iter().skip(1).take(4).take_while(|b| b.is_ascii_digit()).count();
    rest[0] == b'[' && (1..=3).contains(&digits) && rest.get(1 + digits) == Some(&b']')
}

fn closes(token: &str) -> bool {
    matches!(token, "\"" | "”" | "’" | "'" | "''" | "’’" | ")" | "]" | "»" | "}")
}

fn opens_or_closes(token: &str) -> bool {
    matches!(token, "\"" | "'" | "’" | "''")
}

/// Does a token look like the first of a sentence?
fn begins(token: &str) -> bool {
    let first = token.chars().next().unwrap_or(' ');
    first.is_uppercase()
        || first.is_numeric()
        || matches!(
            first,
            '"' | '“'
                | '\''
                | '‘'
                | '’'
                | '('
                | '['
                | '«'
                | '-'
                | '–'
                | '—'
                | '*'
                | '•'
                | '#'
                | '@'
                | '$'
                | '£'
                | '€'
                | '`'
        )
        || !first.is_ascii() && !first.is_lowercase()
}

/// "calm.Officials": a stop between a small and a capital letter with no space.
fn missing_gap(text: &str, tokens: &[Range<usize>], k: usize, i: usize) -> bool {
    let word = |k: usize| &text[tokens[k].clone()];
    if k < 2 || !matches!(word(k - 1), "." | "!" | "?") || tokens[k - 2].end != tokens[k - 1].start {
        return false;
    }
    let before = word(k - 2);
    let small = before.ends_with(char::is_lowercase) && before.chars().nth(1).is_some()
        || before.ends_with([')', '%']);
    let mut next = word(i).chars();
    let capital = next.next().is_some_and(char::is_uppercase);
    let opened = matches!(word(i), "“" | "\"") && k == i && tokens.len() > i + 1;
    small && (capital || opened)
}

/// Is the full stop at `k` rather that of an unknown abbreviation ("approx. ten", "govt. forces")?
fn after_short(text: &str, tokens: &[Range<usize>], k: usize) -> bool {
    let Some(before) = k.checked_sub(1).map(|b| &text[tokens[b].clone()]) else { return true };
    let vowels = before.chars().any(|c| "aeiouyAEIOUY".contains(c));
    before.len() <= 4 && !vowels
}

/// A sentence may end with an abbreviation if the next word is one that begins sentences.
fn ends_with_short(text: &str, tokens: &[Range<usize>], next: &str) -> bool {
    let word = &text[tokens[0].start..tokens[0].end - 1];
    match lists::short(word) {
        Some(lists::Short::Title) => false,
        Some(_) if matches!(word, "e.g" | "i.e" | "vs" | "cf" | "ca" | "approx" | "et") => false,
        Some(_) => lists::starts_sentences(next) || matches!(next, "“" | "‘"),
        None => false,
    }
}

/// `Haftar asked` after a quotation: the sentence goes on.
fn spoken(text: &str, tokens: &[Range<usize>]) -> bool {
    for (i, token) in tokens.iter().take(6).enumerate() {
        let word = &text[token.clone()];
        if lists::reports_speech(word) {
            return i > 0;
        }
        if !word.starts_with(char::is_uppercase)
            && !word.ends_with('.')
            && !matches!(word, "'s" | "’s" | "of" | "the")
        {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        let found = sentences(text, 0..text.len());
        let got: Vec<&str> = found.iter().map(|s| &text[s[0].start..s[s.len() - 1].end]).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn stops_end_sentences() {
        check("Talks failed. Both sides left.", &["Talks failed.", "Both sides left."]);
        check("Who won? Nobody! It goes on.", &["Who won?", "Nobody!", "It goes on."]);
        check("He said it (twice.) Then he left.", &["He said it (twice.)", "Then he left."]);
        check("It was calm.Officials agreed.", &["It was calm.", "Officials agreed."]);
        check(
            "He waited... and left. He waited... She left.",
            &["He waited... and left.", "He waited...", "She left."],
        );
        check(
            "The vote is due in 2026. 12 parties stand.",
            &["The vote is due in 2026.", "12 parties stand."],
        );
    }

    #[test]
    fn abbreviations_do_not() {
        check("He met Gen. Burhan in the U.S. on Oct. 3.", &["He met Gen. Burhan in the U.S. on Oct. 3."]);
        check("He lives in the U.S. The talks are there.", &["He lives in the U.S.", "The talks are there."]);
        check("The U.S. Senate and J. B. Pritzker.", &["The U.S. Senate and J. B. Pritzker."]);
        check("It left at 5 a.m. They slept.", &["It left at 5 a.m.", "They slept."]);
    }

    #[test]
    fn quotations_stay_with_their_speaker() {
        check("“We go.” He left.", &["“We go.”", "He left."]);
        check("\"Is it over?\" President Ruto asked. No.", &["\"Is it over?\" President Ruto asked.", "No."]);
        check("\"Is it over?\" he asked.", &["\"Is it over?\" he asked."]);
        check("He said: “Stop!” “No,” she said.", &["He said: “Stop!”", "“No,” she said."]);
    }

    #[test]
    fn lines() {
        check("TRUCE HOLDS\n\nTalks resume", &["TRUCE HOLDS", "Talks resume"]);
        let wrapped = "The two governments agreed on Monday to open\nthe border to trucks that carry food and\nmedicine, officials of both said. Traders\nwelcomed it.";
        check(
            wrapped,
            &[
                "The two governments agreed on Monday to open\nthe border to trucks that carry food and\nmedicine, officials of both said.",
                "Traders\nwelcomed it.",
            ],
        );
        check(
            "Border reopens\nKHARTOUM - Trucks rolled on Monday\n• Food\n• Fuel",
            &["Border reopens", "KHARTOUM - Trucks rolled on Monday", "• Food", "• Fuel"],
        );
        check("It fell in 1805. [19] It rose again.", &["It fell in 1805. [19]", "It rose again."]);
    }

    #[test]
    fn blocks_are_apart() {
        let text = "One day. Two";
        assert_eq!(sentences(text, 0..3).len() + sentences(text, 3..12).len(), 3);
        assert_eq!(sentences("é", 1..9), [] as [Vec<Range<usize>>; 0]);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]

        /// Sentences are cut from the tokens of the text; nothing but gaps is left out.
        #[test]
        fn nothing_is_lost(text in "([a-z]{1,5}|[A-Z][a-z]{0,4}|[ \n]{1,2}|[.!?'’\"”(),\\[\\]-]{1,3}|[0-9]{1,3}|\\PC){0,40}") {
            let found: Vec<Range<usize>> = sentences(&text, 0..text.len()).concat();
            proptest::prop_assert_eq!(&found, &token::tokens(&text, 0..text.len()));
            let mut at = 0;
            for token in found.into_iter().chain(std::iter::once(text.len()..text.len())) {
                proptest::prop_assert!(text[at..token.start].chars().all(token::gap));
                at = token.end;
            }
        }
    }
}
