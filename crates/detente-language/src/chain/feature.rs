//! Takes two mentions, gives the yes-or-no features by which they are judged.
//!
//! Each feature is a number; the order of the calls below gives the numbers, so a change here asks for
//! new weights (`train/chains.py`); the weights name how many features they were trained on.

use super::mention::{Candidate, Class, Quotes};
use super::words::{KINDS, PRONOUNS, ROLES};
use crate::Sentence;

/// Features that hold, as numbers.
#[derive(Debug, Default)]
pub(crate) struct Set {
    pub(crate) on: Vec<u16>,
    width: usize,
}

impl Set {
    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.on.clear();
        self.width = 0;
    }

    /// How many features there are so far, on or off.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// One of `size` values holds.
    fn one_of(&mut self, size: usize, value: usize) {
        debug_assert!(value < size);
        self.on.push((self.width + value) as u16);
        self.width += size;
    }

    fn flag(&mut self, holds: bool) {
        if holds {
            self.on.push(self.width as u16);
        }
        self.width += 1;
    }
}

/// A document as far as features ask for it.
pub(crate) struct Document<'a> {
    pub(crate) sentences: &'a [Sentence],
    pub(crate) candidates: &'a [Candidate],
    pub(crate) quotes: &'a Quotes,
    pub(crate) past: Vec<Past>,
}

/// What stood before a candidate.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Past {
    /// Earlier candidates with the same head.
    pub(crate) same_head: usize,
    /// Earlier candidates with the same words.
    pub(crate) same_words: usize,
    /// Earlier candidates that are names and share a word.
    pub(crate) shares_word: usize,
    /// Later candidates with the same head.
    pub(crate) later: usize,
}

const CLASSES: usize = 5;

/// Counts what stands between a mention and earlier ones, the nearest first.
#[derive(Debug, Default)]
pub(crate) struct Between {
    /// The earliest candidate counted so far.
    at: Option<usize>,
    /// Those that agree with the mention; of each kind.
    fits: usize,
    of_kind: [usize; KINDS.len()],
}

impl Between {
    /// Counts on, down to what stands after `j`.
    fn reach(&mut self, candidates: &[Candidate], i: usize, j: usize) {
        for k in (j + 1..self.at.unwrap_or(i)).rev() {
            if agree(&candidates[i], &candidates[k]) {
                self.fits += 1;
                self.of_kind[candidates[k].kind] += 1;
            }
        }
        self.at = Some(j + 1);
    }
}

/// 0, 1, 2, 3, 4, 5-7, 8-15, 16-31, 32-63, more.
fn bucket(n: usize) -> usize {
    match n {
        0..=4 => n,
        5..=7 => 5,
        8..=15 => 6,
        16..=31 => 7,
        32..=63 => 8,
        _ => 9,
    }
}

/// Features of one mention.
pub(crate) fn of_mention(document: &Document<'_>, i: usize, set: &mut Set) {
    set.clear();
    let c = &document.candidates[i];
    let past = &document.past[i];
    set.one_of(CLASSES, c.class as usize);
    set.one_of(KINDS.len(), c.kind);
    set.one_of(CLASSES * KINDS.len(), c.class as usize * KINDS.len() + c.kind);
    set.one_of(PRONOUNS.len() + 1, c.pronoun);
    set.one_of(3, c.number);
    set.one_of(4, c.gender);
    set.one_of(6, c.article);
    set.one_of(6 * 3, c.article * 3 + c.number);
    set.one_of(ROLES.len(), c.role);
    set.flag(c.quote > 0);
    set.flag(c.expletive);
    set.one_of(10, bucket(c.tokens.len()));
    set.one_of(10, bucket(c.modifiers.len()));
    set.one_of(10, bucket(c.sentence));
    let tokens = &document.sentences[c.sentence].tokens;
    set.flag(tokens[c.head].name.is_some());
    set.flag(tokens[c.head].mention.is_some());
    let post = |rel: &str| tokens.iter().any(|t| t.head == Some(c.head) && t.rel == rel);
    set.flag(post("acl:relcl"));
    set.flag(post("nmod"));
    set.flag(post("cop"));
    set.flag(post("appos"));
    for count in [past.same_head, past.same_words, past.shares_word, past.later] {
        set.one_of(10, bucket(count));
        set.one_of(CLASSES * 2, c.class as usize * 2 + usize::from(count > 0));
    }
    let earlier = usize::from(past.same_head > 0);
    set.one_of(6 * 2, c.article * 2 + earlier);
}

/// Features of a mention `i` and an earlier one `j`. One `between` serves all `j` of an `i`, asked for
/// from the nearest on.
pub(crate) fn of_pair(document: &Document<'_>, i: usize, j: usize, between: &mut Between, set: &mut Set) {
    set.clear();
    let (c, a) = (&document.candidates[i], &document.candidates[j]);
    between.reach(document.candidates, i, j);
    distance(document, i, j, between, set);
    spelling(document, i, j, set);
    set.one_of(KINDS.len() * KINDS.len(), c.kind * KINDS.len() + a.kind);
    set.flag(c.kind == a.kind);
    set.one_of(9, c.number * 3 + a.number);
    set.one_of(16, c.gender * 4 + a.gender);
    let types = PRONOUNS.len() + CLASSES;
    let sort = |m: &Candidate| if m.pronoun > 0 { CLASSES + m.pronoun - 1 } else { m.class as usize };
    set.one_of(types * types, sort(c) * types + sort(a));
    set.one_of(ROLES.len() * ROLES.len(), c.role * ROLES.len() + a.role);
    set.one_of(36, c.article * 6 + a.article);
    syntax(document, i, j, set);
    quotation(document, i, j, set);
}

fn distance(document: &Document<'_>, i: usize, j: usize, between: &Between, set: &mut Set) {
    let (c, a) = (&document.candidates[i], &document.candidates[j]);
    let sort = if c.pronoun > 0 { CLASSES + c.pronoun - 1 } else { c.class as usize };
    let sorts = CLASSES + PRONOUNS.len();
    set.one_of(sorts * 10, sort * 10 + bucket(c.sentence - a.sentence));
    set.one_of(sorts * 10, sort * 10 + bucket(i - j));
    set.one_of(CLASSES * 10, c.class as usize * 10 + bucket(between.of_kind[a.kind]));
    set.one_of(CLASSES * 10, c.class as usize * 10 + bucket(between.fits));
    set.one_of(CLASSES * 10, c.class as usize * 10 + bucket(a.sentence));
    set.flag(agree(c, a));
    let subject = |m: &Candidate| ROLES[m.role].starts_with("nsubj");
    set.flag(subject(a) && c.sentence == a.sentence + 1);
    set.flag(subject(a) && c.sentence == a.sentence);
    set.flag(subject(a) && subject(c) && c.sentence == a.sentence + 1);
}

/// Nothing speaks against the two in number or gender.
fn agree(c: &Candidate, a: &Candidate) -> bool {
    let number = c.number == 0 || a.number == 0 || c.number == a.number;
    let gender = c.gender == 0 || a.gender == 0 || c.gender == a.gender;
    number && gender
}

fn spelling(document: &Document<'_>, i: usize, j: usize, set: &mut Set) {
    let (c, a) = (&document.candidates[i], &document.candidates[j]);
    let both = c.class as usize * CLASSES + a.class as usize;
    let pairs = CLASSES * CLASSES;
    let spoken = c.class != Class::Pronoun && a.class != Class::Pronoun;
    let head = spoken && c.lemma == a.lemma;
    let same = spoken && c.words == a.words;
    let shared = c.words.iter().filter(|w| a.words.contains(w)).count();
    let within = spoken && shared == c.words.len() && shared > 0;
    let around = spoken && shared == a.words.len() && shared > 0;
    for (n, holds) in [head, same, within, around, spoken && shared > 0].into_iter().enumerate() {
        set.one_of(pairs + 1, if holds { both } else { pairs });
        set.flag(holds && n == 0 && c.article == 3);
    }
    set.flag(head && within && c.article == 1);
    set.flag(head && !within && !around);
    let extra = c.modifiers.iter().filter(|w| !a.words.contains(w)).count();
    set.one_of(4, if head { extra.min(2) + 1 } else { 0 });
    let missing = a.modifiers.iter().filter(|w| !c.words.contains(w)).count();
    set.one_of(4, if head { missing.min(2) + 1 } else { 0 });
    set.flag(head && c.digits != a.digits);
    let acronym = |x: &Candidate, y: &Candidate| x.letters.is_some() && x.letters == y.initials;
    set.flag(spoken && (acronym(c, a) || acronym(a, c)));
    set.flag(spoken && !head && c.stem.is_some() && c.stem == a.stem);
    set.flag(spoken && a.words.contains(&c.lemma));
    set.flag(spoken && c.words.contains(&a.lemma));
    set.flag(spoken && a.class == Class::Name && c.words.last() == a.words.last());
    let count = bucket(document.past[j].same_head);
    set.one_of(10, count);
}

fn syntax(document: &Document<'_>, i: usize, j: usize, set: &mut Set) {
    let (c, a) = (&document.candidates[i], &document.candidates[j]);
    let same = c.sentence == a.sentence;
    let tokens = &document.sentences[c.sentence].tokens;
    let within = |inner: &Candidate, outer: &Candidate| {
        same && outer.tokens.start <= inner.tokens.start && inner.tokens.end <= outer.tokens.end
    };
    let under = |x: &Candidate, y: &Candidate, rel: &str| {
        same && tokens[x.head].head == Some(y.head) && tokens[x.head].rel == rel
    };
    set.flag(within(c, a));
    set.flag(within(a, c));
    set.flag(within(c, a) && ROLES[c.role] == "nmod:poss");
    set.flag(under(c, a, "appos"));
    set.flag(under(c, a, "conj"));
    set.flag(same && ROLES[c.role] == "conj" && ROLES[a.role] == "conj" && c.governor == a.governor);
    set.flag(same && c.copula && (under(a, c, "nsubj") || under(a, c, "nsubj:outer")));
    let together = same && c.governor == a.governor && c.governor.is_some();
    set.flag(together && !c.reflexive);
    set.flag(together && c.reflexive);
    set.flag(together && ROLES[a.role].starts_with("nsubj") && c.pronoun > 0 && ROLES[c.role] != "nmod:poss");
    set.flag(same && ROLES[c.role] == "nmod:poss" && ROLES[a.role].starts_with("nsubj"));
    let above =
        |x: &Candidate, y: &Candidate| same && document.sentences[x.sentence].is_below(y.head, x.head);
    set.flag(above(a, c));
    set.flag(above(c, a));
    let verb = !together && c.verb.is_some() && c.verb == a.verb;
    set.flag(verb);
    set.flag(verb && c.role == a.role);
}

fn quotation(document: &Document<'_>, i: usize, j: usize, set: &mut Set) {
    let (c, a) = (&document.candidates[i], &document.candidates[j]);
    let person = if (1..=3).contains(&c.pronoun) { c.pronoun } else { 0 };
    let place = match (c.quote, a.quote) {
        (0, 0) => 0,
        (x, y) if x == y => 1,
        (_, 0) => 2,
        (0, _) => 3,
        _ => 4,
    };
    set.one_of(4 * 5, person * 5 + place);
    let speaks = |m: &Candidate| {
        let one = document.quotes.speaker(m.quote);
        one.is_some_and(|s| m.quote > 0 && (a.sentence, a.head) == s)
    };
    set.one_of(4 * 2, person * 2 + usize::from(speaks(c)));
    let voices = (document.quotes.speaker(c.quote), document.quotes.speaker(a.quote));
    let same_voice = c.quote > 0 && a.quote > 0 && c.pronoun == a.pronoun && c.pronoun == 1;
    let word = |v: Option<(usize, usize)>| v.map(|(s, t)| document.sentences[s].tokens[t].lemma.as_str());
    set.flag(same_voice && voices.0.is_some() && word(voices.0) == word(voices.1));
    set.flag(same_voice && voices.0.is_some() && voices.1.is_some() && word(voices.0) != word(voices.1));
}

/// Counts the features, on a document of one word.
pub(crate) fn widths(single: &mut Set, double: &mut Set) {
    let token = crate::Token {
        start: 0,
        end: 0,
        lemma: String::new(),
        upos: "X",
        xpos: "",
        head: None,
        rel: "root",
        name: None,
        name_begins: false,
        mention: None,
    };
    let sentences = [Sentence { start: 0, end: 0, tokens: vec![token], views: vec![Box::default()] }];
    let quotes = Quotes::new("", &sentences);
    let one = super::mention::blank();
    let candidates = [one.clone(), one];
    let past = vec![Past::default(); 2];
    let document = Document { sentences: &sentences, candidates: &candidates, quotes: &quotes, past };
    of_mention(&document, 0, single);
    of_pair(&document, 1, 0, &mut Between::default(), double);
}
