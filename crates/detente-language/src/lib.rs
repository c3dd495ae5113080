//! Takes English text, gives sentences with tokens, lemmas, tags, names, mention heads and dependency
//! trees.
//!
//! Who did what to whom stands in the tree of a sentence, not in the order of its words. "Moscow's
//! offer was turned down by both sides" and "Both sides turned down an offer by Moscow" say the same;
//! in the tree they look the same. Everything that Detente reads, it reads off these trees.
//!
//! ```
//! use detente_language::Language;
//!
//! let language = Language::english();
//! let text = "Norway's envoy didn't meet the rebels. Talks go on.";
//! let sentences = language.analyze(text, &[0..text.len()]);
//! assert_eq!(sentences.len(), 2);
//!
//! let first = &sentences[0];
//! let meet = &first.tokens[first.root().unwrap()];
//! assert_eq!((meet.text(text), &*meet.lemma, meet.upos), ("meet", "meet", "VERB"));
//! let subject = first.tokens.iter().find(|t| t.rel == "nsubj").unwrap();
//! assert_eq!((subject.text(text), subject.mention), ("envoy", Some("person")));
//! ```
//!
//! Which mentions speak of the same thing, pronouns included, is a second question to the same
//! sentences:
//!
//! ```
//! # use detente_language::Language;
//! # let language = Language::english();
//! let text = "Norway's envoy met the rebels. He said that they would talk.";
//! let sentences = language.analyze(text, &[0..text.len()]);
//! let chains = language.chains(text, &sentences);
//! let words = |m: &detente_language::Mention| &text[sentences[m.sentence].bytes(m.tokens.clone())];
//! let envoy = chains.iter().find(|c| words(&c.mentions[0]) == "Norway's envoy").unwrap();
//! assert_eq!(envoy.mentions.iter().map(words).collect::<Vec<_>>(), ["Norway's envoy", "He"]);
//! ```
//!
//! The crate stands alone: it knows English, no politics. Its trained weights are inside
//! (`weights/CARD.md` says what from and how good), it needs no network, no file and no start-up time.
//!
//! # How
//! 1. `token` cuts the text into words and punctuation, `split` these into sentences (`lists` holds the
//!    closed lists of both). 2. `pieces` makes word pieces, as the encoder was trained on. 3. `encoder`
//!    gives a vector for each word: six layers, int8 products on the `kernel` that suits the processor,
//!    all other steps from `float`. 4. `heads` reads tags off the vectors, and scores arcs, of which
//!    `tree` makes the best tree, and labels. 5. `lemma` makes dictionary forms (`irregular`: those of the
//!    closed class). `batch` packs sentences
//!    for 2-5 and cuts very long ones; `weights` gives views of the file that holds all numbers.
//!
//! `chain` finds candidates for mentions in the trees, and a small trained scorer links each to an
//! earlier one or to none.
//! # Does not
//! Change the text, read other languages. Known errors: `docs/language.md`.
//! # From
//! Dozat and Manning 2017 (the parser); Lee et al. 2017 (chains); Wang et al. 2020 (the encoder); Universal Dependencies 2.16.

mod batch;
mod chain;
mod encoder;
mod float;
mod heads;
mod irregular;
mod kernel;
mod lemma;
mod lists;
mod pieces;
mod split;
mod token;
mod tree;
mod weights;

use std::ops::Range;

pub use chain::{Chain, Lesson, Mention};
pub use kernel::Kernel;
pub use weights::Unusable;

/// A sentence of the text: its bytes and its tokens in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// First byte of the first token, in the text as received.
    pub start: usize,
    /// One past the last byte of the last token.
    pub end: usize,
    /// Words and punctuation, in order.
    pub tokens: Vec<Token>,
    /// For each token that may head a mention, what [`Language::chains`] compares it by.
    pub(crate) views: Vec<Box<[f32]>>,
}

impl Sentence {
    /// The words of the sentence, as received.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    /// The token that heads the sentence; `None` only if there are no tokens.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|t| t.head.is_none())
    }

    /// The tokens whose head is `head`, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.tokens.len()).filter(move |&i| self.tokens[i].head == Some(head))
    }

    /// Does `token` hang on `above`, directly or further up, or is it the same?
    pub fn is_below(&self, token: usize, above: usize) -> bool {
        let mut at = Some(token);
        // A tree, so the walk ends; the count guards trees that others built.
        for _ in 0..=self.tokens.len() {
            match at {
                Some(i) if i == above => return true,
                Some(i) => at = self.tokens.get(i).and_then(|t| t.head),
                None => return false,
            }
        }
        false
    }

    /// First and one past the last token of everything below `top`, itself included.
    pub fn subtree(&self, top: usize) -> Range<usize> {
        let below = || (0..self.tokens.len()).filter(|&i| self.is_below(i, top));
        below().next().unwrap_or(top)..below().next_back().map_or(top, |last| last + 1)
    }

    /// The bytes of a run of tokens.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(first), Some(last)) => first.start..last.end.max(first.start),
            _ => self.start..self.start,
        }
    }
}

/// A word or punctuation mark. A contraction ("don't", "Kyiv's") is two tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// First byte, in the text as received.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Dictionary form, lower case but for names.
    pub lemma: String,
    /// Universal part of speech ("VERB").
    pub upos: &'static str,
    /// Penn Treebank tag ("VBD").
    pub xpos: &'static str,
    /// Index of the head in the same sentence; `None` for the root.
    pub head: Option<usize>,
    /// Universal dependency label ("nsubj:pass").
    pub rel: &'static str,
    /// Inside a name: "PER", "ORG", "LOC", "EVT", "TIM"; `None` outside.
    pub name: Option<&'static str>,
    /// Does a name begin here?
    pub name_begins: bool,
    /// If the token heads a mention, of which kind ("person", "organization", "place", "event",
    /// "time", "abstract", "object", "substance", "animal", "plant").
    pub mention: Option<&'static str>,
}

impl Token {
    /// The word, as received.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }
}

/// The English analyser with its weights.
#[derive(Debug)]
pub struct Language {
    network: batch::Network,
}

static CHAINS: &weights::Aligned<[u8]> = &weights::Aligned(*include_bytes!("../weights/chains.weights"));
static ENGLISH: &weights::Aligned<[u8]> = &weights::Aligned(*include_bytes!("../weights/english.weights"));

impl Language {
    /// The analyser on the bundled weights, with the fastest kernel of this processor.
    pub fn english() -> Language {
        Language::from_weights(&ENGLISH.0).expect("the bundled weights are whole: a test opens them")
    }

    /// The analyser on other weights, which must lie at a multiple of 64 bytes.
    pub fn from_weights(bytes: &'static [u8]) -> Result<Language, Unusable> {
        let file = weights::File::open(bytes)?;
        let pieces = pieces::Pieces::new(&file)?;
        let encoder = encoder::Encoder::new(&file, pieces.len())?;
        let heads = heads::Heads::new(&file, encoder.hidden)?;
        let lemmas = lemma::Lemmas::new(&file)?;
        let kernel = Kernel::available()[0];
        let scorer = Some(chain::Scorer::new(&weights::File::open(&CHAINS.0)?)?);
        Ok(Language { network: batch::Network { kernel, pieces, encoder, heads, lemmas, scorer } })
    }

    /// The same analyser on another kernel. The answers are the same bytes; only the speed differs.
    pub fn with_kernel(mut self, kernel: Kernel) -> Language {
        self.network.kernel = kernel;
        self
    }

    /// Analyses the given byte ranges of `text`, each as running text of its own: no sentence crosses
    /// from one range to the next. Sentences come back in order of the text.
    pub fn analyze(&self, text: &str, blocks: &[Range<usize>]) -> Vec<Sentence> {
        let sentences: Vec<_> = blocks.iter().flat_map(|b| split::sentences(text, b.clone())).collect();
        self.analyze_tokens(text, &sentences)
    }

    /// The chains of a text: which mentions speak of the same thing, pronouns and "the envoy" included.
    /// Chains of one mention are what nothing else refers to. The sentences are those of one text, from
    /// [`Language::analyze`].
    pub fn chains(&self, text: &str, sentences: &[Sentence]) -> Vec<Chain> {
        let mut chains =
            self.network.scorer.as_ref().map_or_else(Vec::new, |s| chain::chains(s, text, sentences));
        // In text order, the longer of two that begin together first, whatever order the scorer met them in.
        let key = |m: &Mention| (m.sentence, m.tokens.start, std::cmp::Reverse(m.tokens.end), m.head);
        for chain in &mut chains {
            chain.mentions.sort_by_key(key);
        }
        chains.sort_by_key(|chain| chain.mentions.first().map(key));
        chains
    }

    /// Sentences that carry whole vectors, for training.
    #[doc(hidden)]
    pub fn without_scorer(mut self) -> Language {
        self.network.scorer = None;
        self
    }

    /// What a scorer of chains is trained from; the sentences must be of a `Language` `without_scorer`.
    #[doc(hidden)]
    pub fn lesson(&self, text: &str, sentences: &[Sentence]) -> Lesson {
        chain::lesson(text, sentences)
    }

    /// Analyses text whose sentences and tokens are known, given as the byte ranges of the tokens.
    /// Treebanks are scored through this door.
    pub fn analyze_tokens(&self, text: &str, sentences: &[Vec<Range<usize>>]) -> Vec<Sentence> {
        batch::analyse(&self.network, text, sentences)
    }
}
