//! Words in capitals to words as a mixed-case text would print them, for analysis alone.
//!
//! Wires of the telex age, alerts and some headlines are all in capitals. Names, acronyms and plain words then look
//! alike, and nothing that asks for a capital can answer. The network itself is nearly blind to case: what it tags a
//! name in capitals mostly is one. So a first pass tags the words, and a copy of the text, byte for byte as long, is
//! written in which names have a capital, acronyms stay, and all else is lower case. Trees are made from the copy.
//!
//! # Does not
//! Change the text as received: spans and quotations count its bytes, which are the same in number.

use crate::press::Page;
use detente_knowledge::{Knowledge, NameKind, Target, WordKind};
use detente_language::{Language, Sentence};
use std::collections::BTreeSet;

/// Shorter stretches in capitals are left: they may be a name.
const FEWEST_WORDS: usize = 5;

/// The text with its shouted parts in mixed case; `None` where nothing is shouted.
pub(crate) fn recase(text: &str, page: &Page, knowledge: &Knowledge, language: &Language) -> Option<String> {
    let parts = page.title.iter().chain(&page.paragraphs).chain(&page.links);
    let shouted: Vec<_> = parts.filter(|s| is_shouted(s.of(text))).map(|s| s.start()..s.end()).collect();
    if shouted.is_empty() {
        return None;
    }
    let sentences = language.analyze(text, &shouted);
    let acronyms = bracketed(text, &sentences);
    let mut out = text.as_bytes().to_vec();
    for sentence in &sentences {
        let words: Vec<&str> = sentence.tokens.iter().map(|t| t.text(text)).collect();
        let look = Look { sentence, words: &words, knowledge, acronyms: &acronyms };
        let mut first = true;
        for (i, token) in sentence.tokens.iter().enumerate() {
            let new = look.styled(i, first);
            first &= !words[i].contains(char::is_alphanumeric);
            if new.len() == token.end - token.start {
                out[token.start..token.end].copy_from_slice(new.as_bytes());
            }
        }
    }
    String::from_utf8(out).ok()
}

/// Hardly a letter that is not a capital, in more than a name.
fn is_shouted(part: &str) -> bool {
    let letters = part.chars().filter(|c| c.is_alphabetic());
    let (mut all, mut small) = (0usize, 0usize);
    for c in letters {
        all += 1;
        small += usize::from(c.is_lowercase());
    }
    all > 0 && small * 20 <= all && part.split_whitespace().count() >= FEWEST_WORDS
}

/// Short words that stand alone in brackets behind a name: `NATIONAL LIBERATION ARMY [ELN]`.
fn bracketed<'t>(text: &'t str, sentences: &[Sentence]) -> BTreeSet<&'t str> {
    let mut out = BTreeSet::new();
    for sentence in sentences {
        for three in sentence.tokens.windows(3) {
            let [open, word, close] = three else { continue };
            let short = (2..=9).contains(&word.text(text).len());
            let alone = matches!(open.text(text), "[" | "(") && matches!(close.text(text), "]" | ")");
            if alone && short && word.xpos.starts_with("NNP") {
                out.insert(word.text(text));
            }
        }
    }
    out
}

struct Look<'a> {
    sentence: &'a Sentence,
    words: &'a [&'a str],
    knowledge: &'a Knowledge,
    acronyms: &'a BTreeSet<&'a str>,
}

impl Look<'_> {
    fn styled(&self, i: usize, first: bool) -> String {
        let word = self.words[i];
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let digits = word.chars().any(|c| c.is_ascii_digit());
        if letters == 0 || word.contains(char::is_lowercase) || digits && letters < 3 {
            return word.to_string();
        }
        let token = &self.sentence.tokens[i];
        if word.starts_with(['\'', '’']) || matches!(word, "N'T" | "N’T") {
            return word.to_lowercase();
        }
        let name = token.xpos.starts_with("NNP") || token.upos == "PROPN";
        if self.is_acronym(i, name) {
            return word.to_string();
        }
        if name && self.is_particle(i) {
            return word.to_lowercase();
        }
        let capital = name && !self.is_plain(i) || first || self.is_known(word);
        if capital { titled(word) } else { word.to_lowercase() }
    }

    fn is_acronym(&self, i: usize, name: bool) -> bool {
        let word = self.words[i];
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if word.contains('.') && letters > 1 && word.split('.').all(|p| p.chars().count() <= 1) {
            return true;
        }
        if !(2..=9).contains(&letters) || !name {
            return false;
        }
        let vowels = word.chars().any(|c| matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'Y'));
        let alone = [word];
        let listed = || {
            let hits = self.knowledge.names_at(&alone, 0);
            hits.iter().any(|h| h.as_ == NameKind::Acronym)
                && !hits.iter().any(|h| h.as_ != NameKind::Acronym)
        };
        self.acronyms.contains(word) || !vowels && letters == word.len() || listed()
    }

    /// "OF" and "DE" inside a name.
    fn is_particle(&self, i: usize) -> bool {
        let inside = i > 0 && self.sentence.tokens[i - 1].xpos.starts_with("NNP");
        inside
            && matches!(
                self.words[i],
                "OF" | "THE" | "AND" | "IN" | "FOR" | "DE" | "DEL" | "Y" | "DOS" | "DA"
            )
    }

    /// A word for people, alone behind an article ("THE GARRISON"), is no name.
    fn is_plain(&self, i: usize) -> bool {
        let near = |n: Option<usize>| {
            n.and_then(|n| self.sentence.tokens.get(n)).is_some_and(|t| t.xpos.starts_with("NNP"))
        };
        let alone = !near(i.checked_sub(1)) && !near(Some(i + 1));
        let lower = self.words[i].to_lowercase();
        let one = lower.strip_suffix('s').unwrap_or(&lower);
        alone
            && (self.knowledge.noun(&lower).is_some()
                || self.knowledge.noun(one).is_some()
                || matches!(self.knowledge.word(&lower), Some((WordKind::Common, _))))
    }

    /// A name, nationality or country that is listed with a capital and is no plain word.
    fn is_known(&self, word: &str) -> bool {
        let title = titled(word);
        let listed = self.knowledge.names_at(&[title.as_str()], 0);
        let plain = self.knowledge.word(&word.to_lowercase()).is_some();
        let small = word.to_lowercase();
        let either = self.knowledge.names_at(&[small.as_str()], 0);
        !plain
            && either.is_empty()
            && listed.iter().any(|h| {
                matches!(h.target, Target::Actor(_))
                    && matches!(h.as_, NameKind::Adjective | NameKind::People | NameKind::Name)
            })
    }
}

/// Every part between hyphens and apostrophes with a capital: "Jean-Paul", "O'Brien".
fn titled(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut start = true;
    for c in word.chars() {
        if start {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = matches!(c, '-' | '\'' | '’' | '/');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::press;

    fn check(text: &str, expected: &str) {
        let (knowledge, language) = (Knowledge::bundled(), Language::english());
        let page = press::page(text, None, &knowledge);
        let found = recase(text, &page, &knowledge, &language);
        assert_eq!(found.as_deref().unwrap_or(text), expected);
        assert_eq!(expected.len(), text.len());
    }

    #[test]
    fn names_get_a_capital_and_plain_words_none() {
        check(
            "THREE NIGERIAN SOLDIERS WERE KILLED NEAR MAIDUGURI ON MONDAY, THE ARMY SAID IN ABUJA.",
            "Three Nigerian soldiers were killed near Maiduguri on Monday, the army said in Abuja.",
        );
        check(
            "A SPOKESMAN FOR THE REVOLUTIONARY UNITED FRONT [RUF] DENIED THAT THE RUF HAD SHELLED FREETOWN.",
            "A spokesman for the Revolutionary United Front [RUF] denied that the RUF had shelled Freetown.",
        );
    }

    #[test]
    fn mixed_case_is_left() {
        let text = "NATO and the EU met UN envoys in Kabul on Friday.";
        check(text, text);
    }
}
