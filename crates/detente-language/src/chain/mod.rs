//! Takes analysed sentences of one text, gives chains: which mentions speak of the same thing.
//!
//! # How
//! 1. [`mention`]: candidates from the trees. 2. For each in the order of the text, the [`scorer`]
//!    says how likely it is a mention at all, how likely something new, and for each earlier one
//!    ([`earlier`]) how likely the same; the features are in [`feature`], and in the words' vectors.
//!    3. The best earlier one is taken, if it is better than "new"; mentions taken for the same make
//!    a chain.
//! # Does not
//! Resolve what stands before its name ("After her talks, the minister …"), or link a verb to the noun
//! that takes it up.
//! # From
//! Mention ranking with a learned "new" as in Wiseman et al. 2015 and Lee et al. 2017; the scheme of
//! mentions is GUM's (Zeldes 2017).

mod feature;
mod mention;
mod scorer;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use self::feature::{Between, Document, Past, Set};
use self::mention::{Candidate, Class, Quotes};
pub(crate) use self::scorer::Scorer;
use crate::Sentence;

/// A place in the text that names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Index of the sentence.
    pub sentence: usize,
    /// Index of the token that heads the mention.
    pub head: usize,
    /// The mention's tokens, from the first to one past the last.
    pub tokens: Range<usize>,
    /// What kind of thing ("person", "organization", ..., as in [`crate::Token::mention`]); empty if
    /// unknown.
    pub kind: &'static str,
}

/// Mentions of the same thing, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// One mention or more.
    pub mentions: Vec<Mention>,
}

/// Mentions that are looked at whatever they are, back from the one in question.
const NEAR: usize = 80;
/// Mentions further back that are looked at if they share a word.
const FAR: usize = 30;

/// The chains of a text, in the order of their first mentions.
pub(crate) fn chains(scorer: &Scorer, text: &str, sentences: &[Sentence]) -> Vec<Chain> {
    let quotes = Quotes::new(text, sentences);
    let candidates = mention::candidates(text, sentences, &quotes);
    let document = Document { sentences, candidates: &candidates, quotes: &quotes, past: past(&candidates) };
    let links = scorer.links(&document, |i| earlier(&candidates, i));
    gather(&candidates, &links)
}

/// What the scorer decided on one candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    /// Is it a mention, if nothing links to it?
    pub(crate) mention: bool,
    /// The earlier candidate that it is the same as.
    pub(crate) to: Option<usize>,
}

fn gather(candidates: &[Candidate], links: &[Link]) -> Vec<Chain> {
    let mut chain_of: Vec<usize> = Vec::with_capacity(links.len());
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (i, link) in links.iter().enumerate() {
        let chain = link.to.map_or(members.len(), |j| chain_of[j]);
        if chain == members.len() {
            members.push(Vec::new());
        }
        members[chain].push(i);
        chain_of.push(chain);
    }
    let kept = members.into_iter().filter(|m| m.len() > 1 || links[m[0]].mention);
    let mention = |i: usize| {
        let c = &candidates[i];
        Mention { sentence: c.sentence, head: c.head, tokens: c.tokens.clone(), kind: words::KINDS[c.kind] }
    };
    kept.map(|m| Chain { mentions: m.into_iter().map(mention).collect() }).collect()
}

/// The earlier candidates that `i` may be the same as, the nearest first.
fn earlier(candidates: &[Candidate], i: usize) -> Vec<usize> {
    let near = i.saturating_sub(NEAR);
    let c = &candidates[i];
    let mut out: Vec<usize> = (near..i).rev().collect();
    if c.class != Class::Pronoun {
        let shares = |j: &usize| {
            let a = &candidates[*j];
            a.class != Class::Pronoun
                && (a.lemma == c.lemma || c.class == Class::Name && a.words.contains(&c.lemma))
        };
        out.extend((0..near).rev().filter(shares).take(FAR));
    }
    out
}

/// What stood before each candidate.
fn past(candidates: &[Candidate]) -> Vec<Past> {
    let mut heads: BTreeMap<u32, usize> = BTreeMap::new();
    let mut wholes: BTreeMap<&[u32], usize> = BTreeMap::new();
    let mut in_names: BTreeMap<u32, usize> = BTreeMap::new();
    let mut out = vec![Past::default(); candidates.len()];
    let spoken = |c: &&Candidate| c.class != Class::Pronoun;
    for (c, past) in candidates.iter().zip(&mut out).filter(|(c, _)| spoken(c)) {
        let count = |n: Option<&usize>| n.copied().unwrap_or(0);
        past.same_head = count(heads.get(&c.lemma));
        past.same_words = count(wholes.get(c.words.as_slice()));
        past.shares_word = c.words.iter().map(|w| count(in_names.get(w))).max().unwrap_or(0);
        *heads.entry(c.lemma).or_default() += 1;
        *wholes.entry(&c.words).or_default() += 1;
        for &word in c.words.iter().filter(|_| c.class == Class::Name) {
            *in_names.entry(word).or_default() += 1;
        }
    }
    for (c, past) in candidates.iter().zip(&mut out).filter(|(c, _)| spoken(c)) {
        past.later = heads.get(&c.lemma).map_or(0, |n| n - 1 - past.same_head);
    }
    out
}

/// Everything that a scorer is trained from, for one document.
#[derive(Debug, Default)]
pub struct Lesson {
    /// All candidates, as mentions.
    pub mentions: Vec<Mention>,
    /// Length of each vector.
    pub width: usize,
    /// The vectors of the candidates' heads, one after the other.
    pub vectors: Vec<f32>,
    /// Features of each candidate.
    pub single: Vec<Vec<u16>>,
    /// Pairs (later, earlier) with their features.
    pub pairs: Vec<(u32, u32, Vec<u16>)>,
    /// Number of features of a candidate, and of a pair.
    pub widths: (usize, usize),
}

/// As [`chains`], but gives what the decision is made from. The sentences must carry whole vectors.
pub(crate) fn lesson(text: &str, sentences: &[Sentence]) -> Lesson {
    let quotes = Quotes::new(text, sentences);
    let candidates = mention::candidates(text, sentences, &quotes);
    let document = Document { sentences, candidates: &candidates, quotes: &quotes, past: past(&candidates) };
    let mut lesson = Lesson::default();
    let mut set = Set::default();
    for (i, c) in candidates.iter().enumerate() {
        feature::of_mention(&document, i, &mut set);
        lesson.widths.0 = set.width();
        lesson.single.push(set.on.clone());
        lesson.vectors.extend_from_slice(&sentences[c.sentence].views[c.head]);
        lesson.width = sentences[c.sentence].views[c.head].len();
        let kind = words::KINDS[c.kind];
        lesson.mentions.push(Mention { sentence: c.sentence, head: c.head, tokens: c.tokens.clone(), kind });
        let mut between = Between::default();
        for j in earlier(&candidates, i) {
            feature::of_pair(&document, i, j, &mut between, &mut set);
            lesson.widths.1 = set.width();
            lesson.pairs.push((i as u32, j as u32, set.on.clone()));
        }
    }
    lesson
}
