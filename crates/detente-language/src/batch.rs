//! Takes tokenised sentences, gives them analysed: packs them into batches, cuts those that are too
//! long for the encoder into windows, puts the answers together.
//!
//! # How
//! 1. `pieces` of every word. 2. `windows`: a sentence of more word pieces than the encoder has places
//!    is cut, at a clause border where there is one. 3. Windows collect until a batch is full; `run`.
//! 4. `join`: the windows of a sentence become one tree; the roots of later windows hang on the first.
//! # Does not
//! Let a sentence's answer depend on its neighbours (a test holds this).

use std::ops::Range;

use crate::chain::Scorer;
use crate::encoder::{self, Batch, Encoder, WINDOW};
use crate::heads::{self, Analysis, Heads};
use crate::kernel::Kernel;
use crate::lemma::Lemmas;
use crate::pieces::{self, Pieces};
use crate::{Sentence, Token};

/// Word pieces at which a batch is run. More gains no speed; fewer costs some for short sentences.
const FULL: usize = 192;

/// Everything that analyses words.
#[derive(Debug)]
pub(crate) struct Network {
    pub(crate) kernel: Kernel,
    pub(crate) pieces: Pieces,
    pub(crate) encoder: Encoder,
    pub(crate) heads: Heads,
    pub(crate) lemmas: Lemmas,
    /// Without it, sentences carry whole vectors, as training asks for.
    pub(crate) scorer: Option<Scorer>,
}

/// Analyses sentences, given as the byte ranges of their tokens in `text`.
pub(crate) fn analyse(network: &Network, text: &str, sentences: &[Vec<Range<usize>>]) -> Vec<Sentence> {
    let mut run = Run { network, batch: Batch::default(), room: Default::default(), done: Vec::new() };
    let (mut out, mut next) = (Vec::with_capacity(sentences.len()), 0);
    for tokens in sentences {
        let words = Words::new(&network.pieces, text, tokens);
        for window in windows(text, tokens, &words.ends) {
            let words = window.map(|i| (words.of(i), pieces::shape(&text[tokens[i].clone()], i == 0)));
            run.push(words);
        }
        if run.batch.n_pieces() == 0 {
            next = emit(network, text, sentences, next, &mut run.done, &mut out);
        }
    }
    run.flush();
    emit(network, text, sentences, next, &mut run.done, &mut out);
    out
}

/// The word pieces of one sentence.
struct Words {
    pieces: Vec<u16>,
    ends: Vec<usize>,
}

impl Words {
    fn new(vocabulary: &Pieces, text: &str, tokens: &[Range<usize>]) -> Words {
        let (mut pieces, mut ends) = (Vec::new(), Vec::with_capacity(tokens.len()));
        for token in tokens {
            vocabulary.add(&text[token.clone()], &mut pieces);
            ends.push(pieces.len());
        }
        Words { pieces, ends }
    }

    fn of(&self, word: usize) -> &[u16] {
        let start = if word == 0 { 0 } else { self.ends[word - 1] };
        &self.pieces[start..self.ends[word]]
    }
}

/// Runs of words that fit into the encoder.
fn windows(text: &str, tokens: &[Range<usize>], ends: &[usize]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < tokens.len() {
        let before = if start == 0 { 0 } else { ends[start - 1] };
        let fits = ends.partition_point(|&e| e - before.min(e) <= WINDOW - 2);
        let end = if fits == tokens.len() { fits } else { border(text, tokens, start, fits) };
        out.push(start..end);
        start = end;
    }
    out
}

/// Where to cut before `limit`: after the last mark in the later half that ends a clause, or else
/// before the last conjunction there, or else at the limit.
fn border(text: &str, tokens: &[Range<usize>], start: usize, limit: usize) -> usize {
    let word = |i: usize| &text[tokens[i].clone()];
    let later = start + (limit - start) / 2;
    let last = |test: &dyn Fn(&str) -> bool| (later..limit).rev().find(|&i| test(word(i)));
    let stop = last(&|w| matches!(w, "." | "!" | "?" | ";" | ":" | "…"));
    let comma = || last(&|w| matches!(w, "," | "—" | "–" | "|" | "•"));
    let joint = || last(&|w| matches!(w, "and" | "but" | "or" | "that" | "which" | "while"));
    stop.or_else(comma).map(|i| i + 1).or_else(joint).filter(|&i| i > start).unwrap_or(limit)
}

struct Run<'a> {
    network: &'a Network,
    batch: Batch,
    room: (encoder::Room, heads::Room, Vec<f32>),
    done: Vec<Vec<Analysis>>,
}

impl Run<'_> {
    fn push<'a>(&mut self, words: impl Iterator<Item = (&'a [u16], u8)>) {
        self.batch.push(words);
        if self.batch.n_pieces() >= FULL {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let (net, (room, heads, words)) = (self.network, &mut self.room);
        if self.batch.n_words() > 0 {
            net.encoder.encode(net.kernel, &self.batch, room, words);
            let mut all = net.heads.analyse(net.kernel, &self.batch, words, heads);
            look(net, &self.batch, words, &mut all);
            let mut all = all.into_iter();
            self.done.extend(self.batch.sentences().map(|s| all.by_ref().take(s.len()).collect()));
        }
        self.batch.clear();
    }
}

/// Gives the words that may head mentions what chains compare them by: the word's vector in the
/// sentence and its vector alone.
fn look(network: &Network, batch: &Batch, words: &[f32], all: &mut [Analysis]) {
    let hidden = network.encoder.hidden;
    let mut parts = Vec::with_capacity(2 * hidden);
    for (i, analysis) in all.iter_mut().enumerate() {
        if analysis.mention == "O" && !matches!(analysis.upos, "NOUN" | "PROPN" | "PRON") {
            continue;
        }
        parts.clear();
        parts.extend_from_slice(&words[i * hidden..(i + 1) * hidden]);
        network.encoder.add_alone(batch, i, &mut parts);
        analysis.view = match &network.scorer {
            Some(scorer) => scorer.projection.of(&parts),
            None => parts.clone().into_boxed_slice(),
        };
    }
}

/// Turns the windows that are done into sentences; returns the number of the next sentence.
fn emit(
    network: &Network,
    text: &str,
    sentences: &[Vec<Range<usize>>],
    mut next: usize,
    done: &mut Vec<Vec<Analysis>>,
    out: &mut Vec<Sentence>,
) -> usize {
    let mut windows = done.drain(..);
    while let Some(tokens) = sentences.get(next) {
        let mut words: Vec<Analysis> = Vec::with_capacity(tokens.len());
        while words.len() < tokens.len() {
            match windows.next() {
                Some(window) => join(&mut words, window),
                None => return next,
            }
        }
        next += 1;
        out.extend(sentence(network, text, tokens, words));
    }
    next
}

/// Hangs a further window of the same sentence on what is there.
fn join(words: &mut Vec<Analysis>, window: Vec<Analysis>) {
    let (offset, root) = (words.len(), words.iter().position(|w| w.head.is_none()));
    words.extend(window.into_iter().map(|mut w| {
        match (w.head, root) {
            (Some(head), _) => w.head = Some(head + offset),
            (None, Some(root)) => (w.head, w.rel) = (Some(root), "parataxis"),
            (None, None) => {}
        }
        w
    }));
}

fn sentence(
    network: &Network,
    text: &str,
    tokens: &[Range<usize>],
    words: Vec<Analysis>,
) -> Option<Sentence> {
    let (start, end) = (tokens.first()?.start, tokens.last()?.end);
    let mut inside = None;
    let mut views = Vec::with_capacity(tokens.len());
    let each = tokens.iter().zip(words).map(|(span, word)| {
        let kind = kind_of_name(word.name);
        let name_begins = kind.is_some() && (word.name.starts_with("B-") || kind != inside);
        inside = kind;
        views.push(word.view);
        let is_word = |w: &str| network.pieces.is_word(w);
        Token {
            start: span.start,
            end: span.end,
            lemma: network.lemmas.of(&text[span.clone()], word.xpos, word.edit, is_word),
            upos: word.upos,
            xpos: word.xpos,
            head: word.head,
            rel: word.rel,
            name: kind,
            name_begins,
            mention: (word.mention != "O").then_some(word.mention),
        }
    });
    let tokens = each.collect();
    Some(Sentence { start, end, tokens, views })
}

fn kind_of_name(tag: &'static str) -> Option<&'static str> {
    tag.split_once('-').map(|(_, kind)| kind)
}
