//! Takes analysed sentences, gives the candidates for mentions with what tells them apart: words,
//! number, gender, person, definiteness, role, quotation.
//!
//! # How
//! 1. Each word that names a thing, and each pronoun, heads a candidate: `base` gives its words by the
//!    tree. 2. Nouns joined by "and" head a second one, all of them together. 3. `quotes` numbers the
//!    quotations and finds their speakers.
//! # From
//! The spans follow the mentions of GUM (Zeldes 2017): relative clauses are inside, appositions and
//! further conjuncts are not.

use std::collections::BTreeMap;
use std::ops::Range;

use super::words;
use crate::Sentence;

/// What sort of expression a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// "Norway", "Sergei Lavrov".
    Name,
    /// "the envoy".
    Noun,
    /// "he", "their", "this" alone.
    Pronoun,
    /// "Norway and Qatar" taken together.
    Group,
    /// Numbers and other words.
    Other,
}

/// A word or words that may name something.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) sentence: usize,
    pub(crate) head: usize,
    pub(crate) tokens: Range<usize>,
    pub(crate) class: Class,
    /// Index into [`words::KINDS`]; the last is "none".
    pub(crate) kind: usize,
    /// Index into [`words::PRONOUNS`] plus one; 0 for what is no pronoun.
    pub(crate) pronoun: usize,
    /// 0 unknown, 1 one, 2 many.
    pub(crate) number: usize,
    /// 0 unknown, 1 he, 2 she, 3 it.
    pub(crate) gender: usize,
    /// 0 none, 1 "the", 2 "this", 3 "a", 4 possessive, 5 quantity.
    pub(crate) article: usize,
    /// Index into [`words::ROLES`]; the last is "other".
    pub(crate) role: usize,
    /// The verb or other word that the mention hangs on, past coordination.
    pub(crate) governor: Option<usize>,
    /// Number of the quotation that it stands in; 0 outside.
    pub(crate) quote: usize,
    pub(crate) expletive: bool,
    /// "himself", "themselves".
    pub(crate) reflexive: bool,
    /// Predicate after "is": "Qatar is the host".
    pub(crate) copula: bool,
    /// Dictionary form of the head, lower case; this and the words below as numbers of [`Names`].
    pub(crate) lemma: u32,
    /// The first four letters of the lemma, if it has more than three.
    pub(crate) stem: Option<u32>,
    /// Dictionary form of the governor.
    pub(crate) verb: Option<u32>,
    /// Lower-case words without determiners and marks.
    pub(crate) words: Vec<u32>,
    /// Those of the words that stand before the head.
    pub(crate) modifiers: Vec<u32>,
    /// The first word that begins with a digit.
    pub(crate) digits: Option<u32>,
    /// The letters of a single word, as "un" of "U.N."; first letters of several.
    pub(crate) letters: Option<u32>,
    pub(crate) initials: Option<u32>,
}

/// Gives each word a number, so that comparing words is cheap.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeMap<String, u32>);

impl Names {
    fn of(&mut self, word: &str) -> u32 {
        if let Some(&n) = self.0.get(word) {
            return n;
        }
        let n = self.0.len() as u32;
        self.0.insert(word.to_owned(), n);
        n
    }
}

/// All candidates in the order of the text, outer before inner.
pub(crate) fn candidates(text: &str, sentences: &[Sentence], quotes: &Quotes) -> Vec<Candidate> {
    let (mut out, mut names) = (Vec::new(), Names::default());
    for (s, sentence) in sentences.iter().enumerate() {
        let children = children(sentence);
        for head in 0..sentence.tokens.len() {
            if !may_head(text, sentence, head) {
                continue;
            }
            let tokens = base(sentence, &children, head);
            let one = candidate(text, sentence, head, tokens, &mut names);
            let one = Candidate { sentence: s, quote: quotes.of(s, head), ..one };
            if let Some(group) = group(text, sentence, &children, &one, &mut names) {
                out.push(group);
            }
            out.push(one);
        }
    }
    out.sort_by_key(|c| (c.sentence, c.tokens.start, std::cmp::Reverse(c.tokens.end), c.class));
    out
}

fn children(sentence: &Sentence) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); sentence.tokens.len()];
    for (i, token) in sentence.tokens.iter().enumerate() {
        if let Some(head) = token.head {
            out[head].push(i);
        }
    }
    out
}

fn may_head(text: &str, sentence: &Sentence, i: usize) -> bool {
    let token = &sentence.tokens[i];
    if token.mention.is_some() {
        return true;
    }
    let inside = matches!(token.rel, "flat" | "fixed" | "goeswith" | "compound" | "punct");
    match token.upos {
        "NOUN" | "PROPN" => !inside,
        "PRON" => !inside && words::pronoun(&token.text(text).to_lowercase()).is_some(),
        _ => false,
    }
}

/// The words of the mention that `head` heads.
fn base(sentence: &Sentence, children: &[Vec<usize>], head: usize) -> Range<usize> {
    let rel = |i: usize| sentence.tokens[i].rel;
    let predicate = children[head].iter().any(|&k| rel(k) == "cop");
    let (mut first, mut last) = (head, head);
    for &k in &children[head] {
        let out = match rel(k) {
            "case" | "advmod" | "nmod" | "obl" | "acl" => {
                k < head || rel(k) != "case" && rel(k) != "nmod" && predicate
            }
            "conj" | "cc" | "cc:preconj" | "appos" | "parataxis" | "list" | "dep" | "discourse"
            | "reparandum" | "vocative" | "expl" | "csubj" | "nsubj:outer" | "mark" | "orphan" | "advcl"
            | "punct" | "cop" | "dislocated" => true,
            "nsubj" | "aux" | "obl:unmarked" | "xcomp" | "ccomp" | "obj" => predicate,
            _ => false,
        };
        if !out {
            let below = sentence.subtree_with(children, k);
            (first, last) = (first.min(below.start), last.max(below.end - 1));
        }
    }
    while first < head && sentence.tokens[first].upos == "PUNCT" {
        first += 1;
    }
    let opened = sentence.tokens[first..=last].iter().any(|t| matches!(t.xpos, "``" | "-LRB-"));
    let closes = |i: usize| opened && matches!(sentence.tokens[i].xpos, "''" | "-RRB-");
    while last > head && sentence.tokens[last].upos == "PUNCT" && !closes(last) {
        last -= 1;
    }
    if last + 1 < sentence.tokens.len() && sentence.tokens[last + 1].head == Some(head) && closes(last + 1) {
        last += 1;
    }
    first..last + 1
}

impl Sentence {
    /// As [`Sentence::subtree`], in one walk.
    fn subtree_with(&self, children: &[Vec<usize>], top: usize) -> Range<usize> {
        let (mut first, mut last) = (top, top);
        let mut open = vec![top];
        while let Some(i) = open.pop() {
            (first, last) = (first.min(i), last.max(i));
            open.extend(&children[i]);
        }
        first..last + 1
    }
}

/// The candidate that takes all conjuncts together.
fn group(
    text: &str,
    sentence: &Sentence,
    children: &[Vec<usize>],
    one: &Candidate,
    names: &mut Names,
) -> Option<Candidate> {
    let conjuncts = |k: &&usize| {
        let token = &sentence.tokens[**k];
        token.rel == "conj" && matches!(token.upos, "NOUN" | "PROPN" | "PRON")
    };
    let last = *children[one.head].iter().rfind(conjuncts)?;
    let either = children[last]
        .iter()
        .any(|&k| sentence.tokens[k].rel == "cc" && sentence.tokens[k].text(text).eq_ignore_ascii_case("or"));
    let end = base(sentence, children, last).end;
    (!either && one.class != Class::Pronoun && end > one.tokens.end).then(|| {
        let tokens = one.tokens.start..end;
        let words = content(text, sentence, tokens.clone()).into_iter().map(|(_, w)| names.of(&w)).collect();
        let plain = Candidate { modifiers: Vec::new(), letters: None, initials: None, ..one.clone() };
        Candidate { tokens, class: Class::Group, number: 2, gender: 0, words, ..plain }
    })
}

fn candidate(
    text: &str,
    sentence: &Sentence,
    head: usize,
    tokens: Range<usize>,
    names: &mut Names,
) -> Candidate {
    let token = &sentence.tokens[head];
    let form = token.text(text).to_lowercase().replace('’', "'");
    let alone = tokens.len() == 1 || token.rel == "nmod:poss";
    let pronoun = words::pronoun(&form).filter(|_| alone && matches!(token.upos, "PRON" | "DET"));
    let class = match token.upos {
        "PROPN" => Class::Name,
        "NOUN" => Class::Noun,
        "PRON" | "DET" => Class::Pronoun,
        _ => Class::Other,
    };
    let content = content(text, sentence, tokens.clone());
    let lemma = token.lemma.to_lowercase();
    let (number, gender) = match pronoun {
        Some(p) => (words::PRONOUNS[p].1, words::PRONOUNS[p].2),
        None => (number(token.xpos), words::gender(&lemma, content.first().map_or("", |w| &w.1))),
    };
    let governor = governor(sentence, head);
    let before = content.iter().filter(|w| w.0 < head);
    Candidate {
        sentence: 0,
        head,
        class,
        kind: words::kind(token.mention),
        pronoun: pronoun.map_or(0, |p| p + 1),
        number,
        gender,
        article: article(text, sentence, head),
        role: words::role(token.rel),
        governor,
        quote: 0,
        expletive: token.rel == "expl",
        reflexive: form.ends_with("self") || form.ends_with("selves"),
        copula: sentence.children(head).any(|k| sentence.tokens[k].rel == "cop"),
        stem: lemma.chars().nth(3).map(|_| names.of(&lemma.chars().take(4).collect::<String>())),
        verb: governor.map(|g| names.of(&sentence.tokens[g].lemma)),
        modifiers: before.map(|w| names.of(&w.1)).collect(),
        digits: content
            .iter()
            .find(|w| w.1.starts_with(|d: char| d.is_ascii_digit()))
            .map(|w| names.of(&w.1)),
        letters: letters(&content).map(|w| names.of(&w)),
        initials: initials(&content).map(|w| names.of(&w)),
        words: content.iter().map(|w| names.of(&w.1)).collect(),
        lemma: names.of(&lemma),
        tokens,
    }
}

/// "un" of "U.N.".
fn letters(words: &[(usize, String)]) -> Option<String> {
    let [(_, word)] = words else { return None };
    let letters: String = word.chars().filter(|&c| c != '.').collect();
    letters.chars().nth(1).map(|_| letters)
}

/// "un" of "United Nations".
fn initials(words: &[(usize, String)]) -> Option<String> {
    let counts = |w: &&(usize, String)| !matches!(w.1.as_str(), "and" | "of" | "for" | "the" | "&");
    (words.len() > 1).then(|| words.iter().filter(counts).filter_map(|w| w.1.chars().next()).collect())
}

fn number(tag: &str) -> usize {
    match tag {
        "NN" | "NNP" => 1,
        "NNS" | "NNPS" => 2,
        _ => 0,
    }
}

/// Words without determiners and marks, in lower case, with their places.
fn content(text: &str, sentence: &Sentence, tokens: Range<usize>) -> Vec<(usize, String)> {
    let counts = |i: &usize| {
        let token = &sentence.tokens[*i];
        !matches!(token.upos, "DET" | "PUNCT" | "PART" | "ADP") && token.xpos != "PRP$"
    };
    tokens.filter(counts).map(|i| (i, sentence.tokens[i].text(text).to_lowercase())).collect()
}

fn article(text: &str, sentence: &Sentence, head: usize) -> usize {
    for i in sentence.children(head) {
        let token = &sentence.tokens[i];
        match token.rel {
            "det" => {
                return match token.text(text).to_lowercase().as_str() {
                    "the" => 1,
                    "this" | "that" | "these" | "those" | "such" => 2,
                    "a" | "an" | "another" => 3,
                    _ => 5,
                };
            }
            "nmod:poss" => return 4,
            _ => {}
        }
    }
    if sentence.children(head).any(|i| sentence.tokens[i].rel == "nummod") { 5 } else { 0 }
}

fn governor(sentence: &Sentence, head: usize) -> Option<usize> {
    let mut at = head;
    while sentence.tokens[at].rel == "conj" {
        at = sentence.tokens[at].head?;
    }
    sentence.tokens[at].head
}

/// The quotations of a text.
#[derive(Debug, Default)]
pub(crate) struct Quotes {
    /// For each sentence the number of the quotation that each token stands in; 0 outside.
    inside: Vec<Vec<u32>>,
    /// For each quotation the sentence and token of its speaker.
    speakers: Vec<Option<(usize, usize)>>,
}

/// A quotation that goes on for longer than this many words was not closed.
const LONGEST: usize = 250;

impl Quotes {
    /// Numbers the quotations and finds who speaks.
    pub(crate) fn new(text: &str, sentences: &[Sentence]) -> Quotes {
        let mut quotes = Quotes { inside: Vec::new(), speakers: vec![None] };
        let (mut open, mut length) = (false, 0);
        for sentence in sentences {
            let mut row = Vec::with_capacity(sentence.tokens.len());
            for token in &sentence.tokens {
                let form = token.text(text);
                let (opens, closes) = match form {
                    "“" => (true, false),
                    "”" => (false, true),
                    "\"" | "``" | "''" => (!open, open),
                    _ => (false, length > LONGEST),
                };
                if opens {
                    quotes.speakers.push(None);
                    length = 0;
                }
                open = (open || opens) && !closes;
                length += 1;
                row.push(if open { quotes.speakers.len() as u32 - 1 } else { 0 });
            }
            quotes.inside.push(row);
        }
        for (s, sentence) in sentences.iter().enumerate() {
            quotes.find_speaker(text, s, sentence);
        }
        quotes
    }

    /// The number of the quotation that a token stands in; 0 outside.
    pub(crate) fn of(&self, sentence: usize, token: usize) -> usize {
        self.inside[sentence][token] as usize
    }

    /// Who speaks in a quotation.
    pub(crate) fn speaker(&self, quote: usize) -> Option<(usize, usize)> {
        self.speakers[quote]
    }

    /// The subject of a verb of saying outside speaks in the quotations of the sentence.
    fn find_speaker(&mut self, text: &str, s: usize, sentence: &Sentence) {
        let numbers: Vec<usize> = self.inside[s].iter().map(|&q| q as usize).filter(|&q| q > 0).collect();
        if numbers.is_empty() {
            return;
        }
        let says = |i: &usize| {
            self.inside[s][*i] == 0
                && crate::lists::reports_speech(&sentence.tokens[*i].text(text).to_lowercase())
        };
        let subject = |i: usize| sentence.children(i).find(|&k| sentence.tokens[k].rel == "nsubj");
        let found = (0..sentence.tokens.len()).filter(says).find_map(subject);
        if let Some(subject) = found {
            for quote in numbers {
                self.speakers[quote].get_or_insert((s, subject));
            }
        }
    }
}

/// A candidate of which nothing is known.
pub(crate) fn blank() -> Candidate {
    Candidate {
        sentence: 0,
        head: 0,
        tokens: 0..1,
        class: Class::Other,
        kind: words::KINDS.len() - 1,
        pronoun: 0,
        number: 0,
        gender: 0,
        article: 0,
        role: words::ROLES.len() - 1,
        governor: None,
        quote: 0,
        expletive: false,
        reflexive: false,
        copula: false,
        lemma: 0,
        stem: None,
        verb: None,
        words: Vec::new(),
        modifiers: Vec::new(),
        digits: None,
        letters: None,
        initials: None,
    }
}
