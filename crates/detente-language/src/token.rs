//! Takes a range of text, gives its words and punctuation as byte ranges.
//!
//! Everything after this looks at words as the treebanks cut them, so the conventions are those of
//! Universal Dependencies for English: "don't" is "do" + "n't", "Kyiv's" is "Kyiv" + "'s",
//! "Pakistan-Afghanistan" is three words, but "co-operate", "non-state" and "e-mail" are one;
//! "U.S.", "Gen." and "a.m." keep their full stop; "$5bn" is "$" + "5" + "bn".
//!
//! # How
//! 1. Cut at space (and at control characters: they lie in gaps). 2. At each place take an `address`,
//!    a `mark` or a `word`, whichever fits. 3. A word runs over the joints that hold it together
//!    (`joint`), and is then cut into its parts (`clitics`, `units`). 4. `abbreviation` decides whether
//!    a full stop belongs to the word before it.
//! # Does not
//! Change the text; undo contractions without an apostrophe other than "cannot", "gonna" and a few.
//! # From
//! UD English EWT and GUM (the conventions, read off their training parts).

use std::ops::Range;

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::lists;

/// The tokens of `text[block]`, in order, none empty, none overlapping.
pub(crate) fn tokens(text: &str, block: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::with_capacity(block.len() / 5);
    let mut start = None;
    for (i, c) in text[block.clone()].char_indices() {
        let at = block.start + i;
        match (gap(c), start) {
            (true, Some(from)) => {
                chunk(text, from, at, block.end, &mut out);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        chunk(text, from, block.end, block.end, &mut out);
    }
    out
}

/// Characters that belong to no token: space, control, byte-order and direction marks.
pub(crate) fn gap(c: char) -> bool {
    match c {
        '!'..='~' => false,
        '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}' => true,
        _ => c.is_whitespace() || c.is_control(),
    }
}

/// A run without gaps.
fn chunk(text: &str, from: usize, to: usize, limit: usize, out: &mut Vec<Range<usize>>) {
    let mut scan = Scan { text, from, to, limit, at: from, out };
    while scan.at < to {
        scan.next();
    }
}

struct Scan<'a> {
    text: &'a str,
    from: usize,
    to: usize,
    limit: usize,
    at: usize,
    out: &'a mut Vec<Range<usize>>,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..self.to]
    }

    fn take(&mut self, length: usize) {
        self.out.push(self.at..self.at + length);
        self.at += length;
    }

    fn next(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return };
        let starts = self.at == self.from || !self.text[..self.at].ends_with(in_word);
        let length = if starts { address(rest).or_else(|| mark(rest)) } else { mark(rest) };
        match length {
            Some(length) => self.take(length),
            None if in_word(first) => self.word(),
            None => self.take(symbol(rest, first)),
        }
    }

    /// A word with its joints, then its parts, then perhaps a full stop.
    fn word(&mut self) {
        let rest = self.rest();
        let mut length = run(rest);
        while let Some(more) = joint(&rest[..length], &rest[length..], self.out.last(), self.text, self.at) {
            length += more + run(&rest[length + more..]);
        }
        let (at, word) = (self.at, &rest[..length]);
        let dollar = rest[length..].starts_with('$') && lists::is_dollar(word);
        let stop = abbreviation(self.text, at..at + length, self.limit, self.out.last());
        if dollar || stop {
            self.take(length + 1);
            return;
        }
        let mut cuts = [0; 4];
        let n = parts(word, &mut cuts);
        for &part in &cuts[..n] {
            self.take(part);
        }
    }
}

/// Letters, digits and what rides on them.
pub(crate) fn in_word(c: char) -> bool {
    match c {
        '0'..='9' | 'A'..='Z' | 'a'..='z' | '_' => true,
        _ if c.is_ascii() => false,
        '\u{200C}' | '\u{200D}' | '\u{AD}' => true,
        _ => c.is_alphanumeric() || c.general_category_group() == GeneralCategoryGroup::Mark,
    }
}

fn run(rest: &str) -> usize {
    rest.find(|c| !in_word(c)).unwrap_or(rest.len())
}

/// `'` in its usual spellings.
pub(crate) fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´' | 'ʼ')
}

/// Web and mail addresses, files, handles and tags, as far as they go.
fn address(rest: &str) -> Option<usize> {
    let near = &rest[..floor(rest, 300)];
    if !near.contains(['.', '@', '#', ':']) {
        return None;
    }
    let lower = near.get(..8).unwrap_or(near).to_ascii_lowercase();
    if ["http://", "https://", "ftp://", "www."].iter().any(|p| lower.starts_with(p)) {
        return Some(trim_address(rest));
    }
    if let Some(tag) = near.strip_prefix(['#', '@']) {
        let length = run(tag);
        let named = tag.starts_with(char::is_alphabetic) && length > 1;
        return named.then_some(1 + length);
    }
    if !near.starts_with(in_word) {
        return None;
    }
    mail(near).or_else(|| domain(rest, near))
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// An address runs to the end, without the punctuation that follows it in the sentence.
fn trim_address(rest: &str) -> usize {
    let end = rest.find(['"', '“', '”', '<', '>', '|', '»']).unwrap_or(rest.len());
    let bare = rest[..end].trim_end_matches(|c: char| ".,;:!?'’)]}*…".contains(c));
    let open = bare.matches('(').count() > bare.matches(')').count() && rest[bare.len()..].starts_with(')');
    bare.len() + usize::from(open)
}

fn mail(near: &str) -> Option<usize> {
    let local = near.find(|c: char| !(in_word(c) || matches!(c, '.' | '+' | '-')))?;
    let host = near[local..].strip_prefix('@')?;
    let length = host.find(|c: char| !(in_word(c) || matches!(c, '.' | '-'))).unwrap_or(host.len());
    let host = host[..length].trim_end_matches(['.', '-']);
    (local > 0 && host.contains('.')).then_some(local + 1 + host.len())
}

/// "example.org", "example.org/page", "map.pdf".
fn domain(rest: &str, near: &str) -> Option<usize> {
    let length = near
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')))
        .unwrap_or(near.len());
    let host = near[..length].trim_end_matches(['.', '-', '_']);
    let (name, end) = host.rsplit_once('.')?;
    if !lists::is_domain(end) || name.is_empty() || name.ends_with('.') {
        return None;
    }
    let page = rest[host.len()..].starts_with('/');
    Some(if page { trim_address(rest) } else { host.len() })
}

/// Punctuation of more than one character, clitics and short forms that begin with an apostrophe.
fn mark(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let (first, second) = (chars.next()?, chars.next());
    if apostrophe(first) {
        let length = first.len_utf8() + run(&rest[first.len_utf8()..]);
        let tail = &rest[first.len_utf8()..length];
        let year = tail.trim_end_matches('s').len() == 2 && tail.starts_with(|c: char| c.is_ascii_digit());
        if year || lists::is_clitic(tail) || lists::is_short_form(tail) {
            return Some(length);
        }
    }
    let same = |set: &str| rest.find(|c| !set.contains(c)).unwrap_or(rest.len());
    match (first, second) {
        ('.', Some('.' | '?' | '!')) | ('!' | '?', Some('!' | '?')) => Some(same(".!?")),
        ('[', Some('.')) if rest.starts_with("[...]") => Some(5),
        (':' | ';' | '=', Some(')' | '(' | '-' | 'D' | 'P')) => face(rest),
        ('\'', Some('\'')) | ('`', Some('`')) | ('’', Some('’')) => Some(2 * first.len_utf8()),
        ('-' | '*' | '=' | '_' | '+' | '~' | '<' | '>' | '#' | '$', Some(c)) if c == first => {
            Some(rest.find(|c| c != first).unwrap_or(rest.len()))
        }
        _ => None,
    }
}

fn face(rest: &str) -> Option<usize> {
    let face =
        [":-)", ":-(", ";-)", ":)", ":(", ";)", "=)", ":D", ":P"].iter().find(|f| rest.starts_with(**f))?;
    (!rest[face.len()..].starts_with(in_word)).then_some(face.len())
}

/// One symbol, with the marks and joiners that make one picture of several characters.
fn symbol(rest: &str, first: char) -> usize {
    let mut length = first.len_utf8();
    if first.is_ascii() {
        return length;
    }
    while let Some(c) = rest[length..].chars().next() {
        let rides = c == '\u{200D}' || c.general_category_group() == GeneralCategoryGroup::Mark;
        let joined = rest[..length].ends_with('\u{200D}') && !gap(c) && !in_word(c);
        if !rides && !joined && !matches!(c, '\u{1F3FB}'..='\u{1F3FF}') {
            break;
        }
        length += c.len_utf8();
    }
    length
}

/// Does the word go on over the next character? Gives the joint's length.
fn joint(word: &str, rest: &str, last: Option<&Range<usize>>, text: &str, at: usize) -> Option<usize> {
    let mut chars = rest.chars();
    let (mark, next) = (chars.next()?, chars.next()?);
    if !in_word(next) {
        return None;
    }
    let before = word.chars().next_back()?;
    let holds = match mark {
        '.' | ',' | ':' => {
            let (a, b) = (before.is_ascii_digit(), next.is_ascii_digit());
            a && b || mark == '.' && letters(word, rest)
        }
        '&' => before.is_alphanumeric() && !rest.starts_with("&amp;"),
        '*' => before.is_alphabetic() && next.is_alphabetic(),
        '/' => slash(word, rest),
        '-' | '\u{2010}' | '\u{2011}' => {
            let inside = last.is_some_and(|l| l.end == at && text[l.clone()].ends_with('-'));
            hyphen(word, &rest[mark.len_utf8()..], inside)
        }
        _ => {
            apostrophe(mark) && !before.is_ascii_digit()
                || apostrophe(mark)
                    && lists::is_clitic(&rest[mark.len_utf8()..][..run(&rest[mark.len_utf8()..])])
        }
    };
    holds.then(|| mark.len_utf8())
}

/// "U.S", "a.k.a", "Ph.D": single letters between full stops.
fn letters(word: &str, rest: &str) -> bool {
    let single = |part: &str| part.chars().nth(1).is_none() && part.chars().all(char::is_alphabetic);
    let after = &rest[1..];
    let next = &after[..run(after)];
    let so_far = word.split('.').all(single);
    so_far && single(next) && !next.is_empty() || lists::is_degree(word, next)
}

/// Dates: "9/11", "07/17/2000".
fn slash(word: &str, rest: &str) -> bool {
    let next = &rest[1..][..run(&rest[1..])];
    let short = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    let year = (next.len() == 4 || short(next)) && next.bytes().all(|b| b.is_ascii_digit());
    word.split('/').all(short) && year
}

/// Is the hyphen part of the word? Prefixes, telephone numbers and dates are kept whole.
fn hyphen(word: &str, after: &str, inside: bool) -> bool {
    let next = &after[..run(after)];
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if digits(next) && word.split('-').all(digits) {
        let widths: Vec<usize> = word.split('-').map(str::len).chain([next.len()]).collect();
        let more = after[next.len()..]
            .strip_prefix('-')
            .is_some_and(|m| m.starts_with(|c: char| c.is_ascii_digit()));
        return match widths[..] {
            [3, 4] | [3, 3, 4] | [1, 3, 3, 4] | [4, 1..=2, 1..=2] | [1..=2, 1..=2, 2 | 4] => true,
            [3, 3] | [1, 3] | [1, 3, 3] | [4 | 1..=2, 1..=2] => more,
            _ => false,
        };
    }
    !inside && !word.contains('-') && lists::is_prefix(word) && next.starts_with(char::is_alphanumeric)
}

/// Does the full stop after the word belong to it?
fn abbreviation(text: &str, word: Range<usize>, limit: usize, last: Option<&Range<usize>>) -> bool {
    let after = &text[word.end..limit];
    let Some(after) = after.strip_prefix('.') else { return false };
    if after.starts_with(['.', '?', '!']) || after.starts_with(in_word) {
        return false;
    }
    let previous = last.map(|l| &text[l.clone()]);
    let next = after.trim_start_matches(gap);
    lists::is_abbreviation(&text[word], previous, next)
}

/// Cuts a word into clitics, number and unit; writes the lengths of the parts.
fn parts(word: &str, out: &mut [usize; 4]) -> usize {
    if let Some(cut) = lists::contraction(word).or_else(|| unit(word)) {
        (out[0], out[1]) = (cut, word.len() - cut);
        return 2;
    }
    let (mut stem, mut tails, mut n) = (word, [0; 3], 0);
    while n < 3 {
        let Some(cut) = clitic(stem) else { break };
        tails[n] = stem.len() - cut;
        n += 1;
        stem = &stem[..cut];
    }
    out[0] = stem.len();
    for i in 0..n {
        out[i + 1] = tails[n - 1 - i];
    }
    n + 1
}

/// Where "n't" or "'s", "'ve", ... begins at the end of a word.
fn clitic(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().find(|&(_, c)| apostrophe(c))?;
    let tail = &word[at + mark.len_utf8()..];
    if tail.eq_ignore_ascii_case("t") && word[..at].ends_with(['n', 'N']) {
        return (at > 1).then_some(at - 1);
    }
    (at > 0 && lists::is_clitic(tail)).then_some(at)
}

/// Where the unit begins: "5bn", "10:30pm", "300km".
fn unit(word: &str) -> Option<usize> {
    let cut = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))?;
    (cut > 0 && lists::is_unit(&word[cut..])).then_some(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &str) {
        let got: Vec<&str> = tokens(text, 0..text.len()).into_iter().map(|t| &text[t]).collect();
        assert_eq!(got.join(" "), want);
    }

    #[test]
    fn contractions_are_cut() {
        check("They don't, can't and won’t.", "They do n't , ca n't and wo n’t .");
        check("Kyiv's and Paris’ mayors' plans", "Kyiv 's and Paris ’ mayors ' plans");
        check("They’ll say I'm cannot shouldn't've", "They ’ll say I 'm can not should n't 've");
        check("O'Brien d’Ivoire rock'n'roll the '90s ’em", "O'Brien d’Ivoire rock'n'roll the '90s ’em");
        check("Kabul 's army did n't", "Kabul 's army did n't");
    }

    #[test]
    fn hyphens_cut_compounds_but_not_prefixes() {
        check(
            "Pakistan-Afghanistan al-Qaeda 10-year-old",
            "Pakistan - Afghanistan al - Qaeda 10 - year - old",
        );
        check(
            "co-operate non-state e-mail Anti-American mid-2024",
            "co-operate non-state e-mail Anti-American mid-2024",
        );
        check("a non-US-led force", "a non-US - led force");
        check("Lashkar-e-Toiba", "Lashkar - e - Toiba");
        check(
            "2-3 days, 2024-25, 713-853-3989, 2025-10-12",
            "2 - 3 days , 2024 - 25 , 713-853-3989 , 2025-10-12",
        );
        check("word—word – word--word", "word — word – word -- word");
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        check(
            "Gen. Dagalo met Mr. Smith Jr. at 5 a.m. in the U.S.",
            "Gen. Dagalo met Mr. Smith Jr. at 5 a.m. in the U.S.",
        );
        check("No. 10 said no. It ended.", "No. 10 said no . It ended .");
        check("J. R. Smith et al. vs. B. etc.", "J. R. Smith et al. vs. B . etc.");
        check(
            "on Oct. 12, Sun. 5, in the sun. A Ph.D. student",
            "on Oct. 12 , Sun. 5 , in the sun . A Ph.D. student",
        );
        check("the U.S.-led U.N.'s", "the U.S. - led U.N. 's");
    }

    #[test]
    fn numbers_keep_together_and_units_come_off() {
        check("$5bn, US$1.2m, €40, 1,200.50 at 10:30pm", "$ 5 bn , US$ 1.2 m , € 40 , 1,200.50 at 10:30 pm");
        check("50% of 300km on 9/11 and 07/17/2000", "50 % of 300 km on 9/11 and 07/17/2000");
        check("the 1990s, 2nd, A320, F-16", "the 1990s , 2nd , A320 , F - 16");
        check("and/or AT&T", "and / or AT&T");
    }

    #[test]
    fn addresses_are_one_token() {
        check("see https://example.org/a?b=c.", "see https://example.org/a?b=c .");
        check("(www.example.org/x_(y)), a.b@c-d.org!", "( www.example.org/x_(y) ) , a.b@c-d.org !");
        check("#Peace @envoy #1 example.com report.pdf", "#Peace @envoy # 1 example.com report.pdf");
    }

    #[test]
    fn odd_text_comes_apart() {
        check("calm.Officials said...then!?", "calm . Officials said ... then !?");
        check("“Go,” he said.[3] ***", "“ Go , ” he said . [ 3 ] ***");
        check("👍🏽👨‍👩‍👧 ok\u{200b}fine \u{feff}x", "👍🏽 👨‍👩‍👧 ok fine x");
        check("مرحبا، عالم", "مرحبا ، عالم");
    }
}
